"""What starting now and later is worth in each named future, under the case as it stands."""

from __future__ import annotations

from typing import Any

import altair as alt

from models.decision import Decision
from models.outcomes import Curves
from models.scenario_runs import Comparison
from reports.charts.costs import AMOUNT_LABELS
from reports.charts.figure import Figure
from reports.charts.sheet import Plotted
from reports.charts.theme import Look, Marks, finished, inline, layered, palette
from reports.scenario_words import WORTH, decision_title, scenario_sentence, worth_rows
from reports.wording import wording

_ROW_HEIGHT = 64
_ROOM = 46
_WIDE = 500
_EDGE = 16
_OPTIONS = ("now", "delayed")
_PLACES = {"now": 0.52, "delayed": 0.78}
"""Where a mark stands in its row: below the name, which has the upper third."""
_HALO = 3.0
"""Ground around the letters of a name, so that no line of the axis runs through them."""
_WEIGHTS = (False, True)
_SHAPES = ("circle", "diamond")
_HEADER = ("scenario", "start", "npv_mean", "npv_p5", "npv_p95", "decision", "turns_decision")


def scenario_chart(found: Comparison, *, width: int = 680, look: Look = "light") -> Plotted:
    """Draw E NPV with its P5 to P95 range, two marks a scenario, each scenario named with its decision above them."""
    rows = _rows(found, in_full=width >= _WIDE)
    title = scenario_sentence(found)
    height = _ROW_HEIGHT * _cases(found) + _ROOM
    figure = Figure(
        id="scenarios",
        title=title,
        chart=finished(_layers(found, rows, look, width), look, width, height),
        alt=f"Dots with ranges: expected worth of starting now and of starting later, a pair a scenario. {title}",
        header=WORTH,
        rows=worth_rows(found),
        note=wording().scenarios["chart"],
    )
    return Plotted(figure, _HEADER, tuple(_sheet_row(row) for row in rows))


def _cases(found: Comparison) -> int:
    return 1 + len(found.every)


def _refused_labels(found: Comparison) -> list[dict[str, Any]]:
    """Return the names of what cannot be simulated, below all others: there is nothing to mark."""
    said = wording().scenarios["refused_cell"]
    return [
        {"label": f"{each.standing.title}: {said}", "top": number, "flips": False}
        for number, each in enumerate(found.refused, start=len(found.runs) + 1)
    ]


def _rows(found: Comparison, *, in_full: bool) -> list[dict[str, Any]]:
    base = _case_rows(0, wording().scenarios["base"], found.curves, found.decision, flips=False, in_full=in_full)
    for number, run in enumerate(found.runs, start=1):
        title, curves, decision = run.standing.title, run.curves, run.decision
        base += _case_rows(number, title, curves, decision, flips=run.flips, in_full=in_full)
    return base


def _case_rows(
    number: int, title: str, curves: Curves, decision: Decision, *, flips: bool, in_full: bool
) -> list[dict[str, Any]]:
    verdict = decision_title(decision)
    turned = f" ({wording().scenarios['turned']})" if flips and in_full else ""
    rows: list[dict[str, Any]] = []
    for option in _OPTIONS:
        npv = curves.strategies[option].npv
        if npv is not None:
            rows.append(
                {
                    "case": title,
                    "label": f"{title}: {verdict}{turned}",
                    "top": number,
                    "place": number + _PLACES[option],
                    "option": wording().strategies[option],
                    "mean": npv.mean,
                    "p5": npv.p5,
                    "p95": npv.p95,
                    "decision": decision.choice,
                    "flips": flips,
                }
            )
    return rows


def _sheet_row(row: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(row[key] for key in ("case", "option", "mean", "p5", "p95", "decision", "flips"))


def _layers(found: Comparison, rows: list[dict[str, Any]], look: Look, width: int) -> alt.LayerChart:
    colours = palette(look)
    low = min(0.0, *(row["p5"] for row in rows))
    high = max(0.0, *(row["p95"] for row in rows))
    scale = alt.Scale(domain=[low, high], nice=True)
    x = alt.X(
        "mean:Q",
        scale=scale,
        axis=alt.Axis(
            title=f"Net present value, {found.curves.currency}", labelExpr=AMOUNT_LABELS, tickCount=5, domain=False
        ),
    )
    y = alt.Y("place:Q", scale=alt.Scale(domain=[_cases(found), 0], nice=False), axis=None)
    names = [wording().strategies[option] for option in _OPTIONS]
    colour = alt.Color("option:N", scale=alt.Scale(domain=names, range=[colours.main, colours.accent]), legend=None)
    shape = alt.Shape("option:N", scale=alt.Scale(domain=names, range=list(_SHAPES)), legend=None)
    base = alt.Chart(inline(rows)).encode(y=y)
    nought = alt.Chart(inline([{"x": 0.0}])).mark_rule(color=colours.muted, strokeWidth=1.2).encode(x="x:Q")
    labels = [*(row for row in rows if row["option"] == names[0]), *_refused_labels(found)]
    return layered(
        nought,
        base.mark_rule(strokeWidth=2.2).encode(x=alt.X("p5:Q", scale=scale), x2="p95:Q", color=colour),
        base.mark_point(filled=True, size=90, opacity=1).encode(x=x, color=colour, shape=shape),
        *(_labels(labels, flips=flips, look=look, width=width) for flips in _WEIGHTS),
    )


def _labels(rows: list[dict[str, Any]], *, flips: bool, look: Look, width: int) -> alt.LayerChart:
    """Return the names, at the left edge above the marks; those that turn the decision are bold.

    On a screen a halo keeps lines out of the letters. On paper a name is drawn once: a second drawing is text too.
    """
    weight: Any = "bold" if flips else "normal"
    colours, chart = palette(look), alt.Chart(inline([row for row in rows if row["flips"] is flips]))
    shared: Marks = {"align": "left", "baseline": "top", "dy": 4, "fontSize": 12, "fontWeight": weight}
    halo: list[Marks] = [{"stroke": colours.ground, "strokeWidth": _HALO, "strokeJoin": "round"}]
    drawn = [
        chart.mark_text(**shared, **style, limit=width - _EDGE).encode(y=alt.Y("top:Q"), x=alt.value(0), text="label:N")
        for style in (*(halo if look != "print" else []), {"color": colours.ink})
    ]
    return layered(*drawn)
