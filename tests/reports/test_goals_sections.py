"""Target levels, the target register, the crosswalk and the design stage in the report and in the terminal."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from assessment.answers import Answer, Assessment, Workflow
from assessment.questionnaire import Questionnaire
from assessment.scoring import score
from models.evaluation import Evaluation, evaluate
from models.initiatives import InitiativeFile
from models.parameters import ParameterFile
from reports.as_text import scores_text
from reports.describe import describe
from reports.document import Block, Bullets, Callout, Heading, Paragraph, Table
from reports.pdf import render_pdf
from reports.score_words import mode_label
from tests.conftest import GOALS, answered
from tests.reports.opening import text_of
from workspace.portable import write

ROUND = Workflow(
    name="Medication round",
    peak_per_hour=36_000,
    growth_per_year=0.2,
    surge=2.0,
    latency_ms=1000,
    availability=0.999,
    rto_hours=12,
    signed_by="Dr Reed",
)


def evaluated(goals: Questionnaire, parameters: ParameterFile, assessment: Assessment) -> Evaluation:
    """Return the evaluation of an assessment without the money."""
    nothing = InitiativeFile.none_for(goals)
    return evaluate(goals, assessment, nothing, parameters, with_economics=False)


def texts(blocks: tuple[Block, ...]) -> str:
    """Return every text of some blocks."""
    found: list[str] = []
    for block in blocks:
        if isinstance(block, Heading | Paragraph | Callout):
            found.append(block.text)
        elif isinstance(block, Bullets):
            found += block.items
        elif isinstance(block, Table):
            found += [block.caption, block.note, *(cell for row in block.rows for cell in row)]
    return "\n".join(found)


def sections(evaluation: Evaluation) -> dict[str, str]:
    """Return the text of each section of the report."""
    return {section.id: texts(section.blocks) for section in describe(evaluation).sections}


def test_without_register_and_targets_the_report_has_no_such_section(
    goals: Questionnaire, parameters: ParameterFile
) -> None:
    """A section that would say nothing is left out."""
    assert not {"register", "targets"} & set(sections(evaluated(goals, parameters, answered(goals, 2))))


def test_the_register_is_printed_with_totals_gaps_and_contradictions(
    goals: Questionnaire, parameters: ParameterFile
) -> None:
    """Workflows, what they add up to, what is missing, what cannot hold and what is offered stand in one section."""
    entered = {"w01": ROUND, "w02": Workflow(name="Claims")}
    said = sections(evaluated(goals, parameters, answered(goals, 2, workflows=entered)))["register"]
    assert "10 requests per second" in said
    assert "Claims: nothing but its name is given" in said
    assert "99.9% of the 8,760 hours of a year leaves 8.76 hours out of service" in said
    assert "a latency target is stated, and “Speed” stands at level 2. Below level 3 it is a wish" in said
    assert "not offered, since a figure for it is missing in Claims." in said
    assert "Signed by Dr Reed." in said


def test_totals_stand_in_the_units_of_the_entries(goals: Questionnaire, parameters: ParameterFile) -> None:
    """Loads are typed by the hour and growth by the year, so their totals can be checked; none is falsely precise."""
    entered = {
        "w01": Workflow(name="Round", peak_per_hour=90_000, growth_per_year=0.1, surge=1.6),
        "w02": Workflow(name="Claims", peak_per_hour=108_000, growth_per_year=0.2, surge=2.6),
    }
    evaluation = evaluated(goals, parameters, answered(goals, 2, workflows=entered))
    said = sections(evaluation)["register"]
    assert "198,000 requests an hour (55 requests per second)" in said
    growth, surge = (
        re.search(pattern, said) for pattern in (r"(15\.\d)% a year \(1\.\d\d% a month\)", r"(2\.1) times")
    )
    assert growth is not None
    assert surge is not None
    assert "2 of 2\nNone" in said
    assert re.search(r"[\d.]+% to [\d.]+% a month, likely [\d.]+%", said)


def test_all_workflows_are_called_all(goals: Questionnaire, parameters: ParameterFile) -> None:
    """No name is hidden behind a number that means every one of them."""
    entered = {f"w{number:02}": Workflow(name=f"Round {number}", latency_ms=500) for number in range(1, 7)}
    said = sections(evaluated(goals, parameters, answered(goals, 2, workflows=entered)))["register"]
    assert "All 6 workflows: a latency target is stated" in said
    assert "and 3 more" not in said


def test_one_rehearsal_is_held_against_every_recovery_time_at_once(
    goals: Questionnaire, parameters: ParameterFile
) -> None:
    """Several workflows that it missed stand in one sentence, each with the time it was promised."""
    entered = {
        "w01": Workflow(name="Round", rto_hours=4),
        "w02": Workflow(name="Claims", rto_hours=12),
        "w03": Workflow(name="Archive", rto_hours=48),
    }
    given = answered(goals, 2, mode="full", workflows=entered)
    missed = given.model_copy(update={"answers": {**given.answers, "work.rehearsal": Answer(figure=30)}})
    said = sections(evaluated(goals, parameters, missed))["register"]
    assert (
        "The last rehearsal took 15 hours (“Rehearsal”), and these are to be back sooner: Round within 4 hours; "
        in said
    )
    assert "Claims within 12 hours." in said
    assert "Archive within" not in said
    assert "it is to be back within" not in said


def test_letters_at_the_head_of_the_register_are_said_in_words(goals: Questionnaire, parameters: ParameterFile) -> None:
    """A reader who does not know RTO and RPO finds below the table what they stand for, with the unit."""
    entered = answered(goals, 2, workflows={"w01": ROUND})
    note = sections(evaluated(goals, parameters, entered))["register"]
    assert "RTO, recovery time: hours; RPO, data that may be lost: minutes of entries." in note
    assert "Growth: % a year" in note


def test_the_way_to_the_targets_is_printed(goals: Questionnaire, parameters: ParameterFile) -> None:
    """Progress names its preset; each gap has where it stands, where it should, and why."""
    given = answered(goals, {"limits.box": 2, "aims.speed": 4, "work.release": 2, "work.rehearsal": 3})
    said = sections(evaluated(goals, parameters, given.model_copy(update={"target_preset": "steady"})))["targets"]
    assert "81.8 of 100 on the way to the target levels (preset “Steady”)." in said
    assert "Release\nLevel 2\nLevel 4\nA slow release delays a cure." in said
    assert "Already past their target: “Speed”." in said


def test_a_general_reason_is_said_once(goals: Questionnaire, parameters: ParameterFile) -> None:
    """The preset's reason for all stands above the gaps, and each row that has no other points to it."""
    given = answered(goals, 0, mode="full", target_preset="steady")
    said = sections(evaluated(goals, parameters, given))["targets"]
    assert said.count("Written and followed is enough here.") == 1
    assert "The preset's general reason, above" in said


