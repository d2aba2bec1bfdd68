"""What a team sets for its report: the brand, the mark of a draft, what is left out, and sentences of its own."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import streamlit as st

from assessment.errors import InputError, Problem
from assessment.report_settings import COLOUR_FORM, LONGEST_COVER_TEXT, LONGEST_EDIT, SentenceEdit
from models.evaluation import Evaluation
from models.watching import Watch
from reports.board import Sentence, board_sentences
from reports.brand import COLOURS, FIXED_SECTIONS
from reports.contrast import WHITE, contrast, readable
from reports.describe import every_section
from reports.logo import LARGEST_FILE, logo_of
from reports.sections.scenarios import SCENARIOS
from reports.wording import wording
from views.access import key_of as figures_of
from views.access import workspace
from views.analysing import best_known
from views.feedback import SUMMARY, accept, attempt, guarded, problem_at, problem_of, refuse, saved_line
from views.plain import plain
from views.running import Job
from views.waiting import awaited
from workspace.service import Opened

_BRAND, _LOGO = "report-brand", "report-logo"
UNUSED = "report-unused"
"""Key of the fragment that says, beside the button, which settings the report does not take."""
SHOWN = (_BRAND, SUMMARY, UNUSED)
"""What a change of the brand shows in: its fields, the problems above them, and those beside the button."""
_PICKED = "report-sentence-kept"
LOGO_LABEL = "Logo, PNG or SVG"
LABELS = {
    "brand": "Name on the report",
    "primary": "Main colour",
    "secondary": "Second colour",
    "cover_text": "Text on the cover",
    "draft_below": "Draft below this share of answered questions, in percent",
    "left_out": "Sections to leave out",
}
_HELP = {
    "brand": "Of the consultancy or department that hands the report over.",
    "primary": "For headings and the band of the cover, as #14335C. Empty: the product's own.",
    "secondary": "For bars and small headings, as #0B7A80; a light one for grounds alone. Empty: the product's own.",
    "draft_below": "Below it every page carries the word draft. 0: never.",
}


def report_settings(opened: Opened) -> None:
    """Place the settings of the report, each saved as soon as it is typed."""
    with st.expander("Brand and draft mark"):
        st.fragment(guarded(_brand), key=_BRAND)(opened.id)
        st.fragment(guarded(_logo), key=_LOGO)(opened.id)
        if st.toggle("Take all of this over from another assessment", key=f"report-take-{opened.id}"):
            guarded(_take)(opened)
    if st.toggle("Choose sections and edit sentences", key=f"report-content-{opened.id}"):
        guarded(_content)(opened)


def _brand(assessment_id: str) -> None:
    report = workspace().open(assessment_id).assessment.report
    _text(assessment_id, "brand", report.brand, max_chars=120)
    with st.container(horizontal=True):
        for field, code in (("primary", report.primary), ("secondary", report.secondary)):
            with st.container():
                _text(assessment_id, field, code, max_chars=7)
                if code:
                    st.caption(_use_of(code))
    key = key_of(assessment_id, "cover_text")
    st.text_area(
        LABELS["cover_text"],
        report.cover_text,
        max_chars=LONGEST_COVER_TEXT,
        key=key,
        on_change=_save,
        args=(assessment_id, "cover_text", str),
    )
    problem_at(key)
    key = key_of(assessment_id, "draft_below")
    st.number_input(
        LABELS["draft_below"],
        0,
        100,
        round(100 * report.draft_below),
        key=key,
        help=_HELP["draft_below"],
        on_change=_save,
        args=(assessment_id, "draft_below", _share),
    )
    problem_at(key)
    saved_line(*(key_of(assessment_id, field) for field in LABELS if field != "left_out"))


def _use_of(code: str) -> str:
    """Say how a colour stands against white, and what a light one is used for."""
    told = f"Contrast with white: {int(100 * contrast(code, WHITE)) / 100:.2f} to 1"  # never rounded up
    if readable(code):
        return told
    return (
        f"{told}. Too light for text: it is the ground of table heads and of the decision; text takes the main colour."
    )


def _share(value: int) -> float:
    return value / 100


def key_of(assessment_id: str, field: str) -> str:
    """Return the key of a field, under which its problem is kept as well."""
    return f"report-{field}-{assessment_id}"


def _text(assessment_id: str, field: str, stored: str, *, max_chars: int) -> None:
    key = key_of(assessment_id, field)
    st.text_input(
        LABELS[field],
        stored,
        max_chars=max_chars,
        key=key,
        help=_HELP[field],
        on_change=_save,
        args=(assessment_id, field, str.strip),
    )
    problem_at(key)


def _save(assessment_id: str, field: str, made: Callable[[Any], Any]) -> None:
    keep(assessment_id, field, made(st.session_state[key_of(assessment_id, field)]))
    if field != "left_out":
        st.rerun(list(SHOWN))


def keep(assessment_id: str, field: str, value: Any) -> None:
    """Save one setting, or keep the sentence that says why it cannot stand; the sentence begins with a capital."""

    def operation() -> datetime:
        if field in COLOURS and value and not re.fullmatch(COLOUR_FORM, value):
            raise InputError(Problem(f"This is no colour: '{value}'", "write # and six of 0-9 and A-F, as #0B7A80"))
        return workspace().set_report(assessment_id, field, value).at

    key = key_of(assessment_id, field)
    if not attempt(key, LABELS[field], operation) and (told := problem_of(key)):
        refuse(key, told.label, told.sentence[:1].upper() + told.sentence[1:])


def _logo(assessment_id: str) -> None:
    """Show the logo that is kept, and take another one."""
    picture = logo_of(workspace().open(assessment_id).assessment.report.logo)
    key = key_of(assessment_id, "logo")
    if picture:
        st.image(picture, caption="The logo on the cover", width=240)
        st.button("Remove the logo", key=f"{key}-remove", on_click=_remove, args=(assessment_id,))
    with st.form(f"{key}-form", border=False):
        st.file_uploader(LOGO_LABEL, type=["png", "svg"], key=key)
        problem_at(key)
        st.form_submit_button("Use this logo", on_click=_use_logo, args=(assessment_id,))


def _use_logo(assessment_id: str) -> None:
    key = key_of(assessment_id, "logo")
    given = st.session_state[key]
    if given is None:
        refuse(key, LOGO_LABEL, "Choose a file first.")
    elif given.size > LARGEST_FILE:
        refuse(key, LOGO_LABEL, f"The file has {given.size:,} bytes; at most {LARGEST_FILE:,} are taken.")
    else:
        raw, name = given.getvalue(), given.name
        attempt(key, LOGO_LABEL, lambda: workspace().set_logo(assessment_id, raw, name).at)
    st.rerun([_LOGO, SUMMARY, UNUSED])


def _remove(assessment_id: str) -> None:
    key = key_of(assessment_id, "logo")
    attempt(key, LOGO_LABEL, lambda: workspace().set_logo(assessment_id, None).at)


def _take(opened: Opened) -> None:
    """Offer the other assessments, and take over the settings of one, with nothing of its sentences."""
    others = {item.id: item.name for item in workspace().assessments() if item.id != opened.id}
    key = key_of(opened.id, "taken")
    if not others:
        st.info("There is no other assessment.")
        return
    chosen = st.selectbox("Assessment", list(others), format_func=others.__getitem__, key=key)
    problem_at(key)
    st.button("Take over its settings", key=f"{key}-now", on_click=_take_now, args=(opened.id, chosen))
    saved_line(key)


def _take_now(assessment_id: str, source: str) -> None:
    key = key_of(assessment_id, "taken")
    if attempt(key, "Settings", lambda: workspace().take_report_from(assessment_id, source).at):
        report = workspace().open(assessment_id).assessment.report
        for field in ("brand", "primary", "secondary", "cover_text"):
            st.session_state[key_of(assessment_id, field)] = getattr(report, field)
        st.session_state[key_of(assessment_id, "draft_below")] = round(100 * report.draft_below)
        st.session_state.pop(key_of(assessment_id, "left_out"), None)


def _content(opened: Opened) -> None:
    """Place what needs the evaluation: which sections there are, and what the sentences say."""
    evaluation = best_known(opened)
    titles = None if evaluation is None else awaited("report-sections", _titles_job(opened, evaluation))
    if evaluation is None or titles is None:
        return
    key = key_of(opened.id, "left_out")
    stored = opened.assessment.report.left_out
    st.multiselect(
        LABELS["left_out"],
        list(titles),
        [name for name in stored if name in titles],
        format_func=lambda name: titles[name],
        key=key,
        on_change=_save,
        args=(opened.id, "left_out", tuple),
    )
    problem_at(key)
    saved_line(key)
    guarded(_sentences)(opened, evaluation)


def _titles_job(opened: Opened, evaluation: Evaluation) -> Job[dict[str, str]]:
    """Return what finds the sections that can be left out, by id: those that have something to say."""

    def work(watch: Watch) -> dict[str, str]:
        sections = every_section(evaluation, watch=watch)
        titles = {item.id: item.title for item in sections if item.id not in FIXED_SECTIONS}
        return {**titles, SCENARIOS: wording().scenarios["title"]} if evaluation.economics else titles

    return Job("sections", figures_of(opened), "Reading the sections of the report", work)


def _sentences(opened: Opened, evaluation: Evaluation) -> None:
    """Let one sentence of the summary be edited, or given back."""
    said, picker = board_sentences(evaluation), f"report-sentence-{opened.id}"
    if (kept := st.session_state.pop(_PICKED, None)) in said:
        st.session_state[picker] = kept  # given anew, so that the browser shows the sentence as it stands now
    chosen = st.selectbox("Sentence of the summary", list(said), format_func=lambda key: _short(said[key]), key=picker)
    if chosen is None:
        return
    found, key = said[chosen], f"report-edit-{opened.id}-{chosen}"
    st.markdown(f"Generated: {plain(found.generated)}")
    if found.moved:
        st.warning("The figures have changed since this sentence was edited. Read it again, or restore it.")
    turn = f"{key}-{st.session_state.get(key, 0)}"  # a field of its own after each save: it shows what is kept
    with st.form(f"{turn}-form", border=False):
        standing = found.edited or found.generated
        text = st.text_area("As it is to stand", standing, max_chars=LONGEST_EDIT, key=f"{turn}-text")
        by = st.text_input("Edited by", found.by, max_chars=80, key=f"{turn}-by")
        st.caption(f"Every output prints it with its mark, such as {plain(found.mark or wording().board['edited'])}")
        problem_at(key)
        wanted = st.form_submit_button("Keep the edited sentence")
    if wanted:
        edit = SentenceEdit.model_construct(text=text.strip(), of=found.generated, by=by.strip())
        _keep(opened.id, found, key, edit)
    if found.edited and st.button("Restore the generated sentence", key=f"{key}-restore"):
        _keep(opened.id, found, key, None)
    saved_line(key)


def _keep(assessment_id: str, found: Sentence, key: str, edit: SentenceEdit | None) -> None:
    if edit is not None and edit.text == found.generated:
        accept(key)
        if not found.edited:
            return
        edit = None
    if attempt(key, "Sentence of the summary", lambda: workspace().set_sentence(assessment_id, found.key, edit).at):
        st.session_state[key] = st.session_state.get(key, 0) + 1
        st.session_state[_PICKED] = found.key
    st.rerun()


def _short(found: Sentence) -> str:
    words = found.edited or found.generated
    start = words if len(words) <= 70 else f"{words[:67].rstrip()}…"  # noqa: PLR2004 (as long as the list is wide)
    return f"{found.part}{' (edited)' if found.edited else ''}: {start}"
