"""The store: an append-only log of events for each assessment. Nothing here changes or removes a row."""

from __future__ import annotations

import secrets
import string
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass, replace
from datetime import UTC, datetime
from itertools import count

from sqlalchemy import Connection, Engine, select

from store import past, queries, shelf
from store.connection import connect, database_url, speaking, writing
from store.errors import RequestReused, UnknownAssessment
from store.folding import Change, Event, Kind, Payload, standing
from store.migrate import upgrade
from store.schema import canonical

_ID_ALPHABET = string.ascii_letters + string.digits  # no dash, which a terminal would take for an option
_ID_LENGTH = 24  # 142 bits: no id can be guessed
_LONGEST_TURN = 5.0  # seconds


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who changes something, on which version of the questionnaire, and under which request id (for one change)."""

    actor: str = ""
    questionnaire_version: str = ""
    request_id: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """The event that now stands for a change (None: cleared what was never set); ``written`` unless it stood before."""

    event: Event | None
    written: bool


@dataclass(frozen=True, slots=True)
class Original:
    """An imported document, byte for byte as it came."""

    file_name: str
    content: bytes
    at: datetime


@dataclass(frozen=True, slots=True)
class Log:
    """Everything that is kept of one assessment."""

    id: str
    created_at: datetime
    events: tuple[Event, ...]
    originals: tuple[Original, ...] = ()


def _now() -> datetime:
    return datetime.now(UTC)


class Store(shelf.Shelf, past.Past):
    """Assessments as logs of events, in SQLite or PostgreSQL; safe to share between threads and processes."""

    def __init__(self, engine: Engine, *, clock: Callable[[], datetime] = _now) -> None:
        """Use a database whose tables are up to date; see :meth:`open`."""
        self._engine = engine
        self._writes = writing(engine)
        self._clock = clock
        self._sqlite = engine.dialect.name == "sqlite"
        self._turn = threading.Lock()

    @classmethod
    def open(cls, url: str | None = None, *, clock: Callable[[], datetime] = _now) -> Store:
        """Open the database at ``url`` (default: SIXSTEP_DATABASE, else the user's file) and bring it up to date.

        Raises:
            StoreError: in one sentence, when that cannot be done.
        """
        engine = connect(database_url(url))
        upgrade(engine)
        return cls(engine, clock=clock)

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    def check(self) -> None:
        """Ask the database something.

        Raises:
            StoreError: when it does not answer.
        """
        with self._reading() as connection:
            connection.execute(select(1))

    def create(self, changes: Sequence[Change], stamp: Stamp, original: tuple[str, bytes] | None = None) -> str:
        """Begin an assessment with its first changes, keeping the document (name, bytes) that it came from."""
        name, moment = _new_id(), self._clock()
        kept = () if original is None else (Original(*original, moment),)
        log = Log(name, moment, _stamped(name, 1, changes, stamp, moment), kept)
        with self._writing("save the assessment") as connection:
            queries.begin(connection, log.id, log.created_at)
            _write(connection, log)
        return name

    def restore(
        self, logs: Sequence[Log], questionnaires: Sequence[tuple[shelf.Volume, shelf.Text]] = ()
    ) -> tuple[str, ...]:
        """Bring in whole logs, and the questionnaires that they were answered on, all or none; returns the logs' ids.

        A log keeps its id where that is free, and carries on one that begins it; else it gets an id of its own.

        Raises:
            VersionTaken: when a questionnaire that stands here has other content.
        """
        with self._writing("save the assessments") as connection:
            for volume, text in questionnaires:
                shelf.put(connection, volume, text)
            return tuple(_restore(connection, log) for log in logs)

    def append(self, assessment: str, changes: Sequence[Change], stamp: Stamp) -> tuple[Outcome, ...]:
        """Append the changes, all or none; one that stands already, or whose request id was seen, writes nothing.

        Raises:
            UnknownAssessment: no such assessment.
            RequestReused: the request id was used for another change.
            StoreError: nothing was saved, for the reason it says.
        """
        with self._writing("save the answer") as connection:
            if not queries.lock(connection, assessment):
                message = "there is no such assessment"
                raise UnknownAssessment(message)
            repeated = queries.requested(connection, assessment, stamp.request_id)
            if repeated is not None:
                return _replay(repeated, changes)
            stood = [queries.latest_of(connection, assessment, change.kind, change.key) for change in changes]
            fresh = [change for change, event in zip(changes, stood, strict=True) if not _stands(change, event)]
            first = queries.last(connection, assessment) + 1
            written = _stamped(assessment, first, fresh, stamp, self._clock())
            queries.write(connection, written)
        return _outcomes(changes, stood, written)

    def append_numbered(
        self, assessment: str, kind: Kind, prefix: str, payload: Payload, stamp: Stamp, *, most: int
    ) -> str | None:
        """Append a payload under the first key (prefix and number, ``w01``) that was never used; returns the key.

        Returns None, with nothing written, when ``most`` keys of the kind stand already. Two writers never get one key.

        Raises:
            UnknownAssessment: no such assessment.
            StoreError: nothing was saved, for the reason it says.
        """
        with self._writing("save the entry") as connection:
            if not queries.lock(connection, assessment):
                message = "there is no such assessment"
                raise UnknownAssessment(message)
            events = queries.standing(connection, assessment)
            known = {event.key: event.payload for event in events if event.kind == kind}
            if sum(value is not None for value in known.values()) >= most:
                return None
            key = next(name for number in count(1) if (name := f"{prefix}{number:02}") not in known)
            first = queries.last(connection, assessment) + 1
            queries.write(connection, _stamped(assessment, first, [Change(kind, key, payload)], stamp, self._clock()))
        return key

    def latest(self, assessment: str, after: int = 0) -> tuple[Event, ...]:
        """Return the latest event of every key, cleared ones included, among those numbered above ``after``."""
        with self._reading() as connection:
            if after == 0:
                return queries.standing(connection, assessment)
            return tuple(standing(queries.after(connection, assessment, after)).values())

    def standing(self, assessment: str, kind: Kind, key: str) -> Event | None:
        """Return the event that stands for one key; None when it was never set."""
        with self._reading() as connection:
            return queries.latest_of(connection, assessment, kind, key)

    def overview(self) -> dict[str, tuple[Event, ...]]:
        """Return the latest meta and answer events of every assessment: what a list of them shows."""
        found: dict[str, list[Event]] = {}
        with self._reading() as connection:
            for event in queries.overview(connection):
                found.setdefault(event.assessment, []).append(event)
        return {name: tuple(group) for name, group in found.items()}

    def saved(self) -> dict[str, datetime]:
        """Return when each assessment last changed."""
        with self._reading() as connection:
            return queries.saved(connection)

    def history(self, assessment: str, kind: Kind, key: str) -> tuple[Event, ...]:
        """Return every event of one key, oldest first."""
        with self._reading() as connection:
            return queries.of_key(connection, assessment, kind, key)

    def originals(self, assessment: str) -> tuple[Original, ...]:
        """Return the documents that an assessment was imported from."""
        with self._reading() as connection:
            return _originals(connection, assessment)

    def logs(self) -> tuple[Log, ...]:
        """Return everything, the assessment begun first first."""
        with self._reading() as connection:
            return tuple(_log(connection, name, at) for name, at in queries.begun(connection))

    @contextmanager
    def _writing(self, doing: str) -> Iterator[Connection]:
        with speaking(doing), self._queue(), self._writes.begin() as connection:
            yield connection

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with speaking("be read"), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _queue(self) -> Iterator[None]:
        """SQLite lets one writer in: threads of one process that queue here need not poll its lock."""
        mine = self._sqlite and self._turn.acquire(timeout=_LONGEST_TURN)
        try:
            yield
        finally:
            if mine:
                self._turn.release()


def _new_id() -> str:
    return "".join(secrets.choice(_ID_ALPHABET) for _ in range(_ID_LENGTH))


def _write(connection: Connection, log: Log, known: int = 0) -> None:
    """Write what comes after the first ``known`` events."""
    queries.write(connection, log.events[known:])
    for original in log.originals if known == 0 else ():
        queries.keep(connection, log.id, original.file_name, original.content, original.at)


def _restore(connection: Connection, log: Log) -> str:
    if queries.lock(connection, log.id):
        here = queries.whole(connection, log.id)
        shared = min(len(here), len(log.events))
        if here[:shared] == log.events[:shared]:
            _write(connection, log, shared)
            return log.id
        name = _new_id()
        log = Log(name, log.created_at, tuple(replace(event, assessment=name) for event in log.events), log.originals)
    queries.begin(connection, log.id, log.created_at)
    _write(connection, log)
    return log.id


def _originals(connection: Connection, assessment: str) -> tuple[Original, ...]:
    return tuple(Original(*row) for row in queries.kept(connection, assessment))


def _log(connection: Connection, name: str, created_at: datetime) -> Log:
    log = queries.whole(connection, name)
    return Log(name, created_at, log, _originals(connection, name))


def _stamped(name: str, first: int, changes: Sequence[Change], stamp: Stamp, at: datetime) -> tuple[Event, ...]:
    return tuple(
        Event(
            assessment=name,
            sequence=sequence,
            kind=change.kind,
            key=change.key,
            payload=change.payload,
            actor=stamp.actor,
            at=at,
            questionnaire_version=stamp.questionnaire_version,
            request_id=stamp.request_id,
        )
        for sequence, change in enumerate(changes, first)
    )


def _stands(change: Change, event: Event | None) -> bool:
    return canonical(change.payload) == canonical(event.payload if event else None)


def _replay(repeated: Event, changes: Sequence[Change]) -> tuple[Outcome, ...]:
    if [canonical(astuple(change)) for change in changes] != [canonical(astuple(repeated.change))]:
        message = "this request id was used for another change; give each change its own"
        raise RequestReused(message)
    return (Outcome(repeated, written=True),)


def _outcomes(
    changes: Sequence[Change], stood: Sequence[Event | None], written: Sequence[Event]
) -> tuple[Outcome, ...]:
    new = {(event.kind, event.key): event for event in written}
    places = [(change.kind, change.key) for change in changes]
    return tuple(Outcome(new.get(place, event), place in new) for place, event in zip(places, stood, strict=True))
