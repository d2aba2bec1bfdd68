"""The search by month: an order of work is changed a little, again and again, and what makes it worth more stays.

At first a change that makes it worth a little less is let stand as well, ever less as the search goes on, so that it
gets out of orders that no single change improves. The random numbers have a seed of their own: same input, same plan.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import permutations

from models.planning.packing import Packing, Schedule, overspent
from models.planning.problem import Problem
from models.planning.worth import Finish, Worth
from models.position import LEAST_GAIN

LENIENCE = 0.01
"""Share of the rise that a change may cost at the start of a search; it falls evenly to nothing."""
SWAPS = 0.3
"""Share of the changes that exchange two pieces of work; the others move one."""
_ROUNDED = 9
Stop = Callable[[], bool]
Score = tuple[int, float, float, float]


@dataclass(frozen=True)
class Found:
    """A calendar with its score: demands it breaks (negative), worth, then less work and earlier work (negative)."""

    order: tuple[str, ...]
    score: Score


class Improving:
    """The search by month on one problem.

    Args:
        problem: to plan.
    """

    def __init__(self, problem: Problem) -> None:
        """Prepare calendars and worth."""
        self.problem = problem
        self._packing, self._worth = Packing(problem), Worth(problem)
        self._pinned = {name for name, pin in problem.pins.items() if pin.kind == "start"}

    def best(
        self,
        orders: Iterable[Sequence[str]],
        moves: int,
        told: Callable[[float], None] | None = None,
        should_stop: Stop | None = None,
    ) -> Found:
        """Return the best order found, from each of ``orders`` with its share of the moves.

        Where there are no more orders than moves each is tried, and none is missed.

        Args:
            orders: to begin with; work that one leaves out comes last.
            moves: in all.
            told: told the share done.
            should_stop: asked after each move; what was found by then is returned.
        """
        whole = [self._whole(order) for order in orders] or [list(self.problem.work)]
        found = [self._scored(order) for order in whole]
        best = max(found, key=lambda item: item.score)
        if math.factorial(min(len(self.problem.work), 12)) <= moves:
            return max((self._scored(order) for order in permutations(self.problem.work)), key=lambda item: item.score)
        each, done = moves // len(found), 0
        for seed, start in enumerate(found):
            for step in self._walk(start, each, seed):
                best = max(best, step, key=lambda item: item.score)
                done += 1
                if told is not None:
                    told(done / moves)
                if should_stop is not None and should_stop():
                    return best
        return best

    def schedule(self, found: Found) -> Schedule:
        """Return the calendar of an order, without the work that adds nothing; what is demanded or needed stays."""
        schedule = self._packing.schedule(found.order)
        value = self._value(schedule)
        for name in reversed(schedule.in_order()):
            needed = any(name in self.problem.needed(other) for other in schedule.spans)
            if name in self._pinned or needed:
                continue
            less = schedule.without(name)
            if self._value(less) >= value - LEAST_GAIN:
                schedule, value = less, self._value(less)
        return schedule

    def _whole(self, order: Sequence[str]) -> list[str]:
        known = [name for name in order if name in self.problem.work]
        return [*known, *(name for name in self.problem.work if name not in known)]

    def _value(self, schedule: Schedule) -> float:
        return self._worth.of((last, first, name) for name, first, last in schedule.finishes())

    def _scored(self, order: Sequence[str]) -> Found:
        return Found(tuple(order), self._score(self._packing.finishes(order)))

    def _score(self, finishes: list[Finish]) -> Score:
        placed = {name: (first, last) for last, first, name in finishes}
        broken = len(self._pinned - placed.keys()) + overspent(self.problem, placed)
        effort = sum(self.problem.work[name].effort.mode for name in placed)
        starts = float(sum(first for _, first, _ in finishes))
        return -broken, round(self._worth.of(finishes), _ROUNDED), -effort, -starts

    def _walk(self, start: Found, moves: int, seed: int) -> Iterable[Found]:
        """Walk from order to order; yield each one tried."""
        drawn, here = random.Random(seed), start  # noqa: S311 - no secret hangs on it
        lenience = LENIENCE * max(start.score[1], LEAST_GAIN)
        for move in range(moves):
            tried = self._scored(_changed(here.order, drawn))
            yield tried
            allowed = lenience * (1.0 - move / moves) * drawn.random()
            if tried.score[0] > here.score[0] or (
                tried.score[0] == here.score[0] and tried.score[1] >= here.score[1] - allowed
            ):
                here = tried


def _changed(order: Sequence[str], drawn: random.Random) -> list[str]:
    changed, most = list(order), len(order)
    if drawn.random() < SWAPS:
        one, other = drawn.randrange(most), drawn.randrange(most)
        changed[one], changed[other] = changed[other], changed[one]
    else:
        changed.insert(drawn.randrange(most), changed.pop(drawn.randrange(most)))
    return changed
