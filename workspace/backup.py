"""A whole workspace as one file: every assessment with its history and the documents it came from."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, Field, JsonValue

from assessment.answers import Assessment
from assessment.errors import InputError, Problem, SixstepError
from assessment.fields import Model
from assessment.reading import Document, validate
from store.folding import Event, Kind, fold, standing
from store.log import Log, Original, Store
from store.schema import ACTOR_LENGTH, FILE_NAME_LENGTH, KEY_LENGTH, REQUEST_LENGTH, VERSION_LENGTH
from workspace.checks import refuse_unreadable
from workspace.portable import json_text, plain_name, refuse_larger

FORMAT = "sixstep-workspace/1"
LARGEST_BYTES = 64 * 1024 * 1024


class _Event(Model):
    sequence: int = Field(ge=1)
    kind: Kind
    key: str = Field(min_length=1, max_length=KEY_LENGTH)
    payload: JsonValue
    actor: str = Field(max_length=ACTOR_LENGTH)
    at: AwareDatetime
    questionnaire_version: str = Field(max_length=VERSION_LENGTH)
    request_id: Annotated[str, Field(min_length=1, max_length=REQUEST_LENGTH)] | None = None


class _Original(Model):
    file_name: str = Field(max_length=FILE_NAME_LENGTH)
    content: str
    at: AwareDatetime


class _Log(Model):
    id: str = Field(pattern=r"^[A-Za-z0-9_-]{22,43}$")
    created_at: AwareDatetime
    events: tuple[_Event, ...] = Field(min_length=1)
    originals: tuple[_Original, ...] = ()


class _Backup(Model):
    format: Literal["sixstep-workspace/1"]
    assessments: tuple[_Log, ...]


def write(store: Store) -> bytes:
    """Return the file of everything in a store; the same bytes until something changes."""
    logs = [_log_data(log) for log in store.logs()]
    return json_text({"format": FORMAT, "assessments": logs}).encode()


def _log_data(log: Log) -> dict[str, Any]:
    return {
        "id": log.id,
        "created_at": log.created_at.isoformat(),
        "events": [_event_data(event) for event in log.events],
        "originals": [_original_data(original) for original in log.originals],
    }


def _event_data(event: Event) -> dict[str, Any]:
    data = {**asdict(event), "at": event.at.isoformat()}
    del data["assessment"]
    return data


def _original_data(original: Original) -> dict[str, Any]:
    content = b64encode(original.content).decode("ascii")
    return {"file_name": original.file_name, "content": content, "at": original.at.isoformat()}


def is_workspace(raw: bytes) -> bool:
    """Say whether a file is an exported workspace."""
    try:
        data = json.loads(raw) if len(raw) <= LARGEST_BYTES else None
    except (ValueError, RecursionError):
        return False
    return isinstance(data, dict) and str(data.get("format", "")).startswith("sixstep-workspace/")


def restore(store: Store, raw: bytes, name: str, check: Callable[[Assessment], None]) -> tuple[str, ...]:
    """Bring in every assessment of an exported workspace, all or none; returns their ids.

    An assessment keeps its id. One that is here already is carried on where one history begins the other; where they
    differ the one from the file gets an id of its own, so that neither loses anything.

    Args:
        store: where to.
        raw: the file.
        name: its name, for messages.
        check: refuses an assessment that does not fit its questionnaire.

    Raises:
        InputError: for every fault of the file.
    """
    refuse_larger(raw, name, LARGEST_BYTES)
    data = json.loads(raw)
    refuse_unreadable(data)
    backup = validate(_Backup, Document(data, name))
    logs = [_log(item, name) for item in backup.assessments]
    _refuse_twins(logs, name)
    for log in logs:
        _check(log, name, check)
    return store.restore(logs)


def _log(item: _Log, file: str) -> Log:
    events = tuple(Event(assessment=item.id, **dict(event)) for event in item.events)
    return Log(item.id, item.created_at, events, tuple(_original(original, file) for original in item.originals))


def _original(item: _Original, file: str) -> Original:
    try:
        content = b64decode(item.content, validate=True)
    except (NotBase64, ValueError) as error:
        raise InputError(Problem("a kept document is not base64", "export the workspace again", file)) from error
    return Original(plain_name(item.file_name), content, item.at)


def _refuse_twins(logs: Sequence[Log], file: str) -> None:
    for log in logs:
        if sum(other.id == log.id for other in logs) > 1:
            raise InputError(Problem("an assessment stands twice", "export the workspace again", file, subject=log.id))


def _check(log: Log, file: str, check: Callable[[Assessment], None]) -> None:
    """Refuse a log that is out of order, or one of whose events, early ones included, could never have been saved."""
    try:
        _refuse_disorder(log)
        for assessment in _assessments(log.events):
            check(assessment)
    except SixstepError as error:
        remedy = "export the workspace again"
        raise InputError(Problem(f"an assessment cannot be used ({error})", remedy, file, subject=log.id)) from error


def _refuse_disorder(log: Log) -> None:
    requests = [event.request_id for event in log.events if event.request_id is not None]
    if [event.sequence for event in log.events] != list(range(1, len(log.events) + 1)):
        raise InputError(Problem("its events are not numbered from 1"))
    if len(requests) != len(set(requests)):
        raise InputError(Problem("a request id stands twice"))


def _assessments(log: Sequence[Event]) -> Iterator[Assessment]:
    yield fold(log)
    meta = [event for (kind, _), event in standing(log).items() if kind == "meta"]
    for event in log:
        if event.payload is not None:
            yield fold([*(item for item in meta if item.key != event.key or event.kind != "meta"), event])
