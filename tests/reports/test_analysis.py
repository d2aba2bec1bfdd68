"""The analysis in words, charts, tables and files."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from models.analysis import Analysis
from models.budget import BudgetPoint
from models.cash import StrategyCash
from models.evaluation import Economics, Evaluation
from models.sensitivity import Index
from models.timing import Claim
from models.value_of_information import Worth
from reports import analysis_words as words
from reports.analysis_json import analysis_data
from reports.as_csv import budget_csv, cash_csv, matters_csv, timing_csv, written
from reports.charts.cash import budget_chart, cash_chart
from reports.charts.figure import Figure
from reports.charts.theme import Look
from reports.charts.timing import signal_months, timing_curve
from reports.charts.tornado import tornado_chart, worth_chart
from reports.describe import describe
from reports.document import Bullets, Paragraph, Table
from reports.explaining_money import explainable
from reports.figures_format import money
from reports.paper.charts import chart_pdf
from reports.pdf import render_pdf
from reports.sections.economics import break_even_sentence
from reports.sections.matters import matters, replaceable
from reports.sections.money import money_by_quarter
from reports.sections.timing import timing

LOOKS: tuple[Look, ...] = ("light", "dark", "print")


@pytest.fixture(scope="module")
def analysed(evaluation: Evaluation) -> Evaluation:
    """Return the worked example with its analysis."""
    return evaluation.analysed()


def parts(evaluation: Evaluation) -> tuple[Analysis, Economics]:
    """Return the analysis and the economic half of an evaluation that has both."""
    assert evaluation.analysis is not None
    assert evaluation.economics is not None
    return evaluation.analysis, evaluation.economics


def figures(evaluation: Evaluation, look: Look = "print", width: int = 680) -> list[Figure]:
    """Return every chart of the analysis."""
    found, economics = parts(evaluation)
    curves, known = economics.curves, evaluation.parameters
    return [
        timing_curve(found.timing, curves, look=look, width=width),
        signal_months(found.timing, curves, look=look, width=width),
        worth_chart(found.matters, known, "USD", look=look, width=width),
        tornado_chart(found.matters, known, "USD", look=look, width=width),
        cash_chart(found.cash, look=look, width=width),
        budget_chart(found.budget, "USD", look=look, width=width),
    ]


# Charts


@pytest.mark.parametrize("look", LOOKS)
def test_every_chart_says_its_finding_and_has_its_table(analysed: Evaluation, look: Look) -> None:
    """Title, alternative text with the finding in it, a table behind it, and no opacity that paper loses."""
    found = figures(analysed, look, 512)
    assert len({figure.id for figure in found}) == len(found)
    for figure in found:
        assert figure.title.endswith(".")
        assert figure.title in figure.alt
        assert figure.rows
        assert all(len(row) == len(figure.header) for row in figure.rows)
        assert figure.spec["width"] == 512
        assert '"opacity"' not in figure.json


def test_the_charts_can_be_printed(analysed: Evaluation) -> None:
    """Each specification is one that paper can draw, without anything fetched."""
    assert all(chart_pdf(figure.json).startswith(b"%PDF") for figure in figures(analysed))


def test_long_titles_take_more_lines_on_a_phone(analysed: Evaluation) -> None:
    """Words above a mark are wrapped for a phone in every screen's chart, which has room for them; none is cut off."""
    paper, screen = (figures(analysed, look, 680)[3] for look in ("print", "light"))
    assert screen.spec["height"] > paper.spec["height"]
    labels = [str(row["narrow"]) for row in _nodes(screen.spec) if "narrow" in row]
    assert labels
    assert max(len(line) for label in labels for line in label.split("\n")) * 6.5 <= 330
    assert all("datum.narrow" in str(node["text"]) for node in _nodes(screen.spec) if node.get("lineBreak"))


def _nodes(data: Any) -> Iterator[dict[str, Any]]:
    if isinstance(data, dict):
        yield data
    for value in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from _nodes(value)


def test_nothing_uncertain_still_gives_charts(analysed: Evaluation) -> None:
    """With every figure known the tornado is empty and says so."""
    found, _ = parts(analysed)
    empty = replace(found.matters, swings=(), indices=(), worths=())
    for draw in (tornado_chart, worth_chart):
        figure = draw(empty, analysed.parameters, "USD")
        assert all(len(row) == len(figure.header) for row in figure.rows)
    assert (
        tornado_chart(empty, analysed.parameters, "USD").title
        == "No figure is uncertain, so nothing moves the worth of starting now."
    )


