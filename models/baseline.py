"""Ranges that the assessment proposes for the economic model, for a person to confirm or correct."""

from __future__ import annotations

import math
from collections.abc import Mapping

from assessment.answers import Assessment, Range
from assessment.diagnosis import signal_level
from assessment.feeds import BaselineRule
from assessment.questionnaire import Questionnaire
from assessment.scores import Scores

_ENDS = ("low", "mode", "high")


def propose_baseline(questionnaire: Questionnaire, assessment: Assessment, scores: Scores) -> dict[str, Range]:
    """Return a range by parameter symbol for each rule of the questionnaire.

    Fragility is the weighted mean of the rule's signals and severities in [0, 1]; the range lies on the line from the
    rule's sturdy to its fragile figures. What is unknown widens it: the low end is read at the lowest fragility that
    the answers leave open, the high end at the highest.
    """
    rules = questionnaire.economics.baseline
    return {symbol: _proposal(rule, questionnaire, assessment, scores) for symbol, rule in rules.items()}


def _proposal(rule: BaselineRule, questionnaire: Questionnaire, assessment: Assessment, scores: Scores) -> Range:
    fragility = {
        "low": _fragility(rule, questionnaire, assessment, scores, "low", 0.0),
        "mode": _fragility(rule, questionnaire, assessment, scores, "point", 0.5),
        "high": _fragility(rule, questionnaire, assessment, scores, "high", 1.0),
    }
    sturdy, fragile = rule.sturdy, rule.fragile
    low, mode, high = (
        getattr(sturdy, end) + fragility[end] * (getattr(fragile, end) - getattr(sturdy, end)) for end in _ENDS
    )
    seen = _titles(rule, questionnaire, assessment, scores)
    source = f"Proposed from: {'; '.join(seen) or 'nothing answered yet'}. {rule.because} Grade: {rule.grade}."
    ends = sorted((low, high))
    return Range(low=ends[0], mode=min(max(mode, ends[0]), ends[1]), high=ends[1], source=source, proposed=True)


def _titles(rule: BaselineRule, questionnaire: Questionnaire, assessment: Assessment, scores: Scores) -> list[str]:
    """Return the titles of the signals and wall factors that were answered."""
    signals = {
        signal.id: signal.title for signal in questionnaire.signals if signal_level(signal, assessment) is not None
    }
    factors = {
        factor.id: factor.title
        for factor in questionnaire.wall_factors
        if scores.factors[factor.id].severity.coverage > 0
    }
    known = {**signals, **factors}
    return [known[name] for name in [*rule.signals, *rule.factors] if name in known]


def _fragility(
    rule: BaselineRule,
    questionnaire: Questionnaire,
    assessment: Assessment,
    scores: Scores,
    end: str,
    unknown: float,
) -> float:
    weights: dict[str, float] = {}
    values: dict[str, float] = {}
    signals = {signal.id: signal for signal in questionnaire.signals}
    for name, weight in rule.signals.items():
        seen = signal_level(signals[name], assessment)
        weights[name], values[name] = weight, unknown if seen is None else seen
    for name, weight in rule.factors.items():
        severity = scores.factors[name].severity
        if severity.exists:
            weights[name], values[name] = weight, getattr(severity, end)
    return _mean(weights, values)


def _mean(weights: Mapping[str, float], values: Mapping[str, float]) -> float:
    total = math.fsum(weights.values())
    return math.fsum(weights[name] * values[name] for name in weights) / total if total > 0 else 0.5
