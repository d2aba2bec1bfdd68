"""What a report does not know, in order of weight: sentences by key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.analysis_words import worth_in_summary
from reports.figures_format import money, percent
from reports.score_words import carried_sentence
from reports.wording import fill, wording

if TYPE_CHECKING:
    from assessment.questionnaire import Question
    from models.evaluation import Evaluation

_MISSING_SHOWN = 3
_OPEN_SHOWN = 3


def unknowns(evaluation: Evaluation) -> list[str]:
    """Say what the report does not know, in order of weight."""
    return list(keyed_unknowns(evaluation).values())


def keyed_unknowns(evaluation: Evaluation) -> dict[str, str]:
    """Return the same sentences by a key that stays when figures move."""
    texts, scores = wording().unknowns, evaluation.scores
    open_ = open_questions(evaluation)
    found = {}
    if open_:
        found["open"] = fill(texts["open_questions"], open=str(len(open_)), asked=str(scores.asked))
        found["unknown"] = _named(open_)
    else:
        found["open"] = fill(wording().findings["all_known"], asked=str(scores.asked))
    carried = carried_sentence(evaluation)
    if carried:
        found["carried"] = carried
    claimed = _claimed(evaluation)
    if claimed:
        found["claims"] = fill(texts["claims"], share=percent(claimed))
    return {**found, **_disagreements(evaluation), **_unknown_money(evaluation)}


def open_questions(evaluation: Evaluation) -> list[Question]:
    """Return the asked questions that are unanswered or unknown, in the order of the questionnaire."""
    answers = evaluation.assessment.answers
    asked = evaluation.questionnaire.asked(evaluation.assessment.mode)
    return [question for question in asked if question.id not in answers or answers[question.id].unknown]


def _named(open_: list[Question]) -> str:
    """Name the first open questions, and say how many more there are."""
    names = "; ".join(question.title for question in open_[:_OPEN_SHOWN])
    more = len(open_) - _OPEN_SHOWN
    return fill(wording().board["open_named" if more <= 0 else "open_more"], names=names, more=str(more))


def _claimed(evaluation: Evaluation) -> float:
    """Return the mean share of answered weight that is claimed only, over the dimensions."""
    shares = [found.evidence.get("claimed", 0.0) for found in evaluation.scores.dimensions.values() if found.evidence]
    return sum(shares) / len(shares) if shares else 0.0


def _disagreements(evaluation: Evaluation) -> dict[str, str]:
    found = [item for item in evaluation.scores.diagnosis if item.agreement in ("signals_only", "answers_only")]
    if not found:
        return {}
    titles = {item.id: item.title for item in evaluation.questionnaire.wall_factors}
    names = ", ".join(titles[item.factor].lower() for item in found)
    return {"disagreement": fill(wording().unknowns["disagreement"], factors=names)}


def _unknown_money(evaluation: Evaluation) -> dict[str, str]:
    texts, economics = wording().unknowns, evaluation.economics
    if economics is None:
        missing = evaluation.missing[:_MISSING_SHOWN]
        more = len(evaluation.missing) - len(missing)
        tail = f" And {more} more." if more > 0 else ""
        return {"no_economics": fill(texts["no_economics"], missing=" ".join(missing) + tail)}
    figures = economics.inputs.figures.values()
    graded = evaluation.parameters.by_symbol
    assumed = sum(
        figure.origin == "proposed" or (figure.origin == "default" and graded[figure.symbol].grade == "assumption")
        for figure in figures
    )
    currency = economics.curves.currency
    found = {
        "assumptions": fill(texts["assumptions"], count=str(assumed), of=str(len(figures))),
        "widest": fill(texts["widest"], evpi=money(economics.decision.evpi, currency)),
    }
    if evaluation.analysis is not None:
        found["worth"] = worth_in_summary(evaluation.analysis.matters, evaluation.parameters, currency)
    now = economics.curves.strategies["now"].npv
    if economics.other_end_npv is not None and now is not None:
        other, mean = money(economics.other_end_npv, currency), money(now.mean, currency)
        if other != mean:
            found["other_end"] = fill(texts["other_end"], other=other, now=mean)
    return found
