"""The computed plan against every plan there is, on small instances scored for real; and against the greedy one."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assessment.answers import Assessment, Capacity
from assessment.errors import InputError
from assessment.questionnaire import Questionnaire
from assessment.scoring import score
from models.initiatives import Initiative, InitiativeFile
from models.planning.conflict import conflicting
from models.planning.packing import keeps, on_grid, packed
from models.planning.pins import Pin, pin, read_pins
from models.planning.planner import compute
from models.planning.problem import Problem, Terms
from models.planning.solving import Model, Search
from tests.conftest import answered
from tests.generated import CORE, IDS, ON_FOUR, assessed, plain_questionnaire, questionnaires

EXACT = Search(gap=0.0)
TERMS = Terms(horizon_months=24, rate=0.08)
SMALL = 4
OPEN_WALL = ("look.box", "look.chain", "look.fog")


def initiative(name: str, raises: list[tuple[str, int, int]], **more: Any) -> Initiative:
    """Return a piece of work with figures of no importance."""
    effort = more.pop("effort", 10.0)
    nothing = {"low": 0, "mode": 0, "high": 0}
    return Initiative.model_validate(
        {
            "id": name,
            "title": name.upper(),
            "step": name,
            "summary": "s",
            "raises": tuple({"question": question, "start": start, "to": to} for question, start, to in raises),
            "effort": {"low": effort, "mode": effort, "high": effort},
            "external_cost": nothing,
            "run_cost": nothing,
            "most_people": 2,
            "done_when": "d",
            "first_week": "f",
            "does_not_fix": "n",
            **more,
        }
    )


def work_of(questionnaire: Questionnaire, *items: Initiative) -> InitiativeFile:
    """Return a file of initiatives."""
    return InitiativeFile.none_for(questionnaire).model_copy(update={"initiatives": items})


@st.composite
def instances(draw: Any) -> tuple[Questionnaire, Assessment, InitiativeFile, Problem]:
    """Up to four initiatives that meet on a few questions, three or four quarters, and tight limits."""
    source = draw(questionnaires())
    sheet = {name: draw(st.integers(0, 2)) for name in IDS}
    items: list[Initiative] = []
    for place in range(draw(st.integers(1, SMALL))):
        raises = []
        for question in draw(st.lists(st.sampled_from(CORE), min_size=1, max_size=3, unique=True)):
            top = 3 if question in ON_FOUR else 4
            to = draw(st.integers(1, top))
            raises.append((question, draw(st.integers(0, to - 1)), to))
        requires = draw(st.lists(st.sampled_from([item.id for item in items]), max_size=1)) if items else []
        effort = draw(st.sampled_from([5.0, 10.0, 30.0]))
        letter = draw(st.sampled_from("abcd"))
        items.append(initiative(f"{letter}-{place}", raises, requires=tuple(requires), effort=effort))
    capacity = Capacity(
        person_weeks_per_quarter=draw(st.sampled_from([10.0, 20.0, 40.0])),
        at_most_at_once=draw(st.integers(1, 2)),
        quarters=draw(st.integers(2, 4)),
    )
    prices = {item.id: item.effort.mode for item in items}
    terms = Terms(24, 0.08, prices=prices, budget=draw(st.sampled_from([None, 20.0, 40.0])))
    pins = draw(st.dictionaries(st.sampled_from(list(prices)), st.sampled_from([Pin("not_before", 2), Pin("never")])))
    assessment, file = assessed(source, sheet, mode="full"), work_of(source, *items)
    return source, assessment, file, Problem.of(source, assessment, file, terms, pins, capacity)


def every_plan(problem: Problem) -> Iterator[dict[str, int]]:
    """Every plan on the grid that keeps demands, prerequisites and limits."""
    names = [item.id for item in problem.initiatives.initiatives]
    for quarters in itertools.product(range(problem.quarters + 1), repeat=len(names)):
        starts = {name: quarter for name, quarter in zip(names, quarters, strict=True) if quarter}
        if keeps(problem, on_grid(problem, starts)):
            yield starts


def worth(source: Questionnaire, assessment: Assessment, problem: Problem, starts: dict[str, int]) -> float:
    """Score the assessment again after each quarter, with the answers that the finished work has raised."""
    answers, total = dict(assessment.answers), 0.0
    before = score(source, assessment).overall.effective.value or 0.0
    ends = {name: quarter + problem.length(name) - 1 for name, quarter in starts.items()}
    for quarter, weight in enumerate(problem.quarter_weights, 1):
        for name in sorted((name for name in ends if ends[name] == quarter), key=lambda item: (starts[item], item)):
            for lift in problem.initiatives.by_id[name].raises:
                option = answers[lift.question].option
                if option is not None and lift.start <= option < lift.to:
                    answers[lift.question] = answers[lift.question].model_copy(update={"option": lift.to})
        raised = assessment.model_copy(update={"answers": answers})
        total += weight * ((score(source, raised).overall.effective.value or 0.0) - before)
    return total


@settings(max_examples=40)
@given(instances())
def test_no_plan_of_all_there_are_is_worth_more(
    instance: tuple[Questionnaire, Assessment, InitiativeFile, Problem],
) -> None:
    """The search finds the best plan of every one on the grid, each scored anew, and its bound is that plan's worth."""
    source, assessment, _, problem = instance
    found = Model(problem).solve(EXACT)
    assert found.starts is not None
    assert keeps(problem, on_grid(problem, found.starts))
    best = max(worth(source, assessment, problem, starts) for starts in every_plan(problem))
    ours = worth(source, assessment, problem, dict(found.starts))
    assert ours == pytest.approx(best, abs=1e-4)
    assert problem.value(found.starts) == pytest.approx(ours, abs=1e-9)
    assert found.bound == pytest.approx(best + problem.standing_value, abs=1e-3)


