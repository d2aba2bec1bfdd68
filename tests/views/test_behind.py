"""The run behind the sliders: begun after a rest, told how far it is, stopped, and never silent about a fault."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

import pytest

from assessment.errors import InputError, Problem
from bench.cases import typical
from models.case import Case
from models.cost_curves import SimulationStoppedError
from models.parameters import load_parameters
from models.whatif_run import run_what_if
from views.behind import BehindRun, Both

INPUTS, PROGRAMME = typical()
FOUND = run_what_if(Case(INPUTS, PROGRAMME, load_parameters()), paths=20, seed=1)
Told = Callable[[float], None]
Stopped = Callable[[], bool]


def test_what_it_finds_and_how_far_it_was() -> None:
    """The share that the work told last, and its result."""

    def work(told: Told, _: Stopped) -> Both:
        told(0.5)
        return Both(FOUND, FOUND)

    run = BehindRun("a", work)
    assert run.under_way
    run.wait(30)
    assert run.share == 0.5
    assert run.found is not None
    assert not run.under_way


def test_one_that_is_stopped_while_the_slider_rests_never_begins() -> None:
    """A slider under the hand costs nothing but its own answer."""
    begun = Event()

    def work(_: Told, __: Stopped) -> Both:
        begun.set()
        return Both(FOUND, FOUND)

    run = BehindRun("a", work)
    run.stop()
    assert not run.under_way
    assert not begun.wait(0.8)
    assert run.found is None


def test_one_that_is_stopped_at_work_ends_without_a_word() -> None:
    """Nobody waits for it: neither a result nor a fault is kept."""
    begun = Event()

    def work(_: Told, stopped: Stopped) -> Both:
        begun.set()
        while not stopped():
            pass
        raise SimulationStoppedError

    run = BehindRun("a", work)
    assert begun.wait(30)
    run.stop()
    run.wait(30)
    assert (run.found, run.fault) == (None, "")


@pytest.mark.parametrize(
    ("error", "sentence"),
    [(InputError(Problem("too wide", "narrow it")), "too wide; narrow it"), (ZeroDivisionError(), "on our side")],
)
def test_a_fault_is_kept_as_a_sentence(error: Exception, sentence: str) -> None:
    """What a person can mend is said as it is; a fault of ours gets a reference."""

    def work(_: Told, __: Stopped) -> Both:
        raise error

    run = BehindRun("a", work)
    run.wait(30)
    assert sentence in run.fault
    assert not run.under_way
