"""When to start: the worth of every start month, and when the failure signals fire."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt

from reports.analysis_words import start_in_words, timing_basis
from reports.charts.costs import AMOUNT_LABELS
from reports.charts.figure import Figure
from reports.charts.theme import STRATEGIES, Look, Palette, finished, inline, layered, palette, strategy_marks
from reports.figures_format import money, money_range, month, months, percent, short_amount
from reports.wording import capitalised, fill, wording

if TYPE_CHECKING:
    from models.cost_curves import Curves
    from models.timing import Timing

_HEIGHT, _LOW = 330, 220
_SHORT_HORIZON = 24
_EARLY = 0.4
"""Share of the axis up to which words stand to the right of their line."""
_WORDS, _OVER = 17, 4
"""Pixels of a line of words above the plot, and of the room under all of them."""


def timing_curve(
    found: Timing, curves: Curves, *, width: int = 680, height: int = _HEIGHT, look: Look = "light"
) -> Figure:
    """Draw the expected worth of each start month with its P5 to P95 band, the best start and the median signal."""
    colours, currency = palette(look), curves.currency
    rows = [
        {"start": start, "mean": float(mean), "p5": float(low), "p95": float(high)}
        for start, (mean, low, high) in enumerate(zip(found.npv, found.p5, found.p95, strict=True))
    ]
    base = alt.Chart(inline(rows)).encode(x=_months(found.months, "Months before the start"))
    marks = _marks(found)
    y = alt.Y(
        "mean:Q",
        scale=alt.Scale(range=[alt.ExprRef("height"), _WORDS * len(marks) + _OVER]),
        axis=alt.Axis(
            title=f"Worth against acting only when forced, {currency}" if height >= _HEIGHT else f"Worth, {currency}",
            labelExpr=AMOUNT_LABELS,
            tickCount=6,
            domain=False,
        ),
    )
    chart = layered(
        base.mark_area(fillOpacity=0.16, color=colours.main).encode(y=alt.Y("p5:Q"), y2="p95:Q"),
        alt.Chart(inline([{"nought": 0.0}])).mark_rule(color=colours.muted).encode(y="nought:Q"),
        base.mark_line(strokeWidth=2.4, color=colours.main).encode(y=y),
        *_marked(marks, found.months, colours),
    )
    title = best_title(found, currency)
    return Figure(
        id="timing-curve",
        title=title,
        chart=finished(chart, look, width, height),
        alt=f"Line chart of the worth of starting by start month, with a band. {title}",
        header=("Start", "Expected worth", "± one standard error", "P5 to P95"),
        rows=tuple(
            (
                capitalised(start_in_words(start, found.months)),
                money(row["mean"], currency),
                short_amount(float(found.standard_error[start])),
                money_range(row["p5"], row["p95"], currency),
            )
            for start, row in enumerate(rows)
        ),
        note=f"Line: expected worth. Shaded: 5th to 95th percentile. {timing_basis(found, curves.paths)}",
    )


def _months(horizon: int, title: str) -> alt.X:
    ticks = list(range(0, horizon + 1, 12 if horizon > _SHORT_HORIZON else 6))
    return alt.X(
        "start:Q",
        scale=alt.Scale(domain=[0, horizon], nice=False),
        axis=alt.Axis(values=ticks, title=title, grid=False, domain=False),
    )


def _marks(found: Timing) -> list[dict[str, Any]]:
    """Return the best start and the median signal with their words, in the order in which they stand along the axis."""
    marks: list[dict[str, Any]] = []
    if found.best_start is not None:
        said = start_in_words(found.best_start, found.months)
        marks.append({"start": found.best_start, "label": f"Best start: {said}"})
    signal = found.signals["reactive"].p50
    if signal is not None:
        marks.append({"start": signal, "label": f"Signals: {month(signal)}"})
    return sorted(marks, key=lambda mark: mark["start"])


def _marked(marks: list[dict[str, Any]], months: int, colours: Palette) -> list[alt.Chart]:
    """Return the upright lines of the marks, and their words above the plot, a line each, that none of them crosses."""
    layers = list[alt.Chart]()
    leftwards = [mark["start"] >= _EARLY * months for mark in marks]
    rows = list(reversed(range(len(marks)))) if all(leftwards) else list(range(len(marks)))
    for mark, left, row in zip(marks, leftwards, rows, strict=True):
        base = alt.Chart(inline([mark])).encode(x="start:Q")
        below = row if len(set(leftwards)) == 1 else len(marks)
        rule = base.mark_rule(color=colours.accent, strokeDash=[4, 3], strokeWidth=1.4)
        words = base.mark_text(
            align="right" if left else "left",
            baseline="middle",
            dx=-6 if left else 6,
            fontSize=11,
            fontWeight="bold",
            color=colours.ink,
        )
        layers += [
            rule.encode(y=alt.value(_WORDS * below), y2=alt.value("height")),
            words.encode(y=alt.value(_WORDS * (row + 0.5)), text="label:N"),
        ]
    return layers


def signal_months(found: Timing, curves: Curves, *, width: int = 680, look: Look = "light") -> Figure:
    """Draw by when the failure signals have fired under each strategy."""
    colours = palette(look)
    names = [name for name in STRATEGIES if name in curves.strategies]
    words = wording().strategies
    rows = [
        {"strategy": name, "start": number, "share": float(share)}
        for name in names
        for number, share in enumerate([0.0, *curves.strategies[name].wall_probability])
    ]
    chart = layered(
        alt.Chart(inline(rows))
        .mark_line(strokeWidth=2.4, interpolate="step-after")
        .encode(
            x=_months(found.months, "Month"),
            y=alt.Y(
                "share:Q",
                scale=alt.Scale(domain=[0, 1], nice=False),
                axis=alt.Axis(title="Share of the futures", format=".0%", tickCount=5, domain=False),
            ),
            **strategy_marks(names, words, colours),
        )
    )
    title = _half(found)
    return Figure(
        id="signal-months",
        title=title,
        chart=finished(chart, look, width, _LOW),
        alt=f"Step chart: share of the futures in which the failure signals have fired, by month and course. {title}",
        header=("Course", "Fire at all", "First 5% by", "Half by", "95% by"),
        rows=tuple(
            (
                words[name],
                f"{percent(found.signals[name].probability)} within {months(found.months)}",
                month(found.signals[name].p5),
                month(found.signals[name].p50),
                month(found.signals[name].p95),
            )
            for name in names
        ),
        note=wording().charts["signals_note"],
    )


def best_title(found: Timing, currency: str) -> str:
    """Say in a line which start month is worth the most."""
    if found.best_start is None:
        return wording().charts["timing_never"]
    start, amount = start_in_words(found.best_start, found.months), money(found.best_npv, currency)
    return fill(wording().charts["timing"], start=start, amount=amount)


def _half(found: Timing) -> str:
    signal = found.signals["reactive"].p50
    return wording().charts["signals_few"] if signal is None else fill(wording().charts["signals"], month=month(signal))
