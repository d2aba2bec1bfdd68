"""Every place of the app that is looked at: pages with their parts, on the worked example and with nothing answered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple
from urllib.parse import urlencode

from assessment.questionnaire import Questionnaire
from views.frame import ID, PAGES

Whose = Literal["example", "empty", "nobody"]
_ALONE: tuple[Whose, ...] = ("nobody",)
_OPENED: tuple[Whose, ...] = ("example", "empty")
_OF_STEPS = ("step", "check")
_CONTEXT = ("about", "criteria", "future_shifts", "root_causes", "signals")
_RESULTS = ("constraints", "steps", "posture", "crosswalk", "disagreement", "context")
_MONEY = (
    *("start", "matters", "money", "programme", "assumptions"),
    *("frame", "baseline", "asked-1", "asked-2", "load", "register", "other"),
)


class Place(NamedTuple):
    """One address: a page, one part of it, and on what it is opened."""

    page: str
    whose: Whose
    parameters: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        """Name for a file: whose, page, and the values of the parameters."""
        return "-".join([self.whose, self.page, *(value for _, value in self.parameters)])

    def address(self, server: str, ids: dict[str, str]) -> str:
        """Return the URL on a server; ``ids`` names the assessments by :data:`Whose`."""
        known = {ID: ids[self.whose]} if self.whose in ids else {}
        query = urlencode({**known, **dict(self.parameters)})
        page = "" if self.page == "start" else self.page
        return f"{server.rstrip('/')}/{page}" + (f"?{query}" if query else "")


def pages() -> tuple[Place, ...]:
    """Return every page on the example and with nothing answered; one that needs no assessment once."""
    return tuple(
        Place(entry.name, whose) for entry in PAGES.values() for whose in (_ALONE if entry.always else _OPENED)
    )


def places(questionnaire: Questionnaire) -> tuple[Place, ...]:
    """Return every page, and every part of a page that the example fills, in a settled order."""
    return (*pages(), *_parts(questionnaire))


def _parts(questionnaire: Questionnaire) -> Iterator[Place]:
    for page in _OF_STEPS:
        for step in questionnaire.steps[1:]:
            yield Place(page, "example", (("step", step.id),))
    for part in _CONTEXT:
        yield Place("context", "example", (("part", part),))
    for part in _RESULTS:
        yield Place("results", "example", (("part", part),))
    for part in _MONEY:
        yield Place("economics", "example", (("part", part),))
    yield Place("quick", "example", (("q", "end"),))
    yield Place("results", "nobody")
