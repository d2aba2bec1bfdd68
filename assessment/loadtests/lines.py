"""The lines of a file one at a time: text or a sentence that says why not, in bounded memory."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator
from typing import BinaryIO, NoReturn

from assessment.errors import InputError, Problem
from assessment.loadtests.rules import load_test_rules

_PACKED = {b"\x1f\x8b": "gzip", b"PK": "zip", b"BZ": "bzip2", b"\x28\xb5": "zstd", b"\xfd7": "xz"}
_SIXTEEN = (b"\xff\xfe", b"\xfe\xff")
_LARGEST = 1e12
_LONGEST_SHOWN = 40


class Source:
    """A file as lines of text, with the number of the line last read.

    Attributes:
        name: of the file.
        number: 1-based number of the line last read; 0 before the first.
    """

    def __init__(self, stream: BinaryIO, name: str) -> None:
        """Read from a stream that stands at the start of the file."""
        self.name, self.number, self._stream = name, 0, stream
        self._longest = int(load_test_rules().longest_line_bytes.value)
        self._ahead: list[str] = []

    def fail(self, message: str, remedy: str, line: int | None = None) -> NoReturn:
        """Refuse the file at the line last read, or at ``line``; 0 for the file as a whole."""
        number = self.number if line is None else line
        raise InputError(Problem(message, remedy, self.name, number or None))

    def peek(self, count: int) -> list[str]:
        """Return up to ``count`` of the first lines without taking them; only before any line was taken."""
        while len(self._ahead) < count:
            line = self._read(len(self._ahead) + 1)
            if line is None:
                break
            self._ahead.append(line)
        return self._ahead[:count]

    def __iter__(self) -> Iterator[str]:
        """Yield each line with its line end."""
        for line in self._ahead:
            self.number += 1
            yield line
        while (found := self._read(self.number + 1)) is not None:
            self.number += 1
            yield found

    def _read(self, number: int) -> str | None:
        raw = self._stream.readline(self._longest + 1)
        if not raw:
            return None
        if number == 1:
            raw = self._opened(raw)
        if len(raw) > self._longest:
            self.fail(f"the line has more than {self._longest:,} bytes", "give what the tool itself wrote", number)
        if b"\x00" in raw:
            self.fail("this is a binary file", "give the text that the tool wrote", number)
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError:
            self.fail("a byte is not UTF-8 text", "save the file as UTF-8", number)

    def _opened(self, raw: bytes) -> bytes:
        """Return the first line without its byte order mark; refuse what is packed or in another encoding."""
        for mark, name in _PACKED.items():
            if raw.startswith(mark):
                self.fail(f"the file is packed ({name})", "unpack it first", 0)
        if raw.startswith(_SIXTEEN) or (len(raw) > 1 and 0 in raw[:2]):
            self.fail("the text is UTF-16", "save the file as UTF-8", 0)
        return raw.removeprefix(b"\xef\xbb\xbf")


def rows(source: Source, delimiter: str = ",") -> Iterator[list[str]]:
    """Yield the cells of each row that is not blank; a quoted cell may hold line ends."""
    reader = csv.reader(iter(source), delimiter=delimiter, strict=True)
    while True:
        begun = source.number + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            said = str(error)
            if "end of data" in said or "field larger" in said:
                source.fail("a quote is opened here and never closed", "close it, or export the file again", begun)
            source.fail(f"not valid CSV: {said}", "export the file again")
        if cells and (cells[0] or any(cell.strip() for cell in cells)):
            yield cells


def number(source: Source, text: str, name: str, least: float = 0.0) -> float:
    """Return a plain decimal figure from ``least`` to 1e12."""
    try:
        value = float(text)
    except ValueError:
        _refuse_text(source, text, name)
    if math.isnan(value) or "_" in text:
        source.fail(f"the {name} is {shown(text)}, which is no number", "write a decimal figure")
    if not least <= value <= _LARGEST:
        source.fail(f"the {name} is {shown(text)}", f"give a figure from {least:g} to {_LARGEST:g}")
    return value


def _refuse_text(source: Source, text: str, name: str) -> NoReturn:
    if not text.strip():
        source.fail(f"the {name} is missing", "give every row all its figures, or remove the row")
    if "," in text:
        source.fail(f"the {name} is {shown(text)}, with a comma", "write a decimal point, and no mark for thousands")
    source.fail(f"the {name} is {shown(text)}, which is no number", "write a decimal figure")


def shown(text: str) -> str:
    """Return a short, printable form of a cell, in quotes."""
    line = " ".join(text.split())
    cut = line if len(line) <= _LONGEST_SHOWN else line[:_LONGEST_SHOWN] + "..."
    return f"'{''.join(letter if letter.isprintable() else '?' for letter in cut)}'"


def places(source: Source, header: list[str], wanted: dict[str, str]) -> dict[str, int]:
    """Return where each wanted column stands.

    Args:
        source: the file.
        header: its first row.
        wanted: column name to the remedy when it is missing.
    """
    names = [cell.strip() for cell in header]
    found: dict[str, int] = {}
    for column, remedy in wanted.items():
        if names.count(column) > 1:
            source.fail(f"the column '{column}' stands twice", "keep one of them")
        if column not in names:
            source.fail(f"there is no column '{column}'", remedy)
        found[column] = names.index(column)
    return found
