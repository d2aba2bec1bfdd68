"""Context items and signals: small questions with anchors of their own, in parts of about five."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import streamlit as st

from assessment.answers import SignalAnswer
from assessment.questionnaire import ContextItem, Signal
from views.access import workspace
from views.drawing import draw_again
from views.feedback import SUMMARY, attempt, guarded, problem_at, saved_line
from views.plain import plain
from views.widgets import place_of, put
from workspace.service import Opened

UNKNOWN = "unknown"
ABOUT = "about"
"""In the address: what the assessment is called, in place of a part."""
Change = Callable[..., None]
_TITLES = {
    "stressors": "What stresses the platform",
    "criteria": "How much engineering is called for",
    "future_shifts": "What is changing",
    "root_causes": "Why it came to this",
}
SENTENCES = {
    "criteria": "These facts say how much engineering for scale and change the platform needs. They move no score.",
    "future_shifts": "What will press on the platform in the years ahead. It stands beside the constraints that it "
    "presses on, and moves no score.",
    "root_causes": "Why the platform came to be as it is. It stands beside the constraints that it explains, and moves "
    "no score.",
    "signals": "What is seen in operation. It is held against the answers, and moves no score.",
}
"""What each part is for that does not weigh the answers, under its title."""


@dataclass(frozen=True)
class Part:
    """One page of items; ``answered`` counts those with an answer."""

    name: str
    title: str
    items: tuple[ContextItem | Signal, ...]
    answered: int


def parts_of(opened: Opened) -> tuple[Part, ...]:
    """Return the parts that the questionnaire has, context groups first, then the signals."""
    context, assessment = opened.questionnaire.context, opened.assessment
    parts = []
    for name, title in _TITLES.items():
        items: tuple[ContextItem, ...] = getattr(context, name)
        parts.append(Part(name, title, items, sum(item.id in assessment.context for item in items)))
    signals = opened.questionnaire.signals
    seen = sum(signal.id in assessment.signals for signal in signals)
    parts.append(Part("signals", "Early failure signals", signals, seen))
    return tuple(part for part in parts if part.items)


def place_item(assessment_id: str, item: ContextItem | Signal, number: int, of: int) -> None:
    """Place one item where the page stands."""
    st.fragment(guarded(_item), key=_key("item", assessment_id, item.id))(assessment_id, item, number, of)


def _item(assessment_id: str, item: ContextItem | Signal, number: int, of: int) -> None:
    if isinstance(item, Signal):
        _signal(assessment_id, item, number, of)
    else:
        _context(assessment_id, item, number, of)


def _key(part: str, assessment_id: str, item_id: str) -> str:
    return f"{part}-{item_id}-{assessment_id}"


def _head(item: ContextItem | Signal, number: int, of: int) -> None:
    st.caption(f"{number} of {of}: {plain(item.title)}")
    st.header(plain(item.prompt), anchor=False)


def _adopt(key: str, stored: object, widgets: dict[str, object]) -> None:
    """Fill widgets from the store when they are new or the store moved on."""
    state = st.session_state
    seen = f"seen-{key}"
    if seen not in state or state[seen] != stored or any(name not in state for name in widgets):
        for name, value in widgets.items():
            put(name, value)
    state[seen] = stored


def _context(assessment_id: str, item: ContextItem, number: int, of: int) -> None:
    level = workspace().open(assessment_id).assessment.context.get(item.id)
    key = _key("choice", assessment_id, item.id)
    _adopt(key, level, {key: None if level is None else str(level)})
    _head(item, number, of)
    problem_at(key)
    chosen = None if level is None else str(level)
    _radio(key, item, dict(enumerate_anchors(item)), chosen, _choose_context, (assessment_id, item))
    _state(key, None if level is None else _clear_context, (assessment_id, item))


def enumerate_anchors(item: ContextItem | Signal) -> list[tuple[str, str]]:
    """Return the options of an item: level as text, and its label as Markdown."""
    return [(str(level), plain(anchor)) for level, anchor in enumerate(item.anchors)]


def _radio(
    key: str,
    item: ContextItem | Signal,
    labels: dict[str, str],
    stored: str | None,
    change: Change,
    arguments: tuple[Any, ...],
) -> None:
    st.radio(
        item.prompt,
        list(labels),
        index=place_of(stored, labels),
        format_func=labels.__getitem__,
        key=key,
        label_visibility="collapsed",
        on_change=change,
        args=arguments,
    )


def _state(key: str, clear: Change | None, arguments: tuple[Any, ...]) -> None:
    """Say that it is saved, with the way to take it back; ``clear`` is None when there is no answer."""
    with st.container(horizontal=True, vertical_alignment="center"):
        if clear is None:
            st.caption("Not answered yet")
        else:
            saved_line(key)
            st.button("Clear this answer", key=f"clear-{key}", on_click=clear, args=arguments, type="tertiary")


def _save_context(assessment_id: str, item: ContextItem, level: int | None) -> None:
    def operation() -> datetime:
        return workspace().set_context(assessment_id, item.id, level).at

    attempt(_key("choice", assessment_id, item.id), item.title, operation)
    draw_again([_key("item", assessment_id, item.id), SUMMARY])


def _choose_context(assessment_id: str, item: ContextItem) -> None:
    picked = st.session_state[_key("choice", assessment_id, item.id)]
    if picked is not None:
        _save_context(assessment_id, item, int(picked))


def _clear_context(assessment_id: str, item: ContextItem) -> None:
    _save_context(assessment_id, item, None)


def _signal(assessment_id: str, signal: Signal, number: int, of: int) -> None:
    stored = workspace().open(assessment_id).assessment.signals.get(signal.id)
    key, figure = _key("choice", assessment_id, signal.id), _key("figure", assessment_id, signal.id)
    _adopt(key, stored, {key: _level_text(stored), figure: None if stored is None else stored.figure})
    _head(signal, number, of)
    problem_at(key)
    labels = {**dict(enumerate_anchors(signal)), UNKNOWN: "Don't know"}
    _radio(key, signal, labels, _level_text(stored), _choose_level, (assessment_id, signal))
    st.number_input(
        f"The figure, if you have measured it: {plain(signal.measure_name)} ({plain(signal.measure_unit)})",
        value=None if stored is None else stored.figure,
        min_value=None,
        step=1.0,
        format="%g",
        key=figure,
        on_change=_give_figure,
        args=(assessment_id, signal),
        width=420,
    )
    if stored is None and st.session_state[figure] is not None:
        st.warning("Not saved yet: choose how often it is seen, or *Don't know*. The figure is saved with it.")
    st.caption(f"Often misread as: {plain(signal.misread_as)}")
    _state(key, None if stored is None else _clear_signal, (assessment_id, signal))


def _level_text(stored: SignalAnswer | None) -> str | None:
    if stored is None:
        return None
    return UNKNOWN if stored.level is None else str(stored.level)


def _stored_signal(assessment_id: str, signal: Signal) -> SignalAnswer | None:
    return workspace().open(assessment_id).assessment.signals.get(signal.id)


def _choose_level(assessment_id: str, signal: Signal) -> None:
    """Save the level that was picked, with a figure that waits for it; another stored figure stays."""
    key = _key("choice", assessment_id, signal.id)
    picked, typed = st.session_state[key], st.session_state[_key("figure", assessment_id, signal.id)]
    seen: SignalAnswer | None = st.session_state.get(f"seen-{key}")
    stored = _stored_signal(assessment_id, signal) or SignalAnswer()
    waiting = typed != (seen.figure if seen else None)
    parts = {"level": None if picked in {None, UNKNOWN} else int(picked), "figure": typed if waiting else stored.figure}
    _store_signal(assessment_id, signal, stored.model_copy(update=parts))


def _give_figure(assessment_id: str, signal: Signal) -> None:
    """Save the figure beside the level that stands; without one it waits until a level is chosen."""
    stored = _stored_signal(assessment_id, signal)
    if stored is None:
        draw_again([_key("item", assessment_id, signal.id), SUMMARY])
        return
    figure = st.session_state[_key("figure", assessment_id, signal.id)]
    _store_signal(assessment_id, signal, stored.model_copy(update={"figure": figure}))


def _clear_signal(assessment_id: str, signal: Signal) -> None:
    _store_signal(assessment_id, signal, None)


def _store_signal(assessment_id: str, signal: Signal, answer: SignalAnswer | None) -> None:
    def operation() -> datetime:
        return workspace().set_signal(assessment_id, signal.id, answer).at

    attempt(_key("choice", assessment_id, signal.id), signal.title, operation)
    draw_again([_key("item", assessment_id, signal.id), SUMMARY])
