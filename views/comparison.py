"""Two assessments side by side: every score, the answers that moved, and what only the questionnaire moved."""

from __future__ import annotations

from collections.abc import Sequence

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
    empty_side,
    first_rows,
    first_sentence,
    notes,
    version_rows,
)
from reports.figures_format import DASH
from views.access import workspace
from views.blocks import chart_width, figure, look, on_phone, table
from views.plain import plain
from workspace.service import Opened

_CHANGE, _FIGURES = HEADER.index("Change"), range(1, len(HEADER) - 1)
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
    if empty_side(found) is None:
        figure(progress(found, width=chart_width(), look=look()), "chart-progress")
        st.header("Every score, the regressions first" if found.regressions else "Every score", anchor=False)
        _differences(HEADER, difference_rows(found.differences))
    known = tuple(item for item in found.moved if item.on_later.earlier.value is not None)
    if known:
        st.header("Answers that moved", anchor=False)
        _differences(("Question", *HEADER[1:]), difference_rows(known))
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


def _differences(header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Draw what moved with all figures to the right; a change that none of the rows has is left out."""
    moved = any(row[_CHANGE] != DASH for row in rows)
    shown = [place for place in range(len(header)) if moved or place != _CHANGE]
    right = [place in _FIGURES for place in shown]
    table([header[place] for place in shown], [[row[place] for place in shown] for row in rows], right=right)


def _versions(found: Comparison, titles: dict[str, str]) -> None:
    st.header("What the questionnaire moved", anchor=False)
    st.markdown("The same earlier answers under both versions: none of this is progress.")
    table(VERSIONS, version_rows(found.differences), right=(False, True, True, True))
    for sentence in carried_sentences(found.carried, titles):
        st.markdown(plain(sentence))
