"""Undo: it restores what stood before, several steps back, and nothing of the history is lost by it."""

from __future__ import annotations

import pytest

from assessment.answers import Answer, Range
from assessment.errors import InputError
from store.log import Store
from store.past import Overtaken
from workspace.service import Workspace


def undo(desk: Workspace, name: str) -> None:
    """Undo what is offered."""
    step = desk.back(name).undo
    assert step is not None
    desk.undo(name, step.sequence)


def test_undo_restores_what_stood_before_and_keeps_the_history(small: Workspace) -> None:
    """The older answer stands again, note and mark included, and all three events are kept."""
    name = small.create("Alder Ward")
    first = Answer(option=3, note="seen", discuss=True)
    small.answer(name, "look.box", first)
    small.answer(name, "look.box", Answer(option=1))
    undo(small, name)
    assert small.open(name).assessment.answers["look.box"] == first
    assert [event.payload["option"] for event in small.history(name, "answer", "look.box")] == [3, 1, 3]


def test_undo_goes_back_step_by_step_to_the_beginning(workspace: Workspace) -> None:
    """Answers, targets, figures, context and the name, undone one after the other, leave what was begun."""
    name = workspace.example()
    before = workspace.export(name)
    question = next(iter(workspace.open(name).assessment.answers))
    workspace.answer(name, question, None)
    workspace.set_target(name, question, 4)
    workspace.set_range(name, "g", Range(low=0.01, mode=0.02, high=0.03, source="ours"))
    workspace.describe_as(name, name="Another name")
    workspace.add_workflow(name, "Blood bank")
    workspace.set_report(name, "brand", "Alder")
    assert workspace.back(name).steps_back == 6
    for _ in range(6):
        undo(workspace, name)
    assert workspace.export(name) == before
    assert workspace.back(name).undo is None


def test_what_was_undone_can_be_done_again_until_something_else_is_changed(small: Workspace) -> None:
    """Redo restores what undo took back; a new change ends that."""
    name = small.create("Alder Ward")
    small.answer(name, "look.box", Answer(option=3))
    small.answer(name, "look.box", Answer(option=1))
    for _ in range(2):
        undo(small, name)
    assert small.open(name).assessment.answers == {}
    for expected in (3, 1):
        again = small.back(name).redo
        assert again is not None
        small.redo(name, again.sequence)
        assert small.open(name).assessment.answers["look.box"].option == expected
    undo(small, name)
    small.describe_as(name, name="Birch Ward")
    assert small.back(name).redo is None


def test_one_change_is_undone_once(small: Workspace) -> None:
    """A double click on undo takes back one step, not two."""
    name = small.create("Alder Ward")
    small.answer(name, "look.box", Answer(option=3))
    saved = small.answer(name, "look.box", Answer(option=1))
    small.undo(name, saved.sequence)
    with pytest.raises(InputError, match="no such change to undo"):
        small.undo(name, saved.sequence)
    assert small.open(name).assessment.answers["look.box"].option == 3


def test_a_change_under_a_later_one_is_not_undone(small: Workspace) -> None:
    """What somebody changed after it stands."""
    name = small.create("Alder Ward")
    first = small.answer(name, "look.box", Answer(option=3), actor="ana")
    small.answer(name, "look.box", Answer(option=1), actor="ben")
    with pytest.raises(Overtaken, match="changed again"):
        small.undo(name, first.sequence)
    assert small.open(name).assessment.answers["look.box"].option == 1


def test_a_change_elsewhere_does_not_stand_in_the_way(small: Workspace) -> None:
    """Somebody else's answer to another question stays when mine is undone."""
    name = small.create("Alder Ward")
    other = small.open(name).questionnaire.questions[-1].id
    mine = small.answer(name, "look.box", Answer(option=3), actor="ana")
    small.answer(name, other, Answer(unknown=True), actor="ben")
    small.undo(name, mine.sequence)
    assert set(small.open(name).assessment.answers) == {other}


