"""The wait for long work on a page: how far it is, a button that ends it, and what became of it.

Work that is soon done shows nothing of all that. A page that is left lets its work go on: it is there on coming back.
"""

from __future__ import annotations

import time
from typing import Any, NamedTuple, TypeVar

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from reports.figures_format import percent
from views.plain import plain
from views.running import Job, Run, runs

T = TypeVar("T")
PATIENCE_SECONDS = 0.4
"""Work that is done so soon shows no progress."""
_POLL_SECONDS = 0.5
_QUEUE_SECONDS = 1.0
_QUEUED = "Waiting until other work on this server is done"


class _Asked(NamedTuple):
    """What a place of a page waits for; ``ended`` says that this person pressed Stop."""

    run: Run[Any]
    ended: bool


def awaited(place: str, job: Job[T]) -> T | None:
    """Return what a job found; until it has, None, and the page shows at this place how far it is.

    Args:
        place: a name of this place, one in a session.
        job: what is wanted; the run of another job at the same place is out of date and is left.
    """
    run = _patiently(place, job)
    place_wait(place)
    return run.found if run.state == "found" else None


def taken(place: str, job: Job[T]) -> Run[T] | None:
    """Return the run of a job that has found something or failed, which is then forgotten; until then as above."""
    run = _patiently(place, job)
    if run.state in {"found", "failed"}:
        runs().forget(run)
        leave(place)
        return run
    place_wait(place)
    return None


def _patiently(place: str, job: Job[T]) -> Run[T]:
    run, kept = asked(place, job), _asked(place)
    if kept is not None and not kept.ended:
        run.wait(max(0.0, PATIENCE_SECONDS - (time.monotonic() - run.begun)))
    return run


def asked(place: str, job: Job[T]) -> Run[T]:
    """Return the run that a place waits for, begun where it has to be, and not waited for."""
    kept = _asked(place)
    if kept is not None and kept.run.job.name == job.name and (kept.ended or kept.run.state != "stopped"):
        return kept.run
    leave(place)
    run = runs().want(job, _who())
    st.session_state[_name(place)] = _Asked(run, ended=False)
    return run


def leave(place: str) -> None:
    """No longer want what a place waits for, as when it is out of date; it is stopped unless somebody else wants it."""
    kept = _asked(place)
    if kept is not None:
        runs().leave(kept.run, _who())
        del st.session_state[_name(place)]


def again(place: str) -> None:
    """Let a place begin anew what was stopped or has failed."""
    kept = _asked(place)
    if kept is not None and (kept.ended or kept.run.state in {"stopped", "failed"}):
        runs().forget(kept.run)
        leave(place)


def place_wait(place: str) -> None:
    """Place how far the work of a place is with a button that ends it, or why there is nothing to be had of it."""
    kept = _asked(place)
    if kept is None or kept.run.state == "found":
        return
    if kept.run.state == "failed":
        st.error(plain(kept.run.fault))
        if kept.run.ours:
            _offer(place)
    elif _is_waiting(kept):
        st.fragment(_progress, key=f"wait-{place}", run_every=_POLL_SECONDS)(place)
    else:
        title = kept.run.job.title
        st.info(f"**Stopped before it was finished:** {plain(title[:1].lower() + title[1:])}. What was saved is safe.")
        _offer(place)


def _is_waiting(kept: _Asked) -> bool:
    """Return whether there is something to wait for; what others still want goes on without who ended it."""
    return kept.run.under_way and (not kept.ended or kept.run.stopping)


def _progress(place: str) -> None:
    kept = _asked(place)
    if kept is None or not _is_waiting(kept):
        st.rerun()
    bar, button = st.columns([4, 1], vertical_alignment="center")
    bar.progress(kept.run.share, plain(_words(kept)))
    button.button("Stop", key=f"stop-{place}", on_click=_end, args=(place,), disabled=kept.ended, width="stretch")


def _words(kept: _Asked) -> str:
    run = kept.run
    if kept.ended:
        return run.job.ending
    if run.state == "queued" and time.monotonic() - run.begun > _QUEUE_SECONDS:
        return _QUEUED
    return f"{run.words}: {percent(run.share)}"


def _end(place: str) -> None:
    kept = _asked(place)
    if kept is not None:
        runs().leave(kept.run, _who())
        st.session_state[_name(place)] = kept._replace(ended=True)


def _offer(place: str) -> None:
    st.button("Run it again", type="primary", key=f"again-{place}", on_click=again, args=(place,))


def _asked(place: str) -> _Asked | None:
    found: _Asked | None = st.session_state.get(_name(place))
    return found


def _name(place: str) -> str:
    return f"waiting-{place}"


def _who() -> str:
    context = get_script_run_ctx()
    return "" if context is None else context.session_id
