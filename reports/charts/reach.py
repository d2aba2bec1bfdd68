"""Effective maturity by quarter with its range, beside the target of each dimension."""

from __future__ import annotations

from typing import Any

import altair as alt

from assessment.questionnaire import Questionnaire
from models.outlook import Outlook
from models.plan import MONTHS_PER_QUARTER
from reports.charts.figure import Figure
from reports.charts.quarters import quarter_axis, shaded_quarters
from reports.charts.short_names import spelled_out
from reports.charts.theme import Look, Marks, Palette, finished, inline, layered, palette
from reports.figures_format import DASH, percent, rounded
from reports.wording import fill, wording

_PANEL, _TITLE, _GAP = 50, 20, 8
"""Heights in pixels: a dimension's points from 0 to 100, its title, the room under it."""
_SURE, _BAND = 0.8, 0.38


def reach(questionnaire: Questionnaire, found: Outlook, *, width: int = 680, look: Look = "light") -> Figure:
    """Draw each dimension's effective maturity at the end of each quarter, P10 to P90, with its target.

    Args:
        questionnaire: for the names of the dimensions.
        found: an outlook with targets.
        width: of the whole chart in pixels.
        look: light, dark or print.
    """
    drawn = [item for item in questionnaire.dimensions if item.id in found.targets]
    names = {item.id: item.short for item in drawn}
    title = reach_sentence(questionnaire, found)
    texts = wording().roadmap
    height = len(names) * (_PANEL + _TITLE + _GAP)
    return Figure(
        id="targets-by-quarter",
        title=title,
        chart=finished(_layers(found, names, palette(look), width), look, width, height, exact=True),
        alt=f"One panel a dimension: effective maturity by quarter with its range, and the target as a line. {title}",
        header=(texts["quarter"], *names.values()),
        rows=reach_rows(found, list(names)),
        note=" ".join(filter(None, [texts["reach_note"], spelled_out(drawn)])),
    )


def reach_rows(found: Outlook, names: list[str]) -> tuple[tuple[str, ...], ...]:
    """Return one row a quarter: the range of each dimension, and the probability of standing at its target."""
    rows = []
    for state in found.quarters:
        cells = []
        for name in names:
            here = state.dimensions[name]
            span = rounded(here.p10) if here.p10 == here.p90 else f"{rounded(here.p10)}{DASH}{rounded(here.p90)}"
            cells.append(span if here.probability is None else f"{span}; {percent(here.probability)}")
        rows.append((f"Q{state.quarter}", *cells))
    return tuple(rows)


def reach_sentence(questionnaire: Questionnaire, found: Outlook) -> str:
    """Say by when all targets are reached with four chances in five, and what follows after, or which are not."""
    texts, reached = wording().roadmap, found.chances(found.quarters[-1].quarter)
    short = {item.id: item.short for item in questionnaire.dimensions}
    missed = [short[name] for name, chance in reached.items() if chance < _SURE]
    if missed:
        return fill(texts["reach_missed"], dimensions=", ".join(missed), quarter=str(found.quarters[-1].quarter))
    by = max(_sure_from(found, name) for name in reached)
    sure = 0 if found.whole is None else found.whole.p80
    last = -(-sure // MONTHS_PER_QUARTER)
    name = "reach_all_before" if last > by else "reach_all"
    return fill(texts[name], quarter=str(by), sure=str(sure), last=str(last))


def _sure_from(found: Outlook, name: str) -> int:
    """Return the first quarter from whose end on a target is reached with four chances in five."""
    short = [state.quarter for state in found.quarters if (state.dimensions[name].probability or 0.0) < _SURE]
    return max(short, default=0) + 1


def _layers(found: Outlook, names: dict[str, str], colours: Palette, width: int) -> alt.LayerChart:
    rows, heads, down = list[dict[str, Any]](), list[dict[str, Any]](), 0
    last = found.quarters[-1].quarter
    for name, short in names.items():
        down += _TITLE
        aim = found.targets[name]
        heads.append(_head(found, name, short, down, aim) | {"zero": 0, "end": last})
        for state in found.quarters:
            here = state.dimensions[name]
            rows.append(
                {
                    "dimension": name,
                    "quarter": state.quarter,
                    "low": _down(down, here.p10),
                    "middle": _down(down, here.p50),
                    "high": _down(down, here.p90),
                }
            )
        down += _PANEL + _GAP
    scale = alt.Scale(domain=[0, down], reverse=True, nice=False)
    lines, titles = alt.Chart(inline(rows)), alt.Chart(inline(heads))
    across, axis = alt.Scale(domain=[0, last], nice=False), quarter_axis(last, 1, width)
    mark: Marks = {"align": "left", "baseline": "alphabetic", "dx": 2}

    def x_of(field: str) -> alt.X:
        return alt.X(f"{field}:Q", scale=across, axis=axis)

    def y(field: str) -> alt.Y:
        return alt.Y(f"{field}:Q", scale=scale, axis=None)

    return layered(
        shaded_quarters(last, 1, across, axis, colours),
        titles.mark_rect(fillOpacity=0, stroke=colours.grid).encode(
            x=x_of("zero"), x2="end:Q", y=y("top"), y2="bottom:Q"
        ),
        lines.mark_area(
            color=colours.main,
            fillOpacity=_BAND,
            stroke=colours.main,
            strokeWidth=0.8,
            strokeOpacity=0.8,
            interpolate="step-after",
        ).encode(x=x_of("quarter"), y=y("low"), y2="high:Q", detail="dimension:N"),
        lines.mark_line(color=colours.main, strokeWidth=2, interpolate="step-after").encode(
            x=x_of("quarter"), y=y("middle"), detail="dimension:N"
        ),
        titles.mark_rule(color=colours.reactive, strokeWidth=1.6, strokeDash=[5, 3]).encode(
            x=x_of("zero"), x2="end:Q", y=y("aim")
        ),
        titles.mark_text(fontSize=11, fontWeight="bold", dy=-5, **mark).encode(
            x=x_of("zero"), y=y("top"), text="text:N"
        ),
    )


def _head(found: Outlook, name: str, short: str, down: int, aim: float) -> dict[str, Any]:
    text = fill(
        wording().roadmap["reach_panel"],
        dimension=short,
        target=rounded(aim),
        chance=percent(found.chances(found.planned_quarter)[name]),
        quarter=str(found.planned_quarter),
    )
    return {"text": text, "top": down, "bottom": down + _PANEL, "aim": _down(down, aim)}


def _down(top: int, points: float) -> float:
    return top + _PANEL * (1 - points / 100)
