"""Scenarios: named futures side by side, which of them turns the decision, and the figures of each to be changed."""

from __future__ import annotations

import streamlit as st

from reports.charts.scenarios import scenario_chart
from reports.scenario_words import scenario_sentence
from reports.sections.scenarios import tables
from reports.wording import wording
from views.about import explain
from views.access import evaluated, workspace
from views.back import place_top
from views.blocks import WIDTH, chart_width, look, show
from views.cases import comparison_job
from views.drawn import place_plotted
from views.feedback import guarded
from views.frame import arrived, require
from views.missing import place_answers_missing, place_figures_missing, place_missing
from views.plain import kept, plain
from views.scenario_editor import COMPARED, place_editor
from views.waiting import awaited


def page() -> None:
    """Show the comparison, and below it one scenario to look at and change."""
    opened = require()
    arrived(f"scenarios/{opened.id}")
    st.title("Scenarios", anchor=False)
    explain("scenarios")
    place_top(opened.id)
    with st.container(width=WIDTH):
        st.markdown(
            "Each scenario is a list of changes to load, rates and costs, and you can change every one. "
            f"{plain(wording().scenarios['size'])}"
        )
        st.fragment(guarded(_compared), key=COMPARED)(opened.id)
        known = evaluated(opened)
        place_figures_missing(opened.id, known)
        place_answers_missing(opened.id, known)
        place_editor(opened.id)


def _compared(assessment_id: str) -> None:
    opened = workspace().open(assessment_id)
    job = comparison_job(opened)
    if job is None:
        st.info("**Nothing to compare yet.** Scenarios shift a cost curve, and there is none. What is still missing:")
        place_missing(evaluated(opened))
        return
    found = awaited("scenarios", job)
    if found is None:
        return
    st.info(kept(plain(scenario_sentence(found))))
    place_plotted(scenario_chart(found, width=chart_width(), look=look()), "scenarios", titled=False)
    show(tables(found))


page()
