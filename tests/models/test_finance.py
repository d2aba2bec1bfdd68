from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.finance import Payback, annuity, irr, irr_reason, mirr, monthly_rate, npv, payback, sign_changes

FLOWS = st.lists(st.floats(-1e6, 1e6, allow_nan=False), min_size=1, max_size=40)


def test_twelve_monthly_rates_make_the_yearly_one() -> None:
    """(1 + r_m)^12 = 1 + r."""
    assert (1.0 + monthly_rate(0.1)) ** 12 == pytest.approx(1.1, rel=1e-14)


def test_the_first_flow_falls_at_the_end_of_the_first_period() -> None:
    """110 / 1.1 + 121 / 1.21 = 200."""
    assert npv(0.1, [110.0, 121.0]) == pytest.approx(200.0, rel=1e-14)


@given(FLOWS)
def test_at_no_rate_the_present_value_is_the_sum(flows: list[float]) -> None:
    """Without discounting a month is worth as much as any other (law 2)."""
    assert npv(0.0, flows) == pytest.approx(math.fsum(flows), rel=1e-9, abs=1e-6)


@given(st.integers(1, 360), st.floats(0.0, 0.2))
def test_an_annuity_is_the_present_value_of_ones(n: int, rate: float) -> None:
    """a_n = (1 - (1 + rate)^-n) / rate."""
    assert annuity(n, rate) == pytest.approx(npv(rate, np.ones(n)), rel=1e-9)


def test_constant_benefit_against_a_cost_in_month_one() -> None:
    """The value b a_60 - K delta with b 5,000, K 200,000 and 10 % a year is 39,274.71 (law 3)."""
    rate = monthly_rate(0.1)
    assert npv(rate, [5_000.0 - 200_000.0, *[5_000.0] * 59]) == pytest.approx(39_274.71, abs=0.005)
    assert 5_000.0 * annuity(60, rate) - 200_000.0 / (1.0 + rate) == pytest.approx(39_274.71, abs=0.005)


@pytest.mark.parametrize("growth", [0.0, 0.01, 0.03])
def test_growing_benefit_has_its_closed_form(growth: float) -> None:
    """Here NPV = b [1 - ((1 + g) / (1 + r_m))^T] / (r_m - g) for b, b (1 + g), ... (law 4)."""
    rate = monthly_rate(0.1)
    flows = [5_000.0 * (1.0 + growth) ** month for month in range(60)]
    closed = 5_000.0 * (1.0 - ((1.0 + growth) / (1.0 + rate)) ** 60) / (rate - growth)
    assert npv(rate, flows) == pytest.approx(closed, rel=1e-12)


def test_benefit_growing_at_the_discount_rate() -> None:
    """At g = r_m every month is worth the same: T b / (1 + r_m) (law 4)."""
    rate = monthly_rate(0.1)
    flows = [5_000.0 * (1.0 + rate) ** month for month in range(60)]
    assert npv(rate, flows) == pytest.approx(60 * 5_000.0 / (1.0 + rate), rel=1e-12)


def test_two_rates_of_return_are_reported_as_none() -> None:
    """-100 + 230 / 1.1 - 132 / 1.21 = 0 and -100 + 230 / 1.2 - 132 / 1.44 = 0: neither is *the* rate (law 12)."""
    flows = [-100.0, 230.0, -132.0]
    assert npv(0.1, flows) == pytest.approx(0.0, abs=1e-9)
    assert npv(0.2, flows) == pytest.approx(0.0, abs=1e-9)
    assert (irr(flows), irr_reason(flows)) == (None, "several_sign_changes")


def test_one_sign_change_has_one_rate() -> None:
    """-100 now and 121 after two periods is 10 %; a flow of nought before it changes nothing."""
    assert irr([-100.0, 0.0, 121.0]) == pytest.approx(0.1, rel=1e-9)
    assert irr([0.0, -100.0, 0.0, 121.0]) == pytest.approx(0.1, rel=1e-9)
    assert irr_reason([-100.0, 0.0, 121.0]) == "unique"


@pytest.mark.parametrize("flows", [[-1.0, -2.0], [1.0, 2.0], [0.0, 0.0]])
def test_no_sign_change_has_no_rate(flows: list[float]) -> None:
    """Money that only goes one way has no rate of return."""
    assert (irr(flows), irr_reason(flows), mirr(flows, 0.1, 0.1)) == (None, "no_sign_change", None)


@given(FLOWS)
def test_a_rate_is_only_given_for_exactly_one_sign_change(flows: list[float]) -> None:
    """More than one change of sign, or none, never gives a rate."""
    assert irr(flows) is None or sign_changes(flows) == 1


def test_modified_rate_carries_income_to_the_end() -> None:
    """-100, 60, 60 at 10 %: (60 x 1.1 + 60) / 100 = 1.26, whose root is 1.122497."""
    assert mirr([-100.0, 60.0, 60.0], 0.1, 0.1) == pytest.approx(math.sqrt(1.26) - 1.0, rel=1e-9)


@pytest.mark.parametrize(
    ("flows", "expected"),
    [
        ([-100.0, 60.0, 60.0], Payback(3, 3)),  # -100, -40, 20
        ([-100.0, 100.0], Payback(2, 2)),  # back to nought counts
        ([-100.0, 60.0], Payback(None, None)),
        ([-100.0, 150.0, -100.0, 60.0], Payback(2, 4)),  # -100, 50, -50, 10
        ([-100.0, 150.0, -100.0], Payback(2, None)),  # and lost again
        ([0.0, 5.0, 5.0], Payback(2, 2)),
        ([0.0, 0.0], Payback(None, None)),
    ],
)
def test_payback_is_the_first_and_the_last_crossing(flows: list[float], expected: Payback) -> None:
    """The cumulative sum comes back to nought at the first crossing and stays there from the last."""
    assert payback(flows) == expected
