"""What matters: Sobol' indices against their closed forms, the tornado, and the worth of knowing a figure."""

from __future__ import annotations

import math
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.cases import certain, typical
from models.cost_curves import SimulationStoppedError, simulate
from models.distributions import Fixed, FloatArray, Lognormal, Pert
from models.draws import EFFECT_SYMBOLS
from models.programme import Programme
from models.sensitivity import Index, evppi, sobol, tornado
from models.value_of_information import evpi
from models.what_matters import EFFECTS_GROUP, what_matters

INPUTS, PLAN = typical()
MATTERS = what_matters(INPUTS, PLAN, paths=2_000, seed=7)


class Between:
    """An even distribution between two figures."""

    def __init__(self, low: float, high: float) -> None:
        """Keep the ends."""
        self.low, self.high = low, high

    def ppf(self, u: FloatArray, /) -> FloatArray:
        """Return the figures at the probabilities."""
        return self.low + (self.high - self.low) * u


CIRCLE = Between(-math.pi, math.pi)


def ishigami(x: Mapping[str, FloatArray]) -> FloatArray:
    """Return sin x1 + 7 sin^2 x2 + .1 x3^4 sin x1."""
    return np.asarray(np.sin(x["1"]) + 7.0 * np.sin(x["2"]) ** 2 + 0.1 * x["3"] ** 4 * np.sin(x["1"]))


def by_name(indices: tuple[Index, ...]) -> dict[str, Index]:
    """Return indices by the name of their input."""
    return {index.name: index for index in indices}


# Law 13


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_ishigami_has_its_known_indices(seed: int) -> None:
    """S .313905, .442411, 0 and ST .557589, .442411, .243684 to .01, and nought for an input that does nothing."""
    found = by_name(sobol(ishigami, {"1": CIRCLE, "2": CIRCLE, "3": CIRCLE, "dummy": CIRCLE}, 8_192, seed))
    first = [found[name].first for name in ("1", "2", "3", "dummy")]
    total = [found[name].total for name in ("1", "2", "3", "dummy")]
    assert first == pytest.approx([0.313905, 0.442411, 0.0, 0.0], abs=0.01)
    assert total == pytest.approx([0.557589, 0.442411, 0.243684, 0.0], abs=0.01)
    assert found["dummy"] == Index("dummy", 0.0, 0.0, 0.0, 0.0)


def test_indices_come_with_their_error() -> None:
    """A smaller sample has wider bootstrap intervals, and the true figures lie within them."""
    few, many = (by_name(sobol(ishigami, dict.fromkeys("123", CIRCLE), n, 1)) for n in (256, 4_096))
    assert all(few[name].total_error > 2.0 * many[name].total_error > 0.0 for name in "123")
    for name, total in (("1", 0.557589), ("2", 0.442411), ("3", 0.243684)):
        assert abs(few[name].total - total) < 1.5 * few[name].total_error


def test_inputs_of_a_group_have_one_index() -> None:
    """x1 and x3 together explain all that x2 does not: the group has both, alone and in total."""
    found = sobol(ishigami, dict.fromkeys("123", CIRCLE), 4_096, 1, groups={"1": "odd", "3": "odd"})
    assert [index.name for index in found] == ["odd", "2"]
    assert [index.total for index in found] == pytest.approx([1.0 - 0.442411, 0.442411], abs=0.015)
    assert [index.first for index in found] == pytest.approx([1.0 - 0.442411, 0.442411], abs=0.015)


def test_a_sum_shares_the_variance() -> None:
    """For 3 a + b of our own distributions the indices are the shares of the variance, first and total alike."""
    distributions: dict[str, Pert | Lognormal | Fixed]
    distributions = {"a": Pert(0.0, 1.0, 10.0), "b": Lognormal(2.0, 0.5), "c": Fixed(4.0)}
    found = by_name(sobol(lambda x: 3.0 * x["a"] + x["b"] + x["c"], distributions, 4_096, 3))
    parts = {"a": 9.0 * distributions["a"].variance, "b": distributions["b"].variance}
    assert set(found) == {"a", "b"}
    for name, part in parts.items():
        assert found[name].first == pytest.approx(part / sum(parts.values()), abs=0.02)
        assert found[name].total == pytest.approx(part / sum(parts.values()), abs=0.02)


