"""The order of versions: 2026.9 comes before 2026.10, wherever and whenever they were installed."""

from __future__ import annotations

import re

_PART = re.compile(r"\d+|[^\d.\-_+ ]+")


def version_order(version: str) -> tuple[tuple[int, int, str], ...]:
    """Return what versions are sorted by: figures as figures, after them words as words.

    A word stands before a figure in the same place, and a version before one that carries it on.
    """
    return tuple((1, int(part), "") if part.isdecimal() else (0, 0, part) for part in _PART.findall(version.lower()))
