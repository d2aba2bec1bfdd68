"""A computed plan that is kept: shown while it answers what is asked, and searched once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assessment.answers import Answer, Assessment, Capacity, KeptPlan
from models.economics import EconomicModel
from models.evaluation import Evaluation, evaluate
from models.planning import request
from models.planning.comparing import computed_for
from models.planning.keeping import keep, question_of, with_plan
from models.planning.kept import SHARES, fits, step_by_step
from models.planning.pins import Pin
from models.planning.planner import Computed
from models.planning.solving import Search
from models.planning.terms import problem_of
from tests.models.test_evaluation import BUILT_IN, EXAMPLE_ANSWERS, FIGURES, WORK


def _small(**economics: object) -> Assessment:
    """Return the example with three quarters to plan, so that a search takes a moment."""
    capacity = Capacity(person_weeks_per_quarter=60, at_most_at_once=2, quarters=3)
    changed = EXAMPLE_ANSWERS.economics.model_copy(update={"capacity": capacity, **economics})
    return EXAMPLE_ANSWERS.model_copy(update={"economics": changed})


def _evaluated(assessment: Assessment, *, with_economics: bool = False) -> Evaluation:
    return evaluate(BUILT_IN, assessment, WORK, FIGURES, paths=200, seed=1, with_economics=with_economics)


BASE = _evaluated(_small())
FOUND = computed_for(BASE, problem_of(BASE, {}), Search())
KEPT = keep(BASE, FOUND)
assert KEPT is not None
USED = with_plan(_small(), KEPT)


def test_the_kept_plan_is_the_one_that_the_search_found() -> None:
    """Placements, quarters, status and gap are the same, with no search."""
    found = _evaluated(USED)
    assert found.computed
    assert not found.stale
    assert found.plan.placements == FOUND.plan.placements
    assert (found.plan.status, found.plan.gap) == (FOUND.plan.status, FOUND.plan.gap)
    assert [state.effective for state in found.plan.quarters] == [state.effective for state in FOUND.plan.quarters]


def test_the_kept_plan_survives_a_file() -> None:
    """What is read back is the same plan."""
    again = Assessment.model_validate_json(USED.model_dump_json())
    assert _evaluated(again).plan == _evaluated(USED).plan


def test_everything_follows_from_the_plan_in_use() -> None:
    """Its price, its curves and its dates are those of the computed plan."""
    found = _evaluated(USED, with_economics=True)
    assert found.economics is not None
    assert found.economics.programme.months == FOUND.plan.months
    assert set(found.outlook.dates) == {item.initiative for item in FOUND.plan.placements}


@pytest.mark.parametrize(
    "moved",
    [
        {"capacity": Capacity(person_weeks_per_quarter=61, at_most_at_once=2, quarters=3)},
        {"horizon_months": 48},
        {"pins": {"constraint-map": "never"}},
    ],
)
def test_a_plan_whose_question_has_moved_gives_way(moved: dict[str, object]) -> None:
    """The plan made step by step stands, and the evaluation says that the computed one is out of date."""
    assessment = USED.model_copy(update={"economics": USED.economics.model_copy(update=moved)})
    found, plain = _evaluated(assessment), _evaluated(step_by_step(assessment))
    assert found.stale
    assert not found.computed
    assert found.plan == plain.plan


def test_an_answer_that_moves_makes_it_stale_and_a_note_does_not() -> None:
    """What the plan follows from is where the answers stand, not what is written about them."""
    name = next(key for key, answer in USED.answers.items() if answer.option == 1)
    answer = USED.answers[name]
    noted = USED.model_copy(update={"answers": {**USED.answers, name: answer.model_copy(update={"note": "Seen."})}})
    moved = USED.model_copy(update={"answers": {**USED.answers, name: Answer(option=2)}})
    assert _evaluated(noted).computed
    assert _evaluated(moved).stale


def test_a_forged_calendar_is_not_shown() -> None:
    """One that breaks a limit of the team stands nowhere, whatever hash it bears."""
    spans = dict.fromkeys(KEPT.whole.spans, (1, 1)) if KEPT is not None else {}
    assert KEPT is not None
    forged = KEPT.model_copy(update={"whole": KEPT.whole.model_copy(update={"spans": spans})})
    assert _evaluated(with_plan(_small(), forged)).stale


def test_a_calendar_without_its_work_is_not_shown() -> None:
    """Nobody could say whether a month has the people for it."""
    assert KEPT is not None
    bare = KEPT.model_copy(update={"whole": KEPT.whole.model_copy(update={"weeks": {}})})
    assert _evaluated(with_plan(_small(), bare)).stale


def test_going_back_keeps_it_for_the_next_time() -> None:
    """Step by step in use, the kept plan still fits and needs no search to be used again."""
    economics = USED.economics.model_copy(update={"plan": "step_by_step"})
    back = _evaluated(USED.model_copy(update={"economics": economics}))
    assert not back.computed
    assert not back.stale
    assert back.plan.placements == BASE.plan.placements
    assert fits(back.assessment, question_of(back)) == KEPT


def test_parts_of_the_money_buy_computed_plans_too() -> None:
    """Each share buys what a search found for it, within its limit; the whole is the plan in use."""
    evaluation = _evaluated(USED)
    model = evaluation.model
    whole = model.purchase(1.0)
    assert whole.plan is evaluation.plan
    for share in SHARES:
        bought = model.purchase(share)
        assert bought.plan.status in {"optimal", "feasible", "greedy"}
        assert bought.cost <= share * whole.cost * (1 + 1e-9)
        kept = evaluation.assessment.economics.computed
        assert kept is not None
        assert {item.initiative for item in bought.plan.placements} == set(kept.funded[f"{100 * share:.0f}"].spans)


def test_a_part_bought_by_search_is_worth_no_less_than_step_by_step() -> None:
    """Under the same limit and measure."""
    evaluation = _evaluated(USED)
    model = evaluation.model
    greedy = EconomicModel(
        evaluation.questionnaire, step_by_step(USED), evaluation.initiatives, FIGURES, evaluation.plan, {}
    )
    problem = problem_of(evaluation, {})

    def worth(share: float, given: EconomicModel) -> float:
        placements = given.purchase(share).plan.placements
        return problem.value_by_month((item.initiative, item.start_month, item.finish_month) for item in placements)

    for share in SHARES:
        assert worth(share, model) >= worth(share, greedy) - 1e-9


def test_a_plan_for_other_demands_is_not_kept() -> None:
    """It would be shown as what the assessment asks for."""
    other = replace(FOUND, problem=replace(FOUND.problem, capacity=Capacity(quarters=4)))
    assert keep(BASE, other) is None


def test_a_kept_plan_needs_a_hash() -> None:
    """Without one nobody could say what it answers."""
    with pytest.raises(ValueError, match="pattern"):
        KeptPlan.model_validate({"question": "x", "whole": {"spans": {}, "weeks": {}, "status": "optimal"}})


def test_what_is_kept_is_not_searched_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same request is answered from what is kept, with the same worth and bound; another one is searched."""
    calls = list[object]()

    def searched(*given: object) -> Computed:
        calls.append(given)
        return FOUND

    monkeypatch.setattr(request, "computed_for", searched)
    base = _evaluated(step_by_step(USED))
    found = request.answer(base, request.Request("optimal", {})).computed
    assert calls == []
    assert found is not None
    assert found.plan == FOUND.plan
    assert (found.value, found.greedy) == pytest.approx((FOUND.value, FOUND.greedy))
    assert found.bound == pytest.approx(max(FOUND.bound or 0.0, FOUND.value))
    request.answer(base, request.Request("optimal", {"constraint-map": Pin("never")}))
    assert len(calls) == 1
