"""What each tool writes, read as points: real output of Locust, wrk and JMeter, and k6 as it is documented."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from assessment.loadtests.points import LoadTest, Point
from assessment.loadtests.reading import read_load_test, read_load_test_file
from assessment.loadtests.rules import load_test_rules

DATA = Path(__file__).parents[2] / "data" / "loadtests"


def read(text: str | bytes, name: str = "test.csv") -> LoadTest:
    """Return the points of a text."""
    raw = text.encode("utf-8") if isinstance(text, str) else text
    return read_load_test(io.BytesIO(raw), name)


def at(test: LoadTest, load: float) -> Point:
    """Return the point at a load."""
    (found,) = [point for point in test.points if point.load == load]
    return found


@pytest.mark.parametrize(
    ("name", "kind", "loads"),
    [
        ("locust_stats_history.csv", "locust", [1, 2, 4, 8, 12, 16, 24, 32, 48]),
        ("wrk.txt", "wrk", [1, 2, 4, 8, 12, 16, 24, 32, 48]),
        ("jmeter.jtl", "jmeter-csv", [1, 2, 4, 8, 16, 32, 48]),
        ("jmeter.xml", "jmeter-xml", [1, 4, 8, 16]),
        ("k6-by-hand.csv", "k6-csv", [1, 2, 4, 8, 16, 24]),
        ("k6-by-hand.json", "k6-json", [1, 2, 4, 8, 16, 24]),
    ],
)
def test_the_output_of_each_tool_is_known_by_what_stands_in_it(name: str, kind: str, loads: list[float]) -> None:
    """Each file gives one point a step, whatever the file is called, with what the point rests on."""
    test = read((DATA / name).read_bytes(), "upload")
    assert test.kind == kind
    assert [point.load for point in test.points] == loads
    for point in test.points:
        assert point.requests is not None
        assert point.failed is not None
        assert point.seconds is not None
        assert point.seconds >= 3.0
        served = (point.requests - point.failed) / point.seconds
        assert point.throughput == pytest.approx(served, rel=0.01)
        assert point.file == "upload"


def test_both_forms_of_k6_give_the_same_points() -> None:
    """CSV and JSON lines of one test hold the same requests."""
    table, lines = (read_load_test_file(DATA / f"k6-by-hand.{end}") for end in ("csv", "json"))
    assert [(p.load, p.throughput, p.requests, p.failed) for p in table.points] == [
        (p.load, p.throughput, p.requests, p.failed) for p in lines.points
    ]


def test_failed_requests_are_not_served_and_said() -> None:
    """The server of the real tests fails one request in 200; none of those counts as throughput."""
    test = read_load_test_file(DATA / "wrk.txt")
    failed = sum(point.failed or 0 for point in test.points)
    assert failed > 0
    assert test.notes[0] == f"{failed} failed requests not counted as served"


HISTORY = "Timestamp,User Count,Type,Name,Requests/s,Failures/s,Total Request Count,Total Failure Count\n"


def history(*rows: tuple[int, int, int, int]) -> str:
    """Return a Locust history of (time, users, requests, failures)."""
    return HISTORY + "".join(f"{t},{u},,Aggregated,9.9,0.0,{n},{f}\n" for t, u, n, f in rows)


def test_locust_throughput_is_the_difference_of_totals() -> None:
    """Second 0 settles; from second 1 to 5 120 requests ended, of which 20 failed: 25 a second."""
    test = read(history((0, 7, 0, 0), (1, 7, 10, 1), (2, 7, 40, 6), (3, 7, 70, 11), (4, 7, 100, 16), (5, 7, 130, 21)))
    assert test.points == (Point(7.0, 25.0, 120, 20, 4.0, "test.csv"),)
    assert test.notes[1] == "more than 5% of the requests failed at a load of 7 (17%)"


def test_locust_counts_every_request_once() -> None:
    """Rows of single requests stand beside the row over all, which alone counts."""
    rows = [f"{t},3,GET,/,0,0,{8 * t},0\n{t},3,,Aggregated,0,0,{10 * t},0\n" for t in range(6)]
    assert at(read(HISTORY + "".join(rows)), 3.0).throughput == pytest.approx(10.0)


def test_locust_totals_set_back_begin_anew() -> None:
    """``--reset-stats`` sets the totals to nought when all users are there."""
    before, after = [(t, 5, 100 * t, 0) for t in range(3)], [(t, 5, 20 * (t - 3), 0) for t in range(3, 9)]
    assert at(read(history(*before, *after)), 5.0).throughput == pytest.approx(20.0)


def test_one_number_of_users_held_twice_is_one_point() -> None:
    """Up and down again: both stretches of 4 users count together."""
    rows = [(t, 4 if t < 6 or t >= 12 else 9, 10 * t if t < 12 else 10 * t + 4 * (t - 12), 0) for t in range(18)]
    test = read(history(*rows))
    assert [point.load for point in test.points] == [4.0, 9.0]
    assert at(test, 4.0).seconds == 8.0
    assert at(test, 4.0).throughput == pytest.approx((40 + 56) / 8)


def test_a_ramp_is_left_out() -> None:
    """One user more each second from 2 on: only the plateau of 1 user counts."""
    rows = [(t, max(1, t - 5), 10 * t, 0) for t in range(15)]
    assert [point.load for point in read(history(*rows)).points] == [1.0]


def test_a_break_in_the_middle_is_not_a_slow_stretch() -> None:
    """An hour without a row parts two tests; its time does not count."""
    rows = [*[(t, 4, 10 * t, 0) for t in range(6)], *[(3600 + t, 4, 50 + 10 * t, 0) for t in range(6)]]
    assert at(read(history(*rows)), 4.0).throughput == pytest.approx(10.0)


JTL = "timeStamp,elapsed,label,responseMessage,success,grpThreads,allThreads\n"


def jtl_rows(users: int, start: int, seconds: int, per_second: int, message: str = "OK") -> list[str]:
    """Return rows of requests that take 100 ms each, evenly spread."""
    step = 1000 // per_second
    return [
        f"{1_700_000_000_000 + 1000 * start + step * n},100,read,{message},true,{users},{users}"
        for n in range(seconds * per_second)
    ]


def test_the_rows_of_a_jtl_may_come_in_any_order() -> None:
    """Several machines write one file; the same rows back to front give the same points."""
    rows = jtl_rows(3, 0, 6, 20) + jtl_rows(9, 6, 6, 50)
    forth, back = read(JTL + "\n".join(rows)), read(JTL + "\n".join(reversed(rows)))
    assert forth.points == back.points
    assert [point.load for point in forth.points] == [3.0, 9.0]
    assert at(forth, 9.0).throughput == pytest.approx(50.0)


@pytest.mark.parametrize("mark", [";", "\t", "|"])
def test_a_jtl_may_part_its_columns_otherwise(mark: str) -> None:
    """JMeter's ``default_delimiter`` can be set, and then a comma is a letter like any other."""
    rows = jtl_rows(3, 0, 6, 20) + jtl_rows(9, 6, 6, 50)
    lines = "\n".join([JTL.strip(), *rows]).replace(",", mark).replace("OK", "OK, fine")
    assert read(lines).points == read("\n".join([JTL.strip(), *rows])).points


