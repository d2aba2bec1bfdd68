"""The people that a month has: in all, and of each role that the team limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assessment.answers import Capacity
from models.plan import MONTHS_PER_QUARTER
from models.position import LEAST_GAIN


@dataclass
class Free:
    """Person-weeks that are still free in one month; ``roles`` by role, where the team limits one."""

    weeks: float
    roles: dict[str, float]

    @classmethod
    def month(cls, capacity: Capacity) -> Free:
        """Return a month of a team: a third of its quarter."""
        roles = {role: most / MONTHS_PER_QUARTER for role, most in capacity.roles.items()}
        return cls(capacity.person_weeks_per_quarter / MONTHS_PER_QUARTER, roles)

    @property
    def any(self) -> bool:
        """Whether anybody is free."""
        return self.weeks > LEAST_GAIN

    def copy(self) -> Free:
        """Return the same people, to look ahead with."""
        return Free(self.weeks, dict(self.roles))

    def take(self, wanted: float, shares: Mapping[str, float]) -> float:
        """Take what is free of the ``wanted`` person-weeks, of which each role does its share; return what it was."""
        amount = max(min(wanted, self.weeks), 0.0)
        for role, left in self.roles.items():
            share = shares.get(role, 0.0)
            if share > 0.0:
                amount = min(amount, max(left, 0.0) / share)
        self.weeks -= amount
        for role in self.roles:
            self.roles[role] -= amount * shares.get(role, 0.0)
        return amount
