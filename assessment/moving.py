"""What would move a score most: each answered question is raised to the top in turn, and the score is read again."""

from __future__ import annotations

from collections.abc import Callable

from assessment.crosswalk import paragraph_weights
from assessment.explanation import Mover, Name
from assessment.instrument import Levels, effective, hundredfold, overall, severity
from assessment.sheet import Sheet

_LEAST_GAIN = 1e-9  # points below which a rise is rounding


def mean_weights(sheet: Sheet, name: Name) -> dict[str, float]:
    """Return the weights of a plain mean, over the questions that are asked."""
    instrument = sheet.instrument
    if name.group == "crosswalk":
        return _paragraph(sheet, name.id)
    groups = {
        "step": instrument.step_weights,
        "posture": instrument.posture_weights,
        "lifecycle": instrument.lifecycle_weights,
    }
    return groups[name.group][name.id]


def _paragraph(sheet: Sheet, wanted: str) -> dict[str, float]:
    crosswalks = sheet.questionnaire.crosswalks
    named = {f"{crosswalk.id}.{item.id}": item for crosswalk in crosswalks for item in crosswalk.items}
    asked = {question.id for question in sheet.instrument.questions}
    found = paragraph_weights(sheet.questionnaire, named[wanted])
    return {question: weight for question, weight in found.items() if question in asked}


def mover(sheet: Sheet, name: Name) -> Mover | None:
    """Raise each answered question behind a score to the top in turn, score again, and keep the largest gain.

    Nobody knows where an unknown stands, so no gain is claimed for it. Of equal gains the first in the file counts.
    """
    measured, reading, sign = _measured(sheet, name)
    before = reading(sheet.levels["point"])
    if before is None:
        return None
    best: Mover | None = None
    for question in _candidates(sheet, name):
        raised = {**sheet.levels["point"], question: sheet.instrument.highest(question)}
        after = reading(raised)
        gain = 0.0 if after is None else sign * (after - before)
        if after is not None and gain > (_LEAST_GAIN if best is None else best.gain + _LEAST_GAIN):
            best = Mover(question, measured, gain, before, after)
    return best


def _measured(sheet: Sheet, name: Name) -> tuple[str, Callable[[Levels], float | None], int]:
    """Return which score a rise is measured on, how it is read, and whether it is better higher or lower."""
    instrument = sheet.instrument
    if name.group == "dimension":
        return f"{name.id}.effective", lambda levels: effective(instrument, name.id, levels), 1
    if name.group == "factor":
        return name.name, lambda levels: severity(instrument, name.id, levels), -1
    if name.group == "overall":
        return name.name, lambda levels: overall(instrument, levels), 1
    weights = mean_weights(sheet, name)
    return name.name, lambda levels: hundredfold(weights, levels), 1


def _candidates(sheet: Sheet, name: Name) -> list[str]:
    """Return the answered questions that can move a score, in file order."""
    instrument, known = sheet.instrument, sheet.standings.known
    moving: set[str] = set(known)
    if name.group == "dimension":
        moving = {*instrument.practice_weights[name.id], *instrument.wall_weights(name.id)}
    elif name.group == "factor":
        moving = set(instrument.factor_weights[name.id])
    elif name.group != "overall":
        moving = set(mean_weights(sheet, name))
    return [question.id for question in instrument.questions if question.id in moving and question.id in known]
