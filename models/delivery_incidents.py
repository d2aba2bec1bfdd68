"""How often incidents come and how long they last, for the cost model."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from assessment.delivery.records import Incident, Log
from assessment.delivery.rules import DeliveryRules
from models.delivery_measures import outage
from models.delivery_record import IncidentRecord
from models.delivery_window import HOUR, Window, window
from models.fits import Dispersion, LognormalFit, dispersion, fit_lognormal, poisson_interval

YEAR_WEEKS = 365.25 / 7


def serious_ones(log: Log[Incident]) -> tuple[Log[Incident], bool, int]:
    """Return the incidents in which users lost a service, whether the file tells that, and how many tell nothing.

    A file of which no record tells a severity gives all its incidents.
    """
    if all(one.serious is None for one in log.records):
        return log, False, 0
    kept = tuple(one for one in log.records if one.serious)
    untold = sum(one.serious is None for one in log.records)
    return replace(log, records=kept), True, untold


def incident_record(log: Log[Incident], end: float, rules: DeliveryRules) -> IncidentRecord:
    """Return the rate and the durations of the incidents that count, over the window that the whole file covers.

    Nothing is fitted when more than half of them are open: the median then lies among those that have not ended, where
    the shape of a lognormal says more than the records.
    """
    covered = window(log, end, rules.incident_weeks)
    counted, told, _ = serious_ones(log)
    inside = [one for one in counted.records if one.opened >= covered.start]
    opener = covered.records[0] if covered.opened and covered.records else None
    count = len(inside) - (opener is not None and opener in inside)
    years = covered.weeks / YEAR_WEEKS
    lasted = [outage(one, end) for one in inside]
    closed = [one.seconds / HOUR for one in lasted if not one.open]
    still_open = [one.seconds / HOUR for one in lasted if one.open and one.seconds > 0]
    positive = [hours for hours in closed if hours > 0]
    started = sum(one.started is not None for one in inside)
    untold = sum(told and one.serious is None for one in covered.records)
    found = IncidentRecord(
        count=count,
        serious=told,
        untold=untold,
        start=covered.start,
        end=end,
        per_year=count / years if years > 0 else None,
        rate_interval=poisson_interval(count, years, rules.interval.share) if years > 0 else None,
        closed=len(closed),
        open=sum(one.open for one in lasted),
        started=started,
        timeless=len(closed) - len(positive),
        fit=None,
        spread=_spread(log, counted, end, rules),
    )
    return found if found.mostly_open else replace(found, fit=_fit(positive, still_open, rules))


def _fit(closed: list[float], still_open: list[float], rules: DeliveryRules) -> LognormalFit | None:
    if len(closed) < rules.durations_least:
        return None
    return fit_lognormal(np.asarray(closed), np.asarray(still_open), rules.interval.share)


def _spread(log: Log[Incident], counted: Log[Incident], end: float, rules: DeliveryRules) -> Dispersion | None:
    """Return the over-dispersion over every whole quarter that the file covers, not only those of the window."""
    rule = rules.dispersion
    covered: Window[Incident] = window(log, end, float("inf"))
    blocks = int(covered.weeks // rule.block_weeks)
    if blocks < rule.least_blocks:
        return None
    counts = [0] * blocks
    for one in counted.records:
        block = covered.block(one.opened) // rule.block_weeks
        if block < blocks:
            counts[block] += 1
    return dispersion(counts)
