"""Which deployments count: those to production, or to the environment that somebody named."""

from __future__ import annotations

from collections import Counter

from assessment.delivery.rules import delivery_rules
from assessment.delivery.times import shown
from assessment.errors import InputError, Problem

_MOST_NAMED = 8


class Environments:
    """Takes or leaves deployments by the name of their environment, and says so when none was taken."""

    def __init__(self, file: str, wanted: str) -> None:
        """Take ``wanted`` alone; without one, the environments that are known as production."""
        self._file, self._wanted = file, wanted.strip().casefold()
        self._taken = False
        self._others: dict[str, None] = {}

    def takes(self, name: str, counts: Counter[str], *, production: bool = False) -> bool:
        """Whether a deployment counts; one without an environment does, unless one was asked for."""
        plain = name.strip().casefold()
        known = self._wanted == plain if self._wanted else production or plain in ("", *delivery_rules().environments)
        if known:
            self._taken = True
        else:
            counts["elsewhere"] += 1
            if len(self._others) <= _MOST_NAMED:
                self._others[name.strip()] = None
        return known

    def refuse_none_taken(self) -> None:
        """Refuse a file in which no deployment went where it counts.

        Raises:
            InputError: naming the environments that there are.
        """
        if self._taken or not self._others:
            return
        named = ", ".join(f"'{shown(name)}'" for name in list(self._others)[:_MOST_NAMED])
        where = f"to '{shown(self._wanted)}'" if self._wanted else "to production"
        raise InputError(
            Problem(f"no deployment {where}", f"name another environment with --environment: {named}", self._file)
        )
