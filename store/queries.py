"""The statements of the store: reads, the one insert, and the lock that puts writers in order."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, func, insert, select

from store.folding import Event, Kind
from store.schema import assessments, documents, events

_SHOWN = (
    events.c.assessment_id,
    events.c.sequence,
    events.c.kind,
    events.c.key,
    events.c.payload,
    events.c.actor,
    events.c.at,
    events.c.questionnaire_version,
    events.c.request_id,
)


def _event(row: Any) -> Event:
    return Event(*row)


_ASSESSMENT = events.c.assessment_id == bindparam("assessment")
_KEY = and_(_ASSESSMENT, events.c.kind == bindparam("kind"), events.c.key == bindparam("key"))
_PLACE = (events.c.assessment_id, events.c.kind, events.c.key)


def _joined(newest: Select[Any], columns: Sequence[ColumnElement[Any]]) -> Select[Any]:
    found = newest.subquery()
    same = and_(events.c.assessment_id == found.c.assessment_id, events.c.sequence == found.c.sequence)
    return select(*columns).join_from(found, events, same)


def _standing(condition: ColumnElement[bool]) -> Select[Any]:
    """The latest event of each key among those for which a condition holds; the index alone finds them."""
    newest = select(events.c.assessment_id, func.max(events.c.sequence).label("sequence")).where(condition)
    return _joined(newest.group_by(*_PLACE), _SHOWN)


# Made once: SQLAlchemy takes longer to put a statement together than SQLite takes to answer it.
_EVENTS = select(*_SHOWN)
_WHOLE = _EVENTS.where(_ASSESSMENT).order_by(events.c.sequence)
_AFTER = _EVENTS.where(_ASSESSMENT, events.c.sequence > bindparam("after")).order_by(events.c.sequence)
_NEWEST = _EVENTS.where(_ASSESSMENT).order_by(events.c.sequence.desc()).limit(bindparam("most"))
_OF_KEY = _EVENTS.where(_KEY).order_by(events.c.sequence)
_LATEST = _EVENTS.where(_KEY).order_by(events.c.sequence.desc()).limit(1)
_LATEST_BEFORE = _LATEST.where(events.c.sequence < bindparam("before"))
_REQUESTED = _EVENTS.where(_ASSESSMENT, events.c.request_id == bindparam("request")).order_by(events.c.sequence)
_STANDING = _standing(_ASSESSMENT)
_OVERVIEW = _standing(events.c.kind.in_(("meta", "answer")))
_LAST = select(func.max(events.c.sequence)).where(_ASSESSMENT)
_LOCK = select(assessments.c.id).where(assessments.c.id == bindparam("assessment")).with_for_update()
_INSERT = insert(events)


def _found(connection: Connection, query: Select[Any], **parameters: Any) -> tuple[Event, ...]:
    return tuple(_event(row) for row in connection.execute(query, parameters))


def whole(connection: Connection, assessment: str) -> tuple[Event, ...]:
    """Return every event of an assessment, oldest first."""
    return _found(connection, _WHOLE, assessment=assessment)


def after(connection: Connection, assessment: str, sequence: int) -> tuple[Event, ...]:
    """Return the events of an assessment after the one with a number, oldest first."""
    return _found(connection, _AFTER, assessment=assessment, after=sequence)


def of_key(connection: Connection, assessment: str, kind: Kind, key: str) -> tuple[Event, ...]:
    """Return every event of one key, oldest first."""
    return _found(connection, _OF_KEY, assessment=assessment, kind=kind, key=key)


def standing(connection: Connection, assessment: str) -> tuple[Event, ...]:
    """Return the latest event of each key of an assessment."""
    return _found(connection, _STANDING, assessment=assessment)


def overview(connection: Connection) -> tuple[Event, ...]:
    """Return the latest event of each key of every head and of every answer."""
    return _found(connection, _OVERVIEW)


def saved(connection: Connection) -> dict[str, datetime]:
    """Return when each assessment last changed."""
    newest = select(events.c.assessment_id, func.max(events.c.sequence).label("sequence"))
    query = _joined(newest.group_by(events.c.assessment_id), (events.c.assessment_id, events.c.at))
    return {row.assessment_id: row.at for row in connection.execute(query)}


def begun(connection: Connection) -> list[tuple[str, datetime]]:
    """Return the id of each assessment and when it was begun, in that order."""
    query = select(assessments.c.id, assessments.c.created_at).order_by(assessments.c.created_at, assessments.c.id)
    return [(row.id, row.created_at) for row in connection.execute(query)]


def kept(connection: Connection, assessment: str) -> list[tuple[str, bytes, datetime]]:
    """Return name, content and moment of the documents that an assessment was imported from."""
    columns = (documents.c.file_name, documents.c.content, documents.c.at)
    query = select(*columns).where(documents.c.assessment_id == assessment).order_by(documents.c.id)
    return [(row.file_name, row.content, row.at) for row in connection.execute(query)]


def begin(connection: Connection, assessment: str, at: datetime) -> None:
    """Insert an assessment."""
    connection.execute(insert(assessments).values(id=assessment, created_at=at))


def keep(connection: Connection, assessment: str, file_name: str, content: bytes, at: datetime) -> None:
    """Insert a document with its digest."""
    digest = hashlib.sha256(content).hexdigest()
    row = {"assessment_id": assessment, "file_name": file_name, "content": content, "sha256": digest, "at": at}
    connection.execute(insert(documents).values(row))


def lock(connection: Connection, assessment: str) -> bool:
    """Put the writers of one assessment in order until the transaction ends; False when there is none."""
    return connection.execute(_LOCK, {"assessment": assessment}).first() is not None


def requested(connection: Connection, assessment: str, request_id: str | None) -> Event | None:
    """Return the event that a request wrote earlier."""
    if request_id is None:
        return None
    found = _found(connection, _REQUESTED, assessment=assessment, request=request_id)
    return found[0] if found else None


def newest(connection: Connection, assessment: str, most: int) -> tuple[Event, ...]:
    """Return the last events of an assessment, oldest first."""
    return tuple(reversed(_found(connection, _NEWEST, assessment=assessment, most=most)))


def latest_of(
    connection: Connection, assessment: str, kind: Kind, key: str, *, before: int | None = None
) -> Event | None:
    """Return the event that stands for one key, or that stood before the event with a sequence."""
    place = {"assessment": assessment, "kind": kind, "key": key}
    if before is None:
        found = _found(connection, _LATEST, **place)
    else:
        found = _found(connection, _LATEST_BEFORE, **place, before=before)
    return found[0] if found else None


def last(connection: Connection, assessment: str) -> int:
    """Return the sequence of an assessment's latest event, 0 when it has none."""
    return connection.execute(_LAST, {"assessment": assessment}).scalar() or 0


def write(connection: Connection, fresh: Sequence[Event]) -> None:
    """Insert events."""
    if fresh:
        connection.execute(_INSERT, [_row(event) for event in fresh])


def _row(event: Event) -> dict[str, Any]:
    row = asdict(event)
    row["assessment_id"] = row.pop("assessment")
    return row
