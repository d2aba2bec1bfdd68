"""The scores as linear rows: which raise has worked by when, and which option each question has reached.

An initiative raises a question only from its ``start`` option on. Where that option is reached only through other
work, a variable says by when the raise has worked; where a prerequisite brings it, or it is there already, the finish
of the work says it. A question raised by several initiatives stands at the highest option that any of them brought.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from assessment.instrument import ceiling, effective
from models.initiatives import Raise
from models.planning.linear import Expression, Programme, total
from models.planning.problem import Problem

_NOTHING = 1e-12


@dataclass(frozen=True, slots=True)
class _Rise:
    """One raise that can still move its question."""

    initiative: str
    raised: Raise


@dataclass
class Levels:
    """Adds the rows of the scores; ``finished`` and ``finishing`` are expressions by work and quarter.

    With ``any_order`` the work of one quarter may have finished in any order: no less than the scores of each of them.
    """

    problem: Problem
    programme: Programme
    finished: dict[tuple[str, int], Expression]
    finishing: dict[tuple[str, int], Expression]
    any_order: bool = False

    def __post_init__(self) -> None:
        """Find the raises of each question, and when each has worked."""
        self.rises: dict[str, list[_Rise]] = defaultdict(list)
        options = self.problem.start.options
        for item in self.problem.work.values():
            for raised in item.raises:
                if raised.question in options and options[raised.question] < raised.to:
                    self.rises[raised.question].append(_Rise(item.id, raised))
        self.behind = {name: self.problem.behind(name) for name in self.problem.work}
        self.worked: dict[tuple[str, str, int, int], Expression] = {}
        for question in sorted(self.rises):
            self._question(question)

    def rows(self) -> list[tuple[float, int]]:
        """Add a variable for the rise of each dimension by quarter, and its rows; return worth and column of each."""
        found = []
        steps = self._steps()
        for quarter, worth in enumerate(self.problem.quarter_weights, 1):
            for name, weight in self.problem.point_weights.items():
                found.append((worth * weight, self._effective(name, steps[quarter])))
        return found

    def _key(self, rise: _Rise, quarter: int) -> tuple[str, str, int, int]:
        return rise.initiative, rise.raised.question, rise.raised.to, quarter

    def _question(self, question: str) -> None:
        """Say by when each raise of a question has worked, those that hang on others with rows of their own."""
        rises, quarters = self.rises[question], range(1, self.problem.quarters + 1)
        plain = [rise for rise in rises if self._certain(rise)]
        waiting = [rise for rise in rises if rise not in plain]
        for quarter in quarters:
            for rise in plain:
                self.worked[self._key(rise, quarter)] = self.finished[rise.initiative, quarter]
            for rise in waiting:
                self.worked[self._key(rise, quarter)] = {self.programme.column(0.0, 1.0): 1.0}
        for rise in waiting:
            enablers = [other for other in rises if other is not rise and other.raised.to >= rise.raised.start]
            for quarter in quarters:
                self._waits(rise, enablers, quarter)

    def _certain(self, rise: _Rise) -> bool:
        """Return whether the raise works whenever its work finishes."""
        question, start = rise.raised.question, rise.raised.start
        if start <= self.problem.start.options[question]:
            return True
        return any(
            other.initiative in self.behind[rise.initiative] and other.raised.to >= start and self._certain(other)
            for other in self.rises[question]
        )

    def _waits(self, rise: _Rise, enablers: list[_Rise], quarter: int) -> None:
        """A raise works when its work finishes, and only if its first option is reached by then."""
        now = self.worked[self._key(rise, quarter)]
        before = self.worked.get(self._key(rise, quarter - 1), {})
        fresh = total([(1.0, now), (-1.0, before)])
        finishing = self.finishing.get((rise.initiative, quarter), {})
        self.programme.at_most(total([(1.0, fresh), (-1.0, finishing)]), 0.0)
        reached = []
        for other in enablers:
            by = quarter if self._first(other.initiative, rise.initiative) else quarter - 1
            reached.append((-1.0, self.worked.get(self._key(other, by), {})))
        self.programme.at_most(total([(1.0, fresh), *reached]), 0.0)

    def _first(self, one: str, other: str) -> bool:
        """Return whether ``one`` may count before ``other`` when both finish in one quarter: longer, then the id."""
        lengths = self.problem.length(one), self.problem.length(other)
        return self.any_order or (-lengths[0], one) < (-lengths[1], other)

    def _steps(self) -> dict[int, dict[str, Expression]]:
        """Return, by quarter and question, the rise of its value as an expression."""
        return {
            quarter: {question: self._rise(question, quarter) for question in self.rises}
            for quarter in range(1, self.problem.quarters + 1)
        }

    def _rise(self, question: str, quarter: int) -> Expression:
        source = self.problem.start.instrument.questionnaire
        options = source.scale_of(source.by_id[question]).options
        standing = self.problem.start.options[question]
        parts = []
        for option in sorted({rise.raised.to for rise in self.rises[question]}):
            reaching = self._reaching(question, option)
            found = [self.worked[self._key(rise, quarter)] for rise in reaching]
            parts.append((options[option].value - options[standing].value, self._any(found)))
            standing = option
        return total(parts)

    def _reaching(self, question: str, option: int) -> list[_Rise]:
        """Return the raises that bring a question to ``option``, without those that need another of them first."""
        rises = [rise for rise in self.rises[question] if rise.raised.to >= option]
        certain = {rise.initiative for rise in rises if self._certain(rise)}
        return [rise for rise in rises if certain.isdisjoint(self.behind[rise.initiative])]

    def _any(self, found: list[Expression]) -> Expression:
        """Return a variable that is 1 at most, and at most the sum: an or, never a sum."""
        if len(found) == 1:
            return found[0]
        column = self.programme.column(0.0, 1.0)
        self.programme.at_most(total([(1.0, {column: 1.0}), *((-1.0, item) for item in found)]), 0.0)
        return {column: 1.0}

    def _effective(self, name: str, steps: dict[str, Expression]) -> int:
        """Add the rise of a dimension: at most that of its practice, and of each ceiling."""
        instrument, levels = self.problem.start.instrument, self.problem.start.levels
        stands = effective(instrument, name, levels) or 0.0
        column = self.programme.column(0.0, 100.0 - stands)
        self._below(column, stands, instrument.practice_weights[name], steps, 1.0)
        for factor, strength in instrument.strengths[name].items():
            if strength > 0.0 and ceiling(instrument, name, levels) < 100.0 + _NOTHING:
                self._below(column, stands, instrument.factor_weights[factor], steps, strength)
        return column

    def _below(
        self,
        column: int,
        stands: float,
        weights: dict[str, float],
        steps: dict[str, Expression],
        strength: float,
    ) -> None:
        """Hold a rise below 100 (1 - k (1 - mean)) - e(0); with k = 1 that is the mean itself."""
        levels = self.problem.start.levels
        applies = {question: weight for question, weight in weights.items() if question in levels}
        whole = sum(applies.values())
        if whole <= 0.0:
            return
        mean = sum(weight * levels[question] for question, weight in applies.items()) / whole
        room = 100.0 * (1.0 - strength * (1.0 - mean)) - stands
        parts = [
            (-100.0 * strength * weight / whole, steps[question])
            for question, weight in applies.items()
            if question in steps
        ]
        if room < 100.0 - stands - _NOTHING:
            self.programme.at_most(total([(1.0, {column: 1.0}), *parts]), max(room, 0.0))
