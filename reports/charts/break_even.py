"""In which month the money is back, over the futures; the case as it stands is a ghost."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import altair as alt
import numpy as np

from models.distributions import FloatArray
from models.whatif_run import WhatIf
from reports.charts.figure import Figure
from reports.charts.ghosts import GHOST_ROWS, HEIGHT, ROWS, ghost_line, months_axis, noted
from reports.charts.sheet import Plotted
from reports.charts.template import Template, named
from reports.charts.theme import Look, finished, layered, palette
from reports.figures_format import DASH, month, months, percent
from reports.wording import fill, wording

_QUARTER = 3


def break_even_chart(found: WhatIf, base: WhatIf | None = None, *, width: int = 680, look: Look = "light") -> Plotted:
    """Draw in how many futures the money is back for good, by quarter, and say in how many never."""
    horizon, back = found.curves.months, found.break_even
    rows = _quarters(back.for_good)
    ghosts = [] if base is None else _quarters(base.break_even.for_good[:horizon])
    numbers = {ROWS: rows, GHOST_ROWS: [{**row, "month": (row["month"] + row["until"]) / 2} for row in ghosts]}
    template = _template(horizon, width, look)
    title = break_even_sentence(found)
    first, for_good = np.cumsum(back.first), np.cumsum(back.for_good)
    table = [
        (
            str(row["until"]),
            percent(row["share"]),
            percent(float(for_good[row["until"] - 1])),
            percent(float(first[row["until"] - 1])),
        )
        for row in rows
    ]
    figure = Figure(
        id="what-if-break-even",
        title=title,
        chart=template.filled(numbers),
        alt=f"Bars: share of the futures in which the money is back for good, by quarter. {title}",
        header=("By month", "Back for good in the quarter", "Back for good by then", "Back a first time by then"),
        rows=(*table, ("never", percent(back.never), DASH, DASH)),
        note=noted("break_even_note", "ghost_note" if base is not None else ""),
    )
    ghosted = [] if base is None else base.break_even.for_good.tolist()
    sheet = tuple(
        (at + 1, float(back.first[at]), float(share), ghosted[at] if at < len(ghosted) else None)
        for at, share in enumerate(back.for_good)
    )
    return Plotted(figure, ("month", "first_time", "for_good", "for_good_as_it_stands"), sheet, template, numbers)


@lru_cache(maxsize=32)
def _template(horizon: int, width: int, look: Look) -> Template:
    colours = palette(look)
    x = months_axis(horizon, "Month from which the money is back for good")
    y = alt.Y("share:Q", axis=alt.Axis(title="Share of futures", format=".0%", tickCount=4, domain=False))
    bars = alt.Chart(named(ROWS)).mark_bar(color=colours.main, stroke=colours.ground, strokeWidth=1)
    chart = layered(
        bars.encode(x=x, x2="until:Q", y=y, y2="floor:Q"),
        ghost_line(colours, "share", stepped=True),
    )
    return Template.of(finished(chart, look, width, HEIGHT))


def _quarters(shares: FloatArray) -> list[dict[str, Any]]:
    """Return the share of each quarter, from after its first month to its last."""
    starts = range(0, shares.size, _QUARTER)
    ends = [min(start + _QUARTER, shares.size) for start in starts]
    return [
        {"month": start, "until": end, "share": float(shares[start:end].sum()), "floor": 0.0}
        for start, end in zip(starts, ends, strict=True)
    ]


def break_even_sentence(found: WhatIf) -> str:
    """Say by when the money is back for good in half of the futures, and in how many it is not."""
    back = found.break_even
    return fill(
        wording().whatif["break_even" if back.median is not None else "break_even_late"],
        month=month(back.median),
        never=percent(back.never),
        months=months(found.curves.months),
    )
