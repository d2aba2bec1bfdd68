"""Who follows long work: told how far it is, and asked whether to go on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from assessment.errors import StoppedError


@dataclass(frozen=True, slots=True)
class Watch:
    """Who follows work: ``told`` hears the share done, in [0, 1]; ``should_stop`` is asked between two steps.

    ``said`` hears in a few words what is being done, where work has parts that a person would tell apart.
    """

    told: Callable[[float], None] = lambda _: None
    should_stop: Callable[[], bool] = lambda: False
    said: Callable[[str], None] = lambda _: None

    @classmethod
    def of(cls, progress: Callable[[float], None] | None, should_stop: Callable[[], bool] | None) -> Watch:
        """Return who follows as two functions, either of which may be missing."""
        nobody = cls()
        return cls(progress or nobody.told, should_stop or nobody.should_stop)

    def part(self, start: float, end: float) -> Watch:
        """Return who follows a part of the work, from one share of the whole to another."""
        return replace(self, told=lambda share: self.told(start + (end - start) * share))

    def step(self, share: float) -> None:
        """Tell the share done, and end the work where that is asked for.

        Raises:
            StoppedError: when ``should_stop`` said yes.
        """
        if self.should_stop():
            message = "the work was stopped"
            raise StoppedError(message)
        self.told(share)


class Steps:
    """Work of a known number of steps, followed one by one; steps beyond that number count as the last."""

    def __init__(self, watch: Watch, count: int) -> None:
        """Begin before the first of ``count`` steps."""
        self._watch, self._count, self._done = watch, max(1, count), 0

    def next(self) -> None:
        """Say that another step begins; errors as for :meth:`Watch.step`."""
        self._watch.step(min(self._done / self._count, 1.0))
        self._done += 1
