"""A sheet of answers read three ways (unknown at one half, lowest, highest), and the score of each formula on it.

Here a formula of :mod:`assessment.instrument` becomes a score with its range. Scores and explanations both come from
here, so that what is explained is what is shown.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from assessment.amounts import ENDS, NO_SCORE, AnswerKind, End, Score
from assessment.answers import Assessment
from assessment.instrument import (
    Instrument,
    Levels,
    Standings,
    ceiling,
    coverage,
    hundredfold,
    mean_of,
    practice,
    severity,
)
from assessment.questionnaire import Questionnaire

Reading = Callable[[Levels], float | None]
_RISING: tuple[End, ...] = ("low", "point", "high")
_EVIDENCE = ("claimed", "documented", "measured")


@dataclass(frozen=True)
class Sheet:
    """The answers of one assessment under its questionnaire, at the stage of the assessment."""

    questionnaire: Questionnaire
    assessment: Assessment

    @classmethod
    def of(cls, questionnaire: Questionnaire, assessment: Assessment) -> Sheet:
        """Return the sheet of an assessment, its questions in the words of its stage."""
        return cls(questionnaire.at_stage(assessment.stage), assessment)

    @cached_property
    def instrument(self) -> Instrument:
        """The weights under the assessment's mode and context."""
        return Instrument.of(self.questionnaire, self.assessment)

    @cached_property
    def standings(self) -> Standings:
        """Where every asked question stands."""
        return self.instrument.standings(self.assessment.answers)

    @cached_property
    def levels(self) -> dict[End, dict[str, float]]:
        """Value in [0, 1] of every applicable question at each end."""
        lowest, highest = self.instrument.lowest, self.instrument.highest
        fill: dict[End, Callable[[str], float]] = {
            "point": lambda name: (lowest(name) + highest(name)) / 2,
            "low": lowest,
            "high": highest,
        }
        unknown = self.standings.unknown
        return {end: {**self.standings.known, **{name: fill[end](name) for name in unknown}} for end in ENDS}

    def kind_of(self, question: str) -> AnswerKind:
        """Return what kind of answer a question has."""
        answer = self.assessment.answers.get(question)
        if answer is None:
            return "unanswered"
        if answer.unknown:
            return "unknown"
        if answer.not_applicable is not None:
            return "not_applicable"
        return "figure" if answer.option is None else "option"

    def covered(self, weights: Mapping[str, float]) -> float:
        """Return answered weight / applicable weight."""
        return coverage(weights, self.standings.known, self.standings.unknown)

    def evidence(self, weights: Mapping[str, float]) -> dict[str, float]:
        """Return the share of the answered weight by confidence; empty when nothing is answered."""
        answered = {name: weight for name, weight in weights.items() if name in self.standings.known}
        total = math.fsum(answered.values())
        if total <= 0:
            return {}
        found = {name: self.assessment.answers[name].confidence for name in answered}
        return {
            kind: math.fsum(weight for name, weight in answered.items() if found[name] == kind) / total
            for kind in _EVIDENCE
        }

    def mean(self, weights: Mapping[str, float]) -> Score:
        """Return 100 x the weighted mean of some questions."""
        return self.mean_of(weights, lambda _, value: value)

    def mean_of(self, weights: Mapping[str, float], worth: Callable[[str, float], float]) -> Score:
        """Return 100 x the weighted mean of what each value is worth, which must not fall as the value rises."""

        def reading(levels: Levels) -> float | None:
            return hundredfold(weights, {name: worth(name, levels[name]) for name in weights if name in levels})

        return self._score(reading, weights)

    @cached_property
    def _practices(self) -> dict[str, Score]:
        return {name: self._practice(name) for name in self.instrument.practice_weights}

    def _practice(self, dimension: str) -> Score:
        weights = self.instrument.practice_weights[dimension]
        return self._score(lambda levels: practice(self.instrument, dimension, levels), weights)

    def practice(self, dimension: str) -> Score:
        """Return p_d of a dimension."""
        return self._practices[dimension]

    def severity(self, factor: str) -> Score:
        """Return s_f of a wall factor, in [0, 1]; it falls as answers rise."""
        weights = self.instrument.factor_weights[factor]
        return self._score(lambda levels: severity(self.instrument, factor, levels), weights, falls=True)

    @cached_property
    def _ceilings(self) -> dict[str, Score]:
        return {name: self._ceiling(name) for name in self.instrument.strengths}

    def ceiling(self, dimension: str) -> Score:
        """Return c_d of a dimension; with no applicable question nothing is unknown of it."""
        return self._ceilings[dimension]

    def _ceiling(self, dimension: str) -> Score:
        weights = self.instrument.wall_weights(dimension)
        applies = any(name in self.levels["point"] for name in weights)
        covered = self.covered(weights) if applies else 1.0
        return self._score(lambda levels: ceiling(self.instrument, dimension, levels), weights, covered=covered)

    @cached_property
    def _effectives(self) -> dict[str, Score]:
        return {name: self._effective(name) for name in self.instrument.strengths}

    def effective(self, dimension: str) -> Score:
        """Return e_d of a dimension; its point is shown only when both its practice and its ceiling show theirs.

        Its evidence is that of the side which sets its point: the answers that it adds up from.
        """
        return self._effectives[dimension]

    def _effective(self, dimension: str) -> Score:
        practised, capped = self.practice(dimension), self.ceiling(dimension)
        if practised.point is None or capped.point is None:
            return NO_SCORE
        covered = min(practised.coverage, capped.coverage)
        side = practised if practised.point <= capped.point else capped
        low, point, high = (min(practised.at(end), capped.at(end)) for end in _RISING)
        return Score(point, low, high, covered, practised.shown and capped.shown, side.evidence)

    def stranded(self, dimension: str) -> Score:
        """Return what is practised above the ceiling, with the widest range that practice and ceiling allow."""
        practised, capped, acting = self.practice(dimension), self.ceiling(dimension), self.effective(dimension)
        if practised.point is None or acting.point is None:
            return NO_SCORE
        low = max(0.0, practised.at("low") - capped.at("high"))
        high = max(0.0, practised.at("high") - capped.at("low"))
        return Score(practised.point - acting.point, low, high, acting.coverage, acting.shown)

    def overall(self) -> Score:
        """Return the mean of the effective scores by context weights; shown only when all of them are."""
        weights = self.instrument.overall_weights
        found = {name: self.effective(name) for name in weights}
        present = {name: item for name, item in found.items() if item.exists}
        covered = mean_of(weights, {name: item.coverage for name, item in present.items()})
        if covered is None:
            return NO_SCORE
        low, point, high = (mean_of(weights, {name: item.at(end) for name, item in present.items()}) for end in _RISING)
        shown = all(item.shown for item in present.values())
        return Score(point, low, high, covered, shown, _mixed(weights, present))

    def _score(
        self,
        reading: Reading,
        weights: Mapping[str, float],
        *,
        falls: bool = False,
        covered: float | None = None,
    ) -> Score:
        """Read a formula three times; ``falls`` when it falls as answers rise."""
        ends: tuple[End, End] = ("high", "low") if falls else ("low", "high")
        point = reading(self.levels["point"])
        if point is None:
            return NO_SCORE
        known = self.covered(weights) if covered is None else covered
        shown = known >= self.questionnaire.rules.show_point_from_coverage
        low, high = (reading(self.levels[end]) for end in ends)
        return Score(point, low, high, known, shown, self.evidence(weights))


def _mixed(weights: Mapping[str, float], scores: Mapping[str, Score]) -> dict[str, float]:
    """Return the mean of the evidence shares of several scores, over those that have any."""
    having = {name: item.evidence for name, item in scores.items() if item.evidence}
    shares = {kind: mean_of(weights, {name: found[kind] for name, found in having.items()}) for kind in _EVIDENCE}
    return {kind: share for kind, share in shares.items() if share is not None}
