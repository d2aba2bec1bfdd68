"""A table for a phone: where its columns do not fit side by side, each row becomes an item that names its cells."""

from __future__ import annotations

from collections.abc import Sequence

from reports.figures_format import DASH
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

    As many cells stand on a line as a phone has room for, with a dot between them and none at its end; within a cell a
    line breaks only where it is longer than a line. A cell without a figure is left out, unless the row has no other. A
    row that has but a number for a name is told with the head: "Quarter 1".

    Args:
        header: heads, escaped already.
        rows: cells, escaped already.
    """
    return "\n".join(_item(header, row) for row in rows)


def _item(header: Sequence[str], row: Sequence[str]) -> str:
    title = f"{header[0]} {row[0]}" if row[0].isdecimal() else row[0]
    cells = [(head, cell) for head, cell in zip(header[1:], row[1:], strict=True) if cell]
    known = [(head, cell) for head, cell in cells if cell.strip("*") != DASH] or cells
    lines: list[str] = [f"**{title}**" if title else ""]
    joinable = False
    for head, cell in known:
        said = f"{head}: {cell}" if head else cell
        short = _letters(cell) <= _LONG and _letters(said) <= _WHOLE
        if short and joinable and _letters(lines[-1] + _BETWEEN + said) <= _WHOLE:
            lines[-1] += _BETWEEN + _unbroken(said)
        else:
            lines.append(_unbroken(said) if short else said)
        joinable = short
    return "- " + "  \n  ".join(filter(None, lines))


def _letters(text: str) -> int:
    """Return how many characters of an escaped text are seen."""
    return len(text.strip("*").replace(JOINER, "").replace("\\", ""))


def _unbroken(text: str) -> str:
    return text.replace(" ", KEPT_SPACE).replace("\N{EN DASH}", f"{JOINER}\N{EN DASH}{JOINER}")
