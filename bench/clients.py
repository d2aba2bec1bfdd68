"""Many people at once: ``python -m bench.clients``.

Fifty clients click every three seconds, each on a question of an assessment of its own; then five hundred come and go.
Each speaks to the real server over a WebSocket of its own, as a browser does, and draws nothing. Printed are seconds
from a click to the end of its run, the processor seconds of the server, and its memory before, at the height and after.
Linux only: processor and memory are read from ``/proc``.
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import statistics
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from bench.clicks import ONE_WIDGET, ROOT, prepared, serving_process
from bench.conversation import Answered, Conversation

PAGE, QUESTION = "step", "choice-delivery.gates"
_TICKS = 100
_MEGA = 1024
_COLLECTED_SECONDS = 75
"""The collector of the app wakes within a minute."""


class Load(NamedTuple):
    """How many clients there are, how often each clicks, and how many of those that come and go are there at once."""

    clients: int
    seconds_between: float
    clicks: int
    visitors: int
    at_once: int


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Many people at once.")
    parser.add_argument("--clients", type=int, default=50, help="who stay and click")
    parser.add_argument("--every", type=float, default=3.0, help="seconds between two clicks of one client")
    parser.add_argument("--clicks", type=int, default=10, help="clicks of each client")
    parser.add_argument("--visitors", type=int, default=500, help="who come, click once and go")
    parser.add_argument("--at-once", type=int, default=20, help="visitors that are there at the same time")
    given = parser.parse_args()
    load = Load(given.clients, given.every, given.clicks, given.visitors, given.at_once)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(ROOT / ".streamlit", folder / ".streamlit")
        database = folder / "clients.db"
        ids = [prepared(database) for _ in range(load.clients)]
        script = folder / "one.py"
        script.write_text(ONE_WIDGET, encoding="utf-8")
        with serving_process(script, database) as (address, process):
            asyncio.run(_simplest(address, process.pid, load))
        with serving_process(ROOT / "app.py", database) as (address, process):
            asyncio.run(_measured(address, process.pid, ids, load))


async def _measured(address: str, pid: int, ids: list[str], load: Load) -> None:
    await _visit(address, ids[0])  # the first page loads what every later one uses
    await asyncio.sleep(1)
    before = memory(pid)
    print(f"server with one page shown     {before:7.0f} MB")
    await _staying(address, pid, ids, load)
    if load.visitors:
        await _coming_and_going(address, pid, ids, load, before)


async def _simplest(address: str, pid: int, load: Load) -> None:
    """Let as many clients click a page of one widget, for comparison."""
    tabs = [(await Conversation.begin(address, "", ""))[0] for _ in range(load.clients)]
    await _clicked(tabs, "one", 2, pid, load)


async def _staying(address: str, pid: int, ids: list[str], load: Load) -> None:
    """Let clients come one after the other and click in their own rhythm."""
    tabs = [(await _come(address, ids[number % len(ids)]))[0] for number in range(load.clients)]
    await _clicked(tabs, QUESTION, 4, pid, load)


async def _clicked(tabs: list[Conversation], widget: str, options: int, pid: int, load: Load) -> None:
    """Let every tab click a widget with so many options in its own rhythm, and print what it took."""
    spent, start = processor(pid), time.perf_counter()
    rows = await asyncio.gather(*(_click_on(tab, widget, options, number, load) for number, tab in enumerate(tabs)))
    seconds, cpu = time.perf_counter() - start, processor(pid) - spent
    answers = [answered for row in rows for answered in row]
    print(f"{len(tabs)} clients on '{widget}', a click every {load.seconds_between:g} s each, {len(answers)} clicks")
    print(f"  click to end of its run      {_in_milliseconds(answers)}")
    share, each = f"{100 * cpu / seconds:.0f} % of a core", f"{1000 * cpu / len(answers):.1f} ms a click"
    print(f"  server's processor           {cpu:7.1f} s in {seconds:.0f} s: {share}, {each}")
    print(f"  server's memory              {memory(pid):7.0f} MB")
    await asyncio.gather(*(tab.end() for tab in tabs))


async def _click_on(tab: Conversation, name: str, options: int, number: int, load: Load) -> list[Answered]:
    widget = tab.named(name)
    await asyncio.sleep(load.seconds_between * number / load.clients)
    found = []
    for click in range(load.clicks):
        begun = time.perf_counter()
        found.append(await tab.choose(widget, (number + click) % options))
        await asyncio.sleep(max(0.0, load.seconds_between - (time.perf_counter() - begun)))
    return found


async def _coming_and_going(address: str, pid: int, ids: list[str], load: Load, before: float) -> None:
    """Let visitors come, click once and go; then wait until a server forgets who has left."""
    door, firsts, height = asyncio.Semaphore(load.at_once), [], [0.0]

    async def visitor(number: int) -> None:
        async with door:
            firsts.append(await _visit(address, ids[number % len(ids)]))
            height[0] = max(height[0], memory(pid))

    start, spent = time.perf_counter(), processor(pid)
    await asyncio.gather(*(visitor(number) for number in range(load.visitors)))
    seconds, cpu = time.perf_counter() - start, processor(pid) - spent
    print(f"{load.visitors} visitors, {load.at_once} at once, in {seconds:.0f} s, {cpu:.0f} s of processor")
    print(f"  first page                   {_in_milliseconds(firsts)}")
    print(f"  memory at the height         {height[0]:7.0f} MB")
    await asyncio.sleep(_forgotten_after() + 1)
    again = await _visit(address, ids[0])  # who has left is forgotten when the next one leaves
    await asyncio.sleep(_COLLECTED_SECONDS)
    after = memory(pid)
    print(f"  memory after all have left   {after:7.0f} MB, {after - before:+.0f} MB against one page shown")
    print(f"  a page after that            {1000 * again.seconds:7.1f} ms")


def _forgotten_after() -> int:
    """Return the seconds after which the app forgets a browser that has left, as it is set."""
    line = next(
        line
        for line in (ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8").splitlines()
        if line.startswith("disconnectedSessionTTL")
    )
    return int(line.partition("=")[2])


async def _come(address: str, id_: str) -> tuple[Conversation, Answered]:
    return await Conversation.begin(address, PAGE, f"a={id_}&step=delivery")


async def _visit(address: str, id_: str) -> Answered:
    tab, first = await _come(address, id_)
    await tab.choose(tab.named(QUESTION), 2)
    await tab.end()
    return first


def _in_milliseconds(answers: list[Answered]) -> str:
    times = [1000 * answered.seconds for answered in answers]
    cuts = statistics.quantiles(times, n=20)
    return f"p50 {statistics.median(times):7.1f} ms, p95 {cuts[-1]:.1f} ms, largest {max(times):.1f} ms"


def processor(pid: int) -> float:
    """Return the processor seconds that a process has spent."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def memory(pid: int) -> float:
    """Return the memory of a process that is in use, in MB."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / _MEGA


if __name__ == "__main__":
    main()
