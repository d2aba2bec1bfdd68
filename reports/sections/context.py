"""Whether this way of building is called for, and the context that moved the weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.document import Column, Paragraph, Section, Table
from reports.figures_format import DASH, rounded
from reports.score_words import applicability_sentence

if TYPE_CHECKING:
    from models.evaluation import Evaluation


def context(evaluation: Evaluation) -> Section:
    """Return whether this way of building is called for, and the context that moved the weights."""
    questionnaire, found = evaluation.questionnaire, evaluation.scores
    held, unanswered = found.applicability.held, found.applicability.unanswered
    holds_at = questionnaire.context.applicability.holds_at
    rows = []
    for item in questionnaire.context.criteria:
        state = "Holds" if item.id in held else "Unanswered" if item.id in unanswered else "Does not hold"
        level = evaluation.assessment.context.get(item.id)
        said = DASH if level is None else item.anchors[level]
        if level is not None and item.id not in held:
            said = f"{said} It would hold from this answer on: “{item.anchors[holds_at]}”"
        rows.append((item.title, state, said))
    criteria = Table(
        "Criteria", (Column("Criterion", 1.5), Column("State", 0.9), Column("What was found", 3.6)), tuple(rows)
    )
    weights = tuple((item.title, rounded(found.overall.weights[item.id], 2)) for item in questionnaire.dimensions)
    weight_table = Table(
        "Weight of each dimension in the overall score",
        (Column("Dimension", 3), Column("Weight", 1, "right")),
        weights,
        note="Each weight starts at 1; the stressors named in the context add the rest.",
    )
    lead = Paragraph(applicability_sentence(found.applicability), tone="lead")
    return Section("context", "Context and applicability", (lead, criteria, weight_table))
