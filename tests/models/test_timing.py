"""The timing curve: every start month on the same futures, against the engine itself and closed forms."""

from __future__ import annotations

import numpy as np
import pytest

from bench.cases import NOTHING, at_once, at_the_wall, certain, ends, stable, stated, typical, typical_ranges
from models.cost_curves import SimulationStoppedError, path_totals, simulate
from models.distributions import Fixed
from models.finance import monthly_rate
from models.programme import Programme
from models.timing import Timing, timing

INPUTS, PLAN = typical()
CURVES = simulate(INPUTS, PLAN, paths=3_000, seed=7)
FOUND = timing(INPUTS, PLAN, CURVES, paths=1_000)


def _certain(cost: float, benefit: float, growth: float) -> Timing:
    """Return law 8: a benefit of b (1 + g)^k a month from month d + 1, ``cost`` paid then, 10 % a year, T 60."""
    programme = at_once(60)
    inputs = certain(programme, g=growth, K=cost, I0=benefit * 12.0 / (0.5 * 0.95), w=0.5, e_w=1.0)
    return timing(inputs, programme, simulate(inputs, programme, paths=2, seed=1))


def test_with_a_horizon_too_short_for_the_best_start_the_answer_is_never() -> None:
    """Law 8: of the starts 23 is the best, worth -519,557 over 60 months, so that never beats every one."""
    found = _certain(1e6, 5_000.0, 0.02)
    assert int(np.argmax(found.npv[:-1])) == 23
    assert found.npv[23] == pytest.approx(-519_557.0, abs=1.0)
    assert (found.best_start, found.best_npv) == (None, 0.0)
    assert found.as_good == (60,)


def test_the_best_start_is_where_the_benefit_meets_the_rate_on_the_cost() -> None:
    """d* = min{k: b_k >= r_m K} - 1 where that is worth more than nothing: 500 x 1.05^k against 100,000, month 9."""
    found, rate = _certain(1e5, 500.0, 0.05), monthly_rate(0.1)
    assert min(month for month in range(1, 61) if 500.0 * 1.05**month >= rate * 1e5) - 1 == 9
    assert found.best_start == 9
    assert found.best_npv == pytest.approx(_worth(9, rate))
    assert found.cost_of_delay_per_month == pytest.approx((_worth(0, rate) - _worth(12, rate)) / 12.0)
    assert found.cost_of_delay_error == pytest.approx(0.0, abs=1e-6)


def _worth(start: int, rate: float) -> float:
    gains = sum(500.0 * 1.05**k / (1.0 + rate) ** k for k in range(start + 1, 61))
    return gains - 1e5 / (1.0 + rate) ** (start + 1)


def test_the_curve_is_that_of_the_engine() -> None:
    """Without more paths to correct by, each point is the plain mean of the engine's own NPVs, incidents expected."""
    curves = simulate(INPUTS, PLAN, paths=1_000, seed=7)
    found = timing(INPUTS, PLAN, curves, paths=1_000)
    totals = path_totals(INPUTS, PLAN, starts={"0": 0, "7": 7, "59": 59}, paths=1_000, seed=7)
    for start in (0, 7, 59):
        npv = totals["reactive"] - totals[str(start)]
        assert found.npv[start] == pytest.approx(float(npv.mean()))
        assert found.standard_error[start] == pytest.approx(float(npv.std(ddof=1)) / np.sqrt(1_000.0), rel=1e-6)
    drawn = path_totals(INPUTS, PLAN, starts={"7": 7}, paths=1_000, seed=7, expected=False)
    spread = np.percentile(drawn["reactive"] - drawn["7"], (5, 95))
    assert (found.p5[7], found.p95[7]) == pytest.approx(tuple(spread))


