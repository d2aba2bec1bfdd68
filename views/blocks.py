"""The blocks of a report on screen: the same document that the PDF prints, drawn with Streamlit.

Every string of a block is text; it is escaped here, the one place where it becomes Markdown.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext
from typing import NamedTuple

import pandas as pd  # noqa: F401 - whole before Altair looks for it: two first sessions would race
import streamlit as st

from reports.charts.figure import Figure
from reports.charts.theme import Look
from reports.document import (
    Block,
    Bullets,
    Callout,
    FigureBlock,
    Heading,
    KeyFigures,
    PageBreak,
    Paragraph,
    Table,
    Together,
    Tone,
)
from reports.figures_format import DASH, RANGE_ONLY
from views.chart_files import place_behind
from views.names import without_symbols
from views.plain import JOINER, KEPT_SPACE, kept, plain
from views.stacked import stacked, too_wide

WIDTH = 960
"""Width of a page that is read, in pixels; a narrow window takes less."""
_SCREEN, _PHONE = 680, 360
_FITS, _MARGINS, _READABLE, _LONG = 36, 3, 26, 60
"""Characters: what a phone shows beside each other, the margins of a column, a line one can read, and a long text."""
_UNIT = re.compile(rf"(?<=\d )[kMB]\b|(?<=\s)to(?=\s)|(?<=\d )\({RANGE_ONLY}\)|^{RANGE_ONLY}$", re.MULTILINE)
_WORDS = re.compile(r"[^\W\d_]|, ")
_SPAN = re.compile(r"[+\N{MINUS SIGN}]?\d[\d.,]*( [kMB])? to [+\N{MINUS SIGN}]?\d[\d.,]*( [kMB])?")
_CALLOUTS = {"decision": st.success, "warning": st.warning, "note": st.info}


def look() -> Look:
    """Return the look that goes with the theme of this browser."""
    return "dark" if st.context.theme.type == "dark" else "light"


def chart_width() -> int:
    """Return the width that charts are laid out for, in pixels; they stretch to their place, their labels do not."""
    return _PHONE if on_phone() else _SCREEN


def on_phone() -> bool:
    """Return whether the browser says that it is a phone's."""
    return "Mobi" in st.context.headers.get("User-Agent", "")


def show(blocks: Iterable[Block], figures: Iterable[Figure] = (), said: str = "", place: str = "") -> None:
    """Draw blocks one after the other; a chart of a document gives way to the one of its id made for this screen.

    ``said`` is what stands above already: a chart does not say it again. ``place`` tells apart two documents on one
    page, so that a chart which both hold is drawn twice.
    """
    _blocks(blocks, figures, said, _Keys(place, Counter()))


class _Keys(NamedTuple):
    """The keys of the charts of one document: a chart that stands twice has two."""

    place: str
    drawn: Counter[str]

    def next(self, name: str) -> str:
        """Return the key of the next drawing of a chart."""
        self.drawn[name] += 1
        return "-".join(["chart", *filter(None, [self.place]), name, str(self.drawn[name])])


def _blocks(blocks: Iterable[Block], figures: Iterable[Figure], said: str, keys: _Keys) -> None:
    screen = {found.id: found for found in figures}
    listed = list(blocks)
    tables = [block for block in listed if isinstance(block, Table)]
    for block in listed:
        if isinstance(block, FigureBlock):
            drawn = screen.get(block.figure.id, block.figure)
            open_ = any(_says(block, drawn) for block in tables)
            figure(drawn, keys.next(drawn.id), titled=drawn.title not in said, tabled=not open_)
        elif isinstance(block, Paragraph):
            paragraph(block.text, block.label, "body" if said and block.tone == "lead" else block.tone)
        else:
            _show(block, screen, keys)
        said += block.text if isinstance(block, Paragraph | Callout) else ""


def _says(block: Table, found: Figure) -> bool:
    """Return whether a table that stands open holds every figure of a chart, row by row."""
    pairs = zip(block.rows, found.rows, strict=False)
    return len(block.rows) >= len(found.rows) and all(
        row[0] == drawn[0] and all(any(cell in held for held in row) for cell in drawn) for row, drawn in pairs
    )


def _show(block: Block, screen: Mapping[str, Figure], keys: _Keys) -> None:
    match block:
        case Heading():
            st.subheader(_plain(block.text), anchor=False)
        case Bullets():
            mark = "1." if block.numbered else "-"
            st.markdown("\n".join(f"{mark} {kept(_plain(item))}" for item in block.items))
        case Table():
            sides = [column.align == "right" for column in block.columns]
            heads = [column.header for column in block.columns]
            table(heads, block.rows, block.caption, block.note, right=sides, strong=block.strong)
        case KeyFigures():
            _key_figures(block)
        case Callout():
            title = f"**{_plain(block.title)}**  \n" if block.title else ""
            _CALLOUTS.get(block.kind, st.info)(f"{title}{kept(_plain(block.text))}")
        case Together():
            _blocks(block.blocks, screen.values(), "", keys)
        case PageBreak():
            pass


