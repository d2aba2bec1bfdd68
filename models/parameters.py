"""The parameter file: every figure of the economic model with its source, its grade and what it does not show."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, model_validator

from assessment.errors import InputError
from assessment.fields import Grade, Model, Share, Text
from assessment.reading import Document, read_document, validate

Family = Literal["pert", "lognormal", "fixed"]
Finite = Annotated[float, Field(allow_inf_nan=False)]
Symbol = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9]*(_[A-Za-z0-9]+)*$", max_length=32)]
DEFAULT_PATH = Path(__file__).with_name("parameters.yaml")


class Source(Model):
    """A public source: title, section and year."""

    title: Text
    section: Text
    year: int = Field(ge=1900, le=2100)


class Grounded(Model):
    """What every figure of the file says about itself."""

    title: Text
    source: tuple[Source, ...] = ()
    grade: Grade
    grounds: Text
    does_not_show: Text
    last_checked: dt.date

    @model_validator(mode="after")
    def _graded(self) -> Grounded:
        if not self.source and self.grade != "assumption":
            message = "a figure with no source is graded 'assumption'"
            raise ValueError(message)
        return self


class Parameter(Grounded):
    """One uncertain input.

    ``low`` and ``high`` are the ends of a PERT distribution, or the 90 % interval of a lognormal one; all three figures
    are equal for a fixed one. They are null when the figure is ``asked`` for and has no default, and when it is
    ``optional``: used where somebody states it, and absent from the model otherwise. ``whole`` marks a count of months,
    which is one whole number. Money is per ``unit``, in ``currency`` at the prices of
    ``price_year``.
    """

    symbol: Symbol
    unit: Text
    family: Family
    low: Finite | None = None
    mode: Finite | None = None
    high: Finite | None = None
    asked: bool = False
    optional: bool = False
    whole: bool = False
    money: bool = False
    currency: Literal["USD"] | None = None
    price_year: int | None = Field(default=None, ge=1990, le=2100)
    how_to_measure: Text
    valid_min: Finite
    valid_max: Finite

    @model_validator(mode="after")
    def _consistent(self) -> Parameter:
        fault = self._money_fault() or (self._no_default_fault() if self.has_no_default else self._default_fault())
        if fault:
            raise ValueError(fault)
        return self

    def _money_fault(self) -> str:
        dated = self.currency is not None and self.price_year is not None
        if self.money and not self.has_no_default and not dated:
            return "a money default needs its currency and price_year"
        return "" if self.money or self.currency is None else "only money has a currency"

    @property
    def has_no_default(self) -> bool:
        """Whether the figure is only ever what somebody states."""
        return self.asked or self.optional

    def unit_in(self, currency: str) -> str:
        """Return the unit with the code of a currency in it where the figure is money."""
        return self.unit.replace("currency", currency) if self.money else self.unit

    def _no_default_fault(self) -> str:
        if self.asked and self.optional:
            return "a figure is asked for or optional, not both"
        given = any(figure is not None for figure in (self.low, self.mode, self.high))
        return "a figure that is asked for or optional has no default: leave low, mode and high null" if given else ""

    def _default_fault(self) -> str:
        low, mode, high = self.low, self.mode, self.high
        if low is None or high is None or (mode is None and self.family != "lognormal"):
            return "give low, mode and high (a lognormal needs no mode), or mark it 'asked: true' or 'optional: true'"
        middle = low if mode is None else mode
        if not self.valid_min <= low <= middle <= high <= self.valid_max:
            return "the figures need valid_min <= low <= mode <= high <= valid_max"
        if self.family == "lognormal" and low <= 0:
            return "a lognormal needs low > 0"
        return "a fixed figure has low = mode = high" if self.family == "fixed" and low != high else ""


class Threshold(Grounded):
    """A figure that decides, rather than one that is uncertain; ``value`` is a share."""

    value: Share


class Thresholds(Model):
    """The thresholds of the decision rule.

    ``evpi_share``: EVPI above this share of the mean cost of the programme, together with a best option that is best
    with a probability below ``best_probability``, is too wide to call.
    """

    evpi_share: Threshold
    best_probability: Threshold


class ParameterFile(Model):
    """A whole parameter file; ``rank_correlation`` joins the effects, since one team delivers them all."""

    format: Literal["sixstep-parameters/1"]
    version: Text
    rank_correlation: Threshold
    decision: Thresholds
    parameters: tuple[Parameter, ...] = Field(min_length=1)

    @cached_property
    def by_symbol(self) -> dict[str, Parameter]:
        """Parameters by symbol, in file order."""
        return {parameter.symbol: parameter for parameter in self.parameters}


def load_parameters(path: Path | None = None) -> ParameterFile:
    """Read a parameter file, by default the one of this package.

    Raises:
        InputError: with every fault found, each naming file, line, symbol and what would be right.
    """
    document = read_document(DEFAULT_PATH if path is None else path)
    parameters = validate(ParameterFile, document)
    _refuse_twins(parameters, document)
    if path is not None:
        _refuse_gaps(parameters, document)
    return parameters


def _refuse_gaps(parameters: ParameterFile, document: Document) -> None:
    """Refuse a file that lacks a symbol of the built-in one: the engine needs every one of them."""
    missing = [symbol for symbol in load_parameters().by_symbol if symbol not in parameters.by_symbol]
    if missing:
        raise InputError(
            [
                document.problem(("parameters",), f"the parameter '{symbol}' is missing", "add it", symbol)
                for symbol in missing
            ]
        )


def _refuse_twins(parameters: ParameterFile, document: Document) -> None:
    symbols = [parameter.symbol for parameter in parameters.parameters]
    problems = [
        document.problem(("parameters", index, "symbol"), f"'{symbol}' stands twice", "keep one of them", symbol)
        for index, symbol in enumerate(symbols)
        if symbol in symbols[:index]
    ]
    if problems:
        raise InputError(problems)
