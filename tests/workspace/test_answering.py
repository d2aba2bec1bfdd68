"""Answering: each answer is checked, saved at once, and never lost to another person's."""

from __future__ import annotations

import json
from typing import Any

import pytest

from assessment.answers import Answer, Assessment, QuestionnaireRef, SignalAnswer, Vote
from assessment.errors import InputError
from assessment.loading import check_answers
from assessment.questionnaire import Questionnaire
from store.errors import RequestReused
from store.folding import changes_of
from store.log import Stamp, Store
from workspace.library import Library
from workspace.service import Workspace

_NUL = "the text holds a NUL character, which files do not keep; remove it"


def test_an_answer_is_there_when_the_assessment_is_opened(small: Workspace) -> None:
    """What was saved stands, with the moment and the number of its event."""
    name = small.create("Alder Ward", "Alder")
    answer = Answer(option=3, confidence="measured", note="seen", evidence=("log",), role="nurse", discuss=True)
    saved = small.answer(name, "look.box", answer)
    opened = small.open(name)
    assert opened.assessment.answers == {"look.box": answer}
    assert (opened.saved_at, opened.sequence) == (saved.at, saved.sequence)
    assert (opened.assessment.name, opened.assessment.organisation) == ("Alder Ward", "Alder")


def test_an_answer_can_be_cleared_and_its_history_stays(small: Workspace) -> None:
    """Clearing leaves no answer, and every earlier one in the history with who gave it."""
    name = small.create("Alder Ward")
    small.answer(name, "look.box", Answer(option=3), actor="ana")
    small.answer(name, "look.box", None, actor="ben")
    assert small.open(name).assessment.answers == {}
    history = small.history(name, "answer", "look.box")
    assert [event.actor for event in history] == ["ana", "ben"]
    assert [event.payload and event.payload["option"] for event in history] == [3, None]
    assert [event.questionnaire_version for event in history] == ["1", "1"]


def test_the_same_answer_again_is_no_event(small: Workspace) -> None:
    """A double click is answered with the event that stands."""
    name = small.create("Alder Ward")
    first = small.answer(name, "look.box", Answer(option=3))
    assert first == small.answer(name, "look.box", Answer(option=3))
    assert len(small.history(name, "answer", "look.box")) == 1


def test_clearing_what_is_open_is_no_event(small: Workspace) -> None:
    """There is nothing to clear, and the assessment is as old as it was."""
    name = small.create("Alder Ward")
    before = small.open(name)
    saved = small.answer(name, "look.box", None)
    assert (before.saved_at, before.sequence) == (saved.at, saved.sequence)


def test_someone_elses_later_answer_makes_a_conflict(small: Workspace) -> None:
    """Both answers are kept, the latest stands, and the person who overtook is told."""
    name = small.create("Alder Ward")
    seen = small.open(name).sequence
    assert not small.answer(name, "look.box", Answer(option=1), actor="ana", expected=seen).conflict
    assert small.answer(name, "look.box", Answer(option=2), actor="ben", expected=seen).conflict
    assert small.open(name).assessment.answers["look.box"].option == 2
    assert [event.payload["option"] for event in small.history(name, "answer", "look.box")] == [1, 2]


@pytest.mark.parametrize(
    ("question", "actor", "second", "conflict"),
    [
        ("look.box", "", 2, True),
        ("look.box", "ana", 2, False),
        ("plan.target", "ben", 2, False),
        ("look.box", "ben", 1, False),
    ],
    ids=["two without names", "the same person", "another question", "the same answer"],
)
def test_what_is_no_conflict(small: Workspace, question: str, actor: str, second: int, *, conflict: bool) -> None:
    """Only a different answer to the same question by somebody else is a conflict; nameless tabs count as two."""
    name = small.create("Alder Ward")
    seen = small.open(name).sequence
    small.answer(name, "look.box", Answer(option=1), actor="ana" if actor else "", expected=seen)
    saved = small.answer(name, question, Answer(option=second), actor=actor, expected=seen)
    assert conflict == saved.conflict


def test_what_was_seen_is_no_conflict(small: Workspace) -> None:
    """Changing an answer that one had seen is what answering is."""
    name = small.create("Alder Ward")
    small.answer(name, "look.box", Answer(option=1), actor="ana")
    seen = small.open(name).sequence
    assert not small.answer(name, "look.box", Answer(option=2), actor="ben", expected=seen).conflict


def test_a_repeated_request_is_answered_alike(small: Workspace) -> None:
    """The same request id writes once; with something else it is refused."""
    name = small.create("Alder Ward")
    first = small.answer(name, "look.box", Answer(option=1), request_id="r")
    small.answer(name, "look.box", Answer(option=2))
    assert first == small.answer(name, "look.box", Answer(option=1), request_id="r")
    assert small.open(name).assessment.answers["look.box"].option == 2
    with pytest.raises(RequestReused):
        small.answer(name, "look.box", Answer(option=3), request_id="r")


