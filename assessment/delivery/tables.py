"""CSV exports: which column is which, and every row as words by column."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from assessment.delivery.rules import Role, delivery_rules
from assessment.delivery.streams import text_lines
from assessment.delivery.times import Place, shown
from assessment.errors import InputError, Problem

if TYPE_CHECKING:
    from _csv import Reader

_SEPARATORS = (",", ";", "\t", "|")
_MOST_NAMED = 12
_UTC = "_utc"
_CLOCK = re.compile(r"[T ]\d\d:\d\d(:\d\d(\.\d+)?)?$")
Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file: the column that each known name stands for, and its rows with their lines."""

    columns: Mapping[str, str]
    rows: Iterator[tuple[int, Row]]


def csv_table(stream: BinaryIO, name: str, role: Role) -> Table:
    """Return a CSV file of deployments or incidents.

    Raises:
        InputError: for a file of blank cells, a missing or a doubtful column, and later for a row that does not fit its
            header.
    """
    lines = text_lines(stream, name)
    first = next(lines)
    separator = max(_SEPARATORS, key=first.count)
    rows = _rows(csv.reader(_with(first, lines), delimiter=separator, strict=True), name)
    _, header = next(rows, (0, []))
    if not header:
        raise InputError(Problem("every cell of the file is blank", "export it again, with a header", name))
    columns = _columns(header, role, name)
    return Table({known: header[place] for known, place in columns.items()}, _read(rows, name, header, columns))


def _with(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _rows(reader: Reader, name: str) -> Iterator[tuple[int, list[str]]]:
    """Yield rows that hold anything, with the line on which each begins."""
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            remedy = "quote cells that hold quotes, separators or line ends"
            raise InputError(Problem(f"the row cannot be read as CSV ({error})", remedy, name, line)) from error
        if any(cell.strip() for cell in row):
            yield line, row


def _read(
    rows: Iterator[tuple[int, list[str]]], name: str, header: Sequence[str], columns: Mapping[str, int]
) -> Iterator[tuple[int, Row]]:
    in_utc = {known for known, place in columns.items() if _plain(header[place]).endswith(_UTC)}
    for line, row in rows:
        if len(row) != len(header):
            message = f"the row has {len(row)} cells, and the header {len(header)}"
            remedy = "check separators and quotes; a decimal comma must be quoted"
            raise InputError(Problem(message, remedy, name, line))
        cells = {known: row[place].strip() for known, place in columns.items()}
        yield line, {known: _with_zone(cell) if known in in_utc else cell for known, cell in cells.items()}


def _with_zone(cell: str) -> str:
    """Return the time of a column that is named to be in UTC, with its offset."""
    return f"{cell}Z" if _CLOCK.search(cell) else cell


def _columns(header: Sequence[str], role: Role, name: str) -> dict[str, int]:
    """Return the place of each known column.

    Raises:
        InputError: when a needed one is missing, or two columns could be the same one and neither has its first name.
    """
    rules = delivery_rules()
    places: dict[str, int] = {}
    for known, names in rules.columns[role].items():
        place = _place([_plain(cell) for cell in header], names, known, header, name)
        if place is not None and place not in places.values():
            places[known] = place
    for needed in rules.required[role]:
        if not any(known in places for known in needed):
            found = ", ".join(shown(cell) for cell in header[:_MOST_NAMED])
            wanted = " or ".join(f"'{known}'" for known in needed)
            raise InputError(Problem(f"there is no column {wanted}", f"the columns are: {found}", name, 1))
    return places


def _place(cells: Sequence[str], names: Sequence[str], known: str, header: Sequence[str], file: str) -> int | None:
    """Return where the first of the names stands, as it is or said to be in UTC."""
    for wanted in (spelt for each in names for spelt in (each, each + _UTC)):
        found = [place for place, cell in enumerate(cells) if cell == wanted]
        if len(found) > 1:
            message = f"two columns are named '{shown(header[found[0]])}'"
            raise InputError(Place(file, 1, known).problem(message, "rename one of them"))
        if found:
            return found[0]
    return None


def _plain(cell: str) -> str:
    return re.sub(r"[\s.\-/()\[\]]+", "_", cell.strip().casefold()).strip("_")
