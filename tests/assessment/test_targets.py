"""Targets and the way to them: where they come from, what progress counts, and what it never counts."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.answers import Answer, Assessment
from assessment.errors import InputError
from assessment.loading import load_questionnaire
from assessment.questionnaire import Questionnaire
from assessment.scores import NO_SCORE
from assessment.scoring import score
from assessment.targets import TargetProgress, preset_target, target_of
from tests.conftest import GOALS, answered

SMALL = load_questionnaire(GOALS)
IDS = sorted(SMALL.by_id)


def toward(levels: dict[str, int] | int, **changes: object) -> TargetProgress:
    """Return the progress of a full assessment under the preset *steady*."""
    given = answered(SMALL, levels, mode="full", **{"target_preset": "steady", **changes})
    found = score(SMALL, given).targets
    assert found is not None
    return found


def test_a_target_is_typed_or_comes_from_the_nearest_part_of_the_preset(goals: Questionnaire) -> None:
    """Typed stands above the question's level, that above the step's, and that above the general one."""
    given = answered(goals, {}, target_preset="steady", targets={"aims.speed": 1})
    found = {name: target_of(goals, given, question) for name, question in goals.by_id.items()}
    assert {name: (item.origin, item.option) for name, item in found.items() if item} == {
        "limits.box": ("general", 2),
        "aims.speed": ("typed", 1),
        "work.release": ("question", 4),
        "work.rehearsal": ("step", 3),
        "work.review": ("step", 2),
    }
    proposed = preset_target(goals, given, goals.by_id["aims.speed"])
    assert proposed is not None
    assert (proposed.option, proposed.because) == (2, "Written and followed is enough here.")


def test_a_preset_level_reaches_at_least_its_value_on_another_scale(goals: Questionnaire) -> None:
    """Level 3 of five is worth .75; on a scale of 0, .6 and 1 only the highest option is worth as much."""
    given = answered(goals, {}, target_preset="steady")
    found = target_of(goals, given, goals.by_id["work.review"])
    assert found is not None
    assert (found.option, found.value) == (2, 1.0)


def test_nothing_is_aimed_at_without_preset_and_target(goals: Questionnaire) -> None:
    """Without either there is no progress at all, and a preset that has left counts as none."""
    assert score(goals, answered(goals, 2)).targets is None
    older = answered(goals, 2, target_preset="gone")
    moved = older.model_copy(update={"questionnaire": older.questionnaire.model_copy(update={"version": "0"})})
    assert score(goals, moved).targets is None


def test_an_unknown_preset_is_refused(goals: Questionnaire) -> None:
    """A preset that the questionnaire does not have is named, with one that it has."""
    with pytest.raises(InputError, match="no target preset 'stedy'; did you mean 'steady'"):
        score(goals, answered(goals, 2, target_preset="stedy"))


def test_percent_to_target_by_hand() -> None:
    """1 - sum max(0, t - c) / sum t, worked with a pencil, over all and by step and dimension."""
    # targets: box .5, speed .5, release 1, rehearsal .75, review 1; sum 3.75
    # answers: box 0, speed 1, release .5, rehearsal .75, review .6; missing .5 + 0 + .5 + 0 + .4 = 1.4
    found = toward({"limits.box": 0, "aims.speed": 4, "work.release": 2, "work.rehearsal": 3, "work.review": 1})
    assert found.overall.value == pytest.approx(100 * (1 - 1.4 / 3.75))
    assert found.overall.low == found.overall.high == found.overall.value
    assert {name: item.value for name, item in found.steps.items()} == pytest.approx(
        {"limits": 0.0, "aims": 100.0, "work": 100 * (1 - 0.9 / 2.75)}
    )
    assert found.dimensions["change"].value == pytest.approx(100 * (1 - 0.5 / 1.75))
    assert found.past == ("aims.speed",)


def test_gaps_are_ordered_by_what_closing_them_would_move() -> None:
    """The distance counts times the shares of the dimensions and constraints that the question makes up."""
    # box .5 x all of one-box; release .5 x 2/3 of change; review .4 x 1/2 of watch
    found = toward({"limits.box": 0, "aims.speed": 4, "work.release": 2, "work.rehearsal": 3, "work.review": 1})
    assert [gap.target.question for gap in found.gaps] == ["limits.box", "work.release", "work.review"]
    assert [gap.size for gap in found.gaps] == pytest.approx([0.5, 1 / 3, 0.2])


def test_an_unknown_answer_leaves_a_range() -> None:
    """Where nobody knows, progress lies between the lowest and the highest option, and the gap is counted at half."""
    levels = {"limits.box": 2, "aims.speed": 2, "work.rehearsal": 3, "work.review": 2}
    found = toward(levels)
    assert found.overall.low == pytest.approx(100 * (1 - 1 / 3.75))
    assert found.overall.high == 100.0
    (gap,) = found.gaps
    assert (gap.target.question, gap.now, gap.missing) == ("work.release", None, 0.5)


def test_a_mostly_unknown_assessment_shows_no_point() -> None:
    """Below the coverage that allows a point, progress is a range alone."""
    found = toward({"limits.box": 2})
    assert not found.overall.shown
    assert found.overall.value is None


def test_a_question_without_target_counts_nowhere() -> None:
    """With one typed target and no preset, only that question moves progress."""
    one = {"target_preset": "", "targets": {"aims.speed": 4}}
    low = toward({"aims.speed": 2, "work.release": 0}, **one)
    high = toward({"aims.speed": 2, "work.release": 4}, **one)
    assert low.overall == high.overall
    assert low.overall.value == 50.0
    assert not low.steps["work"].exists
    assert low.preset == ""


def test_a_question_that_does_not_apply_leaves() -> None:
    """Not applicable is out of both sums, as if the question had no target."""
    out = {"work.release": Answer(not_applicable="out_of_scope")}
    given = answered(SMALL, 2, mode="full", target_preset="steady")
    without = score(SMALL, given.model_copy(update={"answers": {**given.answers, **out}})).targets
    assert without is not None
    assert without.overall.value == pytest.approx(100 * (1 - 0.25 / 2.75))
    assert all(gap.target.question != "work.release" for gap in without.gaps)


def test_a_target_of_nothing_is_no_score() -> None:
    """Where every target is the lowest option there is nothing to reach: a dash, never a division by zero."""
    found = toward(0, target_preset="", targets={"aims.speed": 0})
    assert found.overall == NO_SCORE


def test_a_pulse_aims_at_its_core_questions_alone(goals: Questionnaire) -> None:
    """A question that is not asked has no place in the progress."""
    found = score(goals, answered(goals, 2, target_preset="steady")).targets
    assert found is not None
    assert "work.review" not in found.targets


answers = st.dictionaries(st.sampled_from(IDS), st.integers(0, 2))
targets = st.dictionaries(st.sampled_from(IDS), st.integers(0, 2), min_size=1)


def assessed(levels: dict[str, int], aims: dict[str, int], preset: str) -> Assessment:
    """Return a full assessment with typed targets."""
    return answered(SMALL, levels, mode="full", targets=aims, target_preset=preset)


@settings(max_examples=500)
@given(answers, targets, st.sampled_from(["", "steady", "growth"]), st.sampled_from(IDS))
def test_raising_an_answer_never_lowers_progress(
    levels: dict[str, int], aims: dict[str, int], preset: str, raised: str
) -> None:
    """One option more on any question leaves every progress where it was or moves it up."""
    before = levels.get(raised, 0)
    first = score(SMALL, assessed({**levels, raised: before}, aims, preset)).targets
    second = score(SMALL, assessed({**levels, raised: min(2, before + 1)}, aims, preset)).targets
    assert first is not None
    assert second is not None
    for one, other in zip(_every(first), _every(second), strict=True):
        for end in ("point", "low", "high"):
            assert (getattr(other, end) or 0.0) >= (getattr(one, end) or 0.0)


@settings(max_examples=500)
@given(answers, targets, st.sampled_from(["", "steady", "growth"]), st.sampled_from(IDS), st.integers(0, 2))
def test_answering_an_unknown_never_widens_progress(
    levels: dict[str, int], aims: dict[str, int], preset: str, name: str, option: int
) -> None:
    """The new range lies within the old one."""
    open_ = {key: value for key, value in levels.items() if key != name}
    first = score(SMALL, assessed(open_, aims, preset)).targets
    second = score(SMALL, assessed({**open_, name: option}, aims, preset)).targets
    assert first is not None
    assert second is not None
    for one, other in zip(_every(first), _every(second), strict=True):
        if one.exists:
            assert one.low - 1e-9 <= other.low <= other.high <= one.high + 1e-9


@settings(max_examples=500)
@given(targets, st.sampled_from(["", "steady", "growth"]))
def test_all_at_their_target_is_all_of_the_way(aims: dict[str, int], preset: str) -> None:
    """Every question at its target gives 100 wherever there is something to reach, no gap, and none past it."""
    blank = assessed({}, aims, preset)
    levels = {name: aim.option for name, question in SMALL.by_id.items() if (aim := target_of(SMALL, blank, question))}
    found = score(SMALL, assessed(levels, aims, preset)).targets
    assert found is not None
    assert {item.point for item in _every(found) if item.exists} <= {100.0}
    assert found.gaps == ()
    assert found.past == ()


def _every(found: TargetProgress) -> list[Any]:
    return [found.overall, *found.steps.values(), *found.dimensions.values()]
