"""Named futures: every fault of a file at its line, runs on the same futures, and which one turns the decision."""

from __future__ import annotations

from pathlib import Path

import pytest

from assessment.answers import Assessment, ScenarioChange, ScenarioEdit
from assessment.errors import InputError
from assessment.questionnaire import Questionnaire
from bench.cases import ends, point, stated, typical, typical_ranges
from models.case import Case, case_of
from models.cost_curves import SimulationStoppedError, simulate
from models.decision import decide
from models.evaluation import Evaluation, evaluate
from models.initiatives import InitiativeFile
from models.parameters import load_parameters
from models.programme import Programme
from models.scenario_runs import compare_scenarios
from models.scenarios import DEFAULT_PATH, Standing, edit_problems, load_scenarios, standing

PARAMETERS = load_parameters()
BUILT_IN = load_scenarios()
INPUTS, PROGRAMME = typical()
CASE = Case(INPUTS, PROGRAMME, PARAMETERS)
PATHS = 400


def change(symbol: str, operation: str, low: float, mode: float, high: float) -> ScenarioChange:
    """Return a change of a figure."""
    return ScenarioChange.model_validate(
        {"symbol": symbol, "operation": operation, "low": low, "mode": mode, "high": high}
    )


def named(*changes: ScenarioChange, id_: str = "one") -> Standing:
    """Return a team's own scenario."""
    return Standing(id_, "One", "For a test.", changes, None, edited=True)


def test_the_article_is_covered(questionnaire: Questionnaire) -> None:
    """The five future shifts and the four stressors are there, by the questionnaire's ids, each with a reason."""
    context = questionnaire.context
    kinds = {"future_shift": context.future_shifts, "stressor": context.stressors}
    for kind, items in kinds.items():
        assert [one.context for one in BUILT_IN.scenarios if one.kind == kind] == [item.id for item in items]
    assert all(one.reason and one.does_not_show and one.grounds for one in BUILT_IN.scenarios)
    assert all(one.because for scenario in BUILT_IN.scenarios for one in scenario.changes)


def test_without_changes_nothing_differs_at_all() -> None:
    """Same figures, same random numbers: the difference is nought and not merely small."""
    found = compare_scenarios(CASE, [named()], paths=PATHS, seed=1).runs[0]
    assert all((each.mean, each.standard_error) == (0.0, 0.0) for each in found.differences.values())
    assert not found.flips
    alone = decide(simulate(INPUTS, PROGRAMME, paths=PATHS, seed=1), INPUTS.thresholds)
    assert found.decision.expected_npv == alone.expected_npv


def test_multiplying_every_figure_by_one_differs_by_nought() -> None:
    """Identity of every change is identity of the run."""
    same = named(*(change(symbol, "multiply", 1.0, 1.0, 1.0) for symbol in INPUTS.figures if symbol != "X_star"))
    found = compare_scenarios(CASE, [same], paths=PATHS, seed=1).runs[0]
    assert {each.mean for each in found.differences.values()} == {0.0}


def test_the_difference_is_that_of_the_shown_values() -> None:
    """Mean difference = shown value less shown value; its error is that of pairs, far below that of two runs."""
    comparison = compare_scenarios(CASE, [named(change("A0", "multiply", 2.0, 2.0, 2.0))], paths=PATHS, seed=1)
    run = comparison.runs[0]
    here, base = run.curves.strategies["now"].npv, comparison.curves.strategies["now"].npv
    assert here is not None
    assert base is not None
    assert run.differences["now"].mean == pytest.approx(here.mean - base.mean)
    assert 0.0 < run.differences["now"].standard_error < 0.2 * base.standard_error


def test_the_base_is_the_evaluation_itself(evaluated_example: Evaluation) -> None:
    """The base case stands in the comparison as everywhere else, to the last digit."""
    evaluation = evaluated_example
    case = case_of(evaluation)
    assert case is not None
    comparison = compare_scenarios(case, [], paths=PATHS, seed=1)
    assert evaluation.economics is not None
    assert comparison.decision.expected_npv == evaluation.economics.decision.expected_npv
    assert comparison.decision.evpi == evaluation.economics.decision.evpi
    assert comparison.nearest is None


@pytest.fixture
def evaluated_example(questionnaire: Questionnaire, example: Assessment, initiatives: InitiativeFile) -> Evaluation:
    """Return the worked example, evaluated on few paths."""
    return evaluate(questionnaire, example, initiatives, PARAMETERS, paths=PATHS, seed=1)


