"""Why each piece of work stands where it does, and why the rest is left out."""

from __future__ import annotations

from models.initiatives import Initiative
from models.plan import Placement, Reason
from models.planning.packing import Schedule
from models.planning.problem import Problem
from models.position import LEAST_GAIN, Position


def placements(problem: Problem, schedule: Schedule) -> tuple[Placement, ...]:
    """Return every piece of work with its months, its gain and the reason for its place, by start."""
    known, gains = problem.initiatives.by_id, _gains(problem, schedule)
    promised, found = problem.start, []
    for name, first, last in sorted(schedule.finishes(), key=lambda item: (item[1], item[2], item[0])):
        reason, constraint, serves = _reason(problem, schedule, known[name], promised, gains[name])
        weeks = tuple(schedule.weeks[name].get(month, 0.0) for month in range(first, last + 1))
        found.append(Placement(name, first, last, reason, gains[name], constraint, serves, weeks))
        promised = promised.after((known[name],))
    return tuple(found)


def _gains(problem: Problem, schedule: Schedule) -> dict[str, float]:
    position, found = problem.start, {}
    for name in schedule.in_order():
        after = position.after((problem.initiatives.by_id[name],))
        found[name] = after.overall() - position.overall()
        position = after
    return found


def _reason(
    problem: Problem, schedule: Schedule, item: Initiative, promised: Position, gain: float
) -> tuple[Reason, str | None, str | None]:
    """Return the reason, the constraint and the work served: a lift of a binding factor first, then its own gain."""
    stranded = promised.stranded_factors()
    own = [factor for factor in item.lifts if factor in stranded]
    if own and promised.helped_by(item):
        return "lifts_binding_constraint", own[0], None
    following = sorted(
        (first, name)
        for name, (first, _) in schedule.spans.items()
        if name in problem.work and item.id in problem.behind(name)
    )
    for _, name in following:
        served = [factor for factor in problem.initiatives.by_id[name].lifts if factor in stranded]
        if served:
            return "prepares_a_lift", served[0], name
    if gain > LEAST_GAIN:
        return "raises_effective", None, None
    if following:
        return "prepares", None, following[0][1]
    order = tuple(problem.initiatives.by_id[name] for name in schedule.in_order())
    freed = problem.start.freed_by(order, item)
    return ("raises_nothing" if freed is None else "raises_with"), None, freed


def left_out(problem: Problem, schedule: Schedule) -> dict[str, str]:
    """Return why each initiative that is not placed is not, in the order of the file."""
    done = tuple(problem.initiatives.by_id[name] for name in schedule.in_order())
    end = problem.start.after(done)
    return {
        item.id: _why_not(problem, item, end)
        for item in problem.initiatives.initiatives
        if item.id not in schedule.spans
    }


def _why_not(problem: Problem, item: Initiative, end: Position) -> str:
    demand = problem.pins.get(item.id)
    if demand is not None and demand.kind == "never":
        return "ruled_out"
    if end.helped_by(item):
        more = end.after((item,))
        return "no_room" if more.overall() > end.overall() + LEAST_GAIN else "no_gain"
    if all(lift.question not in end.options and lift.question not in end.fixed for lift in item.raises):
        return "not_asked"
    unknown = any(lift.question in end.fixed for lift in item.raises)
    return "unanswered" if unknown else "nothing_to_raise"
