"""Currency with its typed rate, horizon and delay: what every amount is counted in, and over how long."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import streamlit as st

from views.access import workspace
from views.drawing import draw_again
from views.feedback import SUMMARY, attempt, guarded, problem_at, saved_line
from views.plain import plain
from views.widgets import put

_LABELS = {
    "currency": "Currency of your figures (three letters, such as USD)",
    "currency_per_usd": "What one US dollar is worth in that currency",
    "horizon_months": "Horizon in months (12 to 120)",
    "delay_months": "The later start to compare with, in months from now (1 to 60)",
}
_KEY = "terms-of-money"


def place_terms_of_money(assessment_id: str) -> None:
    """Place the fields."""
    st.fragment(guarded(_fields), key=_KEY)(assessment_id)


def _key(assessment_id: str, field: str) -> str:
    return f"{_KEY}-{field}-{assessment_id}"


def _fields(assessment_id: str) -> None:
    economics = workspace().open(assessment_id).assessment.economics
    for field in _LABELS:
        _adopt(_key(assessment_id, field), getattr(economics, field))
    for field, label in _LABELS.items():
        problem_at(_key(assessment_id, field))
        if field == "currency":
            st.text_input(label, economics.currency, max_chars=3, **_bound(assessment_id, field))
        elif field != "currency_per_usd":
            st.number_input(label, step=1, value=getattr(economics, field), **_bound(assessment_id, field))
        elif economics.currency != "USD":
            st.number_input(label, value=economics.currency_per_usd, format="%g", **_bound(assessment_id, field))
            st.caption(
                f"Defaults are in US dollars; they are turned into {plain(economics.currency)} at this rate. A symbol "
                "never relabels dollars."
            )
        saved_line(_key(assessment_id, field))


def _adopt(key: str, stored: object) -> None:
    state, seen = st.session_state, f"seen-{key}"
    if key not in state or state.get(seen) != stored:
        put(key, stored)
    state[seen] = stored


def _bound(assessment_id: str, field: str) -> dict[str, Any]:
    return {"key": _key(assessment_id, field), "on_change": _save, "args": (assessment_id, field)}


def _save(assessment_id: str, field: str) -> None:
    value = st.session_state[_key(assessment_id, field)]
    if field == "currency":
        value = value.strip().upper() or None

    def operation() -> datetime:
        if field == "currency":
            return workspace().change_currency(assessment_id, value).at
        return workspace().set_economics(assessment_id, field, value).at

    attempt(_key(assessment_id, field), _LABELS[field], operation)
    draw_again([_KEY, SUMMARY])
