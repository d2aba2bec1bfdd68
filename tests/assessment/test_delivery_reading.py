"""Deployments and incidents as the readers find them in exports of each format."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.delivery.reading import Reading, read_deployments, read_incidents
from assessment.delivery.records import Deployment, Incident, Log
from assessment.delivery.times import zone
from assessment.errors import InputError

DATA = Path(__file__).parents[1] / "data" / "delivery"
PLAIN = Reading()


def deployments(name: str, how: Reading = PLAIN) -> Log[Deployment]:
    """Read one of the invented exports."""
    with (DATA / name).open("rb") as stream:
        return read_deployments(stream, name, how)


def incidents(name: str, how: Reading = PLAIN) -> Log[Incident]:
    """Read one of the invented exports."""
    with (DATA / name).open("rb") as stream:
        return read_incidents(stream, name, how)


def from_text(text: str, how: Reading = PLAIN) -> Log[Deployment]:
    """Read deployments from text."""
    return read_deployments(io.BytesIO(text.encode()), "d.csv", how)


def test_a_csv_of_deployments_keeps_what_reached_production_once() -> None:
    """A duplicate, another environment, a failed attempt and one before its commit are left out, each counted."""
    log = deployments("deployments.csv")
    assert len(log.records) == 82
    assert log.counts == {"before_commit": 1, "duplicates": 1, "elsewhere": 1, "not_done": 1}
    assert [str(problem) for problem in log.set_aside] == [
        "deployments.csv:87: D902: the deployment comes before its own commit"
    ]
    first = log.records[0]
    assert (first.id, first.service, first.failed, first.unplanned, first.line) == ("D001", "orders", True, True, 2)
    assert first.at == 1759740720.0
    assert first.committed == 1759557720.0
    assert [found.at for found in log.records] == sorted(found.at for found in log.records)


def test_a_csv_of_incidents_with_other_headers_tells_open_and_impossible_ones() -> None:
    """'Started at' is started_at; an empty end is an open incident; one that ends before it begins is set aside."""
    log = incidents("incidents.csv")
    assert len(log.records) == 33
    assert sum(found.resolved is None for found in log.records) == 1
    assert [str(problem) for problem in log.set_aside] == ["incidents.csv:35: I900: the incident ends before it begins"]
    assert log.records[0].links == ("D001",)
    assert {found.serious for found in log.records} == {True, False}


def test_github_deployments_count_from_their_first_success() -> None:
    """Statuses and commits stand in the same file: the time is that of the success, the commit's that of its record."""
    log = deployments("github-deployments.json")
    assert log.kind == "github_deployment"
    assert len(log.records) == 19
    assert log.counts == {"elsewhere": 4, "not_done": 1, "fixes_by_branch": 2}
    first = log.records[0]
    assert first.id == "700101"
    assert (first.at - cast("float", first.committed)) / 60 == 7 * 60 + 8
    assert sum(found.committed is None for found in log.records) == 1
    assert sum(found.unplanned is True for found in log.records) == 2


def test_github_deployments_without_statuses_are_said_to_be_so() -> None:
    """Without statuses nobody knows which came through: all count, and the log says how many."""
    item = {"id": 1, "environment": "production", "created_at": "2026-01-01T00:00:00Z", "sha": "a" * 40, "ref": "main"}
    log = read_deployments(io.BytesIO(json.dumps([item]).encode()), "d.json", PLAIN)
    assert [found.at for found in log.records] == [1767225600.0]
    assert log.counts == {"without_status": 1}


def test_github_statuses_alone_are_deployments_without_commits() -> None:
    """Each success is one, at its first time; the environment stands in the status."""

    def status(number: int, state: str, hour: int, environment: str = "production") -> dict[str, str]:
        url = f"https://api.github.com/repos/o/r/deployments/{number}"
        at = f"2026-01-01T{hour:02d}:00:00Z"
        return {"deployment_url": url, "state": state, "created_at": at, "environment": environment}

    given = [
        status(1, "in_progress", 1),
        status(1, "success", 3),
        status(1, "success", 2),
        status(2, "failure", 4),
        status(3, "success", 5, "qa"),
    ]
    log = read_deployments(io.BytesIO(json.dumps(given).encode()), "s.json", PLAIN)
    assert (log.kind, log.counts) == ("github_status", {"elsewhere": 1})
    assert [(found.id, found.at, found.committed) for found in log.records] == [("1", 1767232800.0, None)]


