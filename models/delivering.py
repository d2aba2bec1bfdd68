"""A plan as the programme that the engine runs: what it delivers by when, and how that slips as work takes longer."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from assessment.answers import Range
from models.distributions import FloatArray
from models.effects import Deliveries, in_order
from models.overruns import VARIANTS, Execution
from models.plan import Plan
from models.programme import EFFECTS, STRETCHES, Programme


def programme_of(
    deliveries: Deliveries, plan: Plan, horizon: int, cost: Range | None = None, run_cost: Range | None = None
) -> Programme:
    """Return a plan as the engine sees it, with its dates at each stretch of the time that its work takes.

    At a stretch, maturity is the mean over the sets of own factors of :mod:`models.overruns`, and so is the length.

    Args:
        deliveries: of the assessment that the plan is for.
        plan: the plan.
        horizon: months to follow it.
        cost: K, as for :class:`models.programme.Programme`; so is ``run_cost``.
        run_cost: O.
    """
    own = Programme(
        maturity=deliveries.tracks(in_order(plan, plan.finish_months), horizon),
        months=max(1, plan.months),
        cost=cost,
        run_cost=run_cost,
        lead=0,
        late=(),
    )
    if not plan.placements:
        return own
    return Programme(own.maturity, own.months, cost, run_cost, 0, _late(own, deliveries, plan, horizon))


def _late(own: Programme, deliveries: Deliveries, plan: Plan, horizon: int) -> tuple[Programme, ...]:
    execution = Execution.of(plan, deliveries.initiatives)
    found = []
    for stretch in STRETCHES:
        finishes = [execution.finishes(float(stretch), variant) for variant in range(VARIANTS)]
        tracks = [deliveries.tracks(in_order(plan, each), horizon) for each in finishes]
        months = math.fsum(max(each.values()) for each in finishes) / VARIANTS
        maturity = {key: _mean([track[key] for track in tracks]) for key in EFFECTS}
        found.append(Programme(maturity, max(1, round(months)), own.cost, own.run_cost, 0))
    return tuple(found)


def _mean(curves: Sequence[FloatArray]) -> FloatArray:
    """Return the mean of curves; of equal ones, that curve to the last digit."""
    first = curves[0]
    return np.asarray(first + np.mean([curve - first for curve in curves], axis=0), dtype=np.float64)
