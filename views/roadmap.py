"""Roadmap: what to do first, quarter by quarter, why it stands there, and what the team can carry."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import streamlit as st
from pydantic import ValidationError

from assessment.answers import Capacity
from assessment.errors import InputError, Problem
from reports.sections.roadmap import awaits_answers, initiative_sheets, roadmap
from reports.wording import wording
from views.about import explain
from views.access import evaluated, workspace
from views.back import place_top
from views.blocks import WIDTH, show
from views.feedback import SUMMARY, attempt, guarded, problem_at, saved_line
from views.frame import arrived, link, require
from views.own_initiatives import OPENS, PLACE, own_initiatives
from views.plain import plain
from views.plan_charts import SEARCH_PLACE, plan_charts, whole_calendar
from views.plan_choice import USED, choice
from views.plan_search import DEMANDS, SEARCH, demands, forget_use, search
from views.widgets import put

_LABELS = {
    "person_weeks_per_quarter": "Person-weeks a quarter that the team can give",
    "at_most_at_once": "Initiatives at once, at most",
    "quarters": "Quarters to plan for (1 to 20)",
}
_FIELD, _CAPACITY, _PLAN, _SHEETS = "capacity", "capacity-fields", "plan", "sheets"


def page() -> None:
    """Show the plan that follows from the answers, and what it is limited by."""
    opened = require()
    if arrived(f"roadmap/{opened.id}"):
        st.session_state.pop(USED, None)
        forget_use()
    st.title("Roadmap", anchor=False)
    explain("roadmap")
    place_top(opened.id)
    with st.container(width=WIDTH):
        st.fragment(guarded(_capacity), key=_CAPACITY)(opened.id)
        choice(opened.id)
        st.fragment(guarded(_plan), key=_PLAN)(opened.id)
        st.fragment(guarded(_sheets), key=_SHEETS)(opened.id)
        link("economics", "What the programme costs", opened.id, part="programme")
        own_initiatives(opened)
        st.fragment(guarded(demands), key=DEMANDS)(opened.id)
        st.fragment(guarded(search), key=SEARCH)(opened.id)


def _key(assessment_id: str, part: str) -> str:
    return f"{_FIELD}-{part}-{assessment_id}"


def _capacity(assessment_id: str) -> None:
    stored = workspace().open(assessment_id).assessment.economics.capacity
    seen = _key(assessment_id, "seen")
    before: Capacity | None = st.session_state.get(seen)
    for part in _LABELS:
        key, value = _key(assessment_id, part), getattr(stored, part)
        if before is None or key not in st.session_state or getattr(before, part) != value:
            put(key, value)
    st.session_state[seen] = stored
    for part in _LABELS:
        problem_at(_key(assessment_id, part))
    for column, (part, label) in zip(
        st.columns(len(_LABELS), vertical_alignment="bottom"), _LABELS.items(), strict=True
    ):
        steps: dict[str, Any] = {"format": "%g", "step": 1.0} if part == "person_weeks_per_quarter" else {"step": 1}
        column.number_input(
            label,
            value=getattr(stored, part),
            key=_key(assessment_id, part),
            on_change=_save,
            args=(assessment_id, part),
            **steps,
        )
    saved_line(*(_key(assessment_id, part) for part in _LABELS))


def _save(assessment_id: str, part: str) -> None:
    """Save one field into the capacity as it stands in the store now; an emptied field gets its default."""
    key = _key(assessment_id, part)
    given = st.session_state[key]

    def operation() -> datetime:
        stored = workspace().open(assessment_id).assessment.economics.capacity
        wanted = _changed(stored, part, given)
        put(key, getattr(wanted, part))
        return workspace().set_economics(assessment_id, _FIELD, wanted.model_dump()).at

    attempt(key, _LABELS[part], operation)
    st.rerun([_CAPACITY, _PLAN, SEARCH, _SHEETS, SUMMARY])


def _changed(stored: Capacity, part: str, given: float | None) -> Capacity:
    value = getattr(Capacity(), part) if given is None else given
    try:
        return Capacity.model_validate({**dict(stored), part: value})
    except ValidationError as error:
        raise InputError(Problem(f"{_LABELS[part]}: {error.errors()[0]['msg'].lower()}")) from error


def _plan(assessment_id: str) -> None:
    evaluation, own = evaluated(workspace().open(assessment_id)), f"[{plain(OPENS)}](#{PLACE})"
    if awaits_answers(evaluation):
        show(roadmap(evaluation).blocks)
        link("quick", "Answer the questions, one at a time", assessment_id)
        st.markdown(own)
        return
    search_link = f"[{plain(wording().planning['search_link'])}](#{SEARCH_PLACE})"
    st.markdown(f"{search_link} · {own}")
    show(whole_calendar(roadmap(evaluation)), plan_charts(evaluation))


def _sheets(assessment_id: str) -> None:
    if not evaluated(workspace().open(assessment_id)).plan.placements:
        return
    panel = st.expander("A sheet for each initiative", key="sheets-open", on_change="rerun")
    if panel.open:
        section = initiative_sheets(evaluated(workspace().open(assessment_id)))
        with panel:
            st.markdown(f"**{plain(section.title)}**")
            show(section.blocks)


page()
