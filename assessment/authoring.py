"""The editor's eye: what is wrong with the words of a questionnaire that is otherwise valid."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from assessment.authoring_guide import Guide, load_guide
from assessment.drafts import Draft
from assessment.errors import InputError, Problem
from assessment.loading import loaded_from
from assessment.questionnaire import Questionnaire
from assessment.range_rules import ranges_agree
from assessment.reading import Document
from assessment.reason_rules import enough_evidence, reasons_given, sourced
from assessment.wording_rules import (
    anchor_length,
    clinical_why,
    neighbours_differ,
    no_comparison,
    one_thing,
    own_why,
    plain_words,
    reading_level,
)

Rule = Callable[[Draft], Iterator[Problem]]
RULES: Final[tuple[Rule, ...]] = (
    anchor_length,
    plain_words,
    no_comparison,
    reading_level,
    neighbours_differ,
    ranges_agree,
    one_thing,
    clinical_why,
    own_why,
    enough_evidence,
    sourced,
    reasons_given,
)
"""Every rule, in the order in which an editor would raise them."""


def wording_problems(questionnaire: Questionnaire, document: Document, guide: Guide | None = None) -> Iterator[Problem]:
    """Yield what is wrong with the words of a valid questionnaire, live and design, rule by rule.

    Args:
        questionnaire: as it stands in the file, in the words of a live product.
        document: the file, for the line of each finding.
        guide: bounds and word lists; without one, the built-in guide. It knows one language, and a questionnaire in
            another gets that as its only finding.
    """
    draft = Draft(questionnaire, document, guide or load_guide())
    if questionnaire.language.partition("-")[0] != draft.guide.language:
        message = f"the wording rules know the language '{draft.guide.language}' only"
        yield draft.problem(("language",), message, "have the words checked by an editor of that language")
        return
    for rule in RULES:
        yield from rule(draft)


def check_wording(document: Document) -> Questionnaire:
    """Return the questionnaire, or that of the overlay, in a document when no wording rule has a finding.

    Raises:
        InputError: with every fault or finding, in order of line.
    """
    loaded = loaded_from(document)
    problems = wording_problems(loaded.questionnaire, loaded.document)
    found = sorted(problems, key=lambda problem: (problem.line or 0, str(problem)))
    if found:
        raise InputError(found)
    return loaded.questionnaire
