"""Context and signals, a part at a time, and what the assessment is called."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import streamlit as st

from reports.wording import wording
from views.about import explain
from views.access import workspace
from views.back import place_top
from views.drawing import draw_again
from views.feedback import SUMMARY, attempt, guarded, problem_at, refuse, saved_line
from views.frame import arrived, require, way
from views.items import parts_of, place_item
from views.plain import plain
from views.steps import MODES, modes_differ
from views.widgets import put
from workspace.service import Opened

ABOUT = "about"


def page() -> None:
    """Show the part that the URL names: the description, or one group of items."""
    opened = require()
    parts = parts_of(opened)
    names = [ABOUT, *(part.name for part in parts)]
    titles = ["About this assessment", *(part.title for part in parts)]
    wanted = st.query_params.get("part", names[0])
    place = names.index(wanted) if wanted in names else 0
    arrived(f"context/{opened.id}/{names[place]}")
    designed = opened.questionnaire.stage == "design"
    st.caption(f"{'Context' if designed else 'Context and signals'}, part {place + 1} of {len(names)}")
    st.title(plain(titles[place]), anchor=False)
    explain("context")
    place_top(opened.id)
    with st.container(width=860):
        if place == 0:
            st.fragment(guarded(_about), key=ABOUT)(opened.id)
            if designed:
                st.info(f"{plain(wording().stage['note'])} {plain(wording().stage['signals'])}")
        else:
            part = parts[place - 1]
            for number, item in enumerate(part.items, start=1):
                place_item(opened.id, item, number, len(part.items))
                st.divider()
    _ways_on(opened, names, titles, place)


def _ways_on(opened: Opened, names: list[str], titles: list[str], place: int) -> None:
    with st.container(horizontal=True):
        if place > 0:
            way(f"Back: {titles[place - 1]}", "context", opened.id, part=names[place - 1])
        if place + 1 < len(names):
            way(f"Next: {titles[place + 1]}", "context", opened.id, here=True, part=names[place + 1])
        way("Task list", "tasks", opened.id)


def _about(assessment_id: str) -> None:
    opened = workspace().open(assessment_id)
    assessment = opened.assessment
    stored = {"name": assessment.name, "organisation": assessment.organisation, "mode": assessment.mode}
    for part, value in stored.items():
        if f"seen-about-{part}" not in st.session_state or st.session_state[f"seen-about-{part}"] != value:
            put(_key(assessment_id, part), value)
        st.session_state.setdefault(_key(assessment_id, part), value)
        st.session_state[f"seen-about-{part}"] = value
    problem_at(_key(assessment_id, "name"))
    st.text_input("Name of the assessment", assessment.name, max_chars=200, **_bound(assessment_id, "name"))
    st.text_input("Organisation", assessment.organisation, max_chars=200, **_bound(assessment_id, "organisation"))
    if modes_differ(opened.questionnaire):
        place = list(MODES).index(assessment.mode)
        change = _bound(assessment_id, "mode")
        st.radio("How much is asked", list(MODES), place, format_func=MODES.__getitem__, **change)
        st.caption("Answers stay when you change this: a pulse is scored over its core questions alone.")
    for part in stored:
        saved_line(_key(assessment_id, part))


def _key(assessment_id: str, part: str) -> str:
    return f"about-{part}-{assessment_id}"


def _bound(assessment_id: str, part: str) -> dict[str, Any]:
    return {"key": _key(assessment_id, part), "on_change": _describe, "args": (assessment_id, part)}


def _describe(assessment_id: str, part: str) -> None:
    key = _key(assessment_id, part)
    value = st.session_state[key]

    def operation() -> datetime:
        return workspace().describe_as(assessment_id, **{part: value}).at

    if part == "name" and not value.strip():
        refuse(key, "Name of the assessment", "Give the assessment a name.")
    else:
        attempt(key, part.capitalize(), operation)
    draw_again([ABOUT, SUMMARY])


page()
