"""What becomes of answers when the questionnaire changes: they carry over by the stable id of their question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assessment.answers import Answer, Assessment
from assessment.questionnaire import Question, Questionnaire


@dataclass(frozen=True, slots=True)
class Carried:
    """What becomes of answers under another questionnaire; nothing is thrown away.

    Attributes:
        answers: the answers that fit, by question id.
        left: answers whose question is not asked there.
        misfits: answers that the question does not take there: an option off its scale, a figure where none is asked.
        reworded: answered questions whose words, options or thresholds differ, so that somebody looks again.
    """

    answers: Mapping[str, Answer]
    left: Mapping[str, Answer]
    misfits: Mapping[str, Answer]
    reworded: tuple[str, ...]


def carry(assessment: Assessment, questionnaire: Questionnaire, before: Questionnaire | None = None) -> Carried:
    """Return what becomes of the answers of an assessment under another questionnaire.

    Args:
        assessment: the answers, which are not changed.
        questionnaire: the questionnaire to carry them to.
        before: the one they were given on; without it nothing can be said about reworded questions.
    """
    there = questionnaire.at_stage(assessment.stage)
    here = None if before is None else before.at_stage(assessment.stage)
    asked = {name: answer for name, answer in assessment.answers.items() if name in there.by_id}
    fitting = {name: answer for name, answer in asked.items() if _fits(there, there.by_id[name], answer)}
    reworded = (
        () if here is None else tuple(name for name in there.by_id if name in asked and _moved(here, there, name))
    )
    return Carried(
        answers=fitting,
        left={name: answer for name, answer in assessment.answers.items() if name not in asked},
        misfits={name: answer for name, answer in asked.items() if name not in fitting},
        reworded=reworded,
    )


def _fits(questionnaire: Questionnaire, question: Question, answer: Answer) -> bool:
    if answer.option is not None:
        return answer.option < len(questionnaire.scale_of(question).options)
    return answer.figure is None or question.measure is not None


def _moved(before: Questionnaire, after: Questionnaire, name: str) -> bool:
    old, new = before.by_id.get(name), after.by_id[name]
    if old is None:
        return False
    words = any(getattr(old, field) != getattr(new, field) for field in ("prompt", "hint", "anchors", "measure"))
    return words or before.scale_of(old).options != after.scale_of(new).options
