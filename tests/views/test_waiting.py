"""The wait on a page: a bar and a button that ends it, then what was found, or what became of it in a sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Event
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from models.evaluation import Evaluation
from models.watching import Watch
from reports.forms import FORMS
from views import access, waiting
from views.running import Run, runs
from workspace.service import Opened, Workspace

Visit = Callable[..., AppTest]


class Held:
    """The simulation, which goes on until it is let go or asked to stop."""

    def __init__(self) -> None:
        """Begin held."""
        self.begun, self.go, self.times = Event(), Event(), 0

    def __call__(self, opened: Opened) -> Callable[[Watch], Evaluation]:
        """Return what simulates, once let go."""
        simulate = access.simulation(opened)

        def work(watch: Watch) -> Evaluation:
            self.times += 1
            watch.told(0.25)
            self.begun.set()
            while not self.go.wait(0.005):
                watch.step(0.25)
            return simulate(watch)

        return work


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[Held]:
    """Hold the simulation, and let pages wait for nothing: each says what stands at its moment."""
    st.cache_resource.clear()
    monkeypatch.setattr(access, "PATHS", 400)
    monkeypatch.setattr(waiting, "PATIENCE_SECONDS", 0.0)
    found = Held()
    monkeypatch.setattr("views.analysing.simulation", found)
    yield found
    found.go.set()
    runs().end()
    st.cache_resource.clear()


def run_of(app: AppTest, place: str) -> Run[Any]:
    """Return what a place waits for."""
    run: Run[Any] = app.session_state[f"waiting-{place}"].run
    return run


def ended(app: AppTest, place: str) -> AppTest:
    """Return the page as it stands once the work of a place has ended."""
    run_of(app, place).wait(120)
    assert not run_of(app, place).under_way
    return app.run()


def bars(app: AppTest) -> list[str]:
    """Return what the bars on the page say."""
    return [element.proto.text for element in app.get("progress")]


def labels(app: AppTest) -> set[str]:
    """Return the labels of the buttons."""
    return {button.label for button in app.button}


def test_the_money_is_waited_for_with_a_bar_and_shown_whole(desk: Workspace, visit: Visit, held: Held) -> None:
    """While it is under way there is no figure and no chart; then all of them, and neither bar nor button."""
    app = visit("economics", a=desk.example())
    assert held.begun.wait(30)
    app.run()
    assert bars(app) == ["Simulating the futures: 25%"]
    assert "Stop" in labels(app)
    assert not app.get("vega_lite_chart")
    assert "Load test" in labels(app), "the rest of the page stands"
    held.go.set()
    ended(app, "economics")
    assert not app.error
    assert len(app.get("vega_lite_chart")) == 2
    assert not bars(app)
    assert not {"Stop", "Run it again"} & labels(app)
    assert held.times == 1


def test_a_stopped_run_says_so_and_is_run_again(desk: Workspace, visit: Visit, held: Held) -> None:
    """Nothing of the half is shown; the button makes the whole."""
    app = visit("economics", a=desk.example())
    assert held.begun.wait(30)
    run = run_of(app, "economics")
    app.button(key="stop-economics").click().run()
    assert run.stopping
    ended(app, "economics")
    assert "Stopped before it was finished:** simulating the futures" in app.info[0].value
    assert not app.get("vega_lite_chart")
    assert not bars(app)
    held.go.set()
    app.button(key="again-economics").click().run()
    ended(app, "economics")
    assert len(app.get("vega_lite_chart")) == 2
    assert held.times == 2


def test_what_was_stopped_stays_stopped_for_these_figures_alone(desk: Workspace, visit: Visit, held: Held) -> None:
    """Another figure is another run, which begins by itself."""
    id_ = desk.example()
    app = visit("economics", a=id_)
    assert held.begun.wait(30)
    app.button(key="stop-economics").click().run()
    ended(app, "economics")
    app.run()
    assert "Run it again" in labels(app)
    held.go.set()
    desk.set_economics(id_, "horizon_months", 36)
    app.run()
    ended(app, "economics")
    assert len(app.get("vega_lite_chart")) == 2


def test_an_edit_makes_the_run_under_way_out_of_date(desk: Workspace, visit: Visit, held: Held) -> None:
    """What nobody wants any more is stopped, and the figures as they stand are run."""
    id_ = desk.example()
    app = visit("economics", a=id_)
    assert held.begun.wait(30)
    first = run_of(app, "economics")
    desk.set_economics(id_, "horizon_months", 36)
    app.run()
    assert first.stopping
    assert run_of(app, "economics") is not first
    held.go.set()
    ended(app, "economics")
    assert first.found is None
    assert len(app.get("vega_lite_chart")) == 2


def test_a_page_that_is_left_finds_its_run_again(desk: Workspace, visit: Visit, held: Held) -> None:
    """It goes on meanwhile: on coming back there is one run, not two."""
    id_ = desk.example()
    app = visit("economics", a=id_)
    assert held.begun.wait(30)
    first = run_of(app, "economics")
    app.switch_page("views/results.py").run()
    assert not first.stopping
    app.switch_page("views/economics.py").run()
    assert run_of(app, "economics") is first
    held.go.set()
    ended(app, "economics")
    assert len(app.get("vega_lite_chart")) == 2
    assert held.times == 1


def test_two_sessions_wait_for_one_run(desk: Workspace, visit: Visit, held: Held) -> None:
    """Both get what it found."""
    id_ = desk.example()
    pages = [visit("economics", a=id_) for _ in range(2)]
    assert run_of(pages[0], "economics") is run_of(pages[1], "economics")
    held.go.set()
    for app in pages:
        ended(app, "economics")
        assert len(app.get("vega_lite_chart")) == 2
    assert held.times == 1


def test_a_fault_in_the_thread_is_one_neutral_sentence(
    desk: Workspace, visit: Visit, held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No word of the fault reaches the page; it can be tried again."""

    def broken(*_: object) -> Evaluation:
        message = "the inside of the machine"
        raise ZeroDivisionError(message)

    monkeypatch.setattr("views.analysing.simulation", lambda _: broken)
    app = visit("economics", a=desk.example())
    ended(app, "economics")
    (error,) = app.error
    assert "Something went wrong on our side" in error.value
    assert "machine" not in error.value
    held.go.set()
    monkeypatch.setattr("views.analysing.simulation", held)
    app.button(key="again-economics").click().run()
    ended(app, "economics")
    assert not app.error
    assert len(app.get("vega_lite_chart")) == 2


