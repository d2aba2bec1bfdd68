"""Report and export: the PDF that a leader reads, its other forms, and the file that another installation reads."""

from __future__ import annotations

import re

import streamlit as st

from reports.forms import FORMS, Form
from reports.pdf import PageSize
from views.about import explain
from views.access import workspace
from views.blocks import WIDTH
from views.feedback import guard, problem_summary
from views.frame import arrived, require
from views.report_job import form_name, report_job, report_key
from views.report_settings import report_settings
from views.report_unused import unused_settings
from views.waiting import again, awaited, leave
from workspace.service import Opened

_SIZES = {"a4": "A4", "letter": "US Letter"}
_OTHERS = tuple(form for form in FORMS.values() if form.suffix != "pdf")


def page() -> None:
    """Offer the report and the export."""
    opened = require()
    arrived(f"report/{opened.id}")
    st.title("Report and export", anchor=False)
    explain("report")
    problem_summary()
    with st.container(width=WIDTH):
        report_settings(opened)
        _pdf(opened)
        st.divider()
        _others(opened)
        st.divider()
        _export(opened)


def _pdf(opened: Opened) -> None:
    st.header("Report as PDF", anchor=False)
    st.markdown(
        "Two pages to decide from, and what stands behind them: scores, diagnosis, costs with ranges, roadmap, every "
        "assumption with its source and grade."
    )
    if not opened.assessment.answers:
        st.caption(
            "Nothing is answered yet, so there is nothing to decide from: the report says so, and between which "
            "figures each score may lie."
        )
    size = st.radio(
        "Page size",
        list(_SIZES),
        format_func=_SIZES.__getitem__,
        horizontal=True,
        key="report-size",
        persist_state="session",  # also who may not change the assessment chooses the paper
    )
    unused_settings(opened.id)
    _file(opened, FORMS["pdf"], "Make the PDF", "report", "letter" if size == "letter" else "a4")


def _file(opened: Opened, form: Form, label: str, key: str, size: PageSize = "a4") -> None:
    """Place the button that makes a form of the report, how far that is, and the file once it is there."""
    place, key_now = f"made-{form.suffix}-{opened.id}", report_key(opened, form, size)
    if st.button(label, type="primary" if form.suffix == "pdf" else "secondary", key=f"{key}-make"):
        again(place)
        st.session_state[place] = key_now
    if st.session_state.get(place, key_now) != key_now:
        leave(place)
        st.info(f"Something changed since the {form_name(form)} was asked for. Make it again.")
    elif place in st.session_state:
        with guard():
            made = awaited(place, report_job(opened, form, size))
            if made is not None:
                _offer(opened, form, made, f"{key}-download")


def _others(opened: Opened) -> None:
    st.header("Other forms", anchor=False)
    titles = {form.suffix: form.title for form in _OTHERS}
    captions = [form.use for form in _OTHERS]
    suffix = st.radio("Form", list(titles), format_func=titles.__getitem__, captions=captions, key="form-chosen")
    _file(opened, FORMS[suffix], "Make the file", "form")


def _offer(opened: Opened, form: Form, made: bytes, key: str) -> None:
    st.success(f"The {form_name(form)} is ready, {len(made) / 1024:,.0f} KiB.")
    st.download_button(
        f"Download the {form_name(form)}",
        made,
        file_name=file_name(opened.assessment.name, form.suffix),
        mime=form.mime,
        key=key,
        on_click="ignore",
    )


def _export(opened: Opened) -> None:
    st.header("Export as JSON", anchor=False)
    st.markdown("Every answer, note and figure in one file, which this or another installation reads back unchanged.")
    st.download_button(
        "Download the export",
        workspace().export(opened.id),
        file_name=file_name(opened.assessment.name, "json"),
        mime="application/json",
        key="export-download",
        on_click="ignore",
    )


def file_name(name: str, suffix: str) -> str:
    """Return a file name made of the letters and digits of a name."""
    words = re.findall(r"[a-z0-9]+", name.lower())
    return f"sixstep-{'-'.join(words)[:60].strip('-') or 'assessment'}.{suffix}"


page()
