"""Demands that cannot all be met: a smallest set of them, each with what would help."""

from __future__ import annotations

from assessment.errors import Problem as Fault
from models.planning.problem import Problem
from models.planning.solving import AT_ONCE, BUDGET, CAPACITY, LIMITS, QUARTER_BUDGET, Model, Search


def conflicting(problem: Problem) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return demands (initiatives) and limits that conflict, of which none can be left out; both empty without one.

    Deletion filter: each demand, then each limit, is taken away in turn, and stays away where the rest conflicts still.
    """
    pins, limits = sorted(problem.pins), [limit for limit in LIMITS if _holds(problem, limit)]
    if _possible(problem, pins, limits):
        return (), ()
    for limit in list(limits):
        rest = [item for item in limits if item != limit]
        if not _possible(problem, pins, rest):
            limits = rest
    for name in list(pins):
        rest = [item for item in pins if item != name]
        if not _possible(problem, rest, limits):
            pins = rest
    return tuple(pins), tuple(limits)


def _holds(problem: Problem, limit: str) -> bool:
    given = {BUDGET: problem.terms.budget, QUARTER_BUDGET: problem.terms.quarter_budget}
    return given.get(limit, 0.0) is not None


def _possible(problem: Problem, pins: list[str], limits: list[str]) -> bool:
    return not Model(problem, pins=pins, limits=limits, values=False).solve(Search()).infeasible


def conflict(problem: Problem) -> list[Fault]:
    """Return the sentence that names a smallest set of demands and limits that cannot all hold."""
    pins, limits = conflicting(problem)
    known = problem.initiatives.by_id
    words = {
        AT_ONCE: f"at most {problem.capacity.at_most_at_once} at once",
        CAPACITY: f"{problem.capacity.person_weeks_per_quarter:g} person-weeks a quarter",
        BUDGET: f"a budget of {problem.terms.budget or 0.0:,.0f}",
        QUARTER_BUDGET: f"{problem.terms.quarter_budget or 0.0:,.0f} to spend a quarter",
    }
    listed = [f"{known[name].title} ({name}={problem.pins[name]})" for name in pins] + [words[item] for item in limits]
    if len(listed) == 1:
        length = problem.length(pins[0]) if pins else 0
        behind = len(problem.behind(pins[0])) if pins else 0
        message = (
            f"{listed[0]} cannot be met: its work fills {length} of {problem.quarters} quarters, "
            f"behind {behind} that it needs first"
        )
        return [Fault(message, "give it another quarter, or plan for more quarters")]
    return [Fault(f"these cannot all hold: {'; '.join(listed)}", "take back or change any one of them")]
