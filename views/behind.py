"""The run on all futures behind the sliders: one a session, stopped when a slider moves again."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event, main_thread

import streamlit as st

from assessment.errors import InputError
from models.cost_curves import SimulationStoppedError
from models.whatif_run import WhatIf
from views.feedback import in_short, neutral_sentence

Work = Callable[[Callable[[float], None], Callable[[], bool]], WhatIf]
"""What is run: told where to report its share done, and whom to ask whether to stop."""
_MOST_AT_ONCE = 2


@st.cache_resource
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=_MOST_AT_ONCE, thread_name_prefix="what-if")


class BehindRun:
    """A run in another thread. What a page reads of it is written once, by that thread alone."""

    def __init__(self, key: object, work: Work) -> None:
        """Start ``work``; ``key`` says what it is run for."""
        self.key = key
        self.share = 0.0
        self.found: WhatIf | None = None
        self.fault = ""
        self._stop = Event()
        self._pending = _pool().submit(self._run, work)

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
        try:
            self.found = work(self._told, self._to_stop)
        except SimulationStoppedError:
            return
        except InputError as error:
            self.fault = in_short(error)
        except Exception as error:  # noqa: BLE001 - a thread has no other place to tell it
            if not self._to_stop():
                self.fault = neutral_sentence(error)

    def _to_stop(self) -> bool:
        """Whether nobody waits for it any more, or the server is ending."""
        return self._stop.is_set() or not main_thread().is_alive()

    def _told(self, share: float) -> None:
        self.share = share
