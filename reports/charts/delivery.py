"""Deployments week by week, with those that failed, or incidents where no deployments are known."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from typing import Any

import altair as alt

from models.delivery_record import DeliveryRecord
from reports.charts.figure import Figure
from reports.charts.theme import Look, Marks, finished, inline, layered, palette
from reports.figures_format import DASH
from reports.wording import fill, wording

_HEIGHT = 220
_MOST_LABELS = 9
_HOW_TO_READ = "Bar: deployments of the week. Triangle with a figure: of these, how many failed."
_HOW_TO_READ_INCIDENTS = "Bar: incidents that began in the week."
_HEADER = ("Week from", "Deployments", "Failed", "Incidents")


def weeks(record: DeliveryRecord, zone: tzinfo = UTC, *, width: int = 680, look: Look = "light") -> Figure:
    """Draw what happened in each week."""
    rows = [_row(record, place, zone) for place in range(len(record.weeks))]
    sentence = weeks_sentence(record)
    deployed = record.deployments is not None
    return Figure(
        id="delivery-weeks",
        title=sentence,
        chart=finished(_layers(rows, look, deployed=deployed), look, width, _HEIGHT),
        alt=f"Bar chart, one bar a week, {'deployments' if deployed else 'incidents'}. {sentence}",
        header=_HEADER,
        rows=tuple((row["week"], row["made"], row["failed_text"], row["happened"]) for row in rows),
        note=_HOW_TO_READ if deployed else _HOW_TO_READ_INCIDENTS,
    )


def weeks_sentence(record: DeliveryRecord) -> str:
    """Say how many deployments there were, how many failed, and how many weeks had none."""
    texts, found = wording().delivery["sentences"], record.weeks
    spans = str(len(found))
    if record.deployments is None:
        counts = [week.incidents or 0 for week in found]
        silent = str(counts.count(0))
        return fill(texts["chart_incidents"], incidents=f"{sum(counts):,}", weeks=spans, silent=silent)
    counts = [week.deployments or 0 for week in found]
    figures = {"count": f"{sum(counts):,}", "weeks": spans, "silent": str(counts.count(0))}
    if any(week.failed is None for week in found):
        return fill(texts["chart_untold"], **figures)
    return fill(texts["chart"], failed=f"{sum(week.failed or 0 for week in found):,}", **figures)


def _row(record: DeliveryRecord, place: int, zone: tzinfo) -> dict[str, Any]:
    week = record.weeks[place]
    height = week.incidents if record.deployments is None else week.deployments
    return {
        "place": place,
        "week": datetime.fromtimestamp(week.start, zone).date().isoformat(),
        "height": height or 0,
        "failed": week.failed or 0,
        "made": _text(week.deployments),
        "failed_text": _text(week.failed),
        "happened": _text(week.incidents),
    }


def _text(count: int | None) -> str:
    return DASH if count is None else f"{count:,}"


def _layers(rows: list[dict[str, Any]], look: Look, *, deployed: bool) -> alt.LayerChart:
    colours = palette(look)
    names = [row["week"] for row in rows]
    step = max(1, -(-len(names) // _MOST_LABELS))
    whole: Marks = {"labelAngle": 0, "labelOverlap": True, "labelBound": True}
    across = alt.Axis(title="Week from", values=names[::step], domain=False, ticks=False, **whole)
    upward = alt.Axis(title="Deployments" if deployed else "Incidents", tickMinStep=1, domain=False, ticks=False)
    base = alt.Chart(inline(rows)).encode(x=alt.X("week:O", sort=names, axis=across), y=alt.Y("height:Q", axis=upward))
    failed = base.transform_filter("datum.failed > 0")
    return layered(
        base.mark_bar(color=colours.accent),
        failed.mark_point(
            shape="triangle-up", size=80, filled=True, fill=colours.ground, stroke=colours.ink, strokeWidth=2, opacity=1
        ),
        failed.mark_text(dy=-14, color=colours.ink).encode(text="failed:Q"),
    )
