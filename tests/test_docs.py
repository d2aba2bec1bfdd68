"""The documentation has a place for every command and setting, and its figures are the program's."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from assessment.answers import Assessment
from assessment.questionnaire import Questionnaire
from assessment.robustness import robustness
from cli import app

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_command_is_in_the_readme() -> None:
    """Each command of the terminal has its row."""
    names = [
        (command.name or command.callback.__name__).strip("_")
        for command in app.registered_commands
        if command.callback
    ]
    assert len(names) == 17
    assert [name for name in names if f"sixstep {name}" not in README] == []


def test_every_variable_is_in_the_readme() -> None:
    """Each environment variable that the product reads is described."""
    sources = [*ROOT.glob("*.py"), *(path for path in (ROOT / "scripts").iterdir() if path.is_file())]
    for package in ("views", "workspace", "reports", "store", "models", "assessment", "tests", "bench"):
        sources += (ROOT / package).rglob("*.py")
    found = {name for path in sources for name in re.findall(r"SIXSTEP_[A-Z]+", path.read_text(encoding="utf-8"))}
    assert {"SIXSTEP_DATABASE", "SIXSTEP_CHROMIUM"} <= found
    assert [name for name in sorted(found) if name not in README] == []


def test_links_between_documents_lead_somewhere() -> None:
    """A relative link points to a file that exists."""
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), f"{path.name}: {target}"


def test_the_worked_score_of_the_docs_is_what_the_terminal_prints(tmp_path: Path) -> None:
    """docs/scoring.md works one score by hand; the program gives the same number."""
    text = (ROOT / "docs" / "scoring.md").read_text(encoding="utf-8")
    effective = re.search(r"Effective is min\(100, 35\) = (\d+), stranded (\d+)", text)
    assert effective is not None
    path = tmp_path / "x.json"
    command = [sys.executable, "-m", "cli"]
    subprocess.run([*command, "new", "--level", "4", "-o", str(path)], check=True, capture_output=True)
    data = json.loads(path.read_text(encoding="utf-8"))
    data["answers"]["constraints.coupling"]["option"] = 0
    path.write_text(json.dumps(data), encoding="utf-8")
    done = subprocess.run([*command, "score", str(path), "--json"], check=True, capture_output=True)
    found = json.loads(done.stdout)["dimensions"]["cicd"]
    assert found["effective"]["value"] == pytest.approx(float(effective[1]))
    assert found["stranded"]["value"] == pytest.approx(float(effective[2]))


def test_the_score_worked_by_hand_adds_up_to_what_the_terminal_prints(tmp_path: Path) -> None:
    """The table of docs/scoring.md, added up again, is the practice that the program prints, and so is its ceiling."""
    text = (ROOT / "docs" / "scoring.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([\w.-]+)` \|[^|]+\|[^|]+\| ([\d.]+) \| ([\d.]+) \| ([\d.]+) \|$", text, re.MULTILINE)
    assert len(rows) == 13
    assert all(float(weight) * float(v) == pytest.approx(float(product), abs=1e-4) for _, weight, v, product in rows)
    practice = 100 * sum(float(row[3]) for row in rows) / sum(float(row[1]) for row in rows)
    caps = [float(cap) for cap in re.findall(r"= [\d.]+ \| [\d.]+ \| ([\d.]+) \|$", text, re.MULTILINE)]
    path = tmp_path / "example.json"
    command = [sys.executable, "-m", "cli"]
    subprocess.run([*command, "example", "-o", str(path)], check=True, capture_output=True)
    done = subprocess.run([*command, "score", str(path), "--json"], check=True, capture_output=True)
    found = json.loads(done.stdout)["dimensions"]["iac"]
    assert found["practice"]["value"] == pytest.approx(practice, abs=1e-2)
    assert len(caps) == 5
    assert found["ceiling"]["value"] == pytest.approx(min(caps), abs=1e-9)
    assert f"{found['effective']['value']:.4f}" in text


def test_the_documented_shares_under_other_weights_are_the_programs(
    questionnaire: Questionnaire, example: Assessment
) -> None:
    """The shares of draws in which a result holds, as docs/scoring.md prints them, are found again."""
    text = (ROOT / "docs" / "scoring.md").read_text(encoding="utf-8")
    printed = [float(share) for share in re.findall(r"^\| [^|]+ \| ([\d.]+) % \|$", text, re.MULTILINE)]
    found = robustness(questionnaire, example)
    order = [dimension.id for dimension in questionnaire.dimensions]
    shares = [found.order, found.weakest, *(found.binding[name] for name in order), found.all_bindings]
    assert printed == pytest.approx([100 * share for share in shares], abs=0.051)