# Words


@pytest.mark.parametrize(
    ("claim", "start"),
    [
        ("holds", "“The return is highest before the signals emerge” holds for this team"),
        ("later", "“The return is highest before the signals emerge” is false for this team"),
        ("never", "“The return is highest before the signals emerge” is false for this team"),
        ("undecided", "Whether the return is highest before the signals emerge cannot be told"),
        ("no_signals", "Whether the return is highest before the signals emerge cannot be tested"),
    ],
)
def test_the_claim_is_said_as_it_was_found(analysed: Evaluation, claim: Claim, start: str) -> None:
    """Where it is false the page says so."""
    found, _ = parts(analysed)
    said = words.claim_sentence(replace(found.timing, claim=claim), "USD")
    assert said.startswith(start)
    assert "{" not in said


def test_the_best_start_is_said_with_those_that_come_close(analysed: Evaluation) -> None:
    """Start months that follow one another are put together, and never is named as such."""
    found, _ = parts(analysed)
    close = replace(found.timing, best_start=3, as_good=(0, 2, 3, 4, 5, 60))
    said = words.timing_sentence(close, "USD")
    assert said.startswith("Starting after 3 months is worth the most of all start months, that is in month 4: USD")
    assert said.endswith("errors of the difference): at once, after 2 months, after 4 to 5 months and never.")
    alone = words.timing_sentence(replace(found.timing, best_start=3, as_good=(3,)), "USD")
    assert alone.endswith(
        "It leads every other start month by more than chance explains (two standard errors of the difference)."
    )


def test_two_averages_of_one_start_are_said_apart_once(analysed: Evaluation) -> None:
    """The curves draw outages by chance and the start months average them: both figures stand, and the reason."""
    found, economics = parts(analysed)
    now = economics.curves.strategies["now"].npv
    assert now is not None
    texts = [block.text for block in timing(analysed).blocks if isinstance(block, Paragraph)]
    mean, expected = (money(value, "USD") for value in (now.mean, float(found.timing.npv[0])))
    assert mean != expected
    assert sum(f"worth {expected} here and {mean} in the cost curves" in text for text in texts) == 1
    same = replace(found.timing, npv=np.full_like(found.timing.npv, now.mean))
    alike = replace(analysed, analysis=replace(found, timing=same))
    assert not any("in the cost curves" in block.text for block in timing(alike).blocks if isinstance(block, Paragraph))
    table = next(block for block in timing(analysed).blocks if isinstance(block, Table))
    assert "the error of a difference between two of them is far smaller" in table.note


def test_the_best_start_and_the_decision_say_what_each_compares(analysed: Evaluation) -> None:
    """The best of all months may be another than that of the decision, which knows three choices."""
    said = [block.text for block in timing(analysed).blocks if isinstance(block, Paragraph)]
    assert "the decision compares only three choices: now, after 12 months and never." in " ".join(said)


def test_a_budget_that_is_better_spent_in_part_is_said_plainly(analysed: Evaluation) -> None:
    """The share worth the most, then what all of it is worth; a loss everywhere is a loss."""
    points = parts(analysed)[0].budget
    worth = (1.0, 4.0, 3.0, 2.0)
    said = words.budget_sentence(_worth(points, worth), "USD")
    assert said.startswith("50% of the plan's cost is worth the most of the four: USD 4.00 M on average")
    assert said.count("initiatives, where all of it buys ") == 1
    assert "and is worth USD 2.00 M." in said
    assert words.budget_sentence(_worth(points, (1.0, 2.0, 3.0, 4.0)), "USD").startswith("100% of the plan's cost")
    loss = words.budget_sentence(_worth(points, (-1.0, -2.0, -3.0, -4.0)), "USD")
    assert loss.startswith(
        "No part of the plan's cost is worth more than spending nothing; the least costly part loses USD 1.00 M"
    )
    assert "buys nothing" not in loss
    near = tuple(
        replace(point, behind_error=1e4, behind=behind)
        for point, behind in zip(_worth(points, worth), (3e6, 0.0, 1.9e4, 2.1e4), strict=True)
    )
    assert words.budget_sentence(near, "USD").endswith("told from 75% of it (two standard errors of the difference).")


