"""Installed questionnaires: what each file says for ever, under its id and version."""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import IntegrityError

from assessment.errors import SixstepError
from store.schema import questionnaires


class VersionTaken(SixstepError):  # noqa: N818 (named for what it says)
    """Another questionnaire is installed under this id and version; an installed one never changes."""

    def __init__(self, questionnaire_id: str, version: str) -> None:
        """Name both, and what to do."""
        super().__init__(
            f"version '{version}' of the questionnaire '{questionnaire_id}' is installed with other content; "
            "give it a new version"
        )


@dataclass(frozen=True, slots=True)
class Volume:
    """An installed questionnaire without its text; ``sha256`` is that of the whole, by which a reader may keep it."""

    questionnaire_id: str
    version: str
    sha256: str
    file_name: str
    at: datetime

    @property
    def place(self) -> tuple[str, str]:
        """Id and version, which stand for one questionnaire for ever."""
        return self.questionnaire_id, self.version


@dataclass(frozen=True, slots=True)
class Text:
    """The file as it came, and the whole questionnaire that it gives; the two differ for an overlay."""

    content: bytes
    whole: bytes

    @property
    def sha256(self) -> str:
        """Digest of the whole: two files that ask and weigh the same are the same questionnaire."""
        return hashlib.sha256(self.whole).hexdigest()


class Shelf(ABC):
    """The part of a store that keeps questionnaires; what is on it never changes."""

    _clock: Callable[[], datetime]

    @abstractmethod
    def _writing(self, doing: str) -> AbstractContextManager[Connection]:
        """Begin a transaction that writes."""

    @abstractmethod
    def _reading(self) -> AbstractContextManager[Connection]:
        """Begin one that reads."""

    def install(self, questionnaire_id: str, version: str, file_name: str, text: Text) -> bool:
        """Keep a questionnaire for ever under its id and version; False when the same one is here already.

        Raises:
            VersionTaken: when something else stands under them.
        """
        volume = Volume(questionnaire_id, version, text.sha256, file_name, self._clock())
        with self._writing("save the questionnaire") as connection:
            return put(connection, volume, text)

    def volumes(self) -> tuple[Volume, ...]:
        """Return every installed questionnaire, without its text, in the order in which they came."""
        table = questionnaires.c
        columns = (table.questionnaire_id, table.version, table.sha256, table.file_name, table.at)
        with self._reading() as connection:
            return tuple(Volume(*row) for row in connection.execute(select(*columns).order_by(table.id)))

    def text_of(self, questionnaire_id: str, version: str) -> Text | None:
        """Return what was installed under an id and version."""
        with self._reading() as connection:
            return _text_of(connection, questionnaire_id, version)


def _text_of(connection: Connection, questionnaire_id: str, version: str) -> Text | None:
    table = questionnaires.c
    query = select(table.content, table.whole).where(
        table.questionnaire_id == questionnaire_id, table.version == version
    )
    row = connection.execute(query).first()
    return None if row is None else Text(row.content, row.whole)


def put(connection: Connection, volume: Volume, text: Text) -> bool:
    """Insert a questionnaire; False when the same one is there already.

    Raises:
        VersionTaken: when its id and version stand for something else.
    """
    row = {
        "questionnaire_id": volume.questionnaire_id,
        "version": volume.version,
        "sha256": text.sha256,
        "file_name": volume.file_name,
        "content": text.content,
        "whole": text.whole,
        "at": volume.at,
    }
    here = _text_of(connection, volume.questionnaire_id, volume.version)
    if here is None:
        try:
            with connection.begin_nested():
                connection.execute(insert(questionnaires).values(row))
        except IntegrityError:  # another process was faster; what it installed is read now
            here = _text_of(connection, volume.questionnaire_id, volume.version)
    if here is not None and here.whole != text.whole:
        raise VersionTaken(volume.questionnaire_id, volume.version)
    return here is None
