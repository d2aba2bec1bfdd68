"""A chart with its sentence, its table and its numbers to download."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from reports.charts.sheet import Plotted
from reports.charts.template import Template
from views.blocks import figure, look, table
from views.chart_files import place_behind
from views.plain import kept, plain


def place_plotted(found: Plotted, key: str, *, titled: bool = True) -> None:
    """Place a chart; ``key`` tells it from others of the page; without ``titled`` its sentence is not said again."""
    with st.container(key=f"drawn-{key}"):
        if found.template is None:
            figure(found.figure, f"chart-{key}", titled=titled)
        else:
            _filled(found, found.template, f"chart-{key}", titled=titled)
    st.download_button(
        "Download the numbers (CSV)",
        found.csv,
        file_name=f"sixstep-{found.figure.id}.csv",
        mime="text/csv",
        key=f"csv-{key}",
        on_click="ignore",
        type="tertiary",
    )


def _filled(found: Plotted, template: Template, key: str, *, titled: bool) -> None:
    """Place a chart by its template: the specification stays the same, and the browser moves the marks."""
    drawn = found.figure
    if titled:
        st.markdown(f"**{kept(plain(drawn.title))}**")
    numbers = template.all_numbers(found.numbers)
    spec = {**template.spec, "datasets": {name: pd.DataFrame(rows) for name, rows in numbers.items()}}
    st.vega_lite_chart(spec=spec, theme=None, width="stretch", alt=drawn.alt, key=key)
    st.caption(plain(drawn.note))
    place_behind(drawn, key, look(), lambda behind: table(behind.header, behind.rows))
