"""What a team demands of its plan: stored as events, refused when it is no demand, lossless in export and import."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assessment.answers import KeptPlan, KeptSchedule
from assessment.errors import InputError
from examples import EXAMPLE
from workspace.service import Workspace

OWN = (Path(__file__).parents[1] / "data" / "own-initiatives.yaml").read_bytes()


def test_a_demand_is_kept_changed_and_cleared(workspace: Workspace) -> None:
    """The latest demand on an initiative stands; clearing it leaves the others."""
    found = workspace.import_any(EXAMPLE.read_bytes(), "example.json")[0]
    workspace.set_pin(found, "pipeline-gates", "Q2")
    workspace.set_pin(found, "pipeline-gates", ">=Q3")
    workspace.set_pin(found, "constraint-map", "never")
    assert workspace.open(found).assessment.economics.pins == {"pipeline-gates": ">=Q3", "constraint-map": "never"}
    workspace.set_pin(found, "constraint-map", None)
    assert workspace.open(found).assessment.economics.pins == {"pipeline-gates": ">=Q3"}


def test_demands_come_back_from_a_file(workspace: Workspace) -> None:
    """An exported assessment brings its demands along; one without has no such key."""
    found = workspace.import_any(EXAMPLE.read_bytes(), "example.json")[0]
    assert "pins" not in json.loads(workspace.export(found))["economics"]
    workspace.set_pin(found, "pipeline-gates", "Q2")
    raw = workspace.export(found)
    again = workspace.import_any(raw, "again.json")[0]
    assert workspace.open(again).assessment.economics.pins == {"pipeline-gates": "Q2"}
    assert json.loads(workspace.export(again)) == json.loads(raw)


@pytest.mark.parametrize(
    ("name", "demand"), [("pipeline-gates", "Q0"), ("pipeline-gate", "Q1"), ("pipeline-gates", "")]
)
def test_what_is_no_demand_is_refused(workspace: Workspace, name: str, demand: str) -> None:
    """An unknown initiative and another form change nothing."""
    found = workspace.import_any(EXAMPLE.read_bytes(), "example.json")[0]
    with pytest.raises(InputError):
        workspace.set_pin(found, name, demand)
    assert workspace.open(found).assessment.economics.pins == {}


def test_a_demand_on_own_work_is_kept_and_goes_with_that_work(workspace: Workspace) -> None:
    """What the team wrote can be demanded; taken away it leaves no demand behind, and a built-in one keeps its own."""
    found = workspace.import_any(EXAMPLE.read_bytes(), "example.json")[0]
    with pytest.raises(InputError):
        workspace.set_pin(found, "move-the-lab", "Q2")
    workspace.import_initiatives(found, OWN, "ours.yaml")
    workspace.set_pin(found, "move-the-lab", "Q2")
    workspace.set_pin(found, "constraint-map", "never")
    raw = workspace.export(found)
    assert json.loads(workspace.export(workspace.import_any(raw, "again.json")[0])) == json.loads(raw)
    workspace.set_initiative(found, "move-the-lab", None)
    workspace.set_initiative(found, "constraint-map", None)
    assert workspace.open(found).assessment.economics.pins == {"constraint-map": "never"}


KEPT = KeptPlan(
    question="0" * 64,
    whole=KeptSchedule(
        spans={"constraint-map": (1, 2)}, weeks={"constraint-map": (10.0, 10.0)}, status="optimal", gap=0.01
    ),
)


def test_a_computed_plan_is_kept_and_put_to_use_in_one_save(workspace: Workspace) -> None:
    """The plan and the choice come together; going back to step by step leaves the plan where it is."""
    found = workspace.import_any(EXAMPLE.read_bytes(), "example.json")[0]
    assert "computed" not in json.loads(workspace.export(found))["economics"]
    workspace.use_plan(found, KEPT, actor="A")
    economics = workspace.open(found).assessment.economics
    assert (economics.plan, economics.computed) == ("computed", KEPT)
    workspace.set_economics(found, "plan", "step_by_step")
    economics = workspace.open(found).assessment.economics
    assert (economics.plan, economics.computed) == ("step_by_step", KEPT)


def test_a_computed_plan_comes_back_from_a_file(workspace: Workspace) -> None:
    """An exported assessment brings its plan along, and whoever imports it has the same one in use."""
    found = workspace.import_any(EXAMPLE.read_bytes(), "example.json")[0]
    workspace.use_plan(found, KEPT)
    raw = workspace.export(found)
    again = workspace.import_any(raw, "again.json")[0]
    assert workspace.open(again).assessment.economics.computed == KEPT
    assert json.loads(workspace.export(again)) == json.loads(raw)
