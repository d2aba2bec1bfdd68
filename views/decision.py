"""The economic answer: the decision in a sentence, the curves and the figures; and the assumptions behind them."""

from __future__ import annotations

from reports.charts.costs import cost_categories, cost_curves
from reports.sections.assumptions import assumptions
from reports.sections.economics import economics
from views.analysing import best_known
from views.answer_before import place_answer_before
from views.blocks import chart_width, look, show
from views.money_why import place_how
from workspace.service import Opened


def show_decision(opened: Opened) -> None:
    """Show the economic half of the evaluation, once it is there."""
    evaluation = best_known(opened)
    if evaluation is None:
        return
    found = evaluation.economics
    drawn = () if found is None else (cost_curves, cost_categories)
    figures = [draw(found.curves, width=chart_width(), look=look()) for draw in drawn] if found else []
    place_answer_before(opened, evaluation)
    show(economics(evaluation).blocks, figures)
    place_how(opened, evaluation, "decision")


def show_assumptions(opened: Opened) -> None:
    """Show every figure that the curves rest on, with its source and grade, once they are there."""
    evaluation = best_known(opened)
    if evaluation is None:
        return
    section = assumptions(evaluation)
    show(section.blocks, place=section.title)
