"""The workbook: what LibreOffice calculates from its formulas is what the engine and the scores give."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from assessment.answers import Answer, Range
from assessment.report_settings import ReportSettings, SentenceEdit
from assessment.scoring import score
from models.distributions import Fixed, Lognormal, Pert
from models.evaluation import Evaluation
from models.point_case import PointCase, point_case
from reports.board import board_sentences, draft_sentence
from reports.figures_format import money
from reports.workbook.book import render_workbook
from reports.workbook.sheet import Book
from tests.reports.recalculating import Values, formulas, recalculated, stored

CLOSE = 1e-6
LOW, HIGH, OWN, USED = "D", "F", "I", "J"


@pytest.fixture(scope="module")
def workbook(evaluation: Evaluation) -> bytes:
    """Return the worked example's workbook."""
    return render_workbook(evaluation)


def sheet_of(data: bytes, name: str) -> Any:
    """Return a worksheet with its stored values."""
    return openpyxl.load_workbook(io.BytesIO(data), data_only=True)[name]


def rows(data: bytes, name: str, column: int = 1) -> dict[str, int]:
    """Return the row of each text in a column."""
    cells = sheet_of(data, name).iter_rows(min_col=column, max_col=column)
    return {str(cell.value): cell.row for (cell,) in cells if cell.value is not None}


def differing(wanted: Values, found: Values) -> list[tuple[str, str, object, object]]:
    """Return the cells whose values differ by more than a millionth of their size, or of one."""
    far = []
    for sheet, cells in wanted.items():
        for address, value in cells.items():
            other = found[sheet].get(address)
            if isinstance(value, int | float) and isinstance(other, int | float):
                same = abs(value - other) <= CLOSE * max(1.0, abs(value))
            else:
                same = (value or "") == (other or "")
            far += [] if same else [(sheet, address, value, other)]
    return far


def test_libreoffice_calculates_what_the_engine_and_the_scores_give(workbook: bytes, tmp_path: Path) -> None:
    """Every formula of every sheet, with the stored values dropped first, to a millionth."""
    held = stored(workbook)
    assert {name for name, cells in held.items() if cells} == {
        *("Summary", "Inputs", "Cases", "Model", "Curves", "Answers", "Scores"),
    }
    assert sum(map(len, held.values())) > 10_000
    assert differing(held, recalculated(workbook, tmp_path)) == []


@dataclass(frozen=True)
class _Changed:
    """A workbook of another assessment, after cells were changed and LibreOffice calculated it again."""

    data: bytes
    values: Values
    case: PointCase
    evaluation: Evaluation


@pytest.fixture(scope="module")
def changed(bench: Any, tmp_path_factory: pytest.TempPathFactory) -> _Changed:
    """Return a platform with a load test and a cost of delay; inputs, start month and answers change in the file."""
    given = bench.example.economics
    ranges = {symbol: found for symbol, found in given.ranges.items() if symbol not in {"rho_0", "D0", "surge"}}
    tested = {"D0": (300.0, 350.0, 400.0), "surge": (1.2, 1.4, 2.0), "X_star": (800.0, 900.0, 950.0)}
    tested |= {"c_d": (1.0e6, 4.0e6, 9.0e6), "c_p": (0.0, 2.0e5, 6.0e5)}
    tests = {symbol: Range(low=low, mode=mode, high=high) for symbol, (low, mode, high) in tested.items()}
    economics = given.model_copy(update={"ranges": {**ranges, **tests}, "horizon_months": 36})
    evaluation: Evaluation = bench.changed(economics=economics)
    data = render_workbook(evaluation)
    at, answers = rows(data, "Inputs"), rows(data, "Answers")
    first, second = list(evaluation.assessment.answers)[:2]
    cells: dict[tuple[str, str], float | None] = {
        ("Inputs", f"{OWN}{at['lambda0']}"): 3.25,
        ("Inputs", f"{OWN}{at['e_a']}"): -0.3,
        ("Inputs", f"{OWN}{at['q']}"): 0.75,
        ("Inputs", f"{LOW}{at['c_h']}"): 20_000.0,
        ("Inputs", f"{HIGH}{at['g']}"): 0.06,
        ("Inputs", f"{USED}{at['delay']}"): 7.0,
        ("Answers", f"F{answers[first]}"): 1.0,
        ("Answers", f"F{answers[second]}"): None,
    }
    values = recalculated(data, tmp_path_factory.mktemp("changed"), cells)
    return _Changed(data, values, _engine(evaluation), evaluation)