def test_a_transaction_of_a_jtl_counts_no_second_time() -> None:
    """A transaction's row stands beside those of its requests."""
    rows = jtl_rows(3, 0, 6, 20)
    doubled = jtl_rows(3, 0, 6, 10, message='"Number of samples in transaction : 2, number of failing samples : 0"')
    test = read(JTL + "\n".join(rows + doubled))
    assert at(test, 3.0).throughput == pytest.approx(20.0)
    assert "60 rows of transactions" in test.notes[-1]


def test_a_message_with_line_ends_in_it_is_one_cell() -> None:
    """Quoted line ends, commas and doubled quotes are text of a cell."""
    rows = jtl_rows(3, 0, 6, 20, message='"lost, ""peer""\nat line 2"')
    assert at(read(JTL + "\n".join(rows)), 3.0).throughput == pytest.approx(20.0)


def test_a_second_in_which_nothing_ended_still_counts() -> None:
    """Requests of three seconds: most seconds have no row, and the time passes all the same."""
    rows = [f"{1_700_000_000_000 + 1000 * t},3000,read,OK,true,2,2" for t in range(0, 31, 3)]
    assert at(read(JTL + "\n".join(rows)), 2.0).throughput == pytest.approx(1 / 3, rel=0.15)


def test_samples_inside_a_sample_of_xml_count_with_it() -> None:
    """A page and its embedded files are one sample at the top."""
    sample = '<httpSample t="100" ts="{}" s="true" na="2"><httpSample t="1" ts="{}" s="true" na="2"/></httpSample>'
    times = [1_700_000_000_000 + 100 * n for n in range(60)]
    body = "\n".join(sample.format(t, t) for t in times)
    test = read(f'<?xml version="1.0"?>\n<testResults version="1.2">\n{body}\n</testResults>')
    assert at(test, 2.0).throughput == pytest.approx(10.0)


