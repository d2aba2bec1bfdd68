"""Rows with their words above a mark, on one axis of amounts whose lines leave the words out."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, cast

import altair as alt

from reports.charts.costs import AMOUNT_LABELS
from reports.charts.rows import Rows
from reports.charts.theme import Look, Palette, inline

_MARK, _GAP = 15, 13
"""Pixels: of a mark, and the gap after it."""
_MOST_TICKS = 5
_STEPS, _NEARLY = (1.0, 2.0, 5.0, 10.0), 0.999


@dataclass(frozen=True, slots=True)
class LabelledRows:
    """Rows of words with a mark below each, on one axis of amounts.

    Attributes:
        labels: the words of each row.
        title: of the axis.
        domain: ends of the axis.
        width: of the chart in pixels.
        look: what the chart is drawn for.
        mark: pixels of the marks of a row, with what stands among them.
        strong: the rows whose words are bold.
    """

    labels: tuple[str, ...]
    title: str
    domain: tuple[float, float]
    width: int
    look: Look
    mark: int = _MARK
    strong: frozenset[int] = frozenset()

    @property
    def height(self) -> int:
        """Height of the rows in pixels, without the axis."""
        return self._rows.height

    def words(self, colours: Palette) -> alt.Chart:
        """Return the words of each row, from the left edge."""
        return self._rows.words(colours)

    def bars(self, spans: list[tuple[float, float]], **mark: Any) -> alt.Chart:
        """Return a bar in each row from one amount to another."""
        rows = [
            {"top": self._rows.top(place), "bottom": self._rows.top(place) + self.mark, "from": low, "to": high}
            for place, (low, high) in enumerate(spans)
        ]
        bars = alt.Chart(inline(rows)).mark_rect(**mark)
        return cast("alt.Chart", bars.encode(x=self.x("from"), x2="to:Q", y=self.y("top"), y2="bottom:Q"))

    def points(self, values: list[float], **mark: Any) -> alt.Chart:
        """Return a point in each row."""
        rows = [{"place": self.middle(place), "at": value} for place, value in enumerate(values)]
        points = alt.Chart(inline(rows)).mark_point(**mark)
        return cast("alt.Chart", points.encode(x=self.x("at"), y=self.y("place")))

    def line(self, value: float, **mark: Any) -> alt.Chart:
        """Return a line at an amount, from top to foot and through none of the words."""
        return self._rows.upright((value,), self.domain, self.x("at"), **mark)

    def grid(self, colours: Palette) -> alt.Chart:
        """Return the lines of the axis, from top to foot and through none of the words."""
        return self._rows.upright(self._ticks, self.domain, self.x("at"), color=colours.grid, strokeWidth=1)

    def middle(self, place: int, share: float = 0.5) -> float:
        """Return how many pixels down a share of the marks of a row is."""
        return self._rows.top(place) + share * self.mark

    def x(self, field: str) -> alt.X:
        """Return the place across of an amount that a field gives."""
        axis = alt.Axis(title=self.title, labelExpr=AMOUNT_LABELS, values=list(self._ticks), domain=False, grid=False)
        return alt.X(f"{field}:Q", scale=alt.Scale(domain=list(self.domain), nice=False, zero=False), axis=axis)

    def y(self, field: str) -> alt.Y:
        """Return the place down, in pixels, that a field gives."""
        return self._rows.y(field)

    @property
    def _rows(self) -> Rows:
        return Rows(self.labels, self.width, self.mark + _GAP, self.look, self.strong)

    @property
    def _ticks(self) -> tuple[float, ...]:
        """The amounts that the axis names: round ones, a handful of them."""
        low, high = self.domain
        least = (high - low) / _MOST_TICKS
        power = 10.0 ** math.floor(math.log10(least))
        step = next(power * part for part in _STEPS if power * part >= least * _NEARLY)
        return tuple(step * number for number in range(math.ceil(low / step), math.floor(high / step) + 1))


def domain_of(values: list[float]) -> tuple[float, float]:
    """Return the ends of an axis that holds all values and nought, with a little room."""
    low, high = min(0.0, *values), max(0.0, *values)
    room = 0.03 * (high - low) or 1.0
    return low - (room if low < 0 else 0.0), high + room
