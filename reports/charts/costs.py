"""Cumulative cost by strategy, and what it is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt

from reports.charts.figure import Figure
from reports.charts.rows import Rows
from reports.charts.theme import DASHES, STRATEGIES, Look, Palette, by_width, finished, inline, layered, palette
from reports.figures_format import money, money_range, months, short_amount
from reports.wording import wording

if TYPE_CHECKING:
    from models.cost_curves import Curves

AMOUNT_LABELS = "replace(replace(format(datum.value, '~s'), 'G', 'B'), /([kMB])$/, '\u00a0$1')"
"""Labels of an axis of money, written as amounts are everywhere else: ``2.5 M``, with a space that does not break."""
_CURVES_HEIGHT, _TALL = 380, 300
"""Pixels of the chart, and from which on its axis has room for a long title."""
_GAP_SHARE = 0.065
_LABEL_WIDTH, _LAST_TICK = 150, 8
"""Pixels for the words behind the lines, and on a phone for half of the last figure of the axis."""
_CORNER = 17
"""Pixels of a line of words above the curves of a phone."""
_EDGE, _EDGE_OPACITY = 1.1, 0.75
_CATEGORY_BAR = 15
_CATEGORY_GAP = 12
_SHORT_HORIZON = 24
_HOW_TO_READ_CURVES = (
    "Lines: expected (mean) cumulative cost in present value. Shaded, between thin lines: from the 5th to the "
    "95th percentile of each month. Lines differ in dash as well as in colour."
)
_HOW_TO_READ_CATEGORIES = "Expected (mean) present value over the whole horizon."


def cost_curves(curves: Curves, *, width: int = 680, height: int = _CURVES_HEIGHT, look: Look = "light") -> Figure:
    """Draw the expected cumulative cost of each strategy with its P5 to P95 band."""
    colours = palette(look)
    names = [name for name in STRATEGIES if name in curves.strategies]
    rows = [row for name in names for row in _curve_rows(curves, name)]
    y = alt.Y(
        "mean:Q",
        scale=alt.Scale(range=[alt.ExprRef("height"), _top(len(names), look)]),
        axis=alt.Axis(
            title=f"Cumulative cost, {curves.currency}" + (", present value" if height >= _TALL else ""),
            labelExpr=AMOUNT_LABELS,
            tickCount=6,
            domain=False,
        ),
    )
    ticks = list(range(0, curves.months + 1, 12 if curves.months > _SHORT_HORIZON else 6))
    x = alt.X(
        "month:Q",
        scale=alt.Scale(domain=[0, curves.months], range=[0, _end(look)], nice=False),
        axis=alt.Axis(values=ticks, title="Month", grid=False, domain=False),
    )
    base = alt.Chart(inline(rows)).encode(x=x)
    colour = alt.Color("strategy:N", scale=_colours(names, colours), legend=None)
    dash = alt.StrokeDash(
        "strategy:N", scale=alt.Scale(domain=names, range=[DASHES[name] for name in names]), legend=None
    )
    edge = base.mark_line(strokeWidth=_EDGE, strokeOpacity=_EDGE_OPACITY)
    chart = layered(
        base.mark_area(fillOpacity=0.13).encode(y=alt.Y("p5:Q"), y2="p95:Q", color=colour),
        *(edge.encode(y=f"{end}:Q", color=colour, strokeDash=dash) for end in ("p5", "p95")),
        base.mark_line(strokeWidth=2.4).encode(y=y, color=colour, strokeDash=dash),
        *_end_labels(curves, names, colours, look),
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


def _end(look: Look) -> alt.ExprRef:
    """Return where the data end, with room for the labels behind them; on a phone the labels stand elsewhere."""
    room = f"width - {_LABEL_WIDTH}"
    return alt.ExprRef(room) if look == "print" else by_width(f"width - {_LAST_TICK}", room)


def _top(courses: int, look: Look) -> alt.ExprRef:
    """Return where the data begin: on a phone below the words of the courses."""
    return alt.ExprRef("0") if look == "print" else by_width(str(_CORNER * courses + _CORNER // 2), "0")


def _colours(names: list[str], colours: Palette) -> alt.Scale:
    return alt.Scale(domain=names, range=[colours.strategy(name) for name in names])


def _end_labels(curves: Curves, names: list[str], colours: Palette, look: Look) -> list[alt.Chart]:
    """Return the direct labels at the line ends, moved apart so that none covers another.

    On a phone they stand above the curves, each beside a piece of its line.
    """
    ends = {name: float(curves.strategies[name].cumulative.mean[-1]) for name in names}
    top = max(float(curves.strategies[name].cumulative.p95[-1]) for name in names)
    places = spread_out(ends, _GAP_SHARE * max(top, 1.0))
    words = wording().strategies
    labels = {name: f"{words[name]}: {short_amount(ends[name])}" for name in names}
    rows = [
        {"strategy": name, "month": curves.months, "end": places[name], "label": labels[name], "nothing": ""}
        for name in names
    ]
    text = alt.ExprRef("datum.label") if look == "print" else by_width("datum.nothing", "datum.label")
    at_ends = (
        alt.Chart(inline(rows))
        .mark_text(align="left", dx=6, fontWeight="bold", fontSize=11, text=text)
        .encode(x="month:Q", y="end:Q", color=alt.Color("strategy:N", scale=_colours(names, colours), legend=None))
    )
    highest = sorted(names, key=lambda name: -ends[name])
    corner = [] if look == "print" else [_in_corner(name, labels[name], at, colours) for at, name in enumerate(highest)]
    return [at_ends, *(layer for pair in corner for layer in pair)]


def _in_corner(name: str, label: str, place: int, colours: Palette) -> tuple[alt.Chart, alt.Chart]:
    """Return a piece of a line and its words, above the curves of a phone's chart."""
    y, base = alt.value(8 + _CORNER * place), alt.Chart(inline([{"label": label, "nothing": ""}]))
    sample = base.mark_rule(
        color=colours.strategy(name), strokeDash=DASHES[name], strokeWidth=by_width("2.4", "0")
    ).encode(x=alt.value(6), x2=alt.value(34), y=y)
    words = base.mark_text(
        align="left", fontWeight="bold", color=colours.strategy(name), text=by_width("datum.label", "datum.nothing")
    ).encode(x=alt.value(40), y=y)
    return sample, words


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
    categories = _categories(curves)
    body = _CATEGORY_BAR * len(names) + _CATEGORY_GAP
    rows = Rows(tuple(wording().categories[category] for category in categories), width, body, look)
    bars = [
        _bar(curves, category, name, rows.top(place) + _CATEGORY_BAR * number)
        for place, category in enumerate(categories)
        for number, name in enumerate(names)
    ]
    title = category_sentence(curves)
    return Figure(
        id="cost-categories",
        title=title,
        chart=finished(_bars(curves, rows, bars, colours), look, width, rows.height, exact=True),
        alt=f"Grouped bars: expected cost by category and strategy. {title}",
        header=("Category", *(wording().strategies[name] for name in names)),
        rows=tuple(
            (
                wording().categories[category],
                *(money(_category_total(curves, name, category), curves.currency) for name in names),
            )
            for category in categories
        ),
        note=_HOW_TO_READ_CATEGORIES,
    )


