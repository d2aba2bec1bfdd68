"""What the signals and the answers say of each wall factor, and whether this way of building is called for at all."""

from __future__ import annotations

import math
from collections.abc import Mapping

from assessment.answers import Assessment
from assessment.instrument import Instrument
from assessment.questionnaire import Questionnaire
from assessment.scores import Agreement, Applicability, FactorScore, Finding, Score

_PRESENT_FROM = 0.5  # the middle of the severity scale: above it both sources say that the constraint is there


def diagnose(
    questionnaire: Questionnaire,
    assessment: Assessment,
    factors: Mapping[str, FactorScore],
    instrument: Instrument,
) -> tuple[Finding, ...]:
    """Return one finding a wall factor, in file order.

    Signals are indicators of constraints: ``support`` is the weighted mean of the levels of the signals that point to
    the factor, in [0, 1], over the signals that were answered; None when none was.
    """
    findings = []
    for factor in questionnaire.wall_factors:
        support, seen = signal_support(questionnaire, assessment, factor.id)
        severity = factors[factor.id].severity
        agreement = _agreement(severity, support, questionnaire.rules.disagreement_from)
        asked = tuple(instrument.factor_weights[factor.id])
        findings.append(Finding(factor.id, severity, support, agreement, asked, seen))
    return tuple(findings)


def signal_support(
    questionnaire: Questionnaire, assessment: Assessment, factor: str
) -> tuple[float | None, tuple[str, ...]]:
    """Return the support in [0, 1] that answered signals give a factor, and the ids of those signals."""
    levels = {
        signal.id: fraction
        for signal in questionnaire.signals
        if factor in signal.supports and (fraction := signal_level(questionnaire, assessment, signal.id)) is not None
    }
    weights = {signal.id: signal.supports[factor].weight for signal in questionnaire.signals if signal.id in levels}
    if not weights:
        return None, ()
    total = math.fsum(weights.values())
    return math.fsum(weights[name] * levels[name] for name in weights) / total, tuple(levels)


def signal_level(questionnaire: Questionnaire, assessment: Assessment, signal_id: str) -> float | None:
    """Return how strongly a signal was seen, in [0, 1]; None when it was not answered."""
    answer = assessment.signals.get(signal_id)
    if answer is None or answer.level is None:
        return None
    signal = next(item for item in questionnaire.signals if item.id == signal_id)
    return answer.level / (len(signal.anchors) - 1)


def _agreement(severity: Score, support: float | None, threshold: float) -> Agreement:
    if severity.point is None or not severity.shown or support is None:
        return "unknown"
    if support - severity.point >= threshold:
        return "signals_only"
    if severity.point - support >= threshold:
        return "answers_only"
    return "both" if severity.point >= _PRESENT_FROM else "neither"


def applicability(questionnaire: Questionnaire, assessment: Assessment) -> Applicability:
    """Return how many applicability criteria hold and the verdict that follows."""
    criteria = questionnaire.context.criteria
    rule = questionnaire.context.applicability
    held = tuple(item.id for item in criteria if assessment.context.get(item.id, -1) >= rule.holds_at)
    missing = tuple(item.id for item in criteria if item.id not in assessment.context)
    verdicts = sorted(rule.verdicts, key=lambda verdict: -verdict.at_least)
    found = next((verdict for verdict in verdicts if len(held) >= verdict.at_least), verdicts[-1])
    return Applicability(held, missing, len(criteria), found.verdict, found.sentence)
