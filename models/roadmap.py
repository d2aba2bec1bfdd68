"""The plan: which initiatives start when, under the team's capacity; greedy, month by month."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assessment.answers import Assessment, Capacity, Range
from assessment.instrument import ceiling, effective
from assessment.questionnaire import Questionnaire
from models.initiatives import Initiative, InitiativeFile
from models.plan import MONTHS_PER_QUARTER, Placement, Plan, QuarterState, Reason
from models.planning.people import Free
from models.position import LEAST_GAIN, Position

__all__ = ["MONTHS_PER_QUARTER", "Budget", "Placement", "Plan", "QuarterState", "Reason", "plan_roadmap"]

WEEKS_PER_MONTH = 52 / 12


@dataclass(frozen=True, slots=True)
class Budget:
    """The most that a plan may cost: ``limit``, and the likely price of each initiative by id, in one currency."""

    limit: float
    prices: Mapping[str, float]

    def affords(self, names: Iterable[str]) -> bool:
        """Return whether the initiatives cost the limit at most together."""
        return math.fsum(self.prices[name] for name in names) <= self.limit * (1 + LEAST_GAIN)


def plan_roadmap(
    questionnaire: Questionnaire,
    assessment: Assessment,
    initiatives: InitiativeFile,
    capacity: Capacity | None = None,
    budget: Budget | None = None,
) -> Plan:
    """Return a schedule that lifts the binding constraint before it buys what would be stranded.

    Greedy list scheduling, month by month. While a dimension practises more than its ceiling lets act, work that lifts
    its binding factor (or prepares such work) comes first; otherwise the chain of work with the largest gain in the
    overall effective score per person-week. Ties go to the smaller effort, then the id: same input, same plan.

    Under a budget a chain of work is begun only where all of it can be paid, and what it still needs stays set aside.
    """
    return _Greedy(questionnaire, assessment, initiatives, capacity or assessment.economics.capacity, budget).plan()


@dataclass
class _Ahead:
    """An initiative ahead or under way, with its person-weeks left and, by month, done."""

    initiative: Initiative
    left: float
    weeks: dict[int, float]

    def work(self, month: int, free: Free) -> None:
        """Do a month of it with the people who are free."""
        amount = free.take(min(self.left, self.initiative.most_people * WEEKS_PER_MONTH), self.initiative.roles)
        self.left -= amount
        self.weeks[month] = amount


@dataclass
class _Work(_Ahead):
    """An initiative under way."""

    start_month: int
    choice: _Choice


@dataclass(frozen=True)
class _Choice:
    head: Initiative
    serves: str | None
    reason: Reason
    constraint: str | None
    rank: tuple[float, ...]
    chain: tuple[str, ...]


class _Greedy:
    def __init__(
        self,
        questionnaire: Questionnaire,
        assessment: Assessment,
        initiatives: InitiativeFile,
        capacity: Capacity,
        budget: Budget | None = None,
    ) -> None:
        self.initiatives = initiatives
        self.capacity = capacity
        self.budget = budget
        self.set_aside: set[str] = set()
        self.start = Position.of(questionnaire, assessment, "top")
        self.shown = Position.of(questionnaire, assessment, "half")
        self.promised = self.start
        self.active: list[_Work] = []
        self.done: list[tuple[_Work, int]] = []
        self.free = Free.month(self.capacity)

    def plan(self) -> Plan:
        horizon = self.capacity.quarters * MONTHS_PER_QUARTER
        for month in range(1, horizon + 1):
            self._work(month, horizon)
        placed = [work.initiative for work, _ in self.done]
        return Plan(
            placements=self._placements(),
            quarters=tuple(self._quarter(number) for number in range(1, self.capacity.quarters + 1)),
            capacity=self.capacity,
            person_weeks=_total(placed, "effort"),
            external_cost=_total(placed, "external_cost"),
            run_cost=_total(placed, "run_cost"),
            months=max((finish for _, finish in self.done), default=0),
            left_out=self._left_out(),
        )

    def _work(self, month: int, horizon: int) -> None:
        self.free = Free.month(self.capacity)
        for work in self.active:
            work.work(month, self.free)
        while len(self.active) < self.capacity.at_most_at_once and self.free.any:
            begun = self._next(month, horizon)
            if begun is None:
                break
            self.active.append(begun)
            begun.work(month, self.free)
        for work in [item for item in self.active if item.left <= LEAST_GAIN]:
            self.active.remove(work)
            self.done.append((work, month))

    def _next(self, month: int, horizon: int) -> _Work | None:
        choices = [choice for choice in self._choices() if self._startable(choice.head, month, horizon)]
        if not choices:
            return None
        best = max(choices, key=lambda choice: choice.rank)
        tied = [choice for choice in choices if choice.rank == best.rank]
        chosen = min(tied, key=lambda choice: (choice.head.effort.mode, choice.head.id))
        self.promised = self.promised.after((chosen.head,))
        self.set_aside.update(chosen.chain)
        return _Work(chosen.head, chosen.head.effort.mode, {}, month, chosen)

    def _startable(self, initiative: Initiative, month: int, horizon: int) -> bool:
        finished = {work.initiative.id for work, _ in self.done}
        ready = all(name in finished for name in self._needed(initiative))
        return ready and self._finishes(initiative, month, horizon)

    def _finishes(self, initiative: Initiative, month: int, horizon: int) -> bool:
        """Return whether work begun in ``month`` ends within the horizon, behind all that is under way."""
        queue = [_Ahead(work.initiative, work.left, {}) for work in self.active]
        queue.append(_Ahead(initiative, initiative.effort.mode, {}))
        free = self.free.copy()
        for ahead in range(month, horizon + 1):
            for work in queue:
                work.work(ahead, free)
            if queue[-1].left <= LEAST_GAIN:
                return True
            free = Free.month(self.capacity)
        return False

    def _taken(self) -> set[str]:
        return {work.initiative.id for work in self.active} | {work.initiative.id for work, _ in self.done}

    def _needed(self, initiative: Initiative) -> list[str]:
        """Prerequisites that this team still has to do: placed already, or bringing what it lacks.

        One that cannot begin yet, since its own prerequisites come first, is needed all the same.
        """
        taken = self._taken()
        by_id = self.initiatives.by_id
        return [name for name in initiative.requires if name in taken or self.promised.lacks(by_id[name])]

    def _chain(self, initiative: Initiative) -> tuple[Initiative, ...]:
        """Return the initiative behind everything it still needs, prerequisites first."""
        taken, chain = self._taken(), list[Initiative]()

        def add(item: Initiative) -> None:
            for name in self._needed(item):
                if name not in taken and all(name != known.id for known in chain):
                    add(self.initiatives.by_id[name])
            chain.append(item)

        add(initiative)
        return tuple(chain)

    def _choices(self) -> list[_Choice]:
        taken, stranded = self._taken(), self.promised.stranded_factors()
        before, potential = self.promised.overall(), self.promised.potential()
        found = []
        for initiative in self.initiatives.initiatives:
            chain = () if initiative.id in taken else self._chain(initiative)
            after = self.promised.after(chain)
            if not chain or after.options == self.promised.options or not self._affords(chain):
                continue
            gain, prospect = after.overall() - before, after.potential() - potential
            if gain > LEAST_GAIN or prospect > LEAST_GAIN:
                alone = gain if len(chain) == 1 else self.promised.after(chain[:1]).overall() - before
                found.append(_choice(chain, alone, gain, prospect, stranded))
        return found

    def _affords(self, chain: tuple[Initiative, ...]) -> bool:
        return self.budget is None or self.budget.affords(self.set_aside | {item.id for item in chain})

    def _placements(self) -> tuple[Placement, ...]:
        position, placed = self.start, []
        for work, finish in self.done:
            after = position.after((work.initiative,))
            gain = after.overall() - position.overall()
            position = after
            reason, constraint, serves = self._reason(work, gain)
            placed.append(
                Placement(
                    work.initiative.id,
                    work.start_month,
                    finish,
                    reason,
                    gain,
                    constraint,
                    serves,
                    tuple(work.weeks.values()),
                )
            )
        return tuple(sorted(placed, key=lambda item: (item.start_month, item.finish_month, item.initiative)))

    def _reason(self, work: _Work, gain: float) -> tuple[Reason, str | None, str | None]:
        """Return why a piece of work stands where it does, the constraint, and what it serves, as the plan turned out.

        It was chosen before the rest was: what it was to prepare may have found no room, or come to lift nothing that
        still binds, and then it is not said to. Work that no other needs was chosen for a ceiling that it raises, and
        may raise no score before other work does.
        """
        choice, serves = work.choice, self._serves(work)
        if choice.reason in ("lifts_binding_constraint", "raises_effective"):
            return choice.reason, choice.constraint, serves
        if choice.reason == "prepares_a_lift":
            served = next((each.choice for each, _ in self.done if each.initiative.id == serves), None)
            if served is not None and served.reason == "lifts_binding_constraint":
                return "prepares_a_lift", served.constraint, serves
        elif serves is not None:
            return "prepares", None, serves
        if gain > LEAST_GAIN:
            return "raises_effective", None, serves
        if serves is not None:
            return "prepares", None, serves
        freed = self.start.freed_by([each.initiative for each, _ in self.done], work.initiative)
        return ("raises_nothing" if freed is None else "raises_with"), None, freed

    def _serves(self, work: _Work) -> str | None:
        """Return the work of the plan that a piece was chosen for; where that is not in it, the first that needs it."""
        wanted = work.choice.serves
        if wanted is None or any(each.initiative.id == wanted for each, _ in self.done):
            return wanted
        return next((each.initiative.id for each, _ in self.done if self._builds_on(each, work)), None)

    def _builds_on(self, later: _Work, work: _Work) -> bool:
        """Return whether work requires another piece, however far back."""
        ahead, seen = [later.initiative], set[str]()
        while ahead:
            new = [name for name in ahead.pop().requires if name not in seen]
            seen.update(new)
            ahead.extend(self.initiatives.by_id[name] for name in new)
        return work.initiative.id in seen

    def _quarter(self, number: int) -> QuarterState:
        months = range((number - 1) * MONTHS_PER_QUARTER + 1, number * MONTHS_PER_QUARTER + 1)
        finished = tuple(work.initiative for work, finish in self.done if finish <= months[-1])
        everything = [*self.active, *(work for work, _ in self.done)]
        position = self.shown.after(finished)
        levels, names = position.levels, self.shown.instrument.overall_weights
        return QuarterState(
            quarter=number,
            started=tuple(work.initiative.id for work, _ in self.done if work.start_month in months),
            finished=tuple(work.initiative.id for work, finish in self.done if finish in months),
            person_weeks=math.fsum(work.weeks.get(month, 0.0) for work in everything for month in months),
            effective={name: effective(position.instrument, name, levels) for name in names},
            ceiling={name: ceiling(position.instrument, name, levels) for name in names},
        )

    def _left_out(self) -> dict[str, str]:
        placed = {work.initiative.id for work, _ in self.done}
        end = self.start.after(tuple(work.initiative for work, _ in self.done))
        reasons = {}
        for initiative in self.initiatives.initiatives:
            if initiative.id not in placed:
                reasons[initiative.id] = self._why_not(initiative, end)
        return reasons

    def _why_not(self, initiative: Initiative, end: Position) -> str:
        if end.helped_by(initiative):
            more = end.after(self._chain(initiative))
            rises = max(more.overall() - end.overall(), more.potential() - end.potential()) > LEAST_GAIN
            return "no_room" if rises else "no_gain"
        if all(lift.question not in end.options and lift.question not in end.fixed for lift in initiative.raises):
            return "not_asked"
        unknown = any(lift.question in end.fixed for lift in initiative.raises)
        return "unanswered" if unknown else "nothing_to_raise"


def _choice(
    chain: tuple[Initiative, ...], head_gain: float, gain: float, prospect: float, stranded: set[str]
) -> _Choice:
    """Return the choice of a chain's first member, ranked: unstrand first, then gain per person-week, then prospect.

    The reason is the first member's own where it has one: it lifts the binding factor, or it raises a score by itself.
    """
    head, last = chain[0], chain[-1]
    effort = math.fsum(item.effort.mode for item in chain)
    unstrands = prospect > LEAST_GAIN and not stranded.isdisjoint(last.lifts)
    own = [factor for factor in head.lifts if factor in stranded]
    served = [factor for factor in last.lifts if factor in stranded]
    serves = last.id if head.id != last.id else None
    if own:
        reason: Reason = "lifts_binding_constraint"
    elif unstrands and serves:
        reason = "prepares_a_lift"
    else:
        reason = "raises_effective" if head_gain > LEAST_GAIN else "prepares"
    rank = (float(unstrands), float(gain > LEAST_GAIN), round(gain / effort, 9), round(prospect / effort, 9))
    constraint = next(iter(own or (served if unstrands else [])), None)
    return _Choice(head, serves, reason, constraint, rank, tuple(item.id for item in chain))


def _total(placed: list[Initiative], name: str) -> Range:
    parts = [getattr(initiative, name) for initiative in placed]
    low, mode, high = (math.fsum(getattr(part, end) for part in parts) for end in ("low", "mode", "high"))
    return Range(low=low, mode=mode, high=high)
