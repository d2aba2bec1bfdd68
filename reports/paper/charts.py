"""A chart as vectors in the page: the only place that knows vl-convert, pikepdf and pdfrw.

Vega-Lite becomes a one-page PDF, pikepdf writes it in one fixed form, and pdfrw turns its page into a form that
ReportLab can place. The conversion is a pure function of the specification, so its result is kept by
content, up to a bound.
"""

from __future__ import annotations

import io
import json
from functools import lru_cache
from threading import Lock
from typing import Any

import pikepdf
import vl_convert
from pdfrw import PdfReader
from pdfrw.buildxobj import pagexobj
from pdfrw.toreportlab import makerl
from reportlab.platypus import Flowable

from reports.charts.figure import Figure
from reports.paper.fonts import FOLDER
from reports.paper.tags import Node

_KEPT_CHARTS = 64
_LOCK = Lock()


@lru_cache(maxsize=1)
def _register_fonts() -> None:
    vl_convert.register_font_directory(str(FOLDER.resolve()))


@lru_cache(maxsize=_KEPT_CHARTS)
def chart_pdf(specification: str) -> bytes:
    """Return a Vega-Lite specification as a one-page PDF, byte for byte the same each time; nothing is fetched.

    Args:
        specification: the whole chart as JSON text, data included.
    """
    with _LOCK:
        _register_fonts()
    drawn = vl_convert.vegalite_to_pdf(
        specification, allowed_base_urls=[], format_locale="en-US", time_format_locale="en-US"
    )
    fixed = io.BytesIO()
    with pikepdf.open(io.BytesIO(drawn)) as pdf:
        pdf.save(
            fixed,
            static_id=True,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    return fixed.getvalue()


def specification(figure: Figure) -> str:
    """Return a chart as JSON text: that of ``figure.json``, without checking it against Vega-Lite's schema again."""
    return json.dumps(figure.chart.to_dict(validate=False), sort_keys=True, ensure_ascii=False)


class VectorFigure(Flowable):  # type: ignore[misc]
    """A chart placed in the column, scaled to its width and never taller than ``most_height``."""

    role = "Figure"

    def __init__(self, figure: Figure, node: Node, column: float, most_height: float) -> None:
        """Convert the chart; every render reads its own copy of the result."""
        super().__init__()
        self.node = node
        self.form = pagexobj(PdfReader(fdata=chart_pdf(specification(figure))).pages[0])
        left, bottom, right, top = (float(value) for value in self.form.BBox)
        self.scale = min(column / (right - left), most_height / (top - bottom))
        self.width, self.height = (right - left) * self.scale, (top - bottom) * self.scale

    def wrap(self, *_available: Any) -> tuple[float, float]:
        """Return the size of the scaled chart."""
        return self.width, self.height

    def draw(self) -> None:
        """Place the form."""
        canvas = self.canv
        if canvas.blank:
            return
        canvas.box(self.node, self.width, self.height)
        with canvas.part(self.node):
            canvas.saveState()
            canvas.scale(self.scale, self.scale)
            canvas.doForm(makerl(canvas, self.form))
            canvas.restoreState()