def test_a_constant_result_has_no_indices() -> None:
    """Nothing varies, so nothing explains anything, and nothing is divided by nought."""
    assert sobol(lambda x: np.zeros_like(x["1"]), {"1": CIRCLE}, 64, 1) == (Index("1", 0.0, 0.0, 0.0, 0.0),)


@pytest.mark.parametrize(("n", "distributions"), [(100, {"1": CIRCLE}), (1, {"1": CIRCLE}), (64, {"1": Fixed(1.0)})])
def test_a_design_that_means_nothing_is_refused(n: int, distributions: dict[str, Between | Fixed]) -> None:
    """A base sample is a power of two, and something has to be uncertain."""
    with pytest.raises(ValueError, match="a power of two, and an uncertain input"):
        sobol(ishigami, distributions, n, 1)


def test_the_same_seed_gives_the_same_indices_and_leaves_the_global_state_alone() -> None:
    """Seed 0 included, which the library would take for none."""
    np.random.seed(5)  # noqa: NPY002 - the state that must not be touched
    expected = np.random.random()  # noqa: NPY002
    np.random.seed(5)  # noqa: NPY002
    runs = [sobol(ishigami, dict.fromkeys("123", CIRCLE), 64, 0) for _ in range(2)]
    assert runs[0] == runs[1]
    assert np.random.random() == expected  # noqa: NPY002


def test_slow_libraries_are_loaded_only_when_needed() -> None:
    """To import the module loads neither SALib nor scipy.stats nor pandas."""
    code = (
        "import sys, models.analysis, models.sensitivity;"
        "print([name for name in ('SALib', 'scipy.stats', 'pandas', 'matplotlib') if name in sys.modules])"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2]
    )
    assert run.stdout.strip() == "[]"


def test_a_tornado_is_sorted_by_width() -> None:
    """The result of each case stands at its end, the widest first."""
    cases = {"small": ({"x": 1.0}, {"x": 2.0}), "wide": ({"x": 9.0}, {"x": -1.0})}
    found = tornado(lambda x: 10.0 * x["x"], cases)
    assert [(swing.name, swing.at_low, swing.at_high) for swing in found] == [
        ("wide", 90.0, -10.0),
        ("small", 10.0, 20.0),
    ]


# The worth of knowing a figure


def _linear(paths: int, mean: float, slope: float, noise: float, seed: int = 1) -> dict[str, FloatArray]:
    """Return x, a dummy, and the NPV mean + slope x + noise e, all standard normal."""
    x, e, dummy = np.random.default_rng(seed).standard_normal((3, paths))
    return {"x": x, "dummy": dummy, "npv": mean + slope * x + noise * e}


def _unit_loss(mean: float, slope: float) -> float:
    """Return E max(0, mean + slope X) - max(0, mean): the normal loss."""
    t = abs(mean) / slope
    density, above = math.exp(-t * t / 2.0) / math.sqrt(2.0 * math.pi), math.erfc(t / math.sqrt(2.0)) / 2.0
    return slope * (density - t * above)


@pytest.mark.parametrize(("mean", "slope", "noise"), [(0.0, 1.0, 1.0), (0.5, 1.0, 2.0), (-1.0, 1.0, 0.5)])
def test_a_linear_normal_decision_has_its_closed_form(mean: float, slope: float, noise: float) -> None:
    """EVPPI = b [phi(t) - t (1 - Phi(t))], t = |a| / b, for an NPV of a + b x + noise: .3989, .1978 and .0833."""
    case = _linear(20_000, mean, slope, noise)
    found = evppi({"go": case["npv"]}, {"x": case["x"]})
    assert found.value == pytest.approx(_unit_loss(mean, slope), abs=3.0 * found.standard_error)
    assert found.standard_error < 0.05 * slope


