"""Every chart can be read on a phone, on a laptop and on a large screen, in light, in dark and on paper."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

import reports.charts
from assessment.questionnaire import Questionnaire
from models.case import case_of
from models.whatif import moved
from models.whatif_run import run_what_if
from reports.charts.figure import Figure
from reports.charts.theme import Look
from tests.reports.conftest import PATHS, Bench
from tests.reports.drawn import Drawing
from tests.reports.every_chart import (
    Draw,
    Everything,
    charts_of,
    charts_of_curves,
    charts_of_scores,
    charts_of_what_if,
    everything,
    figure_of,
)

PHONE, TABLET, LAPTOP, LARGE = 326, 500, 700, 1200
"""Widths in pixels that pages give a chart."""
FOR_A_PHONE, FOR_A_SCREEN = 360, 680
"""Widths that charts are laid out for, by what the browser says of itself; a narrow window may have either."""
LEAST_TYPE, EDGE = 10.0, 6.0
LEAST_CONTRAST = 4.5
SHOWN: tuple[tuple[Look, int, int], ...] = (
    ("light", FOR_A_PHONE, PHONE),
    ("light", FOR_A_SCREEN, PHONE),
    ("light", FOR_A_SCREEN, TABLET),
    ("light", FOR_A_SCREEN, LAPTOP),
    ("light", FOR_A_SCREEN, LARGE),
    ("dark", FOR_A_SCREEN, LAPTOP),
    ("print", FOR_A_SCREEN, FOR_A_SCREEN),
)
SOME = (SHOWN[1], SHOWN[2], SHOWN[5], SHOWN[6])
"""Narrow windows, a dark one, and paper: where whatever is laid out badly shows."""
LONG = "A name that goes on for quite a while, since whoever wrote it had eighty characters"
IN_A_RING = "Two lines of good length"
"""What an arc of the loop has room for; its names are written for it."""
BAD = {"cost": 2.0, "effects": 0.05, "g": 0.003, "load": 0.28, "horizon_months": 12.0}
"""A programme that costs twice as much and does nothing, on a platform that has room."""


@pytest.fixture(scope="module")
def found(bench: Bench) -> Everything:
    """Return what there is to draw of the worked example."""
    return everything(bench)


def faults(charts: Mapping[str, Draw], look: Look, made: int, width: int) -> dict[str, object]:
    """Return what cannot be read in charts, by their names; nothing where all is well."""
    every = ((name, _faults(figure_of(draw, made, look), look, width)) for name, draw in charts.items())
    return {name: told for name, told in every if told}


def _faults(figure: Figure, look: Look, width: int) -> dict[str, object]:
    drawn = Drawing.of(figure, width, look)
    told: dict[str, object] = {
        "cut": drawn.outside(),
        "over each other": drawn.overlapping(),
        "hidden by a mark": drawn.unreadable(LEAST_CONTRAST),
        "too small": [item.text for item in drawn.texts if item.size < LEAST_TYPE],
        "as wide as its place": [] if drawn.size[0] == width else [drawn.size],
    }
    return {name: texts for name, texts in told.items() if texts}


def test_every_chart_of_the_product_is_looked_at(found: Everything) -> None:
    """No name of a chart in the code is missing from those that the tests below draw."""
    sources = Path(next(iter(reports.charts.__path__))).glob("*.py")
    known = {name for source in sources for name in re.findall(r'\bid="([\w-]+)"', source.read_text())}
    assert known == {figure_of(draw, FOR_A_SCREEN, "light").id for draw in charts_of(found).values()}


def test_every_chart_says_its_finding_to_those_who_cannot_see_it(found: Everything) -> None:
    """The alternative text says what is drawn and then the sentence above the chart; the table has every column."""
    for name, draw in charts_of(found).items():
        figure = figure_of(draw, FOR_A_SCREEN, "light")
        assert figure.title in figure.alt, name
        assert len(figure.alt) > len(figure.title) + len("Bars: "), name
        assert figure.rows, name
        assert all(len(row) == len(figure.header) for row in figure.rows), name


def test_how_to_read_a_chart_is_true_on_a_dark_screen(found: Everything) -> None:
    """No words call a mark dark, light or pale: a dark screen turns that round, and what is strong stays strong."""
    for name, draw in charts_of(found).items():
        figure = figure_of(draw, FOR_A_SCREEN, "dark")
        told = f"{figure.note} {figure.alt}"
        assert re.findall(r"(?i)\b(?:dark|light|pale)(?:er|est)?\b", told) == [], name


@pytest.mark.parametrize("width", [PHONE, LAPTOP])
def test_both_charts_of_a_roadmap_name_a_quarter_where_it_begins(found: Everything, width: int) -> None:
    """The same names stand over the same places of the calendar and of the targets."""
    charts = charts_of_scores(found.evaluation)
    drawn = [Drawing.of(figure_of(charts[name], FOR_A_SCREEN, "light"), width, "light") for name in ("gantt", "reach")]
    calendar, targets = ({text.text: text.left for text in each.texts if text.text[:1] == "Q"} for each in drawn)
    assert calendar.keys() == targets.keys()
    assert calendar["Q1"] < EDGE
    assert all(abs(calendar[name] - targets[name]) < EDGE for name in calendar)


@pytest.mark.parametrize(("look", "made", "width"), SHOWN)
def test_every_text_of_every_chart_can_be_read(found: Everything, look: Look, made: int, width: int) -> None:
    """None is cut, none covers another, no line or mark runs through one, and none is smaller than ten pixels."""
    assert faults(charts_of(found), look, made, width) == {}


@pytest.mark.parametrize(("look", "made", "width"), SOME)
def test_long_names_can_be_read_in_every_chart_that_has_them(bench: Bench, look: Look, made: int, width: int) -> None:
    """Names of eighty characters stand in full wherever a questionnaire or an initiative brings them into a chart."""
    evaluation = bench.of(bench.example)
    changed = tuple(item.model_copy(update={"title": LONG}) for item in evaluation.initiatives.initiatives)
    initiatives = evaluation.initiatives.model_copy(update={"initiatives": changed})
    named = replace(evaluation, questionnaire=long_named(bench.questionnaire), initiatives=initiatives)
    assert faults(charts_of_scores(named), look, made, width) == {}


def long_named(questionnaire: Questionnaire) -> Questionnaire:
    """Return a questionnaire whose parts have names of eighty characters, each its own."""
    changed = {
        field: tuple(
            item.model_copy(update={"title": IN_A_RING if field == "lifecycle" else f"{LONG} {place}"})
            for place, item in enumerate(items)
        )
        for field in ("dimensions", "wall_factors", "steps", "signals", "posture", "lifecycle")
        if (items := getattr(questionnaire, field))
    }
    return questionnaire.model_copy(update=changed)


@pytest.mark.parametrize(("look", "made", "width"), SOME)
def test_charts_of_nothing_answered_can_be_read(bench: Bench, look: Look, made: int, width: int) -> None:
    """Ranges without a point, and a roadmap of everything or nothing, are drawn as legibly as the rest."""
    assert faults(charts_of_scores(bench.blank()), look, made, width) == {}


@pytest.mark.parametrize(("look", "made", "width"), SOME)
def test_charts_of_a_case_that_loses_money_can_be_read(found: Everything, look: Look, made: int, width: int) -> None:
    """Amounts below nought have their marks and words like those above it."""
    case = case_of(found.evaluation)
    assert case is not None
    bad, _ = moved(case, BAD)
    base, lost = (run_what_if(each, paths=PATHS, seed=1) for each in (case, bad))
    assert float(lost.fan.mean[-1]) < 0.0
    assert faults({**charts_of_what_if(lost, base), **charts_of_curves("", lost.curves)}, look, made, width) == {}
