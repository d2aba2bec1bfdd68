"""Whose figure is in use, what it would be without it, and whether its source still speaks of another figure."""

from __future__ import annotations

from functools import lru_cache

from assessment.answers import Range
from assessment.loading import load_assessment
from examples import EXAMPLE
from models.evaluation import CAPACITY_SYMBOLS
from models.parameters import Parameter
from reports.range_words import range_words

GRADES = {
    "strong": "strong evidence",
    "moderate": "moderate evidence",
    "weak": "weak evidence",
    "assumption": "an assumption: no source supports it",
}
_ASKED = "**Asked of you: there is no default**"


def standing(parameter: Parameter, typed: Range | None, proposal: Range | None, *, fictional: bool) -> str:
    """Say whose figure is in use, as Markdown; its source stands in a field of its own.

    ``fictional`` says that the assessment is an invented one, whose figures may be those of the worked example.
    """
    if typed is not None:
        source = "" if typed.source else ", no source given"
        return f"**{_whose(parameter.symbol, typed, fictional=fictional)}**{source}"
    if proposal is not None:
        return f"**Proposed from your answers**, {GRADES['assumption']}"
    if parameter.optional:
        return "**Not stated: the model does without it**"
    if parameter.low is None or parameter.high is None:
        return "**Optional: the model does without it**" if parameter.symbol in CAPACITY_SYMBOLS else _ASKED
    unit = parameter.unit_in("US dollars") if parameter.money else parameter.unit
    shown = range_words(parameter.low, parameter.mode, parameter.high, unit)
    return f"**Default: {shown}**, {GRADES[parameter.grade]}"


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
        return "Measured in the worked example" if typed.measured else "Given by the worked example"
    return "Measured by you" if typed.measured else "Accepted by you" if typed.proposed else "Typed by you"


def _ends(given: Range) -> tuple[float | None, ...]:
    return given.low, given.mode, given.high


@lru_cache(maxsize=1)
def _example() -> dict[str, Range]:
    """Return the figures of the worked example; none where it is not installed."""
    return dict(load_assessment(EXAMPLE).economics.ranges) if EXAMPLE.is_file() else {}
