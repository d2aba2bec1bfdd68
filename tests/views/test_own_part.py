"""Each field saves its own part: what a colleague saved meanwhile, and what nobody touched, stays as it stands."""

from __future__ import annotations

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from assessment.answers import Answer, Capacity, Range, SignalAnswer
from workspace.service import Workspace

Visit = Callable[..., AppTest]
QUESTION, SIGNAL = "constraints.topology", "slow-under-load"


def unfolded(visit: Visit, id_: str) -> AppTest:
    """Return the step page with the note part of the first question unfolded."""
    app = visit("step", a=id_)
    app.session_state[f"details-{QUESTION}-{id_}"] = True
    return app.run()


def test_one_end_of_a_range_leaves_the_others_unrounded(desk: Workspace, visit: Visit) -> None:
    """Only the end that was typed changes."""
    id_ = desk.create("Ward")
    desk.set_range(id_, "I0", Range(low=123456.75, mode=234567.25, high=345678.5))
    app = visit("economics", a=id_, part="asked-1")
    assert app.number_input(key=f"range-mode-I0-{id_}").value == 234567.25
    app.number_input(key=f"range-high-I0-{id_}").set_value(400000.0).run()
    assert desk.open(id_).assessment.economics.ranges["I0"] == Range(low=123456.75, mode=234567.25, high=400000.0)


def test_the_likely_figure_of_an_interval_is_kept(desk: Workspace, visit: Visit) -> None:
    """An imported likely figure of a lognormal has no field, and stays while it lies inside."""
    id_ = desk.create("Ward")
    desk.set_range(id_, "c_h", Range(low=5000.5, mode=9000.5, high=50000.5))
    app = visit("economics", a=id_, part="other")
    app.selectbox(key="other-figure").set_value("c_h").run()
    app.number_input(key=f"range-high-c_h-{id_}").set_value(60000.0).run()
    assert desk.open(id_).assessment.economics.ranges["c_h"] == Range(low=5000.5, mode=9000.5, high=60000.0)
    app.number_input(key=f"range-low-c_h-{id_}").set_value(10000.0).run()
    assert desk.open(id_).assessment.economics.ranges["c_h"] == Range(low=10000.0, high=60000.0)


def test_a_stale_window_keeps_a_colleagues_end(desk: Workspace, visit: Visit) -> None:
    """The other ends and the source are those that the colleague saved, and are shown."""
    id_ = desk.create("Ward")
    desk.set_range(id_, "I0", Range(low=1.0, mode=2.0, high=3.0))
    app = visit("economics", a=id_, part="asked-1")
    desk.set_range(id_, "I0", Range(low=1.5, mode=2.5, high=3.0, source="bills"))
    app.number_input(key=f"range-high-I0-{id_}").set_value(9.0).run()
    wanted = Range(low=1.5, mode=2.5, high=9.0, source="bills")
    assert desk.open(id_).assessment.economics.ranges["I0"] == wanted
    assert app.number_input(key=f"range-low-I0-{id_}").value == 1.5


def test_ends_that_wait_for_each_other_are_saved_together(desk: Workspace, visit: Visit) -> None:
    """A range moved up end by end passes through a refusal and loses nothing that was typed."""
    id_ = desk.create("Ward")
    desk.set_range(id_, "I0", Range(low=1.0, mode=2.0, high=3.0))
    app = visit("economics", a=id_, part="asked-1")
    for end, value in (("low", 10.0), ("mode", 20.0)):
        app.number_input(key=f"range-{end}-I0-{id_}").set_value(value).run()
        assert "in order" in app.error[0].value
    app.number_input(key=f"range-high-I0-{id_}").set_value(30.0).run()
    assert desk.open(id_).assessment.economics.ranges["I0"] == Range(low=10.0, mode=20.0, high=30.0)
    assert not app.error


