"""Every score explains itself: its formula, the terms that add up to it, what wins where, what would move it most."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from assessment.amounts import ENDS, Amounts, End, Score, Term
from assessment.answers import Assessment
from assessment.errors import InputError, Problem, nearest
from assessment.explanation import FORMULAS, Cap, Explanation, Form, Name, Side, score_names
from assessment.instrument import caps
from assessment.loading import check_answers
from assessment.moving import mean_weights, mover
from assessment.questionnaire import Questionnaire
from assessment.sheet import Sheet
from assessment.terms import bound_at, ceiling_terms, mean_terms, only, set_off, severity_terms

__all__ = ["Explanation", "explain", "score_names"]


def explain(questionnaire: Questionnaire, assessment: Assessment, name: str) -> Explanation:
    """Return the explanation of one score.

    Args:
        questionnaire: the questionnaire that was answered.
        assessment: the answers.
        name: such as ``iac.effective``, ``factor.tight_coupling``, ``step.targets`` or ``overall``; see
            :func:`score_names`.

    Raises:
        InputError: for a name that is no score, with the nearest that is, and for answers that do not fit.
    """
    check_answers(questionnaire, assessment)
    sheet = Sheet.of(questionnaire, assessment)
    known = {item.name: item for item in score_names(sheet.questionnaire)}
    if name not in known:
        raise InputError(Problem(f"no score '{name}'", nearest(name, known)))
    return _EXPLAINED[known[name].form](sheet, known[name])


def _practice(sheet: Sheet, name: Name) -> Explanation:
    terms = _practice_terms(sheet, name.id)
    return _explanation(sheet, name, sheet.practice(name.id), terms)


def _practice_terms(sheet: Sheet, dimension: str) -> tuple[Term, ...]:
    return mean_terms(sheet, f"{dimension}.practice", sheet.instrument.practice_weights[dimension])


def _ceiling(sheet: Sheet, name: Name) -> Explanation:
    return _explanation(sheet, name, sheet.ceiling(name.id), ceiling_terms(sheet, name.id))


def _effective(sheet: Sheet, name: Name) -> Explanation:
    practice, capped = _sides(sheet, name.id)
    if not practice.score.exists:
        return _explanation(sheet, name, sheet.effective(name.id), _practice_terms(sheet, name.id))
    terms: list[Term] = []
    for side, found in ((practice, _practice_terms), (capped, ceiling_terms)):
        if side.wins_at:
            terms += [only(term, set(side.wins_at)) for term in found(sheet, name.id)]
    return _explanation(sheet, name, sheet.effective(name.id), tuple(terms), (practice, capped))


def _sides(sheet: Sheet, dimension: str) -> tuple[Side, Side]:
    """Return practice and ceiling; where they meet, practice is the one that counts, since nothing is stranded."""
    practice, capped = sheet.practice(dimension), sheet.ceiling(dimension)
    lower = tuple(end for end in ENDS if _at(practice, end) <= _at(capped, end)) if practice.exists else ()
    rest = tuple(end for end in ENDS if end not in lower) if practice.exists else ()
    return Side(f"{dimension}.practice", practice, lower), Side(f"{dimension}.ceiling", capped, rest)


def _at(score: Score, end: End) -> float:
    found: float | None = getattr(score, end)
    return 0.0 if found is None else found


def _stranded(sheet: Sheet, name: Name) -> Explanation:
    practice, capped = _sides(sheet, name.id)
    score, terms = sheet.stranded(name.id), _practice_terms(sheet, name.id)
    if not score.exists:
        return _explanation(sheet, name, score, terms)
    above = {end for end in ENDS if _at(practice.score, end) > _at(capped.score, _AGAINST[end])}
    terms += tuple(set_off(term) for term in ceiling_terms(sheet, name.id))
    kept = tuple(only(term, above) for term in terms) if above else ()
    return _explanation(sheet, name, score, kept, (practice, capped))


_AGAINST: Mapping[End, End] = {"point": "point", "low": "high", "high": "low"}
"""The end of the ceiling that each end of stranded is counted against."""


def _severity(sheet: Sheet, name: Name) -> Explanation:
    return _explanation(sheet, name, sheet.severity(name.id), severity_terms(sheet, name.id))


def _mean(sheet: Sheet, name: Name) -> Explanation:
    weights = mean_weights(sheet, name)
    return _explanation(sheet, name, sheet.mean(weights), mean_terms(sheet, name.name, weights))


def _overall(sheet: Sheet, name: Name) -> Explanation:
    weights = sheet.instrument.overall_weights
    scores = {dimension: sheet.effective(dimension) for dimension in weights}
    total = sum(weights[dimension] for dimension, found in scores.items() if found.exists)
    terms = tuple(_dimension_term(dimension, weights[dimension], total, found) for dimension, found in scores.items())
    return _explanation(sheet, name, sheet.overall(), terms)


def _dimension_term(dimension: str, weight: float, total: float, found: Score) -> Term:
    part = f"{dimension}.effective"
    if not found.exists:
        return Term("dimension", dimension, part, weight, 0.0, None, Amounts(0.0, 0.0, 0.0))
    share, value = weight / total, Amounts.over(lambda end: _at(found, end))
    return Term("dimension", dimension, part, weight, share, value, Amounts.over(lambda end: share * value.at(end)))


def _explanation(
    sheet: Sheet, name: Name, score: Score, terms: tuple[Term, ...], sides: tuple[Side, ...] = ()
) -> Explanation:
    return Explanation(
        name=name,
        score=score,
        formula=FORMULAS[name.form],
        terms=terms,
        caps=_caps(sheet, name.id) if name.form in {"ceiling", "effective", "stranded"} else (),
        sides=sides,
        mover=mover(sheet, name),
    )


def _caps(sheet: Sheet, dimension: str) -> tuple[Cap, ...]:
    bound = bound_at(sheet, dimension)
    levels = {end: caps(sheet.instrument, dimension, sheet.levels[end]) for end in ENDS}
    return tuple(
        Cap(
            factor=factor.id,
            k=factor.strengths[dimension].k,
            because=factor.strengths[dimension].because,
            severity=sheet.severity(factor.id),
            cap=_amounts(levels, factor.id),
            binds_at=tuple(end for end in ENDS if bound[end] == factor.id),
        )
        for factor in sheet.questionnaire.wall_factors
    )


def _amounts(levels: Mapping[End, Mapping[str, float]], factor: str) -> Amounts | None:
    return Amounts.over(lambda end: levels[end][factor]) if factor in levels["point"] else None


_EXPLAINED: Mapping[Form, Callable[[Sheet, Name], Explanation]] = {
    "practice": _practice,
    "ceiling": _ceiling,
    "effective": _effective,
    "stranded": _stranded,
    "severity": _severity,
    "mean": _mean,
    "overall": _overall,
}
