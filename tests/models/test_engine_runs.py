from __future__ import annotations

import itertools
import os
import subprocess
import sys
from itertools import pairwise

import numpy as np
import pytest

from assessment.errors import InputError
from bench.cases import certain, ends, stated, typical, typical_ranges
from models import cost_curves
from models.cost_curves import Curves, SimulationStoppedError, path_totals, simulate, strategies, totals_given
from models.costs import CATEGORIES, debt_share, future
from models.distributions import Fixed
from models.draws import EFFECT_SYMBOLS, draw, uncertain, uniforms
from models.incidents import bound, rates
from models.outcomes import expected_shortfall
from models.programme import Programme
from models.progress import effect, maturity, placed

INPUTS, PLAN = typical()
CURVES = simulate(INPUTS, PLAN, paths=2_500, seed=7)


def _bytes(curves: Curves) -> bytes:
    parts = []
    for each in curves.strategies.values():
        bands = each.cumulative
        parts += [bands.mean, bands.p5, bands.p50, bands.p95, *each.categories.values(), each.wall_probability]
        parts.append(np.array([each.total_cost.mean, each.total_cost.p5, each.total_cost.standard_error]))
    return b"".join(part.tobytes() for part in parts) + repr(curves.evpi).encode()


def test_the_same_seed_gives_the_same_bytes() -> None:
    """A run can be repeated from its inputs and its seed."""
    assert _bytes(simulate(INPUTS, PLAN, paths=2_500, seed=7)) == _bytes(CURVES)


def test_threads_do_not_move_a_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    """One thread and two give the same bytes."""
    monkeypatch.setattr(cost_curves, "MOST_THREADS", 1)
    assert _bytes(simulate(INPUTS, PLAN, paths=2_500, seed=7)) == _bytes(CURVES)


def test_surroundings_do_not_move_a_figure() -> None:
    """Hash seed, time zone and locale are no inputs."""
    code = (
        "from bench.cases import typical; from models.cost_curves import simulate; i, p = typical();"
        "print(repr(simulate(i, p, paths=1200, seed=7).strategies['now'].npv))"
    )
    said = []
    for hash_seed, zone, language in (("1", "UTC", "C.UTF-8"), ("2", "Asia/Kolkata", "C")):
        surroundings = {**os.environ, "PYTHONHASHSEED": hash_seed, "TZ": zone, "LC_ALL": language}
        run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=surroundings)
        said.append(run.stdout)
    assert said[0] == said[1] != ""


def test_a_further_strategy_changes_no_other() -> None:
    """Each strategy has the same bytes whatever stands beside it."""
    alone = simulate(INPUTS, PLAN, paths=1_200, seed=7, starts={"now": 0})
    among = simulate(INPUTS, PLAN, paths=1_200, seed=7, starts={"a": 3, "now": 0, "b": 40})
    for name in ("reactive", "now"):
        one, other = alone.strategies[name], among.strategies[name]
        assert np.array_equal(one.cumulative.p95, other.cumulative.p95)
        assert all(np.array_equal(one.categories[key], other.categories[key]) for key in CATEGORIES)
        assert one.npv == other.npv


def test_another_range_moves_no_other_draw() -> None:
    """Each symbol has its own stream: changing one leaves the figures of all others."""
    changed = INPUTS.with_distribution("g", Fixed(0.02))
    before = draw(INPUTS, uniforms(uncertain(INPUTS), 7, 0, 100))
    after = draw(changed, uniforms(uncertain(changed), 7, 0, 100))
    moved = [symbol for symbol in before if not np.array_equal(before[symbol], after[symbol])]
    assert moved == ["g"]


def test_categories_add_up_to_the_mean_curve() -> None:
    """The six categories, cumulated, are the mean curve, and its end is the mean total."""
    for each in CURVES.strategies.values():
        total = np.cumsum(sum(each.categories.values()))
        assert tuple(each.categories) == CATEGORIES
        assert total == pytest.approx(each.cumulative.mean, rel=1e-12)
        assert each.cumulative.mean[-1] == pytest.approx(each.total_cost.mean, rel=1e-12)


