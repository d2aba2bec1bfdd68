"""What a plan delivers: nothing under a low ceiling, nothing from ignorance."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.answers import Answer, Assessment, Capacity, Range
from assessment.loading import load_questionnaire
from assessment.questionnaire import Questionnaire
from assessment.scoring import score
from models.effects import delivered_maturity
from models.initiatives import InitiativeFile, load_initiatives
from models.position import Position
from models.roadmap import Placement, Plan
from questionnaires import INITIATIVES, QUESTIONNAIRE
from tests.conftest import answered

BUILT_IN = load_questionnaire(QUESTIONNAIRE)
WORK = load_initiatives(INITIATIVES, BUILT_IN)
IDS = sorted(BUILT_IN.by_id)
HORIZON = 24


def plan_of(*names: str, month: int = 3) -> Plan:
    """Return a plan whose initiatives are all finished in ``month``, in the order given."""
    placements = tuple(Placement(name, index + 1, month, "raises_effective", 0.0) for index, name in enumerate(names))
    zero = Range(low=0, mode=0, high=0)
    return Plan(placements, (), Capacity(), zero, zero, zero, month)


def at_two(**low: int) -> Assessment:
    """Return answers at 2 everywhere, with step-1 questions as given."""
    return answered(BUILT_IN, dict.fromkeys(IDS, 2) | {f"constraints.{name}": level for name, level in low.items()})


IMPOSSIBLE = {
    "pipelines under schema contention": (
        {"topology": 0, "coupling": 4, "breaking_point": 4},
        ("performance-gate", "compliance-gates", "contract-tests", "independent-releases"),
        ("cicd",),
        "v",
    ),
    "containers under synchronous flows": (
        {"topology": 4, "coupling": 0, "breaking_point": 0},
        ("codify-environments", "continuous-controls"),
        ("iac",),
        "w",
    ),
    "auto-scaling under tight coupling": (
        {"topology": 4, "coupling": 0, "breaking_point": 4},
        ("targets-against-reality", "continuous-controls"),
        ("iac",),
        "w",
    ),
}


@pytest.mark.parametrize("case", IMPOSSIBLE)
def test_the_three_impossibilities(case: str) -> None:
    """Tooling bought under a low ceiling raises practice and gains nothing that acts: the article's three examples."""
    low, names, dimensions, effect = IMPOSSIBLE[case]
    start = at_two(**{key.replace("_", "-"): value for key, value in low.items()})
    plan = plan_of(*names)
    position = Position.of(BUILT_IN, start, "half")
    done = tuple(WORK.by_id[name] for name in names)
    after = start.model_copy(
        update={"answers": {name: Answer(option=option) for name, option in position.after(done).options.items()}}
    )
    for dimension in dimensions:
        before_score, after_score = (
            score(BUILT_IN, start).dimensions[dimension],
            score(BUILT_IN, after).dimensions[dimension],
        )
        assert (after_score.practice.point or 0) > (before_score.practice.point or 0)
        assert after_score.effective.point == before_score.effective.point
    track = delivered_maturity(BUILT_IN, start, WORK, plan, HORIZON)[effect]
    assert np.all(track == 0)


def test_lifting_the_constraint_releases_what_was_stranded() -> None:
    """The same tooling earns as soon as the binding constraint is lifted."""
    start = at_two(topology=0, coupling=4, **{"breaking-point": 4})
    tooling = ("performance-gate", "compliance-gates", "contract-tests", "independent-releases")
    lifted = ("constraint-map", "carve-out-critical-units")
    alone = delivered_maturity(BUILT_IN, start, WORK, plan_of(*tooling), HORIZON)
    both = delivered_maturity(BUILT_IN, start, WORK, plan_of(*lifted, *tooling), HORIZON)
    assert np.all(alone["v"] == 0)
    assert both["v"][-1] > 0.4


def test_by_hand() -> None:
    """One initiative by hand: rehearsal 0 to 2 raises fault isolation and IaC, and M follows the mapping."""
    start = answered(BUILT_IN, dict.fromkeys(IDS, 0) | {name: 4 for name in IDS if name.startswith("constraints.")})
    track = delivered_maturity(BUILT_IN, start, WORK, plan_of("restore-rehearsal"), HORIZON)
    raised = {lift.question: lift.to for lift in WORK.by_id["restore-rehearsal"].raises}
    weights = {
        question.id: question.dimensions["iac"] for question in BUILT_IN.asked("pulse") if "iac" in question.dimensions
    }
    expected = 100 * sum(weights.get(name, 0) * level / 4 for name, level in raised.items()) / sum(weights.values())
    assert track["w"][2] == 0
    assert track["w"][3] == pytest.approx(expected / 50)
    assert track["w"][-1] == track["w"][3]
    assert np.all(track["a"] == 0)


def test_capacity_track_by_hand() -> None:
    """M_a is twice the weighted fall of the severities."""
    start = answered(BUILT_IN, dict.fromkeys(IDS, 0))
    track = delivered_maturity(BUILT_IN, start, WORK, plan_of("constraint-map", "carve-out-critical-units"), HORIZON)
    rises = Position.of(BUILT_IN, start, "half").after(
        (WORK.by_id["constraint-map"], WORK.by_id["carve-out-critical-units"])
    )
    after = start.model_copy(
        update={"answers": {name: Answer(option=option) for name, option in rises.options.items()}}
    )
    old, new = score(BUILT_IN, start).factors, score(BUILT_IN, after).factors
    expected = 2 * sum(
        factor.capacity_weight * ((old[factor.id].severity.point or 0) - (new[factor.id].severity.point or 0))
        for factor in BUILT_IN.wall_factors
    )
    assert expected > 0
    assert track["a"][-1] == pytest.approx(expected)


