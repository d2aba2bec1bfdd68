"""The plan in money: the order that costs points costs NPV in the engine, and plans at the price of a point settle."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from assessment.answers import Assessment, Capacity
from assessment.questionnaire import Questionnaire
from models.evaluation import Evaluation, evaluate
from models.initiatives import InitiativeFile
from models.parameters import ParameterFile
from models.planning import comparing
from models.planning.comparing import compare_plans, computed_for, priced
from models.planning.pins import Pin
from models.planning.solving import Search
from models.planning.terms import expected_npvs, point_values, problem_of
from tests.conftest import answered

PATHS = 2_000
SHORT = Search(moves=600, proves=False)
OPENED = "asynchronous-messaging"
PIPELINES = ("compliance-gates", "independent-releases")


def evaluated(
    questionnaire: Questionnaire,
    assessment: Assessment,
    initiatives: InitiativeFile,
    parameters: ParameterFile,
    capacity: Capacity,
) -> Evaluation:
    """Return an assessment with its economic half, under a capacity."""
    economics = assessment.economics.model_copy(update={"capacity": capacity})
    ours = assessment.model_copy(update={"economics": economics})
    return evaluate(questionnaire, ours, initiatives, parameters, paths=PATHS, seed=1)


def test_pipelines_before_decoupling_cost_npv(
    questionnaire: Questionnaire, example: Assessment, initiatives: InitiativeFile, parameters: ParameterFile
) -> None:
    """With coupling at the bottom the free plan decouples first; the other order, best planned, has the lower NPV."""
    levels = dict.fromkeys(questionnaire.by_id, 2) | {
        "constraints.coupling": 0,
        "constraints.topology": 4,
        "constraints.breaking-point": 4,
    }
    start = answered(questionnaire, levels).model_copy(update={"economics": example.economics})
    capacity = Capacity(person_weeks_per_quarter=48, at_most_at_once=2, quarters=8)
    evaluation = evaluated(questionnaire, start, initiatives, parameters, capacity)
    free = computed_for(evaluation, problem_of(evaluation), SHORT).plan
    assert free.finish_months[OPENED] < min(free.finish_months.get(name, 99) for name in PIPELINES)
    pins = {OPENED: Pin("not_before", 4)} | dict.fromkeys(PIPELINES, Pin("start", 2))
    turned = computed_for(evaluation, problem_of(evaluation, pins), SHORT).plan
    assert max(turned.finish_months[name] for name in PIPELINES) < turned.finish_months.get(OPENED, 99)
    first, other = compare_plans(evaluation, {"optimal": free, "team": turned}, paths=PATHS, seed=1)
    assert first.value > other.value
    assert first.npv is not None
    assert other.npv is not None
    assert first.npv.mean - other.npv.mean > 2 * (first.npv.standard_error + other.npv.standard_error)
    npvs = expected_npvs(evaluation, [free, turned])
    assert npvs[0] > npvs[1]


def small(
    questionnaire: Questionnaire, example: Assessment, initiatives: InitiativeFile, parameters: ParameterFile
) -> Evaluation:
    """Return the example with four quarters to plan."""
    capacity = Capacity(person_weeks_per_quarter=60, at_most_at_once=2, quarters=4)
    return evaluated(questionnaire, example, initiatives, parameters, capacity)


def test_plans_at_the_price_of_a_point_settle(
    questionnaire: Questionnaire, example: Assessment, initiatives: InitiativeFile, parameters: ParameterFile
) -> None:
    """Priced around the plan it ends with, a point is worth what it was computed at, and the plan is found again."""
    evaluation = small(questionnaire, example, initiatives, parameters)
    found = priced(evaluation, {}, SHORT)
    assert found is not None
    assert found.stays
    assert found.rounds <= comparing.ROUNDS
    if found.turns == 1:
        assert point_values(evaluation, found.computed.plan) == pytest.approx(dict(found.weights))


@pytest.mark.parametrize(("order", "rounds", "turns", "stays"), [("ab", 3, 2, True), ("abbb", 3, 1, True)])
def test_of_plans_that_take_turns_the_one_of_the_highest_npv_is_meant(
    monkeypatch: pytest.MonkeyPatch,
    questionnaire: Questionnaire,
    example: Assessment,
    initiatives: InitiativeFile,
    parameters: ParameterFile,
    *,
    order: str,
    rounds: int,
    turns: int,
    stays: bool,
) -> None:
    """A search that goes from one plan to another and back ends with the better one, and says that two take turns."""
    evaluation = small(questionnaire, example, initiatives, parameters)
    full = computed_for(evaluation, problem_of(evaluation), SHORT)
    less = computed_for(evaluation, problem_of(evaluation, {full.plan.placements[0].initiative: Pin("never")}), SHORT)
    plans = {"a": full, "b": less}
    given = itertools.cycle(order)
    monkeypatch.setattr(comparing, "computed_for", lambda *_: plans[next(given)])
    monkeypatch.setattr(comparing, "expected_npvs", lambda _, met: tuple(float(plan is less.plan) for plan in met))
    found = priced(evaluation, {}, SHORT)
    assert found is not None
    assert (found.rounds, found.turns, found.stays) == (rounds, turns, stays)
    assert found.computed is less


def test_plans_that_never_repeat_do_not_stay(
    monkeypatch: pytest.MonkeyPatch,
    questionnaire: Questionnaire,
    example: Assessment,
    initiatives: InitiativeFile,
    parameters: ParameterFile,
) -> None:
    """After the most rounds the best of the plans met is returned, and it is not said to stay."""
    evaluation = small(questionnaire, example, initiatives, parameters)
    base = computed_for(evaluation, problem_of(evaluation), SHORT)
    found_ones = (
        replace(base, plan=replace(base.plan, placements=base.plan.placements[:number])) for number in range(4)
    )
    monkeypatch.setattr(comparing, "ROUNDS", 3)
    monkeypatch.setattr(comparing, "computed_for", lambda *_: next(found_ones))
    monkeypatch.setattr(comparing, "point_values", lambda *_: {"iac": 1.0})
    found = priced(evaluation, {}, SHORT)
    assert found is not None
    assert (found.rounds, found.turns, found.stays) == (3, 1, False)
