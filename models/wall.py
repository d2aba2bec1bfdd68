"""From a fitted curve to headroom today and to the month in which demand meets it, as distributions.

Month = ln(h X* / (D0 surge)) / ln(1 + g), with X* drawn from the fits that could have been seen, and D0, surge and g
from their ranges; h is the share of capacity at which the wall is felt. All draws are made with a seed.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from assessment.answers import EconomicInputs, Range
from assessment.errors import InputError, Problem
from assessment.loadtests.points import LoadTest
from models.distributions import Distribution, Fixed, FloatArray, Pert
from models.inputs import distribution_of, economic_problems
from models.parameters import Parameter, ParameterFile
from models.scalability import UslFit, fit_usl
from models.usl_fit import ends, limits
from models.wall_rules import wall_rules

CAPACITY = "X_star"
"""Symbol of the capacity among the economic figures."""
_MEDIAN = 0.5
_THREE = 3
_LONGEST_SHOWN = 40
_LONGEST_SOURCE = 400
_UNBOUNDED = "the points set no upper end to the capacity"
_ROUNDS, _TAIL, _LEAST = 100, 0.05, 0.1
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

    @property
    def middle_growth(self) -> float | None:
        """Growth a month that half of the draws exceed; None when only today is asked about."""
        return None if self.growth is None else float(self.growth.ppf(np.array([0.5]))[0])


@dataclass(frozen=True, slots=True)
class Wall:
    """Where today's demand stands under the fitted curve, and when it gets to the top.

    Attributes:
        demand: D0 surge, today's peak demand.
        used: D0 surge / X*, the share of the capacity in use at the peak; 0 against a capacity without a limit.
        headroom: X* / (D0 surge), how many times today's peak fits.
        share: h.
        month: months from now until h X* is met; 0 when it is met already, infinite when it never is. None without
            growth, and where ``bounded`` is False.
        horizon: months beyond which a wall counts as none.
        none_before_horizon: probability that the wall is not met within the horizon; None when ``month`` is.
        bounded: whether the points set an upper end to the capacity. Where they do not, no month can be given: that
            no limit was measured is no sign that none is near.
    """

    demand: Spread
    used: Spread
    headroom: Spread
    share: float
    month: Spread | None
    horizon: int
    none_before_horizon: float | None
    bounded: bool = True


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
    bounded = math.isfinite(fit.intervals["limit"].high)
    months = (
        None
        if demand.growth is None or not bounded
        else _months(headroom * demand.share, _drawn(demand.growth, rng, count))
    )
    horizon = int(wall_rules().horizon_months.value)
    return Wall(
        demand=_spread(peak),
        used=_spread(1.0 / headroom),
        headroom=_spread(headroom),
        share=demand.share,
        month=None if months is None else _spread(months),
        horizon=horizon,
        none_before_horizon=None if months is None else float((months > horizon).mean()),
        bounded=bounded,
    )


def demand_of(
    parameters: ParameterFile,
    demand: Range,
    surge: Range | None = None,
    growth: Range | None = None,
    felt: Range | None = None,
) -> Demand:
    """Return the demand of typed ranges; the default growth of the parameter file where none is given.

    The wall is felt at the mean of ``rho_trig``, typed or its default.

    Raises:
        InputError: for a range that no model can use.
    """
    given = {"D0": demand, "surge": surge, "g": growth, "rho_trig": felt}
    ranges = {symbol: one for symbol, one in given.items() if one is not None}
    problems = economic_problems(parameters, EconomicInputs(ranges=ranges))
    if problems:
        raise InputError(problems)
    known = parameters.by_symbol
    assumed = {"surge": Range(low=1.0, mode=1.0, high=1.0), "g": default_range(known["g"])}
    assumed["rho_trig"] = default_range(known["rho_trig"])
    base, times, rate, share = (distribution_of(known[name], {**assumed, **ranges}[name]) for name in given)
    return Demand(base, times, rate, share=share.mean)


def fit_load_tests(tests: Sequence[LoadTest]) -> UslFit:
    """Return the fit of all points of one load test, however many files it is in.

    Raises:
        InputError: for points that no curve can be fitted to, naming the file where it is one.
    """
    points = [point for test in tests for point in test.points]
    try:
        return fit_usl([point.load for point in points], [point.throughput for point in points])
    except InputError as error:
        files = {test.file for test in tests}
        name = files.pop() if len(files) == 1 else ""
        raise InputError([replace(problem, file=name) for problem in error.problems]) from error


def wall_of(fit: UslFit, parameters: ParameterFile, typed: Mapping[str, str | None]) -> Wall | None:
    """Return headroom and wall month for figures typed as text (D0, surge, g); None without a demand.

    Raises:
        InputError: for text that is no range, and for a surge or growth without a demand.
    """
    ranges = {symbol: typed_range(symbol, text) for symbol, text in typed.items() if text is not None}
    if "D0" not in ranges:
        if ranges:
            raise InputError(Problem("a surge or growth says nothing without a demand", "give --demand as well"))
        return None
    return find_wall(fit, demand_of(parameters, ranges["D0"], ranges.get("surge"), ranges.get("g")))


def typed_range(symbol: str, text: str) -> Range:
    """Return the range of ``low,likely,high``, or of one figure.

    Raises:
        InputError: for anything else.
    """
    remedy = "give one figure, or low,likely,high with decimal points"
    try:
        figures = [float(part) for part in text.split(",")]
        low, mode, high = figures * _THREE if len(figures) == 1 else figures
        return Range(low=low, mode=mode, high=high)
    except ValueError as error:
        said = " ".join(text.split())[:_LONGEST_SHOWN]
        raise InputError(Problem(f"'{said}' is no range", remedy, subject=symbol)) from error


def default_range(parameter: Parameter) -> Range:
    """Return the default of a parameter that has one.

    Raises:
        InputError: when it has none.
    """
    if parameter.low is None or parameter.high is None:
        raise InputError(Problem("there is no default", "give a low, likely and high figure", subject=parameter.symbol))
    return Range(low=parameter.low, mode=parameter.mode, high=parameter.high)


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

    The range of a fit leaves out 5 % on either side, the range of a capacity is the ends of a PERT distribution. The
    ends returned are those whose PERT has the 5th and 95th percentile of the fit.

    Args:
        fit: of a load test.
        source: which file the points come from.

    Raises:
        InputError: when the points set no upper end to it, or one so far away that it says nothing.
    """
    found, source = fit.intervals["limit"], source[:_LONGEST_SOURCE]
    if math.isinf(fit.limit) or math.isinf(found.high):
        raise InputError(Problem(_UNBOUNDED, _MORE))
    widest = wall_rules().widest_capacity.value
    if found.high > widest * fit.limit:
        message = (
            f"the points hold a capacity of {found.high:.4g} possible, {found.high / fit.limit:.1f} times the fitted"
        )
        raise InputError(Problem(message, _MORE))
    low, high = _pert_ends(min(found.low, fit.limit), fit.limit, max(found.high, fit.limit))
    return Range(low=low, mode=fit.limit, high=high, measured=True, source=source)


def _pert_ends(p5: float, mode: float, p95: float) -> tuple[float, float]:
    """Return the ends of the PERT distribution with this mode and these percentiles; the low end is above 0."""
    low, high = p5, p95
    for _ in range(_ROUNDS):
        drawn = Pert(low, mode, high).ppf(np.array([_TAIL, 1.0 - _TAIL]))
        low = min(mode, max(low + p5 - float(drawn[0]), p5 * _LEAST))
        high = max(mode, high + p95 - float(drawn[1]))
    return low, high