def test_the_gap_at_the_end_is_the_npv() -> None:
    """The mean curves stand apart by the mean NPV."""
    reactive = CURVES.strategies["reactive"]
    for name in ("now", "delayed"):
        each = CURVES.strategies[name]
        assert each.npv is not None
        gap = reactive.cumulative.mean[-1] - each.cumulative.mean[-1]
        assert gap == pytest.approx(each.npv.mean, rel=1e-9)


def test_percentiles_are_of_the_curve_and_not_stacked() -> None:
    """The last point of a band is the percentile of the total; adding up monthly percentiles would overstate it."""
    each = CURVES.strategies["reactive"]
    bands, total = each.cumulative, each.total_cost
    ends_of_bands = (bands.p5[-1], bands.p50[-1], bands.p95[-1])
    assert ends_of_bands == pytest.approx((total.p5, total.p50, total.p95), rel=1e-6)
    assert all(np.all(low <= high) for low, high in pairwise((bands.p5, bands.p50, bands.p95)))


def test_curves_never_fall() -> None:
    """Costs only accumulate."""
    for each in CURVES.strategies.values():
        assert np.all(np.diff(each.cumulative.mean) >= 0)
        assert np.all(np.diff(each.wall_probability) >= 0)
        assert 0.0 <= each.wall_probability[-1] <= 1.0


def test_another_seed_agrees_within_four_standard_errors() -> None:
    """The standard error says how far another seed may lie."""
    other = simulate(INPUTS, PLAN, paths=2_500, seed=8)
    for name in ("now", "delayed"):
        one, two = CURVES.strategies[name].npv, other.strategies[name].npv
        assert one is not None
        assert two is not None
        assert one.mean != two.mean
        assert abs(one.mean - two.mean) < 4.0 * np.hypot(one.standard_error, two.standard_error)


def test_four_times_the_paths_halve_the_error() -> None:
    """The error that is stated falls as it must, and the mean stays within what it claims."""
    few, many = (simulate(INPUTS, PLAN, paths=paths, seed=5).strategies["now"].npv for paths in (4_000, 16_000))
    assert few is not None
    assert many is not None
    assert many.standard_error == pytest.approx(few.standard_error / 2, rel=0.2)
    assert abs(many.mean - few.mean) < 4 * few.standard_error


def test_expected_incidents_are_the_mean_of_drawn_ones() -> None:
    """Counting incidents at their expectation changes the mean by no more than luck does."""
    expected = simulate(INPUTS, PLAN, paths=2_500, seed=7, expected_incidents=True)
    for name, each in CURVES.strategies.items():
        gap = each.categories["incidents"].sum() - expected.strategies[name].categories["incidents"].sum()
        assert abs(gap) < 4.0 * each.total_cost.standard_error
        others = [key for key in CATEGORIES if key != "incidents"]
        assert all(np.array_equal(each.categories[key], expected.strategies[name].categories[key]) for key in others)


def test_bands_come_from_all_chunks_in_the_order_of_paths() -> None:
    """More paths are more of the same: figures of single paths begin with the same chunks."""
    few = path_totals(INPUTS, PLAN, starts={"now": 0}, paths=1_000, seed=7, expected=False)
    many = path_totals(INPUTS, PLAN, starts={"now": 0}, paths=2_300, seed=7, expected=False)
    assert np.array_equal(few["now"], many["now"][:1_000])


