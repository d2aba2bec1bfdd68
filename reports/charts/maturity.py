"""Maturity under its ceiling, and the profile of the steps."""

from __future__ import annotations

from typing import Any, cast

import altair as alt

from assessment.questionnaire import Questionnaire
from assessment.scores import DimensionScore, Score, Scores
from reports.binding_words import stranded_sentences
from reports.charts.figure import Figure
from reports.charts.rows import Rows
from reports.charts.theme import Look, Marks, Palette, finished, inline, layered, palette
from reports.figures_format import format_range, format_score, rounded
from reports.score_words import overall_sentence
from reports.wording import wording

_BAR, _ABOVE, _BELOW = 20, 17, 22
"""Pixels: height of a bar, of the words about the ceiling above it, and of the range below it with the gap."""
_CEILING = 6
"""Pixels between the words about a ceiling and the bar."""
_TICKS = (0, 20, 40, 60, 80, 100)
_LEAST_LABEL = 13
_LEAST_RANGE = 0.05
_MIDDLE = 50
_BAR_IS, _STEP_BAR_IS = "Solid bar: what acts (effective).", "Bar: the point score."
_STRANDED_IS = "Dashed outline: practised and stranded above the ceiling."
_CEILING_IS = "Upright tick: the ceiling."
_RANGE_IS = "Thin line: the range of the {score} left by answers that are missing or not known."
_NO_BAR_IS = "No bar: too few answers for a point."


def maturity(questionnaire: Questionnaire, scores: Scores, *, width: int = 680, look: Look = "light") -> Figure:
    """Draw what each dimension practises, what its ceiling lets act, what is stranded, and the ranges."""
    names = tuple(item.title for item in questionnaire.dimensions)
    rows = Rows(names, width, _ABOVE + _BAR + _BELOW, look)
    data = [_row(scores.dimensions[item.id]) for item in questionnaire.dimensions]
    colours, base = palette(look), _base(rows, data, _ABOVE)
    chart = layered(
        _grid(rows, colours, _ABOVE - _CEILING),
        _bar(base, rows, "zero", "effective", fill=colours.main),
        _stranded(base, rows, colours),
        *_whisker(base, rows, colours),
        *_ceiling(base, rows, colours),
        *_value_labels(base, rows, colours, "effective"),
        rows.words(colours, bold=True),
    )
    finding = stranded_sentences(questionnaire, scores)[0]
    title = overall_sentence(questionnaire, scores)
    return Figure(
        id="maturity",
        title=title,
        chart=finished(chart, look, width, rows.height, exact=True),
        alt=f"Bar chart, 0 to 100, one row a dimension: effective maturity under its ceiling. {title} {finding}",
        header=("Dimension", "Effective", "Range", "Practice", "Ceiling", "Stranded"),
        rows=tuple(_table_row(item.title, scores.dimensions[item.id]) for item in questionnaire.dimensions),
        note=_note(data, "effective", _BAR_IS, "effective score"),
    )


def _note(data: list[dict[str, Any]], bar: str, bar_is: str, score: str) -> str:
    """Say how the marks are read that the rows have, and no other."""
    told = (
        (bar_is, any(row[bar] is not None for row in data)),
        (_STRANDED_IS, any(row.get("practice") is not None for row in data)),
        (_CEILING_IS, any(row.get("ceiling") is not None for row in data)),
        (_RANGE_IS.format(score=score), any(row["low"] is not None for row in data)),
        (_NO_BAR_IS, any(row[bar] is None for row in data)),
    )
    return " ".join(text for text, drawn in told if drawn)


def _grid(rows: Rows, colours: Palette, under: float = 0.0) -> alt.Chart:
    """Return the lines of the axis, through none of the words, also not through those of the ceilings."""
    return rows.upright(_TICKS, (0, 100), _scores("at"), under=under, color=colours.grid, strokeWidth=1)


def _base(rows: Rows, data: list[dict[str, Any]], above: int) -> alt.Chart:
    """Return the data of all rows with the pixels at which their marks stand."""
    placed = []
    for place, row in enumerate(data):
        top = rows.top(place) + above
        places = {"top": top, "foot": top + _BAR, "middle": top + _BAR / 2, "spread": top + _BAR + 7}
        ceiling = {"over": top - _CEILING, "tick": top - 5, "tick_foot": top + _BAR + 5}
        placed.append({**row, **places, **ceiling, "zero": 0.0})
    return alt.Chart(inline(placed))


def _bar(base: alt.Chart, rows: Rows, start: str, end: str, **mark: Any) -> alt.Chart:
    shown = base.transform_filter(f"isValid(datum.{end})").mark_rect(**mark)
    return cast("alt.Chart", shown.encode(x=_scores(start), x2=f"{end}:Q", y=rows.y("top"), y2="foot:Q"))


def _row(found: DimensionScore) -> dict[str, Any]:
    acting, stranded, ceiling = found.effective, found.stranded, found.ceiling
    shown = acting.value is not None
    practice = found.practice.value if shown and stranded.value and stranded.value >= _LEAST_RANGE else None
    above = f", {format_score(stranded)} stranded above it" if practice is not None else ""
    return {
        "effective": acting.value,
        "practice": practice,
        **_ends(acting),
        "ceiling": ceiling.value if acting.exists else None,
        "ceiling_label": f"ceiling {format_score(ceiling)}{above}",
        "label": format_score(acting),
        "anchor": acting.value if shown else acting.high or 0.0,
    }


def _ends(score: Score) -> dict[str, float | None]:
    """Return the ends of the range line; none when nothing is open."""
    wide = score.low is not None and score.high is not None and score.high - score.low >= _LEAST_RANGE
    return {"low": score.low, "high": score.high} if wide else {"low": None, "high": None}


