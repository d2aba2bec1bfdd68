"""The expected-value case: one run of the engine with every figure at its mean, which can be followed by hand.

It is a case to recalculate, not an expectation: costs are not linear in the figures, so the mean over simulated futures
differs, and only that one decides. Incidents stand at their expected number and length, and whether the programme
underdelivers is weighed by its probability q: cost = (1 - q) x cost of a full delivery + q x cost of a short one.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from models.cost_curves import REACTIVE, strategies
from models.costs import CATEGORIES, Future, future, outcome
from models.distributions import Fixed, FloatArray
from models.draws import LUCK, TEAM, Draws, draw, underdelivered
from models.inputs import ModelInputs
from models.programme import STRETCH, Programme
from models.progress import Strategy, effect, length, maturity, placed


@dataclass(frozen=True, eq=False)
class PointDelivery:
    """One strategy with a full or a short delivery; arrays have shape (T,), one figure a month.

    Attributes:
        short: whether the programme delivers only the share ``uf`` of its effects.
        probability: q for the short one, 1 - q for the full one.
        trigger: tau, the month of the trigger; T + 1 for never.
        discount: delta^k.
        load: rho_0 L_k, use of today's capacity.
        planned_use: use of capacity under the plan alone, which decides the trigger.
        maturity: M of each effect.
        effects: min(.95, e M) of each effect.
        costs: present value by category.
    """

    short: bool
    probability: float
    trigger: int
    discount: FloatArray
    load: FloatArray
    planned_use: FloatArray
    maturity: Mapping[str, FloatArray]
    effects: Mapping[str, FloatArray]
    costs: Mapping[str, FloatArray]

    @property
    def total(self) -> float:
        """Present value of all costs over the horizon."""
        return math.fsum(float(cost.sum()) for cost in self.costs.values())


@dataclass(frozen=True, eq=False)
class PointStrategy:
    """One strategy; ``deliveries`` are the full one and the short one, ``start`` is None for the reactive one."""

    name: str
    start: int | None
    deliveries: tuple[PointDelivery, PointDelivery]

    @property
    def total(self) -> float:
        """Present-value cost over the horizon, weighed over both deliveries."""
        return math.fsum(found.probability * found.total for found in self.deliveries)

    @property
    def monthly(self) -> FloatArray:
        """Present-value cost by month, shape (T,), weighed over both deliveries."""
        parts = [found.probability * np.sum(list(found.costs.values()), axis=0) for found in self.deliveries]
        return np.asarray(np.sum(parts, axis=0), dtype=np.float64)


@dataclass(frozen=True, eq=False)
class PointCase:
    """The expected-value case.

    Attributes:
        figures: by symbol, as the engine used them.
        strategies: by name.
        months: T.
        length: months that the programme takes, its work taking the mean of the time.
    """

    figures: Mapping[str, float]
    strategies: Mapping[str, PointStrategy]
    months: int
    length: int

    def npv(self, name: str) -> float:
        """Return what a strategy saves against acting only when forced."""
        return self.strategies[REACTIVE].total - self.strategies[name].total


def at_means(inputs: ModelInputs) -> ModelInputs:
    """Return the inputs with every figure fixed at its mean."""
    found = inputs
    for symbol in inputs.figures:
        found = found.with_distribution(symbol, Fixed(inputs.mean(symbol)))
    return found


def point_case(inputs: ModelInputs, programme: Programme) -> PointCase:
    """Return the expected-value case of the inputs; nothing is random in it.

    Args:
        inputs: distributions and horizon, from :func:`models.inputs.build_inputs`.
        programme: what is delivered and when.
    """
    fixed = at_means(inputs)
    middle = np.array([0.5])
    full = draw(fixed, {TEAM: middle, LUCK: middle})
    plans = strategies(fixed, programme)
    months = plans[0].months
    return PointCase(
        figures={symbol: float(figure[0]) for symbol, figure in full.items()},
        strategies={plan.name: _strategy(plan, full, months) for plan in plans},
        months=months,
        length=length(certain_dates(programme, inputs), programme, round(inputs.mean("S"))),
    )


def certain_dates(programme: Programme, inputs: ModelInputs) -> Programme:
    """Return the programme with the dates that it has when its work takes the mean of the time."""
    return programme.at(inputs.mean(STRETCH))


def _strategy(plan: Strategy, full: Draws, months: int) -> PointStrategy:
    risk = float(full["q"][0])
    chances = ((False, 1.0 - risk), (True, risk))
    found = [_delivery(plan, full, months, short=short, probability=chance) for short, chance in chances]
    return PointStrategy(plan.name, plan.start, (found[0], found[1]))


def _delivery(plan: Strategy, full: Draws, months: int, *, short: bool, probability: float) -> PointDelivery:
    drawn = underdelivered(full, np.array([short]))
    shared = future(drawn, months)
    paths = placed(plan, shared.load, drawn["e_a"], drawn["rho_trig"], shared.stretch)
    delivered = {key: maturity(plan, key, paths, drawn["eta_R"]) for key in plan.planned}
    effects = {key: effect(drawn[f"e_{key}"], found) for key, found in delivered.items()}
    costs = outcome(shared, plan, paths, effects, None).costs
    return PointDelivery(
        short=short,
        probability=probability,
        trigger=int(paths.tau[0]),
        discount=_flat(shared.discount),
        load=_flat(shared.load),
        planned_use=_planned_use(plan, shared),
        maturity={key: _flat(found) for key, found in delivered.items()},
        effects={key: _flat(found) for key, found in effects.items()},
        costs={name: _flat(costs[name]) for name in CATEGORIES},
    )


def _planned_use(plan: Strategy, shared: Future) -> FloatArray:
    here = shared.stretch if plan.stretches > 1 else np.zeros_like(shared.stretch)
    return _flat(shared.load * (1.0 - effect(shared.draws["e_a"], np.take(plan.planned["a"], here, axis=1))))


def _flat(table: FloatArray) -> FloatArray:
    return np.array(table[:, 0], dtype=np.float64)
