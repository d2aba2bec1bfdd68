"""Files that cannot be read: one sentence each with file and remedy, and nothing of them is kept."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest

import cli
from assessment.errors import InputError
from assessment.loadtests import windows
from assessment.loadtests.reading import read_load_test
from assessment.loadtests.rules import load_test_rules

DATA = Path(__file__).parents[2] / "data" / "loadtests"
JTL = "timeStamp,elapsed,label,success,allThreads\n"
HISTORY = "Timestamp,User Count,Name,Total Request Count,Total Failure Count\n"
K6 = "metric_name,timestamp,metric_value\n"
WRK = "Running 4s test @ http://x/\n  1 threads and 8 connections\n"


def real(name: str) -> bytes:
    """Return a real file."""
    return (DATA / name).read_bytes()


FAULTS: dict[str, tuple[bytes, int | None, str]] = {
    "empty": (b"", None, "the file is empty"),
    "blank": (b" \n\n\t\n", None, "the file is empty"),
    "header only": (b"load,throughput\n", None, "a header and no rows"),
    "history header only": (HISTORY.encode(), None, "no row over all requests"),
    "jtl header only": (JTL.encode(), None, "holds no request"),
    "xml without samples": (b'<?xml version="1.0"?>\n<testResults version="1.2"/>\n', None, "holds no request"),
    "jtl without a header": (b"1700000000000,5,a,200,OK,t,text,true,,1,1,1,1,u,1,0,1\n", 1, "names of its columns"),
    "jtl parted by semicolons, cut off": (JTL.replace(",", ";").encode() + b"1;5;a\n", 2, "3 of 5 columns"),
    "k6 header only": (K6.encode(), None, "no value of 'http_reqs'"),
    "unknown header": (b"a,b,c\n1,2,3\n", 1, "no load test that is read here"),
    "prose": (b"Dear all,\nhere are the results.\n", 1, "no load test that is read here"),
    "binary": (b"load,throughput\n1,2\x00\n", 2, "binary file"),
    "picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", 1, "no"),
    "packed": (b"\x1f\x8b\x08\x00", None, "packed (gzip)"),
    "workbook": (b"PK\x03\x04\x14\x00", None, "packed (zip)"),
    "utf-16": ("load,throughput\n1,20\n".encode("utf-16"), None, "UTF-16"),
    "utf-16 without a mark": ("load,throughput\n1,20\n".encode("utf-16-le"), None, "UTF-16"),
    "mixed encodings": (b"load,throughput,note\n1,20,gr\xc3\xbcn\n2,40,gr\xfcn\n", 3, "not UTF-8"),
    "not a number": (b"load,throughput\n1,20\n2,NaN\n", 3, "'NaN', which is no number"),
    "infinite": (b"load,throughput\n1,inf\n", 2, "'inf'"),
    "words": (b"load,throughput\n1,many\n", 2, "'many', which is no number"),
    "missing figure": (b"load,throughput\n1,20\n2,\n", 3, "the throughput is missing"),
    "negative": (b"load,throughput\n1,20\n2,-40\n", 3, "'-40'"),
    "nought": (b"load,throughput\n0,0\n1,20\n", 2, "the load is 0"),
    "load of less than one": (b"load,throughput\n0.5,20\n", 2, "the load is 0.5"),
    "huge": (b"load,throughput\n1,1e300\n", 2, "'1e300'"),
    "overflowing": (b"load,throughput\n1,1e999\n", 2, "'1e999'"),
    "underscore": (b"load,throughput\n1,1_000\n", 2, "'1_000'"),
    "decimal comma in commas": (b"load,throughput\n1,20\n4,78,5\n", 3, "3 cells under 2 columns"),
    "quoted decimal comma": (b'load,throughput\n1,"20,5"\n', 2, "with a comma"),
    "thousands or decimals": (b"load;throughput\n1;1,200\n2;2,300\n", 2, "thousands or decimals"),
    "point and comma": (b"load;throughput\n1;1.200,5\n", 2, "with a comma"),
    "short row": (b"load,throughput\n1\n", 2, "1 cells under 2 columns"),
    "duplicate columns": (b"load,throughput,Load\n1,20,1\n", 1, "'load' and 'Load' say the same"),
    "open quote": (b'load,throughput\n1,20\n2,"40\n3,60\n', 3, "never closed"),
    "stray quote": (b'load,throughput\n1,"2"0\n', 2, "not valid CSV"),
    "long line": (b"load,throughput\n" + b"1" * 1_000_002, 2, "more than 1,000,000 bytes"),
    "too many loads": (
        b"load,throughput\n" + b"".join(b"%d,2\n" % n for n in range(1, 999)),
        502,
        "more than 500 different loads",
    ),
    "truncated jtl": (real("jmeter.jtl")[:-40], None, "of 12 columns"),
    "jtl without threads": (b"timeStamp,elapsed,success\n1,2,true\n", 1, "no column 'allThreads'"),
    "jtl with a column twice": (JTL[:-1].encode() + b",success\n", 1, "'success' stands twice"),
    "jtl with dates": ((JTL + "2026/01/01 10:00:00,5,a,true,1\n").encode(), 2, "count of milliseconds"),
    "jtl with a time of thousands of digits": (
        (JTL + "1" * 5000 + ",5,a,true,1\n").encode(),
        2,
        "count of milliseconds",
    ),
    "k6 with a list for a metric": (
        b'{"type":"Point","metric":["http_reqs"],"data":{"time":"2026-01-01T10:00:00Z","value":1}}\n',
        None,
        "no value of 'http_reqs'",
    ),
    "jtl with a negative time": ((JTL + "-5,5,a,true,1\n").encode(), 2, "count of milliseconds"),
    "jtl with a negative duration": ((JTL + "1700000000000,-5,a,true,1\n").encode(), 2, "elapsed time is '-5'"),
    "jtl with another verdict": ((JTL + "1700000000000,5,a,maybe,1\n").encode(), 2, "the success is 'maybe'"),
    "aggregate report": (b"Label,# Samples,Average\nread,10,5\n", 1, "sums up the whole test"),
    "truncated xml": (real("jmeter.xml")[:-60], None, "not valid XML"),
    "other xml": (b"<html><body/></html>", 1, "XML of another kind: 'html'"),
    "entities": (b'<!DOCTYPE x [<!ENTITY a "b">]>\n<testResults/>', 1, "document type"),
    "xml without threads": (b'<testResults><sample t="1" ts="1" s="true"/></testResults>', 1, "no attribute 'na'"),
    "xml with other things": (b"<testResults>\n<row/></testResults>", 2, "'row' is no sample"),
    "locust summary": (b"Type,Name,Request Count,Failure Count\nGET,/,1,0\n", 1, "sums up the whole test"),
    "old locust": (b"Timestamp,User Count,Name\n1,1,Aggregated\n", 1, "no column 'Total Request Count'"),
    "reversed dates": ((HISTORY + "9,1,Aggregated,1,0\n8,1,Aggregated,2,0\n").encode(), 3, "the time goes back"),
    "truncated history": (real("locust_stats_history.csv")[:-30], None, "of 24 columns"),
    "only a ramp": (
        (HISTORY + "".join(f"{t},{t + 1},Aggregated,{t},0\n" for t in range(30))).encode(),
        None,
        "never stands still",
    ),
    "everything failed": (
        (HISTORY + "".join(f"{t},4,Aggregated,{9 * t},{9 * t}\n" for t in range(9))).encode(),
        None,
        "at 4 users no request ended well",
    ),
    "truncated k6 lines": (real("k6-by-hand.json")[:-20], None, "no JSON object"),
    "k6 line that is no JSON": (real("k6-by-hand.json")[:200] + b'\n{"http_reqs":,}\n', None, "no"),
    "k6 without users": (K6.encode() + b"http_reqs,1700000000,1\n", None, "no value of 'vus'"),
    "k6 time": (K6.encode() + b"vus,yesterday,1\n", 2, "the time is 'yesterday'"),
    "k6 row cut off": (K6.encode() + b"vus,1700000000,1\nvus,17000", 3, "2 of 3 columns"),
    "summary of nothing": (b'{\n"metrics": {}\n}', None, "no 'max' of 'vus'"),
    "other json": (b'{"a": [1,\n2]}', None, "no 'metrics'"),
    "broken json": (b'{\n"metrics": \n', 3, "not valid JSON"),
    "deep json": (b'{"metrics":' + b"[" * 100_000, None, "cannot be read"),
    "truncated wrk": (WRK.encode(), 2, "has no 'Requests/sec'"),
    "wrk without a count": (WRK.encode() + b"Requests/sec: 5.0\n", 2, "how many requests"),
    "wrk with a word": (WRK.encode() + b"  9 requests in 4.00s, 1KB\nRequests/sec: nan\n", 4, "'nan'"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_file_that_cannot_be_read_gets_one_sentence(name: str) -> None:
    """Each fault is one problem: file, line where it has one, what is wrong, and what would be right."""
    raw, line, said = FAULTS[name]
    with pytest.raises(InputError) as raised:
        read_load_test(io.BytesIO(raw), "test.csv")
    (problem,) = raised.value.problems
    assert problem.file == "test.csv"
    assert said in problem.message
    assert problem.remedy
    assert "\n" not in str(problem)
    if line is not None:
        assert problem.line == line


@pytest.mark.parametrize("name", FAULTS)
def test_the_terminal_says_it_and_exits_with_two(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing on standard output, one line on standard error, exit code 2."""
    path = tmp_path / "load test.dat"
    path.write_bytes(FAULTS[name][0])
    monkeypatch.setattr("sys.argv", ["sixstep", "wall", str(path), "--json"])
    with pytest.raises(SystemExit) as raised:
        cli.main()
    printed = capsys.readouterr()
    assert raised.value.code == 2
    assert printed.out == ""
    assert printed.err.startswith("load test.dat:")
    assert printed.err.count("\n") == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("load,throughput\n1,20\n", "1 different load,"),
        ("load,throughput\n1,20\n2,40\n3,60\n", "3 different loads"),
        ("load,throughput\n5,20\n5,21\n5,22\n5,23\n", "1 different load,"),
        ("load,throughput\n1,20\n2,20\n3,20\n4,20\n", "20 at every load"),
    ],
)
def test_points_that_no_curve_fits_name_their_file(
    text: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One point, three, all equal, or no difference at all."""
    path = tmp_path / "few.csv"
    path.write_text(text, encoding="utf-8")
    monkeypatch.setattr("sys.argv", ["sixstep", "wall", str(path)])
    with pytest.raises(SystemExit) as raised:
        cli.main()
    assert raised.value.code == 2
    printed = capsys.readouterr()
    assert printed.err.startswith("few.csv: ")
    assert said in printed.err


class _Endless(io.RawIOBase):
    """A file of lines without end that counts what was read of it."""

    def __init__(self, line: Callable[[int], bytes], head: bytes) -> None:
        super().__init__()
        self._line, self._head, self.lines = line, head, 0

    def readline(self, size: int | None = -1, /) -> bytes:
        """Return the next line."""
        self.lines += 1
        found = self._head if self.lines == 1 else self._line(self.lines)
        return found if size is None or size < 0 else found[:size]


def _refused(stream: object) -> str:
    assert isinstance(stream, io.RawIOBase)
    binary: BinaryIO = stream  # type: ignore[assignment]
    with pytest.raises(InputError) as raised:
        read_load_test(binary, "endless.csv")
    return str(raised.value)


def test_a_quote_that_is_never_closed_does_not_take_in_the_file() -> None:
    """Reading stops within the longest cell, however long the file is."""
    stream = _Endless(lambda _: b"x" * 1000 + b"\n", b'load,throughput,"')
    assert "never closed" in _refused(stream) or "no load test" in _refused(stream)
    assert stream.lines < 1000


def test_times_all_over_are_refused_before_memory_fills(monkeypatch: pytest.MonkeyPatch) -> None:
    """A column of random times stops at the most seconds that a test may have, here 5,000."""
    rules = load_test_rules()
    fewer = rules.model_copy(update={"most_seconds": rules.most_seconds.model_copy(update={"value": 5000.0})})
    monkeypatch.setattr(windows, "load_test_rules", lambda: fewer)
    stream = _Endless(lambda n: b"%d,1,a,true,1\n" % (1000 * n), JTL.encode())
    assert "more than 5,000 different seconds" in _refused(stream)
    assert stream.lines <= 5003


@pytest.mark.parametrize("path", sorted(DATA.glob("*.[!m]*")), ids=lambda path: path.name)
def test_a_damaged_file_is_read_or_refused_in_one_sentence(path: Path) -> None:
    """Cut off, bytes changed, a stretch lost, marks put in: each real file, twenty times, and never another fault."""
    chance, raw = random.Random(7), path.read_bytes()  # noqa: S311 (which bytes are damaged is no secret)
    for turn in range(20):
        at = chance.randrange(len(raw))
        damaged = (
            raw[:at],
            raw[:at] + bytes([chance.randrange(256)]) + raw[at + 1 :],
            raw[:at] + raw[at + chance.randrange(1, 200) :],
            raw[:at] + bytes(chance.choices(b'",;\n<>{}[]0-9.eE&', k=4)) + raw[at:],
        )[turn % 4]
        said = ""
        try:
            read_load_test(io.BytesIO(damaged), path.name)
        except InputError as error:
            said = str(error)
        assert "\n" not in said
        assert not said or (said.startswith(path.name) and "; " in said)