def _table_row(name: str, found: DimensionScore) -> tuple[str, ...]:
    return (
        name,
        format_score(found.effective),
        format_range(found.effective),
        format_score(found.practice),
        format_score(found.ceiling),
        format_score(found.stranded),
    )


def _scores(field: str) -> alt.X:
    axis = alt.Axis(values=list(_TICKS), title="Score, 0 to 100", domain=False, ticks=False, grid=False)
    return alt.X(f"{field}:Q", scale=alt.Scale(domain=[0, 100]), axis=axis)


def _whisker(base: alt.Chart, rows: Rows, colours: Palette) -> list[alt.Chart]:
    here, y = base.transform_filter("isValid(datum.low)"), rows.y("spread")
    line = here.mark_rule(strokeWidth=1.5, color=colours.muted)
    ends: Marks = {"thickness": 1.5, "size": 7, "orient": "vertical", "color": colours.muted, "opacity": 1}
    return [
        line.encode(x=_scores("low"), x2="high:Q", y=y),
        here.mark_tick(**ends).encode(x=_scores("low"), y=y),
        here.mark_tick(**ends).encode(x=_scores("high"), y=y),
    ]


def _stranded(base: alt.Chart, rows: Rows, colours: Palette) -> alt.Chart:
    return _bar(
        base,
        rows,
        "effective",
        "practice",
        fill=colours.pale,
        stroke=colours.accent,
        strokeDash=[4, 3],
        strokeWidth=1.3,
    )


def _ceiling(base: alt.Chart, rows: Rows, colours: Palette) -> list[alt.Chart]:
    here, x = base.transform_filter("isValid(datum.ceiling)"), _scores("ceiling")
    words: Marks = {"fontSize": 10.5, "color": colours.ink, "baseline": "bottom"}
    right = f"datum.ceiling > {_MIDDLE}"
    drawn: list[alt.Chart] = [
        here.mark_rule(strokeWidth=3, color=colours.ink).encode(x=x, y=rows.y("tick"), y2="tick_foot:Q")
    ]
    sides: tuple[tuple[str, Marks], ...] = ((right, {"align": "right", "dx": 2}), (f"!({right})", {"align": "left"}))
    for test, side in sides:
        said = here.transform_filter(test).mark_text(**words, **side)
        drawn.append(said.encode(x=x, y=rows.y("over"), text="ceiling_label:N"))
    return drawn


def _value_labels(base: alt.Chart, rows: Rows, colours: Palette, field: str) -> list[alt.Chart]:
    inside = f"isValid(datum.{field}) && datum.{field} >= {_LEAST_LABEL}"
    style: Marks = {"align": "left", "dx": 7, "fontWeight": "bold", "fontSize": 12}
    y = rows.y("middle")
    return [
        base.transform_filter(inside)
        .mark_text(color=colours.on_main, **style)
        .encode(x=alt.datum(0), y=y, text="label:N"),
        base.transform_filter(f"!({inside})")
        .mark_text(color=colours.ink, **style)
        .encode(x=_scores("anchor"), y=y, text="label:N"),
    ]


def step_profile(questionnaire: Questionnaire, scores: Scores, *, width: int = 680, look: Look = "light") -> Figure:
    """Draw the maturity of each step in order, with its range."""
    names = tuple(f"{number}. {step.title}" for number, step in enumerate(questionnaire.steps, 1))
    rows = Rows(names, width, _BAR + _BELOW, look)
    data = [_step_row(scores.steps[step.id].maturity) for step in questionnaire.steps]
    colours, base = palette(look), _base(rows, data, 0)
    chart = layered(
        _grid(rows, colours),
        _bar(base, rows, "zero", "value", fill=colours.main),
        *_whisker(base, rows, colours),
        *_value_labels(base, rows, colours, "value"),
        rows.words(colours),
    )
    title = step_sentence(questionnaire, scores)
    return Figure(
        id="steps",
        title=title,
        chart=finished(chart, look, width, rows.height, exact=True),
        alt=f"Bar chart, 0 to 100, one row a step in order. {title}",
        header=("Step", "Maturity", "Range", "Answered"),
        rows=tuple(
            (
                f"{number}. {step.title}",
                format_score(scores.steps[step.id].maturity),
                format_range(scores.steps[step.id].maturity),
                f"{scores.steps[step.id].answered} of {scores.steps[step.id].asked}",
            )
            for number, step in enumerate(questionnaire.steps, 1)
        ),
        note=_note(data, "value", _STEP_BAR_IS, "score"),
    )


def _step_row(score: Score) -> dict[str, Any]:
    anchor = score.value if score.value is not None else score.high or 0.0
    return {"value": score.value, **_ends(score), "label": format_score(score), "anchor": anchor}


def step_sentence(questionnaire: Questionnaire, scores: Scores) -> str:
    """Say which step stands highest and which lowest."""
    texts = wording().findings
    found = [(scores.steps[step.id].maturity.value, step.title) for step in questionnaire.steps]
    shown = [(value, title) for value, title in found if value is not None]
    if not shown:
        return texts["steps_none"]
    top, bottom = max(shown, key=lambda pair: pair[0]), min(shown, key=lambda pair: pair[0])
    if rounded(top[0]) == rounded(bottom[0]):
        return texts["steps_level"].format(score=rounded(top[0]), count=len(shown))
    return texts["steps"].format(
        highest=top[1], highest_score=rounded(top[0]), lowest=bottom[1], lowest_score=rounded(bottom[0])
    )
