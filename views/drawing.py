"""Which fragments a click draws: its own and others, in one run.

``st.rerun`` with keys ends the run of the click and begins a second one. The browser goes over every element of the
page whenever a run begins or ends, so a second run costs it as much again as the click itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

_READ = "read-in-this-run"
T = TypeVar("T")


class _Read(NamedTuple):
    """What was read for a run of fragments, by name; the run is known by its list of fragments, that very object."""

    run: list[str]
    found: dict[tuple[str, ...], object]


def draw_again(keys: Sequence[str]) -> None:
    """Draw the fragments with these keys again, with the one that was clicked; the last thing that a callback does.

    The one that was clicked comes first, or where it stands among the keys: what says that something was saved can be
    drawn before it. They join the run of the click, parents before what is inside them. What joins must place as many
    elements each time, keeping the place of those that are not there with ``st.empty``: the browser was told of the
    clicked fragment alone, and leaves the others' elements standing. A widget in no fragment begins a run of these
    instead.
    """
    read_anew()
    context = get_script_run_ctx()
    if context is None or not context.fragment_ids_this_run:
        st.rerun(list(keys))
    queue, known = context.fragment_ids_this_run, context.fragment_storage
    wanted = known.resolve_target(list(keys))
    queue[:] = known.order_fragment_ids([*(name for name in queue if name not in wanted), *wanted])


def read_anew() -> None:
    """Let nothing count any more that was read in this run: something was changed."""
    st.session_state.pop(_READ, None)


def once_a_run(name: tuple[str, ...], read: Callable[[], T]) -> T:
    """Return what ``read`` returns; the fragments that one click draws read it once, and all show the same moment.

    A callback reads ahead in this way what they will ask for, after the last thing that it changes. A drawing that
    waits for nothing reaches the browser in one piece, and the browser goes over the page once instead of at each
    piece. A run of the whole page reads anew each time.
    """
    context = get_script_run_ctx()
    if context is None or not context.fragment_ids_this_run:
        return read()
    kept: _Read | None = st.session_state.get(_READ)
    if kept is None or kept.run is not context.fragment_ids_this_run:
        kept = st.session_state[_READ] = _Read(context.fragment_ids_this_run, {})
    if name not in kept.found:
        kept.found[name] = read()
    found: T = kept.found[name]  # type: ignore[assignment]
    return found
