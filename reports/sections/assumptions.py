"""Every figure of the economic model with its range, whose it is, its source and grade, and what it does not show."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from reports.document import Block, Column, Paragraph, Section, Table
from reports.figures_format import DASH, percent, plain
from reports.formulas import written_symbol
from reports.range_words import range_words, unit_words
from reports.sections.stage import stage_note
from reports.wording import capitalised, wording

if TYPE_CHECKING:
    from assessment.answers import Range
    from models.evaluation import Evaluation
    from models.inputs import Figure
    from models.parameters import Grounded, Parameter

_COLUMNS = (
    Column("Figure", 1.6),
    Column("Range", 1.35),
    Column("Origin, grade", 1.15),
    Column("Source and grounds", 2.75),
    Column("Does not show", 1.7),
)

_PLAN = "plan: "
"""Begins the source of a figure that the plan gives, which its origin says already."""


def assumptions(evaluation: Evaluation) -> Section:
    """Return the assumptions of the model and the thresholds of the decision."""
    currency = evaluation.assessment.economics.currency
    text = (
        "A figure without a source is graded assumption, and the reader should treat it as one. A range without a "
        f"likely figure is the 90% interval of a lognormal one: nine cases in ten lie between its ends. Money is in "
        f"{currency} unless the unit says otherwise, at constant prices. What the sources of a default do not show is "
        "said of defaults only."
    )
    blocks: list[Block] = [
        Paragraph(text),
        *stage_note(evaluation.questionnaire, "economics"),
        *_rate(evaluation),
        Table("Figures of the economic model", _COLUMNS, tuple(_rows(evaluation))),
    ]
    return Section("assumptions", "Assumptions", (*blocks, _thresholds(evaluation)), new_page=True)


def _rate(evaluation: Evaluation) -> list[Paragraph]:
    given = evaluation.assessment.economics
    if given.currency == "USD" or given.currency_per_usd is None:
        return []
    return [Paragraph(f"One US dollar is taken as {plain(given.currency_per_usd)} {given.currency}, as typed.")]


def assumption_row(evaluation: Evaluation, symbol: str) -> tuple[str, ...] | None:
    """Return a figure with its range, its origin and grade, its source and what it does not show; None if unused."""
    parameter, found = evaluation.parameters.by_symbol.get(symbol), evaluation.economics
    if parameter is None or not _counts(evaluation, parameter):
        return None
    return (
        _proposed(evaluation, parameter)
        if found is None
        else _used(evaluation, parameter, found.inputs.figures[symbol])
    )


def _rows(evaluation: Evaluation) -> Iterator[tuple[str, ...]]:
    figures = evaluation.economics.inputs.figures if evaluation.economics else {}
    for parameter in evaluation.parameters.parameters:
        if not _counts(evaluation, parameter):
            continue
        if figures:
            yield _used(evaluation, parameter, figures[parameter.symbol])
        else:
            yield _proposed(evaluation, parameter)


def _counts(evaluation: Evaluation, parameter: Parameter) -> bool:
    """Return whether the model takes a figure; before it has run, all but what is optional and not stated."""
    if evaluation.economics:
        return parameter.symbol in evaluation.economics.inputs.figures
    return not parameter.optional or parameter.symbol in evaluation.assessment.economics.ranges


def _used(evaluation: Evaluation, parameter: Parameter, figure: Figure) -> tuple[str, ...]:
    mode = getattr(figure.distribution, "mode", None)
    planned = figure.origin == "plan" and parameter.money
    shown = _shown(figure.low, mode, figure.high, parameter, short=planned)
    source = capitalised(figure.source.removeprefix(_PLAN)) if figure.origin == "plan" else figure.source
    return _row(evaluation, parameter, shown, figure.origin, source)


def _proposed(evaluation: Evaluation, parameter: Parameter) -> tuple[str, ...]:
    """Return the row of a figure before the model has run: typed, proposed, default, or not given."""
    symbol = parameter.symbol
    typed, proposed = evaluation.assessment.economics.ranges.get(symbol), evaluation.proposals.get(symbol)
    if typed is not None:
        return _row(
            evaluation, parameter, _given(parameter, typed), "measured" if typed.measured else "yours", typed.source
        )
    if proposed is not None:
        return _row(evaluation, parameter, _given(parameter, proposed), "proposed", proposed.source)
    if parameter.low is None or parameter.high is None:
        return _row(evaluation, parameter, DASH, "missing", "")
    shown = _shown(parameter.low, parameter.mode, parameter.high, parameter)
    return _row(evaluation, parameter, shown, "default", "")


def _given(parameter: Parameter, given: Range) -> str:
    return _shown(given.low, given.mode, given.high, parameter)


def _shown(low: float, mode: float | None, high: float, parameter: Parameter, *, short: bool = False) -> str:
    """Return a range over two lines: its ends, then its likely figure; an amount in full unless it is ``short``."""
    if parameter.money and not short:
        ends, likely = (plain(low) if low == high else f"{plain(low)} to {plain(high)}"), plain(mode)
        likely = "" if mode is None or low == high else likely
    else:
        ends, likely, _ = range_words(low, mode, high, parameter.unit, money=short)
    return f"{ends},\nlikely {likely}" if likely else ends


def _row(evaluation: Evaluation, parameter: Parameter, shown: str, origin: str, source: str) -> tuple[str, ...]:
    whose = wording().origins[origin]
    grade = f"{whose}, {parameter.grade}" if origin == "default" else whose
    unit = unit_words(_unit(evaluation, parameter, origin)) if shown != DASH else _unit(evaluation, parameter, origin)
    priced = f", prices of {parameter.price_year}" if origin == "default" and parameter.price_year else ""
    grounds = sources_of(parameter) if origin == "default" else source or _unsourced(origin)
    name = f"{parameter.title} ({written_symbol(parameter.symbol)})"
    return (name, f"{shown}\n{unit}{priced}".strip(), grade, grounds, _not_shown(parameter, origin))


def _unsourced(origin: str) -> str:
    """Say why a figure has no source: the plan is one, nothing is given, or nobody said where it comes from."""
    return {"plan": wording().of_plan, "missing": DASH}.get(origin, wording().no_source)


def _not_shown(parameter: Parameter, origin: str) -> str:
    """Return what a figure does not show; what the sources of a default leave out is not said of another figure."""
    of_default = bool(parameter.source) and not parameter.has_no_default
    return DASH if of_default and origin != "default" else parameter.does_not_show


def _unit(evaluation: Evaluation, parameter: Parameter, origin: str) -> str:
    """Return a unit with the currency's code; a default is in dollars until the model has converted it."""
    unconverted = origin == "default" and evaluation.economics is None
    currency = parameter.currency if unconverted and parameter.currency else evaluation.assessment.economics.currency
    return parameter.unit_in(currency)


def sources_of(found: Grounded) -> str:
    """Return the sources of a figure with their years, then the grounds for it."""
    cited = "; ".join(f"{source.title}, {source.section} ({source.year})" for source in found.source)
    return f"{cited}. {found.grounds}" if cited else found.grounds


def _thresholds(evaluation: Evaluation) -> Table:
    parameters = evaluation.parameters
    decision = parameters.decision
    entries = (
        (decision.evpi_share, percent(decision.evpi_share.value)),
        (decision.best_probability, percent(decision.best_probability.value)),
        (parameters.rank_correlation, plain(parameters.rank_correlation.value)),
    )
    rows = tuple(
        (found.title, shown, found.grade.capitalize(), sources_of(found), found.does_not_show)
        for found, shown in entries
    )
    columns = (
        Column("Threshold", 1.9),
        Column("Value", 0.7, "right"),
        Column("Grade", 1.15),
        Column("Source and grounds", 2.2),
        Column("Does not show", 1.9),
    )
    return Table("Thresholds that decide, and how the effects hang together", columns, rows)
