"""The one way in for both front doors: a workspace on the database of this machine, or on the one named."""

from __future__ import annotations

from store.log import Store
from workspace.library import Library
from workspace.service import Workspace


def open_workspace(database: str | None = None, library: Library | None = None) -> Workspace:
    """Open the workspace on a database address or file; by default SIXSTEP_DATABASE, else the user's own file.

    Raises:
        StoreError: in one sentence, when the database cannot be used.
    """
    return Workspace(Store.open(database), library or Library())
