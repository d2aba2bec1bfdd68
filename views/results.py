"""Results, in parts: the answer in a sentence, the picture, the table, and how each figure came about."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import NamedTuple

import streamlit as st

from assessment.agreement import contested
from models.evaluation import Evaluation
from reports.binding_words import binding_sentence
from reports.charts.constraints import constraint_map
from reports.charts.figure import Figure
from reports.charts.lifecycle import lifecycle
from reports.charts.maturity import maturity, step_profile
from reports.charts.posture import posture
from reports.charts.signals import signal_map
from reports.document import FigureBlock, Heading, Section, Table
from reports.score_words import mode_label, overall_sentence
from reports.sections.constraints import constraints
from reports.sections.context import context
from reports.sections.crosswalk import crosswalks
from reports.sections.disagreement import disagreement
from reports.sections.scores import posture_and_lifecycle, scores_alone, steps
from reports.turning_words import turning_sentence
from reports.wording import wording
from views.about import explain
from views.access import evaluated, turned
from views.blocks import WIDTH, chart_width, look, show, table
from views.frame import arrived, link, require, way
from views.page_rules import ON_PAPER
from views.plain import kept, plain
from views.terms import place_why
from workspace.service import Opened

Draw = Callable[..., Figure]
_ANSWER = "answer"
_MOST_CONTESTED = 5
_DRAWN: Mapping[str, Draw] = MappingProxyType(
    {
        "maturity": maturity,
        "steps": step_profile,
        "constraints": constraint_map,
        "signals": signal_map,
        "posture": posture,
        "lifecycle": lifecycle,
    }
)


class Part(NamedTuple):
    """A part of the page: what its button says, its section, and the groups of scores whose figures it explains."""

    label: str
    section: Section
    groups: tuple[str, ...] = ()


def page() -> None:
    """Show the part that the URL names of what follows from the answers, without the money."""
    opened = require()
    evaluation = evaluated(opened)
    parts = _parts(evaluation)
    wanted = st.query_params.get("part", _ANSWER)
    name = wanted if wanted in parts else _ANSWER
    arrived(f"results/{opened.id}/{name}")
    st.title("Results", anchor=False)
    explain("results")
    st.caption(plain(mode_label(evaluation.scores)))
    if evaluation.questionnaire.stage == "design":
        st.caption(plain(wording().stage["note"]))
    with st.container(width=WIDTH):
        _ways(opened, parts, name)
        st.header(plain(parts[name].section.title), anchor=False)
        _PLACED.get(name, _section)(opened, evaluation, parts[name])
        _onward(opened)


def _parts(evaluation: Evaluation) -> dict[str, Part]:
    """Return the parts of the page by their names; what the questionnaire or the answers have nothing for is none."""
    parts = {
        _ANSWER: Part("The answer", replace(scores_alone(evaluation), title="The answer"), ("overall", "dimension")),
        "constraints": Part("Constraints", constraints(evaluation), ("factor",)),
        "steps": Part("Steps", steps(evaluation), ("step",)),
        "posture": Part("Posture", posture_and_lifecycle(evaluation), ("posture", "lifecycle")),
        "crosswalk": Part("Crosswalk", crosswalks(evaluation), ("crosswalk",)),
        "disagreement": Part("Disagreement", disagreement(evaluation)),
        "context": Part("Context", context(evaluation)),
    }
    return {name: part for name, part in parts.items() if part.section.blocks}


def _ways(opened: Opened, parts: Mapping[str, Part], here: str) -> None:
    with st.container(horizontal=True, gap="small"):
        for name, part in parts.items():
            way(part.label, "results", opened.id, here=name == here, part=name)


def _onward(opened: Opened) -> None:
    st.divider()
    with st.container(horizontal=True):
        link("targets", "Target levels", opened.id)
        link("register", "Target register", opened.id)
        link("economics", "What waiting costs", opened.id)
        link("roadmap", "What to do first", opened.id)


def _section(opened: Opened, evaluation: Evaluation, part: Part) -> None:
    show(part.section.blocks, _pictures(evaluation, part), place=part.section.title)
    _how(opened, evaluation, part)


def _how(opened: Opened, evaluation: Evaluation, part: Part) -> None:
    if part.groups:
        st.markdown(f"**{plain(wording().explain['how'])}**")
        place_why(opened, evaluation.scores, part.groups)


def _answer(opened: Opened, evaluation: Evaluation, part: Part) -> None:
    """Say the answer; then its picture, its tables, how it came about, and which questions it hangs on."""
    questionnaire, found = evaluation.questionnaire, evaluation.scores
    answer = f"{overall_sentence(questionnaire, found)} {binding_sentence(questionnaire, found)}"
    st.info(kept(plain(answer)))
    if not found.answered:
        way("Answer the questions", "tasks", opened.id)
    show(part.section.blocks, _pictures(evaluation, part), said=answer)
    _how(opened, evaluation, part)
    _policies(opened)
    _turning(opened)
    if found.answered:
        _blocking(opened, evaluation)


def _constraints(opened: Opened, evaluation: Evaluation, part: Part) -> None:
    """Show what caps what, then how each finding came about, with the table of its grounds folded up."""
    blocks, figures = part.section.blocks, _pictures(evaluation, part)
    sources = next(number for number, block in enumerate(blocks) if isinstance(block, Heading))
    show(blocks[:sources], figures, place=part.section.title)
    _how(opened, evaluation, part)
    with st.container(key=ON_PAPER):
        for block in blocks[sources:]:
            if isinstance(block, Table):
                with st.expander(plain(block.caption)):
                    show([replace(block, caption="")])
            else:
                show([block], figures, place=part.section.title)
    _signals(opened)


def _disagreement(opened: Opened, evaluation: Evaluation, part: Part) -> None:
    _section(opened, evaluation, part)
    _contested(opened)


_PLACED: Mapping[str, Callable[[Opened, Evaluation, Part], None]] = MappingProxyType(
    {_ANSWER: _answer, "constraints": _constraints, "disagreement": _disagreement}
)


def _pictures(evaluation: Evaluation, part: Part) -> list[Figure]:
    """Return the pictures of a part, made for this screen."""
    held = {block.figure.id for block in part.section.blocks if isinstance(block, FigureBlock)}
    drawn = [draw for name, draw in _DRAWN.items() if name in held]
    return [draw(evaluation.questionnaire, evaluation.scores, width=chart_width(), look=look()) for draw in drawn]


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
    st.markdown("**Open one of these questions**")
    with st.container(horizontal=True):
        for item in contested(opened.questionnaire, opened.assessment)[:_MOST_CONTESTED]:
            question = opened.questionnaire.by_id[item.question]
            link("step", plain(question.title), opened.id, step=question.step, q=question.id)


def _policies(opened: Opened) -> None:
    rules = opened.questionnaire.rules
    with st.expander(f"Rules of scoring, version {plain(rules.policies_version)}"):
        table(("Case", "Policy"), [(policy.case, policy.policy) for policy in rules.policies])


page()
