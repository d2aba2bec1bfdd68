"""Tables, callouts and key figures as ReportLab tables."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from reportlab.platypus import Flowable, KeepTogether
from reportlab.platypus import Table as ReportLabTable

from reports.document import Callout, KeyFigures, Table
from reports.paper.fonts import name_of
from reports.paper.style import HAIR, PALE, PALE_AMBER, STRIPE, Styles, colour
from reports.paper.text import paragraph

_LEAST_ROW_PART = 60
_GUTTER = 16
_SMALL_SHARE = 0.42
_LEAST_FIRST_ROW = 120.0
_HIGH = 1e6
_NO_PADDING = (("LEFTPADDING", 0), ("RIGHTPADDING", 0), ("TOPPADDING", 0), ("BOTTOMPADDING", 0))


class Grid(ReportLabTable):  # type: ignore[misc]
    """A table that knows how little of it may stand at the foot of a page."""

    role = "Table"

    def least(self, column: float) -> float:
        """Return the height of the repeated rows and the first row, or of a part of a high first row."""
        self.wrap(column, _HIGH)
        repeated = float(sum(self._rowHeights[: self.repeatRows]))
        first = float(sum(self._rowHeights[self.repeatRows : self.repeatRows + 1]))
        return float(self.getSpaceBefore()) + repeated + min(first, _LEAST_FIRST_ROW)


class Kept(KeepTogether):  # type: ignore[misc]
    """Flowables that stay on one page when they fit on one, and can be asked for."""

    def __init__(self, parts: list[Flowable]) -> None:
        """Keep the parts in order."""
        super().__init__(parts)
        self.parts = tuple(parts)


def table(block: Table, styles: Styles, column: float, height: float) -> list[Flowable]:
    """Return a table whose caption and header repeat on every page, and its note below.

    Rows stay whole unless one is higher than a page, and a small table stays on one page with its note.
    """
    if not block.rows:
        return []
    shares = sum(item.share for item in block.columns)
    caption = (
        [[paragraph(block.caption, styles.caption, "bold"), *("" for _ in block.columns[1:])]] if block.caption else []
    )
    header = [[paragraph(item.header, styles.cell(item.align, head=True), "bold") for item in block.columns]]
    body = [
        [
            paragraph(
                cell,
                styles.cell(item.align, strong=number in block.strong),
                "bold" if number in block.strong else "regular",
            )
            for cell, item in zip(row, block.columns, strict=True)
        ]
        for number, row in enumerate(block.rows)
    ]
    grid = Grid(
        [*caption, *header, *body],
        colWidths=[column * item.share / shares for item in block.columns],
        repeatRows=len(caption) + 1,
        splitInRow=_LEAST_ROW_PART,
        style=_commands(len(caption), block, styles.primary),
        spaceBefore=8,
        spaceAfter=4 if block.note else 12,
        hAlign="LEFT",
    )
    note = [paragraph(block.note, styles.note)] if block.note else []
    for item in note:
        item.spaceAfter = 12
    small = sum(item.wrap(column, height)[1] for item in (grid, *note)) < _SMALL_SHARE * height
    return [Kept([grid, *note])] if small else [grid, *note]


def _commands(head: int, block: Table, line: str) -> list[tuple[Any, ...]]:
    """Return the look of a table whose header row is row ``head``."""
    first = head + 1
    commands: list[tuple[Any, ...]] = [
        _font(),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("VALIGN", (0, head), (-1, head), "BOTTOM"),
        ("LEFTPADDING", (0, 0), (-1, -1), 5),
        ("RIGHTPADDING", (0, 0), (-1, -1), 5),
        ("TOPPADDING", (0, 0), (-1, -1), 3.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
        ("BACKGROUND", (0, head), (-1, head), colour(PALE)),
        ("LINEABOVE", (0, head), (-1, head), 1, colour(line)),
        ("LINEBELOW", (0, head), (-1, head), 0.5, colour(line)),
        ("LINEBELOW", (0, first), (-1, -1), 0.4, colour(HAIR)),
    ]
    if head:
        commands += [("SPAN", (0, 0), (-1, 0)), ("LEFTPADDING", (0, 0), (-1, 0), 0)]
    for index, (before, after) in enumerate(pairwise(block.columns), 1):
        if before.align == "right" and after.align == "left":
            commands.append(("LEFTPADDING", (index, head), (index, -1), _GUTTER))
    for number in block.strong:
        commands.append(("BACKGROUND", (0, first + number), (-1, first + number), colour(STRIPE)))
    return commands


def _font() -> tuple[Any, ...]:
    """Return the command that keeps ReportLab from naming a font that is not embedded."""
    return ("FONTNAME", (0, 0), (-1, -1), name_of("regular"))


def callout(block: Callout, styles: Styles, column: float) -> list[Flowable]:
    """Return a sentence set apart by a ground and a bar at its left."""
    ground, bar = (PALE_AMBER, "#8A5A00") if block.kind == "warning" else (PALE, styles.secondary)
    content = [paragraph(block.title, styles.callout_title, "bold")] if block.title else []
    content.append(paragraph(block.text, styles.callout if block.kind == "decision" else styles.body))
    grid = Grid(
        [[content]],
        colWidths=[column],
        style=[
            _font(),
            ("BACKGROUND", (0, 0), (-1, -1), colour(ground)),
            ("LINEBEFORE", (0, 0), (0, -1), 4, colour(bar)),
            ("LEFTPADDING", (0, 0), (-1, -1), 14),
            ("RIGHTPADDING", (0, 0), (-1, -1), 12),
            ("TOPPADDING", (0, 0), (-1, -1), 9),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 10),
        ],
        splitInRow=_LEAST_ROW_PART,
        spaceBefore=4,
        spaceAfter=12,
        hAlign="LEFT",
    )
    return [grid]


def key_figures(block: KeyFigures, styles: Styles, column: float) -> list[Flowable]:
    """Return the key figures side by side, label above and range below each."""
    if not block.items:
        return []
    rows = [
        [paragraph(item.label, styles.key_label) for item in block.items],
        [paragraph(item.value, styles.key_value, "bold") for item in block.items],
        [paragraph(item.spread, styles.key_label) for item in block.items],
    ]
    commands: list[tuple[Any, ...]] = [(name, (0, 0), (-1, -1), value) for name, value in _NO_PADDING]
    commands += [
        _font(),
        ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
        ("VALIGN", (0, 1), (-1, -1), "TOP"),
        ("LINEABOVE", (0, 0), (-1, 0), 1, colour(styles.primary)),
        ("LINEBELOW", (0, -1), (-1, -1), 0.5, colour(HAIR)),
        ("TOPPADDING", (0, 0), (-1, 0), 6),
        ("BOTTOMPADDING", (0, -1), (-1, -1), 7),
        ("RIGHTPADDING", (0, 0), (-1, -1), 8),
    ]
    grid = Grid(
        rows,
        colWidths=[column / len(block.items)] * len(block.items),
        style=commands,
        spaceBefore=4,
        spaceAfter=12,
        hAlign="LEFT",
    )
    return [grid]


def bullets(items: tuple[str, ...], styles: Styles, column: float, *, numbered: bool) -> list[Flowable]:
    """Return a list, one row an item, so that an item may be split over pages."""
    if not items:
        return []
    marks = [f"{number}." if numbered else "\u2013" for number in range(1, len(items) + 1)]
    commands: list[tuple[Any, ...]] = [(name, (0, 0), (-1, -1), value) for name, value in _NO_PADDING]
    commands += [_font(), ("VALIGN", (0, 0), (-1, -1), "TOP"), ("BOTTOMPADDING", (0, 0), (-1, -1), 3)]
    indent = 16
    grid = Grid(
        [
            [paragraph(mark, styles.bullet), paragraph(item, styles.bullet)]
            for mark, item in zip(marks, items, strict=True)
        ],
        colWidths=[indent, column - indent],
        style=commands,
        splitInRow=_LEAST_ROW_PART,
        spaceAfter=7,
        hAlign="LEFT",
    )
    grid.role = "L"
    return [grid]
