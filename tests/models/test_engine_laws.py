"""The laws of the economic model, through the whole engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.cases import at_once, at_the_wall, certain, ends, point, stable, stated, typical, typical_ranges
from models.cost_curves import path_totals, simulate, strategies
from models.costs import CATEGORIES, evaluate, future, outcome
from models.decision import break_even_cost, decide
from models.distributions import Distribution, Fixed, FloatArray, Lognormal, Pert
from models.draws import draw, uncertain, uniforms
from models.finance import annuity, monthly_rate
from models.incidents import rates
from models.inputs import ModelInputs
from models.programme import Programme
from models.progress import Paths

MONEY = ("c_h", "c_resp", "I0", "wage", "A0", "K", "O")
RATE = monthly_rate(0.1)


def _npv(inputs: ModelInputs, programme: Programme, start: int = 0, **options: int) -> FloatArray:
    totals = path_totals(inputs, programme, starts={"it": start}, paths=options.get("paths", 2), seed=1)
    return np.asarray(totals["reactive"] - totals["it"])


# Law 1


@pytest.mark.parametrize("programme", [Programme.none(60), Programme.full(60)])
def test_without_effect_and_trigger_npv_is_what_the_programme_costs(programme: Programme) -> None:
    """NPV = -(K / S a_S + O a_T + j E wage / 12 a_J): 1.2M over 12 months, 20,000 a month, 10 % of 10 x 120,000."""
    inputs = certain(programme, K=1.2e6, O=2e4, j=0.1, E=10.0, wage=1.2e5, J=3.0)
    expected = -(1e5 * annuity(12, RATE) + 2e4 * annuity(60, RATE) + 1e4 * annuity(3, RATE))
    assert _npv(inputs, programme) == pytest.approx(expected, rel=1e-12)


# Law 2


def test_without_incidents_none_cost_anything() -> None:
    """lambda0 = 0: C1 is nought in every strategy and month."""
    inputs, programme = typical()
    curves = simulate(inputs.with_distribution("lambda0", Fixed(0.0)), programme, paths=500, seed=1)
    assert all(not each.categories["incidents"].any() for each in curves.strategies.values())


def _never(paths: int) -> Paths:
    nowhere = np.zeros(paths, dtype=np.int64)
    return Paths(nowhere + 61, nowhere, nowhere + 61, nowhere + 61)


def test_effects_of_one_leave_nothing_to_avoid() -> None:
    """With every effect at 1 (beyond the cap of .95) C1's outages, C2, C3 and C4 are nought."""
    inputs, programme = typical()
    shared = future(draw(inputs, uniforms(uncertain(inputs), 1, 0, 50)), 60)
    plan = strategies(inputs, programme)[1]
    ones = {key: np.ones((60, 50)) for key in programme.maturity}
    costs = outcome(shared, plan, _never(50), ones, None).costs
    assert not any(costs[name].any() for name in ("incidents", "infrastructure", "delivery", "compliance"))


def test_outages_of_no_length_cost_the_response_alone() -> None:
    """With e_r alone at 1 there are as many incidents as ever, and each costs c_resp and nothing by the hour."""
    inputs, programme = typical()
    shared = future(draw(inputs, uniforms(uncertain(inputs), 1, 0, 50)), 60)
    plan = strategies(inputs, programme)[1]
    none = {key: np.zeros((60, 50)) for key in programme.maturity}
    free = dict(shared.draws, c_resp=np.zeros(50))
    for draws, cost in ((shared.draws, shared.draws["c_resp"]), (free, 0.0)):
        there = replace(shared, draws=draws)
        found = outcome(there, plan, _never(50), {**none, "r": np.ones((60, 50))}, None)
        assert found.costs["incidents"] == pytest.approx(rates(draws, shared.load, none["f"]) * cost * shared.discount)


def test_without_discounting_present_values_are_plain_sums() -> None:
    """At r = 0: 1,000 + 2,000 + 3,000 a month for 60 months, then 1.2M and 20,000 a month on top."""
    programme = Programme.none(60)
    plain = {"I0": 12e3, "w": 1.0, "E": 1.0, "wage": 48e3, "u_0": 0.5, "u_max": 0.5, "A0": 36e3}
    inputs = certain(programme, r=0.0, K=1.2e6, O=2e4, **plain)
    totals = path_totals(inputs, programme, starts={"now": 0}, paths=2, seed=1)
    assert totals["reactive"] == pytest.approx(360e3)
    assert totals["now"] == pytest.approx(360e3 + 2.4e6)


# Laws 3 and 4: a saving of b a month through infrastructure waste, I0 / 12 w .95 = b


