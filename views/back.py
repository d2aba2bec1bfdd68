"""The way back: what was changed last and when, with Undo and Redo, at the foot of every page on which people edit."""

from __future__ import annotations

import re
from collections.abc import Callable

import streamlit as st

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
BY_BUTTON = "Nothing is saved before you press “{}”"
"""What the foot says before the first save where nothing is saved by itself: which button of the page saves."""
_SEEN = re.compile(r"(^|-)seen(-|$)")
"""What is in every key under which a page keeps what it last saw in the store."""


def place_top(assessment_id: str, *, unsaved: str = _AT_ONCE) -> None:
    """Place the summary of problems where the page stands, and the last change with its undo at the foot.

    Both are drawn again with every save. ``unsaved`` says when a change is saved, where nothing was saved yet.
    """
    st.fragment(guarded(_top), key=SUMMARY)(assessment_id, unsaved)


def _top(assessment_id: str, unsaved: str) -> None:
    problem_summary_here()
    with st.bottom:
        place_back(assessment_id, unsaved=unsaved)


def place_back(
    assessment_id: str, said: str | None = None, *, unsaved: str = _AT_ONCE, back: Back | None = None
) -> None:
    """Say when something was saved last, with the way back and the way forward again: each says what it would do.

    ``said`` is what the page itself says there, as Markdown, in place of the time of the last save; it may be empty.
    ``back`` is given where it was read already. Each part has a place that is kept while there is nothing in it, so
    that no way stands that leads nowhere now.
    """
    back = workspace().back(assessment_id) if back is None else back
    namer = Namer(back.questionnaire, workspace().library.parameters)
    problem_at(_FIELD)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="back"):
        if said:
            st.markdown(said, width="content")
        elif said is None:
            st.caption(_last(back, unsaved), width="content")
        else:
            st.empty()
        _way("Undo", namer, assessment_id, back.undo, workspace().undo)
        _way("Redo", namer, assessment_id, back.redo, workspace().redo)


def _last(back: Back, unsaved: str) -> str:
    return unsaved if back.undo is None else f"Saved {clock(back.undo.at)}"


def _in_short(title: str) -> str:
    return f"{title[:_LONGEST_LABEL].rstrip()}{'…' if len(title) > _LONGEST_LABEL else ''}"


def _way(
    name: str, namer: Namer, assessment_id: str, step: PastStep | None, operation: Callable[[str, int], Saved]
) -> None:
    if step is None:
        st.empty()
        return
    label, key = plain(f"{name}: {_in_short(namer.step(step))}"), f"{name.lower()}-{assessment_id}"
    st.button(label, key=key, wrap=True, on_click=go_back, args=(assessment_id, step.sequence, operation))


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
