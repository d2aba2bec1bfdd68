"""When to start: the worth of every start month, on one set of futures, and what each month of delay costs.

Every start d = 0..T-1 is compared with acting only when forced; a start at T is *never*, and worth exactly nothing.
Expected worth is the expectation given the figures, as in the decision rule. It is estimated on fewer paths than the
decision and then moved by what those paths are known to be off by: the two starts of the decision are known from the
whole run, and serve as control variates. So the curve passes through the decision's own figures.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from models.cost_curves import REACTIVE, costs_by_path, strategies
from models.distributions import FloatArray
from models.inputs import ModelInputs
from models.outcomes import Curves, StrategyCurves, quantiles
from models.programme import Programme

TIMING_PATHS = 4_000
"""Paths of the timing curve: sixty starts on all 20,000 would take most of a minute."""
DELAY_MONTHS = 12
"""The cost of delay is the mean over a wait of this many months from now."""
STANDARD_ERRORS = 2.0
"""Two expected worths closer than this many standard errors of their difference cannot be told apart."""
Claim = Literal["holds", "later", "never", "undecided", "no_signals"]


@dataclass(frozen=True, slots=True)
class Signals:
    """When the failure signals fire under one strategy: the distribution of the trigger month tau.

    Attributes:
        probability: that they fire within the horizon.
        p5: first month by which they have fired on 5 % of all paths; None when fewer ever do. p50 and p95 likewise.
        p50: the median month.
        p95: the late end.
    """

    probability: float
    p5: int | None
    p50: int | None
    p95: int | None


@dataclass(frozen=True, eq=False)
class Timing:
    """The timing curve; arrays have shape (T + 1,), by start month d = 0..T, of which the last is *never*.

    Attributes:
        npv: E NPV against acting only when forced, in currency.
        standard_error: of ``npv``.
        p5: 5th percentile of the NPV with its incidents as they happened; ``p95`` likewise.
        p95: 95th percentile.
        paths: futures of the curve.
        best_start: d*, the start with the largest E NPV; None for never.
        best_npv: its E NPV; 0 for never.
        as_good: starts whose E NPV cannot be told from that of ``best_start``, rising; T stands for never.
        cost_of_delay_per_month: (E NPV(0) - E NPV(m)) / m for m = ``delay_months``; negative when waiting saves.
        cost_of_delay_error: its standard error.
        delay_months: 12, or the horizon when that is shorter.
        signals: by strategy, when the failure signals fire.
        claim: whether "the return is highest before the signals emerge" holds for this team: ``holds``; ``later``, a
            start after the median signal is worth more; ``never``, no start before it is worth more than nothing;
            ``undecided`` within two standard errors; ``no_signals`` when they fire on fewer than half of the paths.
        best_before: the largest E NPV among starts before the median signal under ``reactive``; None without one.
        best_after: the largest among starts from it on, never included.
    """

    npv: FloatArray
    standard_error: FloatArray
    p5: FloatArray
    p95: FloatArray
    paths: int
    best_start: int | None
    best_npv: float
    as_good: tuple[int, ...]
    cost_of_delay_per_month: float
    cost_of_delay_error: float
    delay_months: int
    signals: Mapping[str, Signals]
    claim: Claim
    best_before: float | None
    best_after: float | None

    @property
    def months(self) -> int:
        """Horizon T."""
        return self.npv.size - 1


def timing(
    inputs: ModelInputs,
    programme: Programme,
    curves: Curves,
    *,
    paths: int = TIMING_PATHS,
    should_stop: Callable[[], bool] | None = None,
    progress: Callable[[float], None] | None = None,
) -> Timing:
    """Return the worth of each start month, with the best one and the cost of delay.

    Args:
        inputs: the distributions of the run.
        programme: the plan.
        curves: the run of the decision: its seed, its months, and what its own starts are worth on all its paths.
        paths: futures of the timing curve; at most those of ``curves``.
        should_stop: asked between chunks.
        progress: told the finished share.

    Raises:
        SimulationStoppedError: when ``should_stop`` said yes.
    """
    months, count = curves.months, min(paths, curves.paths)
    plans = strategies(inputs, programme, months, {str(start): start for start in range(months)})
    found = costs_by_path(inputs, plans, paths=count, seed=curves.seed, should_stop=should_stop, progress=progress)
    expected, happened = (_npvs(costs, months) for costs in (found.expected, found.happened))
    anchor = _Anchor.of(expected, curves)
    npv, error = anchor.mean(expected)
    npv[-1], error[-1] = 0.0, 0.0
    p5, _, p95 = quantiles(np.sort(happened, axis=1))
    best = months if npv[:-1].max(initial=0.0) <= 0.0 else int(np.argmax(npv))
    wait = min(DELAY_MONTHS, months)
    lost, lost_error = anchor.mean(expected[:1] - expected[wait : wait + 1])
    signals = {name: signal_months(strategy) for name, strategy in curves.strategies.items()}
    claim = _claim(anchor, expected, npv, signals[REACTIVE].p50)
    return Timing(
        npv=npv,
        standard_error=error,
        p5=p5,
        p95=p95,
        paths=count,
        best_start=None if best == months else best,
        best_npv=float(npv[best]),
        as_good=_as_good(anchor, expected, best),
        cost_of_delay_per_month=float(lost[0]) / wait,
        cost_of_delay_error=float(lost_error[0]) / wait,
        delay_months=wait,
        signals=signals,
        claim=claim[0],
        best_before=claim[1],
        best_after=claim[2],
    )


def signal_months(strategy: StrategyCurves) -> Signals:
    """Return when the failure signals fire under a strategy that has been simulated."""
    reached = strategy.wall_probability

    def first(share: float) -> int | None:
        months = np.flatnonzero(reached >= share)
        return int(months[0]) + 1 if months.size else None

    return Signals(float(reached[-1]), first(0.05), first(0.50), first(0.95))


def _npvs(costs: Mapping[str, FloatArray], months: int) -> FloatArray:
    """Return the NPV of each start on each path, shape (T + 1, paths); the last row is never."""
    reactive = costs[REACTIVE]
    rows = [reactive - costs[str(start)] for start in range(months)]
    return np.stack([*rows, np.zeros_like(reactive)])


@dataclass(frozen=True, eq=False)
class _Anchor:
    """The decision's own starts as control variates.

    Attributes:
        controls: their E NPV on the paths of the curve, less its mean there, shape (controls, paths).
        moved: their mean over the whole run, less the mean on the paths of the curve, shape (controls,).
        covariance: of the controls, shape (controls, controls).
        inverse: its pseudo-inverse.
        all_paths: paths of the whole run.
    """

    controls: FloatArray
    moved: FloatArray
    covariance: FloatArray
    inverse: FloatArray
    all_paths: int

    @classmethod
    def of(cls, expected: FloatArray, curves: Curves) -> _Anchor:
        last = expected.shape[0] - 1
        starts = {name: item.start_month for name, item in curves.strategies.items() if item.start_month is not None}
        rows = expected[[min(start, last) for start in starts.values()]]
        means = rows.mean(axis=1)
        known = np.array([curves.expected_npv[name] for name in starts])
        covariance = np.atleast_2d(np.cov(rows))
        inverse = np.asarray(np.linalg.pinv(covariance, rcond=1e-10, hermitian=True), dtype=np.float64)
        return cls(rows - means[:, None], known - means, covariance, inverse, curves.paths)

    def mean(self, values: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return the mean of each row of ``values`` (rows, paths) over the whole run, and its standard error."""
        paths = values.shape[1]
        centred = values - values.mean(axis=1, keepdims=True)
        slope = centred @ self.controls.T / (paths - 1) @ self.inverse
        left = centred - slope @ self.controls
        known = np.einsum("ij,jk,ik->i", slope, self.covariance, slope)
        error = np.sqrt((left**2).sum(axis=1) / (paths - 1) / paths + np.maximum(known, 0.0) / self.all_paths)
        return values.mean(axis=1) + slope @ self.moved, error


def _as_good(anchor: _Anchor, expected: FloatArray, best: int) -> tuple[int, ...]:
    behind, error = anchor.mean(expected[best] - expected)
    behind[best] = 0.0
    return tuple(int(start) for start in np.flatnonzero(behind <= STANDARD_ERRORS * error))


def _claim(
    anchor: _Anchor, expected: FloatArray, npv: FloatArray, signal: int | None
) -> tuple[Claim, float | None, float | None]:
    """Compare the best start before the median signal with the best from it on; never is among the later ones."""
    if signal is None:
        return "no_signals", None, None
    before = int(np.argmax(npv[:signal]))
    after = signal + int(np.argmax(npv[signal:]))
    ahead, error = anchor.mean((expected[before] - expected[after])[None, :])
    found = float(npv[before]), float(npv[after])
    if abs(float(ahead[0])) <= STANDARD_ERRORS * float(error[0]) and before != after:
        return "undecided", *found
    if ahead[0] > 0.0:
        return "holds", *found
    return "later" if npv[after] > 0.0 else "never", *found
