"""List scheduling in months: an order of work becomes a calendar, every piece as early as people allow."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from models.plan import MONTHS_PER_QUARTER
from models.planning.people import Free
from models.planning.pins import Pin
from models.planning.problem import Problem, Starts
from models.planning.worth import Finish
from models.position import LEAST_GAIN
from models.roadmap import WEEKS_PER_MONTH

Span = tuple[int, int]
"""First and last month of a piece of work."""


@dataclass(frozen=True)
class Schedule:
    """When each piece of work is done, and its person-weeks by month."""

    spans: Mapping[str, Span]
    weeks: Mapping[str, Mapping[int, float]]

    @property
    def spent(self) -> dict[int, float]:
        """Person-weeks by month, over all work."""
        found: dict[int, float] = {}
        for months in self.weeks.values():
            for month, weeks in months.items():
                found[month] = found.get(month, 0.0) + weeks
        return found

    def finishes(self) -> list[tuple[str, int, int]]:
        """Return (initiative, first month, last month) of each piece of work."""
        return [(name, *span) for name, span in self.spans.items()]

    def in_order(self) -> list[str]:
        """Return the work in the order in which it finishes."""
        return [name for name, first, last in sorted(self.finishes(), key=lambda item: (item[2], item[1], item[0]))]

    def without(self, name: str) -> Schedule:
        """Return the calendar with a piece of work left out and nothing in its place."""
        spans = {item: span for item, span in self.spans.items() if item != name}
        return Schedule(spans, {item: weeks for item, weeks in self.weeks.items() if item != name})


def even(problem: Problem, spans: Mapping[str, Span]) -> Schedule:
    """Return a calendar whose work is spread evenly over its months."""
    known = problem.initiatives.by_id
    weeks = {
        name: dict.fromkeys(range(first, last + 1), known[name].effort.mode / (last - first + 1))
        for name, (first, last) in spans.items()
    }
    return Schedule(dict(spans), weeks)


def on_grid(problem: Problem, starts: Starts) -> Schedule:
    """Return the calendar of a plan on the grid of quarters: work fills whole quarters evenly."""
    return even(problem, {name: problem.months(name, quarter) for name, quarter in starts.items()})


def packed(problem: Problem, order: Iterable[str]) -> Schedule:
    """Return the calendar of doing work in an order of preference, month by month.

    In each month the first of the order that may begin does: its prerequisites are finished, its demand allows the
    month, fewer than the most at once are under way, people are free, also of its roles, and the budget pays for it.
    What a team refuses is left out, and so is what would not end within the planned quarters. The limit of money by
    quarter is not looked at here.
    """
    return Packing(problem).schedule(order)


def keeps(problem: Problem, schedule: Schedule) -> bool:
    """Return whether a calendar keeps every demand, prerequisite, limit and the horizon."""
    spans, capacity, terms = schedule.spans, problem.capacity, problem.terms
    ends = problem.quarters * MONTHS_PER_QUARTER
    for name, demand in problem.pins.items():
        if not _obeys(demand, spans.get(name)):
            return False
    for name, (first, last) in spans.items():
        ready = (spans[item][1] if item in spans else ends + 1 for item in problem.needed(name))
        if last > ends or any(month >= first for month in ready):
            return False
    months = range(1, ends + 1)
    if any(
        sum(first <= month <= last for first, last in spans.values()) > capacity.at_most_at_once for month in months
    ):
        return False
    if not all(_staffed(problem, schedule, month) for month in months) or overspent(problem, spans):
        return False
    bought = math.fsum(problem.price(name) for name in spans)
    return terms.budget is None or bought <= terms.budget * (1 + LEAST_GAIN)


def _obeys(demand: Pin, span: Span | None) -> bool:
    if span is None:
        return demand.kind != "start"
    return demand.allows((span[0] - 1) // MONTHS_PER_QUARTER + 1)


def _staffed(problem: Problem, schedule: Schedule, month: int) -> bool:
    """Return whether a month has the people, in all and of each role: a third of those of its quarter."""
    known, free = problem.initiatives.by_id, Free.month(problem.capacity)
    used = {name: weeks[month] for name, weeks in schedule.weeks.items() if month in weeks}
    slack = 1 + LEAST_GAIN
    roles = (
        (math.fsum(weeks * known[name].roles.get(role, 0.0) for name, weeks in used.items()), most)
        for role, most in free.roles.items()
    )
    return all(weeks <= most * slack for weeks, most in ((math.fsum(used.values()), free.weeks), *roles))


def overspent(problem: Problem, spans: Mapping[str, Span]) -> int:
    """Return in how many quarters more is spent than may be, each price spread evenly over its work."""
    most = problem.terms.quarter_budget
    if most is None:
        return 0
    found = 0
    for quarter in range(1, problem.quarters + 1):
        months = range((quarter - 1) * MONTHS_PER_QUARTER + 1, quarter * MONTHS_PER_QUARTER + 1)
        money = math.fsum(
            problem.price(name) * sum(first <= month <= last for month in months) / (last - first + 1)
            for name, (first, last) in spans.items()
        )
        found += money > most * (1 + LEAST_GAIN)
    return found


@dataclass
class _Doing:
    """Work under way: what is left of it in person-weeks, and how many of them a month can take."""

    name: str
    first: int
    left: float
    most: float
    roles: Mapping[str, float]
    weeks: dict[int, float]

    def work(self, month: int, free: Free) -> None:
        amount = free.take(min(self.left, self.most), self.roles)
        self.left -= amount
        self.weeks[month] = amount


class Packing:
    """The calendars of one problem, by order of preference.

    Args:
        problem: whose work, people, prerequisites and demands it knows.
    """

    def __init__(self, problem: Problem) -> None:
        """Look everything up once."""
        self.problem = problem
        self.ends = problem.quarters * MONTHS_PER_QUARTER
        self._needed = {name: problem.needed(name) for name in problem.work}
        self._first = {name: range(1, self.ends + 1) for name in problem.work} | {
            name: _months_of(pin, self.ends) for name, pin in problem.pins.items()
        }
        self._most = {name: item.most_people * WEEKS_PER_MONTH for name, item in problem.work.items()}
        self._limit = math.inf if problem.terms.budget is None else problem.terms.budget * (1 + LEAST_GAIN)

    def finishes(self, order: Iterable[str]) -> list[Finish]:
        """Return when what ends within the planned quarters does."""
        return [(last, work.first, work.name) for work, last in self._run(order)]

    def schedule(self, order: Iterable[str]) -> Schedule:
        """Return the calendar of an order."""
        done = self._run(order)
        spans = {work.name: (work.first, last) for work, last in done}
        return Schedule(spans, {work.name: work.weeks for work, _ in done})

    def _run(self, order: Iterable[str]) -> list[tuple[_Doing, int]]:
        waiting = [name for name in order if name in self.problem.work]
        active, done, finished = list[_Doing](), list[tuple[_Doing, int]](), set[str]()
        self._paid = 0.0
        for month in range(1, self.ends + 1):
            free = Free.month(self.problem.capacity)
            for work in active:
                work.work(month, free)
            while len(active) < self.problem.capacity.at_most_at_once and free.any:
                name = next((item for item in waiting if self._may_begin(item, month, finished)), None)
                if name is None:
                    break
                waiting.remove(name)
                active.append(self._begun(name, month))
                active[-1].work(month, free)
            ended = [work for work in active if work.left <= LEAST_GAIN]
            done += [(work, month) for work in ended]
            finished.update(work.name for work in ended)
            active = [work for work in active if work.left > LEAST_GAIN]
        return done

    def _begun(self, name: str, month: int) -> _Doing:
        item = self.problem.work[name]
        self._paid += self.problem.price(name)
        return _Doing(name, month, item.effort.mode, self._most[name], item.roles, {})

    def _may_begin(self, name: str, month: int, finished: set[str]) -> bool:
        if month not in self._first[name] or not finished.issuperset(self._needed[name]):
            return False
        return self._paid + self.problem.price(name) <= self._limit


def _months_of(pin: Pin, ends: int) -> range:
    """Return the months in which a demand lets work begin."""
    first = (pin.quarter - 1) * MONTHS_PER_QUARTER + 1
    if pin.kind == "never":
        return range(0)
    return range(first, ends + 1) if pin.kind == "not_before" else range(first, first + MONTHS_PER_QUARTER)
