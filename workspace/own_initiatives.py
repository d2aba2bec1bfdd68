"""Initiatives of a team's own: entered, changed, brought in from a file and taken away again."""

from __future__ import annotations

import json
from typing import Any

from assessment.answers import Assessment
from assessment.errors import InputError, Problem
from assessment.questionnaire import Questionnaire
from assessment.reading import Document, decode, parse_document
from models.initiatives import Initiative, InitiativeFile
from models.own_initiatives import MOST_OWN, OWN_FORMAT, check_own, own_problems, read_own, with_own
from store.folding import PIN, Change
from workspace import checks, portable
from workspace.library import Library
from workspace.operations import Operations
from workspace.results import Saved


class OwnWork(Operations):
    """The operations of a workspace that change what can be done."""

    def set_initiative(self, id: str, name: str, initiative: Initiative | None, *, actor: str = "") -> Saved:  # noqa: A002
        """Save an initiative of the team's own or a changed built-in one; None removes it, or gives that one back.

        A demand on the plan goes with the initiative that it is on, in the same save.

        Raises:
            InputError: when it breaks a rule of the initiatives file.
        """
        questionnaire = self._questionnaire("answer", id)
        if initiative is None:
            changes = [Change("initiative", name, None)]
            gone = name not in self.library.initiatives_for(questionnaire).by_id
            if gone and name in self.open(id).assessment.economics.pins:
                changes.append(Change("economics", PIN + name, None))
            return self._save(id, questionnaire, changes, actor)
        if initiative.id != name:
            raise InputError(
                Problem(f"the initiative has the id '{initiative.id}'", f"save it under that, not '{name}'")
            )
        return self._save(id, questionnaire, self._own_changes(id, questionnaire, (initiative,)), actor)

    def import_initiatives(self, id: str, raw: bytes, file_name: str, *, actor: str = "") -> tuple[str, ...]:  # noqa: A002
        """Bring in a file of own initiatives, all or none; returns their ids.

        Raises:
            InputError: for every fault, with the file's name and line.
        """
        questionnaire = self._questionnaire("answer", id)
        name = portable.plain_name(file_name)
        document = parse_document(decode(raw, name), name)
        standing = self.open(id).assessment.initiatives
        found = read_own(document, self.library.initiatives_for(questionnaire), questionnaire, standing)
        self._save(id, questionnaire, self._own_changes(id, questionnaire, found), actor)
        return tuple(item.id for item in found)

    def initiatives_file(self, id: str) -> bytes:  # noqa: A002
        """Return the team's own initiatives as a file that :meth:`import_initiatives` reads back."""
        opened = self.open(id)
        own = [opened.assessment.initiatives[name] for name in sorted(opened.assessment.initiatives)]
        whole = {"format": OWN_FORMAT, "questionnaire": opened.questionnaire.id, "initiatives": own}
        return portable.json_text(whole).encode()

    def initiatives_of(self, id: str) -> InitiativeFile:  # noqa: A002
        """Return everything that can be planned for an assessment."""
        opened = self.open(id)
        base = self.library.initiatives_for(opened.questionnaire)
        return with_own(base, opened.questionnaire, opened.assessment.initiatives)

    def _own_changes(
        self,
        id: str,  # noqa: A002
        questionnaire: Questionnaire,
        own: tuple[Initiative, ...],
    ) -> list[Change]:
        data = {item.id: written(item) for item in own}
        checks.draft(questionnaire, initiatives=data)
        check_own(own, self.initiatives_of(id), questionnaire)
        if len({*self.open(id).assessment.initiatives, *data}) > MOST_OWN:
            message = f"an assessment holds {MOST_OWN} initiatives of its own, and no more fit"
            raise InputError(Problem(message, "remove one first"))
        return [Change("initiative", name, payload) for name, payload in data.items()]


def written(initiative: Initiative) -> dict[str, Any]:
    """Return an initiative as plain data; what is left at its default does not stand in it."""
    found: dict[str, Any] = json.loads(initiative.model_dump_json(exclude_defaults=True))
    return found


def refuse_faulty_initiatives(library: Library, assessment: Assessment, document: Document | None = None) -> None:
    """Refuse initiatives that cannot be planned.

    Raises:
        InputError: for every fault, with the file's name and line where there is one.
    """
    if not assessment.initiatives:
        return
    questionnaire = library.questionnaire(assessment.questionnaire.id, assessment.questionnaire.version)
    base = library.initiatives_for(questionnaire)
    found = own_problems(base, questionnaire, assessment.initiatives, document)
    if found:
        raise InputError(found)
