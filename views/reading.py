"""The end of a step, read from top to bottom: what its answers did to the scores, what that means, what to do next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from assessment.answers import Assessment
from assessment.instrument import option_of
from assessment.questionnaire import Question, Step
from assessment.scores import Score, Scores
from assessment.scoring import score
from models.initiatives import Initiative, Raise
from reports.binding_words import binding_sentence, stranded_sentences
from reports.figures_format import RANGE_ONLY, format_score_and_range
from reports.score_words import overall_sentence
from reports.wording import capitalised, listed, said_at
from views.access import evaluated, workspace
from views.answering import READING, READS
from views.blocks import table
from views.feedback import guarded
from views.frame import link, way
from views.plain import plain
from views.standing import opened_now
from views.steps import first_open
from workspace.service import Opened

_MOST_WORK = 3
_HEADER = ("Overall and by dimension", "Without the answers of this step", "With them")
_RANGE_ONLY = f"{capitalised(RANGE_ONLY)}: too few answers for one figure."


def place_folded_reading(assessment_id: str, step: Step, *, leads_on: bool = True) -> None:
    """Place the end of a step behind its title, and the way to check it; nothing is computed before it is unfolded.

    Where it ``leads_on`` that way is the main one of the page, once a question of the step is answered.
    """
    st.fragment(guarded(_folded), key=READING)(assessment_id, step, leads_on=leads_on)


def _folded(assessment_id: str, step: Step, *, leads_on: bool) -> None:
    label = "What these answers did to the scores, what it means, and what to do next"
    panel = st.expander(label, key=f"reading-panel-{assessment_id}-{step.id}", on_change="rerun")
    opened = opened_now(assessment_id)
    if panel.open:
        with panel:
            read(opened, step)
    asked = opened.questionnaire.of_step(step.id, opened.assessment.mode)
    begun = any(question.id in opened.assessment.answers for question in asked)
    st.session_state[READS] = panel.open or not begun
    way("Check your answers", "check", assessment_id, here=begun and leads_on, step=step.id)


def read(opened: Opened, step: Step) -> None:
    """Show the end of a step."""
    asked = opened.questionnaire.of_step(step.id, opened.assessment.mode)
    now = score(opened.questionnaire, opened.assessment)
    st.header("What your answers did to the scores", anchor=False)
    _did(opened, asked, now)
    st.header("What it means", anchor=False)
    for sentence in _means(opened, asked, now):
        st.markdown(plain(sentence))
    st.header("What to do next", anchor=False)
    _next(opened, step, asked)


def _did(opened: Opened, asked: Sequence[Question], now: Scores) -> None:
    """Show the scores that the answers of the step moved or narrowed, beside those without them."""
    names = {question.id for question in asked}
    given = {name: answer for name, answer in opened.assessment.answers.items() if name not in names}
    if len(given) == len(opened.assessment.answers):
        st.markdown("Nothing yet: no question of this step is answered, so its part of every range stays open.")
        return
    without = score(opened.questionnaire, opened.assessment.model_copy(update={"answers": given}))
    rows = [("Overall", _said(without.overall.effective), _said(now.overall.effective))]
    for item in opened.questionnaire.dimensions:
        old, new = without.dimensions[item.id].effective, now.dimensions[item.id].effective
        rows.append((item.title, _said(old), _said(new)))
    moved = [row for row in rows if row[1] != row[2]]
    if moved:
        note = _RANGE_ONLY if any(RANGE_ONLY in cell for row in moved for cell in row) else ""
        table(_HEADER, moved, note=note, right=(False, True, True))
    same = [row[0] for row in rows if row[1] == row[2]]
    if same:
        st.caption(plain(f"The same without them: {listed(same)}."))


def _said(found: Score) -> str:
    return format_score_and_range(found)


def _means(opened: Opened, asked: Sequence[Question], now: Scores) -> list[str]:
    """Return the sentences of the dimensions that the step feeds, and that of the constraint where it measures one."""
    fed = {name for question in asked for name in question.dimensions}
    found = [overall_sentence(opened.questionnaire, now)]
    if any(question.factors for question in asked):
        found.append(binding_sentence(opened.questionnaire, now))
    if fed:
        of_step = {name: item for name, item in now.dimensions.items() if name in fed}
        texts = said_at(now.stage, "findings")
        of_all = {texts["nothing_stranded"], texts["stranded_unknown"]}  # true of every dimension, or not to be said
        told = stranded_sentences(opened.questionnaire, replace(now, dimensions=of_step))
        found += [sentence for sentence in told if sentence not in of_all]
    return found


def _next(opened: Opened, step: Step, asked: Sequence[Question]) -> None:
    """Lead to what is open, to what nobody knows, and to the work of the plan that raises most answers of the step."""
    following = first_open(opened, step)
    if following is not None:
        label = f"Answer the next open question: {plain(following.title)}"
        way(label, "step", opened.id, step=step.id, q=following.id)
    answers = [opened.assessment.answers.get(question.id) for question in asked]
    unknown = sum(answer is not None and answer.unknown for answer in answers)
    marked = sum(answer is not None and answer.discuss for answer in answers)
    if unknown:
        link("quick", f"Find out what nobody knows: {unknown} of {len(asked)}", opened.id, f="unknown", step=step.id)
    if marked:
        link("quick", f"Discuss what is marked: {marked} of {len(asked)}", opened.id, f="discuss", step=step.id)
    work = _work(opened, asked)
    if len(work) > 1:
        st.caption("Work of the plan, the most answers raised first; the roadmap says what comes first in time.")
    for item, raised in work:
        st.markdown(f"**{plain(item.title)}**, which the plan holds, would raise {plain(listed(raised))}.")
    if work:
        link("roadmap", "See when the plan does this, and why", opened.id)


def _work(opened: Opened, asked: Sequence[Question]) -> list[tuple[Initiative, list[str]]]:
    """Return the work of the plan that raises most answers of the step, with their questions; ties in file order."""
    levels = _levels(opened.assessment, asked)
    titles = {question.id: f"“{question.title}”" for question in asked}
    planned = {placed.initiative for placed in evaluated(opened).plan.placements} if levels else set()
    found = [
        (item, list(dict.fromkeys(titles[each.question] for each in item.raises if _raises(levels, each))))
        for item in workspace().initiatives_of(opened.id).initiatives
        if item.id in planned
    ]
    return sorted([pair for pair in found if pair[1]], key=lambda pair: -len(pair[1]))[:_MOST_WORK]


def _levels(assessment: Assessment, asked: Sequence[Question]) -> dict[str, int]:
    found = [(question, assessment.answers.get(question.id)) for question in asked]
    return {
        question.id: option_of(question, answer)
        for question, answer in found
        if answer is not None and (answer.option is not None or answer.figure is not None)
    }


def _raises(levels: dict[str, int], work: Raise) -> bool:
    return work.question in levels and work.start <= levels[work.question] < work.to
