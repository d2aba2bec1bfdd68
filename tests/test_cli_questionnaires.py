"""The terminal with questionnaires of one's own: overlays, the design stage, another shape, and two quarters."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from assessment.errors import InputError
from assessment.loading import built_in_questionnaire, loaded_from
from assessment.questionnaire import Questionnaire
from assessment.reading import parse_document
from tests.reports.opening import text_of

DATA = Path(__file__).parent / "data"
FOUR, WORK = str(DATA / "four-step.yaml"), str(DATA / "four-step-initiatives.yaml")
OVERLAY = """format: sixstep-overlay/1
extends: healthcare-platform
id: river
version: "1"
title: River
reword:
  constraints.topology: {title: River topology}
"""
FIGURES = {
    "D0": (900, 1000, 1200), "surge": (2, 2.5, 3), "X_star": (4000, 5000, 6000), "c_resp": (500, 1000, 2000),
    "I0": (100000, 120000, 150000), "E": (3, 4, 5), "A0": (20000, 30000, 50000), "g_c": (0.02, 0.05, 0.1),
    "q": (0.02, 0.05, 0.1), "wage": (60000, 80000, 100000),
}  # fmt: skip


def sixstep(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the terminal in a process of its own."""
    command = [sys.executable, "-m", "cli", *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False, env=dict(os.environ)
    )


