from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterator
from typing import Any

import altair as alt
import pytest
from altair.utils.schemapi import SchemaValidationError

from assessment.answers import Assessment
from assessment.questionnaire import Questionnaire
from assessment.scoring import score
from models.evaluation import Evaluation
from reports.charts.constraints import constraint_map
from reports.charts.costs import cost_categories, cost_curves, spread_out
from reports.charts.figure import Figure
from reports.charts.files import picture_png, picture_svg, table_csv
from reports.charts.gantt import gantt
from reports.charts.lifecycle import lifecycle, lifecycle_sentence
from reports.charts.maturity import maturity, step_profile
from reports.charts.posture import posture, posture_sentence
from reports.charts.signals import points_somewhere, signal_map, signals_sentence
from reports.charts.theme import Look, inline, layered, palette
from reports.figures_format import format_score
from reports.paper.charts import chart_pdf

LOOKS: tuple[Look, ...] = ("light", "dark", "print")


def figures(evaluation: Evaluation, look: Look = "print", width: int = 680) -> list[Figure]:
    """Return every chart of an evaluation."""
    questionnaire, scores = evaluation.questionnaire, evaluation.scores
    found = [
        maturity(questionnaire, scores, look=look, width=width),
        step_profile(questionnaire, scores, look=look, width=width),
        constraint_map(questionnaire, scores, look=look, width=width),
        signal_map(questionnaire, scores, look=look, width=width),
        posture(questionnaire, scores, look=look, width=width),
        lifecycle(questionnaire, scores, look=look, width=width),
        gantt(questionnaire, evaluation.initiatives, evaluation.plan, look=look, width=width),
    ]
    if evaluation.economics is not None:
        curves = evaluation.economics.curves
        found += [cost_curves(curves, look=look, width=width), cost_categories(curves, look=look, width=width)]
    return found


def _nodes(data: Any) -> Iterator[dict[str, Any]]:
    if isinstance(data, dict):
        yield data
        for value in data.values():
            yield from _nodes(value)
    elif isinstance(data, list):
        for value in data:
            yield from _nodes(value)


@pytest.mark.parametrize("look", LOOKS)
def test_every_chart_has_a_finding_a_table_and_a_width(evaluation: Evaluation, look: Look) -> None:
    """A chart says what it shows in words, and its figures stand in a table behind it."""
    for figure in figures(evaluation, look, 512):
        assert figure.title.endswith((".", "\u201d"))
        assert figure.title in figure.alt
        assert figure.rows
        assert all(len(row) == len(figure.header) for row in figure.rows)
        assert figure.spec["width"] == 512


def test_the_same_figures_give_the_same_specification(evaluation: Evaluation) -> None:
    """Nothing in a specification counts calls or reads a clock."""
    assert [figure.json for figure in figures(evaluation)] == [figure.json for figure in figures(evaluation)]


def test_a_specification_fetches_nothing_and_carries_no_html(evaluation: Evaluation) -> None:
    """All data travels inside, and no mark links anywhere."""
    for figure in figures(evaluation):
        for node in _nodes(figure.spec):
            assert not {"url", "href"} & set(node)


def test_bands_use_fill_opacity(evaluation: Evaluation) -> None:
    """A mark's plain opacity is lost on the way to paper."""
    assert evaluation.economics is not None
    spec = {name: part for name, part in cost_curves(evaluation.economics.curves).spec.items() if name != "config"}
    marks = [node["mark"] for node in _nodes(spec) if "mark" in node]
    areas = [mark for mark in marks if mark["type"] == "area"]
    assert areas
    assert all("fillOpacity" in mark and "opacity" not in mark for mark in areas)


def test_strategies_differ_by_dash_and_by_words(evaluation: Evaluation) -> None:
    """No strategy is told from another by colour alone."""
    assert evaluation.economics is not None
    text = cost_curves(evaluation.economics.curves).json
    assert "strokeDash" in text
    for word in ("Act when forced", "Start now", "Start later"):
        assert word in text


def test_the_binding_constraint_is_marked_in_words(evaluation: Evaluation) -> None:
    """The table behind the map names the cell that sets each ceiling."""
    rows = constraint_map(evaluation.questionnaire, evaluation.scores).rows
    assert sum("(binding)" in cell for row in rows for cell in row) == len(evaluation.scores.dimensions)