def _engine(evaluation: Evaluation) -> PointCase:
    """Return what the engine gives for the figures that were typed into the file."""
    assert evaluation.economics is not None
    inputs = evaluation.economics.inputs
    growth = inputs.figures["g"].distribution
    assert isinstance(growth, Pert)
    for symbol, value in (("lambda0", 3.25), ("e_a", -0.3), ("q", 0.75)):
        inputs = inputs.with_distribution(symbol, Fixed(value))
    inputs = inputs.with_distribution("c_h", Lognormal.from_interval(20_000.0, inputs.figures["c_h"].high))
    inputs = inputs.with_distribution("g", Pert(growth.low, growth.mode, 0.06))
    return point_case(replace(inputs, delay_months=7), evaluation.economics.programme)


def test_a_change_in_the_file_gives_what_the_engine_gives_for_it(changed: _Changed) -> None:
    """Typed values, a moved range, another start month: cost, worth, trigger and every month follow."""
    summary, cases, at = changed.values["Summary"], changed.values["Cases"], rows(changed.data, "Summary")
    titles = {"reactive": "Act when forced", "now": "Start now", "delayed": "Start later"}
    for name, title in titles.items():
        wanted = changed.case.strategies[name]
        assert summary[f"F{at[f'Cost: {title}']}"] == pytest.approx(wanted.total, rel=CLOSE)
        if name != "reactive":
            assert summary[f"F{at[f'Worth: {title}']}"] == pytest.approx(changed.case.npv(name), rel=CLOSE)
    triggers = [found.trigger for plan in changed.case.strategies.values() for found in plan.deliveries]
    assert [cases[f"F{row}"] for row in range(5, 11)] == triggers
    monthly = [
        cost
        for plan in changed.case.strategies.values()
        for found in plan.deliveries
        for cost in sum(found.costs.values()).tolist()  # type: ignore[union-attr]
    ]
    book = openpyxl.load_workbook(io.BytesIO(changed.data))["Model"]
    column = next(cell.column_letter for cell in book[1] if cell.value == "All costs")
    found = [changed.values["Model"][f"{column}{row}"] for row in range(2, 2 + len(monthly))]
    assert found == pytest.approx(monthly, rel=CLOSE)


def test_the_change_was_a_change(changed: _Changed) -> None:
    """The file before it holds other figures, so that the comparison above is one."""
    before = stored(changed.data)
    row = rows(changed.data, "Summary")["Cost: Act when forced"]
    assert abs(before["Summary"][f"F{row}"] / changed.values["Summary"][f"F{row}"] - 1) > 0.05


def test_scores_follow_changed_answers(changed: _Changed) -> None:
    """An answer raised to the top and one made unknown give the scores of those answers."""
    evaluation = changed.evaluation
    given = evaluation.assessment
    first, second = list(given.answers)[:2]
    options = evaluation.questionnaire.scale_of(evaluation.questionnaire.by_id[first]).options
    answers = {**given.answers, first: Answer(option=len(options) - 1), second: Answer(unknown=True)}
    wanted = score(evaluation.questionnaire, given.model_copy(update={"answers": answers}))
    at = rows(changed.data, "Scores")
    for dimension in evaluation.questionnaire.dimensions:
        cells, found = changed.values["Scores"], wanted.dimensions[dimension.id]
        row = at[dimension.title]
        for start, expected in (("BCD", found.practice), ("EFG", found.ceiling), ("HIJ", found.effective)):
            ends = [cells[f"{column}{row}"] for column in start]
            assert ends == pytest.approx([expected.point, expected.low, expected.high], abs=CLOSE)
    assert changed.values["Scores"][f"H{at['Overall effective maturity']}"] == pytest.approx(
        wanted.overall.effective.point, abs=CLOSE
    )


