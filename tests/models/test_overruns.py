"""Dates that slip: how a plan is carried out when work takes longer, and what the engine makes of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.answers import Capacity
from bench.cases import point, stated, typical, typical_ranges
from models.cost_curves import simulate, strategies
from models.delivering import programme_of
from models.distributions import Fixed
from models.draws import draw, uncertain, uniforms
from models.effects import Deliveries, delivered_maturity
from models.initiatives import Amount, InitiativeFile
from models.overruns import VARIANTS, Execution, own_factors
from models.programme import EFFECTS, STRETCH, STRETCHES, Programme, stretch_of
from models.roadmap import plan_roadmap
from tests.models.test_evaluation import BUILT_IN, EXAMPLE_ANSWERS, WORK

PLAN = plan_roadmap(BUILT_IN, EXAMPLE_ANSWERS, WORK)


def _certain(work: InitiativeFile) -> InitiativeFile:
    """Return initiatives whose person-weeks are one figure."""
    items = tuple(
        item.model_copy(update={"effort": Amount(low=item.effort.mode, mode=item.effort.mode, high=item.effort.mode)})
        for item in work.initiatives
    )
    fields = {name: getattr(work, name) for name in InitiativeFile.model_fields}
    return InitiativeFile(**{**fields, "initiatives": items})


CERTAIN = _certain(WORK)


@settings(max_examples=25)
@given(st.floats(20.0, 300.0), st.integers(1, 8), st.integers(2, 16))
def test_work_that_takes_its_likely_time_ends_when_it_is_planned_to(weeks: float, at_once: int, quarters: int) -> None:
    """Whatever the team, its plan carried out without any stretch is the plan."""
    capacity = Capacity(person_weeks_per_quarter=weeks, at_most_at_once=at_once, quarters=quarters)
    plan = plan_roadmap(BUILT_IN, EXAMPLE_ANSWERS, CERTAIN, capacity)
    assert Execution.of(plan, CERTAIN).finishes(1.0, 0) == plan.finish_months


@pytest.mark.parametrize("stretch", [1.3, 2.0, 4.0])
def test_work_that_takes_longer_keeps_to_people_prerequisites_and_planned_months(stretch: float) -> None:
    """Nothing ends sooner than planned, or before what it needs, and the whole takes as many more person-weeks."""
    found = Execution.of(PLAN, CERTAIN).finishes(stretch, 0)
    assert set(found) == set(PLAN.finish_months)
    for item in PLAN.placements:
        assert found[item.initiative] >= item.finish_month
        for name in WORK.by_id[item.initiative].requires:
            assert name not in found or found[name] < found[item.initiative]
    weeks = sum(WORK.by_id[name].effort.mode for name in found) * stretch
    assert max(found.values()) * PLAN.capacity.person_weeks_per_quarter / 3.0 >= weeks - 1e-6


def test_time_that_is_won_moves_no_start_forward() -> None:
    """At half the work an initiative ends sooner, but none ends before its planned start."""
    found = Execution.of(PLAN, CERTAIN).finishes(0.5, 0)
    assert all(item.start_month <= found[item.initiative] <= item.finish_month for item in PLAN.placements)
    assert sum(found.values()) < sum(PLAN.finish_months.values())


def test_the_luck_of_one_initiative_has_a_mean_of_one_and_nothing_to_do_with_the_others() -> None:
    """Its factors spread as its person-weeks do, and another name has another order of them."""
    effort = WORK.by_id["carve-out-critical-units"].effort
    mine, other = own_factors("a", effort), own_factors("b", effort)
    assert np.mean(mine) == pytest.approx(1.0)
    assert sorted(mine) == pytest.approx(sorted(other))
    assert mine != other
    assert len(mine) == VARIANTS
    assert mine[0] != 1.0


def _programme(work: InitiativeFile) -> Programme:
    return programme_of(Deliveries.of(BUILT_IN, EXAMPLE_ANSWERS, work), PLAN, 60)


def test_dates_without_any_spread_give_what_certain_dates_give_to_the_last_bit() -> None:
    """With one figure of person-weeks each and a time of 1, every curve, total and band is that of the plan's dates."""
    slipping = _programme(CERTAIN)
    certain = Programme(delivered_maturity(BUILT_IN, EXAMPLE_ANSWERS, CERTAIN, PLAN, 60), PLAN.months, lead=0)
    ranges = {**typical_ranges(), STRETCH: point(1.0)}
    inputs = stated(certain, ranges)
    assert slipping.late
    expected, found = (simulate(inputs, each, paths=2_000, seed=4) for each in (certain, slipping))
    for name, curves in expected.strategies.items():
        same = found.strategies[name]
        assert same.total_cost == curves.total_cost
        assert np.array_equal(same.cumulative.p95, curves.cumulative.p95)
        assert all(np.array_equal(same.categories[each], curves.categories[each]) for each in curves.categories)


def test_the_time_of_the_work_is_a_stream_of_its_own() -> None:
    """Another range for it, or none at all, leaves every other draw where it was."""
    inputs = typical()[0]
    certain = inputs.with_distribution(STRETCH, Fixed(1.0))
    here, there = (draw(each, uniforms(uncertain(each), 1, 0, 50)) for each in (inputs, certain))
    assert all(np.array_equal(here[symbol], there[symbol]) for symbol in here if symbol != STRETCH)
    assert np.ptp(here[STRETCH]) > 0.0


def test_a_path_takes_the_nearest_stretch() -> None:
    """1 is one of them, and none is further than half a step, 4.4 %; beyond both ends the last one stands."""
    assert STRETCHES[stretch_of(np.array([1.0]))[0]] == 1.0
    times = np.linspace(0.5, 4.0, 200)
    apart = np.abs(np.log(times / STRETCHES[stretch_of(times)]))
    assert apart.max() <= np.log(2.0) / 16 + 1e-12
    assert list(stretch_of(np.array([0.01, 90.0]))) == [0, STRETCHES.size - 1]


def test_late_work_pays_for_its_months_and_a_quote_does_not() -> None:
    """K / S is owed in each month of work; a price agreed for the whole is paid in the planned months alone."""
    late = replace(_programme(CERTAIN), cost=None)
    inputs = stated(late, {**typical_ranges(), STRETCH: point(2.0)})
    quoted = stated(late, {**typical_ranges(), STRETCH: point(2.0), "K": point(1e6)})
    mine, agreed = (strategies(each, late)[1] for each in (inputs, quoted))
    column = int(stretch_of(np.array([2.0]))[0])
    assert mine.spending[:, column].sum() == pytest.approx(60.0 / 36.0)
    assert agreed.spending[:, column].sum() == pytest.approx(1.0)


def test_work_that_takes_longer_delivers_no_more_in_any_month() -> None:
    """On the example's plan every effect comes later the longer work takes, on average over the luck of each piece."""
    late = _programme(WORK).late
    start = int(stretch_of(np.array([1.0]))[0])
    for key in EFFECTS:
        for sooner, later in zip(late[start:], late[start + 1 :], strict=False):
            assert sooner.maturity[key].sum() >= later.maturity[key].sum() - 1e-9
    assert late[-1].months > 2 * PLAN.months


def test_a_programme_that_may_slip_has_one_for_every_stretch() -> None:
    """Half of them would be read at the wrong places."""
    certain = Programme.full(60, 12)
    with pytest.raises(ValueError, match="25 stretches"):
        replace(certain, late=(certain,) * 3)
