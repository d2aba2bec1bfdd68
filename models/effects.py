"""How much maturity a plan has delivered by each month, as the economic model reads it.

M_x(t) = sum over dimensions of w_xd x dE_d(t) / 50, where dE_d is the rise in *effective* maturity; M_a(t) = 2 x sum
over wall factors of v_f x (s_f(0) - s_f(t)). t counts months from the programme's start. What an unknown answer might
hide earns nothing: the guaranteed rise is the smallest over every level that the unknown answers could have. (Setting
unknowns to their target, before and after, is not enough for that: a practice that might already be there would then be
claimed as freed once its ceiling is lifted.)
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assessment.answers import Assessment
from assessment.instrument import Instrument, Levels, effective, severity
from assessment.questionnaire import Questionnaire
from models.initiatives import Initiative, InitiativeFile
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
    start = _Start.of(questionnaire, assessment)
    finishes = sorted({month for month in plan.finish_months.values() if month <= horizon})
    tracks = {name: np.zeros(horizon + 1) for name in (*effect_weights(questionnaire), "a")}
    for month in finishes:
        done = tuple(initiatives.by_id[name] for name in _in_order(plan, month))
        gains = start.gains(done, guaranteed=guaranteed)
        for name, weights in effect_weights(questionnaire).items():
            rise = math.fsum(weight * gains.effective[dimension] for dimension, weight in weights.items())
            tracks[name][month:] = rise / POINTS_PER_UNIT
        tracks["a"][month:] = 2 * math.fsum(
            factor.capacity_weight * gains.lifted[factor.id] for factor in questionnaire.wall_factors
        )
    return tracks


def _in_order(plan: Plan, month: int) -> list[str]:
    finished = [item for item in plan.placements if item.finish_month <= month]
    return [item.initiative for item in sorted(finished, key=lambda item: (item.finish_month, item.start_month))]


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

    def gains(self, done: tuple[Initiative, ...], *, guaranteed: bool) -> Gains:
        """Return what finishing ``done`` is worth."""
        known = self.position if guaranteed else self._at_lowest()
        before, after = known.levels, known.after(done).levels
        names = list(self.instrument.overall_weights)
        factors = [factor.id for factor in self.instrument.questionnaire.wall_factors]
        if not guaranteed or not self.unknown:
            rise = {name: _rise(self.instrument, name, before, after) for name in names}
            lifted = {factor: _fall(self.instrument, factor, before, after) for factor in factors}
            return Gains(rise, lifted)
        reached = self._at_lowest().after(done).levels
        floors = {name: reached[name] for name in self.unknown}
        walls = {factor: _wall(self.instrument, factor, before, after, floors) for factor in factors}
        rise = {name: _guaranteed(self.instrument, name, before, after, floors, walls) for name in names}
        return Gains(rise, {factor: wall.gain for factor, wall in walls.items()})

    def _at_lowest(self) -> Position:
        options = {**self.position.options, **dict.fromkeys(self.unknown, 0)}
        return Position(self.instrument, options, {})


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
