"""One question of a questionnaire, whole: its words, its levels, and everything that its answer feeds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from assessment.targets import proposed_target
from reports.document import Block, Bullets, Heading, Paragraph
from reports.figures_format import percent, plain

if TYPE_CHECKING:
    from assessment.questionnaire import Measure, Question, Questionnaire, Reference
    from models.initiatives import InitiativeFile


def question_reference(
    questionnaire: Questionnaire, question: Question, initiatives: InitiativeFile | None
) -> Iterator[Block]:
    """Yield a question: what is asked, what the levels are, what it feeds, and how it is put before launch."""
    yield Heading(question.title)
    core = "core question" if question.core else "full assessment only"
    yield Paragraph(f"{question.id}; {core}. Stands for: {question.seed}.", "Id")
    yield Paragraph(question.prompt, "Question")
    yield Paragraph(question.hint, "Hint")
    yield Paragraph(question.why, "Why it matters")
    yield from _levels(questionnaire, question, question.anchors)
    if question.measure is not None:
        yield Paragraph(_measured(question.measure), "Measured")
    yield from _list("Evidence", question.evidence)
    yield from _feeds(questionnaire, question)
    yield from _raised_by(question, initiatives)
    yield from _list("Sources", [cited(questionnaire.references[name]) for name in question.references])
    yield from _before_launch(questionnaire, question)


def cited(reference: Reference) -> str:
    """Return a source as it is cited: title, section, year, and its standing where it is a rule."""
    status = "" if reference.status == "published" else f" ({reference.status})"
    return f"{reference.title}. {reference.section}. {reference.year}{status}."


def fed_titles(questionnaire: Questionnaire) -> dict[str, str]:
    """Return the titles of what answers feed, dimensions and wall factors, by id."""
    dimensions = {item.id: item.title for item in questionnaire.dimensions}
    return dimensions | {item.id: item.title for item in questionnaire.wall_factors}


def _levels(questionnaire: Questionnaire, question: Question, anchors: Sequence[str]) -> Iterator[Block]:
    options = questionnaire.scale_of(question).options
    shown = [
        f"{option.label}, worth {plain(option.value)}: {text}" for option, text in zip(options, anchors, strict=True)
    ]
    yield from _list("Levels", shown)


def _measured(measure: Measure) -> str:
    """Return what is measured and where the options meet; a figure on a boundary has the better option."""
    boundaries = ", ".join(plain(figure) for figure in measure.thresholds)
    reason = f" {measure.because}" if measure.because else ""
    return (
        f"{measure.name}, in {measure.unit}; {measure.better} is better. "
        f"Boundaries from the lowest level upwards: {boundaries}.{reason}"
    )


def _feeds(questionnaire: Questionnaire, question: Question) -> Iterator[Block]:
    titles = fed_titles(questionnaire)
    parts = [f"practice of {titles[name]} (weight {plain(weight)})" for name, weight in question.dimensions.items()]
    parts += [f"severity of {titles[name]} (weight {plain(weight)})" for name, weight in question.factors.items()]
    weight = "" if question.weight == 1 else f" The question itself counts {plain(question.weight)} times."
    reason = f" {question.because}" if question.because else ""
    yield Paragraph(f"{'; '.join(parts)}.{weight}{reason}", "Feeds")
    yield from _list("Weight raised by", _stressors(questionnaire, question))
    arcs = [arc.title for arc in questionnaire.lifecycle if arc.id in question.lifecycle]
    if arcs:
        yield Paragraph(f"{', '.join(arcs)}.", "Lifecycle")
    yield from _list("Posture", _posture(questionnaire, question))
    yield from _list("Rules that the answer bears on", _crosswalks(questionnaire, question))
    targets = _targets(questionnaire, question)
    if targets:
        yield Paragraph(f"{'; '.join(targets)}.", "Target level")


def _stressors(questionnaire: Questionnaire, question: Question) -> list[str]:
    titles = {item.id: item.title for item in questionnaire.context.stressors}
    return [
        f"{titles[name]}, by up to {percent(uplift.weight)}. {uplift.because}"
        for name, uplift in question.stressors.items()
    ]


def _posture(questionnaire: Questionnaire, question: Question) -> list[str]:
    found = [(row, row.questions[question.id]) for row in questionnaire.posture if question.id in row.questions]
    return [f"{row.title} (weight {plain(item.weight)}). {item.because}" for row, item in found]


def _crosswalks(questionnaire: Questionnaire, question: Question) -> list[str]:
    return [
        f"{item.citation}, {item.topic} ({item.obligation}). {item.questions[question.id]}"
        for crosswalk in questionnaire.crosswalks
        for item in crosswalk.items
        if question.id in item.questions
    ]


def _targets(questionnaire: Questionnaire, question: Question) -> list[str]:
    options = questionnaire.scale_of(question).options
    return [
        f"{preset.title}: {options[proposed_target(questionnaire, preset, question).option].label}"
        for preset in questionnaire.target_presets
    ]


def _raised_by(question: Question, initiatives: InitiativeFile | None) -> Iterator[Block]:
    if initiatives is None:
        return
    found = [
        f"{work.title} (from level {rise.start} to level {rise.to})"
        for work in initiatives.initiatives
        for rise in work.raises
        if rise.question == question.id
    ]
    yield from _list("Raised by", found)


def _before_launch(questionnaire: Questionnaire, question: Question) -> Iterator[Block]:
    if question.design is None:
        if question.not_in_design:
            yield Paragraph(f"Not asked. {question.not_in_design}", "Before launch")
        return
    yield Heading("Before launch", 3)
    yield Paragraph(question.design.prompt, "Question")
    yield Paragraph(question.design.hint, "Hint")
    yield from _levels(questionnaire, question, question.design.anchors)
    yield from _list("Evidence", question.design.evidence)


def _list(label: str, items: Sequence[str]) -> Iterator[Block]:
    """Yield a label and its list, or nothing for an empty list."""
    if items:
        yield Paragraph("", label)
        yield Bullets(tuple(items))
