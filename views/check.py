"""Check answers: what was answered in one step, each with the way to change it."""

from __future__ import annotations

import streamlit as st

from assessment.questionnaire import Question, Step
from views.about import explain
from views.answering import Field, confidence_counts, in_words
from views.back import place_top
from views.blocks import WIDTH
from views.feedback import guarded, problem_at
from views.frame import arrived, link, require, way
from views.looking_again import CARRIED, confirm_quietly
from views.plain import linked, plain
from views.reading import read
from views.steps import first_open, neighbours, step_or_first
from workspace.service import Opened


def page() -> None:
    """List the answers of the step that the URL names."""
    opened = require()
    step = step_or_first(opened.questionnaire, st.query_params.get("step", ""))
    arrived(f"check/{opened.id}/{step.id}")
    asked = opened.questionnaire.of_step(step.id, opened.assessment.mode)
    missing = sum(question.id not in opened.assessment.answers for question in asked)
    st.caption(plain(step.title))
    st.title("Check your answers", anchor=False)
    explain("check")
    place_top(opened.id)
    with st.container(width=WIDTH):
        if missing:
            st.warning(
                f"{missing} of {len(asked)} questions not answered. An open answer widens the range of the scores, "
                "which counts it at both ends: at the lowest level and at the highest."
            )
        for number, question in enumerate(asked, start=1):
            _answer(opened, question, number)
        guarded(read)(opened, step)
        _ways_on(opened, step)


def _ways_on(opened: Opened, step: Step) -> None:
    """Lead to what is open in this step first, and then to the next one."""
    _, after = neighbours(opened.questionnaire, step)
    following = first_open(opened, step)
    with st.container(horizontal=True):
        if following is not None:
            way("Answer what is open", "step", opened.id, here=True, step=step.id, q=following.id)
        done = following is None
        if after is not None:
            way(f"Next step: {plain(after.title)}", "step", opened.id, here=done, step=after.id)
        else:
            way("See the results", "results", opened.id, here=done)
        way("Task list", "tasks", opened.id)


def _answer(opened: Opened, question: Question, number: int) -> None:
    answer = opened.assessment.answers.get(question.id)
    with st.container(border=True):
        st.markdown(f"{number}\\. **{plain(question.prompt)}**")
        st.markdown(plain(in_words(opened.questionnaire, question, answer)))
        if answer is not None:
            parts = [f"Confidence: {answer.confidence}"] if confidence_counts(answer) else []
            parts += ["marked for discussion"] if answer.discuss else []
            parts += [f"lines of evidence: {len(answer.evidence)}"] if answer.evidence else []
            if answer.carried:
                field = Field(opened.id, question.id, question.title)
                st.markdown(f"**{CARRIED}.**")
                st.button("Still true", key=field.key("confirm"), on_click=confirm_quietly, args=(field,))
                problem_at(field.name)
            if parts:
                words = ", ".join(parts)
                st.caption(words[:1].upper() + words[1:])
            if answer.note:
                st.text(answer.note)
            if answer.evidence:
                st.markdown("\n".join(f"- {linked(line)}" for line in answer.evidence))
        link("step", "Change" if answer else "Answer", opened.id, step=question.step, q=question.id)


page()