@settings(max_examples=25)
@given(instances())
def test_a_computed_plan_is_never_worse_than_the_greedy_one(
    instance: tuple[Questionnaire, Assessment, InitiativeFile, Problem],
) -> None:
    """It is worth at least as much under the same measure, and keeps every demand and limit."""
    source, assessment, file, problem = instance
    found = compute(source, assessment, file, problem)
    assert found.greedy is None or found.value >= found.greedy - 1e-9
    assert found.plan.gap is not None
    assert set(found.plan.finish_months) | set(found.plan.left_out) == set(file.by_id)


def test_a_question_raised_twice_takes_the_higher_option_not_the_sum() -> None:
    """Two pieces of work on one question are worth what the better of them is, and the other is not bought."""
    source = plain_questionnaire()
    start = assessed(source, dict.fromkeys(IDS, 0) | dict.fromkeys(OPEN_WALL, 4), mode="full")
    one, two = (initiative(name, [("build.release", 0, to)]) for name, to in (("one", 2), ("two", 3)))
    found = compute(
        source, start, work_of(source, one, two), Problem.of(source, start, work_of(source, one, two), TERMS)
    )
    assert [item.initiative for item in found.plan.placements] == ["two"]
    assert found.plan.left_out == {"one": "nothing_to_raise"}


def test_a_raise_waits_for_its_first_option() -> None:
    """Work that raises from option 2 on is bought only behind what brings option 2."""
    source = plain_questionnaire()
    start = assessed(source, dict.fromkeys(IDS, 3) | {"build.release": 0} | dict.fromkeys(OPEN_WALL, 4), mode="full")
    late, early = initiative("late", [("build.release", 2, 4)]), initiative("early", [("build.release", 0, 2)])
    alone = Problem.of(source, start, work_of(source, late), TERMS)
    assert compute(source, start, work_of(source, late), alone).plan.placements == ()
    file = work_of(source, late, early)
    both = compute(source, start, file, Problem.of(source, start, file, TERMS)).plan
    assert [item.initiative for item in both.placements] == ["early", "late"]


def test_demands_are_kept_and_impossible_ones_named(questionnaire: Questionnaire, initiatives: InitiativeFile) -> None:
    """A pinned quarter is kept; of demands that cannot all hold a smallest set is named, and nothing else."""
    start = answered(questionnaire, 0)
    demands = {"signals-and-alerts": "Q2", "correlated-logs": ">=Q3", "constraint-map": "never"}
    capacity = Capacity(person_weeks_per_quarter=60, at_most_at_once=2, quarters=4)
    pins = read_pins(demands, initiatives.by_id)
    found = compute(
        questionnaire, start, initiatives, Problem.of(questionnaire, start, initiatives, TERMS, pins, capacity)
    ).plan
    quarters = {item.initiative: item.quarter for item in found.placements}
    assert quarters["signals-and-alerts"] == 2
    assert quarters.get("correlated-logs", 3) >= 3
    assert "constraint-map" not in quarters
    assert found.left_out["constraint-map"] == "ruled_out"
    demands |= {"asynchronous-messaging": "Q3"}
    broken = Problem.of(questionnaire, start, initiatives, TERMS, read_pins(demands, initiatives.by_id), capacity)
    assert conflicting(broken) == (("asynchronous-messaging", "constraint-map"), ())
    with pytest.raises(InputError, match="constraint-map=never") as refused:
        compute(questionnaire, start, initiatives, broken)
    assert "correlated-logs" not in str(refused.value)


def test_a_limit_that_breaks_a_demand_is_named() -> None:
    """Three pieces of work in one quarter break the most at once, whatever else is planned."""
    source = plain_questionnaire()
    start = assessed(source, dict.fromkeys(IDS, 0), mode="full")
    file = work_of(source, *(initiative(name, [("build.release", 0, 1)], effort=2.0) for name in ("a", "b", "c", "d")))
    capacity = Capacity(person_weeks_per_quarter=40, at_most_at_once=2, quarters=3)
    pins = {"a": Pin("start", 1), "b": Pin("start", 1), "c": Pin("start", 1), "d": Pin("start", 2)}
    problem = Problem.of(source, start, file, TERMS, pins, capacity)
    assert conflicting(problem) == (("a", "b", "c"), ("at_most_at_once",))
    assert conflicting(Problem.of(source, start, file, TERMS, {"a": Pin("start", 9)}, capacity)) == (("a",), ())


