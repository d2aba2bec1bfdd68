"""A team's own initiatives are kept as events, brought in from files, and survive export and import."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assessment.errors import InputError
from models.own_initiatives import MOST_OWN
from store.folding import Change
from store.log import Stamp, Store
from workspace.service import Workspace

FILE = (Path(__file__).parents[1] / "data" / "own-initiatives.yaml").read_bytes()
HOSTILE = "=cmd|'/c calc'!A0 <script>alert(1)</script> **b** \u202e"


def test_a_file_comes_in_and_goes_out_again(workspace: Workspace) -> None:
    """What is taken away is read back by another assessment, and by an import of the whole one."""
    name = workspace.create("First")
    assert workspace.import_initiatives(name, FILE, "ours.yaml") == ("move-the-lab", "constraint-map")
    raw = workspace.initiatives_file(name)
    other = workspace.create("Second")
    workspace.import_initiatives(other, raw, "ours.json")
    assert workspace.open(other).assessment.initiatives == workspace.open(name).assessment.initiatives
    exported = workspace.export(name)
    twin = workspace.import_document(exported, "first.json")
    assert workspace.export(twin) == exported
    assert workspace.initiatives_of(twin) == workspace.initiatives_of(name)


def test_one_is_changed_and_given_back(workspace: Workspace) -> None:
    """A built-in one returns, an own one is gone, and the history keeps both."""
    name = workspace.create("First")
    built_in = workspace.initiatives_of(name).by_id["constraint-map"]
    workspace.import_initiatives(name, FILE, "ours.yaml")
    changed = workspace.initiatives_of(name).by_id["move-the-lab"].model_copy(update={"title": HOSTILE})
    workspace.set_initiative(name, "move-the-lab", changed)
    assert workspace.initiatives_of(name).by_id["move-the-lab"].title == HOSTILE
    workspace.set_initiative(name, "constraint-map", None)
    workspace.set_initiative(name, "move-the-lab", None)
    assert workspace.initiatives_of(name).by_id["constraint-map"] == built_in
    assert workspace.open(name).assessment.initiatives == {}
    assert len(workspace.history(name, "initiative", "move-the-lab")) == 3


def test_a_faulty_file_changes_nothing(workspace: Workspace) -> None:
    """Every fault is told with its line, all or none."""
    name = workspace.create("First")
    wrong = FILE.replace(b"mode: 6", b"mode: 60").replace(b"step: constraints", b"step: nowhere", 1)
    with pytest.raises(InputError, match=r"ours\.yaml:"):
        workspace.import_initiatives(name, wrong, "ours.yaml")
    assert workspace.open(name).assessment.initiatives == {}


def test_one_that_breaks_a_rule_is_refused(workspace: Workspace) -> None:
    """Also when it comes from a form, without a file."""
    name = workspace.create("First")
    workspace.import_initiatives(name, FILE, "ours.yaml")
    item = workspace.initiatives_of(name).by_id["constraint-map"]
    circle = item.model_copy(update={"requires": ("move-the-lab",)})
    with pytest.raises(InputError, match="requires itself through others"):
        workspace.set_initiative(name, "constraint-map", circle)
    with pytest.raises(InputError, match="save it under that"):
        workspace.set_initiative(name, "another", item)
    for_nothing = item.model_copy(update={"effort": item.effort.model_copy(update={"low": 0.0, "mode": 0.0})})
    with pytest.raises(InputError, match="the likely effort is nothing"):
        workspace.set_initiative(name, "constraint-map", for_nothing)


def test_there_is_room_for_so_many(workspace: Workspace) -> None:
    """One more is refused."""
    name = workspace.create("First")
    item = json.loads(workspace.initiatives_of(name).by_id["constraint-map"].model_dump_json())
    many = [{**item, "id": f"own-{number}"} for number in range(MOST_OWN)]
    whole = {"format": "sixstep-own-initiatives/1", "questionnaire": "healthcare-platform", "initiatives": many}
    workspace.import_initiatives(name, json.dumps(whole).encode(), "many.json")
    one = workspace.initiatives_of(name).by_id["constraint-map"]
    with pytest.raises(InputError):
        workspace.set_initiative(name, "constraint-map", one)


def test_a_faulty_one_in_an_assessment_is_named_with_its_line(workspace: Workspace) -> None:
    """Nothing of the file is imported."""
    name = workspace.create("First")
    workspace.import_initiatives(name, FILE, "ours.yaml")
    raw = workspace.export(name).replace(b'"to": 3', b'"to": 30')
    with pytest.raises(InputError, match=r"first\.json:\d+: move-the-lab: "):
        workspace.import_document(raw, "first.json")
    assert len(workspace.assessments()) == 1


def test_the_next_quarter_keeps_them(workspace: Workspace) -> None:
    """A team writes its work once."""
    name = workspace.create("First")
    workspace.import_initiatives(name, FILE, "ours.yaml")
    after = workspace.open(workspace.next_quarter(name)).assessment.initiatives
    assert after == workspace.open(name).assessment.initiatives


def test_they_fold_from_their_events(store: Store, workspace: Workspace) -> None:
    """What another process wrote is read."""
    name = workspace.create("First")
    data = json.loads(workspace.initiatives_of(name).by_id["constraint-map"].model_dump_json())
    store.append(name, [Change("initiative", "constraint-map", data)], Stamp("", "2026.2"))
    assert workspace.open(name).assessment.initiatives == {"constraint-map": data}