def test_a_binding_constraint_has_its_figure_though_its_severity_is_a_range(
    questionnaire: Questionnaire, example: Assessment
) -> None:
    """Where the ceiling is known, the cell that sets it shows it, whatever share of its own questions is open."""
    found = 0
    for factor in questionnaire.wall_factors:
        asked = [item.id for item in questionnaire.questions if factor.id in item.factors]
        answers = {name: answer for name, answer in example.answers.items() if name not in asked}
        scores = score(questionnaire, example.model_copy(update={"answers": answers}))
        for row, item in zip(constraint_map(questionnaire, scores).rows, questionnaire.wall_factors, strict=True):
            for cell, dimension in zip(row[2:], questionnaire.dimensions, strict=True):
                held = scores.dimensions[dimension.id]
                if held.binding_constraint == item.id:
                    assert cell == f"{format_score(held.ceiling)} (binding)"
                    found += not scores.factors[item.id].severity.shown
    assert found, "no severity was a range where its constraint binds"


def test_the_signals_add_up_to_the_support_of_their_constraint(evaluation: Evaluation) -> None:
    """What stands in the cells of a constraint is what its support is made of, but for rounding."""
    figure = signal_map(evaluation.questionnaire, evaluation.scores)
    for row, found in zip(figure.rows, evaluation.scores.diagnosis, strict=True):
        added = sum(float(cell) for cell in row[1:-2] if cell not in {"\u2013", "?"})
        assert found.support is not None
        assert added == pytest.approx(found.support, abs=0.005 * len(row))


def test_signals_that_disagree_with_the_answers_are_marked_in_words(evaluation: Evaluation) -> None:
    """The example's signals point to limited visibility and its answers do not: picture and sentence say so."""
    found = signals_sentence(evaluation.questionnaire, evaluation.scores)
    assert found.endswith("Signals and answers disagree on Limited visibility.")
    spec = signal_map(evaluation.questionnaire, evaluation.scores).spec
    assert [node["column"] for node in _nodes(spec) if node.get("mark") == "disagrees"] == ["Limited visibility"]


def test_without_answers_the_new_pictures_say_that_nothing_can_be_said(bench: Any) -> None:
    """No row is placed, no arc is scored, no signal points anywhere, and each sentence says why."""
    found = bench.blank()
    questionnaire, scores = found.questionnaire, found.scores
    assert points_somewhere(scores)
    assert signals_sentence(questionnaire, scores) == "No signal has been answered, so none points to a constraint."
    assert posture_sentence(questionnaire, scores).startswith("Too few questions")
    assert lifecycle_sentence(questionnaire, scores).startswith("Too few questions")
    assert not any(node.get("weakest") for node in _nodes(lifecycle(questionnaire, scores).spec))


def test_the_weakest_arc_is_named_and_outlined(evaluation: Evaluation) -> None:
    """The loop's sentence names the lowest score of its arcs, and one arc alone carries the word."""
    figure = lifecycle(evaluation.questionnaire, evaluation.scores)
    values = {name: score.value for name, score in evaluation.scores.lifecycle.items()}
    lowest = min(values, key=lambda name: values[name] or 0.0)
    title = next(arc.title for arc in evaluation.questionnaire.lifecycle if arc.id == lowest)
    assert f"weakest arc: {title}, at {values[lowest]:.1f}" in figure.title
    assert sum(node.get("weakest") is True for node in _nodes(figure.spec)) == 1


@pytest.mark.parametrize("make", [maturity, step_profile, constraint_map, signal_map, posture, lifecycle])
def test_no_name_of_a_screen_is_cut_off(make: Any, bench: Any) -> None:
    """Names of eighty characters are wrapped, for a wide and for a narrow window, and not limited by an axis."""
    name = "A name that goes on for quite a while, since whoever wrote it had eighty characters"
    changed = {
        field: tuple(item.model_copy(update={"title": f"{name} {place}"}) for place, item in enumerate(items))
        for field in ("dimensions", "wall_factors", "steps", "signals", "posture", "lifecycle")
        if (items := getattr(bench.questionnaire, field))
    }
    questionnaire = bench.questionnaire.model_copy(update=changed)
    spec = make(questionnaire, bench.of(bench.example).scores, look="light").spec
    words = [row["narrow"] for row in _nodes(spec) if "narrow" in row]
    assert all(len(line) * 6.5 <= 330 for text in words for line in text.split("\n"))
    assert all(not node.get("limit") for node in _nodes(spec))


def test_ends_that_would_cover_each_other_are_moved_apart() -> None:
    """Labels keep their order and their distance."""
    moved = spread_out({"a": 10.0, "b": 10.1, "c": 30.0}, 5.0)
    assert moved["b"] - moved["a"] >= 5.0
    assert moved["c"] - moved["b"] >= 5.0


