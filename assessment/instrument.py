"""A questionnaire made ready for scoring: weights under a context, and answers as positions in [0, 1]."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from assessment.answers import Answer, Assessment
from assessment.questionnaire import Mode, Question, Questionnaire

Weights = Mapping[str, float]
Levels = Mapping[str, float]
_TOLERANCE = 1e-9


@dataclass(frozen=True)
class Standings:
    """Where each question stands: ``known`` as v in [0, 1], ``unknown`` by id; not applicable is in neither."""

    known: Mapping[str, float]
    unknown: tuple[str, ...]


@dataclass(frozen=True)
class Instrument:
    """Weights of one questionnaire under one mode and one context.

    A question's weight in a dimension is question weight x dimension weight x (1 + the uplift of the stressors that the
    question answers to, each scaled by how strongly the stressor applies).
    """

    questionnaire: Questionnaire
    mode: Mode
    stress: Mapping[str, float]

    @classmethod
    def of(cls, questionnaire: Questionnaire, assessment: Assessment) -> Instrument:
        """Return the instrument for an assessment's mode and context."""
        stress = {
            item.id: assessment.context.get(item.id, 0) / item.strongest for item in questionnaire.context.stressors
        }
        return cls(questionnaire, assessment.mode, stress)

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """The questions that the mode asks."""
        return self.questionnaire.asked(self.mode)

    def uplift(self, question: Question) -> float:
        """Return 1 + the context uplift of a question."""
        return 1 + math.fsum(lift.weight * self.stress[name] for name, lift in question.stressors.items())

    @cached_property
    def practice_weights(self) -> dict[str, dict[str, float]]:
        """Weight of each question by dimension."""
        return {
            dimension.id: {
                question.id: question.weight * question.dimensions[dimension.id] * self.uplift(question)
                for question in self.questions
                if dimension.id in question.dimensions
            }
            for dimension in self.questionnaire.dimensions
        }

    @cached_property
    def factor_weights(self) -> dict[str, dict[str, float]]:
        """Weight of each question by wall factor; context does not move severities."""
        return {
            factor.id: {
                question.id: question.weight * question.factors[factor.id]
                for question in self.questions
                if factor.id in question.factors
            }
            for factor in self.questionnaire.wall_factors
        }

    @cached_property
    def step_weights(self) -> dict[str, dict[str, float]]:
        """Weight of each question by step."""
        return {
            step.id: {
                question.id: question.weight * self.uplift(question)
                for question in self.questions
                if question.step == step.id
            }
            for step in self.questionnaire.steps
        }

    @cached_property
    def posture_weights(self) -> dict[str, dict[str, float]]:
        """Weight of each question by posture row."""
        asked = {question.id for question in self.questions}
        return {
            row.id: {name: item.weight for name, item in row.questions.items() if name in asked}
            for row in self.questionnaire.posture
        }

    @cached_property
    def lifecycle_weights(self) -> dict[str, dict[str, float]]:
        """Weight of each question by arc of the lifecycle."""
        return {
            arc.id: {question.id: question.weight for question in self.questions if arc.id in question.lifecycle}
            for arc in self.questionnaire.lifecycle
        }

    def wall_weights(self, dimension: str) -> dict[str, float]:
        """Return the weight of each question that can move the ceiling of a dimension."""
        strengths = self.strengths[dimension]
        return {
            question.id: question.weight
            for question in self.questions
            if any(strengths[factor] > 0 for factor in question.factors)
        }

    @cached_property
    def strengths(self) -> dict[str, dict[str, float]]:
        """Cap strengths k by dimension, then factor."""
        return {
            dimension.id: {factor.id: factor.strengths[dimension.id].k for factor in self.questionnaire.wall_factors}
            for dimension in self.questionnaire.dimensions
        }

    @cached_property
    def overall_weights(self) -> dict[str, float]:
        """Weight of each dimension in the overall score: 1 plus what the stressors add."""
        return {
            dimension.id: 1
            + math.fsum(
                item.dimension_weights[dimension.id].weight * self.stress[item.id]
                for item in self.questionnaire.context.stressors
                if dimension.id in item.dimension_weights
            )
            for dimension in self.questionnaire.dimensions
        }

    def standings(self, answers: Mapping[str, Answer]) -> Standings:
        """Return where every asked question stands; what was not answered is unknown."""
        known: dict[str, float] = {}
        unknown: list[str] = []
        for question in self.questions:
            answer = answers.get(question.id)
            if answer is None or answer.unknown:
                unknown.append(question.id)
            elif answer.not_applicable is None:
                known[question.id] = self.value(question, answer)
        return Standings(known, tuple(unknown))

    def value(self, question: Question, answer: Answer) -> float:
        """Return v in [0, 1] of an option or a measured figure."""
        options = self.questionnaire.scale_of(question).options
        return options[option_of(question, answer)].value

    def lowest(self, question_id: str) -> float:
        """Return the value of the lowest option of a question."""
        return self.questionnaire.scale_of(self.questionnaire.by_id[question_id]).options[0].value

    def highest(self, question_id: str) -> float:
        """Return the value of the highest option of a question."""
        return self.questionnaire.scale_of(self.questionnaire.by_id[question_id]).options[-1].value


