"""The scalability wall: throughput by the Universal Scalability Law, its peak, its inverse and the month it is met.

X(N) = lambda N / (1 + sigma (N - 1) + kappa N (N - 1)), with N the number of nodes, processors or users, lambda the
throughput of one, sigma contention (share of the work that queues) and kappa the cost of keeping them coherent
(Gunther, "Guerrilla Capacity Planning", 2007, chapters 4-6). :func:`fit_usl` finds the three figures of measured
points, with their ranges and with what speaks against them.
"""

from __future__ import annotations

import math
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from assessment.errors import InputError, Problem
from models import usl_fit
from models.distributions import FloatArray
from models.wall_rules import wall_rules

_LARGEST = 1e12
Warning_ = Literal[
    "no_peak", "short", "beyond", "poor", "above", "repeated", "few", "kappa_bound", "sigma_bound", "open", "straight"
]


@dataclass(frozen=True, slots=True)
class Capacity:
    """The three figures of the law.

    Attributes:
        rate: lambda, throughput at N = 1 (requests per unit of time), above 0.
        sigma: contention, 0 or more.
        kappa: coherency delay, 0 or more.

    Raises:
        ValueError: for a rate that is not positive, or a negative sigma or kappa.
    """

    rate: float
    sigma: float
    kappa: float

    def __post_init__(self) -> None:
        """Refuse figures for which the law means nothing."""
        if not (self.rate > 0 and self.sigma >= 0 and self.kappa >= 0):
            message = f"a capacity needs rate > 0, sigma >= 0, kappa >= 0: {self.rate}, {self.sigma}, {self.kappa}"
            raise ValueError(message)

    @property
    def peak_load(self) -> float:
        """N* = sqrt((1 - sigma) / kappa), at least 1; infinite when there is no peak (kappa = 0 and sigma < 1)."""
        if self.sigma >= 1.0:
            return 1.0
        return math.inf if self.kappa == 0.0 else max(1.0, math.sqrt((1.0 - self.sigma) / self.kappa))

    @property
    def limit(self) -> float:
        """The most that can be reached: X(N*), the Amdahl limit lambda / sigma when kappa = 0, or infinite."""
        if math.isfinite(self.peak_load):
            return self.throughput_at(self.peak_load)
        return math.inf if self.sigma == 0.0 else self.rate / self.sigma

    def throughput_at(self, nodes: float) -> float:
        """Return X(N) for one N >= 0."""
        return self.rate * nodes / (1.0 + self.sigma * (nodes - 1.0) + self.kappa * nodes * (nodes - 1.0))

    def throughput(self, nodes: FloatArray) -> FloatArray:
        """Return X(N) for an array of N >= 0, in its shape."""
        below = 1.0 + self.sigma * (nodes - 1.0) + self.kappa * nodes * (nodes - 1.0)
        return np.asarray(self.rate * nodes / below, dtype=np.float64)

    def nodes_for(self, demand: float) -> float | None:
        """Return the N on the rising branch with X(N) = ``demand``; None when the demand is beyond the limit.

        The smaller root of D kappa N^2 + (D (sigma - kappa) - lambda) N + D (1 - sigma) = 0, in the form that does not
        cancel.
        """
        if demand <= 0.0:
            return 0.0
        square = demand * self.kappa
        linear = demand * (self.sigma - self.kappa) - self.rate
        constant = demand * (1.0 - self.sigma)
        inside = linear**2 - 4.0 * square * constant
        if linear >= 0.0 or inside < 0.0:
            return None
        return 2.0 * constant / (-linear + math.sqrt(inside))


def wall_month(demand: float, limit: float, growth: float, share: float = 1.0) -> float | None:
    """Return the months until demand reaches ``share`` of the limit: ln(share X* / D0) / ln(1 + g).

    Args:
        demand: D0, the peak demand of today, in the unit of ``limit``, above 0.
        limit: X*, the most the platform can serve.
        growth: g, fraction per month, above -1.
        share: h, the share of the limit at which the wall is felt, above 0.

    Returns:
        Months, 0 when the wall is already there, None when demand never gets there.
    """
    if demand >= share * limit:
        return 0.0
    if growth <= 0.0 or math.isinf(limit):
        return None
    return math.log(share * limit / demand) / math.log1p(growth)


@dataclass(frozen=True, slots=True)
class Interval:
    """A range of 90 %; ``high`` is infinite when the points set no upper end."""

    low: float
    high: float


