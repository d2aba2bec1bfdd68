"""The terms of a score: what each question adds to its point, to its low and to its high end.

The terms of a score add up to it. Weights, levels and caps are those of the sheet from which the score is read.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from assessment.amounts import ENDS, Amounts, End, Term
from assessment.instrument import applicable_weight, binding
from assessment.sheet import Sheet

_OTHER_END: dict[End, End] = {"point": "point", "low": "high", "high": "low"}


def added(terms: Iterable[Term], end: End) -> float:
    """Return what terms add up to at one end."""
    return math.fsum(term.contribution.at(end) for term in terms)


def mean_terms(sheet: Sheet, part: str, weights: Mapping[str, float]) -> tuple[Term, ...]:
    """Return the terms of 100 x a weighted mean: 100 x share x v each."""
    return _terms(sheet, part, weights, lambda share, level: 100 * share * level)


def severity_terms(sheet: Sheet, factor: str) -> tuple[Term, ...]:
    """Return the terms of a severity: share x (1 - v) each, its low end read with every unknown at the highest."""
    weights = sheet.instrument.factor_weights[factor]
    terms = _terms(sheet, f"factor.{factor}", weights, lambda share, level: share * (1 - level))
    return tuple(_turned(term) for term in terms)


def ceiling_terms(sheet: Sheet, dimension: str) -> tuple[Term, ...]:
    """Return the terms of a ceiling: 100, and what each question of the factor that binds at an end takes from it."""
    bound = bound_at(sheet, dimension)
    whole = Term("whole", "", f"{dimension}.ceiling", 1.0, 1.0, None, Amounts(100.0, 100.0, 100.0))
    found = [whole]
    for factor, weights in sheet.instrument.factor_weights.items():
        ends = {end for end, name in bound.items() if name == factor}
        if ends:
            taken = -100 * sheet.instrument.strengths[dimension][factor]
            terms = _terms(sheet, f"factor.{factor}", weights, _taking(taken))
            found += [only(term, ends) for term in terms]
    return tuple(found)


def _taking(most: float) -> Callable[[float, float], float]:
    return lambda share, level: most * share * (1 - level) + 0.0  # never a negative zero


def bound_at(sheet: Sheet, dimension: str) -> dict[End, str | None]:
    """Return the factor that sets the ceiling at each end; None where none lowers it."""
    return {end: binding(sheet.instrument, dimension, sheet.levels[end]) for end in ENDS}


def only(term: Term, ends: set[End]) -> Term:
    """Return a term that adds something at some ends alone."""
    return replace(term, contribution=Amounts.over(lambda end: term.contribution.at(end) if end in ends else 0.0))


def set_off(term: Term) -> Term:
    """Return a term as it counts when its score is taken from another: with the other sign and the other end."""
    return replace(term, contribution=Amounts.over(lambda end: 0.0 - term.contribution.at(_OTHER_END[end])))


def _turned(term: Term) -> Term:
    """Return a term of a score that falls as answers rise: its low end is where answers are highest."""
    turned = replace(term, contribution=Amounts.over(lambda end: term.contribution.at(_OTHER_END[end])))
    value = term.value
    return turned if value is None else replace(turned, value=Amounts.over(lambda end: value.at(_OTHER_END[end])))


def _terms(
    sheet: Sheet, part: str, weights: Mapping[str, float], amount: Callable[[float, float], float]
) -> tuple[Term, ...]:
    total = applicable_weight(weights, sheet.levels["point"])
    return tuple(_term(sheet, part, name, weight, total, amount) for name, weight in weights.items())


def _term(
    sheet: Sheet, part: str, name: str, weight: float, total: float, amount: Callable[[float, float], float]
) -> Term:
    kind = sheet.kind_of(name)
    if kind == "not_applicable":
        return Term("question", name, part, weight, 0.0, None, Amounts(0.0, 0.0, 0.0), kind)
    value, share = Amounts.over(lambda end: sheet.levels[end][name]), weight / total
    contribution = Amounts.over(lambda end: amount(share, value.at(end)))
    return Term("question", name, part, weight, share, value, contribution, kind)
