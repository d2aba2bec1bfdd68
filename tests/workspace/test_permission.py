"""Every operation asks whether it is allowed, and an id that is not known says nothing."""

from __future__ import annotations

import inspect
from typing import Any

import pytest

from assessment.answers import Answer, Assessment, KeptPlan, KeptSchedule, QuestionnaireRef, Range, SignalAnswer, Vote
from models.scalability import fit_usl
from store.log import Store
from workspace.errors import NotFound
from workspace.service import Workspace

_FIT = fit_usl((1, 4, 8, 12, 16, 20), (20, 78, 130, 170, 190, 200))
_MADE = Assessment(name="A", questionnaire=QuestionnaireRef(id="small-clinic", version="1"))
_KEPT = KeptPlan(question="0" * 64, whole=KeptSchedule(spans={}, weeks=(), status="optimal"))
_WITHOUT_ID: dict[str, tuple[Any, ...]] = {
    "create": ("A",),
    "create_from": (_MADE,),
    "example": (),
    "import_document": (b"", "a.json"),
    "import_any": (b"", "a.json"),
    "assessments": (),
    "export_all": (),
    "install_questionnaire": (b"", "a.yaml"),
    "questionnaires": (),
    "questionnaire_file": ("small-clinic", "1"),
}
_WITH_ID: dict[str, tuple[Any, ...]] = {
    "open": (),
    "answer": ("look.box", Answer(option=1)),
    "set_context": ("x", 1),
    "set_signal": ("x", SignalAnswer(level=1)),
    "set_votes": ("look.box", (Vote(option=1, count=2),)),
    "set_range": ("I0", Range(low=1, high=2)),
    "set_economics": ("confirmed", True),
    "change_currency": ("EUR",),
    "describe_as": (),
    "confirm_baseline": ({},),
    "set_scenario": ("ai-workloads", None),
    "set_pin": ("pipeline-gates", "Q2"),
    "use_plan": (_KEPT,),
    "set_figures": ({}, {}),
    "set_target_preset": (None,),
    "set_target": ("look.box", 1),
    "add_workflow": ("Medication round",),
    "set_workflow": ("w01", None),
    "accept_register": (("g",),),
    "accept_measured": ({}, {}),
    "import_initiatives": (b"", "ours.yaml"),
    "initiatives_file": (),
    "initiatives_of": (),
    "set_initiative": ("own.one", None),
    "set_logo": (None,),
    "set_report": ("brand", "Alder"),
    "set_sentence": ("decision", None),
    "take_report_from": ("x" * 24,),
    "use_capacity": (_FIT, "history.csv"),
    "history": ("answer", "look.box"),
    "back": (),
    "changes": (),
    "undo": (2,),
    "redo": (3,),
    "duplicate": (),
    "export": (),
    "next_quarter": (),
    "followed": (),
    "carry_answers": ((),),
    "move_to_version": ("1",),
}
_ASKED_OF_NOBODY = {"check"}


class Denied(Exception):  # noqa: N818 - raised by the test alone
    """Nobody may do anything."""


class _Closed(Workspace):
    def _allow(self, operation: str, id: str | None = None) -> None:  # noqa: A002
        raise Denied(operation, id)


def test_these_are_all_the_operations() -> None:
    """An operation that is added must be added here, and so be asked for."""
    public = {name for name, _ in inspect.getmembers(Workspace, inspect.isfunction) if not name.startswith("_")}
    assert {*_WITHOUT_ID, *_WITH_ID, *_ASKED_OF_NOBODY} == public


@pytest.mark.parametrize("operation", [*_WITHOUT_ID, *_WITH_ID])
def test_every_operation_asks_whether_it_is_allowed(small: Workspace, store: Store, operation: str) -> None:
    """There is no way around the one place where permission is decided; it is asked about the right assessment."""
    name = small.create("A")
    before = store.logs()
    arguments = _WITHOUT_ID[operation] if operation in _WITHOUT_ID else (name, *_WITH_ID[operation])
    with pytest.raises(Denied) as caught:
        getattr(_Closed(store, small.library), operation)(*arguments)
    assert caught.value.args[1] == (None if operation in _WITHOUT_ID else name)
    assert before == store.logs()


@pytest.mark.parametrize("operation", list(_WITH_ID))
@pytest.mark.parametrize("unknown", ["x" * 24, "", "' OR 1=1 --", "\x00" * 24, "é" * 24, "x" * 10_000])
def test_an_unknown_id_reveals_nothing(small: Workspace, operation: str, unknown: str) -> None:
    """Whatever is asked of it, and however it is written, the sentence is the same and does not repeat it."""
    small.create("A")
    with pytest.raises(NotFound) as caught:
        getattr(small, operation)(unknown, *_WITH_ID[operation])
    assert str(caught.value) == str(NotFound())
