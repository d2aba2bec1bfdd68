"""How much maturity a plan has delivered by each month, as the economic model reads it.

M_x(t) = sum over dimensions of w_xd x dE_d(t) / 50, where dE_d is the rise in *effective* maturity; M_a(t) = 2 x sum
over wall factors of v_f x (s_f(0) - s_f(t)). t counts months from the programme's start. What an unknown answer might
hide earns nothing: the guaranteed rise is the smallest over every level that the unknown answers could have. (Setting
unknowns to their target, before and after, is not enough for that: a practice that might already be there would then be
claimed as freed once its ceiling is lifted.)
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from assessment.answers import Assessment
from assessment.instrument import Instrument, Levels, effective, severity
from assessment.questionnaire import Questionnaire
from models.initiatives import InitiativeFile
from models.position import Position
from models.roadmap import Plan

FloatArray = NDArray[np.float64]
POINTS_PER_UNIT = 50.0


def delivered_maturity(
    questionnaire: Questionnaire,
    assessment: Assessment,
    initiatives: InitiativeFile,
    plan: Plan,
    horizon: int,
    *,
    guaranteed: bool = True,
) -> dict[str, FloatArray]:
    """Return M_x(t) for x in f, r, w, v, c (as the questionnaire maps them) and a (capacity).

    Args:
        questionnaire: the questionnaire that was answered.
        assessment: the answers.
        initiatives: the initiatives of the plan.
        plan: when each is finished, in months from the start.
        horizon: months to fill.
        guaranteed: claim only what holds whatever the unknown answers are; else every unknown stands at its lowest
            option and is raised by the plan (the other end).

    Returns:
        Arrays of shape (horizon + 1,), 0 at t = 0; a step up in the month in which an initiative is finished.
    """
    deliveries = Deliveries.of(questionnaire, assessment, initiatives, guaranteed=guaranteed)
    return deliveries.tracks(in_order(plan, plan.finish_months), horizon)


def in_order(plan: Plan, finishes: Mapping[str, int]) -> list[tuple[int, str]]:
    """Return finish month and initiative of each piece of work of a plan, in the order in which it counts.

    Args:
        plan: whose starts say what comes first of the work that finishes in one month.
        finishes: finish month by initiative.
    """
    starts = {item.initiative: item.start_month for item in plan.placements}
    order = sorted(plan.placements, key=lambda item: (finishes[item.initiative], starts[item.initiative]))
    return [(finishes[item.initiative], item.initiative) for item in order]


State = tuple[tuple[int, ...], tuple[int, ...]]
"""Options of the answered questions, and those of all with the unknown ones at their lowest, in order."""


@dataclass(frozen=True)
class Deliveries:
    """What finished work has delivered: each state that work leads to is scored once, in whatever order it comes up."""

    questionnaire: Questionnaire
    initiatives: InitiativeFile
    start: _Start
    guaranteed: bool
    _steps: dict[tuple[State, str], State] = field(default_factory=dict)
    _worth: dict[State, dict[str, float]] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        questionnaire: Questionnaire,
        assessment: Assessment,
        initiatives: InitiativeFile,
        *,
        guaranteed: bool = True,
    ) -> Deliveries:
        """Return the deliveries of an assessment; ``guaranteed`` is as for :func:`delivered_maturity`."""
        return cls(questionnaire, initiatives, _Start.of(questionnaire, assessment), guaranteed)

    @property
    def today(self) -> State:
        """The state in which nothing is finished."""
        return _options(self.start.position), _options(self.start.at_lowest)

    def after(self, state: State, name: str) -> State:
        """Return the state once one more initiative is finished."""
        found = self._steps.get((state, name))
        if found is None:
            item = (self.initiatives.by_id[name],)
            known, lowest = self._positions(state)
            found = self._steps[state, name] = _options(known.after(item)), _options(lowest.after(item))
        return found

    def known(self, state: State) -> Position:
        """Return the position of the answered questions alone."""
        return self._positions(state)[0]

    def _positions(self, state: State) -> tuple[Position, Position]:
        starts = (self.start.position, self.start.at_lowest)
        found = [
            replace(each, options=dict(zip(each.options, now, strict=True)))
            for each, now in zip(starts, state, strict=True)
        ]
        return found[0], found[1]

    def worth(self, state: State) -> dict[str, float]:
        """Return M_x of a state for each effect x."""
        found = self._worth.get(state)
        if found is None:
            found = self._worth[state] = self._scored(state)
        return found

    def _scored(self, state: State) -> dict[str, float]:
        gains = self.start.gains(*self._positions(state), guaranteed=self.guaranteed)
        found = {
            name: math.fsum(weight * gains.effective[dimension] for dimension, weight in weights.items())
            / POINTS_PER_UNIT
            for name, weights in effect_weights(self.questionnaire).items()
        }
        factors = self.questionnaire.wall_factors
        return found | {"a": 2 * math.fsum(each.capacity_weight * gains.lifted[each.id] for each in factors)}

    def states(self, order: Iterable[tuple[int, str]]) -> dict[int, State]:
        """Return the state from each finish month on, from work in the order in which it counts."""
        found, state = dict[int, State](), self.today
        for month, name in order:
            state = found[month] = self.after(state, name)
        return found

    def tracks(self, order: Iterable[tuple[int, str]], horizon: int) -> dict[str, FloatArray]:
        """Return M_x(t), shape (horizon + 1,) each, from work in the order in which it counts."""
        tracks = {name: np.zeros(horizon + 1) for name in (*effect_weights(self.questionnaire), "a")}
        for month, state in self.states((month, name) for month, name in order if month <= horizon).items():
            for name, worth in self.worth(state).items():
                tracks[name][month:] = worth
        return tracks


def _options(position: Position) -> tuple[int, ...]:
    return tuple(position.options.values())


def effect_weights(questionnaire: Questionnaire) -> dict[str, Mapping[str, float]]:
    """Return the mapping of effects to dimensions; an unmapped effect is delivered by all dimensions alike."""
    mapped = questionnaire.economics.effects
    even = {dimension.id: 1 / len(questionnaire.dimensions) for dimension in questionnaire.dimensions}
    return {name: mapped[name].dimensions if name in mapped else even for name in ("f", "r", "w", "v", "c")}


@dataclass(frozen=True)
class Gains:
    """Rise in effective points by dimension, and fall in severity (0-1) by wall factor."""

    effective: Mapping[str, float]
    lifted: Mapping[str, float]


@dataclass(frozen=True)
class _Start:
    """The assessment at the start of a plan: what is known, and what nobody knows."""

    position: Position
    unknown: tuple[str, ...]

    @classmethod
    def of(cls, questionnaire: Questionnaire, assessment: Assessment) -> _Start:
        position = Position.of(questionnaire, assessment, "half")
        return cls(Position(position.instrument, position.options, {}), tuple(position.fixed))

    @property
    def instrument(self) -> Instrument:
        return self.position.instrument

    def gains(self, after: Position, lowest: Position, *, guaranteed: bool) -> Gains:
        """Return what is delivered where the answered questions stand at ``after``, and all at ``lowest`` or higher."""
        known = self.position if guaranteed else self.at_lowest
        before, later = known.levels, (after if guaranteed else lowest).levels
        names = list(self.instrument.overall_weights)
        factors = [factor.id for factor in self.instrument.questionnaire.wall_factors]
        if not guaranteed or not self.unknown:
            rise = {name: _rise(self.instrument, name, before, later) for name in names}
            lifted = {factor: _fall(self.instrument, factor, before, later) for factor in factors}
            return Gains(rise, lifted)
        reached = lowest.levels
        floors = {name: reached[name] for name in self.unknown}
        walls = {factor: _wall(self.instrument, factor, before, later, floors) for factor in factors}
        rise = {name: _guaranteed(self.instrument, name, before, later, floors, walls) for name in names}
        return Gains(rise, {factor: wall.gain for factor, wall in walls.items()})

    @cached_property
    def at_lowest(self) -> Position:
        """The position with each unknown answer at its lowest option."""
        options = {**self.position.options, **dict.fromkeys(self.unknown, 0)}
        return Position(self.position.instrument, options, {})


def _rise(instrument: Instrument, dimension: str, before: Levels, after: Levels) -> float:
    start, end = effective(instrument, dimension, before), effective(instrument, dimension, after)
    return 0.0 if start is None or end is None else end - start


def _fall(instrument: Instrument, factor: str, before: Levels, after: Levels) -> float:
    start, end = severity(instrument, factor, before), severity(instrument, factor, after)
    return 0.0 if start is None or end is None else start - end


@dataclass(frozen=True)
class _Wall:
    """One factor with unknowns: the highest severity it can have at the start, and the fall that is certain."""

    severest: float
    gain: float


def _wall(instrument: Instrument, factor: str, before: Levels, after: Levels, floors: Levels) -> _Wall:
    """Return the worst start that claims nothing: an unknown stands where the plan would have brought it at least."""
    weights = instrument.factor_weights[factor]
    total = math.fsum(weight for name, weight in weights.items() if name in before or name in floors)
    if total <= 0:
        return _Wall(0.0, 0.0)
    standing = {**floors, **before}
    start = math.fsum(weight * standing[name] for name, weight in weights.items() if name in standing)
    gain = math.fsum(weight * (after[name] - before[name]) for name, weight in weights.items() if name in before)
    return _Wall(1 - start / total, gain / total)


def _guaranteed(
    instrument: Instrument, dimension: str, before: Levels, after: Levels, floors: Levels, walls: Mapping[str, _Wall]
) -> float:
    """Return the least rise of min(practice, ceiling), in points, over every level that unknown answers may have.

    Practice starts at x in [low, high] and rises by the known gain g. The ceiling starts at some c up to its highest; a
    start of c means severities of at most (1 - c) / k_f, so it ends no lower than c'(c). The least of
    min(x + g, c'(c)) - min(x, c) is piecewise linear in c with concave pieces, hence lies at one of the kinks.
    """
    practice = _practice_range(instrument.practice_weights[dimension], before, after, floors, instrument)
    if practice is None:
        return 0.0
    low, high, gain = practice
    strengths = {name: k for name, k in instrument.strengths[dimension].items() if k > 0}
    highest = _highest_ceiling(instrument, dimension, before, floors)
    kinks = [1 - k * walls[name].severest for name, k in strengths.items()]
    least = math.inf
    for cap in sorted({0.0, highest, low, high, *kinks}):
        if cap <= highest:
            ends = [1 - k * (min((1 - cap) / k, walls[f].severest) - walls[f].gain) for f, k in strengths.items()]
            start = min(max(cap, low), high)
            least = min(least, min(start + gain, min(ends, default=1.0)) - min(start, cap))
    return 100 * max(0.0, least)


def _practice_range(
    weights: Mapping[str, float], before: Levels, after: Levels, floors: Levels, instrument: Instrument
) -> tuple[float, float, float] | None:
    """Return the lowest and highest start of a practice and its certain gain, each in [0, 1]."""
    known = {name: weight for name, weight in weights.items() if name in before}
    unknown = {name: weight for name, weight in weights.items() if name in floors}
    total = math.fsum([*known.values(), *unknown.values()])
    if total <= 0:
        return None
    sure = [weight * before[name] for name, weight in known.items()]
    low = math.fsum([*sure, *(weight * floors[name] for name, weight in unknown.items())])
    high = math.fsum([*sure, *(weight * instrument.highest(name) for name, weight in unknown.items())])
    gain = math.fsum(weight * (after[name] - before[name]) for name, weight in known.items())
    return low / total, high / total, gain / total


def _highest_ceiling(instrument: Instrument, dimension: str, before: Levels, floors: Levels) -> float:
    best = {**before, **{name: instrument.highest(name) for name in floors}}
    found = [
        1 - k * severe
        for factor, k in instrument.strengths[dimension].items()
        if (severe := severity(instrument, factor, best)) is not None
    ]
    return min(found, default=1.0)
