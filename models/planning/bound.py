"""How much any calendar can be worth: for each month, the best that could be finished by its end.

By the end of month m no calendar has done more than m months of the team's people, nor of any role; nothing is done
without what it needs, and nothing sooner than it and all before it take. For each month an integer programme chooses
the best set under that alone. Their sum over the months is worth no less than any calendar in whole months, on the
grid of quarters or not: each calendar's set in month m is one of those it chooses from.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache

from assessment.answers import Capacity
from models.plan import MONTHS_PER_QUARTER
from models.planning.levels import Levels
from models.planning.linear import Expression, Programme
from models.planning.people import Free
from models.planning.problem import Problem
from models.planning.running import solved
from models.position import LEAST_GAIN
from models.roadmap import WEEKS_PER_MONTH

CLOSE = 1e-4
"""Share to which the best set of a month is proven."""
_SLACK = 1 + LEAST_GAIN


def least_months(problem: Problem, name: str) -> int:
    """Return how many months the work takes at least, with all its people and no other work."""
    item, free = problem.initiatives.by_id[name], Free.month(problem.capacity)
    effort = item.effort.mode
    waits = [effort / (item.most_people * WEEKS_PER_MONTH), effort / free.weeks]
    waits += [effort * item.roles.get(role, 0.0) / most for role, most in free.roles.items()]
    return max(1, math.ceil(max(waits) - LEAST_GAIN))


def upper_bound(
    problem: Problem, told: Callable[[float], None] | None = None, should_stop: Callable[[], bool] | None = None
) -> float | None:
    """Return what no calendar in whole months is worth more than, today's maturity included; None when stopped.

    Args:
        problem: to plan.
        told: told the share done.
        should_stop: asked before each month.
    """
    months, weights = problem.quarters * MONTHS_PER_QUARTER, problem.month_weights
    earliest = _earliest(problem)
    most, total = _best_by(problem, months, earliest), []
    for month in range(1, months):
        if should_stop is not None and should_stop():
            return None
        total.append(weights[month - 1] * _best_by(problem, month, earliest))
        if told is not None:
            told((month + 1) / months)
    return problem.standing_value + math.fsum([*total, most * math.fsum(weights[months - 1 :])])


def _earliest(problem: Problem) -> dict[str, int]:
    """Return the first month by whose end each work can be finished."""

    @cache
    def finished(name: str) -> int:
        pin = problem.pins.get(name)
        if pin is not None and pin.kind == "never":
            return problem.quarters * MONTHS_PER_QUARTER + 1
        before = 0 if pin is None else (pin.quarter - 1) * MONTHS_PER_QUARTER
        return max([before, *(finished(item) for item in problem.needed(name))]) + least_months(problem, name)

    return {name: finished(name) for name in problem.work}


def _best_by(problem: Problem, month: int, earliest: dict[str, int]) -> float:
    """Return the most that the scores can have risen by the end of a month."""
    made, names = Programme(), [name for name in problem.work if earliest[name] <= month]
    columns = {name: made.column(0.0, 1.0, whole=True) for name in names}
    for name in names:
        for needed in problem.needed(name):
            made.at_most({columns[name]: 1.0, columns[needed]: -1.0}, 0.0)
    for loads, most in _limits(problem, month):
        made.at_most({columns[name]: loads[name] for name in names if loads[name] > 0.0}, most * _SLACK)
    _worth(problem, made, {name: {columns[name]: 1.0} if name in columns else {} for name in problem.work})
    found = solved(made, gap=CLOSE)
    return max(0.0, found.bound or 0.0)


def _limits(problem: Problem, month: int) -> list[tuple[dict[str, float], float]]:
    """Return what each work takes of each limit, and how much of it there is until the end of a month."""
    work, terms, free = problem.work, problem.terms, Free.month(problem.capacity)
    prices = {name: problem.price(name) for name in work}
    found = [
        ({name: item.effort.mode for name, item in work.items()}, free.weeks * month),
        ({name: float(least_months(problem, name)) for name in work}, float(problem.capacity.at_most_at_once * month)),
    ]
    for role, most in free.roles.items():
        found.append(
            ({name: item.effort.mode * item.roles.get(role, 0.0) for name, item in work.items()}, most * month)
        )
    if terms.budget is not None:
        found.append((prices, terms.budget))
    if terms.quarter_budget is not None:
        found.append((prices, terms.quarter_budget * math.ceil(month / MONTHS_PER_QUARTER)))
    return found


def _worth(problem: Problem, made: Programme, finished: dict[str, Expression]) -> None:
    """Add the scores of a set of finished work, whatever the order in which it was finished."""
    at_once = _one_quarter(problem)
    expressions = {(name, 1): expression for name, expression in finished.items()}
    rows = Levels(at_once, made, expressions, expressions, any_order=True).rows()
    made.worth = {column: weight for (_, column), weight in zip(rows, problem.point_weights.values(), strict=True)}


def _one_quarter(problem: Problem) -> Problem:
    capacity = Capacity.model_validate({**dict(problem.capacity), "quarters": 1})
    return Problem(problem.start, problem.initiatives, capacity, problem.terms, problem.pins)
