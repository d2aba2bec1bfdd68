"""What the fragments of one click read: once, at one moment, and never what stood before the click."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from assessment.answers import Answer
from views import drawing
from views.feedback import attempt
from workspace.service import Workspace

Visit = Callable[..., AppTest]


def _choice(id_: str, question: str) -> str:
    return f"choice-{question}-{id_}"


def _foot(app: AppTest) -> str:
    return next(text.value for text in app.markdown if "answered. Overall" in text.value)


def _in_run(monkeypatch: pytest.MonkeyPatch, run: list[str] | None) -> None:
    """Let a run of these fragments be under way; None: of the whole page."""
    monkeypatch.setattr(drawing, "get_script_run_ctx", lambda: SimpleNamespace(fragment_ids_this_run=run))


def test_what_one_click_draws_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two fragments of one run share a reading; a run of the same fragments after it, and a whole page, do not."""
    read = iter(range(100))

    def asked(name: str) -> int:
        return drawing.once_a_run((name, "id"), lambda: next(read))

    monkeypatch.setattr("streamlit.session_state", {})
    _in_run(monkeypatch, ["effect", "question"])
    assert [asked("standing"), asked("opened"), asked("standing")] == [0, 1, 0]
    _in_run(monkeypatch, ["effect", "question"])
    assert [asked("standing"), asked("standing")] == [2, 2]
    drawing.read_anew()
    assert asked("standing") == 3
    _in_run(monkeypatch, None)
    assert [asked("standing"), asked("standing")] == [4, 5]


def test_a_save_lets_what_was_read_before_it_count_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two callbacks can meet in one run, and one that fails may have saved a part."""
    monkeypatch.setattr("streamlit.session_state", {})
    _in_run(monkeypatch, ["question"])
    read = iter(range(100))

    def fails() -> None:
        raise ValueError

    for save in (lambda: None, fails):
        before = drawing.once_a_run(("standing",), lambda: next(read))
        attempt("field", "Field", save)
        assert drawing.once_a_run(("standing",), lambda: next(read)) == before + 1


def test_two_answers_that_meet_in_one_run_are_both_drawn(desk: Workspace, visit: Visit) -> None:
    """What was read ahead for the first does not stand when the second is saved."""
    id_ = desk.create("Ward")
    app = visit("step", a=id_)
    app.radio(key=_choice(id_, "constraints.topology")).set_value("2")
    app.radio(key=_choice(id_, "constraints.coupling")).set_value("1")
    app.run()
    assert desk.open(id_).assessment.answers.keys() == {"constraints.topology", "constraints.coupling"}
    assert "2 of " in _foot(app)


def test_somebody_elses_answer_is_told_by_the_next_click(desk: Workspace, visit: Visit) -> None:
    """A reading serves one run and no other."""
    id_ = desk.create("Ward")
    app = visit("step", a=id_)
    app.radio(key=_choice(id_, "constraints.topology")).set_value("2").run()
    desk.answer(id_, "constraints.coupling", Answer(option=0))
    app.radio(key=_choice(id_, "constraints.topology")).set_value("3").run()
    assert "2 of " in _foot(app)
