"""What was changed, in words: the title of the thing, and what stood there before and after."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from assessment.answers import Answer
from assessment.questionnaire import ContextItem, Questionnaire, Signal
from models.parameters import ParameterFile
from reports.figures_format import plain as figure
from reports.figures_format import plain_range
from store.folding import PIN, RANGE, SCENARIO, Change
from store.schema import canonical
from views.answering import in_words
from views.steps import MODES
from workspace.undoing import PastStep, Turn

_LONGEST = 90
_NOTHING = "nothing"
_META = {"name": "Name of the assessment", "organisation": "Organisation", "mode": "How much is asked"}
_PRESET = "target_preset"
_MONEY = {
    "currency": "Currency",
    "currency_per_usd": "Exchange rate",
    "horizon_months": "Months looked ahead",
    "delay_months": "Months of waiting",
    "capacity": "Capacity of the team",
    "confirmed": "Baseline confirmed",
}
_DETAILS = {"note": "note", "evidence": "evidence", "confidence": "confidence", "role": "role", "discuss": "mark"}


class Told(NamedTuple):
    """A change in words."""

    title: str
    before: str
    after: str


class Namer:
    """Says changes of one assessment in the words of its questionnaire and parameters."""

    def __init__(self, questionnaire: Questionnaire, parameters: ParameterFile) -> None:
        """Use the titles of a questionnaire and of the figures of the cost model."""
        self._questionnaire = questionnaire
        self._parameters = parameters

    def step(self, step: PastStep) -> str:
        """Return what a step changed as one short title: that of its first change, and how many more there were."""
        first, rest = self.turn(step.turns[0]).title, len(step.turns) - 1
        return f"{first} and {rest} more" if rest else first

    def turn(self, turn: Turn) -> Told:
        """Return one change in words."""
        kinds: dict[str, Callable[[Turn], Told]] = {
            "answer": self._answer,
            "votes": self._votes,
            "target": self._target,
            "context": self._item,
            "signal": self._item,
            "economics": self._money,
            "meta": self._meta,
        }
        return kinds.get(turn.after.kind, _other)(turn)

    def _question(self, name: str) -> str:
        known = self._questionnaire.by_id.get(name)
        return name if known is None else known.title

    def _answer(self, turn: Turn) -> Told:
        title, known = self._question(turn.after.key), self._questionnaire.by_id.get(turn.after.key)
        old, new = (_read(change) for change in (turn.before, turn.after))
        moved = [part for part in _DETAILS if old and new and getattr(old, part) != getattr(new, part)]
        if old and new and _kind(old) == _kind(new) and moved:
            words = ", ".join(_DETAILS[part] for part in moved)
            return Told(f"{title} ({words})", _detail(old, moved[0]), _detail(new, moved[0]))
        if known is None:
            return Told(title, _NOTHING if old is None else "an answer", _NOTHING if new is None else "an answer")
        return Told(title, *(_short(in_words(self._questionnaire, known, answer)) for answer in (old, new)))

    def _votes(self, turn: Turn) -> Told:
        return Told(f"{self._question(turn.after.key)} (votes)", *(_counted(one) for one in (turn.before, turn.after)))

    def _target(self, turn: Turn) -> Told:
        known = self._questionnaire.by_id.get(turn.after.key)
        labels = () if known is None else tuple(item.label for item in self._questionnaire.scale_of(known).options)
        levels = (_level(change.payload, labels) for change in (turn.before, turn.after))
        return Told(f"{self._question(turn.after.key)} (target)", *levels)

    def _item(self, turn: Turn) -> Told:
        items: tuple[ContextItem | Signal, ...] = (
            *self._questionnaire.context.items,
            *self._questionnaire.signals,
        )
        item = next((one for one in items if one.id == turn.after.key), None)
        if item is None:
            return _other(turn)
        return Told(item.title, *(_level(_of_item(one.payload), item.anchors) for one in (turn.before, turn.after)))

    def _money(self, turn: Turn) -> Told:
        key, values = turn.after.key, (turn.before.payload, turn.after.payload)
        if not key.startswith(RANGE):
            prefixes = {SCENARIO: "A scenario", PIN: "A demand on the plan"}
            title = next((words for prefix, words in prefixes.items() if key.startswith(prefix)), _MONEY.get(key, key))
            return Told(title, *(_value(value) for value in values))
        known = self._parameters.by_symbol.get(key.removeprefix(RANGE))
        title = key.removeprefix(RANGE) if known is None else known.title
        return Told(title, *(_range(value) for value in values))

    def _meta(self, turn: Turn) -> Told:
        key, values = turn.after.key, [turn.before.payload, turn.after.payload]
        if key == _PRESET:
            presets = {item.id: item.title for item in self._questionnaire.target_presets}
            return Told("Preset of the target levels", *(presets.get(value, _NOTHING) for value in values))
        return Told(
            _META.get(key, "About this assessment"), *(_value(MODES.get(str(value), value)) for value in values)
        )


def _read(change: Change) -> Answer | None:
    return None if change.payload is None else Answer.model_validate_json(canonical(change.payload))


def _kind(answer: Answer) -> tuple[object, ...]:
    return answer.option, answer.figure, answer.unknown, answer.not_applicable


def _detail(answer: Answer, part: str) -> str:
    value = getattr(answer, part)
    if part == "discuss":
        return "marked for discussion" if value else "not marked"
    return _value(", ".join(value) if part == "evidence" else value)


def _counted(change: Change) -> str:
    votes = sum(vote.get("count", 1) for vote in change.payload or ())
    return f"{votes} people" if votes else _NOTHING


def _of_item(payload: Any) -> Any:
    return payload.get("level") if isinstance(payload, dict) else payload


def _level(payload: Any, labels: tuple[str, ...]) -> str:
    known = isinstance(payload, int) and payload < len(labels)
    return _short(labels[payload]) if known else _value(payload)


def _range(payload: Any) -> str:
    return _NOTHING if payload is None else plain_range(payload["low"], payload.get("mode"), payload["high"])


def _value(payload: Any) -> str:
    """Return a single value; what is made of parts is only said to be there."""
    if payload is None or payload == "":
        return _NOTHING
    if isinstance(payload, bool):
        return "yes" if payload else "no"
    if isinstance(payload, int | float):
        return figure(float(payload))
    return _short(payload) if isinstance(payload, str) else "set"


def _other(turn: Turn) -> Told:
    """Name a workflow, an initiative or a setting of the report."""
    titles = {"workflow": "Workflow", "initiative": "Initiative", "report": "Look of the report"}
    payload = turn.after.payload or turn.before.payload
    name = payload.get("name") or payload.get("title") if isinstance(payload, dict) else None
    title = titles.get(turn.after.kind, "A detail")
    return Told(
        f"{title}: {name}" if name else title, *(_there(change.payload) for change in (turn.before, turn.after))
    )


def _there(payload: Any) -> str:
    return _NOTHING if payload is None else "set"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"
