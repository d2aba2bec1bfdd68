"""Which records count: up to the end of the window, from its beginning, in weeks, and joined by what incidents name."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from assessment.delivery.records import MOST_TOLD, Deployment, Incident, Log
from assessment.delivery.rules import DeliveryRules
from assessment.delivery.times import DAY, shown
from assessment.errors import Problem

R = TypeVar("R", Deployment, Incident)
WEEK = 7.0 * DAY
HOUR = 3600.0
_SHORT_COMMIT = 7


@dataclass(frozen=True)
class Window(Generic[R]):
    """The records between two moments, in weeks that are counted back from the end.

    Attributes:
        start: seconds since 1970; the first record of the file when that is later than the window's own beginning.
        end: seconds since 1970; no record lies behind it.
        records: those from ``start`` to ``end``.
        opened: whether the first record itself is the start. A rate does not count it: it chose the beginning.
    """

    start: float
    end: float
    records: tuple[R, ...]
    opened: bool

    @property
    def weeks(self) -> float:
        """Length in weeks."""
        return (self.end - self.start) / WEEK

    @property
    def blocks(self) -> int:
        """Number of weeks begun."""
        return max(1, math.ceil(self.weeks - 1e-9))

    def block(self, at: float) -> int:
        """Return the week of a moment: 0 is the last one."""
        return min(self.blocks - 1, int((self.end - at) / WEEK))

    @property
    def exposures(self) -> tuple[float, ...]:
        """Length of each week in weeks: 1, and what is left for the earliest."""
        whole: int = self.blocks - 1
        return (*[1.0] * whole, self.weeks - whole)


@dataclass(frozen=True)
class Links:
    """Which incidents name a deployment that is known.

    Attributes:
        incidents: incidents that are known.
        naming: of these, those that name a deployment or a commit.
        matched: of these, those of which the deployment is known.
        by_deployment: for each deployment, by its place in the log, its incidents.
        impossible: incidents that begin before the deployment they name, with their lines.
    """

    incidents: int
    naming: int
    matched: int
    by_deployment: Mapping[int, tuple[Incident, ...]]
    impossible: tuple[Problem, ...]


def last_moment(deployments: Log[Deployment] | None, incidents: Log[Incident] | None) -> float:
    """Return the last moment that any record tells."""
    found = [one.at for one in deployments.records] if deployments else []
    for one in incidents.records if incidents else ():
        found += [moment for moment in (one.opened, one.detected, one.resolved) if moment is not None]
    return max(found, default=0.0)


def moment_of(record: Deployment | Incident) -> float:
    """Return the moment by which a record is in a window."""
    return record.at if isinstance(record, Deployment) else record.opened


def cut(log: Log[R], end: float) -> tuple[Log[R], tuple[Problem, ...]]:
    """Return a log without what comes after ``end``, and a problem for each such record."""
    late = [record for record in log.records if moment_of(record) > end]
    told = tuple(
        Problem("the record comes after the end of the window", "", log.file, one.line, shown(one.id))
        for one in late[:MOST_TOLD]
    )
    kept = tuple(record for record in log.records if moment_of(record) <= end)
    counts = {**log.counts, "after_end": len(late)} if late else log.counts
    return replace(log, records=kept, counts=counts), told


def as_of(found: Incident, end: float) -> Incident:
    """Return an incident as it stood at ``end``: one that ended later was still open."""
    return found if found.resolved is None or found.resolved <= end else replace(found, resolved=None)


def window(log: Log[R], end: float, weeks: float) -> Window[R]:
    """Return the records of the last ``weeks`` before ``end``, or of the time that the file covers."""
    first = moment_of(log.records[0]) if log.records else end
    start = max(end - weeks * WEEK, first)
    inside = tuple(record for record in log.records if moment_of(record) >= start)
    return Window(start, end, inside, opened=bool(log.records) and start == first)


def link(deployments: Log[Deployment], incidents: Log[Incident] | None, rules: DeliveryRules) -> Links:
    """Return which deployments incidents name, by id or by commit; never by being near in time."""
    known = _names(deployments.records)
    shorts = _short_names(deployments.records)
    records = incidents.records if incidents else ()
    joined: dict[int, list[Incident]] = {}
    impossible: list[Problem] = []
    matched = 0
    for incident in records:
        places = {place for name in incident.links for place in _found(name, known, shorts)}
        possible = {
            place
            for place in places
            if incident.opened >= deployments.records[place].at - rules.link_slack_hours * HOUR
        }
        matched += bool(possible)
        if places and not possible and incidents is not None:
            message = "the incident begins before the deployment that it names"
            impossible.append(Problem(message, "", incidents.file, incident.line, shown(incident.id)))
        for place in possible:
            joined.setdefault(place, []).append(incident)
    naming = sum(bool(incident.links) for incident in records)
    by_deployment = {place: tuple(found) for place, found in joined.items()}
    return Links(len(records), naming, matched, by_deployment, tuple(impossible[:MOST_TOLD]))


def _names(records: Sequence[Deployment]) -> dict[str, int]:
    """Return the place of each deployment by its id, and by its commit: the first with that commit."""
    known: dict[str, int] = {}
    for place, one in enumerate(records):
        for name in (one.id, one.commit):
            if name:
                known.setdefault(name, place)
    return known


def _short_names(records: Sequence[Deployment]) -> dict[str, list[tuple[str, int]]]:
    """Return the commits and their places by how they begin; a commit is often named by its first figures alone."""
    shorts: dict[str, list[tuple[str, int]]] = {}
    for place, one in enumerate(records):
        if len(one.commit) >= _SHORT_COMMIT and _is_hex(one.commit):
            shorts.setdefault(one.commit[:_SHORT_COMMIT], []).append((one.commit, place))
    return shorts


def _found(name: str, known: Mapping[str, int], shorts: Mapping[str, list[tuple[str, int]]]) -> list[int]:
    """Return the deployment of a name: by its whole, else of the one commit that begins so."""
    if name in known:
        return [known[name]]
    if len(name) < _SHORT_COMMIT or not _is_hex(name):
        return []
    begun = {
        commit: place
        for commit, place in reversed(shorts.get(name[:_SHORT_COMMIT], ()))
        if commit.startswith(name) or name.startswith(commit)
    }
    return list(begun.values()) if len(begun) == 1 else []


def _is_hex(name: str) -> bool:
    return all(letter in "0123456789abcdef" for letter in name)
