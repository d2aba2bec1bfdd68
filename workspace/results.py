"""What the operations of a workspace answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from assessment.answers import Assessment
from assessment.questionnaire import Mode, Questionnaire, Stage
from store.folding import Event
from workspace.library import Library


@dataclass(frozen=True, slots=True)
class Listing:
    """One line in the list of assessments; ``answered`` and ``asked`` count the questions of its mode.

    ``questionnaire`` is the id of the one that it is answered on.
    """

    id: str
    name: str
    organisation: str
    fictional: bool
    answered: int
    asked: int
    saved_at: datetime | None
    questionnaire: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """An assessment as it stands; ``sequence`` is its latest event, to be handed back as ``expected``.

    ``missing_version`` is the version that it was answered on where that one is not installed, and ``questionnaire`` is
    the newest of its id instead; empty where the two agree.
    """

    id: str
    assessment: Assessment = field(repr=False)
    questionnaire: Questionnaire = field(repr=False)
    saved_at: datetime | None
    sequence: int
    missing_version: str = ""


@dataclass(frozen=True, slots=True)
class Saved:
    """When a change was saved (UTC); ``conflict`` when somebody else had changed the same since it was read."""

    at: datetime
    sequence: int
    conflict: bool = False


def listing(library: Library, name: str, log: Sequence[Event], saved_at: datetime | None) -> Listing:
    """Return the line of an assessment from its standing meta and answer events.

    Where its questionnaire is not installed, every answer counts and nothing is asked.
    """
    meta = {event.key: event.payload for event in log if event.kind == "meta"}
    answers = {event.key for event in log if event.kind == "answer" and event.payload is not None}
    reference = meta["questionnaire"]
    asked = _asked(library, reference["id"], reference["version"], meta["mode"], meta.get("stage", "live"))
    return Listing(
        id=name,
        name=meta["name"],
        organisation=meta["organisation"],
        fictional=meta["fictional"],
        answered=len(answers & asked) if asked else len(answers),
        asked=len(asked),
        saved_at=saved_at,
        questionnaire=reference["id"],
    )


def _asked(library: Library, questionnaire: str, version: str, mode: Mode, stage: Stage) -> set[str]:
    if not library.knows(questionnaire):
        return set()
    return {question.id for question in library.questionnaire(questionnaire, version).at_stage(stage).asked(mode)}
