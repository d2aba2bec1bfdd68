"""Where the database is, how it is opened, and what is said when it cannot be."""

from __future__ import annotations

import stat
import threading
from pathlib import Path

import pytest
from sqlalchemy import URL

from store import connection
from store.connection import connect, database_url, default_file, speaking
from store.errors import StoreError
from store.folding import Change
from store.log import Stamp, Store

Beginning = tuple[Change, ...]


def test_the_default_is_in_the_users_data_folder() -> None:
    """XDG_DATA_HOME is honoured when it is absolute, as its standard says; else the usual place."""
    home = Path.home() / ".local" / "share" / "sixstep" / "sixstep.db"
    assert default_file({"XDG_DATA_HOME": "/data"}) == Path("/data/sixstep/sixstep.db")
    assert default_file({"XDG_DATA_HOME": "data"}) == home
    assert default_file({}) == home


def test_an_explicit_address_wins_over_the_variable() -> None:
    """Given address, then SIXSTEP_DATABASE, then the default."""
    environment = {"SIXSTEP_DATABASE": "/from/variable.db", "XDG_DATA_HOME": "/data"}
    assert database_url("sqlite:////given.db", environment).database == "/given.db"
    assert database_url(None, environment).database == "/from/variable.db"
    assert database_url(None, {"XDG_DATA_HOME": "/data"}).database == "/data/sixstep/sixstep.db"


def test_a_plain_path_is_an_sqlite_file() -> None:
    """A value without :// is a file, whatever characters it has."""
    url = database_url("/a b/%41?x#y.db")
    assert (url.get_backend_name(), url.database) == ("sqlite", "/a b/%41?x#y.db")


@pytest.mark.parametrize("address", ["postgres://u@h/n", "postgresql://u@h/n", "postgresql+psycopg://u@h/n"])
def test_postgresql_is_reached_through_psycopg(address: str) -> None:
    """Both spellings that hosts hand out lead to the same driver."""
    assert database_url(address).drivername == "postgresql+psycopg"


@pytest.mark.parametrize("address", ["sqlite://", "sqlite:///:memory:"])
def test_a_database_in_memory_is_refused(address: str) -> None:
    """Answers in memory would be lost."""
    with pytest.raises(StoreError, match="needs a file"):
        database_url(address)


def test_a_missing_driver_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sentence says what to install and repeats no password."""

    def missing(*_: object, **__: object) -> None:
        raise ModuleNotFoundError

    monkeypatch.setattr(connection, "create_engine", missing)
    with pytest.raises(StoreError) as caught:
        connect(database_url("postgresql://u:secret@h/n"))
    assert "pip install 'psycopg[binary]'" in str(caught.value)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("address", ["nonsense://x", "://", "sqlite:///a\x00b", "postgresql://u:secret@h:port/n"])
def test_an_unusable_address_is_one_sentence(address: str) -> None:
    """No traceback of a library, no password."""
    with pytest.raises(StoreError) as caught:
        Store.open(address)
    assert "\n" not in str(caught.value)
    assert "secret" not in str(caught.value)


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    """The sentence names the file and the way out."""
    blocker = tmp_path / "file"
    blocker.write_text("x", encoding="utf-8")
    with pytest.raises(StoreError, match=r"'six\.db' cannot be made .*SIXSTEP_DATABASE"):
        Store.open(str(blocker / "six.db"))


def test_a_file_that_is_no_database_is_one_sentence(tmp_path: Path) -> None:
    """Opening a text file as a database changes nothing in it."""
    path = tmp_path / "notes.db"
    path.write_text("These are my notes.\n" * 100, encoding="utf-8")
    with pytest.raises(StoreError, match="file is not a database"):
        Store.open(str(path))
    assert path.read_text(encoding="utf-8") == "These are my notes.\n" * 100


def test_only_the_owner_can_read_the_database(store: Store, database: Path) -> None:
    """Folder and file are closed to everybody else."""
    store.check()
    assert stat.S_IMODE(database.stat().st_mode) == 0o600
    assert stat.S_IMODE(database.parent.stat().st_mode) == 0o700


def test_connections_are_safe_and_patient(store: Store) -> None:
    """WAL, full synchronisation, foreign keys, recursive triggers, twenty seconds of patience."""
    wanted = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "busy_timeout": 20_000,
    }
    with store._engine.connect() as found:
        assert {name: found.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted} == wanted


def test_a_writer_takes_the_lock_before_it_reads(store: Store, beginning: Beginning) -> None:
    """Two writers that read the same state cannot both go on from it: the second waits for the first."""
    name = store.create(beginning, Stamp())
    done = threading.Event()

    def write() -> None:
        store.append(name, [Change("answer", "q", {"option": 1})], Stamp())
        done.set()

    thread = threading.Thread(target=write)
    with store._writes.begin():
        thread.start()
        assert not done.wait(0.2)
    assert done.wait(5)
    thread.join()


def test_a_database_that_stays_locked_is_one_sentence(
    store: Store, beginning: Beginning, monkeypatch: pytest.MonkeyPatch, database: Path
) -> None:
    """After its patience a writer says that another program holds the database, and nothing was changed."""
    monkeypatch.setattr(connection, "BUSY_MILLISECONDS", 50)
    name = store.create(beginning, Stamp())
    impatient = Store.open(str(database))
    with store._writes.begin(), pytest.raises(StoreError, match="another program holds it; nothing was changed"):
        impatient.append(name, [Change("answer", "q", {"option": 1})], Stamp())


def test_faults_of_other_kinds_pass_through() -> None:
    """Only database faults become database sentences."""
    with pytest.raises(ZeroDivisionError), speaking("be read"):
        raise ZeroDivisionError


def test_a_url_object_connects(database: Path) -> None:
    """An engine can be made from the address alone."""
    engine = connect(URL.create("sqlite", database=str(database)))
    with engine.connect() as found:
        assert found.exec_driver_sql("SELECT 1").scalar() == 1
