"""The terminal's view of named futures, and what it says of files that hold them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def sixstep(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command."""
    return subprocess.run(
        [sys.executable, str(ROOT / "cli.py"), *arguments], capture_output=True, text=True, check=False, cwd=ROOT
    )


def test_scenarios_of_the_example(tmp_path: Path) -> None:
    """Stable keys, every scenario, and one decision each; a team's own is among them."""
    path = tmp_path / "example.json"
    sixstep("example", "-o", str(path))
    data = json.loads(path.read_text(encoding="utf-8"))
    change = {"symbol": "K", "operation": "multiply", "low": 1, "mode": 1, "high": 1}
    data["economics"]["scenarios"] = {"mine": {"title": "Mine", "reason": "Nothing moves.", "changes": [change]}}
    path.write_text(json.dumps(data), encoding="utf-8")
    found = json.loads(sixstep("scenarios", str(path), "--json", "--paths", "200").stdout)
    assert len(found["scenarios"]) == 10
    mine = found["scenarios"][-1]
    assert (mine["id"], mine["kind"], mine["difference"]["now"]["mean"]) == ("mine", "own", 0.0)
    assert set(found["flips"]) == {each["id"] for each in found["scenarios"] if each["flips"]}


def test_one_beyond_the_limits_is_told_beside_the_others(tmp_path: Path) -> None:
    """The command ends well: every other scenario has its figures."""
    path = tmp_path / "example.json"
    sixstep("example", "-o", str(path))
    data = json.loads(path.read_text(encoding="utf-8"))
    changes = [
        {"symbol": "lambda0", "operation": "multiply", "low": 900, "mode": 900, "high": 900},
        {"symbol": "g", "operation": "set", "low": 0.05, "mode": 0.05, "high": 0.05},
    ]
    data["economics"]["scenarios"] = {"flood": {"title": "Flood", "reason": "Too much.", "changes": changes}}
    path.write_text(json.dumps(data), encoding="utf-8")
    done = sixstep("scenarios", str(path), "--json", "--paths", "200")
    assert done.returncode == 0
    *others, flood = json.loads(done.stdout)["scenarios"]
    assert "narrow them" in flood["cannot_be_simulated"]
    assert len(others) == 9
    assert all("decision" in each for each in others)


def test_an_assessment_without_figures_has_no_scenarios(tmp_path: Path) -> None:
    """What is missing is said, with exit code 2."""
    path = tmp_path / "new.json"
    sixstep("new", "-o", str(path))
    done = sixstep("scenarios", str(path))
    assert done.returncode == 2
    assert "has not been given" in done.stderr


def test_scenario_files_are_checked_and_described(tmp_path: Path) -> None:
    """The built-in file is valid, its schema is printed, and a fault is told at its line."""
    built_in = ROOT / "models" / "scenarios.yaml"
    assert "a valid scenarios file" in sixstep("check", str(built_in)).stdout
    assert json.loads(sixstep("schema", "scenarios").stdout)["title"] == "ScenarioFile"
    path = tmp_path / "wrong.yaml"
    path.write_text(built_in.read_text(encoding="utf-8").replace("symbol: mu,", "symbol: muu,"), encoding="utf-8")
    done = sixstep("check", str(path))
    assert done.returncode == 2
    assert "wrong.yaml:" in done.stderr
    assert "no parameter 'muu'" in done.stderr
