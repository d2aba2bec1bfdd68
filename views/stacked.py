"""A table for a phone: where its columns do not fit side by side, each row becomes an item that names its cells."""

from __future__ import annotations

from collections.abc import Sequence

from views.plain import JOINER, KEPT_SPACE

_SCREEN, _LETTER, _CELL = 350, 8, 26
"""Pixels: width for a table on a phone, of a letter, and of the space around the words of a cell."""
_LONG, _MOST_LONG = 24, 2
"""Characters from which a cell is read as a text, and how many of these stand side by side."""
_WHOLE = 38
"""Characters of a head with its cell that stand on one line of a phone: they are not parted."""
_BETWEEN = f"{KEPT_SPACE}· "


def too_wide(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Return whether a table would be cut off on a phone, or leave its texts a word a line."""
    columns = list(zip(header, *rows, strict=True))
    words = (max((len(word) for cell in column for word in cell.split()), default=1) for column in columns)
    texts = sum(any(len(cell) > _LONG for cell in column[1:]) for column in columns)
    return sum(word * _LETTER + _CELL for word in words) > _SCREEN or texts > _MOST_LONG


def stacked(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return the rows as a list in Markdown; every cell but the first under the head of its column.

    A line breaks between two cells, and within one only where it is longer than a line. A row that has but a number for
    a name is told with the head: "Quarter 1".

    Args:
        header: heads, escaped already.
        rows: cells, escaped already.
    """
    return "\n".join(_item(header, row) for row in rows)


def _item(header: Sequence[str], row: Sequence[str]) -> str:
    title = f"{header[0]} {row[0]}" if row[0].isdecimal() else row[0]
    lines: list[str] = [f"**{title}**" if title else ""]
    short: list[str] = []
    for head, cell in zip(header[1:], row[1:], strict=True):
        said = f"{head}: {cell}" if head else cell
        if not cell:
            continue
        if len(cell) > _LONG:
            lines += [_BETWEEN.join(short), said]
            short = []
        else:
            short.append(_unbroken(said) if len(said) <= _WHOLE else said)
    return "- " + "  \n  ".join(filter(None, [*lines, _BETWEEN.join(short)]))


def _unbroken(text: str) -> str:
    return text.replace(" ", KEPT_SPACE).replace("\N{EN DASH}", f"{JOINER}\N{EN DASH}{JOINER}")
