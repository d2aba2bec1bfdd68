"""A second assessment from one that is there: everything that was said, and none of its history."""

from __future__ import annotations

from workspace import checks
from workspace.operations import Operations

_LONGEST_NAME = 200
_ENDING = ", copy"


class Copying(Operations):
    """The operation of a workspace that copies."""

    def duplicate(self, id: str, *, name: str | None = None, actor: str = "") -> str:  # noqa: A002
        """Begin an assessment with everything that one holds; returns its id. The two change apart from then on.

        Args:
            id: the assessment to copy.
            name: of the new one; without it the old name with *copy* behind it.
            actor: who copies it.

        Raises:
            InputError: for a name that cannot stand.
            NotFound: when there is no such assessment.
        """
        self._allow("create", id)
        checks.check_stamp(actor, None)
        assessment = self.open(id).assessment
        wanted = _copied(assessment.name) if name is None else name
        checks.check_name(wanted)
        checks.draft(self._questionnaire("read", id), name=wanted)
        return self._begin(assessment.model_copy(update={"name": wanted}), actor=actor)


def _copied(name: str) -> str:
    return name[: _LONGEST_NAME - len(_ENDING)] + _ENDING
