"""What stands behind a chart: its figures as a table, and the chart to take away; made when it is asked for."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from reports.charts.figure import Figure
from reports.charts.files import picture_png, picture_svg, table_csv
from reports.charts.theme import Look

_TITLE, _FILES_ALONE = "The figures of this chart as a table", "This chart as a file"
Table = Callable[[Figure], None]


def place_behind(found: Figure, key: str, look: Look, table: Table | None) -> None:
    """Place what stands behind a chart, folded up; ``table`` draws its figures, unless they stand open beside it."""
    st.fragment(_behind, key=f"behind-{key}")(found, key, look, table)


def _behind(found: Figure, key: str, look: Look, table: Table | None) -> None:
    panel = st.expander(_FILES_ALONE if table is None else _TITLE, key=f"behind-{key}-open", on_change="rerun")
    if not panel.open:
        return
    with panel:
        if table is not None:
            table(found)
        with st.container(horizontal=True, gap="small"):
            _file("Table (CSV)", lambda: table_csv(found), f"sixstep-{found.id}.csv", "text/csv", key)
            _file("Picture (SVG)", lambda: picture_svg(found, look), f"sixstep-{found.id}.svg", "image/svg+xml", key)
            _file("Picture (PNG)", lambda: picture_png(found, look), f"sixstep-{found.id}.png", "image/png", key)


def _file(label: str, made: Callable[[], bytes], name: str, mime: str, key: str) -> None:
    st.download_button(
        f"Download: {label}",
        made,
        file_name=name,
        mime=mime,
        key=f"file-{key}-{mime.partition('/')[2]}",
        on_click="ignore",
        type="tertiary",
    )
