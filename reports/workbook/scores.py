"""The sheet of scores: practice, ceiling and effective maturity as formulas over the answers, at all three readings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assessment.instrument import ceiling, effective, overall, practice, severity
from assessment.sheet import Sheet
from reports.figures_format import format_score_and_range
from reports.workbook.answers import AnswerPlaces
from reports.workbook.sheet import Book, Formula, Page, reference

if TYPE_CHECKING:
    from assessment.amounts import End
    from models.evaluation import Evaluation

SHEET = "Scores"
_READINGS: dict[End, str] = {"point": "at one half", "low": "at the lowest", "high": "at the highest"}
_SCORES = ("practice", "ceiling", "effective")
_COLUMNS = tuple((score, end) for score in _SCORES for end in _READINGS)
_FIRST = 1
_CAPS = 4


@dataclass(frozen=True)
class _Factors:
    """Where the severity of each wall factor stands, by factor and reading, and its strength on each dimension."""

    severity: dict[tuple[str, End], str]
    strength: dict[tuple[str, str], str]


def write_scores(book: Book, evaluation: Evaluation, sheet: Sheet, places: AnswerPlaces) -> str:
    """Write the sheet; return where the overall effective maturity stands."""
    page = book.sheet(SHEET, (44, *[15] * 14))
    page.line("Scores, 0 to 100, from the answers", look="title")
    page.note(
        "Unknown answers are read three times: at one half, at the lowest and at the highest option. The ceiling is "
        "the lowest cap of a wall factor, 100 x (1 - strength x severity); effective is the lower of the two."
    )
    page.gap()
    factors = _severities(page, sheet, places)
    page.gap()
    titles = (f"{score.capitalize()}, {_READINGS[end]}" for score, end in _COLUMNS)
    page.header("Dimension", *titles, "Weight in the overall score", "As printed: practice", "ceiling", "effective")
    first = page.row
    for dimension in sheet.questionnaire.dimensions:
        _dimension(page, evaluation, sheet, places, factors, dimension.id)
    return _overall(page, evaluation, sheet, first)


def _severities(page: Page, sheet: Sheet, places: AnswerPlaces) -> _Factors:
    dimensions = sheet.questionnaire.dimensions
    titles = (f"Severity, {reading}" for reading in _READINGS.values())
    page.header("Wall factor (severity 0 to 1)", *titles, *(f"Strength on {item.short}" for item in dimensions))
    found: dict[tuple[str, End], str] = {}
    strengths: dict[tuple[str, str], str] = {}
    for factor in sheet.questionnaire.wall_factors:
        row, name = page.line(factor.title), f"factor {factor.id}"
        for place, end in enumerate(_READINGS):
            value = severity(sheet.instrument, factor.id, sheet.levels[end])
            text = f"IF({places.exists(name)},1-{places.mean(name, end)},0)"
            page.put(row, _FIRST + place, Formula(text, 0.0 if value is None else value))
            found[factor.id, end] = reference(row, _FIRST + place)
        for place, dimension in enumerate(dimensions):
            page.put(row, _CAPS + place, sheet.instrument.strengths[dimension.id][factor.id])
            strengths[dimension.id, factor.id] = reference(row, _CAPS + place)
    return _Factors(found, strengths)


def _dimension(
    page: Page, evaluation: Evaluation, sheet: Sheet, places: AnswerPlaces, factors: _Factors, name: str
) -> None:
    title = next(item.title for item in sheet.questionnaire.dimensions if item.id == name)
    row, weight, instrument = page.line(title), f"practice {name}", sheet.instrument
    cell = {pair: reference(row, _FIRST + place) for place, pair in enumerate(_COLUMNS)}
    ends: tuple[End, ...] = tuple(_READINGS)
    for end in ends:
        levels = sheet.levels[end]
        caps = ",".join(
            f"100*(1-{factors.strength[name, factor.id]}*{factors.severity[factor.id, end]})"
            for factor in sheet.questionnaire.wall_factors
        )
        practised, exists = places.mean(weight, end), places.exists(weight)
        lower = f"MIN({cell['practice', end]},{cell['ceiling', end]})"
        values: dict[str, tuple[str, float | None]] = {
            "practice": (f'IF({exists},100*{practised},"")', practice(instrument, name, levels)),
            "ceiling": (f"MIN(100,{caps})" if caps else "100", ceiling(instrument, name, levels)),
            "effective": (f'IF({exists},{lower},"")', effective(instrument, name, levels)),
        }
        for score, (text, value) in values.items():
            page.put(row, _FIRST + _COLUMNS.index((score, end)), Formula(text, "" if value is None else value))
    after = _FIRST + len(_COLUMNS)
    page.put(row, after, instrument.overall_weights[name])
    scored = evaluation.scores.dimensions[name]
    for place, printed in enumerate((scored.practice, scored.ceiling, scored.effective), 1):
        page.put(row, after + place, format_score_and_range(printed))


def _overall(page: Page, evaluation: Evaluation, sheet: Sheet, first: int) -> str:
    last, row = page.row - 1, page.line("Overall effective maturity", look="bold")
    weights = _span(first, last, _FIRST + len(_COLUMNS))
    column_of: Callable[[End], int] = lambda end: _FIRST + _COLUMNS.index(("effective", end))  # noqa: E731
    for end in _READINGS:
        scores = _span(first, last, column_of(end))
        # SUMPRODUCT reads a score that does not exist, an empty text, as nought; SUMIF leaves its weight out
        weighed = f'SUMIF({scores},">=0",{weights})'
        value = overall(sheet.instrument, sheet.levels[end])
        text = f'IF({weighed}>0,SUMPRODUCT({weights},{scores})/{weighed},"")'
        page.put(row, column_of(end), Formula(text, "" if value is None else value))
    page.put(row, _FIRST + len(_COLUMNS) + 3, format_score_and_range(evaluation.scores.overall.effective))
    return reference(row, column_of("point"), SHEET)


def _span(first: int, last: int, column: int) -> str:
    return f"{reference(first, column)}:{reference(last, column)}"
