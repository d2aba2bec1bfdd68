"""A step of the questionnaire as a notebook: what it is about, its questions, what they do to the scores."""

from __future__ import annotations

import streamlit as st

from assessment.questionnaire import Question, Step
from reports.wording import wording
from views.blocks import table
from views.effect import place_effect
from views.feedback import problem_summary
from views.frame import arrived, link, require, way
from views.page_rules import BESIDE
from views.plain import plain
from views.question import place_question
from views.reading import place_folded_reading
from views.standing import remember
from views.steps import mode_in_words, neighbours, step_or_first
from workspace.service import Opened

_READ = 760
"""Width of what is read above and below the questions, in pixels."""


def page() -> None:
    """Show the step and the question that the URL names; without a question, all questions of the step."""
    opened = require()
    step = step_or_first(opened.questionnaire, st.query_params.get("step", ""))
    if arrived(f"step/{opened.id}/{step.id}/{st.query_params.get('q', '')}"):
        remember(opened)
    asked = opened.questionnaire.of_step(step.id, opened.assessment.mode)
    place = next((place for place, one in enumerate(asked) if one.id == st.query_params.get("q")), None)
    _head(opened, step, alone=place is not None)
    problem_summary()
    left, right = st.columns([5, 2], gap="large")
    with left:
        if place is None:
            _questions(opened, step, asked)
        else:
            _one_question(opened, step, asked, place)
    with right, st.container(key=BESIDE):
        place_effect(opened.id)


def _head(opened: Opened, step: Step, *, alone: bool) -> None:
    """Say what the step is about; above one question alone only where that stands."""
    steps = opened.questionnaire.steps
    place = f"Step {steps.index(step) + 1} of {len(steps)}"
    mode = mode_in_words(opened.questionnaire, opened.assessment.mode)
    if alone:
        st.caption(f"{place}: {plain(step.title)}, {mode}")
        return
    place = f":small[{place}, {mode}]"
    st.markdown(f"{place}\n\n# {plain(step.title)}\n\n**{plain(step.summary)}**", anchors=False)
    st.markdown("\n\n".join(plain(paragraph) for paragraph in step.narrative), width=_READ)
    _left_out(opened, step)
    _how_to_answer(opened)


def _how_to_answer(opened: Opened) -> None:
    """Give the rules for choosing a level, which stand for every question."""
    if not opened.questionnaire.how_to_answer:
        return
    with st.expander("How to choose a level", width=_READ):
        st.markdown("\n".join(f"- {plain(rule)}" for rule in opened.questionnaire.how_to_answer))


def _left_out(opened: Opened, step: Step) -> None:
    """Say which questions of the step are not asked before launch, and why."""
    left = [question for question in opened.questionnaire.left_out(opened.assessment.mode) if question.step == step.id]
    if left:
        with st.expander(f"{plain(wording().stage['questions'])}: {len(left)}", width=_READ):
            table(("Question", "Why it is not asked"), [(question.title, question.not_in_design) for question in left])


def _questions(opened: Opened, step: Step, asked: tuple[Question, ...]) -> None:
    """Place every question of the step, and the ways on."""
    if asked:
        way("One question at a time", "step", opened.id, step=step.id, q=asked[0].id)
    else:
        st.info("This step has no question in this mode.")
    for number, question in enumerate(asked, start=1):
        place_question(opened.id, question, number, len(asked))
    st.divider()
    rules = opened.questionnaire.target_register
    if rules is not None and rules.step == step.id:
        link("register", "Target register: figures by workflow", opened.id)
    place_folded_reading(opened.id, step)
    before, after = neighbours(opened.questionnaire, step)
    with st.container(horizontal=True):
        if after is not None:
            way(f"Next: {plain(after.title)}", "step", opened.id, step=after.id)
        if before is not None:
            way(f"Back: {plain(before.title)}", "step", opened.id, step=before.id)


def _one_question(opened: Opened, step: Step, asked: tuple[Question, ...], place: int) -> None:
    """Place one question, with the way to the next one; after the last, the answers are checked."""
    place_question(opened.id, asked[place], place + 1, len(asked), alone=True)
    last = place + 1 == len(asked)
    with st.container(horizontal=True):
        if not last:
            way("Next question", "step", opened.id, here=True, step=step.id, q=asked[place + 1].id)
        if place > 0:
            way("Previous question", "step", opened.id, step=step.id, q=asked[place - 1].id)
        way("All questions of this step", "step", opened.id, step=step.id)
    _how_to_answer(opened)
    place_folded_reading(opened.id, step, leads_on=last)


page()
