"""The laws of the scores, as properties over generated answers."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.answers import Answer, Assessment, QuestionnaireRef
from assessment.loading import load_questionnaire
from assessment.questionnaire import Questionnaire
from assessment.scores import Score, Scores
from assessment.scoring import score
from questionnaires import QUESTIONNAIRE
from tests.conftest import answered

BUILT_IN = load_questionnaire(QUESTIONNAIRE)
IDS = sorted(BUILT_IN.by_id)
CONTEXT = sorted(item.id for item in BUILT_IN.context.items)
PLAIN = settings(max_examples=150)
UNKNOWN, NOT_APPLICABLE, OPEN = "unknown", "not_applicable", "open"


def kinds() -> st.SearchStrategy[Any]:
    """One answer: an option, unknown, not applicable, or none at all."""
    return st.one_of(st.integers(0, 4), st.sampled_from([UNKNOWN, NOT_APPLICABLE, OPEN]))


def sheets() -> st.SearchStrategy[dict[str, Any]]:
    """A sheet of answers, one for each question."""
    return st.fixed_dictionaries(dict.fromkeys(IDS, kinds()))


def contexts() -> st.SearchStrategy[dict[str, int]]:
    """Some context answers."""
    return st.dictionaries(st.sampled_from(CONTEXT), st.integers(0, 4))


def assess(sheet: dict[str, Any], context: dict[str, int] | None = None, order: Iterable[str] | None = None) -> Scores:
    """Score a sheet, its answers entered in ``order``."""
    answers = {name: answer for name in (order or sheet) if (answer := to_answer(sheet[name])) is not None}
    assessment = Assessment(
        name="law",
        questionnaire=QuestionnaireRef(id=BUILT_IN.id, version=BUILT_IN.version),
        answers=answers,
        context=context or {},
    )
    return score(BUILT_IN, assessment)


def to_answer(kind: Any) -> Answer | None:
    """Return the answer that a kind stands for."""
    if kind == OPEN:
        return None
    if kind == UNKNOWN:
        return Answer(unknown=True)
    if kind == NOT_APPLICABLE:
        return Answer(not_applicable="out_of_scope")
    return Answer(option=kind)


def ranges(scores: Scores) -> dict[str, Score]:
    """Every score that the laws of rising and narrowing speak of."""
    found = {
        f"{name}.{kind}": getattr(item, kind)
        for name, item in scores.dimensions.items()
        for kind in ("practice", "ceiling", "effective")
    }
    return {**found, "overall": scores.overall.effective}


@PLAIN
@given(sheets(), contexts(), st.sampled_from(IDS))
def test_raising_an_option_lowers_nothing(sheet: dict[str, Any], context: dict[str, int], name: str) -> None:
    """Raising any option never lowers any practice, ceiling, effective or overall value, nor a gated level."""
    for lower, higher in itertools.pairwise(range(5)):
        before = assess({**sheet, name: lower}, context)
        after = assess({**sheet, name: higher}, context)
        for key, old in ranges(before).items():
            new = ranges(after)[key]
            for end in ("point", "low", "high"):
                a, b = getattr(old, end), getattr(new, end)
                assert a is None or b >= a - 1e-9, (key, end)
        for dimension, item in before.dimensions.items():
            assert (item.gated_level or 0) <= (after.dimensions[dimension].gated_level or 0)


@PLAIN
@given(sheets(), contexts(), st.sampled_from(IDS), st.integers(0, 4), st.sampled_from([UNKNOWN, OPEN]))
def test_answering_an_unknown_narrows(
    sheet: dict[str, Any], context: dict[str, int], name: str, level: int, kind: str
) -> None:
    """Answering an unknown never widens a range, and the new range lies within the old."""
    before, after = ranges(assess({**sheet, name: kind}, context)), ranges(assess({**sheet, name: level}, context))
    for key, old in before.items():
        new = after[key]
        if old.exists and old.low is not None and old.high is not None:
            assert new.low is not None
            assert new.high is not None
            assert old.low - 1e-9 <= new.low <= new.high + 1e-9 <= old.high + 2e-9, key


@PLAIN
@given(sheets(), contexts())
def test_ranges_hold_the_point_and_the_policies(sheet: dict[str, Any], context: dict[str, int]) -> None:
    """Every point lies in its range within 0-100, effective is min(practice, ceiling), stranded the rest."""
    scores = assess(sheet, context)
    for item in scores.dimensions.values():
        for found in (item.practice, item.ceiling, item.effective, item.stranded):
            if found.exists:
                assert found.low is not None
                assert found.high is not None
                assert found.point is not None
                assert -1e-9 <= found.low <= found.point + 1e-9 <= found.high + 2e-9 <= 100 + 3e-9
                assert found.shown == (found.coverage >= 0.5)
        if item.practice.exists:
            assert item.effective.point == min(item.practice.point or 0, item.ceiling.point or 0)
            assert item.stranded.point == pytest.approx((item.practice.point or 0) - (item.effective.point or 0))


@PLAIN
@given(sheets(), contexts(), st.randoms(use_true_random=False))
def test_order_does_not_matter(sheet: dict[str, Any], context: dict[str, int], random: Any) -> None:
    """The order of answers and of context entries changes no bit of any score."""
    order, entries = list(sheet), list(context.items())
    random.shuffle(order)
    random.shuffle(entries)
    assert assess(sheet, context) == assess(sheet, dict(entries), order)


@PLAIN
@given(sheets(), contexts(), st.sampled_from(IDS))
def test_not_applicable_equals_deleting_the_question(sheet: dict[str, Any], context: dict[str, int], name: str) -> None:
    """A question marked not applicable leaves numerator and denominator, as if the questionnaire did not have it."""
    marked = assess({**sheet, name: NOT_APPLICABLE}, context)
    without = BUILT_IN.model_copy(
        update={
            "questions": tuple(question for question in BUILT_IN.questions if question.id != name),
        }
    )
    without.__dict__.pop("by_id", None)
    answers = {key: answer for key in IDS if key != name and (answer := to_answer(sheet[key])) is not None}
    assessment = Assessment(
        name="law",
        questionnaire=QuestionnaireRef(id=BUILT_IN.id, version=BUILT_IN.version),
        answers=answers,
        context=context,
    )
    deleted = score(without, assessment)
    assert ranges(marked) == ranges(deleted)


@PLAIN
@given(sheets(), contexts(), st.randoms(use_true_random=False))
def test_a_questionnaire_split_and_merged_scores_the_same(
    sheet: dict[str, Any], context: dict[str, int], random: Any
) -> None:
    """Questions in another order, as two merged files would bring them, give the same scores."""
    shuffled = list(BUILT_IN.questions)
    random.shuffle(shuffled)
    other = BUILT_IN.model_copy(update={"questions": tuple(shuffled)})
    answers = {key: answer for key in IDS if (answer := to_answer(sheet[key])) is not None}
    assessment = Assessment(
        name="law",
        questionnaire=QuestionnaireRef(id=BUILT_IN.id, version=BUILT_IN.version),
        answers=answers,
        context=context,
    )
    assert ranges(score(other, assessment)) == ranges(score(BUILT_IN, assessment))


@pytest.mark.parametrize(("level", "expected"), [(0, 0.0), (2, 50.0), (4, 100.0)])
def test_level_for_all(questionnaire: Questionnaire, level: int, expected: float) -> None:
    """All lowest gives 0, all at 2 of 4 gives 50 and all highest 100, in each dimension and step."""
    scores = score(questionnaire, answered(questionnaire, level))
    assert {item.practice.value for item in scores.dimensions.values()} == {expected}
    assert {step.maturity.value for step in scores.steps.values()} == {expected}
    assert {item.gated_level for item in scores.dimensions.values()} == {level}


@given(
    st.dictionaries(st.sampled_from([name for name in IDS if not name.startswith("constraints.")]), st.integers(0, 4))
)
def test_without_severity_effective_equals_practice(levels: dict[str, int]) -> None:
    """With every severity at 0 the ceiling is 100 and everything practised acts."""
    sheet: dict[str, Any] = {name: levels.get(name, OPEN) for name in IDS}
    sheet |= {name: 4 for name in IDS if name.startswith("constraints.")}
    for item in assess(sheet).dimensions.values():
        assert item.effective.point == item.practice.point
        assert item.binding_constraint is None


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
