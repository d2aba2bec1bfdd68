"""JMeter: a JTL, as CSV or as XML. Each row is a request with the number of threads that ran when it ended."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from xml.parsers import expat

from assessment.loadtests.lines import Source, number, places, rows, shown
from assessment.loadtests.points import LoadTest
from assessment.loadtests.windows import Seconds, failed_notes, points_of

_THREADS = "run the test with -Jjmeter.save.saveservice.thread_counts=true"
_FIELDS = "run the test with -Jjmeter.save.saveservice.print_field_names=true and the columns that JMeter saves itself"
_WANTED = {"timeStamp": _FIELDS, "elapsed": _FIELDS, "success": _FIELDS, "allThreads": _THREADS}
_MILLISECONDS = "run the test with -Jjmeter.save.saveservice.timestamp_format=ms"
_TRANSACTION = "Number of samples in transaction"
_SUCCESS = {"true": True, "false": False}
_LATEST = 10**15
_DIGITS = 20
_ROOT, _SAMPLE = 1, 2
_HEADER = re.compile(r'\s*("?)timeStamp\1([,;\t|])')
_STAMP = re.compile(r"1\d{12}")
_FEWEST_COLUMNS = 5


def delimiter_of(line: str) -> str | None:
    """Return what parts the columns of a JTL that begins with this header (JMeter can be set); None for any other."""
    found = _HEADER.match(line)
    return found[2] if found else None


def is_jtl(header: list[str]) -> bool:
    """Say whether a header is that of a JTL."""
    return {"timeStamp", "elapsed"} <= set(header)


def refuse_headless(source: Source, cells: list[str]) -> None:
    """Refuse a JTL that JMeter wrote without the names of its columns."""
    if len(cells) >= _FEWEST_COLUMNS and _STAMP.fullmatch(cells[0]) and cells[1].isdigit():
        source.fail("this looks like a JTL without the names of its columns", _FIELDS, 1)


def read_csv(source: Source, delimiter: str) -> LoadTest:
    """Return the points of a JTL in CSV."""
    table = rows(source, delimiter)
    header = next(table)
    where = places(source, header, _WANTED)
    message = header.index("responseMessage") if "responseMessage" in header else None
    seconds, doubled = Seconds(source), 0
    stamp, elapsed, success, threads = (where[name] for name in _WANTED)
    for cells in table:
        if len(cells) != len(header):
            source.fail(f"the row has {len(cells)} of {len(header)} columns", "remove a row that is cut off")
        if message is not None and cells[message].startswith(_TRANSACTION):
            doubled += 1
            continue
        _count(source, seconds, cells[stamp], cells[elapsed], cells[success], cells[threads])
    return _finished(source, seconds, "jmeter-csv", doubled)


def _count(source: Source, seconds: Seconds, stamp: str, elapsed: str, success: str, threads: str) -> None:
    """Count one request at its end; the stamp is its start, in milliseconds since 1970."""
    if not (len(stamp) <= _DIGITS and stamp.isascii() and stamp.isdigit() and int(stamp) < _LATEST):
        source.fail(f"the time is {shown(stamp)}, which is no count of milliseconds", _MILLISECONDS)
    well = _SUCCESS.get(success.strip().lower())
    if well is None:
        source.fail(f"the success is {shown(success)}", "write true or false")
    end = (int(stamp) + number(source, elapsed, "elapsed time")) / 1000.0
    seconds.request(end, failed=0 if well else 1)
    seconds.users(end, number(source, threads, "number of threads"))


def _finished(source: Source, seconds: Seconds, kind: Any, doubled: int) -> LoadTest:
    found = points_of(source, seconds.steps())
    notes = failed_notes(found)
    if doubled:
        notes.append(f"{doubled:,} rows of transactions left out, since their requests stand beside them")
    return LoadTest(source.name, kind, found, tuple(notes))


def read_xml(source: Source) -> LoadTest:
    """Return the points of a JTL in XML; what a sample holds inside it counts with it, and no second time."""
    seconds = Seconds(source)
    for name, given in _samples(source):
        if name not in {"httpSample", "sample"}:
            source.fail(f"the element '{name}' is no sample", "give the JTL that JMeter wrote")
        for short, remedy in (("ts", _FIELDS), ("t", _FIELDS), ("s", _FIELDS), ("na", _THREADS)):
            if short not in given:
                source.fail(f"a sample has no attribute '{short}'", remedy)
        _count(source, seconds, given["ts"], given["t"], given["s"], given["na"])
    return _finished(source, seconds, "jmeter-xml", 0)


def _samples(source: Source) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield name and attributes of each sample at the top; a document type is refused before it can expand."""
    found: list[tuple[str, dict[str, str]]] = []
    parser = expat.ParserCreate("utf-8")
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth == _ROOT and name != "testResults":
            source.fail(f"this is XML of another kind: '{name}'", "give the JTL that JMeter wrote")
        if depth == _SAMPLE:
            found.append((name, attributes))

    def end(_: str) -> None:
        nonlocal depth
        depth -= 1

    def refuse(*_: object) -> None:
        source.fail("the XML has a document type", "give the JTL that JMeter wrote")

    parser.StartElementHandler, parser.EndElementHandler, parser.StartDoctypeDeclHandler = start, end, refuse
    try:
        for line in source:
            parser.Parse(line.encode("utf-8"))
            yield from found
            found.clear()
        parser.Parse(b"", True)  # noqa: FBT003 (expat takes it by position)
    except expat.ExpatError as error:
        source.fail(f"not valid XML: {expat.ErrorString(error.code)}", "finish the test, or close the open elements")
