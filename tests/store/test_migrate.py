"""Migrations make the tables that the code describes, and are part of the installed product."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from store.connection import connect, database_url
from store.errors import StoreError
from store.log import Store
from store.migrate import _config, upgrade
from store.schema import APPEND_ONLY, metadata

ROOT = Path(__file__).parents[2]


def test_the_migrations_make_the_tables_of_the_schema(store: Store) -> None:
    """Alembic finds no difference between what it made and what the code describes."""
    with store._engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_every_table_is_append_only(store: Store) -> None:
    """A table that is added later must have its triggers too."""
    query = text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    with store._engine.connect() as connection:
        triggers = set(connection.execute(query).scalars())
    assert set(metadata.tables) == set(APPEND_ONLY)
    assert {f"{table}_no_{change}" for table in metadata.tables for change in ("update", "delete")} == triggers


def test_migrating_twice_changes_nothing(database: Path) -> None:
    """A second start finds nothing to do."""
    engine = connect(database_url(str(database)))
    upgrade(engine)
    before = database.read_bytes()
    upgrade(engine)
    assert before == database.read_bytes()


def test_a_database_of_a_newer_version_is_refused(store: Store, database: Path) -> None:
    """An older product does not touch what it does not know."""
    with store._writes.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="newer version of Sixstep"):
        Store.open(str(database))


def test_there_is_one_line_of_migrations_without_a_way_back() -> None:
    """One head; and a downgrade, which would drop answers, is refused."""
    script = ScriptDirectory.from_config(_config())
    assert len(script.get_heads()) == 1
    for revision in script.walk_revisions():
        with pytest.raises(NotImplementedError):
            revision.module.downgrade()


def test_the_migrations_are_installed_with_the_product() -> None:
    """The packages that hold them are listed for the installer."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert {"store", "store.migrations", "store.migrations.versions"} <= set(settings["tool"]["setuptools"]["packages"])
