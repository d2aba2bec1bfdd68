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
from models.planning.bound import upper_bound
from models.planning.conflict import conflict
from models.planning.improving import Improving
from models.planning.orders import lifting_first, small_first
from models.planning.packing import Schedule, keeps, on_grid
from models.planning.problem import Problem
from models.planning.reasons import left_out, placements
from models.planning.solving import Model, Search
from models.position import LEAST_GAIN, Position
from models.roadmap import Budget, plan_roadmap
from models.watching import Watch

GRID_COLUMNS = 150
"""Most starts in quarters that the search on the grid decides where there is a plan already: with more it finds nothing
better in any time that a person waits."""
SHARE_IMPROVING = 0.5
"""Share of the progress at which the search by month is done, and the proof begins."""


@dataclass(frozen=True, slots=True)
class Computed:
    """A plan and what is proven of it.

    Attributes:
        plan: the plan, with its status and gap.
        problem: what it answers.
        value: discounted worth of its effective maturity, today's included, in points times years (or in money, where
            the terms give the points a price).
        bound: no plan in whole months is worth more; None when nothing is proven.
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
    watch: Watch | None = None,
) -> Computed:
    """Return the best plan that the search finds.

    Orders of work are changed and packed month by month, from the greedy plan's among others; integer programmes by
    month prove how much better a plan could be. Where that leaves more than the gap that is searched for, or no order
    keeps the demands, a programme on the grid of quarters is searched as well. The greedy plan takes the place of all
    that where it keeps every demand and is worth more.

    Args:
        questionnaire: at the stage of the assessment.
        assessment: the answers.
        initiatives: what can be done.
        problem: what to decide.
        search: how far to search.
        watch: who follows; a search that is stopped returns the best plan until then, and proves nothing.

    Raises:
        InputError: when the demands cannot all be met, with a smallest set of those that conflict, and when the search
            ended before it found a plan.
    """
    search, watch = search or Search(), watch or Watch()
    greedy = _greedy(questionnaire, assessment, initiatives, problem)
    choices = _by_month(problem, greedy, search, watch)
    bound = _bound(problem, watch) if search.proves else None
    grid = len(problem.work) * problem.quarters <= GRID_COLUMNS and _short(problem, choices, bound, search)
    if not watch.should_stop() and (grid or not choices):
        choices += _on_grid(problem, search)
    if not choices:
        raise InputError(Fault("no plan was found in the time given", "search longer, or take back a demand"))
    best = max(choices, key=lambda item: _worth(problem, item))
    value, shown = problem.standing_value + _worth(problem, best), Position.of(questionnaire, assessment, "half")
    status, gap = _proven(bound, value, search, ours=best is not greedy)
    return Computed(
        plan=described(problem, best, shown, status, gap),
        problem=problem,
        value=value,
        bound=bound,
        greedy=None if greedy is None else problem.standing_value + _worth(problem, greedy),
    )


def known_again(
    questionnaire: Questionnaire, assessment: Assessment, initiatives: InitiativeFile, problem: Problem, plan: Plan
) -> Computed:
    """Return a plan that was computed before with what is proven of it; arguments as for :func:`compute`."""
    standing, greedy = problem.standing_value, _greedy(questionnaire, assessment, initiatives, problem)
    value = standing + _worth(problem, as_schedule(plan))
    return Computed(
        plan=plan,
        problem=problem,
        value=value,
        bound=None if plan.gap is None else value * (1 + plan.gap),
        greedy=None if greedy is None else standing + _worth(problem, greedy),
    )


def _worth(problem: Problem, schedule: Schedule) -> float:
    return problem.value_by_month(schedule.finishes())


def _by_month(problem: Problem, greedy: Schedule | None, search: Search, watch: Watch) -> list[Schedule]:
    """Return the greedy plan, where it keeps every demand, and what changing orders of work leads to."""
    choices = [] if greedy is None else [greedy]
    improving = Improving(problem)
    given = [list(search.begin)] if search.begin else []
    orders = [*given, *(schedule.in_order() for schedule in choices), small_first(problem), lifting_first(problem)]
    told = None if not search.proves else lambda share: watch.told(SHARE_IMPROVING * share)
    found = improving.schedule(improving.best(orders, search.moves, told or watch.told, watch.should_stop))
    return [found, *choices] if keeps(problem, found) else choices


def _bound(problem: Problem, watch: Watch) -> float | None:
    def told(share: float) -> None:
        watch.told(SHARE_IMPROVING + (1.0 - SHARE_IMPROVING) * share)

    return upper_bound(problem, told, watch.should_stop)


def _short(problem: Problem, choices: Sequence[Schedule], bound: float | None, search: Search) -> bool:
    """Return whether the proof leaves more than the gap that is searched for."""
    value = problem.standing_value + max((_worth(problem, item) for item in choices), default=0.0)
    return bound is not None and bound > value * (1.0 + search.gap) + LEAST_GAIN


def _on_grid(problem: Problem, search: Search) -> list[Schedule]:
    """Return what the search on the grid of quarters leads to: its plan, and its order by month.

    Raises:
        InputError: when no plan on the grid keeps the demands.
    """
    found = Model(problem).solve(search)
    if found.infeasible:
        raise InputError(conflict(problem))
    if found.starts is None:
        return []
    starts = pruned(problem, found.starts)
    improving = Improving(problem)
    better = improving.schedule(improving.best([in_order(problem, starts)], search.moves))
    return [on_grid(problem, starts), *([better] if keeps(problem, better) else [])]


def in_order(problem: Problem, starts: Mapping[str, int]) -> list[str]:
    """Return work by its quarter, longer work first."""
    return sorted(starts, key=lambda name: (starts[name], -problem.length(name), name))


def _proven(bound: float | None, value: float, search: Search, *, ours: bool) -> tuple[str, float | None]:
    if bound is None:
        return ("feasible" if ours else "greedy"), None
    gap = max(0.0, (bound - value) / value) if value > 0.0 else 0.0
    return ("optimal" if gap <= search.gap + LEAST_GAIN else "feasible" if ours else "greedy"), gap


def as_schedule(plan: Plan) -> Schedule:
    """Return the calendar of a plan."""
    return Schedule(
        {item.initiative: (item.start_month, item.finish_month) for item in plan.placements},
        {item.initiative: dict(enumerate(item.weeks, item.start_month)) for item in plan.placements},
    )


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
    schedule = as_schedule(plan_roadmap(questionnaire, assessment, initiatives, problem.capacity, budget))
    return schedule if keeps(problem, schedule) else None


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
    order, known, spent = schedule.in_order(), problem.initiatives.by_id, schedule.spent
    position = shown.after(tuple(known[name] for name in order if schedule.spans[name][1] <= months[-1]))
    levels, instrument = position.levels, position.instrument
    return QuarterState(
        quarter=number,
        started=tuple(name for name in order if schedule.spans[name][0] in months),
        finished=tuple(name for name in order if schedule.spans[name][1] in months),
        person_weeks=math.fsum(spent.get(month, 0.0) for month in months),
        effective={name: effective(instrument, name, levels) for name in instrument.overall_weights},
        ceiling={name: ceiling(instrument, name, levels) for name in instrument.overall_weights},
    )


def _total(parts: Sequence[RangeText]) -> Range:
    low, high = math.fsum(part.low for part in parts), math.fsum(part.high for part in parts)
    mode = math.fsum(part.low if part.mode is None else part.mode for part in parts)
    return Range(low=low, mode=min(max(mode, low), high), high=high)
