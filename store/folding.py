"""Events and the assessment that they add up to: the latest event of each key stands, an empty one clears it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, get_args

from pydantic import ValidationError

from assessment.answers import Assessment, EconomicInputs
from assessment.report_settings import ReportSettings
from store.errors import StoreError

Kind = Literal[
    "meta", "context", "signal", "answer", "votes", "target", "workflow", "economics", "initiative", "report"
]
Payload = Any
KINDS: tuple[Kind, ...] = get_args(Kind)
META = (
    "name",
    "organisation",
    "fictional",
    "mode",
    "questionnaire",
    "moved_from",
    "stage",
    "follows",
    "target_preset",
)
ECONOMICS = tuple(name for name in EconomicInputs.model_fields if name not in {"ranges", "scenarios", "pins"})
_ALWAYS_TOLD = frozenset({"organisation", "fictional", "mode"})
RANGE = "ranges."
SCENARIO = "scenarios."
EDIT = "edits."
REPORT = tuple(name for name in ReportSettings.model_fields if name != "edits")
PIN = "pins."
_PLURAL: dict[Kind, str] = {
    "context": "context",
    "signal": "signals",
    "answer": "answers",
    "votes": "votes",
    "target": "targets",
    "workflow": "workflows",
    "initiative": "initiatives",
}
_APART: frozenset[Kind] = frozenset({"context", "signal", "answer", "votes", "target"})
"""Kinds of which each key is read for itself: their number has no bound, and nothing else hangs on them."""


@dataclass(frozen=True, slots=True)
class Change:
    """What somebody wants to stand from now on: a JSON value, or None to clear the key."""

    kind: Kind
    key: str
    payload: Payload


@dataclass(frozen=True, slots=True)
class Event:
    """A change as it was saved: who, when (UTC), in which order, on which version of the questionnaire."""

    assessment: str
    sequence: int
    kind: Kind
    key: str
    payload: Payload
    actor: str
    at: datetime
    questionnaire_version: str
    request_id: str | None = None

    @property
    def change(self) -> Change:
        """What the event asked for."""
        return Change(self.kind, self.key, self.payload)


def standing(events: Iterable[Event]) -> dict[tuple[Kind, str], Event]:
    """Return the latest event of each key, cleared ones included, in any order of arrival."""
    latest: dict[tuple[Kind, str], Event] = {}
    for event in events:
        place = (event.kind, event.key)
        if place not in latest or latest[place].sequence < event.sequence:
            latest[place] = event
    return latest


def fold(events: Iterable[Event]) -> Assessment:
    """Return the assessment that the events add up to.

    Raises:
        StoreError: when what is stored is not an assessment, as after a downgrade of the product.
    """
    document: dict[str, Any] = {group: {} for group in _PLURAL.values()} | {"economics": {"ranges": {}}}
    for (kind, key), event in sorted(standing(events).items()):
        if event.payload is not None:
            _place(document, kind, key, event.payload)
    return _read(document)


def fold_on(before: Assessment, later: Sequence[Event]) -> Assessment | None:
    """Return what an assessment becomes by later events, reading those alone; None where all have to be folded again.

    Raises:
        StoreError: as :func:`fold`.
    """
    if any(event.kind not in _APART for event in later):
        return None
    latest = standing(later).values()
    head = {"name": before.name, "questionnaire": before.questionnaire.model_dump()}
    document: dict[str, Any] = {**head, **{_PLURAL[event.kind]: {} for event in latest}}
    for event in latest:
        if event.payload is not None:
            _place(document, event.kind, event.key, event.payload)
    read, cleared = _read(document), {(event.kind, event.key) for event in latest}
    changed = {}
    for kind in {event.kind for event in latest}:
        group = _PLURAL[kind]
        stays = {key: value for key, value in getattr(before, group).items() if (kind, key) not in cleared}
        changed[group] = dict(sorted({**stays, **getattr(read, group)}.items()))
    return before.model_copy(update=changed)


def _read(document: dict[str, Any]) -> Assessment:
    try:
        return Assessment.model_validate_json(json.dumps(document))
    except ValidationError as error:
        message = "a stored assessment cannot be read by this version of Sixstep; update Sixstep"
        raise StoreError(message) from error


def _place(document: dict[str, Any], kind: Kind, key: str, payload: Payload) -> None:
    if kind == "meta":
        document[key] = payload
    elif kind == "report" and key.startswith(EDIT):
        document.setdefault("report", {}).setdefault("edits", {})[key.removeprefix(EDIT)] = payload
    elif kind == "report":
        document.setdefault("report", {})[key] = payload
    elif kind != "economics":
        document[_PLURAL[kind]][key] = payload
    elif key.startswith(RANGE):
        document["economics"]["ranges"][key.removeprefix(RANGE)] = payload
    elif key.startswith(SCENARIO):
        document["economics"].setdefault("scenarios", {})[key.removeprefix(SCENARIO)] = payload
    elif key.startswith(PIN):
        document["economics"].setdefault("pins", {})[key.removeprefix(PIN)] = payload
    else:
        document["economics"][key] = payload


def changes_of(assessment: Assessment) -> tuple[Change, ...]:
    """Return the changes that make an empty assessment into this one; folding them gives it back.

    Economic fields that were left out of a file stay out, so that a default is never mistaken for what a team said.
    """
    document = assessment.model_dump(mode="json")
    begun = Assessment.model_fields
    changes = [
        Change("meta", name, document[name]) for name in META if begun[name].is_required() or _told(assessment, name)
    ]
    for kind, group in _PLURAL.items():
        changes += _group(kind, document[group])
    economics = document["economics"]
    given = [name for name in ECONOMICS if name in assessment.economics.model_fields_set]
    changes += _group("economics", {name: economics[name] for name in given})
    changes += _group("economics", {RANGE + symbol: value for symbol, value in economics["ranges"].items()})
    changes += _group("economics", {SCENARIO + name: value for name, value in economics["scenarios"].items()})
    report = assessment.report.model_dump(mode="json", exclude_defaults=True)
    edits = report.pop("edits", {})
    changes += _group("report", {**report, **{EDIT + name: value for name, value in edits.items()}})
    changes += _group("economics", {PIN + name: value for name, value in economics["pins"].items()})
    return tuple(changes)


def _told(assessment: Assessment, name: str) -> bool:
    """Whether a field of the head was given, or differs from what an empty assessment has."""
    return name in _ALWAYS_TOLD or getattr(assessment, name) != Assessment.model_fields[name].default


def _group(kind: Kind, values: Mapping[str, Payload]) -> list[Change]:
    return [Change(kind, key, values[key]) for key in sorted(values) if values[key] is not None]
