"""k6: single values as CSV (``--out csv=``) or JSON lines (``--out json=``), or the summary of a run as JSON."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from assessment.errors import InputError, Problem
from assessment.loadtests.lines import Source, number, places, rows, shown
from assessment.loadtests.points import LoadTest, Point
from assessment.loadtests.windows import Seconds, failed_notes, points_of, refuse_unserved
from assessment.reading import LARGEST_BYTES

_REQUESTS, _FAILED, _USERS = "http_reqs", "http_req_failed", "vus"
_CSV = "give the file that k6 wrote with --out csv="
_JSON = "give the file that k6 wrote with --out json="
_SUMMARY = "give the file that k6 wrote with --summary-export"
_WANTED = {"metric_name": _CSV, "timestamp": _CSV, "metric_value": _CSV}
_UNITS = ((1e11, 1.0), (1e14, 1e-3), (1e17, 1e-6), (1e20, 1e-9))
"""Below each figure a time since 1970 is in this many seconds."""


def is_values(header: list[str]) -> bool:
    """Say whether a header is that of single values."""
    return {"metric_name", "metric_value"} <= set(header)


def read_csv(source: Source) -> LoadTest:
    """Return the points of single values in CSV."""
    table = rows(source)
    header = next(table)
    where = places(source, header, _WANTED)
    name, time, value = (where[column] for column in _WANTED)
    values = _Values(source)
    for cells in table:
        if len(cells) != len(header):
            source.fail(f"the row has {len(cells)} of {len(header)} columns", "remove a row that is cut off")
        if cells[name] in _Values.READ:
            values.count(cells[name], cells[time], number(source, cells[value], "value"))
    return values.load_test("k6-csv")


class _Values:
    """The single values of a test that matter, by second."""

    READ = frozenset({_REQUESTS, _FAILED, _USERS})

    def __init__(self, source: Source) -> None:
        self._source, self._seconds = source, Seconds(source)
        self._seen: set[str] = set()

    def count(self, metric: str, time: str, value: float) -> None:
        """Count one value."""
        at = _moment(self._source, time)
        self._seen.add(metric)
        if metric == _USERS:
            self._seconds.users(at, value)
        elif metric == _REQUESTS:
            self._seconds.request(at, count=int(value))
        else:
            self._seconds.request(at, count=0, failed=int(value))

    def load_test(self, kind: Any) -> LoadTest:
        """Return the points."""
        for metric in (_REQUESTS, _USERS):
            if metric not in self._seen:
                self._source.fail(f"there is no value of '{metric}'", "test over HTTP, and keep every metric", 0)
        found = points_of(self._source, self._seconds.steps())
        return LoadTest(self._source.name, kind, found, tuple(failed_notes(found)))


def _moment(source: Source, text: str) -> float:
    """Return seconds since 1970 of a time in any of the forms that k6 writes."""
    if text.isascii() and text.isdigit():
        value = float(text[:25])
        unit = next((unit for below, unit in _UNITS if value < below), None)
        if unit is not None:
            return value * unit
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        source.fail(f"the time is {shown(text)}", "keep the times as k6 writes them")
    return found.timestamp()


def read_lines(source: Source) -> LoadTest:
    """Return the points of single values in JSON lines. Lines about other metrics are not taken apart."""
    values = _Values(source)
    for line in source:
        text = line.strip()
        if not text:
            continue
        if not (text.startswith("{") and text.endswith("}")):
            source.fail("the line is no JSON object", "remove a line that is cut off")
        if not any(f'"{metric}"' in text for metric in _Values.READ):
            continue
        found = _object(source, text)
        metric = found.get("metric")
        if found.get("type") == "Point" and isinstance(metric, str) and metric in _Values.READ:
            data = found.get("data")
            if not isinstance(data, dict) or not isinstance(data.get("time"), str):
                source.fail("the value has no time", _JSON)
            values.count(metric, data["time"], number(source, str(data.get("value", "")), "value"))
    return values.load_test("k6-json")


def is_line(text: str) -> bool:
    """Say whether a line is one of JSON lines: a whole object that names its metric."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return False
    return isinstance(found, dict) and {"type", "metric"} <= set(found)


def _object(source: Source, text: str, remedy: str = _JSON) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except json.JSONDecodeError as error:
        source.fail(f"not valid JSON: {error.msg}", remedy, source.number if remedy is _JSON else error.lineno)
    except (ValueError, RecursionError):
        source.fail("the JSON cannot be read", remedy)
    if not isinstance(found, dict):
        source.fail("the JSON is no object", remedy)
    return found


def read_summary(source: Source) -> LoadTest:
    """Return the one point of a summary: the mean of the run at its largest number of users."""
    text, size = [], 0
    for line in source:
        size += len(line)
        if size > LARGEST_BYTES:
            source.fail(f"a summary of more than {LARGEST_BYTES:,} bytes", _SUMMARY, 0)
        text.append(line)
    metrics = _object(source, "".join(text), _SUMMARY).get("metrics")
    if not isinstance(metrics, dict):
        source.fail("there is no 'metrics' in the JSON", _SUMMARY, 0)
    users = _figure(source, metrics, _USERS, "max")
    count, rate = (_figure(source, metrics, _REQUESTS, part) for part in ("count", "rate"))
    share = _failed_share(source, metrics)
    if min(users, count, rate) <= 0.0:
        source.fail("the run served nothing", "give the summary of a run with requests", 0)
    point = Point(users, rate * (1.0 - share), int(count), round(share * count), count / rate, source.name)
    refuse_unserved(source, [point])
    ramp = "one point: the mean of the whole run at its largest number of users, ramps and all"
    return LoadTest(source.name, "k6-summary", (point,), (ramp, *failed_notes([point])))


def _failed_share(source: Source, metrics: dict[str, Any]) -> float:
    if _FAILED not in metrics:
        return 0.0
    parts = _parts(metrics[_FAILED])
    share = _figure(source, metrics, _FAILED, "rate" if "rate" in parts else "value")
    if share > 1.0:
        source.fail(f"the share of failed requests is {share:g}", _SUMMARY, 0)
    return share


def _parts(metric: Any) -> dict[str, Any]:
    """Return the figures of a metric, which a summary made by ``handleSummary`` holds one level deeper."""
    found = metric.get("values", metric) if isinstance(metric, dict) else {}
    return found if isinstance(found, dict) else {}


def _figure(source: Source, metrics: dict[str, Any], metric: str, part: str) -> float:
    value = _parts(metrics.get(metric)).get(part)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise InputError(Problem(f"there is no '{part}' of '{metric}' in the summary", _SUMMARY, source.name))
    return number(source, str(value), f"{part} of {metric}")
