"""What a run of the engine returns: curves, figures and how sure they are, as frozen data."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.distributions import FloatArray
from models.finance import IrrReason, Payback
from models.moments import Moments

MOST_RETAINED = 65_536
"""Paths kept for quantiles; means run over all paths."""
NEVER = "never"
"""The option of no programme at all, worth 0."""
SHORTFALL_SHARE = 0.05


@dataclass(frozen=True, slots=True)
class Summary:
    """A figure over all paths, in currency; quantiles from at most 65,536 of them."""

    mean: float
    p5: float
    p50: float
    p95: float
    standard_error: float


@dataclass(frozen=True, eq=False)
class Bands:
    """Cumulative present-value cost by month, shape (months,) each.

    Quantiles are of the cumulative cost in each month by itself: they are never sums of quantiles, and the p95 line is
    no single future.
    """

    mean: FloatArray
    p5: FloatArray
    p50: FloatArray
    p95: FloatArray


@dataclass(frozen=True, eq=False)
class StrategyCurves:
    """One strategy; money as present value over the horizon, in currency, unless stated.

    Attributes:
        name: of the strategy.
        start_month: d, months before the planned programme starts; None without one.
        total_cost: over the horizon.
        npv: against ``reactive``, that is its cost less this one's on the same path; None for ``reactive`` itself.
        probability_positive: P(NPV > 0).
        probability_standard_error: of that probability.
        expected_shortfall: mean NPV of the worst 5 % of paths.
        cumulative: cost so far, by month.
        categories: mean cost per month by category, shape (months,) each.
        payback_month: of the expected net benefit against ``reactive``, discounted.
        payback_undiscounted: the same without discounting.
        mirr: modified internal rate of return of the expected net benefit, per year; None when there is none.
        irr: internal rate of return per year, when the expected net benefit changes sign exactly once.
        irr_reason: why there is an ``irr`` or none.
        wall_probability: P(trigger at or before the month), shape (months,).
        wall_month_median: first month by which half of the paths have triggered; None when fewer do.
    """

    name: str
    start_month: int | None
    total_cost: Summary
    npv: Summary | None
    probability_positive: float | None
    probability_standard_error: float | None
    expected_shortfall: float | None
    cumulative: Bands
    categories: Mapping[str, FloatArray]
    payback_month: Payback
    payback_undiscounted: Payback
    mirr: float | None
    irr: float | None
    irr_reason: IrrReason
    wall_probability: FloatArray
    wall_month_median: int | None


@dataclass(frozen=True, slots=True)
class WaitingCost:
    """What starting after the delay costs against starting now, future by future.

    Attributes:
        cost: worth of starting now less that of starting later on the same path, in currency; negative where it saves.
        probability_cheaper: share of the kept paths (at most 65,536) on which starting later is the cheaper, in [0, 1].
    """

    cost: Summary
    probability_cheaper: float


@dataclass(frozen=True, eq=False)
class Curves:
    """A run of the engine.

    Attributes:
        strategies: by name; ``reactive`` first, then in the order asked for.
        months: horizon T.
        paths: futures simulated.
        seed: of the run.
        currency: of every amount.
        programme_cost: mean K.
        evpi: expected value of perfect information on the figures: E[max(0, NPV of each)] - max(0, E NPV of each).
            An NPV here is the expectation given the figures, over incidents and over whether the programme
            underdelivers: luck is no information.
        probability_best: for ``never`` and each start, the share of paths on which it has the largest such NPV; a tie
            goes to ``never``, then to the earlier in order.
        expected_npv: for ``never`` (0) and each start, the mean of those NPVs.
        waiting: cost of starting ``delayed`` rather than ``now``; None for a run without both.
    """

    strategies: dict[str, StrategyCurves]
    months: int
    paths: int
    seed: int
    currency: str
    programme_cost: float
    evpi: float
    probability_best: dict[str, float]
    expected_npv: dict[str, float]
    waiting: WaitingCost | None


def summarise(values: FloatArray) -> Summary:
    """Return the summary of one figure for each path, shape (paths,)."""
    return summary_of(Moments.of(values), values)


def summary_of(moments: Moments, kept: FloatArray) -> Summary:
    """Return the summary of one figure from its moments over all paths and its values on the kept ones, (kept,)."""
    p5, p50, p95 = quantiles(np.sort(kept[:MOST_RETAINED]))
    return Summary(moments.mean, float(p5), float(p50), float(p95), moments.standard_error)


def quantiles(rows: NDArray[np.floating]) -> FloatArray:
    """Return the 5th, 50th and 95th percentile of rows already in rising order, shape (3, ...)."""
    last = rows.shape[-1] - 1
    found = []
    for share in (0.05, 0.50, 0.95):
        place = share * last
        below = math.floor(place)
        low, high = rows[..., below], rows[..., min(below + 1, last)]
        found.append(low + (high - low) * (place - below))
    return np.asarray(found, dtype=np.float64)


def expected_shortfall(npv: FloatArray) -> float:
    """Return the mean of the worst 5 % of the NPVs, shape (paths,); at least one path."""
    kept = np.sort(npv[:MOST_RETAINED])
    return float(kept[: max(1, math.ceil(SHORTFALL_SHARE * kept.size))].mean())
