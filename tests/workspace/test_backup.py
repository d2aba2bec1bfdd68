"""A whole workspace as one file: everything comes back, and nothing is merged in silence."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assessment.answers import Answer
from assessment.errors import InputError
from store.log import Store
from workspace.service import Workspace


@pytest.fixture
def elsewhere(small: Workspace, tmp_path: Path) -> Workspace:
    """A second workspace, empty, with the same knowledge."""
    return Workspace(Store.open(str(tmp_path / "elsewhere.db")), small.library)


@pytest.fixture
def full(small: Workspace) -> Workspace:
    """A workspace with a history and an imported document."""
    first = small.create("First")
    small.answer(first, "look.box", Answer(option=1), actor="ana", request_id="r")
    small.answer(first, "look.box", None, actor="ben")
    small.import_document(small.export(first), "first.json")
    return small


def test_a_whole_workspace_moves_without_a_loss(full: Workspace, elsewhere: Workspace) -> None:
    """Ids, histories, who and when, request ids and originals: the two exports are the same bytes."""
    raw = full.export_all()
    assert set(elsewhere.import_any(raw, "all.json")) == {line.id for line in full.assessments()}
    assert raw == elsewhere.export_all()
    assert full.assessments() == elsewhere.assessments()


def test_bringing_a_workspace_in_twice_changes_nothing(full: Workspace) -> None:
    """A backup can be restored over what it was taken from."""
    raw = full.export_all()
    full.import_any(raw, "all.json")
    assert raw == full.export_all()


def test_an_assessment_file_is_recognised(full: Workspace) -> None:
    """The same command brings in one assessment, as a new one."""
    line = full.assessments()[0]
    (name,) = full.import_any(full.export(line.id), "one.json")
    assert name not in {line.id for line in full.assessments()[1:]}
    assert full.open(name).assessment == full.open(line.id).assessment


def _change(change: Callable[[dict[str, Any]], object], raw: bytes) -> bytes:
    data = json.loads(raw)
    change(data)
    return json.dumps(data).encode()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda data: data.update(format="sixstep-workspace/2"), "'format'"),
        (lambda data: data["assessments"][0].update(id="../x"), "id"),
        (lambda data: data["assessments"].append(data["assessments"][0]), "stands twice"),
        (lambda data: data["assessments"][0]["events"].pop(0), "not numbered from 1"),
        (lambda data: data["assessments"][0]["events"][0].update(kind="mood"), "kind"),
        (lambda data: data["assessments"][0]["events"][5].update(payload={"option": 9}), "look.box: option 9"),
        (lambda data: data["assessments"][0]["events"][5].update(payload={"mood": 9}), "cannot be read"),
        (lambda data: data["assessments"][0]["events"][0].update(payload="\x00"), "NUL"),
        (lambda data: data["assessments"][0]["events"][0].update(payload="\ud800"), "half of a character"),
        (lambda data: data["assessments"][0]["events"][0].update(at="2026-01-01T00:00:00"), "at"),
        (lambda data: data["assessments"][0]["events"][6].update(request_id="r"), "request id stands twice"),
        (lambda data: data["assessments"][1]["originals"][0].update(content="***"), "not base64"),
    ],
)
def test_a_damaged_backup_is_refused_whole(
    full: Workspace, elsewhere: Workspace, change: Callable[[dict[str, Any]], object], sentence: str
) -> None:
    """One fault anywhere, also in an answer that was overwritten since, and nothing is brought in."""
    with pytest.raises(InputError, match=sentence):
        elsewhere.import_any(_change(change, full.export_all()), "all.json")
    assert elsewhere.assessments() == ()


@pytest.mark.parametrize("raw", [b"", b"[]", b"{}", b"[" * 100_000, b"\xff", b"3"])
def test_what_is_neither_is_refused_as_an_assessment(small: Workspace, raw: bytes) -> None:
    """The sentences are those of a portable assessment."""
    with pytest.raises(InputError, match=r"a\.json"):
        small.import_any(raw, "a.json")
