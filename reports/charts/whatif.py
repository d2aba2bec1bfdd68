"""What a course is made of month by month, and what waiting costs; the case as it stands is a ghost."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import altair as alt
import numpy as np

from models.distributions import FloatArray
from models.whatif_run import Waiting, WhatIf
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
from reports.charts.theme import NARROW, Look, Palette, by_width, finished, layered, palette
from reports.figures_format import DASH, money, months, short_amount
from reports.wording import capitalised, fill, listed, wording

_TABLE_EVERY = 6
_LETTER, _GAP = 5.8, 10
"""Width of a letter of an end label and the gap around it, in pixels; :data:`_AMOUNT` stands for any amount."""
_AMOUNT = ": 2.37 M"
_LEAST_LABELLED, _LABEL_SHARE = 0.05, 0.065
"""Shares of the axis: of an area that surely has room for its name, and of a line of words."""
_LABELS = "labels"
_DOT = 7
"""Pixels across the dot of a start."""


def category_chart(
    found: WhatIf, base: WhatIf | None = None, *, strategy: str = "reactive", width: int = 680, look: Look = "light"
) -> Plotted:
    """Draw the mean cumulative cost of one course, its categories stacked; means add up, and percentiles would not."""
    horizon, names = found.curves.months, wording().categories
    parts = _cumulative(found, strategy)
    total = np.sum(list(parts.values()), axis=0)
    before = None if base is None else np.sum(list(_cumulative(base, strategy).values()), axis=0)
    rows = [
        {"month": at, "category": names[name], "order": place, "amount": amount}
        for place, (name, line) in enumerate(parts.items())
        for at, amount in enumerate([0.0, *line.tolist()])
    ]
    numbers = {
        ROWS: rows,
        GHOST_ROWS: ghost_rows(before, horizon),
        _LABELS: _end_labels(parts, horizon, 0.0 if before is None else float(np.max(before))),
    }
    template = _category_template(tuple(parts), horizon, found.curves.currency, width, look)
    title = _category_sentence(found, parts, before, strategy)
    table = [
        (str(at + 1), *(short_amount(float(line[at])) for line in parts.values()), short_amount(float(total[at])))
        for at in range(_TABLE_EVERY - 1, horizon, _TABLE_EVERY)
    ]
    figure = Figure(
        id="what-if-categories",
        title=title,
        chart=template.filled(numbers),
        alt=f"Stacked areas: mean cumulative cost by category and month. {title}",
        header=("Month", *(capitalised(names[name]) for name in parts), "Together"),
        rows=tuple(table),
        note=noted("categories_note", "ghost_note" if base is not None else ""),
    )
    sheet = tuple(
        (at + 1, *(float(line[at]) for line in parts.values()), float(total[at]), _at(before, at))
        for at in range(horizon)
    )
    return Plotted(figure, ("month", *parts, "together", "together_as_it_stands"), sheet, template, numbers)


@lru_cache(maxsize=32)
def _category_template(parts: tuple[str, ...], horizon: int, currency: str, width: int, look: Look) -> Template:
    colours = palette(look)
    domain = [wording().categories[name] for name in parts]
    colour = alt.Color("category:N", scale=alt.Scale(domain=domain, range=_fills(colours)[: len(domain)]), legend=None)
    narrow, wide = _label_room(domain, in_full=False), _label_room(domain, in_full=True)
    x = months_axis(horizon, room=f"(width < {NARROW} ? {narrow} : {wide})")
    y = money_axis("amount", f"Cumulative cost, {currency}, present value")
    areas = alt.Chart(named(ROWS)).mark_area(stroke=colours.ground, strokeWidth=0.8)
    text = alt.Chart(named(_LABELS)).mark_text(
        align="left", dx=5, fontSize=10.5, color=colours.ink, text=by_width("datum.name", "datum.label")
    )
    chart = layered(
        areas.encode(x=x, y=y.stack("zero"), color=colour, order=alt.Order("order:Q")),
        ghost_line(colours),
        text.encode(x="month:Q", y="place:Q"),
    )
    return Template.of(finished(chart, look, width, HEIGHT))


def _label_room(names: list[str], *, in_full: bool) -> int:
    """Return the pixels that the longest end label takes."""
    letters = max(len(name) for name in names) + len(_AMOUNT) * in_full
    return round(letters * _LETTER + _GAP)


def _cumulative(found: WhatIf, strategy: str) -> dict[str, FloatArray]:
    categories = found.curves.strategies[strategy].categories
    return {name: np.cumsum(categories[name]) for name in wording().categories if name in categories}


def _at(line: FloatArray | None, place: int) -> float | None:
    return None if line is None or place >= line.size else float(line[place])


def _fills(colours: Palette) -> list[str]:
    """Return the fills, light beside dark, so that neighbours differ in lightness."""
    return [colours.main, colours.scale[1], colours.accent, colours.grid, colours.reactive, colours.muted]


def _end_labels(parts: dict[str, FloatArray], horizon: int, highest: float = 0.0) -> list[dict[str, Any]]:
    """Return each category's name at its end, also with its amount.

    One that is thinner than its name has it where no other stands in the way, and else stands in the table alone.
    """
    sizes = {name: float(line[-1]) for name, line in parts.items()}
    tops = dict(zip(sizes, np.cumsum(list(sizes.values())).tolist(), strict=True))
    places = {name: tops[name] - size / 2 for name, size in sizes.items() if size > 0.0}
    total = sum(sizes.values())
    shown = {name for name in places if sizes[name] > _LEAST_LABELLED * total}
    apart = _LABEL_SHARE * max(total, highest)
    for name, place in places.items():
        if all(abs(place - places[other]) >= apart for other in shown):
            shown.add(name)
    titles = {name: wording().categories[name] for name in shown}
    return [
        {
            "month": horizon,
            "place": places[name],
            "name": titles[name],
            "label": f"{titles[name]}: {short_amount(sizes[name])}",
        }
        for name in parts
        if name in shown
    ]


def _category_sentence(found: WhatIf, parts: dict[str, FloatArray], before: FloatArray | None, strategy: str) -> str:
    currency = found.curves.currency
    ends = {name: float(line[-1]) for name, line in parts.items()}
    largest = max(ends, key=lambda name: ends[name])
    text = fill(
        wording().whatif["categories"],
        strategy=f"\u201c{wording().strategies[strategy]}\u201d",
        total=money(sum(ends.values()), currency),
        months=months(found.curves.months),
        category=wording().categories[largest].lower(),
        amount=money(ends[largest], currency),
    )
    ghosted = "" if before is None else fill(wording().whatif["before"], before=money(float(before[-1]), currency))
    return f"{text} {ghosted}".strip()


def waiting_chart(waiting: Waiting, base: Waiting | None = None, *, width: int = 680, look: Look = "light") -> Plotted:
    """Draw E NPV by start month with two standard errors; the line at nought is never to start."""
    last, rows = waiting.months[-1], _starts(waiting)
    ghosts = [] if base is None else [row for row in _starts(base) if row["month"] <= last]
    numbers = {ROWS: rows, GHOST_ROWS: ghosts}
    template = _waiting_template(last, waiting.currency, width, look)
    title = waiting_sentence(waiting)
    figure = Figure(
        id="what-if-waiting",
        title=title,
        chart=template.filled(numbers),
        alt=f"Line: expected worth by the month in which the programme starts. {title}",
        header=("Start", "Expected net present value", "Standard error"),
        rows=(
            *((_start(row["month"]), short_amount(row["npv"]), short_amount(row["error"])) for row in rows),
            ("never", "0", DASH),
        ),
        note=noted(
            "waiting_note",
            _errors_note(rows, ghosts),
            "ghost_note" if ghosts else "",
            paths=f"{waiting.paths:,}",
            starts=listed([str(start) for start in waiting.months]),
        ),
    )
    ghosted = {row["month"]: row["npv"] for row in ghosts}
    sheet = tuple((row["month"], row["npv"], row["error"], ghosted.get(row["month"])) for row in rows)
    return Plotted(figure, ("start_month", "npv_mean", "standard_error", "npv_as_it_stands"), sheet, template, numbers)


@lru_cache(maxsize=32)
def _waiting_template(last: int, currency: str, width: int, look: Look) -> Template:
    colours = palette(look)
    y = money_axis("npv", f"Expected net present value, {currency}")
    drawn = alt.Chart(named(ROWS)).encode(x=months_axis(last, "Months until the programme starts"))
    chart = layered(
        nought(colours),
        drawn.mark_line(color=colours.main, strokeWidth=2.2).encode(y=y),
        drawn.mark_rule(color=colours.main, strokeWidth=1.4).encode(y="low:Q", y2="high:Q"),
        drawn.mark_point(filled=True, size=_DOT * _DOT, color=colours.main, opacity=1).encode(y="npv:Q"),
        ghost_line(colours, "npv"),
    )
    return Template.of(finished(chart, look, width, HEIGHT))


def _errors_note(rows: list[dict[str, Any]], ghosts: list[dict[str, Any]]) -> str:
    """Return the note of the short lines, by whether any of them is longer than the dot that it stands behind."""
    values = [0.0, *(row["npv"] for row in (*rows, *ghosts))]
    pixel = (max(values) - min(values)) / HEIGHT
    seen = any(2 * row["error"] > _DOT / 2 * pixel for row in rows)
    return "errors_note" if seen else "errors_note_hidden"


def _starts(waiting: Waiting) -> list[dict[str, Any]]:
    triples = zip(waiting.months, waiting.npv.tolist(), waiting.standard_error.tolist(), strict=True)
    return [
        {"month": start, "npv": npv, "error": error, "low": npv - 2 * error, "high": npv + 2 * error}
        for start, npv, error in triples
    ]


def waiting_sentence(waiting: Waiting) -> str:
    """Say which start is worth most, and what the last one costs against it."""
    texts, currency, best = wording().whatif, waiting.currency, waiting.best
    worth, last = float(waiting.npv[best]), float(waiting.npv[-1])
    text = texts["waiting"] if worth > 0.0 else texts["waiting_never"]
    if worth > 0.0 and best == len(waiting.months) - 1:
        text = texts["waiting_last"]
    return fill(
        text,
        best=_start(waiting.months[best]),
        worth=money(worth, currency),
        last=_start(waiting.months[-1]),
        loss=money(worth - last, currency),
    )


def _start(start: int) -> str:
    return "now" if start == 0 else f"after {months(start)}"
