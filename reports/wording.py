"""Sentences as data: the templates of ``wording.yaml``, filled with figures that are already written out."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from assessment.fields import Model
from assessment.questionnaire import Questionnaire, Stage
from assessment.reading import read_document, validate
from assessment.scores import Applicability, DimensionScore, Scores
from reports.figures_format import (
    DASH,
    format_score,
    format_score_and_range,
    money,
    month,
    months,
    percent,
    rounded,
    score_value,
    short_amount,
)

if TYPE_CHECKING:
    from models.cost_curves import StrategyCurves, Summary
    from models.evaluation import Economics, Evaluation
    from models.roadmap import Placement

_PATH = Path(__file__).with_name("wording.yaml")
_SHOWN_STRANDED = 0.05
_STANDARD_ERRORS = 2.0
"""Of a share of the futures, beyond which another is said to be larger."""


class AgreementBand(Model):
    """What an agreement of ``at_least`` and above means, in words.

    Instead is said ``each`` where every level was named; ``camps`` where those that were named lie in two groups with
    a level that nobody named between them; ``apart`` where in more, or in two and there are no words for ``camps``.
    """

    at_least: float
    words: str
    each: str = ""
    camps: str = ""
    apart: str = ""


class Wording(Model):
    """The templates by topic; each template names the figures that it takes."""

    format: Literal["sixstep-wording/1"]
    decision: dict[str, str]
    decision_later_pays: str
    decision_titles: dict[str, str]
    choices: dict[str, str]
    break_even: dict[str, str]
    break_even_figure: dict[str, str]
    strategies: dict[str, str]
    categories: dict[str, str]
    origins: dict[str, str]
    measure_default: str
    modes: dict[str, str]
    fictional: str
    findings: dict[str, str]
    turning: dict[str, str]
    signals: dict[str, str]
    design: dict[str, dict[str, str]]
    headings: dict[str, str]
    stage: dict[str, str]
    target_register: dict[str, str]
    targets: dict[str, str]
    crosswalk: dict[str, str]
    agreement: dict[str, str]
    agreement_bands: tuple[AgreementBand, ...]
    chain: dict[str, str]
    explain: dict[str, str]
    applicability: dict[str, str]
    gates: dict[str, str]
    reasons: dict[str, str]
    left_out: dict[str, str]
    planning: dict[str, str]
    roadmap: dict[str, str]
    delivery: dict[str, dict[str, str]]
    waiting: dict[str, str]
    moved: str
    charts: dict[str, str]
    signal_map: dict[str, str]
    posture: dict[str, str]
    lifecycle: dict[str, str]
    wall: dict[str, str]
    headings_wall: dict[str, str]
    measured: dict[str, str]
    method: dict[str, str]
    wall_warnings: dict[str, str]
    progress: dict[str, str]
    unknowns: dict[str, str]
    irr: dict[str, str]
    decision_rule: dict[str, str]
    timing: dict[str, str]
    matters: dict[str, str]
    budget: dict[str, str]
    cash: dict[str, str]
    scenarios: dict[str, str]
    whatif: dict[str, str]
    board: dict[str, str]


@lru_cache(maxsize=1)
def wording() -> Wording:
    """Return the sentences of the product, read once."""
    return validate(Wording, read_document(_PATH))


def said_at(stage: Stage, topic: Literal["findings", "signals", "headings"]) -> Mapping[str, str]:
    """Return the templates of a topic, those for a product before its launch in place of the others."""
    texts: Mapping[str, str] = getattr(wording(), topic)
    return texts if stage == "live" else {**texts, **wording().design.get(topic, {})}


def fill(template: str, **figures: str) -> str:
    """Return a template with its figures; braces inside a figure stay text."""
    return template.format_map(figures)


def capitalised(text: str) -> str:
    """Return a text whose first letter is a capital."""
    return text[:1].upper() + text[1:]


def listed(items: tuple[str, ...] | list[str]) -> str:
    """Return ``a``, ``a and b`` or ``a, b and c``."""
    return " and ".join([", ".join(items[:-1]), items[-1]]) if len(items) > 1 else "".join(items)


def mode_label(scores: Scores) -> str:
    """Return what kind of assessment this is, with its number of questions."""
    kind = scores.mode if scores.stage == "live" else f"{scores.stage}_{scores.mode}"
    return fill(wording().modes[kind], asked=str(scores.asked))


def factor_title(questionnaire: Questionnaire, factor: str | None) -> str:
    """Return the title of a wall factor; a dash for none."""
    return next((item.title for item in questionnaire.wall_factors if item.id == factor), DASH)


def dimension_title(questionnaire: Questionnaire, dimension: str | None) -> str:
    """Return the title of a dimension; a dash for none."""
    return next((item.title for item in questionnaire.dimensions if item.id == dimension), DASH)


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
        most = "" if costly is None else _most_text(questionnaire, scores, costly)
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


def overall_sentence(questionnaire: Questionnaire, scores: Scores) -> str:
    """Say the overall score, never without the weakest dimension."""
    texts, overall = wording().findings, scores.overall
    if not overall.effective.exists:
        return texts["overall_none"]
    low, high = score_value(overall.effective.low), score_value(overall.effective.high)
    if not overall.effective.shown or overall.weakest is None:
        return fill(texts["overall_unknown"], low=low, high=high)
    return fill(
        texts["overall"],
        overall=format_score_and_range(overall.effective),
        weakest=dimension_title(questionnaire, overall.weakest),
        weakest_score=format_score_and_range(scores.dimensions[overall.weakest].effective),
    )


def coverage_sentence(scores: Scores) -> str:
    """Say how many questions have an answer."""
    return fill(wording().findings["coverage"], answered=str(scores.answered), asked=str(scores.asked))


def carried_sentence(evaluation: Evaluation) -> str:
    """Say how many of the answers that count were taken over and not looked at; nothing when there is none."""
    given = evaluation.assessment.answers
    asked = evaluation.questionnaire.asked(evaluation.assessment.mode)
    carried = sum(question.id in given and given[question.id].carried for question in asked)
    if not carried:
        return ""
    return fill(wording().findings["carried_one" if carried == 1 else "carried"], carried=str(carried))


def applicability_sentence(found: Applicability) -> str:
    """Say how many criteria hold and the verdict that follows."""
    texts = wording().applicability
    return fill(
        texts["open" if found.unanswered else "decided"],
        held=str(len(found.held)),
        of=str(found.of),
        open=str(len(found.unanswered)),
        verdict=found.verdict,
        sentence=found.sentence,
    )


def gate_sentence(questionnaire: Questionnaire, found: DimensionScore) -> str:
    """Say the gated level of a dimension and which question blocks the next."""
    texts = wording().gates
    if found.gated_level is None:
        return texts["none"]
    top, level = questionnaire.top_level, found.gated_level
    if found.blocking_question is None:
        return fill(texts["top"], level=str(level), top=str(top))
    question = questionnaire.by_id[found.blocking_question].title
    return fill(texts["blocked"], level=str(level), top=str(top), next=str(level + 1), question=question)


def reason_sentence(evaluation: Evaluation, placement: Placement) -> str:
    """Say why an initiative stands where it stands."""
    served = evaluation.initiatives.by_id.get(placement.serves or "")
    return fill(
        wording().reasons[placement.reason],
        constraint=factor_title(evaluation.questionnaire, placement.constraint).lower(),
        serves=f"\u201c{served.title}\u201d" if served else "a later initiative",
        gain=rounded(placement.gain),
    )


def decision_sentence(economics: Economics | None, measure: str = "") -> str:
    """Return the decision in one sentence, with every figure and its range.

    Args:
        economics: the economic half of an evaluation; None when figures are missing.
        measure: what to measure first, for a range that is too wide; by default the figures marked as assumptions.
    """
    texts = wording()
    if economics is None:
        return texts.decision["none"]
    curves, decision, currency = economics.curves, economics.decision, economics.curves.currency
    now = curves.strategies["now"]
    named = decision.choice if decision.choice in curves.strategies and decision.choice != "now" else "delayed"
    later = curves.strategies[named]
    leading = now if decision.choice in ("now", "never", "too_wide") else later
    more = f" {texts.decision_later_pays}" if _pays_more_often(later, now) else ""
    return fill(
        texts.decision.get(decision.choice, texts.decision["delayed"]) + more,
        months=months(curves.months),
        start=month(later.start_month + 1 if later.start_month is not None else None),
        positive=percent(now.probability_positive),
        later_positive=percent(later.probability_positive),
        best=texts.choices.get(decision.best, texts.choices["delayed"]),
        best_probability=percent(decision.probability_best),
        evpi=money(decision.evpi, currency),
        evpi_limit=money(decision.evpi_limit, currency),
        probability_limit=percent(decision.best_probability_limit),
        measure=measure or texts.measure_default,
        **_npv_figures("npv", leading.npv, currency),
        **_npv_figures("now", now.npv, currency),
    )


def _pays_more_often(later: StrategyCurves, now: StrategyCurves) -> bool:
    """Return whether starting later pays for itself more often, as far as the simulation can tell and figures show."""
    often, less = later.probability_positive, now.probability_positive
    if often is None or less is None or now.probability_standard_error is None:
        return False
    return often > less + _STANDARD_ERRORS * now.probability_standard_error and percent(often) != percent(less)


def _npv_figures(prefix: str, npv: Summary | None, currency: str) -> Mapping[str, str]:
    if npv is None:
        return {f"{prefix}_{name}": DASH for name in ("mean", "low", "high")}
    return {
        f"{prefix}_mean": money(npv.mean, currency),
        f"{prefix}_low": short_amount(npv.p5),
        f"{prefix}_high": short_amount(npv.p95),
    }