def test_evpi_and_probabilities_are_those_of_the_expected_npvs() -> None:
    """EVPI is E[max] - max E over never, now and delayed, and the probabilities add up to 1."""
    totals = path_totals(INPUTS, PLAN, starts={"now": 0, "delayed": 12}, paths=2_500, seed=7)
    npvs = np.stack([np.zeros(2_500), *(totals["reactive"] - totals[name] for name in ("now", "delayed"))])
    assert CURVES.evpi == pytest.approx(npvs.max(axis=0).mean() - npvs.mean(axis=1).max())
    assert CURVES.evpi > 0
    assert sum(CURVES.probability_best.values()) == pytest.approx(1.0)
    assert list(CURVES.probability_best) == ["never", "now", "delayed"]


def test_perfect_information_on_certain_figures_is_worth_nothing() -> None:
    """Incidents are drawn, yet nothing is left to learn: event luck is no information."""
    programme = Programme.full(60, 12)
    figures = {"lambda0": 4.0, "H_sigma": 1.4, "c_h": 1e5, "phi": 0.5, "e_f": 0.5, "e_r": 0.3, "K": 1e6, "q": 0.4}
    curves = simulate(certain(programme, uf=0.5, **figures), programme, paths=1_000, seed=1)
    assert curves.evpi == pytest.approx(0.0, abs=1e-6)
    assert curves.strategies["now"].total_cost.standard_error > 0


def test_an_uncertain_programme_is_worth_its_chances() -> None:
    """With q = .4 and half the effects, the expected NPV is .6 of the full and .4 of the half delivery."""
    programme = Programme.full(60, 12)
    figures = {"A0": 1e6, "e_c": 0.5, "K": 1e6}
    npvs = []
    for q, uf in ((0.0, 0.5), (1.0, 0.5), (0.4, 0.5)):
        totals = path_totals(certain(programme, q=q, uf=uf, **figures), programme, starts={"now": 0}, paths=2, seed=1)
        npvs.append(float((totals["reactive"] - totals["now"])[0]))
    assert npvs[2] == pytest.approx(0.6 * npvs[0] + 0.4 * npvs[1])


def test_figures_at_given_numbers_are_those_of_the_run() -> None:
    """Sensitivity analysis sees the same function as the curves."""
    u = uniforms(uncertain(INPUTS), 7, 0, 500)
    given = totals_given(INPUTS, PLAN, u)
    run = path_totals(INPUTS, PLAN, starts={"now": 0, "delayed": 12}, paths=500, seed=7)
    assert all(given[name] == pytest.approx(run[name], rel=1e-12) for name in run)


def test_effects_have_the_rank_correlation_of_the_file() -> None:
    """One team delivers all six: Spearman's correlation of any two is a half."""
    drawn = draw(INPUTS, uniforms(uncertain(INPUTS), 7, 0, 200_000))
    ranks = [np.argsort(np.argsort(drawn[symbol])) for symbol in EFFECT_SYMBOLS]
    correlation = np.atleast_2d(np.corrcoef(ranks))
    assert correlation[np.triu_indices(6, 1)] == pytest.approx(0.5, abs=0.01)  # half a correlation of normals: .483


def test_a_share_lost_above_its_ceiling_stays_where_it_is() -> None:
    """Where u_0 is typed above u_max, u_k stays at u_0: the share does not fall by itself."""
    inputs = INPUTS.with_distribution("u_0", Fixed(0.7)).with_distribution("u_max", Fixed(0.6))
    drawn = draw(inputs, uniforms(uncertain(inputs), 7, 0, 10))
    assert np.array_equal(drawn["u_max"], np.full(10, 0.7))
    shares = debt_share(drawn["u_0"], drawn["u_max"], drawn["i"], 60)
    assert shares == pytest.approx(np.full((60, 10), 0.7))


def test_a_load_test_gives_the_share_in_use() -> None:
    """rho_0 = D0 surge / X*: 100 x 2 / 400 = .5, with no cap of its own."""
    ranges = {**typical_ranges(), "D0": ends(100, 100, 100), "surge": ends(2, 2, 2), "X_star": ends(400, 400, 400)}
    inputs = stated(PLAN, ranges)
    u = uniforms(uncertain(inputs), 7, 0, 10)
    assert draw(inputs, u)["rho_0"] == pytest.approx(0.5)
    assert draw(inputs.with_distribution("D0", Fixed(1e6)), u)["rho_0"] == pytest.approx(5_000.0)


