"""Where the platform stands between reactive and engineered, a row each, with its range and the words of both ends."""

from __future__ import annotations

from typing import Any

import altair as alt

from assessment.feeds import PostureRow
from assessment.questionnaire import Questionnaire
from assessment.scores import Score, Scores
from reports.charts.figure import Figure
from reports.charts.rows import Rows, word_widths, wrapped
from reports.charts.theme import Look, Marks, Palette, by_width, finished, inline, layered, palette
from reports.figures_format import format_range, format_score, format_score_and_range, rounded
from reports.wording import fill, wording

_TRACK, _LINE, _GAP, _APART = 22, 13, 14, 16
"""Pixels: of a track, of a line of the words below it, the gap after them, and between the words of both ends."""


def posture(questionnaire: Questionnaire, scores: Scores, *, width: int = 680, look: Look = "light") -> Figure:
    """Draw each row of the posture table as a track from reactive to engineered, with where the platform stands."""
    texts, found = wording().posture, scores.posture
    names = tuple(f"{row.title}: {format_score_and_range(found[row.id])}" for row in questionnaire.posture)
    widths = word_widths(width, look)
    ends = [_ends_of(row, *widths) for row in questionnaire.posture]
    lines = max((len(text.split("\n")) for end in ends for text in end.values()), default=1)
    rows = Rows(names, width, _TRACK + _LINE * lines + _GAP, look)
    data = [
        {**_marks(found[row.id]), **end, **_places(rows.top(place))}
        for place, (row, end) in enumerate(zip(questionnaire.posture, ends, strict=True))
    ]
    title = posture_sentence(questionnaire, scores)
    return Figure(
        id="posture",
        title=title,
        chart=finished(_layers(rows, data, palette(look), widths[0]), look, width, rows.height, exact=True),
        alt=f"{texts['alt']} {title}",
        header=(texts["row"], texts["reactive"], texts["stands"], texts["range"], texts["engineered"]),
        rows=tuple(
            (row.title, row.reactive, format_score(found[row.id]), format_range(found[row.id]), row.engineered)
            for row in questionnaire.posture
        ),
        note=_note(data),
    )


def posture_sentence(questionnaire: Questionnaire, scores: Scores) -> str:
    """Say which row stands nearest to reactive, and which nearest to engineered."""
    texts = wording().posture
    placed = [(scores.posture[row.id].value, row.title) for row in questionnaire.posture]
    shown = [(value, title) for value, title in placed if value is not None]
    if not shown:
        return texts["unknown"]
    low, high = min(shown, key=lambda pair: pair[0]), max(shown, key=lambda pair: pair[0])
    if rounded(low[0]) == rounded(high[0]):
        return fill(texts["level"], score=rounded(low[0]))
    figures = {"lowest_score": rounded(low[0]), "highest_score": rounded(high[0])}
    return fill(texts["answer"], lowest=low[1], highest=high[1], **figures)


def _ends_of(row: PostureRow, width: int, least: int) -> dict[str, str]:
    """Return the words of both ends, in lines of half the width, and of half of a phone's."""
    return {
        f"{side}_{name}": "\n".join(wrapped(text, (pixels - _APART) / 2))
        for side, text in (("left", row.reactive), ("right", row.engineered))
        for name, pixels in (("wide", width), ("narrow", least))
    }


def _marks(score: Score) -> dict[str, Any]:
    return {"value": score.value, "low": score.low, "high": score.high, "zero": 0, "hundred": 100}


def _note(data: list[dict[str, Any]]) -> str:
    """Say how the marks are read that the tracks have, and no other."""
    told = (("note", "value"), ("note_range", "low"))
    return " ".join(wording().posture[name] for name, mark in told if any(row[mark] is not None for row in data))


def _places(top: float) -> dict[str, float]:
    return {"top": top + 3, "foot": top + _TRACK - 5, "middle": top + _TRACK / 2 - 1, "below": top + _TRACK}


def _layers(rows: Rows, data: list[dict[str, Any]], colours: Palette, wide: int) -> alt.LayerChart:
    base, middle = alt.Chart(inline(data)), rows.y("middle")
    ranged, placed = base.transform_filter("isValid(datum.low)"), base.transform_filter("isValid(datum.value)")
    end: Marks = {"color": colours.muted, "strokeWidth": 1.5}
    point: Marks = {"shape": "diamond", "size": 150, "filled": True, "opacity": 1}
    return layered(
        base.mark_rule(**end).encode(x=_x("zero"), x2="hundred:Q", y=middle),
        *(base.mark_rule(**end).encode(x=_x(side), y=rows.y("top"), y2="foot:Q") for side in ("zero", "hundred")),
        ranged.mark_rule(color=colours.accent, strokeWidth=7).encode(x=_x("low"), x2="high:Q", y=middle),
        placed.mark_point(fill=colours.main, stroke=colours.ground, strokeWidth=1.5, **point).encode(
            x=_x("value"), y=middle
        ),
        _words(base, rows, "left", colours, wide),
        _words(base, rows, "right", colours, wide),
        rows.words(colours, bold=True),
    )


def _x(field: str) -> alt.X:
    axis = alt.Axis(values=[0, 50, 100], title=wording().posture["axis"], domain=False, ticks=False, grid=False)
    return alt.X(f"{field}:Q", scale=alt.Scale(domain=[0, 100]), axis=axis)


def _words(base: alt.Chart, rows: Rows, side: str, colours: Palette, wide: int) -> alt.Chart:
    style: Marks = {"fontSize": 10.5, "lineHeight": _LINE, "lineBreak": "\n", "color": colours.ink, "baseline": "top"}
    text = by_width(f"datum.{side}_narrow", f"datum.{side}_wide", wide)
    drawn: alt.Chart = base.mark_text(align="left" if side == "left" else "right", text=text, **style).encode(
        x=_x("zero" if side == "left" else "hundred"), y=rows.y("below")
    )
    return drawn
