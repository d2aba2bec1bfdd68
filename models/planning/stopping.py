"""Ctrl+C while a search runs: the first one ends the search with what it has, a second one ends the program."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, current_thread, main_thread
from types import FrameType

from models.watching import Watch


@contextmanager
def stopping(told: Callable[[float], None]) -> Iterator[Watch]:
    """Return who asks a search to stop once Ctrl+C is pressed, and hears in ``told`` how far it is."""
    pressed = Event()
    if current_thread() is not main_thread():  # signals reach the main thread only
        yield Watch(told, pressed.is_set)
        return
    before = signal.getsignal(signal.SIGINT)

    def stop(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - the form of a handler
        pressed.set()
        signal.signal(signal.SIGINT, before)

    signal.signal(signal.SIGINT, stop)
    try:
        yield Watch(told, pressed.is_set)
    finally:
        signal.signal(signal.SIGINT, before)
