"""The charts of a what-if: one specification for screen and paper, a finding, a table, numbers to download, a ghost."""

from __future__ import annotations

import csv
import dataclasses
import io
from collections.abc import Callable

import numpy as np
import pytest
import vl_convert
from PIL import Image

from bench.cases import typical
from models.case import Case
from models.parameters import load_parameters
from models.programme import Programme
from models.whatif import levers, moved
from models.whatif_run import Waiting, WhatIf, run_waiting, run_what_if
from reports.charts.break_even import break_even_chart
from reports.charts.fan import fan_chart
from reports.charts.sheet import Plotted
from reports.charts.theme import Look
from reports.charts.whatif import category_chart, waiting_chart
from reports.paper.charts import chart_pdf
from reports.whatif_words import cut_sentence, lever_title, lever_words, what_if_sentence

PARAMETERS = load_parameters()
EDGE, PALE = 2, 200
"""Pixels at the edge of a chart, and how light the lines of its grid are at least; letters are darker."""
INPUTS, _ = typical()
CASE = Case(INPUTS, Programme.full(120, 18), PARAMETERS)


@dataclasses.dataclass(frozen=True, eq=False)
class Setting(WhatIf):
    """A run with what waiting costs in it."""

    waiting: Waiting


def setting(values: dict[str, float]) -> Setting:
    """Return the case with levers at other values."""
    case, _ = moved(CASE, values)
    found = run_what_if(case, paths=300, seed=1)
    waiting = run_waiting(case, paths=300, seed=1)
    return Setting(found.curves, found.decision, found.fan, found.break_even, waiting)


VALUES = {"g": 0.03, "horizon_months": 36.0}


def draw_waiting(found: Setting, base: Setting | None = None, *, width: int = 680, look: Look = "light") -> Plotted:
    """Draw what waiting costs in a setting."""
    return waiting_chart(found.waiting, None if base is None else base.waiting, width=width, look=look)


CHARTS: tuple[Callable[..., Plotted], ...] = (category_chart, fan_chart, break_even_chart, draw_waiting)


@pytest.fixture(scope="module")
def base() -> Setting:
    """Return the case as it stands."""
    return setting({})


@pytest.fixture(scope="module")
def found() -> Setting:
    """Return the case with growth and horizon moved."""
    return setting(VALUES)


def test_the_chart_of_waiting_says_which_starts_it_compares() -> None:
    """Another chart compares every month, and the decision three choices: their best starts need not be the same."""
    months = (0, 12, 18)
    found = Waiting(months, np.array([1e6, 2e6, 3e6]), np.array([1.0, 1.0, 1.0]), 100, "USD")
    drawn = waiting_chart(dataclasses.replace(found, npv=np.array([1e6, 3e6, 2e6]))).figure
    assert drawn.title.startswith("Of the starts drawn, expected worth is highest after 12 months, at USD 3.00 M.")
    assert "only the starts drawn: 0, 12 and 18 months from now" in drawn.note
    assert waiting_chart(found).figure.title.endswith("which is the latest of them.")


@pytest.mark.parametrize("draw", CHARTS)
@pytest.mark.parametrize("look", ["light", "dark", "print"])
def test_every_chart_says_its_finding_and_has_its_table(
    draw: Callable[..., Plotted], look: Look, found: Setting, base: Setting
) -> None:
    """Sentence, alternative text with it, a table, and numbers for every mark."""
    plotted = draw(found, base, look=look, width=512)
    figure = plotted.figure
    assert figure.title.endswith(".")
    assert figure.title in figure.alt
    assert figure.spec["width"] == 512
    assert all(len(row) == len(figure.header) for row in figure.rows)
    assert all(len(row) == len(plotted.header) for row in plotted.rows)
    assert len(list(csv.reader(io.StringIO(plotted.csv.decode())))) == len(plotted.rows) + 1


