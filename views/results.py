"""Results: the answer in a sentence, the picture, the table, and how each figure came about."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from assessment.agreement import contested
from models.evaluation import Evaluation
from reports.binding_words import binding_sentence
from reports.charts.constraints import constraint_map
from reports.charts.figure import Figure
from reports.charts.lifecycle import lifecycle
from reports.charts.maturity import maturity, step_profile
from reports.charts.posture import posture
from reports.charts.signals import points_somewhere, signal_map
from reports.score_words import mode_label, overall_sentence
from reports.sections.constraints import constraints
from reports.sections.context import context
from reports.sections.crosswalk import crosswalks
from reports.sections.disagreement import disagreement
from reports.sections.scores import scores, steps
from reports.turning_words import turning_sentence
from reports.wording import wording
from views.about import explain
from views.access import evaluated, turned
from views.blocks import WIDTH, chart_width, look, show, table
from views.frame import arrived, link, require
from views.plain import plain
from views.terms import place_why
from workspace.service import Opened

Draw = Callable[..., Figure]
_MOST_CONTESTED = 5


def page() -> None:
    """Show what follows from the answers, without the money."""
    opened = require()
    arrived(f"results/{opened.id}")
    evaluation = evaluated(opened, with_economics=False)
    questionnaire, found = evaluation.questionnaire, evaluation.scores
    st.title("Results", anchor=False)
    explain("results")
    st.caption(plain(mode_label(found)))
    if questionnaire.stage == "design":
        st.caption(plain(wording().stage["note"]))
    with st.container(width=WIDTH):
        figures = _pictures(evaluation)
        answer = f"{overall_sentence(questionnaire, found)} {binding_sentence(questionnaire, found)}"
        st.info(plain(answer))
        _turning(opened)
        show(scores(evaluation).blocks, figures, said=answer)
        place_why(opened, found, ("overall", "dimension", "posture", "lifecycle"))
        _blocking(opened, evaluation)
        sections = (
            (constraints, "factor"),
            (steps, "step"),
            (crosswalks, "crosswalk"),
            (disagreement, ""),
            (context, ""),
        )
        for section, group in ((make(evaluation), group) for make, group in sections):
            if section.blocks:
                st.header(plain(section.title), anchor=False)
                show(section.blocks, figures, place=section.title)
                place_why(opened, found, (group,))
            if section.id == "constraints":
                _signals(opened)
            if section.id == "disagreement":
                _contested(opened)
        _policies(opened)
        with st.container(horizontal=True):
            link("targets", "Target levels", opened.id)
            link("register", "Target register", opened.id)
            link("economics", "What waiting costs", opened.id)
            link("roadmap", "What to do first", opened.id)


def _pictures(evaluation: Evaluation) -> list[Figure]:
    """Return the pictures of the page, made for this screen."""
    questionnaire, found = evaluation.questionnaire, evaluation.scores
    drawn: list[Draw] = [maturity, step_profile, constraint_map]
    drawn += [signal_map] if points_somewhere(found) else []
    drawn += [posture] if questionnaire.posture else []
    drawn += [lifecycle] if questionnaire.lifecycle else []
    return [draw(questionnaire, found, width=chart_width(), look=look()) for draw in drawn]


def _turning(opened: Opened) -> None:
    """Lead to the open questions on which the answer above hangs, each with what it could turn."""
    found, texts = turned(opened), wording().turning
    if not found:
        return
    st.subheader(plain(texts["title"]), anchor=False)
    st.caption(plain(texts["lead"]))
    for item in found:
        question = opened.questionnaire.by_id[item.question]
        link("step", plain(question.title), opened.id, step=question.step, q=question.id)
        st.markdown(plain(turning_sentence(opened.questionnaire, item)))


def _signals(opened: Opened) -> None:
    """Lead to the early signals while none of them is answered, so that nothing stands against the answers."""
    known = opened.assessment.signals.values()
    if opened.questionnaire.signals and all(answer.level is None for answer in known):
        link("context", "Answer the early failure signals", opened.id, part="signals")


def _blocking(opened: Opened, evaluation: Evaluation) -> None:
    """Lead from a level that does not hold to the question that blocks it."""
    blocking = {found.blocking_question for found in evaluation.scores.dimensions.values() if found.blocking_question}
    if not blocking:
        return
    st.markdown("**Questions that block the next level**")
    with st.container(horizontal=True):
        for name in sorted(blocking):
            question = opened.questionnaire.by_id[name]
            link("step", plain(question.title), opened.id, step=question.step, q=name)


def _contested(opened: Opened) -> None:
    """Lead to the questions on which people disagree most."""
    with st.container(horizontal=True):
        for item in contested(opened.questionnaire, opened.assessment)[:_MOST_CONTESTED]:
            question = opened.questionnaire.by_id[item.question]
            link("step", plain(question.title), opened.id, step=question.step, q=question.id)


def _policies(opened: Opened) -> None:
    rules = opened.questionnaire.rules
    with st.expander(f"Rules of scoring, version {plain(rules.policies_version)}"):
        table(("Case", "Policy"), [(policy.case, policy.policy) for policy in rules.policies])


page()
