"""The keys of a page: pressed in the browser, handed on each once and in their order.

The built-in shortcuts of buttons send a press with the button that was on the screen, and two presses that meet one
run of the page become one. Here every press is numbered, and is sent again until the server has taken it.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import streamlit as st

from assessment.fields import Model
from views.script_files import component

_MARKUP = '<p class="said" role="status"></p><p class="state"></p>'
_STYLE = """
.said { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.state { position: fixed; right: 1rem; bottom: 1rem; margin: 0; padding: 0.25rem 0.75rem; z-index: 10;
  font: 0.875rem var(--st-font); color: var(--st-text-color); background: var(--st-secondary-background-color); }
.state:empty { display: none; }
"""
_MOST_PRESSES = 500


class Press(Model):
    """One press: ``number`` counts those of a browser ``page``; a figure comes with the question it was typed for."""

    page: str
    number: int
    token: str
    key: str
    figure: str = ""
    question: str = ""


class Told(NamedTuple):
    """What the browser is told: the keys that count, the question in focus, its figure field, and what is said.

    While the ``switch``, a toggle on the page, is off in the browser, no key counts, whatever the server knows yet.
    """

    keys: Sequence[str]
    here: str
    field: str
    switch: str
    said: str


def place_keys(name: str, told: Told, pressed: Callable[[], None]) -> None:
    """Place the listener; ``pressed`` is called when there is something in :func:`take_presses`."""
    data = {**told._asdict(), "name": name, "token": _token(name), "done": dict(_done(name))}
    component("keys", _MARKUP, _STYLE)(key=name, data=data, on_presses_change=pressed)


def take_presses(name: str) -> tuple[Press, ...]:
    """Return the presses that have not been taken yet, in order, and take them."""
    given = st.session_state.get(name) or {}
    presses = [Press.model_validate(item) for item in (given.get("presses") or ())[:_MOST_PRESSES]]
    new = fresh(presses, _done(name), _token(name))
    for press in new:
        _done(name)[press.page] = press.number
    return new


def fresh(presses: Sequence[Press], done: Mapping[str, int], token: str) -> tuple[Press, ...]:
    """Return what has not been taken, in the order of pressing; what was pressed before a stop does not count."""
    waiting = [press for press in presses if press.token == token and press.number > done.get(press.page, 0)]
    return tuple(sorted(waiting, key=lambda press: press.number))


def stop_keys(name: str) -> None:
    """Let nothing count that was pressed until now: what the person saw is not what stands."""
    st.session_state[f"{name}-token"] = secrets.token_hex(4)


def _token(name: str) -> str:
    found: str = st.session_state.setdefault(f"{name}-token", secrets.token_hex(4))
    return found


def _done(name: str) -> dict[str, int]:
    found: dict[str, int] = st.session_state.setdefault(f"{name}-done", {})
    return found
