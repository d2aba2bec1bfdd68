"""Progress: what stands worse and better than in an earlier assessment, the next quarter, and another version."""

from __future__ import annotations

import streamlit as st

from assessment.errors import SixstepError
from assessment.trend import compare
from reports.comparing import (
    VERSIONS,
    carried_sentences,
    empty_side,
    titles_of,
    version_rows,
)
from views.about import explain
from views.access import workspace
from views.blocks import WIDTH, table
from views.comparison import in_full, live, show_comparison
from views.feedback import guarded, in_short, problem_at, problem_summary, refuse
from views.frame import arrived, go, require, way
from views.plain import plain
from views.progress_why import place_progress_why
from workspace.service import Opened

_MOST_LISTED = 50
_NEXT, _MOVE = "progress-next", "progress-move"


def page() -> None:
    """Compare the open assessment with an earlier one, and lead on from it."""
    opened = require()
    arrived(f"progress/{opened.id}")
    st.title("Progress", anchor=False)
    explain("progress")
    with st.container(width=WIDTH):
        problem_summary()
        guarded(_compared)(opened)
        _next_quarter(opened)
        guarded(_other_version)(opened)


def _compared(opened: Opened) -> None:
    names = _others(opened)
    if not names:
        st.info("There is no other assessment to compare this one with yet. Start the next quarter when it begins.")
        return
    followed = opened.assessment.follows
    place = list(names).index(followed) if followed in names else 0
    chosen = st.selectbox(
        "Earlier assessment", list(names), index=place, format_func=names.__getitem__, key="progress-with"
    )
    if whole := in_full(names[chosen]):
        st.caption(whole)
    earlier = workspace().open(chosen)
    old, new = live(earlier), live(opened)
    found = compare(old, earlier.assessment, new, opened.assessment)
    show_comparison(found, titles_of(old, new))
    if empty_side(found) is None:
        place_progress_why(found, new, earlier.assessment, opened.assessment)


def _others(opened: Opened) -> dict[str, str]:
    """Return the names of the others that share questions: the followed one however old, then those with answers."""
    related = workspace().library.related(opened.questionnaire.id)
    listed = [item for item in workspace().assessments() if item.id != opened.id and item.questionnaire in related]
    listed.sort(key=lambda listing: (listing.id != opened.assessment.follows, listing.answered == 0))
    return {listing.id: listing.name for listing in listed[:_MOST_LISTED]}


def _next_quarter(opened: Opened) -> None:
    st.header("The next quarter", anchor=False)
    st.markdown(
        "A new assessment follows this one. Context, targets and typed figures are carried over; questions and signals "
        "are asked anew."
    )
    problem_at(_NEXT)
    begun = bool(opened.assessment.answers)
    if not begun:
        way("Answer the questions of this one first", "tasks", opened.id, here=True)
    if st.button("Start the next quarter", type="primary" if begun else "secondary", key=_NEXT):
        try:
            name = workspace().next_quarter(opened.id)
        except SixstepError as error:
            refuse(_NEXT, "The next quarter", in_short(error))
            st.rerun()
        go("tasks", name)


def _other_version(opened: Opened) -> None:
    reference = opened.assessment.questionnaire
    others = [item for item in workspace().library.installed(reference.id) if item.version != reference.version]
    if not others:
        return
    st.header("Another version of the questionnaire", anchor=False)
    versions = [item.version for item in reversed(others)]
    chosen = st.selectbox("Version", versions, key="progress-version")
    here, there = live(opened), next(item for item in others if item.version == chosen)
    moved = compare(here, opened.assessment, there, opened.assessment)
    st.markdown("How these answers are scored under both versions:")
    heads = (VERSIONS[0], f"Version {here.version}", f"Version {chosen}", VERSIONS[3])
    table(heads, version_rows(moved.differences), right=(False, True, True, True))
    for sentence in carried_sentences(moved.carried, titles_of(here, there)):
        st.markdown(plain(sentence))
    problem_at(_MOVE)
    if st.button(f"Move to version {plain(chosen)}", key=_MOVE):
        _move(opened, chosen)


def _move(opened: Opened, version: str) -> None:
    try:
        workspace().move_to_version(opened.id, version)
    except SixstepError as error:
        refuse(_MOVE, "Another version of the questionnaire", in_short(error))
    st.rerun()


page()
