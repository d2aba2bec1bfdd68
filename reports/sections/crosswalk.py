"""The answers read against paragraphs of a rule; a reading of answers, never a finding of compliance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.document import Block, Callout, Column, Heading, Paragraph, Section, Table
from reports.figures_format import format_score_and_range
from reports.score_words import answer_words
from reports.wording import fill, wording

if TYPE_CHECKING:
    from assessment.answers import Answer
    from assessment.feeds import Crosswalk, CrosswalkItem
    from assessment.questionnaire import Question, Questionnaire
    from models.evaluation import Evaluation


def crosswalks(evaluation: Evaluation) -> Section:
    """Return every crosswalk of the questionnaire, or a section without blocks where it has none."""
    found = evaluation.questionnaire.crosswalks
    blocks = [block for crosswalk in found for block in _crosswalk(evaluation, crosswalk, alone=len(found) == 1)]
    title = f"Crosswalk: {found[0].title}" if len(found) == 1 else "Crosswalks"
    return Section("crosswalk", title, tuple(blocks))


def _crosswalk(evaluation: Evaluation, crosswalk: Crosswalk, *, alone: bool) -> list[Block]:
    year = str(crosswalk.year)
    source = crosswalk.section if year in crosswalk.section else f"{crosswalk.section}, {year}"
    lead = fill(wording().crosswalk["lead"], title=crosswalk.title, source=source)
    heading: list[Block] = [] if alone else [Heading(crosswalk.title)]
    return [*heading, Paragraph(lead), Callout(crosswalk.disclaimer, kind="warning"), _table(evaluation, crosswalk)]


def _table(evaluation: Evaluation, crosswalk: Crosswalk) -> Table:
    scores = evaluation.scores.crosswalk[crosswalk.id]
    rows = tuple(
        (
            f"{item.citation}:\n{item.topic}",
            wording().crosswalk["proposed"] if item.obligation == "proposed" else item.obligation.capitalize(),
            ";\n".join(_standing(evaluation, item)),
            format_score_and_range(scores[item.id]),
        )
        for item in crosswalk.items
    )
    columns = (
        Column("Paragraph", 1.7),
        Column("Obligation", 0.9),
        Column("Questions that bear on it, and where they stand", 3.2),
        Column("Score, 0 to 100", 1.0, "right"),
    )
    return Table(f"{crosswalk.title}, read from the answers", columns, rows, note=wording().crosswalk["note"])


def _standing(evaluation: Evaluation, item: CrosswalkItem) -> list[str]:
    questionnaire, given = evaluation.questionnaire, evaluation.assessment
    asked = {question.id: question for question in questionnaire.asked(given.mode)}
    left = {question.id: question for question in questionnaire.left_out("full")}
    known = {**left, **questionnaire.by_id}
    return [
        f"{known[name].title}: {_level(questionnaire, asked.get(name), given.answers.get(name))}"
        for name in item.questions
        if name in known
    ]


def _level(questionnaire: Questionnaire, question: Question | None, answer: Answer | None) -> str:
    if question is None:
        return wording().crosswalk["not_asked"]
    return answer_words(questionnaire, question, answer)
