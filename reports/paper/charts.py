"""A chart as vectors in the page: the only place that knows pdfrw and makes a PDF of a drawing.

Vega-Lite becomes SVG and that a one-page PDF, pikepdf writes it in one fixed form, and pdfrw turns its page into a form
that ReportLab can place. The conversion is a pure function of the specification, so its result is kept by
content, up to a bound.
"""

from __future__ import annotations

import io
import json
import re
from copy import copy
from functools import lru_cache
from html import escape, unescape
from typing import Any

import pikepdf
import vl_convert
from pdfrw import PdfReader
from pdfrw.buildxobj import pagexobj
from pdfrw.toreportlab import makerl
from reportlab.platypus import Flowable

from reports.charts.figure import Figure
from reports.paper.fonts import font_for, name_of
from reports.paper.tags import Node
from reports.paper.text import cleaned
from reports.vectors import chart_svg, register_fonts

_KEPT_CHARTS = 64
_TEXT = re.compile(r'<text([^>]*?)font-family="[^"]*"([^>]*)>(.*?)</text>', re.DOTALL)
_WORDS = re.compile(r"(?<![^>])[^<>]+(?![^<])")
_FIRST, _SECOND = "Noto Sans", "DejaVu Sans"
_MINUS, _DASH = "\u2212", "\u2013"


@lru_cache(maxsize=_KEPT_CHARTS)
def chart_pdf(specification: str) -> bytes:
    """Return a Vega-Lite specification as a one-page PDF, byte for byte the same each time; nothing is fetched.

    Args:
        specification: the whole chart as JSON text, data included.
    """
    drawing = in_own_fonts(chart_svg(specification))
    register_fonts()
    drawn = vl_convert.svg_to_pdf(drawing)
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


def in_own_fonts(svg: str) -> str:
    """Return a drawing whose texts are drawn by the product's fonts alone.

    Left to itself the converter takes any font of the machine for a character that the first one lacks, slanted or bold
    as it may be, and on another machine another one. A minus becomes the en dash, which the first font has; a text with
    another such character is set in the second; what neither has stands as its code point.
    """
    return _TEXT.sub(lambda found: _drawable(found[1], found[2], found[3]), svg)


def _drawable(before: str, after: str, inside: str) -> str:
    shown = inside if inside.isascii() else _WORDS.sub(lambda found: _words(found[0]), inside)
    lacking = any(font_for(item, "regular") != name_of("regular") for item in _plain(shown))
    return f'<text{before}font-family="{_SECOND if lacking else _FIRST}"{after}>{shown}</text>'


def _words(text: str) -> str:
    return escape(cleaned(unescape(text), "regular").replace(_MINUS, _DASH), quote=False)


def _plain(inside: str) -> str:
    return "" if inside.isascii() else unescape("".join(_WORDS.findall(inside)))


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

    def at(self, scale: float) -> VectorFigure:
        """Return the same chart at a share of its size."""
        smaller = copy(self)
        smaller.scale, smaller.width, smaller.height = self.scale * scale, self.width * scale, self.height * scale
        return smaller

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
