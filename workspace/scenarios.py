"""What a team makes of the named futures, and figures that it takes over from a what-if."""

from __future__ import annotations

from collections.abc import Mapping

from assessment.answers import Range, ScenarioEdit
from assessment.errors import InputError, Problem
from assessment.questionnaire import Questionnaire
from assessment.reading import Document
from models.parameters import ParameterFile
from models.scenarios import edit_problems
from store.folding import SCENARIO, Change, Payload
from workspace import checks, money
from workspace.operations import Operations
from workspace.results import Saved

MOST_SCENARIOS = 20
MONTHS = ("horizon_months", "delay_months")
"""The economic fields that a what-if moves besides ranges."""


class Scenarios(Operations):
    """The operations of a workspace that play with the future."""

    def set_scenario(self, id: str, name: str, edit: ScenarioEdit | None, *, actor: str = "") -> Saved:  # noqa: A002
        """Save a team's changes of a scenario, or one of its own; None gives the built-in one back, or removes its own.

        Raises:
            InputError: for a change that no inputs can take, and when there are too many.
        """
        questionnaire = self._questionnaire("answer", id)
        payload = None if edit is None else self._checked(id, questionnaire, name, edit)
        return self._save(id, questionnaire, [Change("economics", SCENARIO + name, payload)], actor)

    def set_figures(
        self,
        id: str,  # noqa: A002
        ranges: Mapping[str, Range | None],
        months: Mapping[str, int | None],
        *,
        actor: str = "",
    ) -> Saved:
        """Save several ranges and months at once, all or none; None clears one.

        Args:
            id: the assessment.
            ranges: by symbol.
            months: by field, one of :data:`MONTHS`.
            actor: who saved.

        Raises:
            InputError: when one of them cannot be.
        """
        questionnaire = self._questionnaire("answer", id)
        given = {symbol: value for symbol, value in ranges.items() if value is not None}
        checked = money.checked_ranges(self.library.parameters, questionnaire, given)
        economics = self.open(id).assessment.economics
        changes: list[Change] = []
        for symbol in ranges:
            found = money.range_changes(questionnaire, economics, symbol, checked.get(symbol))
            changes += [change for change in found if change not in changes]
        for field, value in months.items():
            payload = checks.payload(questionnaire, "economics", field, value)
            changes.append(Change("economics", field, payload))
        return self._save(id, questionnaire, changes, actor)

    def _checked(self, id: str, questionnaire: Questionnaire, name: str, edit: ScenarioEdit) -> Payload:  # noqa: A002
        scenarios = {name: edit.model_dump(mode="json") if isinstance(edit, ScenarioEdit) else edit}
        found = checks.draft(questionnaire, economics={"scenarios": scenarios}).economics.scenarios
        refuse_faulty_scenarios(self.library.parameters, found)
        standing = {*self.open(id).assessment.economics.scenarios, name}
        if len(standing) > MOST_SCENARIOS:
            message = f"an assessment holds {MOST_SCENARIOS} scenarios of its own, and no more fit"
            raise InputError(Problem(message, "remove one first"))
        return found[name].model_dump(mode="json")


def refuse_faulty_scenarios(
    parameters: ParameterFile, edits: Mapping[str, ScenarioEdit], document: Document | None = None
) -> None:
    """Refuse scenarios that no inputs can take.

    Raises:
        InputError: for every fault, with the file's name and line where there is one.
    """
    problems = edit_problems(parameters, edits, document)
    if problems:
        raise InputError(problems)
