"""What was changed, in words: the title of the thing, and what stood there before and after."""

from __future__ import annotations

from collections import Counter
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
from views.steps import MODES, STAGES
from workspace.undoing import PastStep, Turn

_LONGEST = 90
_NOTHING = "nothing"
_SET, _CHANGED = "set", "set, and changed"
_META = {
    "name": "name of the assessment",
    "organisation": "organisation",
    "mode": "how much is asked",
    "target_preset": "preset of the target levels",
    "questionnaire": "version of the questionnaire",
    "moved_from": "earlier versions of the questionnaire",
    "stage": "whether the product is in use",
    "follows": "the assessment that this one follows",
    "fictional": "whether the organisation is an invented one",
}
_PRESET = "target_preset"
_MONEY = {
    "currency": "currency",
    "currency_per_usd": "exchange rate",
    "horizon_months": "months looked ahead",
    "delay_months": "months of waiting",
    "capacity": "capacity of the team",
    "confirmed": "confirmation of the baseline",
    "plan": "plan in use",
    "computed": "computed plan",
}
_WITH_OTHERS = frozenset({"confirmed", "currency_per_usd", "computed"})
"""Parts of the economics that are saved along with others: they are named where they are alone."""
_REPORT = {
    "brand": "brand on the report",
    "logo": "logo on the report",
    "primary": "first colour of the report",
    "secondary": "second colour of the report",
    "cover_text": "text on the cover of the report",
    "left_out": "sections left out of the report",
    "draft_below": "draft mark of the report",
}
_WORKFLOW = {
    "name": "name",
    "peak_per_hour": "peak load",
    "growth_per_year": "growth",
    "surge": "surge",
    "latency_ms": "latency",
    "availability": "availability",
    "rto_hours": "recovery time",
    "rpo_minutes": "data that may be lost",
    "signed_by": "signature",
    "note": "note",
}
_ENDS = ("low", "mode", "high")
_MEASURED = {True: "measured", False: "not measured"}
_SHARES = frozenset({"growth_per_year", "availability"})
_DETAILS = {
    "note": "note",
    "evidence": "evidence",
    "confidence": "confidence",
    "role": "role",
    "discuss": "mark for discussion",
}
_VALUES = {**MODES, **STAGES, "step_by_step": "made step by step", "computed": "the computed one"}
_COUNTED = {
    "answer": "answer",
    "context": "answer on the context",
    "signal": "signal",
    "target": "target",
    "votes": "vote",
    "workflow": "workflow",
    "initiative": "initiative",
    "economics": "figure",
    "report": "setting of the report",
    "meta": "detail of the assessment",
}
"""What several changes of one kind are called, one of them."""
_SEVERAL = {"answer on the context": "answers on the context", "setting of the report": "settings of the report"}
_SEVERAL |= {"detail of the assessment": "details of the assessment"}


class Told(NamedTuple):
    """A change in words: what was changed, as a part of a sentence after "undo", and what stood before and after."""

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
        """Return what a step changed as a part of a sentence: its one change, or how many there were of each kind."""
        told = [turn for turn in step.turns if not _goes_along(turn)] or list(step.turns)
        if len(told) == 1:
            return self.turn(told[0]).title
        kinds = Counter(_COUNTED.get(turn.after.kind, "detail") for turn in told)
        return " and ".join(_several(kind, count) for kind, count in kinds.items())

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
            "workflow": _workflow,
            "report": _report,
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
            words = " and ".join(_DETAILS[part] for part in moved)
            return Told(f"{words} on {title}", _detail(old, moved[0]), _detail(new, moved[0]))
        named = f"{'answer to' if new else 'clearing of'} {title}"
        if known is None:
            return Told(named, _NOTHING if old is None else "an answer", _NOTHING if new is None else "an answer")
        return Told(named, *(_short(in_words(self._questionnaire, known, answer)) for answer in (old, new)))

    def _votes(self, turn: Turn) -> Told:
        return Told(f"votes on {self._question(turn.after.key)}", *(_counted(one) for one in (turn.before, turn.after)))

    def _target(self, turn: Turn) -> Told:
        known = self._questionnaire.by_id.get(turn.after.key)
        labels = () if known is None else tuple(item.label for item in self._questionnaire.scale_of(known).options)
        levels = (_level(change.payload, labels) for change in (turn.before, turn.after))
        return Told(f"target of {self._question(turn.after.key)}", *levels)

    def _item(self, turn: Turn) -> Told:
        items: tuple[ContextItem | Signal, ...] = (
            *self._questionnaire.context.items,
            *self._questionnaire.signals,
        )
        item = next((one for one in items if one.id == turn.after.key), None)
        if item is None:
            return _other(turn)
        return Told(
            f"answer to {item.title}",
            *(_level(_of_item(one.payload), item.anchors) for one in (turn.before, turn.after)),
        )

    def _money(self, turn: Turn) -> Told:
        key, values = turn.after.key, (turn.before.payload, turn.after.payload)
        if key.startswith(RANGE):
            known = self._parameters.by_symbol.get(key.removeprefix(RANGE))
            title = "a figure of the cost model" if known is None else _inside(known.title)
            return _figure(title, *values)
        if key.startswith(SCENARIO):
            named = next((value["title"] for value in reversed(values) if value and value.get("title")), "")
            return Told(f"scenario {named}" if named else "figures of a scenario", *_pair(*values))
        if key.startswith(PIN):
            return Told("demand on the plan", *_pair(*values))
        return Told(_MONEY.get(key, "a setting of the economics"), *_pair(*values))

    def _meta(self, turn: Turn) -> Told:
        key, values = turn.after.key, [turn.before.payload, turn.after.payload]
        title = _META.get(key, "a detail of the assessment")
        if key == _PRESET:
            presets = {item.id: item.title for item in self._questionnaire.target_presets}
            return Told(title, *(presets.get(value, _NOTHING) for value in values))
        return Told(title, *_pair(*values))


