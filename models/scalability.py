"""The scalability wall: throughput by the Universal Scalability Law, its peak, its inverse and the month it is met.

X(N) = lambda N / (1 + sigma (N - 1) + kappa N (N - 1)), with N the number of nodes, processors or users, lambda the
throughput of one, sigma contention (share of the work that queues) and kappa the cost of keeping them coherent
(Gunther, "Guerrilla Capacity Planning", 2007, chapters 4-6). Fitting the law to measured points belongs in this
module too, below :class:`Capacity`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from models.distributions import FloatArray


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