def test_the_title_of_the_budgets_is_said_in_the_sentence_above_it(analysed: Evaluation) -> None:
    """So that a page, which leaves out a title that was just read, does not say it twice."""
    points = parts(analysed)[0].budget
    for worth in ((1.0, 4.0, 3.0, 2.0), (1.0, 2.0, 3.0, 4.0)):
        found = _worth(points, worth)
        assert budget_chart(found, "USD").title in words.budget_sentence(found, "USD")


def test_a_share_that_buys_nothing_is_not_the_one_that_loses_least(analysed: Evaluation) -> None:
    """It costs and returns nothing; what is said of a loss is said of a share that buys something."""
    lost = _worth(parts(analysed)[0].budget, (0.0, -2.0, -3.0, -4.0))
    said = words.budget_sentence((_unspent(lost[0]), *lost[1:]), "USD")
    assert "25% of it buys nothing, and of the other parts the least costly loses USD 2.00 M on average" in said
    nothing = words.budget_sentence(tuple(_unspent(point) for point in lost), "USD")
    assert nothing == "No part of the plan's cost buys any piece of work."


def _unspent(point: BudgetPoint) -> BudgetPoint:
    empty = replace(point.purchase, plan=replace(point.purchase.plan, placements=()), programme=None)
    return replace(point, purchase=empty, npv=replace(point.npv, mean=0.0))


@pytest.mark.parametrize("shown", [True, False])
def test_what_knowing_everything_is_worth_is_said_once(analysed: Evaluation, *, shown: bool) -> None:
    """Also where no figure is worth measuring, when the sentence on top says it already."""
    found, _ = parts(analysed)
    worths = (Worth("lambda0", 5e4, 1e3),) if shown else ()
    matter = replace(found, matters=replace(found.matters, worths=worths))
    blocks = matters(replace(analysed, analysis=matter)).blocks
    text = " ".join(block.text for block in blocks if isinstance(block, Paragraph))
    assert text.count("Knowing every figure exactly before deciding would be worth") == 1


def _worth(points: tuple, millions: tuple[float, ...]) -> tuple:  # type: ignore[type-arg]
    return tuple(
        replace(point, npv=replace(point.npv, mean=1e6 * mean), behind=1e6, behind_error=1e4)
        for point, mean in zip(points, millions, strict=True)
    )


def test_what_part_of_the_money_buys_is_listed(analysed: Evaluation) -> None:
    """Each share names what it adds to the one before, and what it leaves out again."""
    blocks = money_by_quarter(analysed).blocks
    lines = next(block.items for block in blocks if isinstance(block, Bullets))
    titles = {item.id: item.title for item in analysed.initiatives.initiatives}
    points = parts(analysed)[0].budget
    assert len(lines) == len(points)
    assert all(titles[name] in lines[0] for name in points[0].purchase.initiatives)
    assert lines[1].startswith("50% adds: ")


def test_money_that_never_comes_back_is_said(analysed: Evaluation) -> None:
    """Behind at most, after which quarter, and ahead or still behind in the end."""
    cash = parts(analysed)[0].cash
    ahead = words.cash_sentence(_net(cash, [-3e6, -1e6, 6e6]))
    assert "behind by USD 4.00 M at most (on average, after quarter 2) and ahead by USD 2.00 M" in ahead
    behind = words.cash_sentence(_net(cash, [-3e6, 1e6, 1e6]))
    assert "behind by USD 3.00 M at most (on average, after quarter 1) and still behind by USD 1.00 M" in behind


def _net(cash, net: list[float]):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202
    now: StrategyCash = replace(cash.strategies["now"], net=np.array(net))
    return replace(cash, strategies={**cash.strategies, "now": now})


def test_effects_that_are_worth_knowing_are_named_once(analysed: Evaluation) -> None:
    """What to measure first names the group of six effects, not each of them beside it."""
    worths = [Worth(name, 9.0, 1.0) for name in ("effects", "e_a", "e_f", "c_h", "s", "K")]
    matters = replace(parts(analysed)[0].matters, worths=(*worths, Worth("O", 1.0, 1.0)))
    said = words.measure_first(matters, analysed.parameters)
    assert said.startswith("the group of six effects, “Cost of one hour")
    assert "(e_a)" not in said
    assert said.count("“") == 2


