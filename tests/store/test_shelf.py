"""Installed questionnaires: under one id and version stands one text, for ever, for every process."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import text

from store.connection import connect, database_url, writing
from store.folding import Change
from store.log import Stamp, Store
from store.migrate import _config
from store.shelf import Text, VersionTaken

ROOT = Path(__file__).parents[2]
TINY = Text(b"id: tiny", b'{"id":"tiny"}')
OTHER = Text(b"id: other", b'{"id":"other"}')
_INSTALL = """
import sys, time
from store.log import Store
from store.shelf import Text
store = Store.open(sys.argv[1])
while time.time() < float(sys.argv[2]):
    pass
print(store.install("tiny", "1", "tiny.yaml", Text(b"id: tiny", b'{"id":"tiny"}')))
"""


def test_what_was_installed_is_read_back(store: Store) -> None:
    """The file as it came, and the whole that it gives."""
    assert store.install("tiny", "1", "tiny.yaml", TINY)
    assert store.text_of("tiny", "1") == TINY
    assert store.text_of("tiny", "2") is None
    (volume,) = store.volumes()
    assert (volume.place, volume.file_name, volume.sha256) == (("tiny", "1"), "tiny.yaml", TINY.sha256)


def test_the_same_again_changes_nothing(store: Store) -> None:
    """Installing is idempotent, and says whether anything was new."""
    store.install("tiny", "1", "tiny.yaml", TINY)
    before = store.volumes()
    assert not store.install("tiny", "1", "renamed.yaml", TINY)
    assert before == store.volumes()


def test_other_content_under_the_same_version_is_refused(store: Store) -> None:
    """An assessment answered on it would change its meaning; a new version is a new row."""
    store.install("tiny", "1", "tiny.yaml", TINY)
    with pytest.raises(VersionTaken, match=r"version '1' of the questionnaire 'tiny'.*give it a new version"):
        store.install("tiny", "1", "tiny.yaml", OTHER)
    assert store.install("tiny", "2", "tiny.yaml", OTHER)
    assert store.text_of("tiny", "1") == TINY


def test_a_restore_with_other_content_brings_nothing_in(store: Store, beginning: tuple[Change, ...]) -> None:
    """All or none, the assessments included."""
    store.create(beginning, Stamp())
    store.install("tiny", "1", "tiny.yaml", TINY)
    (log,), (volume,) = store.logs(), store.volumes()
    with pytest.raises(VersionTaken):
        store.restore([log, log], [(volume, OTHER)])
    assert store.logs() == (log,)


def test_threads_that_install_at_once_agree(store: Store) -> None:
    """One of them is first, and nobody gets an error."""
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: store.install("tiny", "1", "tiny.yaml", TINY), range(8)))
    assert sorted(found) == [False] * 7 + [True]


def test_processes_that_install_at_once_agree(database: Path, store: Store) -> None:
    """The database decides who was first; what one installed another one reads."""
    import time  # noqa: PLC0415 - a meeting point, no measurement

    start = str(time.time() + 1.5)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", _INSTALL, str(database), start], env=environment, stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    assert sorted(process.communicate(timeout=60)[0].strip() for process in processes) == ["False", "True"]
    assert store.text_of("tiny", "1") == TINY


def test_a_database_of_the_first_release_gains_the_table_and_loses_nothing(
    database: Path, beginning: tuple[Change, ...]
) -> None:
    """A migration that adds a place to keep questionnaires touches no assessment."""
    engine = connect(database_url(str(database)))
    with writing(engine).begin() as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    old = Store(engine)
    name = old.create(beginning, Stamp("ana"), ("a.json", b"{}"))
    before = old.logs()
    with engine.connect() as connection:
        tables = set(connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'")).scalars())
    assert "questionnaires" not in tables
    new = Store.open(str(database))
    assert new.logs() == before
    assert new.latest(name) == old.latest(name)
    assert new.volumes() == ()
    assert new.install("tiny", "1", "tiny.yaml", TINY)
