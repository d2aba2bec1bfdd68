"""Exports whose fields hold what no forge writes there: read as nothing, or refused in one sentence, never a fault."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from assessment.delivery.reading import Reading, read_deployments, read_incidents
from assessment.errors import InputError

AT, SHA = "2026-01-01T00:00:00Z", "a" * 40
DEPLOYED = {"id": 1, "environment": "production", "created_at": AT, "sha": SHA, "ref": "main"}
KINDS: Mapping[str, dict[str, Any]] = {
    "github_deployment": {**DEPLOYED, "production_environment": True},
    "github_status": {
        "deployment_url": "https://api.github.com/repos/o/r/deployments/1",
        "state": "success",
        "created_at": AT,
        "environment": "production",
    },
    "github_commit": {"sha": SHA, "commit": {"committer": {"date": AT}, "author": {"date": AT}}},
    "github_run": {
        "id": 2,
        "workflow_id": 1,
        "name": "Deploy",
        "conclusion": "success",
        "head_branch": "main",
        "head_sha": SHA,
        "head_commit": {"timestamp": AT},
        "updated_at": AT,
    },
    "github_release": {
        "id": 3,
        "tag_name": "v1",
        "published_at": AT,
        "created_at": AT,
        "target_commitish": "main",
        "draft": False,
        "prerelease": False,
    },
    "gitlab_deployment": {
        "id": 4,
        "iid": 1,
        "status": "success",
        "environment": {"name": "production"},
        "created_at": AT,
        "ref": "main",
        "sha": SHA,
        "deployable": {"finished_at": AT, "commit": {"committed_date": AT, "created_at": AT}},
    },
    "github_issue": {
        "id": 5,
        "number": 5,
        "title": "Down",
        "body": f"deployment 1 {SHA}",
        "labels": [{"name": "incident"}],
        "created_at": AT,
        "closed_at": AT,
        "state_reason": "completed",
    },
    "gitlab_issue": {
        "id": 6,
        "iid": 6,
        "issue_type": "incident",
        "severity": "HIGH",
        "title": "Down",
        "description": "deployment 1",
        "labels": ["incident"],
        "created_at": AT,
        "closed_at": AT,
    },
}
DEEP = json.loads("[" * 300 + "]" * 300)
VALUES: tuple[Any, ...] = (
    5,
    -1,
    10**30,
    1.5,
    True,
    None,
    "",
    "x" * 100_000,
    "9999-12-31T23:59+14:00",
    [],
    [None],
    {},
    {"name": 5},
    DEEP,
)


def changed(value: Any) -> Iterator[Any]:
    """Yield a value with each of its parts, at any depth, in place of each of the values that do not belong there."""
    yield from VALUES
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in parts:
        for other in changed(part):
            copy = value.copy()
            copy[key] = other
            yield copy


@pytest.mark.parametrize("kind", KINDS)
def test_a_field_of_any_type_is_read_as_nothing_or_refused_in_one_sentence(kind: str) -> None:
    """Each field in turn holds numbers, flags, nulls, long texts, lists and records."""
    read = read_incidents if kind.endswith("issue") else read_deployments
    beside = [DEPLOYED] if kind in {"github_status", "github_commit"} else []
    refused: list[InputError] = []
    items = [item for item in changed(KINDS[kind]) if isinstance(item, dict)]
    for item in items:
        try:
            read(io.BytesIO(json.dumps([*beside, item]).encode()), "f", Reading())
        except InputError as error:
            refused.append(error)
    assert 0 < len(refused) < len(items)
    assert all(len(error.problems) == 1 for error in refused)
    assert all(str(error).isprintable() and len(str(error)) < 500 for error in refused)


def test_labels_that_are_no_list_are_none() -> None:
    """A number or a text in their place is no label; the issue is then no incident."""
    for given in (5, True, "incident", {"name": "incident"}):
        with pytest.raises(InputError, match="no issue is an incident by its type or label"):
            issues({**KINDS["github_issue"], "labels": given})


def test_a_null_among_labels_is_no_severity() -> None:
    """'None' is a word for a severity in which nobody lost a service; a null says nothing."""
    found = issues({**KINDS["gitlab_issue"], "severity": None, "labels": [None]})
    assert found == [None]


def issues(item: Mapping[str, Any]) -> list[bool | None]:
    """Return the seriousness of the incidents in an export of one issue."""
    log = read_incidents(io.BytesIO(json.dumps([item]).encode()), "i", Reading())
    return [one.serious for one in log.records]
