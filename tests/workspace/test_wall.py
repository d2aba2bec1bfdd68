"""The measured capacity of a load test, taken over into an assessment."""

from __future__ import annotations

import pytest

from assessment.answers import Range
from assessment.errors import InputError
from models.scalability import fit_usl
from models.wall import capacity_range
from store.folding import RANGE
from workspace.service import Workspace

FIT = fit_usl((1, 4, 8, 12, 16, 20), (20, 78, 130, 170, 190, 200))


def test_the_capacity_is_saved_as_measured_with_its_source(workspace: Workspace) -> None:
    """The range is the one that the fit allows; the typed share goes in the same save."""
    name = workspace.create("First")
    workspace.set_range(name, "rho_0", Range(low=0.4, mode=0.5, high=0.6))
    workspace.use_capacity(name, FIT, "history.csv", actor="Kim")
    found = workspace.open(name).assessment.economics.ranges
    assert set(found) == {"X_star"}
    assert found["X_star"] == capacity_range(FIT, "history.csv")
    assert found["X_star"].measured
    assert workspace.history(name, "economics", RANGE + "X_star")[-1].actor == "Kim"


def test_a_capacity_without_an_upper_end_is_not_saved(workspace: Workspace) -> None:
    """Nothing is written for points that rise in a straight line."""
    name = workspace.create("First")
    before = workspace.open(name).sequence
    with pytest.raises(InputError, match="no upper end"):
        workspace.use_capacity(name, fit_usl((1, 2, 3, 4, 5), (10, 20, 30, 40, 50)), "line.csv")
    assert workspace.open(name).sequence == before
