"""The sheets of answers and weights: each question with its answer, and the value that the scores are read from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assessment.sheet import Sheet
from reports.sections.answers import answer_text
from reports.workbook.sheet import Book, Formula, Page, reference, span

if TYPE_CHECKING:
    from assessment.amounts import End
    from models.evaluation import Evaluation

ANSWERS, WEIGHTS = "Answers", "Weights"
_HEADER = (
    *("Question", "Step", "Title", "Answer", "Applies", "Value", "Lowest", "Highest", "At one half", "At the lowest"),
    *("At the highest", "Confidence", "Role", "Note", "Evidence"),
)
_WIDTHS = (26, 30, 44, 60, 9, 9, 9, 9, 11, 11, 11, 13, 16, 60, 60)
APPLIES, VALUE, LOWEST, HIGHEST = 4, 5, 6, 7
ENDS: dict[End, int] = {"point": 8, "low": 9, "high": 10}
_HEADER_ROW = 3


@dataclass(frozen=True)
class AnswerPlaces:
    """Where answers and weights stand: ``first`` and ``last`` row on both sheets, and a column for each weight."""

    first: int
    last: int
    weights: dict[str, int]

    def values(self, end: End) -> str:
        """Return the address of the value of every question at one end."""
        return span(self.first, self.last, ENDS[end], ANSWERS)

    @property
    def applies(self) -> str:
        """Address of the marks of what applies."""
        return span(self.first, self.last, APPLIES, ANSWERS)

    def weight(self, name: str) -> str:
        """Return the address of the weights of a score, such as ``practice iac``."""
        return span(self.first, self.last, self.weights[name], WEIGHTS)

    def mean(self, name: str, end: End) -> str:
        """Return the formula of the weighted mean in [0, 1] over what applies."""
        weights = self.weight(name)
        total = f"SUMPRODUCT({weights},{self.applies})"
        return f"MIN(1,SUMPRODUCT({weights},{self.applies},{self.values(end)})/{total})"

    def exists(self, name: str) -> str:
        """Return the condition that something applies."""
        return f"SUMPRODUCT({self.weight(name)},{self.applies})>0"


def write_answers(book: Book, evaluation: Evaluation, sheet: Sheet) -> AnswerPlaces:
    """Write both sheets and return where the values stand."""
    page = book.sheet(ANSWERS, _WIDTHS)
    page.line("Every answer", look="title")
    page.note(
        "Change a value (0 to 1) to see the scores follow; an empty one is unknown, and what does not apply has 0 in "
        "the column Applies. Costs and roadmap do not follow answers: make the report again for those."
    )
    page.gap()
    page.freeze(page.header(*_HEADER) + 1)
    first = page.row
    for question in sheet.instrument.questions:
        _row(page, evaluation, sheet, question.id)
    last = max(first, page.row - 1)
    return AnswerPlaces(first, last, _weights(book, sheet, first))


def _row(page: Page, evaluation: Evaluation, sheet: Sheet, name: str) -> None:
    question = sheet.questionnaire.by_id[name]
    answer = evaluation.assessment.answers.get(name)
    steps = {step.id: step.title for step in sheet.questionnaire.steps}
    applies = name in sheet.levels["point"]
    row = page.line(name, steps[question.step], question.title, answer_text(sheet.questionnaire, question, answer))
    page.put(row, APPLIES, float(applies), "input")
    page.put(row, VALUE, sheet.standings.known.get(name), "input")
    page.put(row, LOWEST, sheet.instrument.lowest(name))
    page.put(row, HIGHEST, sheet.instrument.highest(name))
    value, low, high = (reference(row, column) for column in (VALUE, LOWEST, HIGHEST))
    open_ends: dict[End, str] = {"point": f"({low}+{high})/2", "low": low, "high": high}
    for end, column in ENDS.items():
        text = f"IF({reference(row, APPLIES)}=0,0,IF(ISNUMBER({value}),{value},{open_ends[end]}))"
        page.put(row, column, Formula(text, sheet.levels[end].get(name, 0.0)))
    if answer is not None:
        page.put(row, 11, answer.confidence)
        page.put(row, 12, answer.role)
        page.put(row, 13, answer.note)
        page.put(row, 14, "\n".join(answer.evidence))


def _weights(book: Book, sheet: Sheet, first: int) -> dict[str, int]:
    found = {
        **{f"practice {name}": weights for name, weights in sheet.instrument.practice_weights.items()},
        **{f"factor {name}": weights for name, weights in sheet.instrument.factor_weights.items()},
    }
    page = book.sheet(WEIGHTS, (26, *[14] * len(found)))
    page.line("Weight of each question in each score, under the context of the assessment", look="title")
    page.row = _HEADER_ROW
    page.freeze(page.header("Question", *found) + 1)
    page.row = first
    for question in sheet.instrument.questions:
        page.line(question.id, *(weights.get(question.id, 0.0) for weights in found.values()))
    return {name: 1 + column for column, name in enumerate(found)}
