"""The one base exception of the product, and the sentence that each error speaks."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_MOST_LISTED = 12


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault in what somebody gave us.

    Attributes:
        message: what is wrong, in one clause.
        remedy: what would be right.
        file: name of the file, or an empty string for input that has none.
        line: 1-based line in the file, None when unknown.
        subject: id of the question, parameter or initiative concerned.
    """

    message: str
    remedy: str = ""
    file: str = ""
    line: int | None = None
    subject: str = ""

    def __str__(self) -> str:
        """Return ``file:line: subject: message; remedy`` without the parts that are unknown."""
        place = f"{self.file}:{self.line}" if self.file and self.line else self.file
        parts = [part for part in (place, self.subject) if part]
        sentence = f"{self.message}; {self.remedy}" if self.remedy else self.message
        return ": ".join([*parts, sentence])


class SixstepError(Exception):
    """Base of every error that is meant for a person to read."""


class StoppedError(SixstepError):
    """Work that was asked to stop before it had found anything."""


class InputError(SixstepError):
    """Input that cannot be used; carries every problem found, in order of line."""

    def __init__(self, problems: Problem | Sequence[Problem]) -> None:
        """Keep the problems and join their sentences."""
        self.problems = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def nearest(word: str, known: Iterable[str]) -> str:
    """Return a remedy that names the known word nearest to ``word``, or lists what is known."""
    options = sorted(known)
    close = difflib.get_close_matches(word, options, n=1, cutoff=0.6)
    if close:
        return f"did you mean '{close[0]}'?"
    shown = ", ".join(options[:_MOST_LISTED]) + (", ..." if len(options) > _MOST_LISTED else "")
    return f"use one of: {shown}" if options else "remove it"
