"""Deployments and incidents as they were read. Moments are seconds since 1970 in UTC, as every file means them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from assessment.errors import Problem

MOST_RECORDS = 200_000
"""Records that are kept of one file; a longer export is refused, so that memory stays bounded."""
MOST_TOLD = 100
"""Set-aside records that are told with their line; the rest are counted."""
R = TypeVar("R", "Deployment", "Incident")


@dataclass(frozen=True, slots=True)
class Deployment:
    """One deployment to production that came through.

    Attributes:
        id: its name in the file; empty when the file names none.
        at: when it was in production.
        service: the part that was deployed; empty when the file tells none.
        committed: when the change was committed; None when the file does not tell.
        failed: whether it is marked as failed in use; None when the file does not tell.
        unplanned: whether it was an unplanned fix; None when the file does not tell.
        recovered: when service was restored after it failed; None when the file does not tell.
        commit: its commit, for links from incidents; empty when unknown.
        line: 1-based line in the file.
    """

    id: str
    at: float
    service: str = ""
    committed: float | None = None
    failed: bool | None = None
    unplanned: bool | None = None
    recovered: float | None = None
    commit: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Incident:
    """One incident.

    Attributes:
        id: its name in the file; empty when the file names none.
        started: when it began; None when the file does not tell.
        detected: when it was first reported; None when the file does not tell.
        resolved: when service was restored; None while it is open.
        serious: whether users lost a service, by its severity or its mark; None when the file does not tell.
        links: names of deployments or commits that it says it came from.
        line: 1-based line in the file.
    """

    id: str
    started: float | None
    detected: float | None
    resolved: float | None
    serious: bool | None = None
    links: tuple[str, ...] = ()
    line: int = 0

    @property
    def opened(self) -> float:
        """When it began, as far as the file tells: its start, else its first report."""
        moment = self.started if self.started is not None else self.detected
        return 0.0 if moment is None else moment

    @property
    def reported(self) -> float:
        """When it was first reported, else when it began."""
        return self.opened if self.detected is None else self.detected


@dataclass(frozen=True)
class Log(Generic[R]):
    """What was read of one file.

    Attributes:
        file: its name.
        kind: which format it has, as a key of the words in ``reports/wording.yaml``.
        records: in order of time.
        counts: how many records were left out or read in a special way, by reason.
        set_aside: the records that contradict themselves, each with file and line; at most :data:`MOST_TOLD`.
    """

    file: str
    kind: str
    records: tuple[R, ...]
    counts: Mapping[str, int] = field(default_factory=dict)
    set_aside: tuple[Problem, ...] = ()
