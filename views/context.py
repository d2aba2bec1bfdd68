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
from views.items import ABOUT, SENTENCES, Part, parts_of, place_item
from views.plain import plain
from views.steps import MODES, modes_at, modes_differ
from views.widgets import put
from workspace.service import Opened

_LABELS = {"name": "Name of the assessment", "organisation": "Organisation", "mode": "How much is asked"}


def page() -> None:
    """Show the group of items that the URL names, the first one if it names none, or the description."""
    opened = require()
    parts = parts_of(opened)
    wanted = st.query_params.get("part", "")
    place = next((place for place, part in enumerate(parts) if part.name == wanted), 0)
    if wanted == ABOUT or not parts:
        _description(opened)
    else:
        _part(opened, parts, place)


def _part(opened: Opened, parts: tuple[Part, ...], place: int) -> None:
    part = parts[place]
    arrived(f"context/{opened.id}/{part.name}")
    designed = opened.questionnaire.stage == "design"
    st.caption(f"{'Context' if designed else 'Context and signals'}, part {place + 1} of {len(parts)}")
    st.title(plain(part.title), anchor=False)
    if part.name in SENTENCES:
        st.markdown(SENTENCES[part.name])
    else:
        explain("context")
    place_top(opened.id)
    with st.container(width=860):
        if designed and place == 0:
            st.info(f"{plain(wording().stage['note'])} {plain(wording().stage['signals'])}")
        for number, item in enumerate(part.items, start=1):
            place_item(opened.id, item, number, len(part.items))
            st.divider()
    last = place + 1 == len(parts)
    with st.container(horizontal=True):
        if not last:
            following = parts[place + 1]
            way(f"Next: {plain(following.title)}", "context", opened.id, here=True, part=following.name)
        if place > 0:
            way(f"Back: {plain(parts[place - 1].title)}", "context", opened.id, part=parts[place - 1].name)
        way("Task list", "tasks", opened.id, here=last)


def _description(opened: Opened) -> None:
    arrived(f"context/{opened.id}/{ABOUT}")
    st.title("About this assessment", anchor=False)
    st.markdown("What it is called, whose it is, and how much it asks.")
    place_top(opened.id)
    with st.container(width=860):
        st.fragment(guarded(_about), key=ABOUT)(opened.id)
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
    st.text_input(_LABELS["name"], assessment.name, max_chars=200, **_bound(assessment_id, "name"))
    problem_at(_key(assessment_id, "organisation"))
    st.text_input(
        _LABELS["organisation"], assessment.organisation, max_chars=200, **_bound(assessment_id, "organisation")
    )
    if modes_differ(opened.questionnaire):
        place = list(MODES).index(assessment.mode)
        change = _bound(assessment_id, "mode")
        problem_at(_key(assessment_id, "mode"))
        st.radio(_LABELS["mode"], list(MODES), place, format_func=modes_at(opened.questionnaire).__getitem__, **change)
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
        refuse(key, _LABELS[part], "Give the assessment a name.")
    else:
        attempt(key, _LABELS[part], operation)
    draw_again([ABOUT, SUMMARY])


page()
