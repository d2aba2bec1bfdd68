"""Which open question could turn what sets the ceilings, were it answered: each is answered both ways and scored again.

What the results say of the binding constraints holds at the point, where an unknown stands at one half.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import Literal

from assessment.answers import Answer, Assessment
from assessment.questionnaire import Question, Questionnaire
from assessment.scores import Scores
from assessment.scoring import score

Side = Literal["lowest", "highest"]
MOST_TRIED = 20
"""So many open questions are tried, those that weigh most on the constraints first."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an open question turns when it is answered with its lowest or its highest option.

    Attributes:
        side: which of the two.
        binding: the constraint that sets the ceiling then, by each dimension for which it is another one than now;
            None where no constraint lowers it any more.
        leading: the constraints that set most ceilings then; None where they are those of now.
        overall: effective maturity then (0-100); None where there is none.
    """

    side: Side
    binding: dict[str, str | None]
    leading: tuple[str, ...] | None
    overall: float | None


@dataclass(frozen=True, slots=True)
class Turning:
    """An open question that could turn a binding constraint, and by how many overall points it could move at most."""

    question: str
    outcomes: tuple[Outcome, ...]
    points: float


def leading(scores: Scores) -> tuple[str, ...]:
    """Return the constraints that set most ceilings, in the order of the file; empty where none is known to."""
    counted = Counter(found.binding_constraint for found in scores.dimensions.values() if found.binding_constraint)
    most = max(counted.values(), default=0)
    return tuple(name for name in scores.factors if counted[name] == most > 0)


def turning(questionnaire: Questionnaire, assessment: Assessment) -> tuple[Turning, ...]:
    """Return each open question whose answer could turn a binding constraint, the one that could move most first.

    Open is what is asked and has no answer, or has "don't know". A dimension whose ceiling has too few answers now is
    not turned: nothing is said of it yet.
    """
    now = score(questionnaire, assessment)
    tried = [_try(questionnaire, assessment, question, now) for question in _open(questionnaire, assessment)]
    found = [item for item in tried if any(_turns(outcome) for outcome in item.outcomes)]
    return tuple(sorted(found, key=lambda item: -item.points))


def _turns(outcome: Outcome) -> bool:
    return bool(outcome.binding) or outcome.leading is not None


def _open(questionnaire: Questionnaire, assessment: Assessment) -> list[Question]:
    """Return the open questions that a constraint is read from, the heaviest first, as many as are tried."""
    answers = assessment.answers
    found = [
        question
        for question in questionnaire.at_stage(assessment.stage).asked(assessment.mode)
        if question.factors and (question.id not in answers or answers[question.id].unknown)
    ]
    return sorted(found, key=lambda item: -item.weight * math.fsum(item.factors.values()))[:MOST_TRIED]


def _try(questionnaire: Questionnaire, assessment: Assessment, question: Question, now: Scores) -> Turning:
    last = len(questionnaire.scale_of(question).options) - 1
    sides: tuple[tuple[Side, int], ...] = (("lowest", 0), ("highest", last))
    outcomes = tuple(
        _outcome(side, now, score(questionnaire, answered(assessment, question.id, option))) for side, option in sides
    )
    reached = [outcome.overall for outcome in outcomes if outcome.overall is not None]
    return Turning(question.id, outcomes, max(reached) - min(reached) if reached else 0.0)


def answered(assessment: Assessment, question: str, option: int) -> Assessment:
    """Return an assessment with one question answered by an option."""
    answers = {**assessment.answers, question: Answer(option=option)}
    return assessment.model_copy(update={"answers": answers})


def _outcome(side: Side, now: Scores, then: Scores) -> Outcome:
    turned = {
        name: then.dimensions[name].binding_constraint
        for name, found in now.dimensions.items()
        if found.ceiling.shown and then.dimensions[name].binding_constraint != found.binding_constraint
    }
    before, after = leading(now), leading(then)
    return Outcome(side, turned, after if before and after != before else None, then.overall.effective.point)
