"""From answers to scores: pure functions of (questionnaire, assessment)."""

from __future__ import annotations

import math
from collections.abc import Mapping

from assessment.amounts import weakest
from assessment.answers import Assessment
from assessment.crosswalk import crosswalk_scores
from assessment.diagnosis import applicability, diagnose, future_shifts, root_causes
from assessment.instrument import binding, caps, level_of, level_under
from assessment.loading import check_answers
from assessment.questionnaire import Questionnaire
from assessment.register import read_register
from assessment.scores import DimensionScore, FactorScore, Overall, Score, Scores, StepScore
from assessment.sheet import Sheet
from assessment.targets import progress


def score(questionnaire: Questionnaire, assessment: Assessment) -> Scores:
    """Return every score of an assessment.

    Raises:
        InputError: when an answer does not fit the questionnaire.
    """
    check_answers(questionnaire, assessment)
    return _Scorer(Sheet.of(questionnaire, assessment)).scores()


class _Scorer:
    """Puts the scores of one sheet together, with what is named beside them: bands, levels, what binds and blocks."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.questionnaire = sheet.questionnaire
        self.assessment = sheet.assessment
        self.instrument = sheet.instrument
        self.standings = sheet.standings
        self.point, self.low = sheet.levels["point"], sheet.levels["low"]

    def scores(self) -> Scores:
        dimensions = {item.id: self._dimension(item.id) for item in self.questionnaire.dimensions}
        factors = {item.id: self._factor(item.id) for item in self.questionnaire.wall_factors}
        steps = {item.id: self._step(item.id) for item in self.questionnaire.steps}
        return Scores(
            dimensions=dimensions,
            factors=factors,
            steps=steps,
            overall=self._overall(dimensions),
            diagnosis=diagnose(self.sheet),
            applicability=applicability(self.questionnaire, self.assessment),
            posture=self._means(self.instrument.posture_weights),
            lifecycle=self._means(self.instrument.lifecycle_weights),
            root_causes=root_causes(self.questionnaire, self.assessment),
            future_shifts=future_shifts(self.questionnaire, self.assessment),
            mode=self.assessment.mode,
            answered=sum(step.answered for step in steps.values()),
            asked=sum(step.asked for step in steps.values()),
            stage=self.questionnaire.stage,
            targets=progress(self.questionnaire, self.assessment, self.sheet.mean_of),
            register=read_register(self.questionnaire, self.assessment),
            crosswalk=crosswalk_scores(self.questionnaire, self.sheet.mean),
        )

    def _means(self, groups: Mapping[str, Mapping[str, float]]) -> dict[str, Score]:
        return {name: self.sheet.mean(weights) for name, weights in groups.items()}

    def _dimension(self, name: str) -> DimensionScore:
        practised, capped, acting = self.sheet.practice(name), self.sheet.ceiling(name), self.sheet.effective(name)
        level, blocking = self._gate(name, capped)
        return DimensionScore(
            id=name,
            practice=practised,
            ceiling=capped,
            effective=acting,
            stranded=self.sheet.stranded(name),
            coverage=practised.coverage,
            band=self._band(acting),
            gated_level=level,
            blocking_question=blocking,
            binding_constraint=binding(self.instrument, name, self.point) if capped.shown else None,
            evidence=practised.evidence,
        )

    def _band(self, acting: Score) -> str | None:
        if acting.value is None:
            return None
        return band(self.questionnaire, acting.value)

    def _factor(self, name: str) -> FactorScore:
        found = self.sheet.severity(name)
        cap = {
            dimension.id: caps(self.instrument, dimension.id, self.point).get(name) if found.shown else None
            for dimension in self.questionnaire.dimensions
        }
        return FactorScore(name, found, found.exists, cap)

    def _step(self, name: str) -> StepScore:
        weights = self.instrument.step_weights[name]
        answered = sum(question in self.assessment.answers for question in weights)
        return StepScore(name, self.sheet.mean(weights), answered, len(weights))

    def _overall(self, dimensions: Mapping[str, DimensionScore]) -> Overall:
        found, weights = self.sheet.overall(), self.instrument.overall_weights
        if not found.exists:
            return Overall(found, None, None, weights)
        lowest = weakest({name: item.effective for name, item in dimensions.items()})
        return Overall(found, lowest if found.shown else None, self._band(found), weights)

    def _gate(self, name: str, capped: Score) -> tuple[int | None, str | None]:
        """Return the gated level and the question that blocks the next one."""
        weights = self.instrument.practice_weights[name]
        applicable = {question: weight for question, weight in weights.items() if question in self.point}
        if not applicable:
            return None, None
        top = self.questionnaire.top_level
        allowed = level_under(capped.at("low"), top)
        for wanted in range(1, top + 1):
            blocking = self._blocking(name, wanted, applicable, allowed)
            if blocking is not None:
                return wanted - 1, blocking
        return top, None

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


def band(questionnaire: Questionnaire, value: float) -> str:
    """Return the name of the band that holds an effective score (0-100, unrounded)."""
    return [item.name for item in questionnaire.bands if value >= item.at_least][-1]
