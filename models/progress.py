"""What has been delivered by when: plans, triggers and the forced programme that a trigger starts.

Everything that depends on the trigger month alone is a table with a row for each month and a column for each possible
trigger month (0 to T, and T + 1 for never), so that a path picks its column and no path is looped over. A programme
whose dates slip has such columns for each of the stretches of :data:`models.programme.STRETCHES`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

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
_KEPT_REMEDIES, _KEPT_STRATEGIES = 8, 128
"""Tables kept for programmes in use, a few megabytes each: a slider moves figures, and the programme stays."""


@dataclass(frozen=True, eq=False)
class Remedies:
    """What a forced programme delivers.

    Attributes:
        maturity: of each effect, by month and, stretch by stretch, trigger month; shape (T, G (T + 2)).
    """

    maturity: Mapping[str, FloatArray]
    _reached: dict[tuple[str, float], FloatArray] = field(default_factory=dict)

    def reached(self, key: str, eta: float) -> FloatArray:
        """Return the table of one effect when eta of it is reached, at most 1.5; made once."""
        found = self._reached.get((key, eta))
        if found is None:
            found = self._reached[key, eta] = np.minimum(self.maturity[key] * eta, HIGHEST_MATURITY)
        return found


@dataclass(frozen=True, eq=False)
class Strategy:
    """One strategy over T months and G stretches of the time that work takes (1 where dates are certain).

    Columns of a table (T, G + 1) are stretches, and the last one is a plan that a trigger has cancelled. A trigger
    month in [1, T + 1] is one from which a forced programme starts, T + 1 for none.

    Attributes:
        name: as the caller calls it.
        start: d, months before the planned programme starts; None for a strategy without one.
        planned: planned maturity of each effect, in [0, 1.5], shape (T, G + 1); 0 where the plan is cancelled.
        forced: what the same plan delivers when it is started at a trigger month.
        under_way: months in which the planned programme is at work, shape (T, G); a trigger then starts no forced one.
        spending: share of K spent in the month, planned, shape (T, G + 1).
        remediation: share of the forced cost spent in the month, by trigger month, shape (T, T + 2).
        running: share of the run cost owed for the plan, shape (T, G + 1); all of it is owed from a trigger month on.
        learning: 1 in months in which the team learns new ways, shape (T, G + 1).
    """

    name: str
    start: int | None
    planned: Mapping[str, FloatArray]
    forced: Remedies
    under_way: BoolArray
    spending: FloatArray
    remediation: FloatArray
    running: FloatArray
    learning: FloatArray

    @property
    def months(self) -> int:
        """Months T."""
        return int(self.under_way.shape[0])

    @property
    def stretches(self) -> int:
        """How many stretches there are, G."""
        return int(self.under_way.shape[1])


@dataclass(frozen=True, slots=True)
class Calendar:
    """Whole months of the model: horizon T, programme S, learning J, and the lead of deliveries.

    ``quoted`` says that K is a price agreed for the whole: it is paid in the planned months, however long they get.
    """

    horizon: int
    programme: int
    learning: int
    lead: int
    quoted: bool = False


@dataclass(frozen=True, eq=False)
class Paths:
    """Where the paths of a chunk stand in the tables of one strategy, shape (paths,) each.

    Attributes:
        tau: first trigger month; T + 1 for never.
        plan: column of the tables with a column for each stretch: that of the path, G where the plan is cancelled.
        forced_from: month in which a forced programme starts; T + 1 for never.
        forced: column of the tables by stretch and trigger month.
    """

    tau: IntArray
    plan: IntArray
    forced_from: IntArray
    forced: IntArray


@lru_cache(maxsize=_KEPT_REMEDIES)
def remedies(programme: Programme, calendar: Calendar) -> Remedies:
    """Return what a programme delivers when it is forced.

    It is the same under every strategy, and under every range of the figures: it is made once for a programme.
    """
    months = calendar.horizon
    since = np.arange(1, months + 1)[:, None] - np.arange(months + 2)[None, :] - calendar.lead
    return Remedies(
        {
            key: np.concatenate([delivered(each.maturity[key], since) for each in programme.stretched], axis=1)
            for key in EFFECTS
        }
    )


@lru_cache(maxsize=_KEPT_STRATEGIES)
def strategy(
    name: str,
    start: int | None,
    programme: Programme,
    calendar: Calendar,
    forced: Remedies | None = None,
) -> Strategy:
    """Return the tables of one strategy.

    The plan starts after month ``start`` (d): flows and progress from month d + 1. It is under way until its last
    delivery, d < k <= d + S + lead; a trigger in those months, the first there is, starts no forced programme: the team
    is at work on it already, and one programme is not paid twice for one wall. A first trigger after the plan is
    finished does start one. K / S is paid in each month in which the team is at work, also in those beyond the planned
    ones; a quoted K in the planned months alone. The run cost is owed once, from month d + 1 or from the month in which
    a forced programme starts, whichever comes first. A forced programme delivers what ``forced`` (of :func:`remedies`)
    says, by default the same plan. S stretches with the programme.
    """
    months = calendar.horizon
    month = np.arange(1, months + 1)[:, None]
    trigger = np.arange(months + 2)[None, :]
    since = month - months - 1 if start is None else month - start
    lengths = np.array([length(each, programme, calendar.programme) for each in programme.stretched])
    paid = np.full_like(lengths, calendar.programme) if calendar.quoted else lengths
    elapsed = since[:, 0] - calendar.lead
    since_trigger = month - trigger
    active = since > 0
    remedy = remedies(programme, calendar) if forced is None else forced
    if remedy.maturity["a"].shape[1] != lengths.size * trigger.size:
        message = "what is planned and what is forced need the same stretches of their dates"
        raise ValueError(message)
    return Strategy(
        name=name,
        start=start,
        planned={
            key: _or_cancelled(np.stack([delivered(each.maturity[key], elapsed) for each in programme.stretched], 1))
            for key in EFFECTS
        },
        forced=remedy,
        under_way=active & (since <= lengths + calendar.lead),
        spending=_or_cancelled((active & (since <= paid)) / calendar.programme),
        remediation=((since_trigger >= 0) & (since_trigger < FORCED_MONTHS)) / FORCED_MONTHS,
        running=_or_cancelled(np.repeat(active, lengths.size, axis=1)),
        learning=_or_cancelled(np.repeat(active & (since <= calendar.learning), lengths.size, axis=1)),
    )


def length(stretched: Programme, programme: Programme, months: int) -> int:
    """Return how many months a programme takes at one stretch: S, in the measure in which its own months are more."""
    return max(1, round(months * stretched.months / programme.months))


def _or_cancelled(table: NDArray[np.generic]) -> FloatArray:
    return np.concatenate([table.astype(np.float64), np.zeros((table.shape[0], 1))], axis=1)


def delivered(curve: FloatArray, elapsed: IntArray) -> FloatArray:
    """Return the maturity after ``elapsed`` months (any shape), clipped to [0, 1.5]; nothing before the start."""
    place = np.clip(elapsed, 0, curve.size - 1)
    return np.clip(np.where(elapsed > 0, curve[place], 0.0), 0.0, HIGHEST_MATURITY)


def effect(size: FloatArray, maturity: FloatArray) -> FloatArray:
    """Return min(.95, e M): ``size`` e for each path, ``maturity`` M in [0, 1.5] by month or by month and path."""
    product = size * maturity
    return np.minimum(product, HIGHEST_EFFECT, out=product)


def trigger_months(
    plan: Strategy, load: FloatArray, e_a: FloatArray, threshold: FloatArray, stretch: IntArray
) -> IntArray:
    """Return tau for each path: the first month in which use of capacity reaches the threshold; T + 1 for never.

    Before tau there is no forced programme, so capacity is that of the plan alone.

    Args:
        plan: the strategy.
        load: rho_0 L_k, use of today's capacity, shape (T, paths).
        e_a: effect on capacity, shape (paths,).
        threshold: rho_trig, shape (paths,).
        stretch: number of the stretch of each path, below G, shape (paths,).
    """
    hit = np.greater_equal(load, threshold)
    if plan.start is not None:
        since = slice(plan.start, None)
        maturity = plan.planned["a"][since]
        relief = effect(e_a, maturity[:, :1] if plan.stretches == 1 else np.take(maturity, stretch, axis=1))
        hit[since] = load[since] * (1.0 - relief) >= threshold
    first = np.argmax(hit, axis=0) + 1
    return np.asarray(np.where(hit.any(axis=0), first, load.shape[0] + 1), dtype=np.int64)


def placed(plan: Strategy, load: FloatArray, e_a: FloatArray, threshold: FloatArray, stretch: IntArray) -> Paths:
    """Return where each path stands in the tables; arguments as for :func:`trigger_months`.

    Where the strategy has one stretch, ``stretch`` does not count.
    """
    here = np.zeros_like(stretch) if plan.stretches == 1 else stretch
    tau, never = trigger_months(plan, load, e_a, threshold, here), plan.months + 1
    absorbed = np.zeros((never + 1, plan.stretches), dtype=np.bool_)
    absorbed[1:never] = plan.under_way
    forced_from = np.where(absorbed[tau, here], never, tau)
    cancelled = np.zeros_like(tau) if plan.start is None else (tau <= plan.start)
    column = np.where(cancelled, plan.stretches, here)
    return Paths(tau, column, forced_from, here * (never + 1) + forced_from)


def maturity(plan: Strategy, key: str, paths: Paths, eta: FloatArray) -> FloatArray:
    """Return the maturity of one effect, shape (T, paths): the larger of the plan's and eta times the forced one's."""
    anyone = paths.forced_from <= plan.months
    if not anyone.any():
        return np.take(plan.planned[key], paths.plan, axis=1)
    forced = _forced(plan, key, paths, eta)
    return (
        forced if plan.start is None else np.maximum(np.take(plan.planned[key], paths.plan, axis=1), forced, out=forced)
    )


def _forced(plan: Strategy, key: str, paths: Paths, eta: FloatArray) -> FloatArray:
    """Return eta times the maturity of the forced programme, at most 1.5, shape (T, paths)."""
    if np.all(eta == eta[0]):
        return np.take(plan.forced.reached(key, float(eta[0])), paths.forced, axis=1)
    forced = np.take(plan.forced.maturity[key], paths.forced, axis=1)
    forced *= eta
    return np.minimum(forced, HIGHEST_MATURITY, out=forced)