@pytest.mark.parametrize(("growth", "expected"), [(0.0, 39_274.71), (0.02, None), (RATE, None)])
def test_a_benefit_from_month_one_has_its_closed_form(growth: float, expected: float | None) -> None:
    """With b 5,000, K 200,000 in month 1, 10 %: 39,274.71; growing at g, or at the discount rate, the closed forms."""
    programme = at_once(60)
    saving = {"I0": 5_000.0 * 12.0 / (0.5 * 0.95) / (1.0 + growth), "w": 0.5, "e_w": 1.0}
    npv = _npv(certain(programme, g=growth, K=2e5, **saving), programme)[0]
    if growth == RATE:
        worth = 60 * 5_000.0 / (1.0 + RATE)
    else:
        worth = 5_000.0 * (1.0 - ((1.0 + growth) / (1.0 + RATE)) ** 60) / (RATE - growth)
    assert npv == pytest.approx(worth - 2e5 / (1.0 + RATE), rel=1e-11)
    assert expected is None or npv == pytest.approx(expected, abs=0.005)


def test_discounting_puts_the_payback_later() -> None:
    """198,000 at 5,000 a month is back in month 40; at 10 %, since a_47 < 39.6 / (1 + r_m) < a_48, in month 48."""
    programme = at_once(60)
    inputs = certain(programme, K=1.98e5, I0=5_000.0 * 12.0 / (0.5 * 0.95), w=0.5, e_w=1.0)
    now = simulate(inputs, programme, paths=2, seed=1).strategies["now"]
    assert annuity(47, RATE) < 39.6 / (1.0 + RATE) < annuity(48, RATE)
    assert (now.payback_undiscounted.first, now.payback_undiscounted.last) == (40, 40)
    assert (now.payback_month.first, now.payback_month.last) == (48, 48)


# Slowed delivery is priced once: by the wage, or by a stated cost of delay


def test_a_stated_cost_of_delay_takes_the_place_of_the_wage_in_slowed_delivery_alone() -> None:
    """Twice the payroll a year doubles slowed delivery and nothing else; the wage alone no longer moves it."""
    programme = at_once(60)
    plain = {"E": 10.0, "wage": 1e5, "u_0": 0.25, "u_max": 0.5, "i": 0.01, "e_v": 0.5, "j": 0.1, "J": 3.0}

    def costs(**own: float) -> Mapping[str, FloatArray]:
        inputs = certain(programme, **plain | own)
        shared = future(draw(inputs, uniforms(uncertain(inputs), 1, 0, 2)), 60)
        return evaluate(shared, strategies(inputs, programme)[1], None).costs

    by_wage, by_delay, dearer = costs(), costs(c_d=2e6), costs(c_d=2e6, wage=3e5)
    assert by_delay["delivery"] == pytest.approx(2.0 * by_wage["delivery"])
    assert all(np.array_equal(by_delay[name], by_wage[name]) for name in CATEGORIES if name != "delivery")
    assert np.array_equal(by_delay["delivery"], dearer["delivery"])
    assert dearer["programme"].sum() > by_delay["programme"].sum()  # learning is work time, at what it costs


# Penalties are off until somebody states them


def test_stated_penalties_add_to_compliance_alone_and_fall_with_it() -> None:
    """At r = 0, 1,200 a month of validation and 600 of penalties: 1,800 reactive; with e_c at .5, half of that."""
    programme = at_once(60)
    plain = {"A0": 14_400.0, "e_c": 0.5, "r": 0.0, "K": 6e4, "E": 1.0, "wage": 1e5, "u_0": 0.2, "u_max": 0.5}
    without, stated_ones = (
        simulate(certain(programme, **plain, **own), programme, paths=2, seed=1).strategies
        for own in ({}, {"c_p": 7_200.0})
    )
    assert without["reactive"].categories["compliance"] == pytest.approx([1_200.0] * 60)
    assert stated_ones["reactive"].categories["compliance"] == pytest.approx([1_800.0] * 60)
    assert stated_ones["now"].categories["compliance"] == pytest.approx([900.0] * 60)
    for name in CATEGORIES:
        if name != "compliance":
            assert np.array_equal(without["now"].categories[name], stated_ones["now"].categories[name])


# Law 5


def test_delayed_is_reactive_until_it_starts() -> None:
    """Up to month d no figure of the two differs by a single bit."""
    inputs, programme = typical()
    curves = simulate(inputs, programme, paths=1_500, seed=3)
    reactive, delayed = curves.strategies["reactive"], curves.strategies["delayed"]
    for band in ("mean", "p5", "p50", "p95"):
        assert np.array_equal(getattr(reactive.cumulative, band)[:12], getattr(delayed.cumulative, band)[:12])
        assert not np.array_equal(getattr(reactive.cumulative, band), getattr(delayed.cumulative, band))


