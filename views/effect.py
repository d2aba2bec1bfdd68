"""What the answers do to the scores, live: each dimension with its range and its change since the page was opened."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from assessment.amounts import Score
from assessment.sheet import Sheet
from reports.figures_format import MINUS, format_range, format_score_and_range, rounded
from views.access import workspace
from views.answering import EFFECT
from views.back import place_back
from views.feedback import clock, guarded, last_saved
from views.plain import plain
from workspace.service import Opened

_BEFORE = "scores-when-opened"
_OVERALL = "overall"


def remember(opened: Opened) -> None:
    """Keep the scores of this moment, against which changes are shown."""
    st.session_state[_BEFORE] = _middles(Sheet.of(opened.questionnaire, opened.assessment))


def place_effect(assessment_id: str) -> None:
    """Place the live scores where the page stands, and at the foot of the window one line of them and the way back."""
    st.markdown(
        "## Scores now\n\n:small[Effective maturity, 0 to 100: practice, or the ceiling where that is lower. In "
        "brackets, the range that open answers leave.]",
        anchors=False,
    )
    st.fragment(guarded(_effect), key=EFFECT)(assessment_id)


def _middles(sheet: Sheet) -> dict[str, float | None]:
    found = {item.id: sheet.effective(item.id).value for item in sheet.questionnaire.dimensions}
    return {**found, _OVERALL: sheet.overall().value}


def _effect(assessment_id: str) -> None:
    """Draw all scores as one text: the browser goes over each element of its own at every click."""
    opened = workspace().open(assessment_id)
    sheet = Sheet.of(opened.questionnaire, opened.assessment)
    before: Mapping[str, float | None] = st.session_state.get(_BEFORE, {})
    lines = []
    for item in opened.questionnaire.dimensions:
        note = f"ceiling {format_range(sheet.ceiling(item.id))}"
        lines.append(_line(plain(item.title), sheet.effective(item.id), before.get(item.id), note))
    overall = sheet.overall()
    lines.append(_line("Overall", overall, before.get(_OVERALL), "never read without the weakest dimension"))
    st.markdown("\n\n".join(lines))
    _foot(opened, overall, before)


def _line(title: str, found: Score, before: float | None, note: str) -> str:
    return f"**{title}**  \n{format_score_and_range(found)}{_moved(found.value, before)}  \n:small[{note}]"


def _moved(now: float | None, before: float | None) -> str:
    """Return the change of a score since the page was opened, as words; nothing while either has only a range."""
    if now is None or before is None:
        return ""
    text = rounded(now - before)
    if text.lstrip(MINUS) == "0.0":
        return ", no change"
    return f", **{text}**" if text.startswith(MINUS) else f", **+{text}**"


def _foot(opened: Opened, overall: Score, before: Mapping[str, float | None]) -> None:
    at = last_saved()
    saved = "Every answer is saved at once" if at is None else f"**Saved {clock(at)}**"
    asked = opened.questionnaire.asked(opened.assessment.mode)
    answered = sum(question.id in opened.assessment.answers for question in asked)
    with st.bottom:
        place_back(
            opened.id,
            f":small[{saved}. {answered} of {len(asked)} answered. Overall {format_score_and_range(overall)}"
            f"{_moved(overall.value, before.get(_OVERALL))}]",
        )
