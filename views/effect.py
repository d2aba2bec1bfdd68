"""What the answers do to the scores, live: each dimension with its range and its change since the page was opened."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from assessment.scores import Score, Scores
from assessment.scoring import score
from reports.figures_format import MINUS, format_range, format_score_and_range, rounded
from views.access import workspace
from views.answering import EFFECT
from views.feedback import clock, guarded, last_saved
from views.plain import plain
from workspace.service import Opened

_BEFORE = "scores-when-opened"
_OVERALL = "overall"


def remember(opened: Opened) -> None:
    """Keep the scores of this moment, against which changes are shown."""
    st.session_state[_BEFORE] = _middles(score(opened.questionnaire, opened.assessment))


def place_effect(assessment_id: str) -> None:
    """Place the live scores where the page stands, and one line of them at the foot of the window."""
    st.fragment(guarded(_effect), key=EFFECT)(assessment_id)


def _middles(scores: Scores) -> dict[str, float | None]:
    found = {name: item.effective.value for name, item in scores.dimensions.items()}
    return {**found, _OVERALL: scores.overall.effective.value}


def _effect(assessment_id: str) -> None:
    opened = workspace().open(assessment_id)
    scores = score(opened.questionnaire, opened.assessment)
    before: Mapping[str, float | None] = st.session_state.get(_BEFORE, {})
    st.header("Scores now", anchor=False)
    st.caption(
        "Effective maturity, 0 to 100: practice, or the ceiling where that is lower. In brackets, the range that open "
        "answers leave."
    )
    for dimension in opened.questionnaire.dimensions:
        found = scores.dimensions[dimension.id]
        _line(plain(dimension.title), found.effective, before.get(dimension.id), f"ceiling {_short(found.ceiling)}")
    _line("Overall", scores.overall.effective, before.get(_OVERALL), "never read without the weakest dimension")
    _foot(scores, before)


def _short(found: Score) -> str:
    return format_range(found)


def _line(title: str, found: Score, before: float | None, note: str) -> None:
    st.markdown(f"**{title}**  \n{format_score_and_range(found)}{_moved(found.value, before)}  \n:small[{note}]")


def _moved(now: float | None, before: float | None) -> str:
    """Return the change of a score since the page was opened, as words; nothing while either has only a range."""
    if now is None or before is None:
        return ""
    text = rounded(now - before)
    if text.lstrip(MINUS) == "0.0":
        return ", no change"
    return f", **{text}**" if text.startswith(MINUS) else f", **+{text}**"


def _foot(scores: Scores, before: Mapping[str, float | None]) -> None:
    at = last_saved()
    saved = "Every answer is saved at once" if at is None else f"**Saved {clock(at)}**"
    overall = scores.overall.effective
    with st.bottom:
        st.markdown(
            f"{saved}. {scores.answered} of {scores.asked} answered. Overall {format_score_and_range(overall)}"
            f"{_moved(overall.value, before.get(_OVERALL))}"
        )
