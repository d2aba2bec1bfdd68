"""What is kept of a search, so that nobody has to search again: the plan, and the plans for parts of its money."""

from __future__ import annotations

import math
from dataclasses import replace

from assessment.answers import Assessment, KeptPlan
from models.evaluation import Evaluation
from models.plan import Plan
from models.planning.comparing import computed_for
from models.planning.kept import SHARES, Question, kept_plan, under
from models.planning.planner import Computed, known_again
from models.planning.problem import Problem
from models.planning.solving import QUICK
from models.watching import Watch


def question_of(evaluation: Evaluation) -> Question | None:
    """Return what a computed plan answers for an evaluation; None where a demand is on work that is gone."""
    return evaluation.model.question


def keep(evaluation: Evaluation, found: Computed, watch: Watch | None = None) -> KeptPlan | None:
    """Return what is kept of a computed plan; the parts of its money are searched shortly.

    None where the plan answers other demands than those of the assessment, which nothing that is kept could say.

    Args:
        evaluation: of the assessment, made without a computed plan.
        found: the plan.
        watch: who follows the search for parts of the money; one that is stopped leaves nothing to keep.

    Raises:
        StoppedError: when who follows said so.
    """
    question, watch = question_of(evaluation), watch or Watch()
    if question is None or replace(question, problem=found.problem).hash != question.hash:
        return None
    price = math.fsum(question.problem.price(item.initiative) for item in found.plan.placements)
    parts = dict[float, Plan]()
    for number, share in enumerate(SHARES):
        part = watch.part(number / len(SHARES), (number + 1) / len(SHARES))
        parts[share] = computed_for(evaluation, under(question.problem, share * price), QUICK, part).plan
        part.step(1.0)
    return kept_plan(question, found.plan, parts)


def recalled(evaluation: Evaluation, problem: Problem, kept: KeptPlan | None) -> Computed | None:
    """Return a kept plan as the search found it, without searching; None where it answers another problem.

    Args:
        evaluation: of the assessment.
        problem: what is asked now.
        kept: what was kept of a search; None for nothing.
    """
    question = question_of(evaluation)
    if kept is None or question is None:
        return None
    asked = replace(question, problem=problem)
    plan = asked.plan(kept.whole) if asked.hash == kept.question else None
    return (
        None
        if plan is None
        else known_again(evaluation.questionnaire, evaluation.assessment, evaluation.initiatives, problem, plan)
    )


def with_plan(assessment: Assessment, kept: KeptPlan) -> Assessment:
    """Return the assessment with a computed plan in use."""
    economics = assessment.economics.model_copy(update={"plan": "computed", "computed": kept})
    return assessment.model_copy(update={"economics": economics})
