"""From a fitted curve to headroom today and to the month in which demand meets it, as distributions.

Month = ln(h X* / (D0 surge)) / ln(1 + g), with X* drawn from the fits that could have been seen, and D0, surge and g
from their ranges; h is the share of capacity at which the wall is felt. All draws are made with a seed.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

from assessment.answers import Range
from assessment.errors import InputError, Problem
from models.distributions import Distribution, Fixed, FloatArray
from models.scalability import UslFit
from models.usl_fit import ends, limits
from models.wall_rules import wall_rules

_MEDIAN = 0.5
_UNBOUNDED = "the points set no upper end to the capacity"
_MORE = "measure heavier loads, until throughput no longer rises, or type a capacity of your own"


def _no_surge() -> Distribution:
    return Fixed(1.0)


@dataclass(frozen=True, slots=True)
class Spread:
    """P5, P50 and P95 of something uncertain; a figure may be infinite."""

    p5: float
    p50: float
    p95: float


@dataclass(frozen=True, slots=True)
class Demand:
    """What the platform is asked for.

    Attributes:
        base: D0, mean demand of the busy hours today, in the unit of the throughputs, above 0.
        surge: how many times the peak stands above it, 1 or more.
        growth: g, fraction a month, above -1; None when only today is asked about.
        share: h, the share of the capacity at which the wall is felt, above 0.
    """

    base: Distribution
    surge: Distribution = field(default_factory=_no_surge)
    growth: Distribution | None = None
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class Wall:
    """Where today's demand stands under the fitted curve, and when it gets to the top.

    Attributes:
        demand: D0 surge, today's peak demand.
        used: D0 surge / X*, the share of the capacity in use at the peak; 0 against a capacity without a limit.
        headroom: X* / (D0 surge), how many times today's peak fits.
        share: h.
        month: months from now until h X* is met; 0 when it is met already, infinite when it never is. None without
            growth.
        horizon: months beyond which a wall counts as none.
        none_before_horizon: probability that the wall is not met within the horizon; None without growth.
    """

    demand: Spread
    used: Spread
    headroom: Spread
    share: float
    month: Spread | None
    horizon: int
    none_before_horizon: float | None


def find_wall(fit: UslFit, demand: Demand) -> Wall:
    """Return headroom today and the month of the wall.

    Raises:
        InputError: for a demand that is not positive.
    """
    count = len(fit.draws)
    rng = np.random.default_rng([int(wall_rules().seed.value), 1])
    base, surge = (_drawn(item, rng, count) for item in (demand.base, demand.surge))
    peak = base * surge
    if not (peak > 0.0).all():
        raise InputError(Problem("the demand is not above 0", "give the requests per second of the busy hours"))
    most = limits(fit.draws)
    headroom = most / peak
    months = None if demand.growth is None else _months(headroom * demand.share, _drawn(demand.growth, rng, count))
    horizon = int(wall_rules().horizon_months.value)
    return Wall(
        demand=_spread(peak),
        used=_spread(1.0 / headroom),
        headroom=_spread(headroom),
        share=demand.share,
        month=None if months is None else _spread(months),
        horizon=horizon,
        none_before_horizon=None if months is None else float((months > horizon).mean()),
    )


def _drawn(distribution: Distribution, rng: np.random.Generator, count: int) -> FloatArray:
    return distribution.ppf(rng.random(count))


def _months(room: FloatArray, growth: FloatArray) -> FloatArray:
    """Return months until demand has grown by the factor ``room``; 0 at or below 1, infinite without growth."""
    with np.errstate(divide="ignore", invalid="ignore"):
        months = np.where(growth > 0.0, np.log(room) / np.log1p(growth), np.inf)
    return np.where(room <= 1.0, 0.0, months)


def _spread(values: FloatArray) -> Spread:
    tail = (1.0 - wall_rules().interval.value) / 2.0
    (p5, p95), (p50, _) = ends(values, tail, 1.0 - tail), ends(values, _MEDIAN, _MEDIAN)
    return Spread(p5, p50, p95)


def capacity_range(fit: UslFit, source: str) -> Range:
    """Return X* as a measured range, ready to be the capacity of an assessment.

    Args:
        fit: of a load test.
        source: which file the points come from.

    Raises:
        InputError: when the points set no upper end to it.
    """
    found = fit.intervals["limit"]
    if math.isinf(fit.limit) or math.isinf(found.high):
        raise InputError(Problem(_UNBOUNDED, _MORE))
    most = fit.limit
    return Range(low=min(found.low, most), mode=most, high=max(found.high, most), measured=True, source=source)
