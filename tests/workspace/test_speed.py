"""Opening and answering ask the database the same few things, however long the history; bench/store.py times them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import event

from assessment.answers import Answer
from assessment.questionnaire import Questionnaire
from store.folding import Change
from store.log import Stamp, Store
from workspace.library import Library
from workspace.service import Workspace


def _hundred(four_step: Questionnaire) -> Questionnaire:
    document = four_step.model_dump(mode="json")
    first = document["questions"][0]
    document["questions"] = [{**first, "id": f"look.box-{number}"} for number in range(100)]
    return Questionnaire.model_validate_json(json.dumps(document))


def _statements(store: Store, operation: Callable[[], object]) -> int:
    """Return how many statements an operation sends to the database."""
    seen: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *rest: object) -> None:  # noqa: ARG001 (the hook's signature)
        seen.append(statement)

    event.listen(store._engine, "before_cursor_execute", note)
    try:
        operation()
    finally:
        event.remove(store._engine, "before_cursor_execute", note)
    return len(seen)


@pytest.mark.parametrize("changes", [1, 10])
def test_statements_do_not_grow_with_the_history(store: Store, four_step: Questionnaire, changes: int) -> None:
    """With 100 answers that were changed once or ten times each, beside other assessments."""
    workspace = Workspace(store, Library([_hundred(four_step)]))
    for name in [workspace.create("Alder Ward", mode="full") for _ in range(3)]:
        for option in range(changes):
            answer = Answer(option=option % 4, note="n" * 40 + str(option)).model_dump(mode="json")
            store.append(name, [Change("answer", f"look.box-{number}", answer) for number in range(100)], Stamp())
    assert len(workspace.open(name).assessment.answers) == 100
    assert workspace.open(name).sequence == 5 + 100 * changes
    assert _statements(store, lambda: workspace.open(name)) == 2
    assert _statements(store, lambda: workspace.answer(name, "look.box-1", Answer(option=3, note="new"))) == 7


def test_the_way_back_is_one_question_to_the_database(store: Store, four_step: Questionnaire) -> None:
    """It is asked at every click; what somebody else has changed meanwhile is seen all the same."""
    workspace, other = (Workspace(store, Library([four_step])) for _ in range(2))
    name = workspace.create("Alder Ward")
    for option in (3, 1):
        workspace.answer(name, "look.box", Answer(option=option))
    workspace.back(name)
    other.answer(name, "look.box", Answer(option=2))
    opened, found = workspace.open(name), []
    assert _statements(store, lambda: found.append(workspace.back(name))) == 2
    assert [back.undo.sequence for back in found if back.undo] == [opened.sequence]
