"""Economic figures that exclude each other, the currency with its rate, and the confirmation of the baseline."""

from __future__ import annotations

import json

import pytest

from assessment.answers import EconomicInputs, Range
from assessment.errors import InputError
from models.inputs import economic_problems
from workspace.service import Workspace

SHARE = Range(low=0.5, mode=0.6, high=0.7)
LOAD = Range(low=100, mode=110, high=120)


def economics(workspace: Workspace, name: str) -> EconomicInputs:
    """Return the economic inputs as they stand."""
    return workspace.open(name).assessment.economics


@pytest.mark.parametrize("symbol", ["D0", "X_star"])
def test_a_load_test_replaces_the_typed_share(workspace: Workspace, symbol: str) -> None:
    """The share goes in the same save, and a confirmed baseline stays confirmed."""
    name = workspace.create("First")
    workspace.set_range(name, "rho_0", SHARE)
    workspace.set_economics(name, "confirmed", value=True)
    workspace.set_range(name, symbol, LOAD)
    assert set(economics(workspace, name).ranges) == {symbol}
    assert economics(workspace, name).confirmed
    assert economic_problems(workspace.library.parameters, economics(workspace, name)) == []


def test_a_typed_share_replaces_the_load_test(workspace: Workspace) -> None:
    """All three figures go in the same save."""
    name = workspace.create("First")
    for symbol, given in {"D0": LOAD, "surge": Range(low=1, mode=2, high=3), "X_star": LOAD}.items():
        workspace.set_range(name, symbol, given)
    workspace.set_range(name, "rho_0", SHARE)
    assert set(economics(workspace, name).ranges) == {"rho_0"}


def test_confirming_leaves_out_a_share_that_the_load_test_makes(workspace: Workspace) -> None:
    """Otherwise the confirmation itself would make the conflict."""
    name = workspace.create("First")
    workspace.set_range(name, "D0", LOAD)
    workspace.confirm_baseline(name, {"rho_0": SHARE, "w": Range(low=0.1, mode=0.2, high=0.3)})
    assert set(economics(workspace, name).ranges) == {"D0", "w"}
    assert economics(workspace, name).confirmed


@pytest.mark.parametrize("symbol", ["rho_0", "lambda0", "w", "u_0"])
def test_a_baseline_taken_back_is_not_confirmed(workspace: Workspace, symbol: str) -> None:
    """The figure that would stand in its place has been confirmed by nobody."""
    name = workspace.create("First")
    workspace.confirm_baseline(name, {symbol: SHARE, "I0": LOAD})
    workspace.set_range(name, "I0", None)
    assert economics(workspace, name).confirmed
    workspace.set_range(name, symbol, None)
    assert not economics(workspace, name).confirmed


def test_a_load_test_taken_back_is_not_confirmed(workspace: Workspace) -> None:
    """When its last figure goes, the proposed share returns, which nobody confirmed."""
    name = workspace.create("First")
    workspace.set_range(name, "D0", LOAD)
    workspace.set_range(name, "X_star", LOAD)
    workspace.confirm_baseline(name, {})
    workspace.set_range(name, "X_star", None)
    assert economics(workspace, name).confirmed
    workspace.set_range(name, "D0", None)
    assert not economics(workspace, name).confirmed


@pytest.mark.parametrize(
    ("symbol", "given", "sentence"),
    [
        ("S", Range(low=1.5, mode=1.5, high=1.5), "not one whole number"),
        ("c_h", Range(low=0, high=5), "low figure of 0"),
        ("w", Range(low=0.5, mode=0.6, high=1.5), "out of bounds"),
    ],
)
def test_a_range_that_no_model_can_draw_from_is_refused(
    workspace: Workspace, symbol: str, given: Range, sentence: str
) -> None:
    """In the sentence of the model itself, and nothing is saved."""
    name = workspace.create("First")
    with pytest.raises(InputError, match=sentence):
        workspace.set_range(name, symbol, given)
    assert economics(workspace, name).ranges == {}


def test_a_file_whose_figures_exclude_each_other_is_refused_with_its_line(workspace: Workspace) -> None:
    """As the terminal refuses it."""
    name = workspace.create("First")
    workspace.set_range(name, "rho_0", SHARE)
    data = json.loads(workspace.export(name))
    data["economics"]["ranges"]["D0"] = {"low": 1, "mode": 2, "high": 3}
    raw = json.dumps(data, indent=1).encode()
    line = next(number for number, text in enumerate(raw.decode().splitlines(), 1) if '"rho_0"' in text)
    with pytest.raises(InputError) as caught:
        workspace.import_document(raw, "theirs.json")
    (problem,) = caught.value.problems
    assert (problem.file, problem.line) == ("theirs.json", line)
    assert "rho_0 is given" in str(problem)
    assert len(workspace.assessments()) == 1


def test_another_currency_clears_the_rate_of_the_old_one(workspace: Workspace) -> None:
    """Both in one save; the same currency again keeps its rate."""
    name = workspace.create("First")
    workspace.change_currency(name, "EUR")
    workspace.set_economics(name, "currency_per_usd", 0.9)
    workspace.change_currency(name, "EUR")
    assert economics(workspace, name).currency_per_usd == 0.9
    workspace.change_currency(name, "GBP")
    assert (economics(workspace, name).currency, economics(workspace, name).currency_per_usd) == ("GBP", None)


def test_a_refused_change_of_currency_keeps_the_rate(workspace: Workspace) -> None:
    """What is refused changes nothing."""
    name = workspace.create("First")
    workspace.change_currency(name, "EUR")
    workspace.set_economics(name, "currency_per_usd", 0.9)
    workspace.set_range(name, "I0", LOAD)
    for currency in (None, "USD", "GBP"):
        with pytest.raises(InputError, match="relabel"):
            workspace.change_currency(name, currency)
    assert (economics(workspace, name).currency, economics(workspace, name).currency_per_usd) == ("EUR", 0.9)
