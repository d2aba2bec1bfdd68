"""What a part of the money buys, and what each course spends by quarter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt

from reports.analysis_words import dearest_sentence
from reports.charts.costs import AMOUNT_LABELS
from reports.charts.figure import Figure
from reports.charts.labelled import LabelledRows, domain_of
from reports.charts.theme import STRATEGIES, Look, finished, inline, layered, palette, strategy_marks
from reports.figures_format import DASH, money, money_range, percent, short_amount
from reports.wording import fill, wording

if TYPE_CHECKING:
    from models.budget import BudgetPoint
    from models.cash import Cash, StrategyCash

_HEIGHT = 320


def budget_chart(points: tuple[BudgetPoint, ...], currency: str, *, width: int = 680, look: Look = "light") -> Figure:
    """Draw what each share of the plan's cost is worth, with its P5 to P95."""
    colours, title = palette(look), _worth_most(points, currency)
    rows = LabelledRows(
        labels=tuple(
            f"{percent(point.purchase.share)}: {len(point.purchase.initiatives)} initiatives for "
            f"{short_amount(point.purchase.cost)}, worth {short_amount(point.npv.mean)}"
            for point in points
        ),
        title=f"Worth of starting now, {currency}",
        domain=domain_of([figure for point in points for figure in (point.npv.p5, point.npv.mean, point.npv.p95)]),
        width=width,
        look=look,
    )
    chart = layered(
        rows.grid(colours),
        rows.line(0.0, color=colours.muted),
        rows.bars(
            [(point.npv.p5, point.npv.p95) for point in points],
            fill=colours.main,
            fillOpacity=0.25,
            stroke=colours.main,
        ),
        rows.points([point.npv.mean for point in points], shape="diamond", filled=True, size=110, color=colours.main),
        rows.words(colours),
    )
    return Figure(
        id="budget",
        title=title,
        chart=finished(chart, look, width, rows.height, exact=True),
        alt=f"Bars with a mark at the mean: worth of the plan under four budgets. {title}",
        header=("Share of the cost", "Cost", "Initiatives", "Mean worth", "P5 to P95", "Pays for itself"),
        rows=tuple(
            (
                percent(point.purchase.share),
                money(point.purchase.cost, currency),
                str(len(point.purchase.initiatives)),
                money(point.npv.mean, currency),
                money_range(point.npv.p5, point.npv.p95, currency),
                percent(point.probability_positive),
            )
            for point in points
        ),
        note=f"Diamond: mean. Bar: 5th to 95th percentile. {wording().budget['note']}",
    )


def cash_chart(cash: Cash, *, width: int = 680, look: Look = "light") -> Figure:
    """Draw what each course spends in each quarter, on average."""
    colours, words = palette(look), wording().strategies
    names = [name for name in STRATEGIES if name in cash.strategies]
    rows = [
        {"strategy": name, "quarter": quarter + 0.5, "spent": float(amount)}
        for name in names
        for quarter, amount in enumerate([*cash.strategies[name].spent, cash.strategies[name].spent[-1]])
    ]
    chart = layered(
        alt.Chart(inline(rows))
        .mark_line(strokeWidth=2.4, interpolate="step-after")
        .encode(
            x=alt.X(
                "quarter:Q",
                scale=alt.Scale(domain=[0.5, cash.quarters + 0.5], nice=False),
                axis=alt.Axis(
                    title="Quarter", values=list(range(1, cash.quarters + 1, 1 + cash.quarters // 12)), grid=False
                ),
            ),
            y=alt.Y(
                "spent:Q",
                axis=alt.Axis(
                    title=f"Spent in the quarter, {cash.currency}", labelExpr=AMOUNT_LABELS, tickCount=5, domain=False
                ),
            ),
            **strategy_marks(names, words, colours),
        )
    )
    title = dearest_sentence(cash)
    return Figure(
        id="cash",
        title=title,
        chart=finished(chart, look, width, _HEIGHT),
        alt=f"Step chart: average spending by quarter and course. {title}",
        header=("Course", "Quarter", "Programme", "Running", "Forced", "All, P5 to P95", "Savings", "Net"),
        rows=tuple(row for name in names for row in _rows(cash.strategies[name], words[name])),
        note=wording().cash["note"],
    )


def _rows(found: StrategyCash, course: str) -> list[tuple[str, ...]]:
    parts = found.spending
    return [
        (
            course,
            str(quarter + 1),
            *(short_amount(float(parts[name][quarter])) for name in ("programme", "run", "forced")),
            f"{short_amount(float(found.p5[quarter]))} to {short_amount(float(found.p95[quarter]))}",
            DASH if found.savings is None else short_amount(float(found.savings[quarter])),
            DASH if found.net is None else short_amount(float(found.net[quarter])),
        )
        for quarter in range(found.spent.size)
    ]


def _worth_most(points: tuple[BudgetPoint, ...], currency: str) -> str:
    best = max(points, key=lambda point: point.npv.mean)
    share, amount = percent(best.purchase.share), money(best.npv.mean, currency)
    return fill(wording().charts["budget"], share=share, amount=amount)
