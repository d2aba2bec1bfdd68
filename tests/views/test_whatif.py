"""The what-if page: sliders move every chart, the run on all futures follows, and moved figures can be adopted."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from assessment.answers import Range
from views.behind import BEHIND, Both
from views.running import Run, runs
from workspace.service import Workspace

Visit = Callable[..., AppTest]
ALL_FUTURES = 3_000


def said(app: AppTest) -> str:
    """Return every text of a page."""
    kinds = (app.markdown, app.info, app.caption, app.error, app.warning)
    return "\n".join(str(each.value) for kind in kinds for each in kind)


def behind(app: AppTest) -> Run[Both]:
    """Return the run on all futures."""
    run: Run[Both] = app.session_state[f"waiting-{BEHIND}"].run
    return run


@pytest.fixture
def moved(desk: Workspace, visit: Visit) -> tuple[AppTest, str]:
    """Return the page of the example with the growth of load moved."""
    id_ = desk.example()
    app = visit("whatif", a=id_)
    app.slider(key=f"lever-g-{id_}").set_value(0.03).run()
    return app, id_


def test_the_page_opens_with_the_case_as_it_stands(desk: Workspace, visit: Visit) -> None:
    """Ten sliders, two with what they leave out, four charts, each with its numbers to download."""
    app = visit("whatif", a=desk.example())
    assert not app.error
    assert "the case as it stands" in app.info[0].value
    assert len(app.slider) == 10
    assert "Outages are counted from their number at today's load" in said(app)
    assert "a team that is already at work when the wall is met is not forced into a second programme" in said(app)
    assert len(app.get("vega_lite_chart")) == 4
    assert len(app.get("download_button")) == 4


def test_what_a_slider_of_a_range_without_a_likely_value_moves_is_said(moved: tuple[AppTest, str]) -> None:
    """A range of two ends stands at its median, which is not its likely value."""
    assert "only a low and a high, the slider stands at its middle value" in said(moved[0])


def test_without_figures_it_says_what_is_missing(desk: Workspace, visit: Visit) -> None:
    """No curve, no slider; the way to give the figures."""
    id_ = desk.create("Ward")
    app = visit("whatif", a=id_)
    assert "Nothing to move yet" in app.info[0].value
    (found,) = [link for link in app.get("page_link") if link.proto.label == "Give these under Economics"]
    assert f"a={id_}" in found.proto.query_string
    (questions,) = [link for link in app.get("page_link") if link.proto.label == "Answer the questions"]
    assert f"a={id_}" in questions.proto.query_string
    assert "(USD per year) has not been given" in said(app)
    assert "the slider" not in said(app)
    assert not app.slider


def test_a_moved_slider_is_answered_at_once_and_in_full_after(moved: tuple[AppTest, str]) -> None:
    """First on few futures; when the run behind has ended the page stands on all of them."""
    app, _ = moved
    assert not app.error
    assert "growth of the load on the platform at 3% a month" in app.info[0].value.lower()
    first = behind(app)
    first.wait(60)
    assert first.found is not None
    assert {first.found.shown.curves.paths, first.found.base.curves.paths} == {ALL_FUTURES}
    app.run()
    assert "From 3,000 simulated futures. By chance the worth of starting now is off by about USD" in said(app)


def test_a_slider_that_moves_again_stops_the_run_behind_it(moved: tuple[AppTest, str]) -> None:
    """What nobody looks at is not simulated to its end."""
    app, id_ = moved
    first = behind(app)
    app.slider(key=f"lever-g-{id_}").set_value(0.02).run()
    assert behind(app) is not first
    first.wait(60)
    assert first.state == "stopped"


def foot(app: AppTest) -> str:
    """Return what the foot of the window says of the decision."""
    (text,) = [str(block.value) for block in app.markdown if "Starting now is worth" in str(block.value)]
    assert "USD " not in text, "an amount is not parted from its currency"
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_the_foot_of_the_window_says_the_answer_in_short(desk: Workspace, visit: Visit) -> None:
    """Beside the sliders wherever the page stands: the decision and the worth, as it stands and as moved."""
    id_ = desk.example()
    app = visit("whatif", a=id_)
    before = foot(app)
    assert before.startswith("As it stands: “Start now”. Starting now is worth USD ")
    app.slider(key=f"lever-g-{id_}").set_value(0.03).run()
    after = foot(app)
    stood = before.removeprefix("As it stands: “Start now”. Starting now is worth ").partition(" on average")[0]
    assert f"({stood} as it stands)" in after
    assert stood in app.info[0].value.replace("\N{NO-BREAK SPACE}", " ")
    app.slider(key=f"lever-delay_months-{id_}").set_value(24).run()
    assert "starting after 12 months USD " in after
    assert "starting after 24 months USD " in foot(app)
    app.button(key=f"what-if-reset-{id_}").click().run()
    assert foot(app) == before


def test_a_figure_can_be_typed_in_place_of_its_slider(moved: tuple[AppTest, str]) -> None:
    """Fields take the values of the sliders, what is typed is the figure that moves, and sliders take it back."""
    app, id_ = moved
    app.toggle(key=f"what-if-typing-{id_}").set_value(True).run()
    assert not app.exception
    assert not app.slider
    assert len(app.number_input) == 10
    assert app.number_input(key=f"lever-box-g-{id_}").value == 0.03
    app.number_input(key=f"lever-box-c_h-{id_}").set_value(150_000.0).run()
    assert "at 3% a month and cost of one hour in which everything is down at 150,000" in app.info[0].value
    app.toggle(key=f"what-if-typing-{id_}").set_value(False).run()
    assert app.slider(key=f"lever-c_h-{id_}").value == 150_000.0
    assert "at 150,000" in app.info[0].value
    app.toggle(key=f"what-if-typing-{id_}").set_value(True).run()
    app.button(key=f"what-if-reset-{id_}").click().run()
    assert app.number_input(key=f"lever-box-g-{id_}").value == 0.011
    assert "the case as it stands" in app.info[0].value


def test_reset_moves_every_slider_back(moved: tuple[AppTest, str]) -> None:
    """The case as it stands again."""
    app, id_ = moved
    app.button(key=f"what-if-reset-{id_}").click().run()
    assert app.slider(key=f"lever-g-{id_}").value == 0.011
    assert "the case as it stands" in app.info[0].value


def test_adopting_saves_the_range_and_undo_gives_the_old_one_back(desk: Workspace, moved: tuple[AppTest, str]) -> None:
    """The range is as wide in proportion as before, has its source, and nothing is lost by trying."""
    app, id_ = moved
    before = desk.open(id_).assessment.economics.ranges["g"]
    app.slider(key=f"lever-delay_months-{id_}").set_value(24).run()
    app.button(key=f"what-if-adopt-{id_}").click().run()
    assert not app.error
    economics = desk.open(id_).assessment.economics
    wanted = Range(low=0.0163636, mode=0.03, high=0.0490909, source="what-if, adopted")
    assert economics.ranges["g"] == wanted
    assert economics.delay_months == 24
    assert "0\\.6% to 1.8% a month, likely 1.1% \u2192" in said(app)
    app.button(key=f"what-if-undo-0-{id_}").click().run()
    economics = desk.open(id_).assessment.economics
    assert economics.ranges["g"] == before
    assert economics.delay_months == 24
    app.button(key=f"what-if-undo-0-{id_}").click().run()
    assert desk.open(id_).assessment.economics.delay_months == 12


def test_what_the_foot_of_the_page_undoes_is_no_longer_listed(desk: Workspace, moved: tuple[AppTest, str]) -> None:
    """The line stands as long as the figure does: gone with the last Undo, back with Redo."""
    app, id_ = moved
    before = desk.open(id_).assessment.economics.ranges["g"]
    app.button(key=f"what-if-adopt-{id_}").click().run()
    assert "Adopted: **" in said(app)
    app.button(key=f"undo-{id_}").click().run()
    assert desk.open(id_).assessment.economics.ranges["g"] == before
    assert "Adopted: **" not in said(app)
    app.button(key=f"redo-{id_}").click().run()
    assert "Adopted: **" in said(app)


def test_the_foot_of_the_page_saves_nothing_before_it_is_adopted(desk: Workspace, visit: Visit) -> None:
    """No page says that nothing is saved and that every change is."""
    app = visit("whatif", a=desk.example())
    assert "A figure is saved when you adopt it" in said(app)
    assert "Every change is saved at once" not in said(app)


def test_effects_and_cost_are_adopted_together(desk: Workspace, visit: Visit) -> None:
    """One lever moves six effects; what was not typed before is cleared again by undo."""
    id_ = desk.example()
    app = visit("whatif", a=id_)
    app.slider(key=f"lever-effects-{id_}").set_value(0.5).run()
    app.slider(key=f"lever-cost-{id_}").set_value(1.5).run()
    app.button(key=f"what-if-adopt-{id_}").click().run()
    ranges = desk.open(id_).assessment.economics.ranges
    assert ranges["e_f"].high == 0.3
    assert ranges["K"].source == "what-if, adopted"
    for _ in range(2):
        app.button(key=f"what-if-undo-0-{id_}").click().run()
    ranges = desk.open(id_).assessment.economics.ranges
    assert not {"e_f", "e_r", "e_w", "e_v", "e_c", "e_a", "K"} & set(ranges)


def test_figures_that_cannot_be_simulated_are_a_sentence(desk: Workspace, visit: Visit) -> None:
    """A fault is told where the answer would stand; the sliders stay, and moving one back mends it."""
    id_ = desk.example()
    desk.set_range(id_, "lambda0", Range(low=30.0, mode=50.0, high=80.0, source="a bad year"))
    app = visit("whatif", a=id_)
    assert not app.error
    app.slider(key=f"lever-horizon_months-{id_}").set_value(120)
    app.slider(key=f"lever-g-{id_}").set_value(0.03).run()
    assert any("incidents over the horizon" in error.value for error in app.error)
    assert len(app.slider) == 10
    app.button(key=f"what-if-reset-{id_}").click().run()
    assert not app.error


def test_the_course_of_the_stacked_costs_is_chosen(desk: Workspace, visit: Visit) -> None:
    """Acting when forced first; any other course on demand."""
    app = visit("whatif", a=desk.example())
    assert "“Act when forced” costs" in said(app)
    app.radio(key="what-if-course").set_value("now").run()
    assert "“Start now” costs" in said(app)


@pytest.fixture(autouse=True)
def _few_futures(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Simulate fewer futures, keep none of them for other tests, and stop what a test left running."""
    for module in ("views.access", "views.cases", "views.behind"):
        monkeypatch.setattr(f"{module}.PATHS", ALL_FUTURES)
    st.cache_resource.clear()
    yield
    runs().end()
    st.cache_resource.clear()
