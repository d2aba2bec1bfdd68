"""One workflow of the target register: each figure typed with its unit, and saved by itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

import streamlit as st
from pydantic import ValidationError

from assessment.answers import Workflow
from assessment.errors import InputError, Problem
from reports.workflow_words import BY_NAME, WORDS, FigureWords
from views.access import workspace
from views.feedback import SUMMARY, attempt, guarded, problem_at, refuse, saved_line
from views.plain import plain
from views.widgets import place_of, put

EDITOR = "register-editor"
_TEXTS = {"name": ("Name of the workflow", 200), "signed_by": ("Signed by", 200), "note": ("Note", 4000)}


class Entry(NamedTuple):
    """One workflow of one assessment, as the widgets know it; ``fragments`` are drawn again after a save."""

    assessment: str
    workflow: str
    fragments: tuple[str, ...]

    def key(self, part: str) -> str:
        """Return the stable key of one of the widgets."""
        return f"workflow-{part}-{self.workflow}-{self.assessment}"


def place_workflow(assessment_id: str, fragments: tuple[str, ...]) -> None:
    """Place the workflow that is picked, where the page stands."""
    st.fragment(guarded(_editor), key=EDITOR)(assessment_id, fragments)


def _picked(assessment_id: str) -> str:
    return f"workflow-picked-{assessment_id}"


def _open(assessment_id: str) -> str:
    return f"workflow-open-{assessment_id}"


def pick(assessment_id: str, key: str) -> None:
    """Let the next drawing show a workflow."""
    st.session_state[_open(assessment_id)] = key


def _change(assessment_id: str) -> None:
    pick(assessment_id, st.session_state[_picked(assessment_id)])


def _editor(assessment_id: str, fragments: tuple[str, ...]) -> None:
    workflows = workspace().open(assessment_id).assessment.workflows
    if not workflows:
        return
    keys = sorted(workflows)
    if st.session_state.get(_open(assessment_id)) not in workflows:
        pick(assessment_id, keys[0])
    key: str = st.session_state[_open(assessment_id)]
    put(_picked(assessment_id), key)
    st.header("Change a workflow", anchor=False)
    st.selectbox(
        "Workflow",
        keys,
        index=place_of(key, keys),
        format_func=lambda name: workflows[name].name,
        key=_picked(assessment_id),
        width=420,
        on_change=_change,
        args=(assessment_id,),
    )
    entry = Entry(assessment_id, key, fragments)
    _adopt(entry, workflows[key])
    _hint(entry, workflows[key])
    _texts(entry, workflows[key], ("name",))
    _figures(entry, workflows[key])
    _texts(entry, workflows[key], ("signed_by", "note"))
    _ways(entry)


def _adopt(entry: Entry, stored: Workflow) -> None:
    """Fill the widgets that are new, and those whose figure moved on in the store."""
    state = st.session_state
    before: Workflow | None = state.get(entry.key("seen"))
    for part in (*_TEXTS, *BY_NAME):
        value = _shown(stored, part)
        if before is None or entry.key(part) not in state or _shown(before, part) != value:
            put(entry.key(part), value)
    state[entry.key("seen")] = stored


def _shown(stored: Workflow, part: str) -> Any:
    return BY_NAME[part].of(stored) if part in BY_NAME else getattr(stored, part)


def _hint(entry: Entry, stored: Workflow) -> None:
    suggestions = workspace().open(entry.assessment).questionnaire.register_suggestions
    hint = next((item.hint for item in suggestions if item.title.casefold() == stored.name.casefold()), "")
    if hint:
        st.caption(plain(hint))


def _texts(entry: Entry, stored: Workflow, parts: tuple[str, ...]) -> None:
    for part in parts:
        label, longest = _TEXTS[part]
        st.text_input(
            label, getattr(stored, part), max_chars=longest, key=entry.key(part), on_change=_save, args=(entry, part)
        )
        problem_at(entry.key(f"problem-{part}"))


def _figures(entry: Entry, stored: Workflow) -> None:
    """Place the fields two by two: in a row of their own they stand level whatever their labels take."""
    for first in range(0, len(WORDS), 2):
        columns = st.columns(2, gap="medium", vertical_alignment="bottom")
        for column, words in zip(columns, WORDS[first : first + 2], strict=False):
            with column:
                _figure(entry, words, stored)


def _figure(entry: Entry, words: FigureWords, stored: Workflow) -> None:
    st.number_input(
        f"{words.title} ({words.unit})",
        value=words.of(stored),
        step=float(words.step),
        format="%g",
        key=entry.key(words.name),
        on_change=_save,
        args=(entry, words.name),
    )
    problem_at(entry.key(f"problem-{words.name}"))


def _ways(entry: Entry) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        saved_line(*(entry.key(f"problem-{part}") for part in (*_TEXTS, *BY_NAME)))
        problem_at(entry.key("problem-remove"))
        st.button("Remove this workflow", key=entry.key("remove"), type="tertiary", on_click=_remove, args=(entry,))


def _save(entry: Entry, part: str) -> None:
    """Save one part of the workflow over what stands in the store now, so that two windows lose nothing."""
    typed = st.session_state[entry.key(part)]
    words = BY_NAME.get(part)
    name, title = entry.key(f"problem-{part}"), words.title if words else _TEXTS[part][0]
    fault = words.fault(typed) if words else ""
    if fault:
        refuse(name, title, fault)
    else:
        attempt(name, title, lambda: _written(entry, part, words.stored(typed) if words else typed.strip()))
    st.rerun([*entry.fragments, SUMMARY])


def _written(entry: Entry, part: str, value: object) -> datetime:
    stored = workspace().open(entry.assessment).assessment.workflows.get(entry.workflow)
    if stored is None:
        raise InputError(Problem("this workflow was removed in another window", "enter it again"))
    if part == "name" and not value:
        raise InputError(Problem("the workflow has no name", "type one"))
    try:
        wanted = Workflow.model_validate({**dict(stored), part: value})
    except ValidationError as error:
        raise InputError(Problem(str(error.errors()[0]["msg"]), "type it again")) from error
    return workspace().set_workflow(entry.assessment, entry.workflow, wanted).at


def _remove(entry: Entry) -> None:
    def operation() -> datetime:
        return workspace().set_workflow(entry.assessment, entry.workflow, None).at

    attempt(entry.key("problem-remove"), "Remove this workflow", operation)
    st.rerun([*entry.fragments, SUMMARY])
