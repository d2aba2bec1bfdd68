"""What was typed into the settings of a report and is not used, said where the report is made."""

from __future__ import annotations

import re

import streamlit as st

from assessment.report_settings import COLOUR_FORM
from reports.brand import COLOURS
from reports.contrast import nearest_passing
from views.drawing import draw_again
from views.feedback import guarded, problem_of
from views.plain import plain
from views.report_settings import LABELS, SHOWN, UNUSED, keep, key_of


def unused_settings(assessment_id: str) -> None:
    """Place the settings that are not used, each with its reason; drawn again when one is refused or mended."""
    st.fragment(guarded(_unused), key=UNUSED)(assessment_id)


def _unused(assessment_id: str) -> None:
    with st.container():
        for field in (*LABELS, "logo"):
            told = problem_of(key_of(assessment_id, field))
            if told:
                st.warning(f"{plain(told.label)} is not used. {plain(told.sentence)}.")
                _suggestion(assessment_id, field)


def _suggestion(assessment_id: str, field: str) -> None:
    """Offer the colour that would do in place of a refused one, where there is one."""
    typed = st.session_state.get(key_of(assessment_id, field), "") if field in COLOURS else ""
    if re.fullmatch(COLOUR_FORM, typed.strip()):
        code = nearest_passing(typed.strip())
        key, given = f"report-use-{field}-{assessment_id}", (assessment_id, field, code)
        st.button(f"Use {code} as the {LABELS[field].lower()}", key=key, on_click=_use, args=given, wrap=True)


def _use(assessment_id: str, field: str, code: str) -> None:
    st.session_state[key_of(assessment_id, field)] = code
    keep(assessment_id, field, code)
    draw_again(SHOWN)  # in this run: a second one would no longer tell the browser what the field holds
