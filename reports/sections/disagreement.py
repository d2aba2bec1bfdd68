"""Where people disagree: the questions that several people answered, the most contested first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assessment.agreement import contested
from reports.agreeing import HEADER, SCORED, agreement_sentence, contest_rows, distribution
from reports.document import Block, Column, Heading, Paragraph, Section, Table
from reports.score_words import answer_words
from reports.wording import fill, wording

if TYPE_CHECKING:
    from assessment.questionnaire import Questionnaire
    from models.evaluation import Evaluation

_SPLIT_SHOWN = 5
_WIDTHS = (2.2, 0.7, 1.0, 2.0, 0.9, 0.9, 1.2, 0.9)


def disagreement(evaluation: Evaluation) -> Section:
    """Return how far people agree on each question, and the split of the most contested; empty without votes."""
    found, texts = contested(evaluation.questionnaire, evaluation.assessment), wording().agreement
    if not found:
        return Section("disagreement", texts["title"], ())
    questionnaire = evaluation.questionnaire.at_stage(evaluation.assessment.stage)
    columns = tuple(Column(name, width) for name, width in zip((*HEADER, SCORED), _WIDTHS, strict=True))
    scored = {item.question: _scored(evaluation, questionnaire, item.question) for item in found}
    rows = tuple(
        (*row, scored[item.question]) for row, item in zip(contest_rows(questionnaire, found), found, strict=True)
    )
    blocks: list[Block] = [
        Paragraph(texts["lead"]),
        Table(texts["caption"], columns, rows, note=texts["note"]),
    ]
    for item in found[:_SPLIT_SHOWN]:
        blocks.append(Heading(questionnaire.by_id[item.question].title, level=3))
        said = f"{agreement_sentence(item)} {fill(texts['scored'], answer=scored[item.question])}"
        blocks += [Paragraph(said), distribution(questionnaire, item)]
    return Section("disagreement", texts["title"], tuple(blocks))


def _scored(evaluation: Evaluation, questionnaire: Questionnaire, question: str) -> str:
    return answer_words(questionnaire, questionnaire.by_id[question], evaluation.assessment.answers.get(question))
