from __future__ import annotations

import pytest

from assessment.scores import NO_SCORE, Score
from reports import figures_format as shown


@pytest.mark.parametrize(
    ("value", "expected"),
    [(0.0, "0.0"), (62.45, "62.5"), (62.44, "62.4"), (44.95, "45.0"), (-0.01, "0.0"), (99.95, "100.0"), (0.05, "0.1")],
)
def test_scores_round_half_up_to_one_decimal(value: float, expected: str) -> None:
    """Rounding is half-up in decimal, whatever the binary figure behind it, and there is no negative zero."""
    assert shown.score_value(value) == expected


def test_a_score_that_does_not_exist_is_a_dash() -> None:
    """Everything not applicable is a dash, never 0."""
    assert [shown.format_score(NO_SCORE), shown.format_range(NO_SCORE), shown.format_score_and_range(NO_SCORE)] == [
        shown.DASH
    ] * 3


def test_a_score_below_coverage_shows_its_range_alone() -> None:
    """No point appears anywhere when too few answers stand behind it."""
    score = Score(50.0, 30.0, 70.0, 0.4, shown=False)
    assert shown.format_score(score) == "range only"
    assert shown.format_score_and_range(score) == "30.0\u201370.0 (range only)"
    assert shown.format_score_and_range(Score(34.9, 34.9, 34.9, 0.4, shown=False)) == "34.9"
    assert shown.format_severity(Score(0.25, 0.25, 0.25, 0.4, shown=False)) == "0.25"


def test_a_score_shows_its_range_beside_it() -> None:
    """A range that is one figure is not repeated."""
    assert shown.format_score_and_range(Score(50.0, 30.0, 70.0)) == "50.0 (30.0\u201370.0)"
    assert shown.format_score_and_range(Score(50.0, 50.0, 50.0)) == "50.0"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0, "USD 0"),
        (-0.2, "USD 0"),
        (939.6, "USD 940"),
        (999.4, "USD 999"),
        (999.5, "USD 1.00 k"),
        (12_350, "USD 12.4 k"),
        (999_499, "USD 999 k"),
        (999_999, "USD 1.00 M"),
        (1_235_000, "USD 1.24 M"),
        (-1_245_000, "USD \u22121.25 M"),
        (2.5e9, "USD 2.50 B"),
        (float("inf"), "\u2013"),
        (None, "\u2013"),
    ],
)
def test_money_has_three_figures_and_its_currency(value: float | None, expected: str) -> None:
    """An amount is rounded before its unit is chosen, so no amount reads 1,000 k."""
    assert shown.money(value, "USD") == expected


def test_a_money_range_names_the_currency_once() -> None:
    """An end may be negative, so the ends are joined by a word."""
    assert shown.money_range(-3.1e6, 8.45e6, "EUR") == "EUR \u22123.10 M to 8.45 M"


@pytest.mark.parametrize(
    ("share", "expected"),
    [(0.0, "0%"), (0.004, "<1%"), (0.005, "1%"), (0.5, "50%"), (0.9951, ">99%"), (1.0, "100%"), (None, "\u2013")],
)
def test_a_percentage_never_claims_nothing_or_all(share: float | None, expected: str) -> None:
    """Only nought reads 0 % and only everything reads 100 %."""
    assert shown.percent(share) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [(206_000, "206,000"), (0.015, "0.015"), (1.2, "1.2"), (30, "30"), (0, "0"), (-0.14, "\u22120.14")],
)
def test_a_parameter_keeps_its_figures(value: float, expected: str) -> None:
    """A parameter is written as it was given, with thousands commas."""
    assert shown.plain(value) == expected


def test_months_and_single_months() -> None:
    """A month has a name and a number of months a unit."""
    assert (shown.month(14), shown.month(None), shown.months(1), shown.months(60)) == (
        "month 14",
        "\u2013",
        "1 month",
        "60 months",
    )
