"""Answers taken over from the assessment that another one follows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assessment.answers import Assessment
from assessment.errors import InputError, Problem
from assessment.questionnaire import Questionnaire
from store.folding import Change
from workspace import checks


def carried_changes(
    questionnaire: Questionnaire, now: Assessment, before: Assessment, question_ids: Sequence[str]
) -> list[Change]:
    """Return the changes that take answers over, each marked as carried.

    Raises:
        InputError: naming each question that has no answer to take over, or is answered already.
    """
    names = sorted(set(question_ids))
    found = [problem for name in names for problem in _faults(now, before, name)]
    if found:
        raise InputError(found)
    marked = {name: before.answers[name].model_copy(update={"carried": True}) for name in names}
    return [
        Change("answer", name, checks.payload(questionnaire, "answers", name, answer))
        for name, answer in marked.items()
    ]


def _faults(now: Assessment, before: Assessment, name: str) -> Iterator[Problem]:
    if name not in before.answers:
        yield Problem("it was not answered last time", "answer it", subject=name)
    elif name in now.answers:
        yield Problem("it is answered already", "clear the answer first to take over the earlier one", subject=name)
