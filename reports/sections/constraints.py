"""The constraints, what each caps, and where signals and answers disagree."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reports.charts.constraints import constraint_map
from reports.document import Block, Bullets, Column, FigureBlock, Heading, Paragraph, Section, Table
from reports.figures_format import DASH, format_severity, rounded
from reports.wording import binding_sentence, factor_title, said_at, signal_sentence, wording

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
        Bullets(tuple(signal_sentence(questionnaire, item, found.factors[item.factor]) for item in found.diagnosis)),
        Paragraph(_on_signals(questionnaire), tone="small"),
        *_lifting(evaluation),
    ]
    return Section("constraints", "Constraints and diagnosis", tuple(blocks))


def _on_signals(questionnaire: Questionnaire) -> str:
    if questionnaire.stage == "design":
        return wording().stage["signals"]
    return "Signals point to constraints; they are not faults in themselves."


def _severity_table(evaluation: Evaluation) -> Table:
    questions, signals = (
        evaluation.questionnaire.by_id,
        {item.id: item.title for item in evaluation.questionnaire.signals},
    )
    rows = []
    for item in evaluation.scores.diagnosis:
        support = DASH if item.support is None else rounded(item.support, 2)
        sources = [questions[name].title for name in item.questions] + [signals[name] for name in item.signals]
        title = factor_title(evaluation.questionnaire, item.factor)
        rows.append((title, format_severity(item.severity), support, "; ".join(sources) or DASH))
    if evaluation.questionnaire.stage == "design":
        return _without_signals(rows)
    columns = (
        Column("Constraint", 1.5),
        Column("Severity (answers)", 1.5, "right"),
        Column("Support (signals)", 1.1, "right"),
        Column("Derived from", 3.4),
    )
    return Table("Severity and support, 0 to 1", columns, tuple(rows))


def _without_signals(rows: Sequence[tuple[str, ...]]) -> Table:
    """Return the table for a product before its launch, which has shown no signal."""
    columns = (Column("Constraint", 1.5), Column("Severity (answers)", 1.5, "right"), Column("Derived from", 4.0))
    return Table("Severity, 0 to 1", columns, tuple((row[0], row[1], row[3]) for row in rows))


def _lifting(evaluation: Evaluation) -> list[Block]:
    bound = {found.binding_constraint for found in evaluation.scores.dimensions.values()}
    lifted = [factor for factor in evaluation.questionnaire.wall_factors if factor.id in bound]
    return [Paragraph(factor.lifted_means, label=f"{factor.title}, when lifted:") for factor in lifted]
