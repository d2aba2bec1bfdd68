"""One economic figure as a typed range: low, likely, high, with its unit, source and grade beside it."""

from __future__ import annotations

import math
from datetime import datetime
from typing import Any, NamedTuple

import streamlit as st

from assessment.answers import Range
from models.parameters import Parameter
from reports.figures_format import money_range
from reports.figures_format import plain as figure
from reports.formulas import written_symbol
from reports.range_words import is_share, range_words
from views.access import evaluated, workspace
from views.drawing import draw_again
from views.feedback import SUMMARY, accept, attempt, guarded, problem_at, refuse, saved_line
from views.figure_origin import GRADES, source_of_another, standing, without_it
from views.plain import plain
from views.widgets import put

_SHOWN_DIGITS = 3
_LONGEST_SOURCE = 400
_MONEY_STEP = 1000.0


class Shown(NamedTuple):
    """What the fields of a figure stand for: the range that a person typed, else the one that is proposed."""

    given: Range | None
    typed: bool

    def end(self, end: str) -> float | None:
        """Return one end as its field shows it: a typed figure in full, a proposed one to three digits."""
        if self.given is None:
            return None
        value: float | None = getattr(self.given, end)
        if value is None and self.given.low == self.given.high:
            value = self.given.low
        if value is None or self.typed or value.is_integer():
            return value
        return float(f"{value:.{_SHOWN_DIGITS}g}")

    def part(self, part: str) -> str | bool:
        """Return the source, or whether the figure is measured; neither is known of a proposal."""
        blank: dict[str, str | bool] = {"source": "", "measured": False}
        return getattr(self.given, part) if self.given is not None and self.typed else blank[part]


class Row(NamedTuple):
    """One parameter of one assessment, as the widgets know it."""

    assessment: str
    symbol: str
    title: str

    def key(self, part: str) -> str:
        """Return the stable key of one of the widgets."""
        return f"range-{part}-{self.symbol}-{self.assessment}"

    @property
    def fragment(self) -> str:
        """Key of the fragment that draws the figure."""
        return self.key("row")


def place_range(assessment_id: str, parameter: Parameter) -> None:
    """Place one figure where the page stands."""
    row = Row(assessment_id, parameter.symbol, parameter.title)
    st.fragment(guarded(_range), key=row.fragment)(row)


def ends_of(parameter: Parameter) -> tuple[str, ...]:
    """Return which figures a person types: one for a count of months, two for a 90 % interval, else three."""
    if parameter.whole:
        return ("mode",)
    return ("low", "high") if parameter.family == "lognormal" else ("low", "mode", "high")


def step_of(parameter: Parameter) -> float:
    """Return by how much the buttons of a field change its figure: about a hundredth of what it can be, at most 1."""
    if parameter.money:
        return _MONEY_STEP
    return 1.0 if parameter.whole else min(1.0, 10.0 ** (math.floor(math.log10(parameter.valid_max)) - 2))


def _range(row: Row) -> None:
    opened = workspace().open(row.assessment)
    economics = opened.assessment.economics
    parameter = workspace().library.parameters.by_symbol[row.symbol]
    typed = economics.ranges.get(row.symbol)
    proposal = evaluated(opened).proposals.get(row.symbol)
    shown = Shown(typed or proposal, typed is not None)
    _adopt(row, parameter, shown)
    unit = parameter.unit_in(economics.currency)
    said = standing(parameter, typed, proposal, fictional=opened.assessment.fictional)
    with st.container(key=row.key("box")):
        st.subheader(plain(parameter.title), anchor=False)
        st.markdown(said)
        _figures(row, parameter, unit, shown)
        problem_at(row.key("field"))
        _waiting(row, parameter)
        _source(row, shown, typed)
        _ways(row, parameter, shown, without_it(parameter, proposal))


def _adopt(row: Row, parameter: Parameter, shown: Shown) -> None:
    """Fill the widgets that are new, and those whose part of the stored or proposed range moved on."""
    state = st.session_state
    before: Shown | None = state.get(row.key("seen"))
    for end in ends_of(parameter):
        if before is None or row.key(end) not in state or before.end(end) != shown.end(end):
            put(row.key(end), shown.end(end))
    for part in ("source", "measured"):
        if before is None or row.key(part) not in state or before.part(part) != shown.part(part):
            put(row.key(part), shown.part(part))
    state[row.key("seen")] = shown


def _waiting(row: Row, parameter: Parameter) -> None:
    """Say that a range of which a part has been typed is not saved before the rest is there."""
    place, words = st.empty(), {"low": "low", "mode": "likely", "high": "high"}
    missing = [words[end] for end in ends_of(parameter) if st.session_state[row.key(end)] is None]
    if 0 < len(missing) < len(ends_of(parameter)):
        place.warning(f"Not saved yet. Still to give: {' and '.join(missing)}.")


