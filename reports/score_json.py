"""Scores, their explanations and the findings as plain data with stable keys."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from assessment.amounts import ENDS, Amounts, Score, Term
from assessment.explanation import Explanation
from assessment.findings import Finding, Pressure

Data = dict[str, Any]


def score_data(score: Score) -> Data:
    """Return ``{"value", "low", "high"}``; the value is null where coverage does not allow a point."""
    return {"value": score.value, "low": score.low, "high": score.high}


def covered_data(score: Score) -> Data:
    """Return a score with its coverage and the evidence behind its answers."""
    return {**score_data(score), "coverage": score.coverage, "evidence": dict(score.evidence)}


def pressure_data(item: Pressure) -> Data:
    """Return a root cause that holds, or a future shift that presses."""
    return {"id": item.item, "level": item.level, "points_to": dict(item.weights), "finding": item.finding}


def finding_data(finding: Finding) -> Data:
    """Return a finding with the chain of evidence behind it."""
    return {
        "constraint": finding.factor,
        "severity": score_data(finding.severity),
        "signal_support": finding.support,
        "signal_support_range": [finding.support_low, finding.support_high],
        "agreement": finding.agreement,
        "contradictions": [
            {"kind": item.kind, "size": item.size, **({"root_cause": item.item} if item.item else {})}
            for item in finding.contradictions
        ],
        "derived_from": {
            "questions": list(finding.questions),
            "signals": list(finding.signals),
            "root_causes": [item.item for item in finding.root_causes],
            "future_shifts": [item.item for item in finding.future_shifts],
        },
        "chain": {
            "questions": [term_data(term) for term in finding.question_terms],
            "signals": [
                {"id": term.signal, "weight": term.weight, "level": term.level, "contribution": term.contribution}
                for term in finding.signal_terms
            ],
            "root_causes": [_pointing(item, finding.factor) for item in finding.root_causes],
            "future_shifts": [_pointing(item, finding.factor) for item in finding.future_shifts],
        },
        "unanswered": {kind: list(names) for kind, names in finding.unanswered.items()},
    }


def _pointing(item: Pressure, factor: str) -> Data:
    return {"id": item.item, "level": item.level, "weight": item.weights[factor], "finding": item.finding}


def term_data(term: Term) -> Data:
    """Return one term of a score."""
    return {
        "kind": term.kind,
        "id": term.id,
        "part": term.part,
        "answer": term.answer,
        "weight": term.weight,
        "share": term.share,
        "value": None if term.value is None else amounts_data(term.value),
        "contribution": amounts_data(term.contribution),
    }


def amounts_data(found: Amounts) -> Data:
    """Return a figure at the point and at both ends."""
    return {end: found.at(end) for end in ENDS}


def explanation_data(found: Explanation) -> Data:
    """Return how one score came about; the contributions of its terms add up to it."""
    return {
        "name": found.name.name,
        "formula": found.formula,
        "score": {**covered_data(found.score), "point": found.score.point},
        "terms": [term_data(term) for term in found.terms],
        "caps": [
            {
                "constraint": cap.factor,
                "k": cap.k,
                "because": cap.because,
                "severity": score_data(cap.severity),
                "cap": None if cap.cap is None else amounts_data(cap.cap),
                "binds_at": list(cap.binds_at),
            }
            for cap in found.caps
        ],
        "sides": [
            {"name": side.name, "score": score_data(side.score), "wins_at": list(side.wins_at)} for side in found.sides
        ],
        "mover": None if found.mover is None else asdict(found.mover),
    }
