"""Who follows long work hears how far it is to its end, and ends it between two steps."""

from __future__ import annotations

import pytest

from assessment.answers import Assessment
from assessment.errors import StoppedError
from assessment.questionnaire import Questionnaire
from models.case import case_of
from models.cost_curves import simulate
from models.evaluation import Evaluation, evaluate
from models.initiatives import InitiativeFile
from models.parameters import ParameterFile
from models.planning.keeping import keep
from models.planning.request import Request, answer
from models.planning.solving import Search
from models.scenario_runs import run_base, run_scenario
from models.scenarios import load_scenarios, standing
from models.watching import Steps, Watch


@pytest.fixture(scope="module")
def found(
    questionnaire: Questionnaire, initiatives: InitiativeFile, parameters: ParameterFile, example: Assessment
) -> Evaluation:
    """Return the worked example without its economic half."""
    return evaluate(questionnaire, example, initiatives, parameters, paths=400, with_economics=False)


def test_a_part_is_told_on_the_scale_of_the_whole() -> None:
    """Half of the last quarter is seven eighths; a part of a part is as well."""
    heard, said = list[float](), list[str]()
    watch = Watch(heard.append, said=said.append).part(0.5, 1.0).part(0.5, 1.0)
    watch.step(0.5)
    watch.said("pages")
    assert (heard, said) == ([0.875], ["pages"])


def test_a_step_ends_work_that_is_to_stop() -> None:
    """Nothing is told of a step that is not begun."""
    heard = list[float]()
    with pytest.raises(StoppedError):
        Watch(heard.append, lambda: True).step(0.5)
    assert heard == []


def test_steps_beyond_their_number_are_the_last() -> None:
    """A share is never above one."""
    heard = list[float]()
    steps = Steps(Watch(heard.append), 2)
    for _ in range(4):
        steps.next()
    assert heard == [0.0, 0.5, 1.0, 1.0]


def test_the_whole_simulation_is_followed(found: Evaluation) -> None:
    """Curves, break-even and the other end of what is unknown: shares rise to one."""
    heard = list[float]()
    given = (found.questionnaire, found.assessment, found.initiatives, found.parameters)
    evaluate(*given, paths=2_500, progress=heard.append)
    assert heard == sorted(heard)
    assert any(0.4 < share <= 0.7 for share in heard)


@pytest.mark.parametrize("after", [0.3, 0.5, 0.8])
def test_each_part_of_the_simulation_can_be_stopped(found: Evaluation, after: float) -> None:
    """Also the break-even, and the run with unknown answers at their lowest."""
    heard = [0.0]
    open_ = found.assessment.answers | {
        name: item.model_copy(update={"unknown": True, "option": None, "figure": None})
        for name, item in list(found.assessment.answers.items())[:1]
    }
    assessment = found.assessment.model_copy(update={"answers": open_})
    with pytest.raises(StoppedError):
        evaluate(
            found.questionnaire,
            assessment,
            found.initiatives,
            found.parameters,
            paths=2_500,
            progress=heard.append,
            should_stop=lambda: heard[-1] >= after,
        )
    assert heard[-1] < 1.0


def test_a_case_needs_no_simulation(found: Evaluation) -> None:
    """Inputs and programme are those that the curves are drawn from."""
    given = (found.questionnaire, found.assessment, found.initiatives, found.parameters)
    quick, slow = case_of(found), case_of(evaluate(*given, paths=400))
    assert quick is not None
    assert slow is not None
    drawn = [simulate(case.inputs, case.programme, paths=400, seed=1) for case in (quick, slow)]
    assert drawn[0].expected_npv == drawn[1].expected_npv


def test_a_scenario_is_followed_and_stopped(found: Evaluation) -> None:
    """Its share rises to one; who follows may end it."""
    heard = list[float]()
    case, (first, *_) = case_of(found), standing(load_scenarios(), {})
    assert case is not None
    base = run_base(case, paths=2_500, seed=1)
    run_scenario(case, base, first, Watch(heard.append))
    assert heard[-1] == 1.0
    with pytest.raises(StoppedError):
        run_scenario(case, base, first, Watch(should_stop=lambda: True))


def test_what_is_kept_of_a_plan_is_whole_or_nothing(
    questionnaire: Questionnaire, initiatives: InitiativeFile, parameters: ParameterFile, example: Assessment
) -> None:
    """A search for parts of the money that is stopped leaves nothing; followed to its end it tells every part."""
    economics = example.economics
    capacity = economics.capacity.model_copy(update={"quarters": 3, "at_most_at_once": 2})
    small = example.model_copy(update={"economics": economics.model_copy(update={"capacity": capacity})})
    base = evaluate(questionnaire, small, initiatives, parameters, paths=400)
    request = Request.of(base, "optimal", [], compare=False)
    computed = answer(base, request, Search(moves=50)).computed
    assert computed is not None
    heard = list[float]()
    assert keep(base, computed, Watch(heard.append)) is not None
    assert heard[-1] == 1.0
    with pytest.raises(StoppedError):
        keep(base, computed, Watch(should_stop=lambda: True))
