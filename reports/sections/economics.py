"""What each course costs, with ranges, or what is missing before any cost can be drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.decision import NEVER
from reports.analysis_words import measure_first_of
from reports.charts.costs import cost_categories, cost_curves
from reports.charts.theme import STRATEGIES
from reports.decision_words import decision_sentence
from reports.document import Block, Bullets, Callout, Column, FigureBlock, Heading, Paragraph, Section, Table
from reports.figures_format import DASH, money, month, months, percent, rate, rounded, short_amount
from reports.sections.stage import stage_note
from reports.wording import fill, wording

if TYPE_CHECKING:
    from collections.abc import Mapping

    from models.cost_curves import StrategyCurves
    from models.decision import Decision
    from models.evaluation import Economics, Evaluation
    from models.finance import Payback
    from models.outcomes import WaitingCost

_COMPARED = tuple(name for name in STRATEGIES if name != "reactive")

_LOW = 310
"""Pixels of the cost curves on paper: both tables of amounts then stand below them."""


def economics(evaluation: Evaluation) -> Section:
    """Return cost curves and figures, or the sentences that say what is missing."""
    found = evaluation.economics
    blocks = _missing(evaluation) if found is None else _present(evaluation, found)
    blocks[1:1] = stage_note(evaluation.questionnaire, "economics")
    return Section("costs", "Cost of acting and of waiting", tuple(blocks), new_page=found is not None)


def _missing(evaluation: Evaluation) -> list[Block]:
    return [
        Callout(decision_sentence(None), kind="note"),
        Heading("What is missing", 3),
        Bullets(evaluation.missing),
    ]


def _present(evaluation: Evaluation, found: Economics) -> list[Block]:
    curves, moved = found.curves, evaluation.moved_proposals
    basis = (
        f"Present values over {months(curves.months)} at constant prices, {curves.paths:,} simulated futures. All "
        f"courses share the same futures, so chance moves the difference between two of them far less than their costs."
    )
    return [
        Paragraph(decision_sentence(found, measure_first_of(evaluation)), tone="lead"),
        Paragraph(waiting_sentence(found)),
        *([Paragraph(fill(wording().moved, figures="; ".join(moved)))] if moved else []),
        FigureBlock(cost_curves(curves, height=_LOW, look="print")),
        Paragraph(basis, tone="small"),
        _totals(found),
        FigureBlock(cost_categories(curves, look="print")),
        _worth(found),
        _returns(found),
        Heading("How the decision is made"),
        Paragraph(rule_sentence(found)),
        Paragraph(break_even_sentence(found)),
    ]


def waiting_sentence(found: Economics) -> str:
    """Say what the stated delay costs on average, and when the wall is met if nothing is planned."""
    now, later = (found.curves.strategies[name] for name in ("now", "delayed"))
    texts, currency = wording().waiting, found.curves.currency
    wall = found.curves.strategies["reactive"].wall_month_median
    met = texts["no_wall"] if wall is None else fill(texts["wall"], month=month(wall))
    waiting = found.curves.waiting
    if waiting is None or now.npv is None or later.npv is None or later.start_month is None:
        return met
    loss = waiting.cost.mean
    name = NEVER if found.decision.best == NEVER else "costs" if loss >= 0 else "saves"
    said = fill(
        texts[name],
        delay=months(later.start_month),
        amount=money(abs(loss), currency),
        **_waiting_spread(waiting, saves=loss < 0),
        now=money(now.npv.mean, currency),
        later=money(later.npv.mean, currency),
        at_averages=_at_averages(found),
    )
    return f"{said} {met}"


def _at_averages(found: Economics) -> str:
    """Say that how often a choice is the best one is counted differently, so that the two shares need not agree."""
    return fill(
        wording().waiting["at_averages"],
        best=wording().choices.get(found.decision.best, wording().choices["delayed"]),
        probability=percent(found.decision.probability_best),
    )


def _waiting_spread(found: WaitingCost, *, saves: bool) -> dict[str, str]:
    """Return the ends of what waiting costs, or of what it saves, and how often it is the cheaper."""
    low, high = (-found.cost.p95, -found.cost.p5) if saves else (found.cost.p5, found.cost.p95)
    cheaper = percent(found.probability_cheaper)
    return {"low": short_amount(low), "high": short_amount(high), "cheaper": cheaper}


def _names(found: Economics) -> list[str]:
    return [name for name in STRATEGIES if name in found.curves.strategies]


def _totals(found: Economics) -> Table:
    rows = []
    for name in _names(found):
        total = found.curves.strategies[name].total_cost
        figures = (total.p5, total.p50, total.p95, total.mean, total.standard_error)
        rows.append((_title(found.curves.strategies[name]), *(short_amount(figure) for figure in figures)))
    return Table(
        f"Total cost, {found.curves.currency}",
        _summary_columns("Course"),
        tuple(rows),
        note="P5: one future in twenty is cheaper. P50: half are. P95: one in twenty is dearer.",
    )


def _summary_columns(first: str) -> tuple[Column, ...]:
    names = ("P5", "P50", "P95", "Mean", "Standard error")
    return (Column(first, 2.2), *(Column(name, 1.0, "right") for name in names))


def _title(found: StrategyCurves) -> str:
    word = wording().strategies[found.name]
    return f"{word} (after {months(found.start_month)})" if found.start_month else word


def _worth(found: Economics) -> Table:
    rows = []
    for name in _COMPARED:
        npv = found.curves.strategies[name].npv if name in found.curves.strategies else None
        if npv is not None:
            figures = (npv.p5, npv.p50, npv.p95, npv.mean, npv.standard_error)
            rows.append((_title(found.curves.strategies[name]), *(short_amount(figure) for figure in figures)))
    return Table(
        f"Net present value against acting only when forced, {found.curves.currency}",
        _summary_columns("Course"),
        tuple(rows),
        note="P5, P50, P95: one future in twenty is worse, half are, nineteen in twenty are. Do not add them up.",
    )


def _returns(found: Economics) -> Table:
    """Return the remaining figures, one row a figure and one column a course."""
    curves = [found.curves.strategies[name] for name in _COMPARED if name in found.curves.strategies]
    currency = found.curves.currency
    rows = [
        ("Probability that it pays for itself", *(_probability(item) for item in curves)),
        (
            "Probability that it is the best choice",
            *(percent(found.curves.probability_best.get(item.name)) for item in curves),
        ),
        ("Expected shortfall: mean of the worst 5%", *(money(item.expected_shortfall, currency) for item in curves)),
        ("Payback, discounted", *(payback_text(item.payback_month) for item in curves)),
        ("Payback, not discounted", *(payback_text(item.payback_undiscounted) for item in curves)),
        ("Internal rate of return, a year", *(_irr(item) for item in curves)),
        ("Modified internal rate of return, a year", *(rate(item.mirr) for item in curves)),
        ("Half of the futures reach the wall by", *(_wall(item) for item in curves)),
    ]
    columns = (Column("Figure", 2.4), *(Column(_title(item), 1.8, "right") for item in curves))
    return Table("Returns and risk", columns, tuple(rows), note=_evpi_note(found))


def _probability(item: StrategyCurves) -> str:
    if item.probability_positive is None or item.probability_standard_error is None:
        return DASH
    return f"{percent(item.probability_positive)} (\u00b1{rounded(100 * item.probability_standard_error, 1)} points)"


def payback_text(found: Payback) -> str:
    """Return when the money is back, and for good, or that it is not within the horizon."""
    if found.first is None:
        return "not within the horizon"
    if found.last is None:
        return f"{month(found.first)}, then lost again"
    return (
        month(found.first) if found.first == found.last else f"{month(found.first)}; for good from {month(found.last)}"
    )


def _wall(item: StrategyCurves) -> str:
    return "fewer than half do" if item.wall_month_median is None else month(item.wall_month_median)


def _irr(item: StrategyCurves) -> str:
    return rate(item.irr) if item.irr is not None else wording().irr.get(item.irr_reason, DASH)


def _evpi_note(found: Economics) -> str:
    worth = money(found.decision.evpi, found.curves.currency)
    return (
        f"Expected value of perfect information: {worth}, the most that knowing every figure before deciding could be "
        f"worth. {_never_best(found)}That a course pays for itself is counted with outages as each future has them, "
        "that it is the best choice with outages at their average. \u00b1: one standard error of the simulation."
    )


def _never_best(found: Economics) -> str:
    """Say how often neither start is the best choice: what the row of the table leaves out."""
    never = found.curves.probability_best.get(NEVER)
    return (
        "" if never is None else f"Acting only when forced is the best choice with a probability of {percent(never)}. "
    )


def rule_sentence(found: Economics) -> str:
    """State the rule behind the decision, with its thresholds, and whether the range is too wide here."""
    decision, currency, texts = found.decision, found.curves.currency, wording().decision_rule
    return fill(
        f"{texts['rule']} {texts[_verdict(decision)]}",
        evpi=money(decision.evpi, currency),
        limit=money(decision.evpi_limit, currency),
        mean_cost=money(decision.mean_cost, currency),
        share=percent(found.inputs.thresholds.evpi_share.value),
        best=wording().choices.get(decision.best, wording().choices["delayed"]),
        probability=percent(decision.probability_best),
        threshold=percent(decision.best_probability_limit),
    )


def _verdict(decision: Decision) -> str:
    """Return which half of the rule for a range that is too wide does not hold here."""
    wide = decision.evpi > decision.evpi_limit
    unsure = decision.probability_best < decision.best_probability_limit
    names = {(True, True): "too_wide", (True, False): "sure", (False, True): "cheap", (False, False): "neither"}
    return names[wide, unsure]


def break_even_sentence(found: Economics) -> str:
    """Say at which programme cost the answer turns."""
    return _turn(found, wording().break_even)


def break_even_figure(found: Economics) -> str:
    """Return that cost alone, no farther than the sentence gives it; empty where the answer never turns."""
    return _turn(found, wording().break_even_figure)


def _turn(found: Economics, texts: Mapping[str, str]) -> str:
    even = found.break_even
    lost = (even.npv_at_zero - even.npv_at_cost) / even.mean_cost if even.mean_cost else None
    return fill(
        texts.get(f"{even.reason}_beyond" if even.beyond else even.reason, ""),
        cost=money(even.cost, found.curves.currency),
        multiple=DASH if even.multiple is None else rounded(even.multiple, 2),
        why=fill(wording().break_even_why, share=percent(lost)),
    )
