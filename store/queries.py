"""The statements of the store: reads, the one insert, and the lock that puts writers in order."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, insert, select

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


def of_key(assessment: str, kind: Kind, key: str) -> ColumnElement[bool]:
    """Return the condition that holds for the events of one key."""
    return and_(events.c.assessment_id == assessment, events.c.kind == kind, events.c.key == key)


def of_assessment(assessment: str) -> ColumnElement[bool]:
    """Return the condition that holds for the events of one assessment."""
    return events.c.assessment_id == assessment


def after(assessment: str, sequence: int) -> ColumnElement[bool]:
    """Return the condition that holds for the events of one assessment after the one with a number."""
    return and_(events.c.assessment_id == assessment, events.c.sequence > sequence)


def of_kinds(*kinds: Kind) -> ColumnElement[bool]:
    """Return the condition that holds for the events of some kinds."""
    return events.c.kind.in_(kinds)


def ordered(connection: Connection, condition: ColumnElement[bool]) -> tuple[Event, ...]:
    """Return the events for which a condition holds, oldest first."""
    query = select(*_SHOWN).where(condition).order_by(events.c.assessment_id, events.c.sequence)
    return tuple(_event(row) for row in connection.execute(query))


def standing(connection: Connection, condition: ColumnElement[bool]) -> tuple[Event, ...]:
    """Return the latest event of each key among those for which a condition holds; the index alone finds them."""
    place = (events.c.assessment_id, events.c.kind, events.c.key)
    newest = select(events.c.assessment_id, func.max(events.c.sequence).label("sequence")).where(condition)
    return tuple(_event(row) for row in connection.execute(_joined(newest.group_by(*place), _SHOWN)))


def _joined(newest: Select[Any], columns: Sequence[ColumnElement[Any]]) -> Select[Any]:
    found = newest.subquery()
    same = and_(events.c.assessment_id == found.c.assessment_id, events.c.sequence == found.c.sequence)
    return select(*columns).join_from(found, events, same)


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
    query = select(assessments.c.id).where(assessments.c.id == assessment).with_for_update()
    return connection.execute(query).first() is not None


def requested(connection: Connection, assessment: str, request_id: str | None) -> Event | None:
    """Return the event that a request wrote earlier."""
    if request_id is None:
        return None
    condition = and_(events.c.assessment_id == assessment, events.c.request_id == request_id)
    found = ordered(connection, condition)
    return found[0] if found else None


def newest(connection: Connection, assessment: str, most: int) -> tuple[Event, ...]:
    """Return the last events of an assessment, oldest first."""
    query = select(*_SHOWN).where(of_assessment(assessment)).order_by(events.c.sequence.desc()).limit(most)
    return tuple(reversed([_event(row) for row in connection.execute(query)]))


def latest_of(
    connection: Connection, assessment: str, kind: Kind, key: str, *, before: int | None = None
) -> Event | None:
    """Return the event that stands for one key, or that stood before the event with a sequence."""
    query = select(*_SHOWN).where(of_key(assessment, kind, key)).order_by(events.c.sequence.desc()).limit(1)
    if before is not None:
        query = query.where(events.c.sequence < before)
    row = connection.execute(query).first()
    return None if row is None else _event(row)


def last(connection: Connection, assessment: str) -> int:
    """Return the sequence of an assessment's latest event, 0 when it has none."""
    query = select(func.max(events.c.sequence)).where(events.c.assessment_id == assessment)
    return connection.execute(query).scalar() or 0


def write(connection: Connection, fresh: Sequence[Event]) -> None:
    """Insert events."""
    if fresh:
        connection.execute(insert(events), [_row(event) for event in fresh])


def _row(event: Event) -> dict[str, Any]:
    row = asdict(event)
    row["assessment_id"] = row.pop("assessment")
    return row
