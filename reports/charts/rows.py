"""Rows with their words above the marks, in as many lines as the narrowest screen takes, so that no name is cut off."""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass
from typing import Any, cast

import altair as alt

from reports.charts.theme import Look, Palette, by_width, inline

CHARACTER, LINE = 6.5, 15
"""Pixels of a character and of a line of words."""
PHONE = 310
"""Width in pixels that words have on a phone."""
_SPARE = 40
"""Pixels by which a window may be narrower than what a chart is laid out for, and still have its words."""
_WHOLE = re.compile(r"(?<=\d) (?=[kM]\b)")
"""The space in a figure before its thousands: no line ends there."""
_BELOW_WORDS, _LEAST_CHARACTERS = 3, 16


def word_widths(width: int, look: Look) -> tuple[int, int]:
    """Return the pixels that words are laid out for on a screen, and on a phone; paper has one width."""
    return (width, width) if look == "print" else (max(width - _SPARE, PHONE), min(width, PHONE))


def wrapped(text: str, width: float) -> list[str]:
    """Return the lines of a text that is given so many pixels."""
    return textwrap.wrap(_WHOLE.sub("\N{NO-BREAK SPACE}", text), max(_LEAST_CHARACTERS, int(width / CHARACTER))) or [""]


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of words with room for marks below each; one unit of the vertical axis is a pixel.

    On a screen the words are laid out twice, for the width of the chart and for a phone, and the browser takes the one
    that fits; paper has one width.

    Attributes:
        names: the words of each row.
        width: of the chart in pixels.
        body: height of the marks of a row in pixels, with the gap below them.
        look: what the chart is drawn for.
        strong: the rows whose words are bold.
    """

    names: tuple[str, ...]
    width: int
    body: float
    look: Look
    strong: frozenset[int] = frozenset()

    @property
    def height(self) -> int:
        """Height of the plot in pixels, without an axis."""
        return round(sum(self._heights)) or LINE

    def top(self, place: int) -> float:
        """Return where the marks of a row begin, in pixels from the top."""
        return sum(self._heights[: place + 1]) - self.body

    def y(self, field: str) -> alt.Y:
        """Return the vertical position in pixels that a field gives."""
        return alt.Y(f"{field}:Q", scale=alt.Scale(domain=[self.height, 0], nice=False), axis=None)

    def words(self, colours: Palette, *, bold: bool = False) -> alt.Chart:
        """Return the words of each row, from the left edge, close to the marks below them."""
        least_wide, least = word_widths(self.width, self.look)
        narrow, wide = self._lines(least), self._lines(least_wide)
        rows = [
            {
                "place": self.top(place) - _BELOW_WORDS,
                "wide": "\n".join(wide[place]),
                "narrow": "\n".join(narrow[place]),
                "wide_up": -LINE * (len(wide[place]) - 1),
                "narrow_up": -LINE * (len(narrow[place]) - 1),
                "weight": "bold" if bold or place in self.strong else "normal",
            }
            for place in range(len(self.names))
        ]
        text, up = (by_width(f"datum.narrow{end}", f"datum.wide{end}", least_wide) for end in ("", "_up"))
        if self.look == "print":
            text, up = (alt.ExprRef(f"datum.wide{end}") for end in ("", "_up"))
        style: dict[str, Any] = {"fontSize": 11.5, "lineHeight": LINE, "lineBreak": "\n", "color": colours.ink}
        drawn = alt.Chart(inline(rows)).mark_text(
            align="left", baseline="bottom", fontWeight=alt.ExprRef("datum.weight"), text=text, dy=up, **style
        )
        return cast("alt.Chart", drawn.encode(x=alt.value(0), y=self.y("place")))

    @property
    def _heights(self) -> list[float]:
        """The pixels of each row: its words in as many lines as the narrowest screen takes, and its marks."""
        return [
            LINE * len(lines) + _BELOW_WORDS + self.body for lines in self._lines(word_widths(self.width, self.look)[1])
        ]

    def _lines(self, width: int) -> list[list[str]]:
        return [wrapped(name, width) for name in self.names]
