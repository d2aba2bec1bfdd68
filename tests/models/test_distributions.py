from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import betaincinv

from models.distributions import Fixed, Lognormal, Pert

FIGURES = st.floats(-1e6, 1e6, allow_nan=False)


def test_pert_has_the_standard_shapes_and_moments() -> None:
    """PERT(0, 1, 10) has alpha 1.4, beta 4.6, mean 14 / 6 and variance (14 / 6) (46 / 6) / 7 (law 11)."""
    pert = Pert(0.0, 1.0, 10.0)
    assert (pert.alpha, pert.beta) == pytest.approx((1.4, 4.6), rel=1e-12)
    assert (pert.mean, pert.variance) == pytest.approx((2.3333333333, 2.5555555556), rel=1e-9)


def test_pert_draws_have_those_moments() -> None:
    """Even probabilities through the table give the mean and the variance of the distribution."""
    u = (np.arange(1_000_000) + 0.5) / 1_000_000
    drawn = Pert(0.0, 1.0, 10.0).ppf(u)
    assert (drawn.mean(), drawn.var()) == pytest.approx((2.3333333333, 2.5555555556), rel=1e-5)


@given(st.lists(FIGURES, min_size=3, max_size=3).map(sorted))
def test_pert_keeps_within_its_ends_and_never_falls(figures: list[float]) -> None:
    """A higher probability never gives a lower figure, and none lies outside the ends."""
    drawn = Pert(*figures).ppf(np.linspace(0.0, 1.0, 301))
    slack = 1e-9 * max(1.0, abs(figures[0]), abs(figures[2]))
    assert np.all(np.diff(drawn) >= -slack)
    assert np.all((drawn >= figures[0] - slack) & (drawn <= figures[2] + slack))


@given(st.floats(0.0, 1.0), st.floats(1e-4, 1.0 - 1e-4))
def test_pert_table_is_close_to_the_exact_inverse(mode: float, u: float) -> None:
    """Interpolation is within a five-thousandth of the width of the exact inverse, but for one draw in 5,000."""
    exact = betaincinv(1.0 + 4.0 * mode, 5.0 - 4.0 * mode, u)
    assert Pert(0.0, mode, 1.0).ppf(np.array([u]))[0] == pytest.approx(exact, abs=2e-4)


def test_a_degenerate_pert_is_a_fixed_figure() -> None:
    """Equal ends give that figure, its mean and no variance."""
    pert = Pert(3.0, 3.0, 3.0)
    assert (pert.ppf(np.array([0.0, 0.4, 1.0])).tolist(), pert.mean, pert.variance) == ([3.0] * 3, 3.0, 0.0)


def test_a_pert_out_of_order_is_refused() -> None:
    """The likely figure lies between the ends."""
    with pytest.raises(ValueError, match="low <= mode <= high"):
        Pert(0.0, 2.0, 1.0)


def test_a_lognormal_interval_has_a_mean_above_its_median() -> None:
    """90 % in 1-10: median sqrt(10), sigma ln 10 / (2 x 1.644854) = .699936, mean sqrt(10) exp(.244955) (law 11)."""
    lognormal = Lognormal.from_interval(1.0, 10.0)
    assert (lognormal.median, lognormal.sigma) == pytest.approx((3.16227766, 0.69993617), rel=1e-6)
    assert lognormal.mean == pytest.approx(4.040013, abs=5e-7)


def test_a_lognormal_interval_holds_nine_tenths() -> None:
    """The 5th and 95th percentile are the figures that were typed."""
    assert Lognormal.from_interval(30e3, 400e3).ppf(np.array([0.05, 0.95])) == pytest.approx([30e3, 400e3])


@pytest.mark.parametrize(("low", "high"), [(0.0, 1.0), (-1.0, 1.0), (2.0, 1.0)])
def test_a_lognormal_interval_that_is_none_is_refused(low: float, high: float) -> None:
    """A lognormal figure is above nought, and low is not above high."""
    with pytest.raises(ValueError, match="0 < low <= high"):
        Lognormal.from_interval(low, high)


@pytest.mark.parametrize("distribution", [Pert(1.0, 2.0, 5.0), Lognormal(2.0, 0.7), Fixed(4.0)])
def test_scaling_a_distribution_scales_every_figure(distribution: Pert | Lognormal | Fixed) -> None:
    """Money in another currency is the same distribution times the rate."""
    u = np.array([0.1, 0.5, 0.9])
    scaled = distribution.scaled(3.0)
    assert scaled.ppf(u) == pytest.approx(3.0 * distribution.ppf(u))
    assert (scaled.mean, scaled.variance) == pytest.approx((3.0 * distribution.mean, 9.0 * distribution.variance))
