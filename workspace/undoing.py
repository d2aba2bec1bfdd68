"""Undo: a change that restores what stood before another, several steps back, and the way forward again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from assessment.errors import InputError, Problem
from assessment.questionnaire import Questionnaire
from store.folding import Change, Event, fold
from store.past import Stacks, Step, Way, stacks_of, steps_of
from workspace import checks
from workspace.operations import Operations
from workspace.results import Saved

_LOOKS_BACK = 400
"""So many events of an assessment are read for the list of what can be undone, and"""
_GLANCES_BACK = 100
"""so many to find what would be undone next: that is asked at every click."""
_NOT_UNDONE = frozenset({"questionnaire", "moved_from", "stage", "follows", "fictional"})
"""Parts of the head that decide what is asked at all: a change of one of them ends what can be undone."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One part of a saved step: what stood before it, and what it made of that."""

    before: Change
    after: Change


@dataclass(frozen=True, slots=True)
class PastStep:
    """One save of the past: its name, when and by whom it was saved, what it changed.

    ``answers`` is None for a change that a person made, else which step this undoes or does again. ``open``: whether
    it can be undone now.
    """

    sequence: int
    at: datetime
    actor: str
    turns: tuple[Turn, ...]
    answers: tuple[Way, int] | None
    open: bool


@dataclass(frozen=True, slots=True)
class Back:
    """What undo would take back now, and what redo would do again; None where there is nothing. Said in whose words."""

    undo: PastStep | None
    redo: PastStep | None
    steps_back: int
    questionnaire: Questionnaire = field(repr=False)


class Undoing(Operations):
    """The operations of a workspace that go back."""

    def back(self, id: str) -> Back:  # noqa: A002 (what pages call it)
        """Return which change would be undone next, which done again, and how many can be undone.

        Raises:
            NotFound: when there is no such assessment.
        """
        self._allow("read", id)
        recent = self._folded.recent(id, _GLANCES_BACK)
        questionnaire = self._questionnaire("read", id, recent[-1].sequence if recent else 0)
        _, found = _steps(recent, _GLANCES_BACK)
        undo, redo = found.undo[-1:], found.redo[-1:]
        shown = [self._told(step, is_open=True, recent=recent) for step in (*undo, *redo)]
        return Back(shown[0] if undo else None, shown[-1] if redo else None, len(found.undo), questionnaire)

    def changes(self, id: str, most: int = 50) -> tuple[PastStep, ...]:  # noqa: A002
        """Return what was changed last, the latest first; the beginning of an assessment is no change.

        Raises:
            NotFound: when there is no such assessment.
        """
        self._questionnaire("read", id)
        steps, found = self._past(id)
        can = {step.sequence for step in found.undo}
        made = [step for step in steps if step.sequence > 1]
        return tuple(self._told(step, is_open=step.sequence in can) for step in reversed(made[-most:]))

    def undo(self, id: str, sequence: int, *, actor: str = "") -> Saved:  # noqa: A002
        """Restore what stood before the change with this sequence; the change and its undoing both stay in the history.

        Raises:
            InputError: when there is no such change that could be undone.
            Overtaken: when a part of it was changed since.
            NotFound: when there is no such assessment.
        """
        return self._revert(id, "undo", sequence, actor)

    def redo(self, id: str, sequence: int, *, actor: str = "") -> Saved:  # noqa: A002
        """Do again what the undoing with this sequence took back.

        Raises:
            InputError: when there is no such undoing, or something else was changed since.
            Overtaken: when a part of it was changed since.
            NotFound: when there is no such assessment.
        """
        return self._revert(id, "redo", sequence, actor)

    def _past(self, id: str) -> tuple[tuple[Step, ...], Stacks]:  # noqa: A002
        return _steps(self._store.recent(id, _LOOKS_BACK), _LOOKS_BACK)

    def _told(self, step: Step, *, is_open: bool, recent: Sequence[Event] = ()) -> PastStep:
        """Tell a step; what stood before it is looked for among the ``recent`` events first, and then in the store."""
        found = [_stood_before(event, recent) for event in step.events]
        before = self._store.before(step.events) if None in found else tuple(filter(None, found))
        turns = tuple(Turn(*pair) for pair in zip(before, (event.change for event in step.events), strict=True))
        return PastStep(step.sequence, step.at, step.events[0].actor, turns, step.answers, is_open)

    def _revert(self, id: str, way: Way, sequence: int, actor: str) -> Saved:  # noqa: A002
        questionnaire = self._questionnaire("answer", id)
        checks.check_stamp(actor, None)
        _, found = self._past(id)
        step = next((one for one in getattr(found, way) if one.sequence == sequence), None)
        if step is None:
            message = "there is no such change to undo" if way == "undo" else "there is no such change to do again"
            raise InputError(Problem(message, "it may be undone already, or something was changed since"))
        self._refuse_misfit(id, step)
        written = self._store.revert(step, way, actor, questionnaire.version)
        return Saved(written[-1].at, written[-1].sequence)

    def _refuse_misfit(self, id: str, step: Step) -> None:  # noqa: A002
        """Refuse to restore what does not go with what was changed elsewhere since."""
        back = self._store.before(step.events)
        undone = [replace(event, payload=change.payload) for event, change in zip(step.events, back, strict=True)]
        changed = {(event.kind, event.key) for event in undone}
        rest = [event for event in self._store.latest(id) if (event.kind, event.key) not in changed]
        self._check(fold([*rest, *undone]))


def _stood_before(event: Event, recent: Sequence[Event]) -> Change | None:
    """Return the change that brings back what stood before an event; None where the recent events do not tell."""
    for one in reversed(recent):
        if one.sequence < event.sequence and (one.kind, one.key) == (event.kind, event.key):
            return one.change
    reach_the_first = bool(recent) and recent[0].sequence == 1
    return Change(event.kind, event.key, None) if reach_the_first else None


def _steps(events: Sequence[Event], most: int) -> tuple[tuple[Step, ...], Stacks]:
    """Return the steps of the last events and what can be undone; a step of which a part is unread is left out."""
    steps = steps_of(events)
    whole = steps[1:] if len(events) == most else steps
    return whole, stacks_of(whole, _stops)


def _stops(step: Step) -> bool:
    """Whether nothing at or before a step can be undone: the beginning, and another version or stage."""
    return any(event.sequence == 1 or (event.kind == "meta" and event.key in _NOT_UNDONE) for event in step.events)
