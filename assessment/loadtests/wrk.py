"""wrk (and wrk2): what one or several runs printed, one after another in a file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assessment.loadtests.lines import Source, number
from assessment.loadtests.points import LoadTest, Point
from assessment.loadtests.rules import load_test_rules
from assessment.loadtests.windows import failed_notes, refuse_unserved

_BEGUN = re.compile(r"^\s*(\d{1,9}) threads and (\d{1,9}) connections\s*$")
_COUNTED = re.compile(r"^\s*(\d{1,15}) requests in ([\d.]{1,15})(us|ms|s|m|h), ")
_FAILED = re.compile(r"^\s*Non-2xx or 3xx responses: (\d{1,15})\s*$")
_SOCKET = re.compile(r"^\s*Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)\s*$")
_RATE = re.compile(r"^\s*Requests/sec:\s*(\S+)\s*$")
_SECONDS = {"us": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0, "h": 3600.0}
_WHOLE = "give all that wrk printed, one run after another"
FIRST_LINES = 50
"""A run begins within so many lines, whatever a terminal printed before it."""


@dataclass(slots=True)
class _Run:
    line: int
    connections: int
    requests: int | None = None
    seconds: float | None = None
    failed: int = 0
    broken: int = 0


def is_output(lines: list[str]) -> bool:
    """Say whether the first lines of a file hold the beginning of a run."""
    return any(_BEGUN.match(line) for line in lines)


def read_output(source: Source) -> LoadTest:
    """Return one point a run; runs with the same number of connections stay apart."""
    found = list(_points(source))
    points = tuple(sorted((point for point, _ in found), key=lambda point: point.load))
    refuse_unserved(source, points)
    notes = failed_notes(points)
    broken = sum(count for _, count in found)
    if broken:
        notes.append(f"{broken:,} socket errors and time-outs, which wrk does not count as requests")
    return LoadTest(source.name, "wrk", points, tuple(notes))


def _points(source: Source) -> Iterator[tuple[Point, int]]:
    run: _Run | None = None
    most = int(load_test_rules().most_points.value)
    count = 0
    for line in source:
        if begun := _BEGUN.match(line):
            _refuse_unfinished(source, run)
            run = _Run(source.number, int(begun[2]))
        elif run is not None and (rate := _RATE.match(line)):
            count += 1
            if count > most:
                source.fail(f"more than {most:,} runs", "give one load test at a time")
            yield _point(source, run, number(source, rate[1], "requests per second")), run.broken
            run = None
        elif run is not None:
            _note(source, run, line)
    _refuse_unfinished(source, run)


def _refuse_unfinished(source: Source, run: _Run | None) -> None:
    if run is not None:
        source.fail("the run that begins here has no 'Requests/sec'", _WHOLE, run.line)


def _note(source: Source, run: _Run, line: str) -> None:
    if counted := _COUNTED.match(line):
        run.requests = int(counted[1])
        run.seconds = number(source, counted[2], "duration") * _SECONDS[counted[3]]
    elif failed := _FAILED.match(line):
        run.failed = int(failed[1])
    elif broken := _SOCKET.match(line):
        run.broken = sum(int(count) for count in broken.groups())


def _point(source: Source, run: _Run, rate: float) -> Point:
    if not run.requests or not run.seconds or run.failed > run.requests:
        source.fail("the run does not say how many requests it made", _WHOLE, run.line)
    if not run.connections:
        source.fail("the run had no connections", _WHOLE, run.line)
    served = 1.0 - run.failed / run.requests
    return Point(float(run.connections), rate * served, run.requests, run.failed, run.seconds, source.name)
