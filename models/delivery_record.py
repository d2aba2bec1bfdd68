"""What records of deployments and incidents measure, as plain results."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assessment.delivery.records import Deployment, Incident, Log
from assessment.delivery.rules import MeasureName
from assessment.errors import Problem
from models.delivery_window import WEEK, Links
from models.fits import Dispersion, Interval, LognormalFit

Reason = Literal[
    "no_file",
    "no_records",
    "no_span",
    "no_commits",
    "no_failures_told",
    "none_failed",
    "not_timed",
    "no_fixes_told",
    "no_detection",
    "not_reached",
]
WarningName = Literal["long_gap", "stale"]


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure.

    Attributes:
        name: which one.
        value: releases a month of the median service, hours, or a share; None when the records cannot tell.
        count: records that the figure rests on; of a share those that count for it.
        of: records that were looked at.
        open: of ``count``, those that had not ended.
        start: of the window, seconds since 1970.
        end: of the window.
        interval: bootstrap interval over whole weeks, exact where every record says the same; None for few weeks.
        reason: why there is no value; None when there is one.
    """

    name: MeasureName
    value: float | None
    count: int
    of: int
    start: float
    end: float
    open: int = 0
    interval: Interval | None = None
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Service:
    """How often one part was deployed."""

    name: str
    count: int
    per_month: float


@dataclass(frozen=True, slots=True)
class Week:
    """What happened in one week; None for what no file tells.

    Attributes:
        start: seconds since 1970; weeks are counted back from the end, so that the earliest may be short.
        deployments: to production.
        failed: of these, those that are known to have failed.
        incidents: that began.
    """

    start: float
    deployments: int | None
    failed: int | None
    incidents: int | None


@dataclass(frozen=True)
class IncidentRecord:
    """How often incidents come and how long they last.

    Attributes:
        count: incidents of the window that count, without the one that opened it.
        serious: whether only those count in which users lost a service; False when no record tells that.
        untold: incidents left out since their severity is not known while that of others is.
        start: of the window, seconds since 1970.
        end: of the window.
        per_year: incidents a year; None for a window without length.
        rate_interval: exact, of the rate.
        closed: incidents with an end, of which ``timeless`` have no length.
        open: incidents without one.
        started: of both, those of which the start is told; the others are timed from their first report.
        timeless: incidents that ended at the moment they began; they have no place in a lognormal.
        fit: of the hours that users bore; None for too few, and when more than half are open.
        spread: over-dispersion of counts in spans of a quarter; None for too few spans.
    """

    count: int
    serious: bool
    untold: int
    start: float
    end: float
    per_year: float | None
    rate_interval: Interval | None
    closed: int
    open: int
    started: int
    timeless: int
    fit: LognormalFit | None
    spread: Dispersion | None

    @property
    def weeks(self) -> float:
        """Length of the window in weeks."""
        return (self.end - self.start) / WEEK

    @property
    def mostly_open(self) -> bool:
        """Whether more than half of the incidents have no end."""
        return self.open > self.closed


@dataclass(frozen=True, slots=True)
class Doubt:
    """A gap that makes a window doubtful: a last record far behind the others, or a file that ends long before."""

    name: WarningName
    file: str
    days: float


@dataclass(frozen=True)
class DeliveryRecord:
    """Everything that two files measure; one of them may be missing.

    Attributes:
        end: of every window, seconds since 1970.
        end_given: whether somebody gave it; else it is the last moment in the files.
        measures: in the order of DORA, then detection and restoration.
        services: how often each part was deployed in the window of the frequency.
        silent: parts of the file that were last deployed before that window, and are left out.
        weeks: what happened in each week of the window of the frequency, the earliest first.
        incidents: rate and durations; None without a file of incidents.
        links: how many incidents name a deployment, without the records; None unless both files are there.
        deployments: the log of deployments, without its records.
        incident_log: the log of incidents, without its records.
        problems: every record that was set aside, with file and line.
        warnings: what makes a reader doubt the windows.
    """

    end: float
    end_given: bool
    measures: tuple[Measure, ...]
    services: tuple[Service, ...]
    silent: int
    weeks: tuple[Week, ...]
    incidents: IncidentRecord | None
    links: Links | None
    deployments: Log[Deployment] | None
    incident_log: Log[Incident] | None
    problems: tuple[Problem, ...]
    warnings: tuple[Doubt, ...] = ()

    def find(self, name: MeasureName) -> Measure:
        """Return the measure of a name."""
        return next(measure for measure in self.measures if measure.name == name)
