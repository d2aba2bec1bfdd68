"""Where a team stands and where initiatives would bring it, as the scores read it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from assessment.answers import Assessment
from assessment.instrument import Instrument, Levels, binding, caps_under, ceiling, practice, severity
from assessment.questionnaire import Questionnaire
from models.initiatives import Initiative

LEAST_GAIN = 1e-9
"""Points below which a rise is rounding."""


@dataclass(frozen=True)
class Position:
    """Where the answered questions stand, as options, and what the scores read from that."""

    instrument: Instrument
    options: Mapping[str, int]
    fixed: Levels

    @classmethod
    def of(cls, questionnaire: Questionnaire, assessment: Assessment, unknown: Literal["top", "half"]) -> Position:
        """Return the position of an assessment, unknown answers at the highest option or at one half.

        Planning reads an unknown at the top: no work is planned, and no gain claimed, where nobody knows.
        """
        instrument = Instrument.of(questionnaire, assessment)
        standings = instrument.standings(assessment.answers)
        options = {name: _option(questionnaire, name, value) for name, value in standings.known.items()}
        fixed = {name: instrument.highest(name) if unknown == "top" else 0.5 for name in standings.unknown}
        return cls(instrument, options, fixed)

    @cached_property
    def levels(self) -> dict[str, float]:
        """Value in [0, 1] of every applicable question."""
        questionnaire = self.instrument.questionnaire
        found = dict(self.fixed)
        for name, option in self.options.items():
            found[name] = questionnaire.scale_of(questionnaire.by_id[name]).options[option].value
        return found

    def after(self, initiatives: tuple[Initiative, ...]) -> Position:
        """Return the position once ``initiatives`` are finished, in that order."""
        options = dict(self.options)
        for initiative in initiatives:
            for lift in initiative.raises:
                if lift.question in options and lift.start <= options[lift.question] < lift.to:
                    options[lift.question] = lift.to
        return Position(self.instrument, options, self.fixed)

    def helped_by(self, initiative: Initiative) -> bool:
        """Return whether any raise of the initiative applies here."""
        return any(
            lift.question in self.options and lift.start <= self.options[lift.question] < lift.to
            for lift in initiative.raises
        )

    def lacks(self, initiative: Initiative) -> bool:
        """Return whether a question stands below what the initiative would bring, within its reach now or later."""
        return any(
            lift.question in self.options and self.options[lift.question] < lift.to for lift in initiative.raises
        )

    @cached_property
    def _practised(self) -> dict[str, float | None]:
        """Practice by dimension."""
        return {name: practice(self.instrument, name, self.levels) for name in self.instrument.overall_weights}

    @cached_property
    def _caps(self) -> dict[str, dict[str, float]]:
        """What each applicable wall factor lets act, by dimension."""
        instrument = self.instrument
        severities = {factor: severity(instrument, factor, self.levels) for factor in instrument.factor_weights}
        return {name: caps_under(instrument, name, severities) for name in instrument.overall_weights}

    def _effective(self, name: str) -> float | None:
        practised = self._practised[name]
        return None if practised is None else min(practised, min(self._caps[name].values(), default=100.0))

    def overall(self) -> float:
        """Return the weighted mean of the effective scores (0-100); 0 when there is none."""
        weights = self.instrument.overall_weights
        scores = {name: self._effective(name) for name in weights}
        total = math.fsum(weights[name] for name, value in scores.items() if value is not None)
        summed = math.fsum(weights[name] * value for name, value in scores.items() if value is not None)
        return summed / total if total > 0 else 0.0

    def freed_by(self, order: Sequence[Initiative], item: Initiative) -> str | None:
        """Return the later work with which the gain of ``item`` first comes to act; None when none does.

        Args:
            order: everything that is placed, by its finish.
            item: one of them, by which no score rises when it is finished.
        """
        place = [other.id for other in order].index(item.id)
        for end in range(place + 1, len(order)):
            done = tuple(order[: end + 1])
            without = tuple(other for other in done if other.id != item.id)
            if self.after(done).overall() - self.after(without).overall() > LEAST_GAIN:
                return order[end].id
        return None

    def potential(self) -> float:
        """Return what the scores would gain if each wall factor stood alone: rises when any cap rises."""
        parts = []
        for name, weight in self.instrument.overall_weights.items():
            if self._practised[name] is not None:
                limits = self._caps[name].values()
                parts.append(weight * math.fsum(limits) / max(len(limits), 1))
        return math.fsum(parts)

    def stranded_factors(self) -> set[str]:
        """Return the binding factors of every dimension whose practice exceeds its ceiling."""
        levels = self.levels
        found = set()
        for name in self.instrument.overall_weights:
            practised = practice(self.instrument, name, levels)
            factor = binding(self.instrument, name, levels)
            capped = ceiling(self.instrument, name, levels)
            if factor is not None and practised is not None and practised > capped + LEAST_GAIN:
                found.add(factor)
        return found


def _option(questionnaire: Questionnaire, name: str, value: float) -> int:
    options = questionnaire.scale_of(questionnaire.by_id[name]).options
    return next(index for index, option in enumerate(options) if option.value == value)
