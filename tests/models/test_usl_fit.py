"""The fit of the scalability law: the printed digits, the bounds, the ranges, and what is refused."""

from __future__ import annotations

import math
import subprocess
import sys
import warnings
from collections.abc import Sequence
from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import least_squares
from scipy.stats import t as student

from assessment.errors import InputError
from models import usl_fit
from models.distributions import FloatArray
from models.scalability import Capacity, fit_usl
from models.usl_fit import limits, peaks
from models.wall_rules import wall_rules

LOADS = (1, 4, 8, 12, 16, 20, 24, 28, 32, 48, 64)
THROUGHPUTS = (20, 78, 130, 170, 190, 200, 210, 230, 260, 280, 310)
"""Published as ``raytracer`` in the package usl for R."""
BENT = Capacity(100.0, 0.03, 0.001)


def missed(loads: FloatArray, seen: FloatArray, figures: FloatArray) -> FloatArray:
    """Return by how much a curve misses points."""
    return usl_fit.curve(figures, loads) - seen


def points(capacity: Capacity, loads: Sequence[float], noise: float = 0.0, seed: int = 0) -> tuple[FloatArray, ...]:
    """Return loads and what a platform of that capacity serves at them, with an error in proportion."""
    at = np.array(loads, dtype=np.float64)
    seen = capacity.throughput(at)
    return at, seen * np.exp(noise * np.random.default_rng(seed).standard_normal(len(at)))


def test_six_points_of_raytracer_give_the_printed_digits() -> None:
    """Lambda 20.85605, sigma .02444, kappa .00163, peak at 24.488."""
    found = fit_usl(LOADS[:6], THROUGHPUTS[:6])
    assert found.lambda_ == pytest.approx(20.85605, abs=5e-6)
    assert found.sigma == pytest.approx(0.02444, abs=5e-6)
    assert found.kappa == pytest.approx(0.00163, abs=5e-6)
    assert found.peak_load == pytest.approx(24.488, abs=5e-4)
    assert found.peak_throughput == found.limit == pytest.approx(found.capacity.throughput_at(24.488), rel=1e-6)


def test_all_points_of_raytracer_have_no_peak() -> None:
    """Kappa stands at its bound of 0: sigma .05777, limit 378.2, and the warnings say that no peak was seen."""
    found = fit_usl(LOADS, THROUGHPUTS)
    assert found.kappa == 0.0
    assert found.sigma == pytest.approx(0.05777, abs=5e-6)
    assert found.limit == pytest.approx(378.2, abs=0.05)
    assert math.isinf(found.peak_load)
    assert math.isinf(found.peak_throughput)
    assert {"no_peak", "kappa_bound"} <= set(found.warnings)
    assert "short" not in found.warnings


@settings(max_examples=30, deadline=None)
@given(st.floats(0.5, 5e3), st.floats(0.0, 0.5), st.floats(1e-5, 1e-2))
def test_points_on_the_curve_give_the_curve_back(rate: float, sigma: float, kappa: float) -> None:
    """Without error the fit finds the figures that made the points."""
    capacity = Capacity(rate, sigma, kappa)
    found = fit_usl(*points(capacity, (1, 2, 5, 10, 20, 50, 100)))
    assert found.lambda_ == pytest.approx(rate, rel=1e-5)
    assert found.sigma == pytest.approx(sigma, abs=1e-5)
    assert found.kappa == pytest.approx(kappa, rel=1e-3, abs=1e-8)
    assert found.r_squared == pytest.approx(1.0)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.integers(4, 12))
def test_no_other_figures_within_the_bounds_fit_better(seed: int, count: int) -> None:
    """Scattered points: a thousand other figures, and those of scipy from another start, miss by as much or more."""
    rng = np.random.default_rng(seed)
    loads = np.sort(rng.choice(np.arange(1.0, 120.0), count, replace=False))
    seen = BENT.throughput(loads) * np.exp(0.3 * rng.standard_normal(count))
    found = usl_fit.bounded_fit(loads, seen)
    least = float(((usl_fit.curve(found, loads) - seen) ** 2).sum())
    assert (found >= 0.0).all()
    assert (found[1:] <= 1.0).all()
    others = np.stack([rng.uniform(1, 300, 1000), rng.uniform(0, 1, 1000), 10 ** rng.uniform(-6, 0, 1000)], axis=-1)
    assert (((usl_fit.curve(others, loads) - seen) ** 2).sum(axis=1) >= least * (1 - 1e-9)).all()
    again = least_squares(
        partial(missed, loads, seen),
        [50.0, 0.1, 1e-3],
        bounds=([1e-9, 0.0, 0.0], [np.inf, 1.0, 1.0]),
        x_scale=[10.0, 0.1, 1e-3],
    )
    assert 2.0 * again.cost >= least * (1 - 1e-6)


