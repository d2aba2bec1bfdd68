"""What becomes of the dates of a plan when work takes longer or shorter than planned.

The person-weeks of each piece of work are its likely ones times a stretch that all work shares (one team, one way of
estimating), times a factor of its own whose mean is 1 and whose spread is that of the initiative's person-weeks. The
work is then done month by month: in the order of the plan, by the people that the plan has, never before its planned
month and after all that it needs. A delay is so passed on; time that is won is not, since nobody is called in earlier.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from assessment.fields import RangeText
from models.distributions import Pert
from models.draws import generator
from models.initiatives import InitiativeFile
from models.plan import MONTHS_PER_QUARTER, Placement, Plan
from models.roadmap import WEEKS_PER_MONTH

VARIANTS = 8
"""How many sets of own factors are worked out for each stretch; a power of two, so that equal ones average exactly."""
_STREAM = "overrun:"
_DESIGN_SEED = 0
_SLACK = 1e-9
_MORE_ROOM = 1.01


@dataclass(frozen=True, slots=True)
class _Work:
    """A piece of work: planned months, likely person-weeks, how many of them a month can take, what it needs."""

    name: str
    start: int
    finish: int
    effort: float
    most: float
    needs: tuple[str, ...]


@dataclass(frozen=True)
class Execution:
    """A plan as work that can take longer.

    Attributes:
        work: in the order of the plan.
        at_once: most pieces of work at once.
        monthly: person-weeks a month.
        own: factors of each piece of work, one for each variant.
    """

    work: tuple[_Work, ...]
    at_once: int
    monthly: float
    own: Mapping[str, tuple[float, ...]]

    @classmethod
    def of(cls, plan: Plan, initiatives: InitiativeFile) -> Execution:
        """Return the execution of a plan, whose initiatives are all in the file.

        A plan may share the people of a month among its work in another way than is done here. It then gets as many
        more as finish all of it in its planned months where nothing stretches.
        """
        order = sorted(plan.placements, key=lambda item: (item.start_month, item.finish_month, item.initiative))
        work = tuple(_work(item, plan, initiatives) for item in order)
        own = {item.name: own_factors(item.name, initiatives.by_id[item.name].effort) for item in work}
        monthly = plan.capacity.person_weeks_per_quarter / MONTHS_PER_QUARTER
        found = cls(work, max(plan.capacity.at_most_at_once, _most_at_once(work)), monthly, own)
        while found._run(dict.fromkeys(own, 1.0)) != plan.finish_months:
            found = replace(found, monthly=found.monthly * _MORE_ROOM)
        return found

    def finishes(self, stretch: float, variant: int) -> dict[str, int]:
        """Return the month in which each piece of work finishes, from 1; exactly the plan's where nothing stretches.

        Args:
            stretch: of all work, times the likely person-weeks.
            variant: which of the own factors, below :data:`VARIANTS`.
        """
        return self._run({name: stretch * factors[variant] for name, factors in self.own.items()})

    def _run(self, factors: Mapping[str, float]) -> dict[str, int]:
        month, waiting, left = 0, list(self.work), dict[str, float]()
        known, finished = {item.name: item for item in self.work}, dict[str, int]()
        while waiting or left:
            month += 1
            free = self.monthly
            for name in left:
                free -= _spend(left, known[name], free)
            for item in [each for each in waiting if each.start <= month]:
                if free <= _SLACK or len(left) >= self.at_once:
                    break
                if all(finished.get(name, month) < month for name in item.needs):
                    waiting.remove(item)
                    left[item.name] = item.effort * factors[item.name]
                    free -= _spend(left, item, free)
            for name in [name for name, rest in left.items() if rest <= _SLACK]:
                if month >= _soonest(known[name], factors[name]):
                    del left[name]
                    finished[name] = month
        return finished


def _spend(left: dict[str, float], item: _Work, free: float) -> float:
    """Do a month of a piece of work with at most ``free`` person-weeks; return what it took."""
    amount = min(left[item.name], item.most, max(free, 0.0))
    left[item.name] -= amount
    return amount


def _soonest(item: _Work, factor: float) -> int:
    """Return the month before which work is not finished: its planned one, less what a shorter time takes off."""
    months = item.finish - item.start + 1
    return item.finish - int(months * max(0.0, 1.0 - factor))


def _most_at_once(work: tuple[_Work, ...]) -> int:
    return max((sum(each.start <= item.start <= each.finish for each in work) for item in work), default=1)


def _work(item: Placement, plan: Plan, initiatives: InitiativeFile) -> _Work:
    found, ends = initiatives.by_id[item.initiative], plan.finish_months
    months = item.finish_month - item.start_month + 1
    needs = tuple(name for name in found.requires if name in ends and ends[name] < item.start_month)
    most = max(found.most_people * WEEKS_PER_MONTH, found.effort.mode / months)
    return _Work(item.initiative, item.start_month, item.finish_month, found.effort.mode, most, needs)


def own_factors(name: str, effort: RangeText) -> tuple[float, ...]:
    """Return what one initiative's own luck makes of its work, by variant: a PERT over its range, divided by its mean.

    The probabilities are the middles of equal parts in an order of the initiative's own, so that another initiative in
    the file moves none of them.
    """
    if effort.low == effort.high:
        return (1.0,) * VARIANTS
    middles = (np.arange(VARIANTS) + 0.5) / VARIANTS
    figures = Pert(effort.low, effort.mode, effort.high).ppf(
        generator(_DESIGN_SEED, 0, _STREAM + name).permutation(middles)
    )
    return tuple(float(figure) for figure in figures / figures.mean())
