"""What an open question could turn, in words: which constraint would set which ceiling, and which would lead."""

from __future__ import annotations

from assessment.questionnaire import Questionnaire
from assessment.turning import Outcome, Turning
from reports.figures_format import rounded
from reports.score_words import factor_title
from reports.wording import fill, listed, wording


def turning_sentence(questionnaire: Questionnaire, found: Turning) -> str:
    """Say what becomes of the ceilings at either end of an open question, and how far overall maturity could move."""
    said = [text for outcome in found.outcomes if (text := _outcome(questionnaire, outcome))]
    return f"{' '.join(said)} {fill(wording().turning['points'], points=rounded(found.points))}"


def _outcome(questionnaire: Questionnaire, outcome: Outcome) -> str:
    """Return what one end turns; empty where it turns nothing."""
    texts, parts = wording().turning, []
    for factor in dict.fromkeys(outcome.binding.values()):
        names = [item.short for item in questionnaire.dimensions if outcome.binding.get(item.id, "") == factor]
        named = {"dimensions": listed(names), "factor": factor_title(questionnaire, factor).lower()}
        parts.append(fill(texts["free" if factor is None else "binds"], **named))
    if outcome.leading:
        titles = [factor_title(questionnaire, name).lower() for name in outcome.leading]
        parts.append(fill(texts["leads" if len(titles) == 1 else "together"], factors=listed(titles)))
    return fill(texts[outcome.side], turned=listed(parts)) if parts else ""
