"""The quarters along the top of a chart: each is named where it begins, and every second one is shaded.

A line at each quarter would run through the words that stand over the calendar; the edge of a pale shade does not.
"""

from __future__ import annotations

from typing import cast

import altair as alt

from reports.charts.rows import PHONE
from reports.charts.theme import NARROW, Palette, inline

_NAME_ROOM = 26
_SHADE = 0.4


def quarter_axis(count: int, unit: int, width: int) -> alt.Axis:
    """Return the axis of so many quarters of ``unit`` each, with as many names as there is room for."""
    wide, narrow = (-(-count * _NAME_ROOM // room) for room in (width, min(width, PHONE)))
    place = f"floor(datum.value / {unit})"
    return alt.Axis(
        title=None,
        orient="top",
        values=[unit * number for number in range(count)],
        labelExpr=f"{place} % (width < {NARROW} ? {narrow} : {wide}) == 0 ? 'Q' + ({place} + 1) : ''",
        labelAlign="left",
        labelPadding=4,
        labelFontSize=10,
        labelOverlap=False,
        domain=False,
        tickSize=0,
        grid=False,
    )


def shaded_quarters(count: int, unit: int, scale: alt.Scale, axis: alt.Axis, colours: Palette) -> alt.Chart:
    """Return the shade of every second quarter, from top to foot."""
    rows = [{"begins": unit * place, "ends": unit * (place + 1)} for place in range(1, count, 2)]
    shades = alt.Chart(inline(rows)).mark_rect(fill=colours.grid, fillOpacity=_SHADE)
    return cast("alt.Chart", shades.encode(x=alt.X("begins:Q", scale=scale, axis=axis), x2="ends:Q"))
