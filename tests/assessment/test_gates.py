"""Gated levels, what blocks the next one, and which dimension is weakest: single cases at their boundaries."""

from __future__ import annotations

from typing import Any

import pytest

from assessment.amounts import NO_SCORE
from assessment.questionnaire import Questionnaire
from assessment.scores import DimensionScore, Scores
from assessment.scoring import score
from tests.generated import IDS, assessed, plain_questionnaire

TOP = {name: 3 if name in {"look.more", "build.repair", "learn.alarm"} else 4 for name in IDS}


@pytest.fixture(scope="module")
def drawn() -> Questionnaire:
    """One small questionnaire with weights of 1 throughout."""
    return plain_questionnaire()


def reweighted(questionnaire: Questionnaire, **weights: float) -> Questionnaire:
    """Return the questionnaire with other weights of single questions, their ids written with two underscores."""
    wanted = {name.replace("__", "."): weight for name, weight in weights.items()}
    questions = [
        item.model_copy(update={"weight": wanted[item.id]}) if item.id in wanted else item
        for item in questionnaire.questions
    ]
    copy = questionnaire.model_copy(update={"questions": tuple(questions)})
    for made in ("by_id", "before_launch"):
        copy.__dict__.pop(made, None)
    return copy


def scored(questionnaire: Questionnaire, sheet: dict[str, Any], **more: Any) -> Scores:
    """Return the scores of a sheet on which everything else stands at its top."""
    return score(questionnaire, assessed(questionnaire, {**TOP, **sheet}, **more))


def change(questionnaire: Questionnaire, sheet: dict[str, Any], **more: Any) -> DimensionScore:
    """Return the dimension of change."""
    return scored(questionnaire, sheet, **more).dimensions["change"]


def test_at_the_top_nothing_blocks(drawn: Questionnaire) -> None:
    """There is no level above the highest one, so no question keeps from it."""
    found = change(drawn, {})
    assert (found.gated_level, found.blocking_question) == (4, None)


@pytest.mark.parametrize("unknown", ["build.release", "build.test"])
def test_an_unknown_core_question_blocks_before_one_at_the_bottom(drawn: Questionnaire, unknown: str) -> None:
    """What nobody knows is named first: it may be the cheaper thing to find out."""
    core = {"build.release": 0, "build.test": 0, unknown: "unknown"}
    assert change(drawn, core).blocking_question == unknown


@pytest.mark.parametrize("heavy", ["build__release", "build__test"])
def test_of_two_equal_laggards_the_heavier_blocks(drawn: Questionnaire, heavy: str) -> None:
    """Raising the heavier one moves the dimension further."""
    found = change(reweighted(drawn, **{heavy: 2.0}), {"build.release": 1, "build.test": 1})
    assert (found.gated_level, found.blocking_question) == (1, heavy.replace("__", "."))


def test_the_lowest_core_question_blocks(drawn: Questionnaire) -> None:
    """Whatever it weighs: a level that is reached by all core questions is reached by the lowest."""
    found = change(reweighted(drawn, build__test=3.0), {"build.release": 1, "build.test": 2})
    assert (found.gated_level, found.blocking_question) == (1, "build.release")


def test_exactly_the_share_of_the_weight_is_enough(drawn: Questionnaire) -> None:
    """Three of four equal questions hold, which is just the share that the gate asks for."""
    rules = drawn.rules.model_copy(update={"gate_share": 0.75})
    exact = drawn.model_copy(update={"rules": rules})
    found = change(exact, {"build.repair": 0}, mode="full")
    assert (found.gated_level, found.blocking_question) == (4, None)
    below = change(exact, {"build.repair": 0, "learn.alarm": 0}, mode="full")
    assert (below.gated_level, below.blocking_question) == (0, "learn.alarm")


def test_the_weakest_dimension_is_the_one_with_the_lowest_point(drawn: Questionnaire) -> None:
    """Not the one that unknown answers could pull lower still."""
    # change: release and test at .25 give 25; watch: test at .25, review unknown: 37.5, and 12.5 at the lowest
    found = scored(drawn, {"build.release": 1, "build.test": 1, "learn.review": "unknown"})
    assert found.dimensions["watch"].effective.low == pytest.approx(12.5)
    assert found.overall.weakest == "change"
    # the other way round: watch 12.5 in point against change 25, although change comes first in the file
    turned = scored(drawn, {"build.release": 2, "build.test": 0, "learn.review": 1})
    assert turned.overall.weakest == "watch"


def test_of_two_equal_points_the_one_that_may_be_lower_is_weakest(drawn: Questionnaire) -> None:
    """Both stand at 50; what is unknown could pull only the second one down."""
    found = scored(drawn, {"build.release": 2, "build.test": 2, "learn.review": "unknown"})
    points = {name: item.effective.value for name, item in found.dimensions.items()}
    assert points == {"change": 50, "watch": 50}
    assert found.overall.weakest == "watch"


def test_a_score_without_anything_applicable_has_no_ends() -> None:
    """It is a dash: nobody may read a 0 from it."""
    with pytest.raises(ValueError, match="nothing applicable"):
        NO_SCORE.at("low")
