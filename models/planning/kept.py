"""A computed plan that is kept with the assessment, so that every output shows it and nobody searches twice.

It is kept under a hash of what it answers: where the answers stand, the work, the team, the demands, prices and
horizon. When any of these moves, the hash no longer fits, and the plan made step by step stands until somebody searches
again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

from assessment.answers import Assessment, KeptPlan, KeptSchedule
from assessment.errors import InputError
from assessment.questionnaire import Questionnaire
from models.initiatives import InitiativeFile
from models.plan import Plan
from models.planning.packing import Schedule, keeps
from models.planning.pins import read_pins
from models.planning.planner import described
from models.planning.problem import Problem, Terms
from models.position import Position

SHARES = (0.25, 0.5, 0.75)
"""Parts of the money for which the computed plan is searched as well."""


@dataclass(frozen=True)
class Question:
    """What a computed plan answers: the problem of an assessment under its own demands.

    Attributes:
        problem: the problem.
        shown: where the answers stand, unknown ones at one half.
    """

    problem: Problem
    shown: Position

    @classmethod
    def of(
        cls, questionnaire: Questionnaire, assessment: Assessment, initiatives: InitiativeFile, terms: Terms
    ) -> Question | None:
        """Return what is asked; None where a demand is on work that is no longer there."""
        try:
            pins = read_pins(assessment.economics.pins, initiatives.by_id)
        except InputError:
            return None
        problem = Problem.of(questionnaire, assessment, initiatives, terms, pins)
        return cls(problem, Position.of(questionnaire, assessment, "half"))

    @property
    def hash(self) -> str:
        """SHA-256 (64 hex digits) of everything that the answer follows from."""
        problem, instrument = self.problem, self.problem.start.instrument
        terms = problem.terms
        content = {
            "questionnaire": [instrument.questionnaire.id, instrument.questionnaire.version],
            "instrument": [instrument.mode, dict(instrument.stress)],
            "options": dict(problem.start.options),
            "unknown": sorted(problem.start.fixed),
            "work": [item.model_dump(mode="json") for item in problem.initiatives.initiatives],
            "capacity": problem.capacity.model_dump(mode="json"),
            "terms": [terms.horizon_months, terms.rate, dict(terms.prices)],
            "pins": {name: str(pin) for name, pin in problem.pins.items()},
        }
        text = json.dumps(content, sort_keys=True, separators=(",", ":"), allow_nan=False)
        return hashlib.sha256(text.encode()).hexdigest()

    def plan(self, kept: KeptSchedule, *, limit: float | None = None) -> Plan | None:
        """Return a kept calendar as a plan; None where it breaks a limit, which no search would have let through.

        Args:
            kept: the calendar.
            limit: the most that it may cost, for a part of the money, whose calendar keeps no demand to start work.
        """
        if not set(kept.spans) <= set(self.problem.work):
            return None
        problem = self.problem if limit is None else under(self.problem, limit)
        schedule = _calendar(kept)
        if schedule is None or not keeps(problem, schedule):
            return None
        return described(problem, schedule, self.shown, kept.status, kept.gap)


def _calendar(kept: KeptSchedule) -> Schedule | None:
    """Return a kept calendar; None where its person-weeks are not one figure for each month of each piece of work."""
    if {name: last - first + 1 for name, (first, last) in kept.spans.items()} != {
        name: len(weeks) for name, weeks in kept.weeks.items()
    }:
        return None
    weeks = {name: dict(enumerate(kept.weeks[name], start=first)) for name, (first, _) in kept.spans.items()}
    return Schedule(dict(kept.spans), weeks)


def under(problem: Problem, limit: float) -> Problem:
    """Return a problem under a budget; a demand to start work would claim money that is not there, and is left out."""
    pins = {name: pin for name, pin in problem.pins.items() if pin.kind != "start"}
    return replace(problem, pins=pins, terms=replace(problem.terms, budget=limit))


def schedule_of(plan: Plan) -> KeptSchedule:
    """Return a plan as it is kept."""
    return KeptSchedule(
        spans={item.initiative: (item.start_month, item.finish_month) for item in plan.placements},
        weeks={item.initiative: item.weeks for item in plan.placements},
        status=plan.status,
        gap=plan.gap,
    )


def fits(assessment: Assessment, question: Question | None) -> KeptPlan | None:
    """Return the kept plan of an assessment where it answers what is asked now."""
    kept = assessment.economics.computed
    return kept if kept is not None and question is not None and kept.question == question.hash else None


def in_use(assessment: Assessment, question: Question | None) -> Plan | None:
    """Return the computed plan where the team uses it and it still answers what is asked; else None."""
    if assessment.economics.plan != "computed":
        return None
    kept = fits(assessment, question)
    return None if kept is None or question is None else question.plan(kept.whole)


def step_by_step(assessment: Assessment) -> Assessment:
    """Return the assessment with the plan made step by step in use: what a search starts from."""
    economics = assessment.economics.model_copy(update={"plan": "step_by_step"})
    return assessment.model_copy(update={"economics": economics})


def without_plan(assessment: Assessment) -> Assessment:
    """Return the assessment as it is when no plan was computed."""
    economics = assessment.economics.model_copy(update={"plan": "step_by_step", "computed": None})
    return assessment.model_copy(update={"economics": economics})


def funded(kept: KeptPlan, share: float) -> KeptSchedule | None:
    """Return the calendar that was searched for a part of the money; None where there is none."""
    return kept.funded.get(share_key(share))


def share_key(share: float) -> str:
    """Return a share as the percent under which its calendar is kept."""
    return f"{100 * share:.0f}"


def kept_plan(question: Question, whole: Plan, parts: Mapping[float, Plan]) -> KeptPlan:
    """Return what is kept of a search: the plan, and those for parts of its money."""
    return KeptPlan(
        question=question.hash,
        whole=schedule_of(whole),
        funded={share_key(share): schedule_of(plan) for share, plan in parts.items()},
    )
