"""The crosswalk reads answers against paragraphs of a rule, with ranges, and counts what is asked alone."""

from __future__ import annotations

import pytest

from assessment.questionnaire import Questionnaire
from assessment.scoring import score
from tests.conftest import answered


def test_a_paragraph_is_the_mean_of_its_questions(goals: Questionnaire) -> None:
    """The questions that bear on a paragraph count by their own weights."""
    found = score(goals, answered(goals, {"work.rehearsal": 4, "aims.speed": 1})).crosswalk["house-rule"]
    assert found["recovery"].value == pytest.approx(100 * (1 + 0.25) / 2)


def test_an_open_answer_leaves_a_range(goals: Questionnaire) -> None:
    """With one of two answers unknown the score lies within half the scale."""
    found = score(goals, answered(goals, {"work.rehearsal": 4})).crosswalk["house-rule"]["recovery"]
    assert (found.low, found.high) == (50.0, 100.0)


def test_a_paragraph_whose_questions_are_not_asked_has_no_score(goals: Questionnaire) -> None:
    """In a pulse the review is not asked: a dash, never 0."""
    assert not score(goals, answered(goals, 0)).crosswalk["house-rule"]["review"].exists
    full = score(goals, answered(goals, 0, mode="full")).crosswalk["house-rule"]["review"]
    assert full.value == 0.0