@pytest.mark.parametrize(
    ("question", "answer", "sentence"),
    [
        ("look.box", Answer(option=4), "look.box: option 4 is not on its scale; use 0 to 3"),
        ("look.box", Answer(figure=2.0), "look.box: a figure is given and none is asked; give an option instead"),
        ("look.bax", Answer(option=1), "look.bax: no question 'look.bax'; did you mean 'look.box'?"),
        ("look.bax", None, "no answer 'look.bax'; did you mean 'look.box'?"),
        ("look.box", Answer(option=1, note="a\x00b"), _NUL),
    ],
)
def test_an_answer_that_does_not_fit_is_refused_in_a_sentence(
    small: Workspace, question: str, answer: Answer | None, sentence: str
) -> None:
    """Nothing is saved, and the sentence says what would be right."""
    name = small.create("Alder Ward")
    with pytest.raises(InputError) as caught:
        small.answer(name, question, answer)
    assert sentence == str(caught.value)
    assert small.open(name).assessment.answers == {}


def test_an_answer_made_around_its_checks_is_refused(small: Workspace) -> None:
    """What a page hands over is checked again: half characters, two kinds at once, text that is too long."""
    name = small.create("Alder Ward")
    faults: list[dict[str, Any]] = [{"note": "a\ud800"}, {"unknown": True}, {"note": "x" * 4001}, {"option": "1"}]
    for fault in faults:
        with pytest.raises(InputError):
            small.answer(name, "look.box", Answer.model_construct(**{**Answer(option=1).__dict__, **fault}))
    assert small.history(name, "answer", "look.box") == ()


@pytest.mark.parametrize("note", ["x" * 4000, "שלום \u202e עולם", "naïve 😀 ≥ “quotes”", "tab\tline\r\n\x07\x85\u2028"])
def test_text_is_kept_as_it_was_typed(small: Workspace, note: str) -> None:
    """Right-to-left text, emoji, control characters and 4,000 characters come back."""
    name = small.create(note[:200])
    small.answer(name, "look.box", Answer(option=1, note=note))
    opened = small.open(name).assessment
    assert (opened.name, opened.answers["look.box"].note) == (note[:200], note)


def test_an_answer_whose_question_left_is_kept_and_can_be_cleared(store: Store, four_step: Questionnaire) -> None:
    """A new version of the questionnaire takes no answer away; it may be cleared, not changed."""
    reference = QuestionnaireRef(id=four_step.id, version=four_step.version)
    name = store.create(changes_of(Assessment(name="Alder Ward", questionnaire=reference)), Stamp())
    Workspace(store, Library([four_step])).answer(name, "build.test", Answer(figure=40.0))
    document = four_step.model_dump(mode="json") | {"version": "2"}
    document["questions"] = [question for question in document["questions"] if question["id"] != "build.test"]
    newer = Workspace(store, Library([Questionnaire.model_validate_json(json.dumps(document))]))
    opened = newer.open(name)
    assert opened.assessment.answers == {"build.test": Answer(figure=40.0)}
    check_answers(opened.questionnaire, opened.assessment)
    with pytest.raises(InputError, match=r"no question 'build\.test'"):
        newer.answer(name, "build.test", Answer(option=1))
    newer.answer(name, "build.test", None)
    assert newer.open(name).assessment.answers == {}
    assert [event.questionnaire_version for event in newer.history(name, "answer", "build.test")] == ["1", "2"]


def test_context_and_signals_are_checked_against_their_anchors(workspace: Workspace) -> None:
    """A level that is not offered and an item that does not exist are refused; None clears."""
    name = workspace.create("Alder Ward")
    questionnaire = workspace.open(name).questionnaire
    item, signal = questionnaire.context.items[0], questionnaire.signals[0]
    workspace.set_context(name, item.id, 0)
    workspace.set_signal(name, signal.id, SignalAnswer(level=None, figure=2.5, note="twice"))
    assert workspace.open(name).assessment.context == {item.id: 0}
    assert workspace.open(name).assessment.signals == {signal.id: SignalAnswer(figure=2.5, note="twice")}
    with pytest.raises(InputError, match="is not offered"):
        workspace.set_context(name, item.id, len(item.anchors))
    with pytest.raises(InputError, match="is not offered"):
        workspace.set_signal(name, signal.id, SignalAnswer(level=len(signal.anchors)))
    for missing in (None, 1):
        with pytest.raises(InputError, match="no context"):
            workspace.set_context(name, "nothing", missing)
    workspace.set_context(name, item.id, None)
    workspace.set_signal(name, signal.id, None)
    assert (workspace.open(name).assessment.context, workspace.open(name).assessment.signals) == ({}, {})


def test_votes_are_events_beside_the_answer(small: Workspace) -> None:
    """What several people said is kept, exported and cleared like any answer, and never changes the official one."""
    name = small.create("A")
    small.answer(name, "look.box", Answer(option=1))
    cast = (Vote(role="nurse", option=3, count=4), Vote(role="", option=None, count=1))
    small.set_votes(name, "look.box", cast, actor="Ada")
    assert small.open(name).assessment.votes == {"look.box": cast}
    assert small.open(name).assessment.answers == {"look.box": Answer(option=1)}
    assert small.open(small.import_document(small.export(name), "a.json")).assessment.votes == {"look.box": cast}
    small.set_votes(name, "look.box", ())
    assert small.open(name).assessment.votes == {}
    assert [event.actor for event in small.history(name, "votes", "look.box")] == ["Ada", ""]


def test_a_vote_off_the_scale_is_refused(small: Workspace) -> None:
    """A level that the question does not have is refused in a sentence, and nothing is kept."""
    name = small.create("A")
    with pytest.raises(InputError, match="option 9 is not on its scale"):
        small.set_votes(name, "look.box", (Vote(option=9, count=1),))
    assert small.open(name).assessment.votes == {}
