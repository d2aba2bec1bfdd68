"""A team's own initiatives: written in a form, brought in from a file, changed, and taken away again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import streamlit as st

from assessment.errors import InputError, Problem
from assessment.instrument import option_of
from assessment.questionnaire import Question, Questionnaire
from assessment.reading import LARGEST_BYTES, Document, validate
from models.initiatives import Initiative, InitiativeFile
from reports.decision_words import fate_sentence
from views.access import evaluated, workspace
from views.answering import in_words
from views.feedback import accept, attempt, guarded, problem_at, problem_of, refuse, saved_line
from views.plain import plain
from workspace.own_initiatives import written
from workspace.service import Opened

PLACE, OPENS = "own-initiatives", "Add or change initiatives"
"""Where the part begins, for a link, and what opens it."""
_NEW = ""
_LABEL = "Own initiative"
_FILE_LABEL = "Own initiatives (YAML or JSON)"
_MOST_RAISED = 6
_ENDS = (("low", "low"), ("mode", "likely"), ("high", "high"))
_RANGES = {
    "effort": "Person-weeks over the whole team",
    "external_cost": "Cost from outside, US dollars once",
    "run_cost": "Cost to run, US dollars a month",
}
_NOT_ASKED = ("references", "roles", "roles_because")
"""What the form does not ask for: a built-in initiative that is changed keeps its own."""
_REQUIRED = " (required)"
"""Ends the label of a field that a save cannot do without."""
_TEXTS = {
    "summary": "What is done",
    "first_week": "Work of the first week",
    "done_when": "Done when",
    "does_not_fix": "What it does not fix",
}


def own_initiatives(opened: Opened) -> None:
    """Place the form and the file of own initiatives, folded away until somebody opens them."""
    st.header("Own initiatives", anchor=False)
    if st.toggle(OPENS, key=f"own-open-{opened.id}"):
        guarded(_form)(opened)
        guarded(_file)(opened)


def _form(opened: Opened) -> None:
    file = workspace().initiatives_of(opened.id)
    own = opened.assessment.initiatives
    st.markdown(
        f"They are planned, costed and printed like the built-in ones. Prices are US dollars of {file.price_year}. "
        "Each question that one raises has a level from which it starts and one that it reaches."
    )
    names = [_NEW, *(item.id for item in file.initiatives)]
    chosen = st.selectbox(
        "Initiative",
        names,
        format_func=lambda name: _told(file, own, name),
        key=f"own-chosen-{opened.id}-{len(own)}",
    )
    place = f"own-{opened.id}-{chosen or 'new'}"
    turn = f"{place}-{st.session_state.get(place, 0)}"  # fields of their own after each save: they show what is kept
    before = file.by_id.get(chosen)
    data = _fields(opened, file, before, turn)
    data["id"] = chosen or _free(file)
    problem_at(place)
    with st.container(horizontal=True):
        if st.button("Save the initiative", type="primary", key=f"{place}-save"):
            _save(opened, place, data)
        if chosen in own and st.button("Remove what the team wrote", key=f"{place}-remove"):
            _settle(place, attempt(place, _LABEL, lambda: workspace().set_initiative(opened.id, chosen, None).at))
    saved_line(place)
    if problem_of(place) is None:
        _fates(opened, st.session_state.get(f"{place}-saved", ()))


def _fates(opened: Opened, names: Iterable[str]) -> None:
    """Say what became in the plan of initiatives that the team saved: when they are done and why, or why they are not.

    Args:
        opened: the assessment.
        names: the ids; those that are gone since are passed over.
    """
    kept = [name for name in names if name in opened.assessment.initiatives]
    if kept:
        evaluation = evaluated(opened)
        st.markdown("\n".join(f"- {plain(fate_sentence(evaluation, name))}" for name in kept))


def _told(file: InitiativeFile, own: dict[str, Any], name: str) -> str:
    if name == _NEW:
        return "A new one"
    return f"{file.by_id[name].title}{' (of the team)' if name in own else ''}"


def _free(file: InitiativeFile) -> str:
    """Return an id that no initiative has."""
    number = 1
    while f"own-{number}" in file.by_id:
        number += 1
    return f"own-{number}"


def _fields(opened: Opened, file: InitiativeFile, before: Initiative | None, turn: str) -> dict[str, Any]:
    """Place every field and return what stands in them, as in an initiatives file."""
    questionnaire = opened.questionnaire
    given = {} if before is None else written(before)
    steps = {step.id: step.title for step in questionnaire.steps}
    title = st.text_input(f"Title{_REQUIRED}", given.get("title", ""), max_chars=200, key=f"{turn}-title")
    step = st.selectbox(
        "Step", list(steps), _at(list(steps), given.get("step")), format_func=steps.__getitem__, key=f"{turn}-step"
    )
    data: dict[str, Any] = {"title": title.strip(), "step": step, "raises": _raises(opened, before, turn)}
    data["lifts"] = _lifted(questionnaire, data["raises"])
    others = {item.id: item.title for item in file.initiatives if before is None or item.id != before.id}
    data["requires"] = st.multiselect(
        "Work that must be finished before",
        list(others),
        [name for name in given.get("requires", ()) if name in others],
        format_func=others.__getitem__,
        key=f"{turn}-requires",
    )
    for field, label in _RANGES.items():
        data[field] = _range(label, given.get(field, {}), f"{turn}-{field}")
    data["most_people"] = st.number_input(
        "People who can work on it at once, at most",
        0.5,
        500.0,
        float(given.get("most_people", 2.0)),
        format="%g",
        key=f"{turn}-people",
    )
    for field, label in _TEXTS.items():
        text = st.text_area(f"{label}{_REQUIRED}", given.get(field, ""), max_chars=2000, key=f"{turn}-{field}")
        data[field] = text.strip()
    return data | {field: given[field] for field in _NOT_ASKED if given.get(field)}


def _at(names: list[str], name: str | None) -> int:
    return names.index(name) if name in names else 0


def _raises(opened: Opened, before: Initiative | None, turn: str) -> list[dict[str, Any]]:
    """Place the questions that are raised, each with what its levels say, the level from which and the one to which."""
    questionnaire = opened.questionnaire
    standing = {} if before is None else {rise.question: rise for rise in before.raises}
    titles = {question.id: question.title for question in questionnaire.questions}
    chosen = st.multiselect(
        f"Questions that it raises{_REQUIRED}",
        list(titles),
        list(standing),
        format_func=titles.__getitem__,
        max_selections=max(_MOST_RAISED, len(standing)),
        key=f"{turn}-raises",
    )
    found = []
    for name in chosen:
        question = questionnaire.by_id[name]
        levels, now = _levels(questionnaire, question), _level_now(opened, question)
        st.markdown(_in_full(opened, question, levels))
        start, to = (
            _first_offer(now, len(levels)) if name not in standing else (standing[name].start, standing[name].to)
        )
        low, high = st.columns(2)
        first = low.selectbox(
            f"{plain(titles[name])}: from",
            range(len(levels) - 1),
            start,
            format_func=levels.__getitem__,
            key=f"{turn}-from-{name}",
        )
        last = high.selectbox(
            f"{plain(titles[name])}: to",
            range(1, len(levels)),
            to - 1,
            format_func=levels.__getitem__,
            key=f"{turn}-to-{name}",
        )
        found.append({"question": name, "start": first, "to": last})
    return found


def _levels(questionnaire: Questionnaire, question: Question) -> list[str]:
    """Return each level of a question with what it says."""
    options = questionnaire.scale_of(question).options
    return [f"{option.label}: {anchor}" for option, anchor in zip(options, question.anchors, strict=True)]


def _level_now(opened: Opened, question: Question) -> int | None:
    """Return the level at which the answer stands; None where no level is known."""
    answer = opened.assessment.answers.get(question.id)
    if answer is None or (answer.option is None and answer.figure is None):
        return None
    return option_of(question, answer)


def _in_full(opened: Opened, question: Question, levels: list[str]) -> str:
    """Return the present answer and every level as Markdown, since a drop-down cuts long text."""
    now = in_words(opened.questionnaire, question, opened.assessment.answers.get(question.id))
    lines = [f"**{plain(question.title)}**. Present answer: {plain(now)}", ""]
    return "\n".join([*lines, *(f"- {plain(level)}" for level in levels)])


def _first_offer(now: int | None, count: int) -> tuple[int, int]:
    """Return the levels that are offered first: from that of the present answer to the next one."""
    start = min(now or 0, count - 2)
    return start, start + 1


def _lifted(questionnaire: Questionnaire, raises: list[dict[str, Any]]) -> list[str]:
    """Return the wall factors that the raised questions measure."""
    return list(dict.fromkeys(factor for rise in raises for factor in questionnaire.by_id[rise["question"]].factors))


def _range(label: str, given: dict[str, float], key: str) -> dict[str, float]:
    columns = st.columns(len(_ENDS))
    required = {"mode": _REQUIRED} if label == _RANGES["effort"] else {}
    return {
        end: column.number_input(
            f"{label}: {word}{required.get(end, '')}",
            0.0,
            1e9,
            float(given.get(end, 0.0)),
            format="%g",
            key=f"{key}-{end}",
        )
        for column, (end, word) in zip(columns, _ENDS, strict=True)
    }


def _save(opened: Opened, place: str, data: dict[str, Any]) -> None:
    def operation() -> Any:
        faults = list(_faults(opened.questionnaire, data))
        if faults:
            raise InputError(faults)
        try:
            found = validate(Initiative, Document(data, ""))
            return workspace().set_initiative(opened.id, found.id, found).at
        except InputError as error:  # the form says which initiative it is
            raise InputError([replace(problem, subject="") for problem in error.problems]) from error

    done = attempt(place, _LABEL, operation)
    if done:
        st.session_state[f"{place}-saved"] = (data["id"],)
    _settle(place, done)


def _faults(questionnaire: Questionnaire, data: dict[str, Any]) -> Iterator[Problem]:
    """Yield all that a person has still to give or to put right, one problem of a kind, in the words of the form."""
    if empty := [label for field, label in {"title": "Title", **_TEXTS}.items() if not data[field]]:
        yield Problem(f"something required is empty: {_quoted(empty)}", "write a sentence in each")
    if not data["raises"]:
        yield Problem("the initiative raises no question", "choose one at least")
    rising = {questionnaire.by_id[rise["question"]].title: rise["start"] < rise["to"] for rise in data["raises"]}
    if flat := [title for title, rises in rising.items() if not rises]:
        yield Problem(f"what does not rise: {_quoted(flat)}", "choose a level above the one that it starts from")
    ranges = {label: data[field] for field, label in _RANGES.items()}
    if turned := [label for label, each in ranges.items() if not each["low"] <= each["mode"] <= each["high"]]:
        yield Problem(f"figures not in order: {_quoted(turned)}", "give low, likely and high from least to most")
    if data["effort"]["mode"] <= 0:
        yield Problem("the likely effort is nothing", "give it in person-weeks")


def _quoted(labels: Iterable[str]) -> str:
    return ", ".join(f"\u201c{label}\u201d" for label in labels)


def _settle(place: str, done: bool) -> None:  # noqa: FBT001 (the answer of attempt)
    """Draw the page again: with what is kept after a save, with what was typed after a refusal."""
    if done:
        st.session_state[place] = st.session_state.get(place, 0) + 1
    st.rerun()


def _file(opened: Opened) -> None:
    key = f"own-file-{opened.id}"
    st.markdown("Or bring in a file of them. Nothing is taken unless the whole file is right.")
    with st.form(f"{key}-form", border=False):
        given = st.file_uploader(
            _FILE_LABEL, type=["yaml", "yml", "json"], key=key, max_upload_size=LARGEST_BYTES // 2**20
        )
        problem_at(key)
        wanted = st.form_submit_button("Bring the file in")
    if wanted:
        if given is None:
            refuse(key, _FILE_LABEL, "Choose a file first.")
        elif given.size > LARGEST_BYTES:
            refuse(key, _FILE_LABEL, f"The file has {given.size:,} bytes; at most {LARGEST_BYTES:,} are read.")
        else:
            _bring(opened, key, given.getvalue(), given.name)
        st.rerun()
    if st.session_state.get(f"{key}-told"):
        st.success(plain(st.session_state[f"{key}-told"]))
        _fates(opened, st.session_state.get(f"{key}-brought", ()))
    if opened.assessment.initiatives:
        st.download_button(
            "Download the own initiatives",
            workspace().initiatives_file(opened.id),
            file_name="sixstep-own-initiatives.json",
            mime="application/json",
            key=f"{key}-download",
            on_click="ignore",
        )


def _bring(opened: Opened, key: str, raw: bytes, name: str) -> None:
    brought: list[str] = []
    st.session_state.pop(f"{key}-told", None)
    if attempt(key, _FILE_LABEL, lambda: brought.extend(workspace().import_initiatives(opened.id, raw, name))):
        accept(key)
        known = workspace().initiatives_of(opened.id).by_id
        titles = "; ".join(known[item].title for item in brought if item in known)
        st.session_state[f"{key}-brought"] = tuple(brought)
        st.session_state[f"{key}-told"] = f"Brought in: {titles}."
