"""What every group of operations of a workspace stands on."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence

from assessment.answers import Assessment
from assessment.questionnaire import Questionnaire
from store.folding import Change
from store.log import Store
from workspace.folded import FoldedAssessments
from workspace.library import Library
from workspace.results import Opened, Saved


class Operations(ABC):
    """A group of operations; the workspace says what is allowed, and saves."""

    _store: Store
    _folded: FoldedAssessments
    library: Library

    @abstractmethod
    def open(self, id: str) -> Opened:  # noqa: A002 (what pages call it)
        """Return an assessment as it stands now."""

    @abstractmethod
    def _allow(self, operation: str, id: str | None = None) -> None:  # noqa: A002
        """Refuse an operation that is not allowed."""

    @abstractmethod
    def _begin(self, assessment: Assessment, original: tuple[str, bytes] | None = None, actor: str = "") -> str:
        """Begin an assessment; returns its id."""

    @abstractmethod
    def _questionnaire(self, operation: str, id: str, known: int = 0) -> Questionnaire:  # noqa: A002
        """Return the questionnaire of an assessment on which an operation is allowed."""

    @abstractmethod
    def _save(self, id: str, questionnaire: Questionnaire, changes: Sequence[Change], actor: str) -> Saved:  # noqa: A002
        """Save changes, all or none."""

    @abstractmethod
    def _check(self, assessment: Assessment) -> None:
        """Refuse an assessment that does not fit its questionnaire."""
