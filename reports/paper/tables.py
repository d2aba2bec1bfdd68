"""Tables, callouts and key figures as ReportLab tables."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol, runtime_checkable

from reportlab.platypus import CondPageBreak, Flowable, KeepTogether
from reportlab.platypus import Table as ReportLabTable

from reports.document import Callout, KeyFigures, Table
from reports.paper.fonts import name_of
from reports.paper.style import CELL_SIZE, HAIR, PALE, PALE_AMBER, STRIPE, Styles, colour
from reports.paper.tags import Node
from reports.paper.text import cleaned, paragraph, text_width
from reports.paper.words import Words

_LEAST_ROW_PART = 60
_GUTTER = 16
_CELL_PADDING = 5

_SMALL_SHARE = 0.42
_LEAST_FIRST_ROW = 120.0
_HIGH = 1e6
_HAIR, _PAIR = 0.1, 2
SMALLEST_PICTURE = 0.9
"""Share of its size that a picture keeps at least: its labels stay above seven points."""
_NO_PADDING = (("LEFTPADDING", 0), ("RIGHTPADDING", 0), ("TOPPADDING", 0), ("BOTTOMPADDING", 0))


class Grid(ReportLabTable):  # type: ignore[misc]
    """A table that knows how little of it may stand at the foot of a page.

    Attributes:
        laid: the width for which its rows are laid out, with the size that they then take; layout asks many times.
        noted: whether its last row is a note, which counts for none.
    """

    role = "Table"
    noted = False
    laid: tuple[float, tuple[float, float]] | None = None

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803
        """Lay the rows out, once for each width, and return their size."""
        if self.laid is None or self.laid[0] != availWidth:
            size: tuple[float, float] = super().wrap(availWidth, availHeight)
            self.laid = availWidth, size
        return self.laid[1]

    def draw(self) -> None:
        """Draw the cells and lines."""
        if not self.canv.blank:
            super().draw()

    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:  # noqa: N803
        """Split between rows, the rest on the next page; where one row alone would be left for it, another goes along.

        A row that is higher than a page is split itself, and then begins one: what is left of a page is not for a part
        of it. Such a split changes the rows of the table, which is then split no more.
        """
        rows = self.rows
        parts: list[Flowable] = super().split(availWidth, availHeight)
        if len(parts) != _PAIR or parts[0].rows + parts[1].rows != rows:
            return parts
        more = min(_PAIR + self.noted - parts[1].rows, parts[0].rows - _PAIR)
        if more > 0:
            taken = parts[0].wrap(availWidth, availHeight)[1] - parts[0].last_rows(more)
            again: list[Flowable] = super().split(availWidth, taken + _HAIR)
            parts = again if len(again) == _PAIR else parts
        parts[1].noted = self.noted
        return [parts[0], CondPageBreak(_HIGH), parts[1]]

    @property
    def rows(self) -> int:
        """How many rows it has below those that are repeated on every page."""
        return int(self._nrows) - int(self.repeatRows)

    def last_rows(self, count: int) -> float:
        """Return the height of the last rows, once the rows are laid out."""
        return float(sum(self._rowHeights[-count:]))

    def least(self, column: float) -> float:
        """Return the height of the repeated rows and the first two rows, or of a part of high ones."""
        self.wrap(column, _HIGH)
        repeated = float(sum(self._rowHeights[: self.repeatRows]))
        first = float(sum(self._rowHeights[self.repeatRows : self.repeatRows + _PAIR]))
        return float(self.getSpaceBefore()) + repeated + min(first, _LEAST_FIRST_ROW)

    def _drawBkgrnd(self) -> None:  # noqa: N802
        if self._bkgrndcmds:
            with self.canv.artifact():
                super()._drawBkgrnd()

    def _drawLines(self) -> None:  # noqa: N802
        if self._linecmds:
            with self.canv.artifact():
                super()._drawLines()


class Kept(KeepTogether):  # type: ignore[misc]
    """Flowables that stay on one page when they fit on one, and can be asked for.

    One inside another is taken apart: asked for its height, it would ask for a page of its own. A picture among them
    gives way a little where that keeps them on the page: what is a tenth too high does not leave half a page white.
    """

    parts: tuple[Flowable, ...]

    def __init__(self, parts: list[Flowable], column: float = 0.0) -> None:
        """Keep the parts in order; ``column`` is the width in points for which a picture may give way."""
        single: list[Flowable] = []
        for part in parts:
            single += part.parts if isinstance(part, Kept) else (part,)
        super().__init__(single)
        self.parts, self.column = tuple(single), column

    def split(self, aW: float, aH: float) -> list[Flowable]:  # noqa: N803
        """Return the parts for the room that is left, or for the next page."""
        pictures = [part for part in self.parts if isinstance(part, Scalable)]
        if self.column and pictures:
            taken = stacked(self.parts, aW) - sum(picture.height for picture in pictures)
            scale = (aH - taken - _HAIR) / sum(picture.height for picture in pictures)
            if SMALLEST_PICTURE <= scale < 1.0:
                return [part.at(scale) if isinstance(part, Scalable) else part for part in self.parts]
        parts: list[Flowable] = super().split(aW, aH)
        return parts


@runtime_checkable
class Scalable(Protocol):
    """A picture that can be drawn smaller."""

    height: float

    def at(self, scale: float) -> Flowable:
        """Return the same picture at a share of its size."""
        ...


def stacked(flow: Iterable[Flowable], column: float) -> float:
    """Return the height of a stack of flowables; of the space after one and before the next the larger counts.

    A question for room between two of them takes none, and lets both spaces count, as it does when pages are laid out.
    """
    total = before = 0.0
    for item in flow:
        if isinstance(item, CondPageBreak):
            before = 0.0
            continue
        above = float(item.getSpaceBefore()) if total else 0.0
        total += max(0.0, above - before) + float(item.wrap(column, _HIGH)[1]) + float(item.getSpaceAfter())
        before = float(item.getSpaceAfter())
    return total


def table(block: Table, part: Node, styles: Styles, column: float, height: float) -> list[Flowable]:
    """Return a table whose caption and header repeat on every page, and its note below.

    The note is drawn as a last row, so that it stays with the one above it, and is read after the table. Rows stay
    whole unless one is higher than a page, and a small table stays on one page.
    """
    if not block.rows:
        return []
    whole = part.add("Table")
    caption = [[_caption(block, whole, styles), *("" for _ in block.columns[1:])]] if block.caption else []
    header = [_header(block, whole, styles)]
    body = _body(block, whole.add("TBody"), styles)
    note = [[paragraph(block.note, styles.note, part.add("P")), *("" for _ in block.columns[1:])]] if block.note else []
    grid = Grid(
        [*caption, *header, *body, *note],
        colWidths=widths(block, column),
        repeatRows=len(caption) + 1,
        splitInRow=_LEAST_ROW_PART,
        style=_commands(len(caption), block, styles),
        spaceBefore=8,
        spaceAfter=12,
        hAlign="LEFT",
    )
    grid.noted = bool(note)
    return [Kept([grid])] if grid.wrap(column, height)[1] < _SMALL_SHARE * height else [grid]


def widths(block: Table, column: float) -> list[float]:
    """Return the widths in points of a table's columns: their shares, but none less than its header's longest word.

    What such a column needs more comes from the others, in proportion to what they can spare; where they cannot, the
    shares stay.
    """
    shares = sum(item.share for item in block.columns)
    wanted = [column * item.share / shares for item in block.columns]
    least = [
        max((text_width(word, "bold", CELL_SIZE) for word in cleaned(item.header, "bold").split()), default=0.0)
        + 2 * _CELL_PADDING
        + (_GUTTER - _CELL_PADDING if _follows_figures(block, index) else 0)
        + 1
        for index, item in enumerate(block.columns)
    ]
    missing = sum(max(0.0, low - width) for low, width in zip(least, wanted, strict=True))
    spare = sum(max(0.0, width - low) for low, width in zip(least, wanted, strict=True))
    if not missing or spare < missing:
        return wanted
    given = missing / spare
    return [low if width < low else width - given * (width - low) for low, width in zip(least, wanted, strict=True)]


def _follows_figures(block: Table, index: int) -> bool:
    """Return whether a column set to the left follows one set to the right, and so needs room before it."""
    return index > 0 and block.columns[index].align == "left" and block.columns[index - 1].align == "right"


def _caption(block: Table, whole: Node, styles: Styles) -> Flowable:
    return paragraph(block.caption, styles.caption, whole.add("Caption", once=True), "bold")


def _header(block: Table, whole: Node, styles: Styles) -> list[Words]:
    """Return the head cells; on later pages they are drawn again and not read again."""
    row = whole.add("THead").add("TR")
    return [
        paragraph(
            item.header, styles.cell(item.align, head=True), row.add("TH", scope="Column", once=True), face="bold"
        )
        for item in block.columns
    ]


def _body(block: Table, part: Node, styles: Styles) -> list[list[Words]]:
    """Return the rows; the cells of a first column that names them are head cells."""
    named, made = names_rows(block), []
    for number, cells in enumerate(block.rows):
        row, strong = part.add("TR"), number in block.strong
        nodes = [row.add("TH", scope="Row") if named and not index else row.add("TD") for index in range(len(cells))]
        made.append(
            [
                paragraph(cell, styles.cell(item.align, strong=strong), node, "bold" if strong else "regular")
                for cell, item, node in zip(cells, block.columns, nodes, strict=True)
            ]
        )
    return made


def names_rows(block: Table) -> bool:
    """Return whether the first column names the rows: it stands to the left, no name is empty and none comes twice."""
    names = [row[0].strip() for row in block.rows]
    return len(block.columns) > 1 and block.columns[0].align == "left" and all(names) and len({*names}) == len(names)


def _commands(head: int, block: Table, styles: Styles) -> list[tuple[Any, ...]]:
    """Return the look of a table whose header row is row ``head``."""
    first = head + 1
    commands: list[tuple[Any, ...]] = [
        _font(),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("VALIGN", (0, head), (-1, head), "BOTTOM"),
        ("LEFTPADDING", (0, 0), (-1, -1), _CELL_PADDING),
        ("RIGHTPADDING", (0, 0), (-1, -1), _CELL_PADDING),
        ("TOPPADDING", (0, 0), (-1, -1), 3.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
        ("BACKGROUND", (0, head), (-1, head), colour(styles.ground)),
        ("LINEABOVE", (0, head), (-1, head), 1, colour(styles.primary)),
        ("LINEBELOW", (0, head), (-1, head), 0.5, colour(styles.primary)),
        ("LINEBELOW", (0, first), (-1, -2 if block.note else -1), 0.4, colour(HAIR)),
    ]
    if block.note:
        commands += [("SPAN", (0, -1), (-1, -1)), ("LEFTPADDING", (0, -1), (0, -1), 0)]
    if head:
        commands += [("SPAN", (0, 0), (-1, 0)), ("LEFTPADDING", (0, 0), (-1, 0), 0)]
    for index in range(1, len(block.columns)):
        if _follows_figures(block, index):
            commands.append(("LEFTPADDING", (index, head), (index, -1), _GUTTER))
    for number in block.strong:
        commands.append(("BACKGROUND", (0, first + number), (-1, first + number), colour(STRIPE)))
    return commands


def _font() -> tuple[Any, ...]:
    """Return the command that keeps ReportLab from naming a font that is not embedded."""
    return ("FONTNAME", (0, 0), (-1, -1), name_of("regular"))


def callout(block: Callout, part: Node, styles: Styles, column: float) -> list[Flowable]:
    """Return a sentence set apart by a ground and a bar at its left."""
    grounds = {"warning": PALE_AMBER, "decision": styles.ground}
    ground, bar = grounds.get(block.kind, PALE), "#8A5A00" if block.kind == "warning" else styles.secondary
    whole, style = part.add("Div"), styles.callout if block.kind == "decision" else styles.body
    content = [paragraph(block.title, styles.callout_title, whole.add("P"), "bold")] if block.title else []
    content.append(paragraph(block.text, style, whole.add("P")))
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


def key_figures(block: KeyFigures, part: Node, styles: Styles, column: float) -> list[Flowable]:
    """Return the key figures side by side, label above and range below each; they are read one after the other."""
    if not block.items:
        return []
    whole = part.add("L")
    nodes = [whole.add("LI").add("LBody") for _ in block.items]
    each = list(zip(block.items, nodes, strict=True))
    rows = [
        [paragraph(item.label, styles.key_label, node.add("P")) for item, node in each],
        [paragraph(item.value, styles.key_value, node.add("P"), "bold") for item, node in each],
        [paragraph(item.spread, styles.key_label, node.add("P")) for item, node in each],
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


def bullets(items: tuple[str, ...], part: Node, styles: Styles, column: float, *, numbered: bool) -> list[Flowable]:
    """Return a list, one row an item, so that an item may be split over pages."""
    if not items:
        return []
    marks = [f"{number}." if numbered else "\u2013" for number in range(1, len(items) + 1)]
    commands: list[tuple[Any, ...]] = [(name, (0, 0), (-1, -1), value) for name, value in _NO_PADDING]
    commands += [_font(), ("VALIGN", (0, 0), (-1, -1), "TOP"), ("BOTTOMPADDING", (0, 0), (-1, -1), 3)]
    indent, whole = 16, part.add("L", numbering="Decimal" if numbered else "Disc")
    nodes = [whole.add("LI") for _ in items]
    grid = Grid(
        [
            [paragraph(mark, styles.bullet, node.add("Lbl")), paragraph(item, styles.bullet, node.add("LBody"))]
            for mark, item, node in zip(marks, items, nodes, strict=True)
        ],
        colWidths=[indent, column - indent],
        style=commands,
        splitInRow=_LEAST_ROW_PART,
        spaceAfter=7,
        hAlign="LEFT",
    )
    grid.role = "L"
    return [grid]
