"""The sheets of the roadmap and of the cost curves; the curves of the expected-value case follow the inputs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reports.decision_words import reason_sentence
from reports.figures_format import plain_range
from reports.wording import wording
from reports.workbook.model import Written
from reports.workbook.sheet import Book, Formula, Page, reference

if TYPE_CHECKING:
    from models.cost_curves import Curves
    from models.evaluation import Evaluation
    from models.point_case import PointCase

ROADMAP, CURVES = "Roadmap", "Curves"
_FIRST_MONTH = 4


def write_roadmap(book: Book, evaluation: Evaluation) -> None:
    """Write what starts when, and where that leads by quarter."""
    page = book.sheet(ROADMAP, (44, 10, 12, 12, 20, 10, 60, 60, 60))
    page.line("Initiatives in order of start", look="title")
    page.gap()
    page.header(
        *("Initiative", "Quarter", "First month", "Last month", "Person-weeks", "Gain, points", "Why here"),
        *("First week", "Done when"),
    )
    known = evaluation.initiatives.by_id
    for item in sorted(evaluation.plan.placements, key=lambda found: (found.start_month, found.finish_month)):
        found = known[item.initiative]
        effort = plain_range(found.effort.low, found.effort.mode, found.effort.high)
        months = float(item.quarter), float(item.start_month), float(item.finish_month)
        why = reason_sentence(evaluation, item)
        page.line(found.title, *months, effort, item.gain, why, found.first_week, found.done_when)
    page.gap()
    dimensions = evaluation.questionnaire.dimensions
    page.header("End of quarter", "Person-weeks", *(f"{item.short}, effective" for item in dimensions))
    for state in evaluation.plan.quarters:
        page.line(f"Q{state.quarter}", state.person_weeks, *(state.effective[item.id] for item in dimensions))
    left = evaluation.plan.left_out
    if left:
        page.gap()
        page.header("Left out", "Why")
        rows = ((known[name].title if name in known else name, reason) for name, reason in left.items())
        page.lines((title, wording().left_out.get(reason, reason)) for title, reason in rows)


def write_curves(book: Book, curves: Curves, case: PointCase, written: Written) -> None:
    """Write the cumulative cost by month: the simulated bands, and the expected-value case as formulas."""
    names = wording().strategies
    page = book.sheet(CURVES, (10, *[17] * (5 * len(curves.strategies))))
    page.line(f"Cumulative present-value cost, {curves.currency}", look="title")
    page.note(
        f"Simulated figures are from {curves.paths:,} futures (seed {curves.seed}) and do not follow the inputs; the "
        "expected-value case does. Quantiles are of each month by itself and are never sums of quantiles."
    )
    page.gap()
    bands = ("mean", "P5", "P50", "P95", "expected-value case")
    page.freeze(page.header("Month", *(f"{names[name]}: {band}" for name in curves.strategies for band in bands)) + 1)
    for month in range(1, case.months + 1):
        page.put(page.row, 0, float(month))
        for place, (name, found) in enumerate(curves.strategies.items()):
            simulated = (found.cumulative.mean, found.cumulative.p5, found.cumulative.p50, found.cumulative.p95)
            for column, band in enumerate(simulated, 1 + 5 * place):
                page.put(page.row, column, float(band[month - 1]))
            _point(page, 5 + 5 * place, name, month, case, written)
        page.row += 1
    _chart(book, page, curves, case)


def _point(page: Page, column: int, name: str, month: int, case: PointCase, written: Written) -> None:
    before = f"{reference(page.row - 1, column)}+" if month > 1 else ""
    value = float(np.cumsum(case.strategies[name].monthly)[month - 1])
    page.put(page.row, column, Formula(f"{before}{written.month(name, month)}", value))


def _chart(book: Book, page: Page, curves: Curves, case: PointCase) -> None:
    chart = book.book.add_chart({"type": "line"})
    last = _FIRST_MONTH + case.months - 1
    for place, (name, dash) in enumerate(zip(curves.strategies, ("round_dot", "solid", "dash"), strict=False)):
        column = 5 + 5 * place
        chart.add_series(
            {
                "name": f"{wording().strategies[name]}: expected-value case",
                "categories": [CURVES, _FIRST_MONTH, 0, last, 0],
                "values": [CURVES, _FIRST_MONTH, column, last, column],
                "line": {"dash_type": dash, "width": 2.25},
            }
        )
    chart.set_x_axis({"name": "Month"})
    chart.set_y_axis({"name": f"{curves.currency}, present value"})
    chart.set_size({"width": 900, "height": 420})
    description = (
        "Cumulative cost of each strategy in the expected-value case; the figures are in the columns beside it."
    )
    page.sheet.insert_chart(_FIRST_MONTH, 2 + 5 * len(curves.strategies), chart, {"description": description})
