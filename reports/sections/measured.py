"""What was measured and not said: answers that rest on a figure, and figures of the cost model with their source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assessment.instrument import option_of
from reports.document import Block, Column, Paragraph, Section, Table
from reports.figures_format import DASH, plain, plain_range
from reports.wording import fill, wording

if TYPE_CHECKING:
    from models.evaluation import Evaluation

_ANSWERS = (Column("Question", 1.7), Column("Figure", 1.9), Column("Counts as", 0.8), Column("Evidence", 1.9))
_RANGES = (Column("Figure", 2.2), Column("Low, likely, high", 1.5), Column("Source", 2.6))


def measured(evaluation: Evaluation) -> Section:
    """Return the measured answers and ranges; without blocks where nothing was measured."""
    texts = wording().measured
    answers, ranges = _answers(evaluation), _ranges(evaluation)
    if not answers and not ranges:
        return Section("measured", texts["title"], ())
    counts = {"answers": str(len(answers)), "of": str(evaluation.scores.answered), "figures": str(len(ranges))}
    blocks: list[Block] = [Paragraph(fill(texts["lead"], **counts))]
    if answers:
        blocks.append(Table(texts["answers"], _ANSWERS, tuple(answers)))
    if ranges:
        blocks.append(Table(texts["figures"], _RANGES, tuple(ranges)))
    return Section("measured", texts["title"], tuple(blocks))


def _answers(evaluation: Evaluation) -> list[tuple[str, ...]]:
    """Return the measured answers in the order of the questionnaire; one without a figure was seen in a tool."""
    questionnaire, given = evaluation.questionnaire, evaluation.assessment.answers
    rows: list[tuple[str, ...]] = []
    for question in questionnaire.asked(evaluation.assessment.mode):
        answer = given.get(question.id)
        if answer is None or answer.confidence != "measured" or answer.unknown or answer.not_applicable is not None:
            continue
        figure, level = DASH, questionnaire.scale_of(question).options[option_of(question, answer)].label
        if answer.figure is not None and question.measure is not None:
            figure = f"{plain(answer.figure)} {question.measure.unit}"
        rows.append((question.title, figure, level, "; ".join(answer.evidence) or DASH))
    return rows


def _ranges(evaluation: Evaluation) -> list[tuple[str, ...]]:
    given = evaluation.assessment.economics.ranges
    return [
        (
            f"{parameter.title} ({parameter.symbol})",
            plain_range(found.low, found.mode, found.high),
            found.source or DASH,
        )
        for parameter in evaluation.parameters.parameters
        if (found := given.get(parameter.symbol)) is not None and found.measured
    ]
