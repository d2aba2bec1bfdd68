"""The laws of the scores, as properties over generated questionnaires and answers, 500 cases each.

The questionnaires are small ones with weights, scales and strengths of their own (tests/generated.py): 500 cases on the
built-in one would take minutes, and would try its weights alone. Both modes and both stages are drawn. The built-in
questionnaire is held to the same laws where a law speaks of it, and by fewer cases of the others.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.answers import Answer, Assessment, QuestionnaireRef
from assessment.loading import load_questionnaire
from assessment.questionnaire import Mode, Questionnaire, Stage
from assessment.scores import Score, Scores
from assessment.scoring import score
from questionnaires import QUESTIONNAIRE
from tests.conftest import answered
from tests.generated import (
    IDS,
    NOT_APPLICABLE,
    ON_FOUR,
    OPEN,
    UNKNOWN,
    WALL,
    assessed,
    contexts,
    questionnaires,
    settings_of,
    sheets,
    without,
)

Setting = tuple[Mode, Stage]
LAWS = settings(max_examples=500)
BUILT_IN = load_questionnaire(QUESTIONNAIRE)
BUILT_IN_IDS = sorted(BUILT_IN.by_id)


def scored(questionnaire: Questionnaire, sheet: Mapping[str, Any], setting: Setting, **more: Any) -> Scores:
    """Return the scores of a sheet in a mode and at a stage."""
    mode, stage = setting
    return score(questionnaire, assessed(questionnaire, sheet, mode=mode, stage=stage, **more))


def ranges(scores: Scores) -> dict[str, Score]:
    """Every score that rises with the answers, by name."""
    kinds = ("practice", "ceiling", "effective")
    found = {f"{name}.{kind}": getattr(item, kind) for name, item in scores.dimensions.items() for kind in kinds}
    found |= {f"step.{name}": item.maturity for name, item in scores.steps.items()}
    found |= {f"posture.{name}": item for name, item in scores.posture.items()}
    found |= {f"lifecycle.{name}": item for name, item in scores.lifecycle.items()}
    for crosswalk, items in scores.crosswalk.items():
        found |= {f"{crosswalk}.{name}": item for name, item in items.items()}
    return {**found, "overall": scores.overall.effective}


def falling(scores: Scores) -> dict[str, Score]:
    """Every score that falls as the answers rise, by name."""
    return {name: item.severity for name, item in scores.factors.items()}


def ends(found: Score) -> tuple[float, float, float]:
    """Return low, point and high of a score that exists."""
    assert found.low is not None
    assert found.point is not None
    assert found.high is not None
    return found.low, found.point, found.high


def options_of(name: str) -> int:
    """Return how many options a question of the small questionnaires has."""
    return 4 if name in ON_FOUR else 5


@LAWS
@given(questionnaires(), sheets(), contexts(), settings_of(), st.sampled_from(IDS))
def test_raising_an_option_lowers_nothing(
    questionnaire: Questionnaire, sheet: dict[str, Any], context: dict[str, int], setting: Setting, name: str
) -> None:
    """Raising any option never lowers any practice, ceiling, effective or overall value, nor a gated level."""
    rising = [
        scored(questionnaire, {**sheet, name: level}, setting, context=context) for level in range(options_of(name))
    ]
    for before, after in itertools.pairwise(rising):
        for key, old in ranges(before).items():
            if old.exists:
                assert all(b >= a - 1e-9 for a, b in zip(ends(old), ends(ranges(after)[key]), strict=True)), key
        for key, old in falling(before).items():
            if old.exists:
                assert all(b <= a + 1e-9 for a, b in zip(ends(old), ends(falling(after)[key]), strict=True)), key
        for dimension, item in before.dimensions.items():
            assert (item.gated_level or 0) <= (after.dimensions[dimension].gated_level or 0)


@LAWS
@given(questionnaires(), sheets(), contexts(), settings_of(), st.data())
def test_answering_an_unknown_narrows(
    questionnaire: Questionnaire, sheet: dict[str, Any], context: dict[str, int], setting: Setting, data: st.DataObject
) -> None:
    """Answering an unknown never widens a range, and the new range lies within the old; so for every score."""
    name = data.draw(st.sampled_from(IDS))
    kind, level = data.draw(st.sampled_from([UNKNOWN, OPEN])), data.draw(st.integers(0, options_of(name) - 1))
    before = scored(questionnaire, {**sheet, name: kind}, setting, context=context)
    after = scored(questionnaire, {**sheet, name: level}, setting, context=context)
    known = {**ranges(after), **falling(after)}
    for key, old in {**ranges(before), **falling(before)}.items():
        if old.exists:
            (low, _, high), (new_low, _, new_high) = ends(old), ends(known[key])
            assert low - 1e-9 <= new_low <= new_high + 1e-9 <= high + 2e-9, key
            assert known[key].coverage >= old.coverage - 1e-9


@LAWS
@given(questionnaires(), sheets(), contexts(), settings_of())
def test_ranges_hold_the_point_and_the_policies(
    questionnaire: Questionnaire, sheet: dict[str, Any], context: dict[str, int], setting: Setting
) -> None:
    """Every point lies in its range within 0-100, effective is min(practice, ceiling), stranded the rest."""
    scores = scored(questionnaire, sheet, setting, context=context)
    for found in ranges(scores).values():
        if found.exists:
            low, point, high = ends(found)
            assert -1e-9 <= low <= point + 1e-9 <= high + 2e-9 <= 100 + 3e-9
    for item in scores.dimensions.values():
        assert item.practice.shown == (item.practice.exists and item.practice.coverage >= 0.5)
        assert item.effective.shown == (item.practice.shown and item.ceiling.shown)
        if item.practice.exists:
            practice, ceiling = ends(item.practice), ends(item.ceiling)
            assert ends(item.effective) == tuple(min(pair) for pair in zip(practice, ceiling, strict=True))
            assert item.stranded.point == pytest.approx(practice[1] - min(practice[1], ceiling[1]))
            assert item.stranded.low == max(0, practice[0] - ceiling[2])
            assert item.stranded.high == max(0, practice[2] - ceiling[0])


@LAWS
@given(questionnaires(), sheets(), contexts(), settings_of(), st.randoms(use_true_random=False))
def test_order_does_not_matter(
    questionnaire: Questionnaire, sheet: dict[str, Any], context: dict[str, int], setting: Setting, random: Any
) -> None:
    """Trap: results that depend on key order. The order of answers and of context changes no bit of any score."""
    names, entries = list(sheet), list(context.items())
    random.shuffle(names)
    random.shuffle(entries)
    shuffled = {name: sheet[name] for name in names}
    expected = scored(questionnaire, sheet, setting, context=context)
    assert expected == scored(questionnaire, shuffled, setting, context=dict(entries))


@LAWS
@given(questionnaires(), sheets(), contexts(), settings_of(), st.sampled_from(IDS))
def test_not_applicable_equals_deleting_the_question(
    questionnaire: Questionnaire, sheet: dict[str, Any], context: dict[str, int], setting: Setting, name: str
) -> None:
    """A question marked not applicable leaves numerator and denominator, as if the questionnaire did not have it."""
    marked = scored(questionnaire, {**sheet, name: NOT_APPLICABLE}, setting, context=context)
    rest = {key: kind for key, kind in sheet.items() if key != name}
    deleted = scored(without(questionnaire, name), rest, setting, context=context)
    assert ranges(marked) == ranges(deleted)
    assert falling(marked) == falling(deleted)


@LAWS
@given(questionnaires(), sheets(), contexts(), settings_of(), st.data())
def test_a_questionnaire_split_in_two_and_merged_scores_the_same(
    questionnaire: Questionnaire, sheet: dict[str, Any], context: dict[str, int], setting: Setting, data: st.DataObject
) -> None:
    """Questions dealt out into two files and merged again, in whatever order, give every score to the last bit."""
    mine = data.draw(st.sets(st.sampled_from(IDS)))
    first = [question for question in questionnaire.questions if question.id in mine]
    second = [question for question in questionnaire.questions if question.id not in mine]
    merged = without(questionnaire).model_copy(update={"questions": (*second, *first)})
    one = scored(questionnaire, sheet, setting, context=context)
    two = scored(merged, sheet, setting, context=context)
    assert ranges(one) == ranges(two)
    assert falling(one) == falling(two)
    assert [item.gated_level for item in one.dimensions.values()] == [
        item.gated_level for item in two.dimensions.values()
    ]


@LAWS
@given(questionnaires(), contexts(), settings_of())
def test_the_lowest_gives_0_and_the_highest_100(
    questionnaire: Questionnaire, context: dict[str, int], setting: Setting
) -> None:
    """All lowest gives 0, all highest 100, in every dimension, step and other mean, whatever the context weighs."""
    lowest = scored(questionnaire, dict.fromkeys(IDS, 0), setting, context=context)
    highest = scored(questionnaire, {name: options_of(name) - 1 for name in IDS}, setting, context=context)
    for key, found in ranges(lowest).items():
        if not key.endswith(".ceiling") and found.exists:
            assert ends(found) == (0, 0, 0), key
    for key, found in ranges(highest).items():
        assert not found.exists or ends(found) == pytest.approx((100, 100, 100)), key
    assert {item.gated_level for item in lowest.dimensions.values()} == {0}
    assert {item.gated_level for item in highest.dimensions.values()} == {questionnaire.top_level}


@LAWS
@given(questionnaires(), contexts(), settings_of())
def test_the_middle_of_five_gives_50_in_practice(
    questionnaire: Questionnaire, context: dict[str, int], setting: Setting
) -> None:
    """Everything at 2 of 4 gives 50, where every question has the five options of the built-in scale."""
    five = without(questionnaire, *ON_FOUR)
    scores = scored(five, {name: 2 for name in IDS if name not in ON_FOUR}, setting, context=context)
    for item in scores.dimensions.values():
        assert item.practice.value == pytest.approx(50)
    for step in scores.steps.values():
        assert step.maturity.value == pytest.approx(50)


@LAWS
@given(questionnaires(), sheets(), contexts(), settings_of())
def test_without_severity_effective_equals_practice(
    questionnaire: Questionnaire, sheet: dict[str, Any], context: dict[str, int], setting: Setting
) -> None:
    """With every severity at 0 the ceiling is 100 and everything practised acts."""
    open_wall = {name: options_of(name) - 1 for name in WALL}
    for item in scored(questionnaire, {**sheet, **open_wall}, setting, context=context).dimensions.values():
        assert (item.effective.low, item.effective.point, item.effective.high) == (
            item.practice.low,
            item.practice.point,
            item.practice.high,
        )
        assert item.binding_constraint is None


@LAWS
@given(questionnaires(), sheets(), contexts(), settings_of())
def test_a_missing_answer_is_never_scored_as_best(
    questionnaire: Questionnaire, sheet: dict[str, Any], context: dict[str, int], setting: Setting
) -> None:
    """Trap: a missing percentage scored as best. No answer, and don't know, score alike and below the best."""
    unknown = {name: UNKNOWN if kind == OPEN else kind for name, kind in sheet.items()}
    best = {name: options_of(name) - 1 if kind == OPEN else kind for name, kind in sheet.items()}
    left = ranges(scored(questionnaire, sheet, setting, context=context))
    assert left == ranges(scored(questionnaire, unknown, setting, context=context))
    most = ranges(scored(questionnaire, best, setting, context=context))
    for key, found in left.items():
        if found.exists:
            assert ends(found)[1] <= ends(most[key])[1] + 1e-9, key
            assert ends(found)[2] == pytest.approx(ends(most[key])[2]), key


