"""A plan as data: which initiatives start when, where that leads quarter by quarter, and what is left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from assessment.answers import Capacity, Range

MONTHS_PER_QUARTER = 3
Reason = Literal[
    "lifts_binding_constraint", "prepares_a_lift", "raises_effective", "prepares", "raises_with", "raises_nothing"
]


@dataclass(frozen=True, slots=True)
class Placement:
    """One initiative on the calendar. Months count from 1; the work fills months ``start_month`` to ``finish_month``.

    ``gain`` is the rise in the overall effective score (points) when the initiative finishes; ``constraint`` is the
    binding factor that it lifts, and ``serves`` the initiative of the plan that needs it, or with which its gain comes
    to act (``raises_with``); by work that ``raises_nothing`` no score rises in the whole plan. ``weeks`` are its
    person-weeks, month by month.
    """

    initiative: str
    start_month: int
    finish_month: int
    reason: Reason
    gain: float
    constraint: str | None = None
    serves: str | None = None
    weeks: tuple[float, ...] = ()

    @property
    def quarter(self) -> int:
        """Quarter of the start, from 1."""
        return (self.start_month - 1) // MONTHS_PER_QUARTER + 1

    @property
    def finish_quarter(self) -> int:
        """Quarter of the finish, from 1."""
        return (self.finish_month - 1) // MONTHS_PER_QUARTER + 1


@dataclass(frozen=True, slots=True)
class QuarterState:
    """Where the plan stands at the end of a quarter: points by dimension, unknown answers at one half."""

    quarter: int
    started: tuple[str, ...]
    finished: tuple[str, ...]
    person_weeks: float
    effective: Mapping[str, float | None]
    ceiling: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Plan:
    """A schedule of initiatives.

    Attributes:
        status: how it was made: ``greedy``; ``optimal``, within the gap that was searched for of every plan on the grid
            of quarters; ``feasible``, when the search ended before that.
        gap: how much better, as a share, a plan on the grid could be at most; None when the method proves none.
        months: S, the month in which the last initiative finishes; 0 for an empty plan.
        person_weeks: low, likely and high effort of everything placed.
        external_cost: US dollars once; run_cost: US dollars a month from the start of the programme.
        left_out: initiatives that are not placed, with the reason: ``no_room`` in horizon and capacity, ``unanswered``
            (nobody knows where their questions stand), ``not_asked``, ``nothing_to_raise``, ``ruled_out`` by the team,
            or ``no_gain`` (no effective score would rise).
    """

    placements: tuple[Placement, ...]
    quarters: tuple[QuarterState, ...]
    capacity: Capacity
    person_weeks: Range
    external_cost: Range
    run_cost: Range
    months: int
    status: str = "greedy"
    gap: float | None = None
    left_out: Mapping[str, str] = field(default_factory=dict)

    @property
    def finish_months(self) -> dict[str, int]:
        """Finish month by initiative."""
        return {placement.initiative: placement.finish_month for placement in self.placements}