def test_equal_strategies_do_not_differ() -> None:
    """Two strategies with the same start differ by exactly nought, and a start beyond the horizon is reactive."""
    inputs, programme = typical()
    totals = path_totals(inputs, programme, starts={"a": 5, "b": 5, "late": 60}, paths=1_500, seed=3, expected=False)
    assert np.array_equal(totals["a"], totals["b"])
    assert np.array_equal(totals["late"], totals["reactive"])


# Law 6


def test_money_times_seven_is_npv_times_seven() -> None:
    """Amounts scale; payback, rates of return and probabilities stay."""
    inputs, programme = typical()
    dearer = inputs
    for symbol in MONEY:
        dearer = dearer.with_distribution(symbol, inputs.distribution(symbol).scaled(7.0))
    before = simulate(inputs, programme, paths=1_500, seed=3)
    after = simulate(dearer, programme, paths=1_500, seed=3)
    assert after.evpi == pytest.approx(7.0 * before.evpi, rel=1e-9)
    assert after.probability_best == before.probability_best
    for name in ("now", "delayed"):
        old, new = before.strategies[name], after.strategies[name]
        assert old.npv is not None
        assert new.npv is not None
        assert new.npv.mean == pytest.approx(7.0 * old.npv.mean, rel=1e-9)
        assert new.npv.p5 == pytest.approx(7.0 * old.npv.p5, rel=1e-9)
        assert (new.payback_month, new.probability_positive) == (old.payback_month, old.probability_positive)
        assert new.irr == pytest.approx(old.irr, rel=1e-6)
        assert new.mirr == pytest.approx(old.mirr, rel=1e-6)


# Law 7


@pytest.mark.parametrize(("phi", "sigma"), [(0.5, 0.6), (0.0, 0.6), (0.5, 0.0), (0.0, 0.0)])
def test_incidents_of_a_year_are_a_compound_count(phi: float, sigma: float) -> None:
    """Mean L E[X], variance L Var X + (L + phi L^2) E[X]^2, with X = hours x 1,000 + 500; phi 0 is Poisson."""
    programme = Programme.none(12)
    figures = {"lambda0": 4.0, "H_median": 2.0, "H_sigma": sigma, "c_h": 1e3, "c_resp": 500.0, "phi": phi, "r": 0.0}
    inputs = certain(programme, **figures)
    paths = 60_000
    cost = path_totals(inputs, programme, starts={}, paths=paths, seed=5, months=12, expected=False)["reactive"]
    hours = Lognormal(2.0, sigma)
    mean = 1e3 * hours.mean + 500.0
    variance = 4.0 * 1e6 * hours.variance + (4.0 + phi * 16.0) * mean**2
    assert cost.mean() == pytest.approx(4.0 * mean, abs=4.0 * np.sqrt(variance / paths))
    fourth = float(((cost - cost.mean()) ** 4).mean())
    assert cost.var() == pytest.approx(variance, abs=4.0 * np.sqrt((fourth - variance**2) / paths))


# Law 8


def test_the_best_start_is_where_the_benefit_meets_the_rate_on_the_cost() -> None:
    """For b 5,000 x 1.02^k from d + 1, 1M paid then, 10 %: d* = min{k: b_k >= r_m K} - 1 = 23, and never beats it."""
    programme = at_once(60)
    inputs = certain(programme, g=0.02, K=1e6, I0=5_000.0 * 12.0 / (0.5 * 0.95), w=0.5, e_w=1.0)
    starts = {str(start): start for start in range(61)}
    totals = path_totals(inputs, programme, starts=starts, paths=2, seed=1)
    npvs = [float((totals["reactive"] - totals[str(start)])[0]) for start in range(60)]
    assert min(month for month in range(1, 61) if 5_000.0 * 1.02**month >= RATE * 1e6) - 1 == 23
    assert int(np.argmax(npvs)) == 23
    assert npvs[23] == pytest.approx(-519_557.0, abs=1.0)
    assert decide(simulate(inputs, programme, paths=2, seed=1, starts=starts), inputs.thresholds).choice == "never"


# Law 9: no trigger, so demand stays well below the wall

CALM = {**typical_ranges(), "rho_0": ends(0.15, 0.2, 0.3), "rho_trig": point(1.5), "g": ends(0.0, 0.005, 0.015)}
PLAN = Programme.full(60, 18)
HARMLESS = {f"e_{key}": ends(0.0, 0.3, 0.6) for key in "frwcav"}


