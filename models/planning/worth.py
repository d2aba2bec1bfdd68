"""What a calendar is worth, quickly: the scores as a table of caps in which finished work adds to whole columns.

:meth:`models.planning.problem.Problem.value_by_month` scores every month anew and is the reference; this gives the same
figure in a twentieth of the time, for a search that asks thousands of times.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from itertools import accumulate

import numpy as np

from assessment.instrument import mean_of
from models.distributions import FloatArray
from models.planning.problem import Problem

Finish = tuple[int, int, str]
"""Last month, first month and initiative: in this order work comes to act."""


class Worth:
    """The worth of the calendars of one problem.

    Args:
        problem: whose demands and limits play no part here.
    """

    def __init__(self, problem: Problem) -> None:
        """Lay out one row for the practice of each dimension and one for each cap on it."""
        self._options = dict(problem.start.options)
        self._values = {name: _values(problem, name) for name in self._options}
        self._points = np.array(list(problem.point_weights.values()))
        self._raises = {
            item.id: [(lift.question, lift.start, lift.to) for lift in item.raises if lift.question in self._options]
            for item in problem.initiatives.initiatives
        }
        self._months = [0.0, *accumulate(problem.month_weights)]
        rows = {name: _rows(problem, name) for name in problem.point_weights}
        flat = [row for each in rows.values() for row in each]
        self._firsts = [0, *accumulate(len(each) for each in rows.values())][: len(rows)]
        self._caps = np.array([cap for cap, _ in flat])
        self._columns = {name: np.array([row.get(name, 0.0) for _, row in flat]) for name in self._options}
        self._today = self._score(self._caps) if flat else 0.0

    def _score(self, caps: FloatArray) -> float:
        lowest = np.minimum.reduceat(caps, self._firsts)
        return float((self._points * lowest).sum())

    def of(self, finishes: Iterable[Finish]) -> float:
        """Return what the rise of a calendar is worth, as :meth:`Problem.value_by_month` does."""
        done = sorted(finishes)
        if not self._firsts:
            return 0.0
        options, caps, total = dict(self._options), self._caps, 0.0
        for place, (month, _, name) in enumerate(done):
            caps = self._after(name, options, caps)
            following = done[place + 1][0] if place + 1 < len(done) else len(self._months)
            if following > month:
                weight = self._months[following - 1] - self._months[month - 1]
                total += (self._score(caps) - self._today) * weight
        return total

    def _after(self, name: str, options: dict[str, int], caps: FloatArray) -> FloatArray:
        for question, start, to in self._raises[name]:
            option = options[question]
            if start <= option < to:
                values = self._values[question]
                caps = caps + self._columns[question] * (values[to] - values[option])
                options[question] = to
        return caps


def _values(problem: Problem, question: str) -> list[float]:
    source = problem.start.instrument.questionnaire
    return [option.value for option in source.scale_of(source.by_id[question]).options]


def _rows(problem: Problem, dimension: str) -> list[tuple[float, Mapping[str, float]]]:
    """Return 100 (1 - k (1 - mean)) as it stands, and what each question adds to it; practice first, with k = 1."""
    instrument, levels = problem.start.instrument, problem.start.levels
    weighted = [(1.0, instrument.practice_weights[dimension])]
    weighted += [
        (strength, instrument.factor_weights[name]) for name, strength in instrument.strengths[dimension].items()
    ]
    found: list[tuple[float, Mapping[str, float]]] = []
    for strength, weights in weighted:
        mean = mean_of(weights, levels)
        if mean is not None and strength > 0.0:
            whole = math.fsum(weight for name, weight in weights.items() if name in levels)
            adds = {name: 100.0 * strength * weight / whole for name, weight in weights.items() if name in levels}
            found.append((100.0 * (1.0 - strength * (1.0 - mean)), adds))
    return found
