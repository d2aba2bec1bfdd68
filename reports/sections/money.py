"""Money by quarter, and what a part of the money buys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reports.analysis_words import budget_sentence, cash_sentence
from reports.charts.cash import budget_chart, cash_chart
from reports.document import Block, Bullets, Column, FigureBlock, Heading, Paragraph, Section, Table
from reports.figures_format import DASH, percent, short_amount
from reports.wording import fill, wording

if TYPE_CHECKING:
    from models.budget import BudgetPoint
    from models.cash import Cash, StrategyCash
    from models.evaluation import Evaluation

TITLE = "Money by quarter"
_PARTS = ("programme", "run", "forced")


def money_by_quarter(evaluation: Evaluation) -> Section:
    """Return the section; without blocks where nothing was analysed."""
    analysis, economics = evaluation.analysis, evaluation.economics
    if analysis is None or economics is None:
        return Section("money", TITLE, ())
    cash, points, currency = analysis.cash, analysis.budget, economics.curves.currency
    titles = {item.id: item.title for item in evaluation.initiatives.initiatives}
    blocks: tuple[Block, ...] = (
        Paragraph(cash_sentence(cash), tone="lead"),
        FigureBlock(cash_chart(cash, look="print")),
        _totals(cash),
        _quarters(cash.strategies["now"], currency),
        Heading("What a part of the money buys"),
        Paragraph(budget_sentence(points, currency)),
        FigureBlock(budget_chart(points, currency, look="print")),
        Bullets(tuple(_bought(points, titles))),
        *((Paragraph(wording().budget["computed"], tone="small"),) if evaluation.computed else ()),
    )
    return Section("money", TITLE, blocks, new_page=True)


def _totals(cash: Cash) -> Table:
    words = wording().strategies
    rows = tuple(
        (
            words[name],
            *(short_amount(float(found.spending[part].sum())) for part in _PARTS),
            *(short_amount(figure) for figure in (found.total.mean, found.total.p5, found.total.p95)),
        )
        for name, found in cash.strategies.items()
    )
    names = ("Programme", "Running", "Forced", "All", "P5", "P95")
    return Table(
        f"Spending over the horizon, {cash.currency}, undiscounted",
        (Column("Course", 1.6), *(Column(name, 1.0, "right") for name in names)),
        rows,
        note="P5: one future in twenty spends less. P95: one in twenty spends more. All: the average over all futures.",
    )


def _quarters(found: StrategyCash, currency: str) -> Table:
    """Return the money of one course, a row a quarter."""
    rows = tuple(
        (
            str(quarter + 1),
            *(short_amount(float(found.spending[part][quarter])) for part in _PARTS),
            short_amount(float(found.spent[quarter])),
            f"{short_amount(float(found.p5[quarter]))} to {short_amount(float(found.p95[quarter]))}",
            *(DASH if flow is None else short_amount(float(flow[quarter])) for flow in (found.savings, found.net)),
        )
        for quarter in range(found.spent.size)
    )
    names = ("Programme", "Running", "Forced", "All", "P5 to P95", "Savings", "Net")
    return Table(
        f"{wording().strategies[found.name]}, by quarter, {currency}",
        (Column("Quarter", 0.9), *(Column(name, 1.5 if " to " in name else 1.0, "right") for name in names)),
        rows,
        note="P5 to P95: what is spent in nine futures of ten.",
    )


def _bought(points: Sequence[BudgetPoint], titles: dict[str, str]) -> list[str]:
    """Say for each share what it adds to the one before, and what of that it leaves out again."""
    texts, before, said = wording().budget, set[str](), []
    for point in points:
        names, share = point.purchase.initiatives, percent(point.purchase.share)
        added = [titles[name] for name in names if name not in before]
        dropped = [titles[name] for name in sorted(before - set(names))]
        key = "nothing" if not names else "added" if before else "bought"
        line = fill(texts[key], share=share, initiatives="; ".join(added) or DASH) + "."
        if dropped:
            line += f" {fill(texts['moved'], initiatives='; '.join(dropped))}."
        said.append(line)
        before = set(names)
    return said