def test_a_flip_is_found_where_one_is_built() -> None:
    """A programme that pays stops to pay when it costs a hundred times as much, and the comparison names that one."""
    programme = Programme.full(60, 12, point(1.0e6), point(1.0e4))
    fragile = {**typical_ranges(), "lambda0": point(8.0), "c_h": ends(2e5, 3e5, 4e5), "kappa_R": point(0.0)}
    case = Case(stated(programme, fragile), programme, PARAMETERS)
    dear = named(change("K", "multiply", 100.0, 100.0, 100.0), id_="dear")
    mild = named(change("K", "multiply", 1.01, 1.01, 1.01), id_="mild")
    found = compare_scenarios(case, [mild, dear], paths=PATHS, seed=1)
    assert found.decision.choice == "now"
    assert [run.standing.id for run in found.flipping] == ["dear"]
    assert found.runs[1].decision.choice == "never"
    assert found.runs[1].distance < 0.0 < found.runs[0].distance < found.distance
    assert found.nearest is found.runs[1]


def test_one_beyond_the_limits_is_kept_with_the_reason_and_the_others_run() -> None:
    """It is no run and turns nothing; the scenarios around it are what they are without it."""
    flood = named(change("lambda0", "multiply", 1e3, 1e3, 1e3), change("g", "set", 0.05, 0.05, 0.05), id_="flood")
    mild = [named(change("K", "multiply", each, each, each), id_=f"mild {each}") for each in (1.01, 1.02)]
    told: list[float] = []
    found = compare_scenarios(CASE, [mild[0], flood, mild[1]], paths=PATHS, seed=1, progress=told.append)
    alone = compare_scenarios(CASE, mild, paths=PATHS, seed=1)
    assert [(run.standing.id, run.distance) for run in found.runs] == [
        (run.standing.id, run.distance) for run in alone.runs
    ]
    assert [each.standing.id for each in found.refused] == ["flood"]
    assert "narrow them to fewer than 2,000" in found.refused[0].reason
    assert [move.symbol for move in found.refused[0].moves] == ["lambda0", "g"]
    assert told[-1] == 1.0


def test_a_run_can_be_stopped() -> None:
    """A page that is left does not go on computing."""
    with pytest.raises(SimulationStoppedError):
        compare_scenarios(CASE, [], paths=PATHS, seed=1, should_stop=lambda: True)


def test_progress_ends_at_one() -> None:
    """The share told rises to all."""
    told: list[float] = []
    compare_scenarios(CASE, [named(), named(id_="two")], paths=PATHS, seed=1, progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("symbol: g,", "symbol: gg,", "no parameter 'gg'; did you mean 'g'?"),
        ("symbol: rho_0,", "symbol: X_star,", "X_star is not known without a load test"),
        ("symbol: rho_0, operation: multiply", "symbol: rho_0, operation: add", "multiply it"),
        ("symbol: lambda0, operation: multiply, low: 1.0", "symbol: lambda0, operation: multiply, low: -1.0", "factor"),
        ("symbol: H_median, operation: multiply", "symbol: H_median, operation: add", "its range is a ratio"),
        ("symbol: lambda0, operation", "symbol: g, operation", "g is changed twice"),
        ("low: 1.0, mode: 1.1, high: 1.25", "low: 1.0, mode: 1.3, high: 1.25", "low <= likely <= high"),
        ("id: ai-workloads", "id: interoperability-mandates", "stands twice"),
        ("grade: weak\n", "grade: guess\n", "grade"),
        ("does_not_show: Penalties and", "doesnt_show: Penalties and", "doesnt_show"),
    ],
)
def test_a_fault_in_a_file_is_a_sentence_at_its_line(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    """Each fault names the file, the line and what would be right."""
    text = DEFAULT_PATH.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "futures.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_scenarios(path)
    assert "futures.yaml:" in str(caught.value)
    assert sentence in str(caught.value)


def test_a_set_range_keeps_within_bounds() -> None:
    """A growth of 300 % a month is refused with the bounds."""
    edit = ScenarioEdit(changes=(change("g", "set", 0.0, 0.1, 3.0),))
    (problem,) = edit_problems(PARAMETERS, {"mine": edit})
    assert "use figures from -0.05 to 0.2" in str(problem)


def test_a_team_changes_a_scenario_and_adds_its_own() -> None:
    """Edits stand in the place of the built-in changes; a scenario of their own comes last."""
    mine = ScenarioEdit(title="A merger", reason="Two hospitals join.", changes=(change("E", "add", 5, 5, 5),))
    edits = {"ai-workloads": ScenarioEdit(changes=(change("g", "add", 0.0, 0.0, 0.0),)), "merger": mine}
    found = standing(BUILT_IN, edits)
    assert [one.id for one in found] == [*BUILT_IN.by_id, "merger"]
    assert (found[1].title, found[1].changes[0].symbol, found[1].edited) == ("AI workloads", "g", True)
    assert (found[-1].title, found[-1].basis) == ("A merger", None)
    assert not found[0].edited
