"""What a team demands of its plan."""

from __future__ import annotations

from models.planning.pins import read_pins
from store.folding import PIN, Change
from workspace.operations import Operations
from workspace.results import Saved


class Pins(Operations):
    """The operations of a workspace on the demands of a plan."""

    def set_pin(self, id: str, initiative: str, demand: str | None, *, actor: str = "") -> Saved:  # noqa: A002
        """Save a demand, Q2, >=Q3 or never; None takes it back.

        Raises:
            InputError: for an unknown initiative, and for anything that is no demand.
        """
        questionnaire = self._questionnaire("answer", id)
        if demand is not None:
            read_pins({initiative: demand}, self.library.initiatives_for(questionnaire).by_id)
        return self._save(id, questionnaire, [Change("economics", PIN + initiative, demand)], actor)