def _shifted(distribution: Distribution, by: float) -> Distribution:
    """Return the distribution moved up by a share of its width, so that the figure rises on every path."""
    if isinstance(distribution, Pert):
        step = by * (distribution.high - distribution.low)
        return Pert(distribution.low + step, distribution.mode + step, distribution.high + step)
    return distribution.scaled(1.0 + by)


@settings(max_examples=12, deadline=None)
@given(st.sampled_from(["K", "O", "j"]), st.floats(0.05, 1.0))
def test_npv_never_rises_with_what_the_programme_costs(symbol: str, by: float) -> None:
    """On no path does a dearer programme have a higher NPV, the wall being far away."""
    inputs = stated(PLAN, CALM)
    dearer = inputs.with_distribution(symbol, _shifted(inputs.distribution(symbol), by))
    before, after = (_npv(each, PLAN, paths=300) for each in (inputs, dearer))
    assert np.all(after <= before + 1e-6)


@settings(max_examples=20, deadline=None)
@given(st.sampled_from(["e_f", "e_r", "e_w", "e_c", "e_a", "e_v"]), st.floats(0.02, 0.4), st.integers(0, 24))
def test_npv_never_falls_with_an_effect(symbol: str, by: float, start: int) -> None:
    """On no path does a larger effect have a lower NPV, harmful ends included."""
    inputs = stated(PLAN, CALM)
    better = inputs.with_distribution(symbol, _shifted(inputs.distribution(symbol), by))
    before, after = (_npv(each, PLAN, start, paths=300) for each in (inputs, better))
    assert np.all(after >= before - 1e-6)


@settings(max_examples=12, deadline=None)
@given(st.sampled_from(["beta", "lambda0", "s"]), st.floats(0.02, 0.4))
def test_npv_never_falls_with_danger_when_no_effect_is_harmful(symbol: str, by: float) -> None:
    """More, steeper or graver incidents raise the NPV on every path where each effect is 0 or more and load grows."""
    inputs = stated(PLAN, {**CALM, **HARMLESS, "s": ends(0.1, 0.2, 0.6)})
    worse = inputs.with_distribution(symbol, _shifted(inputs.distribution(symbol), by))
    before, after = (_npv(each, PLAN, paths=300) for each in (inputs, worse))
    assert np.all(after >= before - 1e-6)


@settings(max_examples=8, deadline=None)
@given(st.sampled_from(["e_f", "e_r", "e_a"]), st.floats(0.02, 0.3))
def test_with_drawn_incidents_a_better_effect_only_removes_or_shortens_them(symbol: str, by: float) -> None:
    """Thinning keeps the same events, so that the law holds path by path for what happened too."""
    inputs = stated(PLAN, {**CALM, **HARMLESS})
    better = inputs.with_distribution(symbol, _shifted(inputs.distribution(symbol), by))
    totals = [
        path_totals(each, PLAN, starts={"now": 0}, paths=300, seed=2, expected=False) for each in (inputs, better)
    ]
    assert np.all(totals[1]["now"] <= totals[0]["now"] + 1e-6)
    assert np.array_equal(totals[1]["reactive"], totals[0]["reactive"])


# Law 10


def test_a_small_stable_platform_is_told_not_to_invest() -> None:
    """The answer is a clear never: best on nine paths in ten, and not called too wide."""
    inputs, programme = stable()
    decision = decide(simulate(inputs, programme, paths=4_000, seed=1), inputs.thresholds)
    assert (decision.choice, decision.reason) == ("never", "nothing_pays")
    assert decision.probability_best > 0.9


@pytest.mark.parametrize(("dearer", "choice"), [(1.0, "now"), (2.0, "too_wide")])
def test_a_team_at_its_wall_is_not_told_never(dearer: float, choice: str) -> None:
    """Near 87 % one programme is paid, planned or forced; were both, the answers would be too wide, and never."""
    inputs, programme = at_the_wall(dearer)
    curves = simulate(inputs, programme, paths=4_000, seed=1)
    decision = decide(curves, inputs.thresholds)
    assert (decision.choice, decision.best) == (choice, "now")
    assert curves.strategies["reactive"].wall_month_median == 1
    assert not curves.strategies["now"].categories["forced"][:12].any()


