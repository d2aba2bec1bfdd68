"""What records of deployments and incidents measure: the figures that DORA names, the incident rate, repair times.

Names and definitions follow DORA's software delivery metrics (2025): change lead time, deployment frequency, failed
deployment recovery time, change fail rate, deployment rework rate. What the records cannot tell is None with the
reason, never a nought.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar

from assessment.delivery.records import Deployment, Incident, Log
from assessment.delivery.rules import DeliveryRules, delivery_rules
from assessment.delivery.times import DAY
from assessment.errors import InputError, Problem
from models.delivery_incidents import incident_record, serious_ones
from models.delivery_measures import (
    DEPLOYMENT_MEASURES,
    INCIDENT_MEASURES,
    change_fail_rate,
    detection_time,
    frequency,
    lead_time,
    missing,
    recovery_time,
    resolution_time,
    rework_rate,
)
from models.delivery_record import DeliveryRecord, Doubt, Measure, Reason, Service
from models.delivery_weeks import weekly
from models.delivery_window import WEEK, Links, as_of, cut, last_moment, link, moment_of

R = TypeVar("R", Deployment, Incident)


def measure_delivery(
    deployments: Log[Deployment] | None,
    incidents: Log[Incident] | None,
    until: float | None = None,
    rules: DeliveryRules | None = None,
) -> DeliveryRecord:
    """Return what the records of a team measure.

    Args:
        deployments: to production; None when there is no file.
        incidents: None when there is no file.
        until: end of every window in seconds since 1970; by default the last moment in the files.
        rules: windows and bounds; by default those of ``delivery.yaml``.

    Raises:
        InputError: without any file, and when no record is left before the end.
    """
    using = rules or delivery_rules()
    end = last_moment(deployments, incidents) if until is None else until
    deployed, late = (None, ()) if deployments is None else cut(deployments, end)
    happened, later = (None, ()) if incidents is None else cut(incidents, end)
    if happened is not None:
        happened = replace(happened, records=tuple(as_of(one, end) for one in happened.records))
    _refuse_nothing(deployed, happened)
    links = None if deployed is None else link(deployed, happened, using)
    measures, services, silent = _deployment_measures(deployed, links, end, using)
    told = [problem for log in (deployed, happened) if log is not None for problem in log.set_aside]
    return DeliveryRecord(
        end=end,
        end_given=until is not None,
        measures=(*measures, *_incident_measures(happened, end, using)),
        services=services,
        silent=silent,
        weeks=weekly(deployed, happened, links, end, using),
        incidents=None if happened is None else incident_record(happened, end, using),
        links=replace(links, by_deployment={}) if links is not None and happened is not None else None,
        deployments=_without_records(deployed),
        incident_log=_without_records(happened),
        problems=(*told, *(links.impossible if links else ()), *late, *later),
        warnings=tuple(_doubts(deployed, end, using)) + tuple(_doubts(happened, end, using)),
    )


def _refuse_nothing(deployed: Log[Deployment] | None, happened: Log[Incident] | None) -> None:
    """Refuse to measure nothing.

    Raises:
        InputError: without files, and for files of which no record is left, with what was wrong with the first.
    """
    logs: list[Log[Deployment] | Log[Incident]] = [log for log in (deployed, happened) if log is not None]
    if not logs:
        raise InputError(Problem("there is no file to measure", "give deployments, incidents or both"))
    if not any(log.records for log in logs):
        remedy = "check the file, and the end of the window"
        first = next((problem for log in logs for problem in log.set_aside), None)
        if first is None:
            raise InputError(Problem("no record is left to measure", remedy, logs[0].file))
        message = f"no record is left to measure: {first.message}"
        raise InputError(Problem(message, "correct such records, or export them again", first.file, first.line))


def _deployment_measures(
    log: Log[Deployment] | None, links: Links | None, end: float, rules: DeliveryRules
) -> tuple[tuple[Measure, ...], tuple[Service, ...], int]:
    """Return the measures of deployments, the services, and how many of them were not deployed in the window."""
    if log is None or links is None:
        return tuple(missing(name, end) for name in DEPLOYMENT_MEASURES), (), 0
    if not log.records:
        return tuple(missing(name, end, "no_records") for name in DEPLOYMENT_MEASURES), (), 0
    how_often, services, silent = frequency(log, end, rules)
    return (
        (
            how_often,
            lead_time(log, end, rules),
            change_fail_rate(log, links, end, rules),
            recovery_time(log, links, end, rules),
            rework_rate(log, end, rules),
        ),
        services,
        silent,
    )


def _incident_measures(log: Log[Incident] | None, end: float, rules: DeliveryRules) -> tuple[Measure, ...]:
    if log is None or not log.records:
        reason: Reason = "no_file" if log is None else "no_records"
        return tuple(missing(name, end, reason) for name in INCIDENT_MEASURES)
    counted, _, _ = serious_ones(log)
    return detection_time(log, end, rules), resolution_time(counted, end, rules)


def _without_records(log: Log[R] | None) -> Log[R] | None:
    """Return a log that knows how much was read, and no more: results are kept, records are not."""
    return log and replace(log, records=(), counts={**log.counts, "kept": len(log.records)})


def _doubts(log: Log[R] | None, end: float, rules: DeliveryRules) -> Iterator[Doubt]:
    """Yield what makes the windows doubtful: a last record far behind the others, a file that ends early.

    Both by the weeks of the rules and by the file's own habit: three quiet months are nothing unusual where incidents
    are rare.
    """
    if log is None or len(log.records) < 2:  # noqa: PLR2004 (one record has no habit)
        return
    *others, before, last = (moment_of(record) for record in log.records)
    usual = (before - others[0]) / len(others) if others else 0.0
    gap, silent = last - before, end - last
    if gap > max(rules.long_gap_weeks * WEEK, rules.unusual_gaps * usual):
        yield Doubt("long_gap", log.file, gap / DAY)
    habit = (last - moment_of(log.records[0])) / (len(log.records) - 1)
    if silent > max(rules.stale_weeks * WEEK, rules.unusual_gaps * habit):
        yield Doubt("stale", log.file, silent / DAY)
