"""What a programme of work delivers, month by month, and what it costs: the plan as the economic model sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from assessment.answers import Range
from models.distributions import FloatArray

EFFECTS = ("f", "r", "w", "v", "c", "a")
"""Failures, recovery, waste, velocity, compliance, architecture: the keys of ``Programme.maturity``."""

STRETCH = "m_t"
"""Symbol of how long the work of a plan takes, times what is planned."""
_STEPS_TO_TWICE = 8
STRETCHES: FloatArray = 2.0 ** (np.arange(-_STEPS_TO_TWICE, 2 * _STEPS_TO_TWICE + 1) / _STEPS_TO_TWICE)
"""The times at which the dates of a plan are worked out, from half to four times the planned time, 9 % apart.

A path takes the nearest in the logarithm, so that its time is off by 4.4 % at most; 1 is one of them.
"""


def stretch_of(times: FloatArray) -> NDArray[np.int64]:
    """Return the number of the nearest of :data:`STRETCHES` for each of some times (> 0, times the planned time)."""
    place = np.rint(np.log2(np.maximum(times, STRETCHES[0])) * _STEPS_TO_TWICE) + _STEPS_TO_TWICE
    return np.asarray(np.minimum(place, STRETCHES.size - 1), dtype=np.int64)


@dataclass(frozen=True, eq=False)
class Programme:
    """A programme as seen from its own start.

    Attributes:
        maturity: for each effect key, M(t): how much of a 50-point rise in effective maturity is delivered t months
            after the start; shape (horizon + 1,), M(0) = 0. Beyond the last month the last figure stands.
        months: S, months over which the cost is spread.
        cost: K, once, in the currency of the economic inputs; None takes the parameter file's default.
        run_cost: O, per month from its start, in the same currency; None takes the default.
        lead: months by which delivery lags the plan (procurement, staffing); 0 for a plan with finish dates of its
            own, None for the default.
        late: the same programme at each of :data:`STRETCHES`: with its dates as work that takes so much longer leaves
            them. Empty where dates are certain.

    Raises:
        ValueError: for a missing or unknown key, a curve that does not start at 0 or is not finite.
    """

    maturity: Mapping[str, FloatArray]
    months: int
    cost: Range | None = None
    run_cost: Range | None = None
    lead: int | None = None
    late: tuple[Programme, ...] = ()

    def __post_init__(self) -> None:
        """Refuse curves that the engine could not read."""
        if set(self.maturity) != set(EFFECTS):
            message = f"a programme needs a maturity curve for each of {', '.join(EFFECTS)}"
            raise ValueError(message)
        for key, curve in self.maturity.items():
            if curve.ndim != 1 or curve.size < 1 or curve[0] != 0.0 or not np.all(np.isfinite(curve)):
                message = f"the maturity curve '{key}' must be one-dimensional, finite and start at 0"
                raise ValueError(message)
        if self.months < 1:
            message = "a programme lasts at least one month"
            raise ValueError(message)
        if self.late and len(self.late) != STRETCHES.size:
            message = f"a programme that may slip needs one for each of {STRETCHES.size} stretches"
            raise ValueError(message)

    @cached_property
    def stretched(self) -> tuple[Programme, ...]:
        """The programmes of which a path takes one: those of ``late``, else this one alone."""
        return self.late or (self,)

    def at(self, times: float) -> Programme:
        """Return the programme with certain dates: as it is when work takes ``times`` (> 0) the planned time."""
        if not self.late:
            return self
        return self.late[int(stretch_of(np.array([times]))[0])]

    @classmethod
    def none(
        cls,
        horizon: int,
        months: int = 12,
        cost: Range | None = None,
        run_cost: Range | None = None,
        lead: int | None = 0,
    ) -> Programme:
        """Return a programme that costs money and delivers nothing; ``horizon`` in months."""
        return cls({key: np.zeros(horizon + 1) for key in EFFECTS}, months, cost, run_cost, lead)

    @classmethod
    def full(
        cls,
        horizon: int,
        months: int = 12,
        cost: Range | None = None,
        run_cost: Range | None = None,
        lead: int | None = 0,
    ) -> Programme:
        """Return a programme that rises evenly to a full delivery (M = 1) at the end of its ``months``."""
        curve = np.minimum(1.0, np.arange(horizon + 1) / months)
        return cls(dict.fromkeys(EFFECTS, curve), months, cost, run_cost, lead)