sheets = st.fixed_dictionaries(dict.fromkeys(IDS, st.one_of(st.integers(0, 4), st.none())))
plans = st.lists(st.sampled_from(sorted(WORK.by_id)), min_size=1, max_size=12, unique=True)


def assess(sheet: dict[str, Any]) -> Assessment:
    """Return a sheet as an assessment; None is an unknown answer."""
    answers = {name: Answer(unknown=True) if level is None else Answer(option=level) for name, level in sheet.items()}
    return answered(BUILT_IN, {}).model_copy(update={"answers": answers})


@settings(max_examples=400)
@given(sheets, plans, st.sets(st.sampled_from(IDS), min_size=1, max_size=6))
def test_ignorance_claims_no_benefit(sheet: dict[str, Any], names: list[str], forgotten: set[str]) -> None:
    """Law 14 at its root: turning answers from known to unknown raises no delivered maturity, in any month."""
    known = delivered_maturity(BUILT_IN, assess(sheet), WORK, plan_of(*names), HORIZON)
    blind = delivered_maturity(BUILT_IN, assess({**sheet, **dict.fromkeys(forgotten)}), WORK, plan_of(*names), HORIZON)
    for effect, track in known.items():
        assert np.all(blind[effect] <= track + 1e-9), effect


@settings(max_examples=200)
@given(st.fixed_dictionaries(dict.fromkeys(IDS, st.integers(0, 4))), plans, st.sampled_from(IDS))
def test_the_first_answer_forgotten_claims_no_benefit(sheet: dict[str, Any], names: list[str], one: str) -> None:
    """Law 14 where it is tight: with every other answer known, most effects have nothing to do with the one."""
    known = delivered_maturity(BUILT_IN, assess(sheet), WORK, plan_of(*names), HORIZON)
    blind = delivered_maturity(BUILT_IN, assess({**sheet, one: None}), WORK, plan_of(*names), HORIZON)
    for effect, track in known.items():
        assert np.all(blind[effect] <= track + 1e-9), effect


@settings(max_examples=150)
@given(st.fixed_dictionaries(dict.fromkeys(IDS, st.integers(0, 4))), plans)
def test_without_unknowns_it_is_the_assessment_scored_again(sheet: dict[str, int], names: list[str]) -> None:
    """With every answer known, the rise is exactly the difference of two scorings; and never negative."""
    start = assess(sheet)
    done = tuple(WORK.by_id[name] for name in names)
    options = Position.of(BUILT_IN, start, "half").after(done).options
    end = start.model_copy(update={"answers": {name: Answer(option=option) for name, option in options.items()}})
    old, new = score(BUILT_IN, start).dimensions, score(BUILT_IN, end).dimensions
    rise = {name: (new[name].effective.point or 0) - (old[name].effective.point or 0) for name in old}
    tracks = delivered_maturity(BUILT_IN, start, WORK, plan_of(*names), HORIZON)
    for effect, mapping in BUILT_IN.economics.effects.items():
        expected = sum(weight * rise[name] for name, weight in mapping.dimensions.items()) / 50
        assert tracks[effect][-1] == pytest.approx(expected, abs=1e-9)
        assert tracks[effect][-1] >= -1e-12


@settings(max_examples=100)
@given(sheets, plans)
def test_the_other_end_is_never_lower(sheet: dict[str, Any], names: list[str]) -> None:
    """What unknown answers might bring is at least what is guaranteed of those that the plan raises alone."""
    start = assess(sheet)
    sure = delivered_maturity(BUILT_IN, start, WORK, plan_of(*names), HORIZON)
    other = delivered_maturity(BUILT_IN, start, WORK, plan_of(*names), HORIZON, guaranteed=False)
    for effect, track in sure.items():
        assert np.all(track <= other[effect] + 1e-9), effect


def test_another_questionnaire_without_a_mapping(four_step: Questionnaire) -> None:
    """A questionnaire that maps no effects delivers them by all dimensions alike."""
    file = InitiativeFile.model_validate_json(
        '{"format":"sixstep-initiatives/1","questionnaire":"small-clinic","version":"1",'
        '"price_year":2026,"cost_grade":"assumption","cost_grounds":"made up","initiatives":['
        '{"id":"write-target","title":"t","step":"plan","summary":"s","raises":[{"question":"plan.target","start":0,"to":3}],"effort":{"low":1,"mode":2,"high":3},'
        '"external_cost":{"low":0,"mode":0,"high":0},"run_cost":{"low":0,"mode":0,"high":0},"most_people":2,'
        '"done_when":"d","first_week":"f","does_not_fix":"n"}]}'
    )
    start = answered(four_step, {"look.box": 3, "plan.target": 0, "build.release": 0, "learn.review": 0})
    tracks = delivered_maturity(four_step, start, file, plan_of("write-target"), HORIZON)
    # watch rises from 0 to 50 (one of two equal questions), change not at all: (50 + 0) / 2 / 50 = .5
    assert tracks["f"][-1] == pytest.approx(0.5)