def test_no_strategy_has_more_incidents_than_the_process_they_are_thinned_from() -> None:
    """Harmful effects and the forced programme included, every rate lies at or below the bound."""
    harmful = {
        **typical_ranges(),
        "e_f": ends(-0.9, 0.0, 0.5),
        "e_a": ends(-0.9, 0.0, 0.5),
        "eta_R": ends(0.2, 0.7, 1.5),
    }
    inputs = stated(PLAN, harmful)
    drawn = draw(inputs, uniforms(uncertain(inputs), 7, 0, 500))
    shared = future(drawn, 60)
    for plan in strategies(inputs, PLAN):
        paths = placed(plan, shared.load, drawn["e_a"], drawn["rho_trig"], shared.stretch)
        failures, capacity = (
            effect(drawn[f"e_{key}"], maturity(plan, key, paths, drawn["eta_R"])) for key in ("f", "a")
        )
        rate = rates(drawn, shared.load * (1.0 - capacity), failures)
        assert np.all(rate <= bound(drawn, shared.load) * (1.0 + 1e-12))


def test_a_run_can_be_stopped_and_tells_how_far_it_is() -> None:
    """The caller hears of each chunk and may end the run before the next."""
    heard: list[float] = []
    with pytest.raises(SimulationStoppedError):
        simulate(INPUTS, PLAN, paths=5_000, seed=1, progress=heard.append, should_stop=lambda: len(heard) == 2)
    assert heard == [0.2, 0.4]


def test_a_run_ends_in_the_midst_of_a_chunk() -> None:
    """What nobody wants any more gives up its processor before the next strategy, not after the last one."""
    asked = itertools.count()
    with pytest.raises(SimulationStoppedError):
        simulate(INPUTS, PLAN, paths=500, seed=1, should_stop=lambda: next(asked) == 3)
    assert next(asked) == 4


def test_a_flood_of_incidents_is_refused() -> None:
    """Ranges that ask for more incidents than can be drawn are refused by name."""
    flood = INPUTS.with_distribution("lambda0", Fixed(100.0)).with_distribution("beta", Fixed(8.0))
    with pytest.raises(InputError, match="lambda0"):
        simulate(flood.with_distribution("g", Fixed(0.1)), PLAN, paths=50, seed=1)


@pytest.mark.parametrize(
    ("paths", "seed", "starts"),
    [(1, 1, {"now": 0}), (10, -1, {"now": 0}), (10, 1, {"now": -1}), (10, 1, {"reactive": 0})],
)
def test_a_run_that_means_nothing_is_refused(paths: int, seed: int, starts: dict[str, int]) -> None:
    """Two paths or more, a seed and start months from 0, and one reactive strategy."""
    with pytest.raises(ValueError, match=r"a run needs|a start month"):
        simulate(INPUTS, PLAN, paths=paths, seed=seed, starts=starts)


def test_reactive_is_compared_with_nothing() -> None:
    """The strategy that all others are measured against has no NPV and no payback."""
    reactive = CURVES.strategies["reactive"]
    assert list(CURVES.strategies) == ["reactive", "now", "delayed"]
    assert (reactive.start_month, reactive.npv, reactive.probability_positive) == (None, None, None)
    assert (reactive.payback_month.first, reactive.irr, reactive.mirr) == (None, None, None)


def test_expected_shortfall_is_the_mean_of_the_worst_twentieth() -> None:
    """Of 2,500 paths the 125 with the lowest NPV are averaged."""
    totals = path_totals(INPUTS, PLAN, starts={"now": 0}, paths=2_500, seed=7, expected=False)
    worst = np.sort(totals["reactive"] - totals["now"])[:125]
    now = CURVES.strategies["now"]
    assert now.npv is not None
    assert now.expected_shortfall == pytest.approx(float(worst.mean()))
    assert float(worst.mean()) < now.npv.p5
    assert expected_shortfall(np.arange(30.0)) == 0.5  # a twentieth of 30 is one and a half: two are averaged
    assert expected_shortfall(np.arange(3.0)) == 0.0


