"""Which questions are gone through: the filters, what each finds, and the question before and after one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from assessment.answers import Answer
from assessment.questionnaire import Question
from views.answering import confidence_counts
from views.last_time import before
from workspace.service import Opened

Holds = Callable[[Answer | None, Answer | None], bool]


class Filter(NamedTuple):
    """One way to choose questions, by the answer now and that of last time."""

    name: str
    title: str
    holds: Holds
    compares: bool = False


def _kind(answer: Answer) -> tuple[object, ...]:
    return (answer.option, answer.figure, answer.unknown, answer.not_applicable)


def _changed(now: Answer | None, then: Answer | None) -> bool:
    return now is not None and then is not None and _kind(now) != _kind(then)


def _same(now: Answer | None, then: Answer | None) -> bool:
    return now is not None and then is not None and _kind(now) == _kind(then) and not now.carried


def _low(now: Answer | None, _: Answer | None) -> bool:
    return now is not None and confidence_counts(now) and now.confidence == "claimed" and not now.evidence


ALL = "all"
FILTERS = {
    entry.name: entry
    for entry in (
        Filter(ALL, "All", lambda *_: True),
        Filter("unanswered", "Unanswered", lambda now, _: now is None),
        Filter("discuss", "Marked for discussion", lambda now, _: now is not None and now.discuss),
        Filter("low", "Claimed without evidence", _low),
        Filter("unknown", "Don't know", lambda now, _: now is not None and now.unknown),
        Filter("carried", "Taken over, not looked at", lambda now, _: now is not None and now.carried, compares=True),
        Filter("changed", "Changed since last time", _changed, compares=True),
        Filter("same", "Same as last time", _same, compares=True),
    )
}


def offered(opened: Opened, last: Opened | None) -> tuple[Filter, ...]:
    """Return the filters that can find anything here: those that compare need a last time, or something carried."""
    compares = last is not None or any(answer.carried for answer in opened.assessment.answers.values())
    return tuple(entry for entry in FILTERS.values() if compares or not entry.compares)


def asked(opened: Opened) -> tuple[str, ...]:
    """Return the ids of the questions that are asked, in order."""
    return tuple(question.id for question in opened.questionnaire.asked(opened.assessment.mode))


def found(opened: Opened, last: Opened | None, name: str, step: str = "") -> tuple[str, ...]:
    """Return the ids of the questions that a filter finds, of one step or of all."""
    holds = FILTERS[name].holds
    questions = opened.questionnaire.asked(opened.assessment.mode)
    inside = [question for question in questions if step in {"", question.step}]
    return tuple(question.id for question in inside if holds(*_now_and_then(opened, last, question)))


def _now_and_then(opened: Opened, last: Opened | None, question: Question) -> tuple[Answer | None, Answer | None]:
    then = before(last, opened.questionnaire, question)
    return opened.assessment.answers.get(question.id), None if then is None else then.answer


def first_open(opened: Opened, members: Sequence[str]) -> str | None:
    """Return the first member without an answer; the first of all when every one is answered."""
    unanswered = [name for name in members if name not in opened.assessment.answers]
    return next(iter([*unanswered, *members]), None)


def after(order: Sequence[str], members: Sequence[str], here: str) -> str | None:
    """Return the member that comes next after a question, which need not be a member itself; None at the end."""
    return next((name for name in order[order.index(here) + 1 :] if name in members), None)


def ahead(order: Sequence[str], members: Sequence[str], here: str | None) -> str | None:
    """Return the member that comes before a question; the last one from the end (None); None at the beginning."""
    passed = order if here is None else order[: order.index(here)]
    return next((name for name in reversed(passed) if name in members), None)