def test_the_refits_of_many_are_the_fits_of_each() -> None:
    """The figures of a resample are those of a fit of its own."""
    loads, seen = points(BENT, (1, 2, 4, 8, 16, 32, 48), noise=0.1)
    rows = np.stack([seen * (1.0 + 0.1 * np.random.default_rng(n).standard_normal(7)) for n in range(12)])
    found = usl_fit.refits(loads, rows / 1000.0, usl_fit.bounded_fit(loads, seen) / np.array([1000.0, 1.0, 1.0]))
    for row, figures in zip(rows, found * np.array([1000.0, 1.0, 1.0]), strict=True):
        assert figures == pytest.approx(usl_fit.bounded_fit(loads, row), rel=1e-4, abs=1e-9)


def test_the_order_of_the_points_does_not_matter() -> None:
    """Points in any order are the same test."""
    forth, back = fit_usl(LOADS, THROUGHPUTS), fit_usl(LOADS[::-1], THROUGHPUTS[::-1])
    assert (forth.lambda_, forth.sigma, forth.kappa) == (back.lambda_, back.sigma, back.kappa)
    assert forth.intervals == back.intervals


def test_the_same_points_give_the_same_ranges() -> None:
    """Ranges are drawn with a seed."""
    assert fit_usl(LOADS[:6], THROUGHPUTS[:6]).intervals == fit_usl(LOADS[:6], THROUGHPUTS[:6]).intervals


@pytest.mark.parametrize("unit", [1e-3, 60.0, 1e6])
def test_another_unit_of_throughput_scales_the_ranges(unit: float) -> None:
    """Requests a minute are sixty times requests a second, ranges too; sigma, kappa and the peak load stay."""
    plain, scaled = (fit_usl(LOADS[:6], np.array(THROUGHPUTS[:6]) * by) for by in (1.0, unit))
    for name, by in (("lambda", unit), ("limit", unit), ("sigma", 1.0), ("kappa", 1.0), ("peak_load", 1.0)):
        ours, theirs = plain.intervals[name], scaled.intervals[name]
        assert (theirs.low, theirs.high) == pytest.approx((ours.low * by, ours.high * by), rel=1e-4)


@pytest.mark.parametrize(("even", "least"), [(True, 0.84), (False, 0.72)])
def test_nine_ranges_in_ten_hold_the_truth(*, even: bool, least: float) -> None:
    """Of 60 tests with known capacity, the range of X* holds it in about nine in ten (docs/wall.md has larger runs)."""
    loads = np.array([1, 2, 4, 8, 16, 32, 48, 64], dtype=np.float64)
    true, rng = BENT.throughput(loads), np.random.default_rng(11)
    size = np.full_like(true, true.max()) if even else true
    found = [fit_usl(loads, true + 0.03 * size * rng.standard_normal(8)).intervals["limit"] for _ in range(60)]
    assert least <= np.mean([one.low <= BENT.limit <= one.high for one in found]) <= 1.0
    assert np.median([one.high / one.low for one in found]) < 1.3


@pytest.mark.parametrize("count", [4, 5, 8])
def test_the_tails_of_the_ranges_are_those_of_t_with_n_less_three_degrees_of_freedom(count: int) -> None:
    """Errors too small to bend the fit: a wide quantile of lambda over a narrow one, 12.71 / 2.41 for one degree."""
    found = fit_usl(*points(BENT, (1, 4, 8, 16, 24, 32, 48, 64)[:count], noise=1e-6, seed=3))
    apart = np.abs(found.draws[:, 0] - found.lambda_)
    wide, narrow = np.quantile(apart, (0.95, 0.75))
    exact = np.asarray(student.ppf((0.975, 0.875), count - 3))
    assert wide / narrow == pytest.approx(exact[0] / exact[1], rel=0.15)


def test_the_band_holds_the_curve_and_widens_beyond_the_points() -> None:
    """The fitted curve lies in its band; past the last load the band is wider than among the points."""
    found = fit_usl(LOADS[:6], THROUGHPUTS[:6])
    at = np.array([1.0, 10.0, 20.0, 40.0, 80.0])
    low, high = found.band(at)
    fitted = found.capacity.throughput(at)
    assert np.all((low <= fitted) & (fitted <= high))
    assert (high - low)[-1] > 2.0 * (high - low)[1]


@pytest.mark.parametrize(
    ("loads", "noise", "expected"),
    [
        ((1, 2, 4, 8, 16, 24, 32, 48, 64), 0.0, set()),
        ((1, 2, 4, 8, 12, 16), 0.0, {"short"}),
        ((1, 2, 4, 8, 16, 28), 0.0, {"beyond"}),
        ((1, 16, 32, 64), 0.0, {"few"}),
        ((1, 2, 4, 8, 16, 32, 32, 64), 0.0, {"repeated"}),
        ((1, 2, 4, 8, 16, 32, 48, 64), 0.6, {"poor"}),
    ],
)
def test_what_speaks_against_a_fit_is_named(loads: tuple[float, ...], noise: float, expected: set[str]) -> None:
    """A peak at 31 users: seen, stopped short of, just missed, on too few points, on repeated ones, in scatter."""
    found = set(fit_usl(*points(BENT, loads, noise, seed=3)).warnings)
    assert expected <= found
    assert noise or found == expected


