"""A team's own figures for the named futures are kept, undone, and survive export and import."""

from __future__ import annotations

import json

import pytest

from assessment.answers import Range, ScenarioChange, ScenarioEdit
from assessment.errors import InputError
from workspace.scenarios import MOST_SCENARIOS
from workspace.service import Workspace


def growth(low: float = 0.0, mode: float = 0.001, high: float = 0.002) -> ScenarioChange:
    """Return an addition to the growth of load."""
    return ScenarioChange(symbol="g", operation="add", low=low, mode=mode, high=high)


MERGER = ScenarioEdit(title="A merger", reason="Two hospitals join.", changes=(growth(),))
MILD = ScenarioEdit(changes=(growth(0.0, 0.0, 0.001),))


def test_edits_survive_export_and_import(workspace: Workspace) -> None:
    """Another workspace reads the same scenarios, and its own export has the same bytes."""
    name = workspace.create("First")
    workspace.set_scenario(name, "ai-workloads", MILD)
    workspace.set_scenario(name, "merger", MERGER)
    raw = workspace.export(name)
    twin = workspace.import_document(raw, "first.json")
    assert workspace.open(twin).assessment.economics.scenarios == {"ai-workloads": MILD, "merger": MERGER}
    assert workspace.export(twin) == raw


def test_an_assessment_without_edits_exports_none(workspace: Workspace) -> None:
    """A file of the last release and one of today read alike."""
    assert "scenarios" not in json.loads(workspace.export(workspace.create("First")))["economics"]


def test_resetting_gives_the_built_in_scenario_back(workspace: Workspace) -> None:
    """What was cleared is gone from the assessment and stays in the history."""
    name = workspace.create("First")
    workspace.set_scenario(name, "ai-workloads", MILD)
    workspace.set_scenario(name, "ai-workloads", None)
    assert workspace.open(name).assessment.economics.scenarios == {}
    assert len(workspace.history(name, "economics", "scenarios.ai-workloads")) == 2


def test_an_impossible_change_is_refused(workspace: Workspace) -> None:
    """The sentence says what would be right, and nothing is saved."""
    name = workspace.create("First")
    wrong = ScenarioEdit(changes=(ScenarioChange(symbol="rho_0", operation="add", low=0, mode=0, high=0.1),))
    with pytest.raises(InputError, match="multiply it"):
        workspace.set_scenario(name, "mine", wrong)
    assert workspace.open(name).assessment.economics.scenarios == {}


def test_there_is_room_for_so_many(workspace: Workspace) -> None:
    """One more is refused, and changing one that is there is not."""
    name = workspace.create("First")
    for number in range(MOST_SCENARIOS):
        workspace.set_scenario(name, f"own-{number}", MERGER)
    with pytest.raises(InputError, match="no more fit"):
        workspace.set_scenario(name, "one-more", MERGER)
    workspace.set_scenario(name, "own-0", MILD)


def test_a_faulty_scenario_in_a_file_is_named_with_its_line(workspace: Workspace) -> None:
    """Nothing of the file is imported."""
    name = workspace.create("First")
    workspace.set_scenario(name, "merger", MERGER)
    raw = workspace.export(name).replace(b'"symbol": "g"', b'"symbol": "gg"')
    line = 1 + raw[: raw.index(b'"high"')].count(b"\n") - 1
    with pytest.raises(InputError) as caught:
        workspace.import_document(raw, "first.json")
    assert f"first.json:{line}: merger: no parameter 'gg'" in str(caught.value)
    assert len(workspace.assessments()) == 1


def test_the_next_quarter_keeps_them(workspace: Workspace) -> None:
    """Futures that a team wrote down are not typed again every quarter."""
    name = workspace.create("First")
    workspace.set_scenario(name, "merger", MERGER)
    assert workspace.open(workspace.next_quarter(name)).assessment.economics.scenarios == {"merger": MERGER}


def test_figures_are_saved_together_or_not_at_all(workspace: Workspace) -> None:
    """A refused range leaves the months alone too; what was there comes back with None or its old range."""
    name = workspace.create("First")
    old = Range(low=1, mode=2, high=3)
    workspace.set_range(name, "lambda0", old)
    with pytest.raises(InputError):
        workspace.set_figures(name, {"g": Range(low=9, mode=9, high=9)}, {"delay_months": 6})
    assert workspace.open(name).assessment.economics.delay_months == 12
    workspace.set_figures(name, {"lambda0": Range(low=2, mode=4, high=6), "g": Range(low=0, mode=0, high=0.1)}, {})
    workspace.set_figures(name, {"lambda0": old, "g": None}, {"delay_months": 6})
    economics = workspace.open(name).assessment.economics
    assert economics.ranges == {"lambda0": old}
    assert economics.delay_months == 6


def test_a_share_in_use_taken_over_replaces_a_load_test(workspace: Workspace) -> None:
    """The rule of the economics page holds for what a what-if brings, too."""
    name = workspace.create("First")
    workspace.set_range(name, "D0", Range(low=1, mode=2, high=3))
    workspace.set_figures(name, {"rho_0": Range(low=0.5, mode=0.6, high=0.7)}, {})
    assert set(workspace.open(name).assessment.economics.ranges) == {"rho_0"}


@pytest.mark.parametrize("operation", ["add", "set"])
def test_an_amount_in_a_scenario_is_never_relabelled(workspace: Workspace, operation: str) -> None:
    """Another currency is refused while one stands, naming figure and scenario; a factor is no amount."""
    name = workspace.create("First")
    given = {"symbol": "A0", "low": 1_000.0, "mode": 2_000.0, "high": 3_000.0}
    amount = ScenarioChange.model_validate({**given, "operation": operation})
    workspace.set_scenario(name, "merger", MERGER.model_copy(update={"changes": (growth(), amount)}))
    with pytest.raises(InputError, match=r"A0 in the scenario 'A merger'.*relabel"):
        workspace.change_currency(name, "EUR")
    assert workspace.open(name).assessment.economics.currency == "USD"
    factor = ScenarioChange(symbol="A0", operation="multiply", low=1, mode=1, high=2)
    workspace.set_scenario(name, "merger", MERGER.model_copy(update={"changes": (growth(), factor)}))
    workspace.change_currency(name, "EUR")
    assert workspace.open(name).assessment.economics.currency == "EUR"
