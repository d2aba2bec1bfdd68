"""Where an assessment stands at this moment, as the step page tells it: its answers, its scores, and the way back."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import NamedTuple

import streamlit as st

from assessment.amounts import Score
from assessment.sheet import Sheet
from views.access import workspace
from views.drawing import once_a_run
from workspace.service import Opened
from workspace.undoing import Back

_BEFORE = "scores-when-opened"
OVERALL = "overall"


class Standing(NamedTuple):
    """One moment of an assessment: score and ceiling of every dimension (0 to 100), the overall score, the way back."""

    opened: Opened
    scores: Mapping[str, Score]
    ceilings: Mapping[str, Score]
    overall: Score
    back: Back


def opened_now(assessment_id: str) -> Opened:
    """Return an assessment as it stands; the fragments of one click read it once."""
    return once_a_run(("opened", assessment_id), lambda: workspace().open(assessment_id))


def standing(assessment_id: str) -> Standing:
    """Return where an assessment stands; the fragments of one click read it once."""
    return once_a_run(("standing", assessment_id), lambda: _read(assessment_id))


def read_ahead(assessment_id: str) -> None:
    """Read it before the run draws; what fails here fails again, and is told, where it is drawn."""
    with suppress(Exception):
        standing(assessment_id)


def _read(assessment_id: str) -> Standing:
    opened = opened_now(assessment_id)
    sheet = Sheet.of(opened.questionnaire, opened.assessment)
    names = [item.id for item in opened.questionnaire.dimensions]
    return Standing(
        opened,
        {name: sheet.effective(name) for name in names},
        {name: sheet.ceiling(name) for name in names},
        sheet.overall(),
        workspace().back(assessment_id),
    )


def remember(opened: Opened) -> None:
    """Keep the scores of this moment, against which changes are shown."""
    sheet = Sheet.of(opened.questionnaire, opened.assessment)
    found = {item.id: sheet.effective(item.id).value for item in sheet.questionnaire.dimensions}
    st.session_state[_BEFORE] = {**found, OVERALL: sheet.overall().value}


def remembered() -> Mapping[str, float | None]:
    """Return the scores that were kept, by dimension."""
    found: Mapping[str, float | None] = st.session_state.get(_BEFORE, {})
    return found
