"""Rules of every page that no widget has: what it is on paper, and what it says while the server does not answer."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import streamlit as st

GONE = (
    "Sixstep does not answer at the moment. Everything up to the last time shown as saved is kept. This page comes "
    "back by itself, at this place, as soon as the program runs again."
)
ON_PAPER = "on-paper"
"""Key of a container whose folded panels are printed as if they were open."""
_MARKUP = f'<p class="sixstep-gone" role="status">{GONE}</p>'
_STYLE = """
.sixstep-gone { display: none; }
[data-testid="stApp"]:is([data-test-connection-state="PINGING_SERVER"], [data-test-connection-state="CONNECTING"],
    [data-test-connection-state="DISCONNECTED_FOREVER"]) .sixstep-gone {
  display: block; position: fixed; inset: auto 0 0 0; z-index: 2000000; margin: 0; padding: 1rem 1.5rem;
  color: var(--st-text-color); background: var(--st-secondary-background-color);
  border-top: 2px solid var(--st-primary-color);
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


def place_page_rules() -> None:
    """Place the rules; on the screen they do nothing and take no room while the server answers."""
    _mounting()(key="page-rules", height=0)


@functools.cache
def _mounting() -> Callable[..., Any]:
    found: Callable[..., Any] = st.components.v2.component(
        "sixstep_page_rules", html=_MARKUP, css=_STYLE, isolate_styles=False
    )
    return found
