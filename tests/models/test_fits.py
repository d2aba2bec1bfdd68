"""Rates, medians and spreads against plain sums, known figures and simulated coverage."""

from __future__ import annotations

import math
import statistics

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.fits import (
    Timed,
    dispersion,
    fit_lognormal,
    median,
    median_interval,
    poisson_interval,
    share_interval,
)

NONE = np.array([])


def timed(values: list[float], open_: list[bool] | None = None, blocks: list[int] | None = None) -> Timed:
    """Return durations, by default closed and each in a week of its own."""
    weeks = list(range(len(values))) if blocks is None else blocks
    return Timed.of_records(values, open_ or [False] * len(values), weeks, max(weeks) + 1)


def at_most(count: int, mean: float) -> float:
    """Return the probability of so many Poisson events or fewer, as a plain sum."""
    return math.fsum(math.exp(-mean) * mean**k / math.factorial(k) for k in range(count + 1))


@pytest.mark.parametrize("count", [0, 1, 3, 20])
def test_the_ends_of_a_rate_leave_a_twentieth_on_either_side(count: int) -> None:
    """At the upper end so few events come once in twenty, at the lower end so many."""
    found = poisson_interval(count, 2.0, 0.90)
    assert found.high is not None
    assert at_most(count, 2 * found.high) == pytest.approx(0.05)
    if count:
        assert 1 - at_most(count - 1, 2 * found.low) == pytest.approx(0.05)
    else:
        assert found.low == 0
        assert found.high == pytest.approx(math.log(20) / 2)


def test_a_share_of_none_or_all_still_has_a_width() -> None:
    """No failure in twenty is no proof of none: 14 % would show none once in twenty."""
    none, every = share_interval(0, 20, 0.90), share_interval(20, 20, 0.90)
    assert none.low == 0
    assert none.high == pytest.approx(1 - 0.05 ** (1 / 20))
    assert every.low == pytest.approx(0.05 ** (1 / 20))
    assert every.high == 1


@given(st.lists(st.floats(min_value=0, max_value=1e6), min_size=1, max_size=30))
@settings(max_examples=60)
def test_without_open_ones_the_median_is_the_usual_one(values: list[float]) -> None:
    """Also with ties, and for an even number of figures."""
    assert median(timed(values)) == pytest.approx(statistics.median(values))


def test_open_durations_pull_the_median_up_or_leave_it_out() -> None:
    """Kaplan and Meier by hand: 1, 2+, 3, 4 leaves 3/4 at 1, 3/8 at 3; with most open the half is never reached."""
    assert median(timed([1, 2, 3, 4], [False, True, False, False])) == 3
    assert median(timed([1, 2, 3, 4], [False, True, True, True])) is None


def test_the_interval_of_a_median_is_that_of_the_weeks() -> None:
    """Ten equal figures in each week say no more than one: copies of a week narrow nothing."""
    weeks = [5.0, 1.0, 9.0, 4.0, 7.0, 2.0, 8.0, 3.0, 6.0, 10.0]
    once = median_interval(timed(weeks), 0.90, 2000, (1, 1))
    copied = median_interval(
        timed([value for value in weeks for _ in range(10)], blocks=[week for week in range(10) for _ in range(10)]),
        0.90,
        2000,
        (1, 1),
    )
    assert once == copied
    assert once is not None
    assert 2 <= once.low < 5.5 < (once.high or 0) <= 9


def test_the_interval_of_a_median_depends_on_seed_and_not_on_order() -> None:
    """The same records in another order give the same interval; one week alone gives none."""
    values, weeks = [3.0, 1.0, 2.0, 8.0, 5.0], [0, 1, 2, 3, 4]
    first = median_interval(timed(values, blocks=weeks), 0.90, 500, (1, 1))
    turned = median_interval(timed(values[::-1], blocks=weeks[::-1]), 0.90, 500, (1, 1))
    assert first == turned
    assert median_interval(timed(values, blocks=[0] * 5), 0.90, 500, (1, 1)) is None


