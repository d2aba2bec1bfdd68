"""The reference of a questionnaire, made from its file: every question and every weight, with their reasons."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from reports.document import Block, Paragraph, Section
from reports.markdown import render_markdown
from reports.sections import questionnaire_economics, questionnaire_tables
from reports.sections.question_reference import question_reference

if TYPE_CHECKING:
    from assessment.questionnaire import Question, Questionnaire, Step
    from models.initiatives import InitiativeFile

_ORIGIN = "Written by “sixstep reference” from the questionnaire file: change the file, not this text."
_AROUND = (
    questionnaire_tables.dimensions,
    questionnaire_tables.wall,
    questionnaire_tables.signals,
    questionnaire_tables.context,
    questionnaire_tables.results,
    questionnaire_tables.presets,
    questionnaire_tables.crosswalks,
    questionnaire_economics.register,
    questionnaire_economics.economics,
    questionnaire_tables.policies,
    questionnaire_tables.sources,
)
"""What stands around the questions, in the order in which it is printed."""


def questionnaire_reference(questionnaire: Questionnaire, initiatives: InitiativeFile | None = None) -> str:
    """Return a questionnaire as one Markdown text; the same file gives the same text.

    Args:
        questionnaire: in the words of a live product, as it is loaded; those of the design stage stand beside them.
        initiatives: the work that raises its questions; without it, no question says what does.
    """
    preface = (questionnaire.summary, f"{questionnaire.id}, version {questionnaire.version}. {_ORIGIN}")
    return render_markdown(questionnaire.title, preface, _sections(questionnaire, initiatives))


def _sections(questionnaire: Questionnaire, initiatives: InitiativeFile | None) -> Iterator[Section]:
    yield questionnaire_tables.scales(questionnaire)
    for number, step in enumerate(questionnaire.steps, 1):
        blocks = (*_told(step), *_asked(questionnaire, questionnaire.of_step(step.id, "full"), initiatives))
        yield Section(step.id, f"Step {number}: {step.title}", blocks)
    for describe in _AROUND:
        section = describe(questionnaire)
        if section.blocks:
            yield section


def _told(step: Step) -> Iterator[Block]:
    yield from (Paragraph(text) for text in (step.summary, *step.narrative))


def _asked(
    questionnaire: Questionnaire, questions: tuple[Question, ...], initiatives: InitiativeFile | None
) -> Iterator[Block]:
    for question in questions:
        yield from question_reference(questionnaire, question, initiatives)
