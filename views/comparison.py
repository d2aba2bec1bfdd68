"""Two assessments side by side: every score, the answers that moved, and what only the questionnaire moved."""

from __future__ import annotations

import streamlit as st

from assessment.questionnaire import Questionnaire
from assessment.trend import Comparison
from reports.charts.progress import progress
from reports.comparing import (
    HEADER,
    VERSIONS,
    awaited_rows,
    awaited_sentence,
    carried_sentences,
    comparison_sentence,
    difference_rows,
    first_rows,
    first_sentence,
    notes,
    version_rows,
)
from views.access import workspace
from views.blocks import chart_width, figure, look, on_phone, table
from views.plain import plain
from workspace.service import Opened

_CUT = 36
"""Characters of a choice that a phone shows."""


def live(opened: Opened) -> Questionnaire:
    """Return the questionnaire of an assessment in the words of its file; a comparison puts it at each stage."""
    reference = opened.assessment.questionnaire
    return workspace().library.questionnaire(reference.id, reference.version)


def in_full(name: str) -> str:
    """Return a name for the line below its choice where a phone cuts it off there, else nothing."""
    return f"{plain(name)}  \n" if on_phone() and len(name) > _CUT else ""


def show_comparison(found: Comparison, titles: dict[str, str]) -> None:
    """Show what stands worse and better, which answers moved, and what the questionnaire moved."""
    st.info(plain(comparison_sentence(found)))
    figure(progress(found, width=chart_width(), look=look()), "chart-progress")
    st.header("Every score, the regressions first", anchor=False)
    table(HEADER, difference_rows(found.differences))
    known = tuple(item for item in found.moved if item.on_later.earlier.value is not None)
    if known:
        st.header("Answers that moved", anchor=False)
        table(("Question", *HEADER[1:]), difference_rows(known))
    if len(known) < len(found.moved):
        st.header("Answered for the first time", anchor=False)
        st.markdown(plain(first_sentence(found)))
        with st.expander("Which questions"):
            table(("Question", "Later"), first_rows(found))
    if found.awaited:
        st.header("Not answered yet", anchor=False)
        st.markdown(plain(awaited_sentence(found)))
        with st.expander("Which questions"):
            table(("Question", "Earlier"), awaited_rows(found))
    if found.questionnaires_differ:
        _versions(found, titles)
    for sentence in notes(found):
        st.caption(plain(sentence))


def _versions(found: Comparison, titles: dict[str, str]) -> None:
    st.header("What the questionnaire moved", anchor=False)
    st.markdown("The same earlier answers under both versions: none of this is progress.")
    table(VERSIONS, version_rows(found.differences))
    for sentence in carried_sentences(found.carried, titles):
        st.markdown(plain(sentence))
