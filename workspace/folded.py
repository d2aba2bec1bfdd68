"""Assessments as they stand, read once and then brought up to date by the events that came after.

Events are append-only, and numbered without a gap in the order in which they are committed: an assessment and the
number of its latest event name one state for ever. Every read asks the database what came after that number, so a
change by another process is seen at once.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from datetime import datetime
from threading import Lock
from typing import NamedTuple, TypeVar

from assessment.answers import Assessment
from store.folding import Event, Kind, fold, fold_on, standing
from store.log import Store

_KEPT = 64
K = TypeVar("K")
V = TypeVar("V")


class Folded(NamedTuple):
    """An assessment as it stands after the event ``sequence``, which was saved ``at`` (UTC), and what it stands on."""

    assessment: Assessment
    sequence: int
    at: datetime
    events: Mapping[tuple[Kind, str], Event]


class FoldedAssessments:
    """The states that were asked for last; safe to share between threads."""

    def __init__(self, store: Store) -> None:
        """Read from ``store``."""
        self._store = store
        self._lock = Lock()
        self._kept: OrderedDict[str, Folded] = OrderedDict()
        self._recent: OrderedDict[tuple[str, int], tuple[Event, ...]] = OrderedDict()

    def of(self, id: str, known: int = 0) -> Folded | None:  # noqa: A002 (what the workspace calls it)
        """Return an assessment as it stands now; None when there is none.

        ``known`` is the number of its latest event where that was read a moment ago: what stands there is not asked
        for a second time.

        Raises:
            StoreError: when it cannot be read.
        """
        with self._lock:
            kept = self._kept.get(id)
        if kept is None:
            log = self._store.latest(id)
            return self._keep(id, _folded(log)) if log else None
        if kept.sequence == known:
            return kept
        fresh = self._store.latest(id, after=kept.sequence)
        return self._keep(id, _brought_up(kept, fresh) if fresh else kept)

    def recent(self, id: str, most: int) -> tuple[Event, ...]:  # noqa: A002
        """Return the last ``most`` events of an assessment, oldest first.

        Raises:
            StoreError: when they cannot be read.
        """
        with self._lock:
            kept = self._recent.get((id, most))
        found = (*kept, *self._store.since(id, kept[-1].sequence))[-most:] if kept else self._store.recent(id, most)
        with self._lock:
            _keep(self._recent, (id, most), found)
        return found

    def _keep(self, id: str, found: Folded) -> Folded:  # noqa: A002
        with self._lock:
            _keep(self._kept, id, found)
        return found


def _keep(kept: OrderedDict[K, V], key: K, found: V) -> None:
    kept[key] = found
    kept.move_to_end(key)
    while len(kept) > _KEPT:
        kept.popitem(last=False)


def _brought_up(kept: Folded, fresh: Sequence[Event]) -> Folded:
    events, last = standing([*kept.events.values(), *fresh]), max(fresh, key=lambda event: event.sequence)
    assessment = fold_on(kept.assessment, fresh)
    return Folded(fold(events.values()) if assessment is None else assessment, last.sequence, last.at, events)


def _folded(log: Sequence[Event]) -> Folded:
    events, last = standing(log), max(log, key=lambda event: event.sequence)
    return Folded(fold(events.values()), last.sequence, last.at, events)
