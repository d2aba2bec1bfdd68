"""Rates, medians and spreads from counted events and timed ones, each with its interval.

Everything is exact or seeded: the same records give the same figures on every machine.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv, gammaincc, gammaincinv, log_ndtr, ndtri, stdtrit

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
IntArray = NDArray[np.int64]
_HALF = 0.5
_ROUNDING = 1e-12
_MOST_CELLS = 40_000_000
_CHUNK_CELLS = 1_000_000
_FEWEST_RESAMPLES = 200
_MOST_STEPS = 100
_LOG_ROOT_TWO_PI = 0.5 * math.log(2.0 * math.pi)


@dataclass(frozen=True, slots=True)
class Interval:
    """An interval that holds ``share`` of what is possible; ``high`` is None where the records set no upper end."""

    low: float
    high: float | None
    share: float


@dataclass(frozen=True, slots=True)
class LognormalFit:
    """A lognormal fitted by maximum likelihood.

    Attributes:
        median: exp(mu), in the unit of the durations.
        sigma: of the natural logarithm.
        closed: durations that ended.
        open: durations of which only a lower bound is known.
        median_interval: of the median, by Student's t with closed - 1 degrees of freedom, exact when nothing is open.
        sigma_interval: of sigma, normal on its logarithm.
        longest: the longest of them, also of those still open.
    """

    median: float
    sigma: float
    closed: int
    open: int
    median_interval: Interval
    sigma_interval: Interval
    longest: float

    @property
    def mean(self) -> float:
        """Mean of the fitted lognormal, which its tail may put beyond anything that was measured."""
        return self.median * math.exp(self.sigma**2 / 2.0)


@dataclass(frozen=True, slots=True)
class Dispersion:
    """How far counts vary beyond chance.

    Attributes:
        phi: (variance - mean) / mean^2, at least 0: 0 is a Poisson process.
        blocks: spans of equal length in which events were counted.
        chance: probability of counts at least as unequal if the rate never changed.
    """

    phi: float
    blocks: int
    chance: float


@dataclass(frozen=True, eq=False)
class Timed:
    """Durations with the block that each belongs to, sorted; an open one ends after its last known moment.

    Attributes:
        values: shape (n,), any unit.
        open: shape (n,), whether only a lower bound is known.
        blocks: shape (n,), from 0 to below ``of``.
        of: number of blocks.
    """

    values: FloatArray
    open: BoolArray
    blocks: IntArray
    of: int

    @classmethod
    def of_records(cls, values: list[float], open_: list[bool], blocks: list[int], of: int) -> Timed:
        """Return durations in order; of two equal ones the closed one comes first."""
        order = np.lexsort((np.asarray(open_, bool), np.asarray(values, float)))
        return cls(
            np.asarray(values, np.float64)[order],
            np.asarray(open_, np.bool_)[order],
            np.asarray(blocks, np.int64)[order],
            of,
        )


def poisson_interval(count: int, exposure: float, share: float) -> Interval:
    """Return the exact interval of a rate: ``count`` events in ``exposure`` (> 0) of time.

    The ends are the rates at which so many events or more, and so many or fewer, come with probability
    (1 - share) / 2: gamma quantiles (Garwood 1936).
    """
    tail = (1.0 - share) / 2.0
    low = float(gammaincinv(count, tail)) if count else 0.0
    return Interval(low / exposure, float(gammaincinv(count + 1, 1.0 - tail)) / exposure, share)


def share_interval(hits: int, of: int, share: float) -> Interval:
    """Return the exact interval of a share, ``hits`` out of ``of`` > 0 (Clopper and Pearson 1934)."""
    tail = (1.0 - share) / 2.0
    low = float(betaincinv(hits, of - hits + 1, tail)) if hits else 0.0
    high = float(betaincinv(hits + 1, of - hits, 1.0 - tail)) if hits < of else 1.0
    return Interval(low, high, share)


def dispersion(counts: list[int]) -> Dispersion | None:
    """Return how far counts in equal spans vary beyond chance; None when there is no event."""
    found = np.asarray(counts, np.float64)
    mean = float(found.mean())
    if mean == 0:
        return None
    variance = float(found.var(ddof=1))
    index = variance / mean * (len(counts) - 1)
    chance = float(gammaincc((len(counts) - 1) / 2.0, index / 2.0))
    return Dispersion(max(0.0, (variance - mean) / mean**2), len(counts), chance)


def median(timed: Timed) -> float | None:
    """Return the median by Kaplan and Meier (1958); the usual one when nothing is open, None when it is not reached."""
    if not timed.values.size:
        return None
    found = float(_medians(timed, np.ones((1, timed.values.size)))[0])
    return found if math.isfinite(found) else None


def _medians(timed: Timed, weights: FloatArray) -> FloatArray:
    """Return the weighted median of each row of ``weights``, shape (k, n); infinity where it is not reached."""
    at_risk = np.flip(np.cumsum(np.flip(weights, 1), 1), 1)
    ended = np.where(timed.open, 0.0, weights)
    lost = np.divide(ended, at_risk, out=np.zeros_like(ended), where=at_risk > 0)
    surviving = np.cumprod(1.0 - lost, axis=1)
    reached = surviving <= _HALF + _ROUNDING
    first = reached.argmax(axis=1)
    rows = np.arange(len(weights))
    found = np.where(reached.any(axis=1), timed.values[first], np.inf)
    # On exactly one half the median lies midway to the next end, as for an even number of figures.
    later = (surviving < _HALF - _ROUNDING) & (ended > 0)
    follows = later.argmax(axis=1)
    midway = (np.abs(surviving[rows, first] - _HALF) <= _ROUNDING) & later.any(axis=1)
    return np.where(midway, (found + timed.values[follows]) / 2.0, found)


def median_interval(timed: Timed, share: float, resamples: int, seed: tuple[int, int]) -> Interval | None:
    """Return the bootstrap interval of the median, whole blocks drawn with replacement.

    Above 20,000 durations fewer resamples are drawn, so that the work stays bounded; None when fewer than two blocks
    hold a duration.
    """
    size = timed.values.size
    if len(np.unique(timed.blocks)) < 2:  # noqa: PLR2004 (one block has no spread)
        return None
    drawn = block_draws(timed.of, max(_FEWEST_RESAMPLES, min(resamples, _MOST_CELLS // size)), seed)
    rows = max(1, _CHUNK_CELLS // size)
    weights = (drawn[start : start + rows][:, timed.blocks] for start in range(0, len(drawn), rows))
    medians = np.concatenate([_medians(timed, part)[part.any(axis=1)] for part in weights])
    return quantiles(medians, share)


def block_draws(blocks: int, resamples: int, seed: tuple[int, int]) -> FloatArray:
    """Return how often each block is drawn in each resample, shape (resamples, blocks)."""
    generator = np.random.Generator(np.random.SFC64(np.random.SeedSequence(seed)))
    return generator.multinomial(blocks, np.full(blocks, 1.0 / blocks), size=resamples).astype(np.float64)


def quantiles(values: FloatArray, share: float) -> Interval | None:
    """Return the interval between the outer quantiles of resampled figures; an infinite end is none."""
    if not values.size:
        return None
    tail = (1.0 - share) / 2.0
    low, high = (float(end) for end in np.quantile(values, [tail, 1.0 - tail], method="inverted_cdf"))
    return None if not math.isfinite(low) else Interval(low, high if math.isfinite(high) else None, share)


def fit_lognormal(closed: FloatArray, still_open: FloatArray, share: float) -> LognormalFit | None:
    """Return the lognormal that makes the durations likeliest; open ones count as longer than they are so far.

    In theta = 1 / sigma and delta = mu / sigma the likelihood is concave (Olsen 1978), so Newton's method finds its
    one maximum.

    Args:
        closed: durations that ended, shape (n,), each > 0.
        still_open: durations so far of those that did not, shape (m,), each > 0.
        share: of the intervals.

    Returns:
        None for fewer than two different closed durations, which leave the spread open.
    """
    logs, bounds = np.log(closed), np.log(still_open)
    if logs.size < 2 or float(np.ptp(logs)) <= _ROUNDING:  # noqa: PLR2004 (one figure has no spread)
        return None
    centre = float(logs.mean())
    found = _newton(logs - centre, bounds - centre)
    if found is None:
        return None
    delta, theta, covariance = found
    mu, sigma = delta / theta + centre, 1.0 / theta
    to_mu, to_log_sigma = np.array([1.0 / theta, -delta / theta**2]), np.array([0.0, -1.0 / theta])
    error_mu = math.sqrt(float(to_mu @ covariance @ to_mu))
    error_sigma = math.sqrt(float(to_log_sigma @ covariance @ to_log_sigma))
    return LognormalFit(
        median=math.exp(mu),
        sigma=sigma,
        closed=logs.size,
        open=bounds.size,
        median_interval=_around(mu, _student(logs.size, share) * error_mu, share),
        sigma_interval=_around(math.log(sigma), float(ndtri((1.0 + share) / 2.0)) * error_sigma, share),
        longest=float(max(closed.max(), still_open.max(initial=0.0))),
    )


def _student(size: int, share: float) -> float:
    """Return the half width of an interval in errors: Student's, for a spread estimated by maximum likelihood."""
    free = size - 1
    return float(stdtrit(free, (1.0 + share) / 2.0)) * math.sqrt(size / free)


