"""Charts explain the marks that they draw and no others; rows stand evenly, and no line runs through their words."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from assessment.questionnaire import Questionnaire
from assessment.trend import Comparison, compare
from models.outlook import FinishDate
from models.whatif_run import Waiting
from reports import analysis_words as words
from reports.charts.cash import cash_chart
from reports.charts.cells import Cell, Cells
from reports.charts.constraints import constraint_map
from reports.charts.costs import cost_curves
from reports.charts.gantt import gantt
from reports.charts.lifecycle import lifecycle
from reports.charts.maturity import maturity, step_profile
from reports.charts.posture import posture
from reports.charts.progress import progress
from reports.charts.reach import reach
from reports.charts.rows import even_tops, wrapped
from reports.charts.signals import signal_map
from reports.charts.theme import Look, palette
from reports.charts.tornado import tornado_chart
from reports.charts.whatif import waiting_chart
from reports.contrast import luminance
from reports.figures_format import short_amount
from tests.conftest import answered
from tests.reports.conftest import Bench
from tests.reports.drawn import Drawing, Said
from tests.reports.every_chart import Everything, charts_of, everything, figure_of

PHONE, LAPTOP = 326, 700
FOR_A_SCREEN = 680
OF_ROWS = (
    "maturity",
    "step_profile",
    "tornado",
    "worth of knowing",
    "budget",
    "scenarios",
    "progress",
    "constraint_map",
)
NEARLY = 0.93
"""Share of the contrast between words and bare ground that a line of the grid under them takes away."""


@pytest.fixture(scope="module")
def found(bench: Bench) -> Everything:
    """Return what there is to draw of the worked example."""
    return everything(bench)


def drawn_of(found: Everything, name: str, width: int, look: Look = "light") -> Drawing:
    """Return a chart that is laid out for a screen, at the width of its place."""
    return Drawing.of(figure_of(charts_of(found)[name], FOR_A_SCREEN, look), width, look)


def with_a_line_under(drawing: Drawing, look: Look) -> set[str]:
    """Return the texts under which anything is drawn but bare ground."""
    light, dark = sorted((luminance(palette(look).ink), luminance(palette(look).ground)), reverse=True)
    return set(drawing.unreadable(NEARLY * (light + 0.05) / (dark + 0.05)))


def names_of(drawing: Drawing) -> list[Said]:
    """Return the lines of words at the left edge, from top to foot, without the axis below."""
    edge = min(item.left for item in drawing.texts)
    left = [item for item in drawing.texts if item.left < edge + 6 and re.search(r"[A-Za-z]{2}", item.text)]
    return sorted(left, key=lambda item: item.top)


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("width", [PHONE, LAPTOP])
@pytest.mark.parametrize("name", OF_ROWS)
def test_no_line_runs_through_the_name_of_a_row(found: Everything, name: str, width: int, look: Look) -> None:
    """Neither a grid nor the line at nought nor an outline touches the words above the marks."""
    drawing = drawn_of(found, name, width, look)
    names = {item.text for item in names_of(drawing)}
    assert names
    assert with_a_line_under(drawing, look) & names == set()


@pytest.mark.parametrize("name", ["maturity", "step_profile", "tornado", "worth of knowing", "budget", "scenarios"])
def test_no_patch_of_ground_stands_behind_words(found: Everything, name: str) -> None:
    """A dark page has another ground than a picture that is taken away: a patch of one would show on the other."""
    assert palette("dark").ground not in figure_of(charts_of(found)[name], FOR_A_SCREEN, "dark").json


@pytest.mark.parametrize("name", ["tornado", "worth of knowing", "scenarios", "progress", "step_profile"])
def test_rows_stand_evenly_on_a_wide_screen(found: Everything, name: str) -> None:
    """Names that have one line there are equally far apart, also those that take two on a phone."""
    tops = [item.bottom for item in names_of(drawn_of(found, name, LAPTOP))]
    steps = {round(after - before, 1) for before, after in pairwise(tops)}
    assert len(steps) == 1


@pytest.mark.parametrize("name", ["tornado", "scenarios", "gantt"])
def test_a_chart_is_as_high_on_a_phone_as_on_a_screen(found: Everything, name: str) -> None:
    """What a screen has to spare lies between its rows, so that a narrower window has room for every line."""
    wide, narrow = (drawn_of(found, name, width) for width in (LAPTOP, PHONE))
    assert wide.size[1] == pytest.approx(narrow.size[1], abs=2)


def test_what_a_screen_has_to_spare_is_shared_among_all_rows() -> None:
    """Three rows of which one has two lines on a phone: each is a third of the whole apart from the next."""
    assert even_tops([50.0, 65.0, 50.0], [50.0, 50.0, 50.0]) == [0.0, 55.0, 110.0]
    assert even_tops([50.0, 65.0], [50.0, 65.0]) == [0.0, 50.0]


def test_the_ends_of_a_range_stay_on_one_line() -> None:
    """No name of a row ends in the middle of what it says."""
    lines = wrapped("How long the work of a plan takes: 3.37 M to 1.41 M", 310)
    assert lines == ["How long the work of a plan takes:", "3.37\u00a0M\u00a0to\u00a01.41\u00a0M"]


def test_progress_explains_what_it_draws(four_step: Questionnaire) -> None:
    """Circles alone, squares alone, and what moved which way: each is explained where there is one."""
    levels = dict.fromkeys(four_step.by_id, 2)
    moved = progress(_between(four_step, levels, levels | {"build.release": 0})).note
    assert "Open circle" in moved
    assert "Dashed line" in moved
    assert "inside its circle" in moved
    assert "Solid line" not in moved
    assert "Cannot be said" not in moved
    alone = progress(_between(four_step, {}, levels)).note
    assert "Open circle" not in alone
    assert "line between" not in alone
    assert alone.startswith("Filled square: the later one. Cannot be said: too few answers")
    assert alone.endswith("The constraints are not drawn; they stand in the table of every score.")
    assert progress(_between(four_step, {}, {})).note.startswith("Cannot be said")


def _between(questionnaire: Questionnaire, before: dict[str, int], after: dict[str, int]) -> Comparison:
    pair = (answered(questionnaire, levels, mode="full") for levels in (before, after))
    earlier, later = pair
    return compare(questionnaire, earlier, questionnaire, later)


@pytest.mark.parametrize("width", [PHONE, LAPTOP])
def test_no_line_runs_through_what_cannot_be_said(four_step: Questionnaire, width: int) -> None:
    """The line of the scale ends before the words."""
    figure = progress(_between(four_step, {}, dict.fromkeys(four_step.by_id, 2)), width=FOR_A_SCREEN)
    drawing = Drawing.of(figure, width, "light")
    assert "cannot be said" in {item.text for item in drawing.texts}
    assert "cannot be said" not in with_a_line_under(drawing, "light")


def test_maturity_explains_what_it_draws(bench: Bench) -> None:
    """With nothing answered there are ranges alone, and no word of bars, outlines and ceilings."""
    blank, example = bench.blank(), bench.of(bench.example)
    left = "left by answers that are missing or not known"
    for draw in (maturity, step_profile):
        note = draw(bench.questionnaire, blank.scores).note
        assert left in note
        assert note.endswith("No bar: too few answers for a point.")
        assert not re.search("Solid|Dashed|tick|the point score", note)
    note = maturity(bench.questionnaire, example.scores).note
    assert all(text in note for text in ("Solid bar", "Dashed outline", "Upright tick", left))
    assert "No bar" not in note


def test_posture_explains_what_it_draws(bench: Bench) -> None:
    """No diamond is explained where no row has one."""
    assert posture(bench.questionnaire, bench.blank().scores).note.startswith("Thick line: the range left by answers")
    assert posture(bench.questionnaire, bench.of(bench.example).scores).note.startswith("Diamond")


def test_equal_quarters_are_not_told_apart(found: Everything) -> None:
    """The dearest quarter is one where it is one; else all of a row, or the first of several."""
    assert found.evaluation.analysis is not None
    cash = found.evaluation.analysis.cash

    def said(*spent: float) -> str:
        parts = {"programme": np.array(spent), "run": np.zeros(len(spent)), "forced": np.zeros(len(spent))}
        now = replace(cash.strategies["now"], spending=parts)
        return words.dearest_sentence(replace(cash, strategies={**cash.strategies, "now": now}))

    assert said(1e5, 3e5, 2e5) == "The dearest quarter of starting now is quarter 2: USD 300 k on average."
    assert said(3e5, 300_000.2, 2e5) == (
        "The dearest quarters of starting now are quarters 1 to 2: USD 300 k each on average."
    )
    assert "is quarter 1, the first of 2 equal ones: USD 300 k" in said(3e5, 2e5, 3e5)
    assert words.dearest_sentence(cash) in words.cash_sentence(cash)
    assert cash_chart(cash).title == words.dearest_sentence(cash)


def test_every_quarter_of_the_money_is_drawn_as_wide_as_the_others(found: Everything) -> None:
    """A step begins where its quarter does, and the last one ends with it."""
    assert found.evaluation.analysis is not None
    cash = found.evaluation.analysis.cash
    rows = [row for data in cash_chart(cash).spec["datasets"].values() for row in data if row["strategy"] == "now"]
    assert [row["quarter"] for row in rows] == [quarter + 0.5 for quarter in range(cash.quarters + 1)]


def test_the_tornado_says_where_its_bars_begin(found: Everything) -> None:
    """The line at the medians has its amount."""
    analysis, economics = found.evaluation.analysis, found.evaluation.economics
    assert analysis is not None
    assert economics is not None
    figure = tornado_chart(analysis.matters, found.evaluation.parameters, economics.curves.currency)
    assert f"Dashed: {short_amount(analysis.matters.base)} at the medians" in figure.json


@pytest.mark.parametrize("width", [PHONE, LAPTOP])
@pytest.mark.parametrize("name", ["timing", "low timing"])
def test_the_words_of_a_start_stand_above_the_plot(found: Everything, name: str, width: int) -> None:
    """No line of the grid, no band and no line of another mark runs through them."""
    drawing = drawn_of(found, name, width)
    said = {item.text for item in drawing.texts if item.text.startswith(("Best start", "Signals"))}
    assert len(said) == 2
    assert with_a_line_under(drawing, "light") & said == set()


def test_what_is_not_drawn_in_a_what_if_is_not_explained(found: Everything) -> None:
    """The dotted line is there once something was moved, and the short lines where a dot does not hide them."""
    charts = charts_of(found)
    for name in ("fan", "categories", "waiting"):
        assert "Dotted" in figure_of(charts[name], FOR_A_SCREEN, "light").note
    for name in ("fan alone", "categories of starting now", "waiting alone"):
        assert "otted" not in figure_of(charts[name], FOR_A_SCREEN, "light").note
    waits = Waiting((0, 12), np.array([3e6, 1e6]), np.array([3e5, 3e5]), 100, "USD")
    assert "Short lines: two standard errors" in waiting_chart(waits).figure.note
    sure = replace(waits, standard_error=np.array([1e3, 1e3]))
    assert waiting_chart(sure).figure.note.endswith("Two standard errors to each side are less than a dot.")


def test_a_thin_area_at_the_top_has_its_name(found: Everything) -> None:
    """It has room beside the end of the chart though it is thinner than its name."""
    figure = figure_of(charts_of(found)["categories"], FOR_A_SCREEN, "light")
    labels = [row["name"] for rows in figure.spec["datasets"].values() for row in rows if "label" in row]
    assert labels[-1] == "Programme and running cost"


def test_arcs_of_different_strength_are_told_apart(bench: Bench) -> None:
    """The weakest has the least tint and the strongest the fullest on which its words are read."""
    figure = lifecycle(bench.questionnaire, bench.of(bench.example).scores)
    arcs = [row for rows in figure.spec["datasets"].values() for row in rows if "shade" in row]
    assert min(row["shade"] for row in arcs) == 0.0
    assert max(row["shade"] for row in arcs) == 0.66
    assert next(row["shade"] for row in arcs if row["weakest"]) == 0.0


def test_the_heads_of_the_arrows_are_longer_than_wide(bench: Bench) -> None:
    """An even triangle points three ways."""
    shape = re.search(r'"shape": "(M-1,-([\d.]+)L1,0[^"]*)"', lifecycle(bench.questionnaire, bench.blank().scores).json)
    assert shape is not None
    assert float(shape[2]) < 0.7


def test_bands_of_cost_have_an_edge_in_the_dash_of_their_course(found: Everything) -> None:
    """Where bands lie over each other their edges tell them apart."""
    assert found.evaluation.economics is not None
    layers = cost_curves(found.evaluation.economics.curves).spec["layer"]
    edges = [layer for layer in layers if layer["encoding"].get("y", {}).get("field") in ("p5", "p95")]
    lines = [layer for layer in edges if layer["mark"]["type"] == "line"]
    assert [line["encoding"]["strokeDash"]["field"] for line in lines] == ["strategy", "strategy"]


def test_the_turn_of_the_colour_is_explained_where_there_is_one(bench: Bench) -> None:
    """A stronger tint is more, and one step of it means nothing."""
    example = bench.of(bench.example)
    assert "colour turns all at once" in signal_map(bench.questionnaire, example.scores).note
    assert "colour turns" not in constraint_map(bench.questionnaire, example.scores).note
    row = ((Cell(0.66, "34"), Cell(0.67, "33")),)
    assert Cells(("A",), ("B", "C"), row, FOR_A_SCREEN, "light").turns
    assert not Cells(("A",), ("B",), (row[0][:1],), FOR_A_SCREEN, "light").turns


@pytest.mark.parametrize(("width", "said"), [(LAPTOP, "Limited visibility"), (PHONE, "visibility")])
def test_the_heads_of_columns_stand_close_above_them(found: Everything, width: int, said: str) -> None:
    """They take one line where there is room, and their last lines stand at one height."""
    texts = drawn_of(found, "signal_map", width).texts
    heads = [item for item in texts if item.text in (said, "topology" if width == PHONE else "Monolithic topology")]
    assert len(heads) == 2
    assert heads[0].bottom == pytest.approx(heads[1].bottom, abs=0.5)


def test_short_names_are_spelled_out_once(found: Everything) -> None:
    """A chart that writes IaC and CI/CD says below it what they are."""
    asked, scores = found.evaluation.questionnaire, found.evaluation.scores
    for note in (constraint_map(asked, scores).note, reach(asked, found.evaluation.outlook).note):
        assert note.endswith("IaC: Infrastructure as code. CI/CD: Continuous integration and deployment.")


def test_a_calendar_that_goes_on_after_the_plan_says_until_when(bench: Bench) -> None:
    """The quarters of the plan and the last quarter of the axis are both told."""
    found = bench.of(bench.example)
    drawn = gantt(bench.questionnaire, found.initiatives, found.plan, dates=found.outlook.dates)
    last = -(-max(date.p80 for date in found.outlook.dates.values()) // 3)
    assert f"quarters as planned, finished by Q{last} with four chances in five; first: " in drawn.title
    months = {name: FinishDate(date.planned, date.planned, date.planned) for name, date in found.outlook.dates.items()}
    as_planned = gantt(bench.questionnaire, found.initiatives, found.plan, dates=months)
    assert "four chances" not in as_planned.title
