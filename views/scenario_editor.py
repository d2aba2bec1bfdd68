"""One scenario to look at and change: each change as three figures, saved at once; reset; and one of the team's own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Literal, NamedTuple, cast

import streamlit as st

from assessment.answers import ScenarioChange, ScenarioEdit
from assessment.errors import InputError, SixstepError
from models.parameters import Parameter
from models.scenario_runs import Refused, ScenarioRun
from models.scenarios import CAPACITY, OF_LOAD, Standing, standing
from models.shifts import Ends, apply, ends_of, ends_without_case
from reports.range_words import is_share
from reports.scenario_words import change_words, move_row, refused_sentence
from reports.sections.scenarios import grounds, levels_said
from views.access import workspace
from views.blocks import table
from views.cases import comparison_job, evaluated_case, scenario_file
from views.feedback import SUMMARY, attempt, guarded, in_short, problem_at, refuse, saved_line
from views.frame import way
from views.items import parts_of
from views.money_why import place_added_up
from views.plain import plain
from views.ranges import step_of
from views.running import runs
from views.widgets import put
from workspace.service import Opened

COMPARED = "scenarios-compared"
"""Key of the fragment with the comparison."""
EDITOR = "scenario-editor"
_PICKED = "scenario-picked"
_CHOICE_WIDTH = 420
"""Pixels that the longest title of a scenario takes; a phone puts the button below."""
_OWN = "own-"
_OPERATIONS = {"multiply": "Multiply by", "add": "Add", "set": "Set to"}
_ENDS = {"low": "Low", "mode": "Likely", "high": "High"}
_FACTOR_STEP = 0.05
Operation = Literal["multiply", "add", "set"]


class Place(NamedTuple):
    """One scenario of one assessment, as the widgets know it."""

    assessment: str
    name: str
    title: str

    def key(self, part: str) -> str:
        """Return the stable key of one of the widgets."""
        return f"scenario-{part}-{self.name}-{self.assessment}"


def place_editor(assessment_id: str) -> None:
    """Place the choice of a scenario and the scenario itself."""
    st.fragment(guarded(_editor), key=EDITOR)(assessment_id)


def _editor(assessment_id: str) -> None:
    st.header("One scenario", anchor=False)
    found = {each.id: each for each in _standing(assessment_id)}
    picked, wanted = f"{_PICKED}-{assessment_id}", f"{_PICKED}-next-{assessment_id}"
    if (name := st.session_state.pop(wanted, None)) is not None or st.session_state.get(picked) not in found:
        put(picked, name or next(iter(found)))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.selectbox(
            "Scenario to look at or change",
            list(found),
            format_func=lambda one: _titled(found[one]),
            key=picked,
            width=_CHOICE_WIDTH,
        )
        st.button("Add a scenario of your own", key="scenario-add", on_click=_add, args=(assessment_id,))
    problem_at("scenario-add")
    _one(workspace().open(assessment_id), found[name])


def _titled(found: Standing) -> str:
    mark = " (your own)" if found.basis is None else " (changed by you)" if found.edited else ""
    return f"{found.title}{mark}"


def _standing(assessment_id: str) -> tuple[Standing, ...]:
    edits = workspace().open(assessment_id).assessment.economics.scenarios
    return standing(scenario_file(), edits)


def _one(opened: Opened, found: Standing) -> None:
    place = Place(opened.id, found.id, found.title)
    if found.basis is None:
        _about(place, found)
    else:
        st.markdown(plain(found.reason))
        _context(opened, found)
    _effects(opened, found)
    problem_at(place.key("field"))
    known, currency = workspace().library.parameters.by_symbol, opened.assessment.economics.currency
    for change in found.changes:
        _change(place, change, known[change.symbol], currency)
    _new_change(place, found, tuple(known.values()))
    with st.container(horizontal=True, vertical_alignment="center"):
        saved_line(place.key("field"))
        if found.edited:
            label = "Remove this scenario" if found.basis is None else "Reset to the built-in figures"
            st.button(label, key=place.key("reset"), on_click=_reset, args=(place,))
    st.caption(plain(grounds(found)))


def _about(place: Place, found: Standing) -> None:
    for part, label, most in (("title", "Name of the scenario", 200), ("reason", "What happens in it", 2000)):
        stored = getattr(found, part)
        key = place.key(part)
        if key not in st.session_state:
            put(key, stored)
        st.text_input(label, stored, max_chars=most, key=key, on_change=_describe, args=(place,))


def _context(opened: Opened, found: Standing) -> None:
    """Say how strongly it presses by the team's own answer, where the questionnaire asks."""
    name = None if found.basis is None else found.basis.context
    item = next((item for item in opened.questionnaire.context.items if item.id == name), None)
    if item is not None:
        level = opened.assessment.context.get(item.id)
        words = "" if level is None else f" {item.anchors[level]}"
        st.caption(plain(f"{levels_said(item.title, level, len(item.anchors) - 1)}{words}"))
        if level is None:
            group = next(part.name for part in parts_of(opened) if item in part.items)
            way(f"Answer “{plain(item.title)}”", "context", opened.id, part=group)


