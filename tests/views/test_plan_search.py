"""The search on the page Roadmap: on request only, under the team's demands, which are kept."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assessment.answers import Capacity
from views import access
from views.plain import plain
from workspace.service import Workspace

Visit = Callable[..., AppTest]
OWN = (Path(__file__).parents[1] / "data" / "own-initiatives.yaml").read_bytes()


def test_a_demand_is_kept_and_the_search_obeys(desk: Workspace, visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is searched before the button; then the plan keeps the demand, stands beside others and can be used."""
    monkeypatch.setattr(access, "PATHS", 300)
    id_ = desk.example()
    small = Capacity(person_weeks_per_quarter=60, at_most_at_once=2, quarters=3)
    desk.set_economics(id_, "capacity", small.model_dump())
    app = visit("roadmap", a=id_)
    assert not app.exception
    assert not any("Computed:" in item.value for item in app.markdown)
    assert any("[Search for a better plan](#the-plan-that-a-search-finds)" in item.value for item in app.markdown)
    assert any("Planned for" in item.value and "all work is finished by month" in item.value for item in app.info)
    app.selectbox(key="plan-pin-name").set_value("signals-and-alerts").run()
    app.number_input(key="plan-pin-quarter").set_value(2).run()
    app.button(key="plan-pin").click().run()
    assert desk.open(id_).assessment.economics.pins == {"signals-and-alerts": "Q2"}
    app.button(key="plan-compute").click().run()
    assert not app.exception
    assert not app.error
    said = " ".join(item.value for item in (*app.markdown, *app.info, *app.caption))
    assert "Computed" in said
    assert len(app.get("vega_lite_chart")) == 3
    assert "What starts when, plan by plan" in said
    shown = [str(getattr(item, "label", "") or getattr(item, "value", "")) for item in app.main]
    found = next(place for place, words in enumerate(shown) if words.startswith("Computed:"))
    assert found < shown.index("Use the computed plan") < next(p for p, w in enumerate(shown) if "point-years" in w)
    app.button(key="plan-use").click().run()
    assert not app.exception
    used = "The computed plan is now in use on every page and in every report."
    assert [item.value.startswith(plain(used)) for item in app.success] == [True, True], "at the top and at the button"
    kept = desk.open(id_).assessment.economics
    assert (kept.plan, kept.computed is None) == ("computed", False)
    choice = app.radio(key=f"plan-choice-{id_}")
    assert choice.value == "computed"
    choice.set_value("step_by_step").run()
    assert desk.open(id_).assessment.economics.plan == "step_by_step"
    assert not app.success
    app.button(key="plan-unpin-signals-and-alerts").click().run()
    assert desk.open(id_).assessment.economics.pins == {}


def test_own_work_can_be_demanded(desk: Workspace, visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the team wrote stands among the work to choose from, and the search starts it when it is demanded."""
    monkeypatch.setattr(access, "PATHS", 300)
    id_ = desk.example()
    desk.import_initiatives(id_, OWN, "ours.yaml")
    small = Capacity(person_weeks_per_quarter=60, at_most_at_once=2, quarters=3)
    desk.set_economics(id_, "capacity", small.model_dump())
    app = visit("roadmap", a=id_)
    app.selectbox(key="plan-pin-name").set_value("move-the-lab").run()
    app.number_input(key="plan-pin-quarter").set_value(2).run()
    app.button(key="plan-pin").click().run()
    assert not app.error
    assert desk.open(id_).assessment.economics.pins == {"move-the-lab": "Q2"}
    assert "**Move the laboratory interface off the shared engine**: Q2" in [item.value for item in app.markdown]
    app.button(key="plan-compute").click().run()
    assert not app.exception
    assert not app.error
    said = " ".join(item.value for item in app.markdown)
    starts = said[said.index("What starts when, plan by plan") :]
    assert re.search(r"Move the laboratory interface off the shared engine[ |]+Q2", starts)
