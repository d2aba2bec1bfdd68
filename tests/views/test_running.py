"""Long work: told how far it is, stopped, out of date, shared, bounded, and never silent about a fault."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from threading import Event

import pytest

from assessment.errors import InputError, Problem, StoppedError
from models.watching import Watch
from views.running import Job, Run, Runs

A, B = "one session", "another"


class Held:
    """Work that goes on until it is let go or asked to stop."""

    def __init__(self, *, whole: bool = True) -> None:
        """Begin held; with ``whole`` a stop leaves nothing, without it what was found until then."""
        self.begun, self.go, self.times, self._whole = Event(), Event(), 0, whole

    def __call__(self, watch: Watch) -> str:
        """Work."""
        self.times += 1
        watch.told(0.5)
        self.begun.set()
        while not self.go.wait(0.005):
            if watch.should_stop() and not self._whole:
                return "until now"
            watch.step(0.5)
        return "all of it"


@pytest.fixture
def runs() -> Iterator[Runs]:
    """Return runs of the test's own, ended with it."""
    found = Runs()
    yield found
    found.end()


def job(work: Callable[[Watch], str], key: object = "a", **how: object) -> Job[str]:
    """Return a job on some work."""
    return Job("kind", str(key), "Working", work, **how)  # type: ignore[arg-type]


def ended(run: Run[str]) -> Run[str]:
    """Return a run once it has ended."""
    run.wait(30)
    assert not run.under_way
    return run


def test_what_it_finds_and_how_far_it_is(runs: Runs) -> None:
    """The share and the words that the work told last, then its result, which is kept."""
    work = Held()
    asked = job(work)
    run = runs.want(asked, A)
    assert work.begun.wait(30)
    assert (run.state, run.share, run.words, run.under_way) == ("running", 0.5, "Working", True)
    assert runs.find(asked) is None
    work.go.set()
    assert ended(run).found == "all of it"
    assert runs.find(asked) == "all of it"
    assert runs.want(asked, B) is run


def test_progress_never_goes_back(runs: Runs) -> None:
    """A part that begins again tells less than the one before; a bar that shrinks would alarm."""

    def work(watch: Watch) -> str:
        for share in (0.2, 0.7, 0.4, 1.5):
            watch.told(share)
            seen.append(run.share)
        watch.said("Writing")
        return ""

    seen, ready = list[float](), Event()
    run: Run[str] = runs.want(job(lambda watch: work(watch) if ready.wait(30) else ""), A)
    ready.set()
    ended(run)
    assert seen == [0.2, 0.7, 0.7, 1.0]
    assert run.words == "Writing"


def test_sessions_share_a_run_and_the_last_that_leaves_stops_it(runs: Runs) -> None:
    """One who leaves takes nothing from the other; when nobody wants it any more it ends, and nothing is kept."""
    work = Held()
    asked = job(work)
    run = runs.want(asked, A)
    assert runs.want(asked, B) is run
    assert work.begun.wait(30)
    runs.leave(run, A)
    assert not run.stopping
    runs.leave(run, B)
    assert run.stopping
    assert (ended(run).state, run.found, run.fault) == ("stopped", None, "")
    assert runs.find(asked) is None
    assert work.times == 1


def test_who_wants_what_is_stopping_gets_a_run_of_its_own(runs: Runs) -> None:
    """A run that is about to end is nothing to wait for."""
    work = Held()
    run = runs.want(job(work), A)
    assert work.begun.wait(30)
    runs.leave(run, A)
    other = runs.want(job(work), B)
    assert other is not run
    work.go.set()
    assert ended(other).found == "all of it"


def test_what_a_stopped_search_has_found_is_its_asker_s_alone(runs: Runs) -> None:
    """Work may end early with something; nobody else is given that for the whole."""
    work = Held(whole=False)
    asked = job(work)
    run = runs.want(asked, A)
    assert work.begun.wait(30)
    runs.leave(run, A)
    assert (ended(run).state, run.found) == ("found", "until now")
    assert runs.find(asked) is None
    assert runs.want(asked, A) is not run


def test_what_is_stopped_while_it_rests_or_queues_never_begins(runs: Runs) -> None:
    """A slider under the hand costs nothing but its own answer, nor does what waits for a thread."""
    resting = Held()
    run = runs.want(job(resting, rest=30.0), A)
    runs.leave(run, A)
    assert ended(run).state == "stopped"
    holding = [Held() for _ in range(6)]
    several = [runs.want(job(work, number), A) for number, work in enumerate(holding)]
    waiting = several[-1]
    assert waiting.state == "queued"
    runs.leave(waiting, A)
    assert ended(waiting).state == "stopped"
    for work in holding:
        work.go.set()
    assert [ended(each).state for each in several] == [*["found"] * 5, "stopped"]
    assert (resting.times, holding[-1].times) == (0, 0)


@pytest.mark.parametrize(
    ("error", "sentence", "ours"),
    [
        (InputError(Problem("too wide", "narrow it")), "too wide; narrow it", False),
        (ZeroDivisionError("secret"), "on our side", True),
    ],
)
def test_a_fault_ends_in_a_sentence(runs: Runs, error: Exception, sentence: str, *, ours: bool) -> None:
    """What a person can mend is said as it is; a fault of ours gets a reference and nothing else is told of it."""

    def work(_: Watch) -> str:
        raise error

    run = ended(runs.want(job(work), A))
    assert (run.state, run.ours, run.found) == ("failed", ours, None)
    assert sentence in run.fault
    assert "secret" not in run.fault
    assert runs.want(job(work), A) is run
    runs.forget(run)
    assert runs.want(job(work), A) is not run


def test_a_part_is_taken_from_what_is_kept_or_made_and_kept(runs: Runs) -> None:
    """Work inside work is done once, under its own name, and says what it is."""
    made, said = list[str](), list[str]()

    def work(_: Watch) -> str:
        made.append("part")
        return "found"

    for _ in range(2):
        assert runs.part(job(work, "inner"), Watch(said=said.append)) == "found"
    assert (made, said) == (["part"], ["Working"])
    assert runs.find(job(work, "inner")) == "found"


def test_a_part_that_is_stopped_leaves_nothing(runs: Runs) -> None:
    """No half of a result is kept under the name of the whole."""
    asked = job(Held())
    with pytest.raises(StoppedError):
        runs.part(asked, Watch(should_stop=lambda: True))
    assert runs.find(asked) is None


def test_results_are_bounded_by_kind(runs: Runs) -> None:
    """The oldest goes first, what was looked at last stays, and other kinds lose nothing."""
    runs.part(Job("other", "x", "", lambda _: "other"), Watch())
    jobs = [job(lambda _: "found", number, kept=2) for number in range(3)]
    for each in jobs[:2]:
        runs.part(each, Watch())
    assert runs.find(jobs[0]) == "found"
    runs.part(jobs[2], Watch())
    assert [runs.find(each) for each in jobs] == ["found", None, "found"]
    assert runs.find(Job("other", "x", "", lambda _: "")) == "other"


def test_the_end_of_the_server_ends_what_is_under_way(runs: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    """It waits for its threads: none of them goes on for seconds, and none takes that for a fault."""
    work = Held()
    run = runs.want(job(work), A)
    assert work.begun.wait(30)
    monkeypatch.setattr("views.running.server_ends", lambda: True)
    assert (ended(run).state, run.fault) == ("stopped", "")

    def refused(_: Watch) -> str:
        message = "cannot schedule new futures after shutdown"
        raise RuntimeError(message)

    other = ended(runs.want(job(refused, "other"), A))
    assert (other.state, other.fault, other.ours) == ("stopped", "", False)
