"""What matters: what knowing each figure is worth, how to measure it, and what moves the result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.draws import EFFECT_SYMBOLS
from models.what_matters import EFFECTS_GROUP
from reports.analysis_words import (
    effects_sentence,
    figure_title,
    how_to_measure,
    index_text,
    sobol_sentence,
    tornado_sentence,
    worth_knowing,
    worth_sentence,
)
from reports.charts.tornado import MOST_BARS, tornado_chart, worth_chart
from reports.document import Block, Column, FigureBlock, Heading, Paragraph, Section, Table
from reports.figures_format import money, rounded, short_amount
from reports.wording import fill, wording

if TYPE_CHECKING:
    from models.evaluation import Evaluation
    from models.parameters import ParameterFile
    from models.what_matters import Matters

TITLE = "What to measure next"
_SHOWN, _BARS = 8, 6


def matters(evaluation: Evaluation) -> Section:
    """Return the section; without blocks where nothing was analysed."""
    analysis, economics = evaluation.analysis, evaluation.economics
    if analysis is None or economics is None:
        return Section("matters", TITLE, ())
    found, parameters, currency = analysis.matters, evaluation.parameters, economics.curves.currency
    blocks: list[Block] = [
        Paragraph(worth_sentence(found, parameters, currency), tone="lead"),
        *_worths(found, parameters, currency),
        Heading("What moves the worth of starting now"),
        Paragraph(wording().matters["order"]),
        Paragraph(tornado_sentence(found, parameters, currency)),
        *([FigureBlock(tornado_chart(found, parameters, currency, look="print", most=_BARS))] if found.swings else []),
        Paragraph(sobol_sentence(found, parameters)),
        *([_indices(found, parameters)] if found.indices else []),
    ]
    return Section("matters", TITLE, tuple(blocks), new_page=True)


def _worths(found: Matters, parameters: ParameterFile, currency: str) -> list[Block]:
    """Return the chart and the table of what to measure; only the note where nothing is worth it."""
    worths = worth_knowing(found)
    if not worths:
        return [Paragraph(wording().matters["worth_note"], tone="small")]
    rows = tuple(
        (
            figure_title(parameters, worth.name),
            f"{short_amount(worth.value)}\n±{short_amount(worth.standard_error)}",
            how_to_measure(parameters, worth.name),
        )
        for worth in worths[:_SHOWN]
    )
    columns = (Column("Figure", 1.7), Column(f"Worth, {currency}", 0.8, "right"), Column("How to measure it", 2.6))
    return [
        Paragraph(fill(wording().matters["most"], evpi=money(found.evpi, currency))),
        FigureBlock(worth_chart(found, parameters, currency, look="print", most=_BARS)),
        Table("What to measure next", columns, rows, note=_shown(len(rows), len(worths))),
        *_effects(found, parameters),
    ]


def _shown(shown: int, of: int) -> str:
    """Say how many of the figures stand in the table, where it leaves some out; empty where it has all."""
    return "" if shown == of else fill(wording().matters["shown"], shown=str(shown), of=str(of))


def _effects(found: Matters, parameters: ParameterFile) -> list[Block]:
    """Return which effects the group stands for, where the table has it."""
    grouped = any(worth.name == EFFECTS_GROUP for worth in worth_knowing(found)[:_SHOWN])
    return [Paragraph(effects_sentence(parameters), tone="small")] if grouped else []


def replaceable(evaluation: Evaluation) -> tuple[str, ...]:
    """Return the symbols of the figures that the section shows, each once; the six effects for their group."""
    if evaluation.analysis is None:
        return ()
    found, known = evaluation.analysis.matters, evaluation.parameters.by_symbol
    shown = [row.name for rows in (worth_knowing(found), found.swings, found.indices) for row in rows[:MOST_BARS]]
    names = [name for row in shown for name in (EFFECT_SYMBOLS if row == EFFECTS_GROUP else (row,))]
    return tuple(name for name in dict.fromkeys(names) if name in known)


def _indices(found: Matters, parameters: ParameterFile) -> Table:
    rows = tuple(
        (
            figure_title(parameters, index.name),
            f"{index_text(index.total)} ±{rounded(100 * index.total_error, 0)}",
            f"{index_text(index.first)} ±{rounded(100 * index.first_error, 0)}",
        )
        for index in found.indices[:_SHOWN]
    )
    return Table(
        "Share of what is uncertain about starting now (Sobol' indices)",
        (Column("Figure", 3.0), Column("Total", 1.0, "right"), Column("Alone", 1.0, "right")),
        rows,
        note=fill(wording().matters["sobol_note"], samples=f"{found.samples:,}"),
    )
