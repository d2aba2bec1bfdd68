"""What can go wrong with the database, in sentences that may be shown to a person."""

from __future__ import annotations

from assessment.errors import SixstepError


class StoreError(SixstepError):
    """The database cannot be opened, read or written; nothing of the operation was saved."""


class UnknownAssessment(SixstepError):  # noqa: N818 (named for what it says)
    """No assessment has this id."""


class RequestReused(SixstepError):  # noqa: N818 (named for what it says)
    """A request id that was already used came back with something else to save."""
