"""What a report says of a product that is not launched yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from reports.document import Block, Column, Heading, Paragraph, Table
from reports.wording import wording

if TYPE_CHECKING:
    from assessment.questionnaire import Mode, Questionnaire


def stage_note(questionnaire: Questionnaire, kind: Literal["note", "economics"]) -> list[Block]:
    """Return what has to be said before launch; nothing for a product in use."""
    return [] if questionnaire.stage == "live" else [Paragraph(wording().stage[kind], tone="small")]


def not_asked(questionnaire: Questionnaire, mode: Mode) -> list[Block]:
    """Return what the stage leaves out, each question with its reason; nothing for a product in use."""
    if questionnaire.stage == "live":
        return []
    texts = wording().stage
    rows = tuple((question.title, question.not_in_design) for question in questionnaire.left_out(mode))
    table = [Table("", (Column("Question", 1.9), Column("Why it is not asked", 4.4)), rows)] if rows else []
    return [Heading(texts["questions"]), *table, Paragraph(texts["signals"])]
