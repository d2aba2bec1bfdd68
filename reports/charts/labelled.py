"""Rows with their words above the mark, in as many lines as a narrow screen takes."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import Any, cast

import altair as alt

from reports.charts.costs import AMOUNT_LABELS
from reports.charts.theme import Palette, inline

_CHARACTER, _LINE, _MARK, _GAP, _AXIS = 6.5, 15, 15, 12, 48
"""Pixels: of a character, a line of words, a mark, the gap after it, and the axis."""


@dataclass(frozen=True, slots=True)
class LabelledRows:
    """Rows of words with a mark below each, on one axis of amounts.

    Attributes:
        labels: the words of each row.
        title: of the axis.
        domain: ends of the axis.
        width: of the chart in pixels.
    """

    labels: tuple[str, ...]
    title: str
    domain: tuple[float, float]
    width: int

    @property
    def height(self) -> int:
        """Height of the chart in pixels."""
        return self._row * max(len(self.labels), 1) + _AXIS

    def words(self, colours: Palette) -> alt.Chart:
        """Return the words of each row, from the left edge."""
        rows = [{"place": place * self._row, "label": "\n".join(lines)} for place, lines in enumerate(self._wrapped)]
        text = alt.Chart(inline(rows)).mark_text(
            align="left", baseline="top", fontSize=11.5, lineBreak="\n", lineHeight=_LINE, color=colours.ink
        )
        return cast("alt.Chart", text.encode(x=alt.value(0), y=self._y("place"), text="label:N"))

    def bars(self, spans: list[tuple[float, float]], **mark: Any) -> alt.Chart:
        """Return a bar in each row from one amount to another."""
        top = self._row - _GAP - _MARK
        rows = [
            {"top": place * self._row + top, "bottom": (place + 1) * self._row - _GAP, "from": low, "to": high}
            for place, (low, high) in enumerate(spans)
        ]
        bars = alt.Chart(inline(rows)).mark_rect(**mark)
        return cast("alt.Chart", bars.encode(x=self._x("from"), x2="to:Q", y=self._y("top"), y2="bottom:Q"))

    def points(self, values: list[float], **mark: Any) -> alt.Chart:
        """Return a point in each row."""
        middle = self._row - _GAP - _MARK / 2
        rows = [{"place": place * self._row + middle, "at": value} for place, value in enumerate(values)]
        points = alt.Chart(inline(rows)).mark_point(**mark)
        return cast("alt.Chart", points.encode(x=self._x("at"), y=self._y("place")))

    def line(self, value: float, **mark: Any) -> alt.Chart:
        """Return a line across all rows."""
        return cast("alt.Chart", alt.Chart(inline([{"at": value}])).mark_rule(**mark).encode(x=self._x("at")))

    @property
    def _wrapped(self) -> list[list[str]]:
        return [textwrap.wrap(label, max(20, int(self.width / _CHARACTER))) or [""] for label in self.labels]

    @property
    def _row(self) -> int:
        return _LINE * max((len(lines) for lines in self._wrapped), default=1) + 3 + _MARK + _GAP

    def _x(self, field: str) -> alt.X:
        return alt.X(
            f"{field}:Q",
            scale=alt.Scale(domain=list(self.domain), nice=False, zero=False),
            axis=alt.Axis(title=self.title, labelExpr=AMOUNT_LABELS, tickCount=5, domain=False, grid=False),
        )

    def _y(self, field: str) -> alt.Y:
        bottom = self._row * max(len(self.labels), 1)
        return alt.Y(f"{field}:Q", scale=alt.Scale(domain=[bottom, 0], nice=False), axis=None)


def domain_of(values: list[float]) -> tuple[float, float]:
    """Return the ends of an axis that holds all values and nought, with a little room."""
    low, high = min(0.0, *values), max(0.0, *values)
    room = 0.03 * (high - low) or 1.0
    return low - (room if low < 0 else 0.0), high + room
