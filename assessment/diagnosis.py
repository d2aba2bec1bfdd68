"""What signals, answers and context say of each wall factor, and whether this way of building is called for at all."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from assessment.amounts import Score, Term
from assessment.answers import Assessment
from assessment.findings import Agreement, Contradiction, Finding, Pressure, SignalTerm
from assessment.questionnaire import ContextItem, Questionnaire, Signal
from assessment.scores import Applicability
from assessment.sheet import Sheet
from assessment.terms import severity_terms

_PRESENT_FROM = 0.5  # the middle of the severity scale: above it both sources say that the constraint is there


def diagnose(sheet: Sheet) -> tuple[Finding, ...]:
    """Return one finding a wall factor, with the chain of evidence behind it.

    Those that contradict themselves come first, the widest apart before the others; then the most severe; then the
    order of the file. A severity that too few answers carry counts as none.
    """
    found = [_finding(sheet, factor.id) for factor in sheet.questionnaire.wall_factors]
    return tuple(sorted(found, key=lambda item: (-item.disagreement, -_shown(item.severity))))


def _shown(severity: Score) -> float:
    return -1.0 if severity.value is None else severity.value


def _finding(sheet: Sheet, factor: str) -> Finding:
    questionnaire, assessment = sheet.questionnaire, sheet.assessment
    severity, questions = sheet.severity(factor), severity_terms(sheet, factor)
    signals = signal_terms(questionnaire, assessment, factor)
    support = _support(signals)
    low, high = _support_range(signals)
    agreement = _agreement(severity, support, questionnaire.rules.disagreement_from)
    causes = _pointing(root_causes(questionnaire, assessment), factor)
    return Finding(
        factor=factor,
        severity=severity,
        support=support,
        support_low=low,
        support_high=high,
        agreement=agreement,
        questions=tuple(term.id for term in questions),
        signals=tuple(term.signal for term in signals if term.level is not None),
        question_terms=questions,
        signal_terms=signals,
        root_causes=causes,
        future_shifts=_pointing(future_shifts(questionnaire, assessment), factor),
        unanswered=_unanswered(sheet, factor, questions, signals),
        contradictions=_contradictions(questionnaire, factor, severity, support, agreement, causes),
    )


def signal_terms(questionnaire: Questionnaire, assessment: Assessment, factor: str) -> tuple[SignalTerm, ...]:
    """Return every signal that points to a factor; what the answered ones add makes up the support."""
    levels = {
        signal.id: signal_level(signal, assessment) for signal in questionnaire.signals if factor in signal.supports
    }
    weights = {item.id: item.supports[factor].weight for item in questionnaire.signals if item.id in levels}
    answered = math.fsum(weights[name] for name, level in levels.items() if level is not None)
    return tuple(
        SignalTerm(name, weights[name], level, 0.0 if level is None else weights[name] * level / answered)
        for name, level in levels.items()
    )


def _support(signals: Iterable[SignalTerm]) -> float | None:
    """Return the weighted mean level of the answered signals; None when none was answered."""
    answered = [term for term in signals if term.level is not None]
    return min(1.0, math.fsum(term.contribution for term in answered)) if answered else None


def _support_range(signals: tuple[SignalTerm, ...]) -> tuple[float | None, float | None]:
    """Return the support with every unanswered signal never seen, and with each at its strongest."""
    total = math.fsum(term.weight for term in signals)
    if not signals:
        return None, None
    seen = math.fsum(term.weight * term.level for term in signals if term.level is not None)
    open_ = math.fsum(term.weight for term in signals if term.level is None)
    return seen / total, (seen + open_) / total


def signal_level(signal: Signal, assessment: Assessment) -> float | None:
    """Return how strongly a signal was seen, in [0, 1]; None when it was not answered."""
    answer = assessment.signals.get(signal.id)
    return None if answer is None or answer.level is None else answer.level / signal.strongest


def _agreement(severity: Score, support: float | None, threshold: float) -> Agreement:
    if severity.point is None or not severity.shown or support is None:
        return "unknown"
    if support - severity.point >= threshold:
        return "signals_only"
    if severity.point - support >= threshold:
        return "answers_only"
    return "both" if severity.point >= _PRESENT_FROM else "neither"


def root_causes(questionnaire: Questionnaire, assessment: Assessment) -> tuple[Pressure, ...]:
    """Return the root causes that hold, the strongest first."""
    return _pressures(questionnaire, assessment, questionnaire.context.root_causes)


def future_shifts(questionnaire: Questionnaire, assessment: Assessment) -> tuple[Pressure, ...]:
    """Return the future shifts that press, the strongest first."""
    return _pressures(questionnaire, assessment, questionnaire.context.future_shifts)


def _pressures(
    questionnaire: Questionnaire, assessment: Assessment, items: Iterable[ContextItem]
) -> tuple[Pressure, ...]:
    """Return the items that hold: those at the level from which an applicability criterion holds, or above."""
    least = questionnaire.context.applicability.holds_at
    found = [
        Pressure(
            item=item.id,
            level=assessment.context[item.id],
            strength=assessment.context[item.id] / item.strongest,
            weights={name: pointed.weight for name, pointed in item.points_to.items()},
            finding=item.finding,
        )
        for item in items
        if _holds(assessment, item, least)
    ]
    return tuple(sorted(found, key=lambda item: -item.strength))


def _holds(assessment: Assessment, item: ContextItem, least: int) -> bool:
    level = assessment.context.get(item.id)
    return level is not None and level >= least


def _pointing(pressures: Iterable[Pressure], factor: str) -> tuple[Pressure, ...]:
    return tuple(item for item in pressures if factor in item.weights)


def _unanswered(
    sheet: Sheet, factor: str, questions: tuple[Term, ...], signals: tuple[SignalTerm, ...]
) -> Mapping[str, tuple[str, ...]]:
    context = sheet.questionnaire.context
    pointing = [item.id for item in context.root_causes + context.future_shifts if factor in item.points_to]
    return {
        "questions": tuple(term.id for term in questions if term.is_open),
        "signals": tuple(term.signal for term in signals if term.level is None),
        "context": tuple(name for name in pointing if name not in sheet.assessment.context),
    }


def _contradictions(
    questionnaire: Questionnaire,
    factor: str,
    severity: Score,
    support: float | None,
    agreement: Agreement,
    causes: tuple[Pressure, ...],
) -> tuple[Contradiction, ...]:
    """Return what disagrees about a factor, the widest apart first.

    A root cause stands against the answers about the factor that it points to most; what it also leaves is no proof.
    """
    found = []
    if severity.value is None:
        return ()
    if support is not None and (agreement == "signals_only" or agreement == "answers_only"):  # noqa: PLR1714 (narrows)
        found.append(Contradiction(agreement, factor, abs(support - severity.value)))
    for cause in (item for item in causes if item.points_most_to(factor)):
        apart = cause.strength - severity.value
        if apart >= questionnaire.rules.disagreement_from:
            found.append(Contradiction("cause_only", factor, apart, cause.item))
    return tuple(sorted(found, key=lambda item: -item.size))


def applicability(questionnaire: Questionnaire, assessment: Assessment) -> Applicability:
    """Return how many applicability criteria hold and the verdict that follows."""
    criteria = questionnaire.context.criteria
    rule = questionnaire.context.applicability
    held = tuple(item.id for item in criteria if _holds(assessment, item, rule.holds_at))
    missing = tuple(item.id for item in criteria if item.id not in assessment.context)
    found = max((item for item in rule.verdicts if len(held) >= item.at_least), key=lambda item: item.at_least)
    return Applicability(held, missing, len(criteria), found.verdict, found.sentence)
