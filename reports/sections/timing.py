"""When to start: the worth of every start month, the cost of delay, and whether to wait for the signals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.analysis_words import (
    claim_sentence,
    delay_sentence,
    signals_sentence,
    start_in_words,
    timing_sentence,
)
from reports.charts.timing import signal_months, timing_curve
from reports.decision_words import started_after
from reports.document import Block, Column, FigureBlock, Heading, Paragraph, Section, Table
from reports.figures_format import money, short_amount
from reports.wording import capitalised, fill, wording

if TYPE_CHECKING:
    from models.evaluation import Evaluation
    from models.outcomes import Curves
    from models.timing import Timing

TITLE = "When to start"
_EVERY = 6


def timing(evaluation: Evaluation) -> Section:
    """Return the section; without blocks where nothing was analysed."""
    found, economics = evaluation.analysis, evaluation.economics
    if found is None or economics is None:
        return Section("timing", TITLE, ())
    start, curves = found.timing, economics.curves
    blocks: tuple[Block, ...] = (
        Paragraph(timing_sentence(start, curves.currency), tone="lead"),
        Paragraph(fill(wording().timing["considered"], after=started_after(curves))),
        *_apart(start, curves),
        Paragraph(delay_sentence(start, curves.currency)),
        FigureBlock(timing_curve(start, curves, look="print")),
        Heading("Before or after the signals"),
        Paragraph(f"{signals_sentence(start)} {claim_sentence(start, curves.currency)}"),
        FigureBlock(signal_months(start, curves, look="print")),
        Heading("The start months in figures"),
        _starts(start, curves.currency),
    )
    return Section("timing", TITLE, blocks, new_page=True)


def _starts(found: Timing, currency: str) -> Table:
    """Return every sixth start month, and the best one."""
    shown = sorted({*range(0, found.months, _EVERY), found.months, found.best_start or 0})
    rows = tuple(
        (
            capitalised(start_in_words(start, found.months)),
            *(short_amount(float(figures[start])) for figures in (found.p5, found.p95, found.npv)),
            short_amount(float(found.standard_error[start])),
        )
        for start in shown
    )
    best = shown.index(found.months if found.best_start is None else found.best_start)
    columns = (
        Column("Start", 1.6),
        *(Column(name, 1.0, "right") for name in ("P5", "P95", "Expected", "Standard error")),
    )
    return Table(
        f"Worth against acting only when forced, {currency}",
        columns,
        rows,
        strong=(best,),
        note=wording().timing["paired"],
    )


def _apart(found: Timing, curves: Curves) -> list[Paragraph]:
    """Say why starting at once is worth another figure here than in the cost curves, where the two read otherwise."""
    now, currency = curves.strategies["now"].npv, curves.currency
    expected = money(float(found.npv[0]), currency)
    mean = expected if now is None else money(now.mean, currency)
    return [] if mean == expected else [Paragraph(fill(wording().timing["apart"], mean=mean, expected=expected))]
