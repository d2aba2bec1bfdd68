"""Many writers at once, several processes, and a process that is killed: no answer is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from store.folding import Change
from store.log import Stamp, Store

Beginning = tuple[Change, ...]
ROOT = Path(__file__).parents[2]
_START = """
import sys, time
from store.log import Store
while time.time() < float(sys.argv[2]):
    pass
print(len(Store.open(sys.argv[1]).logs()), flush=True)
"""
_WRITE = """
import sys
from store.folding import Change
from store.log import Stamp, Store
store, name = Store.open(sys.argv[1]), sys.argv[2]
number = 0
while True:
    number += 1
    store.append(name, [Change("answer", "q", {"option": number})], Stamp())
    print(number, flush=True)
"""


def _process(code: str, *arguments: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _write_many(store: Store, name: str, thread: int, gate: threading.Barrier) -> None:
    gate.wait()
    for number in range(50):
        store.append(name, [Change("answer", f"q{number % 5}", {"by": thread, "number": number})], Stamp(str(thread)))


def _all_written(stores: list[Store], name: str) -> set[tuple[int, int]]:
    gate = threading.Barrier(8)
    with ThreadPoolExecutor(8) as pool:
        jobs = [pool.submit(_write_many, stores[each % len(stores)], name, each, gate) for each in range(8)]
        for job in jobs:
            job.result()
    (log,) = stores[0].logs()
    assert [event.sequence for event in log.events] == list(range(1, len(log.events) + 1))
    return {(event.payload["by"], event.payload["number"]) for event in log.events if event.kind == "answer"}


_EVERYTHING = {(thread, number) for thread in range(8) for number in range(50)}


def test_eight_threads_lose_nothing(store: Store, beginning: Beginning) -> None:
    """400 writes from 8 threads over one store are all there, numbered without a gap, and none met a lock."""
    assert _all_written([store], store.create(beginning, Stamp())) == _EVERYTHING


def test_eight_separate_stores_lose_nothing(store: Store, beginning: Beginning, database: Path) -> None:
    """The same holds when each thread has an engine of its own, as separate app processes have."""
    others = [Store.open(str(database)) for _ in range(7)]
    assert _all_written([store, *others], store.create(beginning, Stamp())) == _EVERYTHING


def test_processes_can_start_together_on_an_empty_database(database: Path) -> None:
    """Four processes that open the same new database at one moment all find it ready."""
    import time  # noqa: PLC0415 - only for the moment agreed on

    moment = str(time.time() + 2.0)
    started = [_process(_START, str(database), moment) for _ in range(4)]
    assert [process.communicate(timeout=60) for process in started] == [("0\n", "")] * 4
    assert [process.returncode for process in started] == [0] * 4


def test_threads_can_open_an_empty_database_together(database: Path) -> None:
    """Alembic keeps its environment in globals; opening from several threads still works."""
    with ThreadPoolExecutor(6) as pool:
        stores = list(pool.map(lambda _: Store.open(str(database)), range(6)))
    assert [store.logs() for store in stores] == [()] * 6


def test_a_killed_writer_loses_no_acknowledged_answer(store: Store, beginning: Beginning, database: Path) -> None:
    """Whatever was said to be saved is there after kill -9, and the database goes on working."""
    name = store.create(beginning, Stamp())
    writer = _process(_WRITE, str(database), name)
    assert writer.stdout is not None
    acknowledged = [int(writer.stdout.readline()) for _ in range(40)]
    writer.send_signal(signal.SIGKILL)
    acknowledged += [int(line) for line in writer.communicate(timeout=30)[0].splitlines() if line.strip()]
    found = [event.payload["option"] for event in Store.open(str(database)).history(name, "answer", "q")]
    assert set(acknowledged) <= set(found)
    assert store.append(name, [Change("answer", "q", {"option": 0})], Stamp())[0].written
