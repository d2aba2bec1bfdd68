"""What becomes of each record of a file: kept, counted as left out, or set aside with its line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

from assessment.delivery.records import MOST_RECORDS, MOST_TOLD, Deployment, Incident, Log
from assessment.delivery.rules import delivery_rules
from assessment.delivery.times import Place, is_twice, moment, shown
from assessment.errors import InputError, Problem

R = TypeVar("R", Deployment, Incident)


class Sorter(Generic[R]):
    """Takes the records of one file one at a time, and gives the log."""

    def __init__(self, file: str, stated: ZoneInfo | None) -> None:
        """Begin with nothing."""
        self.file, self.stated = file, stated
        self.counts: Counter[str] = Counter()
        self._kept: list[R] = []
        self._seen: set[tuple[str, str]] = set()
        self._told: list[Problem] = []

    def moment(self, text: object, line: int, what: str) -> float | None:
        """Return a moment in a field; None for an empty one.

        Raises:
            InputError: with file and line, for what is no moment.
        """
        if text is None or text == "":
            return None
        where = Place(self.file, line, what)
        if not isinstance(text, str):
            raise InputError(where.problem(f"'{shown(str(text))}' is no ISO 8601 time", "export it again"))
        read = moment(text, where, self.stated)
        if is_twice(text, self.stated):
            self.counts["twice"] += 1
        return read

    def needed(self, text: object, line: int, what: str) -> float:
        """Return a moment that must be there.

        Raises:
            InputError: with file and line, where it is missing.
        """
        found = self.moment(text, line, what)
        if found is None:
            raise InputError(Place(self.file, line, what).problem("the time is missing", "fill it in, or leave it out"))
        return found

    def is_new(self, name: str, service: str = "") -> bool:
        """Whether no record of this name and part has been seen; one that has is counted as twice in the file.

        To be asked of records that count: one that was left out must not hide one that counts.
        """
        if not name:
            return True
        if (name, service) in self._seen:
            self.counts["duplicates"] += 1
            return False
        self._seen.add((name, service))
        return True

    def keep(self, record: R) -> None:
        """Keep a record.

        Raises:
            InputError: when there are too many.
        """
        if len(self._kept) == MOST_RECORDS:
            message = f"the file holds more than {MOST_RECORDS:,} records"
            raise InputError(Problem(message, "export a shorter time", self.file, record.line))
        self._kept.append(record)

    def set_aside(self, reason: str, record: R, message: str) -> None:
        """Set a record aside that contradicts itself, and tell its line and name."""
        self.counts[reason] += 1
        if len(self._told) < MOST_TOLD:
            self._told.append(Problem(message, "", self.file, record.line, shown(record.id)))

    def log(self, kind: str, at: Callable[[R], float]) -> Log[R]:
        """Return what was read, in order of time."""
        kept = tuple(sorted(self._kept, key=at))
        counts = {reason: count for reason, count in sorted(self.counts.items()) if count}
        return Log(self.file, kind, kept, counts, tuple(self._told))


def deployment_log(sorter: Sorter[Deployment], kind: str, *, marked: bool) -> Log[Deployment]:
    """Return the deployments that were read.

    Unless fixes are ``marked``, they are known by the names of their branches alone: a file in which no branch is named
    like a fix cannot tell a team without fixes from one that names its branches otherwise.
    """
    log = sorter.log(kind, lambda found: found.at)
    if marked:
        return log
    fixes = sum(found.unplanned is True for found in log.records)
    if fixes:
        return replace(log, counts={**log.counts, "fixes_by_branch": fixes})
    told = any(found.unplanned is not None for found in log.records)
    return replace(log, records=tuple(replace(found, unplanned=None) for found in log.records)) if told else log


def keep_deployment(sorter: Sorter[Deployment], found: Deployment) -> None:
    """Keep a deployment; one that came before its commit, or recovered before it, is set aside."""
    if found.committed is not None and found.committed > found.at:
        sorter.set_aside("before_commit", found, "the deployment comes before its own commit")
    elif found.recovered is not None and found.recovered < found.at:
        sorter.set_aside("before_failure", found, "the recovery comes before the deployment that failed")
    else:
        sorter.keep(found)


def keep_incident(sorter: Sorter[Incident], found: Incident) -> None:
    """Keep an incident; one that ended or was detected before it began is set aside."""
    if found.resolved is not None and found.resolved < max(found.opened, found.reported):
        sorter.set_aside("negative", found, "the incident ends before it begins")
    elif found.started is not None and found.detected is not None and found.detected < found.started:
        sorter.set_aside("negative", found, "the incident is detected before it starts")
    else:
        sorter.keep(found)


def yes_or_no(text: str, where: Place) -> bool | None:
    """Return what a cell of a yes-or-no column says; None for an empty one.

    Raises:
        InputError: for any other word.
    """
    word, words = text.strip().casefold(), delivery_rules().words
    if not word:
        return None
    if word in words.yes or word in words.no:
        return word in words.yes
    raise InputError(where.problem(f"'{shown(text)}' is neither yes nor no", "write true or false, or leave it empty"))


def seriousness(*words: str) -> bool | None:
    """Return whether a severity or a label says that users lost a service; None when none of them is known."""
    known = delivery_rules().words
    said = [word.strip().casefold() for word in words]
    if any(word in known.serious for word in said):
        return True
    return False if any(word in known.not_serious for word in said) else None


def is_fix(ref: str) -> bool:
    """Whether the name of a branch or tag says that it is an unplanned fix."""
    name = ref.casefold().removeprefix("refs/heads/")
    return name.startswith(delivery_rules().fix_branches)
