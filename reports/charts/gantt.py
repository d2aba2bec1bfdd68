"""The roadmap on a calendar of quarters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from assessment.questionnaire import Questionnaire
from models.initiatives import InitiativeFile
from models.roadmap import MONTHS_PER_QUARTER, Placement, Plan
from reports.charts.figure import Figure
from reports.charts.theme import Look, Marks, Palette, finished, inline, layered, palette
from reports.wording import wording

_ROW_HEIGHT = 25
_LABEL_SHARE = 0.44
_CHARACTER = 5.3
_HOW_TO_READ = (
    "Dark bar (lifts): lifts the constraint that sets a ceiling. Pale bar with a dashed outline (prepares): prepares "
    "another initiative. Teal bar (raises): raises effective maturity. Each bar names its step."
)
_WORDS = {"lift": "lifts", "prepare": "prepares", "raise": "raises"}
_KINDS = {
    "lifts_binding_constraint": "lift",
    "prepares_a_lift": "prepare",
    "prepares": "prepare",
    "raises_effective": "raise",
}


def gantt(
    questionnaire: Questionnaire,
    initiatives: InitiativeFile,
    plan: Plan,
    *,
    width: int = 680,
    look: Look = "light",
    placements: Sequence[Placement] | None = None,
) -> Figure:
    """Draw when each initiative is worked on, by quarter, with its step.

    Args:
        questionnaire: for the order and titles of the steps.
        initiatives: for their titles.
        plan: what is placed when.
        width: of the whole chart in pixels.
        look: light, dark or print.
        placements: a part of the plan to draw, when the whole is too long for one page.
    """
    drawn = list(plan.placements if placements is None else placements)
    steps = {step.id: number for number, step in enumerate(questionnaire.steps, 1)}
    drawn.sort(key=lambda item: (item.start_month, item.finish_month, item.initiative))
    rows = [_row(initiatives, steps, item) for item in drawn]
    title = gantt_sentence(initiatives, plan)
    chart = _layers(rows, plan, palette(look), width)
    return Figure(
        id="roadmap",
        title=title,
        chart=finished(chart, look, width, _ROW_HEIGHT * max(1, len(rows)) + 46),
        alt=f"Calendar of initiatives by quarter. {title}",
        header=("Initiative", "Step", "Starts", "Finishes"),
        rows=tuple((row["title"], row["step"], f"Q{row['first']}", f"Q{row['last']}") for row in rows),
        note=_HOW_TO_READ,
    )


def _row(initiatives: InitiativeFile, steps: dict[str, int], item: Placement) -> dict[str, Any]:
    found = initiatives.by_id[item.initiative]
    step = f"Step {steps[found.step]}" if found.step in steps else found.step
    return {
        "title": found.title,
        "step": step,
        "start": item.start_month - 1,
        "finish": item.finish_month,
        "kind": _KINDS[item.reason],
        "label": f"{step} · {_WORDS[_KINDS[item.reason]]}",
        "first": item.quarter,
        "last": item.finish_quarter,
    }


def _layers(rows: list[dict[str, Any]], plan: Plan, colours: Palette, width: int) -> alt.LayerChart:
    end = max(1, -(-plan.months // MONTHS_PER_QUARTER)) * MONTHS_PER_QUARTER
    axis = alt.Axis(
        title=None,
        orient="top",
        values=list(range(0, end, MONTHS_PER_QUARTER)),
        labelExpr=f"'Q' + (floor(datum.value / {MONTHS_PER_QUARTER}) + 1)",
        labelAlign="left",
        labelPadding=4,
        domain=False,
        tickSize=0,
    )
    base = alt.Chart(inline(rows)).encode(
        y=alt.Y(
            "title:N",
            sort=[row["title"] for row in rows],
            axis=alt.Axis(
                title=None, domain=False, ticks=False, labelLimit=_titles_width(rows, width), labelFontSize=10.5
            ),
        )
    )
    x = alt.X("start:Q", scale=alt.Scale(domain=[0, _domain(rows, end, width)], nice=False), axis=axis)
    styles: dict[str, Marks] = {
        "lift": {"color": colours.main, "stroke": colours.main, "strokeDash": [1, 0]},
        "raise": {"color": colours.accent, "stroke": colours.accent, "strokeDash": [1, 0]},
        "prepare": {"color": colours.pale, "stroke": colours.accent, "strokeDash": [4, 3]},
    }
    bars = [
        base.transform_filter(f"datum.kind == '{kind}'")
        .mark_bar(height=14, strokeWidth=1.1, **style)
        .encode(x=x, x2="finish:Q")
        for kind, style in styles.items()
    ]
    words = base.mark_text(align="left", dx=6, fontSize=10, color=colours.ink).encode(x="finish:Q", text="label:N")
    return layered(*bars, words)


def _domain(rows: list[dict[str, Any]], end: int, width: int) -> float:
    """Return the length of the axis in months: the least at which every label after a bar has room."""
    room = width - _titles_width(rows, width) - 20
    needed = (
        row["finish"] / (1 - min(0.5, (len(row["label"]) * _CHARACTER + 12) / room)) for row in rows if row["label"]
    )
    return max(float(end), *needed) if rows else float(end)


def _titles_width(rows: list[dict[str, Any]], width: int) -> int:
    """Return the room in pixels for the titles at the left, at most a share of the chart."""
    longest = max((len(row["title"]) for row in rows), default=0)
    return int(min(width * _LABEL_SHARE, longest * _CHARACTER + 12))


def gantt_sentence(initiatives: InitiativeFile, plan: Plan) -> str:
    """Say how many initiatives the roadmap holds, over how many quarters, and which comes first."""
    texts = wording().charts
    if not plan.placements:
        return texts["gantt_empty"]
    first = min(plan.placements, key=lambda item: (item.start_month, item.finish_month, item.initiative))
    return texts["gantt"].format(
        count=len(plan.placements),
        quarters=max(item.finish_quarter for item in plan.placements),
        first=initiatives.by_id[first.initiative].title,
    )
