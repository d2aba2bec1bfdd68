"""Where each question should stand, and how far the answers are on the way there."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from assessment.answers import Assessment
from assessment.feeds import TargetPreset
from assessment.instrument import Instrument, Standings
from assessment.questionnaire import Question, Questionnaire
from assessment.scores import Score

Origin = Literal["typed", "question", "step", "general"]
MeanOf = Callable[[Mapping[str, float], Callable[[str, float], float]], Score]
"""Weighted mean (0-100) of a function of (question id, value in [0, 1]), with the range that unknown answers leave."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where one question should stand.

    Attributes:
        question: id of the question.
        option: the option to reach, on the question's own scale.
        value: its value in [0, 1].
        origin: whether the team typed it, or which part of the preset says it.
        because: the preset's reason; for a typed target the reason of the one that it replaces, or nothing.
    """

    question: str
    option: int
    value: float
    origin: Origin
    because: str


@dataclass(frozen=True, slots=True)
class Gap:
    """A question that stands below its target.

    Attributes:
        target: where it should stand.
        now: where it stands, in [0, 1]; None when nobody knows.
        missing: how far it has to go in [0, 1]; for an unknown answer, half of the most that it can be.
        size: ``missing`` times the share of the dimensions and constraints that the question makes up: what closing
            the gap would move.
    """

    target: Target
    now: float | None
    missing: float
    size: float


@dataclass(frozen=True, slots=True)
class TargetProgress:
    """Percent to target, 0-100: 1 - sum max(0, t - c) / sum t over the questions with a target that apply.

    Attributes:
        preset: id of the preset; empty when only typed targets count.
        targets: by question, those of the questions asked, also where a question does not apply.
        overall: over all of them; no score where no question has anything to reach.
        steps: by step.
        dimensions: by dimension, over the questions that feed its practice.
        gaps: largest first.
        past: questions that are known to stand above their target.
    """

    preset: str
    targets: Mapping[str, Target]
    overall: Score
    steps: Mapping[str, Score]
    dimensions: Mapping[str, Score]
    gaps: tuple[Gap, ...]
    past: tuple[str, ...]


def preset_of(questionnaire: Questionnaire, assessment: Assessment) -> TargetPreset | None:
    """Return the preset that the team chose; None for none, and for one that has left the questionnaire."""
    return next((item for item in questionnaire.target_presets if item.id == assessment.target_preset), None)


def target_of(questionnaire: Questionnaire, assessment: Assessment, question: Question) -> Target | None:
    """Return the target of a question: the typed one, else the preset's for the question, its step, or all."""
    preset = preset_of(questionnaire, assessment)
    proposed = None if preset is None else proposed_target(questionnaire, preset, question)
    typed = assessment.targets.get(question.id)
    if typed is None:
        return proposed
    value = questionnaire.scale_of(question).options[typed].value
    return Target(question.id, typed, value, "typed", "" if proposed is None else proposed.because)


def preset_target(questionnaire: Questionnaire, assessment: Assessment, question: Question) -> Target | None:
    """Return what the chosen preset says of a question, whatever the team typed; None without a preset."""
    preset = preset_of(questionnaire, assessment)
    return None if preset is None else proposed_target(questionnaire, preset, question)


def proposed_target(questionnaire: Questionnaire, preset: TargetPreset, question: Question) -> Target:
    """Return what a preset says of a question; on a scale of its own, the first option that is worth as much."""
    level, because, origin = _level(preset, question)
    wanted = questionnaire.scales_by_id[questionnaire.default_scale].options[level].value
    options = questionnaire.scale_of(question).options
    option = next((place for place, item in enumerate(options) if item.value >= wanted), len(options) - 1)
    return Target(question.id, option, options[option].value, origin, because)


def _level(preset: TargetPreset, question: Question) -> tuple[int, str, Origin]:
    """Return the level of the default scale that a preset asks of a question, why, and which part of it says so."""
    if question.id in preset.questions:
        found = preset.questions[question.id]
        return found.level, found.because, "question"
    if question.step in preset.steps:
        found = preset.steps[question.step]
        return found.level, found.because, "step"
    return preset.level, preset.because, "general"


def progress(questionnaire: Questionnaire, assessment: Assessment, mean: MeanOf) -> TargetProgress | None:
    """Return how far the answers are on the way to their targets; None without a preset and a typed target.

    Args:
        questionnaire: at the assessment's stage.
        assessment: answers, preset and typed targets.
        mean: see :data:`MeanOf`.
    """
    instrument = Instrument.of(questionnaire, assessment)
    found = {
        question.id: target
        for question in instrument.questions
        if (target := target_of(questionnaire, assessment, question)) is not None
    }
    if not found:
        return None
    return _Progress(instrument, instrument.standings(assessment.answers), found, mean).whole(assessment)


@dataclass(frozen=True)
class _Progress:
    instrument: Instrument
    standings: Standings
    targets: Mapping[str, Target]
    mean: MeanOf

    def whole(self, assessment: Assessment) -> TargetProgress:
        questionnaire = self.instrument.questionnaire
        preset = preset_of(questionnaire, assessment)
        return TargetProgress(
            preset="" if preset is None else preset.id,
            targets=self.targets,
            overall=self.over(self.targets),
            steps={step.id: self.over(self.of_step(step.id)) for step in questionnaire.steps},
            dimensions={item.id: self.over(self.feeding(item.id)) for item in questionnaire.dimensions},
            gaps=tuple(sorted(self.gaps(), key=lambda gap: (-gap.size, -gap.missing, gap.target.question))),
            past=tuple(
                name for name in self.targets if self.standings.known.get(name, -1.0) > self.targets[name].value
            ),
        )

    def aimed(self, name: str) -> float:
        """Return the target of a question in [0, 1]; endless where it has none, which nothing is past."""
        return self.targets[name].value if name in self.targets else math.inf

    def of_step(self, step: str) -> list[str]:
        return [item.id for item in self.instrument.questions if item.step == step and item.id in self.targets]

    def feeding(self, dimension: str) -> list[str]:
        return [name for name in self.instrument.practice_weights[dimension] if name in self.targets]

    def over(self, names: Iterable[str]) -> Score:
        """Return 100 x sum min(t, c) / sum t over some questions, which is the same figure."""
        weights = {name: self.targets[name].value for name in names if self.targets[name].value > 0}
        return self.mean(weights, lambda name, value: min(1.0, value / weights[name]))

    def gaps(self) -> Iterator[Gap]:
        for name, target in self.targets.items():
            if name not in self.standings.known and name not in self.standings.unknown:
                continue
            now = self.standings.known.get(name)
            lowest = self.instrument.lowest(name)
            missing = (target.value - lowest) / 2 if now is None else target.value - now
            if missing > 0:
                yield Gap(target, now, missing, missing * self.share(name))

    def share(self, name: str) -> float:
        """Return the shares of a question in everything it feeds, added up: each dimension and each constraint."""
        groups = (*self.instrument.practice_weights.values(), *self.instrument.factor_weights.values())
        return math.fsum(weights[name] / math.fsum(weights.values()) for weights in groups if name in weights)
