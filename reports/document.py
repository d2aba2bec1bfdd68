"""A report as data: what stands in it and in which role, with nothing about pages, fonts or formats.

Every renderer (PDF now; workbook, notebook and HTML later) reads the same frozen description. All text is plain text:
nothing in a string is ever markup.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from reports.charts.figure import Figure
from reports.contrast import readable

Tone = Literal["body", "lead", "small", "quote"]
Kind = Literal["decision", "warning", "note"]
Align = Literal["left", "right", "centre"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a section: level 2 or 3 (a section's title is level 1)."""

    text: str
    level: Literal[2, 3] = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; ``label`` is a bold lead-in, and a line break in ``text`` is kept."""

    text: str
    label: str = ""
    tone: Tone = "body"


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of short paragraphs."""

    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its header, alignment, and share of the width."""

    header: str
    share: float = 1.0
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose header repeats on every page; ``strong`` names rows to be set bold, from 0."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    strong: tuple[int, ...] = ()
    note: str = ""

    def __post_init__(self) -> None:
        """Refuse a row that is longer or shorter than the header."""
        if any(len(row) != len(self.columns) for row in self.rows):
            message = f"every row of '{self.caption}' needs {len(self.columns)} cells"
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class FigureBlock:
    """A chart with its finding as title and its alternative text."""

    figure: Figure


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One figure of the summary with its range."""

    label: str
    value: str
    spread: str = ""


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """A row of key figures."""

    items: tuple[KeyFigure, ...]


@dataclass(frozen=True, slots=True)
class Callout:
    """A sentence set apart: the decision, a warning or a note."""

    text: str
    title: str = ""
    kind: Kind = "note"


@dataclass(frozen=True, slots=True)
class Together:
    """Blocks that stay on one page when they fit on one."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """Continue on a new page."""


Block: TypeAlias = Heading | Paragraph | Bullets | Table | FigureBlock | KeyFigures | Callout | Together | PageBreak


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered section.

    Attributes:
        id: stable name of the section.
        title: of the section.
        blocks: what stands in it.
        new_page: starts it on a page of its own, unless the page before is nearly empty.
        front: sets it before the contents, on as many pages as its page breaks ask for and no more.
    """

    id: str
    title: str
    blocks: tuple[Block, ...]
    new_page: bool = False
    front: bool = False


@dataclass(frozen=True, slots=True)
class Brand:
    """Whose report it is; what is empty is that of the product.

    Attributes:
        name: of the consultancy or department, on the cover and in the footer.
        logo: a PNG.
        primary: ``#RRGGBB`` of headings and the band of the cover; at least 4.5 to 1 on white.
        secondary: ``#RRGGBB`` of bars and small headings; a light one is a ground alone.
        cover_text: their own words on the cover, as plain text.
    """

    name: str = ""
    logo: bytes = b""
    primary: str = ""
    secondary: str = ""
    cover_text: str = ""

    @property
    def ground(self) -> str:
        """The second colour where it is too light for text on white, so that dark text stands on it; else empty."""
        return self.secondary if self.secondary and not readable(self.secondary) else ""


@dataclass(frozen=True, slots=True)
class Cover:
    """The first page."""

    title: str
    organisation: str
    subtitle: str
    label: str
    lines: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report.

    Attributes:
        title: for the metadata and the running header.
        language: BCP 47 tag of the text.
        stamp: what every page's footer says of its origin: product version and short hash of the inputs.
        label: printed in every footer when not empty: that the organisation is fictional.
        brand: whose report it is.
        draft: printed across every page when not empty: that too little is answered.
    """

    title: str
    author: str
    subject: str
    language: str
    cover: Cover
    sections: tuple[Section, ...]
    stamp: str
    label: str = ""
    brand: Brand = Brand()
    draft: str = ""

    def blocks(self) -> Iterator[Block]:
        """Yield every block in reading order, with those inside :class:`Together` in their place."""
        for section in self.sections:
            yield from _flat(section.blocks)

    def figures(self) -> tuple[Figure, ...]:
        """Return the charts in reading order."""
        return tuple(block.figure for block in self.blocks() if isinstance(block, FigureBlock))


def _flat(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Together):
            yield from _flat(block.blocks)
        else:
            yield block