def test_starts_as_good_as_the_best_lie_within_two_errors_of_the_difference() -> None:
    """On the same futures: the difference of two starts varies far less than either, so few cannot be told apart."""
    flat = INPUTS.with_distribution("g", Fixed(0.004)).with_distribution("rho_0", Fixed(0.5))
    curves = simulate(flat, PLAN, paths=1_000, seed=7)
    found = timing(flat, PLAN, curves, paths=1_000)
    best = 60 if found.best_start is None else found.best_start
    totals = path_totals(flat, PLAN, starts={str(start): start for start in range(60)}, paths=1_000, seed=7)
    npvs = np.stack([totals["reactive"] - totals[str(start)] for start in range(60)] + [np.zeros(1_000)])
    behind = npvs[best] - npvs
    error = behind.std(axis=1, ddof=1) / np.sqrt(1_000.0)
    assert found.as_good == tuple(np.flatnonzero(behind.mean(axis=1) <= 2.0 * error))
    assert 1 < len(found.as_good) < 30


def test_the_curve_passes_through_the_figures_of_the_decision() -> None:
    """Starts that the decision has simulated on all its paths are worth the same on the curve, to the last digit."""
    assert FOUND.paths == 1_000
    assert FOUND.npv[0] == pytest.approx(CURVES.expected_npv["now"], rel=1e-9)
    assert FOUND.npv[12] == pytest.approx(CURVES.expected_npv["delayed"], rel=1e-9)
    assert FOUND.npv[60] == 0.0


def test_knowing_two_starts_brings_the_others_closer() -> None:
    """Between them, a thousand paths corrected by the run come nearer to all its paths than the thousand alone."""
    totals = path_totals(INPUTS, PLAN, starts={"6": 6}, paths=3_000, seed=7)
    npv = totals["reactive"] - totals["6"]
    alone, whole = float(npv[:1_000].mean()), float(npv.mean())
    assert abs(FOUND.npv[6] - whole) < 0.1 * abs(alone - whole)
    assert FOUND.standard_error[6] < 0.7 * float(npv[:1_000].std(ddof=1)) / np.sqrt(1_000.0)


def test_the_standard_error_is_how_far_another_seed_lies() -> None:
    """Over 14 seeds the spread of the curve is what its standard error says, at the decision's starts and elsewhere."""
    found = []
    for seed in range(14):
        curves = simulate(INPUTS, PLAN, paths=800, seed=seed, expected_incidents=True)
        found.append(timing(INPUTS, PLAN, curves, paths=200))
    for start in (0, 6, 24, 36):
        spread = float(np.std([each.npv[start] for each in found], ddof=1))
        reported = float(np.mean([each.standard_error[start] for each in found]))
        assert 0.6 * reported < spread < 1.6 * reported


def test_cost_of_delay_is_the_loss_over_a_year_by_month() -> None:
    """(E NPV(0) - E NPV(12)) / 12; a wait that saves has a negative one."""
    assert FOUND.delay_months == 12
    assert FOUND.cost_of_delay_per_month == pytest.approx((FOUND.npv[0] - FOUND.npv[12]) / 12.0)
    assert FOUND.cost_of_delay_per_month > 0
    inputs, programme = stable()
    saved = timing(inputs, programme, simulate(inputs, programme, paths=500, seed=1))
    assert saved.cost_of_delay_per_month < 0
    assert saved.best_start is None


def test_signals_fire_when_the_engine_triggers() -> None:
    """The months are those of the trigger on each path; a plan at work keeps the wall away longer."""
    reactive, now = FOUND.signals["reactive"], FOUND.signals["now"]
    assert reactive.p50 == CURVES.strategies["reactive"].wall_month_median
    assert reactive.probability == CURVES.strategies["reactive"].wall_probability[-1]
    assert None not in (reactive.p5, now.p5, reactive.p50)
    assert (reactive.p5 or 0) < (now.p5 or 0)
    assert now.probability < reactive.probability


def test_the_return_is_highest_before_the_signals_for_a_team_that_meets_its_wall() -> None:
    """Starts before the median signal are worth more than every later one, never included."""
    assert FOUND.claim == "holds"
    signal = FOUND.signals["reactive"].p50
    assert signal is not None
    assert FOUND.best_before == pytest.approx(float(FOUND.npv[:signal].max()))
    assert FOUND.best_after == pytest.approx(float(FOUND.npv[signal:].max()))