def test_a_summary_of_k6_is_one_point() -> None:
    """Both forms of a summary: the largest number of users and the mean rate of what did not fail."""
    plain = {"http_reqs": {"count": 1000, "rate": 100.0}, "vus": {"max": 12}, "http_req_failed": {"value": 0.1}}
    deep = {
        "http_reqs": {"values": {"count": 1000, "rate": 100.0}},
        "vus": {"values": {"max": 12}},
        "http_req_failed": {"values": {"rate": 0.1}},
    }
    for metrics in (plain, deep):
        test = read(json.dumps({"metrics": metrics}, indent=1))
        assert test.points == (Point(12.0, 90.0, 1000, 100, 10.0, "test.csv"),)
        assert "one point" in test.notes[0]


@pytest.mark.parametrize("times", [str, lambda t: f"{t}000000000", lambda t: f"2026-01-01T00:00:{t:02d}Z"])
def test_every_form_of_time_that_k6_writes_is_read(times: object) -> None:
    """Seconds, nanoseconds, or a date and time."""
    assert callable(times)
    base = 0 if "2026" in times(1) else 1_767_225_600
    rows = ["metric_name,timestamp,metric_value"]
    for t in range(6):
        rows += [f"vus,{times(base + t)},4", *[f"http_reqs,{times(base + t)},1"] * 8]
    assert at(read("\n".join(rows)), 4.0).throughput == pytest.approx(8.0)


def test_runs_of_wrk_stay_apart() -> None:
    """Two runs at the same number of connections are two measurements; what the shell printed between is passed by."""
    run = "Running 4s test @ http://x/\n  2 threads and 8 connections\n  100 requests in 4.00s, 12KB read\n"
    run += "  Socket errors: connect 0, read 1, write 0, timeout 2\nRequests/sec:  25.00\nTransfer/sec: 1KB\n"
    test = read(f"$ wrk -c8\n{run}$ wrk -c8\n{run}")
    assert [point.throughput for point in test.points] == [25.0, 25.0]
    assert test.notes == ("6 socket errors and time-outs, which wrk does not count as requests",)


@pytest.mark.parametrize(
    "text",
    [
        "load,throughput\n1,20\n4,78.5\n",
        "load;throughput\n1;20\n4;78,5\n",
        "Users\tRequests per second\n1\t20\n4\t78,5\n",
        "4,78.5\n1,20\n",
        "\ufeffload,throughput\r\n1,20\r\n4,78.5\r\n",
        "name,X,N\n\nmonday,20,1\n\nmonday,78.5,4\n",
        '"load","throughput"\n"1","20"\n"4","7.85e1"',
    ],
)
def test_a_table_is_read_in_each_of_its_forms(text: str) -> None:
    """Commas, semicolons with decimal commas, tabs, no header, a byte order mark, other names and order."""
    test = read(text)
    assert [(point.load, point.throughput) for point in test.points] == [(1.0, 20.0), (4.0, 78.5)]
    assert bool(test.notes) == ("78,5" in text)


def test_many_rows_of_a_table_are_taken_together() -> None:
    """Up to 500 rows each is a measurement; of more, each load has its mean, and that is said."""
    rows = [f"{load},{10 * load + n % 3}" for n in range(300) for load in (1, 2, 4)]
    few, many = read("load,throughput\n" + "\n".join(rows[:500])), read("load,throughput\n" + "\n".join(rows))
    assert (len(few.points), few.notes) == (500, ())
    assert [(point.load, point.throughput) for point in many.points] == [(1.0, 11.0), (2.0, 21.0), (4.0, 41.0)]
    assert many.notes == ("900 rows were taken together: the mean throughput at each of 3 loads",)


def test_every_rule_of_reading_says_why() -> None:
    """The figures by which windows are taken are data with a reason."""
    rules = load_test_rules().model_dump(exclude={"format"})
    assert all(len(rule["why"]) > 30 for rule in rules.values())