def test_the_page_says_what_an_unknown_answer_counts_for(goals: Questionnaire, parameters: ParameterFile) -> None:
    """Where a target is one half or less, an unknown answer counts as reached: the note says so."""
    given = answered(goals, {"limits.box": 2}, target_preset="steady")
    said = sections(evaluated(goals, parameters, given))["targets"]
    assert "counts as one half, as in every score: where the target is not above that, it counts as reached" in said
    assert "A dimension also takes questions of other steps" in said


def test_the_crosswalk_is_printed_with_its_disclaimer(goals: Questionnaire, parameters: ParameterFile) -> None:
    """Each paragraph has its citation, obligation, answers and score; what is proposed says so."""
    answers = {"aims.speed": Answer(option=3), "work.rehearsal": Answer(unknown=True)}
    said = sections(evaluated(goals, parameters, answered(goals, {}).model_copy(update={"answers": answers})))
    assert "This reads the answers and finds no compliance." in said["crosswalk"]
    assert "House 1:\nRecovery plan\nRequired\nRehearsal: don\u2019t know;\nSpeed: Level 3\n62.5 (" in said["crosswalk"]
    assert "Proposed, not in force\nReview: not asked here\n–" in said["crosswalk"]


@pytest.fixture(scope="module")
def designed(goals: Questionnaire, parameters: ParameterFile) -> Evaluation:
    """Return the evaluation of a product on the drawing board."""
    given = answered(goals, {"limits.box": 0, "aims.speed": 2, "work.release": 4}, mode="full", stage="design")
    return evaluated(goals, parameters, given)