def _goes_along(turn: Turn) -> bool:
    return turn.after.kind == "economics" and turn.after.key in _WITH_OTHERS


def _several(kind: str, count: int) -> str:
    return f"one {kind}" if count == 1 else f"{count} {_SEVERAL.get(kind, f'{kind}s')}"


def _inside(title: str) -> str:
    """Return a title as it stands inside a sentence; one that begins with an abbreviation stays."""
    return title[:1].lower() + title[1:] if title[1:2].islower() else title


def _pair(old: Any, new: Any) -> tuple[str, str]:
    """Return what stood before and after; where neither is a single value, that it was changed."""
    before, after = _value(old), _value(new)
    return before, _CHANGED if before == after == _SET else after


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


def _figure(title: str, old: Any, new: Any) -> Told:
    """Return a changed range; where it stays and only what stands beside it was changed, that."""
    if old and new and all(old.get(end) == new.get(end) for end in _ENDS):
        if (old.get("source") or "") != (new.get("source") or ""):
            return Told(f"source of {title}", _value(old.get("source")), _value(new.get("source")))
        if bool(old.get("measured")) != bool(new.get("measured")):
            marks = (_MEASURED[bool(value.get("measured"))] for value in (old, new))
            return Told(f"whether measured: {title}", *marks)
    return Told(title, _range(old), _range(new))


def _range(payload: Any) -> str:
    return _NOTHING if payload is None else plain_range(payload["low"], payload.get("mode"), payload["high"])


def _value(payload: Any) -> str:
    """Return a single value; what is made of parts is only said to be there."""
    if payload is None or payload in ("", []):
        return _NOTHING
    if isinstance(payload, bool):
        return "yes" if payload else "no"
    if isinstance(payload, int | float):
        return figure(float(payload))
    return _short(_VALUES.get(payload, payload)) if isinstance(payload, str) else _SET


def _workflow(turn: Turn) -> Told:
    """Name a workflow that came or went, or the one part of it that was changed."""
    old, new = turn.before.payload, turn.after.payload
    name = (new or old or {}).get("name", "")
    moved = [part for part in _WORKFLOW if old and new and old.get(part) != new.get(part)]
    if len(moved) != 1:
        return Told(f"workflow {name}", *_pair(old, new))
    values = (_share(value.get(moved[0])) if moved[0] in _SHARES else value.get(moved[0]) for value in (old, new))
    return Told(f"{_WORKFLOW[moved[0]]} of {name}", *_pair(*values))


def _share(value: float | None) -> str:
    return "" if value is None else f"{figure(100 * value)}%"


def _report(turn: Turn) -> Told:
    """Name a setting of the report; of a picture only whether there is one."""
    key, old, new = turn.after.key, turn.before.payload, turn.after.payload
    if key == "logo":
        old, new = ({"picture": value} if value else None for value in (old, new))
    return Told(_REPORT.get(key, "a sentence of the report"), *_pair(old, new))


def _other(turn: Turn) -> Told:
    """Name an initiative, or anything that has a name or a title."""
    payload = turn.after.payload or turn.before.payload
    name = payload.get("name") or payload.get("title") if isinstance(payload, dict) else None
    kind = "initiative" if turn.after.kind == "initiative" else "a detail"
    return Told(f"{kind} {name}" if name else kind, *_pair(turn.before.payload, turn.after.payload))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"
