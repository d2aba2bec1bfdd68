"""The analysis for the terminal, in short: sentences and three tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.analysis_words import (
    budget_sentence,
    cash_sentence,
    claim_sentence,
    delay_sentence,
    figure_title,
    index_text,
    signals_sentence,
    sobol_sentence,
    timing_sentence,
    tornado_sentence,
    worth_knowing,
    worth_sentence,
)
from reports.figures_format import money, money_range, percent

if TYPE_CHECKING:
    from models.evaluation import Evaluation

Rows = list[list[str]]
_SHOWN = 8


def analysis_parts(evaluation: Evaluation) -> list[str | tuple[list[str], Rows]]:
    """Return paragraphs, and tables as header and rows; nothing without an analysis."""
    analysis, economics = evaluation.analysis, evaluation.economics
    if analysis is None or economics is None:
        return []
    parameters, currency = evaluation.parameters, economics.curves.currency
    found, start = analysis.matters, analysis.timing
    timing = (timing_sentence(start, currency), delay_sentence(start, currency))
    totals = {index.name: index_text(index.total) for index in found.indices}
    worths: Rows = [
        [figure_title(parameters, worth.name), money(worth.value, currency), totals.get(worth.name, "–")]
        for worth in worth_knowing(found)[:_SHOWN]
    ]
    swings: Rows = [
        [figure_title(parameters, swing.name), money(swing.at_low, currency), money(swing.at_high, currency)]
        for swing in found.swings[:_SHOWN]
    ]
    budget: Rows = [
        [
            percent(point.purchase.share),
            str(len(point.purchase.initiatives)),
            money(point.purchase.cost, currency),
            money(point.npv.mean, currency),
            money_range(point.npv.p5, point.npv.p95, currency),
        ]
        for point in analysis.budget
    ]
    return [
        " ".join(timing),
        f"{signals_sentence(start)} {claim_sentence(start, currency)}",
        worth_sentence(found, parameters, currency),
        *([(["Worth knowing first", "EVPPI", "Total index"], worths)] if worths else []),
        f"{tornado_sentence(found, parameters, currency)} {sobol_sentence(found, parameters)}",
        *([(["Worth of starting now", "At P10", "At P90"], swings)] if swings else []),
        budget_sentence(analysis.budget, currency),
        (["Budget", "Initiatives", "Cost", "Mean NPV", "P5 to P95"], budget),
        cash_sentence(analysis.cash),
    ]
