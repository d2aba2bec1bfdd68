"""What an operation answers when it cannot be done for a reason other than its input."""

from __future__ import annotations

from assessment.errors import SixstepError


class NotFound(SixstepError):  # noqa: N818 (named for what it says)
    """No assessment for this id; the same words whether it never was or is somebody else's."""

    def __init__(self) -> None:
        """Speak the one sentence, which does not repeat the id."""
        super().__init__("there is no such assessment in this workspace; check that the address is complete")
