"""Taking over the answers of last time, many at once: all ticked, and what is to be looked at again is unticked."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from assessment.questionnaire import Question
from views.access import workspace
from views.answering import Field
from views.drawing import draw_again
from views.feedback import attempt, problem_at
from views.last_time import before, to_carry
from views.plain import plain
from views.quick_moves import FRAGMENT, begin, standing_of
from views.quick_question import QUESTION_WIDTH
from workspace.service import Opened

_PANEL = "carry-panel"


def place_carry(opened: Opened, last: Opened | None) -> None:
    """Place the panel, where there is something to take over."""
    questions = to_carry(opened, last)
    problem_at(_PANEL)
    if last is None or not questions:
        return
    label = f"Take over answers from last time: {plain(last.assessment.name)}"
    panel = st.expander(label, key=_PANEL, on_change="rerun", width=QUESTION_WIDTH)
    if not panel.open:
        return
    with panel:
        st.markdown("Untick what you want to look at again. What is taken over is marked until somebody confirms it.")
        for step in opened.questionnaire.steps:
            inside = [question for question in questions if question.step == step.id]
            if inside:
                st.markdown(f"**{plain(step.title)}**")
            for question in inside:
                _tick(opened, last, question)
        _button(opened, questions)


def _key(opened: Opened, question: Question) -> str:
    return Field(opened.id, question.id, question.title).key("carry")


def _tick(opened: Opened, last: Opened, question: Question) -> None:
    then = before(last, opened.questionnaire, question)
    words = "" if then is None else plain(then.words)
    st.checkbox(
        f"**{plain(question.title)}.** {words}", value=True, key=_key(opened, question), persist_state="session"
    )


def _button(opened: Opened, questions: Sequence[Question]) -> None:
    ticked = [question for question in questions if st.session_state.get(_key(opened, question), True)]
    label = f"Carry {len(ticked)} answer{'s' if len(ticked) != 1 else ''}"
    st.button(label, key="carry", type="primary", disabled=not ticked, on_click=_carry, args=(opened.id, tuple(ticked)))


def _carry(assessment_id: str, questions: tuple[Question, ...]) -> None:
    names = [question.id for question in questions]
    done = attempt(_PANEL, "Answers from last time", lambda: workspace().carry_answers(assessment_id, names).at)
    standing = standing_of(assessment_id)
    if done:
        for question in questions:  # this session brought them in itself: nobody else changed them
            st.session_state.pop(Field(assessment_id, question.id, question.title).key("seen"), None)
        if standing is not None:
            begin(workspace().open(assessment_id), standing.filter, standing.step)
    draw_again([FRAGMENT])
