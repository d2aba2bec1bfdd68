"""Loading questionnaires and assessments: every fault named with file, line and remedy."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assessment.answers import Assessment
from assessment.errors import InputError, Problem, nearest
from assessment.file_rules import questionnaire_problems
from assessment.overlay import Overlay, base_of, is_overlay, lay
from assessment.questionnaire import Questionnaire
from assessment.reading import Document, read_document, validate
from questionnaires import QUESTIONNAIRE

Installed = Callable[[str], Sequence[Questionnaire]]
"""Finds the installed questionnaires of an id, the oldest version first: what an overlay may be laid over."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A questionnaire, the document it was read from, and a sentence for each part that an overlay left with nothing.

    The document of an overlay is the whole that it gives, where each part knows its line in the overlay.
    """

    questionnaire: Questionnaire
    document: Document
    left_out: tuple[str, ...] = ()


@cache
def built_in_questionnaire() -> Questionnaire:
    """Return the questionnaire that comes with the product, read once."""
    return _whole(read_document(QUESTIONNAIRE))


def built_in(name: str) -> tuple[Questionnaire, ...]:
    """Return the built-in questionnaire when it has this id."""
    found = built_in_questionnaire()
    return (found,) if found.id == name else ()


def load_questionnaire(path: Path, installed: Installed = built_in) -> Questionnaire:
    """Read and check a questionnaire file, or an overlay over one that is installed.

    Raises:
        InputError: with every fault found, each naming file, line, question id and what would be right.
    """
    return loaded_from(read_document(path), installed).questionnaire


def loaded_from(document: Document, installed: Installed = built_in) -> Loaded:
    """Return the questionnaire in a parsed document; see :func:`load_questionnaire`."""
    if not is_overlay(document):
        return Loaded(_whole(document), document)
    overlay = validate(Overlay, document)
    laid = lay(overlay, base_of(overlay, installed(overlay.extends), document), document)
    return Loaded(_whole(laid.document), laid.document, laid.left_out)


def questionnaire_from(document: Document) -> Questionnaire:
    """Return the questionnaire in a parsed document; see :func:`load_questionnaire`."""
    return loaded_from(document).questionnaire


def _whole(document: Document) -> Questionnaire:
    questionnaire = validate(Questionnaire, document)
    _raise_if_any(questionnaire_problems(questionnaire, document))
    return questionnaire


def load_assessment(path: Path) -> Assessment:
    """Read a portable assessment; answers are checked against a questionnaire by :func:`check_answers`."""
    return validate(Assessment, read_document(path))


def _raise_if_any(problems: Iterable[Problem]) -> None:
    found = sorted(problems, key=lambda problem: (problem.line or 0, str(problem)))
    if found:
        raise InputError(found)


def check_answers(questionnaire: Questionnaire, assessment: Assessment, document: Document | None = None) -> None:
    """Refuse answers that the questionnaire does not allow; answers to questions that have left are kept.

    Raises:
        InputError: for another questionnaire, an option off the scale, or a figure where none is asked.
    """
    where = document or Document(None, "", {})
    _raise_if_any(_answer_rules(questionnaire.at_stage(assessment.stage), assessment, where))


def _answer_rules(questionnaire: Questionnaire, assessment: Assessment, document: Document) -> Iterator[Problem]:
    if assessment.questionnaire.id != questionnaire.id:
        message = f"the answers belong to the questionnaire '{assessment.questionnaire.id}'"
        yield document.problem(("questionnaire", "id"), message, f"this one is '{questionnaire.id}'")
        return
    for name, answer in assessment.answers.items():
        question = questionnaire.by_id.get(name)
        path = ("answers", name)
        if question is None:
            if name not in questionnaire.not_asked and _all_asked(questionnaire, assessment):
                yield document.problem(path, f"no question '{name}'", nearest(name, questionnaire.by_id), name)
            continue
        options = len(questionnaire.scale_of(question).options)
        if answer.option is not None and answer.option >= options:
            message = f"option {answer.option} is not on its scale"
            yield document.problem(path, message, f"use 0 to {options - 1}", name)
        if answer.figure is not None and question.measure is None:
            yield document.problem(path, "a figure is given and none is asked", "give an option instead", name)
    yield from _item_rules(questionnaire, assessment, document)
    yield from _beside_rules(questionnaire, assessment, document)


def _all_asked(questionnaire: Questionnaire, assessment: Assessment) -> bool:
    """Whether everything in an assessment must be asked here; else it may stem from another version, and is kept."""
    return assessment.questionnaire.version == questionnaire.version and not assessment.moved_from


def _beside_rules(questionnaire: Questionnaire, assessment: Assessment, document: Document) -> Iterator[Problem]:
    """Votes and targets must lie on the scale of their question, and the preset must exist."""
    presets = [preset.id for preset in questionnaire.target_presets]
    same = _all_asked(questionnaire, assessment)
    if same and assessment.target_preset and assessment.target_preset not in presets:
        message = f"no target preset '{assessment.target_preset}'"
        yield document.problem(("target_preset",), message, nearest(assessment.target_preset, presets))
    chosen = [("votes", name, vote.option) for name, votes in assessment.votes.items() for vote in votes]
    for group, name, option in [*chosen, *(("targets", name, level) for name, level in assessment.targets.items())]:
        question = questionnaire.by_id.get(name)
        if question is None:
            if same and name not in questionnaire.not_asked:
                yield document.problem((group, name), f"no question '{name}'", nearest(name, questionnaire.by_id), name)
        elif option is not None and option >= (options := len(questionnaire.scale_of(question).options)):
            message = f"option {option} is not on its scale"
            yield document.problem((group, name), message, f"use 0 to {options - 1}", name)


def _item_rules(questionnaire: Questionnaire, assessment: Assessment, document: Document) -> Iterator[Problem]:
    same = _all_asked(questionnaire, assessment)
    items = {item.id: len(item.anchors) for item in questionnaire.context.items}
    signals = {signal.id: len(signal.anchors) for signal in questionnaire.signals}
    levels = {name: answer.level for name, answer in assessment.signals.items()}
    asked: list[tuple[str, dict[str, int], dict[str, int | None]]] = [("context", items, dict(assessment.context))]
    if questionnaire.stage == "live":
        asked.append(("signals", signals, levels))
    for group, known, given in asked:
        for name, level in given.items():
            if name not in known:
                if same:
                    yield document.problem((group, name), f"no {group} item '{name}'", nearest(name, known), name)
            elif level is not None and level >= known[name]:
                remedy = f"use 0 to {known[name] - 1}"
                yield document.problem((group, name), f"level {level} is not offered", remedy, name)
