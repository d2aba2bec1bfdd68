"""The plan from the terminal: methods, demands, what is refused, and plans side by side."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

import pytest

from examples import EXAMPLE
from tests.test_cli import printed, sixstep


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Return the example with four quarters to plan, so that the search takes a second."""
    data = json.loads(EXAMPLE.read_text(encoding="utf-8"))
    data["economics"]["capacity"] = {"person_weeks_per_quarter": 60, "at_most_at_once": 2, "quarters": 3}
    path = tmp_path / "small.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


def starts(data: dict[str, Any]) -> dict[str, int]:
    """Return the quarter of each start."""
    return {item["initiative"]: item["quarter"] for item in data["placements"]}


def test_a_computed_plan_has_quarters_status_and_gap(small: Path) -> None:
    """``--method optimal`` proves a gap of 2 % at most here, and is worth no less than the greedy plan."""
    data = printed("roadmap", str(small), "--method", "optimal")
    assert data["status"] == "optimal"
    assert 0 <= data["gap"] <= 0.02 + 1e-9
    assert data["value"] >= data["greedy_value"] - 1e-9
    assert [item["quarter"] for item in data["quarters"]] == [1, 2, 3]
    assert data == printed("roadmap", str(small), "--method", "optimal")


def test_demands_move_the_plan(small: Path) -> None:
    """A pinned start, a wait and a refusal all hold; one at a time means one at a time."""
    pins = ["--pin", "signals-and-alerts=Q3", "--pin", "incident-reviews>=Q2", "--pin", "constraint-map=never"]
    data = printed("roadmap", str(small), *pins, "--at-most", "1")
    found = starts(data)
    assert found["signals-and-alerts"] == 3
    assert found.get("incident-reviews", 2) >= 2
    assert "constraint-map" not in found
    assert data["pins"]["incident-reviews"] == ">=Q2"
    spans = sorted((item["start_month"], item["finish_month"]) for item in data["placements"])
    assert all(earlier[1] < later[0] for earlier, later in itertools.pairwise(spans))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--pin", "signals-and-alert=Q1"], "did you mean 'signals-and-alerts'"),
        (["--pin", "signals-and-alerts"], "write ID=Q2, ID>=Q3 or ID=never"),
        (["--pin", "signals-and-alerts=Q2", "--method", "greedy"], "a greedy plan takes no demands"),
        (["--method", "best"], "no method 'best'"),
        (["--pin", "asynchronous-messaging=Q2", "--pin", "asynchronous-messaging=Q4"], "cannot be met"),
    ],
)
def test_what_cannot_be_is_a_sentence(arguments: list[str], words: str, small: Path) -> None:
    """A fault exits with 2, one sentence and no trace."""
    done = sixstep("roadmap", str(small), *arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_plans_side_by_side(small: Path) -> None:
    """``--compare`` lays five plans on the same futures, the team's own among them, and prices one more engineer."""
    data = printed("roadmap", str(small), "--compare", "--paths", "500", "--pin", "signals-and-alerts=Q3")
    found = {item["plan"]: item for item in data["compare"]}
    assert set(found) == {"team", "optimal", "greedy", "quick_wins", "constraint_first"}
    assert found["optimal"]["value"] >= max(item["value"] for item in found.values()) - 1e-9
    assert found["team"]["value"] == pytest.approx(data["value"])
    assert all(item["npv"]["p5"] <= item["npv"]["p95"] for item in found.values())
    assert {item["limit"] for item in data["limits"]} == {"capacity", "at_most_at_once"}
    assert all(item["worth"] >= 0 for item in data["limits"])
    assert set(data["point_values"]["per_month"]) == set(data["quarters"][0]["effective"])


def test_the_words_name_method_and_limit(small: Path) -> None:
    """The text says how good the plan is, what limits it, and what its money is held against."""
    done = sixstep("roadmap", str(small), "--compare", "--paths", "500")
    assert done.returncode == 0, done.stderr
    assert "Computed: no plan in whole months under these limits" in done.stdout
    assert "Smallest work first" in done.stdout
    assert "forced upon the team is the one made step by step" in done.stdout
    assert "best in point-years, not necessarily in money" in done.stdout
    assert "{" not in done.stdout
