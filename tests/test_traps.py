"""Traps seen in other tools, each by name; those not here are named where their subject is tested.

Results that depend on key order and a missing percentage scored as best: tests/assessment/test_scoring_laws.py.
Drop-downs with another question's levels: tests/views/test_own_levels.py.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from assessment.amounts import Score
from assessment.answers import Answer, Assessment, NotApplicable
from assessment.explaining import explain
from assessment.instrument import option_of
from assessment.questionnaire import Question, Questionnaire, Stage
from assessment.scores import Scores
from assessment.scoring import score
from assessment.terms import added
from assessment.trend import compare
from reports.figures_format import format_score, rounded
from reports.score_json import score_data
from store.folding import Event, changes_of, fold
from tests.assessment.test_explaining import shown
from tests.conftest import answered
from tests.generated import to_answer

_NOW = datetime(2026, 1, 1, tzinfo=UTC)
REASONS: tuple[NotApplicable, ...] = ("not_built_yet", "other_team", "contractually_excluded", "out_of_scope")


def test_a_comparison_has_the_formula_of_the_score(questionnaire: Questionnaire, example: Assessment) -> None:
    """Trap: a comparison view with another formula than the score. Both sides of each difference are the scores."""
    before = example.model_copy(update={"answers": dict(itertools.islice(sorted(example.answers.items()), 40))})
    found = compare(questionnaire, before, questionnaire, example)
    for side, scores in (("earlier", score(questionnaire, before)), ("later", score(questionnaire, example))):
        for dimension, item in scores.dimensions.items():
            compared = found.find("dimension", dimension)
            assert getattr(compared.on_later, side) == item.effective
            assert getattr(compared.on_earlier, side) == item.effective


def test_an_explanation_has_the_formula_of_the_score(questionnaire: Questionnaire, example: Assessment) -> None:
    """Trap: a comparison view with another formula than the score. What explains a figure adds up to what is shown."""
    for name, expected in shown(score(questionnaire, example)).items():
        found = explain(questionnaire, example, name)
        assert score_data(found.score) == score_data(expected)
        assert rounded(added(found.terms, "point")) == rounded(expected.point or 0.0)


@pytest.mark.parametrize(
    ("value", "text"), [(59.949, "59.9"), (59.95, "60.0"), (59.96, "60.0"), (0.05, "0.1"), (99.99, "100.0")]
)
def test_rounding_is_no_truncation(value: float, text: str) -> None:
    """Trap: truncation shown as rounding. What is nearer to the next figure reads as the next figure."""
    assert format_score(Score(value, value, value)) == text


def _each(questionnaire: Questionnaire, question: Question) -> Iterator[Scores]:
    """Yield the scores with one question at each of its options and every other in the middle."""
    base = answered(questionnaire, 2, mode="full")
    for option in range(len(questionnaire.scale_of(question).options)):
        answers = {**base.answers, question.id: Answer(option=option)}
        yield score(questionnaire, base.model_copy(update={"answers": answers}))


def test_no_question_pulls_the_wrong_way(questionnaire: Questionnaire) -> None:
    """Trap: a sign flipped in one data file. Each built-in question, raised alone, lowers no score and raises one."""
    for question in questionnaire.questions:
        every = [
            {name: item for name, item in shown(found).items() if _rises(name)}
            for found in _each(questionnaire, question)
        ]
        for before, after in itertools.pairwise(every):
            assert all((after[name].point or 0) >= (item.point or 0) - 1e-9 for name, item in before.items()), (
                question.id
            )
        assert any((every[-1][name].point or 0) > (item.point or 0) for name, item in every[0].items()), question.id


def _rises(name: str) -> bool:
    return not name.startswith("factor.") and not name.endswith(".stranded")


def test_no_measure_points_the_wrong_way(questionnaire: Questionnaire) -> None:
    """Trap: a sign flipped in one data file. A better figure never means a lower level, from one end to the other."""
    for question in questionnaire.questions:
        if question.measure is not None:
            figures = sorted({0.0, 1e12, *question.measure.thresholds}, reverse=question.measure.better == "lower")
            levels = [option_of(question, Answer(figure=figure)) for figure in figures]
            assert levels == sorted(levels), question.id
            assert {levels[0], levels[-1]} == {0, len(question.anchors) - 1}, question.id


def _legal(questionnaire: Questionnaire, question: Question) -> list[Answer]:
    """Return an answer of every legal kind."""
    options = [Answer(option=option) for option in range(len(questionnaire.scale_of(question).options))]
    excluded = [Answer(not_applicable=reason) for reason in REASONS]
    figures: list[Answer] = []
    if question.measure is not None:
        edges = question.measure.thresholds
        figures = [Answer(figure=figure) for edge in edges for figure in (edge, edge * 1.001, edge * 0.999)]
        figures += [Answer(figure=0.0), Answer(figure=1e300)]
    return [*options, *figures, *excluded, Answer(unknown=True)]


@pytest.mark.parametrize("stage", ["live", "design"])
def test_every_legal_answer_is_scored(questionnaire: Questionnaire, four_step: Questionnaire, stage: Stage) -> None:
    """Trap: rules with no branch for a legal answer. Each kind of answer to each question scores and is explained."""
    for source in (questionnaire, four_step):
        staged = source.at_stage(stage)
        for question in staged.questions:
            for answer in _legal(staged, question):
                given = answered(source, {}).model_copy(
                    update={"answers": {question.id: answer}, "mode": "full", "stage": stage}
                )
                found = score(source, given).steps[question.step].maturity
                assert explain(source, given, f"step.{question.step}").score == found


def test_no_step_between_storing_and_reading_drops_an_answer(four_step: Questionnaire) -> None:
    """Trap: a migration that drops answers. Answers of every kind, also to questions that left, come back whole."""
    kinds = [0, "unknown", "not_applicable", 3]
    answers = {name: to_answer(kinds[number % 4]) for number, name in enumerate(four_step.by_id)}
    kept = {name: answer for name, answer in answers.items() if answer is not None}
    whole = answered(four_step, {}).model_copy(update={"answers": {**kept, "iac.retired": Answer(option=1)}})
    events = [
        Event("a", number, change.kind, change.key, change.payload, "", _NOW, "1")
        for number, change in enumerate(changes_of(whole))
    ]
    assert fold(events).answers == whole.answers
