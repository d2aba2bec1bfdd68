"""The cost of the programme, from what its plan is priced at to what it counts for in the cost curves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from models.shifts import ends_of
from reports.document import Block, Column, Paragraph, Section, Table
from reports.figures_format import MINUS, money, months, percent, short_amount
from reports.wording import fill, wording

if TYPE_CHECKING:
    from models.analysis import Analysis
    from models.evaluation import Economics, Evaluation

TITLE = "Cost of the programme"
_HEADER = ("From one figure to the next", "Amount", "Where it stands")


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the way: a figure that stands somewhere, or what comes to the one before it.

    Attributes:
        name: of its words under ``programme_cost`` in the wording.
        amount: in currency; below 0 where it is taken away.
        kind: ``figure`` or ``added``.
    """

    name: str
    amount: float
    kind: Literal["figure", "added"] = "added"


def programme_cost(evaluation: Evaluation) -> Section:
    """Return the section; without blocks where nothing was analysed."""
    analysis, economics = evaluation.analysis, evaluation.economics
    if analysis is None or economics is None:
        return Section("programme", TITLE, ())
    way, currency, texts = way_of(economics, analysis), economics.curves.currency, wording().programme_cost
    figures = {step.name: money(step.amount, currency) for step in way if step.kind == "figure"}
    lead = fill(texts["answer"], **figures, months=months(economics.curves.months))
    columns = (Column(_HEADER[0], 3.0), Column(f"{_HEADER[1]}, {currency}", 1.0, "right"), Column(_HEADER[2], 2.2))
    rows = tuple(_row(step, economics) for step in way)
    strong = tuple(number for number, step in enumerate(way) if step.kind == "figure")
    blocks: tuple[Block, ...] = (
        Paragraph(lead, tone="lead"),
        Table(texts["caption"], columns, rows, strong=strong, note=texts["note"]),
    )
    return Section("programme", TITLE, blocks)


def way_of(economics: Economics, analysis: Analysis) -> tuple[Step, ...]:
    """Return the way of the programme that starts now: every line between two figures adds up to their difference."""
    curves, now = economics.curves, analysis.cash.strategies["now"]
    likely, mean = ends_of(economics.inputs.figures["K"])[1], curves.programme_cost
    paid, run, forced = (float(now.spending[part].sum()) for part in ("programme", "run", "forced"))
    learning, counted = float(now.learning.sum()), float(curves.strategies["now"].categories["programme"].sum())
    return (
        Step("likely", likely, "figure"),
        Step("skewed", mean - likely),
        Step("mean", mean, "figure"),
        Step("late", paid - mean),
        Step("paid", paid, "figure"),
        Step("run", run),
        Step("forced", forced),
        Step("spent", paid + run + forced, "figure"),
        Step("not_forced", -forced),
        Step("learning", learning),
        Step("discounted", counted - (paid + run + learning)),
        Step("counted", counted, "figure"),
    )


def _row(step: Step, economics: Economics) -> tuple[str, str, str]:
    texts = wording().programme_cost
    found = {
        "months": months(economics.curves.months),
        "rate": percent(economics.inputs.mean("r")),
        "share": percent(economics.inputs.thresholds.evpi_share.value),
    }
    amount = short_amount(step.amount)
    if step.kind == "figure":
        return f"= {fill(texts[step.name], **found)}", amount, fill(texts[f"{step.name}_stands"], **found)
    return fill(texts[step.name], **found), amount if amount.startswith(MINUS) else f"+{amount}", ""