def test_runs_of_the_workflow_that_deploys_are_told_from_tests() -> None:
    """Of two workflows the one named Deploy counts; its failed run does not."""
    log = deployments("github-runs.json")
    assert len(log.records) == 6
    assert log.counts == {"not_done": 1, "other_workflows": 7}


def test_releases_count_once_they_are_published() -> None:
    """Drafts and pre-releases do not; the commit of a release is as old as the interface says."""
    log = deployments("github-releases.json")
    assert [found.id for found in log.records] == ["v1.1.0", "v1.2.0", "v1.3.0", "v1.6.0"]
    assert {(found.at - cast("float", found.committed)) / 3600 for found in log.records} == {6.0}


def test_github_issues_are_incidents_by_label_and_name_their_deployment() -> None:
    """Pull requests, other issues and false alarms are no incidents; a number or a commit in the text is a link."""
    log = incidents("github-issues.json")
    assert len(log.records) == 9
    assert log.counts == {"not_planned": 1, "other_issues": 1, "pull_requests": 1}
    linked = [found for found in log.records if found.links]
    assert [found.id for found in linked] == ["101", "102", "103", "104"]
    assert [len(found.links[0]) for found in linked] == [6, 40, 6, 40]
    assert [found.serious for found in linked] == [False, True, False, True]


def test_gitlab_exports_are_read_by_type_and_environment() -> None:
    """Review environments and failed jobs are left out; one made without a job has no commit time."""
    log = deployments("gitlab-deployments.json")
    assert (log.kind, len(log.records)) == ("gitlab_deployment", 8)
    assert log.counts == {"elsewhere": 3, "not_done": 1}
    assert sum(found.committed is None for found in log.records) == 1
    found = incidents("gitlab-issues.json")
    assert (found.kind, len(found.records)) == ("gitlab_issue", 5)
    assert [one.serious for one in found.records] == [True, False, None, True, False]
    assert len(found.records[1].links) == 1


def test_another_environment_can_be_named() -> None:
    """What is called staging here may be what patients use there."""
    log = deployments("github-deployments.json", Reading(environment="Staging"))
    assert (len(log.records), log.counts["elsewhere"]) == (4, 20)


@pytest.mark.parametrize(
    "packed", ["[{0}]", "{0}", "[[{0}],[]]", '{{"total_count": 1, "workflow_runs": [{0}]}}', "[{0}][]"]
)
def test_lists_pages_and_lines_of_json_are_the_same_records(packed: str) -> None:
    """One run in each of the ways in which exports are written."""
    run = json.dumps({"id": 7, "workflow_id": 1, "conclusion": "success", "updated_at": "2026-01-01T00:00:00Z"})
    log = read_deployments(io.BytesIO(packed.format(run).encode()), "d.json", PLAIN)
    assert [found.id for found in log.records] == ["7"]


def test_records_know_their_line_however_a_file_is_read() -> None:
    """A stream that gives one byte at a time gives the same records with the same lines."""

    class Trickle(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            return super().read(min(size or 1, 997) if size and size > 0 else 997)

    whole = deployments("github-deployments.json")
    raw = (DATA / "github-deployments.json").read_bytes()
    assert read_deployments(Trickle(raw), "github-deployments.json", PLAIN) == whole
    lines = raw.decode().splitlines()
    assert all(f'"id": {found.id}' in "".join(lines[found.line : found.line + 4]) for found in whole.records)


def test_offsets_are_honoured_and_a_stated_zone_fills_in_for_none() -> None:
    """The same moment in three spellings; without an offset it is one only in a zone that somebody named."""
    how = Reading(stated=zone("Europe/Vienna"))
    text = "deployed_at\n2026-07-01T12:00:00+02:00\n2026-07-01 10:00:00 UTC\n2026-07-01T12:00:00\n"
    assert {found.at for found in from_text(text, how).records} == {1782900000.0}
    with pytest.raises(InputError, match=r"d\.csv:4: deployed_at: '2026-07-01T12:00:00' has no offset"):
        from_text(text)


def test_hours_that_clocks_skip_or_repeat() -> None:
    """An hour that does not exist is refused; the first of an hour that comes twice is taken, and counted."""
    how = Reading(stated=zone("Europe/Vienna"))
    twice = from_text("deployed_at\n2026-10-25T02:30\n", how)
    assert ([found.at for found in twice.records], twice.counts) == ([1792888200.0], {"twice": 1})
    with pytest.raises(InputError, match="does not exist in Europe/Vienna"):
        from_text("deployed_at\n2026-03-29T02:30\n", how)


def test_nothing_depends_on_the_zone_of_the_machine() -> None:
    """Another TZ gives the same moments."""
    code = (
        "import io; from assessment.delivery.reading import *; from assessment.delivery.times import *;"
        "text = b'deployed_at\\n2026-07-01T12:00\\n2026-07-02\\n';"
        "log = read_deployments(io.BytesIO(text), 'd', Reading(zone('America/New_York')));"
        "print([one.at for one in log.records], end_of('2026-07-31', zone('America/New_York'), 'until'))"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", code],
            check=True,
            capture_output=True,
            text=True,
            env={**os.environ, "TZ": name},
            cwd=DATA.parents[2],
        ).stdout
        for name in ("Pacific/Apia", "UTC")
    }
    assert printed == {"[1782921600.0, 1782964800.0] 1785556800.0\n"}


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_separators_are_told_by_the_header(separator: str) -> None:
    """Commas, semicolons and tabs; a cell in quotes may hold a line end, and lines are counted all the same."""
    rows = [["deployed_at", "service"], ["2026-01-02T00:00Z", '"two\nlines"'], ["2026-01-01T00:00Z", "a"]]
    log = from_text("\r\n".join(separator.join(row) for row in rows))
    assert [(found.service, found.line) for found in log.records] == [("a", 4), ("two\nlines", 2)]


