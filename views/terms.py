"""Why a score is what it is: a button at each figure, and on demand the terms that add up to it."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from assessment.amounts import Score
from assessment.explaining import explain
from assessment.explanation import Name, score_names
from assessment.questionnaire import Questionnaire
from assessment.scores import Scores
from reports.explaining import CAPS, TERMS, Explained, explained, score_title, why
from reports.wording import wording
from views.access import workspace
from views.blocks import table
from views.feedback import guarded
from views.frame import link
from views.plain import kept, plain
from views.widgets import put
from workspace.service import Opened

_AT_HAND = {"effective", "overall", "severity"}
"""Forms whose figure gets a button of its own, and so do the steps; the others are chosen from the list."""


def place_why(opened: Opened, scores: Scores, groups: Sequence[str]) -> None:
    """Place a button at each figure of some groups of scores; what explains it is made only when it is asked for."""
    known = _figures(opened.questionnaire, scores)
    names = [name for name in score_names(opened.questionnaire) if name.group in groups and name.name in known]
    if names:
        labels = {name.name: _label(opened.questionnaire, name, known[name.name]) for name in names}
        at_hand = [name.name for name in names if name.form in _AT_HAND or name.group == "step"]
        key = f"why-{groups[0]}-{opened.id}"
        shown = functools.partial(_explanation, opened.id)
        st.fragment(guarded(choose_figure), key=key)(
            key, labels, at_hand, shown, wording().explain["choose" if at_hand else "choose_any"]
        )


def _figures(questionnaire: Questionnaire, scores: Scores) -> dict[str, Score]:
    """Return every score of the page by its name."""
    found = {"overall": scores.overall.effective}
    for name, item in scores.dimensions.items():
        found |= {f"{name}.practice": item.practice, f"{name}.ceiling": item.ceiling}
        found |= {f"{name}.effective": item.effective, f"{name}.stranded": item.stranded}
    found |= {f"factor.{name}": item.severity for name, item in scores.factors.items()}
    found |= {f"step.{name}": item.maturity for name, item in scores.steps.items()}
    found |= {f"posture.{name}": item for name, item in scores.posture.items()}
    found |= {f"lifecycle.{name}": item for name, item in scores.lifecycle.items()}
    for crosswalk in questionnaire.crosswalks:
        rated = scores.crosswalk.get(crosswalk.id, {})
        found |= {f"crosswalk.{crosswalk.id}.{name}": item for name, item in rated.items()}
    return found


def _label(questionnaire: Questionnaire, name: Name, score: Score) -> str:
    return f"{score_title(questionnaire, name)}. {why(name, score)}"


def choose_figure(
    key: str, labels: Mapping[str, str], at_hand: Sequence[str], show: Callable[[str], None], other: str
) -> None:
    """Place a button for each figure at hand and a list of the others; ``show`` explains the one that is chosen."""
    picked = f"picked-{key}"
    with st.container(horizontal=True):
        for name in at_hand:
            told = (picked, name, f"{key}-other")
            st.button(kept(plain(labels[name])), key=f"{key}-{name}", on_click=_toggle, args=told, wrap=True)
    rest = [name for name in labels if name not in at_hand]
    if rest:
        st.selectbox(
            other,
            rest,
            index=None,
            format_func=labels.__getitem__,
            key=f"{key}-other",
            on_change=_choose,
            args=(picked, f"{key}-other"),
            width=560,
        )
    shown: str | None = st.session_state.get(picked)
    if shown is not None:
        show(shown)


def _toggle(picked: str, name: str, other: str) -> None:
    """Open the explanation of a figure, or fold up the one that is open."""
    state = st.session_state
    state[picked] = None if state.get(picked) == name else name
    put(other, None)


def _choose(picked: str, other: str) -> None:
    st.session_state[picked] = st.session_state[other]


def _explanation(assessment_id: str, name: str) -> None:
    opened = workspace().open(assessment_id)
    found = explained(opened.questionnaire, opened.assessment, explain(opened.questionnaire, opened.assessment, name))
    with st.container(border=True):
        show_explained(found)
        _questions(opened, found)


def show_explained(found: Explained, side: str = "") -> None:
    """Show an explanation; ``side`` says of which of two assessments it is."""
    lead = f"{plain(side)}: " if side else ""
    st.markdown(f"**{lead}{plain(found.title)}: {kept(plain(found.figure))}**")
    st.markdown(plain(found.formula))
    for sentence in found.sentences:
        st.markdown(kept(plain(sentence)))
    if found.terms:
        table(TERMS, found.terms, note=wording().explain["legend"])
    if found.caps:
        table(CAPS, found.caps)


def _questions(opened: Opened, found: Explained) -> None:
    """Lead from each term to the question behind it."""
    if found.questions:
        st.markdown(f"**{plain(wording().explain['questions'])}**")
    with st.container(horizontal=True):
        for name in found.questions:
            question = opened.questionnaire.by_id[name]
            link("step", plain(question.title), opened.id, step=question.step, q=name)
