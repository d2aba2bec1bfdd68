"""What matters: how far the result moves with each input, one at a time and all at once.

SALib estimates the Sobol' indices and ``scipy.stats`` makes the points; both are slow to load and loaded when needed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from models.distributions import Fixed, FloatArray
from models.value_of_information import Worth, evppi

__all__ = ["Index", "InvertibleDistribution", "Swing", "Worth", "evppi", "sobol", "tornado"]

RESAMPLES = 200
CONFIDENCE = 0.95
LOW, MIDDLE, HIGH = 0.1, 0.5, 0.9
_SMALLEST = 2.0**-54
Function = Callable[[Mapping[str, FloatArray]], FloatArray]


class InvertibleDistribution(Protocol):
    """Whatever gives figures at cumulative probabilities, such as models.distributions.Pert."""

    def ppf(self, u: FloatArray, /) -> FloatArray:
        """Return the figures at the probabilities ``u`` in (0, 1)."""


@dataclass(frozen=True, slots=True)
class Index:
    """Sobol' indices of one input or group: shares of the variance of the result.

    Attributes:
        name: of the input or group.
        first: first-order index: what it explains alone. An estimate, so it may lie a little below 0.
        first_error: half the 95 % bootstrap interval of ``first``.
        total: total-order index: what it explains alone and together with others.
        total_error: half the 95 % bootstrap interval of ``total``.
    """

    name: str
    first: float
    first_error: float
    total: float
    total_error: float


@dataclass(frozen=True, slots=True)
class Swing:
    """One bar of a tornado: the result with one input at its 10th and at its 90th percentile, all others at the median.

    Attributes:
        name: of the input or group.
        at_low: result with the input at its 10th percentile.
        at_high: result at its 90th percentile.
    """

    name: str
    at_low: float
    at_high: float

    @property
    def width(self) -> float:
        """How far the result moves."""
        return abs(self.at_high - self.at_low)


def sobol(
    function: Function,
    distributions: Mapping[str, InvertibleDistribution],
    n: int,
    seed: int,
    groups: Mapping[str, str] | None = None,
) -> tuple[Index, ...]:
    """Return first-order and total-order Sobol' indices of a function of uncertain inputs, largest total first.

    Saltelli's design on scrambled Sobol' points: the function is evaluated n (D + 2) times, D being the number of
    inputs or groups. The inputs are independent of each other; what hangs together goes into one group. A fixed input
    cannot explain anything and is left out of the design.

    Args:
        function: from figures by input name, shape (rows,) each, to results, shape (rows,).
        distributions: by input name; anything with a ``ppf``.
        n: base sample, a power of two.
        seed: 0 or more.
        groups: group by input name; an input that is not named is a group of its own.

    Raises:
        ValueError: unless n is a power of two of 2 or more, and one input at least is uncertain.

    Source: Saltelli et al. 2010, Computer Physics Communications 181, 259-270; SALib for the estimators.
    """
    names = [name for name, given in distributions.items() if not isinstance(given, Fixed)]
    if n < 2 or n & (n - 1) or not names:  # noqa: PLR2004 - a power of two, and one alone has no spread
        message = "a Sobol' analysis needs a base sample that is a power of two, and an uncertain input"
        raise ValueError(message)
    owner = {name: (groups or {}).get(name, name) for name in names}
    columns = list(dict.fromkeys(owner.values()))
    points = _design(names, owner, columns, n, seed)
    figures = {
        name: given.ppf(points[name] if name in points else np.full(n * (len(columns) + 2), MIDDLE))
        for name, given in distributions.items()
    }
    return _indices(function(figures), columns, seed)


def _design(names: list[str], owner: Mapping[str, str], columns: list[str], n: int, seed: int) -> dict[str, FloatArray]:
    """Return uniform numbers by input in SALib's order: for each base point A, A with each group from B, then B."""
    from scipy.stats import qmc  # noqa: PLC0415 - most of a second to load

    base = qmc.Sobol(d=2 * len(names), scramble=True, rng=np.random.default_rng(seed)).random(n)
    safe = np.clip(base, _SMALLEST, 1.0 - 2.0**-53)
    found = {}
    for place, name in enumerate(names):
        rows = np.repeat(safe[:, place : place + 1], len(columns) + 2, axis=1)
        other = safe[:, len(names) + place]
        rows[:, 1 + columns.index(owner[name])] = other
        rows[:, -1] = other
        found[name] = rows.ravel()
    return found


def _indices(results: FloatArray, columns: list[str], seed: int) -> tuple[Index, ...]:
    if np.ptp(results) == 0.0:  # SALib would divide by the spread
        return tuple(Index(name, 0.0, 0.0, 0.0, 0.0) for name in columns)
    from SALib.analyze.sobol import analyze  # noqa: PLC0415 - loads pandas and scipy.stats

    problem = {"num_vars": len(columns), "names": columns, "bounds": [[0.0, 1.0]] * len(columns)}
    # a seed of 0 would be taken for none, and the global random state used
    found = analyze(
        problem,
        results,
        calc_second_order=False,
        num_resamples=RESAMPLES,
        conf_level=CONFIDENCE,
        seed=seed + 1,
    )
    parts = zip(columns, found["S1"], found["S1_conf"], found["ST"], found["ST_conf"], strict=True)
    indices = [Index(name, *(float(figure) for figure in figures)) for name, *figures in parts]
    return tuple(sorted(indices, key=lambda index: -index.total))


def tornado(
    function: Function, cases: Mapping[str, tuple[Mapping[str, float], Mapping[str, float]]]
) -> tuple[Swing, ...]:
    """Return how far a result moves with each input, the widest first.

    Args:
        function: from figures by input name, shape (rows,) each, to results, shape (rows,).
        cases: by name of a bar, the whole set of figures at its low and at its high end.
    """
    rows = [end for pair in cases.values() for end in pair]
    figures = {name: np.array([row[name] for row in rows]) for name in (rows[0] if rows else {})}
    results = function(figures) if rows else np.empty(0)
    swings = [Swing(name, float(results[2 * place]), float(results[2 * place + 1])) for place, name in enumerate(cases)]
    return tuple(sorted(swings, key=lambda swing: -swing.width))
