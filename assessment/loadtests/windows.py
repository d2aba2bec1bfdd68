"""From counts by second to points: how much was served while the number of users stood still."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assessment.loadtests.lines import Source
from assessment.loadtests.points import Point
from assessment.loadtests.rules import load_test_rules

_HOLD = "hold each number of users for at least {seconds:g} seconds"


@dataclass(frozen=True, slots=True)
class Step:
    """A stretch of time with one number of users.

    Attributes:
        users: how many.
        seconds: how long, without the part in which the load settled.
        requests: that ended in it.
        failed: of those.
    """

    users: float
    seconds: float
    requests: int
    failed: int


@dataclass(slots=True)
class _Second:
    requests: int = 0
    failed: int = 0
    fewest: float = float("inf")
    most: float = float("-inf")

    @property
    def told(self) -> bool:
        """Whether anything was said of users in this second."""
        return self.most >= 0.0


class Seconds:
    """What happened in each second of a test, however the rows are ordered."""

    def __init__(self, source: Source) -> None:
        """Count for one file."""
        self._source, self._seconds = source, dict[int, _Second]()
        self._most = int(load_test_rules().most_seconds.value)

    def _at(self, time: float) -> _Second:
        key = int(time)
        found = self._seconds.get(key)
        if found is None:
            if len(self._seconds) >= self._most:
                message = f"the times name more than {self._most:,} different seconds"
                self._source.fail(message, "check the column of times, or cut the file to one test")
            found = self._seconds[key] = _Second()
        return found

    def request(self, time: float, count: int = 1, failed: int = 0) -> None:
        """Count requests that ended at ``time`` (seconds), of which some failed."""
        second = self._at(time)
        second.requests += count
        second.failed += failed

    def users(self, time: float, count: float) -> None:
        """Note that there were so many users at ``time``."""
        second = self._at(time)
        second.fewest, second.most = min(second.fewest, count), max(second.most, count)

    def steps(self) -> Iterator[Step]:
        """Yield each stretch in which the number of users stood still, long enough to count."""
        if not self._seconds:
            self._source.fail("the file holds no request", "give the file of a test that ran", 0)
        gap = load_test_rules().longest_gap_seconds.value
        run: list[int] = []
        users = 0.0
        for key in sorted(self._seconds):
            second = self._seconds[key]
            now = second.most if second.told else users  # where nothing is said, those of before are still there
            steady = not second.told or second.fewest == second.most
            if run and (not steady or now != users or key - run[-1] > gap):
                yield from self._step(run, users)
                run = []
            users = now
            if steady and users > 0.0:
                run.append(key)
        yield from self._step(run, users)

    def _step(self, run: list[int], users: float) -> Iterator[Step]:
        """Yield a run of whole seconds without its start and its last second, in which the step ended."""
        if not run:
            return
        first, last = run[0] + settling(run[-1] - run[0] + 1), run[-1]
        seconds = last - first
        if seconds < load_test_rules().shortest_window_seconds.value:
            return
        inside = [self._seconds[key] for key in run if first <= key < last]
        yield Step(users, seconds, sum(one.requests for one in inside), sum(one.failed for one in inside))


def settling(seconds: float) -> int:
    """Return how many whole seconds at the start of a stretch are left out while the load settles."""
    rules = load_test_rules()
    return int(max(rules.settle_seconds.value, rules.settle_share.value * seconds))


def points_of(source: Source, steps: Iterable[Step]) -> tuple[Point, ...]:
    """Return one point for each number of users, all stretches with that number together."""
    together: dict[float, Step] = {}
    for step in steps:
        before = together.get(step.users, Step(step.users, 0.0, 0, 0))
        together[step.users] = Step(
            step.users,
            before.seconds + step.seconds,
            before.requests + step.requests,
            before.failed + step.failed,
        )
    if not together:
        rules = load_test_rules()
        least = rules.shortest_window_seconds.value + rules.settle_seconds.value + 1.0
        source.fail("the number of users never stands still", _HOLD.format(seconds=least), 0)
    found = tuple(
        Point(
            step.users,
            (step.requests - step.failed) / step.seconds,
            step.requests,
            step.failed,
            step.seconds,
            source.name,
        )
        for step in sorted(together.values(), key=lambda one: one.users)
    )
    refuse_unserved(source, found)
    return found


def refuse_unserved(source: Source, points: Iterable[Point]) -> None:
    """Refuse a load at which nothing ended well."""
    for point in points:
        if point.throughput <= 0.0:
            message = f"at {point.load:g} users no request ended well"
            source.fail(message, "leave that part of the test out, or mend what failed", 0)


def failed_notes(points: Iterable[Point]) -> list[str]:
    """Say how many requests failed and were left out, and at which loads too many did."""
    share = load_test_rules().failed_share.value
    counted = [(point.load, point.failed, point.requests) for point in points if point.failed and point.requests]
    total = sum(failed for _, failed, _ in counted)
    if not total:
        return []
    notes = [f"{total:,} failed request{'s' if total > 1 else ''} not counted as served"]
    many = [f"{load:g} ({100 * failed / all_:.0f}%)" for load, failed, all_ in counted if failed > share * all_]
    if many:
        notes.append(f"more than {100 * share:g}% of the requests failed at a load of {', '.join(many)}")
    return notes
