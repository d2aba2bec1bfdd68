"""A team's own initiatives: written in a form, brought in from a file, changed, and taken away again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from assessment.errors import InputError, Problem
from assessment.questionnaire import Question, Questionnaire
from assessment.reading import LARGEST_BYTES, Document, validate
from models.initiatives import Initiative, InitiativeFile
from views.access import workspace
from views.feedback import accept, attempt, guarded, problem_at, refuse, saved_line
from views.plain import plain
from workspace.own_initiatives import written
from workspace.service import Opened

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
_TEXTS = {
    "summary": "What is done",
    "first_week": "Work of the first week",
    "done_when": "Done when",
    "does_not_fix": "What it does not fix",
}


def own_initiatives(opened: Opened) -> None:
    """Place the form and the file of own initiatives, folded away until somebody opens them."""
    if st.toggle("Add or change initiatives", key=f"own-open-{opened.id}"):
        guarded(_form)(opened)
        guarded(_file)(opened)


def _form(opened: Opened) -> None:
    file = workspace().initiatives_of(opened.id)
    own = opened.assessment.initiatives
    st.header("Own initiatives", anchor=False)
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
    data = _fields(opened.questionnaire, file, before, turn)
    data["id"] = chosen or _free(file)
    problem_at(place)
    with st.container(horizontal=True):
        if st.button("Save the initiative", type="primary", key=f"{place}-save"):
            _save(opened, place, data)
        if chosen in own and st.button("Remove what the team wrote", key=f"{place}-remove"):
            _settle(place, attempt(place, _LABEL, lambda: workspace().set_initiative(opened.id, chosen, None).at))
    saved_line(place)


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


def _fields(questionnaire: Questionnaire, file: InitiativeFile, before: Initiative | None, turn: str) -> dict[str, Any]:
    """Place every field and return what stands in them, as in an initiatives file."""
    given = {} if before is None else written(before)
    steps = {step.id: step.title for step in questionnaire.steps}
    title = st.text_input("Title", given.get("title", ""), max_chars=200, key=f"{turn}-title")
    step = st.selectbox(
        "Step", list(steps), _at(list(steps), given.get("step")), format_func=steps.__getitem__, key=f"{turn}-step"
    )
    data: dict[str, Any] = {"title": title.strip(), "step": step, "raises": _raises(questionnaire, before, turn)}
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
        text = st.text_area(label, given.get(field, ""), max_chars=2000, key=f"{turn}-{field}")
        data[field] = text.strip()
    return data | {field: given[field] for field in _NOT_ASKED if given.get(field)}


def _at(names: list[str], name: str | None) -> int:
    return names.index(name) if name in names else 0


def _raises(questionnaire: Questionnaire, before: Initiative | None, turn: str) -> list[dict[str, Any]]:
    """Place the questions that are raised, each with the level from which and the one to which."""
    standing = {} if before is None else {rise.question: rise for rise in before.raises}
    titles = {question.id: question.title for question in questionnaire.questions}
    chosen = st.multiselect(
        "Questions that it raises",
        list(titles),
        list(standing),
        format_func=titles.__getitem__,
        max_selections=max(_MOST_RAISED, len(standing)),
        key=f"{turn}-raises",
    )
    found = []
    for name in chosen:
        levels = _levels(questionnaire, questionnaire.by_id[name])
        rise = standing.get(name)
        low, high = st.columns(2)
        start = low.selectbox(
            f"{plain(titles[name])}: from",
            range(len(levels) - 1),
            rise.start if rise else 0,
            format_func=levels.__getitem__,
            key=f"{turn}-from-{name}",
        )
        to = high.selectbox(
            f"{plain(titles[name])}: to",
            range(1, len(levels)),
            rise.to - 1 if rise else 0,
            format_func=levels.__getitem__,
            key=f"{turn}-to-{name}",
        )
        found.append({"question": name, "start": start, "to": to})
    return found


def _levels(questionnaire: Questionnaire, question: Question) -> list[str]:
    return [f"{number}: {option.label}" for number, option in enumerate(questionnaire.scale_of(question).options)]


def _lifted(questionnaire: Questionnaire, raises: list[dict[str, Any]]) -> list[str]:
    """Return the wall factors that the raised questions measure."""
    return list(dict.fromkeys(factor for rise in raises for factor in questionnaire.by_id[rise["question"]].factors))


def _range(label: str, given: dict[str, float], key: str) -> dict[str, float]:
    columns = st.columns(len(_ENDS))
    return {
        end: column.number_input(
            f"{label}: {word}", 0.0, 1e9, float(given.get(end, 0.0)), format="%g", key=f"{key}-{end}"
        )
        for column, (end, word) in zip(columns, _ENDS, strict=True)
    }


def _save(opened: Opened, place: str, data: dict[str, Any]) -> None:
    def operation() -> Any:
        fault = _fault(opened.questionnaire, data)
        if fault is not None:
            raise InputError(fault)
        try:
            found = validate(Initiative, Document(data, ""))
            return workspace().set_initiative(opened.id, found.id, found).at
        except InputError as error:  # the form says which initiative it is
            raise InputError([replace(problem, subject="") for problem in error.problems]) from error

    _settle(place, attempt(place, _LABEL, operation))


def _fault(questionnaire: Questionnaire, data: dict[str, Any]) -> Problem | None:
    """Return the first thing that a person has still to give or to put right, in the words of the form."""
    for field, label in {"title": "Title", **_TEXTS}.items():
        if not data[field]:
            return Problem(f"“{label}” is empty", "write a sentence")
    if not data["raises"]:
        return Problem("the initiative raises no question", "choose one at least")
    for rise in data["raises"]:
        if rise["start"] >= rise["to"]:
            title = questionnaire.by_id[rise["question"]].title
            return Problem(f"“{title}” does not rise", "let it reach a level above the one that it starts from")
    for field, label in _RANGES.items():
        if not data[field]["low"] <= data[field]["mode"] <= data[field]["high"]:
            return Problem(f"“{label}” is not in order", "give low, likely and high from the least to the most")
    if data["effort"]["mode"] <= 0:
        return Problem("the likely effort is nothing", "give it in person-weeks")
    return None


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
        st.session_state[f"{key}-told"] = f"Brought in: {titles}."
