"""How far the results hang on the weights: every weight and strength moved at random, and what then still holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from random import Random

from assessment.answers import Assessment
from assessment.fields import Weighted
from assessment.instrument import Instrument, binding, effective
from assessment.questionnaire import Question, Questionnaire, WallFactor

Shift = Callable[[float], float]


@dataclass(frozen=True, slots=True)
class Robustness:
    """Shares in [0, 1] of the draws in which a result is the same as with the weights as they are written.

    Attributes:
        draws: how often all weights were moved.
        share: by how much at the most, as a share of each weight.
        order: the order of the dimensions by effective maturity.
        weakest: the dimension with the lowest effective maturity.
        binding: by dimension, the constraint that sets its ceiling.
        all_bindings: every dimension's binding constraint at once.
        range: by dimension, the 5th and 95th percentile of effective maturity over the draws.
    """

    draws: int
    share: float
    order: float
    weakest: float
    binding: Mapping[str, float]
    all_bindings: float
    range: Mapping[str, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class _Reading:
    order: tuple[str, ...]
    binding: Mapping[str, str | None]
    effective: Mapping[str, float]


def robustness(
    questionnaire: Questionnaire, assessment: Assessment, *, share: float = 0.2, draws: int = 1000, seed: int = 1
) -> Robustness:
    """Return what still holds when each weight, uplift and strength is multiplied by its own factor in 1 +- share.

    Unknown answers stand at one half, as in every point. Strengths stay at most 1. The same seed gives the same result.
    """
    random = Random(seed)  # noqa: S311 (no secret: a sample that can be repeated)

    def shift(weight: float) -> float:
        return weight * random.uniform(1 - share, 1 + share)

    staged = questionnaire.at_stage(assessment.stage)
    first = _read(staged, assessment)
    found = [_read(_shifted(staged, shift), assessment) for _ in range(draws)]
    names = first.order
    return Robustness(
        draws=draws,
        share=share,
        order=_share(one.order == first.order for one in found),
        weakest=_share(one.order[:1] == first.order[:1] for one in found),
        binding={name: _share(one.binding[name] == first.binding[name] for one in found) for name in names},
        all_bindings=_share(one.binding == first.binding for one in found),
        range={name: _middle([one.effective[name] for one in found]) for name in names},
    )


def _share(held: Iterable[bool]) -> float:
    results = list(held)
    return sum(results) / len(results)


def _middle(values: list[float]) -> tuple[float, float]:
    ordered = sorted(values)
    last = len(ordered) - 1
    return ordered[round(0.05 * last)], ordered[round(0.95 * last)]


def _read(questionnaire: Questionnaire, assessment: Assessment) -> _Reading:
    instrument = Instrument.of(questionnaire, assessment)
    standings = instrument.standings(assessment.answers)
    middle = {name: (instrument.lowest(name) + instrument.highest(name)) / 2 for name in standings.unknown}
    levels = {**standings.known, **middle}
    names = [dimension.id for dimension in questionnaire.dimensions]
    acting = {name: value for name in names if (value := effective(instrument, name, levels)) is not None}
    order = tuple(sorted(acting, key=lambda name: (acting[name], names.index(name))))
    return _Reading(order, {name: binding(instrument, name, levels) for name in acting}, acting)


def _shifted(questionnaire: Questionnaire, shift: Shift) -> Questionnaire:
    context = questionnaire.context
    stressors = tuple(
        item.model_copy(update={"dimension_weights": _weighted(item.dimension_weights, shift)})
        for item in context.stressors
    )
    changes = {
        "questions": tuple(_question(question, shift) for question in questionnaire.questions),
        "wall_factors": tuple(_factor(factor, shift) for factor in questionnaire.wall_factors),
        "context": context.model_copy(update={"stressors": stressors}),
    }
    moved = questionnaire.model_copy(update=changes)
    moved.__dict__.pop("by_id", None)
    return moved


def _question(question: Question, shift: Shift) -> Question:
    return question.model_copy(
        update={
            "weight": shift(question.weight),
            "dimensions": {name: shift(weight) for name, weight in question.dimensions.items()},
            "factors": {name: shift(weight) for name, weight in question.factors.items()},
            "stressors": _weighted(question.stressors, shift),
        }
    )


def _factor(factor: WallFactor, shift: Shift) -> WallFactor:
    strengths = {
        name: strength.model_copy(update={"k": min(1.0, shift(strength.k))})
        for name, strength in factor.strengths.items()
    }
    return factor.model_copy(update={"strengths": strengths})


def _weighted(weights: Mapping[str, Weighted], shift: Shift) -> dict[str, Weighted]:
    return {name: item.model_copy(update={"weight": shift(item.weight)}) for name, item in weights.items()}
