"""The search by month and its proof: nothing beats the bound, no order beats the search, and it can be stopped."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import assume, given, settings

from assessment.answers import Assessment, Capacity
from assessment.questionnaire import Questionnaire
from models.initiatives import InitiativeFile
from models.planning.bound import least_months, upper_bound
from models.planning.improving import Improving
from models.planning.packing import Packing, keeps, on_grid, packed
from models.planning.pins import Pin
from models.planning.planner import compute
from models.planning.problem import Problem, Terms
from models.planning.solving import Search
from models.planning.worth import Worth
from models.roadmap import plan_roadmap
from models.watching import Watch
from tests.conftest import answered
from tests.generated import IDS, assessed, plain_questionnaire
from tests.models.test_planning import OPEN_WALL, TERMS, every_plan, initiative, instances, with_a_scarce_role, work_of

Instance = tuple[Questionnaire, Assessment, InitiativeFile, Problem]
ROUNDING = 1e-6


@settings(max_examples=60)
@given(instances())
def test_the_quick_worth_is_that_of_scoring_each_month(instance: Instance) -> None:
    """On every order of the work, packed, and on every plan of the grid."""
    problem = instance[3]
    worth = Worth(problem)
    for order in permutations(problem.work):
        schedule = packed(problem, order)
        quick = worth.of((last, first, name) for name, first, last in schedule.finishes())
        assert quick == pytest.approx(problem.value_by_month(schedule.finishes()), abs=ROUNDING)


@settings(max_examples=40)
@given(instances())
def test_no_calendar_is_worth_more_than_the_bound(instance: Instance) -> None:
    """Neither any order packed by month nor any plan on the grid of quarters, with whatever demands and budget."""
    problem = instance[3]
    bound = upper_bound(problem)
    assert bound is not None
    most = bound + ROUNDING - problem.standing_value
    for order in permutations(problem.work):
        assert problem.value_by_month(packed(problem, order).finishes()) <= most
    for starts in every_plan(problem):
        assert problem.value(starts) <= most


@settings(max_examples=25)
@given(instances())
def test_no_order_of_the_work_is_worth_more_than_what_the_search_finds(instance: Instance) -> None:
    """Where orders are few each is tried; the best plan on the grid is at most the gap better that was searched for."""
    source, assessment, file, problem = instance
    found = compute(source, assessment, file, problem)
    risen = found.value - problem.standing_value
    for order in permutations(problem.work):
        schedule = packed(problem, order)
        assert not keeps(problem, schedule) or problem.value_by_month(schedule.finishes()) <= risen + ROUNDING
    best = max(problem.value(starts) for starts in every_plan(problem))
    assert found.value >= (best + problem.standing_value) / (1 + Search().gap) - ROUNDING


def test_the_example_is_planned_within_two_per_cent(
    questionnaire: Questionnaire, initiatives: InitiativeFile, example: Assessment
) -> None:
    """Forty initiatives over twelve quarters: no calendar in whole months is worth over 2 % more, and it is said so."""
    problem = Problem.of(questionnaire, example, initiatives, Terms(60, 0.08))
    found = compute(questionnaire, example, initiatives, problem)
    assert found.plan.status == "optimal"
    assert found.plan.gap is not None
    assert found.plan.gap <= 0.02
    assert found.value > (found.greedy or 0.0)


def test_a_search_can_be_followed_and_stopped(questionnaire: Questionnaire, initiatives: InitiativeFile) -> None:
    """The share told never falls and ends at the whole; stopped at once it still has a plan, and proves nothing."""
    start = answered(questionnaire, 1)
    capacity = Capacity(person_weeks_per_quarter=40, at_most_at_once=2, quarters=2)
    problem = Problem.of(questionnaire, start, initiatives, TERMS, capacity=capacity)
    shares = list[float]()
    whole = compute(questionnaire, start, initiatives, problem, Search(moves=300), Watch(told=shares.append))
    assert shares == sorted(shares)
    assert 0.9 < shares[-1] <= 1.0
    stopped = compute(questionnaire, start, initiatives, problem, None, Watch(should_stop=lambda: True))
    assert (stopped.bound, stopped.plan.gap) == (None, None)
    assert stopped.plan.placements
    assert (stopped.greedy or 0.0) <= stopped.value + ROUNDING
    assert whole.bound is not None


def test_months_and_plans_keep_a_scarce_role() -> None:
    """Work that needs a scarce role takes longer and waits for it, packed by month and step by step."""
    source, start, file, free, scarce = with_a_scarce_role(3.0)
    problem = Problem.of(source, start, file, TERMS, capacity=scarce)
    assert least_months(Problem.of(source, start, file, TERMS, capacity=free), "one") == 2
    assert least_months(problem, "one") == 5
    alone = packed(problem, ["one", "two"])
    assert alone.spans["one"] == (1, 5)
    assert alone.spans["two"][1] == 10
    assert keeps(problem, alone)
    greedy = plan_roadmap(source, start, file, scarce)
    assert max(greedy.finish_months.values()) == 10
    assert max(plan_roadmap(source, start, file, free).finish_months.values()) == 2


def test_a_plan_keeps_to_its_budget_and_to_what_a_quarter_may_spend(
    questionnaire: Questionnaire, initiatives: InitiativeFile
) -> None:
    """Half the money, and little of it in any quarter: the plan costs no more than that."""
    start = answered(questionnaire, 0)
    prices = {item.id: 1000.0 * item.effort.mode for item in initiatives.initiatives}
    capacity = Capacity(person_weeks_per_quarter=75, at_most_at_once=3, quarters=4)
    terms = Terms(36, 0.08, prices=prices, budget=150_000.0, quarter_budget=45_000.0)
    problem = Problem.of(questionnaire, start, initiatives, terms, capacity=capacity)
    found = compute(questionnaire, start, initiatives, problem, Search(moves=1000))
    cost = sum(prices[item.initiative] for item in found.plan.placements)
    assert 75_000 < cost <= 150_000
    assert found.value > problem.standing_value


@settings(max_examples=25)
@given(instances())
def test_what_adds_nothing_is_left_out(instance: Instance) -> None:
    """Every piece of work of the search is needed, demanded, or worth something."""
    problem = instance[3]
    assume(problem.work)
    improving = Improving(problem)
    schedule = improving.schedule(improving.best([], 50))
    value = problem.value_by_month(schedule.finishes())
    for name in schedule.spans:
        needed = any(name in problem.needed(other) for other in schedule.spans)
        assert needed or problem.value_by_month(schedule.without(name).finishes()) < value


def test_a_demanded_start_is_packed_into_its_quarter() -> None:
    """Work waits for the first month of its quarter, and none of another order can take its place."""
    source = plain_questionnaire()
    start = assessed(source, dict.fromkeys(IDS, 0) | dict.fromkeys(OPEN_WALL, 4), mode="full")
    file = work_of(source, *(initiative(name, [("build.release", 0, 4)]) for name in ("one", "two")))
    capacity = Capacity(person_weeks_per_quarter=60, at_most_at_once=1, quarters=3)
    problem = Problem.of(source, start, file, TERMS, {"two": Pin("start", 2)}, capacity)
    assert {name: first for _, first, name in Packing(problem).finishes(["two", "one"])} == {"one": 1, "two": 4}
    found = compute(source, start, file, problem).plan
    assert {item.initiative: item.quarter for item in found.placements}["two"] == 2
    assert keeps(problem, on_grid(problem, {"two": 2}))


def test_every_built_in_initiative_says_who_does_it_and_why(initiatives: InitiativeFile) -> None:
    """Shares by role add up to the whole effort, each role is one that the file explains, and the reason is given."""
    for item in initiatives.initiatives:
        assert sum(item.roles.values()) == pytest.approx(1.0), item.id
        assert item.roles.keys() <= initiatives.roles.keys(), item.id
        assert item.roles_because, item.id
    assert set(initiatives.role_titles) == set(initiatives.roles)
