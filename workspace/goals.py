"""What a team aims at: target levels of questions, and the register of clinical workflows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assessment.answers import Assessment, Range, Workflow
from assessment.errors import InputError, Problem, nearest
from assessment.questionnaire import Questionnaire
from assessment.register import read_register
from models.register import SHARE, register_offers
from store.folding import RANGE, Change
from store.log import Stamp
from workspace import checks, money
from workspace.operations import Operations
from workspace.results import Saved

MOST_WORKFLOWS = 60
_KEY = "w"


class Goals(Operations):
    """The operations of a workspace that set targets."""

    def set_target_preset(self, id: str, preset: str | None, *, actor: str = "") -> Saved:  # noqa: A002
        """Save which preset sets the target levels; None for none. Targets that were typed stay above it."""
        questionnaire = self._questionnaire("answer", id)
        if preset is not None:
            checks.draft(questionnaire, target_preset=preset)
        return self._save(id, questionnaire, [Change("meta", "target_preset", preset)], actor)

    def set_target(self, id: str, question_id: str, option: int | None, *, actor: str = "") -> Saved:  # noqa: A002
        """Save the option that a question is to reach, or give it back to the preset with None."""
        questionnaire = self._questionnaire("answer", id)
        payload = checks.payload(questionnaire, "targets", question_id, option)
        return self._save(id, questionnaire, [Change("target", question_id, payload)], actor)

    def add_workflow(self, id: str, name: str, *, actor: str = "") -> str:  # noqa: A002
        """Enter a workflow into the target register; returns its key, which no other workflow ever had.

        Raises:
            InputError: for a name that is blank or taken, and when the register is full.
        """
        questionnaire = self._questionnaire("answer", id)
        workflow = Workflow.model_construct(name=name.strip())
        refuse_name(self.open(id).assessment.workflows, name)
        payload = checks.payload(questionnaire, "workflows", _KEY, workflow)
        checks.check_stamp(actor, None)
        stamp = Stamp(actor, questionnaire.version)
        key = self._store.append_numbered(id, "workflow", _KEY, payload, stamp, most=MOST_WORKFLOWS)
        if key is None:
            message = f"the register holds {MOST_WORKFLOWS} workflows, and no more fit"
            raise InputError(Problem(message, "remove one first"))
        return key

    def set_workflow(self, id: str, key: str, workflow: Workflow | None, *, actor: str = "") -> Saved:  # noqa: A002
        """Save a workflow of the target register, or remove it with None.

        Raises:
            InputError: when it is not (or no longer) in the register, or its name is blank or taken.
        """
        questionnaire = self._questionnaire("answer", id)
        entered = self.open(id).assessment.workflows
        if key not in entered:
            message = f"there is no workflow '{key}' in the register; it may have been removed in another window"
            raise InputError(Problem(message, "enter it again"))
        if workflow is not None:
            refuse_name({name: item for name, item in entered.items() if name != key}, workflow.name)
        payload = checks.payload(questionnaire, "workflows", key, workflow)
        return self._save(id, questionnaire, [Change("workflow", key, payload)], actor)

    def accept_register(self, id: str, symbols: Sequence[str], *, actor: str = "") -> Saved:  # noqa: A002
        """Save what the target register offers for some economic figures; a figure that a person typed is refused.

        Demand and surge take an accepted share of capacity away, which they replace.

        Raises:
            InputError: for a figure that is not on offer.
        """
        questionnaire = self._questionnaire("answer", id)
        assessment = self.open(id).assessment
        offered = self._offered(questionnaire, assessment)
        for symbol in symbols:
            if symbol not in offered:
                raise InputError(Problem(f"the target register offers no '{symbol}' now", nearest(symbol, offered)))
        ranges = money.checked_ranges(self.library.parameters, questionnaire, {name: offered[name] for name in symbols})
        changes = [Change("economics", RANGE + symbol, ranges[symbol]) for symbol in sorted(ranges)]
        cleared = {other for symbol in ranges for other in money.excluded(assessment.economics, symbol)}
        changes += [Change("economics", RANGE + other, None) for other in sorted(cleared & {SHARE})]
        return self._save(id, questionnaire, changes, actor)

    def _offered(self, questionnaire: Questionnaire, assessment: Assessment) -> dict[str, Range]:
        register = read_register(questionnaire, assessment)
        offers = register_offers(questionnaire, assessment, register, self.library.parameters)
        return {
            offer.symbol: offer.range for offer in offers if offer.standing == "offered" and offer.range is not None
        }


def refuse_name(entered: Mapping[str, Workflow], name: str) -> None:
    """Refuse a name of blanks, and one that another workflow has.

    Raises:
        InputError: in one sentence.
    """
    if not name.strip():
        raise InputError(Problem("the workflow has no name", "type one"))
    if name.strip().casefold() in {item.name.strip().casefold() for item in entered.values()}:
        raise InputError(Problem("another workflow of the register has this name", "type a name of its own"))
