"""Sections as Markdown: the same description that is printed, for a reader of the repository."""

from __future__ import annotations

import re
from collections.abc import Iterable

from reports.document import Block, Bullets, Heading, Paragraph, Section, Table

_SPECIAL = re.compile(r"([\\`*_\[\]<>$~|#])")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_OPENING = re.compile(r"^(?:([+=-])|(\d+)([.)]))(?=\s|$)")


def render_markdown(title: str, preface: Iterable[str], sections: Iterable[Section]) -> str:
    """Return a title, paragraphs and sections as one Markdown text; nothing in a string of theirs is markup.

    Raises:
        TypeError: for a block that is drawn and not written, such as a chart.
    """
    parts = [f"# {escaped(title)}", *map(escaped, preface)]
    for section in sections:
        parts.append(f"## {escaped(section.title)}")
        parts += [_block(block) for block in section.blocks]
    return "\n\n".join(parts) + "\n"


def escaped(text: str) -> str:
    """Return Markdown that shows ``text`` as it was typed, on one line."""
    line = _ENTITY.sub(r"\\&", _SPECIAL.sub(r"\\\1", " ".join(text.split())))
    return _OPENING.sub(lambda found: f"{found[2] or ''}\\{found[1] or found[3]}", line)


def _block(block: Block) -> str:
    match block:
        case Heading():
            return f"{'#' * (block.level + 1)} {escaped(block.text)}"
        case Paragraph():
            lead = f"**{escaped(block.label)}:** " if block.label else ""
            return f"{lead}{escaped(block.text)}".rstrip()
        case Bullets():
            signs = [f"{number}." if block.numbered else "-" for number in range(1, len(block.items) + 1)]
            return "\n".join(f"{sign} {escaped(item)}" for sign, item in zip(signs, block.items, strict=True))
        case Table():
            return _table(block)
        case _:
            raise TypeError(f"a {type(block).__name__} has no Markdown form")


def _table(table: Table) -> str:
    dashes = {"left": "---", "right": "---:", "centre": ":---:"}
    header = _row(column.header for column in table.columns)
    lines = [header, _line(dashes[column.align] for column in table.columns), *map(_row, table.rows)]
    parts = [f"**{escaped(table.caption)}**"] if table.caption else []
    parts.append("\n".join(lines))
    return "\n\n".join([*parts, escaped(table.note)] if table.note else parts)


def _row(cells: Iterable[str]) -> str:
    return _line(escaped(cell) for cell in cells)


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
