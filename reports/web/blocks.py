"""From blocks of a document to elements of a page."""

from __future__ import annotations

from collections.abc import Iterable

from models.watching import Steps
from reports.document import (
    Block,
    Bullets,
    Callout,
    FigureBlock,
    Heading,
    KeyFigures,
    PageBreak,
    Paragraph,
    Section,
    Table,
    Together,
)
from reports.web.charts import drawn
from reports.web.nodes import Child, Node, element, lines

_TOP = 2
"""Level of a section's title; that of the page is 1."""


class Maker:
    """Makes the elements of one page; it counts tables and charts, so that names are the same each time."""

    def __init__(self, drawn: Steps) -> None:
        """Begin a page; each chart is a step of it."""
        self.drawn, self.charts = drawn, 0
        self.level = _TOP

    def section(self, number: int, section: Section) -> Node:
        """Return a numbered section, with its title as the name of the region."""
        self.level = _TOP
        name = section_name(number)
        title = element("h2", f"{number} {section.title}", id=f"{name}-title")
        return element("section", title, *self.blocks(section.blocks), id=name, aria_labelledby=f"{name}-title")

    def blocks(self, blocks: Iterable[Block]) -> list[Node]:
        """Return blocks in order."""
        return [node for block in blocks for node in self.block(block)]

    def block(self, block: Block) -> list[Node]:  # noqa: PLR0911 - one return a kind of block
        """Return the elements of one block."""
        match block:
            case Heading():
                return [self.heading(block)]
            case Paragraph():
                return _paragraph(block)
            case Bullets():
                items = (element("li", *lines(item), dir="auto") for item in block.items)
                return [element("ol" if block.numbered else "ul", *items)] if block.items else []
            case Table():
                return _table(block)
            case FigureBlock():
                return [self.figure(block)]
            case KeyFigures():
                return [_key_figures(block)]
            case Callout():
                return [_callout(block)]
            case Together():
                return self.blocks(block.blocks)
            case PageBreak():
                return []

    def heading(self, block: Heading) -> Node:
        """Return a heading, at most one level below the one before it."""
        self.level = min(block.level + 1, self.level + 1)
        return element(f"h{self.level}", block.text, dir="auto")

    def figure(self, block: FigureBlock) -> Node:
        """Return a chart under its finding, with how to read it and the table behind it."""
        self.drawn.next()
        self.charts += 1
        figure = block.figure
        data = [
            element("summary", "The figures of this chart as a table"),
            _grid(figure.title, figure.header, figure.rows, ()),
        ]
        return element(
            "figure",
            element("figcaption", figure.title, dir="auto"),
            element(
                "div",
                drawn(figure, chart_name(self.charts)),
                id=chart_name(self.charts),
                class_="drawing",
                tabindex="0",
                role="group",
                aria_label=f"Chart {self.charts}",
            ),
            element("p", figure.note, class_="note", dir="auto") if figure.note else None,
            element("details", *data) if figure.rows else None,
        )


def chart_name(number: int) -> str:
    """Return the name of the element around a chart, counted from 1."""
    return f"chart{number}"


def section_name(number: int) -> str:
    """Return the name of a section inside the page."""
    return f"section-{number}"


def _paragraph(block: Paragraph) -> list[Node]:
    if not (block.text or block.label):
        return []
    label: tuple[Child, ...] = (element("strong", block.label), " ") if block.label else ()
    tag = "blockquote" if block.tone == "quote" else "p"
    return [element(tag, *label, *lines(block.text), class_=None if block.tone == "body" else block.tone, dir="auto")]


def _callout(block: Callout) -> Node:
    title = element("p", block.title, class_="callout-title", dir="auto") if block.title else None
    text = element("p", *lines(block.text), dir="auto")
    return element("div", title, text, class_=f"callout {block.kind}", role="note")


def _key_figures(block: KeyFigures) -> Node:
    def item(label: str, value: str, spread: str) -> Node:
        described = [element("dd", value, class_="value"), element("dd", spread, class_="spread") if spread else None]
        return element("div", element("dt", label), *described)

    return element("dl", *(item(each.label, each.value, each.spread) for each in block.items), class_="key-figures")


def _table(block: Table) -> list[Node]:
    aligned = tuple(column.align for column in block.columns)
    header = tuple(column.header for column in block.columns)
    grid = _grid(block.caption, header, block.rows, aligned, frozenset(block.strong))
    return [grid, element("p", block.note, class_="note", dir="auto")] if block.note else [grid]


def _grid(
    caption: str,
    header: tuple[str, ...],
    rows: tuple[tuple[str, ...], ...],
    aligned: tuple[str, ...],
    strong: frozenset[int] = frozenset(),
) -> Node:
    """Return a table in a frame that scrolls by itself on a narrow screen, and by the keyboard."""
    sides = [None if side == "left" else side for side in aligned] or [None] * len(header)

    def cell(text: str, place: int) -> Node:
        if place == 0 and text.strip():
            return element("th", *lines(text), scope="row", class_=sides[0], dir="auto")
        return element("td", *lines(text), class_=sides[place], dir="auto")

    titles = (
        element("th", text, scope="col", class_=side) if text.strip() else element("td")
        for text, side in zip(header, sides, strict=True)
    )
    body = (
        element("tr", *(cell(text, place) for place, text in enumerate(row)), class_="strong" if at in strong else None)
        for at, row in enumerate(rows)
    )
    table = element(
        "table",
        element("caption", caption, dir="auto") if caption else None,
        element("thead", element("tr", *titles)),
        element("tbody", *body),
    )
    return element("div", table, class_="scroll", tabindex="0", role="group", aria_label=caption or "Table")
