"""Deployments and incidents from a file, whose format is recognised by its content."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, tzinfo
from pathlib import Path
from typing import BinaryIO
from zoneinfo import ZoneInfo

from assessment.delivery.forge_deployments import ForgeDeployments
from assessment.delivery.forges import (
    ROLES,
    Item,
    Kind,
    as_rest,
    error_page,
    is_incident,
    kind_of,
    labels,
    links,
    refuse_no_incident,
    text,
)
from assessment.delivery.plain_csv import csv_deployments, csv_incidents
from assessment.delivery.records import Deployment, Incident, Log
from assessment.delivery.rules import Role
from assessment.delivery.sorting import Sorter, keep_incident, seriousness
from assessment.delivery.streams import json_records, opened
from assessment.delivery.times import Place, shown
from assessment.errors import InputError, Problem

_MOST_NAMED = 8


@dataclass(frozen=True, slots=True)
class Reading:
    """How files are to be read.

    Attributes:
        stated: the zone of times that have no offset; None to refuse them.
        environment: the environment that counts; empty for those known as production.
        label: the label of an issue that is an incident; empty for those that are known.
    """

    stated: ZoneInfo | None = None
    environment: str = ""
    label: str = ""

    @property
    def days(self) -> tzinfo:
        """The zone in which days are named: the stated one, else UTC."""
        return self.stated or UTC


def read_deployments(stream: BinaryIO, name: str, how: Reading) -> Log[Deployment]:
    """Return the deployments to production in a CSV file, or in an export of GitHub or GitLab.

    Raises:
        InputError: in one sentence with file and line, for a file that cannot be used; then nothing of it is kept.
    """
    buffered, is_json = opened(stream, name)
    if not is_json:
        return csv_deployments(buffered, name, how.stated, how.environment)
    found = ForgeDeployments(name, how.stated, how.environment)
    for kind, item, line in _items(buffered, name, "deployments"):
        found.take(kind, item, line)
    return found.log()


def read_incidents(stream: BinaryIO, name: str, how: Reading) -> Log[Incident]:
    """Return the incidents in a CSV file, or among the issues of GitHub or GitLab.

    Raises:
        InputError: in one sentence with file and line, for a file that cannot be used; then nothing of it is kept.
    """
    buffered, is_json = opened(stream, name)
    if not is_json:
        return csv_incidents(buffered, name, how.stated, how.label)
    sorter: Sorter[Incident] = Sorter(name, how.stated)
    kinds: dict[Kind, None] = {}
    others: dict[str, None] = {}
    taken = False
    for kind, item, line in _items(buffered, name, "incidents"):
        kinds[kind] = None
        if not is_incident(item, how.label):
            sorter.counts["other_issues"] += 1
            others |= dict.fromkeys(labels(item)) if len(others) <= _MOST_NAMED else {}
            continue
        taken = True
        _take_issue(sorter, item, line)
    if not taken:
        refuse_no_incident(name, others, how.label)
    return sorter.log(next(iter(kinds)), lambda found: found.opened)


def read_file(path: Path) -> BinaryIO:
    """Open a file for reading.

    Raises:
        InputError: when it cannot be.
    """
    try:
        if path.is_dir():
            raise InputError(Problem("this is a folder", "give a file", path.name))
        return path.open("rb")
    except OSError as error:
        reason = error.strerror or "unknown fault"
        raise InputError(Problem(f"cannot be read: {reason}", "check the path", path.name)) from error


def _items(stream: BinaryIO, name: str, role: Role) -> Iterator[tuple[Kind, Item, int]]:
    """Yield the records of an export with their kinds.

    Raises:
        InputError: for a record that is of no known kind, or that belongs to the other file.
    """
    any_record = False
    for line, found in json_records(stream, name):
        any_record = True
        item = as_rest(found)
        kind = kind_of(item)
        if kind is None:
            raise InputError(_unknown(item, Place(name, line)))
        if kind not in ROLES[role]:
            other = "incidents" if role == "deployments" else "deployments"
            message = f"this holds {'issues' if role == 'deployments' else 'deployments'}"
            raise InputError(Place(name, line).problem(message, f"give it as the file of {other}"))
        yield kind, item, line
    if not any_record:
        raise InputError(Problem("the export holds no record", "export it again", name))


def _unknown(item: Item, where: Place) -> Problem:
    said = error_page(item)
    if said:
        return where.problem(f"this is an answer with an error, '{shown(said)}'", "export it again")
    named = ", ".join(shown(key) for key in list(item)[:_MOST_NAMED])
    remedy = "give deployments, deployment statuses, workflow runs, releases or issues as GitHub or GitLab write them"
    return where.problem(f"the record is of no known kind; it holds: {named or 'nothing'}", remedy)


def _take_issue(sorter: Sorter[Incident], item: Item, line: int) -> None:
    if "pull_request" in item:
        sorter.counts["pull_requests"] += 1
    elif text(item, "state_reason").casefold() in {"not_planned", "duplicate"}:
        sorter.counts["not_planned"] += 1
    elif sorter.is_new(text(item, "id") or text(item, "number") or text(item, "iid")):
        _refuse_timeless(item, Place(sorter.file, line, "closed_at"))
        found = Incident(
            id=text(item, "number") or text(item, "iid"),
            started=None,
            detected=sorter.needed(item.get("created_at"), line, "created_at"),
            resolved=sorter.moment(item.get("closed_at"), line, "closed_at"),
            serious=seriousness(text(item, "severity"), *labels(item)),
            links=links(item),
            line=line,
        )
        keep_incident(sorter, found)


def _refuse_timeless(item: Item, where: Place) -> None:
    """Refuse an issue that is closed and does not say since when: as an open one it would seem to last until today.

    Raises:
        InputError: with file and line.
    """
    if "closed_at" not in item or (text(item, "state").casefold() == "closed" and not item["closed_at"]):
        raise InputError(where.problem("the issue does not say when it was closed", "export the time of closing too"))
