"""What else limits a plan, on the page Roadmap: the people of one role, and the money for a computed plan."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import streamlit as st
from pydantic import ValidationError

from assessment.answers import Capacity
from assessment.errors import InputError, Problem
from views.access import workspace
from views.feedback import SUMMARY, attempt, problem_at
from views.plain import plain
from views.widgets import put

_FIELD = "plan-limit"
_BUDGET = "budget"
_TOUCHED = ("plan", "plan-demands", "plan-search", "sheets", SUMMARY)
"""Parts of the page that a limit changes."""
_COLUMNS = 3


def place_limits(assessment_id: str, roles: Mapping[str, str]) -> None:
    """Place one field for each role that the work needs, and one for the budget; an empty field limits nothing.

    Args:
        assessment_id: of the assessment.
        roles: titles by id.
    """
    stored = workspace().open(assessment_id).assessment.economics
    given = {**stored.capacity.roles, _BUDGET: stored.capacity.budget}
    labels = {role: f"{title}: person-weeks a quarter" for role, title in roles.items()}
    labels[_BUDGET] = f"Budget of a computed plan ({stored.currency})"
    with st.expander("People of one role, and money"):
        st.markdown("Leave a field empty where nothing limits the plan.")
        for part in labels:
            problem_at(_key(assessment_id, part))
        for place, (part, label) in enumerate(labels.items()):
            if place % _COLUMNS == 0:
                columns = st.columns(_COLUMNS)
            _seed(_key(assessment_id, part), given.get(part))
            columns[place % _COLUMNS].number_input(
                plain(label),
                min_value=0.0,
                value=given.get(part),
                step=1000.0 if part == _BUDGET else 1.0,
                format="%g",
                key=_key(assessment_id, part),
                on_change=_save,
                args=(assessment_id, part, label),
            )


def _seed(key: str, stored: float | None) -> None:
    """Give a field what is stored, once, and again when that has changed: what was typed and refused stays."""
    seen = f"{key}-seen"
    if key not in st.session_state or st.session_state.get(seen) != stored:
        put(key, stored)
    st.session_state[seen] = stored


def _key(assessment_id: str, part: str) -> str:
    return f"{_FIELD}-{part}-{assessment_id}"


def _save(assessment_id: str, part: str, label: str) -> None:
    key = _key(assessment_id, part)
    value: float | None = st.session_state[key] or None

    def operation() -> datetime:
        stored = workspace().open(assessment_id).assessment.economics.capacity
        wanted = _changed(stored, part, label, value)
        return workspace().set_economics(assessment_id, "capacity", wanted.model_dump()).at

    attempt(key, label, operation)
    st.rerun(list(_TOUCHED))


def _changed(stored: Capacity, part: str, label: str, value: float | None) -> Capacity:
    """Return the capacity with one limit set, or taken away for None.

    Raises:
        InputError: for a figure out of range.
    """
    roles = {role: weeks for role, weeks in stored.roles.items() if role != part}
    change: dict[str, Any] = {"budget": value}
    if part != _BUDGET:
        change = {"roles": roles if value is None else {**roles, part: value}}
    try:
        return Capacity.model_validate({**dict(stored), **change})
    except ValidationError as error:
        raise InputError(Problem(f"{label}: {error.errors()[0]['msg'].lower()}")) from error