def test_a_sweep_over_the_cost_turns_the_answer_at_the_break_even() -> None:
    """On the stable platform, run for a tenth: invest below the cost that is found, never above it."""
    inputs, programme = stable()
    cheap = inputs.with_distribution("O", inputs.distribution("O").scaled(0.1))
    turn = break_even_cost(cheap, programme, paths=1_000, seed=1)
    assert turn.multiple is not None
    assert not turn.beyond
    best = []
    for share in (0.25, 0.5, 0.9, 0.99, 1.01, 1.1, 2.0, 4.0):
        at = cheap.with_distribution("K", cheap.distribution("K").scaled(share * turn.multiple))
        curves = simulate(at, programme, paths=1_000, seed=1, starts={"now": 0})
        best.append(decide(curves, at.thresholds).best)
    assert best == ["now"] * 4 + ["never"] * 4


def test_a_plan_after_the_wall_is_cancelled() -> None:
    """A planned start at or after the trigger leaves the strategy as the reactive one."""
    inputs, programme = at_the_wall()
    curves = simulate(inputs, programme, paths=500, seed=1)
    npv = curves.strategies["delayed"].npv
    assert npv is not None
    assert (npv.mean, npv.p5, npv.p95) == (0.0, 0.0, 0.0)


# Between the laws: money owed once


def _forced(**figures: float) -> Mapping[str, FloatArray]:
    """Trigger in month 5: .5 x 1.1^k reaches .8 first at 1.1^5 = 1.61 (.805)."""
    programme = Programme.none(60)
    inputs = certain(programme, g=0.1, rho_0=0.5, rho_trig=0.8, r=0.0, **figures)
    curves = simulate(inputs, programme, paths=2, seed=1)
    assert curves.strategies["reactive"].wall_month_median == 5
    return curves.strategies["reactive"].categories


def test_forced_remediation_is_paid_over_nine_months_from_the_trigger() -> None:
    """K kappa_R mu_5 / 9 with K 900, kappa_R .5 and mu 4.6: mu_5 = 1 + 3.6 x 5 / 36 = 1.5, so 75 in months 5 to 13."""
    forced = _forced(K=900.0, kappa_R=0.5, mu=4.6)["forced"]
    assert forced == pytest.approx([0.0] * 4 + [75.0] * 9 + [0.0] * 47)


def test_the_wall_is_met_where_use_equals_the_threshold() -> None:
    """Use that stands at rho_trig and does not grow fires in month 1; a hair below, never."""
    programme = Programme.none(60)
    at, below = (certain(programme, rho_0=share, rho_trig=0.85) for share in (0.85, 0.8499))
    met, never = (simulate(inputs, programme, paths=2, seed=1).strategies["reactive"] for inputs in (at, below))
    assert (met.wall_month_median, never.wall_month_median) == (1, None)


def test_half_of_the_futures_are_enough_for_a_median_month() -> None:
    """Of two futures one stands above the threshold from month 1 on, and the other never gets there."""
    programme = Programme.none(60)
    known = certain(programme, rho_trig=0.7).with_distribution("rho_0", Pert(0.2, 0.7, 1.2))
    runs = (simulate(known, programme, paths=2, seed=seed).strategies["reactive"] for seed in range(20))
    half = next(run for run in runs if run.wall_probability[-1] == 0.5)
    assert half.wall_month_median == 1


def test_run_cost_is_owed_from_the_trigger_and_only_once() -> None:
    """Reactive pays it from month 5; a planned programme from its first month, forced or not."""
    assert _forced(O=10.0)["programme"] == pytest.approx([0.0] * 4 + [10.0] * 56)
    programme = Programme.none(60)
    inputs = certain(programme, g=0.1, rho_0=0.5, rho_trig=0.8, r=0.0, O=10.0, K=84.0, kappa_R=1.0)
    now = simulate(inputs, programme, paths=2, seed=1).strategies["now"]
    assert now.categories["programme"] == pytest.approx([17.0] * 12 + [10.0] * 48)
    assert now.wall_month_median == 5  # the wall is met while the plan is at work, so nothing is forced
    assert now.categories["forced"] == pytest.approx([0.0] * 60)


def test_a_wall_met_after_the_plan_is_finished_starts_a_forced_programme() -> None:
    """Nothing assumes that a planned programme keeps the wall away: a first trigger after its end is paid for."""
    programme = Programme.none(60)
    inputs = certain(programme, g=0.03, rho_0=0.5, rho_trig=0.8, r=0.0, K=90.0, kappa_R=1.0)
    now = simulate(inputs, programme, paths=2, seed=1).strategies["now"]
    # .5 x 1.03^k reaches .8 in month 16 (1.6047); the plan is at work until month 12
    assert now.wall_month_median == 16
    assert now.categories["forced"][14:26] == pytest.approx([0.0] + [10.0] * 9 + [0.0] * 2)
