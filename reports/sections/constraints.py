"""The constraints, what each caps, and where signals and answers disagree."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reports.binding_words import binding_sentence
from reports.charts.constraints import constraint_map
from reports.charts.signals import points_somewhere, signal_map
from reports.document import Block, Column, FigureBlock, Heading, Paragraph, Section, Table
from reports.figures_format import DASH, format_severity, format_support, rounded
from reports.score_words import factor_title
from reports.sections.chain import chain
from reports.wording import said_at, wording

if TYPE_CHECKING:
    from assessment.questionnaire import Questionnaire
    from models.evaluation import Evaluation


def constraints(evaluation: Evaluation) -> Section:
    """Return the constraints, what caps what, and where signals and answers disagree."""
    questionnaire, found = evaluation.questionnaire, evaluation.scores
    blocks: list[Block] = [
        Paragraph(binding_sentence(questionnaire, found), tone="lead"),
        FigureBlock(constraint_map(questionnaire, found, look="print")),
        _severity_table(evaluation),
        Heading(said_at(questionnaire.stage, "headings")["sources"]),
        Paragraph(f"{_on_signals(questionnaire)} {wording().chain['order']}"),
        Paragraph(wording().chain["note"], tone="small"),
        *([FigureBlock(signal_map(questionnaire, found, look="print"))] if points_somewhere(found) else []),
        *_chains(evaluation),
        *_lifting(evaluation),
    ]
    return Section("constraints", "Constraints and diagnosis", tuple(blocks))


def _on_signals(questionnaire: Questionnaire) -> str:
    if questionnaire.stage == "design":
        return wording().stage["signals"]
    return "Signals point to constraints; they are not faults in themselves."


def _chains(evaluation: Evaluation) -> list[Block]:
    """Return each finding with what it was derived from."""
    questionnaire, found = evaluation.questionnaire, evaluation.scores
    return [
        block
        for item in found.diagnosis
        for block in chain(questionnaire, evaluation.assessment, item, found.factors[item.factor])
    ]


def _severity_table(evaluation: Evaluation) -> Table:
    rows = []
    for item in evaluation.scores.diagnosis:
        support = format_support(item.support, item.support_low, item.support_high)
        apart = rounded(item.disagreement, 2) if item.contradictions else DASH
        title = factor_title(evaluation.questionnaire, item.factor)
        rows.append((title, format_severity(item.severity), support, apart))
    if evaluation.questionnaire.stage == "design":
        return _without_signals(rows)
    columns = (
        Column("Constraint", 2.0),
        Column("Severity (answers)", 1.6, "right"),
        Column("Support (signals)", 1.6, "right"),
        Column("Contradiction", 1.0, "right"),
    )
    return Table("Severity and support, 0 to 1", columns, tuple(rows))


def _without_signals(rows: Sequence[tuple[str, ...]]) -> Table:
    """Return the table for a product before its launch, which has shown no signal."""
    columns = (
        Column("Constraint", 3.0),
        Column("Severity (answers)", 1.5, "right"),
        Column("Contradiction", 1.5, "right"),
    )
    return Table("Severity, 0 to 1", columns, tuple((row[0], row[1], row[3]) for row in rows))


def _lifting(evaluation: Evaluation) -> list[Block]:
    bound = {found.binding_constraint for found in evaluation.scores.dimensions.values()}
    lifted = [factor for factor in evaluation.questionnaire.wall_factors if factor.id in bound]
    heading = [Heading(wording().headings["lifted"])] if lifted else []
    return [*heading, *(Paragraph(factor.lifted_means, label=f"{factor.title}, when lifted:") for factor in lifted)]
