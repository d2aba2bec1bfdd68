"""The figures that DORA names, and detection and restoration, each from the records of its window."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple, TypeVar

import numpy as np

from assessment.delivery.records import Deployment, Incident, Log
from assessment.delivery.rules import DeliveryRules, MeasureName
from models.delivery_record import Measure, Reason, Service
from models.delivery_window import HOUR, Links, Window, window
from models.fits import (
    FloatArray,
    Interval,
    Timed,
    block_draws,
    median,
    median_interval,
    quantiles,
    share_interval,
)

R = TypeVar("R", Deployment, Incident)
MONTH_WEEKS = 365.25 / 12 / 7
DEPLOYMENT_MEASURES: tuple[MeasureName, ...] = (
    "deployment_frequency",
    "lead_time",
    "change_fail_rate",
    "recovery_time",
    "rework_rate",
)
INCIDENT_MEASURES: tuple[MeasureName, ...] = ("detection_time", "resolution_time")
_ORDER = (*DEPLOYMENT_MEASURES, *INCIDENT_MEASURES)


class Lasted(NamedTuple):
    """One duration: when it is counted, how long it was or has been (seconds), and whether it is still open."""

    at: float
    seconds: float
    open: bool


def missing(name: MeasureName, end: float, reason: Reason = "no_file") -> Measure:
    """Return a measure that nothing can be told of."""
    return Measure(name, None, 0, 0, end, end, reason=reason)


def span_of(
    log: Log[R], end: float, name: MeasureName, rules: DeliveryRules, counts: Callable[[int], bool]
) -> Window[R]:
    """Return the window of a measure: the wider one when the narrow one holds too few records that count.

    ``counts`` tells it of a record by its place in the log; a window is the last part of it.
    """
    rule = rules.measures[name]
    narrow = window(log, end, rule.weeks)
    if sum(map(counts, places(log, narrow))) >= rule.least:
        return narrow
    return window(log, end, rule.wider_weeks)


def places(log: Log[R], found: Window[R]) -> range:
    """Return the places in the log of the records of a window."""
    return range(len(log.records) - len(found.records), len(log.records))


def frequency(log: Log[Deployment], end: float, rules: DeliveryRules) -> tuple[Measure, tuple[Service, ...], int]:
    """Return releases a month of the median service, how often each was deployed, and how many services are left out.

    The services are those with a record in the window: one that was last deployed before it may long be shut down, and
    would draw the median down as one that is never released. Without any record in it the frequency is nought.
    """
    name: MeasureName = "deployment_frequency"
    found = window(log, end, rules.measures[name].weeks)
    counted = found.records[1:] if found.opened else found.records
    if found.weeks <= 0:
        return Measure(name, None, 0, len(found.records), found.start, end, reason="no_span"), (), 0
    names = {name: place for place, name in enumerate(dict.fromkeys(record.service for record in found.records))}
    counts = np.zeros((found.blocks, max(1, len(names))))
    for record in counted:
        counts[found.block(record.at), names[record.service]] += 1
    months = found.weeks / MONTH_WEEKS
    totals = counts.sum(axis=0)
    services = [Service(name, int(totals[place]), float(totals[place]) / months) for name, place in names.items()]
    value = float(np.median(totals)) / months
    interval = _of_weeks(found, rules, name, lambda drawn: _per_month(drawn, counts, found.exposures))
    ranked = tuple(sorted(services, key=lambda service: (-service.count, service.name)))
    silent = len({record.service for record in log.records}) - len(services)
    return Measure(name, value, len(counted), len(counted), found.start, end, interval=interval), ranked, silent


def _per_month(drawn: FloatArray, counts: FloatArray, exposures: Sequence[float]) -> FloatArray:
    """Return the frequency of the median service in each resample of the weeks."""
    weeks = drawn @ np.asarray(exposures)
    return np.asarray(np.median(drawn @ counts, axis=1) / weeks * MONTH_WEEKS, dtype=np.float64)


def lead_time(log: Log[Deployment], end: float, rules: DeliveryRules) -> Measure:
    """Return the median hours from commit to production."""
    found = span_of(log, end, "lead_time", rules, lambda place: log.records[place].committed is not None)
    lasted = [
        Lasted(record.at, record.at - record.committed, open=False)
        for record in found.records
        if record.committed is not None
    ]
    return _median("lead_time", found, lasted, len(found.records), rules, "no_commits")


def change_fail_rate(log: Log[Deployment], links: Links, end: float, rules: DeliveryRules) -> Measure:
    """Return the share of deployments that failed in use: marked so, or named by an incident.

    Where deployments are marked, those without a mark and without an incident tell nothing and are left out. Where none
    is marked, a deployment that no incident names did not fail as far as the records tell, once some incident names
    one.
    """
    marked = any(record.failed is not None for record in log.records)
    told = failures(log, links, assume=not marked and links.matched > 0)
    return _share("change_fail_rate", log, told, end, rules, "no_failures_told")


def failures(log: Log[Deployment], links: Links, *, assume: bool) -> dict[int, bool]:
    """Return whether each deployment failed, by its place in the log; those of which nothing is told are missing."""
    found = {place: record.failed for place, record in enumerate(log.records) if record.failed is not None}
    found |= {place: False for place in range(len(log.records)) if assume and place not in found}
    return {**found, **dict.fromkeys(links.by_deployment, True)}


def rework_rate(log: Log[Deployment], end: float, rules: DeliveryRules) -> Measure:
    """Return the share of deployments that were unplanned fixes."""
    told = {place: record.unplanned for place, record in enumerate(log.records) if record.unplanned is not None}
    return _share("rework_rate", log, told, end, rules, "no_fixes_told")


def _share(
    name: MeasureName, log: Log[Deployment], told: Mapping[int, bool], end: float, rules: DeliveryRules, none: Reason
) -> Measure:
    """Return a share over the deployments of the window of which the outcome is told."""
    found = span_of(log, end, name, rules, lambda place: place in told)
    counted = [place for place in places(log, found) if place in told]
    hits = sum(told[place] for place in counted)
    if not counted:
        return Measure(name, None, 0, len(found.records), found.start, end, reason=none)
    interval: Interval | None = None
    if hits in (0, len(counted)):
        interval = share_interval(hits, len(counted), rules.interval.share)
    else:
        sums = np.zeros((found.blocks, 2))
        for place in counted:
            sums[found.block(log.records[place].at)] += (told[place], 1)
        interval = _of_weeks(found, rules, name, lambda drawn: _ratios(drawn @ sums))
    return Measure(name, hits / len(counted), hits, len(counted), found.start, end, interval=interval)


def _ratios(sums: FloatArray) -> FloatArray:
    """Return hits over counted in each resample that holds any."""
    some = sums[sums[:, 1] > 0]
    return np.asarray(some[:, 0] / some[:, 1], dtype=np.float64)


def recovery_time(log: Log[Deployment], links: Links, end: float, rules: DeliveryRules) -> Measure:
    """Return the median hours from a failure to service restored, over the deployments that failed.

    The incidents that name a deployment time it: from the first beginning to the last end. A marked failure without
    an incident is timed by its own recovery, where the file tells one.
    """
    failed = {place for place, outcome in failures(log, links, assume=False).items() if outcome}
    found = span_of(log, end, "recovery_time", rules, failed.__contains__)
    here = [place for place in places(log, found) if place in failed]
    joined = links.by_deployment
    lasted = [one for place in here if (one := _recovery(log.records[place], joined.get(place, ()), end))]
    told = bool(failed) or any(record.failed is not None for record in log.records) or links.matched > 0
    reason: Reason = "not_timed" if here else "none_failed" if told else "no_failures_told"
    return _median("recovery_time", found, lasted, len(here), rules, reason)


def _recovery(record: Deployment, incidents: Sequence[Incident], end: float) -> Lasted | None:
    if incidents:
        begun = min(incident.opened for incident in incidents)
        ends = [incident.resolved for incident in incidents if incident.resolved is not None]
        if len(ends) < len(incidents):
            return Lasted(record.at, end - begun, open=True)
        return Lasted(record.at, max(ends) - begun, open=False)
    if record.recovered is None or not record.failed or record.recovered > end:
        return None
    return Lasted(record.at, record.recovered - record.at, open=False)


def detection_time(log: Log[Incident], end: float, rules: DeliveryRules) -> Measure:
    """Return the median hours from the start of an incident to its first report."""
    name: MeasureName = "detection_time"
    told = {place for place, one in enumerate(log.records) if one.started is not None and one.detected is not None}
    found = span_of(log, end, name, rules, told.__contains__)
    lasted = [
        Lasted(one.opened, one.detected - one.started, open=False)
        for one in found.records
        if one.started is not None and one.detected is not None
    ]
    return _median(name, found, lasted, len(found.records), rules, "no_detection")


def resolution_time(log: Log[Incident], end: float, rules: DeliveryRules) -> Measure:
    """Return the median hours from the first report to service restored; open incidents count as longer than so far."""
    found = span_of(log, end, "resolution_time", rules, lambda place: log.records[place].resolved is not None)
    return _median("resolution_time", found, [lasting(one, end) for one in found.records], len(found.records), rules)


def lasting(one: Incident, end: float) -> Lasted:
    """Return how long an incident lasted from its first report, or has lasted at ``end``."""
    return _since(one.reported, one, end)


def outage(one: Incident, end: float) -> Lasted:
    """Return how long users bore an incident: from its start, or from its first report where no start is told."""
    return _since(one.opened, one, end)


def _since(begun: float, one: Incident, end: float) -> Lasted:
    until = end if one.resolved is None else one.resolved
    return Lasted(one.opened, max(0.0, until - begun), open=one.resolved is None)


def _median(
    name: MeasureName,
    found: Window[R],
    lasted: Sequence[Lasted],
    of: int,
    rules: DeliveryRules,
    none: Reason = "no_records",
) -> Measure:
    still_open = sum(one.open for one in lasted)
    if not lasted:
        return Measure(name, None, 0, of, found.start, found.end, reason=none if of else _nothing(none))
    timed = timed_of(lasted, found)
    value = median(timed)
    if value is None:
        return Measure(name, None, len(lasted), of, found.start, found.end, still_open, reason="not_reached")
    interval = None
    if found.weeks >= rules.interval.least_weeks:
        interval = median_interval(timed, rules.interval.share, rules.interval.resamples, _seed(rules, name))
    return Measure(name, value, len(lasted), of, found.start, found.end, still_open, interval)


def _nothing(reason: Reason) -> Reason:
    """Return why there is nothing to time: no failure is no fault of the file, no record is."""
    return reason if reason in {"none_failed", "no_failures_told"} else "no_records"


def timed_of(lasted: Iterable[Lasted], found: Window[R]) -> Timed:
    """Return durations in hours with their weeks."""
    listed = list(lasted)
    hours = [one.seconds / HOUR for one in listed]
    return Timed.of_records(hours, [one.open for one in listed], [found.block(one.at) for one in listed], found.blocks)


def _of_weeks(
    found: Window[R], rules: DeliveryRules, name: MeasureName, figure: Callable[[FloatArray], FloatArray]
) -> Interval | None:
    """Return the bootstrap interval of a figure of weekly sums; None for fewer weeks than the rules ask."""
    if found.weeks < rules.interval.least_weeks:
        return None
    drawn = block_draws(found.blocks, rules.interval.resamples, _seed(rules, name))
    return quantiles(figure(drawn), rules.interval.share)


def _seed(rules: DeliveryRules, name: MeasureName) -> tuple[int, int]:
    return rules.interval.seed, _ORDER.index(name)
