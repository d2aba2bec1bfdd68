"""Plans side by side on the same futures, what limits the computed one, and what one more engineer would be worth."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from assessment.answers import Capacity
from models.budget import Purchase, budget_points
from models.evaluation import Evaluation
from models.outcomes import Summary
from models.plan import Plan
from models.planning.orders import lifting_first, small_first
from models.planning.packing import keeps, packed
from models.planning.pins import Pin
from models.planning.planner import Computed, compute, described
from models.planning.problem import WEEKS_PER_QUARTER, Problem
from models.planning.solving import AT_ONCE, BUDGET, CAPACITY, QUARTER_BUDGET, QUICK, Search
from models.planning.terms import expected_npvs, point_values, problem_of, purchase_of
from models.position import LEAST_GAIN, Position
from models.watching import Watch

ROUNDS = 12
"""Most times that the value of a point is taken anew around the plan that it led to."""
MORE_MONEY = 0.10
"""Share by which a budget is raised to see whether it binds."""
Way = Literal["optimal", "greedy", "quick_wins", "constraint_first", "team"]


@dataclass(frozen=True, slots=True)
class Eased:
    """What easing one limit would be worth: ``more`` of it, and the rise in the worth of the plan (at least 0)."""

    limit: str
    more: float
    worth: float


@dataclass(frozen=True, eq=False)
class Compared:
    """One plan among others: its worth in points times years, its price, and the NPV of starting it now.

    ``npv`` and ``probability_positive`` are None where the figures of the economic model are missing, and so is
    ``cost``.
    """

    way: Way
    plan: Plan
    value: float
    cost: float | None
    npv: Summary | None
    probability_positive: float | None


@dataclass(frozen=True, slots=True)
class Priced:
    """A plan computed at the value that the cost engine gives a point of each dimension.

    Attributes:
        computed: the plan, its value in currency.
        weights: what a point is worth a month, by dimension, when the plan was computed.
        rounds: how many times it was taken.
        stays: whether the plans repeat: the values taken around the last one lead to it again, or to one before it.
        turns: how many plans take turns; 1 where a single one stays. Of those that do, ``computed`` is the one of the
            highest expected NPV, and of equal ones the first.
    """

    computed: Computed
    weights: Mapping[str, float]
    rounds: int
    stays: bool
    turns: int = 1


def computed_for(
    evaluation: Evaluation, problem: Problem, search: Search | None = None, watch: Watch | None = None
) -> Computed:
    """Return the computed plan of an evaluation; errors as for :func:`models.planning.planner.compute`."""
    return compute(evaluation.questionnaire, evaluation.assessment, evaluation.initiatives, problem, search, watch)


def priced(
    evaluation: Evaluation, pins: Mapping[str, Pin], search: Search, watch: Watch | None = None
) -> Priced | None:
    """Return the plan at the money value of a point, taken anew around each plan until the plans repeat.

    Each search begins with the order of the plan before it, so that a plan is left only for one worth more. There are
    finitely many plans and each leads to one: either one leads to itself, or some take turns. Where neither has been
    seen after ``ROUNDS``, the plan of the highest expected NPV of all of them is returned, and does not stay.

    None where the economic half is missing, or where no dimension's point is worth anything.
    """
    plan, met = evaluation.plan, list[tuple[Computed, Mapping[str, float]]]()
    for number in range(1, ROUNDS + 1):
        weights = point_values(evaluation, plan)
        if not any(weights.values()):
            return None
        begin = replace(search, begin=tuple(item.initiative for item in plan.placements))
        part = (watch or Watch()).part(1 - 1 / number, 1 - 1 / (number + 1))
        found = computed_for(evaluation, problem_of(evaluation, pins, weights), begin, part)
        before = [place for place, (each, _) in enumerate(met) if each.plan.placements == found.plan.placements]
        met.append((found, weights))
        if before:
            return _best_of(evaluation, met[before[-1] + 1 :], number, stays=True)
        plan = found.plan
    return _best_of(evaluation, met, ROUNDS, stays=False)


def _best_of(
    evaluation: Evaluation, met: list[tuple[Computed, Mapping[str, float]]], rounds: int, *, stays: bool
) -> Priced:
    """Return the plan of the highest expected NPV, of equal ones the first."""
    npvs = expected_npvs(evaluation, [found.plan for found, _ in met])
    computed, weights = met[max(range(len(met)), key=lambda place: npvs[place])]
    return Priced(computed, weights, rounds, stays, len(met) if stays else 1)


def eased(evaluation: Evaluation, found: Computed, watch: Watch | None = None) -> tuple[Eased, ...]:
    """Return what easing each limit would be worth, the dearest first: one more engineer, one more at once, money.

    Each is searched again, a little; the plan that stands remains possible under an eased limit, so that nothing is
    ever worth less than 0. What is found is a lower end: a longer search may find more.
    """
    problem, changes = found.problem, dict[str, tuple[float, Problem]]()
    capacity, terms = problem.capacity, problem.terms
    more = Capacity.model_validate(
        {**dict(capacity), "person_weeks_per_quarter": capacity.person_weeks_per_quarter + WEEKS_PER_QUARTER}
    )
    changes[CAPACITY] = (WEEKS_PER_QUARTER, replace(problem, capacity=more))
    another = capacity.model_copy(update={"at_most_at_once": capacity.at_most_at_once + 1})
    changes[AT_ONCE] = (1.0, replace(problem, capacity=another))
    if terms.budget is not None:
        fuller = replace(terms, budget=terms.budget * (1 + MORE_MONEY))
        changes[BUDGET] = (terms.budget * MORE_MONEY, replace(problem, terms=fuller))
    if terms.quarter_budget is not None:
        fuller = replace(terms, quarter_budget=terms.quarter_budget * (1 + MORE_MONEY))
        changes[QUARTER_BUDGET] = (terms.quarter_budget * MORE_MONEY, replace(problem, terms=fuller))
    parts = (watch or Watch(), 1.0 / len(changes))
    found_worth = [
        Eased(
            limit,
            amount,
            max(0.0, computed_for(evaluation, eased_problem, QUICK, _of(*parts, place)).value - found.value),
        )
        for place, (limit, (amount, eased_problem)) in enumerate(changes.items())
    ]
    return tuple(sorted(found_worth, key=lambda item: (-item.worth, item.limit)))


def _of(watch: Watch, share: float, place: int) -> Watch:
    return watch.part(place * share, (place + 1) * share)


def ways(evaluation: Evaluation, found: Computed, pins: Mapping[str, Pin]) -> dict[Way, Plan]:
    """Return the plans to compare: the computed one without the team's demands where there are any, and the others."""
    free = found.problem if not pins else problem_of(evaluation)
    shown = Position.of(evaluation.questionnaire, evaluation.assessment, "half")
    plans: dict[Way, Plan] = {"optimal": found.plan, "greedy": evaluation.plan}
    if pins:
        plans = {"team": found.plan, "optimal": computed_for(evaluation, free).plan, "greedy": evaluation.plan}
    orders: dict[Way, list[str]] = {"quick_wins": small_first(free), "constraint_first": lifting_first(free)}
    for way, order in orders.items():
        schedule = packed(free, order)
        if keeps(free, schedule):
            plans[way] = described(free, schedule, shown, way, None)
    return plans


