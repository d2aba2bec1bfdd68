"""The way back: what was changed last and when, with Undo and Redo, at the foot of every page on which people edit."""

from __future__ import annotations

import re
from collections.abc import Callable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assessment.errors import SixstepError
from views.access import workspace
from views.change_words import Namer
from views.feedback import (
    SUMMARY,
    accept,
    clock,
    guarded,
    in_short,
    keep_saved,
    problem_at,
    problem_summary_here,
    refuse,
)
from views.plain import plain
from workspace.results import Saved
from workspace.undoing import Back, PastStep

_FIELD = "undo"
_LONGEST_LABEL = 48
_AT_ONCE = "Every change is saved at once"
_SEEN = re.compile(r"(^|-)seen(-|$)")
"""What is in every key under which a page keeps what it last saw in the store."""


def place_top(assessment_id: str, *, tells_time: bool = True, unsaved: str = _AT_ONCE) -> None:
    """Place the summary of problems where the page stands, and the last change with its undo at the foot.

    Both are drawn again with every save. A page that tells the time of a save itself leaves it out here.
    ``unsaved`` says when a change is saved, where nothing was saved yet.
    """
    st.fragment(guarded(_top), key=SUMMARY)(assessment_id, tells_time=tells_time, unsaved=unsaved)


def _top(assessment_id: str, *, tells_time: bool, unsaved: str) -> None:
    problem_summary_here()
    with st.bottom:
        place_back(assessment_id, tells_time=tells_time, unsaved=unsaved)


def place_back(assessment_id: str, *, tells_time: bool, unsaved: str = _AT_ONCE) -> None:
    """Say what was changed or undone last, with the way back and the way forward again.

    Each part has a place that is kept while there is nothing in it, so that no way stands that leads nowhere now.
    """
    back = workspace().back(assessment_id)
    namer = Namer(back.questionnaire, workspace().library.parameters)
    problem_at(_FIELD)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="back"):
        said, undo, redo = st.empty(), st.empty(), st.empty()
    if words := _last(back, namer, unsaved if tells_time else None):
        said.caption(words, width="content")
    if back.undo is not None:
        _button(undo, "Undo", namer.step(back.undo), assessment_id, back.undo, workspace().undo)
    if back.redo is not None:
        _button(redo, "Redo", namer.step(back.redo), assessment_id, back.redo, workspace().redo)


def _last(back: Back, namer: Namer, unsaved: str | None) -> str:
    """Return what was undone last, or when something was saved; nothing where the page tells the time itself."""
    if back.redo is not None:
        return plain(f"Undone: {_in_short(namer.step(back.redo))}")
    if unsaved is None:
        return ""
    return unsaved if back.undo is None else f"Saved {clock(back.undo.at)}"


def _in_short(title: str) -> str:
    return f"{title[:_LONGEST_LABEL].rstrip()}{'…' if len(title) > _LONGEST_LABEL else ''}"


def _button(
    place: DeltaGenerator,
    way: str,
    title: str,
    assessment_id: str,
    step: PastStep,
    operation: Callable[[str, int], Saved],
) -> None:
    label, key = plain(f"{way}: {_in_short(title)}"), f"{way.lower()}-{assessment_id}"
    place.button(label, key=key, wrap=True, on_click=go_back, args=(assessment_id, step.sequence, operation))


def go_back(assessment_id: str, sequence: int, operation: Callable[[str, int], Saved]) -> None:
    """Undo or redo a step, and draw the whole page from what stands then.

    As a callback it is given the step that was on the screen, whatever somebody else has changed since.
    """
    try:
        keep_saved(operation(assessment_id, sequence).at)
        accept(_FIELD)
        _look_again()
    except SixstepError as error:
        refuse(_FIELD, "Undo", in_short(error))
    st.rerun()


def _look_again() -> None:
    """Forget what the widgets last saw in the store, so that each is filled from it and none tells of a stranger."""
    for name in [str(name) for name in st.session_state]:
        if _SEEN.search(name):
            del st.session_state[name]
