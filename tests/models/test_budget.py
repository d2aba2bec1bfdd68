"""What a part of the money buys, and money by quarter."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from assessment.answers import Range
from bench.cases import at_the_wall, certain, typical
from models.analysis import analyse
from models.budget import SHARES, Purchase, budget_points, partial
from models.cash import LOSSES, Cash, cash_by_quarter
from models.cost_curves import SimulationStoppedError, simulate
from models.costs import running
from models.distributions import FloatArray
from models.economics import EconomicModel
from models.evaluation import Evaluation, evaluate
from models.programme import Programme
from models.progress import IntArray, placed
from models.roadmap import Budget, plan_roadmap
from tests.models.test_evaluation import BUILT_IN, EXAMPLE_ANSWERS, FIGURES, WORK

FOUND = evaluate(BUILT_IN, EXAMPLE_ANSWERS, WORK, FIGURES, paths=1_000, seed=1)
MODEL = EconomicModel(
    FOUND.questionnaire, FOUND.assessment, FOUND.initiatives, FOUND.parameters, FOUND.plan, FOUND.proposals
)
BOUGHT = [MODEL.purchase(share) for share in SHARES]
PRICES = {item.id: MODEL.price(item) for item in WORK.initiatives}


# The planner under a budget


@pytest.mark.parametrize("purchase", BOUGHT[:-1])
def test_a_plan_under_a_budget_keeps_to_it(purchase: Purchase) -> None:
    """What is placed costs the limit at most, and something is bought for a quarter of the money."""
    cost = sum(PRICES[name] for name in purchase.initiatives)
    assert 0.0 < cost <= purchase.limit
    assert purchase.cost == pytest.approx(cost)
    assert purchase.cost_share == pytest.approx(cost / BOUGHT[-1].cost)


@pytest.mark.parametrize("purchase", BOUGHT[:-1])
def test_nothing_is_prepared_that_cannot_be_finished(purchase: Purchase) -> None:
    """The money for what an initiative is begun for is set aside, and not spent on anything else."""
    placed = set(purchase.initiatives)
    assert all(item.serves in placed for item in purchase.plan.placements if item.serves is not None)


def test_a_quote_for_the_whole_is_shared_out() -> None:
    """A typed K of twice the plan's price buys the same work for each share, at twice the money."""
    quote = Range(low=2.0 * BOUGHT[-1].cost, mode=2.0 * BOUGHT[-1].cost, high=2.0 * BOUGHT[-1].cost)
    given = EXAMPLE_ANSWERS.economics.model_copy(update={"ranges": {**EXAMPLE_ANSWERS.economics.ranges, "K": quote}})
    quoted = replace(MODEL, assessment=EXAMPLE_ANSWERS.model_copy(update={"economics": given}))
    found = quoted.purchase(0.5)
    assert found.initiatives == BOUGHT[1].initiatives
    assert (found.limit, found.cost) == pytest.approx((2.0 * BOUGHT[1].limit, 2.0 * BOUGHT[1].cost))


def test_all_of_the_money_buys_the_plan_itself() -> None:
    """The whole share is the plan that the decision rests on, whatever it costs."""
    assert BOUGHT[-1].plan is FOUND.plan
    assert (BOUGHT[-1].cost_share, BOUGHT[-1].run_share) == (1.0, 1.0)


def test_a_budget_that_covers_everything_changes_no_plan() -> None:
    """Under a limit beyond the price of all initiatives the planner does what it does without one."""
    budget = Budget(sum(PRICES.values()), PRICES)
    plan = plan_roadmap(BUILT_IN, EXAMPLE_ANSWERS, WORK, budget=budget)
    assert plan.placements == FOUND.plan.placements


def test_no_money_buys_nothing() -> None:
    """Under a limit of nought the plan is empty, and what is left out says why."""
    plan = plan_roadmap(BUILT_IN, EXAMPLE_ANSWERS, WORK, budget=Budget(0.0, PRICES))
    assert plan.placements == ()
    assert "no_room" in plan.left_out.values()


# What it is worth


