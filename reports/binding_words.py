"""The wall in words: which part of the architecture sets the ceilings, and what is stranded under it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping

from assessment.questionnaire import Questionnaire
from assessment.scores import DimensionScore, Scores
from reports.figures_format import DASH, format_score, format_score_and_range, rounded, score_value
from reports.score_words import dimension_title, factor_title
from reports.wording import capitalised, fill, listed, said_at, wording

_SHOWN_STRANDED = 0.05


def binding_factors(scores: Scores) -> list[str]:
    """Return the binding constraints, the one that caps most dimensions first (ties in file order)."""
    counted = Counter(found.binding_constraint for found in scores.dimensions.values() if found.binding_constraint)
    order = list(scores.factors)
    return sorted((str(name) for name in counted), key=lambda name: (-counted[name], order.index(name)))


def binding_sentence(questionnaire: Questionnaire, scores: Scores) -> str:
    """Say which part of the architecture sets the ceilings."""
    texts, found = said_at(scores.stage, "findings"), binding_factors(scores)
    if not all(item.severity.shown for item in scores.factors.values() if item.applicable):
        return texts["binding_unknown"] if not found else _binding_text(questionnaire, scores, found)
    return _binding_text(questionnaire, scores, found) if found else texts["no_binding"]


def _binding_text(questionnaire: Questionnaire, scores: Scores, found: list[str]) -> str:
    texts = wording().findings
    capped = {name: _capped_by(questionnaire, scores, name) for name in found}
    leading, costly = len(capped[found[0]]), most_stranding(scores)
    if len(found) > 1 and leading == len(capped[found[1]]):
        names = [factor_title(questionnaire, name).lower() for name in found if len(capped[name]) == leading]
        most = _lowest_text(questionnaire, scores) if costly is None else _most_text(questionnaire, scores, costly)
        return capitalised(fill(texts["binding_ties"], factors=listed(names), most=most))
    shared = {
        "factor": factor_title(questionnaire, found[0]),
        "count": str(leading),
        "of": str(len(scores.dimensions)),
        "dimensions": listed(capped[found[0]]),
    }
    most = "" if costly is None or costly == found[0] else _most_text(questionnaire, scores, costly)
    return _with_cost(questionnaire, scores, found[0], {**shared, "most": most})


def _with_cost(questionnaire: Questionnaire, scores: Scores, leading: str, shared: Mapping[str, str]) -> str:
    """Return the sentence on the leading constraint with what it strands, and which other one strands most."""
    texts = wording().findings
    mine = [found for found in scores.dimensions.values() if found.binding_constraint == leading]
    gaps = {found.id: room for found in mine if (room := _room(found)) is not None}
    if any(map(_is_stranded, mine)) or len(gaps) < len(mine):
        return fill(texts["binding_other" if shared["most"] else "binding"], **shared)
    first = scores.dimensions[min(gaps, key=lambda name: gaps[name])]
    return fill(
        texts["binding_idle"],
        **shared,
        first=_short(questionnaire, first.id),
        ceiling=format_score_and_range(first.ceiling),
        gap=rounded(max(0.0, gaps[first.id])),
    )


def _room(found: DimensionScore) -> float | None:
    """Return by how many points the ceiling stands above practice; None where one of them is a range alone."""
    ceiling, practice = found.ceiling.value, found.practice.value
    return None if ceiling is None or practice is None else ceiling - practice


def most_stranding(scores: Scores) -> str | None:
    """Return the binding constraint under which most points are stranded (ties in file order); None where none are."""
    found = {
        name: math.fsum(item.stranded.value or 0.0 for item in _stranded_under(scores, name)) for name in scores.factors
    }
    most = max(found, key=lambda name: found[name], default=None)
    return most if most is not None and found[most] > 0 else None


def _stranded_under(scores: Scores, factor: str) -> list[DimensionScore]:
    """Return the dimensions with stranded points under a constraint, the most first."""
    found = [item for item in scores.dimensions.values() if item.binding_constraint == factor and _is_stranded(item)]
    return sorted(found, key=lambda item: -(item.stranded.value or 0.0))


def _most_text(questionnaire: Questionnaire, scores: Scores, factor: str) -> str:
    found = _stranded_under(scores, factor)
    return fill(
        wording().findings["binding_most"],
        factor=factor_title(questionnaire, factor).lower(),
        points=rounded(math.fsum(item.stranded.value or 0.0 for item in found)),
        dimensions=listed([f"{_short(questionnaire, item.id)} {format_score(item.stranded)}" for item in found]),
    )


def _lowest_text(questionnaire: Questionnaire, scores: Scores) -> str:
    """Name the constraint of the lowest ceiling, where none strands anything; nothing while no ceiling has a value."""
    capped = [item for item in scores.dimensions.values() if item.binding_constraint and item.ceiling.value is not None]
    if not capped:
        return ""
    lowest = min(capped, key=lambda item: item.ceiling.value or 0.0)
    return fill(
        wording().findings["binding_lowest"],
        dimension=_short(questionnaire, lowest.id),
        ceiling=format_score_and_range(lowest.ceiling),
        factor=factor_title(questionnaire, lowest.binding_constraint).lower(),
    )


def _short(questionnaire: Questionnaire, dimension: str) -> str:
    return next((item.short for item in questionnaire.dimensions if item.id == dimension), DASH)


def _capped_by(questionnaire: Questionnaire, scores: Scores, factor: str) -> list[str]:
    return [item.short for item in questionnaire.dimensions if scores.dimensions[item.id].binding_constraint == factor]


def stranded_sentences(questionnaire: Questionnaire, scores: Scores) -> list[str]:
    """Say, for each dimension that practises more than its ceiling allows, what is stranded; largest first."""
    texts = said_at(scores.stage, "findings")
    found = [item for item in scores.dimensions.values() if _is_stranded(item)]
    found.sort(key=lambda item: -(item.stranded.point or 0.0))
    open_ = any(item.stranded.exists and not item.stranded.shown for item in scores.dimensions.values())
    nothing = texts["stranded_unknown" if open_ else "nothing_stranded"]
    return [_stranded_sentence(questionnaire, item) for item in found] or [nothing]


def stranded_summary(questionnaire: Questionnaire, scores: Scores) -> str:
    """Return the sentence on the dimension with most stranded points, and every other one with its points."""
    rest = sorted(filter(_is_stranded, scores.dimensions.values()), key=lambda item: -(item.stranded.point or 0.0))[1:]
    first = stranded_sentences(questionnaire, scores)[0]
    if not rest:
        return first
    named = [f"{_short(questionnaire, item.id)} {format_score_and_range(item.stranded)}" for item in rest]
    return f"{first} {fill(wording().findings['stranded_also'], dimensions=listed(named))}"


def _is_stranded(found: DimensionScore) -> bool:
    shown = found.stranded.value if found.stranded.shown else found.stranded.low
    return (shown or 0.0) >= _SHOWN_STRANDED


def _stranded_sentence(questionnaire: Questionnaire, found: DimensionScore) -> str:
    title = dimension_title(questionnaire, found.id)
    texts = said_at(questionnaire.stage, "findings")
    if not found.stranded.shown:
        low, high = score_value(found.stranded.low), score_value(found.stranded.high)
        return fill(texts["stranded_range"], low=low, high=high, dimension=title)
    return fill(
        texts["stranded"],
        points=format_score(found.stranded),
        practice=format_score(found.practice),
        dimension=title,
        ceiling=format_score_and_range(found.ceiling),
        factor=factor_title(questionnaire, found.binding_constraint).lower(),
    )
