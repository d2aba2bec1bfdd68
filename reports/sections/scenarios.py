"""The named futures side by side, and what each of them changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from reports.charts.scenarios import scenario_chart
from reports.document import Block, Column, FigureBlock, Heading, Paragraph, Section, Table
from reports.figures_format import plain
from reports.scenario_words import (
    VERDICT,
    WORTH,
    move_row,
    refused_sentence,
    scenario_sentence,
    share_unit,
    verdict_rows,
    worth_rows,
)
from reports.wording import fill, wording

if TYPE_CHECKING:
    from models.parameters import ParameterFile
    from models.scenario_runs import Comparison, Refused, ScenarioRun
    from models.scenarios import Standing

SCENARIOS = "scenarios"
"""Id of the section, which is there only where the futures were simulated."""
_MOVES = (
    Column("Figure", 1.9),
    Column("Change", 1.2),
    Column("Before", 1.5),
    Column("After", 1.6),
    Column("Because", 2.3),
)


def scenarios(found: Comparison, parameters: ParameterFile) -> Section:
    """Return the comparison: the sentence, the chart, both tables, and the changes of each scenario."""
    blocks: list[Block] = [Paragraph(scenario_sentence(found), tone="lead")]
    if found.every:
        blocks += [FigureBlock(scenario_chart(found, look="print").figure), *tables(found)]
        blocks.append(Heading("What each scenario changes"))
        for run in found.every:
            blocks += changes(run, parameters)
    return Section(SCENARIOS, wording().scenarios["title"], tuple(blocks), new_page=True)


def tables(found: Comparison) -> tuple[Block, ...]:
    """Return worth and verdict of every case as tables."""
    texts = wording().scenarios
    flips = tuple(number for number, run in enumerate(found.runs, start=1) if run.flips)
    basis = fill(texts["basis"], paths=f"{found.curves.paths:,}", seed=str(found.curves.seed))
    worth = Table(
        f"Net present value against acting only when forced, {found.curves.currency}",
        (Column(WORTH[0], 2.0), *(Column(name, 1.2, "right") for name in WORTH[1:])),
        worth_rows(found),
        strong=flips,
        note="\u00b1: one standard error. P5: one future in twenty is worse; P95: one in twenty is better.",
    )
    verdict = Table(
        "Decision in every case",
        (
            Column(VERDICT[0], 2.0),
            *(Column(name, 0.9, "right") for name in VERDICT[1:3]),
            *(Column(name, 1.5) for name in VERDICT[3:]),
        ),
        verdict_rows(found),
        strong=flips,
        note="Pays: probability of being worth more than acting only when forced. In brackets: of being best.",
    )
    refused = (Paragraph(refused_sentence(each)) for each in found.refused)
    return worth, verdict, *refused, Paragraph(f"{basis} {texts['steps']}", tone="small")


def changes(run: ScenarioRun | Refused, parameters: ParameterFile) -> tuple[Block, ...]:
    """Return what one scenario changes, with its reason, source, grade and what it does not show."""
    found = run.standing
    rows = tuple(
        move_row(change, move, _title(parameters, move.symbol), share_unit(parameters, move.symbol))
        for change, move in zip(found.changes, run.moves, strict=True)
    )
    return (
        Heading(found.title, 3),
        Paragraph(found.reason),
        Table(f"Changes: {found.title}", _MOVES, rows, note=grounds(found))
        if rows
        else Paragraph(grounds(found), tone="small"),
    )


def grounds(found: Standing) -> str:
    """Return source, grade, grounds and what a scenario does not show, in sentences."""
    basis = found.basis
    if basis is None:
        return wording().scenarios["own"]
    sources = "; ".join(f"{source.title}, {source.section}, {source.year}" for source in basis.source)
    edited = " The team changed its figures." if found.edited else ""
    source = f" Source: {sources}." if sources else ""
    limits = f"This scenario does not show: {_lowered(basis.does_not_show)}"
    return f"Grade: {basis.grade}.{edited}{source} {basis.grounds} {limits}"


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:]


def _title(parameters: ParameterFile, symbol: str) -> str:
    known = parameters.by_symbol.get(symbol)
    return symbol if known is None else known.title


def levels_said(question: str, level: int | None, top: int) -> str:
    """Say how strongly a scenario presses on the team by its own answer to the question that the title names."""
    texts: Mapping[str, str] = wording().scenarios
    if level is None:
        return fill(texts["context_open"], question=question)
    return fill(texts["context"], question=question, level=plain(level), top=plain(top))
