"""Targets and the target register are saved at once, under keys of the service, and never over somebody's figures."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from assessment.answers import Range, Workflow
from assessment.errors import InputError
from assessment.questionnaire import Questionnaire
from store.log import Store
from workspace.goals import MOST_WORKFLOWS
from workspace.library import Library
from workspace.service import Workspace


@pytest.fixture
def desk(store: Store, goals: Questionnaire) -> Workspace:
    """A workspace on the questionnaire with targets and a register."""
    return Workspace(store, Library([goals]))


def test_a_preset_and_a_target_are_saved_and_given_back(desk: Workspace) -> None:
    """Both stand after they were set, and are gone after they were taken back."""
    name = desk.create("A")
    desk.set_target_preset(name, "steady")
    desk.set_target(name, "aims.speed", 1)
    found = desk.open(name).assessment
    assert (found.target_preset, found.targets) == ("steady", {"aims.speed": 1})
    desk.set_target_preset(name, None)
    desk.set_target(name, "aims.speed", None)
    found = desk.open(name).assessment
    assert (found.target_preset, found.targets) == ("", {})


def test_targets_off_the_scale_and_unknown_presets_are_refused(desk: Workspace) -> None:
    """The sentence says what would be right, and nothing is saved."""
    name = desk.create("A")
    with pytest.raises(InputError, match="option 3 is not on its scale; use 0 to 2"):
        desk.set_target(name, "work.review", 3)
    with pytest.raises(InputError, match="no target preset 'grow'; did you mean 'growth'"):
        desk.set_target_preset(name, "grow")
    assert desk.open(name).assessment.target_preset == ""


def test_keys_are_given_once(desk: Workspace) -> None:
    """A removed workflow leaves its key unused, so that its history is never mixed with another's."""
    name = desk.create("A")
    assert desk.add_workflow(name, "Medication round") == "w01"
    assert desk.add_workflow(name, " Claims ") == "w02"
    desk.set_workflow(name, "w02", None)
    assert desk.add_workflow(name, "Claims") == "w03"
    assert desk.open(name).assessment.workflows["w03"].name == "Claims"


def test_two_who_add_at_once_get_two_keys(desk: Workspace) -> None:
    """Eight people enter a workflow in the same moment, and eight stand in the register."""
    name = desk.create("A")
    with ThreadPoolExecutor(8) as pool:
        keys = list(pool.map(lambda number: desk.add_workflow(name, f"Workflow {number}"), range(8)))
    assert len(set(keys)) == 8
    assert {item.name for item in desk.open(name).assessment.workflows.values()} == {
        f"Workflow {number}" for number in range(8)
    }


def test_figures_are_saved_and_a_workflow_is_renamed_and_removed(desk: Workspace) -> None:
    """The whole workflow stands as it was given; None takes it out of the register."""
    name = desk.create("A")
    key = desk.add_workflow(name, "Medication round")
    wanted = Workflow(name="Morning round", peak_per_hour=100, availability=0.999, signed_by="Dr Reed")
    desk.set_workflow(name, key, wanted)
    assert desk.open(name).assessment.workflows == {key: wanted}
    desk.set_workflow(name, key, None)
    assert desk.open(name).assessment.workflows == {}
    with pytest.raises(InputError, match="removed in another window; enter it again"):
        desk.set_workflow(name, key, wanted)


def test_a_name_is_needed_and_is_its_own(desk: Workspace) -> None:
    """Blank names and names that are taken are refused, for a new workflow and for a renamed one."""
    name = desk.create("A")
    desk.add_workflow(name, "Claims")
    key = desk.add_workflow(name, "Viewer")
    with pytest.raises(InputError, match="has no name; type one"):
        desk.add_workflow(name, "  ")
    with pytest.raises(InputError, match="another workflow of the register has this name"):
        desk.add_workflow(name, "claims")
    with pytest.raises(InputError, match="another workflow of the register has this name"):
        desk.set_workflow(name, key, Workflow(name="CLAIMS"))
    desk.set_workflow(name, key, Workflow(name="Viewer", surge=2.0))


