"""The task list: what there is to do, and how far each task has come."""

from __future__ import annotations

from contextlib import nullcontext

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assessment.errors import SixstepError
from assessment.scores import Scores
from assessment.scoring import score
from assessment.targets import preset_of
from models.wall import CAPACITY
from reports.wording import wording
from views.about import explain
from views.access import workspace
from views.blocks import WIDTH, on_phone
from views.feedback import in_short, problem_at, problem_summary, refuse
from views.frame import arrived, go, link, require, way
from views.items import ABOUT, parts_of
from views.plain import plain
from views.steps import first_open, mode_in_full, status_in_words
from workspace.service import Opened

_COPY = "tasks-duplicate"


def page() -> None:
    """Show the tasks of the open assessment."""
    opened = require()
    arrived(f"tasks/{opened.id}")
    st.title("Task list", anchor=False)
    asked = mode_in_full(opened.questionnaire, opened.assessment.mode)
    explain("tasks")
    problem_summary()
    scores = score(opened.questionnaire, opened.assessment)
    with st.container(width=WIDTH):
        _so_far(opened, scores, asked)
        _questions(opened, scores)
        _context(opened)
        _after(opened)


def _row(words: str, status: str, page: str, opened: Opened, **parameters: str) -> None:
    """Place a task, and how far it has come beside it, where that can be said.

    On a phone that stands below in every row, not only where there is no room.
    """
    with _card():
        title, _, said = words.partition(": ")
        with st.container(gap=None) if said else nullcontext():
            link(page, title, opened.id, **parameters)
            if said:
                st.caption(f"{said[0].upper()}{said[1:]}")
        if status:
            st.markdown(status, width="content")


def _card() -> DeltaGenerator:
    if on_phone():
        return st.container(border=True, gap="xsmall")
    return st.container(border=True, horizontal=True, horizontal_alignment="distribute", vertical_alignment="center")


def _so_far(opened: Opened, scores: Scores, asked: str) -> None:
    """Say how much is done, and lead to the first question that is open."""
    done = sum(found.asked > 0 and found.answered >= found.asked for found in scores.steps.values())
    st.markdown(
        f"{asked}. {scores.answered} of {scores.asked} questions are answered; "
        f"{done} of {len(scores.steps)} steps are completed."
    )
    following = first_open(opened)
    with st.container(horizontal=True):
        if following is None:
            way("See the results", "results", opened.id, here=True)
        else:
            words = "Continue with" if scores.answered else "Begin with"
            label = f"{words}: {plain(following.title)}"
            way(label, "step", opened.id, here=True, step=following.step, q=following.id)


def _questions(opened: Opened, scores: Scores) -> None:
    st.header("The steps", anchor=False)
    link("quick", "Quick answers: one question at a time", opened.id)
    for number, step in enumerate(opened.questionnaire.steps, start=1):
        found = scores.steps[step.id]
        marked = _marked(opened, step.id)
        status = f"**{status_in_words(found.answered, found.asked)}**, {found.answered} of {found.asked}{marked}"
        _row(f"{number}\\. {plain(step.title)}", status, "step", opened, step=step.id)
    entered = len(opened.assessment.workflows)
    status = f"**{entered} workflow{'s' if entered != 1 else ''} entered**" if entered else "No workflow entered yet"
    _row("Target register: what each clinical workflow must bear and promise", status, "register", opened)


def _marked(opened: Opened, step: str) -> str:
    """Say how many answers of a step are marked for discussion; nothing where none is."""
    answers = opened.assessment.answers
    asked = opened.questionnaire.of_step(step, opened.assessment.mode)
    marked = sum(question.id in answers and answers[question.id].discuss for question in asked)
    return f", {marked} marked for discussion" if marked else ""


def _context(opened: Opened) -> None:
    designed = opened.questionnaire.stage == "design"
    st.header("Context" if designed else "Context and signals", anchor=False)
    st.markdown(
        f"{'It says' if designed else 'They say'} how much each question weighs, what explains the constraints, and "
        "how much engineering is called for at all."
    )
    if designed:
        st.caption(plain(wording().stage["signals"]))
    for part in parts_of(opened):
        status = f"**{status_in_words(part.answered, len(part.items))}**, {part.answered} of {len(part.items)}"
        _row(part.title, status, "context", opened, part=part.name)


def _after(opened: Opened) -> None:
    st.header("What follows from the answers", anchor=False)
    economics = opened.assessment.economics
    confirmed = "**Baseline confirmed**" if economics.confirmed else "Baseline not confirmed yet"
    _row("Results: maturity under the architecture's ceiling", "", "results", opened)
    preset = preset_of(opened.questionnaire, opened.assessment)
    aimed = "No preset chosen" if preset is None else f"**Preset: {plain(preset.title)}**"
    _row("Target levels: where each question should stand", aimed, "targets", opened)
    _row("Economics: acting now, later, or when forced", confirmed, "economics", opened)
    changed = len(economics.scenarios)
    edited = f"**{changed} changed or added by you**" if changed else ""
    _row("Scenarios: what the world may do next", edited, "scenarios", opened)
    _row("What if: move a figure and see whether the decision turns", "", "whatif", opened)
    capacity = "**Capacity given**" if CAPACITY in economics.ranges else "No capacity given yet"
    _row("Wall: where a load test says that the platform breaks", capacity, "wall", opened)
    _row("Delivery record: figures from your own deployments and incidents", "", "delivery", opened)
    plan = "**Computed plan chosen**" if economics.plan == "computed" else ""
    _row("Roadmap: what to do first, and why", plan, "roadmap", opened)
    follows = "**Follows an earlier assessment**" if opened.assessment.follows else ""
    _row("Progress: what stands worse and better than before", follows, "progress", opened)
    _row("Report and export: the report to hand over, and the whole assessment as a file", "", "report", opened)
    _with_it(opened)


def _with_it(opened: Opened) -> None:
    """Place what is done with the assessment as a whole."""
    st.header("This assessment", anchor=False)
    link("context", "Name, organisation, how much is asked", opened.id, part=ABOUT)
    link("search", "Search questions, notes and evidence", opened.id)
    link("changes", "Recent changes, and the way back", opened.id)
    link("compare", "Compare two assessments", opened.id)
    problem_at(_COPY)
    st.markdown("A copy holds everything that is here. What you change in the copy leaves this one as it is.")
    if st.button("Duplicate this assessment", key=_COPY):
        try:
            copy = workspace().duplicate(opened.id)
        except SixstepError as error:
            refuse(_COPY, "Duplicate this assessment", in_short(error))
            st.rerun()
        go("tasks", copy)


page()
