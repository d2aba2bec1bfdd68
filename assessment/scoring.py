"""From answers to scores: pure functions of (questionnaire, assessment)."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from assessment.answers import Assessment
from assessment.crosswalk import crosswalk_scores
from assessment.diagnosis import applicability, diagnose
from assessment.fields import Weighted
from assessment.instrument import (
    Instrument,
    Levels,
    Standings,
    binding,
    caps,
    ceiling,
    coverage,
    effective,
    level_of,
    level_under,
    practice,
    severity,
    weighted_mean,
)
from assessment.loading import check_answers
from assessment.questionnaire import Questionnaire
from assessment.register import read_register
from assessment.scores import NO_SCORE, DimensionScore, FactorScore, Overall, Score, Scores, StepScore
from assessment.targets import progress

Reading = Callable[[Levels], float | None]


def score(questionnaire: Questionnaire, assessment: Assessment) -> Scores:
    """Return every score of an assessment.

    Raises:
        InputError: when an answer does not fit the questionnaire.
    """
    check_answers(questionnaire, assessment)
    return _Scorer(questionnaire.at_stage(assessment.stage), assessment).scores()


class _Scorer:
    """Holds the three readings of the answers (unknown at one half, lowest, highest) while scores are made."""

    def __init__(self, questionnaire: Questionnaire, assessment: Assessment) -> None:
        self.questionnaire = questionnaire
        self.assessment = assessment
        self.instrument = Instrument.of(questionnaire, assessment)
        self.standings: Standings = self.instrument.standings(assessment.answers)
        self.point = self._filled(lambda name: (self.instrument.lowest(name) + self.instrument.highest(name)) / 2)
        self.low = self._filled(self.instrument.lowest)
        self.high = self._filled(self.instrument.highest)

    def _filled(self, value: Callable[[str], float]) -> dict[str, float]:
        return {**self.standings.known, **{name: value(name) for name in self.standings.unknown}}

    def _score(self, reading: Reading, covered: float, *, falls: bool = False) -> Score:
        """Read the score three times; ``falls`` when it falls as answers rise."""
        low, high = (self.high, self.low) if falls else (self.low, self.high)
        point = reading(self.point)
        if point is None:
            return NO_SCORE
        return Score(point, reading(low), reading(high), covered, self._shown(covered))

    def _shown(self, covered: float) -> bool:
        return covered >= self.questionnaire.rules.show_point_from_coverage

    def _covered(self, weights: Mapping[str, float]) -> float:
        return coverage(weights, self.standings.known, self.standings.unknown)

    def _mean(self, weights: Mapping[str, float]) -> Score:
        return self._mean_of(weights, lambda _, value: value)

    def _mean_of(self, weights: Mapping[str, float], worth: Callable[[str, float], float]) -> Score:
        """Return the weighted mean of what each question's value is worth, which must not fall as the value rises."""

        def reading(levels: Levels) -> float | None:
            mean = weighted_mean(weights, {name: worth(name, levels[name]) for name in weights if name in levels})
            return None if mean is None else 100 * mean

        return self._score(reading, self._covered(weights))

    def scores(self) -> Scores:
        dimensions = {item.id: self._dimension(item.id) for item in self.questionnaire.dimensions}
        factors = {item.id: self._factor(item.id) for item in self.questionnaire.wall_factors}
        steps = {item.id: self._step(item.id) for item in self.questionnaire.steps}
        return Scores(
            dimensions=dimensions,
            factors=factors,
            steps=steps,
            overall=self._overall(dimensions),
            diagnosis=diagnose(self.questionnaire, self.assessment, factors, self.instrument),
            applicability=applicability(self.questionnaire, self.assessment),
            posture={row.id: self._mean(_plain(row.questions)) for row in self.questionnaire.posture},
            lifecycle={arc.id: self._mean(self._tagged(arc.id)) for arc in self.questionnaire.lifecycle},
            mode=self.assessment.mode,
            answered=sum(step.answered for step in steps.values()),
            asked=sum(step.asked for step in steps.values()),
            stage=self.questionnaire.stage,
            targets=progress(self.questionnaire, self.assessment, self._mean_of),
            register=read_register(self.questionnaire, self.assessment),
            crosswalk=crosswalk_scores(self.questionnaire, self._mean),
        )

    def _tagged(self, arc: str) -> dict[str, float]:
        return {question.id: question.weight for question in self.instrument.questions if arc in question.lifecycle}

    def _dimension(self, name: str) -> DimensionScore:
        weights = self.instrument.practice_weights[name]
        practised = self._score(lambda levels: practice(self.instrument, name, levels), self._covered(weights))
        capped = self._ceiling(name)
        acting = self._effective(name, practised, capped)
        level, blocking = self._gate(name, capped)
        return DimensionScore(
            id=name,
            practice=practised,
            ceiling=capped,
            effective=acting,
            stranded=_stranded(practised, capped, acting),
            coverage=practised.coverage,
            band=self._band(acting),
            gated_level=level,
            blocking_question=blocking,
            binding_constraint=binding(self.instrument, name, self.point) if capped.shown else None,
            evidence=self._evidence(weights),
        )

    def _ceiling(self, name: str) -> Score:
        weights = {
            question.id: question.weight
            for question in self.instrument.questions
            if any(self.instrument.strengths[name][factor] > 0 for factor in question.factors)
        }
        applies = any(question in self.point for question in weights)
        covered = self._covered(weights) if applies else 1.0
        return self._score(lambda levels: ceiling(self.instrument, name, levels), covered)

    def _effective(self, name: str, practised: Score, capped: Score) -> Score:
        found = self._score(lambda levels: effective(self.instrument, name, levels), practised.coverage)
        if found.point is None:
            return NO_SCORE
        covered = min(practised.coverage, capped.coverage)
        return Score(found.point, found.low, found.high, covered, practised.shown and capped.shown)

    def _band(self, acting: Score) -> str | None:
        if acting.value is None:
            return None
        return band(self.questionnaire, acting.value)

    def _evidence(self, weights: Mapping[str, float]) -> dict[str, float]:
        """Share of the answered weight by confidence; empty when nothing is answered."""
        answered = {name: weight for name, weight in weights.items() if name in self.standings.known}
        total = math.fsum(answered.values())
        if total <= 0:
            return {}
        sums = {"claimed": 0.0, "documented": 0.0, "measured": 0.0}
        for name, weight in sorted(answered.items()):
            sums[self.assessment.answers[name].confidence] += weight
        return {kind: amount / total for kind, amount in sums.items()}

    def _factor(self, name: str) -> FactorScore:
        weights = self.instrument.factor_weights[name]
        found = self._score(lambda levels: severity(self.instrument, name, levels), self._covered(weights), falls=True)
        cap = {
            dimension.id: caps(self.instrument, dimension.id, self.point).get(name) if found.shown else None
            for dimension in self.questionnaire.dimensions
        }
        return FactorScore(name, found, found.exists, cap)

    def _step(self, name: str) -> StepScore:
        asked = self.questionnaire.of_step(name, self.assessment.mode)
        weights = {question.id: question.weight * self.instrument.uplift(question) for question in asked}
        answered = sum(question.id in self.assessment.answers for question in asked)
        return StepScore(name, self._mean(weights), answered, len(asked))

    def _overall(self, dimensions: Mapping[str, DimensionScore]) -> Overall:
        weights = self.instrument.overall_weights
        present = {name: found.effective for name, found in dimensions.items() if found.effective.exists}
        if not present:
            return Overall(NO_SCORE, None, None, weights)

        def mean(values: Mapping[str, float | None]) -> float:
            total = math.fsum(weights[name] for name in values)
            return math.fsum(weights[name] * (value or 0.0) for name, value in values.items()) / total

        covered = mean({name: found.coverage for name, found in present.items()})
        shown = all(found.shown for found in present.values())
        found = Score(
            mean({name: item.point for name, item in present.items()}),
            mean({name: item.low for name, item in present.items()}),
            mean({name: item.high for name, item in present.items()}),
            covered,
            shown,
        )
        weakest = min(present, key=lambda name: (present[name].point or 0.0, present[name].low or 0.0))
        return Overall(found, weakest if shown else None, self._band(found), weights)

    def _gate(self, name: str, capped: Score) -> tuple[int | None, str | None]:
        """Return the gated level and the question that blocks the next one."""
        weights = self.instrument.practice_weights[name]
        applicable = {question: weight for question, weight in weights.items() if question in self.point}
        if not applicable:
            return None, None
        top = self.questionnaire.top_level
        allowed = level_under(capped.low or 0.0, top)
        level = 0
        while level < top:
            blocking = self._blocking(name, level + 1, applicable, allowed)
            if blocking is not None:
                return level, blocking
            level += 1
        return level, None

    def _blocking(self, name: str, wanted: int, applicable: Mapping[str, float], allowed: int) -> str | None:
        """Return what keeps a dimension from ``wanted``: a core question, the heaviest laggard, or the wall."""
        known = self.standings.known
        behind = [item for item in applicable if item not in known or self._level(item) < wanted]
        order = sorted(behind, key=lambda item: (known.get(item, -1.0), -applicable[item], item))
        core = [item for item in order if self.questionnaire.by_id[item].core]
        if core:
            return core[0]
        reached = math.fsum(weight for item, weight in applicable.items() if item not in behind)
        if order and reached < self.questionnaire.rules.gate_share * math.fsum(applicable.values()) - 1e-12:
            return max(order, key=lambda item: (applicable[item], item))
        return self._wall_question(name) if wanted > allowed else None

    def _level(self, name: str) -> int:
        return level_of(self.questionnaire, name, self.standings.known[name])

    def _wall_question(self, name: str) -> str | None:
        """Return the lowest question of the factor that caps a dimension when every unknown is at its lowest."""
        factor = binding(self.instrument, name, self.low)
        if factor is None:
            return None
        asked = [item for item in self.instrument.factor_weights[factor] if item in self.low]
        return min(asked, key=lambda item: (self.low[item], item), default=None)


def _plain(weights: Mapping[str, Weighted]) -> dict[str, float]:
    return {name: item.weight for name, item in weights.items()}


def band(questionnaire: Questionnaire, value: float) -> str:
    """Return the name of the band that holds an effective score (0-100, unrounded)."""
    return [item.name for item in questionnaire.bands if value >= item.at_least][-1]


def _stranded(practised: Score, capped: Score, acting: Score) -> Score:
    if practised.point is None or acting.point is None:
        return NO_SCORE
    low = max(0.0, (practised.low or 0.0) - (capped.high or 0.0))
    high = max(0.0, (practised.high or 0.0) - (capped.low or 0.0))
    return Score(practised.point - acting.point, low, high, acting.coverage, acting.shown)
