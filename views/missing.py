"""What a cost curve still lacks, with the ways to where each of it is given: the same list on every page of money."""

from __future__ import annotations

import streamlit as st

from models.evaluation import Evaluation, missing_inputs
from views.frame import link
from views.names import without_symbols
from views.plain import plain


def place_missing(evaluation: Evaluation) -> None:
    """Place a line for each thing that is missing; the ways stand apart, as a fragment takes no link."""
    st.markdown("\n".join(f"- {plain(without_symbols(sentence))}" for sentence in evaluation.missing))


def place_figures_missing(assessment_id: str, evaluation: Evaluation) -> None:
    """Place the way to the figures on another page than theirs, where one of them is missing."""
    if missing_inputs(evaluation.assessment, evaluation.parameters, evaluation.proposals):
        link("economics", "Give these under Economics", assessment_id)


def place_answers_missing(assessment_id: str, evaluation: Evaluation) -> None:
    """Place the way to the questions, where too few of them are answered for any work to be planned."""
    if not evaluation.plan.placements and "unanswered" in evaluation.plan.left_out.values():
        link("tasks", "Answer the questions", assessment_id)
