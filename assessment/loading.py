"""The questionnaire loader: every rule that joins several parts of the file, with line and remedy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

from assessment.answers import Assessment
from assessment.errors import InputError, Problem, nearest
from assessment.questionnaire import Measure, Question, Questionnaire, Scale
from assessment.reading import Document, read_document, validate

_TOLERANCE = 1e-9


def load_questionnaire(path: Path) -> Questionnaire:
    """Read and check a questionnaire file.

    Raises:
        InputError: with every fault found, each naming file, line, question id and what would be right.
    """
    return questionnaire_from(read_document(path))


def questionnaire_from(document: Document) -> Questionnaire:
    """Return the questionnaire in a parsed document; see :func:`load_questionnaire`."""
    questionnaire = validate(Questionnaire, document)
    _raise_if_any(_rules(questionnaire, document))
    return questionnaire


def load_assessment(path: Path) -> Assessment:
    """Read a portable assessment; answers are checked against a questionnaire by :func:`check_answers`."""
    return validate(Assessment, read_document(path))


def _raise_if_any(problems: Iterable[Problem]) -> None:
    found = sorted(problems, key=lambda problem: (problem.line or 0, str(problem)))
    if found:
        raise InputError(found)


def _rules(questionnaire: Questionnaire, document: Document) -> Iterator[Problem]:
    yield from _duplicates(questionnaire, document)
    yield from _scales(questionnaire, document)
    yield from _fed(questionnaire, document)
    yield from _strengths(questionnaire, document)
    yield from _context_and_signals(questionnaire, document)
    yield from _named_elsewhere(questionnaire, document)
    for index, question in enumerate(questionnaire.questions):
        yield from _question(questionnaire, question, document, ("questions", index))


def _duplicates(questionnaire: Questionnaire, document: Document) -> Iterator[Problem]:
    groups = ("scales", "dimensions", "steps", "wall_factors", "signals", "posture", "lifecycle", "questions")
    for group in groups:
        yield from _twice(getattr(questionnaire, group), document, (group,))
    seen: set[str] = set()
    for kind in ("stressors", "criteria", "future_shifts", "root_causes"):
        yield from _twice(getattr(questionnaire.context, kind), document, ("context", kind), seen)


def _twice(
    items: Iterable[object], document: Document, path: tuple[str, ...], seen: set[str] | None = None
) -> Iterator[Problem]:
    known = set() if seen is None else seen
    for index, item in enumerate(items):
        name = str(getattr(item, "id", ""))
        if name in known:
            yield document.problem((*path, index, "id"), f"the id '{name}' stands twice", "give each item its own id")
        known.add(name)


def _scales(questionnaire: Questionnaire, document: Document) -> Iterator[Problem]:
    if questionnaire.default_scale not in questionnaire.scales_by_id:
        remedy = nearest(questionnaire.default_scale, questionnaire.scales_by_id)
        yield document.problem(("default_scale",), f"no scale '{questionnaire.default_scale}'", remedy)


def _fed(questionnaire: Questionnaire, document: Document) -> Iterator[Problem]:
    """A wall factor and a dimension must each be measured by something, or their score would be invented."""
    measured = {factor for question in questionnaire.questions for factor in question.factors}
    for index, factor in enumerate(questionnaire.wall_factors):
        if factor.id not in measured:
            remedy = "name it under 'factors' of a question"
            yield document.problem(("wall_factors", index), f"no question feeds the wall factor '{factor.id}'", remedy)
    core = {name for question in questionnaire.questions if question.core for name in question.dimensions}
    for index, dimension in enumerate(questionnaire.dimensions):
        if dimension.id not in core:
            message = f"the dimension '{dimension.id}' has no core question"
            yield document.problem(("dimensions", index), message, "mark one of its questions 'core: true'")


def _strengths(questionnaire: Questionnaire, document: Document) -> Iterator[Problem]:
    names = [dimension.id for dimension in questionnaire.dimensions]
    for index, factor in enumerate(questionnaire.wall_factors):
        path = ("wall_factors", index, "strengths")
        yield from _unknown(factor.strengths, names, document, path, "dimension")
        for name in names:
            if name not in factor.strengths:
                message = f"the wall factor '{factor.id}' has no strength for '{name}'"
                yield document.problem(path, message, "add one; k: 0 means that it sets no ceiling")
    total = sum(factor.capacity_weight for factor in questionnaire.wall_factors)
    if questionnaire.wall_factors and abs(total - 1) > _TOLERANCE:
        message = f"the capacity weights of the wall factors add up to {total:g}"
        yield document.problem(("wall_factors",), message, "make them add up to 1")


def _context_and_signals(questionnaire: Questionnaire, document: Document) -> Iterator[Problem]:
    dimensions = [dimension.id for dimension in questionnaire.dimensions]
    factors = [factor.id for factor in questionnaire.wall_factors]
    for kind in ("stressors", "criteria", "future_shifts", "root_causes"):
        for index, item in enumerate(getattr(questionnaire.context, kind)):
            path = ("context", kind, index, "dimension_weights")
            yield from _unknown(item.dimension_weights, dimensions, document, path, "dimension")
    for index, signal in enumerate(questionnaire.signals):
        yield from _unknown(signal.supports, factors, document, ("signals", index, "supports"), "wall factor")


def _named_elsewhere(questionnaire: Questionnaire, document: Document) -> Iterator[Problem]:
    dimensions = [dimension.id for dimension in questionnaire.dimensions]
    signals = [signal.id for signal in questionnaire.signals]
    factors = [factor.id for factor in questionnaire.wall_factors]
    for index, row in enumerate(questionnaire.posture):
        path = ("posture", index, "questions")
        yield from _unknown(row.questions, questionnaire.by_id, document, path, "question")
    for key, effect in questionnaire.economics.effects.items():
        place = ("economics", "effects", key, "dimensions")
        yield from _unknown(effect.dimensions, dimensions, document, place, "dimension")
        if abs(sum(effect.dimensions.values()) - 1) > _TOLERANCE:
            yield document.problem(place, f"the weights of the effect '{key}' do not add up to 1", "make them")
    for key, rule in questionnaire.economics.baseline.items():
        base = ("economics", "baseline", key)
        yield from _unknown(rule.signals, signals, document, (*base, "signals"), "signal")
        yield from _unknown(rule.factors, factors, document, (*base, "factors"), "wall factor")
    bands = [band.at_least for band in questionnaire.bands]
    if bands[0] != 0 or bands != sorted(set(bands)):
        yield document.problem(("bands",), "the bands must start at 0 and rise", "order them by 'at_least'")


def _question(
    questionnaire: Questionnaire, question: Question, document: Document, path: tuple[str | int, ...]
) -> Iterator[Problem]:
    names = {
        "dimensions": [dimension.id for dimension in questionnaire.dimensions],
        "factors": [factor.id for factor in questionnaire.wall_factors],
        "stressors": [stressor.id for stressor in questionnaire.context.stressors],
        "lifecycle": [arc.id for arc in questionnaire.lifecycle],
        "references": list(questionnaire.references),
    }
    for field, known in names.items():
        yield from _unknown(getattr(question, field), known, document, (*path, field), _KINDS[field])
    steps = [step.id for step in questionnaire.steps]
    yield from _unknown([question.step], steps, document, (*path, "step"), "step")
    if not question.references:
        yield document.problem((*path, "references"), "the question has no source", "name at least one reference")
    if not question.dimensions and not question.factors:
        yield document.problem(path, "the question feeds no dimension and no wall factor", "name one of them")
    yield from _own_cap(questionnaire, question, document, path)
    yield from _scale_rules(questionnaire, question, document, path)


_KINDS = {
    "dimensions": "dimension",
    "factors": "wall factor",
    "stressors": "stressor",
    "lifecycle": "lifecycle arc",
    "references": "reference",
}


def _own_cap(
    questionnaire: Questionnaire, question: Question, document: Document, path: tuple[str | int, ...]
) -> Iterator[Problem]:
    """A question that measures a wall factor may not also feed a practice which that factor caps."""
    for factor in questionnaire.wall_factors:
        for dimension in question.dimensions:
            strength = factor.strengths.get(dimension)
            if factor.id in question.factors and strength is not None and strength.k > 0:
                message = f"it measures '{factor.id}' and feeds '{dimension}', which that factor caps"
                yield document.problem(path, message, "let it feed one of the two")


def _scale_rules(
    questionnaire: Questionnaire, question: Question, document: Document, path: tuple[str | int, ...]
) -> Iterator[Problem]:
    name = question.scale or questionnaire.default_scale
    scale = questionnaire.scales_by_id.get(name)
    if scale is None:
        if question.scale is not None:
            yield document.problem((*path, "scale"), f"no scale '{name}'", nearest(name, questionnaire.scales_by_id))
        return
    if len(question.anchors) != len(scale.options):
        message = f"it has {len(question.anchors)} anchors and its scale has {len(scale.options)} options"
        yield document.problem((*path, "anchors"), message, "write one anchor for each option")
    if question.measure is not None:
        yield from _thresholds(question.measure, scale, document, (*path, "measure", "thresholds"))


def _thresholds(measure: Measure, scale: Scale, document: Document, path: tuple[str | int, ...]) -> Iterator[Problem]:
    wanted = len(scale.options) - 1
    if len(measure.thresholds) != wanted:
        message = f"there are {len(measure.thresholds)} thresholds for {len(scale.options)} options"
        yield document.problem(path, message, f"write {wanted}, so that every figure has exactly one option")
    direction = -1 if measure.better == "lower" else 1
    signed = [direction * threshold for threshold in measure.thresholds]
    if any(later <= earlier for earlier, later in pairwise(signed)):
        word = "fall" if direction < 0 else "rise"
        message = f"with 'better: {measure.better}' the thresholds must {word} strictly"
        yield document.problem(path, message, "order them so that no two options overlap")


def _unknown(
    names: Iterable[str], known: Iterable[str], document: Document, path: tuple[str | int, ...], kind: str
) -> Iterator[Problem]:
    allowed = list(known)
    for index, name in enumerate(names):
        if name not in allowed:
            by_key = (*path, name)
            place = by_key if by_key in document.lines else (*path, index)
            yield document.problem(place, f"no {kind} '{name}' in this file", nearest(name, allowed))


def check_answers(questionnaire: Questionnaire, assessment: Assessment, document: Document | None = None) -> None:
    """Refuse answers that the questionnaire does not allow; answers to questions that have left are kept.

    Raises:
        InputError: for another questionnaire, an option off the scale, or a figure where none is asked.
    """
    where = document or Document(None, "", {})
    _raise_if_any(_answer_rules(questionnaire, assessment, where))


def _answer_rules(questionnaire: Questionnaire, assessment: Assessment, document: Document) -> Iterator[Problem]:
    if assessment.questionnaire.id != questionnaire.id:
        message = f"the answers belong to the questionnaire '{assessment.questionnaire.id}'"
        yield document.problem(("questionnaire", "id"), message, f"this one is '{questionnaire.id}'")
        return
    for name, answer in assessment.answers.items():
        question = questionnaire.by_id.get(name)
        path = ("answers", name)
        if question is None:
            if assessment.questionnaire.version == questionnaire.version:
                yield document.problem(path, f"no question '{name}'", nearest(name, questionnaire.by_id), name)
            continue
        options = len(questionnaire.scale_of(question).options)
        if answer.option is not None and answer.option >= options:
            message = f"option {answer.option} is not on its scale"
            yield document.problem(path, message, f"use 0 to {options - 1}", name)
        if answer.figure is not None and question.measure is None:
            yield document.problem(path, "a figure is given and none is asked", "give an option instead", name)
    yield from _item_rules(questionnaire, assessment, document)


def _item_rules(questionnaire: Questionnaire, assessment: Assessment, document: Document) -> Iterator[Problem]:
    same = assessment.questionnaire.version == questionnaire.version
    items = {item.id: len(item.anchors) for item in questionnaire.context.items}
    signals = {signal.id: len(signal.anchors) for signal in questionnaire.signals}
    levels = {name: answer.level for name, answer in assessment.signals.items()}
    for group, known, given in (("context", items, dict(assessment.context)), ("signals", signals, levels)):
        for name, level in given.items():
            if name not in known:
                if same:
                    yield document.problem((group, name), f"no {group} item '{name}'", nearest(name, known), name)
            elif level is not None and level >= known[name]:
                remedy = f"use 0 to {known[name] - 1}"
                yield document.problem((group, name), f"level {level} is not offered", remedy, name)