def _around(middle: float, half: float, share: float) -> Interval:
    return Interval(math.exp(middle - half), math.exp(middle + half), share)


def _newton(logs: FloatArray, bounds: FloatArray) -> tuple[float, float, FloatArray] | None:
    """Return delta, theta and the covariance of both at the maximum; None when it is not found."""
    here = np.array([0.0, 1.0 / max(float(logs.std()), 1e-6)])
    for _ in range(_MOST_STEPS):
        slope, curve = _slopes(here, logs, bounds)
        step = np.linalg.solve(curve, slope)
        length = 1.0
        while here[1] - length * step[1] <= 0 or _likelihood(here - length * step, logs, bounds) < _likelihood(
            here, logs, bounds
        ) - _ROUNDING * (1.0 + abs(_likelihood(here, logs, bounds))):
            length /= 2.0
            if length < _ROUNDING:
                return None
        here = here - length * step
        if float(np.abs(step).max()) <= 1e-10 * (1.0 + float(np.abs(here).max())):
            covariance = np.asarray(np.linalg.inv(-_slopes(here, logs, bounds)[1]), dtype=np.float64)
            return float(here[0]), float(here[1]), covariance
    return None


def _likelihood(here: FloatArray, logs: FloatArray, bounds: FloatArray) -> float:
    delta, theta = here
    ended = logs.size * math.log(theta) - 0.5 * float(np.sum((theta * logs - delta) ** 2))
    return ended + float(np.sum(log_ndtr(delta - theta * bounds)))


def _slopes(here: FloatArray, logs: FloatArray, bounds: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the first and second derivatives of the log-likelihood in (delta, theta)."""
    delta, theta = here
    rest = theta * logs - delta
    beyond = delta - theta * bounds
    hazard = np.exp(-0.5 * beyond**2 - _LOG_ROOT_TWO_PI - log_ndtr(beyond))
    bend = -hazard * (beyond + hazard)
    slope = np.array([rest.sum() + hazard.sum(), logs.size / theta - (rest * logs).sum() - (hazard * bounds).sum()])
    cross = logs.sum() - (bend * bounds).sum()
    curve = np.array(
        [
            [-logs.size + bend.sum(), cross],
            [cross, -logs.size / theta**2 - (logs**2).sum() + (bend * bounds**2).sum()],
        ]
    )
    return slope, curve
