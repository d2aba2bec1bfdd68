"""Components whose script is a file of this server: no page policy need allow anything for them."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.components.v2.get_bidi_component_manager import get_bidi_component_manager
from streamlit.components.v2.manifest_scanner import ComponentConfig, ComponentManifest

_PACKAGE, _FOLDER = "sixstep", "assets"


def component(name: str, html: str, css: str) -> Callable[..., Any]:
    """Return the component whose script is ``assets/NAME.js``, with styles for itself alone."""
    manager, known = get_bidi_component_manager(), f"{_PACKAGE}.{name}"
    if manager.get_component_asset_root(known) is None:
        manifest = ComponentManifest(_PACKAGE, "1", [ComponentConfig(name, _FOLDER)])
        manager.register_from_manifest(manifest, Path(__file__).parent)
    return _mounting(known, html, css, f"{name}.js")


@functools.cache
def _mounting(known: str, html: str, css: str, script: str) -> Callable[..., Any]:
    found: Callable[..., Any] = st.components.v2.component(known, html=html, css=css, js=script)
    return found
