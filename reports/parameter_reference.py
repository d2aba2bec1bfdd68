"""The reference of the economic parameters, made from their file: unit, range, source, grade, what each hides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.document import Block, Column, Heading, Paragraph, Section, Table
from reports.figures_format import percent, plain
from reports.markdown import render_markdown

if TYPE_CHECKING:
    from models.parameters import Grounded, Parameter, ParameterFile

_ORIGIN = "Written by “sixstep reference --parameters” from the parameter file: change the file, not this text."
_FAMILIES = {"pert": "PERT", "lognormal": "lognormal", "fixed": "fixed"}


def parameter_reference(parameters: ParameterFile) -> str:
    """Return the parameters as one Markdown text; the same file gives the same text."""
    ranges = (
        "The ends of a PERT range are the least and the most that is held possible; those of a lognormal range are its "
        "90% interval. A figure that is asked has no default. Money is in US dollars at the prices of the stated year, "
        "flows and the discount rate are real."
    )
    blocks: list[Block] = [_table(parameters)]
    for parameter in parameters.parameters:
        blocks += _told(parameter)
    sections = (
        Section("figures", "Figures", tuple(blocks)),
        Section("thresholds", "Thresholds that decide", tuple(_thresholds(parameters))),
    )
    return render_markdown(
        "Parameters of the economic model", (f"Version {parameters.version}. {_ORIGIN}", ranges), sections
    )


def _table(parameters: ParameterFile) -> Table:
    columns = (Column("Symbol"), Column("Figure"), Column("Unit"), Column("Default"), Column("Grade"))
    rows = tuple(
        (item.symbol, item.title, item.unit, _range(item), _origin(item) or item.grade)
        for item in parameters.parameters
    )
    return Table("Every figure", columns, rows)


def _origin(parameter: Parameter) -> str:
    """Return why a figure has no default; empty for one that has."""
    return "asked" if parameter.asked else "only where stated" if parameter.optional else ""


def _range(parameter: Parameter) -> str:
    if parameter.low is None or parameter.high is None:
        return _origin(parameter)
    if parameter.low == parameter.high:
        return plain(parameter.low)
    likely = "" if parameter.mode is None else f", likely {plain(parameter.mode)}"
    return f"{plain(parameter.low)} to {plain(parameter.high)}{likely}"


def _told(parameter: Parameter) -> list[Block]:
    priced = f", {parameter.currency} at prices of {parameter.price_year}" if parameter.price_year else ""
    bounds = f"accepted from {plain(parameter.valid_min)} to {plain(parameter.valid_max)}"
    facts = f"{parameter.unit}{priced}; {_FAMILIES[parameter.family]}, {_range(parameter)}; {bounds}."
    return [
        Heading(f"{parameter.symbol}: {parameter.title}", 3),
        Paragraph(facts),
        *_grounds(parameter),
        Paragraph(f"How to measure it: {parameter.how_to_measure}"),
    ]


def _grounds(found: Grounded) -> list[Block]:
    cited = "; ".join(f"{source.title}, {source.section} ({source.year})" for source in found.source)
    source = f"Source: {cited}." if cited else "Source: none."
    return [
        Paragraph(f"Grade: {found.grade}. {source} {found.grounds}"),
        Paragraph(f"Does not show: {found.does_not_show} Last checked {found.last_checked.isoformat()}."),
    ]


def _thresholds(parameters: ParameterFile) -> list[Block]:
    decision = parameters.decision
    entries = (
        (decision.evpi_share, percent(decision.evpi_share.value)),
        (decision.best_probability, percent(decision.best_probability.value)),
        (parameters.rank_correlation, plain(parameters.rank_correlation.value)),
    )
    blocks: list[Block] = []
    for found, shown in entries:
        blocks += [Heading(f"{found.title}: {shown}", 3), *_grounds(found)]
    return blocks
