"""Workspaces on a fresh database: one on the small questionnaire, one on the built-in files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assessment.questionnaire import Questionnaire
from store.log import Store
from workspace.library import Library
from workspace.service import Workspace


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    opened = Store.open(str(tmp_path / "six.db"))
    yield opened
    opened.close()


@pytest.fixture
def small(store: Store, four_step: Questionnaire) -> Workspace:
    """A workspace whose default questionnaire has fifteen questions and four options."""
    return Workspace(store, Library([four_step]))


@pytest.fixture(scope="session")
def built_in() -> Library:
    """The built-in files, read once."""
    return Library()


@pytest.fixture
def workspace(store: Store, built_in: Library) -> Workspace:
    """A workspace on the built-in files."""
    return Workspace(store, built_in)
