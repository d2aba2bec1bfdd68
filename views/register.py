"""The target register: what each clinical workflow must bear and promise, one workflow at a time, saved at once."""

from __future__ import annotations

import streamlit as st

from assessment.scoring import score
from reports.sections.register import register_findings, workflow_table
from views.about import explain
from views.access import workspace
from views.back import place_top
from views.blocks import WIDTH, show
from views.feedback import SUMMARY, attempt, guarded, problem_at
from views.frame import arrived, link, require
from views.plain import plain
from views.workflow import EDITOR, pick, place_workflow
from workspace.service import Opened

_TABLE, _ADD, _FINDINGS = "register-table", "register-add", "register-findings"
_FIRST = "No workflow has been entered yet. Begin with the one whose failure reaches a patient first."


def page() -> None:
    """Show the register of the open assessment."""
    opened = require()
    arrived(f"register/{opened.id}")
    st.title("Target register", anchor=False)
    with st.container(width=WIDTH):
        explain("register")
    place_top(opened.id)
    with st.container(width=WIDTH):
        st.fragment(guarded(_table), key=_TABLE)(opened.id)
        place_workflow(opened.id, (EDITOR, _TABLE, _ADD, _FINDINGS))
        st.fragment(guarded(_add), key=_ADD)(opened.id)
        st.fragment(guarded(_findings), key=_FINDINGS)(opened.id)
        _ways(opened)


def _table(assessment_id: str) -> None:
    opened = workspace().open(assessment_id)
    found = score(opened.questionnaire, opened.assessment).register
    if found is None:
        st.info(_FIRST)
    else:
        show([workflow_table(found)])


def _add(assessment_id: str) -> None:
    """Place a button for each suggestion that is not in the register, and a field for any other workflow."""
    opened = workspace().open(assessment_id)
    taken = {item.name.casefold() for item in opened.assessment.workflows.values()}
    st.header("Enter a workflow", anchor=False)
    problem_at(_ADD)
    with st.container(horizontal=True, gap="small"):
        for item in opened.questionnaire.register_suggestions:
            if item.title.casefold() not in taken:
                key = f"{_ADD}-{item.id}"
                st.button(item.title, key=key, help=plain(item.hint), on_click=_enter, args=(opened.id, item.title))
    own = _own(assessment_id)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.text_input(
            "Another workflow", max_chars=200, key=own, width=420, on_change=_enter_own, args=(assessment_id,)
        )
        st.button("Enter it", key=f"{_ADD}-enter-own", on_click=_enter_own, args=(assessment_id,))


def _own(assessment_id: str) -> str:
    return f"{_ADD}-own-{assessment_id}"


def _enter_own(assessment_id: str) -> None:
    name = st.session_state[_own(assessment_id)]
    if name.strip():
        _enter(assessment_id, name)


def _enter(assessment_id: str, name: str) -> None:
    """Enter a workflow, and let the next drawing show it; a name that was refused stays typed."""

    def operation() -> None:
        pick(assessment_id, workspace().add_workflow(assessment_id, name))

    if attempt(_ADD, "Enter a workflow", operation):
        st.session_state[_own(assessment_id)] = ""
    st.rerun([EDITOR, _TABLE, _ADD, _FINDINGS, SUMMARY])


def _findings(assessment_id: str) -> None:
    opened = workspace().open(assessment_id)
    found = score(opened.questionnaire, opened.assessment).register
    if found is not None:
        st.header("What follows from the register", anchor=False)
        show(register_findings(opened.questionnaire, found))


def _ways(opened: Opened) -> None:
    rules = opened.questionnaire.target_register
    with st.container(horizontal=True):
        if rules is not None:
            title = next(step.title for step in opened.questionnaire.steps if step.id == rules.step)
            link("step", f"Back to {plain(title)}", opened.id, step=rules.step)
            link("economics", "What the cost model may take from it", opened.id, part="register")
        link("tasks", "Task list", opened.id)


page()
