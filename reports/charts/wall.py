"""Throughput over load: what was measured, the fitted curve with its band, its peak, and today's demand."""

from __future__ import annotations

import math
from typing import Any

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
_NARROW = 500
_ABOVE = 1.06
_LOW_SHARE = 0.15
_HALF = 0.5


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
        chart=finished(_layers(fit, wall, end, colours, peak=shown, width=width), look, width, _HEIGHT),
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


def _layers(fit: UslFit, wall: Wall | None, end: float, colours: Palette, *, peak: bool, width: int) -> alt.LayerChart:
    x = alt.X("load:Q", scale=alt.Scale(domain=[0, end], nice=False), axis=_axis("Load: users or requests at a time"))
    rows = _curve_rows(fit, end)
    top = _ABOVE * _top(fit, wall, rows)
    y = alt.Y("throughput:Q", scale=alt.Scale(domain=[0, top], nice=False), axis=_axis("Served, per second"))
    curve = alt.Chart(inline(rows)).encode(x=x)
    points = alt.Chart(inline([{"load": n, "throughput": t} for n, t in _pairs(fit)])).encode(x=x, y=y)
    drawn: list[alt.Chart] = [
        curve.mark_area(color=colours.accent, fillOpacity=0.16, clip=True).encode(
            y=alt.Y("low:Q", axis=_axis("Served, per second")), y2="high:Q"
        ),
        curve.mark_line(color=colours.main, strokeWidth=2.4).encode(y=y),
        points.mark_point(
            shape="circle", size=70, filled=True, fill=colours.ground, stroke=colours.ink, strokeWidth=2, opacity=1
        ),
    ]
    room = width >= _NARROW
    if peak:
        drawn += _upright(fit, colours, x, y, room=room, leftwards=_leftwards(fit, end))
    elif math.isfinite(fit.limit):
        drawn += _level(fit.limit, f"Most it can reach: {plain(fit.limit)}", colours.main, [2, 3], end)
    if wall is not None:
        words = ("Today's peak demand: " if room else "Demand today: ") + plain(wall.demand.p50)
        inside = peak and _LOW_SHARE < wall.demand.p50 / fit.limit < 1.0  # room under the curve, beside the peak
        place, leftwards = (fit.peak_load, _leftwards(fit, end)) if inside else (end, True)
        drawn += _level(wall.demand.p50, words, colours.reactive, [8, 4], place, leftwards=leftwards)
    return layered(*drawn)


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


def _leftwards(fit: UslFit, end: float) -> bool:
    """Say whether words at the peak go to its left, since there is no room to its right."""
    return fit.peak_load > _HALF * end


def _upright(fit: UslFit, colours: Palette, x: alt.X, y: alt.Y, *, room: bool, leftwards: bool) -> list[alt.Chart]:
    """Return the line at the peak load, with its words at the foot."""
    load, most = float(fit.peak_load), float(fit.limit)
    words = f"Peak: {plain(most)} at a load of {plain(load)}" if room else f"Peak: {plain(most)} at {plain(load)}"
    at = alt.Chart(inline([{"load": load, "throughput": most, "foot": 0.0, "label": words}])).encode(x=x)
    return [
        at.mark_rule(color=colours.main, strokeDash=[2, 3], strokeWidth=1.6).encode(y=y, y2="foot:Q"),
        at.mark_text(
            align="right" if leftwards else "left",
            baseline="bottom",
            dx=-6 if leftwards else 6,
            dy=-6,
            color=colours.ink,
            fontWeight="bold",
        ).encode(y=alt.Y("foot:Q"), text="label:N"),
    ]


def _level(
    value: float, words: str, colour: str, dash: list[int], load: float, *, leftwards: bool = True
) -> list[alt.Chart]:
    """Return a level line across the chart, with its words above it, up to a load or from it on."""
    at = alt.Chart(inline([{"throughput": float(value), "load": load, "label": words}])).encode(y="throughput:Q")
    return [
        at.mark_rule(color=colour, strokeDash=dash, strokeWidth=1.8),
        at.mark_text(
            align="right" if leftwards else "left",
            baseline="bottom",
            dx=-4 if leftwards else 6,
            dy=-4,
            color=colour,
            fontWeight="bold",
        ).encode(x="load:Q", text="label:N"),
    ]
