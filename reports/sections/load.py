"""The wall in the report: how full the platform is, when it is too full to wait, and by which figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.inputs import LOAD_TEST
from models.load_ahead import LoadAhead, load_ahead
from models.timing import signal_months
from reports.charts.load import load_chart
from reports.document import Block, Column, FigureBlock, Paragraph, Section, Table
from reports.load_words import fullness_sentence, reached_sentence, spread_sentence
from reports.range_words import range_words
from reports.sections.assumptions import sources_of
from reports.wording import wording

if TYPE_CHECKING:
    from models.evaluation import Economics, Evaluation
    from models.inputs import Figure
    from models.parameters import Parameter

_SYMBOLS = ("rho_0", *LOAD_TEST, "g", "rho_trig")
_COLUMNS = (Column("Figure", 2.2), Column("Range", 1.4), Column("Origin", 1.0), Column("Source", 2.4))


def wall_ahead(evaluation: Evaluation) -> Section:
    """Return load against capacity; without blocks where no cost curve may be drawn."""
    found, title = evaluation.economics, wording().headings_wall["title"]
    if found is None:
        return Section("wall", title, ())
    ahead = load_ahead(found.inputs, seed=evaluation.identity.seed)
    reached = signal_months(found.curves.strategies["reactive"])
    said = (fullness_sentence(ahead), reached_sentence(reached, ahead.months), spread_sentence(reached, ahead.months))
    blocks: tuple[Block, ...] = (
        Paragraph(" ".join(said), tone="lead"),
        FigureBlock(load_chart(ahead, reached, look="print")),
        _grounds(evaluation, found, ahead),
    )
    return Section("wall", title, blocks)


def _grounds(evaluation: Evaluation, found: Economics, ahead: LoadAhead) -> Table:
    """Return the figures behind the picture, with whose they are: those of a saved load test name its files."""
    figures, known = found.inputs.figures, evaluation.parameters.by_symbol
    rows = tuple(_row(known[symbol], figures[symbol]) for symbol in _SYMBOLS if symbol in figures)
    note = wording().wall["ahead_tested" if ahead.tested else "ahead_typed"]
    return Table(wording().headings_wall["grounds"], _COLUMNS, rows, note=note)


def _row(parameter: Parameter, figure: Figure) -> tuple[str, ...]:
    """Return a figure with its range and source; a default with its grade and grounds."""
    whose, default = wording().origins[figure.origin], figure.origin == "default"
    shown = range_words(figure.low, None, figure.high, parameter.unit)
    return (
        f"{parameter.title} ({parameter.symbol})",
        f"{shown.ends}\n{shown.unit}",
        f"{whose}, {parameter.grade}" if default else whose,
        sources_of(parameter) if default else figure.source or wording().no_source,
    )
