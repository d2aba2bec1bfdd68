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


def box_of(assessment_id: str, lever: Lever) -> str:
    """Return the key of the field that takes a slider's place while figures are typed."""
    return f"lever-box-{lever.name}-{assessment_id}"


def moved_levers(assessment_id: str, levers: Sequence[Lever]) -> dict[str, float]:
    """Return the values of the levers that were moved, by name, before they are placed; each is begun at its own."""
    values = {}
    for lever in levers:
        key, seen = _shown(assessment_id, lever), f"seen-{key_of(assessment_id, lever)}"
        if key not in st.session_state or st.session_state.get(seen) != lever:
            put(key, _typed(lever, lever.now))
        st.session_state[seen] = lever
        value = float(st.session_state[key])
        if value != lever.now:
            values[lever.name] = value
    return values


def place_levers(assessment_id: str, case: Case, levers: Sequence[Lever]) -> None:
    """Place the sliders, or fields in their place, once :func:`moved_levers` has begun them."""
    texts, told = wording().whatif, (assessment_id, tuple(levers))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(texts["reset"], key=f"what-if-reset-{assessment_id}", on_click=forget, args=told)
        st.toggle(texts["typing"], key=_typing(assessment_id), on_change=_change_over, args=told)
    for lever in levers:
        _lever(assessment_id, case, lever)


def forget(assessment_id: str, levers: Sequence[Lever]) -> None:
    """Move every lever back to where it stands in the case."""
    for lever in levers:
        put(_shown(assessment_id, lever), _typed(lever, lever.now))


def _typing(assessment_id: str) -> str:
    return f"what-if-typing-{assessment_id}"


def _shown(assessment_id: str, lever: Lever) -> str:
    """Return the key of what stands for a lever now: its field while figures are typed, else its slider."""
    key = box_of if st.session_state.get(_typing(assessment_id)) else key_of
    return key(assessment_id, lever)


def _change_over(assessment_id: str, levers: Sequence[Lever]) -> None:
    """Give what takes the place of each slider, or of each field, the value of the one that goes."""
    typing = st.session_state[_typing(assessment_id)]
    before, after = (key_of, box_of) if typing else (box_of, key_of)
    for lever in levers:
        value = st.session_state.get(before(assessment_id, lever))
        put(after(assessment_id, lever), _typed(lever, lever.now) if value is None else value)


def _lever(assessment_id: str, case: Case, lever: Lever) -> None:
    key, now = _shown(assessment_id, lever), _typed(lever, lever.now)
    unit = lever_unit(lever, case.parameters, case.inputs.currency)
    label = plain(f"{lever_title(lever, case.parameters)} ({unit})")
    low, high, step = (_typed(lever, end) for end in (lever.low, lever.high, lever.step))
    if st.session_state.get(_typing(assessment_id)):
        value = float(st.number_input(label, low, high, now, step, format=_format(lever), key=key))
    else:
        grouped = lever.kind == "figure" and lever.step >= 1.0
        value = float(
            st.slider(label, low, high, now, step, format="localized" if grouped else _format(lever), key=key)
        )
    said = (lever_words(case, lever, value), wording().whatif.get(f"note_{lever.name}"))
    st.caption("\n\n".join(plain(text) for text in said if text))


def _typed(lever: Lever, value: float) -> float | int:
    return round(value) if lever.kind == "months" else float(value)


def _format(lever: Lever) -> str:
    if lever.kind == "months":
        return "%d"
    return f"%.{max(0, -math.floor(math.log10(lever.step)))}f"
