"""Giving a widget its value from the store.

A field also gets what is stored as its default. The browser loads its fields late; one that is drawn a second time
before it is there would otherwise begin empty, and report that emptiness as if a person had typed it.
"""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st


def place_of(value: object, options: Iterable[object]) -> int | None:
    """Return where ``value`` stands among the options of a radio; None when nothing is chosen."""
    found = list(options)
    return found.index(value) if value in found else None


def put(key: str, value: object) -> None:
    """Give the widget with ``key`` a value, unless it has it already; a new widget stands at None.

    A value that is set is sent to the browser as an order, even when it is the one that came from there. On its way it
    would overtake what the person did since, and the last of two quick key strokes would be lost.
    """
    if st.session_state.get(key) != value:
        st.session_state[key] = value
