"""The plan that the search finds, never worse than the greedy one, with how far from the best it can be."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessment.answers import Assessment, Range
from assessment.errors import InputError
from assessment.errors import Problem as Fault
from assessment.fields import RangeText
from assessment.instrument import ceiling, effective
from assessment.questionnaire import Questionnaire
from models.initiatives import InitiativeFile
from models.plan import MONTHS_PER_QUARTER, Plan, QuarterState
from models.planning.conflict import conflict
from models.planning.packing import Schedule, keeps, on_grid, packed
from models.planning.problem import Problem
from models.planning.reasons import left_out, placements
from models.planning.solving import Model, Search, Solution
from models.position import LEAST_GAIN, Position
from models.roadmap import Budget, plan_roadmap


@dataclass(frozen=True, slots=True)
class Computed:
    """A plan and what is proven of it.

    Attributes:
        plan: the plan, with its status and gap.
        problem: what it answers.
        value: discounted worth of its effective maturity, today's included, in points times years (or in money, where
            the terms give the points a price).
        bound: no plan on the grid of quarters is worth more; None when nothing is proven.
        greedy: worth of the greedy plan under the same measure; None when that plan breaks a demand or limit.
    """

    plan: Plan
    problem: Problem
    value: float
    bound: float | None
    greedy: float | None


def compute(
    questionnaire: Questionnaire,
    assessment: Assessment,
    initiatives: InitiativeFile,
    problem: Problem,
    search: Search | None = None,
) -> Computed:
    """Return the best plan that the search finds.

    The search decides in quarters. Its order of work is then packed month by month where that is worth more, and the
    greedy plan takes its place where that one keeps every demand and is worth more.

    Args:
        questionnaire: at the stage of the assessment.
        assessment: the answers.
        initiatives: what can be done.
        problem: what to decide.
        search: how far to search.

    Raises:
        InputError: when the demands cannot all be met, with a smallest set of those that conflict, and when the search
            ended before it found a plan.
    """
    found = Model(problem).solve(search or Search())
    if found.infeasible:
        raise InputError(conflict(problem))
    greedy = _greedy(questionnaire, assessment, initiatives, problem)
    choices = _choices(problem, found)
    if not choices and greedy is None:
        raise InputError(Fault("no plan was found in the time given", "search longer, or take back a demand"))
    standing, shown = problem.standing_value, Position.of(questionnaire, assessment, "half")
    if greedy is not None:
        choices.append(greedy)
    best = max(choices, key=lambda item: _worth(problem, item))
    value = standing + _worth(problem, best)
    status, gap = _proven(found, value, search or Search(), ours=best is not greedy)
    return Computed(
        plan=described(problem, best, shown, status, gap),
        problem=problem,
        value=value,
        bound=found.bound,
        greedy=None if greedy is None else standing + _worth(problem, greedy),
    )


def known_again(
    questionnaire: Questionnaire, assessment: Assessment, initiatives: InitiativeFile, problem: Problem, plan: Plan
) -> Computed:
    """Return a plan that was computed before with what is proven of it; arguments as for :func:`compute`."""
    standing, greedy = problem.standing_value, _greedy(questionnaire, assessment, initiatives, problem)
    value = standing + _worth(problem, as_schedule(problem, plan))
    return Computed(
        plan=plan,
        problem=problem,
        value=value,
        bound=None if plan.gap is None else value * (1 + plan.gap),
        greedy=None if greedy is None else standing + _worth(problem, greedy),
    )


def _worth(problem: Problem, schedule: Schedule) -> float:
    return problem.value_by_month(schedule.finishes())


def _proven(found: Solution, value: float, search: Search, *, ours: bool) -> tuple[str, float | None]:
    if found.bound is None:
        return ("feasible" if ours else "greedy"), None
    gap = max(0.0, (found.bound - value) / value) if value > 0.0 else 0.0
    return ("optimal" if gap <= search.gap + LEAST_GAIN else "feasible" if ours else "greedy"), gap


def _choices(problem: Problem, found: Solution) -> list[Schedule]:
    """Return the plan of the search without idle work, on the grid and, where it still keeps all limits, packed."""
    if found.starts is None:
        return []
    starts = pruned(problem, found.starts)
    order = sorted(starts, key=lambda name: (starts[name], -problem.length(name), name))
    tight = packed(problem, order)
    return [on_grid(problem, starts), *([tight] if len(tight.spans) == len(starts) and keeps(problem, tight) else [])]


def pruned(problem: Problem, starts: Mapping[str, int]) -> dict[str, int]:
    """Return a plan without the work that adds nothing, the last first; what is demanded or needed stays."""
    kept = dict(starts)
    for name in sorted(starts, key=lambda item: (-starts[item], item)):
        demanded = name in problem.pins and problem.pins[name].kind == "start"
        if demanded or any(name in problem.needed(other) for other in kept):
            continue
        rest = {other: quarter for other, quarter in kept.items() if other != name}
        if problem.value(rest) >= problem.value(kept) - LEAST_GAIN:
            kept = rest
    return kept


def _greedy(
    questionnaire: Questionnaire, assessment: Assessment, initiatives: InitiativeFile, problem: Problem
) -> Schedule | None:
    """Return the calendar of the greedy plan, or None when it breaks a demand or limit that it does not know."""
    terms = problem.terms
    budget = None if terms.budget is None else Budget(terms.budget, terms.prices)
    plan = plan_roadmap(questionnaire, assessment, initiatives, problem.capacity, budget)
    schedule = as_schedule(problem, plan)
    return schedule if keeps(problem, schedule) else None


def as_schedule(problem: Problem, plan: Plan) -> Schedule:
    """Return the calendar of a plan; what a quarter spends is spread evenly over its months."""
    spans = {item.initiative: (item.start_month, item.finish_month) for item in plan.placements}
    spent = {
        (state.quarter - 1) * MONTHS_PER_QUARTER + month: state.person_weeks / MONTHS_PER_QUARTER
        for state in plan.quarters
        for month in range(1, MONTHS_PER_QUARTER + 1)
    }
    return Schedule({name: span for name, span in spans.items() if name in problem.initiatives.by_id}, spent)


def described(problem: Problem, schedule: Schedule, shown: Position, status: str, gap: float | None) -> Plan:
    """Return a calendar as a plan, with reasons and with where it leads; ``shown`` has unknown answers at one half."""
    known = problem.initiatives.by_id
    placed = [known[name] for name in schedule.in_order()]
    return Plan(
        placements=placements(problem, schedule),
        quarters=tuple(_quarter(problem, schedule, shown, number) for number in range(1, problem.quarters + 1)),
        capacity=problem.capacity,
        person_weeks=_total([item.effort for item in placed]),
        external_cost=_total([item.external_cost for item in placed]),
        run_cost=_total([item.run_cost for item in placed]),
        months=max((last for _, last in schedule.spans.values()), default=0),
        status=status,
        gap=gap,
        left_out=left_out(problem, schedule),
    )


def _quarter(problem: Problem, schedule: Schedule, shown: Position, number: int) -> QuarterState:
    months = range((number - 1) * MONTHS_PER_QUARTER + 1, number * MONTHS_PER_QUARTER + 1)
    order, known = schedule.in_order(), problem.initiatives.by_id
    position = shown.after(tuple(known[name] for name in order if schedule.spans[name][1] <= months[-1]))
    levels, instrument = position.levels, position.instrument
    return QuarterState(
        quarter=number,
        started=tuple(name for name in order if schedule.spans[name][0] in months),
        finished=tuple(name for name in order if schedule.spans[name][1] in months),
        person_weeks=math.fsum(schedule.spent.get(month, 0.0) for month in months),
        effective={name: effective(instrument, name, levels) for name in instrument.overall_weights},
        ceiling={name: ceiling(instrument, name, levels) for name in instrument.overall_weights},
    )


def _total(parts: Sequence[RangeText]) -> Range:
    low, high = math.fsum(part.low for part in parts), math.fsum(part.high for part in parts)
    mode = math.fsum(part.low if part.mode is None else part.mode for part in parts)
    return Range(low=low, mode=min(max(mode, low), high), high=high)
