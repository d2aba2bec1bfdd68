"""What if: the figures that matter most as levers, each with a span to move over, and the case with levers moved."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from models.case import Case
from models.draws import EFFECT_SYMBOLS
from models.inputs import ModelInputs
from models.parameters import Parameter, ParameterFile
from models.shifts import Move, centred, ends_of, put

LeverKind = Literal["figure", "factor", "months"]
LOAD = "load"
DELAY, HORIZON = "delay_months", "horizon_months"
LEAST_HORIZON, MOST_HORIZON, MOST_DELAY = 12, 120, 60
MOST_FACTOR, FACTOR_STEP = 2.0, 0.05
_DIGITS = 6
_STEPS = 100
_WIDER = 2.0
_UNKNOWN_SHARE = 0.2


@dataclass(frozen=True, slots=True)
class Lever:
    """One thing to move.

    Attributes:
        name: stable name; of a month lever the economic field.
        kind: ``figure`` moves the centre of one figure, ``factor`` multiplies figures, ``months`` is a whole number.
        symbols: the figures it moves.
        now: where it stands in the case.
        low: least value.
        high: largest value.
        step: between two values.
    """

    name: str
    kind: LeverKind
    symbols: tuple[str, ...]
    now: float
    low: float
    high: float
    step: float


def levers(case: Case) -> tuple[Lever, ...]:
    """Return the ten levers of a case: load, incidents and costs, then the programme, then time."""
    inputs, parameters = case.inputs, case.parameters
    load = "rho_0" if "rho_0" in inputs.figures else "D0"
    named = (("g", "g"), (LOAD, load), ("lambda0", "lambda0"), ("c_h", "c_h"), ("E", "E"))
    figures = [_figure_lever(inputs, parameters, name, symbol) for name, symbol in named]
    factors = [
        Lever(name, "factor", symbols, 1.0, FACTOR_STEP, MOST_FACTOR, FACTOR_STEP)
        for name, symbols in (("cost", ("K",)), ("effects", EFFECT_SYMBOLS))
    ]
    months = (
        Lever(DELAY, "months", (), inputs.delay_months, 1, MOST_DELAY, 1),
        Lever(HORIZON, "months", (), inputs.horizon_months, LEAST_HORIZON, MOST_HORIZON, 1),
    )
    return (*figures, *factors, _figure_lever(inputs, parameters, "r", "r"), *months)


def moved(case: Case, values: Mapping[str, float]) -> tuple[Case, tuple[Move, ...]]:
    """Return the case with levers at other values, and the moves of its figures.

    Args:
        case: as it stands.
        values: by name of a lever; one that is not named stays, as does one at its own value.
    """
    inputs, moves = case.inputs, list[Move]()
    for lever in levers(case):
        value = values.get(lever.name, lever.now)
        if value == lever.now:
            continue
        if lever.name == DELAY:
            inputs = replace(inputs, delay_months=round(value))
        if lever.name == HORIZON:
            inputs = replace(inputs, horizon_months=round(value))
        for symbol in lever.symbols:
            figure = inputs.figures[symbol]
            centre = value if lever.kind == "figure" else value * ends_of(figure)[1]
            move = centred(case.parameters.by_symbol[symbol], figure, centre)
            inputs, moves = put(inputs, move), [*moves, move]
    return replace(case, inputs=inputs), tuple(moves)


def _figure_lever(inputs: ModelInputs, parameters: ParameterFile, name: str, symbol: str) -> Lever:
    low, centre, high = ends_of(inputs.figures[symbol])
    parameter = parameters.by_symbol[symbol]
    least, most = _span(parameter, low, high)
    step = nice_step((most - least) / _STEPS)
    floor = step if parameter.family == "lognormal" else least
    first, last = max(floor, math.floor(least / step) * step), math.ceil(most / step) * step
    now = significant(centre)
    return Lever(name, "figure", (symbol,), now, min(_exact(first), now), max(_exact(last), now), step)


def _span(parameter: Parameter, low: float, high: float) -> tuple[float, float]:
    """Return the range of a figure made wider on both sides, within its bounds; a tenth of those for a nought."""
    least = low / _WIDER if low > 0.0 else low * _WIDER
    most = (
        high * _WIDER
        if high > 0.0
        else parameter.valid_min + _UNKNOWN_SHARE * (parameter.valid_max - parameter.valid_min)
    )
    return max(least, parameter.valid_min), min(most, parameter.valid_max)


def nice_step(width: float) -> float:
    """Return the largest of 1, 2 and 5 times a power of ten that is not above ``width`` (> 0)."""
    power = 10.0 ** math.floor(math.log10(width))
    return _exact(max(factor * power for factor in (1.0, 2.0, 5.0) if factor * power <= width * (1.0 + 1e-9)))


def significant(value: float, digits: int = _DIGITS) -> float:
    """Return a value to so many significant digits."""
    return float(f"{value:.{digits}g}")


def _exact(value: float) -> float:
    return float(f"{value:.12g}")