def _effects(opened: Opened, found: Standing) -> None:
    """Show each change with the range before and after it, where there is a case to change.

    What cannot be simulated is said here once it was tried, so that the fields below stay in reach: there it is put
    right.
    """
    try:
        case, job = evaluated_case(opened)[2], comparison_job(opened)
    except SixstepError as error:
        st.caption(plain(f"The effects cannot be shown. {in_short(error)}"))
        return
    if case is None or job is None:
        return
    comparison = runs().find(job)
    ran = next((run for run in (comparison.every if comparison else ()) if run.standing.id == found.id), None)
    if isinstance(ran, Refused):
        st.warning(plain(refused_sentence(ran)))
    if not found.changes:
        return
    known, currency = workspace().library.parameters.by_symbol, opened.assessment.economics.currency
    pairs = zip(found.changes, apply(case.inputs, case.parameters, found.changes)[1], strict=True)
    rows = [
        move_row(change, move, known[move.symbol].title, known[move.symbol].unit_in(currency)) for change, move in pairs
    ]
    table(("Figure", "Change", "Before", "After", "Because"), rows)
    if isinstance(ran, ScenarioRun):
        place_added_up(ran.curves, f"scenario-added-up-{opened.id}")


def _change(place: Place, change: ScenarioChange, parameter: Parameter, currency: str) -> None:
    words = _OPERATIONS[change.operation].lower()
    st.markdown(f"**{plain(parameter.title)}** ({plain(parameter.unit_in(currency))}): {words}")
    columns = st.columns([3, 3, 3, 2], vertical_alignment="bottom")
    step = _FACTOR_STEP if change.operation == "multiply" else step_of(parameter)
    for column, (end, label) in zip(columns, _ENDS.items(), strict=False):
        key, stored = _end_key(place, change.symbol, end), getattr(change, end)
        if key not in st.session_state or st.session_state.get(f"seen-{key}") != stored:
            put(key, stored)
        st.session_state[f"seen-{key}"] = stored
        column.caption(label)
        column.number_input(
            f"{label}: {parameter.title}",  # read out, since a field is met alone there; the eye has it above the row
            label_visibility="collapsed",
            value=stored,
            format="%g",
            step=step,
            key=key,
            on_change=_save,
            args=(place, change.symbol),
        )
    if is_share(parameter.unit) and change.operation != "multiply":
        st.caption(plain(f"That is {change_words(change, parameter.unit)}."))
    columns[-1].button(
        "Leave out", key=place.key(f"out-{change.symbol}"), type="tertiary", on_click=_drop, args=(place, change.symbol)
    )


def _end_key(place: Place, symbol: str, end: str) -> str:
    return place.key(f"{end}-{symbol}")


def _new_change(place: Place, found: Standing, parameters: Sequence[Parameter]) -> None:
    taken = {change.symbol for change in found.changes}
    loaded = not taken.isdisjoint(OF_LOAD)
    free = [one for one in parameters if one.symbol not in taken and not (loaded and one.symbol in OF_LOAD)]
    known = {one.symbol: one for one in free if one.symbol != CAPACITY}
    panel = st.expander("Change another figure", key=place.key("more"), on_change="rerun")
    if not panel.open:
        return
    with panel:
        symbol = st.selectbox(
            "Figure",
            list(known),
            format_func=lambda one: known[one].title,
            key=place.key("symbol"),
        )
        operation = st.radio(
            "How", _ways(known[symbol]), format_func=_OPERATIONS.__getitem__, horizontal=True, key=place.key("how")
        )
        st.button("Add this change", key=place.key("new"), on_click=_extend, args=(place, symbol, operation))


