"""What the answers say of a rule, paragraph by paragraph: a reading of the answers, never a finding of compliance."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from assessment.feeds import CrosswalkItem
from assessment.questionnaire import Questionnaire
from assessment.scores import Score


def paragraph_weights(questionnaire: Questionnaire, item: CrosswalkItem) -> dict[str, float]:
    """Return the weight of each question in a paragraph: its own, since a rule weighs none above another."""
    known = questionnaire.by_id
    return {name: known[name].weight for name in item.questions if name in known}


def crosswalk_scores(
    questionnaire: Questionnaire, mean: Callable[[Mapping[str, float]], Score]
) -> dict[str, dict[str, Score]]:
    """Return the score (0-100) of each paragraph by crosswalk and paragraph id.

    Args:
        questionnaire: whose crosswalks are read.
        mean: gives the weighted mean of questions as a score with its range; those that are not asked or not
            applicable leave it.
    """
    return {
        crosswalk.id: {item.id: mean(paragraph_weights(questionnaire, item)) for item in crosswalk.items}
        for crosswalk in questionnaire.crosswalks
    }
