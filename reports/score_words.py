"""Scores in words: titles, the overall score, how many answers it rests on, gates and applicability."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assessment.amounts import reaching_below
from assessment.answers import Answer
from assessment.instrument import option_of
from assessment.questionnaire import Question, Questionnaire
from assessment.scores import Applicability, DimensionScore, Scores
from reports.figures_format import DASH, format_range, format_score_and_range, score_value
from reports.wording import fill, listed, wording

if TYPE_CHECKING:
    from models.evaluation import Evaluation


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
        lower=_lower(questionnaire, scores, overall.weakest),
    )


def _lower(questionnaire: Questionnaire, scores: Scores, weakest: str) -> str:
    """Name every other dimension whose range reaches below the highest that the weakest can be; nothing for none."""
    found = {item.id: scores.dimensions[item.id].effective for item in questionnaire.dimensions}
    others = [
        f"{dimension_title(questionnaire, name)} ({format_range(found[name])})"
        for name in reaching_below(found, weakest)
    ]
    return fill(wording().findings["overall_lower"], others=listed(others)) if others else ""


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


def answer_words(questionnaire: Questionnaire, question: Question, answer: Answer | None) -> str:
    """Return the level that an answer stands at, or why it stands at none."""
    if answer is None:
        return "not answered"
    if answer.unknown:
        return "don\u2019t know"
    if answer.not_applicable is not None:
        return "not applicable"
    return questionnaire.scale_of(question).options[option_of(question, answer)].label


def gate_sentence(questionnaire: Questionnaire, found: DimensionScore) -> str:
    """Say the gated level of a dimension and which question blocks the next."""
    texts = wording().gates
    if found.gated_level is None:
        return texts["none"]
    if not found.coverage:
        return texts["open"]
    top, level = questionnaire.top_level, found.gated_level
    if found.blocking_question is None:
        return fill(texts["top"], level=str(level), top=str(top))
    question = questionnaire.by_id[found.blocking_question].title
    return fill(texts["blocked"], level=str(level), top=str(top), next=str(level + 1), question=question)