def test_the_claim_stays_open_where_chance_alone_could_turn_it() -> None:
    """At the wall a start at once is all that comes before the signals; at this cost it is worth about nothing."""
    inputs, programme = at_the_wall(2.33)
    found = timing(inputs, programme, simulate(inputs, programme, paths=400, seed=1))
    assert found.claim == "undecided"
    assert found.best_before == found.npv[0]
    assert found.best_after == 0.0
    assert abs(found.npv[0]) < 2.0 * found.standard_error[0]


def test_without_signals_the_claim_is_not_tested() -> None:
    """A platform whose signals fire on fewer than half of the paths has no month to compare with."""
    inputs, programme = stable()
    found = timing(inputs, programme, simulate(inputs, programme, paths=300, seed=1))
    assert (found.claim, found.best_before, found.best_after) == ("no_signals", None, None)


def test_the_claim_fails_where_no_start_pays_though_the_wall_comes() -> None:
    """A forced programme at two fifths of the price, and a plan that brings little: waiting for the wall is cheaper."""
    programme = Programme.full(60, 12)
    inputs = certain(programme, g=0.03, rho_0=0.5, rho_trig=0.8, K=1e6, kappa_R=0.4, mu=1.0, eta_R=1.0, e_a=0.5)
    found = timing(inputs, programme, simulate(inputs, programme, paths=2, seed=1))
    assert found.signals["reactive"].p50 == 16  # .5 x 1.03^16 = .802
    assert (found.claim, found.best_start) == ("never", None)


def test_the_claim_fails_where_a_later_start_is_worth_more() -> None:
    """Half of the futures meet the wall at once; in the rest a growing benefit pays for the cost only from later on."""
    programme = at_once(60)
    saving = {"g_c": 0.05, "K": 1.32e5, "A0": 500.0 * 12.0 / 0.95, "e_c": 1.0, "eta_R": 0.0}
    known = {key: ends(each, each, each) for key, each in {**NOTHING, **saving}.items()}
    inputs = stated(programme, {**known, "rho_0": ends(0.2, 0.7, 1.2), "rho_trig": ends(0.68, 0.68, 0.68)})
    found = timing(inputs, programme, simulate(inputs, programme, paths=1_000, seed=1))
    assert (found.signals["reactive"].p50, found.claim) == (1, "later")
    assert found.best_start is not None
    assert found.best_start >= 1
    assert found.best_before is not None
    assert found.best_after is not None
    assert found.best_after > found.best_before > 0
    assert found.best_before == found.npv[0]  # a start after the month of the signal comes after it


def test_at_the_wall_only_a_start_at_once_is_left() -> None:
    """The signals fire in month 1: every later start comes after them and is worth nothing."""
    inputs, programme = at_the_wall()
    found = timing(inputs, programme, simulate(inputs, programme, paths=500, seed=1))
    assert (found.best_start, found.claim) == (0, "holds")
    assert not found.npv[1:].any()


def test_the_curve_can_be_stopped_and_tells_how_far_it_is() -> None:
    """Whoever waits hears of each chunk and may end it."""
    heard: list[float] = []
    with pytest.raises(SimulationStoppedError):
        timing(INPUTS, PLAN, CURVES, paths=3_000, progress=heard.append, should_stop=lambda: len(heard) == 1)
    assert heard == [pytest.approx(1 / 3)]


def test_a_short_horizon_shortens_the_wait() -> None:
    """Over 12 months the delay is measured to the end of them; typical ranges, no benefit after."""
    programme = Programme.full(12, 6)
    inputs = stated(programme, typical_ranges())
    curves = simulate(inputs, programme, paths=200, seed=1, months=8)
    found = timing(inputs, programme, curves)
    assert (found.months, found.delay_months) == (8, 8)
    assert found.cost_of_delay_per_month == pytest.approx(float(found.npv[0]) / 8.0)
