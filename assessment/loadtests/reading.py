"""A load test from a file: its format is told by what stands in it, never by its name."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import BinaryIO

from assessment.errors import InputError, Problem
from assessment.loadtests import jmeter, k6, locust, table, wrk
from assessment.loadtests.lines import Source
from assessment.loadtests.points import LoadTest

_READ = (
    "give a table with the columns load and throughput, a Locust statistics history, k6 output (CSV, JSON or summary), "
    "a JMeter JTL, or what wrk printed"
)
_SUMMED = {
    "Request Count": "give the file beside it whose name ends with _stats_history.csv",
    "# Samples": "give the JTL of the test instead of JMeter's aggregate report",
    "aggregate_report_count": "give the JTL of the test instead of JMeter's aggregate report",
}
"""Columns of files that sum up a whole test, and what to give instead."""


def read_load_test(stream: BinaryIO, name: str) -> LoadTest:
    """Return the points of a file, read line by line.

    Args:
        stream: the bytes of the file, from its start.
        name: its name, for messages.

    Raises:
        InputError: one sentence with file, line and remedy; then nothing was read.
    """
    source = Source(stream, name)
    first = next((line for line in source.peek(wrk.FIRST_LINES) if line.strip()), "")
    if not first:
        source.fail("the file is empty", _READ, 0)
    text = first.strip()
    if text.startswith("{"):
        return k6.read_lines(source) if k6.is_line(text) else k6.read_summary(source)
    if text.startswith("<"):
        return jmeter.read_xml(source)
    if wrk.is_output(source.peek(wrk.FIRST_LINES)):
        return wrk.read_output(source)
    return _read_columns(source, first)


def _read_columns(source: Source, first: str) -> LoadTest:
    delimiter = jmeter.delimiter_of(first) or table.delimiter_of(first)
    try:
        header = [cell.strip() for cell in next(csv.reader([first], delimiter=delimiter))]
    except csv.Error:
        header = []
    if locust.is_history(header):
        return locust.read_history(source)
    if k6.is_values(header):
        return k6.read_csv(source)
    if jmeter.is_jtl(header):
        return jmeter.read_csv(source, delimiter)
    jmeter.refuse_headless(source, header)
    for column, remedy in _SUMMED.items():
        if column in header:
            source.fail("the file sums up the whole test", remedy, 1)
    if not table.is_table(header):
        source.fail("this is no load test that is read here", _READ, 1)
    return table.read_table(source, delimiter)


def read_load_test_file(path: Path) -> LoadTest:
    """Return the points of the file at a path; see :func:`read_load_test`."""
    if path.is_dir():
        raise InputError(Problem("this is a folder", "give a file", path.name))
    try:
        with path.open("rb") as stream:
            return read_load_test(stream, path.name)
    except OSError as error:
        reason = error.strerror or "unknown fault"
        raise InputError(Problem(f"cannot be read: {reason}", "check the path", path.name)) from error
