"""The search for a plan in another thread, so that the page says how far it is and a click can stop it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import streamlit as st

from assessment.errors import SixstepError
from models.planning.planner import Watch
from models.planning.request import Answer
from views.feedback import in_short, neutral_sentence

_MOST_AT_ONCE = 2


@st.cache_resource
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=_MOST_AT_ONCE, thread_name_prefix="plan")


class SearchRun:
    """One search. What a page reads of it is written once, by its thread alone.

    Args:
        key: what it is run for.
        work: the search, told who follows it.
    """

    def __init__(self, key: object, work: Callable[[Watch], Answer]) -> None:
        """Begin it."""
        self.key = key
        self.share = 0.0
        self.found: Answer | None = None
        self.fault = ""
        self._stop = Event()
        self._pending = _pool().submit(self._run, work)

    @property
    def under_way(self) -> bool:
        """Whether it is still to be waited for."""
        return self.found is None and not self.fault

    @property
    def stopped(self) -> bool:
        """Whether somebody asked it to stop."""
        return self._stop.is_set()

    def stop(self) -> None:
        """Let it end with the best plan found until now."""
        self._stop.set()

    def wait(self, seconds: float) -> None:
        """Wait until it has ended."""
        self._pending.result(seconds)

    def _run(self, work: Callable[[Watch], Answer]) -> None:
        try:
            self.found = work(Watch(self._told, self._stop.is_set))
        except SixstepError as error:
            self.fault = in_short(error)
        except Exception as error:  # noqa: BLE001 - a thread has no other place to tell it
            self.fault = neutral_sentence(error)

    def _told(self, share: float) -> None:
        self.share = min(share, 1.0)
