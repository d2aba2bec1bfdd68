"""Rows with their words above a mark, on one axis of amounts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

import altair as alt

from reports.charts.costs import AMOUNT_LABELS
from reports.charts.rows import Rows
from reports.charts.theme import Look, Palette, inline

_MARK, _GAP, _OVER = 15, 12, 2
"""Pixels: of a mark, the gap after it, and by how much a line passes a mark."""


@dataclass(frozen=True, slots=True)
class LabelledRows:
    """Rows of words with a mark below each, on one axis of amounts.

    Attributes:
        labels: the words of each row.
        title: of the axis.
        domain: ends of the axis.
        width: of the chart in pixels.
        look: what the chart is drawn for.
    """

    labels: tuple[str, ...]
    title: str
    domain: tuple[float, float]
    width: int
    look: Look

    @property
    def height(self) -> int:
        """Height of the chart in pixels."""
        return self._rows.height

    def words(self, colours: Palette) -> alt.Chart:
        """Return the words of each row, from the left edge."""
        return self._rows.words(colours)

    def bars(self, spans: list[tuple[float, float]], **mark: Any) -> alt.Chart:
        """Return a bar in each row from one amount to another."""
        rows = [
            {"top": self._rows.top(place), "bottom": self._rows.top(place) + _MARK, "from": low, "to": high}
            for place, (low, high) in enumerate(spans)
        ]
        bars = alt.Chart(inline(rows)).mark_rect(**mark)
        return cast("alt.Chart", bars.encode(x=self._x("from"), x2="to:Q", y=self._rows.y("top"), y2="bottom:Q"))

    def points(self, values: list[float], **mark: Any) -> alt.Chart:
        """Return a point in each row."""
        rows = [{"place": self._rows.top(place) + _MARK / 2, "at": value} for place, value in enumerate(values)]
        points = alt.Chart(inline(rows)).mark_point(**mark)
        return cast("alt.Chart", points.encode(x=self._x("at"), y=self._rows.y("place")))

    def line(self, value: float, **mark: Any) -> alt.Chart:
        """Return a line at an amount through the mark of every row, and through none of the words."""
        tops = [self._rows.top(place) for place in range(len(self.labels))]
        rows = [{"at": value, "top": top - _OVER, "bottom": top + _MARK + _OVER} for top in tops]
        lines = alt.Chart(inline(rows)).mark_rule(**mark)
        return cast("alt.Chart", lines.encode(x=self._x("at"), y=self._rows.y("top"), y2="bottom:Q"))

    @property
    def _rows(self) -> Rows:
        return Rows(self.labels, self.width, _MARK + _GAP, self.look)

    def _x(self, field: str) -> alt.X:
        return alt.X(
            f"{field}:Q",
            scale=alt.Scale(domain=list(self.domain), nice=False, zero=False),
            axis=alt.Axis(title=self.title, labelExpr=AMOUNT_LABELS, tickCount=5, domain=False, grid=False),
        )


def domain_of(values: list[float]) -> tuple[float, float]:
    """Return the ends of an axis that holds all values and nought, with a little room."""
    low, high = min(0.0, *values), max(0.0, *values)
    room = 0.03 * (high - low) or 1.0
    return low - (room if low < 0 else 0.0), high + room
