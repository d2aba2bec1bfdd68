"""A whole workspace as one file: every assessment with its history and documents, and what they are answered on."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from functools import partial
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, Field, JsonValue

from assessment.answers import Assessment
from assessment.errors import InputError, Problem, SixstepError
from assessment.fields import Model
from assessment.loading import questionnaire_from
from assessment.questionnaire import Questionnaire
from assessment.reading import Document, validate
from store.folding import Event, Kind, fold, standing
from store.log import Log, Original, Store
from store.schema import ACTOR_LENGTH, FILE_NAME_LENGTH, KEY_LENGTH, REQUEST_LENGTH, VERSION_LENGTH
from store.shelf import Text, Volume
from workspace.checks import refuse_unreadable
from workspace.library import Library, whole_of
from workspace.portable import json_text, plain_name, refuse_larger

FORMAT = "sixstep-workspace/1"
LARGEST_BYTES = 64 * 1024 * 1024
Check = Callable[[Library, Assessment], None]


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


class _Questionnaire(Model):
    file_name: str = Field(max_length=FILE_NAME_LENGTH)
    content: str | None = None
    whole: str
    at: AwareDatetime


class _Backup(Model):
    format: Literal["sixstep-workspace/1"]
    assessments: tuple[_Log, ...]
    questionnaires: tuple[_Questionnaire, ...] = ()


def write(store: Store) -> bytes:
    """Return the file of everything in a store; the same bytes until something changes."""
    logs = [_log_data(log) for log in store.logs()]
    kept = sorted(store.volumes(), key=lambda volume: volume.place)
    found = [_questionnaire_data(store, volume) for volume in kept]
    return json_text({"format": FORMAT, "assessments": logs, "questionnaires": found}).encode()


def _questionnaire_data(store: Store, volume: Volume) -> dict[str, Any]:
    """Return an installed questionnaire; the file that it came in only where that says it in other words."""
    text = store.text_of(volume.questionnaire_id, volume.version) or Text(b"", b"")
    content = None if text.content == text.whole else _base64(text.content)
    whole = text.whole.decode("utf-8")
    return {"file_name": volume.file_name, "content": content, "whole": whole, "at": volume.at.isoformat()}


def _base64(raw: bytes) -> str:
    return b64encode(raw).decode("ascii")


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
    return {"file_name": original.file_name, "content": _base64(original.content), "at": original.at.isoformat()}


def is_workspace(raw: bytes) -> bool:
    """Say whether a file is an exported workspace."""
    try:
        data = json.loads(raw) if len(raw) <= LARGEST_BYTES else None
    except (ValueError, RecursionError):
        return False
    return isinstance(data, dict) and str(data.get("format", "")).startswith("sixstep-workspace/")


def restore(store: Store, raw: bytes, name: str, library: Library, check: Check) -> tuple[str, ...]:
    """Bring in every assessment of an exported workspace, all or none; returns their ids.

    An assessment keeps its id. One that is here already is carried on where one history begins the other; where they
    differ the one from the file gets an id of its own, so that neither loses anything.

    Args:
        store: where to.
        raw: the file.
        name: its name, for messages.
        library: the questionnaires that are here.
        check: refuses an assessment that does not fit its questionnaire in a library.

    Raises:
        InputError: for every fault of the file.
        VersionTaken: when a questionnaire of the file is here with other content.
    """
    refuse_larger(raw, name, LARGEST_BYTES)
    data = json.loads(raw)
    refuse_unreadable(data)
    backup = validate(_Backup, Document(data, name))
    logs = [_log(item, name) for item in backup.assessments]
    _refuse_twins(logs, name)
    texts = [_questionnaire(item, name) for item in backup.questionnaires]
    known = library.beside([found for found, _ in texts])
    for log in logs:
        _check(log, name, partial(check, known))
    brought = [
        (_volume(found, item, text), text) for (found, text), item in zip(texts, backup.questionnaires, strict=True)
    ]
    return store.restore(logs, [pair for pair in brought if not _corrected(*pair, library)])


def _corrected(volume: Volume, text: Text, library: Library) -> bool:
    """Whether it is the copy of what came with a release, and this release brings it with corrections: those stand."""
    own = [whole_of(item) for item in library.questionnaires if (item.id, item.version) == volume.place]
    return bool(own) and not volume.file_name and text.whole not in own


def _questionnaire(item: _Questionnaire, file: str) -> tuple[Questionnaire, Text]:
    """Return a questionnaire of the file, checked like one that somebody installs."""
    whole = item.whole.encode()
    content = whole if item.content is None else _bytes(item.content, file)
    try:
        found = questionnaire_from(Document(json.loads(whole), plain_name(item.file_name)))
    except (SixstepError, ValueError, RecursionError) as error:
        remedy = "export the workspace again"
        raise InputError(Problem(f"a questionnaire in it cannot be used ({error})", remedy, file)) from error
    return found, Text(content, whole)


def _volume(found: Questionnaire, item: _Questionnaire, text: Text) -> Volume:
    name = plain_name(item.file_name) if item.file_name else ""
    return Volume(found.id, found.version, text.sha256, name, item.at)


def _log(item: _Log, file: str) -> Log:
    events = tuple(Event(assessment=item.id, **dict(event)) for event in item.events)
    return Log(item.id, item.created_at, events, tuple(_original(original, file) for original in item.originals))


def _original(item: _Original, file: str) -> Original:
    return Original(plain_name(item.file_name), _bytes(item.content, file), item.at)


def _bytes(text: str, file: str) -> bytes:
    try:
        return b64decode(text, validate=True)
    except (NotBase64, ValueError) as error:
        raise InputError(Problem("a kept document is not base64", "export the workspace again", file)) from error


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
    """Yield the assessment as it stands, and one for each event that was overwritten, on the version of its time."""
    yield fold(log)
    meta = [event for (kind, _), event in standing(log).items() if kind == "meta"]
    versions = [event for event in log if (event.kind, event.key) == ("meta", "questionnaire")]
    for event in log:
        if event.payload is not None:
            earlier = [item for item in versions if item.sequence <= event.sequence] or versions[:1]
            then = [item for item in meta if item.key != "questionnaire"] + earlier[-1:]
            yield fold([*(item for item in then if item.key != event.key or event.kind != "meta"), event])
