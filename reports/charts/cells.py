"""A table of shaded cells: the name of a row above its cells, the heads of the columns above all of them.

Shade says how much, the figure in the cell says it again in words, and a marked cell has a heavy outline and a word.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import Any

import altair as alt

from reports.charts.rows import LINE, Rows, word_widths
from reports.charts.theme import Look, Palette, inline, layered

_CELL, _GAP, _OVER = 32, 9, 3
"""Pixels: of a cell, of the gap after it, and between it and the words above, so that no outline touches them."""
_HEAD_SIZE, _HEAD_PADDING, _HEAD_LETTER = 10.5, 6, 6.3
SHADES = (0.0, 0.66, 0.665, 1.0)
"""Where the colours of a palette's scale stand; between the two in the middle words could hardly be read."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: how dark it is (0 to 1), what stands in it, and the word of its mark; empty without one."""

    shade: float
    label: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of a chart.

    Attributes:
        rows: the names of the rows.
        columns: the heads of the columns.
        cells: a tuple a row, a cell a column.
        width: of the chart in pixels.
        look: what the chart is drawn for.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[Cell, ...], ...]
    width: int
    look: Look

    @property
    def height(self) -> int:
        """Height of the rows in pixels, without the heads of the columns."""
        return self._placed.height

    @property
    def turns(self) -> bool:
        """Whether a cell has one of the strong colours, whose words are written in the other shade."""
        return any(round(cell.shade, 2) >= SHADES[2] for row in self.cells for cell in row)

    def layers(self, colours: Palette) -> alt.LayerChart:
        """Return the heads, the names and the cells."""
        base = alt.Chart(inline(self._data)).encode(x=self._x)
        top, middle = self._placed.y("top"), self._placed.y("middle")
        scale = alt.Scale(domain=list(SHADES), range=list(colours.scale), interpolate="rgb")
        shade = alt.Color("shade:Q", scale=scale, legend=None)
        words = alt.condition(f"datum.shade >= {SHADES[2]}", alt.value(colours.on_main), alt.value(colours.ink))
        marked, plain = base.transform_filter("datum.mark != ''"), base.transform_filter("datum.mark == ''")
        text = {"text": "label:N", "color": words}
        return layered(
            base.mark_rect(stroke=colours.grid, strokeWidth=1).encode(y=top, y2="foot:Q", color=shade),
            marked.mark_rect(fillOpacity=0, stroke=colours.ink, strokeWidth=2.5).encode(y=top, y2="foot:Q"),
            plain.mark_text(fontSize=12).encode(y=middle, **text),
            marked.mark_text(fontSize=12.5, fontWeight="bold", dy=-6).encode(y=middle, **text),
            marked.mark_text(fontSize=10, dy=8).encode(y=middle, text="mark:N", color=words),
            self._placed.words(colours),
        )

    @property
    def _placed(self) -> Rows:
        return Rows(self.rows, self.width, _OVER + _CELL + _GAP, self.look)

    @property
    def _data(self) -> list[dict[str, Any]]:
        placed = self._placed
        return [
            {
                "column": head,
                "top": placed.top(place) + _OVER,
                "foot": placed.top(place) + _OVER + _CELL,
                "middle": placed.top(place) + _OVER + _CELL / 2,
                "shade": round(cell.shade, 2),
                "label": cell.label,
                "mark": cell.mark,
            }
            for place, row in enumerate(self.cells)
            for head, cell in zip(self.columns, row, strict=True)
        ]

    def _heads(self, room: int) -> list[list[str]]:
        """Return the lines of each head in columns that have so much room together."""
        least = max((len(word) for head in self.columns for word in head.split()), default=1)
        letters = max(least, int(room / max(len(self.columns), 1) / _HEAD_LETTER))
        return [textwrap.wrap(head, letters, break_long_words=False) or [""] for head in self.columns]

    @staticmethod
    def _head_lines(heads: list[list[str]]) -> int:
        return max((len(lines) for lines in heads), default=1)

    @property
    def _x(self) -> alt.X:
        wide, narrow = word_widths(self.width, self.look)
        heads = {room: self._heads(room) for room in (wide, narrow)}
        most = max(self._head_lines(found) for found in heads.values())
        head = LINE * most + 2 * _HEAD_PADDING
        told = {room: self._told(found, most) for room, found in heads.items()}
        axis = alt.Axis(
            title=None,
            domain=False,
            ticks=False,
            orient="top",
            labelAngle=0,
            labelLimit=0,
            labelOverlap=False,
            labelFontSize=_HEAD_SIZE,
            labelBaseline="bottom",
            labelPadding=head - LINE - _HEAD_PADDING,
            labelLineHeight=LINE - 2,
            labelExpr=f"split(width < {wide} ? ({told[narrow]}) : ({told[wide]}), '\\n')",
        )
        return alt.X("column:N", sort=list(self.columns), axis=axis)

    def _told(self, heads: list[list[str]], most: int) -> str:
        """Return the expression of the heads, each with as many lines, empty ones first."""
        texts = ("\\n".join([""] * (most - len(lines)) + lines) for lines in heads)
        cases = (
            f"datum.value == {_quoted(head)} ? {_quoted(text)}" for head, text in zip(self.columns, texts, strict=True)
        )
        return " : ".join([*cases, "datum.label"])


def _quoted(text: str) -> str:
    """Return a text as a string of a Vega expression; a line break stays one."""
    inner = text.replace("\\n", "\n").replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n")
    return f"'{inner}'"
