"""Initiatives as data: what a team can do, what it raises, what it takes and what it does not fix."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import Field

from assessment.errors import InputError, Problem, nearest
from assessment.fields import Identifier, Model, Positive, RangeText, Share, Text
from assessment.questionnaire import Questionnaire
from assessment.reading import Document, read_document, validate

_PRICE_YEAR = 2026
_TOLERANCE = 1e-9


class Raise(Model):
    """Lifts one question to option ``to`` when it stands at option ``start`` or above, and below ``to``."""

    question: Identifier
    start: int = Field(ge=0, le=10)
    to: int = Field(ge=1, le=10)


class Amount(RangeText):
    """A range that is never negative."""

    low: float = Field(ge=0, allow_inf_nan=False)


class Initiative(Model):
    """One piece of work on the roadmap.

    ``effort`` is in person-weeks over the whole team, ``external_cost`` in US dollars once, ``run_cost`` in US dollars
    a month from the start of the programme; each as low, likely and high. ``price_year`` dates the money. ``roles``
    are the shares of the effort by role (in [0, 1]), for teams that limit a role; what they leave open is anybody's.
    ``roles_because`` says why they are so.
    """

    id: Identifier
    title: Text
    step: Identifier
    summary: Text
    raises: tuple[Raise, ...] = Field(min_length=1)
    lifts: tuple[Identifier, ...] = ()
    requires: tuple[Identifier, ...] = ()
    effort: Amount
    external_cost: Amount
    run_cost: Amount
    most_people: Positive
    roles: dict[Identifier, Share] = Field(default_factory=dict, max_length=20)
    roles_because: str = Field(default="", max_length=2000)
    done_when: Text
    first_week: Text
    does_not_fix: Text
    references: tuple[Identifier, ...] = ()


class Role(Model):
    """A kind of people whom work may need: ``title``, and what it ``covers``."""

    title: Text
    covers: Text


class InitiativeFile(Model):
    """A whole initiatives file; ``roles`` are those that its shares of effort are by."""

    format: Literal["sixstep-initiatives/1"]
    questionnaire: Identifier
    version: Text
    price_year: int = Field(ge=2000, le=2100)
    cost_grade: Literal["strong", "moderate", "weak", "assumption"]
    cost_grounds: Text
    roles: dict[Identifier, Role] = Field(default_factory=dict, max_length=20)
    initiatives: tuple[Initiative, ...]

    @classmethod
    def none_for(cls, questionnaire: Questionnaire) -> InitiativeFile:
        """Return the empty file of a questionnaire for which nobody has written initiatives."""
        return cls(
            format="sixstep-initiatives/1",
            questionnaire=questionnaire.id,
            version="none",
            price_year=_PRICE_YEAR,
            cost_grade="assumption",
            cost_grounds="No initiatives are written for this questionnaire.",
            initiatives=(),
        )

    def fitted_to(self, questionnaire: Questionnaire) -> InitiativeFile:
        """Return the initiatives that still raise a question of an overlay over the questionnaire they are for."""
        found = [fitted(item, questionnaire) for item in self.initiatives]
        left = {item.id for item in found if item.raises}
        kept = tuple(
            item.model_copy(update={"requires": tuple(name for name in item.requires if name in left)})
            for item in found
            if item.id in left
        )
        fields = {name: getattr(self, name) for name in InitiativeFile.model_fields}  # and nothing that is cached
        return InitiativeFile(**{**fields, "questionnaire": questionnaire.id, "initiatives": kept})

    @cached_property
    def role_titles(self) -> dict[str, str]:
        """Titles of the roles that the work needs a share of, in the order of the file; of others their ids."""
        named = {role for item in self.initiatives for role, share in item.roles.items() if share > 0.0}
        listed = {name: role.title for name, role in self.roles.items() if name in named}
        return listed | {name: name for name in sorted(named - listed.keys())}

    @cached_property
    def by_id(self) -> dict[str, Initiative]:
        """Initiatives by id."""
        return {initiative.id: initiative for initiative in self.initiatives}


def fitted(item: Initiative, questionnaire: Questionnaire) -> Initiative:
    """Return an initiative as it stands for the questions that are left, with the wall factors that these measure."""
    raises = tuple(rise for rise in item.raises if rise.question in questionnaire.by_id)
    raised = [questionnaire.by_id[rise.question] for rise in raises]
    steps = [step.id for step in questionnaire.steps]
    return item.model_copy(
        update={
            "raises": raises,
            "lifts": tuple(dict.fromkeys(factor for question in raised for factor in question.factors)),
            "step": item.step if item.step in steps or not raised else raised[0].step,
        }
    )


def load_initiatives(path: Path, questionnaire: Questionnaire) -> InitiativeFile:
    """Read an initiatives file and check it against its questionnaire.

    Raises:
        InputError: every fault with file, line, initiative id and remedy.
    """
    document = read_document(path)
    initiatives = validate(InitiativeFile, document)
    problems = initiative_problems(initiatives, questionnaire, document)
    if problems:
        raise InputError(problems)
    return initiatives


def initiative_problems(initiatives: InitiativeFile, questionnaire: Questionnaire, document: Document) -> list[Problem]:
    """Return the rules that initiatives break, in order of their lines in the document that they come from."""
    return sorted(_rules(initiatives, questionnaire, document), key=lambda problem: problem.line or 0)


def _rules(initiatives: InitiativeFile, questionnaire: Questionnaire, document: Document) -> Iterator[Problem]:
    if initiatives.questionnaire != questionnaire.id:
        message = f"it is written for the questionnaire '{initiatives.questionnaire}'"
        yield document.problem(("questionnaire",), message, f"this one is '{questionnaire.id}'")
        return
    steps = [step.id for step in questionnaire.steps]
    seen: set[str] = set()
    for index, item in enumerate(initiatives.initiatives):
        path = ("initiatives", index)
        if item.id in seen:
            yield document.problem((*path, "id"), f"the id '{item.id}' stands twice", "give each initiative its own id")
        seen.add(item.id)
        if item.effort.mode <= 0:
            yield document.problem((*path, "effort"), "the likely effort is nothing", "give it in person-weeks")
        if math.fsum(item.roles.values()) > 1.0 + _TOLERANCE:
            message = f"the shares by role add up to {math.fsum(item.roles.values()):g}"
            yield document.problem((*path, "roles"), message, "let them add up to 1 at most")
        yield from _unknown((item.step,), steps, document, (*path, "step"), "step")
        yield from _unknown(item.requires, initiatives.by_id, document, (*path, "requires"), "initiative")
        yield from _unknown(item.references, questionnaire.references, document, (*path, "references"), "reference")
        yield from _raises(item, questionnaire, document, path)
    yield from _circles(initiatives, document)


def _unknown(
    names: Iterable[str], known: Iterable[str], document: Document, path: tuple[str | int, ...], kind: str
) -> Iterator[Problem]:
    allowed = list(known)
    for name in names:
        if name not in allowed:
            yield document.problem(path, f"no {kind} '{name}'", nearest(name, allowed))


def _raises(
    item: Initiative, questionnaire: Questionnaire, document: Document, path: tuple[str | int, ...]
) -> Iterator[Problem]:
    """A raise must rise on its question's scale; ``lifts`` must be the factors that the raised questions measure."""
    lifted: set[str] = set()
    for index, rise in enumerate(item.raises):
        place = (*path, "raises", index)
        question = questionnaire.by_id.get(rise.question)
        if question is None:
            yield document.problem(place, f"no question '{rise.question}'", nearest(rise.question, questionnaire.by_id))
            continue
        lifted |= set(question.factors)
        top = len(questionnaire.scale_of(question).options) - 1
        if not rise.start < rise.to <= top:
            message = f"the raise of '{rise.question}' goes from {rise.start} to {rise.to}"
            yield document.problem(place, message, f"let it rise, to {top} at most")
    if lifted != set(item.lifts):
        listed = ", ".join(sorted(lifted)) or "none"
        yield document.problem((*path, "lifts"), "'lifts' differs from what its questions measure", f"list: {listed}")


def _circles(initiatives: InitiativeFile, document: Document) -> Iterator[Problem]:
    """Report the first initiative that requires itself through others."""
    state: dict[str, bool] = {}

    def circular(name: str) -> bool:
        if name in state:
            return not state[name]
        state[name] = False
        found = any(circular(needed) for needed in initiatives.by_id[name].requires if needed in initiatives.by_id)
        state[name] = True
        return found

    for index, item in enumerate(initiatives.initiatives):
        if circular(item.id):
            message = f"'{item.id}' requires itself through others"
            yield document.problem(("initiatives", index, "requires"), message, "remove one requirement of the circle")
            return
