"""Quick answers: one question in focus, answered by one key, with the way to the next and what was said last time."""

from __future__ import annotations

import re

import streamlit as st

from views.about import explain
from views.access import workspace
from views.back import place_back
from views.blocks import on_phone
from views.carry import place_carry
from views.drawing import draw_again
from views.feedback import clock, guarded, last_saved, problem_summary_here
from views.frame import ID, arrived, require, way
from views.keys import Told, place_keys
from views.plain import plain
from views.quick_list import ALL, FILTERS, found, offered
from views.quick_moves import (
    END,
    FRAGMENT,
    KEYS,
    LISTENED,
    MOVES_ON,
    Desk,
    Standing,
    begin,
    keys_of,
    option_keys,
    pressed,
    standing_of,
)
from views.quick_question import QUESTION_WIDTH, act, place_question
from views.widgets import place_of, put
from workspace.service import Opened

PROGRESS = "quick-progress"
"""Key of the line above the question in focus: the script of the keys brings it into view."""
_LISTS = "quick-lists"
"""Key of the panel with the lists to go through."""
_END, _NOTHING = "End of the list", "Nothing in this list"
_OF_ANY = (
    "**{first}** to **{last}** choose the level, **n** not applicable, **u** don't know, **m** mark for discussion"
)
_OF_FIGURE = "**f** type the figure and **Enter** save it"
_OF_LAST_TIME = "**l** or **Enter** keep last time's answer"
_AROUND = "**Backspace** clear, **←** **→** go to the question before and after, **Esc** leave a text field"


def page() -> None:
    """Show the question that the address names, or the first unanswered one of the list that it names."""
    opened = require()
    _arrive(opened)
    explain("quick")
    st.fragment(guarded(_quick), key=FRAGMENT)(opened.id)


def _arrive(opened: Opened) -> None:
    """Stand where the address says; inside the page the address follows instead."""
    name, step = st.query_params.get("f", ALL), st.query_params.get("step", "")
    name = name if name in FILTERS else ALL
    step = step if any(step == known.id for known in opened.questionnaire.steps) else ""
    here = st.query_params.get("q", "")
    standing = standing_of(opened.id)
    first = arrived(f"quick/{opened.id}")
    if first or standing is None or (standing.filter, standing.step) != (name, step) or here != standing.here:
        begin(opened, name, step, here)


def _quick(assessment_id: str) -> None:
    opened = workspace().open(assessment_id)
    standing = standing_of(assessment_id) or begin(opened, ALL, "")
    desk = Desk(opened, standing)
    _tell_address(desk)
    listener = st.container()  # a place that no question moves: what is drawn anew would listen anew
    _filters(desk)
    place_carry(opened, desk.last)
    problem_summary_here()
    _progress(desk)
    with st.bottom:
        place_back(opened.id, "")
    if desk.question is None:
        _end(desk)
    else:
        place_question(desk)
    _settings(desk)
    with listener:
        _listen(desk)


def _tell_address(desk: Desk) -> None:
    standing = desk.standing
    told = {ID: desk.opened.id, "q": standing.here}
    told |= {"f": standing.filter} if standing.filter != ALL else {}
    told |= {"step": standing.step} if standing.step else {}
    if st.query_params.to_dict() != told:
        st.query_params.from_dict(told)


def _filters(desk: Desk) -> None:
    """Place the ways to choose questions, each with what it finds, and the choice of a step; folded until wanted."""
    opened, standing = desk.opened, desk.standing
    panel = st.expander(f"Which questions: {_list_in_words(desk)}", key=_LISTS, on_change="rerun", width=QUESTION_WIDTH)
    if not panel.open:
        return
    with panel, st.container(horizontal=True, gap="xsmall", vertical_alignment="bottom"):
        for entry in offered(opened, desk.last):
            chosen = entry.name == standing.filter
            words = f"{entry.title}: {len(found(opened, desk.last, entry.name, standing.step))}"
            st.button(
                f"▸ **{words}**" if chosen else words,
                key=f"quick-filter-{entry.name}",
                on_click=_list_again,
                args=(opened.id, entry.name, standing.step),
            )
        _steps(opened, standing)


def _list_in_words(desk: Desk) -> str:
    """Name the list without its count: another label would fold the panel up at every answer."""
    parts = [FILTERS[desk.standing.filter].title, _step_title(desk.opened, desk.standing)]
    return plain(", ".join(filter(None, parts)))


def _steps(opened: Opened, standing: Standing) -> None:
    titles = {"": "All steps", **{step.id: step.title for step in opened.questionnaire.steps}}
    key = f"quick-step-{opened.id}"
    put(key, standing.step)
    st.selectbox(
        "Step",
        list(titles),
        place_of(standing.step, titles),
        format_func=titles.__getitem__,
        key=key,
        on_change=_choose_step,
        args=(key, opened.id),
        label_visibility="collapsed",
        width=360,
    )


