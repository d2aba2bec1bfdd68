"""What the charts of a what-if share: a month axis, an axis of money, and the case as it stands as a ghost line."""

from __future__ import annotations

import altair as alt

from models.distributions import FloatArray
from reports.charts.costs import AMOUNT_LABELS
from reports.charts.template import named
from reports.charts.theme import Marks, Palette, inline
from reports.wording import fill, wording

HEIGHT = 300
_SHORT_HORIZON = 24
_MOST_ROOM = 0.6
ROWS, GHOST_ROWS = "rows", "ghost"
GHOST: Marks = {"strokeDash": [2, 3], "strokeWidth": 1.8}


def months_axis(months: int, title: str = "Month", room: str = "0") -> alt.X:
    """Return the axis of months from 0 to the horizon, with room for labels behind its end.

    ``room`` is an expression of pixels. A label does not stretch with the chart that it stands in, so its room does not
    either; in a chart too narrow for both they take three fifths of it.
    """
    ticks = list(range(0, months + 1, 12 if months > _SHORT_HORIZON else 6))
    axis = alt.Axis(values=ticks, title=title, grid=False, domain=False)
    end = alt.ExprRef(f"width - min({room}, {_MOST_ROOM} * width)")
    return alt.X("month:Q", scale=alt.Scale(domain=[0, months], range=[0, end], nice=False), axis=axis)


def money_axis(field: str, title: str) -> alt.Y:
    """Return an axis of amounts."""
    return alt.Y(f"{field}:Q", axis=alt.Axis(title=title, labelExpr=AMOUNT_LABELS, tickCount=5, domain=False))


def ghost_line(colours: Palette, field: str = "ghost", *, stepped: bool = False) -> alt.Chart:
    """Return the line of the case as it stands, from the data set ``ghost``."""
    chart = alt.Chart(named(GHOST_ROWS))
    shape: Marks = {"interpolate": "step"} if stepped else {}
    drawn: alt.Chart = chart.mark_line(color=colours.muted, **GHOST, **shape).encode(x="month:Q", y=f"{field}:Q")
    return drawn


def ghost_rows(values: FloatArray | None, most: int) -> list[dict[str, float]]:
    """Return the rows of a line by month, from nought at month 0, as far as the axis goes; none without a base."""
    if values is None:
        return []
    rows = [{"month": 0.0, "ghost": 0.0}]
    return [*rows, *({"month": month, "ghost": float(value)} for month, value in enumerate(values[:most], 1))]


def noted(*names: str, **filled: str) -> str:
    """Return notes of a what-if, one after the other; an empty name is a mark that is not drawn."""
    return " ".join(fill(wording().whatif[name], **filled) for name in names if name)


def nought(colours: Palette) -> alt.Chart:
    """Return the line at nought."""
    chart = alt.Chart(inline([{"zero": 0.0}]))
    line: alt.Chart = chart.mark_rule(color=colours.muted, strokeWidth=1.2).encode(y="zero:Q")
    return line
