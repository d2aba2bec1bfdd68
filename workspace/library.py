"""The knowledge that a workspace uses: questionnaires, initiatives and parameters, read when they are first needed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from assessment.errors import InputError, Problem, nearest
from assessment.loading import load_questionnaire
from assessment.questionnaire import Questionnaire
from models.initiatives import InitiativeFile, load_initiatives
from models.parameters import ParameterFile, load_parameters
from questionnaires import INITIATIVES, QUESTIONNAIRE


class Library:
    """The built-in files, or others in their place."""

    def __init__(
        self,
        questionnaires: Sequence[Questionnaire] = (),
        initiatives: Sequence[InitiativeFile] = (),
        parameters: ParameterFile | None = None,
    ) -> None:
        """Use the given questionnaires (the first is the default), initiatives and parameters; built-in where none."""
        self._given_questionnaires = tuple(questionnaires)
        self._given_initiatives = tuple(initiatives)
        self._given_parameters = parameters

    @cached_property
    def questionnaires(self) -> tuple[Questionnaire, ...]:
        """Every questionnaire."""
        return self._given_questionnaires or (load_questionnaire(QUESTIONNAIRE),)

    @property
    def default(self) -> Questionnaire:
        """The questionnaire of a new assessment."""
        return self.questionnaires[0]

    def questionnaire(self, name: str, version: str | None = None) -> Questionnaire:
        """Return a questionnaire by id: that version where it is here, else the first one of that id.

        Raises:
            InputError: when no questionnaire has the id.
        """
        found = self._by_id(name)
        if not found:
            known = nearest(name, {item.id for item in self.questionnaires})
            raise InputError(Problem(f"the questionnaire '{name}' is not installed", known))
        return next((item for item in found if item.version == version), found[0])

    def knows(self, name: str) -> bool:
        """Say whether a questionnaire has this id."""
        return bool(self._by_id(name))

    def _by_id(self, name: str) -> list[Questionnaire]:
        return [item for item in self.questionnaires if item.id == name]

    def initiatives(self, questionnaire: str, version: str | None = None) -> InitiativeFile:
        """Return the initiatives written for a questionnaire: that version of them where it is here, else the first.

        A questionnaire for which nobody has written any gets an empty file: it is scored, and nothing is planned.
        """
        found = [item for item in self._initiatives if item.questionnaire == questionnaire]
        if not found:
            return InitiativeFile.none_for(self.questionnaire(questionnaire))
        return next((item for item in found if item.version == version), found[0])

    @cached_property
    def _initiatives(self) -> tuple[InitiativeFile, ...]:
        return self._given_initiatives or (load_initiatives(INITIATIVES, load_questionnaire(QUESTIONNAIRE)),)

    @cached_property
    def parameters(self) -> ParameterFile:
        """The parameters of the economic model."""
        return self._given_parameters or load_parameters()
