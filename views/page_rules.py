"""Rules of every page that no widget has.

What it is on paper, what it says while the server does not answer, where one stands on arriving, that charts follow the
scheme of the browser, how the focus shows on what Streamlit only tints, how options of several lines stand apart, that
what stands beside a long column stays in view, that a button without a border shows as one, how little room the foot
takes, and that a table which scrolls sideways does not hold up the wheel of a page.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import streamlit as st

from views.blocks import look
from views.frame import PLACE
from views.script_files import component

GONE = (
    "Sixstep does not answer at the moment. Everything up to the last time shown as saved is kept. This page comes "
    "back by itself, at this place, as soon as the program runs again."
)
ON_PAPER = "on-paper"
"""Key of a container whose folded panels are printed as if they were open."""
BESIDE = "beside"
"""Key of a container in a column that stays in view while the longer one beside it is read."""
_MARKUP = f'<p class="sixstep-gone" role="status">{GONE}</p>'
_STYLE = """
.st-key-page-look { position: absolute; }
.sixstep-gone { display: none; }
[data-testid="stApp"]:is([data-test-connection-state="PINGING_SERVER"], [data-test-connection-state="CONNECTING"],
    [data-test-connection-state="DISCONNECTED_FOREVER"]) .sixstep-gone {
  display: block; position: fixed; inset: auto 0 0 0; z-index: 2000000; margin: 0; padding: 1rem 1.5rem;
  color: var(--st-text-color); background: var(--st-secondary-background-color);
  border-top: 2px solid var(--st-primary-color);
}
[data-testid="stApp"] { --focus-ring: 2px solid LINK_COLOUR; }
[data-testid="stApp"] :is(a, summary, input, textarea):focus-visible {
  outline: var(--focus-ring); outline-offset: -2px;
}
[data-testid="stApp"] :is(button, [role="slider"]):focus-visible { outline: var(--focus-ring); outline-offset: 2px; }
[data-testid="stApp"] label:has(:is([type="radio"], [type="checkbox"]):focus-visible) {
  outline: var(--focus-ring); outline-offset: 1px; border-radius: 0.25rem;
}
[data-testid="stApp"] [data-testid="stHorizontalBlock"]:has(table) { overflow-y: hidden; }
[data-testid="stApp"] [data-testid="stRadioGroup"] { row-gap: 0.5rem; }
[data-testid="stApp"] [data-testid="stRadioOption"] > div { align-items: flex-start; }
[data-testid="stApp"] [data-testid="stRadioOption"] > div > div:first-child { margin-top: 0.2rem; }
[data-testid="stApp"] [data-testid="stBaseButton-tertiary"] { justify-content: flex-start; text-align: start; }
[data-testid="stApp"] [data-testid="stBaseButton-tertiary"] p {
  text-align: start; text-decoration: underline; text-decoration-thickness: 1px; text-underline-offset: 0.2em;
}
[data-testid="stApp"] [data-testid="stBottomBlockContainer"] { padding-top: 0.5rem; padding-bottom: 1rem; }
[data-testid="stApp"] [data-testid="stBottomBlockContainer"]:has(p) { border-top: 1px solid BORDER_COLOUR; }
@media (min-width: 641px) {
  [data-testid="stLayoutWrapper"]:has(> .st-key-beside) { position: sticky; top: 4rem; }
}
@page { margin: 14mm; }
@media print {
  [data-testid="stSidebar"], [data-testid="stHeader"], [data-testid="stBottom"], [data-testid="stToolbar"],
  .st-key-tour, .sixstep-gone { display: none !important; }
  [data-testid="stMainBlockContainer"] { max-width: none !important; padding: 0 !important; }
  tr, label, [data-testid="stVegaLiteChart"], [data-testid="stAlert"], [data-testid="stExpander"] {
    break-inside: avoid;
  }
  .st-key-on-paper details::details-content { content-visibility: visible; block-size: auto; }
  thead { display: table-header-group; }
  h1, h2, h3, h4 { break-after: avoid; }
}
"""


def place_page_look() -> None:
    """Place what needs no script, before all else: it is there as soon as the first words are, and takes no room."""
    _look()(key="page-look", height=0)


def place_page_rules() -> None:
    """Place what needs a script, after all else: on arriving at a place it is the top of that place that shows."""
    data = {"place": st.session_state.get(PLACE, ""), "scheme": look()}
    component("rules", "", "")(key="page-rules", height=0, data=data, on_scheme_change=_drawn_again)


def _drawn_again() -> None:
    """Do nothing: the run that follows draws the charts for the scheme that the browser shows now."""


@functools.cache
def _look() -> Callable[..., Any]:
    found: Callable[..., Any] = st.components.v2.component(
        "sixstep_look", html=_MARKUP, css=_style(), isolate_styles=False
    )
    return found


def _style() -> str:
    return _STYLE.replace("LINK_COLOUR", _of_theme("linkColor")).replace("BORDER_COLOUR", _of_theme("borderColor"))


def _of_theme(name: str) -> str:
    light, dark = (st.get_option(f"theme.{scheme}.{name}") for scheme in ("light", "dark"))
    return f"light-dark({light}, {dark})"