def test_the_stage_is_on_the_cover_and_in_the_summary(designed: Evaluation) -> None:
    """The label names the design stage, and the summary says what it means for every score."""
    document = describe(designed)
    assert dict(document.cover.lines)["Assessment"] == "Design stage, full assessment: 3 questions"
    said = sections(designed)
    assert "The product is not launched yet." in said["summary"]
    assert "What would hold the platform back" in said["summary"]
    assert "points designed into Safe change will have no effect" in said["summary"]


def test_diagnosis_and_annex_say_what_is_not_asked(designed: Evaluation) -> None:
    """No signal is compared, and every question left out is listed with its reason."""
    said = sections(designed)
    assert "there is no incident history before launch to compare them with" in said["constraints"]
    assert "Early failure signals are not asked" in said["constraints"]
    assert "Support" not in said["constraints"]
    assert "Rehearsal\nNothing can be restored before there is anything to restore." in said["answers"]
    assert "Review\nThere are no incidents before launch." in said["answers"]
    assert "means the day of launch" in said["costs"]
    assert "Rehearsal: not asked here" in said["crosswalk"]


def test_the_proposed_baseline_rests_on_no_history(designed: Evaluation) -> None:
    """Its source names the answers about the design alone, and what could replace it before launch."""
    source = designed.proposals["lambda0"].source
    assert source.startswith("Proposed from: One box. A judgement, which the log of a comparable product")
    assert "your own incident log" not in source


def test_nothing_in_the_report_speaks_of_a_product_in_use(designed: Evaluation) -> None:
    """The words of a running platform are gone from every section."""
    every = "\n".join(sections(designed).values())
    for past in ("practised in", "Signals point to constraints", "signals have not shown", "Slow mornings"):
        assert past not in every


def test_the_pdf_prints_them(goals: Questionnaire, parameters: ParameterFile) -> None:
    """The sections stand on pages that can be read back."""
    given = answered(goals, 1, workflows={"w01": ROUND}, target_preset="growth")
    pdf = render_pdf(describe(evaluated(goals, parameters, given)))
    said = text_of(pdf)
    for title in ("Target register", "Target levels", "Crosswalk: House rule", "Medication round"):
        assert title in said


def test_the_mode_is_labelled_with_its_stage(goals: Questionnaire) -> None:
    """A pulse before launch says both."""
    found = score(goals, answered(goals, {}, stage="design"))
    assert mode_label(found) == "Design stage, leadership pulse: 3 core questions"


def test_the_terminal_prints_them_readably(goals: Questionnaire) -> None:
    """Text output holds progress, register and stage."""
    given = answered(goals, 1, workflows={"w01": ROUND}, target_preset="steady")
    said = scores_text(goals, score(goals, given))
    assert "on the way to the target levels (preset “Steady”)" in said
    assert "10 requests per second" in said
    before = answered(goals, {"limits.box": 1}, stage="design")
    staged = scores_text(goals.at_stage("design"), score(goals, before))
    assert "Design stage, leadership pulse: 3 core questions" in staged
    assert "there is no incident history before launch" in staged


def test_the_terminal_prints_them_as_json(goals: Questionnaire, tmp_path: Path) -> None:
    """``sixstep score --json`` has the keys only where there is something behind them."""
    given = answered(goals, 1, workflows={"w01": ROUND}, target_preset="steady")
    found = printed(given, tmp_path)
    assert found["register"]["totals"]["load_per_second"] == {"counted": ["w01"], "missing": [], "value": 10.0}
    assert found["register"]["workflows"]["w01"]["rto_hours"] == 12
    assert "outage" in {item["kind"] for item in found["register"]["contradictions"]}
    assert found["targets"]["preset"] == "steady"
    assert found["targets"]["gaps"][0]["question"] == "work.release"
    assert set(found["crosswalk"]["house-rule"]) == {"recovery", "review"}
    plain = printed(answered(goals, 1, stage="design", answers={}), tmp_path)
    assert not {"register", "targets"} & set(plain)
    assert plain["stage"] == "design"


def printed(assessment: Assessment, folder: Path) -> Any:
    """Return what the terminal prints for an assessment of the small questionnaire."""
    path = folder / "assessment.json"
    path.write_bytes(write(assessment))
    command = [sys.executable, "-m", "cli", "score", str(path), "--questionnaire", str(GOALS), "--json"]
    done = subprocess.run(command, check=True, capture_output=True, cwd=GOALS.parents[2])
    return json.loads(done.stdout)
