"""Moments in files: ISO 8601 with an offset, or without one in a zone that somebody stated. Never the machine's own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

from assessment.errors import InputError, Problem, nearest

_EARLIEST, _LATEST = 1990, 2100
_NAMED_UTC = re.compile(r"\s*(?:UTC|GMT)$", re.IGNORECASE)
_SPACED_OFFSET = re.compile(r"\s+(?=[+-]\d\d:?\d\d$)")
_LONGEST_SHOWN = 40
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
DAY = 86_400.0


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands: file and line, and what it is."""

    file: str
    line: int
    what: str = ""

    def problem(self, message: str, remedy: str = "") -> Problem:
        """Return a problem at this place."""
        return Problem(message, remedy, self.file, self.line, self.what)


def shown(text: str) -> str:
    """Return text of a file for a sentence: short, and without what cannot be printed."""
    clean = "".join(character if character.isprintable() else "?" for character in text)
    return clean if len(clean) <= _LONGEST_SHOWN else clean[: _LONGEST_SHOWN - 3] + "..."


def zone(name: str | None) -> ZoneInfo | None:
    """Return the time zone with an IANA name.

    Raises:
        InputError: for a name that is none.
    """
    if not name:
        return None
    known = available_timezones()
    if name not in known:
        raise InputError(Problem(f"no time zone '{shown(name)}'", nearest(name, known), subject="timezone"))
    return ZoneInfo(name)


def moment(text: str, where: Place, stated: ZoneInfo | None) -> float:
    """Return a moment in seconds since 1970, UTC; a day without a time of day is its midnight.

    Raises:
        InputError: for text that is no ISO 8601 time, a year that cannot be, a time without offset when no zone is
            stated, and one that the stated zone skips.
    """
    read = _parsed(text, where)
    _check_year(read, text, where)
    if read.tzinfo is None:
        read = _placed(read, text, where, stated)
    return (read - _EPOCH).total_seconds()


def _check_year(read: date, text: str, where: Place) -> None:
    if not _EARLIEST <= read.year <= _LATEST:
        remedy = f"give a year from {_EARLIEST} to {_LATEST}"
        raise InputError(where.problem(f"the year of '{shown(text)}' cannot be right", remedy))


def _parsed(text: str, where: Place) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        cleaned = _SPACED_OFFSET.sub("", _NAMED_UTC.sub("Z", text.strip()))
    try:
        return datetime.fromisoformat(cleaned)
    except ValueError as error:
        remedy = "write times as in 2026-03-01T14:05:00+01:00"
        raise InputError(where.problem(f"'{shown(text)}' is no ISO 8601 time", remedy)) from error


def _placed(read: datetime, text: str, where: Place, stated: ZoneInfo | None) -> datetime:
    if stated is None:
        message = f"'{shown(text)}' has no offset from UTC"
        raise InputError(where.problem(message, "name its zone with --timezone, such as Europe/Vienna"))
    placed = read.replace(tzinfo=stated)
    if placed.astimezone(UTC).astimezone(stated).replace(tzinfo=None) != read:
        message = f"'{shown(text)}' does not exist in {stated.key}, where the clock skips it"
        raise InputError(where.problem(message, "correct the time, or the zone"))
    return placed


def is_twice(text: str, stated: ZoneInfo | None) -> bool:
    """Whether a time without offset happens twice in the stated zone, when clocks go back; the first is taken."""
    try:
        read = datetime.fromisoformat(text.strip())
    except ValueError:
        return False
    if stated is None or read.tzinfo is not None:
        return False
    return read.replace(tzinfo=stated).utcoffset() != read.replace(tzinfo=stated, fold=1).utcoffset()


def end_of(text: str, stated: ZoneInfo | None, what: str) -> float:
    """Return the end of a window that somebody typed: a moment, or the end of a day (in UTC when no zone is stated).

    Raises:
        InputError: for text that is neither, and for a year that cannot be.
    """
    where = Place("", 0, what)
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        return moment(text, where, stated)
    _check_year(day, text, where)
    following = datetime.combine(day, time(), tzinfo=stated or UTC) + timedelta(days=1)
    return following.timestamp()
