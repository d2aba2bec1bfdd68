"""Weights and formulas by hand: what each question counts for, under a context that applies in part."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.answers import Answer
from assessment.instrument import (
    Instrument,
    binding,
    caps,
    ceiling,
    coverage,
    level_of,
    level_under,
    mean_of,
    option_of,
    overall,
    severity,
)
from assessment.questionnaire import Questionnaire
from tests.conftest import answered
from tests.generated import plain_questionnaire

HALF = {"surge": 2}  # of 4: the stressor applies by one half


def instrument(questionnaire: Questionnaire, context: dict[str, int] | None = None) -> Instrument:
    """Return the instrument of a full assessment."""
    return Instrument.of(questionnaire, answered(questionnaire, {}, mode="full", context=context or {}))


@pytest.fixture(scope="module")
def drawn() -> Questionnaire:
    """The small questionnaire with build.release of weight 3, its stressor adding .5, and one weighted constraint."""
    plain = plain_questionnaire()
    lift = plain.by_id["build.release"].stressors["surge"].model_copy(update={"weight": 0.5})
    changed = {
        "build.release": {"weight": 3.0, "stressors": {"surge": lift}, "dimensions": {"change": 2.0}},
        "look.chain": {"weight": 3.0, "factors": {"chain": 0.5, "box": 2.0}},
    }
    questions = [item.model_copy(update=changed.get(item.id, {})) for item in plain.questions]
    copy = plain.model_copy(update={"questions": tuple(questions)})
    for made in ("by_id", "before_launch"):
        copy.__dict__.pop(made, None)
    return copy


def test_a_stressor_applies_by_the_level_over_its_highest(four_step: Questionnaire, drawn: Questionnaire) -> None:
    """On four anchors level 3 is the whole; on five level 2 is one half, and what nobody answered is nothing."""
    assert instrument(four_step, {"many-sites": 3}).stress == {"many-sites": 1}
    assert instrument(four_step, {"many-sites": 1}).stress == {"many-sites": pytest.approx(1 / 3)}
    assert instrument(drawn, HALF).stress == {"surge": 0.5}
    assert instrument(drawn).stress == {"surge": 0}


def test_practice_and_step_weights_rise_with_what_a_question_answers_to(drawn: Questionnaire) -> None:
    """Question weight x dimension weight x (1 + lift x how strongly it applies); a step has no dimension weight."""
    found = instrument(drawn, HALF)
    assert found.practice_weights["change"]["build.release"] == 3 * 2 * (1 + 0.5 * 0.5)
    assert found.practice_weights["change"]["build.test"] == 1
    assert found.step_weights["build"] == {"build.release": 3 * 1.25, "build.test": 1, "build.repair": 1}


def test_context_moves_no_constraint(drawn: Questionnaire) -> None:
    """Question weight x factor weight, and nothing else."""
    assert instrument(drawn, HALF).factor_weights["chain"] == {"look.chain": 3 * 0.5, "look.more": 1}
    assert instrument(drawn, HALF).factor_weights["box"] == {"look.box": 1, "look.chain": 3 * 2}


def test_a_dimension_weighs_one_and_what_the_stressors_add(four_step: Questionnaire) -> None:
    """Two thirds of a stressor that adds .5 to watching, and nothing to change."""
    found = instrument(four_step, {"many-sites": 2}).overall_weights
    assert found == {"change": 1, "watch": pytest.approx(1 + 0.5 * 2 / 3)}


def test_only_a_constraint_that_caps_can_move_a_ceiling(four_step: Questionnaire) -> None:
    """The paper trail does not cap change, so its question is no part of what that ceiling rests on."""
    found = instrument(four_step)
    assert set(found.wall_weights("change")) == {"look.box", "look.shared", "look.limit"}
    assert set(found.wall_weights("watch")) == {"look.box", "look.shared", "look.limit", "look.trail"}


def test_an_instrument_and_its_standings_cannot_be_changed(four_step: Questionnaire) -> None:
    """Scores are computed from them more than once."""
    found = instrument(four_step)
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.mode = "pulse"  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.standings({}).unknown = ()  # type: ignore[misc]


def test_means_by_hand() -> None:
    """Weights of what has no value count nowhere; without any weight there is no mean."""
    weights = {"a": 1.0, "b": 3.0, "c": 5.0}
    assert mean_of(weights, {"a": 10.0, "b": 20.0}) == pytest.approx(17.5)
    assert mean_of(weights, {"a": 1.0, "b": 1.0}) == 1.0
    assert mean_of(weights, {}) is None
    assert mean_of({"a": 0.0}, {"a": 1.0}) is None
    assert mean_of({"a": 0.5}, {"a": 4.0}) == 4.0


@settings(max_examples=500)
@given(st.lists(st.tuples(st.floats(1e-6, 1e6), st.floats(0.0, 1.0)), min_size=1, max_size=12))
def test_a_mean_never_leaves_the_values_it_is_of(parts: list[tuple[float, float]]) -> None:
    """Not even by rounding: a score above 100 or a severity below 0 would be shown."""
    weights = {str(place): weight for place, (weight, _) in enumerate(parts)}
    ones = dict.fromkeys(weights, 1.0)
    assert mean_of(weights, ones) == 1.0
    found = mean_of(weights, {str(place): value for place, (_, value) in enumerate(parts)})
    assert found is not None
    assert 0.0 <= found <= 1.0


def test_coverage_by_hand() -> None:
    """Answered over applicable; what is in neither list does not apply, and what has no weight does not count."""
    assert coverage({"a": 1.0, "b": 3.0, "c": 6.0}, ["a"], ["b"]) == 0.25
    assert coverage({"a": 1.0, "b": 1.0}, ["a", "x"], ["b"]) == 0.5
    assert coverage({"a": 1.0, "b": 1.0}, ["a"], ["b", "y"]) == 0.5
    assert coverage({"a": 1.0}, [], []) == 0.0
    assert coverage({"a": 0.5}, ["a"], []) == 1.0


def test_caps_and_ceiling_by_hand(four_step: Questionnaire) -> None:
    """100 (1 - k s): one box at .3 throughout has severity .7, which caps change at 58 and watching at 86."""
    found = instrument(four_step)
    levels = dict.fromkeys(("look.box", "look.shared", "look.limit"), 0.3) | {"look.trail": 0.7}
    assert severity(found, "one-box", levels) == pytest.approx(0.7)
    assert caps(found, "change", levels) == {"one-box": pytest.approx(58), "paper-trail": 100}
    assert caps(found, "watch", levels) == {"one-box": pytest.approx(86), "paper-trail": pytest.approx(85)}
    assert ceiling(found, "watch", levels) == pytest.approx(85)
    assert ceiling(found, "watch", {}) == 100
    assert (binding(found, "watch", levels), binding(found, "change", levels)) == ("paper-trail", "one-box")


def test_nothing_binds_where_nothing_lowers(four_step: Questionnaire) -> None:
    """A ceiling of 100, to within rounding, has no constraint to name; without any question there is none either."""
    found = instrument(four_step)
    top = dict.fromkeys(four_step.by_id, 1.0)
    assert binding(found, "watch", top) is None
    assert binding(found, "watch", {}) is None
    assert binding(found, "watch", top | {"look.trail": 1.0 - 1e-13}) is None
    assert binding(found, "watch", top | {"look.trail": 1.0 - 1e-6}) == "paper-trail"


def test_of_two_constraints_that_bind_alike_the_first_in_the_file_is_named(four_step: Questionnaire) -> None:
    """Caps that differ by rounding alone are the same cap."""
    found = instrument(four_step)
    # watching: one box at severity s caps by 20 s, the trail by 50 s: 20 x 1 = 50 x .4
    even = dict.fromkeys(("look.box", "look.shared", "look.limit"), 0.0) | {"look.trail": 0.6}
    assert caps(found, "watch", even) == {"one-box": pytest.approx(80), "paper-trail": pytest.approx(80)}
    assert binding(found, "watch", even) == "one-box"
    assert binding(found, "watch", even | {"look.trail": 0.6 - 1e-6}) == "paper-trail"


def test_the_overall_score_leaves_out_what_has_no_score(four_step: Questionnaire) -> None:
    """One dimension alone has its own score as the mean, whatever the other would weigh."""
    found = instrument(four_step, {"many-sites": 3})
    change = {"build.release": 0.7, "build.test": 0.7, "build.undo": 0.7, "build.copy": 0.7, "build.review": 0.7}
    assert overall(found, change) == pytest.approx(70)
    assert overall(found, {}) is None


@pytest.mark.parametrize(
    ("value", "level"), [(0.0, 0), (0.29, 0), (0.3 - 1e-12, 1), (0.3, 1), (0.69, 1), (0.7, 2), (0.99, 2), (1.0, 3)]
)
def test_a_value_holds_the_level_of_the_option_that_it_reaches(
    four_step: Questionnaire, value: float, level: int
) -> None:
    """Options of a four-option scale stand at 0, .3, .7 and 1; rounding takes no level away."""
    assert level_of(four_step, "build.release", value) == level


@pytest.mark.parametrize(("value", "level"), [(0.0, 0), (1 / 3, 1), (2 / 3, 2), (1.0, 4)])
def test_a_scale_of_its_own_is_laid_on_the_levels_of_the_default(
    drawn: Questionnaire, value: float, level: int
) -> None:
    """Three steps on five levels: the second option is level 1, the third level 2, the top the top."""
    question = drawn.by_id["build.repair"]
    place = min(range(4), key=lambda number: abs(drawn.scale_of(question).options[number].value - value))
    exact = drawn.scale_of(question).options[place].value
    assert level_of(drawn, "build.repair", exact) == level


@pytest.mark.parametrize(("score", "level"), [(0.0, 0), (24.9, 0), (25.0, 1), (25.0 - 1e-12, 1), (99.9, 3), (100.0, 4)])
def test_a_ceiling_allows_the_whole_levels_below_it(score: float, level: int) -> None:
    """Of four levels each quarter of the hundred allows one; rounding takes none away."""
    assert level_under(score, 4) == level


def test_an_answer_without_a_level_has_no_option(four_step: Questionnaire) -> None:
    """Unknown is no figure, and a figure for a question that measures nothing is no option."""
    with pytest.raises(ValueError, match=r"build\.test: the answer has no level"):
        option_of(four_step.by_id["build.test"], Answer(unknown=True))
    with pytest.raises(ValueError, match=r"look\.box: the answer has no level"):
        option_of(four_step.by_id["look.box"], Answer(figure=3.0))
