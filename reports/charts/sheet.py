"""The numbers behind a chart as comma-separated values, with no text that a spreadsheet takes for a formula."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field

from reports.charts.figure import Figure
from reports.charts.template import Numbers, Template

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
Cell = str | float | int | None


@dataclass(frozen=True, slots=True)
class Plotted:
    """A chart with the numbers that it draws, a row a mark.

    Where it is drawn many times there are its ``template`` and the ``numbers`` of its data sets, too.
    """

    figure: Figure
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    template: Template | None = None
    numbers: Numbers = field(default_factory=dict)

    @property
    def csv(self) -> bytes:
        """The numbers as a UTF-8 file with a header row; an empty cell where there is no number."""
        text = io.StringIO(newline="")
        writer = csv.writer(text)
        writer.writerow([_written(title) for title in self.header])
        writer.writerows([_written(cell) for cell in row] for row in self.rows)
        return text.getvalue().encode("utf-8")


def _written(cell: Cell) -> Cell:
    """Return a cell; text that a spreadsheet would run as a formula gets an apostrophe in front."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
