"""An explanation in words: its title, what wins, its terms and the caps, and what would move it most."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assessment.amounts import Amounts, Score, Term
from assessment.answers import Assessment
from assessment.explanation import Cap, Explanation, Name, Side
from assessment.instrument import option_of
from assessment.questionnaire import Questionnaire
from reports.figures_format import (
    DASH,
    format_range,
    format_score,
    format_score_and_range,
    format_severity,
    percent,
    rounded,
)
from reports.score_words import dimension_title, factor_title
from reports.wording import fill, wording

TERMS = ("What", "Answer", "Value v", "Weight w", "Share", "Adds")
CAPS = ("Constraint", "Strength k", "Severity s", "Cap", "", "Why this strength")


@dataclass(frozen=True, slots=True)
class Explained:
    """An explanation, written out.

    Attributes:
        title: which score it is.
        figure: the score with its range.
        why: the question that it answers, such as ``Why 47.0?``.
        formula: in words and symbols.
        sentences: what wins, what is open, the evidence and what would move it most.
        terms: one row a term, under the header ``TERMS``.
        caps: one row a wall factor, under the header ``CAPS``; empty where no ceiling is involved.
        questions: ids of the questions among the terms, each once, in their order.
    """

    title: str
    figure: str
    why: str
    formula: str
    sentences: tuple[str, ...]
    terms: tuple[tuple[str, ...], ...]
    caps: tuple[tuple[str, ...], ...]
    questions: tuple[str, ...]


def explained(questionnaire: Questionnaire, assessment: Assessment, found: Explanation) -> Explained:
    """Return an explanation in words, its questions in those of the assessment's stage."""
    staged = questionnaire.at_stage(assessment.stage)
    terms = tuple(_term(staged, assessment, found.name, term) for term in found.terms)
    asked = dict.fromkeys(term.id for term in found.terms if term.kind == "question")
    return Explained(
        title=score_title(staged, found.name),
        figure=_figure(found.name, found.score),
        why=why(found.name, found.score),
        formula=found.formula,
        sentences=tuple(_sentences(staged, found)),
        terms=terms,
        caps=tuple(_cap(staged, cap) for cap in found.caps),
        questions=tuple(asked),
    )


def why(name: Name, score: Score) -> str:
    """Return the question that an explanation answers, with the figure as it is shown."""
    texts = wording().explain
    if not score.exists:
        return texts["why_none"]
    if name.form == "severity":
        return fill(texts["why"], figure=format_severity(score))
    return fill(texts["why" if score.shown else "why_range"], figure=format_score(score), range=format_range(score))


def score_title(questionnaire: Questionnaire, name: Name) -> str:
    """Return which score a name stands for, in words."""
    texts = wording().explain
    if name.group == "dimension":
        return fill(texts["dimension"], title=dimension_title(questionnaire, name.id), kind=texts[name.form])
    return fill(texts[name.group], **_titles(questionnaire).get(name.name, {}))


def _titles(questionnaire: Questionnaire) -> Mapping[str, Mapping[str, str]]:
    titles = {f"factor.{item.id}": {"title": item.title} for item in questionnaire.wall_factors}
    titles |= {f"step.{item.id}": {"title": item.title} for item in questionnaire.steps}
    titles |= {f"posture.{item.id}": {"title": item.title} for item in questionnaire.posture}
    titles |= {f"lifecycle.{item.id}": {"title": item.title} for item in questionnaire.lifecycle}
    for crosswalk in questionnaire.crosswalks:
        for item in crosswalk.items:
            words = {"title": crosswalk.title, "citation": item.citation}
            titles[f"crosswalk.{crosswalk.id}.{item.id}"] = words
    return titles


def _figure(name: Name, score: Score) -> str:
    return format_severity(score) if name.form == "severity" else format_score_and_range(score)


def _term(questionnaire: Questionnaire, assessment: Assessment, name: Name, term: Term) -> tuple[str, ...]:
    decimals = 3 if name.form == "severity" else 2
    adds = DASH if term.value is None and term.kind != "whole" else _amounts(term.contribution, decimals)
    weights = (DASH, DASH) if term.kind == "whole" else (rounded(term.weight, 2), percent(term.share))
    value = DASH if term.value is None else _amounts(term.value, 1 if term.kind == "dimension" else 2)
    return (_what(questionnaire, term), _answer(questionnaire, assessment, term), value, *weights, adds)


def _what(questionnaire: Questionnaire, term: Term) -> str:
    if term.kind == "whole":
        return wording().explain["whole"]
    if term.kind == "dimension":
        return dimension_title(questionnaire, term.id)
    return questionnaire.by_id[term.id].title


def _answer(questionnaire: Questionnaire, assessment: Assessment, term: Term) -> str:
    texts = wording().explain
    if term.answer is None:
        return DASH
    if term.answer not in {"option", "figure"}:
        return texts[term.answer]
    question = questionnaire.by_id[term.id]
    option = option_of(question, assessment.answers[term.id])
    label = questionnaire.scale_of(question).options[option].label
    return fill(texts["measured"], label=label) if term.answer == "figure" else label


def _amounts(found: Amounts, decimals: int) -> str:
    """Return a figure, with its two ends in brackets where they differ from it."""
    point, low, high = (rounded(value, decimals) for value in (found.point, found.low, found.high))
    return point if point == low == high else f"{point} ({low} to {high})"


def _cap(questionnaire: Questionnaire, cap: Cap) -> tuple[str, ...]:
    allows = DASH if cap.cap is None else _amounts(cap.cap, 1)
    binds = wording().explain["binds"] if "point" in cap.binds_at else ""
    title = factor_title(questionnaire, cap.factor)
    return (title, rounded(cap.k, 2), format_severity(cap.severity), allows, binds, cap.because)


def _sentences(questionnaire: Questionnaire, found: Explanation) -> list[str]:
    texts = wording().explain
    if not found.score.exists:
        return [texts["no_score"]]
    said = _sides(found) if found.sides else []
    open_ = sum(term.is_open for term in found.terms)
    if open_:
        said.append(fill(texts["open"], count=str(open_)))
    if found.score.evidence:
        shares = ", ".join(f"{percent(share)} {kind}" for kind, share in found.score.evidence.items())
        said.append(fill(texts["evidence"], shares=shares))
    return [*said, _mover(questionnaire, found)]


def _sides(found: Explanation) -> list[str]:
    texts, (practice, ceiling) = wording().explain, found.sides
    if found.name.form == "stranded":
        return [texts["not_stranded" if "point" in practice.wins_at else "is_stranded"]]
    winner = _winner(practice, ceiling)
    turned = [texts[f"{end}_end"] for end in ("low", "high") if end not in winner.wins_at]
    return [texts["practice_wins" if winner is practice else "ceiling_wins"], *turned]


def _winner(practice: Side, ceiling: Side) -> Side:
    return practice if "point" in practice.wins_at else ceiling


def _mover(questionnaire: Questionnaire, found: Explanation) -> str:
    texts, mover = wording().explain, found.mover
    form = "effective" if found.name.group == "dimension" else found.name.form
    measured = texts[f"{form}_measured"]
    if mover is None:
        return fill(texts["no_mover"], measured=measured)
    decimals = 2 if form == "severity" else 1
    before, after = rounded(mover.before, decimals), rounded(mover.after, decimals)
    question = questionnaire.by_id[mover.question].title
    return fill(texts["mover"], question=question, measured=measured, before=before, after=after)
