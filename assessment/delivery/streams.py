"""Exports as streams: lines of a text file, and the records of a JSON file, a part at a time whatever its size."""

from __future__ import annotations

import codecs
import io
import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO, NoReturn

from assessment.delivery.times import shown
from assessment.errors import InputError, Problem

LONGEST_LINE = 1024 * 1024
LARGEST_RECORD = 4 * 1024 * 1024
_PART = 64 * 1024
_DEEPEST_LIST = 3
_PACKED = {b"PK\x03\x04": "a zip or Excel file", b"\x1f\x8b": "a gzip file", b"%PDF": "a PDF file"}
_PAGE = re.compile(r'\{\s*(?:"\w+"\s*:\s*(?:\d+|true|false|null)\s*,\s*)*"(?:workflow_runs|data|items|nodes)"\s*:\s*\[')
_PAGE_REACH = 400
_BESIDE = re.compile(r'\s*,\s*"\w+"\s*:\s*(?:\d+|true|false|null|"[^"\\]*")')
_BLANK = re.compile(r"[\s\ufeff]*")
Located = tuple[int, dict[str, Any]]


def opened(stream: BinaryIO, name: str) -> tuple[io.BufferedReader, bool]:
    """Return a stream that can be looked into, and whether its first character begins a JSON value.

    Raises:
        InputError: for an empty or a packed file.
    """
    buffered = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(_Raw(stream), _PART)
    head = buffered.peek(_PART)[:_PART]
    for mark, kind in _PACKED.items():
        if head.startswith(mark):
            raise InputError(Problem(f"this is {kind}", "unpack it, or save it as CSV or JSON", name))
    text = head.removeprefix(codecs.BOM_UTF8).lstrip()
    if not text:
        raise InputError(Problem("the file is empty", "export it again", name))
    return buffered, text[:1] in {b"[", b"{"}


class _Raw(io.RawIOBase):
    """Any binary stream as a raw one."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def text_lines(stream: BinaryIO, name: str) -> Iterator[str]:
    """Yield the lines of a UTF-8 file, each with its end.

    Raises:
        InputError: for a line that is too long or no UTF-8 text.
    """
    number = 0
    while raw := stream.readline(LONGEST_LINE):
        number += 1
        if len(raw) == LONGEST_LINE and not raw.endswith(b"\n"):
            message = f"the line is longer than {LONGEST_LINE:,} bytes"
            raise InputError(Problem(message, "export the file again with one record a line", name, number))
        if b"\x00" in raw:
            raise InputError(Problem("this is a binary file", "save it as UTF-8 text", name, number))
        try:
            yield raw.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            raise InputError(Problem("a byte is not UTF-8 text", "save the file as UTF-8", name, number)) from error


def json_records(stream: BinaryIO, name: str) -> Iterator[Located]:
    """Yield every record of a JSON file with its line.

    Lists, lists of pages, pages that hold their records under a name, values that follow each other, and one record a
    line: what the command line tools of GitHub and GitLab write.

    Raises:
        InputError: for text that is no JSON, a file that ends too early, and a record that is too large.
    """
    yield from _Records(stream, name).found()


class _Records:
    """Reads values from a text that grows as it is read."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self.stream, self.name = stream, name
        self.decoder = codecs.getincrementaldecoder("utf-8")()
        self.reader = json.JSONDecoder(parse_constant=self._no_number)
        self.text, self.at, self.line, self.ended = "", 0, 1, False
        self.inside: list[str] = []

    def found(self) -> Iterator[Located]:
        while self._next():
            mark = self.text[self.at]
            if self.inside[-1:] == ["page end"]:
                self._leave_page(mark)
            elif mark == "[":
                self._enter("list", 1)
            elif mark == "]":
                self._leave(mark)
            elif mark == "," and self.inside:
                self._advance(self.at + 1)
            elif mark == "{":
                yield from self._record()
            else:
                self._refuse(f"'{shown(self.text[self.at : self.at + 20])}' is no JSON record")
        if self.inside:
            self._refuse("the file ends inside a list", "export it again, whole")

    def _next(self) -> bool:
        """Go to the next character that is no blank; False at the end."""
        while True:
            blank = _BLANK.match(self.text, self.at)
            self._advance(blank.end() if blank else self.at)
            if self.at < len(self.text):
                return True
            if not self._grow():
                return False

    def _advance(self, to: int) -> None:
        self.line += self.text.count("\n", self.at, to)
        self.at = to

    def _grow(self) -> bool:
        """Read on, at least doubling what is unread; False at the end."""
        if self.ended:
            return False
        unread = self.text[self.at :]
        part = self.stream.read(max(_PART, len(unread)))
        self.ended = not part
        try:
            fresh = self.decoder.decode(part, final=self.ended)
        except UnicodeDecodeError as error:
            line = self.line + unread.count("\n") + part[: error.start].count(b"\n")
            raise InputError(Problem("a byte is not UTF-8 text", "export it as UTF-8", self.name, line)) from error
        self.text, self.at = unread + fresh, 0
        return True

    def _enter(self, kind: str, length: int) -> None:
        if len(self.inside) >= _DEEPEST_LIST:
            self._refuse("lists are nested too deeply for an export")
        self.inside.append(kind)
        self._advance(self.at + length)

    def _leave(self, mark: str) -> None:
        if not self.inside:
            self._refuse(f"'{mark}' closes a list that was never begun")
        kind = self.inside.pop()
        if kind == "page":
            self.inside.append("page end")
        self._advance(self.at + 1)

    def _leave_page(self, mark: str) -> None:
        while len(self.text) - self.at < _PAGE_REACH and self._grow():
            pass
        beside = _BESIDE.match(self.text, self.at)
        if beside:
            self._advance(beside.end())
        elif mark == "}":
            self.inside.pop()
            self._advance(self.at + 1)
        else:
            self._refuse(f"'{shown(self.text[self.at : self.at + 20])}' stands after the records of a page")

    def _record(self) -> Iterator[Located]:
        while len(self.text) - self.at < _PAGE_REACH and self._grow():
            pass
        page = _PAGE.match(self.text, self.at)
        if page:
            self._enter("page", page.end() - self.at)
            return
        while True:
            try:
                value, end = self.reader.raw_decode(self.text, self.at)
            except json.JSONDecodeError as error:
                self._grow_or_refuse(error)
            except (RecursionError, ValueError) as error:
                raise InputError(Problem("the JSON cannot be read", "export it again", self.name, self.line)) from error
            else:
                line = self.line
                self._advance(end)
                yield line, value
                return

    def _grow_or_refuse(self, error: json.JSONDecodeError) -> None:
        if len(self.text) - self.at > LARGEST_RECORD:
            self._refuse(f"no record ends within {LARGEST_RECORD:,} characters", "export it again")
        if not self._grow():
            line = self.line + self.text.count("\n", self.at, error.pos)
            message = "the file ends inside a record, or the record is not valid JSON"
            raise InputError(Problem(f"{message} ({error.msg})", "export it again, whole", self.name, line)) from error

    def _no_number(self, word: str) -> NoReturn:
        self._refuse(f"'{word}' is no JSON number", "export it again")

    def _refuse(self, message: str, remedy: str = "give an export as CSV or JSON") -> NoReturn:
        raise InputError(Problem(message, remedy, self.name, self.line))
