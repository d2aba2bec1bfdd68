"""A chart with its sentence, its table and its numbers to download."""

from __future__ import annotations

import streamlit as st

from reports.charts.sheet import Plotted
from views.blocks import figure


def place_plotted(found: Plotted, key: str, *, titled: bool = True) -> None:
    """Place a chart; ``key`` tells it from others of the page; without ``titled`` its sentence is not said again."""
    figure(found.figure, f"chart-{key}", titled=titled)
    st.download_button(
        "Download the numbers (CSV)",
        found.csv,
        file_name=f"sixstep-{found.figure.id}.csv",
        mime="text/csv",
        key=f"csv-{key}",
        on_click="ignore",
        type="tertiary",
    )
