"""Load against capacity by month: how full the platform is today, and when it is too full to wait."""

from __future__ import annotations

import altair as alt

from models.load_ahead import LoadAhead
from models.timing import Signals
from reports.charts.figure import Figure
from reports.charts.ghosts import months_axis
from reports.charts.theme import Look, Palette, finished, inline, layered, palette
from reports.figures_format import percent
from reports.load_words import reached_sentence
from reports.wording import fill, wording

_HEIGHT = 300
_TABLE_EVERY = 6


def load_chart(found: LoadAhead, reached: Signals, *, width: int = 680, look: Look = "light") -> Figure:
    """Draw the median of load over capacity with its P5 to P95 band, and the share at which the wall is felt."""
    colours, texts = palette(look), wording().wall
    title = reached_sentence(reached, found.months)
    rows = _rows(found)
    return Figure(
        id="load-ahead",
        title=title,
        chart=finished(_layers(found, rows, colours), look, width, _HEIGHT),
        alt=fill(texts["ahead_alt"], felt=percent(found.felt), title=title),
        header=("Month", "P5", "P50", "P95"),
        rows=tuple(
            (str(int(row["month"])), *(percent(row[name]) for name in ("p5", "p50", "p95")))
            for row in rows[::_TABLE_EVERY]
        ),
        note=texts["ahead_note"],
    )


def _rows(found: LoadAhead) -> list[dict[str, float]]:
    """Return a row for today and one for each month."""
    today = found.today
    rows = [{"month": 0.0, "p5": today.p5, "p50": today.p50, "p95": today.p95}]
    for month, (low, middle, high) in enumerate(zip(found.p5, found.p50, found.p95, strict=True), 1):
        rows.append({"month": float(month), "p5": float(low), "p50": float(middle), "p95": float(high)})
    return rows


def _layers(found: LoadAhead, rows: list[dict[str, float]], colours: Palette) -> alt.LayerChart:
    axis = alt.Axis(title=wording().wall["ahead_axis"], format="%", tickCount=6, domain=False)
    base = alt.Chart(inline(rows)).encode(x=months_axis(found.months))
    label = fill(wording().wall["ahead_felt"], felt=percent(found.felt))
    felt = alt.Chart(inline([{"felt": found.felt, "month": 0, "label": label}])).encode(y="felt:Q")
    return layered(
        base.mark_area(color=colours.main, fillOpacity=0.16).encode(y=alt.Y("p5:Q", axis=axis), y2="p95:Q"),
        base.mark_line(color=colours.main, strokeWidth=2.4).encode(y=alt.Y("p50:Q", axis=axis)),
        felt.mark_rule(color=colours.reactive, strokeWidth=1.8, strokeDash=[8, 4]),
        felt.mark_text(align="left", baseline="bottom", dx=6, dy=-4, fontWeight="bold", color=colours.ink).encode(
            x="month:Q", text="label:N"
        ),
    )
