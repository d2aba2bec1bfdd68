"""How a score was computed: its terms, down to each question's weight and value."""

from __future__ import annotations

import streamlit as st

from assessment.instrument import Instrument
from assessment.questionnaire import Dimension
from assessment.scores import Scores
from assessment.scoring import score
from reports.figures_format import format_score_and_range, format_severity, rounded
from reports.wording import factor_title
from views.access import workspace
from views.answering import in_words
from views.blocks import table
from views.feedback import guarded
from workspace.service import Opened

_PICKED = "terms-dimension"


def place_terms(opened: Opened) -> None:
    """Place the panel; its content is made only when it is open."""
    st.fragment(guarded(_panel), key="terms")(opened.id)


def _panel(assessment_id: str) -> None:
    panel = st.expander("How it was computed", key="terms-open", on_change="rerun")
    if not panel.open:
        return
    opened = workspace().open(assessment_id)
    dimensions = {dimension.id: dimension for dimension in opened.questionnaire.dimensions}
    with panel:
        picked = st.selectbox(
            "Dimension", list(dimensions), format_func=lambda name: dimensions[name].title, key=_PICKED
        )
        scores = score(opened.questionnaire, opened.assessment)
        _formula(scores, dimensions[picked])
        _practice(opened, dimensions[picked])
        _caps(opened, scores, dimensions[picked])


def _formula(scores: Scores, dimension: Dimension) -> None:
    found = scores.dimensions[dimension.id]
    st.markdown(
        f"Effective = the lower of practice and ceiling: practice **{format_score_and_range(found.practice)}**, "
        f"ceiling **{format_score_and_range(found.ceiling)}**, effective "
        f"**{format_score_and_range(found.effective)}**. Stranded = practice less effective: "
        f"**{format_score_and_range(found.stranded)}**."
    )
    if found.evidence:
        shares = ", ".join(f"{rounded(100 * share, 0)}% {kind}" for kind, share in found.evidence.items())
        st.markdown(f"Evidence behind the answered weight: {shares}.")


def _practice(opened: Opened, dimension: Dimension) -> None:
    instrument = Instrument.of(opened.questionnaire, opened.assessment)
    known = instrument.standings(opened.assessment.answers).known
    rows = []
    for name, weight in instrument.practice_weights[dimension.id].items():
        question = opened.questionnaire.by_id[name]
        answer = opened.assessment.answers.get(name)
        worth = rounded(known[name], 2) if name in known else "open" if not _excluded(answer) else "leaves the sum"
        rows.append((question.title, rounded(weight, 2), worth, in_words(opened.questionnaire, question, answer)))
    table(("Question", "Weight", "Worth, 0 to 1", "Answer"), rows, "Practice: 100 times the weighted mean of")


def _excluded(answer: object) -> bool:
    return getattr(answer, "not_applicable", None) is not None


def _caps(opened: Opened, scores: Scores, dimension: Dimension) -> None:
    rows = []
    for factor in opened.questionnaire.wall_factors:
        found = scores.factors[factor.id]
        strength = factor.strengths[dimension.id]
        cap = found.caps.get(dimension.id)
        rows.append(
            (
                factor.title,
                rounded(strength.k, 2),
                format_severity(found.severity),
                "–" if cap is None else rounded(cap),
                strength.because,
            )
        )
    binding = factor_title(opened.questionnaire, scores.dimensions[dimension.id].binding_constraint)
    note = f"Binding constraint: {binding}. A factor whose questions are all not applicable imposes no ceiling."
    header = ("Constraint", "Strength k", "Severity s", "Cap", "Why this strength")
    table(header, rows, "Ceiling: the lowest of 100 times (1 less k times s)", note)