def test_the_whole_budget_is_worth_what_starting_now_is() -> None:
    """On the same futures the last point is the decision's own figure, to the last digit."""
    assert FOUND.economics is not None
    economics = FOUND.economics
    found = budget_points(economics.inputs, economics.programme, BOUGHT, paths=1_000, seed=1)
    now = economics.curves.strategies["now"]
    assert found[-1].npv == now.npv
    assert found[-1].probability_positive == now.probability_positive
    assert len({point.npv.mean for point in found}) == len(SHARES)
    best = max(found, key=lambda point: point.npv.mean)
    assert (best.behind, best.behind_error) == (0.0, 0.0)
    for point in found:
        assert point.behind == pytest.approx(best.npv.mean - point.npv.mean)
        assert point.behind_error < math.hypot(best.npv.standard_error, point.npv.standard_error)


def test_a_part_that_does_nothing_and_costs_nothing_is_worth_nothing_off_the_wall() -> None:
    """With no share of the cost and no effect, starting is the same as not starting while no wall is met."""
    programme = Programme.full(60, 12)
    inputs = certain(programme, K=1e6, O=1e4, A0=1e6, e_c=0.5)
    nothing = _purchase(Programme.none(60), 0.0, 0.0)
    assert budget_points(inputs, programme, [nothing], paths=2, seed=1)[0].npv.mean == 0.0


def test_half_the_plan_at_half_the_price_is_worth_half_off_the_wall() -> None:
    """Effects below their cap and costs are linear, so that half of both is half of the NPV."""
    programme = Programme.full(60, 12)
    inputs = certain(programme, K=1e6, O=1e4, A0=1e6, e_c=0.5)
    half = Programme({key: curve / 2.0 for key, curve in programme.maturity.items()}, 12, lead=0)
    whole, part = budget_points(
        inputs, programme, [_purchase(programme, 1.0, 1.0), _purchase(half, 0.5, 0.5)], paths=2, seed=1
    )
    assert whole.npv.mean != 0.0
    assert part.npv.mean == pytest.approx(whole.npv.mean / 2.0)


def test_a_smaller_purse_leaves_the_forced_programme_whole() -> None:
    """What is forced after the part is finished delivers the whole plan, and owes its whole run cost."""
    inputs, programme = at_the_wall()
    half = Programme({key: curve / 2.0 for key, curve in programme.maturity.items()}, 12, lead=0)
    found = partial(inputs, programme, "half", _purchase(half, 0.5, 0.25))
    assert found.forced.maturity["a"][40, 20] == 1.0
    assert found.planned["a"][40, 0] == 0.5
    owed = running(found, placed(found, np.full((60, 1), 0.9) * (np.arange(60) > 18)[:, None], *_flat(0.0, 0.8)))
    assert owed[10, 0] == 0.25
    assert owed[30, 0] == 1.0
    assert found.spending[0, 0] == pytest.approx(0.5 / 12.0)


def _flat(e_a: float, threshold: float) -> tuple[FloatArray, FloatArray, IntArray]:
    return np.array([e_a]), np.array([threshold]), np.array([0])


def test_an_empty_purchase_has_no_strategy() -> None:
    """It is worth exactly nothing, and there is nothing to carry out."""
    inputs, programme = typical()
    empty = replace(_purchase(programme, 0.0, 0.0), programme=None)
    assert budget_points(inputs, programme, [empty], paths=50, seed=1)[0].npv.mean == 0.0
    with pytest.raises(ValueError, match="nothing is bought"):
        partial(inputs, programme, "empty", empty)


def _purchase(programme: Programme, cost: float, run: float) -> Purchase:
    return Purchase(cost, cost, cost, FOUND.plan, programme, cost, run)


# Money by quarter


def _certain_cash(**figures: float) -> Cash:
    programme = Programme.none(60)
    return cash_by_quarter(certain(programme, r=0.1, **figures), programme, paths=2, seed=1)


def test_spending_by_quarter_is_undiscounted() -> None:
    """1.2M over 12 months is 300,000 a quarter, and 10,000 a month 30,000, at 10 % a year and constant prices."""
    now = _certain_cash(K=1.2e6, O=1e4).strategies["now"]
    assert now.spending["programme"] == pytest.approx([3e5] * 4 + [0.0] * 16)
    assert now.spending["run"] == pytest.approx([3e4] * 20)
    assert now.total.mean == pytest.approx(1.2e6 + 6e5)
    assert (now.p5[0], now.p95[0]) == pytest.approx((3.3e5, 3.3e5))


