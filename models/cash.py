"""Money by quarter: what each course spends and what it saves, undiscounted, at constant prices.

Spending is the programme's cost, its running cost, and a forced programme: amounts that leave an account. Savings are
what the platform costs less than when one acts only when forced: incidents (at their expectation given the figures),
infrastructure, slowed delivery and compliance; what the team loses while it learns new ways is set against them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from models.chunks import CHUNK
from models.cost_curves import REACTIVE, strategies
from models.cost_curves import SimulationStoppedError as Stopped
from models.costs import Future, evaluate, future, running
from models.distributions import FloatArray
from models.draws import LUCK, Draws, draw, uncertain, underdelivered, uniforms
from models.inputs import ModelInputs
from models.outcomes import Summary, summarise
from models.programme import Programme
from models.progress import Paths, Strategy

MONTHS_A_QUARTER = 3
MOST_PATHS = 20_000
SPENDING = ("programme", "run", "forced")
LOSSES = ("incidents", "infrastructure", "delivery", "compliance")


@dataclass(frozen=True, eq=False)
class StrategyCash:
    """One course; arrays have shape (quarters,), in currency at constant prices, undiscounted.

    Attributes:
        name: of the strategy.
        spending: mean by part: ``programme`` (K), ``run`` (O) and ``forced``.
        p5: 5th percentile of all spending in the quarter; of that quarter by itself.
        p95: 95th percentile, likewise.
        savings: mean fall in what the platform costs against acting only when forced; None for that course itself.
        net: mean of all that costs less than when acting only when forced, avoided forced programmes among it, less all
            that costs more; its sum is the undiscounted NPV. None for that course itself.
        total: all spending over the horizon, with its P5 and P95.
        learning: mean of what the engineers cost whom the programme keeps from other work; no spending, but in ``net``.
    """

    name: str
    spending: Mapping[str, FloatArray]
    p5: FloatArray
    p95: FloatArray
    savings: FloatArray | None
    net: FloatArray | None
    total: Summary
    learning: FloatArray

    @property
    def spent(self) -> FloatArray:
        """Mean of all spending by quarter, shape (quarters,)."""
        return np.asarray(np.sum(list(self.spending.values()), axis=0), dtype=np.float64)


@dataclass(frozen=True, eq=False)
class Cash:
    """Money by quarter of every course; the last quarter may have fewer than three months."""

    strategies: Mapping[str, StrategyCash]
    quarters: int
    months: int
    paths: int
    currency: str


def cash_by_quarter(
    inputs: ModelInputs,
    programme: Programme,
    *,
    paths: int,
    seed: int,
    should_stop: Callable[[], bool] | None = None,
    progress: Callable[[float], None] | None = None,
) -> Cash:
    """Return the money of acting now, later and only when forced, on the futures of the cost curves.

    Args:
        inputs: the distributions.
        programme: the plan.
        paths: futures, 20,000 at most.
        seed: of the run.
        should_stop: asked before each chunk of a thousand paths.
        progress: told the finished share.

    Raises:
        SimulationStoppedError: when ``should_stop`` said yes.
    """
    plans, count = strategies(inputs, programme), min(paths, MOST_PATHS)
    parts: list[dict[str, _Flows]] = []
    for first in range(0, count, CHUNK):
        if should_stop is not None and should_stop():
            message = "the simulation was stopped"
            raise Stopped(message)
        parts.append(_chunk(inputs, plans, seed, first // CHUNK, min(CHUNK, count - first)))
        if progress is not None:
            progress(min(1.0, (first + CHUNK) / count))
    months = plans[0].months
    found = {plan.name: _joined([part[plan.name] for part in parts]) for plan in plans}
    return Cash(
        strategies={name: _strategy(name, flows, found[REACTIVE]) for name, flows in found.items()},
        quarters=-(-months // MONTHS_A_QUARTER),
        months=months,
        paths=count,
        currency=inputs.currency,
    )


@dataclass(frozen=True, eq=False)
class _Flows:
    """One strategy: sums over paths by quarter, and the spending of each path, shape (quarters, paths)."""

    spending: Mapping[str, FloatArray]
    losses: FloatArray
    by_path: FloatArray
    learning: FloatArray

    @property
    def whole(self) -> FloatArray:
        """All costs, summed over paths, shape (quarters,)."""
        return np.asarray(self.losses + self.by_path.sum(axis=1), dtype=np.float64)


@np.errstate(over="ignore", invalid="ignore")
def _chunk(inputs: ModelInputs, plans: Sequence[Strategy], seed: int, chunk: int, paths: int) -> dict[str, _Flows]:
    months = plans[0].months
    u = uniforms(uncertain(inputs), seed, chunk, paths)
    full = draw(inputs, u)
    shared = future(underdelivered(full, u[LUCK] < full["q"]), months)
    return {plan.name: _flows(shared, plan) for plan in plans}


def _flows(shared: Future, plan: Strategy) -> _Flows:
    found = evaluate(shared, plan, None)
    parts = spending(shared.draws, plan, found.paths)
    parts["forced"] = found.costs["forced"] / shared.discount
    quarters = {name: _by_quarter(parts[name]) for name in SPENDING}
    lost = np.sum([found.costs[name] for name in LOSSES], axis=0) / shared.discount
    return _Flows(
        spending={name: rows.sum(axis=1) for name, rows in quarters.items()},
        losses=_by_quarter(lost + parts["learning"]).sum(axis=1),
        by_path=np.asarray(np.sum(list(quarters.values()), axis=0), dtype=np.float64),
        learning=_by_quarter(parts["learning"]).sum(axis=1),
    )


def spending(draws: Draws, plan: Strategy, paths: Paths) -> dict[str, FloatArray]:
    """Return the parts of what a programme costs, undiscounted, shape (T, paths): programme, run and learning."""
    nothing, owed = np.zeros((plan.months, paths.tau.size)), running(plan, paths) * draws["O"]
    if plan.start is None:
        return {"programme": nothing, "run": owed, "learning": nothing}
    payroll = draws["E"] * draws["wage"] / 12.0
    return {
        "programme": np.take(plan.spending, paths.plan, axis=1) * draws["K"],
        "run": owed,
        "learning": np.take(plan.learning, paths.plan, axis=1) * (draws["j"] * payroll),
    }


def _by_quarter(rows: FloatArray) -> FloatArray:
    """Return the sums of three months each, shape (quarters, paths)."""
    starts = np.arange(0, rows.shape[0], MONTHS_A_QUARTER)
    return np.asarray(np.add.reduceat(rows, starts, axis=0), dtype=np.float64)


def _joined(parts: Sequence[_Flows]) -> _Flows:
    return _Flows(
        spending={name: np.sum([part.spending[name] for part in parts], axis=0) for name in SPENDING},
        losses=np.sum([part.losses for part in parts], axis=0),
        by_path=np.concatenate([part.by_path for part in parts], axis=1),
        learning=np.sum([part.learning for part in parts], axis=0),
    )


def _strategy(name: str, flows: _Flows, reactive: _Flows) -> StrategyCash:
    paths = flows.by_path.shape[1]
    p5, p95 = np.percentile(flows.by_path, (5.0, 95.0), axis=1)
    return StrategyCash(
        name=name,
        spending={part: total / paths for part, total in flows.spending.items()},
        p5=p5,
        p95=p95,
        savings=None if name == REACTIVE else (reactive.losses - flows.losses) / paths,
        net=None if name == REACTIVE else (reactive.whole - flows.whole) / paths,
        total=summarise(flows.by_path.sum(axis=0)),
        learning=flows.learning / paths,
    )