@settings(max_examples=15)
@given(st.floats(-1.0, 1.0), st.floats(0.1, 3.0), st.integers(0, 1_000))
def test_knowing_what_has_no_influence_is_worth_nothing(mean: float, noise: float, seed: int) -> None:
    """A dummy is worth nothing within four standard errors, however close the decision is."""
    case = _linear(2_000, mean, 1.0, noise, seed)
    found = evppi({"go": case["npv"], "late": 0.9 * case["npv"]}, {"dummy": case["dummy"]})
    assert found.value <= 4.0 * found.standard_error


def test_no_worth_is_found_in_noise() -> None:
    """Over 40 close decisions a dummy is worth .003 on average; judged on the futures that made the fit it was .022."""
    values = [
        evppi({"go": case["npv"]}, {"dummy": case["dummy"]}).value
        for case in (_linear(2_000, 0.0, 1.0, 1.0, seed) for seed in range(40))
    ]
    assert float(np.mean(values)) < 0.01


@settings(max_examples=15)
@given(st.floats(-2.0, 2.0), st.floats(0.0, 3.0), st.integers(0, 1_000))
def test_one_figure_is_never_worth_more_than_all(mean: float, noise: float, seed: int) -> None:
    """EVPPI <= EVPI on the same futures, whatever is known and however many decisions there are."""
    case = _linear(500, mean, 1.0, noise, seed)
    npvs = {"go": case["npv"], "late": 0.5 * case["npv"] + 0.2 * case["dummy"]}
    for known in ({"x": case["x"]}, {"x": case["x"], "dummy": case["dummy"]}):
        assert evppi(npvs, known).value <= evpi(npvs) + 1e-12


def test_knowing_two_figures_together_is_worth_more() -> None:
    """For x + y the pair is worth nearly EVPI: sqrt(2) times what one of them is."""
    x, y = np.random.default_rng(3).standard_normal((2, 20_000))
    one, both = evppi({"go": x + y}, {"x": x}), evppi({"go": x + y}, {"x": x, "y": y}, "both")
    assert (one.name, both.name) == ("x", "both")
    assert both.value == pytest.approx(math.sqrt(2.0) * one.value, rel=0.05)
    assert both.value == pytest.approx(evpi({"go": x + y}), rel=0.01)


def test_knowing_which_of_two_starts_is_better_counts() -> None:
    """Between go (x) and late (-x) never is dominated: knowing x is worth E|X| = .7979."""
    x = np.random.default_rng(3).standard_normal(20_000)
    found = evppi({"go": x, "late": -x}, {"x": x})
    assert found.value == pytest.approx(math.sqrt(2.0 / math.pi), abs=4.0 * found.standard_error)


def test_a_long_tail_does_not_hide_what_a_figure_is_worth() -> None:
    """For an NPV of X - 5 with X lognormal (median 1, sigma 2.5) knowing X is worth E max(0, X - 5) - (E X - 5).

    X is below 5 on three futures in four, where 5 - X is lost by going: E max(0, 5 - X), worked out in closed form. A
    plain fit follows the few largest figures and finds less than nothing.
    """
    z = np.random.default_rng(3).standard_normal(20_000)
    sigma, limit = 2.5, 5.0
    below = math.log(limit) / sigma
    known = limit * _normal(below) - math.exp(sigma**2 / 2.0) * _normal(below - sigma)
    found = evppi({"go": np.exp(sigma * z) - limit}, {"x": z})
    assert found.value == pytest.approx(known, abs=4.0 * found.standard_error)
    assert found.standard_error < 0.02 * known


def _normal(z: float) -> float:
    return math.erfc(-z / math.sqrt(2.0)) / 2.0


def test_a_worth_of_nothing_to_judge_is_refused() -> None:
    """Ten paths, a decision and a figure are the least."""
    few = np.ones(9)
    with pytest.raises(ValueError, match="10 paths or more"):
        evppi({"go": few}, {"x": few})
    with pytest.raises(ValueError, match="10 paths or more"):
        evppi({}, {"x": few})


