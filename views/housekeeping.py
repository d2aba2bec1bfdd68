"""Garbage is collected on a timer, outside the path of a click: a collection holds every session of the process."""

from __future__ import annotations

import gc
import threading
import time

_WAKE_SECONDS = 5.0
_AT_LEAST_EVERY_SECONDS = 60.0
_OBJECTS = 50_000
_lock = threading.Lock()
_thread: threading.Thread | None = None


def start_collector() -> None:
    """Start the one collecting thread of this process; a second call does nothing.

    What lives at the start (modules, questionnaire) is set aside first, so that later collections only walk what
    sessions made. Automatic collection is switched off and its thresholds are watched here instead.
    """
    global _thread  # noqa: PLW0603 - one thread a process is the point
    with _lock:
        if _thread is not None:
            return
        gc.collect()
        gc.freeze()
        gc.disable()
        _thread = threading.Thread(target=_collect_for_ever, name="collector", daemon=True)
        _thread.start()


def _collect_for_ever() -> None:
    last = time.monotonic()
    while True:
        time.sleep(_WAKE_SECONDS)
        if due(gc.get_count()[0], time.monotonic() - last):
            gc.collect()
            last = time.monotonic()


def due(objects: int, seconds: float) -> bool:
    """Return whether to collect: ``objects`` new since the last time, ``seconds`` ago."""
    return objects >= _OBJECTS or (objects > 0 and seconds >= _AT_LEAST_EVERY_SECONDS)
