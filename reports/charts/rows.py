"""Rows with their words above the marks, in as many lines as a screen takes, so that no name is cut off.

The picture is as high as the narrowest screen needs. Where a wider one has fewer lines, the room that is left is shared
among all rows, so that they stand evenly. Lines of a grid leave the words out.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
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
_WHOLE = re.compile(r"(?<=\d) (?=[kMB]\b)|(?<=[kMB]) (?=to \d)|(?<=[kMB] to) (?=\d)")
"""The space in a figure before its thousands, and those between two ends of a range: no line ends there."""
_BELOW_WORDS, _LEAST_CHARACTERS = 3, 16
_WIDEST, _BESIDE, _UNDER = 7.2, 3, 2
"""Pixels of a character in bold, and of the room that a line leaves beside words and under them."""
_LAST = 1
"""Pixels at the foot of a row that hold no mark."""


def word_widths(width: int, look: Look) -> tuple[int, int]:
    """Return the pixels that words are laid out for on a screen, and on a phone; paper has one width."""
    return (width, width) if look == "print" else (max(width - _SPARE, PHONE), min(width, PHONE))


def wrapped(text: str, width: float) -> list[str]:
    """Return the lines of a text that is given so many pixels."""
    return textwrap.wrap(_WHOLE.sub("\N{NO-BREAK SPACE}", text), max(_LEAST_CHARACTERS, int(width / CHARACTER))) or [""]


def even_scale(narrow: Sequence[float], wide: Sequence[float], least: int) -> alt.Scale:
    """Return the scale of places down a chart of rows, which are pixels where its words have the lines of a phone.

    Where the words have the width for fewer lines, the room of the lines that are not drawn is shared among all rows.

    Args:
        narrow: heights of the rows with the lines that a phone takes; the picture is as high as their sum.
        wide: their heights with the lines of a wide screen, none higher.
        least: the width in pixels that those need.
    """
    height = round(sum(narrow))
    if list(narrow) == list(wide):
        return alt.Scale(domain=[0, height or 1], range=[0, height or 1], nice=False, zero=False)
    places, even, top = list[float](), list[Any](), 0.0
    for down, here in zip(even_tops(narrow, wide), wide, strict=True):
        room = narrow[len(even) // 2]
        pairs = ((top + room - here, down), (top + room - _LAST, down + here - _LAST))
        places += [place for place, _ in pairs]
        even += [by_width(f"{place:g}", f"{shown:g}", least) for place, shown in pairs]
        top += room
    return alt.Scale(domain=places, range=even, nice=False, zero=False)


def even_tops(narrow: Sequence[float], wide: Sequence[float]) -> list[float]:
    """Return how many pixels down each row begins on a wide screen."""
    spare = (sum(narrow) - sum(wide)) / max(len(wide), 1)
    return [sum(wide[:place]) + spare * place for place in range(len(wide))]


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of words with room for marks below each; one unit of the vertical axis is a pixel of a phone's picture.

    On a screen the words are laid out twice, for the width of the chart and for a phone, and the browser takes the one
    that fits, and puts the rows where it leaves them; paper has one width.

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
        return round(sum(self._narrow)) or LINE

    def top(self, place: int) -> float:
        """Return where the marks of a row begin, in pixels from the top."""
        return sum(self._narrow[: place + 1]) - self.body

    def y(self, field: str) -> alt.Y:
        """Return the vertical position in pixels that a field gives."""
        wide, narrow = word_widths(self.width, self.look)
        return alt.Y(f"{field}:Q", scale=even_scale(self._heights(narrow), self._heights(wide), wide), axis=None)

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

    def upright(
        self, values: Sequence[float], domain: tuple[float, float], x: alt.X, *, under: float = 0.0, **mark: Any
    ) -> alt.Chart:
        """Return a line at each value from top to foot, which leaves out the words that stand in its way.

        It asks for no ground of its own behind the words: a page has another than a picture.

        Args:
            values: where the lines stand; rows of the data have them as ``at``.
            domain: values at both edges of the plot.
            x: their place across.
            under: pixels of a row below its words that hold other words; the lines leave these out everywhere.
            mark: style of the lines.
        """
        least_wide, least = word_widths(self.width, self.look)
        low, high = domain
        rows = [
            {
                "at": value,
                "share": (value - low) / (high - low),
                **self._free("narrow", least, place, under),
                **self._free("wide", least_wide, place, under),
            }
            for place in range(len(self.names))
            for value in values
        ]
        top = "datum.share * width < datum.{0}_words ? datum.{0}_below : datum.{0}_top"
        ends: dict[str, Any] = {
            end: self._by_width(told.format("narrow"), told.format("wide"), least_wide)
            for end, told in (("y", top), ("y2", "datum.{0}_end"))
        }
        return cast("alt.Chart", alt.Chart(inline(rows)).mark_rule(**ends, **mark).encode(x=x))

    def _by_width(self, narrow: str, wide: str, least: int) -> alt.ExprRef:
        return alt.ExprRef(wide) if self.look == "print" else by_width(f"({narrow})", f"({wide})", least)

    def _free(self, name: str, width: int, place: int, under: float) -> dict[str, float]:
        """Return, for one of both layouts, where a row begins and ends and what its words leave free, in pixels."""
        lines, tops = self._lines(width)[place], [*even_tops(self._narrow, self._heights(width)), self.height]
        words = tops[place] + LINE * len(lines) + _UNDER
        return {
            f"{name}_words": max(len(line) for line in lines) * _WIDEST + _BESIDE,
            f"{name}_top": words + under if under else tops[place],
            f"{name}_below": words + under,
            f"{name}_end": tops[place + 1],
        }

    @property
    def _narrow(self) -> list[float]:
        """The pixels of each row where its words have as many lines as the narrowest screen takes."""
        return self._heights(word_widths(self.width, self.look)[1])

    def _heights(self, width: int) -> list[float]:
        """Return the pixels of each row: its words in as many lines as so much width asks for, and its marks."""
        return [LINE * len(lines) + _BELOW_WORDS + self.body for lines in self._lines(width)]

    def _lines(self, width: int) -> list[list[str]]:
        return [wrapped(name, width) for name in self.names]
