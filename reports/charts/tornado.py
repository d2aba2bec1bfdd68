"""What moves the result, and what knowing each figure is worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.analysis_words import figure_title, how_to_measure, worth_knowing
from reports.charts.figure import Figure
from reports.charts.labelled import LabelledRows, domain_of
from reports.charts.theme import Look, finished, layered, palette
from reports.figures_format import DASH, money, short_amount
from reports.wording import fill, wording

if TYPE_CHECKING:
    from models.parameters import ParameterFile
    from models.what_matters import Matters

MOST_BARS = 10


def tornado_chart(
    found: Matters,
    parameters: ParameterFile,
    currency: str,
    *,
    width: int = 680,
    look: Look = "light",
    most: int = MOST_BARS,
) -> Figure:
    """Draw how far the worth of starting now moves with each figure, the widest first."""
    colours = palette(look)
    shown = found.swings[:most]
    title = _widest(found, parameters, currency)
    rows = LabelledRows(
        labels=tuple(
            f"{figure_title(parameters, swing.name)}: {short_amount(swing.at_low)} to {short_amount(swing.at_high)}"
            for swing in shown
        ),
        title=fill(wording().matters["tornado_axis"], currency=currency, base=short_amount(found.base)),
        domain=domain_of([found.base, *(end for swing in shown for end in (swing.at_low, swing.at_high))]),
        width=width,
        look=look,
    )
    chart = layered(
        rows.grid(colours),
        rows.line(found.base, color=colours.muted, strokeDash=[4, 3]),
        rows.bars(
            [(swing.at_low, found.base) for swing in shown],
            fill=colours.pale,
            fillOpacity=1.0,
            stroke=colours.main,
            strokeWidth=1.0,
        ),
        rows.bars([(found.base, swing.at_high) for swing in shown], fill=colours.main, fillOpacity=1.0),
        rows.words(colours),
    )
    return Figure(
        id="tornado",
        title=title,
        chart=finished(chart, look, width, rows.height, exact=True),
        alt=f"Tornado chart: worth of starting now with one figure at a time at its low and high end. {title}",
        header=("Figure", "At its 10th percentile", "At its 90th percentile", "Width"),
        rows=tuple(
            (
                figure_title(parameters, swing.name),
                money(swing.at_low, currency),
                money(swing.at_high, currency),
                money(swing.width, currency),
            )
            for swing in found.swings
        )
        or ((wording().matters["tornado_none"], DASH, DASH, DASH),),
        note=f"Outlined: at its 10th percentile. Filled: at its 90th. {wording().matters['tornado_note']}",
    )


def worth_chart(
    found: Matters,
    parameters: ParameterFile,
    currency: str,
    *,
    width: int = 680,
    look: Look = "light",
    most: int = MOST_BARS,
) -> Figure:
    """Draw what knowing each figure before deciding is worth, the largest first."""
    colours = palette(look)
    shown = (worth_knowing(found) or list(found.worths[:1]))[:most]
    title = _worthiest(found, parameters, currency)
    rows = LabelledRows(
        labels=tuple(f"{figure_title(parameters, worth.name)}: {short_amount(worth.value)}" for worth in shown),
        title=f"Worth of knowing it first, {currency}",
        domain=domain_of([0.0, *(worth.value for worth in shown)]),
        width=width,
        look=look,
    )
    bars = rows.bars([(0.0, worth.value) for worth in shown], fill=colours.accent, fillOpacity=1.0)
    return Figure(
        id="worth-of-knowing",
        title=title,
        chart=finished(layered(rows.grid(colours), bars, rows.words(colours)), look, width, rows.height, exact=True),
        alt=f"Bars: expected value of knowing each figure before deciding. {title}",
        header=("Figure", "Worth of knowing it", "± one standard error", "How to measure it"),
        rows=tuple(
            (
                figure_title(parameters, worth.name),
                money(worth.value, currency),
                short_amount(worth.standard_error),
                how_to_measure(parameters, worth.name),
            )
            for worth in found.worths
        )
        or ((wording().matters["tornado_none"], DASH, DASH, DASH),),
        note=wording().matters["worth_note"],
    )


def _widest(found: Matters, parameters: ParameterFile, currency: str) -> str:
    if not found.swings:
        return wording().matters["tornado_none"]
    first = found.swings[0]
    low, high = money(first.at_low, currency), money(first.at_high, currency)
    return fill(wording().charts["tornado"], figure=figure_title(parameters, first.name), low=low, high=high)


def _worthiest(found: Matters, parameters: ParameterFile, currency: str) -> str:
    worths = worth_knowing(found)
    if not worths:
        return wording().charts["worth_none"]
    figure, amount = figure_title(parameters, worths[0].name), money(worths[0].value, currency)
    return fill(wording().charts["worth"], figure=figure, amount=amount)
