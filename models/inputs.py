"""From what a person typed, what the assessment proposes and what the plan costs to the inputs of the engine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from assessment.answers import EconomicInputs, Range
from assessment.errors import InputError, Problem, nearest
from assessment.reading import Document
from models.distributions import Distribution, Fixed, Lognormal, Pert
from models.parameters import Parameter, ParameterFile, Thresholds
from models.programme import Programme

Origin = Literal["yours", "measured", "proposed", "plan", "default"]
LOAD_TEST = ("D0", "surge", "X_star")
"""Demand, surge and capacity: given together they make rho_0 = D0 surge / X_star."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One input as the engine uses it.

    Attributes:
        symbol: the parameter's symbol.
        distribution: in the parameter's unit; money in the currency of the inputs.
        origin: whose figure it is.
        source: what the person wrote as its source; empty for a default, whose source is in the parameter file.
        low: lower end of the range, or of the 90 % interval of a lognormal; in the same unit.
        high: upper end, likewise.
    """

    symbol: str
    distribution: Distribution
    origin: Origin
    source: str
    low: float
    high: float


@dataclass(frozen=True, eq=False)
class ModelInputs:
    """Everything uncertain and everything agreed, ready to be drawn from.

    Attributes:
        figures: by symbol, in file order. Either ``rho_0`` or the three of :data:`LOAD_TEST` are there, never both.
        currency: of every amount.
        currency_per_usd: the typed rate; 1 for US dollars; None when no default had to be converted.
        horizon_months: T.
        delay_months: start month of the delayed strategy.
        rank_correlation: between the six effects.
        thresholds: of the decision rule.
        parameters_version: version of the parameter file.
    """

    figures: Mapping[str, Figure]
    currency: str
    currency_per_usd: float | None
    horizon_months: int
    delay_months: int
    rank_correlation: float
    thresholds: Thresholds
    parameters_version: str

    def distribution(self, symbol: str) -> Distribution:
        """Return the distribution of ``symbol``."""
        return self.figures[symbol].distribution

    def mean(self, symbol: str) -> float:
        """Return the mean of ``symbol`` in its unit."""
        return self.distribution(symbol).mean

    def with_distribution(self, symbol: str, distribution: Distribution) -> ModelInputs:
        """Return the same inputs with another distribution of one symbol; no other draw moves."""
        changed = replace(self.figures[symbol], distribution=distribution)
        return replace(self, figures={**self.figures, symbol: changed})


def build_inputs(
    parameters: ParameterFile,
    economics: EconomicInputs,
    proposals: Mapping[str, Range],
    programme: Programme,
) -> ModelInputs:
    """Return the inputs of the engine: own range, else proposal, else plan (K, O, S, lead), else default.

    Ranges that a person typed and proposals are in ``economics.currency`` where they are money; only defaults are
    converted. A range with ``low == high`` is a fixed figure. Of a range for a lognormal parameter only low and high
    are used: they are its 90 % interval.

    Args:
        parameters: the parameter file.
        economics: what the organisation said.
        proposals: ranges that the assessment proposes for the baseline.
        programme: the plan, for its cost and length.

    Raises:
        InputError: naming every unknown symbol, figure out of bounds, unanswered figure that has no default, and a
            currency without a rate.
    """
    problems = [*_unknown(parameters, proposals), *economic_problems(parameters, economics)]
    chosen = dict(_choose(parameters, economics, proposals, programme))
    problems += _missing(parameters, chosen, economics) + _currency_problems(parameters, chosen, economics)
    derived = {symbol: given for symbol, (given, _) in chosen.items() if symbol not in economics.ranges}
    problems += [problem for symbol, given in derived.items() for problem in _faults(parameters, symbol, given)]
    if problems:
        raise InputError(problems)
    rate = economics.currency_per_usd or 1.0
    figures = {symbol: _figure(parameters.by_symbol[symbol], *pair, rate) for symbol, pair in chosen.items()}
    return ModelInputs(
        figures=figures,
        currency=economics.currency,
        currency_per_usd=1.0 if economics.currency == "USD" else economics.currency_per_usd,
        horizon_months=economics.horizon_months,
        delay_months=economics.delay_months,
        rank_correlation=parameters.rank_correlation.value,
        thresholds=parameters.decision,
        parameters_version=parameters.version,
    )


def economic_problems(
    parameters: ParameterFile, economics: EconomicInputs, document: Document | None = None
) -> list[Problem]:
    """Return what is wrong with the figures that a person typed, with file and line where a document is given."""
    known = {symbol: given for symbol, given in economics.ranges.items() if symbol in parameters.by_symbol}
    problems = [*_unknown(parameters, economics.ranges), *_load_test_conflict(economics)]
    problems += [problem for symbol, given in known.items() for problem in _faults(parameters, symbol, given)]
    if document is None:
        return problems
    placed = [replace(each, file=document.file, line=_line(document, each.subject)) for each in problems]
    return sorted(placed, key=lambda problem: problem.line or 0)


def _line(document: Document, symbol: str) -> int | None:
    return document.line(("economics", "ranges", symbol))


def _choose(
    parameters: ParameterFile, economics: EconomicInputs, proposals: Mapping[str, Range], programme: Programme
) -> Iterator[tuple[str, tuple[Range, Origin]]]:
    plan = _plan_ranges(programme)
    tested = _load_tested(economics)
    for parameter in parameters.parameters:
        symbol = parameter.symbol
        if (symbol == "rho_0") if tested else (symbol in LOAD_TEST):
            continue
        if symbol in economics.ranges:
            yield symbol, (economics.ranges[symbol], _origin(economics.ranges[symbol]))
        elif symbol in proposals:
            yield symbol, (proposals[symbol], "measured" if proposals[symbol].measured else "proposed")
        elif symbol in plan:
            yield symbol, (plan[symbol], "plan")
        elif parameter.low is not None and parameter.high is not None:
            yield symbol, (Range(low=parameter.low, mode=parameter.mode, high=parameter.high), "default")


def _origin(given: Range) -> Origin:
    return "measured" if given.measured else "proposed" if given.proposed else "yours"


def _load_tested(economics: EconomicInputs) -> bool:
    return any(symbol in economics.ranges for symbol in LOAD_TEST)


def _plan_ranges(programme: Programme) -> dict[str, Range]:
    months = float(programme.months)
    found = {"K": programme.cost, "O": programme.run_cost, "S": Range(low=months, mode=months, high=months)}
    if programme.lead is not None:
        lead = float(programme.lead)
        found["lead"] = Range(low=lead, mode=lead, high=lead)
    return {symbol: given for symbol, given in found.items() if given is not None}


def _unknown(parameters: ParameterFile, given: Mapping[str, Range]) -> list[Problem]:
    known = parameters.by_symbol
    return [
        Problem(f"no parameter '{symbol}'", nearest(symbol, known), subject=symbol)
        for symbol in given
        if symbol not in known
    ]


def _load_test_conflict(economics: EconomicInputs) -> list[Problem]:
    if "rho_0" in economics.ranges and _load_tested(economics):
        message = "rho_0 is given, and so are figures it follows from (D0 * surge / X_star)"
        return [Problem(message, "remove rho_0, or D0, surge and X_star", subject="rho_0")]
    return []


def _missing(parameters: ParameterFile, chosen: Mapping[str, object], economics: EconomicInputs) -> list[Problem]:
    tested = _load_tested(economics)
    asked = [
        parameter
        for parameter in parameters.parameters
        if parameter.asked and parameter.symbol not in chosen and (tested or parameter.symbol not in LOAD_TEST)
    ]
    if not asked:
        return []
    names = "; ".join(f"{parameter.symbol} ({parameter.title}, {parameter.unit})" for parameter in asked)
    message = f"figures without a default are not answered: {names}"
    return [Problem(message, "give a low, likely and high figure for each", subject="economics")]


def _currency_problems(
    parameters: ParameterFile, chosen: Mapping[str, tuple[Range, Origin]], economics: EconomicInputs
) -> list[Problem]:
    rate = economics.currency_per_usd
    if economics.currency == "USD":
        wrong = rate is not None and rate != 1.0
        return [Problem("one US dollar is one US dollar", "remove currency_per_usd", subject="currency")] * wrong
    known = parameters.by_symbol
    dollars = [symbol for symbol, (_, origin) in chosen.items() if origin == "default" and known[symbol].money]
    if rate is not None or not dollars:
        return []
    message = f"defaults in US dollars ({', '.join(dollars)}) cannot stand as {economics.currency}"
    remedy = f"type currency_per_usd: how many {economics.currency} one US dollar is worth"
    return [Problem(message, remedy, subject="currency")]


def _faults(parameters: ParameterFile, symbol: str, given: Range) -> Iterator[Problem]:
    parameter = parameters.by_symbol[symbol]
    bounds = f"use figures from {parameter.valid_min:g} to {parameter.valid_max:g} ({parameter.unit})"
    if given.low < parameter.valid_min or given.high > parameter.valid_max:
        yield Problem(f"{symbol} = {_shown(given)} is out of bounds", bounds, subject=symbol)
    if parameter.whole and (given.low != given.high or given.low != round(given.low)):
        yield Problem(f"{symbol} = {_shown(given)} is not one whole number", "give whole months", subject=symbol)
    if given.low == given.high:
        return
    if parameter.family == "lognormal" and given.low <= 0:
        yield Problem(f"{symbol} = {_shown(given)} has a low figure of 0", "give one above 0", subject=symbol)
    if parameter.family != "lognormal" and given.mode is None:
        yield Problem(f"{symbol} = {_shown(given)} has no likely figure", "give 'mode'", subject=symbol)


def _shown(given: Range) -> str:
    figures = [given.low, given.high] if given.mode is None else [given.low, given.mode, given.high]
    return " / ".join(f"{figure:g}" for figure in figures)


def _figure(parameter: Parameter, given: Range, origin: Origin, rate: float) -> Figure:
    """Return the figure of a checked range; ``rate`` (currency per US dollar) applies to money defaults only."""
    factor = rate if parameter.money and origin == "default" else 1.0
    distribution = distribution_of(parameter, given)
    scaled = distribution if factor == 1.0 else distribution.scaled(factor)
    return Figure(parameter.symbol, scaled, origin, given.source, given.low * factor, given.high * factor)


def distribution_of(parameter: Parameter, given: Range) -> Distribution:
    """Return the distribution that a range means for a parameter.

    Raises:
        ValueError: for a range that :func:`build_inputs` would refuse.
    """
    if given.low == given.high:
        return Fixed(given.low)
    if parameter.family == "lognormal":
        return Lognormal.from_interval(given.low, given.high)
    if given.mode is None:
        message = f"{parameter.symbol} needs a likely figure"
        raise ValueError(message)
    return Pert(given.low, given.mode, given.high)