def _ways(parameter: Parameter) -> list[str]:
    if parameter.symbol in OF_LOAD:
        return ["multiply"]
    return ["multiply", "set"] if parameter.family == "lognormal" else list(_OPERATIONS)


def _current(place: Place) -> Standing:
    return next(one for one in _standing(place.assessment) if one.id == place.name)


def _written(place: Place, change: Callable[[list[ScenarioChange]], list[ScenarioChange]], **parts: str) -> None:
    """Save the scenario with its changes as ``change`` makes them, and its title and reason where it is an own one."""
    found = _current(place)
    plainly = [
        ScenarioChange(**{name: getattr(one, name) for name in ScenarioChange.model_fields}) for one in found.changes
    ]
    about = {"title": found.title, "reason": found.reason, **parts} if found.basis is None else {}

    def operation() -> datetime:
        edit = ScenarioEdit(changes=tuple(change(plainly)), **about)
        return workspace().set_scenario(place.assessment, place.name, edit).at

    attempt(place.key("field"), place.title, operation)
    _redraw()


def _save(place: Place, symbol: str) -> None:
    ends = {end: st.session_state[_end_key(place, symbol, end)] for end in _ENDS}
    if None in ends.values() or list(ends.values()) != sorted(ends.values()):
        refuse(place.key("field"), place.title, "Not saved: give three figures in order, low, then likely, then high.")
        _redraw()
    _written(place, lambda found: [one.model_copy(update=ends) if one.symbol == symbol else one for one in found])


def _drop(place: Place, symbol: str) -> None:
    _written(place, lambda found: [one for one in found if one.symbol != symbol])


def _extend(place: Place, symbol: str, operation: str) -> None:
    how = cast("Operation", operation)
    ends = _neutral(place, symbol, how)
    if ends is None:
        refuse(place.key("field"), place.title, _nothing_to_begin_with(place, symbol))
        _redraw()
        return
    added = ScenarioChange(symbol=symbol, operation=how, **dict(zip(_ENDS, ends, strict=True)))
    _written(place, lambda found: [*found, added])


def _neutral(place: Place, symbol: str, operation: Operation) -> Ends | None:
    """Return figures that change nothing: for a setting the range of today, None where there is none yet."""
    if operation != "set":
        return (1.0, 1.0, 1.0) if operation == "multiply" else (0.0, 0.0, 0.0)
    opened = workspace().open(place.assessment)
    try:
        case = evaluated_case(opened)[2]
    except InputError:
        case = None
    if case is not None:
        return ends_of(case.inputs.figures[symbol])
    return ends_without_case(workspace().library.parameters.by_symbol[symbol], opened.assessment.economics)


def _nothing_to_begin_with(place: Place, symbol: str) -> str:
    economics = workspace().open(place.assessment).assessment.economics
    parameter = workspace().library.parameters.by_symbol[symbol]
    if parameter.asked:
        return f"Not added: “{parameter.title}” has no figure yet. Give it on the page Economics, then set it here."
    return (
        f"Not added: the default of “{parameter.title}” is in US dollars. Say on the page Economics how many "
        f"{economics.currency} one US dollar is worth, then set it here."
    )


def _describe(place: Place) -> None:
    title, reason = (st.session_state[place.key(part)] for part in ("title", "reason"))
    if not title.strip():
        refuse(place.key("field"), place.title, "Not saved: give the scenario a name.")
        _redraw()
    _written(place, lambda found: found, title=title.strip(), reason=reason.strip())


def _reset(place: Place) -> None:
    attempt(place.key("field"), place.title, lambda: workspace().set_scenario(place.assessment, place.name, None).at)
    _redraw()


def _add(assessment_id: str) -> None:
    taken = workspace().open(assessment_id).assessment.economics.scenarios
    number = next(number for number in range(1, len(taken) + 2) if f"{_OWN}{number}" not in taken)
    edit = ScenarioEdit(title=f"Our own scenario {number}", reason="")
    name = f"{_OWN}{number}"
    done = attempt("scenario-add", "Scenario", lambda: workspace().set_scenario(assessment_id, name, edit).at)
    if done:
        st.session_state[f"{_PICKED}-next-{assessment_id}"] = name
    _redraw()


def _redraw() -> None:
    st.rerun([COMPARED, EDITOR, SUMMARY])
