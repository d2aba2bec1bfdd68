"""Probability distributions of uncertain inputs, as inverse cumulative functions.

Every draw of the engine starts from a uniform number, so that changing one range leaves the other draws alone and
two strategies can share one future. ``scipy.stats`` is not imported: it costs most of a second at start.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv, ndtri

FloatArray = NDArray[np.float64]

PERT_LAMBDA = 4.0
NORMAL_95 = 1.6448536269514722
"""95th percentile of the standard normal: half the width of a 90 % interval."""
_NODES = 1024
_MIDDLE = 0.5


@dataclass(frozen=True, slots=True)
class Fixed:
    """A figure that is not uncertain; ``value`` in the parameter's unit."""

    value: float

    @property
    def mean(self) -> float:
        """The figure itself."""
        return self.value

    @property
    def variance(self) -> float:
        """Nought."""
        return 0.0

    def ppf(self, u: FloatArray) -> FloatArray:
        """Return the figure in the shape of ``u``."""
        return np.full(np.shape(u), self.value)

    def scaled(self, factor: float) -> Fixed:
        """Return the figure times ``factor`` (> 0)."""
        return Fixed(self.value * factor)


@dataclass(frozen=True, slots=True)
class Pert:
    """A PERT distribution with the standard lambda of 4; ``low`` and ``high`` are its ends, not percentiles.

    alpha = 1 + 4 (mode - low) / (high - low), beta = 1 + 4 (high - mode) / (high - low), on [low, high].

    Attributes:
        low: smallest possible figure.
        mode: likeliest figure.
        high: largest possible figure; ``low == high`` is allowed and is a fixed figure.

    Raises:
        ValueError: unless low <= mode <= high.
    """

    low: float
    mode: float
    high: float

    def __post_init__(self) -> None:
        """Refuse figures out of order."""
        if not self.low <= self.mode <= self.high:
            message = f"a PERT distribution needs low <= mode <= high, not {self.low}, {self.mode}, {self.high}"
            raise ValueError(message)

    @property
    def alpha(self) -> float:
        """First shape of the beta distribution, in [1, 5]."""
        width = self.high - self.low
        return 1.0 + PERT_LAMBDA * ((self.mode - self.low) / width if width > 0 else 0.5)

    @property
    def beta(self) -> float:
        """Second shape of the beta distribution, in [1, 5]."""
        return 2.0 + PERT_LAMBDA - self.alpha

    @property
    def mean(self) -> float:
        """(low + 4 mode + high) / 6."""
        return (self.low + PERT_LAMBDA * self.mode + self.high) / (PERT_LAMBDA + 2.0)

    @property
    def variance(self) -> float:
        """(mean - low) (high - mean) / 7."""
        return (self.mean - self.low) * (self.high - self.mean) / (PERT_LAMBDA + 3.0)

    def ppf(self, u: FloatArray) -> FloatArray:
        """Return the figures at the cumulative probabilities ``u`` in [0, 1], by interpolation in a table."""
        if self.high == self.low:
            return np.full(np.shape(u), self.low)
        return self.low + (self.high - self.low) * _interpolated(_beta_table(round(self.alpha, 12)), u)

    def scaled(self, factor: float) -> Pert:
        """Return the distribution of ``factor`` (> 0) times the figure."""
        return Pert(self.low * factor, self.mode * factor, self.high * factor)


@dataclass(frozen=True, slots=True)
class Lognormal:
    """A lognormal distribution: ``median`` (> 0, in the parameter's unit) and ``sigma`` (>= 0) of the logarithm.

    Raises:
        ValueError: for a median that is not positive or a negative sigma.
    """

    median: float
    sigma: float

    def __post_init__(self) -> None:
        """Refuse what no lognormal has."""
        if self.median <= 0 or self.sigma < 0:
            message = f"a lognormal needs a positive median and sigma >= 0, not {self.median}, {self.sigma}"
            raise ValueError(message)

    @classmethod
    def from_interval(cls, low: float, high: float) -> Lognormal:
        """Return the lognormal of which 90 % lies between ``low`` and ``high`` (5 % on either side).

        Raises:
            ValueError: unless 0 < low <= high.
        """
        if not 0 < low <= high:
            message = f"a lognormal interval needs 0 < low <= high, not {low}, {high}"
            raise ValueError(message)
        return cls(math.sqrt(low) * math.sqrt(high), math.log(high / low) / (2.0 * NORMAL_95))

    @property
    def mean(self) -> float:
        """Median times exp(sigma^2 / 2): always above the median."""
        return self.median * math.exp(self.sigma**2 / 2.0)

    @property
    def variance(self) -> float:
        """(exp(sigma^2) - 1) mean^2."""
        return math.expm1(self.sigma**2) * self.mean**2

    def ppf(self, u: FloatArray) -> FloatArray:
        """Return the figures at the cumulative probabilities ``u`` in (0, 1)."""
        return np.asarray(self.median * np.exp(self.sigma * ndtri(u)), dtype=np.float64)

    def scaled(self, factor: float) -> Lognormal:
        """Return the distribution of ``factor`` (> 0) times the figure."""
        return Lognormal(self.median * factor, self.sigma)


Distribution = Pert | Lognormal | Fixed


def _interpolated(table: FloatArray, u: FloatArray) -> FloatArray:
    """Return the table at ``u``; its nodes are even in sqrt(u) up to the middle and in sqrt(1 - u) from there.

    The inverse is steep at both ends, where these nodes lie close together; even nodes need no search.
    """
    upper = u > _MIDDLE
    root = np.sqrt(0.5 * np.where(upper, 1.0 - u, u))
    place = np.where(upper, 1.0 - root, root) * _NODES
    below = np.minimum(place.astype(np.intp), _NODES - 1)
    low = table[below]
    return np.asarray(low + (table[below + 1] - low) * (place - below), dtype=np.float64)


@lru_cache(maxsize=128)
def _beta_table(alpha: float) -> FloatArray:
    """Return the inverse of the regularised incomplete beta function at the nodes; the shapes add up to 6."""
    half = 2.0 * (np.arange(_NODES // 2 + 1) / _NODES) ** 2
    nodes = np.concatenate([half, 1.0 - half[-2::-1]])
    return np.asarray(betaincinv(alpha, 2.0 + PERT_LAMBDA - alpha, nodes), dtype=np.float64)
