"""An evaluation as a workbook: tables, and the expected-value case as formulas that follow the inputs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assessment.sheet import Sheet
from models.point_case import PointCase, certain_dates, point_case
from reports.board import board_sentences, draft_sentence
from reports.wording import wording
from reports.workbook.answers import write_answers
from reports.workbook.curves import write_curves, write_roadmap
from reports.workbook.inputs import write_inputs
from reports.workbook.model import Written, write_model
from reports.workbook.scores import write_scores
from reports.workbook.sheet import Book, Formula, Page

if TYPE_CHECKING:
    from models.economics import Economics
    from models.evaluation import Evaluation
    from models.watching import Watch

_EXPLAINED = (
    "The expected-value case is one run of the model with every figure at its mean: incidents at their expected number "
    "and length, and the risk of underdelivery weighed by its probability. It can be followed by hand and changed on "
    "the sheet Inputs. It is not the expected worth: costs are not linear in the figures, and the decision rests on "
    "the mean over simulated futures, which does not follow changes in this file."
)


def render_workbook(evaluation: Evaluation, watch: Watch | None = None) -> bytes:
    """Return an evaluation as an XLSX file, the same bytes for the same evaluation.

    Without an economic half the sheets Inputs, Cases, Model, Programme and Curves are left out, and the summary says
    what is missing. ``watch`` follows it and may stop it.
    """
    found = evaluation.assessment
    book = Book(found.name, found.report.brand or found.organisation or "Sixstep")
    page = book.sheet("Summary", (46, 22, 22, 22, 22, 22))
    sheet = Sheet.of(evaluation.questionnaire, evaluation.assessment)
    economics = evaluation.economics
    if economics is not None:
        case = point_case(economics.inputs, economics.programme)
        places = write_inputs(book, evaluation, economics, case)
        written = write_model(book, case, certain_dates(economics.programme, economics.inputs), places, watch)
        write_curves(book, economics.curves, case, written)
    answers = write_answers(book, evaluation, sheet)
    effective = write_scores(book, evaluation, sheet, answers)
    write_roadmap(book, evaluation)
    _head(page, evaluation, effective)
    if economics is None:
        page.header("Why there are no costs")
        page.lines((sentence,) for sentence in evaluation.missing)
    else:
        _money(page, economics, case, written)
    _edits(page, evaluation)
    _identity(page, evaluation)
    return book.bytes()


def _head(page: Page, evaluation: Evaluation, effective: str) -> None:
    found = evaluation.assessment
    page.line(found.name, look="title")
    fictional = wording().fictional if found.fictional else ""
    lines = (found.report.brand, found.organisation, fictional, draft_sentence(evaluation))
    page.lines([(text,) for text in lines if text])
    page.gap()
    economics = evaluation.economics
    page.line(wording().decision_titles["none" if economics is None else economics.decision.choice], look="bold")
    page.note(board_sentences(evaluation)["decision"].shown)
    page.gap()
    overall = evaluation.scores.overall.effective.point
    value = Formula(effective, "" if overall is None else overall)
    page.line("Overall effective maturity, unknown answers at one half", value)
    page.gap()


def _money(page: Page, economics: Economics, case: PointCase, written: Written) -> None:
    curves = economics.curves
    page.header(
        f"Present value over {case.months} months, {curves.currency}",
        *("Simulated mean", "Simulated P5", "Simulated P50", "Simulated P95", "Expected-value case"),
    )
    names = wording().strategies
    for name, found in curves.strategies.items():
        cost = found.total_cost
        point = Formula(written.total(name), case.strategies[name].total)
        page.line(f"Cost: {names[name]}", cost.mean, cost.p5, cost.p50, cost.p95, point)
    for name, found in curves.strategies.items():
        if found.npv is not None:
            text = f"{written.total('reactive')}-({written.total(name)})"
            worth, point = found.npv, Formula(text, case.npv(name))
            page.line(f"Worth: {names[name]}", worth.mean, worth.p5, worth.p50, worth.p95, point)
    page.gap()
    page.note(_EXPLAINED)
    page.gap()


def _edits(page: Page, evaluation: Evaluation) -> None:
    """Write every sentence that a person edited, with its mark, and below it what the evaluation says."""
    edited = [item for item in board_sentences(evaluation).values() if item.edited]
    if not edited:
        return
    texts = wording().board
    page.gap()
    page.header(texts["edits"], "")
    page.note(texts["edits_lead"])
    for item in edited:
        page.line(item.part, look="bold")
        page.note(f"As edited: {item.shown}")
        page.note(f"As generated: {item.generated}")


def _identity(page: Page, evaluation: Evaluation) -> None:
    found = evaluation.identity
    page.gap()
    page.header("Made from", "")
    page.lines(
        (
            ("Inputs, SHA-256", found.inputs_hash),
            ("Questionnaire", f"{evaluation.questionnaire.title}, version {found.questionnaire_version}"),
            ("Initiatives", f"version {found.initiatives_version}"),
            ("Parameters", f"version {found.parameters_version}"),
            ("Sixstep", f"version {found.product_version}"),
            ("Simulation", f"seed {found.seed}, {found.paths:,} paths"),
        )
    )
