"""The knowledge that a workspace uses: questionnaires, initiatives and parameters, read when they are first needed."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from functools import cache, cached_property

from pydantic import ValidationError

from assessment.errors import InputError, Problem, nearest
from assessment.loading import built_in_questionnaire
from assessment.questionnaire import Questionnaire
from assessment.versions import version_order
from models.initiatives import InitiativeFile, load_initiatives
from models.parameters import ParameterFile, load_parameters
from questionnaires import INITIATIVES
from store.errors import StoreError
from store.log import Store
from store.schema import canonical
from store.shelf import Volume

_KEPT = 32


class Library:
    """The built-in files, or others in their place, and the questionnaires that were installed in a store."""

    def __init__(
        self,
        questionnaires: Sequence[Questionnaire] = (),
        initiatives: Sequence[InitiativeFile] = (),
        parameters: ParameterFile | None = None,
        store: Store | None = None,
    ) -> None:
        """Use the given questionnaires (the first is the default), initiatives and parameters; built-in where none."""
        self._given_questionnaires = tuple(questionnaires)
        self._given_initiatives = tuple(initiatives)
        self._given_parameters = parameters
        self._store = store
        self._read: OrderedDict[str, Questionnaire] = OrderedDict()
        self._turn = threading.Lock()

    def over(self, store: Store) -> Library:
        """Return a library with the same files, and what is installed in a store."""
        return Library(self._given_questionnaires, self._given_initiatives, self._given_parameters, store)

    @cached_property
    def questionnaires(self) -> tuple[Questionnaire, ...]:
        """Every questionnaire that came with the product, or that was given in its place."""
        return self._given_questionnaires or (built_in_questionnaire(),)

    @property
    def given(self) -> bool:
        """Whether other questionnaires were given in place of the built-in one."""
        return bool(self._given_questionnaires)

    def beside(self, others: Sequence[Questionnaire]) -> Library:
        """Return a library that knows other questionnaires as well; nothing is installed by that."""
        everything = (*self.questionnaires, *others)
        return Library(everything, self._given_initiatives, self._given_parameters, self._store)

    @property
    def default(self) -> Questionnaire:
        """The questionnaire of a new assessment."""
        return self.questionnaires[0]

    def versions(self) -> tuple[tuple[str, str], ...]:
        """Return id and version of everything that is installed: the default's id first, then by id and version."""
        known = {(item.id, item.version) for item in self.questionnaires}
        known |= {volume.place for volume in self._volumes()}
        first = self.default.id
        return tuple(sorted(known, key=lambda item: (item[0] != first, item[0], version_order(item[1]), item[1])))

    def installed(self, name: str) -> tuple[Questionnaire, ...]:
        """Return every installed version of a questionnaire, the oldest first."""
        return tuple(self.questionnaire(*found) for found in self.versions() if found[0] == name)

    def newest(self, name: str) -> Questionnaire:
        """Return the newest installed version of a questionnaire.

        Raises:
            InputError: when no questionnaire has the id.
        """
        return self.questionnaire(name, self._newest_version(name))

    def choices(self) -> tuple[Questionnaire, ...]:
        """Return the newest version of each questionnaire, the default first: what a new assessment may be begun on."""
        newest = dict(self.versions())  # the last of an id is its newest
        return tuple(self.questionnaire(*place) for place in newest.items())

    def related(self, name: str) -> frozenset[str]:
        """Return the ids whose questions one shares: its own, that of its base, and those of overlays over either."""
        bases = {whole.id: whole.based_on or whole.id for whole in self.choices()}
        return frozenset(other for other, base in bases.items() if base == bases.get(name)) | {name}

    def has(self, name: str, version: str) -> bool:
        """Say whether exactly this version is installed."""
        return self._exactly(name, version) is not None

    def questionnaire(self, name: str, version: str | None = None) -> Questionnaire:
        """Return a questionnaire by id: that version where it is here, else the newest of that id.

        What another process installed is found, since the store is asked again each time.

        Raises:
            InputError: when no questionnaire has the id.
        """
        found = None if version is None else self._exactly(name, version)
        if found is not None:
            return found
        newest = self._newest_version(name)
        whole = self._exactly(name, newest)
        if whole is None:  # a store never loses a row
            raise StoreError("an installed questionnaire cannot be found any more; check the database")
        return whole

    def exactly(self, name: str, version: str | None) -> Questionnaire:
        """Return a version of a questionnaire, and no other in its place; the newest where none is named.

        Raises:
            InputError: when it is not installed.
        """
        found = self.newest(name) if version is None else self._exactly(name, version)
        if found is None:
            versions = [known for item, known in self.versions() if item == name]
            raise InputError(
                Problem(f"version '{version}' of '{name}' is not installed", nearest(str(version), versions))
            )
        return found

    def knows(self, name: str) -> bool:
        """Say whether a questionnaire has this id."""
        return any(item.id == name for item in self.questionnaires) or any(
            volume.questionnaire_id == name for volume in self._volumes()
        )

    def _newest_version(self, name: str) -> str:
        found = [version for known, version in self.versions() if known == name]
        if not found:
            known = nearest(name, {known for known, _ in self.versions()})
            raise InputError(Problem(f"the questionnaire '{name}' is not installed", known))
        return found[-1]

    def _exactly(self, name: str, version: str) -> Questionnaire | None:
        wanted = (name, version)
        shipped = next((item for item in self.questionnaires if (item.id, item.version) == wanted), None)
        if shipped is not None:
            return shipped
        volume = next((item for item in self._volumes() if item.place == wanted), None)
        return None if volume is None else self._opened(volume)

    def _volumes(self) -> tuple[Volume, ...]:
        return () if self._store is None else self._store.volumes()

    def _opened(self, volume: Volume) -> Questionnaire | None:
        """Return an installed questionnaire; the ones used last are kept under their hash."""
        with self._turn:
            if volume.sha256 in self._read:
                self._read.move_to_end(volume.sha256)
                return self._read[volume.sha256]
        text = None if self._store is None else self._store.text_of(volume.questionnaire_id, volume.version)
        if text is None:
            return None
        questionnaire = _parsed(text.whole)
        with self._turn:
            self._read[volume.sha256] = questionnaire
            while len(self._read) > _KEPT:
                self._read.popitem(last=False)
        return questionnaire

    def initiatives(self, questionnaire: str, version: str | None = None) -> InitiativeFile:
        """Return the initiatives written for a questionnaire: that version of them where it is here, else the first.

        A questionnaire for which nobody has written any gets an empty file: it is scored, and nothing is planned.
        """
        found = [item for item in self._initiatives if item.questionnaire == questionnaire]
        if not found:
            return self.initiatives_for(self.questionnaire(questionnaire))
        return next((item for item in found if item.version == version), found[0])

    def initiatives_for(self, questionnaire: Questionnaire) -> InitiativeFile:
        """Return the initiatives for a questionnaire; an overlay has those of its base that still raise something."""
        own = next((item for item in self._initiatives if item.questionnaire == questionnaire.id), None)
        if own is not None:
            return own
        base = next((item for item in self._initiatives if item.questionnaire == questionnaire.based_on), None)
        return InitiativeFile.none_for(questionnaire) if base is None else base.fitted_to(questionnaire)

    @cached_property
    def _initiatives(self) -> tuple[InitiativeFile, ...]:
        return self._given_initiatives or (_built_in_initiatives(),)

    @cached_property
    def parameters(self) -> ParameterFile:
        """The parameters of the economic model."""
        return self._given_parameters or _built_in_parameters()


@cache
def _built_in_initiatives() -> InitiativeFile:
    return load_initiatives(INITIATIVES, built_in_questionnaire())


@cache
def _built_in_parameters() -> ParameterFile:
    return load_parameters()


def _parsed(whole: bytes) -> Questionnaire:
    try:
        return Questionnaire.model_validate_json(whole)
    except ValidationError as error:
        message = "an installed questionnaire cannot be read by this version of Sixstep; update Sixstep"
        raise StoreError(message) from error


def whole_of(questionnaire: Questionnaire) -> bytes:
    """Return the one text of a whole questionnaire; what is left at its default does not stand in it."""
    return canonical(questionnaire.model_dump(mode="json", exclude_defaults=True)).encode()
