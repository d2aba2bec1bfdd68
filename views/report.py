"""Report and export: the PDF that a leader reads, its other forms, and the file that another installation reads."""

from __future__ import annotations

import re

import streamlit as st

from reports.forms import FORMS, Form
from reports.pdf import PageSize
from views.about import explain
from views.access import workspace
from views.analysing import analysed, best_known
from views.blocks import WIDTH
from views.cases import compared
from views.feedback import problem_summary
from views.frame import arrived, require
from views.report_settings import report_settings
from views.report_unused import unused_settings
from workspace.service import Opened

_SIZES = {"a4": "A4", "letter": "US Letter"}
_MADE, _OTHER_MADE = "report-made", "form-made"
_OTHERS = tuple(form for form in FORMS.values() if form.suffix != "pdf")


def page() -> None:
    """Offer the report and the export."""
    opened = require()
    if arrived(f"report/{opened.id}"):
        st.session_state.pop(_MADE, None)
        st.session_state.pop(_OTHER_MADE, None)
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
    size = st.radio(
        "Page size",
        list(_SIZES),
        format_func=_SIZES.__getitem__,
        horizontal=True,
        key="report-size",
        persist_state="session",  # also who may not change the assessment chooses the paper
    )
    unused_settings(opened.id)
    if st.button("Make the PDF", type="primary", key="report-make"):
        st.session_state[_MADE] = (_state_of(opened, size), _made(opened, size))
    state, paper = st.session_state.get(_MADE, (None, b""))
    if paper and state != _state_of(opened, size):
        st.info("Something changed since this PDF was made. Make it again.")
    elif paper:
        st.success(f"The PDF is ready, {len(paper) / 1024:,.0f} KiB.")
        st.download_button(
            "Download the PDF",
            paper,
            file_name=file_name(opened.assessment.name, "pdf"),
            mime="application/pdf",
            key="report-download",
            on_click="ignore",
        )


def _state_of(opened: Opened, size: str) -> tuple[int, str]:
    return opened.sequence, size


def _made(opened: Opened, size: str) -> bytes:
    return _report(opened, FORMS["pdf"], "a4" if size == "a4" else "letter")


def _report(opened: Opened, form: Form, page_size: PageSize = "a4") -> bytes:
    with st.status("Making the report", expanded=True) as status:
        st.markdown("Simulating the futures")
        evaluation = analysed(opened, again=True) or best_known(opened)
        _, comparison = compared(opened) if form.futures else (None, None)
        st.markdown("Writing the report")
        made = form.make(evaluation, comparison, page_size)
        status.update(label="The report is made", state="complete", expanded=False)
    return made


def _others(opened: Opened) -> None:
    st.header("The same report in other forms", anchor=False)
    titles = {form.suffix: form.title for form in _OTHERS}
    captions = [form.use for form in _OTHERS]
    suffix = st.radio("Form", list(titles), format_func=titles.__getitem__, captions=captions, key="form-chosen")
    form = FORMS[suffix]
    if st.button("Make the file", key="form-make"):
        st.session_state[_OTHER_MADE] = (_state_of(opened, suffix), _report(opened, form))
    state, made = st.session_state.get(_OTHER_MADE, (None, b""))
    if made and state == _state_of(opened, suffix):
        _offer(opened, form, made)
    elif made and state[1] == suffix:
        st.info("Something changed since this file was made. Make it again.")


def _offer(opened: Opened, form: Form, made: bytes) -> None:
    st.success(f"The file is ready, {len(made) / 1024:,.0f} KiB.")
    st.download_button(
        f"Download the {form.title.lower()}",
        made,
        file_name=file_name(opened.assessment.name, form.suffix),
        mime=form.mime,
        key="form-download",
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
