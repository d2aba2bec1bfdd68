"""Taking over what a what-if moved as the team's own figures, and giving each back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

import streamlit as st

from assessment.answers import EconomicInputs, Range
from models.case import Case
from models.shifts import as_range
from models.whatif import Lever, moved, significant
from reports.scenario_words import figure_words, share_unit
from reports.whatif_words import lever_title, lever_value
from reports.wording import wording
from views.access import workspace
from views.feedback import attempt, problem_at
from views.levers import forget
from views.plain import plain

_FIELD = "what-if-adopt"


class Adopted(NamedTuple):
    """What was taken over from one lever, and what stood before: ranges by symbol, None where nothing was typed."""

    title: str
    before: str
    after: str
    ranges: dict[str, Range | None]
    months: dict[str, int]
    new_ranges: dict[str, Range]
    new_months: dict[str, int]

    def stands(self, typed: EconomicInputs) -> bool:
        """Return whether everything that was taken over is still what the assessment holds."""
        ranges = all(typed.ranges.get(symbol) == given for symbol, given in self.new_ranges.items())
        return ranges and all(getattr(typed, field) == value for field, value in self.new_months.items())


def place_adopt(assessment_id: str, case: Case, levers: Sequence[Lever], values: Mapping[str, float]) -> None:
    """Place the button that takes the moved figures over; nothing while none is moved."""
    problem_at(_FIELD)
    if values:
        st.button(
            "Adopt as my input",
            type="primary",
            key=f"{_FIELD}-{assessment_id}",
            on_click=_adopt,
            args=(assessment_id, case, tuple(levers), dict(values)),
        )
        st.caption("Saves the moved figures as your ranges. Each can be given back below the title of this page.")


def place_adopted(assessment_id: str) -> None:
    """List what was adopted in this session and still stands, each with the range before it and a way back.

    What was undone or changed elsewhere is passed over, not forgotten: redone, it stands again.
    """
    done: list[Adopted] = st.session_state.get(_done(assessment_id), [])
    typed = workspace().open(assessment_id).assessment.economics
    for number, one in enumerate(done):
        if not one.stands(typed):
            continue
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"Adopted: **{plain(one.title)}**, {plain(one.before)} \u2192 {plain(one.after)}")
            st.button(
                "Undo", key=f"what-if-undo-{number}-{assessment_id}", on_click=_undo, args=(assessment_id, number)
            )


def _adopt(assessment_id: str, case: Case, levers: tuple[Lever, ...], values: dict[str, float]) -> None:
    opened = workspace().open(assessment_id)
    typed = opened.assessment.economics
    taken = [_taken(case, lever, values[lever.name], typed.ranges) for lever in levers if lever.name in values]
    ranges = {symbol: given for one in taken for symbol, given in one.new_ranges.items()}
    months = {field: value for one in taken for field, value in one.new_months.items()}
    if attempt(_FIELD, "What if", lambda: workspace().set_figures(assessment_id, ranges, months).at):
        st.session_state.setdefault(_done(assessment_id), []).extend(taken)
        forget(assessment_id, levers)
    st.rerun()


def _taken(case: Case, lever: Lever, value: float, typed: Mapping[str, Range]) -> Adopted:
    """Return what one lever brings: how it is listed, its ranges and its months."""
    title = lever_title(lever, case.parameters)
    if lever.kind == "months":
        before = {lever.name: round(lever.now)}
        words = (lever_value(lever, lever.now), lever_value(lever, value))
        return Adopted(title, *words, {}, before, {}, {lever.name: round(value)})
    _, moves = moved(case, {lever.name: value})
    new = {move.symbol: _rounded(as_range(move.after, wording().whatif["source"])) for move in moves}
    old = {symbol: typed.get(symbol) for symbol in new}
    if lever.kind == "factor":
        words = (lever_value(lever, lever.now), lever_value(lever, value))
    else:
        unit = share_unit(case.parameters, moves[0].symbol)
        words = (figure_words(moves[0].before, unit), figure_words(moves[0].after, unit))
    return Adopted(title, *words, old, {}, new, {})


def _rounded(given: Range) -> Range:
    """Return a range to six significant digits: what a slider gives is no measurement."""
    mode = None if given.mode is None else significant(given.mode)
    return given.model_copy(update={"low": significant(given.low), "mode": mode, "high": significant(given.high)})


def _undo(assessment_id: str, number: int) -> None:
    done: list[Adopted] = st.session_state.get(_done(assessment_id), [])
    one = done[number]

    def operation() -> datetime:
        return workspace().set_figures(assessment_id, one.ranges, one.months).at

    if attempt(_FIELD, one.title, operation):
        del done[number]


def _done(assessment_id: str) -> str:
    return f"what-if-adopted-{assessment_id}"
