"""Finding a question by the words in it, and what a team wrote beside its answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from assessment.answers import Assessment
from assessment.questionnaire import Question, Questionnaire

Place = Literal["question", "level", "background", "note", "evidence", "item", "workflow"]
_ORDER: tuple[Place, ...] = ("note", "evidence", "question", "workflow", "item", "level", "background")
"""What a team wrote comes first; what explains a question comes last."""
_AROUND = 60
"""Characters shown on either side of the first word that was found."""


@dataclass(frozen=True, slots=True)
class Found:
    """One place that holds every word: of which question, context item, signal or workflow (``id``), and the text."""

    place: Place
    id: str
    title: str
    text: str


def search(questionnaire: Questionnaire, assessment: Assessment, words: str) -> tuple[Found, ...]:
    """Return every place that holds all the words, in any order and case; each question once for each kind of place."""
    wanted = words.casefold().split()
    if not wanted:
        return ()
    found: dict[tuple[Place, str], Found] = {}
    for item in _texts(questionnaire, assessment):
        if all(word in item.text.casefold() for word in wanted):
            excerpt = Found(item.place, item.id, item.title, excerpt_of(item.text, wanted))
            found.setdefault((item.place, item.id), excerpt)
    return tuple(sorted(found.values(), key=lambda item: _ORDER.index(item.place)))


def _texts(questionnaire: Questionnaire, assessment: Assessment) -> Iterator[Found]:
    for question in questionnaire.asked(assessment.mode):
        yield from _of_question(question)
        answer = assessment.answers.get(question.id)
        if answer is not None:
            yield Found("note", question.id, question.title, answer.note)
            yield Found("evidence", question.id, question.title, " ".join(answer.evidence))
    context = questionnaire.context
    for item in context.items:
        yield Found("item", item.id, item.title, f"{item.title}. {item.prompt}")
    for signal in questionnaire.signals:
        yield Found("item", signal.id, signal.title, f"{signal.title}. {signal.prompt}")
    for key, workflow in sorted(assessment.workflows.items()):
        yield Found("workflow", key, workflow.name, f"{workflow.name}. {workflow.note}")


def _of_question(question: Question) -> Iterator[Found]:
    yield Found("question", question.id, question.title, f"{question.title}. {question.prompt}")
    for anchor in question.anchors:
        yield Found("level", question.id, question.title, anchor)
    for text in (question.hint, question.why, *question.evidence):
        yield Found("background", question.id, question.title, text)


def excerpt_of(text: str, words: list[str]) -> str:
    """Return the part of a text around the first of the words in it, whole where it is short."""
    line = " ".join(text.split())
    folded = line.casefold()
    at = min((place for word in words if (place := folded.find(word)) >= 0), default=0)
    first, last = max(0, at - _AROUND), at + _AROUND * 2
    if first:
        first = line.find(" ", first, at) + 1 or first
    if last < len(line):
        last = line.rfind(" ", at, last) if line.rfind(" ", at, last) > at else last
    return ("… " if first else "") + line[first:last] + (" …" if last < len(line) else "")
