"""A table of load and throughput: CSV with commas, semicolons or tabs, with or without a header."""

from __future__ import annotations

import re

from assessment.loadtests.lines import Source, number, rows
from assessment.loadtests.points import LoadTest, Point
from assessment.loadtests.rules import load_test_rules

_LOADS = frozenset(
    {"load", "n", "users", "usercount", "vus", "virtualusers", "threads", "connections", "clients"}
    | {"concurrency", "nodes", "processors", "servers"}
)
_THROUGHPUTS = frozenset(
    {"throughput", "x", "xn", "rps", "tps", "qps", "reqs", "requestss", "requestssec", "requestsps"}
    | {"requestspersecond", "reqssec", "transactionspersecond"}
)
_COMMA = re.compile(r"^[-+]?\d+,\d+$")
_DOUBTFUL = re.compile(r"^[-+]?[1-9]\d{0,2},\d{3}$")
_TWO = 2
_NAMES = "name one column 'load' and one 'throughput'"


def delimiter_of(line: str) -> str:
    """Return what parts the columns of a line."""
    return next((mark for mark in (";", "\t") if mark in line), ",")


def is_table(header: list[str]) -> bool:
    """Say whether a first row names both columns, or holds two figures."""
    names = {_plain(cell) for cell in header}
    return bool(names & _LOADS and names & _THROUGHPUTS) or _headless(header)


def _plain(cell: str) -> str:
    return re.sub(r"[^a-z]", "", cell.lower())


def _headless(cells: list[str]) -> bool:
    return len(cells) == _TWO and all(
        re.fullmatch(r"\s*[-+]?[\d.,]+(e[-+]?\d+)?\s*", cell, re.IGNORECASE) for cell in cells
    )


def read_table(source: Source, delimiter: str) -> LoadTest:
    """Return one point a row, or of a table of many rows one point a load."""
    table = rows(source, delimiter)
    first = next(table)
    headless = _headless(first)
    load, throughput = (0, 1) if headless else (_column(source, first, _LOADS), _column(source, first, _THROUGHPUTS))
    figures = _Figures(source, delimiter)
    found = _Rows(source)
    if headless:
        found.add(*figures.pair(first, len(first), load, throughput))
    for cells in table:
        found.add(*figures.pair(cells, len(first), load, throughput))
    if not found.count:
        source.fail("the table has a header and no rows", "give one row for each load that was held", 0)
    figures.refuse_doubtful()
    return LoadTest(source.name, "table", found.points(), (*figures.notes, *found.notes))


class _Rows:
    """The rows of a table: each a point while they are few, else the mean at each load."""

    def __init__(self, source: Source) -> None:
        self._source, self._most = source, int(load_test_rules().most_points.value)
        self._single: list[Point] = []
        self._together: dict[float, tuple[int, float]] = {}
        self.count = 0

    def add(self, load: float, throughput: float) -> None:
        """Take one row."""
        self.count += 1
        if self.count <= self._most:
            self._single.append(Point(load, throughput, file=self._source.name))
        rows, total = self._together.get(load, (0, 0.0))
        self._together[load] = (rows + 1, total + throughput)
        if len(self._together) > self._most:
            remedy = "give one row for each load that was held"
            self._source.fail(f"the table has more than {self._most:,} different loads", remedy)

    def points(self) -> tuple[Point, ...]:
        """Return the points in order of load."""
        if self.count <= self._most:
            return tuple(sorted(self._single, key=lambda point: point.load))
        means = {load: total / rows for load, (rows, total) in self._together.items()}
        return tuple(Point(load, means[load], file=self._source.name) for load in sorted(means))

    @property
    def notes(self) -> tuple[str, ...]:
        """Say when rows were taken together."""
        if self.count <= self._most:
            return ()
        return (
            f"{self.count:,} rows were taken together: the mean throughput at each of {len(self._together):,} loads",
        )


def _column(source: Source, header: list[str], known: frozenset[str]) -> int:
    found = [index for index, cell in enumerate(header) if _plain(cell) in known]
    if len(found) > 1:
        both = " and ".join(f"'{header[index].strip()}'" for index in found[:_TWO])
        source.fail(f"the columns {both} say the same", _NAMES)
    return found[0]


class _Figures:
    """The figures of a table; a comma is a decimal comma where columns are parted by something else."""

    def __init__(self, source: Source, delimiter: str) -> None:
        self._source, self._decimal = source, delimiter != ","
        self._certain, self._doubtful = False, 0

    def pair(self, cells: list[str], width: int, load: int, throughput: int) -> tuple[float, float]:
        """Return load and throughput of a row."""
        if len(cells) != width:
            remedy = "write decimal points, or part the columns by semicolons" if len(cells) > width else _NAMES
            self._source.fail(f"the row has {len(cells)} cells under {width} columns", remedy)
        at, served = self._figure("load", cells[load]), self._figure("throughput", cells[throughput])
        if at < 1.0:
            self._source.fail(f"the load is {at:g}", "give a count of users, threads or nodes, 1 or more")
        return at, served

    def _figure(self, name: str, cell: str) -> float:
        text = cell.strip()
        if self._decimal and "," in text and _COMMA.match(text):
            if _DOUBTFUL.match(text):
                self._doubtful = self._doubtful or self._source.number
            else:
                self._certain = True
            text = text.replace(",", ".")
        value = number(self._source, text, name)
        if value == 0.0:
            self._source.fail(f"the {name} is 0", "leave out what was measured without load, or served nothing")
        return value

    def refuse_doubtful(self) -> None:
        """Refuse commas that may part thousands as well as decimals."""
        if self._doubtful and not self._certain:
            self._source.fail(
                "a comma with three digits after it may mark thousands or decimals",
                "write a decimal point",
                self._doubtful,
            )

    @property
    def notes(self) -> tuple[str, ...]:
        """What was read in a particular way."""
        return ("decimal commas were read as decimal points",) if self._certain else ()
