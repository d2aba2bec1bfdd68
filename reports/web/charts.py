"""A chart as vectors inside the page: drawn by vl-convert, then rebuilt from a list of what may stand in it."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from reports.charts.figure import Figure
from reports.vectors import chart_svg
from reports.visible import visible
from reports.web.nodes import Child, Node

_SPACE = "{http://www.w3.org/2000/svg}"
_ELEMENTS = frozenset(
    {"svg", "g", "path", "text", "tspan", "line", "rect", "circle", "defs", "clipPath", "linearGradient", "stop"}
)
_ATTRIBUTES = frozenset(
    {
        *(
            "width",
            "height",
            "viewBox",
            "transform",
            "d",
            "x",
            "y",
            "x1",
            "x2",
            "y1",
            "y2",
            "dx",
            "dy",
            "r",
            "cx",
            "cy",
        ),
        *("fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-opacity", "stroke-miterlimit"),
        *("stroke-linecap", "stroke-linejoin", "stroke-dashoffset", "opacity", "text-anchor", "font-family"),
        *("font-size", "font-weight", "font-style", "offset", "stop-color", "stop-opacity", "gradientUnits"),
        *("id", "clip-path", "clip-rule", "fill-rule"),
    }
)
_PLACE = re.compile(r"url\(#([A-Za-z0-9_-]+)\)")
_NAME = re.compile(r"[A-Za-z0-9_-]+")


def drawn(figure: Figure, prefix: str) -> Node:
    """Return a chart as an element with its alternative text.

    Args:
        figure: the chart.
        prefix: stands before every name inside it, so that no two charts of a page share one.
    """
    return sanitised(chart_svg(figure.json), prefix, figure.alt)


def sanitised(svg: str, prefix: str, alt: str) -> Node:
    """Return an SVG with listed elements and attributes only: no script, style, link, picture or outside address.

    Marks that are not shown are left out, and so is what the drawing says to screen readers mark by mark: the
    alternative text stands for the whole, and the table behind it gives the figures.
    """
    root = _rebuilt(ET.fromstring(visible(svg)), prefix)  # noqa: S314 - made by vl-convert a moment ago
    if root is None:
        message = "the drawing is no SVG"
        raise ValueError(message)
    size = {name: root.attributes[name] for name in ("width", "height", "viewBox") if name in root.attributes}
    return Node("svg", {"role": "img", "aria-label": alt, **size}, root.children)


def _rebuilt(found: ET.Element, prefix: str) -> Node | None:
    tag = found.tag.removeprefix(_SPACE)
    if tag not in _ELEMENTS or found.get("display") == "none" or (tag == "path" and not found.get("d")):
        return None
    children: list[Child] = [found.text] if found.text and tag in {"text", "tspan"} else []
    for inner in found:
        kept = _rebuilt(inner, prefix)
        children += [] if kept is None else [kept]
        children += [inner.tail] if inner.tail and tag in {"text", "tspan"} else []
    if tag == "g" and not children:
        return None
    pairs = ((name, _allowed(name, value, prefix)) for name, value in found.attrib.items())
    return Node(tag, {name: value for name, value in pairs if value is not None}, tuple(children))


def _allowed(name: str, value: str, prefix: str) -> str | None:
    """Return the value of an attribute, or None when it may not stand."""
    if name not in _ATTRIBUTES:
        return None
    if name == "id":
        return f"{prefix}-{value}" if _NAME.fullmatch(value) else None
    if "url(" in value or "\\" in value:
        place = _PLACE.fullmatch(value)
        return f"url(#{prefix}-{place[1]})" if place else None
    return value
