"""A chart as files to take away: a picture in two formats, and the table behind it."""

from __future__ import annotations

import json
from xml.sax.saxutils import escape

from reports.as_csv import written
from reports.charts.figure import Figure
from reports.charts.theme import Look, palette
from reports.vectors import chart_png, chart_svg

_SCALE = 2.0
"""Pixels of a picture for each pixel of the screen, so that it stays sharp on a slide."""


def picture_svg(figure: Figure, look: Look) -> bytes:
    """Return a chart as SVG in UTF-8, with its finding as title and its alternative text as description."""
    head, _, rest = chart_svg(_grounded(figure, look)).partition(">")
    said = f"<title>{escape(figure.title)}</title><desc>{escape(figure.alt)}</desc>"
    return f"{head}>{said}{rest}".encode()


def picture_png(figure: Figure, look: Look) -> bytes:
    """Return a chart as PNG, two pixels for each of the screen."""
    return chart_png(_grounded(figure, look), _SCALE)


def table_csv(figure: Figure) -> bytes:
    """Return the table behind a chart as CSV in UTF-8, in which no cell is a formula."""
    return written(figure.header, figure.rows).encode()


def _grounded(figure: Figure, look: Look) -> str:
    """Return the specification on the ground of its look: away from the page a clear one could hide the words."""
    spec = figure.spec
    config = {**spec.get("config", {}), "background": palette(look).ground}
    return json.dumps({**spec, "config": config}, sort_keys=True, ensure_ascii=False)