def test_indices_that_rank_nothing_are_not_ranked(analysed: Evaluation) -> None:
    """Where a few futures carry the variance the page says so, and no share lies above 100 %."""
    matters, known = parts(analysed)[0].matters, analysed.parameters
    sure = replace(matters, indices=(Index("c_h", 0.5, 0.1, 0.6, 0.1),))
    assert words.sobol_sentence(sure, known).endswith("alone and together with others: 60% (±10 points).")
    unsure = replace(matters, indices=(Index("c_h", 1.4, 0.9, 1.2, 0.7),))
    assert "cannot be told" in words.sobol_sentence(unsure, known)
    assert "is 100% (±70 points)" in words.sobol_sentence(unsure, known)


def test_shares_whose_intervals_overlap_are_not_ranked(analysed: Evaluation) -> None:
    """The second may explain as much as the first; it is named, and the first is not said to be the largest."""
    matters, known = parts(analysed)[0].matters, analysed.parameters
    first, second = Index("c_h", 0.2, 0.1, 0.32, 0.19), Index("s", 0.2, 0.1, 0.28, 0.05)
    said = words.sobol_sentence(replace(matters, indices=(first, second)), known)
    assert said.startswith("As far as can be told, “Cost of one hour")
    assert said.endswith("may explain as much: 28% (±5 points).")
    apart = replace(matters, indices=(replace(first, total=0.6, total_error=0.1), second))
    assert "explains the largest share" in words.sobol_sentence(apart, known)


def test_a_worth_that_cannot_be_told_from_another_is_not_the_most(analysed: Evaluation) -> None:
    """Two standard errors of their difference decide; an effect within its group is no other figure."""
    matters, known = parts(analysed)[0].matters, analysed.parameters

    def said(*worths: Worth) -> tuple[str, str]:
        found = replace(matters, worths=worths)
        return words.worth_sentence(found, known, "USD"), words.worth_in_summary(found, known, "USD")

    apart, short = said(Worth("effects", 117e3, 5e3), Worth("e_a", 112e3, 5e3), Worth("c_h", 57e3, 5e3))
    assert "more than any other figure" in apart
    assert "Nearly all of that may lie in one of them: “Share by which the load" in apart
    assert "worth USD 112 k (±5.00 k)" in apart
    assert "more than any other figure" in short
    close, short = said(Worth("c_h", 60e3, 5e3), Worth("s", 50e3, 5e3), Worth("K", 20e3, 1e3))
    assert "more than any" not in close + short
    assert f"cannot be told (two standard errors): “{known.by_symbol['s'].title}”." in close
    assert "others may be worth as much" in short


def test_a_table_that_leaves_rows_out_says_so_and_every_drawn_figure_can_be_replaced(analysed: Evaluation) -> None:
    """The tornado draws figures that neither table has; they too lead to the place where they are replaced."""
    analysis = parts(analysed)[0]
    found = analysis.matters
    worths = tuple(Worth(swing.name, 9.0, 1.0) for swing in found.swings[:9])
    longer = replace(analysed, analysis=replace(analysis, matters=replace(found, worths=worths)))
    table = next(block for block in matters(longer).blocks if isinstance(block, Table))
    assert table.note == "The 8 figures most worth knowing, of 9 that are worth measuring."
    assert next(block for block in matters(analysed).blocks if isinstance(block, Table)).note == ""
    drawn = {swing.name for swing in found.swings[:10]} & set(analysed.parameters.by_symbol)
    assert drawn <= set(replaceable(analysed))


@pytest.mark.parametrize(
    ("reason", "multiple", "words_"),
    [
        ("found", 4.99, "(4.99 times the cost assumed)"),
        ("found", 5.01, "beyond five times the plan's cost"),
        ("found", 24.4, "beyond five times the plan's cost"),
        ("pays_above", 3.0, "only above a programme cost of USD"),
        ("pays_above", 7.0, "nor up to five times that"),
    ],
)
def test_a_break_even_cost_is_not_stretched(evaluation: Evaluation, reason: str, multiple: float, words_: str) -> None:
    """Beyond five times the plan's cost no figure is given, in the sentence as in the list of figures explained."""
    assert evaluation.economics is not None
    even = replace(evaluation.economics.break_even, cost=multiple * 1e6, multiple=multiple, reason=reason)  # type: ignore[arg-type]
    economics = replace(evaluation.economics, break_even=even)
    said = break_even_sentence(economics)
    assert words_ in said
    assert ("USD" in said) == (multiple <= 5)
    assert ("so the worth falls by " in said) == (reason == "found")
    offered = explainable(replace(evaluation, economics=economics), "decision")["break_even"]
    assert ("USD" in offered) == (multiple <= 5)
    assert ("five times" in offered) == (multiple > 5)
    assert offered.startswith("Programme cost at which starting now stops paying: ")


