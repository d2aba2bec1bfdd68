"""Which fragments a click draws: its own and others, in one run.

``st.rerun`` with keys ends the run of the click and begins a second one. The browser goes over every element of the
page whenever a run begins or ends, so a second run costs it as much again as the click itself.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx


def draw_again(keys: Sequence[str]) -> None:
    """Draw the fragments with these keys again, with the one that was clicked; the last thing that a callback does.

    They join the run of the click, parents before what is inside them. What joins must place as many elements each
    time, keeping the place of those that are not there with ``st.empty``: the browser was told of the clicked fragment
    alone, and leaves the others' elements standing. A widget in no fragment begins a run of these instead.
    """
    context = get_script_run_ctx()
    if context is None or not context.fragment_ids_this_run:
        st.rerun(list(keys))
    queue, known = context.fragment_ids_this_run, context.fragment_storage
    wanted = known.resolve_target(list(keys))
    queue[:] = known.order_fragment_ids([*queue, *(name for name in wanted if name not in queue)])
