"""What is said of a fitted load test: every case has its sentence, and the chart its table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import get_args

import pytest

from assessment.loadtests.points import LoadTest, Point
from models.distributions import Distribution, Fixed, Pert
from models.scalability import Capacity, UslFit, Warning_, fit_usl
from models.wall import Demand, find_wall
from reports.charts.wall import wall_chart
from reports.sections.wall import wall
from reports.walls import (
    breaking_sentence,
    month_sentence,
    put_in,
    today_sentence,
    wall_data,
    wall_text,
    warning_sentences,
)

LOADS = (1, 2, 4, 8, 16, 24, 32, 48)
HOSTILE = "<b>$x$</b> | =1+1.csv"


def fitted(capacity: Capacity, loads: Sequence[float] = LOADS) -> UslFit:
    """Return the fit of points that lie nearly on a curve."""
    return fit_usl(loads, [capacity.throughput_at(n) * (1.01 if n % 3 else 0.99) for n in loads])


BENT, FLAT = (
    fitted(Capacity(100.0, 0.03, 0.001)),
    fit_usl(LOADS, [Capacity(100.0, 0.1, 0.0).throughput_at(n) for n in LOADS]),
)
SHORT = fitted(Capacity(100.0, 0.03, 0.001), (1, 2, 4, 8, 12, 16))
STRAIGHT = fit_usl(LOADS, [10.0 * n for n in LOADS])


@pytest.mark.parametrize(
    ("fit", "said"),
    [
        (BENT, "throughput peaks at a load of about"),
        (SHORT, "Continued by the fit, throughput would peak"),
        (FLAT, "levels off"),
        (STRAIGHT, "straight line"),
    ],
)
def test_where_it_breaks_is_one_sentence(fit: UslFit, said: str) -> None:
    """A peak among the points, one beyond them, a limit without a peak, or neither."""
    assert said in breaking_sentence(fit)
    assert "inf" not in breaking_sentence(fit)


def test_every_warning_has_its_sentence() -> None:
    """No warning of the model is without words, and none leaves a brace."""
    every = replace(BENT, warnings=get_args(Warning_))
    said = warning_sentences(every)
    assert len(said) == len(get_args(Warning_))
    assert not any("{" in sentence for sentence in said)


@pytest.mark.parametrize(
    ("demand", "growth", "today", "month"),
    [
        (300.0, Fixed(0.02), "of the capacity", "in month"),
        (2000.0, Fixed(0.02), "is more than the capacity", "already today"),
        (300.0, Fixed(0.0), "of the capacity", "in any of the cases"),
        (300.0, Pert(0.0, 0.001, 0.03), "of the capacity", "the earliest case in twenty gets there in month"),
    ],
)
def test_demand_and_month_are_said_in_each_case(demand: float, growth: Distribution, today: str, month: str) -> None:
    """Room left, no room left, a wall that never comes, and one that comes in few cases."""
    found = find_wall(BENT, Demand(Fixed(demand), growth=growth, share=0.85))
    assert today in today_sentence(found)
    assert month in month_sentence(found)
    assert "inf" not in today_sentence(found) + month_sentence(found)


def numbers(text: str) -> list[float]:
    """Return the numbers of a sentence, in order."""
    return [float(found.replace(",", "")) for found in re.findall(r"\d[\d,]*(?:\.\d+)?", text)]


def test_the_numbers_that_are_put_in_make_the_figure_that_is_said() -> None:
    """Curve, peak and month can be computed again from what stands in the line."""
    wall = find_wall(BENT, Demand(Fixed(300.0), growth=Fixed(0.02), share=0.85))
    said = put_in(BENT, wall, 0.02)
    last, rate, _, _, sigma, less, kappa, *_, fitted_there, measured = numbers(said["curve"])
    assert fitted_there == pytest.approx(rate * last / (1 + sigma * less + kappa * last * less), rel=2e-3)
    assert measured == pytest.approx(BENT.throughput[-1], rel=1e-3)
    _, sigma, kappa, load, _, limit = numbers(said["peak"])
    assert load == pytest.approx(((1 - sigma) / kappa) ** 0.5, rel=2e-3)
    demand, share, most, felt, _, _, growth, months = numbers(said["demand"])
    assert felt == pytest.approx(share * most, rel=1e-3) == pytest.approx(share * limit, rel=1e-3)
    assert demand * (1 + growth) ** months == pytest.approx(felt, rel=1e-3)


def test_a_curve_without_peak_or_limit_says_which_figure_is_nought() -> None:
    """The limit is that of contention alone; a straight line has none, so demand meets no wall."""
    rate, sigma, limit = numbers(put_in(FLAT, None, None)["peak"])[1:]
    assert limit == pytest.approx(rate / sigma, rel=2e-3)
    straight = put_in(STRAIGHT, find_wall(STRAIGHT, Demand(Fixed(10.0))), None)
    assert "straight line" in straight["peak"]
    assert "demand" not in straight
    assert not any("inf" in sentence for sentence in straight.values())


def test_without_growth_no_month_is_said() -> None:
    """Headroom alone has no month."""
    assert month_sentence(find_wall(BENT, Demand(Fixed(100.0)))) == ""


@pytest.mark.parametrize("fit", [BENT, FLAT, STRAIGHT])
@pytest.mark.parametrize("width", [360, 680])
def test_the_chart_draws_points_curve_and_demand(fit: UslFit, width: int) -> None:
    """Each point is in the chart and in its table; the alternative text says what is found."""
    found = find_wall(fit, Demand(Fixed(300.0)))
    drawn = wall_chart(fit, found, width=width)
    assert len(drawn.rows) == len(LOADS)
    assert breaking_sentence(fit) in drawn.alt
    assert "Today's peak demand: 300" in drawn.json
    assert "NaN" not in drawn.json
    assert "Infinity" not in drawn.json
    assert ("Peak: " in drawn.json) == (fit is BENT)


def test_a_file_name_is_text_wherever_it_stands() -> None:
    """What somebody called a file goes into cells and sentences as it is, escaped only where it is drawn."""
    points = tuple(Point(float(n), float(t), file=HOSTILE) for n, t in zip(BENT.load, BENT.throughput, strict=True))
    tests = (LoadTest(HOSTILE, "table", points, ("a note",)),)
    section = wall(tests, BENT)
    assert HOSTILE in wall_text(tests, BENT)
    assert wall_data(tests, BENT)["files"][0]["file"] == HOSTILE
    assert any(HOSTILE in str(block) for block in section.blocks)
