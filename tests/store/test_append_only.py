"""Nothing that was saved is changed or removed: not by the store, and not by a statement sent around it."""

from __future__ import annotations

import ast
import sqlite3
from pathlib import Path

import pytest

import store as package
from store.folding import Change
from store.log import Stamp, Store
from store.shelf import Shelf, Text

Beginning = tuple[Change, ...]
_STATEMENTS = [
    "UPDATE assessments SET created_at = ''",
    "DELETE FROM assessments",
    "UPDATE events SET payload = NULL",
    "UPDATE events SET actor = 'x' WHERE sequence = 1",
    "DELETE FROM events",
    "UPDATE documents SET content = ''",
    "DELETE FROM documents",
    "UPDATE questionnaires SET whole = ''",
    "DELETE FROM questionnaires",
]


@pytest.mark.parametrize("statement", _STATEMENTS)
def test_the_database_itself_refuses_changes(
    store: Store, beginning: Beginning, database: Path, statement: str
) -> None:
    """A trigger stops every update and delete, also from a plain sqlite3 connection."""
    store.create(beginning, Stamp(), ("a.json", b"{}"))
    store.install("tiny", "1", "tiny.yaml", Text(b"id: tiny", b"{}"))
    before = store.logs()
    with sqlite3.connect(database) as raw, pytest.raises(sqlite3.IntegrityError, match="append-only"):
        raw.execute(statement)
    assert before == store.logs()


def test_replacing_a_row_is_refused_too(store: Store, beginning: Beginning) -> None:
    """INSERT OR REPLACE deletes in secret; the store's connections make that fire the trigger."""
    name = store.create(beginning, Stamp())
    statement = (
        "INSERT OR REPLACE INTO events (assessment_id, sequence, kind, key, actor, at, questionnaire_version) "
        "VALUES (?, 1, 'meta', 'name', '', '2026-01-01 00:00:00', '')"
    )
    with store._engine.connect() as connection, pytest.raises(Exception, match="append-only"):
        connection.exec_driver_sql(statement, (name,))


def test_an_event_of_no_assessment_is_refused(store: Store) -> None:
    """Foreign keys are on."""
    statement = (
        "INSERT INTO events (assessment_id, sequence, kind, key, actor, at, questionnaire_version) "
        "VALUES ('nobody', 1, 'meta', 'name', '', '2026-01-01 00:00:00', '')"
    )
    with store._engine.connect() as connection, pytest.raises(Exception, match="FOREIGN KEY"):
        connection.exec_driver_sql(statement)


def test_no_code_of_the_store_updates_or_deletes() -> None:
    """The package imports neither ``update`` nor ``delete`` from SQLAlchemy, and calls no such method."""
    folder = Path(str(package.__file__)).parent
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sqlalchemy"):
                assert not {"update", "delete"} & {alias.name for alias in node.names}, path.name
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                assert node.func.attr not in {"update", "delete"}, path.name


def test_the_store_offers_no_way_to_change_or_remove() -> None:
    """Of the store's operations only these five write, and each adds."""
    public = {name for name in {**vars(Store), **vars(Shelf)} if not name.startswith("_")}
    readers = {"open", "close", "check", "latest", "standing", "overview", "saved", "history", "originals", "logs"}
    readers |= {"volumes", "text_of"}
    assert public - readers == {"create", "append", "append_numbered", "restore", "install"}
