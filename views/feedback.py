"""What the person is told: what was saved and when, what could not be saved and what to do, and our own faults."""

from __future__ import annotations

import functools
import logging
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import NamedTuple, ParamSpec

import streamlit as st

from assessment.errors import InputError, SixstepError
from views.drawing import read_anew
from views.plain import plain

P = ParamSpec("P")
SUMMARY = "problem-summary"
"""Key of the fragment with the summary of problems at the top of a page."""
_MOST_SENTENCES = 5
_PROBLEMS = "problems"
_SUMMARISED = "problems-summarised"
_SAVED = "saved-last"
log = logging.getLogger("sixstep.views")


class Told(NamedTuple):
    """One problem: the field's label, and the sentence shown at the top and at the field."""

    label: str
    sentence: str


def sentences(error: SixstepError) -> tuple[str, ...]:
    """Return the sentences of an error, one a problem."""
    if isinstance(error, InputError):
        return tuple(str(problem) for problem in error.problems)
    return (str(error),)


def in_short(error: SixstepError) -> str:
    """Return the first sentences of an error as one text, and how many more there are."""
    found = sentences(error)
    rest = len(found) - _MOST_SENTENCES
    return " ".join(found[:_MOST_SENTENCES]) + (f" And {rest} more." if rest > 0 else "")


def neutral_sentence(error: Exception) -> str:
    """Write a fault of ours to the log under a short reference and return what the person is shown."""
    reference = secrets.token_hex(4)
    log.error("fault %s", reference, exc_info=error)
    return f"Something went wrong on our side. What was saved is safe. Try again, or report the reference {reference}."


@contextmanager
def guard() -> Iterator[None]:
    """Show an error that is meant for a person as its sentence, and anything else as one neutral sentence."""
    try:
        yield
    except SixstepError as error:
        for sentence in sentences(error):
            st.error(plain(sentence))
    except Exception as error:  # noqa: BLE001 - the last stop before the browser
        st.error(neutral_sentence(error))


def guarded(render: Callable[P, None]) -> Callable[P, None]:
    """Return ``render`` with its errors shown in its own place, so that the rest of the page stands."""

    @functools.wraps(render)
    def inner(*args: P.args, **kwargs: P.kwargs) -> None:
        with guard():
            render(*args, **kwargs)

    return inner


def attempt(field: str, label: str, operation: Callable[[], datetime | None]) -> bool:
    """Run a save for a field; keep the time it returns, or the problem. Return whether it was saved."""
    try:
        at = operation()
    except SixstepError as error:
        return refuse(field, label, in_short(error))
    except Exception as error:  # noqa: BLE001 - a callback has no other place to show it
        return refuse(field, label, neutral_sentence(error))
    finally:
        read_anew()
    accept(field)
    if at is not None:
        st.session_state[_SAVED] = at
        st.session_state[f"saved-at-{field}"] = at
    return True


def refuse(field: str, label: str, sentence: str) -> bool:
    """Keep a problem with a field for the summary and the field; always False."""
    problems: dict[str, Told] = st.session_state.setdefault(_PROBLEMS, {})
    problems[field] = Told(label, sentence)
    return False


def accept(field: str) -> None:
    """Forget the problem with a field."""
    st.session_state.setdefault(_PROBLEMS, {}).pop(field, None)


def forget_problems() -> None:
    """Forget every problem, as when another page is opened."""
    st.session_state[_PROBLEMS] = {}


def problem_of(field: str) -> Told | None:
    """Return the problem with a field."""
    problems: dict[str, Told] = st.session_state.get(_PROBLEMS, {})
    return problems.get(field)


def problem_at(field: str) -> None:
    """Show the problem with a field, beside the field.

    The place is kept when there is none: a field that moves while somebody types in it would lose what was typed.
    """
    problems_at(field)


def problems_at(*fields: str) -> None:
    """Show the problems with fields that are folded away, in one place."""
    place = st.empty()
    if words := problem_words(*fields):
        place.error(words)


def problem_words(*fields: str) -> str:
    """Return the problems with fields as Markdown; nothing when there are none."""
    return "\n\n".join(plain(told.sentence) for field in fields if (told := problem_of(field)) is not None)


def problem_summary() -> None:
    """Place the summary of problems; it is drawn again whenever a save was refused or mended."""
    st.fragment(problem_summary_here, key=SUMMARY)()


def summary_is_behind() -> bool:
    """Say whether problems came or went since their summary was drawn."""
    problems: dict[str, Told] = st.session_state.get(_PROBLEMS, {})
    return bool(problems != st.session_state.get(_SUMMARISED, {}))


def problem_summary_here() -> None:
    """Show the summary of problems as a part of what is drawn, in a place that is kept when there are none."""
    place = st.empty()
    problems: dict[str, Told] = st.session_state.get(_PROBLEMS, {})
    st.session_state[_SUMMARISED] = dict(problems)
    if problems:
        lines = [f"- {plain(told.label)}: {plain(told.sentence)}" for told in problems.values()]
        place.error("\n".join(["**There is a problem**", "", *lines]))


def clock(at: datetime) -> str:
    """Return a time of day with its zone, ``14:03:22 UTC``; times are kept in UTC."""
    return f"{at:%H:%M:%S} UTC"


def keep_saved(at: datetime) -> None:
    """Keep when this session last saved something, where no field was saved."""
    st.session_state[_SAVED] = at


def last_saved() -> datetime | None:
    """Return when this session last saved something."""
    found: datetime | None = st.session_state.get(_SAVED)
    return found


def saved_line(*fields: str) -> None:
    """Say when the fields were last saved in this session; nothing before that or while one of them has a problem."""
    place = st.empty()
    if words := saved_words(*fields):
        place.caption(words)


def saved_words(*fields: str) -> str:
    """Return when the fields were last saved in this session; nothing while one of them has a problem."""
    times: list[datetime] = [
        st.session_state[f"saved-at-{field}"] for field in fields if f"saved-at-{field}" in st.session_state
    ]
    return f"Saved {clock(max(times))}" if times and not any(problem_of(field) for field in fields) else ""