# Report, JSON, CSV


def test_the_report_has_the_parts_after_the_costs(analysed: Evaluation, evaluation: Evaluation) -> None:
    """When to start, what to measure next and money by quarter follow the costs; without an analysis none is there."""
    names = [section.id for section in describe(analysed).sections]
    at = names.index("costs")
    assert names[at : at + 4] == ["costs", "timing", "matters", "money"]
    assert not {"timing", "matters", "money"} & {section.id for section in describe(evaluation).sections}


def test_the_parts_take_a_page_or_two_each(analysed: Evaluation, pdf: bytes) -> None:
    """The three parts add six or seven pages to the report of the worked example."""
    import pdfplumber  # noqa: PLC0415 - slow to load

    with (
        pdfplumber.open(io.BytesIO(render_pdf(describe(analysed)))) as longer,
        pdfplumber.open(io.BytesIO(pdf)) as short,
    ):
        assert 4 <= len(longer.pages) - len(short.pages) <= 7


def test_json_has_stable_keys(analysed: Evaluation) -> None:
    """Every part has its keys, figures are plain numbers, and never is a word."""
    data = json.loads(json.dumps(analysis_data(parts(analysed)[0]), allow_nan=False))
    assert set(data) == {"timing", "evppi", "tornado", "sobol", "budget", "cash"}
    assert {"best_start", "cost_of_delay_per_month", "curve", "signals", "highest_before_signals"} <= set(
        data["timing"]
    )
    assert set(data["timing"]["curve"][0]) == {"start_month", "mean", "p5", "p95", "standard_error"}
    assert data["timing"]["curve"][-1] == {
        "start_month": "never",
        "mean": 0.0,
        "p5": 0.0,
        "p95": 0.0,
        "standard_error": 0.0,
    }
    assert set(data["evppi"]["c_h"]) == {"value", "standard_error"}
    assert {"first", "total", "first_confidence", "total_confidence"} == set(data["sobol"]["indices"]["effects"])
    assert set(data["cash"]["strategies"]) == {"reactive", "now", "delayed"}
    assert "savings" not in data["cash"]["strategies"]["reactive"]


def test_csv_holds_every_figure_in_full(analysed: Evaluation) -> None:
    """A line for each start month, figure, quarter and share, with the figures as they were computed."""
    found, _ = parts(analysed)
    starts = list(csv.DictReader(io.StringIO(timing_csv(found))))
    assert [row["start_month"] for row in starts] == [*(str(start) for start in range(60)), "never"]
    assert float(starts[7]["expected_npv"]) == found.timing.npv[7]
    matters = {row["figure"]: row for row in csv.DictReader(io.StringIO(matters_csv(found, analysed.parameters)))}
    assert set(matters) == {worth.name for worth in found.matters.worths}
    assert matters["e_f"]["sobol_total"] == ""
    assert matters["c_h"]["how_to_measure"] == analysed.parameters.by_symbol["c_h"].how_to_measure
    cash = list(csv.DictReader(io.StringIO(cash_csv(found))))
    assert len(cash) == 3 * 20
    assert float(cash[20]["programme"]) == found.cash.strategies["now"].spending["programme"][0]
    assert len(list(csv.DictReader(io.StringIO(budget_csv(found))))) == 4


@pytest.mark.parametrize("word", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_a_word_is_never_a_formula(word: str) -> None:
    """What a spreadsheet would compute is written as text; a negative number stays one."""
    rows = list(csv.reader(io.StringIO(written(("a", "b"), [(word, -1.5)]))))
    assert rows[1] == [f"'{word}", "-1.5"]


def test_the_docs_name_every_key(analysed: Evaluation) -> None:
    """docs/timing-and-value.md has a row for each key, and its fields are those that are printed."""
    text = (Path(__file__).parents[2] / "docs" / "timing-and-value.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(\w+)` \| (.+) \|$", text, re.MULTILINE))
    data = analysis_data(parts(analysed)[0])
    assert set(rows) == set(data)
    samples = {
        "timing": data["timing"],
        "evppi": data["evppi"]["effects"],
        "tornado": data["tornado"][0],
        "sobol": {"samples": 1, "indices": 1},
        "budget": data["budget"][0],
        "cash": data["cash"]["strategies"]["now"],
    }
    for name, sample in samples.items():
        assert [key for key in sample if f"`{key}`" not in rows[name]] == []
