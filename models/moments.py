"""Means and spreads over more paths than are kept: exact sums, put together chunk by chunk."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from models.distributions import FloatArray


@dataclass(frozen=True, slots=True)
class Moments:
    """Count, mean and sum of squared deviations of one figure over paths.

    Two of them combine without loss of digits (Chan, Golub and LeVeque 1983, "Algorithms for computing the sample
    variance", The American Statistician 37).
    """

    count: int
    mean: float
    squares: float

    @classmethod
    def of(cls, values: FloatArray) -> Moments:
        """Return the moments of values, shape (paths,), one or more."""
        mean = float(values.mean())
        return cls(values.size, mean, float(np.square(values - mean).sum()))

    @classmethod
    def over(cls, parts: Iterable[Moments]) -> Moments:
        """Return the moments of all parts together, combined in their order."""
        whole = cls(0, 0.0, 0.0)
        for part in parts:
            count = whole.count + part.count
            apart = part.mean - whole.mean
            squares = whole.squares + part.squares + apart * apart * whole.count * part.count / count
            whole = cls(count, whole.mean + apart * part.count / count, squares)
        return whole

    @property
    def standard_error(self) -> float:
        """Standard error of the mean; 0 for a single value."""
        return math.sqrt(self.squares / (self.count - 1) / self.count) if self.count > 1 else 0.0


@dataclass(frozen=True, eq=False)
class Choices:
    """Sums over paths of what the options are worth; ``never``, worth 0, is the first of them.

    Attributes:
        paths: how many.
        worth: sum of each option's expected NPV, shape (options,).
        best: sum of the largest of them.
        wins: paths on which each option is best, shape (options,); a tie goes to the earlier one.
    """

    paths: int
    worth: FloatArray
    best: float
    wins: FloatArray

    @classmethod
    def of(cls, npvs: FloatArray) -> Choices:
        """Return the sums of the NPVs of every start, shape (starts, paths)."""
        table = np.vstack([np.zeros((1, npvs.shape[1])), npvs])
        wins = np.bincount(np.argmax(table, axis=0), minlength=table.shape[0]).astype(np.float64)
        return cls(npvs.shape[1], table.sum(axis=1), float(table.max(axis=0).sum()), wins)

    @classmethod
    def over(cls, parts: Sequence[Choices]) -> Choices:
        """Return the sums of all parts, added in their order."""
        return cls(
            sum(part.paths for part in parts),
            np.sum([part.worth for part in parts], axis=0),
            math.fsum(part.best for part in parts),
            np.sum([part.wins for part in parts], axis=0),
        )

    @property
    def means(self) -> FloatArray:
        """Expected NPV of each option, shape (options,)."""
        return self.worth / self.paths

    @property
    def probabilities(self) -> FloatArray:
        """Share of paths on which each option is best, shape (options,)."""
        return self.wins / self.paths

    @property
    def perfect_information(self) -> float:
        """E[largest] - largest E: what knowing every figure before deciding is worth on average; 0 or more."""
        return max(0.0, self.best / self.paths - float(self.means.max()))
