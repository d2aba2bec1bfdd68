"""The way from what a plan is priced at to what the programme counts for in the cost curves."""

from __future__ import annotations

import pytest

from models.evaluation import Evaluation
from reports.document import Table
from reports.sections.programme_cost import programme_cost, way_of


@pytest.fixture(scope="module")
def analysed(evaluation: Evaluation) -> Evaluation:
    """Return the worked example with its analysis."""
    return evaluation.analysed()


def test_each_line_adds_up_to_the_next_figure(analysed: Evaluation) -> None:
    """Between two figures stands all that parts them; the figures are those of the other pages."""
    economics, analysis = analysed.economics, analysed.analysis
    assert economics is not None
    assert analysis is not None
    way, total = way_of(economics, analysis), 0.0
    for step in way:
        if step.kind == "added":
            total += step.amount
            continue
        if step.name != "likely":
            assert step.amount == pytest.approx(total), step.name
        total = step.amount
    known = {step.name: step.amount for step in way if step.kind == "figure"}
    assert known["mean"] == economics.decision.evpi_limit / economics.inputs.thresholds.evpi_share.value
    assert known["spent"] == pytest.approx(analysis.cash.strategies["now"].total.mean)
    assert known["counted"] == float(economics.curves.strategies["now"].categories["programme"].sum())
    assert known["mean"] != known["paid"] != known["counted"]


def test_the_table_says_where_each_figure_stands(analysed: Evaluation) -> None:
    """A figure has its place; a line that leads on has its sign."""
    (table,) = (block for block in programme_cost(analysed).blocks if isinstance(block, Table))
    for name, amount, stands in table.rows:
        assert name.startswith("= ") == bool(stands)
        assert bool(stands) != amount.startswith(("+", "\N{MINUS SIGN}"))