def test_mirr_by_its_definition() -> None:
    """Costs discounted and gains compounded at r, per year: worked from the printed categories."""
    now, reactive = CURVES.strategies["now"], CURVES.strategies["reactive"]
    monthly = (1.0 + INPUTS.mean("r")) ** (1.0 / 12.0)
    present = sum(reactive.categories[name] - now.categories[name] for name in CATEGORIES)
    flows = np.asarray(present) * monthly ** np.arange(1, 61)
    grown = sum(flow * monthly ** (60 - k) for k, flow in enumerate(flows, 1) if flow > 0)
    owed = -sum(flow * monthly**-k for k, flow in enumerate(flows, 1) if flow < 0)
    assert now.mirr == pytest.approx((grown / owed) ** (12.0 / 60.0) - 1.0, rel=1e-6)


def test_an_overloaded_platform_is_not_declared_cured() -> None:
    """At four times its capacity, half the load is still twice: use is cut at 1.5 only after growth and relief."""
    programme = Programme.full(60, months=1)
    known = certain(programme, rho_0=1.5, beta=1.0, e_a=0.5, lambda0=1.0, c_resp=1.0, rho_trig=1.5)
    inputs = known.with_distribution("rho_0", Fixed(4.0))  # as a load test gives it, with no bound
    curves = simulate(inputs, programme, paths=2, seed=1, expected_incidents=True)
    now, reactive = (curves.strategies[name].categories["incidents"] for name in ("now", "reactive"))
    assert float(now.sum()) > 0
    assert now == pytest.approx(reactive)


def test_the_plan_is_under_way_until_its_last_delivery() -> None:
    """The lead belongs to it: with three months of lead and twelve of work, months 1 to 15."""
    inputs = typical()[0].with_distribution("lead", Fixed(3.0)).with_distribution("S", Fixed(12.0))
    plan = next(each for each in strategies(inputs, PLAN) if each.name == "now")
    assert list(np.flatnonzero(plan.under_way[:, 0]) + 1) == list(range(1, 16))


def test_what_waiting_costs_is_counted_on_the_same_futures() -> None:
    """Its mean is that of the two worths' difference, and its range and share are those of the paths themselves."""
    found = simulate(INPUTS, PLAN, paths=1_500, seed=3)
    now, later, waiting = found.strategies["now"].npv, found.strategies["delayed"].npv, found.waiting
    assert now is not None
    assert later is not None
    assert waiting is not None
    paths = path_totals(
        INPUTS, PLAN, starts={"now": 0, "delayed": INPUTS.delay_months}, paths=1_500, seed=3, expected=False
    )
    apart = paths["delayed"] - paths["now"]
    assert waiting.cost.mean == pytest.approx(now.mean - later.mean, rel=1e-9)
    assert waiting.cost.mean == pytest.approx(apart.mean(), rel=1e-9)
    expected = np.percentile(apart, [5.0, 50.0, 95.0])
    assert [waiting.cost.p5, waiting.cost.p50, waiting.cost.p95] == pytest.approx(expected, rel=1e-9)
    assert waiting.cost.standard_error == pytest.approx(apart.std(ddof=1) / np.sqrt(apart.size), rel=1e-9)
    assert waiting.probability_cheaper == np.mean(apart < 0.0)
    assert 0.0 < waiting.probability_cheaper < 1.0


def test_a_run_without_both_starts_says_nothing_of_waiting() -> None:
    """A sweep over other starts compares no pair of them."""
    assert simulate(INPUTS, PLAN, paths=2, seed=1, starts={"now": 0}).waiting is None
