"""Rules that join several parts of a questionnaire file: each fault with its line and what would be right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from assessment.errors import Problem, nearest
from assessment.questionnaire import Measure, Question, Questionnaire, Scale
from assessment.reading import Document

_TOLERANCE = 1e-9
_GROUPS = (
    "scales",
    "dimensions",
    "steps",
    "wall_factors",
    "signals",
    "posture",
    "lifecycle",
    "target_presets",
    "crosswalks",
    "register_suggestions",
    "questions",
)
_CONTEXT = ("stressors", "criteria", "future_shifts", "root_causes")


def questionnaire_problems(questionnaire: Questionnaire, document: Document) -> Iterator[Problem]:
    """Yield every fault that only shows when the parts of the file are read together."""
    yield from _duplicates(questionnaire, document)
    yield from _scales(questionnaire, document)
    yield from _fed(questionnaire, document)
    yield from _strengths(questionnaire, document)
    yield from _context_and_signals(questionnaire, document)
    yield from _named_elsewhere(questionnaire, document)
    yield from _presets(questionnaire, document)
    yield from _crosswalks(questionnaire, document)
    yield from _register(questionnaire, document)
    yield from _served_before_launch(questionnaire, document)
    for index, question in enumerate(questionnaire.questions):
        yield from _question(questionnaire, question, document, ("questions", index))


def _duplicates(questionnaire: Questionnaire, document: Document) -> Iterator[Problem]:
    groups: tuple[str, ...] = (
        "scales",
        "dimensions",
        "steps",
        "wall_factors",
        "signals",
        "posture",
        "lifecycle",
        "questions",
    )
    groups += ("target_presets", "crosswalks", "register_suggestions")
    for group in groups:
        yield from _twice(getattr(questionnaire, group), document, (group,))
    seen: set[str] = set()
    for kind in _CONTEXT:
        yield from _twice(getattr(questionnaire.context, kind), document, ("context", kind), seen)


def _twice(
    items: Iterable[object], document: Document, path: tuple[str | int, ...], seen: set[str] | None = None
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
    for kind in _CONTEXT:
        for index, item in enumerate(getattr(questionnaire.context, kind)):
            path = ("context", kind, index, "dimension_weights")
            yield from _unknown(item.dimension_weights, dimensions, document, path, "dimension")
            place = ("context", kind, index, "points_to")
            yield from _unknown(item.points_to, factors, document, place, "wall factor")
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
    needed = [verdict.at_least for verdict in questionnaire.context.applicability.verdicts]
    if 0 not in needed or len(set(needed)) < len(needed):
        message = "the verdicts must begin at different numbers of criteria, one of them at 0"
        yield document.problem(("context", "applicability", "verdicts"), message, "correct 'at_least'")
    bands = [band.at_least for band in questionnaire.bands]
    if bands[0] != 0 or bands != sorted(set(bands)):
        yield document.problem(("bands",), "the bands must start at 0 and rise", "order them by 'at_least'")


def _presets(questionnaire: Questionnaire, document: Document) -> Iterator[Problem]:
    steps, top = [step.id for step in questionnaire.steps], questionnaire.top_level
    for index, preset in enumerate(questionnaire.target_presets):
        path: tuple[str | int, ...] = ("target_presets", index)
        yield from _unknown(preset.steps, steps, document, (*path, "steps"), "step")
        yield from _unknown(preset.questions, questionnaire.by_id, document, (*path, "questions"), "question")
        levels: dict[tuple[str, ...], int] = {("level",): preset.level}
        levels |= {("steps", name, "level"): item.level for name, item in preset.steps.items()}
        levels |= {("questions", name, "level"): item.level for name, item in preset.questions.items()}
        for place, level in levels.items():
            if level > top:
                yield document.problem((*path, *place), f"the target level {level} is not offered", f"use 0 to {top}")


def _crosswalks(questionnaire: Questionnaire, document: Document) -> Iterator[Problem]:
    for index, crosswalk in enumerate(questionnaire.crosswalks):
        path: tuple[str | int, ...] = ("crosswalks", index, "items")
        yield from _twice(crosswalk.items, document, path)
        for number, item in enumerate(crosswalk.items):
            place = (*path, number, "questions")
            yield from _unknown(item.questions, questionnaire.by_id, document, place, "question")


def _register(questionnaire: Questionnaire, document: Document) -> Iterator[Problem]:
    """The target register is held against questions that exist, on levels that are offered."""
    rules = questionnaire.target_register
    if rules is None:
        return
    base = ("target_register",)
    yield from _unknown([rules.step], [step.id for step in questionnaire.steps], document, (*base, "step"), "step")
    for name in ("recovery", "latency", "availability"):
        rule = getattr(rules, name)
        if rule is not None:
            place = (*base, name, "question")
            yield from _unknown([rule.question], questionnaire.by_id, document, place, "question")
    for name, level in (("latency", rules.latency), ("availability", rules.availability)):
        if level is not None and level.level > questionnaire.top_level:
            remedy = f"use 0 to {questionnaire.top_level}"
            yield document.problem((*base, name, "level"), f"the level {level.level} is not offered", remedy)
    recovery = rules.recovery and questionnaire.by_id.get(rules.recovery.question)
    if recovery and recovery.measure is None:
        message = f"the question '{recovery.id}' measures no figure"
        yield document.problem((*base, "recovery", "question"), message, "name one with 'measure'")


def _served_before_launch(questionnaire: Questionnaire, document: Document) -> Iterator[Problem]:
    """A file words its core questions for the design stage in every dimension, or no question at all."""
    worded = [question for question in questionnaire.questions if question.design is not None]
    if not worded:
        return
    core = {name for question in worded if question.core for name in question.dimensions}
    for index, dimension in enumerate(questionnaire.dimensions):
        if dimension.id not in core:
            message = f"no core question of the dimension '{dimension.id}' is worded for the design stage"
            yield document.problem(("dimensions", index), message, "add 'design' to one, or to no question at all")
    for index, question in enumerate(questionnaire.questions):
        if question.design is None and not question.not_in_design:
            message = "the question is not asked at the design stage, and nothing says why"
            yield document.problem(("questions", index), message, "add 'design', or the reason as 'not_in_design'")
        if question.design is not None and question.not_in_design:
            message = "the question has both 'design' and 'not_in_design'"
            yield document.problem(("questions", index, "not_in_design"), message, "keep one of them")


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
    if question.design is not None and len(question.design.anchors) != len(scale.options):
        message = f"it has {len(question.design.anchors)} anchors and its scale has {len(scale.options)} options"
        yield document.problem((*path, "design", "anchors"), message, "write one anchor for each option")
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