def printed(*arguments: str) -> Any:
    """Return the JSON that a command prints."""
    done = sixstep(*arguments, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def made(path: Path, *arguments: str) -> Path:
    """Write a new assessment."""
    done = sixstep("new", *arguments, "-o", str(path))
    assert done.returncode == 0, done.stderr
    return path


def answered(path: Path, **options: int) -> None:
    """Change some answers of a file; two underscores stand for the full stop."""
    data = json.loads(path.read_text(encoding="utf-8"))
    data["answers"] |= {name.replace("__", "."): {"option": option} for name, option in options.items()}
    path.write_text(json.dumps(data), encoding="utf-8")


@pytest.fixture
def overlay(tmp_path: Path) -> Path:
    """An overlay over the built-in questionnaire."""
    path = tmp_path / "river.yaml"
    path.write_text(OVERLAY, encoding="utf-8")
    return path


def test_an_overlay_is_checked_and_answered_like_a_questionnaire(overlay: Path, tmp_path: Path) -> None:
    """The same commands, the same scores, and the base's initiatives to plan with."""
    assert sixstep("check", str(overlay)).stdout == "river.yaml: a valid overlay file.\n"
    ours = made(tmp_path / "ours.json", "--level", "1", "--questionnaire", str(overlay))
    theirs = made(tmp_path / "theirs.json", "--level", "1")
    option = ("--questionnaire", str(overlay))
    assert printed("score", str(ours), *option) == printed("score", str(theirs))
    assert printed("roadmap", str(ours), *option) == printed("roadmap", str(theirs))


def test_check_names_the_line_of_an_overlay_and_what_it_empties(overlay: Path) -> None:
    """Faults stand on stderr; what is left out stands beside the verdict."""
    overlay.write_text(OVERLAY.replace("constraints.topology", "constraints.topologie"), encoding="utf-8")
    done = sixstep("check", str(overlay))
    assert done.returncode == 2
    assert done.stderr.startswith("river.yaml:7: constraints.topologie: no question 'constraints.topologie'; did you")
    names, said = _emptied(built_in_questionnaire())
    overlay.write_text(f"{OVERLAY[: OVERLAY.index('reword')]}drop: [{', '.join(names)}]\n", encoding="utf-8")
    done = sixstep("check", str(overlay))
    assert done.stdout.splitlines() == ["river.yaml: a valid overlay file.", *said]
    assert printed("check", str(overlay))["left_out"] == list(said)


def _emptied(base: Questionnaire) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return questions that may be dropped although that leaves something with nothing, and what is said of it."""
    rows: list[tuple[str, ...]] = [tuple(row.questions) for row in base.posture]
    rows += [tuple(one.id for one in base.of_step(step.id, "full")) for step in base.steps]
    for names in rows:
        text = f"{OVERLAY[: OVERLAY.index('reword')]}drop: [{', '.join(names)}]\n"
        with suppress(InputError):
            found = loaded_from(parse_document(text, "river.yaml"))
            if found.left_out:
                return names, found.left_out
    raise AssertionError


def test_the_schema_of_overlays_accepts_one_and_refuses_what_it_does_not_know(overlay: Path) -> None:
    """What editors check by is what the loader checks by."""
    validator = jsonschema.Draft202012Validator(json.loads(sixstep("schema", "overlay").stdout))
    document = yaml.safe_load(overlay.read_text(encoding="utf-8"))
    assert list(validator.iter_errors(document)) == []
    assert list(validator.iter_errors(document | {"dropp": []})) != []


def test_a_design_is_assessed_in_its_own_words(tmp_path: Path, four_step: Questionnaire) -> None:
    """Only what can be asked before launch is answered, and the scores follow from it."""
    path = made(tmp_path / "d.json", "--questionnaire", FOUR, "--stage", "design", "--full", "--level", "2")
    data = json.loads(path.read_text(encoding="utf-8"))
    assert data["stage"] == "design"
    assert set(data["answers"]) == set(four_step.at_stage("design").by_id)
    found = printed("score", str(path), "--questionnaire", FOUR)
    assert found["dimensions"]["change"]["practice"]["value"] == pytest.approx(70)
    refused = sixstep("new", "--stage", "dream", "-o", str(path))
    assert refused.returncode == 2
    assert refused.stderr.startswith("no stage 'dream'")


def test_two_quarters_are_compared_regressions_first(tmp_path: Path) -> None:
    """The first row of the table is what stands worst against before."""
    earlier, later = (made(tmp_path / f"{name}.json", "--questionnaire", FOUR, "--level", "2") for name in "ab")
    answered(later, build__release=0, plan__target=3)
    option = ("--earlier-questionnaire", FOUR, "--later-questionnaire", FOUR)
    text = sixstep("compare", str(earlier), str(later), *option).stdout
    assert text.startswith("3 scores stand worse than before; look first at Safe change, by 70.0 points.\n")
    rows = [line for line in text.splitlines() if line.endswith(("worse", "better", "same"))]
    assert [row.split()[-1] for row in rows[:4]] == ["worse", "worse", "worse", "better"]
    data = printed("compare", str(earlier), str(later), *option)
    assert [item["id"] for item in data["regressions"]] == ["change", "build", "overall"]
    assert data["steps"]["build"]["improvement"] == pytest.approx(-70)
    assert data["questionnaires_differ"] is False


def test_what_the_questionnaire_moved_is_told_apart(tmp_path: Path) -> None:
    """The same answers under two versions: no progress, and the points that the file moved."""
    newer = tmp_path / "two.yaml"
    text = Path(FOUR).read_text(encoding="utf-8").replace('version: "1"', 'version: "2"', 1)
    start, end = text.index("  - id: build.copy"), text.index("  - id: build.review")
    newer.write_text((text[:start] + text[end:]).replace("Who hears of a lesson?", "Who is told?"), encoding="utf-8")
    earlier = made(tmp_path / "a.json", "--questionnaire", FOUR, "--full", "--level", "2")
    answered(earlier, build__copy=0)
    later = made(tmp_path / "b.json", "--questionnaire", str(newer), "--full", "--level", "2")
    option = ("--earlier-questionnaire", FOUR, "--later-questionnaire", str(newer))
    data = printed("compare", str(earlier), str(later), *option)
    change = data["dimensions"]["change"]
    # the copy weighs .5 of 5.5 and stood at 0, the rest at 70: 63.6 under the first version, 70 under the second
    assert change["improvement"] == pytest.approx(0)
    assert change["by_questionnaire"] == pytest.approx(70 * 0.5 / 5.5)
    assert data["carried"]["left"] == ["build.copy"]
    assert data["carried"]["reworded"] == ["learn.share"]
    told = sixstep("compare", str(earlier), str(later), *option).stdout
    assert "The questionnaires differ: the earlier answers were given on small-clinic 1" in told
    assert "Kept, but not asked in the later version: Copy." in told
    assert "look at these answers again: Share." in told


def test_an_assessment_of_another_questionnaire_is_refused(tmp_path: Path) -> None:
    """With the file's name and line, like everywhere."""
    path = made(tmp_path / "a.json", "--questionnaire", FOUR)
    done = sixstep("compare", str(path), str(path))
    assert done.returncode == 2
    assert "a.json" in done.stderr
    assert "belong to the questionnaire 'small-clinic'" in done.stderr


def test_four_steps_run_through_plan_money_and_paper(tmp_path: Path, four_step: Questionnaire) -> None:
    """A complete questionnaire of another shape has a roadmap, a cost model and a report of its own."""
    path = made(tmp_path / "four.json", "--questionnaire", FOUR, "--full", "--level", "0")
    data = json.loads(path.read_text(encoding="utf-8"))
    ranges = {name: dict(zip(("low", "mode", "high"), figures, strict=True)) for name, figures in FIGURES.items()}
    data["economics"] = {"confirmed": True, "ranges": ranges}
    data["context"] = {"many-sites": 3, "night-care": 3, "home-care": 2, "never-asked": 3}
    data["signals"] = {"slow-mornings": {"level": 3}, "lost-notes": {"level": 1}}
    data["target_preset"] = "plain"
    path.write_text(json.dumps(data), encoding="utf-8")
    option = ("--questionnaire", FOUR, "--initiatives", WORK)
    plan = printed("roadmap", str(path), *option)
    assert {item["initiative"] for item in plan["placements"]} >= {"second-box", "release-script"}
    model = printed("model", str(path), *option, "--paths", "400")
    assert set(model["strategies"]) == {"reactive", "now", "delayed"}
    paper = tmp_path / "four.pdf"
    done = sixstep("report", str(path), *option, "--paths", "400", "-o", str(paper))
    assert done.returncode == 0, done.stderr
    text = text_of(paper.read_bytes())
    for title in (*(step.title for step in four_step.steps), "A second box", "Paper trail"):
        assert title in text