def test_figures_saved_together_are_undone_together(workspace: Workspace) -> None:
    """A confirmed baseline is one step, however many figures it holds."""
    name = workspace.create("Alder Ward")
    workspace.confirm_baseline(name, {"I0": Range(low=1, mode=2, high=3), "g": Range(low=0.01, mode=0.02, high=0.03)})
    assert workspace.open(name).assessment.economics.confirmed
    undo(workspace, name)
    economics = workspace.open(name).assessment.economics
    assert not economics.confirmed
    assert economics.ranges == {}


def test_the_beginning_is_no_change(small: Workspace) -> None:
    """A new assessment has nothing to undo, and neither has the copy of one."""
    name = small.create("Alder Ward")
    small.answer(name, "look.box", Answer(option=3))
    copy = small.duplicate(name)
    assert small.back(copy).undo is None
    assert small.changes(copy) == ()
    with pytest.raises(InputError, match="no such change"):
        small.undo(copy, 1)


def test_the_changes_are_told_from_the_last_one_back(small: Workspace) -> None:
    """Each says what stood before, what it made of it, and whether it can still be undone."""
    name = small.create("Alder Ward")
    small.answer(name, "look.box", Answer(option=3))
    small.describe_as(name, name="Birch Ward")
    undo(small, name)
    told = small.changes(name)
    assert [step.answers and step.answers[0] for step in told] == ["undo", None, None]
    assert [step.open for step in told] == [False, False, True]
    assert (told[1].turns[0].before.payload, told[1].turns[0].after.payload) == ("Alder Ward", "Birch Ward")


def test_undo_survives_an_export_of_the_workspace(small: Workspace, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The history of a workspace brought in elsewhere can be undone there."""
    name = small.create("Alder Ward")
    small.answer(name, "look.box", Answer(option=3))
    small.answer(name, "look.box", Answer(option=1))
    undo(small, name)
    there = Store.open(str(tmp_path_factory.mktemp("there") / "six.db"))
    other = Workspace(there, small.library)
    other.import_any(small.export_all(), "all.json")
    assert other.back(name).steps_back == 1
    undo(other, name)
    assert other.open(name).assessment.answers == {}
    there.close()


def test_a_copy_holds_everything_and_goes_its_own_way(workspace: Workspace) -> None:
    """The copy differs in its name alone, and a change of it leaves the original as it was."""
    name = workspace.example()
    copy = workspace.duplicate(name)
    one, two = workspace.open(name).assessment, workspace.open(copy).assessment
    assert two.name == f"{one.name}, copy"
    assert two.model_copy(update={"name": one.name}) == one
    workspace.describe_as(copy, organisation="Elsewhere")
    assert workspace.open(name).assessment == one


def test_a_copy_of_a_long_name_has_a_name_that_fits(small: Workspace) -> None:
    """A name at its limit is shortened, not refused."""
    copy = small.duplicate(small.create("A" * 200))
    assert small.open(copy).assessment.name == "A" * 194 + ", copy"


@pytest.mark.parametrize("between", [0, 3, 130])
def test_the_next_undo_tells_what_stood_before_however_long_ago_that_was(small: Workspace, between: int) -> None:
    """Whether what stood before is among the last events or far back in the log, it is told alike, and as it was."""
    name = small.create("Alder Ward")
    small.answer(name, "look.box", Answer(option=3, note="then"))
    for number in range(between):
        small.describe_as(name, name=f"Ward {number}")
    small.answer(name, "look.box", Answer(option=1))
    step = small.back(name).undo
    assert step is not None
    assert step == small.changes(name)[0]
    assert [turn.before.payload["note"] for turn in step.turns] == ["then"]


def test_the_next_undo_of_a_first_answer_is_to_clear_it(small: Workspace) -> None:
    """Near the beginning and far from it."""
    for between in (0, 130):
        name = small.create("Alder Ward")
        for number in range(between):
            small.describe_as(name, name=f"Ward {number}")
        small.answer(name, "look.box", Answer(option=1))
        step = small.back(name).undo
        assert step is not None
        assert [turn.before.payload for turn in step.turns] == [None]
