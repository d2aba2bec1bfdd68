"""What the answers do to the scores, live: each dimension with its range and its change since the page was opened."""

from __future__ import annotations

import streamlit as st

from assessment.amounts import Score, reaching_below, weakest
from reports.figures_format import MINUS, format_range, format_score_and_range, rounded
from views.answering import EFFECT
from views.back import place_back
from views.feedback import clock, guarded, last_saved
from views.plain import plain
from views.standing import OVERALL, Standing, remembered, standing


def place_effect(assessment_id: str) -> None:
    """Place the live scores where the page stands, and at the foot of the window one line of them and the way back."""
    st.markdown(
        "## Scores now\n\n:small[Effective maturity, 0 to 100, and its change since you opened this page. In brackets, "
        "the range left by answers that are missing or not known.]",
        anchors=False,
    )
    st.fragment(guarded(_effect), key=EFFECT)(assessment_id)


def _effect(assessment_id: str) -> None:
    """Draw that it was saved, and then all scores as one text: the browser goes over each element at every click."""
    now, before = standing(assessment_id), remembered()
    _foot(now, before.get(OVERALL))
    lines = [
        _line(
            plain(item.title),
            now.scores[item.id],
            before.get(item.id),
            f"ceiling {format_range(now.ceilings[item.id])}",
        )
        for item in now.opened.questionnaire.dimensions
    ]
    lines.append(_line("Overall", now.overall, before.get(OVERALL), _weakest(now)))
    st.markdown("\n\n".join(lines))


def _weakest(now: Standing) -> str:
    """Name the dimension that the overall score is never read without."""
    lowest = weakest(now.scores) if now.overall.shown else None
    if lowest is None:
        return "too few answers for a weakest dimension"
    titles = {item.id: plain(item.title) for item in now.opened.questionnaire.dimensions}
    return f"weakest: {' or '.join(titles[name] for name in (lowest, *reaching_below(now.scores, lowest)))}"


def _line(title: str, found: Score, before: float | None, note: str) -> str:
    return f"**{title}**  \n{format_score_and_range(found)}{_moved(found.value, before)}, :small[{note}]"


def _moved(now: float | None, before: float | None) -> str:
    """Return the change of a score since the page was opened, as words; nothing while either has only a range."""
    if now is None or before is None:
        return ""
    text = rounded(now - before)
    if text.lstrip(MINUS) == "0.0":
        return ", no change"
    return f", **{text}**" if text.startswith(MINUS) else f", **+{text}**"


def _foot(now: Standing, before: float | None) -> None:
    at = last_saved()
    saved = "Every answer is saved at once" if at is None else f"**Saved {clock(at)}**"
    asked = now.opened.questionnaire.asked(now.opened.assessment.mode)
    answered = sum(question.id in now.opened.assessment.answers for question in asked)
    with st.bottom:
        place_back(
            now.opened.id,
            f":small[{saved}. {answered} of {len(asked)} answered. Overall {format_score_and_range(now.overall)}"
            f"{_moved(now.overall.value, before)}]",
            back=now.back,
        )
