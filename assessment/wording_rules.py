"""Rules on the words of each question: one rule a function, each with its bound or word list in the guide."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from assessment.authoring_guide import WordList
from assessment.drafts import Draft, Kind
from assessment.errors import Problem
from assessment.reading_level import grade

_WORD = re.compile(r"[a-z][a-z'-]*")
_SLASHED = re.compile(r"\b[A-Za-z]+/[A-Za-z]+\b")


def anchor_length(draft: Draft) -> Iterator[Problem]:
    """An anchor is long enough to name a state and short enough to hold in mind."""
    bounds = draft.guide.anchor_words
    for passage in draft.passages("anchor"):
        count = len(passage.text.split())
        if not bounds.low <= count <= bounds.high:
            message = f"{passage.name} has {count} word{'s' if count > 1 else ''}"
            yield draft.problem(passage, message, f"write {bounds.low} to {bounds.high} words")


def plain_words(draft: Draft) -> Iterator[Problem]:
    """No word stands that each reader fills with a meaning of their own."""
    remedy = "say it with a count, a share, a name or a date"
    yield from _listed(draft, draft.guide.vague, "the vague word", remedy)


def no_comparison(draft: Draft) -> Iterator[Problem]:
    """An anchor says what is there, not how it stands to the level beside it."""
    remedy = "describe what a visitor could check"
    yield from _listed(draft, draft.guide.comparing, "the comparison", remedy, "anchor")


def _listed(draft: Draft, words: WordList, what: str, remedy: str, *kinds: Kind) -> Iterator[Problem]:
    for passage in draft.passages(*kinds):
        for word in words.found_in(passage.text):
            yield draft.problem(passage, f"{passage.name} has {what} '{word}'", remedy)


def reading_level(draft: Draft) -> Iterator[Problem]:
    """A sentence can be read between two tasks."""
    bound, trade = draft.guide.reading_grade.below, draft.guide.trade.as_set
    for passage in draft.passages():
        found = grade(passage.text, trade)
        if found >= bound:
            message = f"{passage.name} reads at grade {found:.1f}"
            remedy = f"stay below {bound:g}: shorter sentences, shorter words"
            yield draft.problem(passage, message, remedy)


def neighbours_differ(draft: Draft) -> Iterator[Problem]:
    """Two adjacent anchors differ in kind; those of a measured question differ by their range instead."""
    bound = draft.guide.likeness.below
    for ladder in draft.ladders():
        for level, (one, two) in enumerate(pairwise(() if ladder.is_measured else ladder.anchors)):
            found = likeness(one, two, draft.guide.filler.as_set)
            if found >= bound:
                message = f"{ladder.name(level)} and the next share {found:.0%} of their words"
                yield draft.problem((*ladder.path, level + 1), message, "let them differ in kind, not in degree")


def likeness(one: str, two: str, filler: frozenset[str] = frozenset()) -> float:
    """Return the share of words that two texts have in common: shared / all, figures and filler left out."""
    first, second = (set(_WORD.findall(text.lower())) - filler for text in (one, two))
    return len(first & second) / len(first | second) if first | second else 1.0


def one_thing(draft: Draft) -> Iterator[Problem]:
    """A prompt asks one thing: one question mark, at its end, and no second question inside."""
    for passage in draft.passages("prompt"):
        if passage.text.count("?") != 1 or not passage.text.rstrip().endswith("?"):
            message = f"{passage.name} is not one question"
            yield draft.problem(passage, message, "ask one thing, and end with the only question mark")
        for pair in _SLASHED.findall(passage.text):
            yield draft.problem(passage, f"{passage.name} joins two things as '{pair}'", "ask about one of them")
        for joint in draft.guide.joined.found_in(passage.text):
            yield draft.problem(passage, f"{passage.name} asks a second thing with '{joint}'", "ask it on its own")


def clinical_why(draft: Draft) -> Iterator[Problem]:
    """Why it matters is told at the bedside."""
    for passage in draft.passages("why"):
        if not draft.guide.clinical.found_in(passage.text):
            remedy = "name a patient, a ward, a dose or another word of the clinical list"
            yield draft.problem(passage, "why names no clinical consequence", remedy)


def own_why(draft: Draft) -> Iterator[Problem]:
    """No two questions matter for the same sentence."""
    seen: dict[str, str] = {}
    for passage, question in zip(draft.passages("why"), draft.questionnaire.questions, strict=True):
        said = " ".join(passage.text.lower().split())
        if said in seen:
            yield draft.problem(passage, f"why is that of '{seen[said]}'", "give each question a scene of its own")
        seen.setdefault(said, question.id)
