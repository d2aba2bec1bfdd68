"""Named futures in words, tables, chart and terminal: what turns the decision is said, and what nearly does."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from assessment.answers import ScenarioChange
from bench.cases import typical
from models.case import Case, case_of
from models.evaluation import Evaluation
from models.parameters import load_parameters
from models.scenario_runs import Comparison, Refused, compare_scenarios
from models.scenarios import Standing, load_scenarios, standing
from reports.charts.scenarios import scenario_chart
from reports.charts.sheet import Plotted
from reports.charts.theme import Look
from reports.describe import describe
from reports.document import Paragraph, Table
from reports.figures_format import DASH, MINUS
from reports.paper.charts import chart_pdf
from reports.scenario_text import scenarios_text
from reports.scenario_words import option_words, scenario_sentence, scenarios_data, verdict_rows, worth_rows
from reports.sections.scenarios import grounds, scenarios
from tests.reports.drawn import Drawing

PARAMETERS = load_parameters()
HOSTILE = "=HYPERLINK(1)"
LEFT_OUT = "Left out, since it cannot be simulated: A merger."


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    """Return the built-in scenarios and a team's own with a hostile name, on a middling platform."""
    inputs, programme = typical()
    change = ScenarioChange(symbol="s", operation="multiply", low=3, mode=3, high=3)
    own = Standing("own", HOSTILE, "**Bold** [x](javascript:1)", (change,), None, edited=True)
    found = [*standing(load_scenarios(), {})[:2], own]
    return compare_scenarios(Case(inputs, programme, PARAMETERS), found, paths=300, seed=1)


def with_flips(found: Comparison, *turning: int) -> Comparison:
    """Return a comparison in which given scenarios turn the decision."""
    return replace(found, runs=tuple(replace(run, flips=place in turning) for place, run in enumerate(found.runs)))


def test_the_sentence_names_what_turns_the_decision(comparison: Comparison) -> None:
    """One, several, or none with the distance of the nearest."""
    one = scenario_sentence(with_flips(comparison, 1))
    assert one.startswith("One of 3 scenarios turns the decision")
    assert "AI workloads (" in one
    two = scenario_sentence(with_flips(comparison, 0, 1))
    assert "2 of 3" in two
    assert "Interoperability mandates (" in two
    none = scenario_sentence(with_flips(comparison))
    nearest = comparison.nearest
    assert nearest is not None
    assert "None of the 3" in none
    assert f"{nearest.standing.title} comes nearest" in none
    assert "no scenario" in scenario_sentence(replace(comparison, runs=()))


@pytest.mark.parametrize(
    ("choice", "evpi", "probability", "why"),
    [
        ("too_wide", 3e5, 0.59, "there be worth USD 300 k, above the limit of USD 200 k"),
        ("now", 1e5, 0.59, "which is not above the limit of USD 200 k"),
        ("now", 3e5, 0.71, "is best with a probability of 71%, which is not below 70%"),
    ],
)
def test_a_range_that_turns_too_wide_says_which_limit_it_missed(
    comparison: Comparison, choice: str, evpi: float, probability: float, why: str
) -> None:
    """The turned decision has its figures beside the limits of the rule, whichever way it turns."""
    found = with_flips(comparison, 1)
    other = "now" if choice == "too_wide" else "too_wide"
    before = replace(found.decision, choice=other, best_probability_limit=0.7)
    after = replace(before, choice=choice, evpi=evpi, evpi_limit=2e5, probability_best=probability)
    turned = replace(found.runs[1], decision=after)
    said = scenario_sentence(replace(found, decision=before, runs=(found.runs[0], turned, *found.runs[2:])))
    assert why in said
    assert f"{turned.standing.title}: " not in said, "the one that turns was just named"
    several = replace(found, decision=before, runs=(replace(turned, standing=found.runs[0].standing), turned))
    assert f"{turned.standing.title}: " in scenario_sentence(several)


def test_another_best_option_under_the_same_decision_is_said(comparison: Comparison) -> None:
    """An option that is behind never "leads by" a negative amount: the one that is ahead is named."""
    calm = with_flips(comparison)
    other = next(name for name in calm.decision.expected_npv if name != calm.decision.best)
    run = replace(calm.runs[0], distance=-8e5, decision=replace(calm.decision, best=other))
    said = scenario_sentence(replace(calm, runs=(run, *calm.runs[1:])))
    assert f"{run.standing.title} comes nearest: another option is best there, though the decision stays" in said
    assert f"{option_words(other)} leads {option_words(calm.decision.best)} by USD 800 k" in said
    assert MINUS not in said.split("while")[0]


def test_a_turned_decision_stands_in_its_row_and_its_mark(comparison: Comparison) -> None:
    """In the table, in the chart and in the data: not by colour alone."""
    found = with_flips(comparison, 1)
    rows = verdict_rows(found)
    assert [("turns the decision" in row[4]) for row in rows] == [False, False, True, False]
    assert "AI workloads: " in scenario_chart(found).figure.json
    assert "(turns the decision)" in scenario_chart(found).figure.json
    assert scenarios_data(found)["flips"] == ["ai-workloads"]


