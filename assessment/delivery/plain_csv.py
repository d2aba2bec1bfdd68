"""Deployments and incidents from a CSV file with a header."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO
from zoneinfo import ZoneInfo

from assessment.delivery.environments import Environments
from assessment.delivery.forges import is_labelled, refuse_no_incident
from assessment.delivery.records import Deployment, Incident, Log
from assessment.delivery.rules import delivery_rules
from assessment.delivery.sorting import (
    Sorter,
    deployment_log,
    is_fix,
    keep_deployment,
    keep_incident,
    seriousness,
    yes_or_no,
)
from assessment.delivery.tables import Row, Table, csv_table
from assessment.delivery.times import Place, shown
from assessment.errors import InputError, Problem

_MOST_NAMED = 8


def csv_deployments(stream: BinaryIO, name: str, stated: ZoneInfo | None, environment: str) -> Log[Deployment]:
    """Return the deployments to production in a CSV file.

    Raises:
        InputError: for a file that cannot be read as such; then nothing of it is kept.
    """
    sorter: Sorter[Deployment] = Sorter(name, stated)
    table = csv_table(stream, name, "deployments")
    choose = Environments(name, environment)
    for line, row in _rows(table, name):
        counts = choose.takes(row.get("environment", ""), sorter.counts) and _done(row, line, sorter)
        # A release has one name in every environment, in each attempt and for each part: only what counts can be twice.
        if counts and sorter.is_new(row.get("id", ""), row.get("service", "")):
            keep_deployment(sorter, _deployment(row, line, sorter))
    choose.refuse_none_taken()
    return deployment_log(sorter, "csv", marked="unplanned" in table.columns)


def csv_incidents(stream: BinaryIO, name: str, stated: ZoneInfo | None, label: str = "") -> Log[Incident]:
    """Return the incidents in a CSV file.

    Every row is one, unless there are labels, as in GitLab's own CSV of issues: then the rows with ``label``, or with a
    label that is known, are; a file in which nothing has such a label is taken for one of incidents alone.

    Raises:
        InputError: for a file that cannot be read as such; then nothing of it is kept.
    """
    every: Sorter[Incident] = Sorter(name, stated)
    labelled: Sorter[Incident] = Sorter(name, stated)
    table = csv_table(stream, name, "incidents")
    others: dict[str, None] = {}
    taken, left = False, 0
    for line, row in _rows(table, name):
        if is_labelled(_labels(row), label):
            taken = True
            _take_incident(labelled, row, line)
        else:
            left += 1
            others |= dict.fromkeys(_labels(row)) if len(others) <= _MOST_NAMED else {}
        if not label:
            _take_incident(every, row, line)
    if label and not taken:
        refuse_no_incident(name, others, label)
    if taken:
        labelled.counts["other_issues"] += left
    return (labelled if taken else every).log("csv", lambda found: found.opened)


def _take_incident(sorter: Sorter[Incident], row: Row, line: int) -> None:
    if sorter.is_new(row.get("id", "")):
        keep_incident(sorter, _incident(row, line, sorter))


def _labels(row: Row) -> tuple[str, ...]:
    """Return the labels of a row, in small letters; they stand in one cell, parted by commas."""
    return tuple(word for part in row.get("labels", "").split(",") if (word := part.strip().casefold()))


def _rows(table: Table, name: str) -> Iterator[tuple[int, Row]]:
    """Yield each row with its line.

    Raises:
        InputError: for a table without rows.
    """
    any_row = False
    for line, row in table.rows:
        any_row = True
        yield line, row
    if not any_row:
        raise InputError(Problem("the file holds a header and no row", "export it again", name))


def _done(row: Row, line: int, sorter: Sorter[Deployment]) -> bool:
    """Whether the status says that the deployment came through; an empty one does.

    Raises:
        InputError: for a word that is not known.
    """
    word, words = row.get("status", "").casefold().replace(" ", "_"), delivery_rules().words
    if not word or word in words.done:
        return True
    if word in words.not_done:
        sorter.counts["not_done"] += 1
        return False
    known = ", ".join((*words.done[:3], *words.not_done[:3]))
    where = Place(sorter.file, line, "status")
    raise InputError(where.problem(f"the status '{shown(row['status'])}' is not known", f"use words such as {known}"))


def _deployment(row: Row, line: int, sorter: Sorter[Deployment]) -> Deployment:
    def flag(column: str) -> bool | None:
        return yes_or_no(row.get(column, ""), Place(sorter.file, line, column))

    by_branch = "unplanned" not in row and bool(row.get("ref"))
    return Deployment(
        id=row.get("id", ""),
        at=sorter.needed(row["deployed_at"], line, "deployed_at"),
        service=row.get("service", ""),
        committed=sorter.moment(row.get("committed_at"), line, "committed_at"),
        failed=flag("failed"),
        unplanned=is_fix(row["ref"]) if by_branch else flag("unplanned"),
        recovered=sorter.moment(row.get("recovered_at"), line, "recovered_at"),
        commit=row.get("commit", ""),
        line=line,
    )


def _incident(row: Row, line: int, sorter: Sorter[Incident]) -> Incident:
    started = sorter.moment(row.get("started_at"), line, "started_at")
    detected = sorter.moment(row.get("detected_at"), line, "detected_at")
    if started is None and detected is None:
        raise InputError(Place(sorter.file, line).problem("the incident has no time at which it began", "fill it in"))
    impact = yes_or_no(row.get("clinical_impact", ""), Place(sorter.file, line, "clinical_impact"))
    return Incident(
        id=row.get("id", ""),
        started=started,
        detected=detected,
        resolved=sorter.moment(row.get("resolved_at"), line, "resolved_at"),
        serious=seriousness(row.get("severity", ""), *_labels(row)) if impact is None else impact,
        links=tuple(name for column in ("deployment_id", "commit") if (name := row.get(column, ""))),
        line=line,
    )
