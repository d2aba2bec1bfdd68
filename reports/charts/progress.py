"""From the earlier to the later assessment: one dumbbell a score, both under the same questions."""

from __future__ import annotations

from typing import Any

import altair as alt

from assessment.trend import Comparison, Difference
from reports.charts.figure import Figure
from reports.charts.rows import Rows
from reports.charts.theme import Look, Palette, finished, inline, layered, palette
from reports.comparing import HEADER, difference_rows, title
from reports.figures_format import rounded
from reports.wording import fill, wording

_MARKS, _GAP = 18, 12
"""Pixels of the marks of a row, and the gap below them."""
_LETTER, _APART = 6.2, 12
"""Pixels of a letter of the words behind the scale, and between its end and the words."""


def progress(comparison: Comparison, *, width: int = 680, look: Look = "light") -> Figure:
    """Draw overall, dimensions and steps of both assessments; regressions stand at the top."""
    drawn = [item for item in comparison.differences if item.kind != "factor" and item.compared]
    rows = Rows(tuple(title(item) for item in drawn), width, _MARKS + _GAP, look)
    data = [_row(item, rows.top(place) + _MARKS / 2) for place, item in enumerate(drawn)]
    sentence = progress_sentence(drawn)
    return Figure(
        id="progress",
        title=sentence,
        chart=finished(_layers(rows, data, palette(look)), look, width, rows.height, exact=True),
        alt=f"Dumbbell chart, 0 to 100, one row a score: the earlier and the later assessment. {sentence}",
        header=HEADER,
        rows=difference_rows(tuple(drawn)),
        note=_note(data, left=any(item.kind == "factor" and item.compared for item in comparison.differences)),
    )


def progress_sentence(drawn: list[Difference]) -> str:
    """Say which score moved most, of those that have a point in both assessments."""
    texts = wording().progress
    moved = [item for item in drawn if item.on_later.value is not None]
    if not moved:
        return texts["chart_none"]
    most = max(moved, key=lambda item: abs(item.on_later.value or 0.0))
    if not most.on_later.value:
        return texts["same"]
    ends = {"earlier": most.on_later.earlier.value, "later": most.on_later.later.value}
    return fill(texts["chart"], title=most.title, **{name: rounded(value or 0.0) for name, value in ends.items()})


def _note(data: list[dict[str, Any]], *, left: bool) -> str:
    """Say how the marks are read that the rows have, and no other, and which scores of the table are left out."""
    texts = wording().progress
    ways = {row["way"] for row in data if row["both"]}
    told = (
        ("chart_earlier", any(row["earlier"] is not None for row in data)),
        ("chart_later", any(row["later"] is not None for row in data)),
        ("chart_unmoved", "same" in ways),
        ("chart_better", "better" in ways),
        ("chart_worse", "worse" in ways),
        ("chart_open", any(row["way"] == "open" for row in data)),
        ("chart_scale", bool(data)),
        ("chart_left", left),
    )
    return " ".join(texts[name] for name, drawn in told if drawn)


def _row(item: Difference, place: float) -> dict[str, Any]:
    earlier, later = item.on_later.earlier.value, item.on_later.later.value
    shown = [value for value in (earlier, later) if value is not None]
    words = wording().progress[f"direction_{item.direction}"]
    return {
        "place": place,
        "earlier": earlier,
        "later": later,
        "both": len(shown) > 1,
        "worse": item.direction == "worse",
        "way": item.direction,
        "label": words,
        "zero": 0,
        "hundred": 100,
    }


def _layers(rows: Rows, data: list[dict[str, Any]], colours: Palette) -> alt.LayerChart:
    room = _APART + _LETTER * max((len(row["label"]) for row in data), default=0)
    base = alt.Chart(inline(data)).encode(y=rows.y("place"))
    both = base.transform_filter("datum.both")
    worse, rest = both.transform_filter("datum.worse"), both.transform_filter("!datum.worse")
    earlier = base.transform_filter("isValid(datum.earlier)")
    later = base.transform_filter("isValid(datum.later)")

    def x(field: str) -> alt.X:
        return _points(field, room)

    return layered(
        base.mark_rule(color=colours.grid, strokeWidth=1).encode(x=x("zero"), x2="hundred:Q"),
        rest.mark_rule(color=colours.accent, strokeWidth=3).encode(x=x("earlier"), x2="later:Q"),
        worse.mark_rule(color=colours.reactive, strokeWidth=3, strokeDash=[5, 4]).encode(x=x("earlier"), x2="later:Q"),
        earlier.mark_point(
            shape="circle", size=110, filled=True, fill=colours.ground, stroke=colours.ink, strokeWidth=2, opacity=1
        ).encode(x=x("earlier")),
        later.mark_point(shape="square", size=90, filled=True, color=colours.main, opacity=1).encode(x=x("later")),
        base.mark_text(align="left", dx=_APART, color=colours.ink).encode(x=x("hundred"), text="label:N"),
        rows.words(colours),
    )


def _points(field: str, room: float) -> alt.X:
    """Return the axis of scores; behind its end is room for the words, through which no line runs there."""
    axis = alt.Axis(values=[0, 20, 40, 60, 80, 100], title="Score, 0 to 100", domain=False, ticks=False, grid=False)
    scale = alt.Scale(domain=[0, 100], range=[0, alt.ExprRef(f"width - {room:.0f}")], nice=False)
    return alt.X(f"{field}:Q", scale=scale, axis=axis)
