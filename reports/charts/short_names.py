"""The short names that a chart writes for want of room, spelled out once below it."""

from __future__ import annotations

from collections.abc import Iterable

from assessment.questionnaire import Dimension


def spelled_out(dimensions: Iterable[Dimension]) -> str:
    """Return the whole names of dimensions that have a short one, as in ``IaC: Infrastructure as code.``."""
    return " ".join(f"{item.short}: {item.title}." for item in dimensions if item.short != item.title)