@settings(max_examples=60)
@given(
    st.fixed_dictionaries({name: st.integers(0, 4) for name in BUILT_IN_IDS}),
    st.sampled_from(BUILT_IN_IDS),
    st.randoms(use_true_random=False),
)
def test_the_built_in_questionnaire_keeps_the_laws(sheet: dict[str, int], name: str, random: Any) -> None:
    """Raising lowers nothing, answering narrows and order changes nothing in the built-in questionnaire too."""

    def of(levels: Mapping[str, int], left_out: str = "") -> Scores:
        answers = {key: Answer(option=level) for key, level in levels.items() if key != left_out}
        reference = QuestionnaireRef(id=BUILT_IN.id, version=BUILT_IN.version)
        return score(BUILT_IN, Assessment(name="law", questionnaire=reference, answers=answers, mode="full"))

    shuffled = list(sheet.items())
    random.shuffle(shuffled)
    base = of(sheet)
    assert of(dict(shuffled)) == base
    raised, opened = ranges(of({**sheet, name: 4})), ranges(of(sheet, name))
    for key, found in ranges(base).items():
        low, point, high = ends(found)
        assert all(b >= a - 1e-9 for a, b in zip((low, point, high), ends(raised[key]), strict=True))
        wide = ends(opened[key])
        assert wide[0] - 1e-9 <= low <= high + 1e-9 <= wide[2] + 2e-9


