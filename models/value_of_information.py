"""What knowing a figure before deciding is worth.

EVPPI(x) = E_x[max_d E[NPV_d | x]] - max_d E[NPV_d], over the decisions d, *never* (0) among them. E[NPV_d | x] is
fitted by regression on the ranks of x. A fit that is judged on the futures that made it would find worth in noise;
here the decision is fitted on four fifths of the futures and judged on the fifth that it has not seen, five times over.
What is reported is then the worth of a decision rule that could be used: it is never above EVPI on the same futures, a
figure without influence is worth nothing within error, and a coarse fit errs low.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from models.distributions import FloatArray
from models.moments import Choices
from models.progress import IntArray

KNOTS = 9
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
    chosen = _cross_fitted(table, _basis(figures))
    best = int(np.argmax(table.mean(axis=1)))
    gain = np.take_along_axis(table, chosen[None, :], axis=0)[0] - table[best]
    error = float(gain.std(ddof=1)) / gain.size**0.5
    return Worth(name or " ".join(figures), max(0.0, float(gain.mean())), error)


def evpi(npvs: Mapping[str, FloatArray]) -> float:
    """Return the expected value of knowing everything before deciding; arguments as for :func:`evppi`."""
    return Choices.of(np.vstack(list(npvs.values()))).perfect_information


def _cross_fitted(table: FloatArray, basis: FloatArray) -> IntArray:
    """Return for each path the decision that the other folds would take on it, shape (paths,).

    Paths are in random order as they were drawn, so that every fifth one is a random fifth.
    """
    paths = table.shape[1]
    fold = np.arange(paths) % FOLDS
    moments = [basis[fold == part].T @ basis[fold == part] for part in range(FOLDS)]
    products = [basis[fold == part].T @ table[:, fold == part].T for part in range(FOLDS)]
    whole, product = np.sum(moments, axis=0), np.sum(products, axis=0)
    chosen = np.empty(paths, dtype=np.int64)
    for part in range(FOLDS):
        weights = np.linalg.lstsq(whole - moments[part], product - products[part], rcond=1e-10)[0]
        chosen[fold == part] = np.argmax(basis[fold == part] @ weights, axis=1)
    return chosen


def _basis(figures: Mapping[str, FloatArray]) -> FloatArray:
    """Return a constant and, for each figure, the hat functions of a line with nine knots over its ranks."""
    paths = next(iter(figures.values())).size
    columns = [np.ones(paths)]
    for figure in figures.values():
        place = _ranks(figure) * (KNOTS - 1)
        columns += [np.maximum(0.0, 1.0 - np.abs(place - knot)) for knot in range(1, KNOTS)]
    return np.column_stack(columns)


def _ranks(figure: FloatArray) -> FloatArray:
    """Return the ranks of a figure in [0, 1]; equal figures have equal ranks."""
    _, place, counts = np.unique(figure, return_inverse=True, return_counts=True)
    middle = np.cumsum(counts) - (counts + 1.0) / 2.0
    return np.asarray(middle[place] / max(figure.size - 1, 1), dtype=np.float64)
