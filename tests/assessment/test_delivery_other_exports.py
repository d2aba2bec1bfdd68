"""Exports in other words: GitHub's command line tool, GitLab's CSV of issues, types of issues that have a name."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from assessment.delivery.reading import Reading, read_deployments, read_incidents
from assessment.delivery.records import Deployment, Incident, Log
from assessment.delivery.times import zone
from assessment.errors import InputError

PLAIN = Reading()
GITLAB = (
    "Title,Description,Issue ID,URL,State,Author,Author Username,Assignee,Assignee Username,Confidential,Locked,"
    "Due Date,Created At (UTC),Updated At (UTC),Closed At (UTC),Milestone,Weight,Labels,Time Estimate,Time Spent\n"
)


def deployed(items: list[dict[str, Any]]) -> Log[Deployment]:
    """Read deployments from records."""
    return read_deployments(io.BytesIO(json.dumps(items).encode()), "d.json", PLAIN)


def happened(text: str, how: Reading = PLAIN, name: str = "i.csv") -> Log[Incident]:
    """Read incidents from text."""
    return read_incidents(io.BytesIO(text.encode()), name, how)


def issue(number: int, **own: Any) -> dict[str, Any]:
    """Return an issue as ``gh issue list --json`` writes it."""
    plain = {"number": number, "title": "Down", "body": "", "state": "CLOSED", "stateReason": "COMPLETED"}
    times = {"createdAt": "2026-01-01T10:00:00Z", "closedAt": "2026-01-01T12:00:00Z"}
    return {**plain, **times, "labels": [{"id": "LA", "name": "incident"}], **own}


def row(number: int, created: str, closed: str, labels: str) -> str:
    """Return a row of GitLab's CSV of issues."""
    state = "Closed" if closed else "Open"
    return f'Down,"a, b",{number},u,{state},A,a,,,No,No,,{created},{created},{closed},,,"{labels}",0,0\n'


def test_issues_of_the_command_line_tool_are_those_of_the_interface() -> None:
    """Names and capitals differ, what is said does not; an issue that is open has no end."""
    given = [
        issue(1),
        issue(1),
        issue(2, stateReason="NOT_PLANNED"),
        issue(3, state="OPEN", stateReason="", closedAt=None),
        issue(4, labels=[{"name": "docs"}]),
    ]
    log = happened(json.dumps(given), name="i.json")
    assert log.counts == {"duplicates": 1, "not_planned": 1, "other_issues": 1}
    assert [(one.id, one.resolved) for one in log.records] == [("1", 1767268800.0), ("3", None)]


def test_runs_of_the_command_line_tool_are_those_of_the_interface() -> None:
    """The workflow is known by its own name, not by that of the run; without a commit's time there is no lead time."""
    times = {"createdAt": "2026-01-01T10:00:00Z", "updatedAt": "2026-01-01T10:05:00Z"}
    run = {**times, "databaseId": 7, "name": "Fix the login", "headSha": "a" * 40, "headBranch": "hotfix/login"}
    runs = [
        {**run, "conclusion": "success", "workflowName": "Deploy"},
        {**run, "conclusion": "failure", "workflowName": "Deploy", "databaseId": 8},
        {**run, "conclusion": "success", "workflowName": "Test", "databaseId": 9},
    ]
    log = deployed(runs)
    assert [(one.id, one.at, one.unplanned, one.committed) for one in log.records] == [("7", 1767261900.0, True, None)]
    assert log.counts == {"not_done": 1, "other_workflows": 1, "fixes_by_branch": 1}


def test_releases_of_the_command_line_tool_leave_drafts_out() -> None:
    """Its isDraft and isPrerelease are the interface's draft and prerelease."""
    release = {"createdAt": "2026-01-01T10:00:00Z", "publishedAt": "2026-01-01T16:00:00Z", "isDraft": False}
    given = [
        {**release, "tagName": "v1", "isPrerelease": False},
        {**release, "tagName": "v2-rc", "isPrerelease": True},
        {**release, "tagName": "v2", "isPrerelease": False, "isDraft": True},
    ]
    log = deployed(given)
    assert [(one.id, one.at) for one in log.records] == [("v1", 1767283200.0)]
    assert log.counts == {"not_done": 2}


@pytest.mark.parametrize("without", [{"closedAt": None}, {"closedAt": ""}])
def test_a_closed_issue_without_its_end_is_refused(without: dict[str, Any]) -> None:
    """It would otherwise count as open until today."""
    with pytest.raises(InputError, match="does not say when it was closed"):
        happened(json.dumps([issue(1, **without)]), name="i.json")


def test_issues_exported_without_their_ends_are_refused() -> None:
    """The tool writes only the fields that were asked for."""
    given = {name: value for name, value in issue(1).items() if name not in {"closedAt", "state"}}
    with pytest.raises(InputError, match="does not say when it was closed"):
        happened(json.dumps([given]), name="i.json")


def test_a_type_of_issue_with_a_name_says_what_an_incident_is() -> None:
    """GitHub's types of issues are records, GitLab's are words."""
    typed = {"number": 1, "labels": [], "created_at": "2026-01-01T10:00:00Z", "closed_at": None, "state": "open"}
    log = happened(json.dumps([{**typed, "type": {"id": 9, "name": "Incident"}}]), name="i.json")
    assert len(log.records) == 1


def test_the_csv_of_gitlab_is_in_the_zone_that_its_header_names() -> None:
    """'Created At (UTC)' has no offset in its cells and needs none, whatever zone was stated for others."""
    text = GITLAB + row(5, "2026-01-01 10:00:00", "2026-01-01 12:00:00", "incident,severity::1")
    for how in (PLAIN, Reading(stated=zone("Asia/Tokyo"))):
        (found,) = happened(text, how).records
        assert (found.id, found.started, found.detected, found.resolved) == ("5", None, 1767261600.0, 1767268800.0)
        assert found.serious is True


def test_the_csv_of_gitlab_counts_issues_by_their_labels() -> None:
    """Those with a label that is known, or with the one that is named; the rest are counted as other issues."""
    times = ("2026-01-01 10:00:00", "2026-01-01 12:00:00")
    text = GITLAB + row(1, *times, "incident") + row(2, *times, "bug,ward::a") + row(3, *times, "")
    log = happened(text)
    assert ([one.id for one in log.records], log.counts) == (["1"], {"other_issues": 2})
    named = happened(text, Reading(label="Bug"))
    assert ([one.id for one in named.records], named.counts) == (["2"], {"other_issues": 2})
    with pytest.raises(InputError, match=r"no issue has the label 'outage'; name the label .*'incident', 'bug'"):
        happened(text, Reading(label="outage"))


def test_a_csv_without_a_label_of_incidents_holds_incidents_alone() -> None:
    """Somebody exported the incidents: labels that say something else leave none of them out."""
    times = ("2026-01-01 10:00:00", "")
    log = happened(GITLAB + row(1, *times, "ward::a") + row(2, *times, ""))
    assert ([one.id for one in log.records], log.counts) == (["1", "2"], {})


def test_a_plain_column_comes_before_one_said_to_be_in_utc() -> None:
    """A table with both keeps the one without a suffix, whose offset is then needed."""
    text = "detected_at,detected_at_utc\n2026-01-01T10:00:00+02:00,2026-01-01 08:00:00\n"
    assert happened(text).records[0].detected == 1767254400.0
