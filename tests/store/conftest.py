"""A store on a fresh SQLite file, and the changes that begin an assessment."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from store.folding import Change
from store.log import Store

BEGINNING = (
    Change("meta", "name", "Alder Ward"),
    Change("meta", "organisation", ""),
    Change("meta", "fictional", payload=False),
    Change("meta", "mode", "pulse"),
    Change("meta", "questionnaire", {"id": "tiny", "version": "1"}),
)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A path at which there is no database yet."""
    return tmp_path / "data" / "six.db"


@pytest.fixture
def store(database: Path) -> Iterator[Store]:
    """An empty store."""
    opened = Store.open(str(database))
    yield opened
    opened.close()


@pytest.fixture
def beginning() -> tuple[Change, ...]:
    """What every assessment begins with."""
    return BEGINNING
