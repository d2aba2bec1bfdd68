"""How long reading a load test takes and how much memory it holds, on files of any size.

    python -m bench.loadtests --megabytes 1000

Each file is written to a temporary folder first: a table, a JTL, k6 output as CSV and as JSON lines with a step of
users a minute, and a JTL whose every row names another second, which is refused before memory fills.
"""

from __future__ import annotations

import argparse
import itertools
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

_BEGAN = 1_700_000_000
_USERS = (1, 2, 4, 8, 16, 32, 64, 96)
_A_SECOND = 500
_READER = """
import resource, sys, time
from pathlib import Path
from assessment.errors import InputError
from assessment.loadtests.reading import read_load_test_file
begun = time.perf_counter()
try:
    said = f"{len(read_load_test_file(Path(sys.argv[1])).points)} points"
except InputError as error:
    said = str(error)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(f"{time.perf_counter() - begun:6.1f} s, {peak} MB at most: {said}")
"""


def _requests() -> Iterator[tuple[int, float, int]]:
    """Yield number, time and users of requests without end; users change every minute of the test."""
    for number in itertools.count():
        second = number // _A_SECOND
        users = _USERS[min(second // 60, len(_USERS) - 1)] if second < 60 * len(_USERS) else _USERS[second // 60 % 8]
        yield number, _BEGAN + number / _A_SECOND, users


def jtl() -> Iterator[str]:
    """Yield a JTL."""
    yield "timeStamp,elapsed,label,responseCode,responseMessage,threadName,dataType,success,failureMessage,bytes,"
    yield "sentBytes,grpThreads,allThreads,URL,Latency,IdleTime,Connect\n"
    for number, at, users in _requests():
        row = f"{int(1000 * at)},40,read,200,OK,Users 1-{number % 9},text,true,,140,120,{users},{users}"
        yield f"{row},http://127.0.0.1:8700/patients/{number},39,0,1\n"


def k6_csv() -> Iterator[str]:
    """Yield k6 output as CSV, of which most rows are about other metrics."""
    yield "metric_name,timestamp,metric_value,error_code,expected_response,method,name,status,url\n"
    for number, at, users in _requests():
        if number % _A_SECOND == 0:
            yield f"vus,{int(at)},{users}.000000,,,,,,\n"
        for metric, value in (("http_reqs", 1), ("http_req_duration", 40.2), ("http_req_failed", 0)):
            yield f"{metric},{int(at)},{value},,true,GET,http://127.0.0.1/,200,http://127.0.0.1/\n"


def k6_lines() -> Iterator[str]:
    """Yield k6 output as JSON lines."""
    line = '{{"metric":"{}","type":"Point","data":{{"time":"{}.{:09d}Z","value":{},"tags":{{"status":"200"}}}}}}\n'
    for number, at, users in _requests():
        stamp = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(at))
        if number % _A_SECOND == 0:
            yield line.format("vus", stamp, 0, users)
        for metric, value in (("http_reqs", 1), ("http_req_duration", 40.2), ("http_req_failed", 0)):
            yield line.format(metric, stamp, number % 1000, value)


def table() -> Iterator[str]:
    """Yield a table with a row a second and few different loads."""
    yield "load,throughput\n"
    for number, _, users in _requests():
        yield f"{users},{20 * users / (1 + users / 40) + number % 7}\n"


def scattered() -> Iterator[str]:
    """Yield a JTL in which no two rows fall into one second."""
    yield "timeStamp,elapsed,label,success,allThreads\n"
    for number in itertools.count():
        yield f"{1000 * (_BEGAN + number)},40,read,true,4\n"


def _write(path: Path, rows: Iterator[str], wanted: int) -> int:
    """Write rows until the file has the wanted size; returns the size."""
    size = 0
    with path.open("w", encoding="utf-8") as stream:
        while size < wanted:
            size += stream.write("".join(itertools.islice(rows, 10_000)))
    return size


def main() -> int:
    """Write and read each file in turn."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--megabytes", type=int, default=50)
    wanted = parser.parse_args().megabytes * 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        for make in (table, jtl, k6_csv, k6_lines, scattered):
            path = Path(folder) / make.__name__
            size = _write(path, make(), wanted)
            done = subprocess.run(
                [sys.executable, "-c", _READER, str(path)], check=True, capture_output=True, text=True
            )
            print(f"{make.__name__:10} {size / 1e6:6.0f} MB {done.stdout.strip()}", flush=True)
            path.unlink()
    return 0 if resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024 < 300 else 1  # noqa: PLR2004


if __name__ == "__main__":
    sys.exit(main())