@dataclass(frozen=True, eq=False)
class UslFit:
    """The law as it fits measured points.

    Attributes:
        lambda_: throughput of one node or user, in the unit of the points.
        sigma: contention, in [0, 1].
        kappa: coherency delay, in [0, 1].
        load: the measured loads in ascending order, shape (n,).
        throughput: what was measured at them, shape (n,).
        draws: lambda, sigma, kappa of tests that could have been seen, shape (resamples, 3).
        intervals: of ``lambda``, ``sigma``, ``kappa``, ``peak_load`` and ``limit``.
        r_squared: share of the spread of the throughputs that the curve follows.
        miss: root mean square of what the curve misses, as a share of the mean throughput.
        warnings: what speaks against the figures.
    """

    lambda_: float
    sigma: float
    kappa: float
    load: FloatArray
    throughput: FloatArray
    draws: FloatArray
    intervals: Mapping[str, Interval]
    r_squared: float
    miss: float
    warnings: tuple[Warning_, ...] = field(default=())

    @property
    def capacity(self) -> Capacity:
        """The law with the fitted figures."""
        return Capacity(self.lambda_, self.sigma, self.kappa)

    @property
    def peak_load(self) -> float:
        """N*, infinite without a peak."""
        return self.capacity.peak_load

    @property
    def peak_throughput(self) -> float:
        """X(N*), infinite without a peak."""
        return self.limit if math.isfinite(self.peak_load) else math.inf

    @property
    def limit(self) -> float:
        """X*, the most that can be reached; see :attr:`Capacity.limit`."""
        return self.capacity.limit

    def band(self, load: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return the lower and upper end of the curve's 90 % band at loads of shape (m,)."""
        tail = (1.0 - wall_rules().interval.value) / 2.0
        last = len(self.draws) - 1
        low, high = round(tail * last), round((1.0 - tail) * last)
        drawn = np.ascontiguousarray(usl_fit.curve(self.draws, load).T)
        drawn.partition((low, high), axis=1)
        return drawn[:, low], drawn[:, high]


def fit_usl(load: ArrayLike, throughput: ArrayLike) -> UslFit:
    """Fit the Universal Scalability Law to measured points.

    Least squares with sigma and kappa in [0, 1]: without those bounds a test without a peak gets a negative kappa,
    which means nothing. Ranges: see :func:`models.usl_fit.resampled`.

    Args:
        load: nodes, processors or simultaneous users of each point, 1 or more, in any order.
        throughput: requests served per unit of time at each, above 0.

    Raises:
        InputError: for points that no curve can be fitted to.
    """
    loads, throughputs = _sorted_points(load, throughput)
    figures = usl_fit.bounded_fit(loads, throughputs)
    rules = wall_rules()
    rng = np.random.default_rng(int(rules.seed.value))
    draws = usl_fit.resampled(loads, throughputs, figures, int(rules.resamples.value), rng)
    fitted = usl_fit.curve(figures, loads)
    capacity = Capacity(*(float(figure) for figure in figures))
    intervals = _intervals(draws)
    r_squared = usl_fit.share_of_spread(throughputs, fitted)
    return UslFit(
        lambda_=capacity.rate,
        sigma=capacity.sigma,
        kappa=capacity.kappa,
        load=loads,
        throughput=throughputs,
        draws=draws,
        intervals=intervals,
        r_squared=r_squared,
        miss=float(np.sqrt(((throughputs - fitted) ** 2).mean()) / throughputs.mean()),
        warnings=tuple(_warnings(capacity, loads, throughputs, intervals, r_squared)),
    )


def _sorted_points(load: ArrayLike, throughput: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Return the points in order of load; refuse those that no curve can be fitted to."""
    loads, throughputs = np.asarray(load, dtype=np.float64), np.asarray(throughput, dtype=np.float64)
    if loads.ndim != 1 or loads.shape != throughputs.shape:
        message = f"{loads.size} loads and {throughputs.size} throughputs are no pairs"
        raise InputError(Problem(message, "give one throughput for each load"))
    most = int(wall_rules().most_points.value)
    if len(loads) > most:
        message = f"{len(loads):,} points are more than {most:,}"
        raise InputError(Problem(message, "count what was measured at one load together"))
    _refuse_impossible(loads, "load", 1.0, "1 or more")
    _refuse_impossible(throughputs, "throughput", sys.float_info.min, "above 0")
    fewest = int(wall_rules().fewest_loads.value)
    different = len(set(loads.tolist()))
    if different < fewest:
        count = f"{different} different load{'s' if different != 1 else ''}" if different else "no loads"
        message = f"the points hold {count}, and a curve of three figures needs at least {fewest}"
        raise InputError(Problem(message, "measure more loads, from one user up to where throughput no longer rises"))
    if throughputs.min() == throughputs.max():
        message = f"the throughput is {throughputs[0]:g} at every load"
        raise InputError(Problem(message, "measure smaller loads too, where throughput still rises"))
    order = np.lexsort((throughputs, loads))
    return loads[order], throughputs[order]


def _refuse_impossible(values: FloatArray, name: str, least: float, said: str) -> None:
    for number, value in enumerate(values, 1):
        if not least <= value <= _LARGEST:
            message = f"the {name} of point {number} is {value:g}"
            raise InputError(Problem(message, f"give figures {said} and at most {_LARGEST:g}"))


def _intervals(draws: FloatArray) -> Mapping[str, Interval]:
    tail = (1.0 - wall_rules().interval.value) / 2.0
    columns = {"lambda": draws[:, 0], "sigma": draws[:, 1], "kappa": draws[:, 2]}
    columns |= {"peak_load": usl_fit.peaks(draws), "limit": usl_fit.limits(draws)}
    return MappingProxyType(
        {name: Interval(*usl_fit.ends(values, tail, 1.0 - tail)) for name, values in columns.items()}
    )


def _warnings(
    capacity: Capacity,
    loads: FloatArray,
    throughputs: FloatArray,
    intervals: Mapping[str, Interval],
    r_squared: float,
) -> Sequence[Warning_]:
    rules, last, peak = wall_rules(), float(loads[-1]), capacity.peak_load
    counts, straight = Counter(loads.tolist()), capacity.sigma == capacity.kappa == 0.0
    found: dict[Warning_, bool] = {
        "no_peak": math.isinf(peak),
        "short": math.isfinite(peak) and last < rules.short_share.value * peak,
        "beyond": math.isfinite(peak) and rules.short_share.value * peak <= last < peak,
        "open": math.isinf(intervals["limit"].high),
        "poor": r_squared < rules.poor_r_squared.value,
        "above": float(throughputs.max()) > (1.0 + rules.above_share.value) * capacity.limit,
        "few": len(counts) < rules.enough_loads.value,
        "repeated": max(counts.values()) > 1,
        "straight": straight,
        "kappa_bound": capacity.kappa in {0.0, 1.0} and not straight,
        "sigma_bound": capacity.sigma in {0.0, 1.0} and not straight,
    }
    return [name for name, holds in found.items() if holds]
