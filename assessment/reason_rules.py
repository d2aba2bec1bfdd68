"""Rules on what backs a question: the reason for each number, the evidence and the sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assessment.drafts import Draft
from assessment.errors import Problem
from assessment.fields import Model
from assessment.questionnaire import Question, Questionnaire
from assessment.reading import Path_


def reasons_given(draft: Draft) -> Iterator[Problem]:
    """Wherever a number stands, a sentence defends it."""
    for path, reason in _reasons(draft.questionnaire, ()):
        yield from _sentence(draft, path, reason)
    yield from _rule_reasons(draft)


def _reasons(item: object, path: Path_) -> Iterator[tuple[Path_, str]]:
    """Yield every reason in a part of the file, however deep; a new kind of number is found without being listed."""
    if isinstance(item, Model):
        for name in type(item).model_fields:
            value, here = getattr(item, name), (*path, name)
            if name.endswith("because") and isinstance(value, str):
                yield here, value
            else:
                yield from _reasons(value, here)
    elif isinstance(item, Mapping):
        for key, value in item.items():
            yield from _reasons(value, (*path, key))
    elif isinstance(item, tuple):
        for index, value in enumerate(item):
            yield from _reasons(value, (*path, index))


def _rule_reasons(draft: Draft) -> Iterator[Problem]:
    """The scoring rules keep their reasons side by side, under the name of each number."""
    rules = draft.questionnaire.rules
    for name in sorted(rules.model_fields_set):
        if isinstance(getattr(rules, name), int | float):
            yield from _sentence(draft, ("rules", "because", name), rules.because.get(name, ""), name)


def _sentence(draft: Draft, path: Path_, reason: str, number: str = "") -> Iterator[Problem]:
    what = f"the number '{number}'" if number else "the number"
    words, wanted = reason.split(), draft.guide.reason_words.at_least
    if not words:
        yield draft.problem(path, f"nothing says why {what} is what it is", f"add a sentence as '{_key(path)}'")
    elif len(words) < wanted or not reason.rstrip().endswith(".") or reason.strip()[0].islower():
        message = f"'{reason.strip()}' is no sentence that defends {what}"
        remedy = f"write {wanted} words or more, with a capital letter and a full stop"
        yield draft.problem(path, message, remedy)


def _key(path: Path_) -> str:
    return ".".join(str(part) for part in path if isinstance(part, str))


def enough_evidence(draft: Draft) -> Iterator[Problem]:
    """Each question names two or more things that somebody could show, at either stage."""
    wanted = draft.guide.evidence.at_least
    for index, question in enumerate(draft.questionnaire.questions):
        for name, path, items in _shown(question, ("questions", index)):
            if len(_distinct(items)) < wanted:
                remedy = f"name {wanted} or more that differ"
                yield draft.problem(path, f"{name} is fewer than {wanted} things to show", remedy)


def _shown(question: Question, top: Path_) -> Iterator[tuple[str, Path_, tuple[str, ...]]]:
    yield "evidence", (*top, "evidence"), question.evidence
    if question.design is not None:
        yield "design evidence", (*top, "design", "evidence"), question.design.evidence


def _distinct(items: tuple[str, ...]) -> set[str]:
    return {" ".join(item.lower().split()) for item in items}


def sourced(draft: Draft) -> Iterator[Problem]:
    """Each question cites a source with title, section and year."""
    for index, question in enumerate(draft.questionnaire.questions):
        if not any(_whole(draft.questionnaire, name) for name in question.references):
            message = "no reference has a title, a section and a year"
            yield draft.problem(("questions", index, "references"), message, "cite a source that a reader can find")


def _whole(questionnaire: Questionnaire, name: str) -> bool:
    source = questionnaire.references.get(name)
    return source is not None and bool(source.title.strip()) and bool(source.section.strip())
