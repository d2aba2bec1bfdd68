"""Ranges in words: the ends and the likely figure are told apart, and shares are in per cent."""

from __future__ import annotations

import pytest

from models.evaluation import Evaluation
from reports.figures_format import DASH
from reports.range_words import points_words, range_words
from reports.sections.assumptions import assumptions
from reports.wording import wording
from tests.reports.conftest import Bench


@pytest.mark.parametrize(
    ("ends", "unit", "said"),
    [
        ((0.005757, 0.01151, 0.01727), "share per month", "0.576% to 1.73% a month, likely 1.15%"),
        ((0.56, 0.671, 0.8375), "share of capacity", "56% to 83.8% of capacity, likely 67.1%"),
        ((0.1, None, 0.35), "probability", "10% to 35%"),
        ((-0.14, 0.3, 0.6), "share", "\u221214% to 60%, likely 30%"),
        ((0.08, 0.08, 0.08), "share per year", "8% a year"),
        ((38.5, 55.0, 60.5), "requests per second", "38.5 to 60.5 requests per second, likely 55"),
        ((1.0, 1.1, 1.25), "", "1 to 1.25, likely 1.1"),
        ((0.0, 0.0, 204939.0), "", "0 to 204,939, likely 0"),
    ],
)
def test_a_range_names_its_likely_figure(ends: tuple[float, float | None, float], unit: str, said: str) -> None:
    """Never three bare numbers; at most three digits behind the point that somebody could have measured."""
    assert str(range_words(*ends, unit)) == said


def test_what_is_added_to_a_share_is_in_points_and_money_is_short() -> None:
    """Per cent more of a share would be another thing than points more."""
    assert str(points_words(0.0, 0.002, 0.006)) == "0 to 0.6 percentage points, likely 0.2"
    assert str(range_words(1e5, None, 4.2e5, money=True)) == "100 k to 420 k"


def test_the_sources_of_a_default_are_no_limit_of_a_figure_of_the_team(evaluation: Evaluation, bench: Bench) -> None:
    """What they do not show is said of the default alone; a figure without a source says so in words."""
    assert evaluation.economics is not None
    known = evaluation.parameters.by_symbol
    figures = evaluation.economics.inputs.figures
    shown = next(block for block in assumptions(evaluation).blocks if getattr(block, "rows", ()))
    rows = {row[0].rsplit(" (", 1)[0]: row for row in shown.rows}  # type: ignore[union-attr]
    own = known["lambda0"]
    assert (figures["lambda0"].origin, bool(own.source)) == ("measured", True)
    assert rows[own.title][4] == DASH
    default = next(each for each in known.values() if each.source and figures[each.symbol].origin == "default")
    assert rows[default.title][4] == default.does_not_show
    asked = known["A0"]
    assert rows[asked.title][4] == asked.does_not_show
    assert rows[known["S"].title][3] == wording().of_plan
    assert rows[known["g"].title][1] == "0.6% to 1.8%,\nlikely 1.1%\na month"
    ranges = dict(bench.example.economics.ranges)
    ranges["lambda0"] = ranges["lambda0"].model_copy(update={"source": ""})
    silent = bench.changed(economics=bench.example.economics.model_copy(update={"ranges": ranges}))
    shown = next(block for block in assumptions(silent).blocks if getattr(block, "rows", ()))
    assert any(row[3] == wording().no_source for row in shown.rows)  # type: ignore[union-attr]