def compare_plans(
    evaluation: Evaluation,
    plans: Mapping[Way, Plan],
    *,
    paths: int,
    seed: int,
    should_stop: Callable[[], bool] | None = None,
) -> tuple[Compared, ...]:
    """Return plans side by side, each started now on the same futures against acting only when forced.

    Args:
        evaluation: whose own plan is the one that a forced programme carries out.
        plans: by way.
        paths: futures.
        seed: of the run.
        should_stop: asked between chunks.

    Raises:
        SimulationStoppedError: when ``should_stop`` said yes.
    """
    problem, model = problem_of(evaluation), evaluation.model
    bought: dict[Way, Purchase] = {way: purchase_of(model, plan) for way, plan in plans.items()}
    points = {}
    if evaluation.economics is not None:
        inputs, whole = evaluation.economics.inputs, evaluation.economics.programme
        run = budget_points(inputs, whole, list(bought.values()), paths=paths, seed=seed, should_stop=should_stop)
        points = dict(zip(bought, run, strict=True))
    return tuple(
        Compared(
            way=way,
            plan=plan,
            value=problem.standing_value
            + problem.value_by_month(
                (item.initiative, item.start_month, item.finish_month) for item in plan.placements
            ),
            cost=bought[way].cost if way in points else None,
            npv=points[way].npv if way in points else None,
            probability_positive=points[way].probability_positive if way in points else None,
        )
        for way, plan in plans.items()
    )


def binds(found: tuple[Eased, ...]) -> Eased | None:
    """Return the limit whose easing is worth most; None when none is worth anything."""
    return found[0] if found and found[0].worth > LEAST_GAIN else None
