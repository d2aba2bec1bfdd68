"""Locust: the statistics history (``--csv-full-history`` or not), whose name ends with ``_stats_history.csv``.

``Requests/s`` is a mean over the last ten seconds and still climbs when a step is over. The totals are exact, so the
throughput of a step is their difference over its seconds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assessment.loadtests.lines import Source, number, places, rows
from assessment.loadtests.points import LoadTest
from assessment.loadtests.rules import load_test_rules
from assessment.loadtests.windows import Step, failed_notes, points_of, settling

_OLD = "give the statistics history of Locust 1.0 or later (the file ending with _stats_history.csv)"
_COLUMNS = ("Timestamp", "User Count", "Name", "Total Request Count", "Total Failure Count")
_ALL = "Aggregated"


@dataclass(frozen=True, slots=True)
class _Row:
    time: float
    users: float
    requests: int
    failed: int


def is_history(header: list[str]) -> bool:
    """Say whether a header is that of a statistics history."""
    return {"Timestamp", "User Count"} <= set(header)


def read_history(source: Source) -> LoadTest:
    """Return the points of a statistics history."""
    table = rows(source)
    header = next(table)
    where = places(source, header, dict.fromkeys(_COLUMNS, _OLD))
    found = points_of(source, _steps(_totals(source, table, where, len(header))))
    return LoadTest(source.name, "locust", found, tuple(failed_notes(found)))


def _totals(source: Source, table: Iterator[list[str]], where: dict[str, int], width: int) -> Iterator[_Row]:
    """Yield the rows over all requests, in order of time."""
    before: float | None = None
    for cells in table:
        if len(cells) != width:
            source.fail(f"the row has {len(cells)} of {width} columns", "remove a row that is cut off")
        if cells[where["Name"]].strip() != _ALL:
            continue
        figures = [number(source, cells[where[name]], name) for name in _COLUMNS if name != "Name"]
        row = _Row(figures[0], figures[1], int(figures[2]), int(figures[3]))
        if before is not None and row.time < before:
            source.fail("the time goes back", "keep the rows in the order in which Locust wrote them")
        before = row.time
        yield row
    if before is None:
        source.fail(f"there is no row over all requests, named '{_ALL}'", "give the file of a test that ran", 0)


def _steps(totals: Iterator[_Row]) -> Iterator[Step]:
    """Yield each stretch in which users stood still and no total was set back to nought."""
    gap = load_test_rules().longest_gap_seconds.value
    run: list[_Row] = []
    for row in totals:
        last = run[-1] if run else row
        set_back = row.requests < last.requests or row.failed < last.failed
        if row.users != last.users or row.time - last.time > gap or set_back:
            yield from _step(run)
            run = []
        run.append(row)
    yield from _step(run)


def _step(run: list[_Row]) -> Iterator[Step]:
    """Yield a run without its start: each row holds what ended up to its time."""
    if not run or run[-1].users <= 0.0:
        return
    last = run[-1]
    begun = run[0].time + settling(last.time - run[0].time + 1.0)
    base = next((row for row in run if row.time >= begun), last)
    seconds = last.time - base.time
    if seconds >= load_test_rules().shortest_window_seconds.value:
        yield Step(last.users, seconds, last.requests - base.requests, last.failed - base.failed)