def _luminance(code: str) -> float:
    parts = [int(code[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(first: str, second: str) -> float:
    low, high = sorted((_luminance(first), _luminance(second)))
    return (high + 0.05) / (low + 0.05)


def test_an_axis_writes_amounts_as_the_sentences_do(evaluation: Evaluation) -> None:
    """A space that does not break stands before k, M and B."""
    assert evaluation.economics is not None
    drawn = picture_svg(cost_curves(evaluation.economics.curves), "light")
    amounts = re.findall(r">([\d.]+[^<\d]*[kMB])<", drawn.decode())
    assert amounts
    assert all(re.fullmatch(r"[\d.]+\N{NO-BREAK SPACE}[kMB]", amount) for amount in amounts)


@pytest.mark.parametrize("look", LOOKS)
def test_text_and_marks_stand_out_from_their_ground(look: Look) -> None:
    """Words reach 4.5 to 1 and marks 3 to 1."""
    colours = palette(look)
    words = [(colours.ink, colours.ground), (colours.muted, colours.ground), (colours.on_main, colours.main)]
    words += [(colours.strategy(name), colours.ground) for name in ("now", "delayed", "reactive")]
    assert all(_contrast(*pair) >= 4.5 for pair in words)
    assert all(_contrast(mark, colours.ground) >= 3 for mark in (colours.main, colours.accent, colours.reactive))


@pytest.mark.parametrize("look", LOOKS)
def test_words_can_be_read_on_every_shade(look: Look) -> None:
    """At the four colours between which shades lie, the words on them reach 4.5 to 1."""
    colours = palette(look)
    pairs = zip(colours.scale, (colours.ink, colours.ink, colours.on_main, colours.on_main), strict=True)
    assert all(_contrast(*pair) >= 4.5 for pair in pairs)


def test_an_empty_assessment_draws_ranges_alone(bench: Any) -> None:
    """Without answers there is no bar and no value, only what is possible."""
    figure = maturity(bench.questionnaire, bench.blank().scores)
    data = next(iter(json.loads(figure.json)["datasets"].values()))
    assert {row["effective"] for row in data} == {None}
    assert {row["label"] for row in data} == {"range only"}


def test_a_chart_becomes_the_same_bytes_each_time(evaluation: Evaluation) -> None:
    """A chart's PDF does not depend on whether it was drawn before."""
    text = figures(evaluation)[0].json
    first = chart_pdf(text)
    chart_pdf.cache_clear()
    assert chart_pdf(text) == first


def test_a_chart_is_taken_away_on_the_ground_of_its_look_and_with_its_words(evaluation: Evaluation) -> None:
    """The SVG carries finding and alternative text, the PNG is one, and both stand on the look's own ground."""
    figure = maturity(evaluation.questionnaire, evaluation.scores, look="dark")
    drawn = picture_svg(figure, "dark").decode()
    assert f"<title>{figure.title}</title>" in drawn
    assert "<desc>" in drawn
    assert palette("dark").ground.lower() in drawn.lower()
    assert picture_png(figure, "dark").startswith(b"\x89PNG")


def test_no_cell_of_a_table_that_is_taken_away_is_a_formula(evaluation: Evaluation) -> None:
    """A name that begins like a formula gets an apostrophe in front."""
    figure = maturity(evaluation.questionnaire, evaluation.scores)
    hostile = dataclasses.replace(figure, rows=(("=1+1", "@a", "-b", "+c", "\td", "e"),))
    assert table_csv(hostile).decode().splitlines()[1] == "'=1+1,'@a,'-b,'+c,'\td,e"


def test_what_is_no_chart_is_refused_where_it_is_written() -> None:
    """A part that the schema does not know is made unseen, and no specification comes of it."""
    unknown: Any = "aside"
    part = alt.Chart(inline([{"a": 1}])).mark_bar().encode(x=alt.X("a:Q", axis=alt.Axis(orient=unknown)))
    figure = Figure("chart", "Title", layered(part), "Words", ("A",), (("1",),))
    with pytest.raises(SchemaValidationError, match="aside"):
        _ = figure.spec


def test_an_axis_of_money_is_written_as_amounts_are(evaluation: Evaluation) -> None:
    """A label of the axis and an amount in a sentence part the figure from its thousands alike."""
    assert evaluation.economics is not None
    picture = picture_svg(cost_curves(evaluation.economics.curves, look="print"), "print").decode()
    labels = set(re.findall(r">([\d.]+)(\s?)([kMB])<", picture))
    assert labels
    assert {space for _, space, _ in labels} == {"\N{NO-BREAK SPACE}"}


@pytest.mark.parametrize("look", LOOKS)
def test_how_to_read_a_chart_holds_in_both_schemes(evaluation: Evaluation, look: Look) -> None:
    """What is darker on white is lighter on black, so that no note tells marks apart by it."""
    for figure in figures(evaluation, look):
        assert not re.search(r"(?i)\b(dark|darker|light|lighter|pale)\b", figure.note), figure.id
