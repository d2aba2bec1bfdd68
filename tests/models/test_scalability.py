from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.scalability import Capacity, wall_month

CAPACITIES = st.builds(
    Capacity,
    rate=st.floats(0.1, 1e4),
    sigma=st.floats(0.0, 0.9),
    kappa=st.one_of(st.just(0.0), st.floats(1e-6, 0.1)),
)


def test_the_published_raytracer_figures_give_its_peak() -> None:
    """With sigma .02444 and kappa .00163: N* = sqrt(.97556 / .00163) = 24.46 (24.488 with unrounded figures)."""
    assert Capacity(20.85605, 0.02444, 0.00163).peak_load == pytest.approx(24.488, abs=0.03)


def test_without_coherency_cost_the_limit_is_amdahls() -> None:
    """The limit is lambda / sigma, and no peak."""
    capacity = Capacity(20.0, 0.05, 0.0)
    assert capacity.peak_load == math.inf
    assert capacity.limit == pytest.approx(400.0)


def test_without_contention_there_is_no_limit() -> None:
    """Throughput grows with N for ever."""
    assert Capacity(20.0, 0.0, 0.0).limit == math.inf


def test_one_node_gives_its_own_rate() -> None:
    """X(1) = lambda."""
    assert Capacity(20.0, 0.1, 0.01).throughput_at(1.0) == pytest.approx(20.0)


@given(CAPACITIES)
def test_no_load_gives_more_than_the_limit(capacity: Capacity) -> None:
    """Throughput stays at or below the limit, on either side of the peak."""
    loads = np.array([1.0, 2.0, 5.0, 20.0, 100.0, 1e4])
    assert np.all(capacity.throughput(loads) <= capacity.limit * (1.0 + 1e-9))


@given(CAPACITIES, st.floats(0.05, 0.95))
def test_the_inverse_lies_on_the_rising_branch(capacity: Capacity, share: float) -> None:
    """The load for a demand gives that throughput and lies at or below the peak."""
    demand = share * min(capacity.limit, 50.0 * capacity.rate)
    nodes = capacity.nodes_for(demand)
    assert nodes is not None
    assert capacity.throughput_at(nodes) == pytest.approx(demand, rel=1e-6)
    assert nodes <= capacity.peak_load * (1.0 + 1e-6)


def test_demand_beyond_the_limit_has_no_load() -> None:
    """No number of nodes serves more than the limit."""
    capacity = Capacity(20.0, 0.05, 0.001)
    assert capacity.nodes_for(capacity.limit * 1.01) is None
    assert Capacity(20.0, 0.05, 0.0).nodes_for(401.0) is None


def test_wall_month_counts_months_of_growth() -> None:
    """ln(.85 x 1,000 / 500) / ln 1.02 = .530628 / .0198026 = 26.796."""
    assert wall_month(500.0, 1_000.0, 0.02, 0.85) == pytest.approx(26.796, abs=5e-4)


def test_a_wall_already_met_is_now_and_one_never_met_is_none() -> None:
    """Demand at the limit is month 0; without growth the wall stays away."""
    assert wall_month(900.0, 1_000.0, 0.02, 0.85) == 0.0
    assert wall_month(500.0, 1_000.0, 0.0) is None


@pytest.mark.parametrize("figures", [(0.0, 0.1, 0.1), (1.0, -0.1, 0.1), (1.0, 0.1, -0.1), (math.nan, 0.0, 0.0)])
def test_figures_for_which_the_law_means_nothing_are_refused(figures: tuple[float, float, float]) -> None:
    """Capacity is positive, and neither contention nor coherency cost is negative."""
    with pytest.raises(ValueError, match="a capacity needs"):
        Capacity(*figures)