def test_the_same_evaluation_gives_the_same_bytes(evaluation: Evaluation, workbook: bytes) -> None:
    """No date, no name of a machine and no order of a set is in the file."""
    assert render_workbook(evaluation) == workbook
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        assert {found.date_time for found in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"2000-01-01" in archive.read("docProps/core.xml")


def test_a_workbook_without_costs_says_why(bench: Any) -> None:
    """A blank assessment has scores, answers and a roadmap, no sheet of the model; its summary says why, and draft."""
    found = bench.blank(report=ReportSettings(draft_below=0.5))
    data = render_workbook(found)
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["Summary", "Answers", "Weights", "Scores", "Roadmap"]
    said = {cell.value for row in book["Summary"].iter_rows() for cell in row}
    assert {*found.missing, draft_sentence(found)} <= said


def test_the_summary_prints_the_edited_decision_with_its_mark_and_whose_report_it_is(evaluation: Evaluation) -> None:
    """Every edited sentence stands there with its mark and beside the generated one; none of them is a formula."""
    edited = {
        "decision": SentenceEdit(text="=We start now.", by="A. Consultant", of="something else"),
        "waiting": SentenceEdit(text="+Waiting costs more than it saves."),
    }
    report = ReportSettings(brand='=HYPERLINK("http://example.org")', edits=edited)
    given = replace(evaluation, assessment=evaluation.assessment.model_copy(update={"report": report}))
    data, said = render_workbook(given), board_sentences(given)
    summary = openpyxl.load_workbook(io.BytesIO(data))["Summary"]
    cells = [cell for row in summary.iter_rows() for cell in row]
    texts = [str(cell.value) for cell in cells]
    marked = "=We start now. [edited by A. Consultant, before the figures changed]"
    assert texts.index(marked) < texts.index("Overall effective maturity, unknown answers at one half")
    assert said["decision"].generated not in texts
    wanted = {
        text for key in edited for text in (f"As edited: {said[key].shown}", f"As generated: {said[key].generated}")
    }
    assert {report.brand, *wanted} <= set(texts)
    assert not [cell for cell in cells if cell.value in (marked, report.brand) and cell.data_type == "f"]
    assert all(cell.quotePrefix for cell in cells if cell.value in (marked, report.brand))
    assert openpyxl.load_workbook(io.BytesIO(data)).properties.creator == report.brand


def test_nothing_applies_and_the_scores_stay_empty(bench: Any, tmp_path: Path) -> None:
    """With every question set aside no cell shows an error or a nought for a score that does not exist."""
    aside = dict.fromkeys(bench.example.answers, Answer(not_applicable="out_of_scope", note="none"))
    data = render_workbook(bench.changed(answers=aside))
    found = recalculated(data, tmp_path)
    assert differing(stored(data), found) == []
    values = [value for cells in found.values() for value in cells.values()]
    assert not [value for value in values if isinstance(value, str) and value.startswith("#")]


def test_every_formula_is_ours(workbook: bytes) -> None:
    """Formulas name cells and a short list of functions; none calls a link, a file, a macro or another program."""
    known = {
        *("IF", "AND", "OR", "ISNUMBER", "MIN", "MAX", "INDEX", "ROWS", "EXP", "LN", "SQRT", "ROUND", "N"),
        *("SUM", "SUMPRODUCT", "SUMIF"),
    }
    used = {
        name
        for cells in formulas(workbook).values()
        for text in cells.values()
        for name in re.findall(r"([A-Z]+)\(", text)
    }
    assert used <= known


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0", "{=1}", "007"])
def test_text_is_text_whatever_it_begins_with(text: str) -> None:
    """No text becomes a formula or a number, and typing into its cell does not make it one."""
    book = Book("t", "a")
    page = book.sheet("S", (10,))
    page.line(text)
    cell = openpyxl.load_workbook(io.BytesIO(book.bytes()))["S"]["A1"]
    assert cell.data_type == "s"
    assert cell.value.strip() == text.strip()
    assert bool(cell.quotePrefix) == text.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_the_worth_that_the_documentation_names_is_that_of_the_example(evaluation: Evaluation) -> None:
    """The figure of docs/exports.md moves with the model."""
    assert evaluation.economics is not None
    case = point_case(evaluation.economics.inputs, evaluation.economics.programme)
    page = (Path(__file__).parents[2] / "docs" / "exports.md").read_text(encoding="utf-8")
    assert f"is {money(case.npv('now'), 'USD')} in the expected-value" in page