@pytest.mark.parametrize("look", ["light", "dark", "print"])
@pytest.mark.parametrize("width", [360, 680])
def test_the_chart_draws_a_pair_a_case(comparison: Comparison, look: str, width: int) -> None:
    """The same specification is drawn on screen and on paper; its sentence is in the alternative text."""
    plotted = scenario_chart(comparison, look=look, width=width)  # type: ignore[arg-type]
    assert plotted.figure.title in plotted.figure.alt
    assert plotted.figure.spec["width"] == width
    assert len(plotted.rows) == 2 * (len(comparison.runs) + 1)
    assert all(len(row) == len(plotted.figure.header) for row in plotted.figure.rows)


def test_the_chart_prints(comparison: Comparison) -> None:
    """It becomes a PDF."""
    assert chart_pdf(scenario_chart(comparison, look="print").figure.json).startswith(b"%PDF")


def test_what_cannot_be_simulated_is_a_row_with_its_reason(comparison: Comparison) -> None:
    """In sentence, tables, terminal, report and data; the chart names it and draws no mark, since there is none."""
    last, reason = comparison.runs[-1], "lambda0: too many; narrow them"
    refused = Refused(replace(last.standing, title="A merger"), last.moves, reason)
    found = replace(comparison, refused=(refused,))
    assert scenario_sentence(found) == f"{scenario_sentence(comparison)} {LEFT_OUT}"
    assert LEFT_OUT in scenario_sentence(replace(found, runs=()))
    whole = "\u201cA merger\u201d cannot be simulated: lambda0: too many; narrow them."
    assert whole in scenarios_text(found)
    assert Paragraph(whole) in scenarios(found, PARAMETERS).blocks
    assert verdict_rows(found)[-1] == ("A merger", DASH, DASH, DASH, "cannot be simulated", DASH)
    assert worth_rows(found)[-1] == ("A merger", *[DASH] * 5)
    told = scenarios_data(found)["scenarios"][-1]
    assert told["cannot_be_simulated"] == reason
    assert told["changes"][0]["symbol"] == "s"
    assert not {"decision", "npv", "difference", "flips", "lead"} & set(told)
    plotted, before = scenario_chart(found), scenario_chart(comparison)
    assert "A merger: cannot be simulated" in plotted.figure.json
    assert plotted.rows == before.rows
    assert plotted.figure.spec["height"] > before.figure.spec["height"]


@pytest.mark.parametrize("look", ["light", "dark", "print"])
def test_no_name_lies_over_a_mark_and_none_is_cut(comparison: Comparison, look: Look) -> None:
    """A name of eighty characters that turns the decision stands in full above its marks, on a phone as well."""
    long = replace(comparison.runs[0].standing, title=("A new national exchange of every record " * 2).strip())
    found = replace(comparison, runs=(replace(comparison.runs[0], standing=long, flips=True), *comparison.runs[1:]))
    chart = scenario_chart(found, look=look).figure
    for width in (680,) if look == "print" else (326, 680):
        drawn = Drawing.of(chart, width, look)
        assert (drawn.outside(), drawn.overlapping(), drawn.unreadable(4.5)) == ([], [], [])
        said = " ".join(text.text for text in drawn.texts)
        assert f"{long.title}: " in said
        assert "(turns the decision)" in said


def test_the_download_has_numbers_and_no_formula(comparison: Comparison) -> None:
    """A name that a spreadsheet would run stays text; figures keep all their digits."""
    rows = list(csv.DictReader(io.StringIO(scenario_chart(comparison).csv.decode())))
    assert rows[-1]["scenario"] == f"'{HOSTILE}"
    npv = comparison.curves.strategies["now"].npv
    assert npv is not None
    assert float(rows[0]["npv_mean"]) == npv.mean


def test_an_empty_cell_stays_empty(comparison: Comparison) -> None:
    """What does not exist is not a nought."""
    plotted = Plotted(scenario_chart(comparison).figure, ("a", "b"), ((None, "-1"),))
    assert plotted.csv == b"a,b\r\n,'-1\r\n"


def test_the_section_says_what_each_scenario_changes(comparison: Comparison) -> None:
    """Before, after and why; a cut is said; a team's own has no source and says so."""
    section = scenarios(comparison, PARAMETERS)
    tables = [block for block in section.blocks if isinstance(block, Table)]
    assert [table.caption for table in tables[:2]] == [
        "Net present value against acting only when forced, USD",
        "Decision in every case",
    ]
    own = tables[-1].rows[0]
    assert own[1] == "\u00d7 3"
    assert "cut at its bounds" in own[3]
    assert "Written by the team" in grounds(comparison.runs[-1].standing)
    assert "Grade: assumption." in grounds(comparison.runs[0].standing)
    assert "This scenario does not show: " in grounds(comparison.runs[0].standing)
    growth = next(row for row in tables[2].rows if row[0] == "Growth of the load on the platform (g)")
    assert "percentage points, likely" in growth[1]
    assert "a month, likely" in growth[2]


def test_the_terminal_prints_every_change(comparison: Comparison) -> None:
    """Sentence, two tables, changes and basis."""
    text = scenarios_text(comparison)
    assert "Interoperability mandates" in text
    assert "\u00d7 1 to 1.25, likely 1.1" in text
    assert "300 simulated futures" in text


def test_the_report_holds_the_scenarios_where_they_were_run(evaluation: Evaluation) -> None:
    """Behind the costs; a report without them has no such section."""
    case = case_of(evaluation)
    assert case is not None
    found = compare_scenarios(case, standing(load_scenarios(), {}), paths=200, seed=1)
    names = [section.id for section in describe(evaluation, found).sections]
    assert names.index("scenarios") == names.index("costs") + 1
    assert "scenarios" not in [section.id for section in describe(evaluation).sections]
