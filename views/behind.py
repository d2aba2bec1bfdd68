"""The run on all futures behind the sliders: one a session, stopped when a slider moves again."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Event

import streamlit as st

from assessment.errors import InputError
from models.cost_curves import SimulationStoppedError
from models.whatif_run import Waiting, WhatIf
from views.feedback import in_short, neutral_sentence


@dataclass(frozen=True, eq=False)
class Both:
    """A setting of the sliders and the case as it stands, on the same futures: else their difference were noise.

    What waiting costs in either is left out where the charts are not to wait for it.
    """

    shown: WhatIf
    base: WhatIf
    waiting: Waiting | None = None
    base_waiting: Waiting | None = None


Work = Callable[[Callable[[float], None], Callable[[], bool]], Both]
"""What is run: told where to report its share done, and whom to ask whether to stop."""
_MOST_AT_ONCE = 2
_REST_SECONDS = 0.4
"""A slider that rests so long is done with: until then the run behind it would only slow the charts down."""


@st.cache_resource
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=_MOST_AT_ONCE, thread_name_prefix="what-if")


class BehindRun:
    """A run in another thread. What a page reads of it is written once, by that thread alone."""

    def __init__(self, key: object, work: Work) -> None:
        """Start ``work``; ``key`` says what it is run for."""
        self.key = key
        self.share = 0.0
        self.found: Both | None = None
        self.fault = ""
        self._stop = Event()
        self._threads = _pool()
        self._pending = self._threads.submit(self._run, work)

    @property
    def under_way(self) -> bool:
        """Whether it is still to be waited for."""
        return self.found is None and not self.fault and not self._stop.is_set()

    def stop(self) -> None:
        """Let it end at the next chunk of futures; one that has not begun never begins."""
        self._stop.set()
        self._pending.cancel()

    def wait(self, seconds: float) -> None:
        """Wait until it has ended."""
        self._pending.result(seconds)

    def _run(self, work: Work) -> None:
        if self._stop.wait(_REST_SECONDS):
            return
        try:
            self.found = work(self._told, self._stop.is_set)
        except SimulationStoppedError:
            return
        except InputError as error:
            self.fault = in_short(error)
        except Exception as error:  # noqa: BLE001 - a thread has no other place to tell it
            if not self._ending():
                self.fault = neutral_sentence(error)

    def _ending(self) -> bool:
        """Whether the server is ending, when no thread takes any more work."""
        try:
            self._threads.submit(bool)
        except RuntimeError:
            return True
        return False

    def _told(self, share: float) -> None:
        self.share = share
