"""A questionnaire under the eye of an editor: its passages, each with its place in the file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from assessment.authoring_guide import Guide
from assessment.errors import Problem
from assessment.questionnaire import DesignWording, Question, Questionnaire
from assessment.reading import Document, Path_

Kind = Literal["prompt", "hint", "why", "anchor"]


@dataclass(frozen=True, slots=True)
class Passage:
    """One piece of a question's text; ``name`` says which, ``path`` where it stands in the file."""

    kind: Kind
    name: str
    text: str
    path: Path_


@dataclass(frozen=True, slots=True)
class Ladder:
    """The anchors of a question in the words of one stage, from the lowest level; ``path`` leads to the list."""

    question: Question
    stage: Literal["live", "design"]
    anchors: tuple[str, ...]
    path: Path_

    @property
    def is_measured(self) -> bool:
        """Whether a figure chooses the anchor: only a live product is measured."""
        return self.question.measure is not None and self.stage == "live"

    def name(self, level: int) -> str:
        """Return what to call an anchor in a sentence."""
        return f"{'design ' if self.stage == 'design' else ''}anchor {level}"


@dataclass(frozen=True, slots=True)
class Draft:
    """What every wording rule is given: the questionnaire, the file that it came from, and the guide."""

    questionnaire: Questionnaire
    document: Document
    guide: Guide

    def passages(self, *kinds: Kind) -> Iterator[Passage]:
        """Yield the passages of the given kinds (without one: of all), question by question, live before design."""
        for index, question in enumerate(self.questionnaire.questions):
            yield from (found for found in _passages(index, question) if not kinds or found.kind in kinds)

    def ladders(self) -> Iterator[Ladder]:
        """Yield the anchors of each question, live before design."""
        for index, question in enumerate(self.questionnaire.questions):
            yield from _ladders(index, question)

    def problem(self, place: Passage | Path_, message: str, remedy: str) -> Problem:
        """Return a problem at a passage, or at a path into the file."""
        return self.document.problem(place.path if isinstance(place, Passage) else place, message, remedy)


def _passages(index: int, question: Question) -> Iterator[Passage]:
    top: Path_ = ("questions", index)
    yield from _told("", question, top)
    yield Passage("why", "why", question.why, (*top, "why"))
    if question.design is not None:
        yield from _told("design ", question.design, (*top, "design"))
    for ladder in _ladders(index, question):
        for level, anchor in enumerate(ladder.anchors):
            yield Passage("anchor", ladder.name(level), anchor, (*ladder.path, level))


def _told(prefix: str, words: Question | DesignWording, top: Path_) -> Sequence[Passage]:
    return (
        Passage("prompt", f"{prefix}prompt", words.prompt, (*top, "prompt")),
        Passage("hint", f"{prefix}hint", words.hint, (*top, "hint")),
    )


def _ladders(index: int, question: Question) -> Iterator[Ladder]:
    top: Path_ = ("questions", index)
    yield Ladder(question, "live", question.anchors, (*top, "anchors"))
    if question.design is not None:
        yield Ladder(question, "design", question.design.anchors, (*top, "design", "anchors"))
