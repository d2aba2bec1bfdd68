"""What a team demands of its plan, and the computed plan that it uses."""

from __future__ import annotations

from assessment.answers import KeptPlan
from models.own_initiatives import with_own
from models.planning.pins import read_pins
from store.folding import PIN, Change
from workspace import checks
from workspace.operations import Operations
from workspace.results import Saved


class Pins(Operations):
    """The operations of a workspace on the demands of a plan."""

    def set_pin(self, id: str, initiative: str, demand: str | None, *, actor: str = "") -> Saved:  # noqa: A002
        """Save a demand on an initiative, built in or the team's own: Q2, >=Q3 or never; None takes it back.

        Raises:
            InputError: for an unknown initiative, and for anything that is no demand.
        """
        questionnaire = self._questionnaire("answer", id)
        if demand is not None:
            own = self.open(id).assessment.initiatives
            known = with_own(self.library.initiatives_for(questionnaire), questionnaire, own)
            read_pins({initiative: demand}, known.by_id)
        return self._save(id, questionnaire, [Change("economics", PIN + initiative, demand)], actor)

    def use_plan(self, id: str, kept: KeptPlan, *, actor: str = "") -> Saved:  # noqa: A002
        """Save a computed plan and that it is the one in use, both or neither.

        Which plan is in use from then on is the economic field ``plan``.
        """
        questionnaire = self._questionnaire("answer", id)
        changes = [
            Change("economics", "computed", checks.payload(questionnaire, "economics", "computed", kept.model_dump())),
            Change("economics", "plan", "computed"),
        ]
        return self._save(id, questionnaire, changes, actor)