def test_without_any_bend_the_capacity_has_no_upper_end() -> None:
    """A straight line: no limit, and the warning says so."""
    found = fit_usl((1, 2, 3, 4, 5, 6), (10, 20, 30, 40, 50, 60.0001))
    assert math.isinf(found.limit)
    assert {"no_peak", "open", "straight"} <= set(found.warnings)
    assert not {"sigma_bound", "kappa_bound"} & set(found.warnings)


def test_a_knee_sharper_than_the_law_is_named() -> None:
    """Throughput that rises straight to a lock and falls again: the best point lies above what the curve reaches."""
    found = fit_usl((1, 2, 4, 8, 12, 16, 24, 32, 48), (22, 45, 90, 180, 258, 241, 210, 188, 158))
    assert "above" in found.warnings
    assert found.limit < 258


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.floats(0.0, 8.0), st.floats(0.01, 3.0))
def test_any_scatter_gives_figures_within_their_bounds(seed: int, scale: float, scatter: float) -> None:
    """Loads from ones to hundreds of millions, throughputs all over: finite figures, ordered ranges, no warning."""
    rng = np.random.default_rng(seed)
    loads = 10.0**scale * np.cumsum(1.0 + 10.0 * rng.random(rng.integers(4, 10)))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = fit_usl(loads, np.exp(scatter * rng.standard_normal(len(loads))))
    assert np.isfinite(found.draws).all()
    assert (found.draws >= 0.0).all()
    assert (found.draws[:, 1:] <= 1.0).all()
    assert all(one.low <= one.high for one in found.intervals.values())


@pytest.mark.parametrize(
    ("loads", "throughputs", "said"),
    [
        ([], [], "no loads"),
        ([1.0], [20.0], "1 different load,"),
        ([1, 2, 3], [1, 2, 3], "3 different loads"),
        ([5, 5, 5, 5, 5], [1, 2, 3, 4, 5], "1 different load,"),
        ([1, 2, 3, 4], [7, 7, 7, 7], "the throughput is 7 at every load"),
        ([1, 2, 3, math.nan], [1, 2, 3, 4], "the load of point 4 is nan"),
        ([1, 2, 3, 4], [1, 2, math.inf, 4], "the throughput of point 3 is inf"),
        ([0, 1, 2, 3], [1, 2, 3, 4], "the load of point 1 is 0"),
        ([1, 2, 3, 4], [1, -2, 3, 4], "the throughput of point 2 is -2"),
        ([1, 2, 3, 4], [1, 2, 3, 1e13], "the throughput of point 4 is 1e+13"),
        ([1, 2, 3, 4], [1, 2, 3], "4 loads and 3 throughputs"),
        (list(range(1, 502)), list(range(1, 502)), "501 points are more than 500"),
        ([[1, 2], [3, 4]], [[1, 2], [3, 4]], "are no pairs"),
    ],
)
def test_points_that_no_curve_fits_are_refused(loads: list[float], throughputs: list[float], said: str) -> None:
    """Each refusal is one sentence with a remedy."""
    with pytest.raises(InputError) as raised:
        fit_usl(loads, throughputs)
    (problem,) = raised.value.problems
    assert said in problem.message
    assert problem.remedy


def test_limits_of_draws_are_those_of_each_capacity() -> None:
    """X* and N* of many figures at a time are those of the law, whatever bound a figure stands at."""
    draws = np.array([[20, 0.1, 0.01], [20, 0.05, 0.0], [20, 0.0, 0.0], [20, 1.0, 0.01], [5, 0.0, 0.5], [20, 1.0, 0.0]])
    each = [Capacity(*(float(figure) for figure in row)) for row in draws]
    assert limits(draws).tolist() == pytest.approx([one.limit for one in each])
    assert peaks(draws).tolist() == pytest.approx([one.peak_load for one in each])


def test_a_start_without_a_fit_loads_no_optimiser() -> None:
    """scipy.optimize comes with the first fit, and scipy.stats, which costs most of a second, never."""
    script = (
        "import sys, models.wall; from models.scalability import fit_usl; assert 'scipy.optimize' not in sys.modules;"
        "fit_usl((1, 4, 8, 12), (20, 78, 130, 170)); assert 'scipy.optimize' in sys.modules;"
        "assert 'scipy.stats' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def test_every_rule_says_why() -> None:
    """The figures that a fit is judged by are data with a reason."""
    rules = wall_rules().model_dump(exclude={"format"})
    assert rules["short_share"]["value"] == 0.7
    assert all(len(rule["why"]) > 20 for rule in rules.values())
