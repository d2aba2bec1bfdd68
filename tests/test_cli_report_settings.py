"""The terminal on report settings and own initiatives: checked with their line, described, and printed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.reports.opening import text_of

ROOT = Path(__file__).parents[1]
OWN = ROOT / "tests" / "data" / "own-initiatives.yaml"


def sixstep(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command."""
    return subprocess.run(
        [sys.executable, str(ROOT / "cli.py"), *arguments], capture_output=True, text=True, check=False, cwd=ROOT
    )


@pytest.fixture
def example(tmp_path: Path) -> dict[str, Any]:
    """Return the worked example as data."""
    path = tmp_path / "example.json"
    assert sixstep("example", "-o", str(path)).returncode == 0
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def test_own_initiatives_are_checked_and_described(tmp_path: Path) -> None:
    """The file is valid, its schema is printed, and a fault is told at its line."""
    assert "a valid own-initiatives file" in sixstep("check", str(OWN)).stdout
    assert json.loads(sixstep("schema", "own-initiatives").stdout)["title"] == "OwnInitiatives"
    path = tmp_path / "wrong.yaml"
    path.write_text(OWN.read_text(encoding="utf-8").replace("to: 3", "to: 9"), encoding="utf-8")
    done = sixstep("check", str(path))
    assert done.returncode == 2
    assert "wrong.yaml:10: move-the-lab: the raise of 'constraints.coupling' goes from 0 to 9" in done.stderr


@pytest.mark.parametrize("command", ["check", "report"])
def test_a_colour_that_cannot_be_read_is_refused(command: str, tmp_path: Path, example: dict[str, Any]) -> None:
    """With file, line and the colour that would do, and no report is written."""
    path, out = tmp_path / "white.json", tmp_path / "out.pdf"
    path.write_text(json.dumps({**example, "report": {"primary": "#FFFFFF"}}, indent=1), encoding="utf-8")
    done = sixstep(command, str(path), *(["-o", str(out)] if command == "report" else []))
    assert done.returncode == 2
    assert "white.json:" in done.stderr
    assert "the nearest that passes is #767676" in done.stderr
    assert not out.exists()


def test_own_initiatives_of_an_assessment_are_planned_and_printed(tmp_path: Path, example: dict[str, Any]) -> None:
    """Text that looks like markup or a formula is text in the report."""
    title = "=1+1 <b>Ours</b> & **theirs**"
    item = {
        "id": "ours",
        "title": title,
        "step": "constraints",
        "summary": "Do it.",
        "raises": [{"question": "constraints.topology", "start": 0, "to": 4}],
        "lifts": ["monolith"],
        "effort": {"low": 1, "mode": 1, "high": 2},
        "external_cost": {"low": 0, "mode": 0, "high": 0},
        "run_cost": {"low": 0, "mode": 0, "high": 0},
        "most_people": 4,
        "done_when": "Done.",
        "first_week": "Begin.",
        "does_not_fix": "The rest.",
    }
    path, out = tmp_path / "own.json", tmp_path / "own.pdf"
    left_out = ["answers", "assumptions", "questions", "scores", "steps", "crosswalks", "targets", "costs", "money"]
    given = {**example, "initiatives": {"ours": item}, "report": {"left_out": left_out}}
    path.write_text(json.dumps(given), encoding="utf-8")
    planned = json.loads(sixstep("roadmap", str(path), "--json").stdout)
    assert any("ours" in quarter["initiatives"] for quarter in planned["quarters"])
    assert sixstep("report", str(path), "-o", str(out), "--paths", "200").returncode == 0
    text = text_of(out.read_bytes())
    assert title in text
    assert "Written or changed by the team" in text
