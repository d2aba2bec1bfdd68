"""An assessment that was read before is brought up to date by what came after, whoever wrote it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from assessment.answers import Answer, SignalAnswer, Vote
from store.folding import fold
from store.log import Store
from workspace.folded import FoldedAssessments
from workspace.opening import open_workspace

QUESTION = "delivery.gates"


def test_what_another_process_saves_is_seen_at_once(tmp_path: Path) -> None:
    """Two workspaces on one file, as two processes have it: neither shows what it had read before."""
    file = str(tmp_path / "two.db")
    here, there = open_workspace(file), open_workspace(file)
    id_ = here.create("Ward")
    assert there.open(id_).assessment.answers == {}
    saved = here.answer(id_, QUESTION, Answer(option=2))
    opened = there.open(id_)
    assert (opened.assessment.answers, opened.sequence) == ({QUESTION: Answer(option=2)}, saved.sequence)
    assert opened.saved_at == saved.at


def test_a_state_brought_up_to_date_is_that_of_the_whole_log(tmp_path: Path) -> None:
    """Answers, a clearing and a figure are read as if the log were folded from its beginning."""
    file = str(tmp_path / "whole.db")
    desk, store = open_workspace(file), Store.open(file)
    id_ = desk.example()
    for answer in (Answer(option=3), None, Answer(unknown=True)):
        desk.answer(id_, QUESTION, answer)
        assert desk.open(id_).assessment == fold(store.latest(id_))
    desk.set_range(id_, "I0", None)
    assert desk.open(id_).assessment == fold(store.latest(id_))


def test_each_kind_of_answer_is_brought_up_to_date_by_itself(tmp_path: Path) -> None:
    """A context item, a signal, votes and a target, given and taken back, leave the bytes that the whole log makes."""
    file = str(tmp_path / "kinds.db")
    desk = open_workspace(file)
    id_ = desk.create("Ward")
    signal = desk.open(id_).questionnaire.signals[0].id
    votes = [Vote(role="", option=1, count=3)]
    changes: tuple[Callable[[], object], ...] = (
        lambda: desk.set_context(id_, "demand-volatility", 3),
        lambda: desk.set_signal(id_, signal, SignalAnswer(level=2, figure=22.0)),
        lambda: desk.set_votes(id_, QUESTION, votes),
        lambda: desk.set_votes(id_, "constraints.topology", votes),
        lambda: desk.set_target(id_, QUESTION, 3),
        lambda: desk.answer(id_, QUESTION, Answer(option=1, note="n")),
        lambda: desk.answer(id_, "constraints.topology", Answer(option=0)),
        lambda: desk.set_context(id_, "demand-volatility", None),
        lambda: desk.set_votes(id_, QUESTION, None),
        lambda: desk.describe_as(id_, name="Another ward"),
    )
    for change in changes:
        change()
        assert desk.export(id_) == open_workspace(file).export(id_)


def test_the_last_events_are_read_once_and_never_old(tmp_path: Path) -> None:
    """What came after is added to the events that were read before, as many as were asked for, whoever wrote it."""
    file = str(tmp_path / "recent.db")
    here, there, store = open_workspace(file), open_workspace(file), Store.open(file)
    id_ = here.create("Ward")
    folded = FoldedAssessments(store)
    for option in range(4):
        (here if option % 2 else there).answer(id_, QUESTION, Answer(option=option))
        assert folded.recent(id_, 3) == store.recent(id_, 3)
        assert folded.recent(id_, 50) == store.recent(id_, 50)


def test_the_log_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second reading asks only for what came after, and returns the same object when nothing did."""
    file = str(tmp_path / "once.db")
    store = Store.open(file)
    id_ = open_workspace(file).create("Ward")
    asked: list[int] = []
    latest = store.latest

    def watched(assessment: str, after: int = 0) -> object:
        asked.append(after)
        return latest(assessment, after)

    monkeypatch.setattr(store, "latest", watched)
    folded = FoldedAssessments(store)
    first = folded.of(id_)
    assert first is not None
    assert folded.of(id_) is first
    assert asked == [0, first.sequence]


def test_an_unknown_assessment_is_not_kept(tmp_path: Path) -> None:
    """There is none, and it can still be begun under that id later."""
    assert FoldedAssessments(Store.open(str(tmp_path / "none.db"))).of("x" * 22) is None