# On the model of a team


def test_every_uncertain_figure_has_its_worth() -> None:
    """One line for each figure that is not fixed and one for the effects together; none above EVPI, largest first."""
    names = {worth.name for worth in MATTERS.worths}
    varied = {name for name, figure in INPUTS.figures.items() if not isinstance(figure.distribution, Fixed)}
    assert names == {*varied, EFFECTS_GROUP}
    values = [worth.value for worth in MATTERS.worths]
    assert values == sorted(values, reverse=True)
    assert 0.0 < values[0] <= MATTERS.evpi
    by_figure = {worth.name: worth.value for worth in MATTERS.worths}
    assert by_figure[EFFECTS_GROUP] >= max(by_figure[symbol] for symbol in EFFECT_SYMBOLS)
    assert values[-1] == 0.0


def test_evpi_is_that_of_the_decision() -> None:
    """On the same futures the same figure."""
    assert MATTERS.evpi == pytest.approx(simulate(INPUTS, PLAN, paths=2_000, seed=7).evpi, rel=1e-9)


def test_the_effects_are_one_group_of_the_variance() -> None:
    """They hang together, so that an index of one alone would mean nothing."""
    names = [index.name for index in MATTERS.indices]
    assert EFFECTS_GROUP in names
    assert not set(names) & {*EFFECT_SYMBOLS, "team", "luck"}
    assert MATTERS.samples == 64
    totals = [index.total for index in MATTERS.indices]
    assert totals == sorted(totals, reverse=True)
    assert sum(totals) > 0.9


def test_the_tornado_moves_one_figure_at_a_time_from_the_medians() -> None:
    """Each bar is the engine's own NPV with one figure fixed at its P10 or P90 and every other at its median."""
    fixed = INPUTS
    for name, figure in INPUTS.figures.items():
        fixed = fixed.with_distribution(name, Fixed(float(figure.distribution.ppf(np.array([0.5]))[0])))
    swings = {swing.name: swing for swing in MATTERS.swings}
    assert MATTERS.base == pytest.approx(_npv(fixed), rel=1e-9)
    for name in ("c_h", "K", "e_f"):
        low, high = (float(INPUTS.distribution(name).ppf(np.array([end]))[0]) for end in (0.1, 0.9))
        found = swings[name]
        assert found.at_low == pytest.approx(_npv(fixed.with_distribution(name, Fixed(low))), rel=1e-4)
        assert found.at_high == pytest.approx(_npv(fixed.with_distribution(name, Fixed(high))), rel=1e-4)
    assert swings["K"].at_high < swings["K"].at_low
    assert swings[EFFECTS_GROUP].width > max(swings[name].width for name in EFFECT_SYMBOLS)


def _npv(inputs: object) -> float:
    from models.what_matters import _Npv  # noqa: PLC0415

    return float(_Npv(inputs, PLAN)({"team": np.array([0.5])})[0])  # type: ignore[arg-type]


def test_figures_that_are_all_known_leave_nothing_to_learn() -> None:
    """Certain inputs: no bars, no indices, and a worth of nothing."""
    programme = Programme.full(60, 12)
    found = what_matters(certain(programme, A0=1e6, e_c=0.5, K=1e6), programme, paths=100, seed=1)
    assert (found.swings, found.indices, found.worths) == ((), (), ())
    assert found.evpi == pytest.approx(0.0, abs=1e-6)


def test_it_can_be_stopped_and_tells_how_far_it_is() -> None:
    """Progress rises to 1, and whoever waits may end it in either half."""
    heard: list[float] = []
    what_matters(INPUTS, PLAN, paths=1_000, seed=7, progress=heard.append)
    assert heard == sorted(heard)
    assert heard[-1] == 1.0
    with pytest.raises(SimulationStoppedError):
        what_matters(INPUTS, PLAN, paths=1_000, seed=7, should_stop=lambda: True)