def paragraph(text: str, label: str = "", tone: Tone = "body") -> None:
    """Draw a paragraph with a bold lead-in; the lead of a section stands out."""
    lines = "  \n".join(kept(_plain(line)) for line in text.split("\n"))
    lead = f"**{_plain(label)}** " if label else ""
    if tone == "small":
        st.caption(f"{lead}{lines}")
    elif tone == "lead":
        st.info(f"{lead}{lines}")
    else:
        st.markdown(f"{lead}{lines}")


def _plain(text: str) -> str:
    return plain(without_symbols(text))


def table(
    header: Sequence[str],
    rows: Iterable[Sequence[str]],
    caption: str = "",
    note: str = "",
    *,
    symbols: bool = False,
    right: Sequence[bool] = (),
    strong: Sequence[int] = (),
) -> None:
    """Draw a table of text as a real table; one that is too wide for a phone as a list there, a row an item.

    With ``symbols`` those of the model stay beside their titles, for a reader who has a formula before them. A
    column stands to the right where ``right`` says so, and where it holds figures alone. ``strong`` names rows to be
    set bold, from 0.
    """
    said = plain if symbols else _plain
    if caption:
        st.markdown(f"**{_plain(caption)}**")
    listed = [list(row) for row in rows]
    cells = [[_cell(said(cell), bold=place in strong) for cell in row] for place, row in enumerate(listed)]
    if on_phone() and (too_wide(header, listed) or _scrolls(header, listed)):
        titled = [[said(row[0]), *drawn[1:]] for row, drawn in zip(listed, cells, strict=True)]
        st.markdown(stacked([said(head) for head in header], titled))
    else:
        _real(header, listed, cells, right)
    if note:
        st.caption(_plain(note))


def _cell(text: str, *, bold: bool = False) -> str:
    """Return a cell that is said already; what is but a range stays on one line."""
    whole = kept(text.replace(" ", KEPT_SPACE) if _SPAN.fullmatch(text) else text)
    return f"**{whole}**" if bold and whole else whole


def _real(
    header: Sequence[str], rows: Sequence[Sequence[str]], cells: Sequence[Sequence[str]], right: Sequence[bool]
) -> None:
    """Draw a table as one; where its columns need more than a small window has it scrolls sideways by itself."""
    columns = tuple(zip(header, *rows, strict=True))
    asked = right or [False] * len(columns)
    sides = [side or _of_figures(found) for side, (_, *found) in zip(asked, columns, strict=True)]
    lines = [_row(map(_head, columns)), _row("---:" if side else "---" for side in sides), *map(_row, cells)]
    with st.container(horizontal=True, wrap=False) if _scrolls(header, rows) else nullcontext():
        st.markdown("\n".join(lines))


def _scrolls(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    return sum(map(_least_width, zip(header, *rows, strict=True))) > _FITS


def _of_figures(cells: Sequence[str]) -> bool:
    """Return whether a column holds one figure or span a cell, to be read by its places, and no other but dashes."""
    known = [cell for cell in cells if cell not in {"", DASH}]
    return any(map(str.isdigit, "".join(known))) and not _WORDS.search(_UNIT.sub("", "\n".join(known)))


def _head(column: Sequence[str]) -> str:
    """Return the head of a column; one of long texts is made wide enough to be read where the window is narrow.

    The last words that fit such a line stay together with the room that widens it, so that no word stands alone.
    """
    head, *cells = column
    if max(map(len, cells), default=0) <= _LONG:
        return kept(_plain(head))
    *first, last = _plain(head).split(" ")
    while first and len(first[-1]) + 1 + len(last) <= _READABLE:
        last = f"{first.pop()}{KEPT_SPACE}{last}"
    return " ".join([*first, last]) + KEPT_SPACE * (_READABLE - len(last)) + JOINER


def _least_width(column: Sequence[str]) -> int:
    """Return about how many characters a column needs at least: a line of it, or its longest word, and its margins."""
    words = [word for cell in column for word in _cell(cell).split(" ")]
    needed = _READABLE if max(map(len, column)) > _LONG else max(map(len, words), default=0)
    return needed + _MARGINS


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def figure(found: Figure, key: str, *, titled: bool = True, tabled: bool = True) -> None:
    """Draw a chart under the sentence that it shows, with the table behind it unless one that holds it stands open."""
    if titled:
        st.markdown(f"**{kept(_plain(found.title))}**")
    st.altair_chart(found.chart, theme=None, width="stretch", alt=found.alt, key=key)
    if found.note:
        st.caption(_plain(found.note))
    place_behind(found, key, look(), _behind if tabled else None)


def _behind(found: Figure) -> None:
    table(found.header, found.rows)


def _key_figures(block: KeyFigures) -> None:
    for column, item in zip(st.columns(len(block.items)), block.items, strict=True):
        with column:
            st.markdown(f"{_plain(item.label)}  \n**{_plain(item.value)}**  \n:small[{_plain(item.spread)}]")
