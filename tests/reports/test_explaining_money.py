from __future__ import annotations

import pytest

from models.evaluation import Evaluation
from models.parameters import ParameterFile
from reports.charts.costs import cost_categories
from reports.explaining_money import at_hand, explainable, explained_money
from reports.formulas import Part, formulas, written_symbol
from reports.sections.assumptions import assumption_row
from tests.reports.conftest import Bench

PARTS: tuple[Part, ...] = ("decision", "start", "matters", "money")


@pytest.fixture(scope="module")
def analysed(evaluation: Evaluation) -> Evaluation:
    """Return the worked example with its analysis."""
    return evaluation.analysed()


def test_every_formula_names_figures_that_the_model_has(parameters: ParameterFile) -> None:
    """A symbol in the file of formulas is one of the parameter file, and so is each symbol with a form for readers."""
    named = {symbol for formula in formulas().formulas for symbol in formula.figures} | set(formulas().symbols)
    assert named <= set(parameters.by_symbol)


def test_every_figure_of_the_model_is_taken_by_a_formula(parameters: ParameterFile) -> None:
    """From every parameter there is a way up to a figure that a page shows."""
    taken = {symbol for formula in formulas().formulas for symbol in formula.figures}
    assert set(parameters.by_symbol) <= taken


def test_no_symbol_looks_like_a_key(parameters: ParameterFile) -> None:
    """What a reader sees of a symbol has no underscore and no digit glued to a word."""
    for symbol in parameters.by_symbol:
        shown = written_symbol(symbol)
        assert "_" not in shown
        assert not any(digit in shown for digit in "0123456789")


@pytest.mark.parametrize("part", PARTS)
def test_every_figure_of_a_part_is_explained(analysed: Evaluation, part: Part) -> None:
    """Each has its value, its formula in words and in symbols, and a source or its grounds for all that it takes."""
    asked = [formula.id for formula in formulas().formulas if formula.part == part]
    shown = explainable(analysed, part)
    assert set(at_hand(part)) <= set(shown)
    assert set(asked) - set(shown) <= {"break_even", "irr", "mirr"}
    for name in shown:
        found = explained_money(analysed, name)
        assert found.value in shown[name]
        assert found.formula.endswith((".", "X*"))
        assert found.symbols
        assert all(all(row) for row in found.figures)


def test_what_starting_now_is_worth_is_the_difference_of_its_sums(analysed: Evaluation) -> None:
    """The categories of each course add up to its total, and the totals' difference is the expected worth."""
    assert analysed.economics is not None
    curves = analysed.economics.curves
    sums = {
        name: sum(float(line.sum()) for line in curves.strategies[name].categories.values())
        for name in curves.strategies
    }
    for name, found in curves.strategies.items():
        assert sums[name] == pytest.approx(found.total_cost.mean, rel=1e-9)
    npv = curves.strategies["now"].npv
    assert npv is not None
    assert sums["reactive"] - sums["now"] == pytest.approx(npv.mean, rel=1e-9)
    assert explained_money(analysed, "npv").sums[-1][0] == "Together"


def _written(amount: str) -> float:
    """Return an amount as a table writes it, such as −1.24 M, as a number."""
    figure, _, unit = amount.replace("\u2212", "-").partition(" ")
    return float(figure) * {"": 1.0, "k": 1e3, "M": 1e6, "B": 1e9}[unit]


@pytest.mark.parametrize(
    ("name", "title"), [("npv", "Act when forced less start now"), ("waiting", "Start later less start now")]
)
def test_the_last_column_adds_up_to_the_figure(analysed: Evaluation, name: str, title: str) -> None:
    """What each category adds to a difference of two courses stands beside them, and comes to the figure itself."""
    found = explained_money(analysed, name)
    assert found.sums_header[-1] == title
    *rows, together = (_written(row[-1]) for row in found.sums)
    assert sum(rows) == pytest.approx(together, abs=0.006 * sum(map(abs, rows)))  # three figures of each are written
    assert found.value.startswith(f"USD {found.sums[-1][-1]} (USD ")
    assert [row[0].rpartition(" ")[2] for row in found.figures][:2] == ["(r)", "(q)"]


def test_what_waiting_costs_names_its_delay(analysed: Evaluation) -> None:
    """The d of the formula is the delay that the team stated."""
    found = explained_money(analysed, "waiting")
    assert found.value.endswith(", for a delay of 12 months")
    assert "The delay d is the number of months" in found.formula


def test_a_typed_figure_shows_what_was_typed_as_its_source(analysed: Evaluation) -> None:
    """The way ends at the person's own words, or at the citation of a default with its grade."""
    rows = {row[0]: row for row in explained_money(analysed, "incidents").figures}
    typed = next(row for title, row in rows.items() if title.startswith("Cost of one hour"))
    assert typed[2] == "Your figure"
    assert typed[3].startswith("Fictional figure of the worked example")
    steep = next(row for title, row in rows.items() if "failures rise" in title)
    assert steep[2] == "Default, assumption"
    assert "Iyer" in steep[3]


def test_without_an_analysis_only_what_is_known_is_offered(evaluation: Evaluation) -> None:
    """The parts that need the analysis offer nothing before it is made, and the decision needs none."""
    assert explainable(evaluation, "start") == {}
    assert explainable(evaluation, "decision")


def test_without_money_nothing_is_offered(bench: Bench) -> None:
    """An assessment that lacks figures has no amount to explain; what it would take is shown as proposed."""
    missing = bench.blank()
    assert explainable(missing, "decision") == {}
    row = assumption_row(missing, "r")
    assert row is not None
    assert row[2].startswith("Default")
    assert assumption_row(missing, "nothing") is None


def test_the_programme_is_named_with_what_it_takes_to_run(evaluation: Evaluation) -> None:
    """The category holds the running cost too, and chart, table, explanation and its formula call it so."""
    assert evaluation.economics is not None
    named = [row[0] for row in cost_categories(evaluation.economics.curves).rows]
    assert named[-1] == "Programme and running cost"
    found = explained_money(evaluation, "total")
    assert named == [row[0] for row in found.sums[:-1]]
    assert found.symbols.endswith("+ programme and running cost)")
    assert explained_money(evaluation, "programme").title == "Category: programme and running cost"