def _bar(curves: Curves, category: str, name: str, top: float) -> dict[str, Any]:
    amount = _category_total(curves, name, category)
    label = f"{wording().strategies[name]}: {short_amount(amount)}"
    places = {"top": top, "foot": top + _CATEGORY_BAR - 1, "middle": top + _CATEGORY_BAR / 2}
    return {"strategy": name, "nought": 0.0, "amount": amount, "end": max(amount, 0.0), "label": label, **places}


def _bars(curves: Curves, rows: Rows, bars: list[dict[str, Any]], colours: Palette) -> alt.LayerChart:
    amounts = [bar["amount"] for bar in bars]
    axis = alt.Axis(
        title=f"{curves.currency}, present value", labelExpr=AMOUNT_LABELS, tickCount=4, domain=False, grid=False
    )
    domain, room = [min(0.0, *amounts), max(1.0, *amounts)], alt.ExprRef(f"width - {_LABEL_WIDTH}")
    scale = alt.Scale(domain=domain, range=[0, room], nice=False)
    names = list(dict.fromkeys(bar["strategy"] for bar in bars))
    colour = alt.Color("strategy:N", scale=_colours(names, colours), legend=None)
    base = alt.Chart(inline(bars))
    x = alt.X("nought:Q", scale=scale, axis=axis)
    return layered(
        base.mark_rect().encode(x=x, x2="amount:Q", y=rows.y("top"), y2="foot:Q", color=colour),
        base.mark_text(align="left", dx=5, fontSize=10.5, color=colours.ink).encode(
            x=alt.X("end:Q", scale=scale, axis=axis), y=rows.y("middle"), text="label:N"
        ),
        rows.words(colours, bold=True),
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
            category=wording().categories[largest].lower(),
            strategy=f"\u201c{wording().strategies[name]}\u201d",
            amount=money(totals[largest], curves.currency),
            total=money(curves.strategies[name].total_cost.mean, curves.currency),
        )
    )
