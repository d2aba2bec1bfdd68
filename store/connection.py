"""Where the database is, and connections that neither lose an answer nor trip over each other."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from store.errors import StoreError

VARIABLE = "SIXSTEP_DATABASE"
BUSY_MILLISECONDS = 20_000
"""A writer's patience. SQLite keeps no queue: on a busy machine one of eight can be passed over for seconds."""
_WRITES = "sixstep_writes"
_POSTGRESQL = {"postgres", "postgresql"}


def default_file(environment: Mapping[str, str] = os.environ) -> Path:
    """Return the database in the user's data folder; a relative XDG_DATA_HOME is ignored, as its standard says."""
    base = Path(environment.get("XDG_DATA_HOME", ""))
    folder = base if base.is_absolute() else Path.home() / ".local" / "share"
    return folder / "sixstep" / "sixstep.db"


def database_url(given: str | None = None, environment: Mapping[str, str] = os.environ) -> URL:
    """Return the address of the database: the one given, else SIXSTEP_DATABASE, else the user's own file.

    A value without ``://`` is the path of an SQLite file.

    Raises:
        StoreError: when it is no address that SQLAlchemy reads, or an SQLite database without a file.
    """
    text = given or environment.get(VARIABLE) or str(default_file(environment))
    if "://" not in text:
        return URL.create("sqlite", database=str(Path(text).expanduser()))
    try:
        url = make_url(text)
    except (ArgumentError, ValueError) as error:
        message = "the database address cannot be read; write it like postgresql://user@host/name or give a file"
        raise StoreError(message) from error
    if url.get_backend_name() == "sqlite" and url.database in {None, "", ":memory:"}:
        message = (
            "an SQLite database needs a file, since answers in memory would be lost; write sqlite:///path/to/file.db"
        )
        raise StoreError(message)
    return url.set(drivername="postgresql+psycopg") if url.drivername in _POSTGRESQL else url


def connect(url: URL) -> Engine:
    """Return an engine; an SQLite file and its folder are made, readable by their owner only.

    Raises:
        StoreError: when the driver is missing or the folder cannot be made.
    """
    options: dict[str, Any] = {"pool_size": 10, "max_overflow": 30, "pool_timeout": 10}
    sqlite = url.get_backend_name() == "sqlite"
    if sqlite:
        _make_file(Path(str(url.database)))
    else:
        options["pool_pre_ping"] = True
    try:
        engine = create_engine(url, **options)
    except (ImportError, NoSuchModuleError) as error:
        raise StoreError(_driver_sentence(url)) from error
    if sqlite:
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _driver_sentence(url: URL) -> str:
    if url.get_backend_name() in _POSTGRESQL:
        return "PostgreSQL needs the Python package psycopg, which is not installed; run: pip install 'psycopg[binary]'"
    return f"the database driver '{url.drivername}' is not installed; use an SQLite file or a postgresql:// address"


def _make_file(path: Path) -> None:
    """Make the file before SQLite does, so that nobody else on the machine can read it."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "the path cannot be used"
        message = f"the database file '{path.name}' cannot be made ({reason}); choose another with {VARIABLE}"
        raise StoreError(message) from error


def writing(engine: Engine) -> Engine:
    """Return a view of the engine whose transactions take the write lock at once (BEGIN IMMEDIATE on SQLite)."""
    return engine.execution_options(**{_WRITES: True})


def _prepare_sqlite(connection: Any, record: object) -> None:  # noqa: ARG001 (the hook's signature)
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
    _write_ahead(cursor)
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA recursive_triggers = ON")
    cursor.close()


def _write_ahead(cursor: Any) -> None:
    """Switch to WAL; of two processes that start on a new file, SQLite refuses one at once, whatever the timeout."""
    deadline = time.monotonic() + BUSY_MILLISECONDS / 1000
    while True:
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
        except Exception as error:  # the driver's own class, unknown here
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def speaking(doing: str) -> Iterator[None]:
    """Turn a database fault into one sentence, without addresses or statements in it.

    Args:
        doing: what was being done, such as "save the answer".
    """
    try:
        yield
    except SQLAlchemyError as error:
        raise StoreError(f"the database could not {doing}: {_reason(error)}; nothing was changed") from error


def _reason(error: SQLAlchemyError) -> str:
    said = str(getattr(error, "orig", None) or "").splitlines()
    known = {"locked": "another program holds it", "full": "the disk is full", "readonly": "it may only be read"}
    if not said:
        return "it did not answer"
    reason = said[0].rpartition("failed: ")[2]  # PostgreSQL names host and port before it
    return next((sentence for word, sentence in known.items() if word in reason), reason)
