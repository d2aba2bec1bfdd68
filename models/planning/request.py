"""What a person asks of the plan, and everything that answers it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assessment.answers import KeptPlan
from assessment.errors import InputError, Problem, nearest
from models.evaluation import Evaluation
from models.planning.comparing import (
    Compared,
    Eased,
    Priced,
    compare_plans,
    computed_for,
    eased,
    priced,
    ways,
)
from models.planning.keeping import recalled
from models.planning.pins import Pin, read_pins, typed
from models.planning.planner import Computed
from models.planning.problem import Problem as PlanProblem
from models.planning.solving import QUICK, Search
from models.planning.terms import problem_of
from models.watching import Watch

Method = Literal["greedy", "optimal"]
_SEARCHED, _EASED = 0.5, 0.75
"""Shares of the progress at which the plan is found, and at which it is known what limits it."""
METHODS: tuple[Method, ...] = ("greedy", "optimal")


@dataclass(frozen=True, slots=True)
class Request:
    """How to plan, what is demanded by initiative, and whether to lay other plans beside it."""

    method: Method
    pins: Mapping[str, Pin]
    compare: bool = False

    @classmethod
    def of(cls, evaluation: Evaluation, method: str | None, demands: Sequence[str], *, compare: bool) -> Request:
        """Read a request; typed demands stand above those of the assessment; they and a budget need a computed plan.

        Raises:
            InputError: for an unknown method or initiative, a demand of another form, and demands on a greedy plan.
        """
        if method is not None and method not in METHODS:
            raise InputError(Problem(f"no method '{method}'", nearest(method, METHODS)))
        given = {**evaluation.assessment.economics.pins, **typed(demands)}
        if method == "greedy" and demands:
            raise InputError(Problem("a greedy plan takes no demands", "leave out --pin, or ask for --method optimal"))
        pins = read_pins(given, evaluation.initiatives.by_id)
        limited = evaluation.assessment.economics.capacity.budget is not None
        wanted = "optimal" if method == "optimal" or (method is None and (pins or compare or limited)) else "greedy"
        return cls("optimal" if wanted == "optimal" else "greedy", pins if wanted == "optimal" else {}, compare)


@dataclass(frozen=True, eq=False)
class Answer:
    """The plan that answers a request, in its evaluation; the rest is None or empty where it was not asked for."""

    evaluation: Evaluation
    request: Request
    computed: Computed | None = None
    eased: tuple[Eased, ...] = ()
    compared: tuple[Compared, ...] = ()
    priced: Priced | None = None


def answer(
    evaluation: Evaluation,
    request: Request,
    search: Search | None = None,
    kept: KeptPlan | None = None,
    watch: Watch | None = None,
) -> Answer:
    """Return the plan that a request asks for; one that is kept and answers it is not searched again.

    Args:
        evaluation: with the plan made step by step.
        request: what is asked.
        search: how far to search; what is kept was searched as far as by default.
        kept: what was kept of a search, by default with the assessment.
        watch: who follows; a search that is stopped leaves the comparison out.

    Raises:
        InputError: when its demands cannot all be met.
    """
    if request.method == "greedy":
        return Answer(evaluation, request)
    problem: PlanProblem = problem_of(evaluation, request.pins)
    watch = watch or Watch()
    known = kept or evaluation.assessment.economics.computed
    found = recalled(evaluation, problem, known) if search is None else None
    found = found or computed_for(evaluation, problem, search, watch.part(0.0, _SEARCHED) if request.compare else watch)
    planned = replace(evaluation, plan=found.plan)
    if not request.compare or watch.should_stop():
        return Answer(planned, replace(request, compare=False), found)
    identity = evaluation.identity
    plans = ways(evaluation, found, request.pins)
    return Answer(
        evaluation=planned,
        request=request,
        computed=found,
        eased=eased(evaluation, found, watch.part(_SEARCHED, _EASED)),
        compared=compare_plans(evaluation, plans, paths=identity.paths, seed=identity.seed),
        priced=priced(evaluation, request.pins, QUICK, watch.part(_EASED, 1.0)),
    )
