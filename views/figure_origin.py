"""Whose figure is in use, what it would be without it, and whether its source still speaks of another figure."""

from __future__ import annotations

from functools import lru_cache

from assessment.answers import Range
from assessment.loading import load_assessment
from examples import EXAMPLE
from models.parameters import Parameter
from reports.figures_format import plain_range
from views.plain import plain

GRADES = {
    "strong": "strong evidence",
    "moderate": "moderate evidence",
    "weak": "weak evidence",
    "assumption": "an assumption: no source supports it",
}


def standing(parameter: Parameter, typed: Range | None, proposal: Range | None, *, fictional: bool) -> str:
    """Say whose figure is in use, and what the figure would be without it, as Markdown.

    ``fictional`` says that the assessment is an invented one, whose figures may be those of the worked example.
    """
    if typed is not None:
        source = f"; source: {plain(typed.source)}" if typed.source else "; no source given"
        return f"**{_whose(parameter.symbol, typed, fictional=fictional)}**{source}"
    if proposal is not None:
        return f"**proposed from your answers**, {GRADES['assumption']}"
    if parameter.optional:
        return "**not stated: the model does without it**"
    if parameter.low is None or parameter.high is None:
        return "**asked of you: there is no default**"
    shown = plain_range(parameter.low, parameter.mode, parameter.high)
    dollars = " US dollars" if parameter.money else ""
    return f"**default {shown}{dollars}**, {GRADES[parameter.grade]}"


def without_it(parameter: Parameter, proposal: Range | None) -> str:
    """Return the label of the button that takes a given figure away: it says what counts instead."""
    if proposal is not None:
        return "Remove this figure and use the range proposed from your answers"
    if parameter.optional:
        return "Remove this figure: the model does without it"
    if parameter.low is None or parameter.high is None:
        return "Remove this figure: there is no default, so it is asked for again"
    return "Remove this figure and use the default of the library again"


def source_of_another(symbol: str, typed: Range | None) -> bool:
    """Return whether a figure was replaced while its source is still the one written for the example's figure."""
    given = _example().get(symbol)
    return typed is not None and given is not None and typed.source == given.source and _ends(typed) != _ends(given)


def _whose(symbol: str, typed: Range, *, fictional: bool) -> str:
    if fictional and typed == _example().get(symbol):
        return "measured in the worked example" if typed.measured else "given by the worked example"
    return "measured by you" if typed.measured else "accepted by you" if typed.proposed else "typed by you"


def _ends(given: Range) -> tuple[float | None, ...]:
    return given.low, given.mode, given.high


@lru_cache(maxsize=1)
def _example() -> dict[str, Range]:
    """Return the figures of the worked example; none where it is not installed."""
    return dict(load_assessment(EXAMPLE).economics.ranges) if EXAMPLE.is_file() else {}