def test_fixes_are_told_by_branch_only_where_some_branch_is_named_so() -> None:
    """A team that never writes hotfix/ may still make fixes: then the file does not tell."""
    head = "deployed_at,branch\n2026-01-01T00:00Z,main\n"
    assert [found.unplanned for found in from_text(head).records] == [None]
    told = from_text(head + "2026-01-02T00:00Z,hotfix/dose\n")
    assert [found.unplanned for found in told.records] == [False, True]


NAMES = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2099, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(
    st.lists(st.tuples(MOMENTS, st.integers(0, 10**6), NAMES, st.sampled_from(["", "true", "false"])), min_size=1),
    st.sampled_from([",", ";", "\t"]),
)
@settings(max_examples=40)
def test_what_is_written_as_csv_is_read_again(rows: list[tuple[datetime, int, str, str]], separator: str) -> None:
    """Any part name, with quotes, separators and line ends in it, in any order of rows."""
    written = io.StringIO()
    table = csv.writer(written, delimiter=separator)
    table.writerow(["service", "committed_at", "deployed_at", "failed"])
    for at, lead, name, failed in rows:
        table.writerow([name, (at - timedelta(seconds=lead)).isoformat(), at.isoformat(), failed])
    log = from_text(written.getvalue())
    flags = {"": None, "true": True, "false": False}
    wanted = [
        (at.timestamp(), at.timestamp() - lead, name.strip(), flags[failed])
        for at, lead, name, failed in sorted(rows, key=lambda row: row[0])
    ]
    found = [(one.at, one.committed, one.service, one.failed) for one in log.records]
    assert [row[2:] for row in found] == [row[2:] for row in wanted]
    assert [row[0] for row in found] == pytest.approx([row[0] for row in wanted], abs=1e-5)
    assert [row[1] for row in found] == pytest.approx([row[1] for row in wanted], abs=1e-5)


def test_a_large_csv_is_read_in_bounded_memory() -> None:
    """Two hundred megabytes that are never whole in memory: the process stays far below them."""
    code = (
        "import io, resource; from assessment.delivery.reading import *\n"
        "row = b'2026-01-01T00:00Z,' + b'x' * 20000 + b'\\n'\n"
        "class Long(io.RawIOBase):\n"
        "    left, rest = 10000, b'deployed_at,notes\\n'\n"
        "    def readable(self): return True\n"
        "    def readinto(self, into):\n"
        "        while len(self.rest) < len(into) and self.left:\n"
        "            self.left -= 1; self.rest += row\n"
        "        part = self.rest[:len(into)]; self.rest = self.rest[len(into):]; into[:len(part)] = part\n"
        "        return len(part)\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "log = read_deployments(io.BufferedReader(Long()), 'd', Reading())\n"
        "print(len(log.records), (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=DATA.parents[2])
    count, megabytes = map(int, done.stdout.split())
    assert count == 10000
    assert megabytes < 60


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let three records be the most."""
    monkeypatch.setattr("assessment.delivery.sorting.MOST_RECORDS", 3)


def test_too_many_records_are_refused(few: None) -> None:  # noqa: ARG001
    """With the line of the first one that does not fit."""
    with pytest.raises(InputError, match=r"d\.csv:5: the file holds more than 3 records; export a shorter time"):
        from_text("deployed_at\n" + "2026-01-01T00:00Z\n" * 4)
