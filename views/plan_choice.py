"""The plan in use, on the page Roadmap: made step by step, or the computed one that is kept with the assessment."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import streamlit as st

from models.planning.keeping import question_of
from models.planning.kept import fits
from reports.wording import wording
from views.access import evaluated, workspace
from views.feedback import attempt, problem_at
from views.plain import plain
from views.widgets import put

CHOICE = "plan-choice"
"""Key of the field, by which a mistake is shown at it."""
USED = "plan-put-to-use"
"""Key under which a session keeps the assessment whose computed plan it put to use, until it goes to another page."""
PlanName = Literal["step_by_step", "computed"]
_NAMES: tuple[PlanName, ...] = ("step_by_step", "computed")


def choice(assessment_id: str) -> None:
    """Place the choice where a computed plan is kept that still fits, and say where one no longer does."""
    opened = workspace().open(assessment_id)
    evaluation = evaluated(opened)
    economics, texts = opened.assessment.economics, wording().planning
    problem_at(CHOICE)
    if evaluation.computed and st.session_state.get(USED) == assessment_id:
        st.success(plain(texts["used"]))
    if fits(opened.assessment, question_of(evaluation)) is not None:
        key = f"{CHOICE}-{assessment_id}"
        put(key, economics.plan)
        st.radio(
            texts["in_use"],
            _NAMES,
            format_func=lambda name: texts[f"in_use_{name}"],
            key=key,
            horizontal=True,
            on_change=_save,
            args=(assessment_id, key),
        )
    if evaluation.stale:
        st.warning(plain(texts["stale"]))


def _save(assessment_id: str, key: str) -> None:
    chosen = st.session_state[key]

    def operation() -> datetime:
        return workspace().set_economics(assessment_id, "plan", chosen).at

    attempt(CHOICE, wording().planning["in_use"], operation)
    st.rerun()
