"""A worksheet that is written cell by cell: the one place where something becomes a cell.

Text is always written as text, whatever it begins with; a formula is made by this package alone, and carries the value
that the engine gives, so that a viewer which does not calculate shows the same figures.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal, TypeAlias

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from reports.visible import visible

Look = Literal["text", "wrapped", "bold", "title", "header", "figure", "formula", "input"]
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
_MOST_CHARACTERS = 32_767
"""The most that a cell of this format holds."""
_A4 = 9
_NOTE_COLUMNS = 5
_MADE = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""Stands for the date of making, so that the same report gives the same bytes."""
_NUMBER = "[>=1000]#,##0;[<=-1000]-#,##0;0.0000##"
_WHOLE = "General"
_LARGE = 1000
_LINE_HEIGHT = 15
"""Points that a line of text takes."""
_LOOKS: dict[Look, dict[str, Any]] = {
    "text": {"valign": "top"},
    "wrapped": {"valign": "top", "text_wrap": True},
    "bold": {"bold": True, "valign": "top"},
    "title": {"bold": True, "font_size": 14},
    "header": {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#EEF3F8"},
    "figure": {"num_format": _NUMBER, "valign": "top"},
    "formula": {"num_format": _NUMBER, "valign": "top"},
    "input": {"num_format": _NUMBER, "bg_color": "#FFF6DB", "border": 1, "valign": "top"},
}


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula of this package, without its equals sign, and the value that the engine gives for it."""

    text: str
    value: float | str


Cell: TypeAlias = str | float | Formula | None


def reference(row: int, column: int, sheet: str = "") -> str:
    """Return the fixed address of a cell, such as ``Inputs!$J$4``; ``row`` and ``column`` count from 0."""
    address = f"${xl_col_to_name(column)}${row + 1}"
    return f"{sheet}!{address}" if sheet else address


def span(first: int, last: int, column: int, sheet: str = "") -> str:
    """Return the fixed address of cells in one column, both rows included."""
    name = xl_col_to_name(column)
    address = f"${name}${first + 1}:${name}${last + 1}"
    return f"{sheet}!{address}" if sheet else address


class Book:
    """A workbook in memory."""

    def __init__(self, title: str, author: str) -> None:
        """Begin a workbook; nothing that a user typed is taken for a formula, a link or a number."""
        self.target = io.BytesIO()
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self.book = xlsxwriter.Workbook(self.target, {**options, "strings_to_numbers": False})
        self.book.set_properties({"title": visible(title), "author": visible(author), "created": _MADE})
        self.book.set_calc_mode("auto")
        self.formats = {look: self.book.add_format(given) for look, given in _LOOKS.items()}
        self.whole = {look: self.book.add_format({**given, "num_format": _WHOLE}) for look, given in _LOOKS.items()}
        self.quoted = {look: self.book.add_format({**given, "quote_prefix": True}) for look, given in _LOOKS.items()}

    def sheet(self, name: str, widths: Sequence[float]) -> Page:
        """Add a worksheet; ``widths`` in characters, by column."""
        found = self.book.add_worksheet(name)
        for column, width in enumerate(widths):
            found.set_column(column, column, width)
        found.set_landscape()
        found.set_paper(_A4)
        found.fit_to_pages(1, 0)
        return Page(self, found, name, widths)

    def bytes(self) -> bytes:
        """Finish the workbook and return its file."""
        self.book.close()
        return self.target.getvalue()


class Page:
    """One worksheet, filled from the top; ``row`` is the next free row, from 0."""

    def __init__(self, book: Book, sheet: Any, name: str, widths: Sequence[float]) -> None:
        """Begin at the first row; ``widths`` in characters, by column."""
        self.book, self.sheet, self.name, self.row, self.widths = book, sheet, name, 0, widths

    def put(self, row: int, column: int, cell: Cell, look: Look = "text") -> None:
        """Write one cell; a figure that does not exist is left empty."""
        if isinstance(cell, Formula):
            shown = self._format("formula" if look == "text" else look, cell.value)
            self.sheet.write_formula(row, column, f"={cell.text}", shown, cell.value)
        elif isinstance(cell, str):
            text = visible(cell)[:_MOST_CHARACTERS]
            quoted = cell.startswith(_FORMULA_SIGNS)
            self.sheet.write_string(row, column, text, (self.book.quoted if quoted else self.book.formats)[look])
        elif cell is not None and math.isfinite(cell):
            self.sheet.write_number(row, column, cell, self._format("figure" if look == "text" else look, cell))
        else:
            self.sheet.write_blank(row, column, None, self.book.whole[look])

    def _format(self, look: Look, value: float | str) -> Any:
        """Return the format of a figure: a small whole one as it is, others with thousands or four decimals."""
        small = not isinstance(value, str) and abs(value) < _LARGE and value == round(value)
        return (self.book.whole if small else self.book.formats)[look]

    def line(self, *cells: Cell, look: Look = "text") -> int:
        """Write cells from the first column on; return the row."""
        for column, cell in enumerate(cells):
            self.put(self.row, column, cell, look)
        self.row += 1
        return self.row - 1

    def note(self, text: str) -> None:
        """Write a paragraph over the first columns, in as many lines as it takes."""
        lines = math.ceil(len(text) / sum(self.widths[:_NOTE_COLUMNS])) + 1
        self.sheet.set_row(self.row, _LINE_HEIGHT * lines)
        self.sheet.merge_range(self.row, 0, self.row, _NOTE_COLUMNS - 1, "", self.book.formats["wrapped"])
        self.line(text, look="wrapped")

    def lines(self, rows: Iterable[Sequence[Cell]], look: Look = "text") -> None:
        """Write rows one below another."""
        for row in rows:
            self.line(*row, look=look)

    def header(self, *titles: str) -> int:
        """Write the header of a table, as high as its longest title needs; return its row."""
        lines = max(math.ceil((len(title) + 2) / width) for title, width in zip(titles, self.widths, strict=False))
        self.sheet.set_row(self.row, _LINE_HEIGHT * lines)
        return self.line(*titles, look="header")

    def gap(self) -> None:
        """Leave a row free."""
        self.row += 1

    def freeze(self, row: int, column: int = 1) -> None:
        """Keep the rows above ``row`` and the columns before ``column`` in sight."""
        self.sheet.freeze_panes(row, column)
