"""The greedy plan: capacity, prerequisites, and the binding constraint before what it would strand."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.answers import Answer, Assessment, Capacity
from assessment.errors import InputError
from assessment.loading import load_assessment, load_questionnaire
from assessment.questionnaire import Questionnaire
from examples import EXAMPLE
from models.initiatives import InitiativeFile, load_initiatives
from models.position import Position
from models.roadmap import Plan, plan_roadmap
from questionnaires import INITIATIVES, QUESTIONNAIRE
from tests.conftest import answered

BUILT_IN = load_questionnaire(QUESTIONNAIRE)
WORK = load_initiatives(INITIATIVES, BUILT_IN)
IDS = sorted(BUILT_IN.by_id)
capacities = st.builds(
    Capacity,
    person_weeks_per_quarter=st.sampled_from([6.0, 24.0, 60.0, 200.0]),
    at_most_at_once=st.integers(1, 5),
    quarters=st.integers(1, 12),
)
sheets = st.fixed_dictionaries(dict.fromkeys(IDS, st.integers(0, 4)))


def test_every_question_has_a_way_up_from_every_level() -> None:
    """For each question and each level below the top, some initiative or chain leads to the top."""
    for question in BUILT_IN.questions:
        for level in range(4):
            start = answered(BUILT_IN, dict.fromkeys(IDS, 4) | {question.id: level}, mode="full")
            plan = plan_roadmap(BUILT_IN, start, WORK, Capacity(person_weeks_per_quarter=500, quarters=20))
            end = Position.of(BUILT_IN, start, "top").after(
                tuple(
                    WORK.by_id[item.initiative] for item in sorted(plan.placements, key=lambda item: item.finish_month)
                )
            )
            assert end.options[question.id] == 4, (question.id, level)


def test_the_binding_constraint_comes_before_what_it_would_strand() -> None:
    """With coupling at 0 and CI/CD at 2 the plan decouples before it buys pipelines."""
    levels = dict.fromkeys(IDS, 2) | {
        "constraints.coupling": 0,
        "constraints.topology": 4,
        "constraints.breaking-point": 4,
    }
    plan = plan_roadmap(BUILT_IN, answered(BUILT_IN, levels), WORK)
    order = [item.initiative for item in plan.placements]
    pipelines = [name for name in ("performance-gate", "compliance-gates", "contract-tests") if name in order]
    assert pipelines
    first = plan.placements[0]
    assert first.constraint == "tight_coupling"
    assert all(order.index("asynchronous-messaging") < order.index(name) for name in pipelines)


@settings(max_examples=60)
@given(sheets, capacities)
def test_a_plan_keeps_its_limits(sheet: dict[str, int], capacity: Capacity) -> None:
    """No quarter uses more than the capacity, no month more than the work allowed at once; prerequisites come first."""
    start = answered(BUILT_IN, sheet)
    plan = plan_roadmap(BUILT_IN, start, WORK, capacity)
    for state in plan.quarters:
        assert state.person_weeks <= capacity.person_weeks_per_quarter + 1e-9
    for month in range(1, capacity.quarters * 3 + 1):
        running = [item for item in plan.placements if item.start_month <= month <= item.finish_month]
        assert len(running) <= capacity.at_most_at_once
    finished = plan.finish_months
    for item in plan.placements:
        assert item.finish_month <= capacity.quarters * 3
        for needed in WORK.by_id[item.initiative].requires:
            if needed in finished:
                assert finished[needed] < item.start_month
    assert_every_month_of_work_is_bought(plan)
    assert set(finished) | set(plan.left_out) == set(WORK.by_id)
    assert set(plan.left_out.values()) <= {"no_room", "no_gain", "nothing_to_raise", "unanswered", "not_asked"}
    assert_no_reason_is_untrue(start, plan)


def assert_no_reason_is_untrue(start: Assessment, plan: Plan) -> None:
    """What prepares names work that needs it, and what is left out for want of gain raises no score by itself."""
    position = Position.of(BUILT_IN, start, "top")
    placed = {item.initiative: item for item in plan.placements}
    for item in plan.placements:
        assert item.serves is None or item.serves in placed
        if item.reason in ("prepares", "prepares_a_lift"):
            assert item.serves is not None
            assert item.initiative in needed_by(item.serves)
        if item.reason == "prepares_a_lift":
            served = placed[item.serves or ""]
            assert (served.reason, served.constraint) == ("lifts_binding_constraint", item.constraint)
        if item.reason == "raises_nothing":
            assert item.gain <= 1e-9
    done = sorted(plan.placements, key=lambda item: item.finish_month)
    end = position.after(tuple(WORK.by_id[item.initiative] for item in done))
    for name, reason in plan.left_out.items():
        if reason == "no_gain":
            assert end.helped_by(WORK.by_id[name])
            assert end.after((WORK.by_id[name],)).overall() <= end.overall() + 1e-9


def needed_by(name: str) -> set[str]:
    """Return all work that has to be finished before, however far back."""
    found: set[str] = set()
    for other in WORK.by_id[name].requires:
        found |= {other} | needed_by(other)
    return found


def test_work_that_nothing_needs_is_not_said_to_prepare() -> None:
    """Alone, the map of constraints raises a ceiling that holds nothing down: it is not said to prepare."""
    alone = WORK.model_copy(update={"initiatives": (WORK.by_id["constraint-map"],)})
    alone.__dict__.pop("by_id", None)
    placed = plan_roadmap(BUILT_IN, answered(BUILT_IN, 0), alone).placements
    assert [(item.reason, item.serves) for item in placed] == [("raises_nothing", None)]


def test_no_work_of_the_example_prepares_what_the_plan_leaves_out() -> None:
    """What a piece was chosen for may find no room, or come to lift nothing that still binds: neither is said then."""
    start = load_assessment(EXAMPLE)
    plan = plan_roadmap(BUILT_IN, start, WORK)
    assert_no_reason_is_untrue(start, plan)
    breakers = next(item for item in plan.placements if item.initiative == "breakers-and-local-copies")
    assert breakers.serves not in plan.left_out


def assert_every_month_of_work_is_bought(plan: Plan) -> None:
    """What the quarters spend is the effort of what is placed: nothing is begun that cannot be finished."""
    done = sum(WORK.by_id[item.initiative].effort.mode for item in plan.placements)
    assert done == pytest.approx(sum(state.person_weeks for state in plan.quarters), abs=1e-6)


@settings(max_examples=60)
@given(sheets, capacities)
def test_effective_maturity_never_falls_along_a_plan(sheet: dict[str, int], capacity: Capacity) -> None:
    """Quarter by quarter no dimension loses, and no ceiling falls."""
    plan = plan_roadmap(BUILT_IN, answered(BUILT_IN, sheet), WORK, capacity)
    for earlier, later in itertools.pairwise(plan.quarters):
        for name, value in earlier.effective.items():
            assert (later.effective[name] or 0) >= (value or 0) - 1e-9
            assert later.ceiling[name] >= earlier.ceiling[name] - 1e-9


def test_same_input_same_plan_in_any_order_of_answers(example: Assessment) -> None:
    """The order of answers and of initiatives in their files moves nothing."""
    plan = plan_roadmap(BUILT_IN, example, WORK)
    turned = example.model_copy(update={"answers": dict(reversed(example.answers.items()))})
    shuffled = WORK.model_copy(update={"initiatives": tuple(reversed(WORK.initiatives))})
    shuffled.__dict__.pop("by_id", None)
    assert plan_roadmap(BUILT_IN, turned, WORK) == plan
    assert plan_roadmap(BUILT_IN, turned, shuffled).placements == plan.placements


def test_no_work_is_planned_where_nobody_knows() -> None:
    """With every answer unknown the plan is empty, and says so."""
    start = answered(BUILT_IN, {}, mode="full", answers={name: Answer(unknown=True) for name in IDS})
    plan = plan_roadmap(BUILT_IN, start, WORK)
    assert plan.placements == ()
    assert plan.months == 0
    assert set(plan.left_out.values()) == {"unanswered"}


def test_work_on_what_a_pulse_does_not_ask_says_so() -> None:
    """In a pulse, work on questions outside the core is left out for that reason, not as if it were done."""
    plan = plan_roadmap(BUILT_IN, answered(BUILT_IN, 0), WORK)
    core = {question.id for question in BUILT_IN.asked("pulse")}
    unasked = {item.id for item in WORK.initiatives if not core & {lift.question for lift in item.raises}}
    assert unasked
    assert {plan.left_out[name] for name in unasked} == {"not_asked"}


def test_a_team_too_small_for_the_work_is_told(example: Assessment) -> None:
    """What does not fit the horizon is left out for want of room, not forgotten."""
    plan = plan_roadmap(BUILT_IN, example, WORK, Capacity(person_weeks_per_quarter=6, quarters=2))
    assert "no_room" in plan.left_out.values()


BAD = {
    "an unknown question": ("question: constraints.topology", "question: constraints.topolgy", "constraints.topology"),
    "a raise that falls": ("start: 0, to: 2", "start: 2, to: 2", "let it rise"),
    "an unknown step": ("step: constraints", "step: constraint", "did you mean 'constraints'?"),
    "another questionnaire": ("questionnaire: healthcare-platform", "questionnaire: other", "is 'healthcare-platform'"),
}


@pytest.mark.parametrize("name", BAD)
def test_broken_initiatives_are_refused(name: str, questionnaire: Questionnaire, tmp_path: Path) -> None:
    """A fault in an initiatives file names line, id and remedy."""
    old, new, word = BAD[name]
    text = INITIATIVES.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "work.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError, match=word.replace("?", r"\?")) as caught:
        load_initiatives(path, questionnaire)
    assert all(problem.line for problem in caught.value.problems)


def test_a_circle_of_requirements_is_refused(questionnaire: Questionnaire, tmp_path: Path) -> None:
    """An initiative that requires itself through others is refused."""
    data = WORK.model_dump(mode="json")
    first, second = data["initiatives"][:2]
    first["requires"], second["requires"] = [second["id"]], [first["id"]]
    path = tmp_path / "circle.yaml"
    path.write_text(yaml.safe_dump(data), encoding="utf-8")
    with pytest.raises(InputError, match="requires itself through others"):
        load_initiatives(path, questionnaire)


def test_reading_gives_the_same_file(questionnaire: Questionnaire, initiatives: InitiativeFile) -> None:
    """Loading twice gives equal initiatives."""
    assert load_initiatives(INITIATIVES, questionnaire) == initiatives
