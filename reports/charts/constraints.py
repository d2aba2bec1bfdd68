"""How much each part of the wall takes from each dimension's ceiling."""

from __future__ import annotations

from typing import Any

import altair as alt

from assessment.questionnaire import Questionnaire, WallFactor
from assessment.scores import FactorScore, Scores
from reports.charts.figure import Figure
from reports.charts.theme import Look, Marks, Palette, finished, inline, layered, palette
from reports.figures_format import DASH, RANGE_ONLY, format_severity, rounded
from reports.wording import dimension_title, factor_title, wording

_ROW_HEIGHT = 46
_SHADES = (0, 60, 75, 100)
_DARK_FROM = 67
_CHARACTER = 6.4
_HOW_TO_READ = (
    "Each cell: the cap (0 to 100) that the constraint alone sets on the dimension; a stronger tint takes more. "
    "\u201cBinding\u201d, with a heavy outline, marks the lowest cap, which is the dimension's ceiling."
)


def constraint_map(questionnaire: Questionnaire, scores: Scores, *, width: int = 680, look: Look = "light") -> Figure:
    """Draw constraint by dimension, shaded by the points that the constraint takes, with the binding one marked."""
    rows = [
        _cell(factor, scores.factors[factor.id], dimension.id, dimension.short, scores)
        for factor in questionnaire.wall_factors
        for dimension in questionnaire.dimensions
    ]
    colours = palette(look)
    title = constraint_sentence(questionnaire, scores)
    return Figure(
        id="constraints",
        title=title,
        chart=finished(_layers(rows, colours, width), look, width, _ROW_HEIGHT * len(questionnaire.wall_factors) + 48),
        alt=f"Table of shaded cells: one row a constraint, one column a dimension. {title}",
        header=("Constraint", "Severity (0 to 1)", *(item.short for item in questionnaire.dimensions)),
        rows=tuple(_table_row(questionnaire, factor, scores) for factor in questionnaire.wall_factors),
        note=_HOW_TO_READ,
    )


def _layers(rows: list[dict[str, Any]], colours: Palette, width: int) -> alt.LayerChart:
    names = list(dict.fromkeys(row["factor"] for row in rows))
    columns = list(dict.fromkeys(row["dimension"] for row in rows))
    axis: Marks = {"title": None, "domain": False, "ticks": False, "labelFontSize": 11.5}
    left = int(min(width * 0.42, max(len(name) for name in names) * _CHARACTER + 12))
    base = alt.Chart(inline(rows)).encode(
        y=alt.Y("factor:N", sort=names, axis=alt.Axis(labelLimit=left, **axis)),
        x=alt.X("dimension:N", sort=columns, axis=_heads(columns, (width - left) // len(columns) - 4)),
    )
    shade = alt.Color(
        "taken:Q", scale=alt.Scale(domain=list(_SHADES), range=list(colours.scale), interpolate="rgb"), legend=None
    )
    dark = f"datum.taken >= {_DARK_FROM}"
    words = alt.condition(dark, alt.value(colours.on_main), alt.value(colours.ink))
    binding = base.transform_filter("datum.binding")
    return layered(
        base.mark_rect(stroke=colours.grid, strokeWidth=1).encode(color=shade),
        binding.mark_rect(fillOpacity=0, stroke=colours.ink, strokeWidth=2.5),
        base.transform_filter("!datum.binding").mark_text(fontSize=12).encode(text="label:N", color=words),
        binding.mark_text(fontSize=12.5, fontWeight="bold", dy=-7).encode(text="label:N", color=words),
        binding.mark_text(fontSize=10, dy=9).encode(text=alt.value("binding"), color=words),
    )


def _heads(columns: list[str], room: int) -> alt.Axis:
    """Return the axis of the column heads, a word a line where a head is wider than its column."""
    narrow = max(len(name) for name in columns) * _CHARACTER > room
    return alt.Axis(
        title=None,
        domain=False,
        ticks=False,
        orient="top",
        labelAngle=0,
        labelLimit=room + 4,
        labelFontSize=9 if narrow else 11.5,
        labelPadding=17 if narrow else 6,
        labelBaseline="bottom",
        labelExpr="split(datum.label, ' ')" if narrow else "datum.label",
    )


def _cell(factor: WallFactor, found: FactorScore, dimension: str, short: str, scores: Scores) -> dict[str, Any]:
    cap = found.caps.get(dimension)
    known = found.applicable and found.severity.shown and cap is not None
    return {
        "factor": factor.title,
        "dimension": short,
        "taken": 100 - cap if known and cap is not None else 0.0,
        "label": _cap_text(found, cap),
        "binding": scores.dimensions[dimension].binding_constraint == factor.id,
    }


def _cap_text(found: FactorScore, cap: float | None) -> str:
    if not found.applicable or cap is None:
        return DASH
    return rounded(cap) if found.severity.shown else RANGE_ONLY


def _table_row(questionnaire: Questionnaire, factor: WallFactor, scores: Scores) -> tuple[str, ...]:
    found = scores.factors[factor.id]
    caps = (
        _cap_text(found, found.caps.get(item.id))
        + (" (binding)" if scores.dimensions[item.id].binding_constraint == factor.id else "")
        for item in questionnaire.dimensions
    )
    return (factor.title, format_severity(found.severity), *caps)


def constraint_sentence(questionnaire: Questionnaire, scores: Scores) -> str:
    """Say which constraint takes the most from which dimension."""
    texts = wording().charts
    taken = [
        (100 - cap, factor, dimension)
        for factor, found in scores.factors.items()
        if found.applicable and found.severity.shown
        for dimension, cap in found.caps.items()
        if cap is not None
    ]
    points, factor, dimension = max(taken, key=lambda item: item[0], default=(0.0, "", ""))
    if points <= 0:
        open_ = any(found.applicable and not found.severity.shown for found in scores.factors.values())
        return texts["heat_unknown" if open_ else "heat_none"]
    return texts["heat"].format(
        factor=factor_title(questionnaire, factor),
        points=rounded(points),
        dimension=dimension_title(questionnaire, dimension),
    )
