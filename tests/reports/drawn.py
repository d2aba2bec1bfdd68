"""What a drawing shows: where each of its texts stands, and what lies under the letters."""

from __future__ import annotations

import io
import json
import math
import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias
from xml.etree import ElementTree as ET

import numpy as np
import numpy.typing as npt
import vl_convert
from PIL import Image

from models.distributions import FloatArray
from reports.charts.figure import Figure
from reports.charts.theme import Look, palette
from reports.paper.fonts import register
from reports.paper.fonts import width as width_of
from reports.vectors import chart_svg, register_fonts

SVG = "{http://www.w3.org/2000/svg}"
ABOVE, BELOW = 0.72, 0.02
"""How far letters surely reach over the line that they stand on, and below it, in sizes of the type."""
EDGE = 0.75
"""Pixels by which two boxes may overlap: letters do not fill their boxes."""
_CALL = re.compile(r"(translate|rotate)\(([^)]*)\)")
SPECK = 2
"""Pixels that are no hindrance: the corner of a mark."""
_STREAMLIT = {"bottom": 20}
"""What a page adds to a chart that says nothing of its edge."""
_BOLD = ("bold", "600", "700")
_FONTS = {"Noto Sans": ("NotoSans", "NotoSans-Bold"), "DejaVu Sans": ("DejaVuSans", "DejaVuSans-Bold")}

Pixels: TypeAlias = npt.NDArray[Any]
Matrix = tuple[float, float, float, float, float, float]
UNMOVED: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True)
class Said:
    """A line of text with the box around its letters, in pixels of the drawing."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    colour: str

    def covers(self, other: Said) -> bool:
        """Return whether the boxes of two lines overlap by more than the edge of a letter."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across > EDGE and down > EDGE


@dataclass(frozen=True)
class Drawing:
    """A chart as it is drawn at one width in one look."""

    svg: str
    look: Look

    @classmethod
    def of(cls, figure: Figure, width: int, look: Look) -> Drawing:
        """Return the drawing of a chart that the browser makes as wide as its place."""
        register()
        spec = {"padding": _STREAMLIT, **figure.chart.to_dict(validate=False), "width": width}
        spec["config"] = {**spec["config"], "background": palette(look).ground}
        return cls(chart_svg(json.dumps(spec, sort_keys=True)), look)

    @cached_property
    def root(self) -> ET.Element:
        """The drawing as a tree."""
        return ET.fromstring(self.svg)  # noqa: S314 - made here

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in pixels."""
        return float(self.root.attrib["width"]), float(self.root.attrib["height"])

    @cached_property
    def texts(self) -> list[Said]:
        """Every line of text that is to be seen."""
        return list(_texts(self.root, UNMOVED))

    def outside(self) -> list[str]:
        """Return the texts that the edge of the picture cuts."""
        width, height = self.size
        return [
            item.text
            for item in self.texts
            if item.left < -EDGE or item.top < -EDGE or item.right > width + EDGE or item.bottom > height + EDGE
        ]

    def overlapping(self) -> list[tuple[str, str]]:
        """Return the pairs of texts that cover each other."""
        return [
            (one.text, other.text)
            for place, one in enumerate(self.texts)
            for other in self.texts[place + 1 :]
            if one.covers(other)
        ]

    def unreadable(self, least: float) -> list[str]:
        """Return the texts with more than a speck under their letters from which they hardly differ."""
        ground = self._without_words()
        return [item.text for item in self.texts if _hidden(item, ground, least)]

    def _without_words(self) -> Pixels:
        register_fonts()
        bare = re.sub(r"<text[^>]*?(/>|>.*?</text>)", "", self.svg, flags=re.DOTALL)
        picture = Image.open(io.BytesIO(bytes(vl_convert.svg_to_png(bare))))
        ground = Image.new("RGBA", picture.size, palette(self.look).ground)
        return np.asarray(Image.alpha_composite(ground, picture.convert("RGBA")).convert("RGB"))


def _texts(part: ET.Element, at: Matrix) -> list[Said]:
    at = _moved(at, part.attrib.get("transform", ""))
    if part.tag != f"{SVG}text":
        return [item for kid in part for item in _texts(kid, at)]
    if float(part.attrib.get("opacity", 1)) == 0:
        return []
    size = float(part.attrib["font-size"].removesuffix("px"))
    lines = [(kid.text or "", float(kid.attrib.get("dy", 0))) for kid in part] or [(part.text or "", 0.0)]
    found, down = [], 0.0
    for text, step in lines:
        down += step
        if text.strip():
            found.append(_line(part, text, down, size, at))
    return found


def _line(part: ET.Element, text: str, down: float, size: float, at: Matrix) -> Said:
    wide = width_of(text, _font(part), size)
    start = {"start": 0.0, "middle": -wide / 2, "end": -wide}[part.attrib.get("text-anchor", "start")]
    corners = [_placed(at, x, down + y) for x in (start, start + wide) for y in (-ABOVE * size, BELOW * size)]
    across, along = zip(*corners, strict=True)
    return Said(text, min(across), min(along), max(across), max(along), size, part.attrib.get("fill", "#000000"))


def _font(part: ET.Element) -> str:
    return _FONTS[part.attrib["font-family"].partition(",")[0]][part.attrib.get("font-weight") in _BOLD]


def _moved(at: Matrix, told: str) -> Matrix:
    for name, figures in _CALL.findall(told):
        numbers = [float(figure) for figure in re.split(r"[ ,]+", figures.strip())]
        if name == "translate":
            step: Matrix = (1.0, 0.0, 0.0, 1.0, numbers[0], numbers[1] if len(numbers) > 1 else 0.0)
        else:
            angle = math.radians(numbers[0])
            step = (math.cos(angle), math.sin(angle), -math.sin(angle), math.cos(angle), 0.0, 0.0)
        at = _product(at, step)
    return at


def _product(one: Matrix, two: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    u, v, w, z, x, y = two
    return (a * u + c * v, b * u + d * v, a * w + c * z, b * w + d * z, a * x + c * y + e, b * x + d * y + f)


def _placed(at: Matrix, x: float, y: float) -> tuple[float, float]:
    return at[0] * x + at[2] * y + at[4], at[1] * x + at[3] * y + at[5]


def _hidden(item: Said, ground: Pixels, least: float) -> bool:
    under = ground[max(0, round(item.top)) : round(item.bottom), max(0, round(item.left)) : round(item.right)]
    letters = _luminance(np.array([int(item.colour[start : start + 2], 16) for start in (1, 3, 5)]))
    shades = _luminance(under)
    contrasts = (np.maximum(shades, letters) + 0.05) / (np.minimum(shades, letters) + 0.05)
    return int((contrasts < least).sum()) > SPECK


def _luminance(colours: Pixels) -> FloatArray:
    """Return the relative luminance of colours, as :func:`reports.contrast.luminance` has it for one."""
    parts = colours / 255
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return np.asarray(linear @ np.array([0.2126, 0.7152, 0.0722]))