def test_an_interval_without_upper_end_says_so() -> None:
    """Where more than one resample in twenty never reaches the half, there is no upper end."""
    found = median_interval(timed([1, 2, 3, 4, 5], [False, False, False, True, True]), 0.90, 1000, (1, 1))
    assert found is not None
    assert found.high is None


@given(st.lists(st.floats(min_value=0.01, max_value=1e4), min_size=3, max_size=20, unique=True))
@settings(max_examples=40)
def test_without_open_ones_the_lognormal_is_mean_and_spread_of_the_logarithms(values: list[float]) -> None:
    """Maximum likelihood divides by n; the interval of the median is Student's."""
    logs = [math.log(value) for value in values]
    found = fit_lognormal(np.array(values), NONE, 0.90)
    if statistics.pstdev(logs) < 1e-6:
        return
    assert found is not None
    assert found.median == pytest.approx(math.exp(statistics.fmean(logs)), rel=1e-6)
    assert found.sigma == pytest.approx(statistics.pstdev(logs), rel=1e-6)


def likelihood(mu: float, sigma: float, closed: list[float], still_open: list[float]) -> float:
    """Return the log-likelihood of a lognormal, one duration at a time."""
    total = 0.0
    for hours in closed:
        z = (math.log(hours) - mu) / sigma
        total += -math.log(sigma) - z * z / 2
    for hours in still_open:
        total += math.log(math.erfc((math.log(hours) - mu) / sigma / math.sqrt(2)) / 2)
    return total


def test_with_open_ones_no_other_lognormal_is_likelier() -> None:
    """Around the found one the likelihood falls in every direction, by a plain loop."""
    closed, still_open = [0.5, 1.2, 2.0, 3.5, 0.8, 6.0], [4.0, 9.0, 1.0]
    found = fit_lognormal(np.array(closed), np.array(still_open), 0.90)
    assert found is None or found.longest == max(closed + still_open)
    assert found is not None
    top = likelihood(math.log(found.median), found.sigma, closed, still_open)
    for mu in (-0.01, 0, 0.01):
        for spread in (-0.01, 0, 0.01):
            moved = likelihood(math.log(found.median) + mu, found.sigma + spread, closed, still_open)
            assert moved <= top + 1e-12
    assert (found.closed, found.open) == (6, 3)
    alone = fit_lognormal(np.array(closed), NONE, 0.90)
    assert alone is not None
    assert found.median > alone.median


def test_the_interval_of_the_median_covers_nine_in_ten() -> None:
    """Of 400 samples of eight durations about 90 % cover the true median: the bounds are four errors wide."""
    source = np.random.default_rng(7)
    covered = 0
    for _ in range(400):
        sample = np.exp(source.normal(1.0, 1.2, 8))
        found = fit_lognormal(sample, NONE, 0.90)
        assert found is not None
        covered += found.median_interval.low <= math.e <= (found.median_interval.high or math.inf)
    assert 336 <= covered <= 384


def test_a_fit_needs_two_different_durations() -> None:
    """One figure, or equal ones, leave the spread open."""
    assert fit_lognormal(np.array([2.0]), NONE, 0.90) is None
    assert fit_lognormal(np.array([2.0, 2.0, 2.0]), np.array([5.0]), 0.90) is None


def test_dispersion_by_hand() -> None:
    """Counts 1, 3, 5, 7: mean 4, variance 20/3, phi (20/3 - 4) / 16; equal counts have none; no event tells nothing."""
    found = dispersion([1, 3, 5, 7])
    assert found is not None
    assert found.phi == pytest.approx((20 / 3 - 4) / 16)
    assert 0.1 < found.chance < 0.2
    even = dispersion([4, 4, 4, 4])
    assert even is not None
    assert (even.phi, even.chance) == (0.0, 1.0)
    assert dispersion([0, 0, 0]) is None
