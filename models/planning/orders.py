"""Orders of work to begin a search with, and to lay beside the computed plan."""

from __future__ import annotations

from models.planning.problem import Problem


def small_first(problem: Problem) -> list[str]:
    """Return the smallest work first, by likely effort, then id."""
    known = problem.work
    return sorted(known, key=lambda name: (known[name].effort.mode, name))


def lifting_first(problem: Problem) -> list[str]:
    """Return all that lifts a wall factor first, with what it needs; within that and after it the smallest."""
    small = small_first(problem)
    lifting = {name for name in small if problem.work[name].lifts}
    lifting |= {needed for name in lifting for needed in problem.behind(name)}
    return [*(name for name in small if name in lifting), *(name for name in small if name not in lifting)]
