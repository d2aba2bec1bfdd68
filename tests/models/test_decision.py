from __future__ import annotations

import dataclasses

import pytest

from bench.cases import at_once, certain, stable, typical
from models.cost_curves import Curves, simulate
from models.decision import break_even_cost, decide, expected_npv_at
from models.finance import annuity, monthly_rate
from models.parameters import Thresholds, load_parameters
from models.programme import Programme

INPUTS, PLAN = typical()
CURVES = simulate(INPUTS, PLAN, paths=1_500, seed=1)
THRESHOLDS = load_parameters().decision


def _curves(evpi: float, best: float, npv: float = 10.0) -> Curves:
    """A run whose programme costs 1,000, so that the limit on EVPI is 100."""
    return dataclasses.replace(
        CURVES,
        evpi=evpi,
        programme_cost=1_000.0,
        expected_npv={"never": 0.0, "now": npv, "delayed": npv / 2.0},
        probability_best={"never": 1.0 - best, "now": best, "delayed": 0.0},
    )


@pytest.mark.parametrize(
    ("evpi", "best", "choice"),
    [
        (100.0, 0.5, "now"),  # at the limit it is not exceeded
        (100.1, 0.5, "too_wide"),
        (100.1, 0.7, "now"),  # sure enough
        (100.1, 0.699, "too_wide"),
        (0.0, 0.4, "now"),
    ],
)
def test_too_wide_needs_both_thresholds(evpi: float, best: float, choice: str) -> None:
    """A dear ignorance and an unsure best: either alone does not stop a recommendation."""
    assert decide(_curves(evpi, best), THRESHOLDS).choice == choice


def test_thresholds_are_data() -> None:
    """Another file's thresholds give another answer, and both are printed with it."""
    plain = THRESHOLDS.model_dump()
    plain["evpi_share"]["value"] = 0.2
    decision = decide(_curves(150.0, 0.5), Thresholds.model_validate(plain))
    assert (decision.choice, decision.evpi_limit, decision.best_probability_limit) == ("now", 200.0, 0.7)


def test_never_wins_a_tie() -> None:
    """Spending needs a reason."""
    decision = decide(_curves(0.0, 0.0, npv=0.0), THRESHOLDS)
    assert (decision.choice, decision.reason) == ("never", "nothing_pays")


def test_a_loss_is_answered_with_never() -> None:
    """The largest of nought and two losses is nought."""
    assert decide(_curves(0.0, 0.0, npv=-5.0), THRESHOLDS).best == "never"


def test_break_even_cost_is_the_worth_of_the_benefit() -> None:
    """A saving of 5,000 a month is worth 5,000 a_60 = 221,077.69...; paid in month 1 that is times (1 + r_m)."""
    programme, rate = at_once(60), monthly_rate(0.1)
    inputs = certain(programme, K=1e6, I0=5_000.0 * 12.0 / (0.5 * 0.95), w=0.5, e_w=1.0)
    found = break_even_cost(inputs, programme, paths=2, seed=1)
    assert (found.reason, found.mean_cost) == ("found", 1e6)
    assert found.cost == pytest.approx(5_000.0 * annuity(60, rate) * (1.0 + rate), rel=1e-9)


def test_at_break_even_the_expected_npv_is_nought() -> None:
    """A sweep over the cost changes sign at the figure that is printed."""
    found = break_even_cost(INPUTS, PLAN, paths=1_000, seed=1)
    assert found.multiple is not None
    around = [expected_npv_at(INPUTS, PLAN, found.multiple * by, paths=1_000, seed=1) for by in (0.9, 1.0, 1.1)]
    assert around[0] > 0 > around[2]
    assert around[1] == pytest.approx(0.0, abs=1e-6 * found.mean_cost)


def test_a_programme_that_would_not_pay_as_a_gift_has_no_break_even() -> None:
    """On the small stable platform the running cost alone exceeds the benefit."""
    inputs, programme = stable()
    found = break_even_cost(inputs, programme, paths=1_000, seed=1)
    assert (found.cost, found.reason) == (None, "never_pays")
    assert found.npv_at_zero < 0


def test_with_a_lower_running_cost_the_stable_platform_has_one() -> None:
    """Free of running cost it pays below a figure far under its price."""
    inputs, programme = stable()
    cheap = inputs.with_distribution("O", inputs.distribution("O").scaled(0.1))
    found = break_even_cost(cheap, programme, paths=1_000, seed=1)
    assert found.cost is not None
    assert 0.0 < found.cost < 0.5 * found.mean_cost


def test_a_programme_that_avoids_a_dearer_one_pays_at_every_cost() -> None:
    """Forced at once at 1.2 times the cost: a dearer plan avoids a dearer remedy."""
    programme = Programme.full(60, 12)
    inputs = certain(programme, rho_0=0.9, rho_trig=0.85, kappa_R=1.2, mu=1.0, eta_R=1.0, e_a=0.6, K=1e6)
    assert break_even_cost(inputs, programme, paths=2, seed=1).reason == "always_pays"
