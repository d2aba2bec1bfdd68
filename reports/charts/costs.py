"""Cumulative cost by strategy, and what it is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt

from reports.charts.figure import Figure
from reports.charts.theme import DASHES, STRATEGIES, Look, Palette, finished, inline, layered, palette
from reports.figures_format import money, money_range, months, short_amount
from reports.wording import capitalised, wording

if TYPE_CHECKING:
    from models.cost_curves import Curves

AMOUNT_LABELS = "replace(format(datum.value, '~s'), 'G', 'B')"
_CURVES_HEIGHT = 380
_GAP_SHARE = 0.065
_LABEL_WIDTH = 150
_AXIS_WIDTH = 70
_CATEGORY_WIDTH = 132
_SHORT_HORIZON = 24
_HOW_TO_READ_CURVES = (
    "Lines: expected (mean) cumulative cost in present value. Shaded: from the 5th to the 95th percentile of each "
    "month. Lines differ in dash as well as in colour."
)
_HOW_TO_READ_CATEGORIES = "Expected (mean) present value over the whole horizon."


def cost_curves(curves: Curves, *, width: int = 680, height: int = _CURVES_HEIGHT, look: Look = "light") -> Figure:
    """Draw the expected cumulative cost of each strategy with its P5 to P95 band."""
    colours = palette(look)
    names = [name for name in STRATEGIES if name in curves.strategies]
    rows = [row for name in names for row in _curve_rows(curves, name)]
    y = alt.Y(
        "mean:Q",
        axis=alt.Axis(
            title=f"Cumulative cost, {curves.currency}, present value",
            labelExpr=AMOUNT_LABELS,
            tickCount=6,
            domain=False,
        ),
    )
    ticks = list(range(0, curves.months + 1, 12 if curves.months > _SHORT_HORIZON else 6))
    x = alt.X(
        "month:Q",
        scale=alt.Scale(domain=[0, curves.months * _room(width)], nice=False),
        axis=alt.Axis(values=ticks, title="Month", grid=False, domain=False),
    )
    base = alt.Chart(inline(rows)).encode(x=x)
    colour = alt.Color("strategy:N", scale=_colours(names, colours), legend=None)
    dash = alt.StrokeDash(
        "strategy:N", scale=alt.Scale(domain=names, range=[DASHES[name] for name in names]), legend=None
    )
    chart = layered(
        base.mark_area(fillOpacity=0.13).encode(y=alt.Y("p5:Q"), y2="p95:Q", color=colour),
        base.mark_line(strokeWidth=2.4).encode(y=y, color=colour, strokeDash=dash),
        *_end_labels(curves, names, colours),
    )
    title = cost_sentence(curves)
    return Figure(
        id="cost-curves",
        title=title,
        chart=finished(chart, look, width, height),
        alt=f"Line chart of cumulative cost over {months(curves.months)} by strategy, with bands. {title}",
        header=("Strategy", "Expected cost", "P5 to P95"),
        rows=tuple(_total_row(curves, name) for name in names),
        note=_HOW_TO_READ_CURVES,
    )


def _curve_rows(curves: Curves, name: str) -> list[dict[str, Any]]:
    bands = curves.strategies[name].cumulative
    start = {"strategy": name, "month": 0, "mean": 0.0, "p5": 0.0, "p95": 0.0}
    triples = zip(bands.mean, bands.p5, bands.p95, strict=True)
    return [
        start,
        *(
            {"strategy": name, "month": month, "mean": float(mean), "p5": float(low), "p95": float(high)}
            for month, (mean, low, high) in enumerate(triples, 1)
        ),
    ]


def _room(width: int, axis: int = _AXIS_WIDTH) -> float:
    """Return by how much an axis is longer than its data, to leave room for the labels at the ends of the marks."""
    return 1 / (1 - min(0.6, _LABEL_WIDTH / max(1, width - axis)))


def _colours(names: list[str], colours: Palette) -> alt.Scale:
    return alt.Scale(domain=names, range=[colours.strategy(name) for name in names])


def _end_labels(curves: Curves, names: list[str], colours: Palette) -> list[alt.Chart]:
    """Return the direct labels at the line ends, moved apart so that none covers another."""
    ends = {name: float(curves.strategies[name].cumulative.mean[-1]) for name in names}
    top = max(float(curves.strategies[name].cumulative.p95[-1]) for name in names)
    places = spread_out(ends, _GAP_SHARE * max(top, 1.0))
    words = wording().strategies
    rows = [
        {
            "strategy": name,
            "month": curves.months,
            "end": places[name],
            "label": f"{words[name]}: {short_amount(ends[name])}",
        }
        for name in names
    ]
    return [
        alt.Chart(inline(rows))
        .mark_text(align="left", dx=6, fontWeight="bold", fontSize=11)
        .encode(
            x="month:Q",
            y="end:Q",
            text="label:N",
            color=alt.Color("strategy:N", scale=_colours(names, colours), legend=None),
        )
    ]


def spread_out(values: dict[str, float], gap: float) -> dict[str, float]:
    """Return the values moved apart to at least ``gap``, each as little as the ones below it ask."""
    placed: dict[str, float] = {}
    last = float("-inf")
    for name in sorted(values, key=lambda item: (values[item], item)):
        last = max(values[name], last + gap)
        placed[name] = last
    excess = max((placed[name] - values[name] for name in values), default=0.0) / 2
    return {name: place - excess for name, place in placed.items()}


def _total_row(curves: Curves, name: str) -> tuple[str, ...]:
    total = curves.strategies[name].total_cost
    return (
        wording().strategies[name],
        money(total.mean, curves.currency),
        money_range(total.p5, total.p95, curves.currency),
    )


def cost_sentence(curves: Curves) -> str:
    """Say which strategy is expected to cost least and which most by the end of the horizon."""
    ends = {name: found.total_cost.mean for name, found in curves.strategies.items()}
    low, high = min(ends, key=lambda name: ends[name]), max(ends, key=lambda name: ends[name])
    words = wording().strategies
    return (
        wording()
        .charts["costs"]
        .format(
            months=curves.months,
            cheapest=f"\u201c{words[low]}\u201d",
            cheapest_cost=money(ends[low], curves.currency),
            dearest=f"\u201c{words[high]}\u201d",
            dearest_cost=money(ends[high], curves.currency),
        )
    )


def cost_categories(curves: Curves, *, width: int = 680, look: Look = "light") -> Figure:
    """Draw the expected cost of each category, one bar a strategy, every bar labelled in words."""
    colours = palette(look)
    names = [name for name in STRATEGIES if name in curves.strategies]
    rows = [
        {
            "category": wording().categories[category],
            "strategy": name,
            "amount": _category_total(curves, name, category),
            "label": f"{wording().strategies[name]}: {short_amount(_category_total(curves, name, category))}",
        }
        for category in _categories(curves)
        for name in names
    ]
    title = category_sentence(curves)
    return Figure(
        id="cost-categories",
        title=title,
        chart=finished(_bars(curves, rows, names, colours, width), look, width, 57 * len(_categories(curves)) + 40),
        alt=f"Grouped bars: expected cost by category and strategy. {title}",
        header=("Category", *(wording().strategies[name] for name in names)),
        rows=tuple(
            (
                wording().categories[category],
                *(money(_category_total(curves, name, category), curves.currency) for name in names),
            )
            for category in _categories(curves)
        ),
        note=_HOW_TO_READ_CATEGORIES,
    )


def _bars(curves: Curves, rows: list[dict[str, Any]], names: list[str], colours: Palette, width: int) -> alt.LayerChart:
    top = max((row["amount"] for row in rows), default=1.0)
    x = alt.X(
        "amount:Q",
        scale=alt.Scale(
            domain=[min(0.0, *(row["amount"] for row in rows)), max(top, 1.0) * _room(width, _CATEGORY_WIDTH)],
            nice=False,
        ),
        axis=alt.Axis(title=f"{curves.currency}, present value", labelExpr=AMOUNT_LABELS, tickCount=5, domain=False),
    )
    order = list(dict.fromkeys(row["category"] for row in rows))
    base = alt.Chart(inline(rows)).encode(
        y=alt.Y(
            "category:N",
            sort=order,
            scale=alt.Scale(paddingInner=0.28),
            axis=alt.Axis(title=None, domain=False, ticks=False, labelFontSize=12),
        ),
        yOffset=alt.YOffset("strategy:N", sort=names),
        x=x,
    )
    colour = alt.Color("strategy:N", scale=_colours(names, colours), legend=None)
    return layered(
        base.mark_bar(stroke=colours.ground, strokeWidth=0.6).encode(color=colour),
        base.mark_text(align="left", dx=5, fontSize=10.5, color=colours.ink).encode(text="label:N"),
    )


def _categories(curves: Curves) -> list[str]:
    known = list(wording().categories)
    return [name for name in known if any(name in found.categories for found in curves.strategies.values())]


def _category_total(curves: Curves, strategy: str, category: str) -> float:
    monthly = curves.strategies[strategy].categories.get(category)
    return 0.0 if monthly is None else float(sum(monthly))


def category_sentence(curves: Curves) -> str:
    """Say what the largest expected cost of acting only when forced is."""
    name = "reactive" if "reactive" in curves.strategies else next(iter(curves.strategies))
    totals = {category: _category_total(curves, name, category) for category in _categories(curves)}
    largest = max(totals, key=lambda category: totals[category])
    return (
        wording()
        .charts["categories"]
        .format(
            category=capitalised(wording().categories[largest]),
            strategy=f"\u201c{wording().strategies[name]}\u201d",
            amount=money(totals[largest], curves.currency),
            total=money(curves.strategies[name].total_cost.mean, curves.currency),
        )
    )
