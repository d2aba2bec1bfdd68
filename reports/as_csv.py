"""The analysis as CSV with every figure in full, for a spreadsheet: comma, decimal point, UTF-8, one header line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from reports.analysis_words import figure_title, how_to_measure

if TYPE_CHECKING:
    from models.analysis import Analysis
    from models.parameters import ParameterFile

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
Cell = str | int | float | None


def written(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """Return CSV text; a word that a spreadsheet would take for a formula gets an apostrophe before it."""
    found = io.StringIO()
    writer = csv.writer(found, lineterminator="\n")
    writer.writerow([_cell(title) for title in header])
    writer.writerows([_cell(cell) for cell in row] for row in rows)
    return found.getvalue()


def _cell(cell: Cell) -> str | int | float:
    if cell is None:
        return ""
    if isinstance(cell, str) and cell.startswith(_FORMULA):
        return f"'{cell}"
    return cell


def timing_csv(analysis: Analysis) -> str:
    """Return a line for each start month, the last of which is never."""
    found = analysis.timing
    columns = zip(found.npv, found.standard_error, found.p5, found.p95, strict=True)
    rows = [
        ("never" if start == found.months else start, *(float(figure) for figure in figures))
        for start, figures in enumerate(columns)
    ]
    return written(("start_month", "expected_npv", "standard_error", "p5", "p95"), rows)


def matters_csv(analysis: Analysis, parameters: ParameterFile) -> str:
    """Return a line for each figure: its worth, its tornado and its Sobol' indices; empty where there is none."""
    found = analysis.matters
    swings = {swing.name: swing for swing in found.swings}
    indices = {index.name: index for index in found.indices}
    rows: list[Sequence[Cell]] = []
    for worth in found.worths:
        swing, index = swings.get(worth.name), indices.get(worth.name)
        rows.append(
            (
                worth.name,
                figure_title(parameters, worth.name),
                worth.value,
                worth.standard_error,
                *((None, None) if swing is None else (swing.at_low, swing.at_high)),
                *((None, None) if index is None else (index.first, index.total)),
                how_to_measure(parameters, worth.name),
            )
        )
    header = ("figure", "title", "evppi", "evppi_standard_error", "npv_at_p10", "npv_at_p90")
    return written((*header, "sobol_first", "sobol_total", "how_to_measure"), rows)


def cash_csv(analysis: Analysis) -> str:
    """Return a line for each course and quarter."""
    rows: list[Sequence[Cell]] = []
    for name, found in analysis.cash.strategies.items():
        for quarter in range(analysis.cash.quarters):
            parts = (float(found.spending[part][quarter]) for part in ("programme", "run", "forced"))
            ends = float(found.p5[quarter]), float(found.p95[quarter])
            flows = (None if flow is None else float(flow[quarter]) for flow in (found.savings, found.net))
            rows.append((name, quarter + 1, *parts, *ends, *flows))
    header = ("course", "quarter", "programme", "run", "forced", "spending_p5", "spending_p95", "savings", "net")
    return written(header, rows)


def budget_csv(analysis: Analysis) -> str:
    """Return a line for each share of the plan's cost."""
    rows: list[Sequence[Cell]] = [
        (
            point.purchase.share,
            point.purchase.cost,
            point.npv.mean,
            point.npv.standard_error,
            point.npv.p5,
            point.npv.p95,
            point.probability_positive,
            " ".join(point.purchase.initiatives),
        )
        for point in analysis.budget
    ]
    header = ("share", "cost", "npv_mean", "standard_error", "p5", "p95", "probability_positive", "initiatives")
    return written(header, rows)
