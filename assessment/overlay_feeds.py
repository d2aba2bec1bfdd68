"""What becomes of the parts of a questionnaire that name a question which an overlay drops."""

from __future__ import annotations

from typing import Any

Data = dict[str, Any]
_Parts = tuple[list[Data], list[str]]
_RULES = {"recovery": "recovery times", "latency": "response times", "availability": "availability"}


def without_dropped(data: Data, dropped: frozenset[str]) -> tuple[Data, tuple[str, ...]]:
    """Return a questionnaire's data in which nothing names a dropped question.

    A row that is left with nothing goes as well.

    Args:
        data: the questionnaire, its questions already without the dropped ones.
        dropped: ids of the questions that were dropped.

    Returns:
        The data, and a sentence for each row, rule, step or arc that went.
    """
    if not dropped:
        return data, ()
    posture, said = _named(data["posture"], dropped, "The posture row")
    crosswalks, more = _crosswalks(data["crosswalks"], dropped)
    presets = [_without(preset, dropped) for preset in data["target_presets"]]
    parts = {**data, "posture": posture, "crosswalks": crosswalks, "target_presets": presets}
    whole, last = _steps_and_arcs(parts)
    whole["target_register"], rules = _register(whole, dropped)
    return whole, (*said, *more, *last, *rules)


def _without(item: Data, dropped: frozenset[str]) -> Data:
    return {**item, "questions": {name: why for name, why in item["questions"].items() if name not in dropped}}


def _named(items: list[Data], dropped: frozenset[str], what: str) -> _Parts:
    changed = [_without(item, dropped) for item in items]
    gone = [item for item in changed if not item["questions"]]
    said = [_sentence(what, item.get("title") or item.get("citation", "")) for item in gone]
    return [item for item in changed if item["questions"]], said


def _crosswalks(crosswalks: list[Data], dropped: frozenset[str]) -> _Parts:
    left, said = [], []
    for crosswalk in crosswalks:
        items, gone = _named(crosswalk["items"], dropped, f"{crosswalk['title']}: the paragraph")
        said += gone if items else [_sentence("The crosswalk", crosswalk["title"])]
        left += [{**crosswalk, "items": items}] if items else []
    return left, said


def _steps_and_arcs(data: Data) -> tuple[Data, list[str]]:
    steps = {question["step"] for question in data["questions"]}
    arcs = {arc for question in data["questions"] for arc in question["lifecycle"]}
    said = [_sentence("The step", item["title"]) for item in data["steps"] if item["id"] not in steps]
    said += [_sentence("The lifecycle arc", item["title"]) for item in data["lifecycle"] if item["id"] not in arcs]
    presets = [
        {**preset, "steps": {name: level for name, level in preset["steps"].items() if name in steps}}
        for preset in data["target_presets"]
    ]
    changed = {
        "steps": [item for item in data["steps"] if item["id"] in steps],
        "lifecycle": [item for item in data["lifecycle"] if item["id"] in arcs],
        "target_presets": presets,
    }
    return {**data, **changed}, said


def _register(data: Data, dropped: frozenset[str]) -> tuple[Data | None, list[str]]:
    """Return the rules of the target register that still have their question; without its step there is no register."""
    register = data["target_register"]
    if register is None:
        return None, []
    if register["step"] not in {step["id"] for step in data["steps"]}:
        return None, ["The target register is left out, since its step is."]
    gone = [name for name in _RULES if register[name] is not None and register[name]["question"] in dropped]
    said = [f"The rule on {_RULES[name]} of the target register is left out, since its question is." for name in gone]
    return {**register, **dict.fromkeys(gone)}, said


def _sentence(what: str, title: str) -> str:
    return f"{what} '{title}' is left out, since no question is left for it."
