"""Recent changes: what was changed last, what stood before, and the way back."""

from __future__ import annotations

import streamlit as st

from views.about import explain
from views.access import workspace
from views.back import go_back, place_top
from views.blocks import WIDTH
from views.change_words import Namer
from views.frame import arrived, require
from views.plain import plain
from workspace.undoing import PastStep

_MOST = 50
_MOST_TURNS = 5
_WAYS = {"undo": "Undone", "redo": "Done again"}


def page() -> None:
    """List the last changes, the latest first; what still stands can be undone."""
    opened = require()
    arrived(f"changes/{opened.id}")
    st.title("Recent changes", anchor=False)
    explain("changes")
    place_top(opened.id)
    namer = Namer(opened.questionnaire, workspace().library.parameters)
    with st.container(width=WIDTH):
        steps = workspace().changes(opened.id, _MOST)
        if not steps:
            st.info("Nothing has been changed here yet.")
        for step in steps:
            _change(opened.id, namer, step)
        if len(steps) == _MOST:
            st.caption(f"The last {_MOST} changes. Older ones are kept, and stand in the export of the workspace.")


def _change(assessment_id: str, namer: Namer, step: PastStep) -> None:
    with st.container(border=True):
        who = f" · {plain(step.actor)}" if step.actor else ""
        way = f" · **{_WAYS[step.answers[0]]}**" if step.answers else ""
        st.caption(f"{step.at:%d %B %Y, %H:%M:%S} UTC{who}{way}")
        for turn in step.turns[:_MOST_TURNS]:
            told = namer.turn(turn)
            title = told.title[:1].upper() + told.title[1:]
            st.markdown(f"**{plain(title)}**  \nBefore: {plain(told.before)}  \nAfter: {plain(told.after)}")
        if len(step.turns) > _MOST_TURNS:
            st.caption(f"And {len(step.turns) - _MOST_TURNS} more in the same save.")
        if step.open:
            key, told_of = f"undo-{step.sequence}-{assessment_id}", (assessment_id, step.sequence, workspace().undo)
            st.button("Undo this change", key=key, on_click=go_back, args=told_of)


page()