def _figures(row: Row, parameter: Parameter, unit: str, shown: Shown) -> None:
    labels = {"low": "Low", "mode": "Likely", "high": "High"}
    if parameter.whole:
        labels["mode"] = "Figure"
    ends = ends_of(parameter)
    for column, end in zip(st.columns(len(ends)), ends, strict=True):
        column.number_input(
            f"{labels[end]} ({plain(unit)})",
            value=shown.end(end),
            format="%g",
            step=step_of(parameter),
            key=row.key(end),
            on_change=_save,
            args=(row,),
        )
    low, high = (st.session_state[row.key(end)] for end in (ends[0], ends[-1]))
    with st.container():  # its place is kept, so that the field below is not moved while somebody types in it
        if parameter.money and low is not None and high is not None:
            st.caption(f"That is {money_range(low, high, unit.split(maxsplit=1)[0])}.")
        if is_share(unit) and low is not None and high is not None:
            likely = st.session_state[row.key("mode")] if "mode" in ends else None
            st.caption(plain(f"That is {range_words(low, likely, high, unit)}."))
        if parameter.family == "lognormal":
            st.caption("Nine cases in ten lie between the two figures.")


def _source(row: Row, shown: Shown, typed: Range | None) -> None:
    """Place where the figure comes from beside it, so that a new figure is not left with the source of another."""
    change: dict[str, Any] = {"on_change": _save, "args": (row,)}
    written = str(shown.part("source"))
    longest = max(_LONGEST_SOURCE, len(written))
    st.text_area("Source of this figure", written, max_chars=longest, key=row.key("source"), height="content", **change)
    place = st.empty()
    if source_of_another(row.symbol, typed):
        place.warning("This source was written for the figure of the worked example. Say where the new one comes from.")
    st.checkbox("This figure is measured", bool(shown.part("measured")), key=row.key("measured"), **change)


def _ways(row: Row, parameter: Parameter, shown: Shown, clears: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        saved_line(row.key("field"))
        if shown.typed:
            st.button(clears, key=row.key("clear"), wrap=True, on_click=_clear, args=(row,))
    panel = st.expander("Grounds, grade and how to measure it", key=row.key("open"), on_change="rerun")
    if panel.open:
        with panel:
            _grounds(parameter)


def _grounds(parameter: Parameter) -> None:
    st.markdown(f"**Symbol** {plain(written_symbol(parameter.symbol))}")
    st.markdown(f"**How to measure it** {plain(parameter.how_to_measure)}")
    st.markdown(f"**Grounds of the default** {plain(parameter.grounds)} Grade: {GRADES[parameter.grade]}.")
    st.markdown(f"**What it does not show** {plain(parameter.does_not_show)}")
    for source in parameter.source:
        st.markdown(f"- {plain(source.title)}, {plain(source.section)}, {source.year}")
    bounds = f"{figure(parameter.valid_min)} to {figure(parameter.valid_max)}"
    st.caption(f"Figures from {bounds} are taken.")


def _save(row: Row) -> None:
    """Save the range when it is complete; say what is missing when it is not."""
    parameter = workspace().library.parameters.by_symbol[row.symbol]
    stored = _stored(row)
    given = {end: _given(row, end, stored) for end in ends_of(parameter)}
    missing = [end for end, value in given.items() if value is None]
    if missing:
        accept(row.key("field"))
    elif list(given.values()) != sorted(given.values()):
        refuse(row.key("field"), row.title, "Not saved: give the figures in order, low, then likely, then high.")
    else:
        attempt(row.key("field"), row.title, lambda: _written(row, given, stored))
    _redraw(row)


def _stored(row: Row) -> Shown:
    """Return the range as it stands in the store now, which another window may have moved; else what is proposed."""
    stored = workspace().open(row.assessment).assessment.economics.ranges.get(row.symbol)
    return _seen(row)._replace(typed=False) if stored is None else Shown(stored, typed=True)


def _seen(row: Row) -> Shown:
    """Return what the fields of this session stand for."""
    seen: Shown = st.session_state.get(row.key("seen"), Shown(None, typed=False))
    return seen


def _given(row: Row, end: str, stored: Shown) -> Any:
    """Return an end as this person typed it; one that nobody touched here stays as it is stored."""
    shown = st.session_state[row.key(end)]
    return stored.end(end) if shown == _seen(row).end(end) and stored.typed else shown


def _written(row: Row, given: dict[str, float], stored: Shown) -> datetime:
    wanted = Range(
        low=given.get("low", given.get("mode", 0.0)),
        mode=given["mode"] if "mode" in given else _likely(stored, given),
        high=given.get("high", given.get("mode", 0.0)),
        measured=bool(_beside(row, "measured", stored)),
        source=" ".join(str(_beside(row, "source", stored)).split()),
    )
    return workspace().set_range(row.assessment, row.symbol, wanted).at


def _likely(stored: Shown, given: dict[str, float]) -> float | None:
    """Return the likely figure that came with a range of two typed ends, as long as it lies between them."""
    mode = stored.given.mode if stored.given is not None and stored.typed else None
    return mode if mode is not None and given["low"] <= mode <= given["high"] else None


def _beside(row: Row, part: str, stored: Shown) -> str | bool:
    """Return the source or the mark as changed here; untouched or folded away it stays as it is stored."""
    seen, state = _seen(row).part(part), st.session_state
    shown: str | bool = state.get(row.key(part), seen)
    return stored.part(part) if shown == seen else shown


def _clear(row: Row) -> None:
    st.session_state.pop(row.key("seen"), None)
    attempt(row.key("field"), row.title, lambda: workspace().set_range(row.assessment, row.symbol, None).at)
    _redraw(row)


def _redraw(row: Row) -> None:
    draw_again([row.fragment, SUMMARY])