def option_of(question: Question, answer: Answer) -> int:
    """Return the option that an answer stands for; a figure is placed by the question's thresholds.

    A figure equal to a threshold belongs to the better option. Raises ValueError for an answer with neither.
    """
    if answer.option is not None:
        return answer.option
    if answer.figure is None or question.measure is None:
        message = f"{question.id}: the answer has no level"
        raise ValueError(message)
    thresholds = question.measure.thresholds
    if question.measure.better == "higher":
        return bisect_right(thresholds, answer.figure)
    return len(thresholds) - bisect_left(thresholds[::-1], answer.figure)


def applicable_weight(weights: Weights, levels: Levels) -> float:
    """Return the sum of the weights of what applies, exact in any order."""
    return math.fsum(weight for name, weight in weights.items() if name in levels)


def mean_of(weights: Weights, values: Levels) -> float | None:
    """Return the weighted mean of ``values``, exact in any order; None when no weight applies.

    Both sums are rounded once, so the mean of values in [0, 1] is in [0, 1] too.
    """
    total = applicable_weight(weights, values)
    if total <= 0:
        return None
    return math.fsum(weight * values[name] for name, weight in weights.items() if name in values) / total


def hundredfold(weights: Weights, levels: Levels) -> float | None:
    """Return 100 x the weighted mean of ``levels``; None when no weight applies."""
    mean = mean_of(weights, levels)
    return None if mean is None else 100 * mean


def coverage(weights: Weights, known: Iterable[str], unknown: Iterable[str]) -> float:
    """Return answered weight / applicable weight; 0 when nothing applies."""
    answered = math.fsum(weights.get(name, 0.0) for name in known)
    open_ = math.fsum(weights.get(name, 0.0) for name in unknown)
    return answered / (answered + open_) if answered + open_ > 0 else 0.0


def practice(instrument: Instrument, dimension: str, levels: Levels) -> float | None:
    """Return p_d (0-100): 100 x the weighted mean of the dimension's questions."""
    return hundredfold(instrument.practice_weights[dimension], levels)


def severity(instrument: Instrument, factor: str, levels: Levels) -> float | None:
    """Return s_f in [0, 1]: 1 - the weighted mean of the questions that name the factor."""
    mean = mean_of(instrument.factor_weights[factor], levels)
    return None if mean is None else 1 - mean


def caps(instrument: Instrument, dimension: str, levels: Levels) -> dict[str, float]:
    """Return the cap (0-100) that each applicable wall factor sets on a dimension."""
    severities = {factor: severity(instrument, factor, levels) for factor in instrument.strengths[dimension]}
    return caps_under(instrument, dimension, severities)


def caps_under(instrument: Instrument, dimension: str, severities: Mapping[str, float | None]) -> dict[str, float]:
    """Return the caps on a dimension from the severity of each wall factor, which all dimensions share."""
    return {
        factor: 100 * (1 - strength * severe)
        for factor, strength in instrument.strengths[dimension].items()
        if (severe := severities[factor]) is not None
    }


def ceiling(instrument: Instrument, dimension: str, levels: Levels) -> float:
    """Return c_d (0-100): the lowest cap; 100 when no factor applies."""
    return min(caps(instrument, dimension, levels).values(), default=100.0)


def effective(instrument: Instrument, dimension: str, levels: Levels) -> float | None:
    """Return e_d = min(p_d, c_d), or None when the dimension has no applicable question."""
    practised = practice(instrument, dimension, levels)
    return None if practised is None else min(practised, ceiling(instrument, dimension, levels))


def binding(instrument: Instrument, dimension: str, levels: Levels) -> str | None:
    """Return the factor that sets the ceiling; None when no factor lowers it. Ties go to file order."""
    found = caps(instrument, dimension, levels)
    lowest = min(found.values(), default=100.0)
    if lowest >= 100 - _TOLERANCE:
        return None
    return next(factor for factor, cap in found.items() if cap <= lowest + _TOLERANCE)


def overall(instrument: Instrument, levels: Levels) -> float | None:
    """Return the mean of the effective scores (0-100) by context weights, over the dimensions that have one."""
    values = {name: effective(instrument, name, levels) for name in instrument.overall_weights}
    return mean_of(instrument.overall_weights, {name: value for name, value in values.items() if value is not None})


def level_of(questionnaire: Questionnaire, question_id: str, value: float) -> int:
    """Return the gated level of a question's value: its option's place, on the levels of the default scale."""
    options = questionnaire.scale_of(questionnaire.by_id[question_id]).options
    place = sum(option.value <= value + _TOLERANCE for option in options) - 1
    return place * questionnaire.top_level // (len(options) - 1)


def level_under(ceiling_score: float, top: int) -> int:
    """Return the highest whole level of ``top`` that a ceiling (0-100) allows."""
    return math.floor(ceiling_score / 100 * top + _TOLERANCE)
