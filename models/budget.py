"""What a part of the money buys: the plan made anew under a share of its cost, on the same futures.

The plan under a budget is made by the same planner as the whole one. What it is worth is judged against the same
alternative, acting only when forced on the *whole* plan: a smaller purse changes neither the wall nor what a forced
programme takes. On a path it costs its share of the plan's likely cost times K of that path; its running cost likewise.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from models.cost_curves import REACTIVE, costs_by_path, quoted, strategies
from models.distributions import FloatArray
from models.inputs import ModelInputs
from models.outcomes import Summary, summarise
from models.plan import Plan
from models.programme import Programme
from models.progress import Calendar, Strategy, remedies, strategy

SHARES = (0.25, 0.50, 0.75, 1.00)
MOST_PATHS = 20_000


@dataclass(frozen=True, eq=False)
class Purchase:
    """A plan that a budget buys.

    Attributes:
        share: of the whole plan's likely cost that may be spent, in (0, 1].
        limit: the budget, in currency.
        cost: likely cost of what it buys, in currency; at most ``limit``.
        plan: the plan; it may be empty.
        programme: the same as the engine sees it; None for an empty plan.
        cost_share: ``cost`` over the whole plan's likely cost.
        run_share: its likely running cost over the whole plan's.
    """

    share: float
    limit: float
    cost: float
    plan: Plan
    programme: Programme | None
    cost_share: float
    run_share: float

    @property
    def initiatives(self) -> tuple[str, ...]:
        """Ids of the initiatives bought, by start."""
        return tuple(item.initiative for item in self.plan.placements)


@dataclass(frozen=True, eq=False)
class BudgetPoint:
    """What a share of the budget is worth: NPV of starting now with what it buys; all nothing for an empty plan.

    Attributes:
        purchase: what it buys.
        npv: of carrying that out now.
        probability_positive: P(NPV > 0).
        behind: mean of the NPV of the share worth most less this one's, on the same futures; 0 for that share itself.
        behind_error: standard error of ``behind``, on shared futures: less than that of two independent runs.
    """

    purchase: Purchase
    npv: Summary
    probability_positive: float
    behind: float
    behind_error: float


def budget_points(
    inputs: ModelInputs,
    programme: Programme,
    purchases: Sequence[Purchase],
    *,
    paths: int,
    seed: int,
    should_stop: Callable[[], bool] | None = None,
    progress: Callable[[float], None] | None = None,
) -> tuple[BudgetPoint, ...]:
    """Return what each purchase is worth, started now, on the futures of :func:`models.cost_curves.simulate`.

    Args:
        inputs: the distributions of the whole plan.
        programme: the whole plan.
        purchases: what each share buys.
        paths: futures, 20,000 at most.
        seed: of the run.
        should_stop: asked between chunks.
        progress: told the finished share.

    Raises:
        SimulationStoppedError: when ``should_stop`` said yes.
    """
    reactive = strategies(inputs, programme, starts={})
    named = {str(index): item for index, item in enumerate(purchases)}
    carried = (partial(inputs, programme, name, item) for name, item in named.items() if item.programme is not None)
    found = costs_by_path(
        inputs,
        (*reactive, *carried),
        paths=min(paths, MOST_PATHS),
        seed=seed,
        should_stop=should_stop,
        progress=progress,
    )
    reactive_cost = found.happened[REACTIVE]
    npvs = {
        name: reactive_cost - found.happened[name] if name in found.happened else np.zeros_like(reactive_cost)
        for name in named
    }
    best = max(npvs.values(), key=lambda npv: float(npv.mean()))
    return tuple(_point(item, npvs[name], best) for name, item in named.items())


def partial(inputs: ModelInputs, whole: Programme, name: str, purchase: Purchase) -> Strategy:
    """Return the strategy that carries out a purchase now; a forced programme stays that of the ``whole`` plan.

    The run cost is the purchase's share while it runs alone, and the whole plan's from a forced programme on. What the
    team loses while it learns new ways is not scaled: it is a share of everybody's time.

    Raises:
        ValueError: for an empty purchase.
    """
    if purchase.programme is None:
        message = "nothing is bought, so there is nothing to carry out"
        raise ValueError(message)
    planned = inputs.figures["S"].origin in ("plan", "default")
    calendar = Calendar(
        horizon=inputs.horizon_months,
        programme=purchase.programme.months if planned else round(inputs.mean("S")),
        learning=round(inputs.mean("J")),
        lead=round(inputs.mean("lead")),
        quoted=quoted(inputs),
    )
    own = strategy(name, 0, purchase.programme, calendar, remedies(whole, calendar))
    return replace(own, spending=own.spending * purchase.cost_share, running=own.running * purchase.run_share)


def _point(purchase: Purchase, npv: FloatArray, best: FloatArray) -> BudgetPoint:
    behind = summarise(best - npv)
    positive = float(np.count_nonzero(npv > 0.0)) / npv.size
    return BudgetPoint(purchase, summarise(npv), positive, behind.mean, behind.standard_error)
