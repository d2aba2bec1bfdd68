"""The integer programme of a plan, and its solution by HiGHS."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from models.planning.levels import Levels
from models.planning.linear import Expression, Programme, total
from models.planning.problem import Problem
from models.planning.running import solved

GAP = 0.02
"""The search ends when no plan can be better by more than this share."""
MOVES = 9_000
"""Changes that the search by month tries: a limit that does not depend on the machine, so that the same input gives the
same plan."""
FEW_MOVES = 1_500
"""Changes of the searches that only ask what another limit or another value of a point would change."""
NODES = 100
"""Most nodes of the search on the grid of quarters."""
TIE = 1e-6
"""Share of the value of one point that the whole effort is worth: it parts plans of equal value, and no others."""
AT_ONCE, CAPACITY, BUDGET, QUARTER_BUDGET = "at_most_at_once", "capacity", "budget", "quarter_budget"
LIMITS = (AT_ONCE, CAPACITY, BUDGET, QUARTER_BUDGET)
Status = Literal["optimal", "feasible", "greedy", "infeasible"]


@dataclass(frozen=True, slots=True)
class Search:
    """How far to search.

    Attributes:
        gap: the share within which a plan counts as the best.
        moves: changes that the search by month tries.
        nodes: most nodes of an integer programme on the grid of quarters.
        seconds: most seconds of such a programme; the plan then depends on the machine, so that the default has none.
        proves: whether to prove how much better a plan could be.
        begin: an order of work to begin with, besides those that the search begins with anyway.
    """

    gap: float = GAP
    moves: int = MOVES
    nodes: int = NODES
    seconds: float | None = None
    proves: bool = True
    begin: tuple[str, ...] = ()


QUICK = Search(moves=FEW_MOVES, proves=False)


@dataclass(frozen=True, slots=True)
class Solution:
    """What the search found.

    Attributes:
        starts: quarter of the start by initiative; None when no plan was found.
        bound: proven upper end of the value of every plan on the grid; None when none was proven.
        infeasible: it is proven that no plan keeps the demands and limits.
    """

    starts: Mapping[str, int] | None
    bound: float | None
    infeasible: bool


class Model:
    """The rows and columns of one problem.

    Args:
        problem: what is to be decided.
        pins: whose demands hold; all by default.
        limits: which limits of the team hold; all by default.
        values: False leaves the scores out, to ask only whether there is a plan at all.
    """

    def __init__(
        self,
        problem: Problem,
        *,
        pins: Collection[str] | None = None,
        limits: Collection[str] = LIMITS,
        values: bool = True,
    ) -> None:
        """Build the programme."""
        self.problem = problem
        self.programme = Programme()
        held = problem.pins if pins is None else {name: problem.pins[name] for name in pins}
        self.columns: dict[tuple[str, int], int] = {}
        self._starts()
        self._pinned(held)
        self._order()
        self._limits(set(limits))
        if values:
            self._worth()

    def solve(self, search: Search) -> Solution:
        """Search for the best plan."""
        found = solved(self.programme, gap=search.gap, nodes=search.nodes, seconds=search.seconds)
        starts = None if found.values is None else self._read(found.values)
        return Solution(starts, found.bound, found.infeasible)

    def _read(self, values: Sequence[float]) -> dict[str, int]:
        """Return the quarter in which each placed work starts: the first by which it has started."""
        starts: dict[str, int] = {}
        for (name, quarter), column in self.columns.items():
            if values[column] > 0.5:  # noqa: PLR2004 (a whole number within the solver's tolerance)
                starts.setdefault(name, quarter)
        return starts

    def _starts(self) -> None:
        """One binary for each quarter by which a work may have started; it never falls.

        Started-by columns make every sum over quarters a difference of two columns, so that the rows stay short.
        """
        for name in self.problem.work:
            for quarter in range(1, self._last(name) + 1):
                self.columns[name, quarter] = self.programme.column(0.0, 1.0, whole=True)
                if quarter > 1:
                    earlier = {self.columns[name, quarter - 1]: 1.0}
                    self.programme.at_most(total([(1.0, earlier), (-1.0, self._begun(name, quarter))]), 0.0)

    def _last(self, name: str) -> int:
        return self.problem.quarters - self.problem.length(name) + 1

    def _begun(self, name: str, quarter: int) -> Expression:
        """Return whether the work has started by the end of a quarter."""
        last = min(quarter, self._last(name))
        return {self.columns[name, last]: 1.0} if last > 0 else {}

    def _when(self, name: str, quarters: range) -> Expression:
        """Return whether the work starts in one of the quarters, which follow each other."""
        if not quarters:
            return {}
        found = total([(1.0, self._begun(name, quarters[-1])), (-1.0, self._begun(name, quarters[0] - 1))])
        return {column: value for column, value in found.items() if value != 0.0}

    def _pinned(self, pins: Mapping[str, object]) -> None:
        for name in pins:
            demand = self.problem.pins[name]
            if demand.kind == "start":
                wanted = self._when(name, range(demand.quarter, demand.quarter + 1))
                self.programme.at_most(total([(-1.0, wanted)]), -1.0)
            elif name in self.problem.work:
                refused = demand.quarter - 1 if demand.kind == "not_before" else self.problem.quarters
                self.programme.at_most(self._begun(name, refused), 0.0)

    def _order(self) -> None:
        """Work starts after everything that it needs is finished."""
        for name in self.problem.work:
            for needed in self.problem.needed(name):
                for quarter in range(1, self.problem.quarters + 1):
                    started = self._when(name, range(1, quarter + 1))
                    ready = self._when(needed, range(1, quarter - self.problem.length(needed) + 1))
                    if started:
                        self.programme.at_most(total([(1.0, started), (-1.0, ready)]), 0.0)

    def _limits(self, limits: set[str]) -> None:
        problem, capacity, terms = self.problem, self.problem.capacity, self.problem.terms
        names = list(problem.work)
        rows: list[tuple[str, dict[str, float], float | None]] = [
            (AT_ONCE, dict.fromkeys(names, 1.0), float(capacity.at_most_at_once)),
            (CAPACITY, {name: self._load(name) for name in names}, capacity.person_weeks_per_quarter),
            (
                QUARTER_BUDGET,
                {name: problem.price(name) / problem.length(name) for name in names},
                terms.quarter_budget,
            ),
        ]
        for role, most in capacity.roles.items():
            shares = {name: self._load(name) * problem.work[name].roles.get(role, 0.0) for name in names}
            rows.append((CAPACITY, shares, most))
        for kind, loads, limit in rows:
            if kind in limits and limit is not None:
                for quarter in range(1, problem.quarters + 1):
                    busy = [(load, self._running(name, quarter)) for name, load in loads.items() if load > 0.0]
                    self.programme.at_most(total(busy), limit * (1 + 1e-9))
                self._together(loads, limit)
        if BUDGET in limits and terms.budget is not None:
            bought = [(problem.price(name), self._when(name, range(1, problem.quarters + 1))) for name in names]
            self.programme.at_most(total(bought), terms.budget * (1 + 1e-9))

    def _together(self, loads: Mapping[str, float], limit: float) -> None:
        """What is finished by a quarter has taken no more than all quarters until then had.

        The rows by quarter imply it; in one row the search finds the cuts with which its bound falls sooner.
        """
        for quarter in range(2, self.problem.quarters + 1):
            done = [
                (load * length, self._when(name, range(1, quarter - length + 2)))
                for name, load in loads.items()
                if load > 0.0 and (length := self.problem.length(name))
            ]
            self.programme.at_most(total(done), limit * quarter * (1 + 1e-9))

    def _load(self, name: str) -> float:
        return self.problem.work[name].effort.mode / self.problem.length(name)

    def _running(self, name: str, quarter: int) -> Expression:
        return self._when(name, range(max(1, quarter - self.problem.length(name) + 1), quarter + 1))

    def _worth(self) -> None:
        problem = self.problem
        finished, finishing = {}, {}
        for name in problem.work:
            for quarter in range(1, problem.quarters + 1):
                begun = quarter - problem.length(name) + 1
                finished[name, quarter] = self._when(name, range(1, begun + 1))
                finishing[name, quarter] = self._when(name, range(begun, begun + 1))
        levels = Levels(problem, self.programme, finished, finishing)
        self.programme.worth = {column: worth for worth, column in levels.rows()}
        standing = self.programme.column(1.0, 1.0)
        self.programme.worth[standing] = problem.standing_value
        self._ties()

    def _ties(self) -> None:
        """Of plans of equal value the one with less work is taken, then the earlier one, then by the order of ids."""
        problem = self.problem
        whole = sum(item.effort.mode for item in problem.work.values())
        unit = TIE * max(problem.quarter_weights) * max(problem.point_weights.values(), default=0.0)
        order = {name: place / len(problem.work) for place, name in enumerate(problem.work)}
        parts = []
        for name, quarter in self.columns:
            late = (quarter + order[name]) / (problem.quarters + 1)
            cost = unit * (problem.work[name].effort.mode / whole + 0.01 * late)
            parts.append((-cost, self._when(name, range(quarter, quarter + 1))))
        self.programme.worth.update(total(parts))
