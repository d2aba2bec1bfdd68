"""Four further parts of the page Economics: the start, what matters, money by quarter, the programme's cost."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import streamlit as st

from models.evaluation import Evaluation
from reports.as_csv import budget_csv, cash_csv, matters_csv, timing_csv
from reports.charts.cash import budget_chart, cash_chart
from reports.charts.figure import Figure
from reports.charts.timing import signal_months, timing_curve
from reports.charts.tornado import tornado_chart, worth_chart
from reports.document import Section
from reports.formulas import Part as Explained
from reports.sections.matters import matters
from reports.sections.money import money_by_quarter
from reports.sections.programme_cost import TITLE, programme_cost
from reports.sections.timing import timing
from views.analysing import analysed
from views.blocks import chart_width, look, show
from views.money_why import place_how
from workspace.service import Opened

MATTERS = "matters"
PROGRAMME = "programme"
"""Name of the part that walks from one cost of the programme to the next."""


class Part(NamedTuple):
    """One part: its title, its section, its charts for this screen, its files, and which formulas are its own."""

    title: str
    section: Callable[[Evaluation], Section]
    figures: Callable[[Evaluation], list[Figure]]
    files: Callable[[Evaluation], dict[str, str]]
    explained: Explained | None


def show_part(opened: Opened, name: str) -> None:
    """Show a part by its name; an analysis that is not kept yet is made first, with its progress."""
    part, evaluation = PARTS[name], analysed(opened)
    if evaluation is None:
        return
    show(part.section(evaluation).blocks, part.figures(evaluation), place=name)
    if part.explained is not None:
        place_how(opened, evaluation, part.explained)
    with st.container(horizontal=True, gap="small"):
        for file, text in part.files(evaluation).items():
            st.download_button(
                f"Download: {file.replace('-', ' ')} (CSV)",
                text,
                file_name=f"sixstep-{file}.csv",
                mime="text/csv",
                key=f"csv-{file}",
                on_click="ignore",
            )


def _timing_figures(evaluation: Evaluation) -> list[Figure]:
    found, economics = evaluation.analysis, evaluation.economics
    if found is None or economics is None:
        return []
    return [
        draw(found.timing, economics.curves, width=chart_width(), look=look()) for draw in (timing_curve, signal_months)
    ]


def _matters_figures(evaluation: Evaluation) -> list[Figure]:
    found, economics = evaluation.analysis, evaluation.economics
    if found is None or economics is None:
        return []
    currency, width = economics.curves.currency, chart_width()
    return [
        draw(found.matters, evaluation.parameters, currency, width=width, look=look())
        for draw in (worth_chart, tornado_chart)
    ]


def _money_figures(evaluation: Evaluation) -> list[Figure]:
    found, economics = evaluation.analysis, evaluation.economics
    if found is None or economics is None:
        return []
    width = chart_width()
    budget = budget_chart(found.budget, economics.curves.currency, width=width, look=look())
    return [cash_chart(found.cash, width=width, look=look()), budget]


def _timing_files(evaluation: Evaluation) -> dict[str, str]:
    return {} if evaluation.analysis is None else {"start-months": timing_csv(evaluation.analysis)}


def _matters_files(evaluation: Evaluation) -> dict[str, str]:
    found = evaluation.analysis
    return {} if found is None else {"what-matters": matters_csv(found, evaluation.parameters)}


def _money_files(evaluation: Evaluation) -> dict[str, str]:
    found = evaluation.analysis
    return {} if found is None else {"money-by-quarter": cash_csv(found), "budget": budget_csv(found)}


PARTS = {
    "start": Part("When to start", timing, _timing_figures, _timing_files, "start"),
    MATTERS: Part("What matters", matters, _matters_figures, _matters_files, "matters"),
    "money": Part("Money by quarter", money_by_quarter, _money_figures, _money_files, "money"),
    PROGRAMME: Part(TITLE, programme_cost, lambda _: [], lambda _: {}, None),
}
