"""What has been delivered by when: plans, triggers and the forced programme that a trigger starts.

Everything that depends on the trigger month alone is a table with a row for each month and a column for each possible
trigger month (0 to T, and T + 1 for never), so that a path picks its column and no path is looped over.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.distributions import FloatArray
from models.programme import EFFECTS, Programme

IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]

HIGHEST_EFFECT = 0.95
HIGHEST_MATURITY = 1.5
FORCED_MONTHS = 9
"""Months over which forced remediation is paid, counted from the trigger month."""


@dataclass(frozen=True, eq=False)
class Strategy:
    """One strategy over T months; tables have shape (T, T + 2): month by trigger month.

    Attributes:
        name: as the caller calls it.
        start: d, months before the planned programme starts; None for a strategy without one.
        curves: planned maturity of each effect, shape (T,), in [0, 1.5].
        planned: the same by trigger month: 0 where the trigger came by month d, which cancels the plan.
        forced: maturity that the same plan delivers when it is started at the trigger month.
        under_way: months in which the planned programme is at work, shape (T,); a trigger then starts no forced one.
        spending: share of K spent in the month, planned.
        remediation: share of the forced cost spent in the month.
        running: 1 in months in which the run cost is owed.
        learning: 1 in months in which the team learns new ways.
    """

    name: str
    start: int | None
    curves: Mapping[str, FloatArray]
    planned: Mapping[str, FloatArray]
    forced: Mapping[str, FloatArray]
    under_way: BoolArray
    spending: FloatArray
    remediation: FloatArray
    running: FloatArray
    learning: FloatArray


@dataclass(frozen=True, slots=True)
class Calendar:
    """Whole months of the model: horizon T, programme S, learning J, and the lead of deliveries."""

    horizon: int
    programme: int
    learning: int
    lead: int


def strategy(
    name: str, start: int | None, programme: Programme, calendar: Calendar, forced: Programme | None = None
) -> Strategy:
    """Return the tables of one strategy.

    The plan starts after month ``start`` (d): flows and progress from month d + 1. It is under way until its last
    delivery, d < k <= d + S + lead; a trigger in those months, the first there is, starts no forced programme: the team
    is at work on it already, and one programme is not paid twice for one wall. A first trigger after the plan is
    finished does start one. The run cost is owed once, from month d + 1 or from the month in which a forced programme
    starts, whichever comes first. A forced programme delivers what ``forced`` does, by default the same plan.
    """
    remedy = programme if forced is None else forced
    months = calendar.horizon
    month = np.arange(1, months + 1)[:, None]
    trigger = np.arange(months + 2)[None, :]
    since = month - months - 1 if start is None else month - start
    kept = np.ones_like(trigger, dtype=np.bool_) if start is None else trigger > start
    curves = {key: delivered(programme.maturity[key], since[:, 0] - calendar.lead) for key in EFFECTS}
    under_way = (since > 0) & (since <= calendar.programme + calendar.lead)
    absorbed = np.concatenate([[False], under_way[:, 0], [False]])
    forced_since = np.where(absorbed[None, :], -1, month - trigger)
    active = (since > 0) & kept
    return Strategy(
        name=name,
        start=start,
        curves=curves,
        planned={key: curve[:, None] * kept for key, curve in curves.items()},
        forced={key: delivered(remedy.maturity[key], forced_since - calendar.lead) for key in EFFECTS},
        under_way=under_way[:, 0],
        spending=(active & (since <= calendar.programme)) / calendar.programme,
        remediation=((forced_since >= 0) & (forced_since < FORCED_MONTHS)) / FORCED_MONTHS,
        running=(active | (forced_since >= 0)).astype(np.float64),
        learning=(active & (since <= calendar.learning)).astype(np.float64),
    )


def delivered(curve: FloatArray, elapsed: IntArray) -> FloatArray:
    """Return the maturity after ``elapsed`` months (any shape), clipped to [0, 1.5]; nothing before the start."""
    place = np.clip(elapsed, 0, curve.size - 1)
    return np.clip(np.where(elapsed > 0, curve[place], 0.0), 0.0, HIGHEST_MATURITY)


def effect(size: FloatArray, maturity: FloatArray) -> FloatArray:
    """Return min(.95, e M): ``size`` e for each path, ``maturity`` M in [0, 1.5] by month or by month and path."""
    product = size * maturity
    return np.minimum(product, HIGHEST_EFFECT, out=product)


def trigger_months(plan: Strategy, load: FloatArray, e_a: FloatArray, threshold: FloatArray) -> IntArray:
    """Return tau for each path: the first month in which use of capacity reaches the threshold; T + 1 for never.

    Before tau there is no forced programme, so capacity is that of the plan alone.

    Args:
        plan: the strategy.
        load: rho_0 L_k, use of today's capacity, shape (T, paths).
        e_a: effect on capacity, shape (paths,).
        threshold: rho_trig, shape (paths,).
    """
    hit = np.greater_equal(load, threshold)
    if plan.start is not None:
        since = slice(plan.start, None)
        relief = effect(e_a, plan.curves["a"][since, None])
        hit[since] = load[since] * (1.0 - relief) >= threshold
    first = np.argmax(hit, axis=0) + 1
    return np.asarray(np.where(hit.any(axis=0), first, load.shape[0] + 1), dtype=np.int64)


def maturity(plan: Strategy, key: str, tau: IntArray, eta: FloatArray) -> FloatArray:
    """Return the maturity of one effect, shape (T, paths): the larger of the plan's and eta times the forced one's."""
    if np.all(eta == eta[0]):
        table = np.minimum(plan.forced[key] * eta[0], HIGHEST_MATURITY)
        return np.take(np.maximum(plan.planned[key], table), tau, axis=1)
    forced = np.take(plan.forced[key], tau, axis=1)
    forced *= eta
    np.minimum(forced, HIGHEST_MATURITY, out=forced)
    return np.maximum(np.take(plan.planned[key], tau, axis=1), forced, out=forced)
