"""The log of an assessment: what is written, what is not, and in which order."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from store.errors import RequestReused, UnknownAssessment
from store.folding import Change, Event
from store.log import Log, Stamp, Store

Beginning = tuple[Change, ...]


def answer(option: int, key: str = "q") -> Change:
    """Return a change of one answer."""
    return Change("answer", key, {"option": option})


def test_an_id_cannot_be_guessed_and_needs_no_quotes(store: Store, beginning: Beginning) -> None:
    """An id has at least 22 characters of an URL-safe alphabet, and no two are the same."""
    ids = {store.create(beginning, Stamp()) for _ in range(20)}
    assert len(ids) == 20
    assert all(re.fullmatch(r"[A-Za-z0-9]{22,43}", name) for name in ids)


def test_events_are_numbered_within_each_assessment(store: Store, beginning: Beginning) -> None:
    """Each assessment counts its own events from 1."""
    first, second = (store.create(beginning, Stamp()) for _ in range(2))
    store.append(first, [answer(1)], Stamp())
    store.append(second, [answer(1)], Stamp())
    for log in store.logs():
        assert [event.sequence for event in log.events] == [1, 2, 3, 4, 5, 6]
    assert {log.id for log in store.logs()} == {first, second}


def test_an_event_says_who_when_what_and_on_which_version(database: Path, beginning: Beginning) -> None:
    """Everything that was handed over comes back, the moment in UTC."""
    moment = datetime(2026, 3, 1, 9, 30, 15, 250_000, tzinfo=UTC)
    store = Store.open(str(database), clock=moment.astimezone)
    name = store.create(beginning, Stamp())
    store.append(name, [answer(3)], Stamp("ana", "7", "r1"))
    expected = Event(name, 6, "answer", "q", {"option": 3}, "ana", moment, "7", "r1")
    (event,) = store.history(name, "answer", "q")
    assert event == expected
    assert event.at.utcoffset() == timedelta(0)


def test_the_same_again_writes_nothing(store: Store, beginning: Beginning) -> None:
    """A change that stands already leaves no event, whatever the order of its keys."""
    name = store.create(beginning, Stamp())
    store.append(name, [Change("answer", "q", {"a": 1, "b": 2})], Stamp())
    (outcome,) = store.append(name, [Change("answer", "q", {"b": 2, "a": 1})], Stamp())
    assert not outcome.written
    assert outcome.event == store.standing(name, "answer", "q")
    assert len(store.history(name, "answer", "q")) == 1


def test_clearing_what_was_never_set_writes_nothing(store: Store, beginning: Beginning) -> None:
    """There is nothing to clear, and no event says so."""
    name = store.create(beginning, Stamp())
    (outcome,) = store.append(name, [Change("answer", "q", None)], Stamp())
    assert (outcome.event, outcome.written) == (None, False)


def test_a_repeated_request_writes_once_even_after_others(store: Store, beginning: Beginning) -> None:
    """A request that arrives twice is answered with its first event, and does not undo what came between."""
    name = store.create(beginning, Stamp())
    (first,) = store.append(name, [answer(1)], Stamp(request_id="r"))
    store.append(name, [answer(2)], Stamp())
    (again,) = store.append(name, [answer(1)], Stamp(request_id="r"))
    assert again.event == first.event
    assert [event.payload["option"] for event in store.history(name, "answer", "q")] == [1, 2]


def test_a_request_id_for_something_else_is_refused(store: Store, beginning: Beginning) -> None:
    """Another answer under a used request id would be lost in silence, so it is refused."""
    name = store.create(beginning, Stamp())
    store.append(name, [answer(1)], Stamp(request_id="r"))
    with pytest.raises(RequestReused, match="give each change its own"):
        store.append(name, [answer(2)], Stamp(request_id="r"))
    with pytest.raises(RequestReused):
        store.append(name, [answer(1, "other")], Stamp(request_id="r"))


def test_request_ids_of_two_assessments_do_not_meet(store: Store, beginning: Beginning) -> None:
    """The same request id may serve in another assessment."""
    for name in [store.create(beginning, Stamp()) for _ in range(2)]:
        (outcome,) = store.append(name, [answer(1)], Stamp(request_id="r"))
        assert outcome.written


def test_nothing_is_appended_to_an_unknown_assessment(store: Store) -> None:
    """An unknown id is refused, and reads as empty."""
    with pytest.raises(UnknownAssessment):
        store.append("x" * 24, [answer(1)], Stamp())
    assert store.latest("x" * 24) == ()


def test_several_changes_are_saved_together_or_not_at_all(store: Store, beginning: Beginning) -> None:
    """A value that no JSON holds leaves none of its companions behind."""
    name = store.create(beginning, Stamp())
    with pytest.raises((TypeError, ValueError)):
        store.append(name, [answer(1), Change("answer", "p", float("nan"))], Stamp())
    assert store.history(name, "answer", "q") == ()


def test_figures_come_back_to_the_last_bit(store: Store, beginning: Beginning) -> None:
    """A figure is stored as its text; SQLite's own numbers would round some of these or lose that they are floats."""
    figures = [0.1 + 0.2, 1.0, 1e-300, 123456789.12345679, 5e-324, -0.0, 1e22]
    name = store.create(beginning, Stamp())
    for figure in figures:
        store.append(name, [Change("economics", "x", figure)], Stamp())
    found = [event.payload for event in store.history(name, "economics", "x")]
    assert [repr(figure) for figure in figures] == [repr(figure) for figure in found]