def test_the_register_has_an_end(desk: Workspace) -> None:
    """One workflow more than fits is refused in a sentence, and the assessment can still be read."""
    name = desk.create("A")
    for number in range(MOST_WORKFLOWS):
        desk.add_workflow(name, f"Workflow {number}")
    with pytest.raises(InputError, match="60 workflows, and no more fit; remove one first"):
        desk.add_workflow(name, "One more")
    assert len(desk.open(name).assessment.workflows) == MOST_WORKFLOWS


def test_the_register_travels_with_the_export(desk: Workspace) -> None:
    """Preset, targets and workflows come back from a file as they went."""
    name = desk.create("A")
    desk.set_target_preset(name, "steady")
    desk.set_target(name, "aims.speed", 1)
    desk.set_workflow(name, desk.add_workflow(name, "Claims"), Workflow(name="Claims", rto_hours=4))
    copy = desk.import_document(desk.export(name), "a.json")
    assert desk.open(copy).assessment == desk.open(name).assessment


def full_register(desk: Workspace) -> str:
    """Return an assessment whose register is complete for the model."""
    name = desk.create("A")
    key = desk.add_workflow(name, "Medication round")
    figures = {"peak_per_hour": 36_000.0, "growth_per_year": 0.2, "surge": 2.0}
    desk.set_workflow(name, key, Workflow.model_validate({"name": "Medication round", **figures}))
    return name


def test_an_offer_enters_the_model_when_it_is_accepted_and_not_before(desk: Workspace) -> None:
    """Nothing stands until a person accepts; then it stands as proposed, with its source."""
    name = full_register(desk)
    assert desk.open(name).assessment.economics.ranges == {}
    desk.accept_register(name, ("g",))
    found = desk.open(name).assessment.economics.ranges
    assert set(found) == {"g"}
    assert found["g"].proposed
    assert found["g"].source.startswith("From the target register: 1 workflow.")


def test_accepting_never_overwrites_what_was_typed(desk: Workspace) -> None:
    """A typed growth is not on offer, and a typed share of capacity keeps demand and surge out."""
    name = full_register(desk)
    mine = Range(low=0.0, mode=0.01, high=0.02)
    desk.set_range(name, "g", mine)
    desk.set_range(name, "rho_0", Range(low=0.4, mode=0.5, high=0.6))
    for symbol in ("g", "D0", "surge"):
        with pytest.raises(InputError, match=f"the target register offers no '{symbol}' now"):
            desk.accept_register(name, (symbol,))
    assert desk.open(name).assessment.economics.ranges["g"] == mine


def test_demand_and_surge_complete_a_load_test(desk: Workspace) -> None:
    """With the capacity typed both are accepted together, in place of an accepted share."""
    name = full_register(desk)
    desk.set_range(name, "X_star", Range(low=20, mode=30, high=40))
    desk.accept_register(name, ("D0", "surge"))
    assert set(desk.open(name).assessment.economics.ranges) == {"X_star", "D0", "surge"}


def test_an_assessment_may_begin_at_the_design_stage(desk: Workspace, goals: Questionnaire) -> None:
    """Its questions are in the words of the design, and it stays at that stage."""
    opened = desk.open(desk.create("A", stage="design"))
    assert opened.assessment.stage == "design"
    assert opened.questionnaire.by_id["limits.box"].prompt == "How many boxes will serve patients?"
    assert opened.questionnaire.stage == "design"
    assert goals.stage == "live"


def test_a_questionnaire_without_design_words_serves_live_products_alone(store: Store, goals: Questionnaire) -> None:
    """It says so, and nothing is begun."""
    worded = tuple(item.model_copy(update={"design": None, "not_in_design": ""}) for item in goals.questions)
    desk = Workspace(store, Library([goals.model_copy(update={"questions": worded})]))
    with pytest.raises(InputError, match="no words for a product that is not launched yet"):
        desk.create("A", stage="design")
    assert desk.assessments() == ()
