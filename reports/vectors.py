"""A chart drawn as SVG or PNG for every form that shows it: the only place that gives vl-convert a specification."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from threading import Lock

import vl_convert

FONTS = Path(__file__).parent / "fonts"
_KEPT_CHARTS = 128
_MINUS, _DASH = "\u2212", "\u2013"
_LOCK = Lock()


@lru_cache(maxsize=1)
def _registered() -> None:
    vl_convert.register_font_directory(str(FONTS.resolve()))


def register_fonts() -> None:
    """Make the fonts of the product known to vl-convert; only the first call does anything."""
    with _LOCK:
        _registered()


@lru_cache(maxsize=_KEPT_CHARTS)
def chart_svg(specification: str) -> str:
    """Return a Vega-Lite specification as SVG, the same text each time; nothing is fetched.

    Args:
        specification: the whole chart as JSON text, data included.
    """
    register_fonts()
    return vl_convert.vegalite_to_svg(
        specification, allowed_base_urls=[], format_locale="en-US", time_format_locale="en-US"
    )


def chart_png(specification: str, scale: float) -> bytes:
    """Return a Vega-Lite specification as PNG, the same bytes each time; nothing is fetched.

    The font lacks the minus, and in its place the converter takes any face of another one, slanted and bold as it may
    be; the en dash stands for it, as on paper.

    Args:
        specification: the whole chart as JSON text, data included.
        scale: pixels of the picture for each pixel of the chart.
    """
    return bytes(vl_convert.svg_to_png(chart_svg(specification).replace(_MINUS, _DASH), scale=scale))
