"""Moving an uncertain figure: by a factor, by an amount, to another range or to another centre, within its bounds.

A figure keeps its kind: a lognormal one is moved by the ends of its 90 % interval, a fixed one stays fixed, and a count
of months stays whole. What would leave the bounds of the parameter is cut there, and the move says so.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from assessment.answers import EconomicInputs, Range, ScenarioChange
from models.distributions import Distribution, Fixed, Lognormal, Pert
from models.inputs import Figure, ModelInputs
from models.parameters import Parameter, ParameterFile

Ends = tuple[float, float, float]
STAND_IN: Mapping[str, str] = MappingProxyType({"rho_0": "D0", "D0": "rho_0", "surge": "rho_0"})
"""What is multiplied where a load test stands in place of the share of capacity in use, or the other way round."""
_OPERATIONS: Mapping[str, Callable[[float, float], float]] = MappingProxyType(
    {"multiply": lambda now, by: now * by, "add": lambda now, by: now + by, "set": lambda _, to: to}
)


@dataclass(frozen=True, slots=True)
class Move:
    """One figure before and after a move; ``clipped`` when it was cut at the bounds of its parameter."""

    symbol: str
    before: Figure
    after: Figure
    clipped: bool


def ends_of(figure: Figure) -> Ends:
    """Return low, centre and high of a figure in its unit: the centre is the mode, the median or the fixed figure."""
    distribution = figure.distribution
    if isinstance(distribution, Fixed):
        return distribution.value, distribution.value, distribution.value
    if isinstance(distribution, Pert):
        return distribution.low, distribution.mode, distribution.high
    return figure.low, distribution.median, figure.high


def ends_without_case(parameter: Parameter, economics: EconomicInputs) -> Ends | None:
    """Return low, centre and high of a figure before there is a case: the typed range, else the default.

    The default of an amount is converted, in ``economics.currency``; None where there is no default, or no rate.
    """
    given = economics.ranges.get(parameter.symbol)
    rate = 1.0
    if given is None and parameter.money and economics.currency != "USD":
        rate = economics.currency_per_usd or 0.0
    low, mode, high = (parameter.low, parameter.mode, parameter.high) if given is None else _three(given)
    if low is None or high is None or rate == 0.0:
        return None
    if parameter.family == "lognormal":
        mode = math.sqrt(low * high)
    return low * rate, (low + high) / 2 * rate if mode is None else mode * rate, high * rate


def _three(given: Range) -> tuple[float, float | None, float]:
    return given.low, given.mode, given.high


def changed(parameter: Parameter, figure: Figure, change: ScenarioChange) -> Move:
    """Return a figure after a change, low with low, likely with likely and high with high.

    Of a lognormal figure the ends of the interval are moved; a fixed one by the likely figure of the change alone.

    Args:
        parameter: of the figure, for its bounds.
        figure: as it stands.
        change: of that parameter, or of one that it stands in for; one that
            :func:`models.scenarios.change_faults` finds nothing wrong with.
    """
    by = (change.low, change.mode, change.high)
    if isinstance(figure.distribution, Fixed):
        by = (change.mode, change.mode, change.mode)
    if _leaves_alone(change.operation, by):
        return Move(figure.symbol, figure, figure, clipped=False)
    operation = _OPERATIONS[change.operation]
    return _moved(parameter, figure, [operation(now, each) for now, each in zip(ends_of(figure), by, strict=True)])


def centred(parameter: Parameter, figure: Figure, centre: float) -> Move:
    """Return a figure whose centre stands at ``centre`` (in its unit), as wide in proportion to it as before.

    A range around nought has no width in proportion: it is moved as it is.
    """
    low, now, high = ends_of(figure)
    if centre == now:
        return Move(figure.symbol, figure, figure, clipped=False)
    if now == 0.0:
        return _moved(parameter, figure, [low + centre, centre, high + centre])
    return _moved(parameter, figure, [low * (centre / now), centre, high * (centre / now)])


def apply(
    inputs: ModelInputs, parameters: ParameterFile, changes: Sequence[ScenarioChange]
) -> tuple[ModelInputs, tuple[Move, ...]]:
    """Return the inputs after every change, and each move in order; no draw of another figure moves."""
    moves: list[Move] = []
    for change in changes:
        symbol = change.symbol if change.symbol in inputs.figures else STAND_IN[change.symbol]
        move = changed(parameters.by_symbol[symbol], inputs.figures[symbol], change)
        inputs, moves = put(inputs, move), [*moves, move]
    return inputs, tuple(moves)


def put(inputs: ModelInputs, move: Move) -> ModelInputs:
    """Return the inputs with the figure after a move."""
    return replace(inputs, figures={**inputs.figures, move.symbol: move.after})


def as_range(figure: Figure, source: str) -> Range:
    """Return a figure as the range that a person would have typed; a lognormal one has no likely figure."""
    low, centre, high = ends_of(figure)
    likely = None if isinstance(figure.distribution, Lognormal) else centre
    return Range(low=low, mode=likely, high=high, source=source)


def _leaves_alone(operation: str, by: Ends) -> bool:
    neutral = {"multiply": 1.0, "add": 0.0}.get(operation)
    return neutral is not None and all(each == neutral for each in by)


def _moved(parameter: Parameter, figure: Figure, wanted: Sequence[float]) -> Move:
    whole = [float(round(end)) for end in wanted] if parameter.whole else list(wanted)
    asked = sorted(whole)
    low, centre, high = (min(max(end, parameter.valid_min), parameter.valid_max) for end in asked)
    after = Figure(
        figure.symbol, _of_kind(figure.distribution, (low, centre, high)), figure.origin, figure.source, low, high
    )
    return Move(figure.symbol, figure, after, clipped=[low, centre, high] != asked)


def _of_kind(distribution: Distribution, ends: Ends) -> Distribution:
    low, centre, high = ends
    if isinstance(distribution, Fixed):
        return Fixed(centre)
    if isinstance(distribution, Lognormal):
        return Lognormal.from_interval(low, high) if low < high else Fixed(centre)
    return Pert(low, centre, high)
