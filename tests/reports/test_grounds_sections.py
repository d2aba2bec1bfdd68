"""The sections on which the argument rests: the wall, what was measured, and how figures are made."""

from __future__ import annotations

from typing import Any

import pytest

from assessment.answers import Range
from models.evaluation import Evaluation
from models.timing import Signals, signal_months
from reports.document import FigureBlock, Paragraph, Section, Table
from reports.figures_format import hours
from reports.load_words import reached_sentence, spread_sentence
from reports.sections.load import wall_ahead
from reports.sections.measured import measured
from reports.sections.method import method


def table_of(section: Section, place: int = 0) -> Table:
    """Return a table of a section."""
    return [block for block in section.blocks if isinstance(block, Table)][place]


def test_the_wall_says_how_full_the_platform_is_and_when_it_is_too_full(evaluation: Evaluation) -> None:
    """Today's share with its range, the level, and the month that the costs name; with the picture of both."""
    section = wall_ahead(evaluation)
    lead, drawn = section.blocks[0], section.blocks[1]
    assert isinstance(lead, Paragraph)
    assert lead.text.startswith("The busiest hour uses 61% of the platform's capacity today (58% to 65% in nine ")
    assert evaluation.economics is not None
    month = signal_months(evaluation.economics.curves.strategies["reactive"]).p50
    assert f"half of the futures reach the wall by month {month}." in lead.text
    assert isinstance(drawn, FigureBlock)
    assert drawn.figure.title in lead.text
    assert drawn.figure.rows[0][0] == "0"
    assert len(drawn.figure.rows) == 11


def test_the_wall_names_the_files_of_a_saved_load_test(bench: Any) -> None:
    """Demand, surge and capacity stand there with their sources and without a typed share; the note says so."""
    ranges = {name: item for name, item in bench.example.economics.ranges.items() if name != "rho_0"}
    ranges |= {name: Range(low=value, mode=value, high=value) for name, value in (("D0", 300), ("surge", 2))}
    ranges["X_star"] = Range(low=950, mode=1000, high=1100, measured=True, source="run.csv: law fitted to 8 points")
    money = bench.example.economics.model_copy(update={"ranges": ranges})
    table = table_of(wall_ahead(bench.changed(economics=money)))
    by_name = {row[0].rsplit("(", 1)[1]: row for row in table.rows}
    assert set(by_name) == {"D0)", "surge)", "X_star)", "g)", "rho_trig)"}
    assert by_name["X_star)"][1:] == (by_name["X_star)"][1], "Measured by you", "run.csv: law fitted to 8 points")
    assert by_name["X_star)"][1].startswith("950 to 1,100\n")
    assert by_name["rho_trig)"][2] == "Default, assumption"
    assert table.note.startswith("Use follows from demand, surge and capacity.")


def test_without_money_there_is_no_wall_and_without_measures_no_section(bench: Any) -> None:
    """A section that has nothing to say has no blocks."""
    blank = bench.blank()
    assert wall_ahead(blank).blocks == ()
    assert measured(blank).blocks == ()


@pytest.mark.parametrize(
    ("reached", "said"),
    [
        (
            Signals(1.0, 3, 9, 20),
            "by month 9. One future in twenty reaches it by month 3, nineteen in twenty by month 20.",
        ),
        (
            Signals(0.3, 40, None, None),
            "30% of the futures reach the wall within 60 months. One future in twenty reaches",
        ),
        (Signals(0.6, 5, 40, None), "by month 5; fewer than nineteen in twenty do within 60 months."),
        (Signals(0.0, None, None, None), "Fewer than one in twenty do within 60 months."),
    ],
)
def test_a_wall_that_is_not_met_is_said_so(reached: Signals, said: str) -> None:
    """Each of the three months may be missing."""
    assert said in f"{reached_sentence(reached, 60)} {spread_sentence(reached, 60)}"


def test_what_was_measured_stands_with_its_evidence(evaluation: Evaluation) -> None:
    """Every measured answer and every measured range of the example, and no other."""
    section, given = measured(evaluation), evaluation.assessment
    answers, ranges = table_of(section), table_of(section, 1)
    wanted = [name for name, answer in given.answers.items() if answer.confidence == "measured"]
    titles = {evaluation.questionnaire.by_id[name].title for name in wanted}
    assert {row[0] for row in answers.rows} == titles
    assert ("Time to roll back", "12 minutes", "Level 3", "Release log, Q2 and Q3 2026") in answers.rows
    assert len(ranges.rows) == sum(item.measured for item in given.economics.ranges.values())
    assert all(row[2] for row in ranges.rows)


def test_the_method_holds_the_figures_of_this_report(evaluation: Evaluation) -> None:
    """Every template is filled: futures, seed, thresholds."""
    text = " ".join(block.text for block in method(evaluation).blocks if isinstance(block, Paragraph))
    assert "400 futures are drawn (seed 1)" in text
    assert "more than 10% of the programme" in text
    assert "{" not in text


def test_one_hour_is_no_hours() -> None:
    """The unit follows the figure."""
    assert (hours("1"), hours("0.5"), hours("31")) == ("1 hour", "0.5 hours", "31 hours")
