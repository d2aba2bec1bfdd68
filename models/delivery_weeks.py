"""What happened week by week, for the picture."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from assessment.delivery.records import Deployment, Incident, Log
from assessment.delivery.rules import DeliveryRules
from models.delivery_measures import failures
from models.delivery_record import Week
from models.delivery_window import WEEK, Links, Window, moment_of, window

R = TypeVar("R", Deployment, Incident)


def weekly(
    deployments: Log[Deployment] | None,
    incidents: Log[Incident] | None,
    links: Links | None,
    end: float,
    rules: DeliveryRules,
) -> tuple[Week, ...]:
    """Return what happened in each week of the window of the frequency, the earliest first."""
    weeks = rules.measures["deployment_frequency"].weeks
    spans = [window(log, end, weeks) for log in (deployments, incidents) if log is not None and log.records]
    longest = min(spans, key=lambda span: span.start)
    made, told = _week_counts(longest, deployments), None
    if deployments is not None and links is not None:
        failed = failures(deployments, links, assume=False)
        places_failed = [deployments.records[place] for place, outcome in failed.items() if outcome]
        told = _week_counts(longest, replace(deployments, records=tuple(places_failed))) if failed else None
    happened = _week_counts(longest, incidents)
    return tuple(
        Week(
            start=max(longest.start, end - (block + 1) * WEEK),
            deployments=_of(made, block),
            failed=_of(told, block),
            incidents=_of(happened, block),
        )
        for block in reversed(range(longest.blocks))
    )


def _week_counts(span: Window[Deployment] | Window[Incident], log: Log[R] | None) -> list[int] | None:
    """Return the records of each week of a window, the last week first; None without a log."""
    if log is None:
        return None
    counts = [0] * span.blocks
    for record in log.records:
        if moment_of(record) >= span.start:
            counts[span.block(moment_of(record))] += 1
    return counts


def _of(counts: list[int] | None, block: int) -> int | None:
    return None if counts is None else counts[block]
