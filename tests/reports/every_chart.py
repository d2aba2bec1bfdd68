"""Every chart of the product, drawn from the worked example, a load test, records of delivery and an earlier round."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from assessment.delivery.reading import Reading, read_deployments, read_incidents
from assessment.trend import Comparison as Trend
from assessment.trend import compare
from models.case import case_of
from models.delivery import measure_delivery
from models.delivery_record import DeliveryRecord
from models.distributions import Fixed
from models.evaluation import Evaluation
from models.load_ahead import load_ahead
from models.outcomes import Curves
from models.scalability import Capacity, UslFit, fit_usl
from models.scenario_runs import Comparison
from models.timing import signal_months as months_of_signals
from models.wall import Demand, find_wall
from models.whatif import moved
from models.whatif_run import WhatIf, run_waiting, run_what_if
from reports.charts.break_even import break_even_chart
from reports.charts.cash import budget_chart, cash_chart
from reports.charts.constraints import constraint_map
from reports.charts.costs import cost_categories, cost_curves
from reports.charts.delivery import weeks
from reports.charts.fan import fan_chart
from reports.charts.figure import Figure
from reports.charts.gantt import gantt
from reports.charts.lifecycle import lifecycle
from reports.charts.load import load_chart
from reports.charts.maturity import maturity, step_profile
from reports.charts.posture import posture
from reports.charts.progress import progress
from reports.charts.reach import reach
from reports.charts.scenarios import scenario_chart
from reports.charts.sheet import Plotted
from reports.charts.signals import signal_map
from reports.charts.theme import Look
from reports.charts.timing import signal_months, timing_curve
from reports.charts.tornado import tornado_chart, worth_chart
from reports.charts.wall import wall_chart
from reports.charts.whatif import category_chart, waiting_chart
from tests.reports.conftest import Bench

PATHS = 400
LOADS = (1, 2, 4, 8, 16, 24, 32, 48)
RECORDS = Path(__file__).parents[1] / "data" / "delivery"

Draw = Callable[..., Figure | Plotted]
"""Draws one chart for a ``width`` and a ``look``."""


@dataclass(frozen=True)
class Everything:
    """What there is to draw of an assessment."""

    evaluation: Evaluation
    futures: Comparison | None
    trend: Trend


def everything(bench: Bench) -> Everything:
    """Return what there is to draw of the worked example, and of a round before it in which all stood one level on."""
    evaluation, futures = bench.whole()
    before = {
        name: answer if answer.option is None else answer.model_copy(update={"option": max(0, 3 - answer.option)})
        for name, answer in bench.example.answers.items()
    }
    earlier = bench.example.model_copy(update={"answers": before})
    return Everything(evaluation, futures, compare(bench.questionnaire, earlier, bench.questionnaire, bench.example))


def charts_of(found: Everything) -> dict[str, Draw]:
    """Return what draws each chart, by a name that also says of what."""
    evaluation = found.evaluation
    drawn: dict[str, Draw] = {
        **charts_of_scores(evaluation),
        **charts_of_load_tests(),
        "weeks": partial(weeks, record_of()),
    }
    drawn["weeks of incidents"] = partial(weeks, incidents_of())
    drawn["progress"] = partial(progress, found.trend)
    if evaluation.economics is not None:
        drawn |= {**charts_of_money(evaluation), **charts_of_curves("", evaluation.economics.curves)}
    if found.futures is not None:
        drawn["scenarios"] = partial(scenario_chart, found.futures)
    return drawn


def charts_of_scores(evaluation: Evaluation) -> dict[str, Draw]:
    """Return the charts of scores and of the plan."""
    asked, scores = evaluation.questionnaire, evaluation.scores
    drawn: dict[str, Draw] = {
        draw.__name__: partial(draw, asked, scores)
        for draw in (maturity, step_profile, constraint_map, signal_map, posture, lifecycle)
    }
    drawn["gantt"] = partial(gantt, asked, evaluation.initiatives, evaluation.plan, dates=evaluation.outlook.dates)
    if evaluation.outlook.targets:
        drawn["reach"] = partial(reach, asked, evaluation.outlook)
    return drawn


def charts_of_money(evaluation: Evaluation) -> dict[str, Draw]:
    """Return the charts of what acting and waiting cost, and of a case that somebody moves."""
    economics, analysis = evaluation.economics, evaluation.analysis
    assert economics is not None
    assert analysis is not None
    curves, ahead = economics.curves, load_ahead(economics.inputs, seed=1)
    named = (evaluation.parameters, curves.currency)
    drawn: dict[str, Draw] = {
        "load": partial(load_chart, ahead, months_of_signals(curves.strategies["reactive"])),
        "timing": partial(timing_curve, analysis.timing, curves),
        "low timing": partial(timing_curve, analysis.timing, curves, height=225),
        "signals by month": partial(signal_months, analysis.timing, curves),
        "worth of knowing": partial(worth_chart, analysis.matters, *named),
        "tornado": partial(tornado_chart, analysis.matters, *named),
        "tornado of one figure": partial(tornado_chart, analysis.matters, *named, most=1),
        "cash": partial(cash_chart, analysis.cash),
        "budget": partial(budget_chart, analysis.budget, curves.currency),
        "budget of one share": partial(budget_chart, analysis.budget[-1:], curves.currency),
    }
    case = case_of(evaluation)
    assert case is not None
    changed, _ = moved(case, {"g": 0.03, "horizon_months": 36.0})
    base, other = (run_what_if(each, paths=PATHS, seed=1) for each in (case, changed))
    waits = [run_waiting(each, paths=PATHS, seed=1) for each in (case, changed)]
    drawn["waiting"] = partial(waiting_chart, waits[1], waits[0])
    drawn["waiting alone"] = partial(waiting_chart, waits[0])
    return drawn | charts_of_what_if(other, base)


def charts_of_what_if(found: WhatIf, base: WhatIf) -> dict[str, Draw]:
    """Return the charts of a moved case beside the one that stands, and of the latter alone."""
    return {
        "fan": partial(fan_chart, found, base),
        "fan alone": partial(fan_chart, base),
        "break even": partial(break_even_chart, found, base),
        "categories": partial(category_chart, found, base),
        "categories of starting now": partial(category_chart, base, strategy="now"),
    }


def charts_of_curves(of: str, curves: Curves) -> dict[str, Draw]:
    """Return the charts of cost curves."""
    return {
        f"cost curves{of}": partial(cost_curves, curves),
        f"low cost curves{of}": partial(cost_curves, curves, height=310),
        f"cost categories{of}": partial(cost_categories, curves),
    }


def charts_of_load_tests() -> dict[str, Draw]:
    """Return the walls of load tests that peak early or late, level off and never bend, with and without a demand."""
    bent, late = fitted(Capacity(100.0, 0.03, 0.001)), fitted(Capacity(100.0, 0.03, 0.0004))
    flat, straight = fitted(Capacity(100.0, 0.1, 0.0)), fit_usl(LOADS, [10.0 * n for n in LOADS])
    every = {"that peaks": bent, "that peaks late": late, "that levels off": flat, "that never bends": straight}
    drawn: dict[str, Draw] = {f"wall {name}": partial(wall_chart, fit) for name, fit in every.items()}
    for share in (0.6, 0.97):
        for name, fit in every.items():
            most = fit.limit if fit.limit < float("inf") else float(fit.throughput.max())
            wall = find_wall(fit, Demand(Fixed(share * most), growth=Fixed(0.02)))
            drawn[f"wall {name}, demand {share:.0%}"] = partial(wall_chart, fit, wall)
    return drawn


def fitted(capacity: Capacity) -> UslFit:
    """Return the fit of points that lie nearly on a curve."""
    return fit_usl(LOADS, [capacity.throughput_at(n) * (1.01 if n % 3 else 0.99) for n in LOADS])


def record_of() -> DeliveryRecord:
    """Return what the invented files measure."""
    with (RECORDS / "deployments.csv").open("rb") as one, (RECORDS / "incidents.csv").open("rb") as two:
        return measure_delivery(
            read_deployments(one, "deployments.csv", Reading()), read_incidents(two, "incidents.csv", Reading())
        )


def incidents_of() -> DeliveryRecord:
    """Return what is measured where no deployments are known."""
    record = record_of()
    return replace(record, deployments=None)


def figure_of(draw: Draw, width: int, look: Look) -> Figure:
    """Return a chart, whether or not it comes with its numbers."""
    drawn = draw(width=width, look=look)
    return drawn.figure if isinstance(drawn, Plotted) else drawn
