"""Going through questions by single keys: which question is in focus, and what each key does to it.

The question in focus is kept in the session; the address follows it. A key that comes before the page has been drawn
again thus meets the question that the last key led to, and not the one that the browser still shows in its address.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import streamlit as st

from assessment.questionnaire import Question
from views.access import workspace
from views.answering import REASONS, Field, draft_of, take, take_back
from views.drawing import draw_again
from views.feedback import refuse
from views.keys import Press, stop_keys, take_presses
from views.last_time import before, last_time
from views.looking_again import confirm, keep, mark
from views.quick_list import after, ahead, asked, first_open, found
from workspace.service import Opened

FRAGMENT = "quick"
MOVES_ON = "quick-moves-on"
KEYS = "quick-keys"
END = "end"
"""In the address: past the last question of the list."""
_LEFT, _RIGHT = "ArrowLeft", "ArrowRight"
_LETTERS = ("n", "u", "m", "l", "Backspace", "Enter", _LEFT, _RIGHT)
_MOST_DIGITS = 9
LISTENED = (*(str(digit) for digit in range(_MOST_DIGITS + 1)), *_LETTERS, "f", "Escape")
"""Every key that may mean something. What it means is decided when its turn comes, after the keys before it."""


@dataclass(frozen=True)
class Standing:
    """Where a person stands: the list that is gone through, and the question in focus (END: past the last one).

    The list is the one that the filter found when it was chosen, so that a question stays in it once it is answered.

    Attributes:
        asks_reason: the digits choose why the question does not apply.
        last: the question that was answered last.
    """

    here: str
    filter: str
    step: str
    members: tuple[str, ...]
    asks_reason: bool = False
    last: str = ""


@dataclass(frozen=True)
class Desk:
    """What one key works on, and what the page shows of it."""

    opened: Opened
    standing: Standing

    @cached_property
    def last(self) -> Opened | None:
        """The assessment that this one follows, where it can be read."""
        return last_time(self.opened)

    @cached_property
    def order(self) -> tuple[str, ...]:
        """Every question that is asked, in order."""
        return asked(self.opened)

    @property
    def question(self) -> Question | None:
        """The question in focus."""
        return self.opened.questionnaire.by_id.get(self.standing.here)

    def option_keys(self, question: Question) -> tuple[str, ...]:
        """Return the key of each option of a question."""
        return option_keys([option.label for option in self.opened.questionnaire.scale_of(question).options])

    def field(self, question: Question) -> Field:
        """Return the question as the widgets of this page know it."""
        return Field(self.opened.id, question.id, question.title, (FRAGMENT,))


def keys_of(assessment_id: str) -> str:
    """Return the name of the listener of an assessment."""
    return f"{KEYS}-{assessment_id}"


def standing_of(assessment_id: str) -> Standing | None:
    """Return where this session stands in an assessment."""
    kept: Standing | None = st.session_state.get(f"quick-{assessment_id}")
    return kept


def stand(assessment_id: str, standing: Standing) -> None:
    """Keep where this session stands."""
    st.session_state[f"quick-{assessment_id}"] = standing


def begin(opened: Opened, name: str, step: str, here: str = "") -> Standing:
    """Stand at a question of a fresh list, or at the first one that is unanswered, and drop what was pressed before."""
    members = found(opened, last_time(opened), name, step)
    if here not in {*asked(opened), END}:
        here = first_open(opened, members) or END
    standing = Standing(here, name, step, members)
    stand(opened.id, standing)
    stop_keys(keys_of(opened.id))
    return standing


def option_keys(labels: Sequence[str]) -> tuple[str, ...]:
    """Return the key of each option: the digit in its label, where each has one of its own; else its place."""
    named = tuple("".join(re.findall("[0-9]", label)) for label in labels)
    if len(set(named)) == len(named) and all(len(name) == 1 for name in named):
        return named
    return _places(len(labels))


def _places(count: int) -> tuple[str, ...]:
    return tuple(str(place + 1) for place in range(min(count, _MOST_DIGITS)))


def _meant(desk: Desk) -> tuple[str, ...]:
    """Return the keys that do something where the person stands."""
    if desk.question is None:
        return (_LEFT,)
    if desk.standing.asks_reason:
        return (*REASON_KEYS, "n", "Escape", _LEFT, _RIGHT)
    return (*desk.option_keys(desk.question), *_LETTERS)


def pressed(assessment_id: str) -> None:
    """Do what the keys say, one after the other, and draw again; a key that could not be saved ends it."""
    for press in take_presses(keys_of(assessment_id)):
        if not _done(assessment_id, press):
            stop_keys(keys_of(assessment_id))
            break
    draw_again([FRAGMENT])


def clicked(assessment_id: str, question: str, key: str) -> None:
    """Do what a key would do, to the question that was on the screen, and draw again."""
    standing = standing_of(assessment_id)
    if standing is not None:
        stand(assessment_id, replace(standing, here=question))
    _done(assessment_id, Press(page="", number=0, token="", key=key))
    draw_again([FRAGMENT])


def _done(assessment_id: str, press: Press) -> bool:
    """Do what one key says; return whether it was done, or meant nothing."""
    opened, standing = workspace().open(assessment_id), standing_of(assessment_id)
    if standing is None:
        return False
    desk = Desk(opened, standing)
    if press.key == "Figure":
        return _figure(desk, press)
    if press.key not in _meant(desk):
        return True
    act = _ACTS.get(press.key, _digit)
    return act(desk, press.key)


def _digit(desk: Desk, key: str) -> bool:
    if desk.standing.asks_reason:
        return _answer(desk, {"not_applicable": list(REASONS)[REASON_KEYS.index(key)]})
    return desk.question is None or _answer(desk, {"option": desk.option_keys(desk.question).index(key)})


def _figure(desk: Desk, press: Press) -> bool:
    question = desk.opened.questionnaire.by_id.get(press.question)
    if question is None or question.measure is None:
        return True
    there = Desk(desk.opened, replace(desk.standing, here=question.id))
    try:
        return _answer(there, {"figure": float(press.figure)})
    except ValueError:
        return refuse(there.field(question).name, question.title, "Give a number.")


def _answer(desk: Desk, kind: dict[str, object]) -> bool:
    return _saved(desk, lambda field: take(field, kind))


def _saved(desk: Desk, save: Callable[[Field], bool]) -> bool:
    """Save what was answered to the question in focus and, where that is wanted, move on."""
    question = desk.question
    if question is None:
        return True
    if not save(desk.field(question)):
        stand(desk.opened.id, desk.standing)
        return False
    standing = replace(desk.standing, asks_reason=False, last=question.id)
    stand(desk.opened.id, standing)
    return _onward(Desk(desk.opened, standing)) if st.session_state.get(MOVES_ON, True) else True


def _onward(desk: Desk, _: str = "") -> bool:
    here = desk.standing.here
    following = END if here == END else after(desk.order, desk.standing.members, here) or END
    stand(desk.opened.id, replace(desk.standing, here=following, asks_reason=False))
    return True


def _back(desk: Desk, _: str) -> bool:
    here = desk.standing.here
    earlier = ahead(desk.order, desk.standing.members, None if here == END else here)
    stand(desk.opened.id, replace(desk.standing, here=earlier or here, asks_reason=False))
    return True


def _not_applicable(desk: Desk, _: str) -> bool:
    stand(desk.opened.id, replace(desk.standing, asks_reason=not desk.standing.asks_reason))
    return True


def _unknown(desk: Desk, _: str) -> bool:
    return _answer(desk, {"unknown": True})


def _mark(desk: Desk, _: str) -> bool:
    return desk.question is None or mark(desk.field(desk.question))


def _clear(desk: Desk, _: str) -> bool:
    return desk.question is None or take_back(desk.field(desk.question))


def _keep(desk: Desk, _: str) -> bool:
    """Confirm what was taken over, or answer as last time."""
    question = desk.question
    if question is None:
        return True
    stored = desk.opened.assessment.answers.get(question.id)
    if stored is not None and stored.carried:
        return _saved(desk, confirm)
    then = before(desk.last, desk.opened.questionnaire, question)
    return True if then is None else _saved(desk, lambda field: keep(field, then.answer))


_ACTS: dict[str, Callable[[Desk, str], bool]] = {
    "n": _not_applicable,
    "Escape": _not_applicable,
    "u": _unknown,
    "m": _mark,
    "l": _keep,
    "Enter": _keep,
    "Backspace": _clear,
    "ArrowLeft": _back,
    "ArrowRight": _onward,
}


REASON_KEYS = _places(len(REASONS))
"""The key of each reason why a question does not apply."""


def waits_marked(field: Field) -> bool:
    """Say whether a mark for discussion waits for the answer that it is saved with."""
    waiting = draft_of(field)
    return waiting is not None and waiting.discuss
