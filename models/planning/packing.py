"""List scheduling in months: an order of work becomes a calendar, every piece as early as people allow."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from models.plan import MONTHS_PER_QUARTER
from models.planning.pins import Pin
from models.planning.problem import Problem, Starts
from models.position import LEAST_GAIN
from models.roadmap import WEEKS_PER_MONTH

Span = tuple[int, int]
"""First and last month of a piece of work."""


@dataclass(frozen=True)
class Schedule:
    """When each piece of work is done, and the person-weeks spent by month."""

    spans: Mapping[str, Span]
    spent: Mapping[int, float]

    def finishes(self) -> list[tuple[str, int, int]]:
        """Return (initiative, first month, last month) of each piece of work."""
        return [(name, *span) for name, span in self.spans.items()]

    def in_order(self) -> list[str]:
        """Return the work in the order in which it finishes."""
        return [name for name, first, last in sorted(self.finishes(), key=lambda item: (item[2], item[1], item[0]))]


def on_grid(problem: Problem, starts: Starts) -> Schedule:
    """Return the calendar of a plan on the grid of quarters: work fills whole quarters evenly."""
    spans = {name: problem.months(name, quarter) for name, quarter in starts.items()}
    spent: dict[int, float] = {}
    for name, (first, last) in spans.items():
        effort = problem.initiatives.by_id[name].effort.mode
        for month in range(first, last + 1):
            spent[month] = spent.get(month, 0.0) + effort / (last - first + 1)
    return Schedule(spans, spent)


def packed(problem: Problem, order: Iterable[str]) -> Schedule:
    """Return the calendar of doing work in an order of preference, month by month.

    In each month the first of the order that may begin does: its prerequisites are finished, its demand allows the
    month, fewer than the most at once are under way, people are free, and it ends within the planned quarters. What a
    team refuses is left out. Limits by role and by quarter of money are not looked at here.
    """
    return _Packing(problem, list(order)).schedule()


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
    if not all(_affords(problem, schedule, quarter) for quarter in range(1, problem.quarters + 1)):
        return False
    bought = math.fsum(problem.price(name) for name in spans)
    return terms.budget is None or bought <= terms.budget * (1 + LEAST_GAIN)


def _obeys(demand: Pin, span: Span | None) -> bool:
    if span is None:
        return demand.kind != "start"
    return demand.allows((span[0] - 1) // MONTHS_PER_QUARTER + 1)


def _affords(problem: Problem, schedule: Schedule, quarter: int) -> bool:
    """Return whether people, roles and money of a quarter suffice, each piece of work spread evenly over its months."""
    months = range((quarter - 1) * MONTHS_PER_QUARTER + 1, quarter * MONTHS_PER_QUARTER + 1)
    slack, known, capacity = 1 + LEAST_GAIN, problem.initiatives.by_id, problem.capacity
    weeks = math.fsum(schedule.spent.get(month, 0.0) for month in months)
    if weeks > capacity.person_weeks_per_quarter * slack:
        return False
    shares = {
        name: sum(first <= month <= last for month in months) / (last - first + 1)
        for name, (first, last) in schedule.spans.items()
    }
    for role, most in capacity.roles.items():
        used = (share * known[name].effort.mode * known[name].roles.get(role, 0.0) for name, share in shares.items())
        if math.fsum(used) > most * slack:
            return False
    money = math.fsum(share * problem.price(name) for name, share in shares.items())
    return problem.terms.quarter_budget is None or money <= problem.terms.quarter_budget * slack


@dataclass
class _Doing:
    """Work under way: person-weeks left, and how many of them a month can take."""

    name: str
    first: int
    left: float
    most: float

    def spend(self, free: float) -> float:
        amount = min(self.left, self.most, max(free, 0.0))
        self.left -= amount
        return amount

    def copy(self) -> _Doing:
        return _Doing(self.name, self.first, self.left, self.most)


@dataclass
class _Packing:
    problem: Problem
    order: Sequence[str]
    active: list[_Doing] = field(default_factory=list)
    spans: dict[str, Span] = field(default_factory=dict)
    spent: dict[int, float] = field(default_factory=dict)
    used: float = 0.0

    def schedule(self) -> Schedule:
        self.waiting = [name for name in self.order if name in self.problem.initiatives.by_id]
        self.horizon = self.problem.quarters * MONTHS_PER_QUARTER
        self.monthly = self.problem.capacity.person_weeks_per_quarter / MONTHS_PER_QUARTER
        for month in range(1, self.horizon + 1):
            self._month(month)
        return Schedule(self.spans, self.spent)

    def _month(self, month: int) -> None:
        self.used = 0.0
        for work in self.active:
            self.used += work.spend(self.monthly - self.used)
        while len(self.active) < self.problem.capacity.at_most_at_once and self.monthly - self.used > LEAST_GAIN:
            name = next((item for item in self.waiting if self._may_begin(item, month)), None)
            if name is None:
                break
            self.waiting.remove(name)
            work = self._doing(name, month)
            self.active.append(work)
            self.used += work.spend(self.monthly - self.used)
        self.spent[month] = self.used
        for work in [item for item in self.active if item.left <= LEAST_GAIN]:
            self.active.remove(work)
            self.spans[work.name] = (work.first, month)

    def _doing(self, name: str, month: int) -> _Doing:
        item = self.problem.initiatives.by_id[name]
        return _Doing(name, month, item.effort.mode, item.most_people * WEEKS_PER_MONTH)

    def _may_begin(self, name: str, month: int) -> bool:
        quarter = (month - 1) // MONTHS_PER_QUARTER + 1
        demand = self.problem.pins.get(name)
        if demand is not None and not demand.allows(quarter):
            return False
        return all(item in self.spans for item in self.problem.needed(name)) and self._ends(name, month)

    def _ends(self, name: str, month: int) -> bool:
        """Return whether the work ends within the horizon, behind all that is under way."""
        queue = [*(work.copy() for work in self.active), self._doing(name, month)]
        free = self.monthly - self.used
        for _ in range(month, self.horizon + 1):
            for work in queue:
                free -= work.spend(free)
            if queue[-1].left <= LEAST_GAIN:
                return True
            free = self.monthly
        return False