def with_a_scarce_role(weeks: float) -> tuple[Questionnaire, Assessment, InitiativeFile, Capacity, Capacity]:
    """Return two pieces of work, each half of one role, and a team: without a limit on it, and with ``weeks`` of it."""
    source = plain_questionnaire()
    start = assessed(source, dict.fromkeys(IDS, 0) | dict.fromkeys(OPEN_WALL, 4), mode="full")
    items = [
        initiative(name, [(question, 0, 4)], roles={"clinical": 0.5})
        for name, question in (("one", "build.release"), ("two", "build.test"))
    ]
    file = work_of(source, *items)
    free = Capacity(person_weeks_per_quarter=60, at_most_at_once=3, quarters=4)
    return source, start, file, free, free.model_copy(update={"roles": {"clinical": weeks}})


def test_a_role_limits_what_runs_at_once() -> None:
    """Two pieces of work that need all of one scarce role stand in different quarters."""
    source, start, file, free, scarce = with_a_scarce_role(5.0)
    together = Model(Problem.of(source, start, file, TERMS, capacity=free)).solve(EXACT).starts
    apart = Model(Problem.of(source, start, file, TERMS, capacity=scarce)).solve(EXACT).starts
    assert together == {"one": 1, "two": 1}
    assert sorted((apart or {}).values()) == [1, 2]


@pytest.mark.parametrize("text", ["", "Q0", "Q", ">Q2", "Q2 ", "NEVER", "Q100", "2"])
def test_what_is_no_demand_is_refused(text: str) -> None:
    """Only Q2, >=Q3 and never are read; a demand is written as it was read."""
    with pytest.raises(InputError, match="is no demand"):
        pin(text)
    assert [str(pin(form)) for form in ("Q2", ">=Q12", "never")] == ["Q2", ">=Q12", "never"]


def test_an_unknown_initiative_is_refused_with_the_nearest(initiatives: InitiativeFile) -> None:
    """A demand on what no file knows names what was probably meant."""
    with pytest.raises(InputError, match="pipeline-gates"):
        read_pins({"pipeline-gate": "Q1"}, initiatives.by_id)


@settings(max_examples=40)
@given(instances())
def test_packed_work_keeps_every_limit(instance: tuple[Questionnaire, Assessment, InitiativeFile, Problem]) -> None:
    """Whatever the order of preference, the calendar keeps people, prerequisites and refusals."""
    problem = instance[3]
    assume(problem.terms.budget is None)
    assert keeps(problem, packed(problem, sorted(problem.work)))


def test_the_same_input_gives_the_same_plan_in_any_order(
    questionnaire: Questionnaire, initiatives: InitiativeFile
) -> None:
    """Neither the order of answers nor that of the file moves the plan."""
    start = answered(questionnaire, 1)
    capacity = Capacity(person_weeks_per_quarter=40, at_most_at_once=2, quarters=3)
    turned = start.model_copy(update={"answers": dict(reversed(start.answers.items()))})
    shuffled = initiatives.model_copy(update={"initiatives": tuple(reversed(initiatives.initiatives))})
    shuffled.__dict__.pop("by_id", None)
    first = compute(
        questionnaire, start, initiatives, Problem.of(questionnaire, start, initiatives, TERMS, capacity=capacity)
    )
    again = compute(
        questionnaire, turned, shuffled, Problem.of(questionnaire, turned, shuffled, TERMS, capacity=capacity)
    )
    assert first.plan.placements == again.plan.placements
    assert first.plan.status == "optimal"


def test_with_coupling_at_the_bottom_it_decouples_before_it_buys_pipelines(
    questionnaire: Questionnaire, initiatives: InitiativeFile
) -> None:
    """The ceiling is lifted before what it would strand is bought."""
    levels = dict.fromkeys(questionnaire.by_id, 2) | {
        "constraints.coupling": 0,
        "constraints.topology": 4,
        "constraints.breaking-point": 4,
    }
    start = answered(questionnaire, levels)
    capacity = Capacity(person_weeks_per_quarter=48, at_most_at_once=2, quarters=5)
    problem = Problem.of(questionnaire, start, initiatives, TERMS, capacity=capacity)
    found = compute(questionnaire, start, initiatives, problem)
    finished = found.plan.finish_months
    opened = finished["asynchronous-messaging"]
    gains = {item.initiative: item.gain for item in found.plan.placements}
    pipelines = [item.id for item in initiatives.initiatives if item.step == "delivery"]
    assert finished["compliance-gates"] > opened
    assert all(gains[name] > 0 for name in pipelines if finished.get(name, opened) < opened)
    assert found.value > (found.greedy or 0.0) - 1e-9
    late = {"asynchronous-messaging": Pin("not_before", 4), "compliance-gates": Pin("start", 2)}
    turned = Problem.of(questionnaire, start, initiatives, TERMS, late, capacity)
    other = compute(questionnaire, start, initiatives, turned)
    assert other.bound is not None
    assert other.bound < found.value
    assert other.value < found.value
