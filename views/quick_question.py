"""The question in focus on the page of quick answers: its options as rows, last time beside them, a button a key."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from assessment.answers import Answer
from assessment.instrument import option_of
from assessment.questionnaire import Question
from views.answering import REASONS, Field, adopt, in_words
from views.blocks import on_phone
from views.feedback import problem_words
from views.last_time import Before, answered_at, before
from views.looking_again import CARRIED
from views.plain import plain
from views.question import background, conflict_words, details, figure_words, measured
from views.quick_moves import REASON_KEYS, Desk, clicked, waits_marked

QUESTION_WIDTH = 860
_OPTION_WIDTH, _TEXT_WIDTH = 140, 660


def place_question(desk: Desk) -> None:
    """Place the question in focus."""
    question = desk.question
    if question is None:
        return
    questionnaire, stored = desk.opened.questionnaire, desk.opened.assessment.answers.get(question.id)
    field = desk.field(question)
    moved = adopt(field, stored, desk.opened.sequence)
    step = next(step for step in questionnaire.steps if step.id == question.step)
    with st.container(key=field.key("box"), width=QUESTION_WIDTH):
        place = f":small[{plain(step.title)}: {plain(question.title)}]"
        st.markdown(f"{place}\n\n# {plain(question.prompt)}\n\n{plain(question.hint)}", anchors=False)
        then = before(desk.last, questionnaire, question)
        if desk.standing.asks_reason:
            _reasons(desk, question)
        else:
            _options(desk, question, stored, then)
        _tell(field, conflict_words(field, questionnaire, question, stored, moved=moved))
        _standing(desk, question, stored)
        _then(desk, question, then)
        _acts(desk, question, stored, then)
        measured(field, question, stored)
        if level := figure_words(questionnaire, question, stored):
            st.markdown(level)
        _last_one(desk)
        background(field, questionnaire, question)
        if stored is not None:
            details(field, stored)


def _tell(field: Field, conflict: str) -> None:
    """Tell what went wrong and what somebody else changed, in a place that is kept when there is neither."""
    place, problem = st.empty(), problem_words(field.name)
    if problem or conflict:
        with place.container():
            if problem:
                st.error(problem)
            if conflict:
                st.info(conflict)


def act(
    desk: Desk,
    here: str,
    key: str,
    label: str,
    *,
    chosen: bool = False,
    width: int | Literal["content"] = "content",
) -> None:
    """Place a button that does ``here`` what a key does, with the key in bold in its label, or before it.

    A phone has no such keys: there the label stands alone.
    """
    shown = "" if on_phone() else f"**{_shown(key)}** "
    named = label.replace(key, f"**{key}**") if key.isdigit() and key in label else f"{shown}{label}"
    st.button(
        f"{named}, chosen" if chosen and key.isdigit() else named,
        key=f"choose-{key}-{here}-{desk.opened.id}",
        type="primary" if chosen else "secondary",
        on_click=clicked,
        args=(desk.opened.id, here, key),
        width=width,
        wrap=True,
    )


def _shown(key: str) -> str:
    return {"ArrowLeft": "←", "ArrowRight": "→", "Escape": "Esc"}.get(key, key)


def _options(desk: Desk, question: Question, stored: Answer | None, then: Before | None) -> None:
    options, keys = desk.opened.questionnaire.scale_of(question).options, desk.option_keys(question)
    now, last = _option(question, stored), _option(question, None if then is None else then.answer)
    for place, (option, anchor) in enumerate(zip(options, question.anchors, strict=True)):
        # The text has a width of its own: in a narrow window it goes below the button, and no row scrolls by itself.
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
            if place < len(keys):
                act(desk, question.id, keys[place], plain(option.label), chosen=place == now, width=_OPTION_WIDTH)
            st.markdown(f"{plain(anchor)}{' *As last time.*' if place == last else ''}", width=_TEXT_WIDTH)


def _option(question: Question, answer: Answer | None) -> int | None:
    if answer is None or answer.unknown or answer.not_applicable is not None:
        return None
    return option_of(question, answer)


def _reasons(desk: Desk, question: Question) -> None:
    st.markdown("**Why does it not apply?** Until a reason is chosen nothing is saved.")
    for key, words in zip(REASON_KEYS, REASONS.values(), strict=True):
        act(desk, question.id, key, words)
    act(desk, question.id, "Escape", "Back to the levels")


def _standing(desk: Desk, question: Question, stored: Answer | None) -> None:
    """Say what stands, where it is no level that the rows show: don't know, not applicable, taken over, marked."""
    parts = []
    if stored is not None and (stored.unknown or stored.not_applicable is not None):
        parts.append(plain(in_words(desk.opened.questionnaire, question, stored)))
    if stored is not None and stored.carried:
        parts.append(CARRIED)
    if stored is not None and stored.discuss:
        parts.append("Marked for discussion")
    if stored is None:
        parts.append("Not answered yet")
        if waits_marked(desk.field(question)):
            parts.append("the mark for discussion is saved with the answer")
    if parts:
        st.markdown(f"**{', '.join(parts)}**")


def _then(desk: Desk, question: Question, then: Before | None) -> None:
    """Show quietly what was answered last time, with its note and date."""
    last = desk.last
    if then is None or last is None:
        return
    at = answered_at(last, question.id)
    date = "" if at is None else f" ({at:%d %B %Y})"
    st.caption(f"Last time{date}: {plain(then.words)}")
    if then.answer.note:
        st.caption(f"Its note: {plain(then.answer.note)}")


def _acts(desk: Desk, question: Question, stored: Answer | None, then: Before | None) -> None:
    """Place what can be done besides choosing a level; the way on has the same place at every question."""
    with st.container(horizontal=True, gap="xsmall"):
        act(desk, question.id, "ArrowLeft", "Previous")
        act(desk, question.id, "ArrowRight", "Next")
        if stored is not None and stored.carried:
            act(desk, question.id, "l", "Still true")
        elif then is not None:
            act(desk, question.id, "l", "Keep last time's answer")
        if not desk.standing.asks_reason:
            act(
                desk,
                question.id,
                "n",
                "Not applicable",
                chosen=stored is not None and stored.not_applicable is not None,
            )
        act(desk, question.id, "u", "Don't know", chosen=stored is not None and stored.unknown)
        marked = stored.discuss if stored is not None else waits_marked(desk.field(question))
        act(desk, question.id, "m", "Take the mark off" if marked else "Mark for discussion")
        if stored is not None:
            act(desk, question.id, "Backspace", "Clear")


def _last_one(desk: Desk) -> None:
    """Say what was answered to the question before, which is no longer on the screen."""
    name = desk.standing.last
    question, answer = desk.opened.questionnaire.by_id.get(name), desk.opened.assessment.answers.get(name)
    if question is None or answer is None or name == desk.standing.here:
        return
    words = plain(in_words(desk.opened.questionnaire, question, answer).split(". ")[0])
    st.caption(f"Answered last: {plain(question.title)}, {words}")
    other = Field(desk.opened.id, question.id, question.title)
    if conflict := conflict_words(other, desk.opened.questionnaire, question, answer, moved=False):
        st.info(conflict)
