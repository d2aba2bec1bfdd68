"""What stands beside a score: whose word it rests on, and how much of it is known."""

from __future__ import annotations

import dataclasses
import math

import pytest

from assessment.amounts import ENDS
from assessment.answers import Answer, Assessment, Confidence
from assessment.questionnaire import Questionnaire
from assessment.sheet import Sheet
from assessment.terms import added, ceiling_terms
from tests.conftest import answered


def sheet(questionnaire: Questionnaire, levels: dict[str, int], **confidence: Confidence) -> Sheet:
    """Return a full sheet; ids of what is not merely claimed are written with two underscores."""
    base = answered(questionnaire, levels, mode="full")
    told = {name.replace("__", "."): level for name, level in confidence.items()}
    answers = {
        name: Answer(option=answer.option, confidence=told.get(name, "claimed"))
        for name, answer in base.answers.items()
    }
    return Sheet.of(questionnaire, base.model_copy(update={"answers": answers}))


def test_evidence_is_the_share_of_the_answered_weight(four_step: Questionnaire) -> None:
    """Of change, release weighs 2 and test 1: two thirds are measured, and what is open has no share."""
    found = sheet(four_step, {"build.release": 2, "build.test": 2}, build__release="measured")
    assert found.practice("change").evidence == {
        "claimed": pytest.approx(1 / 3),
        "documented": 0,
        "measured": pytest.approx(2 / 3),
    }
    all_three = sheet(
        four_step,
        {"build.release": 2, "build.test": 2, "build.undo": 2},
        build__release="documented",
        build__test="measured",
    )
    assert all_three.practice("change").evidence == {"claimed": 0.25, "documented": 0.5, "measured": 0.25}


def test_little_weight_is_evidence_too(four_step: Questionnaire) -> None:
    """A single answer of weight one half is the whole of what is answered."""
    assert sheet(four_step, {"build.copy": 2}).evidence({"build.copy": 0.5}) == {
        "claimed": 1,
        "documented": 0,
        "measured": 0,
    }
    assert sheet(four_step, {}).evidence({"build.copy": 0.5}) == {}


@pytest.mark.parametrize(("wall", "kind"), [(0, "measured"), (3, "documented")])
def test_an_effective_score_rests_on_the_side_that_sets_it(four_step: Questionnaire, wall: int, kind: str) -> None:
    """Under a low ceiling on the answers about the wall, otherwise on those about the practice."""
    levels = dict.fromkeys(four_step.by_id, 2) | dict.fromkeys(("look.box", "look.shared", "look.limit"), wall)
    walls: dict[str, Confidence] = dict.fromkeys(("look__box", "look__shared", "look__limit"), "measured")
    practised = [name.replace(".", "__") for name in four_step.by_id if name.startswith("build.")]
    documented: dict[str, Confidence] = dict.fromkeys(practised, "documented")
    found = sheet(four_step, levels, **walls, **documented)
    # change practises 70; severity 1 caps it at 40, severity 0 at 100
    assert found.effective("change").value == pytest.approx(40 if wall == 0 else 70)
    assert found.effective("change").evidence[kind] == 1


def test_where_both_sides_set_it_the_practice_is_told(four_step: Questionnaire) -> None:
    """Practice and ceiling both at the top: what is practised is what acts."""
    levels = dict.fromkeys(four_step.by_id, 3)
    found = sheet(four_step, levels, look__box="measured", look__shared="measured", look__limit="measured")
    assert found.effective("change").evidence["claimed"] == 1


def test_a_ceiling_that_nothing_sets_is_wholly_known(four_step: Questionnaire) -> None:
    """No wall question applies: the ceiling is 100, and nothing about it is left to ask."""
    away = {name: Answer(not_applicable="out_of_scope") for name in four_step.by_id if name.startswith("look.")}
    base: Assessment = answered(four_step, {"build.release": 2}, mode="full")
    found = Sheet.of(four_step, base.model_copy(update={"answers": {**base.answers, **away}}))
    assert (found.ceiling("change").value, found.ceiling("change").coverage) == (100, 1.0)


def test_the_overall_evidence_is_the_mean_over_the_dimensions_that_have_any(four_step: Questionnaire) -> None:
    """Change rests on measurements, watching on claims: half and half, and alone where the other says nothing."""
    levels = dict.fromkeys(four_step.by_id, 1) | dict.fromkeys(("look.box", "look.shared", "look.limit"), 3)
    levels["look.trail"] = 3
    practised = [name.replace(".", "__") for name in four_step.by_id if name.startswith("build.")]
    measured: dict[str, Confidence] = dict.fromkeys(practised, "measured")
    found = sheet(four_step, levels, **measured)
    assert found.overall().evidence == {"claimed": 0.5, "documented": 0, "measured": 0.5}
    assert sheet(four_step, {}).overall().evidence == {}


def test_the_terms_of_a_ceiling_begin_with_the_whole(four_step: Questionnaire) -> None:
    """One hundred, of weight and share 1; what takes nothing from it takes nothing, and not a nought below nought."""
    levels = dict.fromkeys(four_step.by_id, 3) | {"look.box": 0}
    whole, *taken = ceiling_terms(sheet(four_step, levels), "change")
    assert (whole.kind, whole.weight, whole.share) == ("whole", 1.0, 1.0)
    assert [whole.contribution.at(end) for end in ENDS] == [100.0, 100.0, 100.0]
    by_question = {term.id: term.contribution.point for term in taken}
    # one box: weights 1, .5 and .5; box at 0 takes 100 x .6 x 1/2
    assert by_question["look.box"] == pytest.approx(-30)
    assert [math.copysign(1.0, by_question[name]) for name in ("look.shared", "look.limit")] == [1.0, 1.0]
    assert added([whole, *taken], "point") == pytest.approx(70)


def test_a_sheet_cannot_be_changed(four_step: Questionnaire) -> None:
    """Scores and their explanations are read from the same one."""
    with pytest.raises(dataclasses.FrozenInstanceError):
        sheet(four_step, {}).assessment = answered(four_step, 1)  # type: ignore[misc]
