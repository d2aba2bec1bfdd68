"""Answers of last time are taken over all or none, marked, and never over an answer of today."""

from __future__ import annotations

import pytest

from assessment.answers import Answer, Assessment, QuestionnaireRef
from assessment.errors import InputError
from assessment.questionnaire import Questionnaire
from store.log import Store
from workspace.library import Library
from workspace.service import Workspace


@pytest.fixture
def desk(store: Store, four_step: Questionnaire) -> Workspace:
    """Return a workspace on the small questionnaire."""
    return Workspace(store, Library([four_step]))


def pair(desk: Workspace, questionnaire: Questionnaire, answers: dict[str, Answer]) -> tuple[str, str]:
    """Return an assessment with answers, and an empty one that follows it."""
    reference = QuestionnaireRef(id=questionnaire.id, version=questionnaire.version)
    first = desk.create_from(Assessment(name="First", mode="full", questionnaire=reference, answers=answers))
    return first, desk.create_from(Assessment(name="Second", mode="full", questionnaire=reference, follows=first))


def test_carried_answers_keep_everything(desk: Workspace, four_step: Questionnaire) -> None:
    """Level, note, evidence and confidence come over, and the answer says that nobody has looked at it."""
    name = four_step.questions[0].id
    given = Answer(option=2, note="as seen", evidence=("log",), confidence="documented")
    _, second = pair(desk, four_step, {name: given})
    desk.carry_answers(second, [name])
    assert desk.open(second).assessment.answers == {name: given.model_copy(update={"carried": True})}


def test_an_answer_of_today_stands(desk: Workspace, four_step: Questionnaire) -> None:
    """What somebody answered meanwhile is not written over, and is named; nothing else is taken over with it."""
    one, two = (question.id for question in four_step.questions[:2])
    _, second = pair(desk, four_step, {one: Answer(option=2), two: Answer(option=3)})
    desk.answer(second, one, Answer(option=0))
    with pytest.raises(InputError, match=one):
        desk.carry_answers(second, [one, two])
    assert desk.open(second).assessment.answers == {one: Answer(option=0)}


def test_one_that_is_missing_keeps_all_out(desk: Workspace, four_step: Questionnaire) -> None:
    """A question that was not answered last time is named, and nothing is taken over."""
    one, two = (question.id for question in four_step.questions[:2])
    _, second = pair(desk, four_step, {one: Answer(option=2)})
    with pytest.raises(InputError, match=two):
        desk.carry_answers(second, [one, two])
    assert desk.open(second).assessment.answers == {}


def test_without_a_last_time_there_is_nothing_to_take_over(desk: Workspace) -> None:
    """An assessment that follows none says so."""
    with pytest.raises(InputError, match="follows no other"):
        desk.carry_answers(desk.create("Alone"), [])
