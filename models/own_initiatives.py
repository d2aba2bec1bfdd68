"""Initiatives that a team writes itself: checked by the rules of the built-in ones, and planned beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from pydantic import Field

from assessment.errors import InputError, Problem, nearest
from assessment.fields import Identifier, Model
from assessment.questionnaire import Questionnaire
from assessment.reading import Document, validate
from models.initiatives import Initiative, InitiativeFile, fitted, initiative_problems

MOST_OWN = 60
OWN_FORMAT = "sixstep-own-initiatives/1"


class OwnInitiatives(Model):
    """A file of initiatives of a team's own, and of built-in ones that it changed: those keep their id.

    Effort and money are as in an initiatives file, with the price year of the built-in one.
    """

    format: Literal["sixstep-own-initiatives/1"]
    questionnaire: Identifier
    initiatives: tuple[Initiative, ...] = Field(min_length=1, max_length=MOST_OWN)


def read_own(
    document: Document, base: InitiativeFile, questionnaire: Questionnaire, standing: Mapping[str, Any]
) -> tuple[Initiative, ...]:
    """Return the initiatives of a file.

    Args:
        document: the file.
        base: the built-in initiatives.
        questionnaire: that of the assessment.
        standing: what the assessment has of its own already; the file's stand in place of those of the same id.

    Raises:
        InputError: every fault with file, line, initiative id and remedy.
    """
    given = validate(OwnInitiatives, document)
    if given.questionnaire != questionnaire.id:
        message = f"it is written for the questionnaire '{given.questionnaire}'"
        raise InputError(document.problem(("questionnaire",), message, f"this one is '{questionnaire.id}'"))
    check_own(given.initiatives, with_own(base, questionnaire, standing), questionnaire, document)
    return given.initiatives


def check_own(
    own: tuple[Initiative, ...],
    others: InitiativeFile,
    questionnaire: Questionnaire,
    document: Document | None = None,
) -> None:
    """Refuse initiatives that break a rule of the initiatives file, together with the others.

    Raises:
        InputError: for every fault.
    """
    where = document or Document({"initiatives": [{"id": item.id} for item in own]}, "")
    names = {item.id for item in own}
    rest = tuple(item for item in others.initiatives if item.id not in names)
    whole = _file_of(others, (*own, *rest))  # the own ones first, so that their place is that in the file
    found = [problem for problem in initiative_problems(whole, questionnaire, where) if problem.subject in names]
    if found:
        raise InputError(found)


def with_own(base: InitiativeFile, questionnaire: Questionnaire, given: Mapping[str, Any]) -> InitiativeFile:
    """Return the initiatives with those of a team: changed ones in their place, its own at the end.

    What one of them says of a question, initiative or source that is not (or no longer) there is left out, and so is
    one that raises nothing that is left.

    Raises:
        InputError: when one of them is no initiative.
    """
    if not given:
        return base
    own = {name: _read(name, data) for name, data in given.items()}
    kept = {
        name: item for name, item in ((name, fitted(item, questionnaire)) for name, item in own.items()) if item.raises
    }
    known = {*base.by_id, *kept}
    tidy = {
        name: item.model_copy(
            update={
                "requires": tuple(other for other in item.requires if other in known),
                "references": tuple(source for source in item.references if source in questionnaire.references),
            }
        )
        for name, item in kept.items()
    }
    check_own(tuple(tidy.values()), base, questionnaire)
    merged = [tidy.pop(item.id, item) for item in base.initiatives]
    version = f"{base.version}, with {len(given)} of the team's own"
    return _file_of(base, (*merged, *tidy.values())).model_copy(update={"version": version})


def own_problems(
    base: InitiativeFile, questionnaire: Questionnaire, given: Mapping[str, Any], document: Document | None = None
) -> list[Problem]:
    """Return why a team's initiatives cannot be planned, each with its line in the document of the assessment."""
    where = document or Document(None, "")
    try:
        with_own(base, questionnaire, given)
    except InputError as error:
        return [
            where.problem(("initiatives", problem.subject), problem.message, problem.remedy, problem.subject)
            for problem in error.problems
        ]
    return []


def _read(name: str, data: Any) -> Initiative:
    try:
        found = validate(Initiative, Document(data, ""))
    except InputError as error:
        said = [Problem(problem.message, problem.remedy, subject=name) for problem in error.problems]
        raise InputError(said) from error
    if found.id != name:
        message = f"the initiative under this key has the id '{found.id}'"
        raise InputError(Problem(message, nearest(found.id, [name]), subject=name))
    return found


def _file_of(base: InitiativeFile, initiatives: Iterable[Initiative]) -> InitiativeFile:
    fields = {name: getattr(base, name) for name in InitiativeFile.model_fields}  # and nothing that is cached
    return InitiativeFile(**{**fields, "initiatives": tuple(initiatives)})
