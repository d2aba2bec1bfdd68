"""What has to be decided: the work that can help, the limits of the team, and what a plan is worth.

Plans here stand on a grid of quarters: work starts with a quarter and fills whole quarters, as many as its likely
effort takes with all the people who can work on it, or as the team's capacity allows.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from assessment.answers import Assessment, Capacity
from assessment.instrument import effective
from assessment.questionnaire import Questionnaire
from models.initiatives import Initiative, InitiativeFile
from models.plan import MONTHS_PER_QUARTER
from models.planning.pins import Pin
from models.position import Position

WEEKS_PER_QUARTER = 13.0
MONTHS_PER_YEAR = 12
Starts = Mapping[str, int]
"""Quarter of the start (from 1) by initiative."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What a plan is worth and what it may cost.

    Attributes:
        horizon_months: months over which effective maturity counts.
        rate: real discount rate a year.
        weights: value of one point of effective maturity for a month, by dimension; None takes the weights of the
            overall score, and a plan's value is then in points times years.
        prices: likely price of each initiative in one currency; needed for a budget.
        budget: the most that a plan may cost; None for no limit.
        quarter_budget: the most that may be spent in one quarter, each price spread evenly over its work.
    """

    horizon_months: int
    rate: float
    weights: Mapping[str, float] | None = None
    prices: Mapping[str, float] = field(default_factory=dict)
    budget: float | None = None
    quarter_budget: float | None = None


@dataclass(frozen=True)
class Problem:
    """One team's plan to decide.

    Attributes:
        start: where the team stands, unknown answers at the top: nothing is claimed where nobody knows.
        initiatives: every initiative that the file knows.
        capacity: of the team.
        terms: of value and money.
        pins: what the team demands, by initiative.
    """

    start: Position
    initiatives: InitiativeFile
    capacity: Capacity
    terms: Terms
    pins: Mapping[str, Pin] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        questionnaire: Questionnaire,
        assessment: Assessment,
        initiatives: InitiativeFile,
        terms: Terms,
        pins: Mapping[str, Pin] | None = None,
        capacity: Capacity | None = None,
    ) -> Problem:
        """Return the problem of an assessment; its own capacity stands where none is given."""
        start = Position.of(questionnaire, assessment, "top")
        return cls(start, initiatives, capacity or assessment.economics.capacity, terms, pins or {})

    @property
    def quarters(self) -> int:
        """Quarters to plan."""
        return self.capacity.quarters

    @cached_property
    def work(self) -> dict[str, Initiative]:
        """What can be placed, by id and in the order of ids: what still brings something, and what is demanded."""
        found = {
            item.id: item
            for item in self.initiatives.initiatives
            if self.start.lacks(item) or (item.id in self.pins and self.pins[item.id].kind == "start")
        }
        return {name: found[name] for name in sorted(found)}

    def needed(self, name: str) -> tuple[str, ...]:
        """Return the prerequisites that still bring something; one that brings nothing holds nothing up."""
        known = self.initiatives.by_id
        return tuple(item for item in known[name].requires if self.start.lacks(known[item]))

    def behind(self, name: str) -> frozenset[str]:
        """Return everything that is finished before ``name`` starts."""
        found: set[str] = set()
        ahead = list(self.needed(name))
        while ahead:
            item = ahead.pop()
            if item not in found:
                found.add(item)
                ahead.extend(self.needed(item))
        return frozenset(found)

    def length(self, name: str) -> int:
        """Return how many quarters the work fills: by its people, by the capacity of the team and of each role."""
        item, capacity = self.initiatives.by_id[name], self.capacity
        effort = item.effort.mode
        waits = [effort / (item.most_people * WEEKS_PER_QUARTER), effort / capacity.person_weeks_per_quarter]
        waits += [effort * item.roles.get(role, 0.0) / most for role, most in capacity.roles.items()]
        return max(1, math.ceil(max(waits) - 1e-9))

    @cached_property
    def month_weights(self) -> tuple[float, ...]:
        """Discounted worth of having a point in month 1, 2, ...; in years, for values in points times years."""
        months = max(self.terms.horizon_months, self.quarters * MONTHS_PER_QUARTER)
        unit = 1.0 if self.terms.weights is not None else MONTHS_PER_YEAR
        return tuple((1.0 + self.terms.rate) ** (-month / MONTHS_PER_YEAR) / unit for month in range(1, months + 1))

    @cached_property
    def quarter_weights(self) -> tuple[float, ...]:
        """Discounted worth of a point that is there from the end of quarter 1, 2, ... until the next one's end.

        What stands at the end of the last quarter stands to the horizon.
        """
        weights, last = self.month_weights, self.quarters
        ends = [quarter * MONTHS_PER_QUARTER - 1 for quarter in range(1, last + 1)]
        return tuple(
            math.fsum(weights[first : first + MONTHS_PER_QUARTER] if number < last else weights[first:])
            for number, first in enumerate(ends, 1)
        )

    @cached_property
    def point_weights(self) -> dict[str, float]:
        """Worth of one point by dimension, over the dimensions that have a score."""
        levels, given = self.start.levels, self.terms.weights
        shown = {
            name: weight
            for name, weight in self.start.instrument.overall_weights.items()
            if effective(self.start.instrument, name, levels) is not None
        }
        if given is not None:
            return {name: given.get(name, 0.0) for name in shown}
        total = math.fsum(shown.values())
        return {name: weight / total for name, weight in shown.items()}

    def gain(self, finished: Iterable[str]) -> float:
        """Return the weighted rise of effective maturity once ``finished`` are, in that order."""
        after = self.start.after(tuple(self.initiatives.by_id[name] for name in finished)).levels
        before, instrument = self.start.levels, self.start.instrument
        return math.fsum(
            weight * ((effective(instrument, name, after) or 0.0) - (effective(instrument, name, before) or 0.0))
            for name, weight in self.point_weights.items()
        )

    @cached_property
    def standing_value(self) -> float:
        """Worth of the effective maturity that stands today, to the horizon: what a plan's rise is added to."""
        levels, instrument = self.start.levels, self.start.instrument
        today = [weight * (effective(instrument, name, levels) or 0.0) for name, weight in self.point_weights.items()]
        return math.fsum(today) * math.fsum(self.month_weights)

    def value_by_month(self, finishes: Iterable[tuple[str, int, int]]) -> float:
        """Return what the rise of a plan is worth, from (initiative, start month, finish month) of each placement.

        The rise that stands in a month counts in that month. Work that finishes in one month counts in order of start,
        then id, as in :mod:`models.effects`.
        """
        order = sorted(finishes, key=lambda item: (item[2], item[1], item[0]))
        weights, total = self.month_weights, []
        months = sorted({month for _, _, month in order})
        for place, month in enumerate(months):
            following = months[place + 1] if place + 1 < len(months) else len(weights) + 1
            gain = self.gain(name for name, _, finish in order if finish <= month)
            total.append(gain * math.fsum(weights[month - 1 : following - 1]))
        return math.fsum(total)

    def value(self, starts: Starts) -> float:
        """Return what the rise of a plan on the grid is worth."""
        return self.value_by_month((name, *self.months(name, quarter)) for name, quarter in starts.items())

    def months(self, name: str, quarter: int) -> tuple[int, int]:
        """Return the first and last month of work that starts in a quarter."""
        return (quarter - 1) * MONTHS_PER_QUARTER + 1, (quarter + self.length(name) - 1) * MONTHS_PER_QUARTER

    def price(self, name: str) -> float:
        """Return the likely price of an initiative."""
        return self.terms.prices.get(name, 0.0)
