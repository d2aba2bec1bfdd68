"""What a plan is worth and costs for one assessment, and what a point of each dimension is worth in money."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from models.budget import Purchase, partial
from models.cost_curves import REACTIVE, costs_by_path, strategies
from models.economics import EconomicModel
from models.effects import POINTS_PER_UNIT, effect_weights
from models.evaluation import Evaluation
from models.inputs import ModelInputs
from models.plan import Plan
from models.planning.pins import Pin
from models.planning.problem import MONTHS_PER_YEAR, Problem
from models.programme import Programme

POINT_PATHS = 2_000
"""Futures of the finite differences; all dimensions share them, so that few suffice."""
_RATE = "r"


def problem_of(
    evaluation: Evaluation, pins: Mapping[str, Pin] | None = None, weights: Mapping[str, float] | None = None
) -> Problem:
    """Return the problem that an evaluation poses, at its own rate, horizon and prices."""
    terms = evaluation.model.terms(weights)
    return Problem.of(evaluation.questionnaire, evaluation.assessment, evaluation.initiatives, terms, pins)


def _rate(evaluation: Evaluation) -> float:
    """Return the likely discount rate: as typed, else the default."""
    typed, default = evaluation.assessment.economics.ranges.get(_RATE), evaluation.parameters.by_symbol[_RATE]
    found = typed or default
    return (found.low or 0.0) if found.mode is None else found.mode


def purchase_of(model: EconomicModel, plan: Plan) -> Purchase:
    """Return a plan as something bought instead of the whole one, at its own likely price."""
    prices = {item.id: model.price(item) for item in model.initiatives.initiatives}
    cost, whole = (math.fsum(prices[item.initiative] for item in each.placements) for each in (plan, model.plan))
    runs = _likely(model.plan)
    return Purchase(
        share=1.0,
        limit=cost,
        cost=cost,
        plan=plan,
        programme=model.programme(plan) if plan.placements else None,
        cost_share=cost / whole if whole > 0.0 else 1.0,
        run_share=_likely(plan) / runs if runs > 0.0 else 0.0,
    )


def _likely(plan: Plan) -> float:
    return plan.run_cost.low if plan.run_cost.mode is None else plan.run_cost.mode


def point_values(evaluation: Evaluation, plan: Plan, *, paths: int = POINT_PATHS, seed: int = 1) -> dict[str, float]:
    """Return what one point more of each dimension is worth a month, around a plan, in currency and undiscounted.

    Finite difference: the plan delivers one point more of the dimension from its first month on, on the same futures;
    the gain in expected NPV is divided by the discounted months. A point that costs is worth nothing.

    Args:
        evaluation: with its economic half.
        plan: around which the difference is taken.
        paths: futures.
        seed: of the run.
    """
    if evaluation.economics is None:
        return {}
    model, inputs, whole = evaluation.model, evaluation.economics.inputs, evaluation.economics.programme
    bought = purchase_of(model, plan)
    if bought.programme is None:
        return {}
    raised = {name: _raised(model, bought.programme, name) for name in evaluation.scores.dimensions}
    tried = {"": bought} | {name: replace(bought, programme=programme) for name, programme in raised.items()}
    worth = _expected(inputs, whole, tried, paths, seed)
    rate, months = _rate(evaluation), evaluation.assessment.economics.horizon_months
    discounted = math.fsum((1 + rate) ** (-month / MONTHS_PER_YEAR) for month in range(1, months + 1))
    return {name: max(0.0, worth[name] - worth[""]) / discounted for name in raised}


def expected_npvs(
    evaluation: Evaluation, plans: Sequence[Plan], *, paths: int = POINT_PATHS, seed: int = 1
) -> tuple[float, ...]:
    """Return the expected NPV of starting each plan now, on the same futures, in currency; an empty plan's is 0.

    Args:
        evaluation: with its economic half.
        plans: to lay side by side.
        paths: futures.
        seed: of the run.
    """
    if evaluation.economics is None:
        return (0.0,) * len(plans)
    model, inputs, whole = evaluation.model, evaluation.economics.inputs, evaluation.economics.programme
    bought = {str(place): purchase_of(model, plan) for place, plan in enumerate(plans) if plan.placements}
    worth = _expected(inputs, whole, bought, paths, seed) if bought else {}
    return tuple(worth.get(str(place), 0.0) for place in range(len(plans)))


def _raised(model: EconomicModel, programme: Programme, dimension: str) -> Programme:
    """Return a programme that delivers one point more of a dimension in every month."""
    curves = {}
    weights = effect_weights(model.questionnaire)
    for key, curve in programme.maturity.items():
        curves[key] = curve.copy()
        curves[key][1:] += weights.get(key, {}).get(dimension, 0.0) / POINTS_PER_UNIT
    late = tuple(_raised(model, each, dimension) for each in programme.late)
    return replace(programme, maturity=curves, late=late)


def _expected(
    inputs: ModelInputs, whole: Programme, tried: Mapping[str, Purchase], paths: int, seed: int
) -> dict[str, float]:
    """Return the expected NPV of carrying each purchase out now, given the figures of each path."""
    named = {f"plan {place}": name for place, name in enumerate(tried)}
    carried = (partial(inputs, whole, label, tried[name]) for label, name in named.items())
    run = costs_by_path(
        inputs, (*strategies(inputs, whole, starts={}), *carried), paths=paths, seed=seed, expected_only=True
    )
    costs = run.expected
    return {name: float((costs[REACTIVE] - costs[label]).mean()) for label, name in named.items()}
