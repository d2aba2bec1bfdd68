"""What a team demands of its plan: an initiative in one quarter, not before one, or never."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from assessment.errors import InputError, Problem, nearest

LAST_QUARTER = 20
_FORM = re.compile(r"(?P<after>>=)?Q(?P<quarter>[1-9]\d?)")
_REMEDY = "write Q2 (start in quarter 2), >=Q3 (not before quarter 3), or never"


@dataclass(frozen=True, slots=True)
class Pin:
    """One demand; ``quarter`` counts from 1 and is 0 for ``never``."""

    kind: Literal["start", "not_before", "never"]
    quarter: int = 0

    def allows(self, quarter: int) -> bool:
        """Return whether the initiative may start in ``quarter``."""
        return {"start": quarter == self.quarter, "not_before": quarter >= self.quarter, "never": False}[self.kind]

    def __str__(self) -> str:
        """Return the demand as it is written: Q2, >=Q3, never."""
        return {"start": f"Q{self.quarter}", "not_before": f">=Q{self.quarter}", "never": "never"}[self.kind]


def pin(text: str) -> Pin:
    """Read a demand.

    Raises:
        InputError: for anything but Q2, >=Q3 or never.
    """
    if text == "never":
        return Pin("never")
    found = _FORM.fullmatch(text)
    if found is None or int(found["quarter"]) > LAST_QUARTER:
        raise InputError(Problem(f"'{text}' is no demand on a plan", _REMEDY))
    return Pin("not_before" if found["after"] else "start", int(found["quarter"]))


def typed(texts: Iterable[str]) -> dict[str, str]:
    """Split demands as they are typed, ID=Q2, ID=never or ID>=Q3, into initiative and demand; the last one stands.

    Raises:
        InputError: for a text of another form.
    """
    found: dict[str, str] = {}
    for text in texts:
        name, sign, rest = text.partition("=")
        after = name.endswith(">")
        if not sign or not name.rstrip(">"):
            raise InputError(Problem(f"'{text}' is no demand on a plan", "write ID=Q2, ID>=Q3 or ID=never"))
        found[name.removesuffix(">")] = f">={rest}" if after else rest
    return found


def read_pins(given: Mapping[str, str], known: Mapping[str, object]) -> dict[str, Pin]:
    """Read the demands of a team, by initiative.

    Raises:
        InputError: for an unknown initiative, and for anything but Q2, >=Q3 or never.
    """
    unknown = [Problem(f"no initiative '{name}'", nearest(name, known)) for name in given if name not in known]
    if unknown:
        raise InputError(unknown)
    return {name: pin(text) for name, text in given.items()}