@pytest.mark.parametrize("mode", ["pulse", "full"])
@pytest.mark.parametrize(("level", "expected"), [(0, 0.0), (2, 50.0), (4, 100.0)])
def test_level_for_all(questionnaire: Questionnaire, level: int, expected: float, mode: Mode) -> None:
    """All lowest gives 0, all at 2 of 4 gives 50 and all highest 100, in each dimension and step as it is built in."""
    scores = score(questionnaire, answered(questionnaire, level, mode=mode))
    assert [item.practice.value for item in scores.dimensions.values()] == pytest.approx([expected] * 4)
    assert [step.maturity.value for step in scores.steps.values()] == pytest.approx([expected] * len(scores.steps))
    assert {item.gated_level for item in scores.dimensions.values()} == {level}


def test_four_steps_and_four_options(four_step: Questionnaire) -> None:
    """A questionnaire of another shape is scored by the same code."""
    assert four_step.top_level == 3
    scores = score(
        four_step, answered(four_step, {"look.box": 0, "plan.target": 1, "build.release": 3, "learn.review": 3})
    )
    # practice of change in a pulse: build.release alone, at 1; ceiling 100 x (1 - .6 x 1) = 40
    assert scores.dimensions["change"].practice.value == 100
    assert scores.dimensions["change"].effective.value == pytest.approx(40)
    assert scores.dimensions["change"].gated_level == 1  # floor(40 / 33.3)
    # watch: (.3 + 1) / 2 = 65 under 100 x (1 - .2) = 80
    assert scores.dimensions["watch"].effective.value == pytest.approx(65)
    assert set(scores.steps) == {"look", "plan", "build", "learn"}