def test_an_original_is_kept_byte_for_byte(store: Store, beginning: Beginning) -> None:
    """The imported document comes back as it came, with its name."""
    content = bytes(range(256)) * 3
    name = store.create(beginning, Stamp(), ("a.json", content))
    (original,) = store.originals(name)
    assert (original.file_name, original.content) == ("a.json", content)


def test_a_restored_log_is_the_log(store: Store, beginning: Beginning, tmp_path: Path) -> None:
    """Whole logs move to another database without a change, and again without a copy."""
    name = store.create(beginning, Stamp("ana", "1"), ("a.json", b"{}"))
    store.append(name, [answer(1)], Stamp("ben", "1", "r"))
    other = Store.open(str(tmp_path / "other.db"))
    assert other.restore(store.logs()) == (name,)
    assert other.logs() == store.logs()
    assert other.restore(store.logs()) == (name,)
    assert other.logs() == store.logs()


def test_a_longer_log_carries_on_a_shorter_one(store: Store, beginning: Beginning, tmp_path: Path) -> None:
    """Restoring adds only what is missing; restoring an older copy takes nothing away."""
    name = store.create(beginning, Stamp())
    older = store.logs()
    other = Store.open(str(tmp_path / "other.db"))
    other.restore(older)
    store.append(name, [answer(1)], Stamp())
    other.restore(store.logs())
    assert other.logs() == store.logs()
    assert other.restore(older) == (name,)
    assert other.logs() == store.logs()


def test_two_histories_of_one_id_are_both_kept(store: Store, beginning: Beginning, tmp_path: Path) -> None:
    """Where the histories differ, the one that is brought in gets an id of its own."""
    name = store.create(beginning, Stamp())
    other = Store.open(str(tmp_path / "other.db"))
    other.restore(store.logs())
    store.append(name, [answer(1)], Stamp())
    other.append(name, [answer(2)], Stamp())
    (restored,) = other.restore(store.logs())
    assert restored != name
    assert _options(other, name) == [2]
    assert _options(other, restored) == [1]


def _options(store: Store, name: str) -> list[int]:
    return [event.payload["option"] for event in store.history(name, "answer", "q")]


def test_a_restore_that_fails_leaves_nothing(store: Store, beginning: Beginning, tmp_path: Path) -> None:
    """All logs arrive or none does."""
    store.create(beginning, Stamp())
    (log,) = store.logs()
    broken = Log("y" * 24, log.created_at.replace(tzinfo=None), log.events, ())
    other = Store.open(str(tmp_path / "other.db"))
    with pytest.raises(Exception, match="time zone"):
        other.restore([log, broken])
    assert other.logs() == ()
