"""The sliders of a what-if: where each stands in the case, where it was moved, and back to the case with one button."""

from __future__ import annotations

import math
from collections.abc import Sequence

import streamlit as st

from models.case import Case
from models.whatif import Lever
from reports.whatif_words import lever_title, lever_unit, lever_words
from reports.wording import wording
from views.plain import plain
from views.widgets import put


def key_of(assessment_id: str, lever: Lever) -> str:
    """Return the key of a slider."""
    return f"lever-{lever.name}-{assessment_id}"


def place_levers(assessment_id: str, case: Case, levers: Sequence[Lever]) -> dict[str, float]:
    """Place the sliders; returns the values of those that were moved, by name."""
    st.button("Reset all", key=f"what-if-reset-{assessment_id}", on_click=forget, args=(assessment_id, tuple(levers)))
    values = {}
    for lever in levers:
        value = _slider(assessment_id, case, lever)
        if value != lever.now:
            values[lever.name] = value
    return values


def forget(assessment_id: str, levers: Sequence[Lever]) -> None:
    """Move every slider back to where it stands in the case."""
    for lever in levers:
        put(key_of(assessment_id, lever), _typed(lever, lever.now))


def _slider(assessment_id: str, case: Case, lever: Lever) -> float:
    key, now = key_of(assessment_id, lever), _typed(lever, lever.now)
    seen = f"seen-{key}"
    if key not in st.session_state or st.session_state.get(seen) != lever:
        put(key, now)
    st.session_state[seen] = lever
    unit = lever_unit(lever, case.parameters, case.inputs.currency)
    label = f"{lever_title(lever, case.parameters)} ({unit})"
    value = st.slider(
        plain(label),
        _typed(lever, lever.low),
        _typed(lever, lever.high),
        now,
        _typed(lever, lever.step),
        format=_format(lever),
        key=key,
    )
    st.caption(plain(lever_words(case, lever, float(value))))
    note = wording().whatif.get(f"note_{lever.name}")
    if note:
        st.caption(plain(note))
    return float(value)


def _typed(lever: Lever, value: float) -> float | int:
    return round(value) if lever.kind == "months" else float(value)


def _format(lever: Lever) -> str:
    if lever.kind == "months":
        return "%d"
    return f"%.{max(0, -math.floor(math.log10(lever.step)))}f"
