"""Bringing the database to this version's tables when the product starts."""

from __future__ import annotations

import threading

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, text

from store.connection import speaking, writing
from store.errors import StoreError

_ONE_AT_A_TIME = threading.Lock()
_ADVISORY_LOCK = 6_378_360_001
_NEWER = "the database was written by a newer version of Sixstep; update Sixstep, or choose another database"


def upgrade(engine: Engine) -> None:
    """Apply the migrations that are missing; processes that start together wait for the first.

    Raises:
        StoreError: when the database cannot be used, or comes from a newer version.
    """
    config = _config()
    head = ScriptDirectory.from_config(config).get_current_head()
    with _ONE_AT_A_TIME, speaking("be opened"):
        if _revision(engine) != head:
            _apply(engine, config)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "store:migrations")
    return config


def _revision(engine: Engine) -> str | None:
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def _apply(engine: Engine, config: Config) -> None:
    with writing(engine).begin() as connection:
        _queue(connection)
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, "head")
        except CommandError as error:
            raise StoreError(_NEWER) from error


def _queue(connection: Connection) -> None:
    """Wait until no other process migrates; on SQLite the transaction itself holds the lock."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _ADVISORY_LOCK})
