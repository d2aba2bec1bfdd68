"""What a change of an economic figure brings with it: figures that exclude each other never stand together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assessment.answers import EconomicInputs, Range
from assessment.errors import InputError
from assessment.questionnaire import Questionnaire
from assessment.reading import Document
from models.inputs import LOAD_TEST, economic_problems
from models.parameters import ParameterFile
from store.folding import RANGE, Change
from workspace.checks import draft

PROPOSED = "Proposed from the answers and signals; accepted by the team."
SHARE = "rho_0"
"""The share of capacity in use: typed, or made by the three figures of a load test."""


def range_changes(questionnaire: Questionnaire, economics: EconomicInputs, symbol: str, payload: Any) -> list[Change]:
    """Return the changes that save a range, or clear it with None.

    A load test and a typed share of capacity exclude each other: the one saved last stands. A baseline of which a part
    is taken back is not confirmed any more.
    """
    changes = [Change("economics", RANGE + symbol, payload)]
    if payload is not None:
        changes += [Change("economics", RANGE + other, None) for other in excluded(economics, symbol)]
    elif economics.confirmed and _unconfirmed(questionnaire, economics, symbol):
        changes.append(Change("economics", "confirmed", None))
    return changes


def currency_changes(economics: EconomicInputs, currency: str | None) -> list[Change]:
    """Return the changes that save another currency: the rate of the old one goes with it."""
    changes = [Change("economics", "currency", currency)]
    moved = (currency or EconomicInputs().currency) != economics.currency
    if moved and economics.currency_per_usd is not None:
        changes.append(Change("economics", "currency_per_usd", None))
    return changes


def baseline_ranges(economics: EconomicInputs, proposals: Mapping[str, Range]) -> dict[str, Range]:
    """Return the proposals as the team's ranges, with their source, without a share that a load test makes."""
    tested = any(symbol in economics.ranges for symbol in LOAD_TEST)
    return {
        symbol: given if given.source else given.model_copy(update={"source": PROPOSED})
        for symbol, given in proposals.items()
        if not (tested and symbol == SHARE)
    }


def checked_ranges(
    parameters: ParameterFile, questionnaire: Questionnaire, given: Mapping[str, Range]
) -> dict[str, Any]:
    """Return what is stored for ranges.

    Raises:
        InputError: for those that cannot be.
    """
    ranges = draft(questionnaire, economics={"ranges": given}).economics.ranges
    for symbol, item in ranges.items():
        _refuse_impossible(parameters, symbol, item)
    return {symbol: item.model_dump(mode="json") for symbol, item in ranges.items()}


def refuse_faulty(parameters: ParameterFile, economics: EconomicInputs, document: Document) -> None:
    """Refuse the figures of a file that no model can use.

    Raises:
        InputError: for every fault, with the file's name and line.
    """
    problems = economic_problems(parameters, economics, document)
    if problems:
        raise InputError(problems)


def _refuse_impossible(parameters: ParameterFile, symbol: str, value: Range) -> None:
    """Refuse a range that no model can draw from; one whose likely figure is still to be typed may be kept."""
    likely = (value.low + value.high) / 2 if value.mode is None else value.mode
    complete = value.model_copy(update={"mode": likely})
    if economic_problems(parameters, EconomicInputs(ranges={symbol: complete})):
        raise InputError(economic_problems(parameters, EconomicInputs(ranges={symbol: value})))


def excluded(economics: EconomicInputs, symbol: str) -> list[str]:
    """Return the ranges that stand and that a range of ``symbol`` excludes."""
    others = (SHARE,) if symbol in LOAD_TEST else LOAD_TEST if symbol == SHARE else ()
    return [other for other in others if other in economics.ranges]


def _unconfirmed(questionnaire: Questionnaire, economics: EconomicInputs, symbol: str) -> bool:
    """Say whether clearing a range puts back a proposal that nobody has confirmed."""
    baseline, left = questionnaire.economics.baseline, {*economics.ranges} - {symbol}
    if symbol in LOAD_TEST:
        return SHARE in baseline and left.isdisjoint({SHARE, *LOAD_TEST})
    return symbol in baseline and symbol in economics.ranges
