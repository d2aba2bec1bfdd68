"""Headroom and the month of the wall, as distributions, and the capacity that an assessment may take over."""

from __future__ import annotations

import math

import numpy as np
import pytest

from assessment.answers import Range
from assessment.errors import InputError
from models.distributions import Fixed, Pert
from models.parameters import ParameterFile
from models.scalability import Capacity, fit_usl, wall_month
from models.wall import Demand, capacity_range, demand_of, find_wall

CAPACITY = Capacity(100.0, 0.03, 0.001)
LOADS = (1.0, 2.0, 4.0, 8.0, 16.0, 24.0, 32.0, 48.0, 64.0)
EXACT = fit_usl(LOADS, [CAPACITY.throughput_at(load) for load in LOADS])
SCATTERED = fit_usl(LOADS, [CAPACITY.throughput_at(load) * (1.05 if load % 3 else 0.95) for load in LOADS])


def point(value: float) -> Range:
    """Return one figure as a range."""
    return Range(low=value, mode=value, high=value)


def test_known_figures_give_the_formula() -> None:
    """Without error and with fixed figures the month is ln(h X* / (D0 surge)) / ln(1 + g), at every percentile."""
    found = find_wall(EXACT, Demand(Fixed(300.0), Fixed(2.0), Fixed(0.02), share=0.85))
    expected = wall_month(600.0, CAPACITY.limit, 0.02, 0.85)
    assert found.month is not None
    assert [found.month.p5, found.month.p50, found.month.p95] == pytest.approx([expected] * 3, rel=1e-4)
    assert found.headroom.p50 == pytest.approx(CAPACITY.limit / 600.0, rel=1e-6)
    assert found.used.p50 == pytest.approx(600.0 / CAPACITY.limit, rel=1e-6)
    assert found.none_before_horizon == 0.0


def test_what_is_uncertain_spreads_the_month() -> None:
    """A range of growth spreads the month; faster growth is sooner, so P5 is the fast end."""
    found = find_wall(SCATTERED, Demand(Fixed(300.0), Fixed(2.0), Pert(0.005, 0.015, 0.03), share=0.85))
    assert found.month is not None
    assert found.month.p5 < found.month.p50 < found.month.p95
    assert found.headroom.p5 < found.headroom.p50 < found.headroom.p95


def test_the_probability_of_no_wall_is_the_share_of_draws_beyond_the_horizon() -> None:
    """Growth of 0 to .6 % a month against 40 % of room: part of the draws never get there within 60 months."""
    demand = Demand(Fixed(CAPACITY.limit / 1.4), growth=Pert(0.0, 0.003, 0.01))
    found = find_wall(EXACT, demand)
    assert found.none_before_horizon is not None
    assert 0.3 < found.none_before_horizon < 0.95
    assert found.month is not None
    assert found.month.p95 > found.horizon


def test_a_wall_that_is_met_already_is_month_nought() -> None:
    """Demand above the capacity: month 0 and more than all of it in use."""
    found = find_wall(EXACT, Demand(Fixed(CAPACITY.limit * 1.1), growth=Fixed(0.01)))
    assert found.month is not None
    assert found.month.p50 == 0.0
    assert found.used.p50 > 1.0
    assert found.none_before_horizon == 0.0


@pytest.mark.parametrize("growth", [0.0, -0.01])
def test_without_growth_there_is_no_month(growth: float) -> None:
    """Demand that does not grow never gets there, and the probability says so."""
    found = find_wall(EXACT, Demand(Fixed(100.0), growth=Fixed(growth)))
    assert found.month is not None
    assert math.isinf(found.month.p50)
    assert found.none_before_horizon == 1.0
    assert find_wall(EXACT, Demand(Fixed(100.0))).month is None


def test_typed_figures_take_the_place_of_defaults(parameters: ParameterFile) -> None:
    """Growth and the share at which the wall is felt: the defaults of the file, or what was typed."""
    demand = Range(low=100, mode=100, high=100)
    default = demand_of(parameters, demand)
    assert (default.share, default.growth) == (0.85, Pert(0.0, 0.015, 0.035))
    typed = demand_of(parameters, demand, growth=point(0.01), felt=point(0.7))
    assert (typed.share, typed.growth) == (0.7, Fixed(0.01))


def test_a_demand_of_nought_is_refused() -> None:
    """Nothing is compared with no demand."""
    with pytest.raises(InputError, match="not above 0"):
        find_wall(EXACT, Demand(Fixed(0.0)))


def test_the_capacity_is_a_measured_range_with_its_source() -> None:
    """The likely figure is the fitted one, and what the model draws from it has the 90 % range of the fit."""
    found = capacity_range(SCATTERED, "history.csv")
    interval = SCATTERED.intervals["limit"]
    assert found.mode == SCATTERED.limit
    drawn = Pert(found.low, SCATTERED.limit, found.high).ppf(np.array([0.05, 0.95]))
    assert drawn.tolist() == pytest.approx([interval.low, interval.high], rel=1e-6)
    assert found.low < interval.low < SCATTERED.limit < interval.high < found.high
    assert found.measured
    assert found.source == "history.csv"


def test_a_capacity_that_may_be_many_times_the_fitted_one_is_not_taken_over() -> None:
    """Points that have hardly begun to bend would let the model believe in a multiple of what was measured."""
    loads = (1.0, 2.0, 4.0, 6.0, 8.0)
    scatter = (1.0, 1.03, 0.98, 1.02, 0.97)
    bent = Capacity(10.0, 0.04, 0.0005)
    early = fit_usl(loads, [bent.throughput_at(load) * by for load, by in zip(loads, scatter, strict=True)])
    found = early.intervals["limit"]
    if math.isfinite(found.high):
        assert found.high > 2 * early.limit
    with pytest.raises(InputError, match=r"times the fitted|no upper end"):
        capacity_range(early, "early.csv")


@pytest.mark.parametrize("throughputs", [(10, 20, 40, 80, 160, 320), (10, 20.3, 39.8, 80.5, 159.5, 320)])
def test_a_straight_line_gives_no_month(throughputs: tuple[float, ...]) -> None:
    """No limit in the test is no sign that none is near: neither a month nor its probability is given."""
    straight = fit_usl((1, 2, 4, 8, 16, 32), throughputs)
    found = find_wall(straight, Demand(Fixed(0.1), growth=Fixed(0.02)))
    assert not found.bounded
    assert (found.month, found.none_before_horizon) == (None, None)
    assert EXACT.intervals["limit"].high < math.inf
    assert find_wall(EXACT, Demand(Fixed(100.0), growth=Fixed(0.02))).bounded


def test_a_capacity_without_an_upper_end_is_not_taken_over() -> None:
    """A straight line says nothing of where it ends."""
    straight = fit_usl((1, 2, 3, 4, 5, 6), (10, 20, 30, 40, 50, 60))
    with pytest.raises(InputError, match="no upper end"):
        capacity_range(straight, "line.csv")