def test_a_stale_window_keeps_a_colleagues_note(desk: Workspace, visit: Visit) -> None:
    """The role is saved, their note and level stay, and the page tells that somebody changed it."""
    id_ = desk.create("Ward")
    desk.answer(id_, QUESTION, Answer(option=1, note="ours"))
    app = unfolded(visit, id_)
    desk.answer(id_, QUESTION, Answer(option=3, note="theirs", evidence=("log",), discuss=True))
    app.text_input(key=f"role-{QUESTION}-{id_}").set_value("Architect").run()
    wanted = Answer(option=3, note="theirs", evidence=("log",), discuss=True, role="Architect")
    assert desk.open(id_).assessment.answers[QUESTION] == wanted
    assert any("Somebody changed this" in info.value for info in app.info)
    assert app.session_state[f"note-{QUESTION}-{id_}"] == "theirs"


def test_a_refused_detail_stays_refused_while_another_is_saved(desk: Workspace, visit: Visit) -> None:
    """Evidence past its bound is told until it is mended; the role is saved beside it."""
    id_ = desk.create("Ward")
    desk.answer(id_, QUESTION, Answer(option=1))
    app = unfolded(visit, id_)
    lines = "\n".join(f"line {number}" for number in range(21))
    app.text_area(key=f"evidence-{QUESTION}-{id_}").set_value(lines).run()
    app.session_state[f"details-{QUESTION}-{id_}"] = True
    app.text_input(key=f"role-{QUESTION}-{id_}").set_value("Architect").run()
    assert desk.open(id_).assessment.answers[QUESTION] == Answer(option=1, role="Architect")
    assert any("at most 20 lines" in error.value for error in app.error)


def test_a_stale_window_keeps_a_colleagues_signal(desk: Workspace, visit: Visit) -> None:
    """A level leaves their figure, and a figure leaves their level."""
    id_ = desk.create("Ward")
    app = visit("context", a=id_, part="signals")
    desk.set_signal(id_, SIGNAL, SignalAnswer(level=1, figure=5.0, note="theirs"))
    app.radio(key=f"choice-{SIGNAL}-{id_}").set_value("2").run()
    assert desk.open(id_).assessment.signals[SIGNAL] == SignalAnswer(level=2, figure=5.0, note="theirs")
    desk.set_signal(id_, SIGNAL, SignalAnswer(level=0, figure=5.0))
    app.number_input(key=f"figure-{SIGNAL}-{id_}").set_value(7.0).run()
    assert desk.open(id_).assessment.signals[SIGNAL] == SignalAnswer(level=0, figure=7.0)


def test_a_stale_window_keeps_a_colleagues_capacity(desk: Workspace, visit: Visit) -> None:
    """One field is saved; a refused one beside it stays typed and told."""
    id_ = desk.create("Ward")
    app = visit("roadmap", a=id_)
    desk.set_economics(id_, "capacity", Capacity(person_weeks_per_quarter=10.0, at_most_at_once=2, quarters=6))
    app.number_input(key=f"capacity-at_most_at_once-{id_}").set_value(4).run()
    wanted = Capacity(person_weeks_per_quarter=10.0, at_most_at_once=4, quarters=6)
    assert desk.open(id_).assessment.economics.capacity == wanted
    app.number_input(key=f"capacity-quarters-{id_}").set_value(99).run()
    app.number_input(key=f"capacity-at_most_at_once-{id_}").set_value(5).run()
    assert app.number_input(key=f"capacity-quarters-{id_}").value == 99
    assert app.error
    assert desk.open(id_).assessment.economics.capacity == wanted.model_copy(update={"at_most_at_once": 5})


def test_a_figure_without_a_level_waits(desk: Workspace, visit: Visit) -> None:
    """Nothing is saved as Don't know that nobody said; the figure goes with the level."""
    id_ = desk.create("Ward")
    app = visit("context", a=id_, part="signals")
    app.number_input(key=f"figure-{SIGNAL}-{id_}").set_value(22.0).run()
    assert desk.open(id_).assessment.signals == {}
    assert "Not saved yet" in app.warning[0].value
    app.radio(key=f"choice-{SIGNAL}-{id_}").set_value("unknown").run()
    assert desk.open(id_).assessment.signals[SIGNAL] == SignalAnswer(figure=22.0)
    assert not app.warning
