"""The lifecycle loop as a ring of its arcs, each with its score; the weakest one is outlined and named."""

from __future__ import annotations

import math
from typing import Any

import altair as alt

from assessment.questionnaire import Questionnaire
from assessment.scores import Score, Scores
from reports.charts.cells import SHADES
from reports.charts.figure import Figure
from reports.charts.rows import wrapped
from reports.charts.theme import Look, Marks, Palette, finished, inline, layered, palette
from reports.figures_format import format_range, format_score, rounded
from reports.wording import fill, wording

_HEIGHT = 330
_INNER, _OUTER, _ARROW = 64, 160, 112
_LINE, _ROOM = 14, 100
"""Pixels of a line of the words in an arc, and of the room for a line."""
_GAP = 0.035
"""Radians between two arcs."""
_LEAST_RANGE = 0.05
_FULLEST, _LEAST_SPREAD = SHADES[1], 20
"""The fullest tint on which words are read as on the others, and the points between arcs that take all of it."""
_HEAD, _HEAD_SIZE = "M-1,-0.55L1,0L-1,0.55Z", 400
"""An arrow head to the right, twice as long as wide, so that it points one way alone."""


def lifecycle(questionnaire: Questionnaire, scores: Scores, *, width: int = 680, look: Look = "light") -> Figure:
    """Draw the arcs clockwise in their order, a stronger tint for a stronger arc, the weakest outlined and named."""
    texts, found = wording().lifecycle, scores.lifecycle
    weakest = _weakest(scores)
    arcs = [(arc.title, found[arc.id], arc.id in weakest) for arc in questionnaire.lifecycle]
    title = lifecycle_sentence(questionnaire, scores)
    return Figure(
        id="lifecycle",
        title=title,
        chart=finished(_layers(_rows(arcs), palette(look)), look, width, _HEIGHT),
        alt=f"{texts['alt']} {title}",
        header=(texts["arc"], texts["means"], texts["score"], texts["range"]),
        rows=tuple(
            (arc.title, arc.summary, format_score(found[arc.id]), format_range(found[arc.id]))
            for arc in questionnaire.lifecycle
        ),
        note=texts["note"],
    )


def lifecycle_sentence(questionnaire: Questionnaire, scores: Scores) -> str:
    """Say which arc is the weakest, and which the strongest."""
    texts, titles = wording().lifecycle, {arc.id: arc.title for arc in questionnaire.lifecycle}
    shown = {name: score.value for name, score in scores.lifecycle.items() if score.value is not None}
    if not shown:
        return texts["unknown"]
    low, high = min(shown, key=lambda name: shown[name]), max(shown, key=lambda name: shown[name])
    if rounded(shown[low]) == rounded(shown[high]):
        return fill(texts["level"], score=rounded(shown[low]))
    figures = {"lowest_score": rounded(shown[low]), "highest_score": rounded(shown[high])}
    return fill(texts["answer"], lowest=titles[low], highest=titles[high], **figures)


def _weakest(scores: Scores) -> set[str]:
    """Return the arc that stands lowest; all of them that are written alike, and none when all are."""
    shown = {name: rounded(score.value) for name, score in scores.lifecycle.items() if score.value is not None}
    values = [score.value for score in scores.lifecycle.values() if score.value is not None]
    low = {name for name, text in shown.items() if text == rounded(min(values))}
    return low if len(low) < len(shown) else set()


def _rows(arcs: list[tuple[str, Score, bool]]) -> list[dict[str, Any]]:
    turn = 2 * math.pi / max(len(arcs), 1)
    return [
        {
            "from": turn * place + _GAP,
            "to": turn * (place + 1) - _GAP,
            "middle": turn * (place + 0.5),
            "x": _ARROW * math.sin(turn * (place + 1)),
            "y": -_ARROW * math.cos(turn * (place + 1)),
            "degrees": math.degrees(turn * (place + 1)),
            "shade": _shade(score, arcs),
            **_words([*wrapped(title, _ROOM), *_figure(score), *([wording().lifecycle["mark"]] * weakest)]),
            "weakest": weakest,
        }
        for place, (title, score, weakest) in enumerate(arcs)
    ]


def _shade(score: Score, arcs: list[tuple[str, Score, bool]]) -> float:
    """Return how full the tint of an arc is among the arcs: the weakest has the least of it, so that they differ."""
    values = [each.value for _, each, _ in arcs if each.value is not None]
    if score.value is None:
        return 0.0
    return round(_FULLEST * (score.value - min(values)) / max(max(values) - min(values), _LEAST_SPREAD), 2)


def _words(lines: list[str]) -> dict[str, Any]:
    """Return the words of an arc, and how far up the first line stands so that the middle one is in the middle."""
    return {"label": "\n".join(lines), "up": -_LINE * (len(lines) - 1) / 2}


def _figure(score: Score) -> list[str]:
    if score.value is None or score.low is None or score.high is None or score.high - score.low < _LEAST_RANGE:
        return [format_score(score) if score.shown or not score.exists else format_range(score)]
    return [format_score(score), f"({format_range(score)})"]


def _layers(rows: list[dict[str, Any]], colours: Palette) -> alt.LayerChart:
    base = alt.Chart(inline(rows))
    ring: Marks = {"radius": _OUTER, "radius2": _INNER}
    span = {"theta": alt.Theta("from:Q", scale=None), "theta2": "to:Q"}
    shade = alt.Scale(domain=list(SHADES), range=list(colours.scale), interpolate="rgb")
    words = alt.condition(f"datum.shade >= {SHADES[2]}", alt.value(colours.on_main), alt.value(colours.ink))
    middle: Marks = {"lineBreak": "\n", "lineHeight": _LINE, "fontSize": 11, "baseline": "middle"}
    middle["dy"] = alt.ExprRef("datum.up")
    centre = alt.Chart(inline([_words(wrapped(wording().lifecycle["centre"], _ROOM))]))
    weak = base.transform_filter("datum.weakest")
    return layered(
        base.mark_arc(stroke=colours.muted, strokeWidth=1, **ring).encode(
            color=alt.Color("shade:Q", scale=shade, legend=None), **span
        ),
        weak.mark_arc(fillOpacity=0, stroke=colours.ink, strokeWidth=3, **ring).encode(**span),
        base.mark_text(radius=_ARROW, **middle).encode(
            theta=alt.Theta("middle:Q", scale=None), text="label:N", color=words
        ),
        centre.mark_text(**middle, color=colours.muted).encode(text="label:N"),
        _arrows(base, colours),
    )


def _arrows(base: alt.Chart, colours: Palette) -> alt.Chart:
    """Return an arrow head from each arc to the next, over the gap between them."""
    place: Marks = {axis: alt.ExprRef(f"{size} / 2 + datum.{axis}") for axis, size in (("x", "width"), ("y", "height"))}
    drawn: alt.Chart = base.mark_point(
        shape=_HEAD,
        size=_HEAD_SIZE,
        filled=True,
        fill=colours.ink,
        stroke=colours.ground,
        strokeWidth=1.5,
        opacity=1,
        angle=alt.ExprRef("datum.degrees"),
        **place,
    )
    return drawn
