"""Throughput over load: what was measured, the fitted curve with its band, its peak, and today's demand."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, cast

import altair as alt
import numpy as np

from models.scalability import UslFit
from models.wall import Wall
from reports.charts.figure import Figure
from reports.charts.theme import Look, Palette, finished, inline, layered, palette
from reports.figures_format import plain
from reports.walls import breaking_sentence, today_sentence
from reports.wording import fill, wording

_HEIGHT = 360
_STEPS = 80
_BEYOND, _PAST_PEAK, _FARTHEST = 1.15, 1.2, 2.0
_ABOVE = 1.06
_SAMPLE, _OVER = 17, 4
"""Pixels of a line of words above the curve, and of the room under all of them."""


def wall_chart(fit: UslFit, wall: Wall | None = None, *, width: int = 680, look: Look = "light") -> Figure:
    """Draw the points, the curve and its band; with a demand also where today's peak stands."""
    colours = palette(look)
    last = float(fit.load[-1])
    shown = fit.peak_load <= _FARTHEST * last
    end = max(last * _BEYOND, fit.peak_load * _PAST_PEAK if shown else 0.0)
    title = breaking_sentence(fit)
    said = f" {today_sentence(wall)}" if wall is not None else ""
    return Figure(
        id="wall",
        title=title,
        chart=finished(_layers(fit, wall, end, colours, peak=shown), look, width, _HEIGHT),
        alt=fill(wording().charts["wall"], count=str(len(fit.load)), last=plain(last), title=title) + said,
        header=("Load", "Measured", "Fitted", "Band, low", "Band, high"),
        rows=_rows(fit),
        note=wording().charts["wall_note"],
    )


def _rows(fit: UslFit) -> tuple[tuple[str, ...], ...]:
    low, high = fit.band(fit.load)
    fitted = fit.capacity.throughput(fit.load)
    columns = zip(fit.load, fit.throughput, fitted, low, high, strict=True)
    return tuple(tuple(plain(float(value)) for value in row) for row in columns)


@dataclass(frozen=True, slots=True)
class _Mark:
    """A line of the chart with its words: upright at the peak's load, or level at a throughput."""

    words: str
    value: float
    colour: str
    dash: tuple[int, int]
    load: float | None = None


def _layers(fit: UslFit, wall: Wall | None, end: float, colours: Palette, *, peak: bool) -> alt.LayerChart:
    rows, marks = _curve_rows(fit, end), _marks(fit, wall, colours, peak=peak)
    x = alt.X("load:Q", scale=alt.Scale(domain=[0, end], nice=False), axis=_axis("Load: users or requests at a time"))
    over: list[Any] = [alt.ExprRef("height"), _SAMPLE * len(marks) + _OVER]
    scale = alt.Scale(domain=[0, _ABOVE * _top(fit, wall, rows)], range=over, nice=False)
    y = alt.Y("throughput:Q", scale=scale, axis=_axis("Served, per second"))
    curve = alt.Chart(inline(rows)).encode(x=x)
    points = alt.Chart(inline([{"load": n, "throughput": t} for n, t in _pairs(fit)])).encode(x=x, y=y)
    return layered(
        curve.mark_area(color=colours.accent, fillOpacity=0.16, clip=True).encode(
            y=alt.Y("low:Q", axis=_axis("Served, per second")), y2="high:Q"
        ),
        curve.mark_line(color=colours.main, strokeWidth=2.4).encode(y=y),
        points.mark_point(
            shape="circle", size=70, filled=True, fill=colours.ground, stroke=colours.ink, strokeWidth=2, opacity=1
        ),
        *(_line(mark, x, y) for mark in marks),
        *(layer for place, mark in enumerate(marks) for layer in _sample(mark, place, colours)),
    )


def _marks(fit: UslFit, wall: Wall | None, colours: Palette, *, peak: bool) -> list[_Mark]:
    """Return the peak, or else the most that can be reached, and today's demand."""
    marks, limit = list[_Mark](), float(fit.limit)
    if peak:
        load = float(fit.peak_load)
        marks.append(_Mark(f"Peak: {plain(limit)} at a load of {plain(load)}", limit, colours.main, (2, 3), load))
    elif math.isfinite(limit):
        marks.append(_Mark(f"Most it can reach: {plain(limit)}", limit, colours.main, (2, 3)))
    if wall is not None:
        demand = float(wall.demand.p50)
        marks.append(_Mark(f"Today's peak demand: {plain(demand)}", demand, colours.reactive, (8, 4)))
    return marks


def _top(fit: UslFit, wall: Wall | None, rows: list[dict[str, Any]]) -> float:
    """Return the highest figure that is drawn: of the points, the band, the limit and the demand."""
    highest = [float(fit.throughput.max()), float(max(row["high"] for row in rows))]
    highest += [fit.limit] if math.isfinite(fit.limit) and math.isinf(fit.peak_load) else []
    return max(highest + ([wall.demand.p50] if wall is not None else []))


def _axis(title: str) -> alt.Axis:
    return alt.Axis(title=title, tickCount=6, domain=False)


def _pairs(fit: UslFit) -> list[tuple[float, float]]:
    return [(float(n), float(t)) for n, t in zip(fit.load, fit.throughput, strict=True)]


def _curve_rows(fit: UslFit, end: float) -> list[dict[str, Any]]:
    loads = np.linspace(min(1.0, float(fit.load[0])), end, _STEPS + 1)  # below one user the law says nothing
    low, high = fit.band(loads)
    fitted = fit.capacity.throughput(loads)
    names = ("load", "throughput", "low", "high")
    return [
        dict(zip(names, (float(f"{value:.6g}") for value in row), strict=True))
        for row in zip(loads, fitted, low, high, strict=True)
    ]


def _line(mark: _Mark, x: alt.X, y: alt.Y) -> alt.Chart:
    """Return a level line across the chart, or an upright one from its foot to the peak."""
    at = alt.Chart(inline([{"throughput": mark.value, "load": mark.load, "foot": 0.0}]))
    drawn = at.mark_rule(color=mark.colour, strokeDash=list(mark.dash), strokeWidth=1.8).encode(y=y)
    return cast("alt.Chart", drawn if mark.load is None else drawn.encode(x=x, y2="foot:Q"))


def _sample(mark: _Mark, place: int, colours: Palette) -> tuple[alt.Chart, alt.Chart]:
    """Return a piece of a line and its words, above the curve, where no line runs through them."""
    at = alt.Chart(inline([{"label": mark.words}])).encode(y=alt.value(_SAMPLE * (place + 0.5)))
    line = at.mark_rule(color=mark.colour, strokeDash=list(mark.dash), strokeWidth=1.8)
    words = at.mark_text(align="left", baseline="middle", fontWeight="bold", color=colours.ink)
    return line.encode(x=alt.value(0), x2=alt.value(30)), words.encode(x=alt.value(36), text="label:N")