def test_the_analysis_waits_as_the_money_does(desk: Workspace, visit: Visit, held: Held) -> None:
    """One bar for both, in the words of what is being done."""
    app = visit("economics", a=desk.example(), part="start")
    assert held.begun.wait(30)
    app.run()
    assert bars(app) == ["Simulating the futures: 8%"]
    app.button(key="stop-analysis").click().run()
    ended(app, "analysis")
    assert "comparing every start month" in app.info[0].value
    held.go.set()
    app.button(key="again-analysis").click().run()
    ended(app, "analysis")
    assert len(app.get("vega_lite_chart")) == 2


@pytest.mark.parametrize("suffix", ["pdf", "md"])
def test_a_file_is_stopped_and_then_made(desk: Workspace, visit: Visit, held: Held, suffix: str) -> None:
    """A stopped file is offered to nobody; made again it is whole; an edit on the way makes it out of date."""
    button, id_ = "report" if suffix == "pdf" else "form", desk.example()
    app, place = visit("report", a=id_), f"made-{suffix}-{id_}"
    if suffix != "pdf":
        app.radio(key="form-chosen").set_value(suffix).run()
    app.button(key=f"{button}-make").click().run()
    assert held.begun.wait(30)
    assert bars(app)
    app.button(key=f"stop-{place}").click().run()
    ended(app, place)
    assert any("Stopped before it was finished" in info.value for info in app.info)
    assert len(app.get("download_button")) == 1
    app.button(key=f"again-{place}").click().run()
    run = run_of(app, place)
    desk.describe_as(id_, name="Another name")
    app.run()
    assert run.stopping
    assert any("Make it again" in info.value for info in app.info)
    held.go.set()
    app.button(key=f"{button}-make").click().run()
    ended(app, place)
    assert [button.proto.label for button in app.get("download_button")] == [
        f"Download the {'PDF' if suffix == 'pdf' else FORMS[suffix].title.lower()}",
        "Download the export",
    ]
    app.switch_page("views/results.py").run()
    app.switch_page("views/report.py").run()
    assert suffix != "pdf" or len(app.get("download_button")) == 2, "it is still there on coming back"


def test_a_search_that_is_stopped_before_there_is_a_plan_says_so(desk: Workspace, visit: Visit, held: Held) -> None:
    """It can be run again; an edit while it runs leaves nothing of it."""
    id_ = desk.example()
    app = visit("roadmap", a=id_)
    app.button(key="plan-compute").click().run()
    assert held.begun.wait(30)
    app.run()
    assert bars(app)[0].startswith("Simulating the futures")
    run = run_of(app, "plan")
    app.button(key="stop-plan").click().run()
    ended(app, "plan")
    assert run.state == "stopped"
    assert any("Stopped before it was finished" in info.value for info in app.info)
    app.button(key="again-plan").click().run()
    again = run_of(app, "plan")
    desk.set_economics(id_, "horizon_months", 36)
    app.run()
    assert again.stopping
    assert not bars(app)
