"""One run of a what-if: curves, the fan of the net benefit, when the money is back, and what waiting costs."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from models.case import Case
from models.chunks import Run
from models.cost_curves import REACTIVE, Curves, path_totals, simulate_and_read
from models.decision import Decision, decide
from models.distributions import FloatArray
from models.progress import BoolArray, IntArray

NOW = "now"
SHARES = (0.05, 0.25, 0.50, 0.75, 0.95)
STARTS = (0, 3, 6, 12, 18, 24, 36, 48, 60)
"""Start months of the curve of waiting, as far as they lie within the horizon."""


@dataclass(frozen=True, eq=False)
class Fan:
    """Cumulative net benefit of starting now against acting only when forced, present value, by month from 1.

    Each line is of single months: a line of quantiles is no single future. Shape (T,) each.
    """

    mean: FloatArray
    p5: FloatArray
    p25: FloatArray
    p50: FloatArray
    p75: FloatArray
    p95: FloatArray


@dataclass(frozen=True, eq=False)
class BreakEvenMonths:
    """In which month the money is back: the share of the paths for each month, shape (T,).

    ``first`` counts the month at whose end the discounted net benefit is no longer negative for the first time,
    ``for_good`` the one from which it stays so to the end of the horizon. What is missing to 1 never gets there.
    """

    first: FloatArray
    for_good: FloatArray

    @property
    def never(self) -> float:
        """Share of the paths on which the money is not back at the end."""
        return max(0.0, 1.0 - float(self.for_good.sum()))

    @property
    def median(self) -> int | None:
        """First month by which the money is back for good on half of the paths; None when it is on fewer."""
        reached = np.flatnonzero(np.cumsum(self.for_good) >= SHARES[2])
        return int(reached[0]) + 1 if reached.size else None


@dataclass(frozen=True, eq=False)
class Waiting:
    """E NPV by start month, with its standard error; incidents at their expectation, as the decision sees them."""

    months: tuple[int, ...]
    npv: FloatArray
    standard_error: FloatArray
    paths: int
    currency: str

    @property
    def best(self) -> int:
        """Place of the best start in ``months``."""
        return int(np.argmax(self.npv))


@dataclass(frozen=True, eq=False)
class WhatIf:
    """What one setting of the levers comes to; what waiting costs there is a run of its own."""

    curves: Curves
    decision: Decision
    fan: Fan
    break_even: BreakEvenMonths


def run_what_if(
    case: Case,
    *,
    paths: int,
    seed: int,
    progress: Callable[[float], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> WhatIf:
    """Return one run.

    Args:
        case: inputs and programme, which must be followed for the horizon of the inputs.
        paths: futures.
        seed: of the run.
        progress: told the finished share, in (0, 1].
        should_stop: asked between chunks of paths.

    Raises:
        SimulationStoppedError: when ``should_stop`` said yes.
        InputError: when the figures cannot be simulated.
    """
    inputs, programme = case.inputs, case.programme
    curves, (fan, months) = simulate_and_read(
        inputs, programme, _read, paths=paths, seed=seed, should_stop=should_stop, progress=progress
    )
    return WhatIf(curves, decide(curves, inputs.thresholds), fan, months)


def run_waiting(
    case: Case,
    *,
    paths: int,
    seed: int,
    progress: Callable[[float], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Waiting:
    """Return what each start is worth; arguments and errors as for :func:`run_what_if`."""
    starts = {str(month): month for month in STARTS if month < case.inputs.horizon_months}
    totals = path_totals(
        case.inputs,
        case.programme,
        starts=starts,
        paths=paths,
        seed=seed,
        should_stop=should_stop,
        progress=progress,
    )
    reactive = totals[REACTIVE]
    found = {int(name): reactive - cost for name, cost in totals.items() if name != REACTIVE}
    npv = np.array([each.mean() for each in found.values()])
    error = np.array([each.std(ddof=1) / math.sqrt(each.size) for each in found.values()])
    return Waiting(tuple(found), npv, error, reactive.size, case.inputs.currency)


def _read(run: Run) -> tuple[Fan, BreakEvenMonths]:
    kept = run.store.cumulative
    if kept is None:  # pragma: no cover - simulate_and_read keeps them
        message = "a what-if needs the curves of single paths"
        raise ValueError(message)
    names = [plan.name for plan in run.plans]
    net = np.asarray(kept[names.index(REACTIVE)] - kept[names.index(NOW)])
    months = break_even_months(net)
    return fan_of(net), months


def fan_of(net: FloatArray) -> Fan:
    """Return the fan of cumulative net benefits, shape (T, paths); they are sorted in place."""
    mean = net.mean(axis=1, dtype=np.float64)
    net.sort(axis=1)
    lines = [_quantile(net, share) for share in SHARES]
    return Fan(mean, *lines)


def _quantile(rows: FloatArray, share: float) -> FloatArray:
    place = share * (rows.shape[1] - 1)
    below = math.floor(place)
    low, high = rows[:, below], rows[:, min(below + 1, rows.shape[1] - 1)]
    return np.asarray(low + (high - low) * (place - below), dtype=np.float64)


def break_even_months(net: FloatArray) -> BreakEvenMonths:
    """Return when the money is back, by :func:`models.finance.payback`, from cumulative net benefits (T, paths)."""
    months, paths = net.shape
    below = net < 0.0
    begun = below.any(axis=0)
    gained = _first(net > 0.0)
    up = ~below
    up[1:] &= below[:-1]
    up[0] = False
    first = np.where(begun, _first(up), gained)
    last = months + 1 - _first(below[::-1])  # the last month below nought, counted from 1; 0 for none
    for_good = np.where(begun, last + 1, gained)
    return BreakEvenMonths(_shares(first, months, paths), _shares(for_good, months, paths))


def _first(where: BoolArray) -> IntArray:
    """Return the first month in which something holds, from 1, by path; T + 1 for never."""
    found = np.where(where.any(axis=0), np.argmax(where, axis=0) + 1, where.shape[0] + 1)
    return np.asarray(found, dtype=np.int64)


def _shares(month: IntArray, months: int, paths: int) -> FloatArray:
    counted = np.bincount(np.minimum(month, months + 1), minlength=months + 2)
    return np.asarray(counted[1 : months + 1] / paths, dtype=np.float64)
