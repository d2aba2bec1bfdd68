"""The start: try the example, start an assessment, open one that is there, or bring one in from a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import streamlit as st

from assessment.errors import SixstepError
from assessment.questionnaire import Mode, Questionnaire, Stage
from assessment.reading import LARGEST_BYTES
from views.about import explain
from views.access import workspace
from views.feedback import accept, in_short, neutral_sentence, problem_at, problem_summary, refuse
from views.frame import arrived, go
from views.plain import plain
from views.steps import MODES, STAGES, modes_differ, modes_of
from views.tour import begin_tour
from workspace.service import Listing

_NAME, _ORGANISATION, _MODE, _FILE = "start-name", "start-organisation", "start-mode", "start-file"
_QUESTIONNAIRE, _STAGE = "start-questionnaire", "start-stage"
_FILE_LABEL = "An exported assessment, or a whole exported workspace (JSON)"
_AT_ONCE, _MOST_LISTED = 5, 50


def page() -> None:
    """Show the ways in: for a newcomer the example first, else what is there."""
    arrived("start")
    st.title("Sixstep", anchor=False)
    explain("start")
    problem_summary()
    listings = workspace().assessments()
    left, right = st.columns(2, gap="large")
    with left:
        if listings:
            _existing(listings)
        else:
            _example(leads=True)
            _begin(leads=False)
    with right:
        if listings:
            _begin(leads=True)
            _example(leads=False)
        _bring_in()
        _tour()


def _weight(*, leads: bool) -> Literal["primary", "secondary"]:
    return "primary" if leads else "secondary"


def _example(*, leads: bool) -> None:
    st.header("Try the example", anchor=False)
    st.markdown("A complete assessment of a fictional hospital network. Change what you like: it is your copy.")
    if st.button("Try the example", type=_weight(leads=leads), key="start-example"):
        first = not workspace().assessments()
        example = workspace().example()
        if first:
            begin_tour(example)
        go("results", example)


def _begin(*, leads: bool) -> None:
    st.header("Start an assessment", anchor=False)
    asked = _chosen(workspace().library.choices())
    with st.form("start-form", border=False):
        st.text_input("Name of the assessment", max_chars=200, key=_NAME)
        problem_at(_NAME)
        st.text_input("Organisation (may stay empty)", max_chars=200, key=_ORGANISATION)
        if modes_differ(asked):
            st.radio("How much is asked", list(MODES), format_func=modes_of(asked).__getitem__, key=_MODE)
        if asked.serves_design:
            st.radio("Where the product stands", list(STAGES), format_func=STAGES.__getitem__, key=_STAGE)
        begun = st.form_submit_button("Start the assessment", type=_weight(leads=leads))
    if begun:
        _create(asked, st.session_state[_NAME].strip(), st.session_state[_ORGANISATION].strip())


def _chosen(choices: tuple[Questionnaire, ...]) -> Questionnaire:
    """Return what a new assessment is to be begun on; where there is one questionnaire nobody is asked."""
    if len(choices) == 1:
        return choices[0]
    titles = {item.id: f"{item.title}, version {item.version}" for item in choices}
    chosen = st.selectbox("Questionnaire", list(titles), format_func=titles.__getitem__, key=_QUESTIONNAIRE)
    return next(item for item in choices if item.id == chosen)


def _create(asked: Questionnaire, name: str, organisation: str) -> None:
    mode: Mode = st.session_state.get(_MODE, "pulse") if modes_differ(asked) else "pulse"
    stage: Stage = st.session_state.get(_STAGE, "live") if asked.serves_design else "live"
    if not name:
        refuse(_NAME, "Name of the assessment", "Give the assessment a name.")
        st.rerun()
    accept(_NAME)
    id_ = workspace().create(name, organisation, mode, stage=stage, questionnaire=asked.id, version=asked.version)
    go("tasks", id_)


def _existing(listings: Sequence[Listing]) -> None:
    """List what was saved last, and the rest folded, so that a new assessment is not far below on a phone."""
    st.header("Open an assessment", anchor=False)
    for listing in listings[:_AT_ONCE]:
        _listed(listing)
    older = listings[_AT_ONCE:_MOST_LISTED]
    if older:
        with st.expander(f"Saved before that: {len(older)}"):
            for listing in older:
                _listed(listing)
    if len(listings) > _MOST_LISTED:
        st.caption(f"The {_MOST_LISTED} saved last, of {len(listings)}.")


def _listed(listing: Listing) -> None:
    with st.container(border=True):
        # A name may be longer than a phone is wide: a button breaks its label, a link would cut it off.
        if st.button(f"**{plain(listing.name)}**", key=f"start-open-{listing.id}", type="tertiary", wrap=True):
            go("tasks", listing.id)
        parts = [plain(listing.organisation)] if listing.organisation else []
        named = any("fictional" in words.casefold() for words in (listing.name, listing.organisation))
        parts += ["fictional example"] if listing.fictional and not named else []
        parts.append(f"{listing.answered} of {listing.asked} answered")
        if listing.saved_at is not None:
            parts.append(f"saved {listing.saved_at:%d %B %Y, %H:%M} UTC")
        st.caption(" · ".join(parts))


def _tour() -> None:
    """Offer the tour again, over the example that was opened last."""
    st.header("Look around", anchor=False)
    st.markdown("Six places of the example in two minutes, each with what to look at.")
    if st.button("Take the tour", key="start-tour"):
        known = next((listing.id for listing in workspace().assessments() if listing.fictional), None)
        begin_tour(known or workspace().example())


def _bring_in() -> None:
    st.header("Bring in a file", anchor=False)
    with st.form("import-form", border=False):
        uploaded = st.file_uploader(_FILE_LABEL, type=["json"], key=_FILE, max_upload_size=LARGEST_BYTES // 2**20)
        problem_at(_FILE)
        wanted = st.form_submit_button("Import the file")
    if not wanted:
        return
    if uploaded is None:
        refuse(_FILE, _FILE_LABEL, "Choose a file first.")
        st.rerun()
    if uploaded.size > LARGEST_BYTES:
        refuse(_FILE, _FILE_LABEL, f"The file has {uploaded.size:,} bytes; at most {LARGEST_BYTES:,} are read.")
        st.rerun()
    _import(uploaded.getvalue(), uploaded.name)


def _import(raw: bytes, name: str) -> None:
    try:
        brought = workspace().import_any(raw, name)
    except SixstepError as error:
        refuse(_FILE, _FILE_LABEL, in_short(error))
        st.rerun()
    except Exception as error:  # noqa: BLE001 - a file from outside may hold anything
        refuse(_FILE, _FILE_LABEL, neutral_sentence(error))
        st.rerun()
    accept(_FILE)
    if len(brought) == 1:
        go("tasks", brought[0])
    st.rerun()


page()