def test_a_forced_programme_is_paid_from_the_quarter_of_the_trigger() -> None:
    """.5 x 1.1^k reaches .8 in month 5: 900 x .5 x 1.5 / 9 = 75 a month in months 5 to 13, then the run cost alone."""
    figures = {"g": 0.1, "rho_0": 0.5, "rho_trig": 0.8, "K": 900.0, "kappa_R": 0.5, "mu": 4.6, "O": 10.0}
    reactive = _certain_cash(**figures).strategies["reactive"]
    assert reactive.spending["forced"][:6] == pytest.approx([0.0, 150.0, 225.0, 225.0, 75.0, 0.0])
    assert reactive.spending["run"][:3] == pytest.approx([0.0, 20.0, 30.0])
    assert reactive.savings is None


def test_savings_are_what_the_platform_costs_less() -> None:
    """1M a year of validation less .95 of it is 237,500 a quarter; learning new ways is set against the first."""
    programme = Programme.full(60, 1)
    inputs = certain(programme, A0=1e6, e_c=1.0, j=0.5, J=3.0, E=10.0, wage=1.2e5)
    now = cash_by_quarter(inputs, programme, paths=2, seed=1).strategies["now"]
    assert now.savings is not None
    assert now.savings[1:] == pytest.approx([237_500.0] * 19)
    assert now.savings[0] == pytest.approx(237_500.0 - 3 * 0.5 * 10.0 * 1e4)


def test_money_by_quarter_adds_up_to_the_cost_curves() -> None:
    """Discounted month by month the parts are the engine's categories; undiscounted they are its sums at r = 0."""
    inputs, programme = typical()
    plain = inputs.with_distribution("r", certain(programme, r=0.0).distribution("r"))
    curves = simulate(plain, programme, paths=600, seed=3, expected_incidents=True)
    cash = cash_by_quarter(inputs, programme, paths=600, seed=3)
    losses = {
        name: sum(float(each.categories[part].sum()) for part in LOSSES) for name, each in curves.strategies.items()
    }
    for name, found in cash.strategies.items():
        engine = curves.strategies[name].categories
        assert found.spending["forced"].sum() == pytest.approx(float(engine["forced"].sum()))
        if found.savings is not None:
            programme_cost = found.spending["programme"].sum() + found.spending["run"].sum()
            learning = float(engine["programme"].sum()) - programme_cost
            assert found.learning.sum() == pytest.approx(learning)
            assert found.savings.sum() + learning == pytest.approx(losses["reactive"] - losses[name])
            npv = curves.strategies[name].npv
            assert npv is not None
            assert found.net is not None
            assert found.net.sum() == pytest.approx(npv.mean)


def test_the_last_quarter_may_be_short() -> None:
    """Over 14 months there are five quarters, the last of two months."""
    programme = Programme.none(60)
    inputs = replace(certain(programme, O=10.0), horizon_months=14)
    found = cash_by_quarter(inputs, programme, paths=2, seed=1)
    assert found.quarters == 5
    assert found.strategies["now"].spending["run"] == pytest.approx([30.0] * 4 + [20.0])


def test_the_money_can_be_stopped() -> None:
    """Whoever waits may end it."""
    inputs, programme = typical()
    with pytest.raises(SimulationStoppedError):
        cash_by_quarter(inputs, programme, paths=100, seed=1, should_stop=lambda: True)


# All of it


def test_an_evaluation_without_money_has_no_analysis() -> None:
    """Where figures are missing nothing is analysed."""
    assert analyse(replace(FOUND, economics=None)) is None


def test_the_analysis_is_added_and_nothing_else_changes() -> None:
    """Pages that need only the decision do not wait for it; the parts rest on the run of the decision."""
    heard: list[float] = []
    found: Evaluation = FOUND.analysed(progress=heard.append)
    assert FOUND.analysis is None
    assert found.analysis is not None
    assert replace(found, analysis=None) == FOUND
    assert heard == sorted(heard)
    assert heard[-1] == pytest.approx(1.0)
    assert FOUND.economics is not None
    assert found.analysis.matters.evpi == pytest.approx(FOUND.economics.decision.evpi)
    assert found.analysis.budget[-1].npv == FOUND.economics.curves.strategies["now"].npv
    assert found.analysis.timing.npv[0] == pytest.approx(FOUND.economics.decision.expected_npv["now"])
