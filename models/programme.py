"""What a programme of work delivers, month by month, and what it costs: the plan as the economic model sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from assessment.answers import Range
from models.distributions import FloatArray

EFFECTS = ("f", "r", "w", "v", "c", "a")
"""Failures, recovery, waste, velocity, compliance, architecture: the keys of ``Programme.maturity``."""


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

    Raises:
        ValueError: for a missing or unknown key, a curve that does not start at 0 or is not finite.
    """

    maturity: Mapping[str, FloatArray]
    months: int
    cost: Range | None = None
    run_cost: Range | None = None
    lead: int | None = None

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