def _list_again(assessment_id: str, name: str, step: str) -> None:
    st.session_state[_LISTS] = False
    begin(workspace().open(assessment_id), name, step)
    draw_again([FRAGMENT])


def _choose_step(key: str, assessment_id: str) -> None:
    standing = standing_of(assessment_id)
    _list_again(assessment_id, ALL if standing is None else standing.filter, st.session_state[key] or "")


def _progress(desk: Desk) -> None:
    """Say where the person is, how much is left, and when the last answer was saved."""
    opened, standing = desk.opened, desk.standing
    order, at = desk.order, last_saved()
    answered = sum(name in opened.assessment.answers for name in order)
    place = f"Question {order.index(standing.here) + 1} of {len(order)}" if desk.question else f"{len(order)} questions"
    parts = [f"**{place}**, {answered} answered, {len(order) - answered} left"]
    if standing.filter != ALL or standing.step:
        parts.append(_in_list(standing))
    parts.append("Every answer is saved at once" if at is None else f"**Saved {clock(at)}**")
    with st.container(key=PROGRESS):
        st.markdown(" · ".join(parts))


def _in_list(standing: Standing) -> str:
    if standing.here in standing.members:
        return f"{standing.members.index(standing.here) + 1} of {len(standing.members)} in this list"
    return f"this list has {len(standing.members)}"


def _end(desk: Desk) -> None:
    opened, standing = desk.opened, desk.standing
    left = sum(name not in opened.assessment.answers for name in desk.order)
    if not standing.members:
        st.title(_NOTHING, anchor=False)
        st.markdown(f"No question is under **{FILTERS[standing.filter].title}**{_inside(opened, standing)}.")
    else:
        st.title(_END, anchor=False)
        st.markdown("That was the last question of this list. *Previous* goes back to it.")
    with st.container(horizontal=True):
        if standing.members:
            act(desk, END, "ArrowLeft", "Previous")
        if left:
            one = (opened.id, "unanswered", "")
            st.button(f"Go through the {left} unanswered", type="primary", on_click=_list_again, args=one)
        if standing.filter != ALL or standing.step:
            st.button("Show all questions", on_click=_list_again, args=(opened.id, ALL, ""))
        way("See the results", "results", opened.id, here=not left)
        if opened.questionnaire.signals:
            way("Early failure signals", "context", opened.id, part="signals")
        way("Task list", "tasks", opened.id)


def _inside(opened: Opened, standing: Standing) -> str:
    title = _step_title(opened, standing)
    return f" in the step {plain(title)}" if title else ""


def _step_title(opened: Opened, standing: Standing) -> str:
    return next((step.title for step in opened.questionnaire.steps if step.id == standing.step), "")


def _settings(desk: Desk) -> None:
    """Place what one can have otherwise, and which keys count; a phone has none of its own."""
    with st.container(horizontal=True):
        st.toggle("Move on after an answer", value=True, key=MOVES_ON, persist_state="session")
        if on_phone():
            return
        listens = st.toggle("Answer with single keys", value=True, key=KEYS, persist_state="session")
    if listens:
        st.caption(_keys_that_count(desk), width=QUESTION_WIDTH)


def _keys_that_count(desk: Desk) -> str:
    question = desk.question
    if question is None:
        return "**←** goes back to the question before."
    keys = _keys_of_levels(desk)
    parts = [_OF_ANY.format(first=keys[0], last=keys[-1])]
    if question.measure is not None:
        parts.append(_OF_FIGURE)
    if desk.last is not None:
        parts.append(_OF_LAST_TIME)
    return f"{', '.join([*parts, _AROUND])}."


def _listen(desk: Desk) -> None:
    """Place the listener to the keys that count now."""
    question = desk.question
    figure = "" if question is None or question.measure is None else desk.field(question).key("figure")
    told = Told(
        keys=LISTENED if st.session_state.get(KEYS, True) else (),
        here=desk.standing.here,
        field=re.sub(r"[^A-Za-z0-9_-]", "-", figure),
        switch=KEYS,
        said=_said(desk),
    )
    place_keys(keys_of(desk.opened.id), told, lambda: pressed(desk.opened.id))


def _keys_of_levels(desk: Desk) -> tuple[str, ...]:
    """Return the keys of the levels of the question in focus; at the end those of the levels that most have."""
    questionnaire = desk.opened.questionnaire
    question = desk.question
    name = questionnaire.default_scale if question is None else questionnaire.scale_of(question).id
    return option_keys([option.label for option in questionnaire.scales_by_id[name].options])


def _said(desk: Desk) -> str:
    """Return what a screen reader says when the question changes."""
    question, order = desk.question, desk.order
    if question is None:
        return f"{_END if desk.standing.members else _NOTHING}."
    return f"Question {order.index(question.id) + 1} of {len(order)}. {question.prompt}"


page()
