"""Maturity under its ceiling, and the profile of the steps."""

from __future__ import annotations

from typing import Any

import altair as alt

from assessment.questionnaire import Questionnaire
from assessment.scores import DimensionScore, Score, Scores
from reports.charts.figure import Figure
from reports.charts.theme import Look, Marks, Palette, finished, inline, layered, palette
from reports.figures_format import format_range, format_score, rounded
from reports.wording import overall_sentence, stranded_sentences, wording

_ROW_HEIGHT = 72
_BAR = 20
_STEP_HEIGHT = 44
_LEAST_LABEL = 13
_LEAST_RANGE = 0.05
_NEAR_END = 82
_HOW_TO_READ = (
    "Solid bar: what acts (effective). Dashed outline: practised and stranded above the ceiling. Upright tick: the "
    "ceiling. Thin line below: the range of the effective score that open answers leave."
)
_HOW_TO_READ_STEPS = (
    "Bar: the point score. Thin line below: the range that open answers leave. No bar: too few answers for a point."
)


def maturity(questionnaire: Questionnaire, scores: Scores, *, width: int = 680, look: Look = "light") -> Figure:
    """Draw what each dimension practises, what its ceiling lets act, what is stranded, and the ranges."""
    rows = [_row(item.short, scores.dimensions[item.id]) for item in questionnaire.dimensions]
    colours = palette(look)
    order = [item.short for item in questionnaire.dimensions]
    base = alt.Chart(inline(rows)).encode(y=_names(order, "name", width))
    chart = layered(
        base.mark_bar(height=_BAR, color=colours.main).encode(x=_scores("effective")),
        _stranded(base, colours),
        *_whisker(base, colours),
        *_ceiling(base, colours),
        *_value_labels(base, colours, "effective", "label"),
    )
    finding = stranded_sentences(questionnaire, scores)[0]
    title = overall_sentence(questionnaire, scores)
    return Figure(
        id="maturity",
        title=title,
        chart=finished(chart, look, width, _ROW_HEIGHT * len(rows) + 40),
        alt=f"Bar chart, 0 to 100, one row a dimension: effective maturity under its ceiling. {title} {finding}",
        header=("Dimension", "Effective", "Range", "Practice", "Ceiling", "Stranded"),
        rows=tuple(_table_row(item.title, scores.dimensions[item.id]) for item in questionnaire.dimensions),
        note=_HOW_TO_READ,
    )


def _row(name: str, found: DimensionScore) -> dict[str, Any]:
    acting, stranded, ceiling = found.effective, found.stranded, found.ceiling
    shown = acting.value is not None
    practice = found.practice.value if shown else None
    return {
        "name": name,
        "effective": acting.value,
        "practice": practice if stranded.value and stranded.value >= _LEAST_RANGE else None,
        "stranded_label": f"stranded {format_score(stranded)}",
        **_ends(acting),
        "ceiling": ceiling.value if acting.exists else None,
        "ceiling_label": f"ceiling {format_score(ceiling)}",
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
    axis = alt.Axis(values=[0, 20, 40, 60, 80, 100], title="Score, 0 to 100", domain=False, ticks=False)
    return alt.X(f"{field}:Q", scale=alt.Scale(domain=[0, 100]), axis=axis)


def _names(order: list[str], field: str, width: int) -> alt.Y:
    axis = alt.Axis(title=None, domain=False, ticks=False, labelLimit=int(width * 0.4), labelFontSize=12)
    return alt.Y(f"{field}:N", sort=order, axis=axis)


def _whisker(base: alt.Chart, colours: Palette) -> list[alt.Chart]:
    below = _BAR // 2 + 7
    here = base.transform_filter("isValid(datum.low)")
    line = here.mark_rule(yOffset=below, y2Offset=below, strokeWidth=1.5, color=colours.muted)
    ends: Marks = {"thickness": 1.5, "size": 7, "yOffset": below, "color": colours.muted, "opacity": 1}
    return [
        line.encode(x=_scores("low"), x2="high:Q"),
        here.mark_tick(**ends).encode(x=_scores("low")),
        here.mark_tick(**ends).encode(x=_scores("high")),
    ]


def _stranded(base: alt.Chart, colours: Palette) -> alt.LayerChart:
    here = base.transform_filter("isValid(datum.practice)")
    outline = here.mark_bar(
        height=_BAR - 1.5, fill=colours.pale, stroke=colours.accent, strokeDash=[4, 3], strokeWidth=1.3
    )
    near_end = f"datum.practice > {_NEAR_END}"
    words: Marks = {"fontSize": 10.5, "color": colours.ink}
    return layered(
        outline.encode(x=_scores("effective"), x2="practice:Q"),
        here.transform_filter(near_end)
        .mark_text(align="right", dx=-6, **words)
        .encode(x=_scores("practice"), text="stranded_label:N"),
        here.transform_filter(f"!({near_end})")
        .mark_text(align="left", dx=6, **words)
        .encode(x=_scores("practice"), text="stranded_label:N"),
    )


def _ceiling(base: alt.Chart, colours: Palette) -> list[alt.Chart]:
    here = base.transform_filter("isValid(datum.ceiling)")
    words: Marks = {"yOffset": -_BAR // 2 - 12, "fontSize": 10.5, "color": colours.ink}
    near_end = f"datum.ceiling > {_NEAR_END}"
    return [
        here.mark_tick(thickness=3, size=_BAR + 12, color=colours.ink, opacity=1).encode(x=_scores("ceiling")),
        here.transform_filter(f"!({near_end})")
        .mark_text(align="left", **words)
        .encode(x=_scores("ceiling"), text="ceiling_label:N"),
        here.transform_filter(near_end)
        .mark_text(align="right", **words)
        .encode(x=_scores("ceiling"), text="ceiling_label:N"),
    ]


def _value_labels(base: alt.Chart, colours: Palette, field: str, label: str) -> list[alt.Chart]:
    inside = f"isValid(datum.{field}) && datum.{field} >= {_LEAST_LABEL}"
    style: Marks = {"align": "left", "dx": 7, "fontWeight": "bold", "fontSize": 12}
    return [
        base.transform_filter(inside)
        .mark_text(color=colours.on_main, **style)
        .encode(x=alt.datum(0), text=f"{label}:N"),
        base.transform_filter(f"!({inside})")
        .mark_text(color=colours.ink, **style)
        .encode(x=_scores("anchor"), text=f"{label}:N"),
    ]


def step_profile(questionnaire: Questionnaire, scores: Scores, *, width: int = 680, look: Look = "light") -> Figure:
    """Draw the maturity of each step in order, with its range."""
    rows = [
        _step_row(f"{number}  {step.title}", scores.steps[step.id].maturity)
        for number, step in enumerate(questionnaire.steps, 1)
    ]
    colours = palette(look)
    base = alt.Chart(inline(rows)).encode(y=_names([row["name"] for row in rows], "name", width))
    chart = layered(
        base.mark_bar(height=_BAR, color=colours.main).encode(x=_scores("value")),
        *_whisker(base, colours),
        *_value_labels(base, colours, "value", "label"),
    )
    title = step_sentence(questionnaire, scores)
    return Figure(
        id="steps",
        title=title,
        chart=finished(chart, look, width, _STEP_HEIGHT * len(rows) + 40),
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
        note=_HOW_TO_READ_STEPS,
    )


def _step_row(name: str, score: Score) -> dict[str, Any]:
    anchor = score.value if score.value is not None else score.high or 0.0
    return {
        "name": name,
        "value": score.value,
        **_ends(score),
        "label": format_score(score),
        "anchor": anchor,
    }


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
