"""Target levels: a preset, the way that is left to it, and single targets that the team sets itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import streamlit as st

from assessment.feeds import TargetPreset
from assessment.questionnaire import Question
from assessment.scoring import score
from assessment.targets import preset_target
from reports.sections.targets import target_blocks
from views.about import explain
from views.access import workspace
from views.answering import in_words
from views.back import place_top
from views.blocks import WIDTH, show, table
from views.feedback import SUMMARY, attempt, guarded, problem_at, saved_line
from views.frame import arrived, link, require
from views.plain import plain
from views.widgets import place_of, put
from workspace.service import Opened

_PRESET, _PROGRESS, _SINGLE = "targets-preset", "targets-progress", "targets-single"
_NONE = ""


def page() -> None:
    """Show the target levels of the open assessment."""
    opened = require()
    arrived(f"targets/{opened.id}")
    st.title("Target levels", anchor=False)
    explain("targets")
    place_top(opened.id)
    with st.container(width=WIDTH):
        if opened.questionnaire.target_presets:
            st.fragment(guarded(_presets), key=_PRESET)(opened.id)
        st.fragment(guarded(_progress), key=_PROGRESS)(opened.id)
        st.fragment(guarded(_single), key=_SINGLE)(opened.id)
        with st.container(horizontal=True):
            link("results", "Results", opened.id)
            link("roadmap", "Roadmap: what to do first", opened.id)


def _key(part: str, assessment_id: str, name: str = "") -> str:
    return "-".join(filter(None, [part, name, assessment_id]))


def _adopt(key: str, stored: object) -> None:
    """Fill a widget that is new, or whose choice moved on in the store."""
    seen = f"seen-{key}"
    if key not in st.session_state or st.session_state.get(seen) != stored:
        put(key, stored)
    st.session_state[seen] = stored


def _presets(assessment_id: str) -> None:
    opened = workspace().open(assessment_id)
    presets = {item.id: item for item in opened.questionnaire.target_presets}
    key, chosen = _key(_PRESET, assessment_id), opened.assessment.target_preset
    _adopt(key, chosen)
    names = [*presets, _NONE]
    st.radio(
        "Whose targets fit you",
        names,
        index=place_of(chosen, names),
        format_func=lambda name: plain(presets[name].title) if name else "No preset",
        captions=[*(plain(item.summary) for item in presets.values()), "Only the targets that you set yourself."],
        key=key,
        on_change=_choose,
        args=(assessment_id,),
    )
    problem_at(key)
    saved_line(key)
    if chosen in presets:
        _reasons(opened, presets[chosen])


def _reasons(opened: Opened, preset: TargetPreset) -> None:
    titles = {step.id: step.title for step in opened.questionnaire.steps}
    labels = [option.label for option in opened.questionnaire.scales_by_id[opened.questionnaire.default_scale].options]
    rows = [("Everything else", labels[preset.level], preset.because)]
    rows += [(titles[name], labels[item.level], item.because) for name, item in preset.steps.items()]
    with st.expander("What this preset asks for, and why"):
        table(("Step", "Level", "Why"), rows)


def _choose(assessment_id: str) -> None:
    key = _key(_PRESET, assessment_id)
    picked = st.session_state[key]
    if picked is not None:
        wanted = picked or None
        attempt(key, "Target levels", lambda: workspace().set_target_preset(assessment_id, wanted).at)
    st.rerun([_PRESET, _PROGRESS, _SINGLE, SUMMARY])


def _progress(assessment_id: str) -> None:
    opened = workspace().open(assessment_id)
    found = score(opened.questionnaire, opened.assessment).targets
    if found is None:
        st.info("No target is set yet. Choose a preset above, or set the target of a single question below.")
    else:
        show(target_blocks(opened.questionnaire, found))


def _single(assessment_id: str) -> None:
    """Place one question with its options as targets, the preset's reason beside them."""
    opened = workspace().open(assessment_id)
    asked = {question.id: question for question in opened.questionnaire.asked(opened.assessment.mode)}
    st.header("Set a single target", anchor=False)
    picked = st.selectbox(
        "Question", list(asked), format_func=lambda name: asked[name].title, key=_key("targets-question", assessment_id)
    )
    question = asked[picked]
    st.markdown(f"**{plain(question.prompt)}**")
    answer = opened.assessment.answers.get(picked)
    st.caption(f"Answer now: {plain(in_words(opened.questionnaire, question, answer))}")
    _options(opened, question)


def _options(opened: Opened, question: Question) -> None:
    proposed = preset_target(opened.questionnaire, opened.assessment, question)
    options = opened.questionnaire.scale_of(question).options
    labels: dict[Any, str] = {"": "No target of your own"}
    if proposed is not None:
        labels[""] = f"As the preset says: {plain(options[proposed.option].label)}"
    for place, (option, anchor) in enumerate(zip(options, question.anchors, strict=True)):
        labels[str(place)] = f"**{plain(option.label)}.** {plain(anchor)}"
    typed = opened.assessment.targets.get(question.id)
    stored, key = "" if typed is None else str(typed), _key(_SINGLE, opened.id, question.id)
    _adopt(key, stored)
    if proposed is not None:
        st.markdown(f"Why the preset says so: {plain(proposed.because)}")
    st.radio(
        "Target",
        list(labels),
        index=place_of(stored, labels),
        format_func=labels.__getitem__,
        key=key,
        on_change=_aim,
        args=(opened.id, question),
    )
    problem_at(key)
    saved_line(key)


def _aim(assessment_id: str, question: Question) -> None:
    key = _key(_SINGLE, assessment_id, question.id)
    picked = st.session_state[key]

    def operation() -> datetime:
        return workspace().set_target(assessment_id, question.id, int(picked) if picked else None).at

    if picked is not None:
        attempt(key, question.title, operation)
    st.rerun([_PROGRESS, _SINGLE, SUMMARY])


page()
