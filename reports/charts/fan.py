"""The fan: what starting now has been worth by each month, over the futures."""

from __future__ import annotations

from functools import lru_cache

import altair as alt

from models.whatif_run import WhatIf
from reports.charts.figure import Figure
from reports.charts.ghosts import (
    GHOST_ROWS,
    HEIGHT,
    ROWS,
    ghost_line,
    ghost_rows,
    money_axis,
    months_axis,
    noted,
    nought,
)
from reports.charts.sheet import Plotted
from reports.charts.template import Template, named
from reports.charts.theme import Look, finished, layered, palette
from reports.figures_format import money, month, short_amount
from reports.wording import fill, wording

_LINES = ("mean", "p5", "p25", "p50", "p75", "p95")
_TABLE_EVERY = 6


def fan_chart(found: WhatIf, base: WhatIf | None = None, *, width: int = 680, look: Look = "light") -> Plotted:
    """Draw the cumulative net benefit of starting now: P5 to P95, P25 to P75, median and mean; the base as a ghost."""
    fan, months = found.fan, found.curves.months
    lines = {name: getattr(fan, name) for name in _LINES}
    rows = [{"month": 0, **dict.fromkeys(_LINES, 0.0)}]
    rows += [{"month": at + 1, **{name: float(line[at]) for name, line in lines.items()}} for at in range(months)]
    numbers = {ROWS: rows, GHOST_ROWS: ghost_rows(None if base is None else base.fan.mean, months)}
    template = _template(months, found.curves.currency, width, look)
    title = fan_sentence(found)
    figure = Figure(
        id="what-if-fan",
        title=title,
        chart=template.filled(numbers),
        alt=f"Fan chart of the net benefit of starting now, by month. {title}",
        header=("Month", "Mean", "P5", "P25", "P50", "P75", "P95"),
        rows=tuple((str(row["month"]), *(short_amount(row[name]) for name in _LINES)) for row in rows[::_TABLE_EVERY]),
        note=noted("fan_note", "ghost_note_mean" if base is not None else ""),
    )
    ghosted = {} if base is None else dict(enumerate(base.fan.mean.tolist(), 1))
    sheet = tuple((row["month"], *(row[name] for name in _LINES), ghosted.get(int(row["month"]))) for row in rows)
    return Plotted(figure, ("month", *_LINES, "mean_as_it_stands"), sheet, template, numbers)


@lru_cache(maxsize=32)
def _template(months: int, currency: str, width: int, look: Look) -> Template:
    colours = palette(look)
    y = money_axis("p5", f"Net benefit so far, {currency}, present value")
    drawn = alt.Chart(named(ROWS)).encode(x=months_axis(months))
    chart = layered(
        drawn.mark_area(color=colours.main, fillOpacity=0.14).encode(y=y, y2="p95:Q"),
        drawn.mark_area(color=colours.main, fillOpacity=0.26).encode(y="p25:Q", y2="p75:Q"),
        nought(colours),
        drawn.mark_line(color=colours.main, strokeWidth=2.4).encode(y="mean:Q"),
        drawn.mark_line(color=colours.main, strokeWidth=1.6, strokeDash=[6, 3]).encode(y="p50:Q"),
        ghost_line(colours),
    )
    return Template.of(finished(chart, look, width, HEIGHT))


def fan_sentence(found: WhatIf) -> str:
    """Say where the net benefit stands at the end of the horizon."""
    fan, currency = found.fan, found.curves.currency
    return fill(
        wording().whatif["fan"],
        month=month(found.curves.months),
        mean=money(float(fan.mean[-1]), currency),
        low=short_amount(float(fan.p25[-1])),
        high=short_amount(float(fan.p75[-1])),
        lowest=short_amount(float(fan.p5[-1])),
        highest=short_amount(float(fan.p95[-1])),
    )
