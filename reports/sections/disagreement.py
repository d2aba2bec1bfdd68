"""Where people disagree: the questions that several people answered, the most contested first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assessment.agreement import contested
from reports.agreeing import HEADER, agreement_sentence, contest_rows, distribution
from reports.document import Block, Column, Heading, Paragraph, Section, Table
from reports.wording import wording

if TYPE_CHECKING:
    from models.evaluation import Evaluation

_SPLIT_SHOWN = 5
_WIDTHS = (2.4, 0.7, 1.0, 2.2, 0.9, 0.9, 1.3)


def disagreement(evaluation: Evaluation) -> Section:
    """Return how far people agree on each question, and the split of the most contested; empty without votes."""
    found, texts = contested(evaluation.questionnaire, evaluation.assessment), wording().agreement
    if not found:
        return Section("disagreement", texts["title"], ())
    questionnaire = evaluation.questionnaire.at_stage(evaluation.assessment.stage)
    columns = tuple(Column(name, width) for name, width in zip(HEADER, _WIDTHS, strict=True))
    blocks: list[Block] = [
        Paragraph(texts["lead"]),
        Table(texts["caption"], columns, contest_rows(questionnaire, found), note=texts["note"]),
    ]
    for item in found[:_SPLIT_SHOWN]:
        blocks.append(Heading(questionnaire.by_id[item.question].title, level=3))
        blocks += [Paragraph(agreement_sentence(item)), distribution(questionnaire, item)]
    return Section("disagreement", texts["title"], tuple(blocks))
