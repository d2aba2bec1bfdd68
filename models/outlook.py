"""When the work of a plan is likely to be finished, and how likely each dimension is at its target by a quarter's end.

On the same slipping dates as the cost curves: see :mod:`models.overruns`. Scores read an unknown answer at one half, as
on every page, so that a target that needs it is not reached by a plan that does not raise it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assessment.answers import Assessment, Range
from assessment.instrument import effective
from assessment.questionnaire import Questionnaire
from assessment.targets import TargetProgress
from models.distributions import Distribution
from models.effects import Deliveries, State, in_order
from models.initiatives import InitiativeFile
from models.inputs import distribution_of
from models.overruns import VARIANTS, Execution
from models.parameters import ParameterFile
from models.plan import MONTHS_PER_QUARTER, Plan
from models.position import LEAST_GAIN, Position
from models.programme import STRETCH, STRETCHES, stretch_of

HALF, LIKELY = 0.50, 0.80
LOW, HIGH = 0.10, 0.90
MOST_QUARTERS = 24
_PARTS = 4_096
Weighted = list[tuple[float, float]]
"""Figures with their probabilities."""


@dataclass(frozen=True, slots=True)
class FinishDate:
    """Month in which work is finished, from 1: as planned, and by when with a probability of 50 % and of 80 %."""

    planned: int
    p50: int
    p80: int


@dataclass(frozen=True, slots=True)
class Reach:
    """Effective maturity of a dimension at the end of a quarter, in points.

    ``probability`` is that of standing at the target or above; None where the dimension has no target.
    """

    p10: float
    p50: float
    p90: float
    probability: float | None


@dataclass(frozen=True, slots=True)
class QuarterOutlook:
    """The dimensions at the end of a quarter, by id; those without a score are left out."""

    quarter: int
    dimensions: Mapping[str, Reach]


@dataclass(frozen=True, slots=True)
class Outlook:
    """What becomes of a plan.

    Attributes:
        whole: when all of it is finished; None for an empty plan.
        dates: by initiative.
        targets: effective maturity that each dimension is to reach, in points: what the scores would say if every
            question stood at its target level or where it stands today, whichever is higher. Empty without targets.
        quarters: to the end of the plan, or of its 80 % date where that is later.
    """

    whole: FinishDate | None
    dates: Mapping[str, FinishDate]
    targets: Mapping[str, float]
    quarters: tuple[QuarterOutlook, ...]

    @property
    def planned_quarter(self) -> int:
        """The quarter in which the plan is to be finished; 0 for an empty one."""
        return 0 if self.whole is None else math.ceil(self.whole.planned / MONTHS_PER_QUARTER)

    def chances(self, quarter: int) -> dict[str, float]:
        """Return the probability of standing at the target at the end of a quarter, by dimension with a target."""
        here = next((state.dimensions for state in self.quarters if state.quarter == quarter), {})
        return {name: here[name].probability or 0.0 for name in self.targets if name in here}


def time_of_work(parameters: ParameterFile, ranges: Mapping[str, Range]) -> Distribution:
    """Return the distribution of how long work takes: as typed, else the default."""
    parameter = parameters.by_symbol[STRETCH]
    default = Range(low=parameter.low or 1.0, mode=parameter.mode, high=parameter.high or 1.0)
    return distribution_of(parameter, ranges.get(STRETCH, default))


def stretch_chances(time: Distribution) -> dict[int, float]:
    """Return the probability of each stretch that has one, by its number."""
    middles = (np.arange(_PARTS) + 0.5) / _PARTS
    counts = np.bincount(stretch_of(time.ppf(middles)), minlength=STRETCHES.size)
    return {number: int(count) / _PARTS for number, count in enumerate(counts) if count}


def outlook(
    questionnaire: Questionnaire,
    assessment: Assessment,
    initiatives: InitiativeFile,
    plan: Plan,
    time: Distribution,
    targets: TargetProgress | None,
) -> Outlook:
    """Return what becomes of a plan.

    Args:
        questionnaire: at the stage of the assessment.
        assessment: the answers.
        initiatives: those of the plan.
        plan: the plan.
        time: how long work takes, times what is planned.
        targets: the target levels; None without any.
    """
    runs = list(_runs(plan, initiatives, time))
    dates = {name: _date(month, runs, name) for name, month in plan.finish_months.items()}
    whole = _whole(plan, runs)
    scored = _Scored(Deliveries.of(questionnaire, assessment, initiatives), _position(questionnaire, assessment), {})
    aims = {} if targets is None else _aims(scored.shown, targets)
    last = plan.capacity.quarters if whole is None else max(whole.p80, plan.months)
    quarters = range(1, 1 if whole is None else min(MOST_QUARTERS, math.ceil(last / MONTHS_PER_QUARTER)) + 1)
    found = _by_quarter(scored, plan, runs, quarters)
    return Outlook(whole, dates, aims, tuple(_quarter(quarter, each, aims) for quarter, each in found.items()))


Run = tuple[float, dict[str, int]]
"""A way in which the plan may be carried out: its probability, and the finish month of each initiative."""


def _runs(plan: Plan, initiatives: InitiativeFile, time: Distribution) -> Iterator[Run]:
    if not plan.placements:
        return
    execution = Execution.of(plan, initiatives)
    for number, chance in stretch_chances(time).items():
        for variant in range(VARIANTS):
            yield chance / VARIANTS, execution.finishes(float(STRETCHES[number]), variant)


def _date(planned: int, runs: Sequence[Run], name: str) -> FinishDate:
    months: Weighted = [(float(finishes[name]), chance) for chance, finishes in runs]
    return FinishDate(planned, round(quantile(months, HALF)), round(quantile(months, LIKELY)))


def _whole(plan: Plan, runs: Sequence[Run]) -> FinishDate | None:
    if not runs:
        return None
    months: Weighted = [(float(max(finishes.values())), chance) for chance, finishes in runs]
    return FinishDate(plan.months, round(quantile(months, HALF)), round(quantile(months, LIKELY)))


def quantile(weighted: Weighted, share: float) -> float:
    """Return the smallest figure that is not exceeded with a probability of ``share`` at least."""
    below = 0.0
    for figure, chance in sorted(weighted):
        below += chance
        if below >= share - LEAST_GAIN:
            return figure
    return max(figure for figure, _ in weighted)


@dataclass(frozen=True)
class _Scored:
    """Effective maturity of each state that work leads to, scored once."""

    deliveries: Deliveries
    shown: Position
    known: dict[State, dict[str, float]]

    def at(self, state: State) -> dict[str, float]:
        if state not in self.known:
            options = self.deliveries.known(state).options
            self.known[state] = _scores(Position(self.shown.instrument, options, self.shown.fixed))
        return self.known[state]


def _position(questionnaire: Questionnaire, assessment: Assessment) -> Position:
    return Position.of(questionnaire, assessment, "half")


def _scores(position: Position) -> dict[str, float]:
    levels, names = position.levels, position.instrument.overall_weights
    found = {name: effective(position.instrument, name, levels) for name in names}
    return {name: value for name, value in found.items() if value is not None}


def _aims(shown: Position, targets: TargetProgress) -> dict[str, float]:
    """Return the effective maturity of each dimension with a target once its questions stand at their targets."""
    levels = {
        name: max(value, targets.targets[name].value) if name in targets.targets else value
        for name, value in shown.levels.items()
    }
    aimed = {name for name in shown.instrument.overall_weights if targets.dimensions[name].exists}
    found = {name: effective(shown.instrument, name, levels) for name in aimed}
    return {name: found[name] or 0.0 for name in shown.instrument.overall_weights if found.get(name) is not None}


def _by_quarter(scored: _Scored, plan: Plan, runs: Sequence[Run], quarters: range) -> dict[int, dict[str, Weighted]]:
    """Return the effective maturity of each dimension at the end of each quarter, on every run."""
    found: dict[int, dict[str, Weighted]] = {quarter: {} for quarter in quarters}
    for chance, finishes in runs:
        states = sorted(scored.deliveries.states(in_order(plan, finishes)).items())
        state, place = scored.deliveries.today, 0
        for quarter in quarters:
            while place < len(states) and states[place][0] <= quarter * MONTHS_PER_QUARTER:
                state, place = states[place][1], place + 1
            for name, value in scored.at(state).items():
                found[quarter].setdefault(name, []).append((value, chance))
    return found


def _quarter(quarter: int, dimensions: Mapping[str, Weighted], aims: Mapping[str, float]) -> QuarterOutlook:
    return QuarterOutlook(quarter, {name: _reach(found, aims.get(name)) for name, found in dimensions.items()})


def _reach(found: Weighted, aim: float | None) -> Reach:
    reached = None
    if aim is not None:
        reached = math.fsum(chance for value, chance in found if value >= aim - LEAST_GAIN)
    return Reach(quantile(found, LOW), quantile(found, HALF), quantile(found, HIGH), reached)
