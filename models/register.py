"""What the target register offers to the economic model: ranges that a person may accept, and why some are not offered.

Nothing here is ever used by itself. A figure that a person typed stands; an offer enters the model only when accepted.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from assessment.answers import Assessment, Range
from assessment.feeds import Spread
from assessment.questionnaire import Questionnaire
from assessment.register import Register, Total
from models.inputs import LOAD_TEST
from models.parameters import Parameter, ParameterFile

Standing = Literal["offered", "accepted", "typed", "incomplete", "waits", "share_typed"]
CAPACITY = "X_star"
SHARE = "rho_0"
_SAME = 1e-9


@dataclass(frozen=True, slots=True)
class Offer:
    """What the register says of one economic parameter.

    Attributes:
        symbol: of the parameter.
        total: the figure of the register behind it.
        range: what would be accepted; None while a workflow misses a figure.
        standing: *offered*; *accepted* as it is; *typed*: a person's own figure stands; *incomplete*: a workflow misses
            a figure; *waits* for the capacity, without which demand and surge mean nothing; *share_typed*: a person
            typed the share of capacity, which demand, surge and capacity would replace.
    """

    symbol: str
    total: Total
    range: Range | None
    standing: Standing


def register_offers(
    questionnaire: Questionnaire, assessment: Assessment, register: Register | None, parameters: ParameterFile
) -> tuple[Offer, ...]:
    """Return an offer for each parameter that the questionnaire lets the register propose, in the file's order."""
    rules = questionnaire.target_register
    if register is None or rules is None:
        return ()
    ranges = assessment.economics.ranges
    return tuple(
        _offer(parameters.by_symbol[symbol], spread, register, ranges)
        for symbol, spread in rules.proposals.items()
        if symbol in parameters.by_symbol
    )


def _offer(parameter: Parameter, spread: Spread, register: Register, ranges: Mapping[str, Range]) -> Offer:
    total: Total = getattr(register, spread.total)
    if total.value is None or not total.whole:
        return Offer(parameter.symbol, total, None, "incomplete")
    proposed = _range(parameter, spread, total.value, len(total.counted))
    return Offer(parameter.symbol, total, proposed, _standing(parameter.symbol, proposed, ranges))


def _range(parameter: Parameter, spread: Spread, value: float, workflows: int) -> Range:
    """Return the total with its spread, inside what the parameter can be."""

    def inside(figure: float) -> float:
        return min(max(figure, parameter.valid_min), parameter.valid_max)

    below = max(abs(value) * spread.below, spread.at_least)
    above = max(abs(value) * spread.above, spread.at_least)
    source = f"From the target register: {workflows} workflow{'s' if workflows != 1 else ''}. {spread.because}"
    return Range(
        low=inside(value - below),
        mode=inside(value),
        high=inside(value + above),
        proposed=True,
        source=f"{source} Grade: assumption.",
    )


def _standing(symbol: str, proposed: Range, ranges: Mapping[str, Range]) -> Standing:
    stands, share = ranges.get(symbol), ranges.get(SHARE)
    if stands is not None and not stands.proposed:
        return "typed"
    if stands is not None and same_range(stands, proposed):
        return "accepted"
    if symbol in LOAD_TEST and share is not None and not share.proposed:
        return "share_typed"
    if symbol in LOAD_TEST and symbol != CAPACITY and CAPACITY not in ranges:
        return "waits"
    return "offered"


def same_range(one: Range, other: Range, tolerance: float = _SAME) -> bool:
    """Return whether two ranges hold the same figures, within a relative tolerance."""
    pairs = ((one.low, other.low), (one.mode or 0.0, other.mode or 0.0), (one.high, other.high))
    return all(math.isclose(*pair, rel_tol=tolerance) for pair in pairs)
