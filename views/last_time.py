"""What was answered last time: in the assessment that this one follows, where this workspace still has it."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from assessment.answers import Answer
from assessment.errors import SixstepError
from assessment.questionnaire import Question, Questionnaire
from views.access import workspace
from views.answering import in_words
from workspace.service import Opened


class Before(NamedTuple):
    """An answer of last time: what is taken over, and what was said in the words of that time."""

    answer: Answer
    words: str


def last_time(opened: Opened) -> Opened | None:
    """Return the assessment that this one follows; None where there is none, or none that can be read."""
    if not opened.assessment.follows:
        return None
    try:
        return workspace().open(opened.assessment.follows)
    except SixstepError:  # gone, of another workspace, or of a questionnaire that is not installed: nothing to compare
        return None


def before(last: Opened | None, questionnaire: Questionnaire, question: Question) -> Before | None:
    """Return what was answered last time, where it still answers the question as it is put now."""
    answer = None if last is None else last.assessment.answers.get(question.id)
    if last is None or answer is None or not fits(questionnaire, question, answer):
        return None
    then = last.questionnaire.by_id.get(question.id)
    words = in_words(questionnaire, question, answer) if then is None else in_words(last.questionnaire, then, answer)
    return Before(answer, words)


def answered_at(last: Opened, question: str) -> datetime | None:
    """Return when a question was answered last time (UTC)."""
    events = workspace().history(last.id, "answer", question)
    return events[-1].at if events else None


def fits(questionnaire: Questionnaire, question: Question, answer: Answer) -> bool:
    """Say whether an answer can be given to a question: its option is on the scale, its figure is asked."""
    if answer.figure is not None:
        return question.measure is not None
    return answer.option is None or answer.option < len(questionnaire.scale_of(question).options)


def to_carry(opened: Opened, last: Opened | None) -> tuple[Question, ...]:
    """Return the questions that are unanswered now and were answered last time."""
    questionnaire, assessment = opened.questionnaire, opened.assessment
    return tuple(
        question
        for question in questionnaire.asked(assessment.mode)
        if question.id not in assessment.answers and before(last, questionnaire, question) is not None
    )
