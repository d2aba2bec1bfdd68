"""Steps of the past and the way back: what was written in one save, and the event that restores what stood before it.

Nothing is taken out of the log. What was undone stands in it, followed by an event that holds the older value again and
says in its request id which event it answers.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Literal

from sqlalchemy import Connection

from assessment.errors import SixstepError
from store import queries
from store.errors import UnknownAssessment
from store.folding import Change, Event
from store.schema import canonical

Way = Literal["undo", "redo"]
_ANSWERS = re.compile(r"^(?P<way>undo|redo)-(?P<sequence>[1-9]\d{0,9})$")


class Overtaken(SixstepError):  # noqa: N818 (named for what it says)
    """What was to be undone does not stand any more."""

    def __init__(self) -> None:
        """Say what happened, and what to do."""
        super().__init__("this was changed again in the meantime, so it was not undone; look at what stands now")


@dataclass(frozen=True, slots=True)
class Step:
    """The events of one save, in order; ``sequence`` is that of the first, by which the step is named."""

    events: tuple[Event, ...]

    @property
    def sequence(self) -> int:
        """Name of the step."""
        return self.events[0].sequence

    @property
    def at(self) -> datetime:
        """When it was saved (UTC)."""
        return self.events[0].at

    @property
    def answers(self) -> tuple[Way, int] | None:
        """Which step it undoes or does again; None for one that a person made."""
        found = _ANSWERS.match(self.events[0].request_id or "")
        if found is None:
            return None
        return ("undo" if found["way"] == "undo" else "redo"), int(found["sequence"])


@dataclass(frozen=True, slots=True)
class Stacks:
    """The steps that can be undone and those that can be done again, the one whose turn it is last."""

    undo: tuple[Step, ...]
    redo: tuple[Step, ...]


def steps_of(events: Sequence[Event]) -> tuple[Step, ...]:
    """Return the saves that wrote the events, oldest first: what one person wrote at one moment belongs together."""
    ordered = sorted(events, key=lambda event: event.sequence)
    return tuple(Step(tuple(group)) for _, group in groupby(ordered, key=_save_of))


def _save_of(event: Event) -> tuple[datetime, str, str]:
    return event.at, event.actor, (event.request_id or "").partition("-")[0]


def stacks_of(steps: Iterable[Step], stops: Callable[[Step], bool]) -> Stacks:
    """Return what can be undone and done again after ``steps``; nothing at or before the last step that ``stops``.

    An undone step leaves the first stack, and what undid it enters the second; a new change of a person empties that.
    """
    undo: dict[int, Step] = {}
    redo: dict[int, Step] = {}
    for step in steps:
        if stops(step):
            undo, redo = {}, {}
        elif step.answers is None:
            undo[step.sequence], redo = step, {}
        elif step.answers[0] == "undo":
            undo.pop(step.answers[1], None)
            redo[step.sequence] = step
        else:
            redo.pop(step.answers[1], None)
            undo[step.sequence] = step
    return Stacks(tuple(undo.values()), tuple(redo.values()))


class Past(ABC):
    """The part of a store that reads its past and goes back by going on."""

    _clock: Callable[[], datetime]

    @abstractmethod
    def _writing(self, doing: str) -> AbstractContextManager[Connection]:
        """Begin a transaction that writes."""

    @abstractmethod
    def _reading(self) -> AbstractContextManager[Connection]:
        """Begin one that reads."""

    def recent(self, assessment: str, most: int) -> tuple[Event, ...]:
        """Return the last ``most`` events of an assessment, oldest first."""
        with self._reading() as connection:
            return queries.newest(connection, assessment, most)

    def since(self, assessment: str, sequence: int) -> tuple[Event, ...]:
        """Return the events of an assessment after the one with a number, oldest first."""
        with self._reading() as connection:
            return queries.after(connection, assessment, sequence)

    def before(self, events: Sequence[Event]) -> tuple[Change, ...]:
        """Return for each event the change that brings back what stood before it; None cleared what was never set."""
        with self._reading() as connection:
            return tuple(_before(connection, event) for event in events)

    def revert(self, step: Step, way: Way, actor: str, version: str) -> tuple[Event, ...]:
        """Append what stood before a step, if all of the step still stands.

        Raises:
            Overtaken: a part of it was changed since, or undone already; then nothing is written.
            UnknownAssessment: no such assessment.
            StoreError: nothing was saved, for the reason it says.
        """
        name = step.events[0].assessment
        with self._writing("undo the change") as connection:
            if not queries.lock(connection, name):
                message = "there is no such assessment"
                raise UnknownAssessment(message)
            if not all(_stands(connection, event) for event in step.events):
                raise Overtaken
            first, moment = queries.last(connection, name) + 1, self._clock()
            written = tuple(
                replace(
                    event,
                    sequence=first + place,
                    payload=_before(connection, event).payload,
                    actor=actor,
                    at=moment,
                    questionnaire_version=version,
                    request_id=f"{way}-{event.sequence}",
                )
                for place, event in enumerate(step.events)
            )
            queries.write(connection, written)
        return written


def _stands(connection: Connection, event: Event) -> bool:
    """Whether what an event set is what stands; after a later change was undone, that is so again."""
    latest = queries.latest_of(connection, event.assessment, event.kind, event.key)
    return latest is not None and canonical(latest.payload) == canonical(event.payload)


def _before(connection: Connection, event: Event) -> Change:
    found = queries.latest_of(connection, event.assessment, event.kind, event.key, before=event.sequence)
    return Change(event.kind, event.key, None if found is None else found.payload)
