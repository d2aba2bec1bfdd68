"""What knowing a figure before deciding is worth.

EVPPI(x) = E_x[max_d E[NPV_d | x]] - max_d E[NPV_d], over the decisions d, *never* (0) among them. E[NPV_d | x] is
fitted by regression on the ranks of x, with less weight where the NPV varies more: costs have long tails, and a plain
fit would bend everywhere to follow the few dearest futures.

A fit that is judged on the futures that made it would find worth in noise; here the decision is fitted on four fifths
of the futures and judged on the fifth that it has not seen, five times over. What is reported is then the worth of a
decision rule that could be used: it is never above EVPI on the same futures, a figure without influence is worth
nothing within error, and a coarse fit errs low.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from models.distributions import FloatArray
from models.moments import Choices
from models.progress import IntArray

KNOTS = 9
BINS = 16
_LEAST_SHARE = 1e-8
FOLDS = 5
FEWEST_PATHS = 2 * FOLDS
"""A fold needs paths to be fitted on and paths to be judged on."""


@dataclass(frozen=True, slots=True)
class Worth:
    """What knowing one figure, or several together, is worth before deciding.

    Attributes:
        name: of the figure or group.
        value: EVPPI in currency, 0 or more.
        standard_error: of the estimate, in currency.
    """

    name: str
    value: float
    standard_error: float


def evppi(npvs: Mapping[str, FloatArray], figures: Mapping[str, FloatArray], name: str = "") -> Worth:
    """Return the expected value of knowing some figures exactly before deciding.

    Args:
        npvs: NPV of each decision on each path, shape (paths,); *never*, which is worth 0, is always one more. They
            should be expectations given all figures of the path: luck is no information.
        figures: the figures that would be known together, on the same paths, shape (paths,) each.
        name: of the result; by default the names of the figures.

    Raises:
        ValueError: for fewer than ten paths, or no decision or figure.
    """
    if not npvs or not figures or next(iter(npvs.values())).size < FEWEST_PATHS:
        message = f"the value of information needs a decision, a figure and {FEWEST_PATHS} paths or more"
        raise ValueError(message)
    table = np.vstack([np.zeros_like(next(iter(npvs.values()))), *npvs.values()])
    chosen = _cross_fitted(table, [_ranks(figure) for figure in figures.values()])
    best = int(np.argmax(table.mean(axis=1)))
    gain = np.take_along_axis(table, chosen[None, :], axis=0)[0] - table[best]
    error = float(gain.std(ddof=1)) / gain.size**0.5
    return Worth(name or " ".join(figures), max(0.0, float(gain.mean())), error)


def evpi(npvs: Mapping[str, FloatArray]) -> float:
    """Return the expected value of knowing everything before deciding; arguments as for :func:`evppi`."""
    return Choices.of(np.vstack(list(npvs.values()))).perfect_information


def _cross_fitted(table: FloatArray, ranks: list[FloatArray]) -> IntArray:
    """Return for each path the decision that the other folds would take on it, shape (paths,).

    Paths are in random order as they were drawn, so that every fifth one is a random fifth.
    """
    paths = table.shape[1]
    fold, basis = np.arange(paths) % FOLDS, _basis(ranks)
    bins = [np.minimum((places * BINS).astype(np.int64), BINS - 1) for places in ranks]
    chosen = np.empty(paths, dtype=np.int64)
    for part in range(FOLDS):
        known, judged = basis[fold != part], basis[fold == part]
        here = [places[fold != part] for places in bins]
        fits = [judged @ _fitted(known, row[fold != part], here) for row in table[1:]]
        chosen[fold == part] = np.argmax(np.vstack([np.zeros(judged.shape[0]), *fits]), axis=0)
    return chosen


def _fitted(basis: FloatArray, npv: FloatArray, bins: list[IntArray]) -> FloatArray:
    """Return the coefficients of a weighted fit; the spread is that of each figure's bins, multiplied together."""
    root = np.ones_like(npv)
    for places in bins:
        counts = np.maximum(np.bincount(places, minlength=BINS), 1)
        means = np.bincount(places, weights=npv, minlength=BINS) / counts
        variances = np.bincount(places, weights=(npv - means[places]) ** 2, minlength=BINS) / counts
        least = max(float(variances.max()) * _LEAST_SHARE, np.finfo(np.float64).tiny)
        root *= np.sqrt(least / np.maximum(variances, least))[places]
    root /= root.max()
    weighted = basis * root[:, None]
    return np.asarray(
        np.linalg.lstsq(weighted.T @ weighted, weighted.T @ (npv * root), rcond=1e-12)[0], dtype=np.float64
    )


def _basis(ranks: list[FloatArray]) -> FloatArray:
    """Return a constant and, for each figure, the hat functions of a line with nine knots over its ranks."""
    columns = [np.ones_like(ranks[0])]
    for places in ranks:
        at = places * (KNOTS - 1)
        columns += [np.maximum(0.0, 1.0 - np.abs(at - knot)) for knot in range(1, KNOTS)]
    return np.column_stack(columns)


def _ranks(figure: FloatArray) -> FloatArray:
    """Return the ranks of a figure in [0, 1]; equal figures have equal ranks."""
    _, place, counts = np.unique(figure, return_inverse=True, return_counts=True)
    middle = np.cumsum(counts) - (counts + 1.0) / 2.0
    return np.asarray(middle[place] / max(figure.size - 1, 1), dtype=np.float64)
