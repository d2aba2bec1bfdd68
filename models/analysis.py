"""What goes beyond the decision: when to start, what matters, what part of the money buys, and money by quarter.

It takes some seconds, so that pages which need only the decision do not wait for it: an evaluation is made without it,
and :func:`analyse` adds it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.budget import SHARES, BudgetPoint, budget_points
from models.cash import Cash, cash_by_quarter
from models.timing import Timing, timing
from models.what_matters import Matters, what_matters

if TYPE_CHECKING:
    from models.evaluation import Evaluation

_TIMING, _MATTERS, _BUDGET, _CASH = 0.45, 0.35, 0.12, 0.08
"""Shares of the time that the parts take, for the progress; measured on the worked example."""


@dataclass(frozen=True, eq=False)
class Analysis:
    """The analysis of one evaluation."""

    timing: Timing
    matters: Matters
    budget: tuple[BudgetPoint, ...]
    cash: Cash


def analyse(
    evaluation: Evaluation,
    *,
    progress: Callable[[float], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Analysis | None:
    """Return the analysis of an evaluation, on its own seed; None when it has no economic half.

    Args:
        evaluation: with its economic half.
        progress: told the share done, in (0, 1].
        should_stop: asked between chunks of paths.

    Raises:
        SimulationStoppedError: when ``should_stop`` said yes.
    """
    found = evaluation.economics
    if found is None:
        return None
    inputs, programme, curves = found.inputs, found.programme, found.curves
    model = evaluation.model
    told = _Told(progress)
    start = timing(inputs, programme, curves, should_stop=should_stop, progress=told.part(_TIMING))
    run = {"paths": curves.paths, "seed": curves.seed}
    matters = what_matters(inputs, programme, **run, should_stop=should_stop, progress=told.part(_MATTERS))
    bought = [model.purchase(share) for share in SHARES]
    budget = budget_points(inputs, programme, bought, **run, should_stop=should_stop, progress=told.part(_BUDGET))
    cash = cash_by_quarter(inputs, programme, **run, should_stop=should_stop, progress=told.part(_CASH))
    return Analysis(start, matters, budget, cash)


class _Told:
    """Adds up the progress of parts that follow one another."""

    def __init__(self, progress: Callable[[float], None] | None) -> None:
        self._progress = progress
        self._before = 0.0

    def part(self, weight: float) -> Callable[[float], None] | None:
        """Return what the next part tells its own progress; ``weight`` is its share of the whole."""
        if self._progress is None:
            return None
        progress, before = self._progress, self._before
        self._before += weight
        return lambda share: progress(min(1.0, before + weight * share))
