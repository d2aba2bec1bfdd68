"""What starting now and later is worth in each named future, under the case as it stands."""

from __future__ import annotations

from typing import Any

import altair as alt

from models.decision import Decision
from models.outcomes import Curves
from models.scenario_runs import Comparison
from reports.charts.figure import Figure
from reports.charts.labelled import LabelledRows, domain_of
from reports.charts.sheet import Plotted
from reports.charts.theme import Look, Palette, finished, inline, layered, palette
from reports.scenario_words import WORTH, decision_title, turning_sentence, worth_rows
from reports.wording import wording

_MARKS = 30
"""Pixels of a row for its two marks."""
_OPTIONS = ("now", "delayed")
_PLACES = {"now": 0.27, "delayed": 0.77}
"""Where a mark stands in the marks of its row."""
_SHAPES = ("circle", "diamond")
_HEADER = ("scenario", "start", "npv_mean", "npv_p5", "npv_p95", "decision", "turns_decision")


def scenario_chart(found: Comparison, *, width: int = 680, look: Look = "light") -> Plotted:
    """Draw E NPV with its P5 to P95 range, two marks a scenario, each scenario named with its decision above them."""
    rows, title = _rows(found), turning_sentence(found)
    placed = _placed(found, rows, width, look)
    figure = Figure(
        id="scenarios",
        title=title,
        chart=finished(_layers(placed, rows, palette(look)), look, width, placed.height, exact=True),
        alt=f"Dots with ranges: expected worth of starting now and of starting later, a pair a scenario. {title}",
        header=WORTH,
        rows=worth_rows(found),
        note=wording().scenarios["chart"],
    )
    return Plotted(figure, _HEADER, tuple(_sheet_row(row) for row in rows))


def _placed(found: Comparison, rows: list[dict[str, Any]], width: int, look: Look) -> LabelledRows:
    """Return the rows with their names; those that turn the decision are bold, those without marks come last."""
    named, said = {row["top"]: row for row in rows}, wording().scenarios["refused_cell"]
    refused = (f"{each.standing.title}: {said}" for each in found.refused)
    return LabelledRows(
        labels=(*(row["label"] for row in named.values()), *refused),
        title=f"Net present value, {found.curves.currency}",
        domain=domain_of([row[end] for row in rows for end in ("p5", "mean", "p95")]),
        width=width,
        look=look,
        mark=_MARKS,
        strong=frozenset(place for place, row in enumerate(named.values()) if row["flips"]),
    )


def _rows(found: Comparison) -> list[dict[str, Any]]:
    rows = _case_rows(0, wording().scenarios["base"], found.curves, found.decision, flips=False)
    for number, run in enumerate(found.runs, start=1):
        rows += _case_rows(number, run.standing.title, run.curves, run.decision, flips=run.flips)
    return rows


def _case_rows(number: int, title: str, curves: Curves, decision: Decision, *, flips: bool) -> list[dict[str, Any]]:
    verdict = decision_title(decision)
    turned = f" ({wording().scenarios['turned']})" if flips else ""
    rows: list[dict[str, Any]] = []
    for option in _OPTIONS:
        npv = curves.strategies[option].npv
        if npv is not None:
            rows.append(
                {
                    "case": title,
                    "label": f"{title}: {verdict}{turned}",
                    "top": number,
                    "name": option,
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


def _layers(placed: LabelledRows, rows: list[dict[str, Any]], colours: Palette) -> alt.LayerChart:
    names = [wording().strategies[option] for option in _OPTIONS]
    colour = alt.Color("option:N", scale=alt.Scale(domain=names, range=[colours.main, colours.accent]), legend=None)
    shape = alt.Shape("option:N", scale=alt.Scale(domain=names, range=list(_SHAPES)), legend=None)
    tops = {top: place for place, top in enumerate(dict.fromkeys(row["top"] for row in rows))}
    base = alt.Chart(
        inline([{**row, "place": placed.middle(tops[row["top"]], _PLACES[row["name"]])} for row in rows])
    ).encode(y=placed.y("place"))
    return layered(
        placed.grid(colours),
        placed.line(0.0, color=colours.muted, strokeWidth=1.2),
        base.mark_rule(strokeWidth=2.2).encode(x=placed.x("p5"), x2="p95:Q", color=colour),
        base.mark_point(filled=True, size=90, opacity=1).encode(x=placed.x("mean"), color=colour, shape=shape),
        placed.words(colours),
    )
