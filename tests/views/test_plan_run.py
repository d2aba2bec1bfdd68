"""The search behind the page: its share, its end when stopped, and its faults in a sentence."""

from __future__ import annotations

from threading import Event

from assessment.errors import InputError, Problem
from models.planning.planner import Watch
from models.planning.request import Answer
from views.plan_run import SearchRun


def test_a_stopped_search_ends_and_a_fault_is_told() -> None:
    """Work hears that it is to stop; what it refuses is a sentence of the page."""
    begun = Event()

    def work(watch: Watch) -> Answer:
        watch.told(0.25)
        begun.set()
        while not watch.should_stop():
            pass
        raise InputError(Problem("no plan was found in the time given", "search longer"))

    run = SearchRun("key", work)
    assert begun.wait(30)
    assert (run.share, run.under_way, run.stopped) == (0.25, True, False)
    run.stop()
    run.wait(30)
    assert run.stopped
    assert not run.under_way
    assert "no plan was found" in run.fault
