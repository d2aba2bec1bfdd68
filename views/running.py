"""Long work in other threads: how far it is, a way to end it, and what it found, kept under what it follows from.

One run serves every session that wants the same thing. What nobody wants any more is stopped; who only leaves the page
still wants it, and finds it on coming back.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from threading import Event, RLock
from typing import Any, Generic, Literal, TypeVar

import streamlit as st
from streamlit import runtime
from streamlit.runtime.runtime import RuntimeState

from assessment.errors import SixstepError, StoppedError
from models.watching import Watch
from views.feedback import in_short, neutral_sentence

T = TypeVar("T")
State = Literal["queued", "running", "found", "stopped", "failed"]
"""A run is queued, then running, and ends in one of the other three."""
_MOST_AT_ONCE = 4
_ENDING = (RuntimeState.STOPPING, RuntimeState.STOPPED)
_KEPT = 24


@dataclass(frozen=True, slots=True)
class Job(Generic[T]):
    """Long work.

    Attributes:
        kind: what it is, in one word; results are bounded by kind.
        key: everything that its result follows from.
        title: what a person is told while it is under way.
        work: does it, told who follows it; raises StoppedError where it was stopped before it had found anything.
        kept: the most results of its kind that are kept.
        ending: what is said from when somebody ends it until it has ended.
        rest: seconds to wait before it begins, for what may be out of date at once.
    """

    kind: str
    key: Hashable
    title: str
    work: Callable[[Watch], T]
    kept: int = _KEPT
    ending: str = "Stopping"
    rest: float = 0.0

    @property
    def name(self) -> tuple[str, Hashable]:
        """What a run of it is found by."""
        return self.kind, self.key


class Run(Generic[T]):
    """One run of a job. What a page reads of it is written by its thread alone, the state last."""

    def __init__(self, job: Job[T]) -> None:
        """Prepare it; nothing begins yet."""
        self.job, self.begun = job, time.monotonic()
        self.state: State = "queued"
        self.share, self.words = 0.0, job.title
        self.found: T | None = None
        self.fault, self.ours = "", False
        self.wanted_by: set[str] = set()
        self._stop, self._ended = Event(), Event()
        self._pending: Future[None] | None = None

    @property
    def under_way(self) -> bool:
        """Whether it has not ended yet."""
        return not self._ended.is_set()

    @property
    def stopping(self) -> bool:
        """Whether it was asked to stop, also where it has ended since."""
        return self._stop.is_set()

    def stop(self) -> None:
        """Let it end at its next step; one that is still queued never begins."""
        self._stop.set()
        if self._pending is not None and self._pending.cancel():
            self._end("stopped")

    def wait(self, seconds: float) -> None:
        """Wait until it has ended, at most so long."""
        self._ended.wait(seconds)

    def start(self, pool: ThreadPoolExecutor) -> None:
        """Put it in the queue of a pool."""
        self._pending = pool.submit(self._run)

    def keep(self, found: T) -> None:
        """End it with what was found elsewhere."""
        self.found = found
        self._end("found")

    def _run(self) -> None:
        if self._stop.wait(self.job.rest):
            self._end("stopped")
            return
        self.state = "running"
        try:
            self.found = self.job.work(Watch(self._told, self._should_stop, self._said))
        except StoppedError:
            self._end("stopped")
        except SixstepError as error:
            self.fault = in_short(error)
            self._end("failed")
        except Exception as error:  # noqa: BLE001 - a thread has no other place to tell it
            self.ours = not server_ends()
            self.fault = neutral_sentence(error) if self.ours else ""
            self._end("failed" if self.ours else "stopped")
        else:
            self._end("found")

    def _end(self, state: State) -> None:
        self.state = state
        self._ended.set()

    def _should_stop(self) -> bool:
        return self._stop.is_set() or server_ends()

    def _told(self, share: float) -> None:
        self.share = max(self.share, min(share, 1.0))

    def _said(self, words: str) -> None:
        self.words = words


class Runs:
    """The runs of this process: those under way, and the latest results of each kind; safe to share."""

    def __init__(self) -> None:
        """Begin with none."""
        self._pool = ThreadPoolExecutor(max_workers=_MOST_AT_ONCE, thread_name_prefix="long")
        self._known: OrderedDict[tuple[str, Hashable], Run[Any]] = OrderedDict()
        self._lock = RLock()

    def want(self, job: Job[T], who: str) -> Run[T]:
        """Return the run of a job: one that is under way or has ended by itself, else a new one."""
        with self._lock:
            run = self._known.get(job.name)
            if run is None or run.stopping or run.state == "stopped":
                run = self._known[job.name] = Run(job)
                run.start(self._pool)
            run.wanted_by.add(who)
            self._known.move_to_end(job.name)
            self._let_go(job)
            return run

    def leave(self, run: Run[T], who: str) -> None:
        """Say that somebody no longer wants a run; it is stopped when nobody does."""
        with self._lock:
            run.wanted_by = {each for each in run.wanted_by if each != who and _is_here(each)}
            if run.under_way and not run.wanted_by:
                run.stop()

    def forget(self, run: Run[T]) -> None:
        """Forget a run, so that the next who wants the same thing begins anew."""
        with self._lock:
            if self._known.get(run.job.name) is run:
                del self._known[run.job.name]

    def find(self, job: Job[T]) -> T | None:
        """Return what a job found, where that is kept."""
        with self._lock:
            run: Run[T] | None = self._known.get(job.name)
            if run is None or run.state != "found" or run.stopping:
                return None
            self._known.move_to_end(job.name)
            return run.found

    def part(self, job: Job[T], watch: Watch) -> T:
        """Return what a job found, for work of which it is a part: what is kept, else done in this thread and kept."""
        found = self.find(job)
        if found is not None:
            return found
        watch.said(job.title)
        run, found = Run(job), job.work(watch)
        run.keep(found)
        with self._lock:
            self._known[job.name] = run
            self._let_go(job)
        return found

    def end(self) -> None:
        """Stop all that is under way and take no more."""
        with self._lock:
            for run in self._known.values():
                run.stop()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _let_go(self, job: Job[T]) -> None:
        """Let the oldest results of a kind go; what is under way stays, which the threads bound."""
        ended = [name for name, run in self._known.items() if name[0] == job.kind and not run.under_way]
        for name in ended[: max(0, len(ended) - job.kept)]:
            del self._known[name]


def server_ends() -> bool:
    """Return whether the server is ending: it waits for every thread, and no thread takes any more work."""
    return runtime.exists() and runtime.get_instance().state in _ENDING


def _is_here(who: str) -> bool:
    """Return whether a session is still connected."""
    return not runtime.exists() or runtime.get_instance().is_active_session(who)


@st.cache_resource(show_spinner=False)
def runs() -> Runs:
    """Return the runs of this process."""
    return Runs()
