"""A figure of money or time explained: its formula, what it adds up from, and every figure it takes with its source."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from models.outcomes import Curves, Summary
from reports.analysis_words import figure_title, start_in_words, worth_knowing
from reports.charts.theme import STRATEGIES
from reports.figures_format import DASH, money, money_range, month, months, percent, rate, short_amount
from reports.formulas import Formula, Part, formulas
from reports.sections.assumptions import assumption_row
from reports.sections.economics import break_even_figure, payback_text
from reports.wording import fill, wording

if TYPE_CHECKING:
    from models.analysis import Analysis
    from models.evaluation import Economics, Evaluation

FIGURES = ("Figure", "Range", "Origin, grade", "Source and grounds", "Does not show")


@dataclass(frozen=True, slots=True)
class MoneyExplained:
    """An explanation, written out.

    Attributes:
        title: which figure it is.
        value: the figure as the page shows it.
        formula: in words.
        symbols: the same in symbols.
        sums: what it adds up from, a row a category under ``sums_header``; empty where it is no sum.
        sums_header: the courses.
        figures: a row for each figure of the model that it takes, under ``FIGURES``.
        put_in: the formula with its numbers, where the page knows them.
    """

    title: str
    value: str
    formula: str
    symbols: str
    sums: tuple[tuple[str, ...], ...]
    sums_header: tuple[str, ...]
    figures: tuple[tuple[str, ...], ...]
    put_in: str = ""


def explainable(evaluation: Evaluation, part: Part) -> dict[str, str]:
    """Return the figures of a part that can be explained: the question of each by its id."""
    asked = {item.id: item for item in formulas().formulas if item.part == part}
    values = {name: _value(evaluation, name) for name in asked}
    ask = wording().explain["money"]
    return {
        name: fill(ask, title=item.title, figure=values[name])
        for name, item in asked.items()
        if values[name] not in {"", DASH}
    }


def at_hand(part: Part) -> list[str]:
    """Return the ids of the figures that the first sentences of a part name."""
    return [item.id for item in formulas().formulas if item.part == part and item.at_hand]


def formulas_of(evaluation: Evaluation, part: Part, put_in: Mapping[str, str]) -> tuple[MoneyExplained, ...]:
    """Return every formula of a part whose figures the page itself shows, in order; ``put_in`` has their numbers."""
    return tuple(
        replace(explained_money(evaluation, item.id), put_in=put_in.get(item.id, ""))
        for item in formulas().formulas
        if item.part == part
    )


def worth_added_up(curves: Curves) -> MoneyExplained:
    """Return what starting now is worth in a run that no evaluation holds: its formula and its sums."""
    found = {item.id: item for item in formulas().formulas}["npv"]
    npv = curves.strategies["now"].npv
    return MoneyExplained(
        title=found.title,
        value="" if npv is None else _with_range(npv, curves.currency),
        formula=found.formula,
        symbols=found.symbols,
        sums=_sums(curves, found.difference),
        sums_header=_sums_header(curves, found.difference),
        figures=(),
    )


def explained_money(evaluation: Evaluation, name: str) -> MoneyExplained:
    """Return the explanation of a figure by its id.

    Raises:
        KeyError: when no figure is called so.
    """
    found = {item.id: item for item in formulas().formulas}[name]
    taken = [assumption_row(evaluation, symbol) for symbol in _taken(evaluation, found)]
    curves = evaluation.economics.curves if evaluation.economics and found.adds_up else None
    return MoneyExplained(
        title=found.title,
        value=_value(evaluation, name),
        formula=found.formula,
        symbols=found.symbols,
        sums=() if curves is None else _sums(curves, found.difference),
        sums_header=() if curves is None else _sums_header(curves, found.difference),
        figures=tuple(row for row in taken if row is not None),
    )


def _taken(evaluation: Evaluation, found: Formula) -> tuple[str, ...]:
    """Return the symbols of what a formula takes: those of the file, and what the analysis found."""
    analysis = evaluation.analysis
    if analysis is None or not found.takes:
        return found.figures
    first = worth_knowing(analysis.matters)[:1] if found.takes == "worth" else analysis.matters.swings[:1]
    return (*found.figures, *(item.name for item in first))


def _courses(curves: Curves) -> list[str]:
    return [name for name in STRATEGIES if name in curves.strategies]


def _sums_header(curves: Curves, difference: tuple[str, str] | None) -> tuple[str, ...]:
    words = wording().strategies
    named = tuple(words[item] for item in _courses(curves))
    if difference is None:
        return ("Category", *named)
    first, second = (words[item] for item in difference)
    return ("Category", *named, fill(wording().explain["less"], first=first, second=second.lower()))


def _sums(curves: Curves, difference: tuple[str, str] | None) -> tuple[tuple[str, ...], ...]:
    """Return the mean of each category under each course, and below them their sum; last the difference of two."""
    words = wording().categories
    totals = {category: _amounts(curves, category, difference) for category in words}
    rows = [(words[name], *map(short_amount, values)) for name, values in totals.items()]
    together = [sum(column) for column in zip(*totals.values(), strict=True)]
    return (*rows, (wording().explain["together"], *map(short_amount, together)))


def _amounts(curves: Curves, category: str, difference: tuple[str, str] | None) -> list[float]:
    """Return the mean of a category under each course, and what the first of two courses costs more than the second."""
    found = {name: float(sum(curves.strategies[name].categories.get(category, [0.0]))) for name in _courses(curves)}
    more = [] if difference is None else [found[difference[0]] - found[difference[1]]]
    return [*found.values(), *more]


def _value(evaluation: Evaluation, name: str) -> str:
    if evaluation.economics is None:
        return ""
    if name in _DECISION:
        return _DECISION[name](evaluation.economics)
    if name in wording().categories:
        return _category(evaluation.economics.curves, name)
    if evaluation.analysis is None or name not in _ANALYSIS:
        return ""
    return _ANALYSIS[name](evaluation, evaluation.analysis, evaluation.economics.curves.currency)


def _category(curves: Curves, category: str) -> str:
    return _by_course(curves, [money(amount, curves.currency) for amount in _amounts(curves, category, None)])


def _by_course(curves: Curves, figures: list[str]) -> str:
    said = zip(_courses(curves), figures, strict=True)
    return "; ".join(f"{wording().strategies[name]}: {figure}" for name, figure in said)


def _npv(found: Economics) -> str:
    npv = found.curves.strategies["now"].npv
    if npv is None:
        return ""
    return _with_range(npv, found.curves.currency)


def _with_range(found: Summary, currency: str) -> str:
    return f"{money(found.mean, currency)} ({money_range(found.p5, found.p95, currency)})"


def _waiting(found: Economics) -> str:
    waiting, start, currency = (
        found.curves.waiting,
        found.curves.strategies["delayed"].start_month,
        found.curves.currency,
    )
    if waiting is None or start is None:
        return ""
    cost = waiting.cost
    return fill(wording().explain["delay"], figure=_with_range(cost, currency), delay=months(start or 0))


def _total(found: Economics) -> str:
    curves = found.curves
    totals = (curves.strategies[name].total_cost.mean for name in _courses(curves))
    return _by_course(curves, [money(total, curves.currency) for total in totals])


_DECISION: Mapping[str, Callable[[Economics], str]] = MappingProxyType(
    {
        "npv": _npv,
        "waiting": _waiting,
        "positive": lambda found: percent(found.curves.strategies["now"].probability_positive),
        "best": lambda found: percent(found.decision.probability_best),
        "total": _total,
        "shortfall": lambda found: money(found.curves.strategies["now"].expected_shortfall, found.curves.currency),
        "payback": lambda found: payback_text(found.curves.strategies["now"].payback_month),
        "irr": lambda found: rate(found.curves.strategies["now"].irr),
        "mirr": lambda found: rate(found.curves.strategies["now"].mirr),
        "wall": lambda found: month(found.curves.strategies["reactive"].wall_month_median),
        "evpi": lambda found: money(found.decision.evpi, found.curves.currency),
        "break_even": break_even_figure,
    }
)


def _best_start(_evaluation: Evaluation, found: Analysis, currency: str) -> str:
    start = found.timing.best_start
    if start is None:
        return wording().timing["never"]
    return f"{money(found.timing.best_npv, currency)}, {start_in_words(start, found.timing.months)}"


def _worth(evaluation: Evaluation, found: Analysis, currency: str) -> str:
    worths = worth_knowing(found.matters)
    if not worths:
        return ""
    return f"{figure_title(evaluation.parameters, worths[0].name)}: {money(worths[0].value, currency)}"


def _widest(evaluation: Evaluation, found: Analysis, currency: str) -> str:
    if not found.matters.swings:
        return ""
    widest = found.matters.swings[0]
    ends = (short_amount(end) for end in (widest.at_low, widest.at_high))
    return f"{figure_title(evaluation.parameters, widest.name)}: {currency} {' to '.join(ends)}"


def _dearest(_evaluation: Evaluation, found: Analysis, currency: str) -> str:
    spent = found.cash.strategies["now"].spent
    return money(float(spent.max()), currency)


def _budget(_evaluation: Evaluation, found: Analysis, currency: str) -> str:
    best = max(found.budget, key=lambda point: point.npv.mean)
    return f"{percent(best.purchase.share)}: {money(best.npv.mean, currency)}"


_ANALYSIS: Mapping[str, Callable[[Evaluation, Analysis, str], str]] = MappingProxyType(
    {
        "best_start": _best_start,
        "delay_month": lambda _, found, currency: money(found.timing.cost_of_delay_per_month, currency),
        "signals": lambda _, found, currency: percent(found.timing.signals["reactive"].probability),  # noqa: ARG005
        "worth_knowing": _worth,
        "widest": _widest,
        "perfect": lambda _, found, currency: money(found.matters.evpi, currency),
        "spending": lambda _, found, currency: money(found.cash.strategies["now"].total.mean, currency),
        "dearest": _dearest,
        "budget": _budget,
    }
)
