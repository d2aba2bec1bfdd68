"""Questionnaires beside the built-in one: installed for ever under id and version, listed, and handed out again."""

from __future__ import annotations

import json
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from assessment.errors import InputError
from assessment.loading import loaded_from
from assessment.questionnaire import Questionnaire
from assessment.reading import Document, decode, parse_document
from questionnaires import QUESTIONNAIRE
from store.schema import VERSION_LENGTH
from store.shelf import Text, VersionTaken
from workspace import portable
from workspace.library import whole_of
from workspace.operations import Operations


@dataclass(frozen=True, slots=True)
class Installed:
    """What came of a file: ``new`` is False when the same was there already; ``left_out`` what an overlay emptied."""

    questionnaire: Questionnaire
    new: bool
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shelved:
    """One installed version.

    Attributes:
        questionnaire: the whole of it.
        file_name: name of the file it came in; empty for one that came with the product.
        at: when it was installed; None for the one that comes with this release.
        used: how many assessments are answered on it now.
    """

    questionnaire: Questionnaire
    file_name: str
    at: datetime | None
    used: int


class Installing(Operations):
    """What may be done with questionnaires."""

    def install_questionnaire(self, raw: bytes, file_name: str) -> Installed:
        """Install a questionnaire, or an overlay over one that is installed.

        Raises:
            InputError: for every fault, with the file's name and line; then nothing is installed.
            VersionTaken: when its id and version stand for another questionnaire already.
        """
        self._allow("install")
        name = portable.plain_name(file_name)
        document = parse_document(decode(raw, name), name)
        loaded = loaded_from(document, self.library.installed)
        questionnaire = loaded.questionnaire
        _refuse_long_version(questionnaire, document)
        new = self._install(questionnaire, name, raw)
        return Installed(questionnaire, new, loaded.left_out)

    def _install(self, questionnaire: Questionnaire, name: str, raw: bytes) -> bool:
        text = Text(raw, whole_of(questionnaire))
        for shipped in self.library.questionnaires:
            if (shipped.id, shipped.version) == (questionnaire.id, questionnaire.version):
                if whole_of(shipped) != text.whole:
                    raise VersionTaken(questionnaire.id, questionnaire.version)
                return False
        return self._store.install(questionnaire.id, questionnaire.version, name, text)

    def _keep(self, questionnaire: Questionnaire) -> None:
        """Keep what an assessment is answered on, so that a release which brings another version takes nothing away."""
        if (questionnaire.id, questionnaire.version) not in {volume.place for volume in self._store.volumes()}:
            whole = whole_of(questionnaire)
            with suppress(VersionTaken):  # another process of another release was faster; its copy stands
                self._store.install(questionnaire.id, questionnaire.version, "", Text(whole, whole))

    def questionnaires(self) -> tuple[Shelved, ...]:
        """Return everything that is installed: the default's id first, versions from the oldest to the newest."""
        self._allow("list questionnaires")
        volumes = {item.place: item for item in self._store.volumes()}
        shipped = {(item.id, item.version) for item in self.library.questionnaires}
        used = self._used()
        found = []
        for place in self.library.versions():
            volume = None if place in shipped else volumes[place]
            name, at = ("", None) if volume is None else (volume.file_name, volume.at)
            found.append(Shelved(self.library.questionnaire(*place), name, at, used[place]))
        return tuple(found)

    def _used(self) -> Counter[tuple[str, str]]:
        references = (
            event.payload for log in self._store.overview().values() for event in log if event.key == "questionnaire"
        )
        return Counter((reference["id"], reference["version"]) for reference in references)

    def questionnaire_file(self, name: str, version: str) -> tuple[str, bytes]:
        """Return the file of an installed version as it came, with its name.

        Raises:
            InputError: when no questionnaire has the id.
        """
        self._allow("read questionnaire")
        found = self.library.questionnaire(name, version)
        kept = {item.place: item for item in self._store.volumes()}
        volume, text = kept.get((found.id, found.version)), self._store.text_of(found.id, found.version)
        if volume is not None and text is not None and volume.file_name:
            return volume.file_name, text.content
        if found == self.library.default and not self.library.given:
            return QUESTIONNAIRE.name, QUESTIONNAIRE.read_bytes()
        return f"{found.id}.json", portable.json_text(json.loads(whole_of(found))).encode()


def _refuse_long_version(questionnaire: Questionnaire, document: Document) -> None:
    if len(questionnaire.version) > VERSION_LENGTH:
        message = f"the version has {len(questionnaire.version)} characters"
        raise InputError(document.problem(("version",), message, f"use at most {VERSION_LENGTH}"))