@pytest.mark.parametrize("draw", CHARTS)
def test_screen_and_paper_share_one_specification(draw: Callable[..., Plotted], found: Setting, base: Setting) -> None:
    """The template of the screen, with its numbers beside it, is the chart of the paper, with them inside."""
    plotted = draw(found, base, look="print")
    assert plotted.template is not None
    spec = plotted.figure.spec
    assert spec.pop("datasets") == plotted.template.all_numbers(plotted.numbers)
    assert spec == {key: value for key, value in plotted.template.spec.items() if key != "datasets"}
    assert chart_pdf(plotted.figure.json).startswith(b"%PDF")


@pytest.mark.parametrize("draw", CHARTS)
def test_another_setting_moves_numbers_and_not_the_specification(draw: Callable[..., Plotted], base: Setting) -> None:
    """A browser that is told the same specification only moves the marks."""
    other = setting({"effects": 0.5})
    first, second = draw(base), draw(other, base)
    assert first.template is second.template
    assert first.numbers != second.numbers
    assert first.numbers["ghost"] == []


def test_stacked_means_add_up_to_the_mean_of_the_course(base: Setting) -> None:
    """Areas of means end at the mean of the whole: they are no percentiles."""
    plotted = category_chart(base, strategy="now")
    together = plotted.rows[-1][plotted.header.index("together")]
    assert together == pytest.approx(base.curves.strategies["now"].total_cost.mean)


@pytest.mark.parametrize("width", [340, 515, 680, 1000])
def test_the_names_at_the_end_have_room_at_every_width(base: Setting, width: int) -> None:
    """The page stretches a chart, and not its letters: drawn at another width, no name is cut at the right edge."""
    spec = {**category_chart(base, look="light").figure.spec, "width": width}
    png = vl_convert.vegalite_to_png({**spec, "background": "white"})
    drawn = np.asarray(Image.open(io.BytesIO(png)).convert("L"))
    assert drawn.shape[1] == width
    assert drawn[:, -EDGE:].min() > PALE


def test_the_ghost_is_the_case_as_it_stands(found: Setting, base: Setting) -> None:
    """As far as the shorter horizon goes, and with the base's own numbers in the download."""
    ghost = fan_chart(found, base).numbers["ghost"]
    assert len(ghost) == 37
    assert ghost[-1]["ghost"] == base.fan.mean[35]
    assert fan_chart(found, base).rows[-1][-1] == base.fan.mean[35]


def test_the_sentence_says_what_was_moved(found: Setting, base: Setting) -> None:
    """Every lever by its title and value; none, and it is the case as it stands."""
    sentence = what_if_sentence(found, base, levers(CASE), VALUES, PARAMETERS)
    assert "growth of the load on the platform at 3% a month" in sentence
    assert "horizon at 36 months" in sentence
    assert "the case as it stands" in what_if_sentence(base, base, levers(CASE), {}, PARAMETERS)
    assert all(lever_title(lever, PARAMETERS) for lever in levers(CASE))


def test_a_lever_says_where_it_stands_and_what_it_was_moved_to() -> None:
    """A figure by its range before and after, a factor and months by their value."""
    known = {lever.name: lever for lever in levers(CASE)}
    assert lever_words(CASE, known["g"], 0.015) == "As it stands: 0% to 3.5% a month, likely 1.5%."
    assert lever_words(CASE, known["g"], 0.03) == (
        "As it stands: 0% to 3.5% a month, likely 1.5%. Moved: 0% to 7% a month, likely 3%."
    )
    assert lever_words(CASE, known["cost"], 0.5) == "As it stands: \u00d7 1. Moved: \u00d7 0.5."
    assert lever_words(CASE, known["delay_months"], 24) == "As it stands: 12 months. Moved: 24 months."


def test_a_cut_is_said() -> None:
    """Capacity in use beyond what the model takes is cut, and the page says of which figure."""
    load = next(lever for lever in levers(CASE) if lever.name == "load")
    _, moves = moved(CASE, {"load": load.high})
    assert CASE.parameters.by_symbol["rho_0"].title in cut_sentence(moves, CASE.parameters)
    assert cut_sentence((), CASE.parameters) == ""
