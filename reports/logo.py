"""A logo as it may stand in a report: a small PNG, made anew from the pixels of what was given.

Nothing of the file that was given is kept: not its text chunks, its colour profile, its scripts or its references.
An SVG is drawn once, here, and refused before that when it is more than shapes.
"""

from __future__ import annotations

import base64
import binascii
import io
import re
import struct
import warnings
from functools import lru_cache
from xml.etree import ElementTree as ET

from assessment.errors import InputError, Problem

LARGEST_FILE = 1_000_000
LONGEST_SIDE = 4_000
MOST_PIXELS = 8_000_000
LARGEST_KEPT = 200_000
_KEPT_BOX = (1_200, 480)
_SMALLER = (1.0, 0.7, 0.5, 0.35, 0.2)
_MOST_ELEMENTS = 5_000
_DEEPEST = 40
_PNG = b"\x89PNG\r\n\x1a\n"
_HEAD = 24
_SVG = "{http://www.w3.org/2000/svg}"
_SHAPES = frozenset(
    {
        *("svg", "g", "defs", "symbol", "use", "title", "desc", "metadata"),
        *("path", "rect", "circle", "ellipse", "line", "polyline", "polygon"),
        *("linearGradient", "radialGradient", "stop", "clipPath", "mask"),
    }
)
_IGNORED = frozenset({"title", "desc", "metadata"})
_LINK = ("href", "{http://www.w3.org/1999/xlink}href")
_INSIDE = re.compile(r"#[\w.:-]+")
_URL = re.compile(r"url\(\s*['\"]?(?!\s*#)", re.IGNORECASE)
_HARMFUL = re.compile(r"javascript:|data:|@import|expression\(|\\", re.IGNORECASE)
_LENGTH = re.compile(r"\s*(\d{1,7}(?:\.\d{1,6})?)\s*(?:px)?\s*")


def logo_from(raw: bytes, name: str) -> bytes:
    """Return the PNG that is kept for an uploaded logo.

    Args:
        raw: the file.
        name: its name, for the sentence.

    Raises:
        InputError: when it is neither PNG nor SVG, too large in bytes or pixels, damaged, or holds more than a picture.
    """
    if len(raw) > LARGEST_FILE:
        raise _refused(name, f"the logo has {len(raw):,} bytes", f"at most {LARGEST_FILE:,} are taken")
    if raw.startswith(_PNG):
        return _kept(raw, name)
    if b"<svg" in raw[:4096] or b"<?xml" in raw[:64] or name.lower().endswith(".svg"):
        return _kept(_drawn(raw, name), name)
    raise _refused(name, "the logo is neither PNG nor SVG", "save it as one of the two")


def logo_text(png: bytes) -> str:
    """Return a logo as the text that an assessment keeps."""
    return base64.b64encode(png).decode("ascii")


@lru_cache(maxsize=32)
def logo_of(text: str) -> bytes:
    """Return the PNG of a kept text, looked at again, since a file may come from anywhere; empty for none.

    Raises:
        InputError: when it is not such a PNG.
    """
    if not text:
        return b""
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise _refused("logo", "the logo is not base64", "upload it again") from error
    if not raw.startswith(_PNG):
        raise _refused("logo", "the logo of an assessment is a PNG, and this is none", "upload it again")
    return _kept(raw, "logo")


def logo_size(png: bytes) -> tuple[int, int]:
    """Return width and height of a PNG in pixels, read from its head."""
    width, height = struct.unpack(">II", png[16:_HEAD])
    return int(width), int(height)


def _kept(raw: bytes, name: str) -> bytes:
    """Return the pixels as a PNG of their own, at most 1,200 by 480; the same bytes for one that was kept before."""
    if len(raw) < _HEAD or raw[12:16] != b"IHDR":
        raise _refused(name, "the PNG is damaged", "save it again")
    width, height = logo_size(raw)
    if not (0 < width <= LONGEST_SIDE and 0 < height <= LONGEST_SIDE and width * height <= MOST_PIXELS):
        most = f"at most {LONGEST_SIDE:,} a side and {MOST_PIXELS:,} in all are taken"
        raise _refused(name, f"the logo has {width:,} x {height:,} pixels", most)
    from PIL import Image  # noqa: PLC0415 (only who has a logo waits for it)

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(raw), formats=("PNG",)) as opened:
                opened.load()
                pixels = opened.convert("RGBA")
    except Exception as error:  # a decoder meets whatever a file holds
        raise _refused(name, "the PNG is damaged", "save it again") from error
    if pixels.getchannel("A").getextrema()[1] == 0:
        raise _refused(name, "every pixel of the logo is transparent", "save it with its shapes filled")
    for scale in _SMALLER:
        small = pixels.copy()
        small.thumbnail((int(_KEPT_BOX[0] * scale), int(_KEPT_BOX[1] * scale)))
        target = io.BytesIO()
        small.save(target, "PNG", optimize=True)
        if target.tell() <= LARGEST_KEPT:
            return target.getvalue()
    raise _refused(name, "the logo does not fit into the space kept for it", "use a simpler picture")


def _drawn(raw: bytes, name: str) -> bytes:
    """Return an SVG as PNG, after looking at every element and attribute of it."""
    root = _shapes(raw, name)
    width, height = _box(root, name)
    import vl_convert  # noqa: PLC0415 (only who has a logo waits for it)

    scale = min(_KEPT_BOX[0] / width, _KEPT_BOX[1] / height)
    root.set("width", f"{width * scale:.3f}")
    root.set("height", f"{height * scale:.3f}")
    root.set("viewBox", root.get("viewBox") or f"0 0 {width:g} {height:g}")
    try:
        drawn: bytes = vl_convert.svg_to_png(ET.tostring(root, encoding="unicode"), scale=1.0, ppi=72.0)
    except Exception as error:  # the drawing library has errors of its own
        raise _refused(name, "the SVG cannot be drawn", "save it as plain SVG, or as PNG") from error
    return drawn


def _shapes(raw: bytes, name: str) -> ET.Element:
    """Return the root of an SVG that holds shapes and nothing else."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refused(name, "the SVG is not UTF-8 text", "save it as UTF-8") from error
    if re.search(r"<!(?!--)(?!\[CDATA\[)", text):
        raise _refused(name, "the SVG declares a document type or entities", "save it as plain SVG without them")
    if re.search(r"<\?(?!xml\s)", text):
        raise _refused(name, "the SVG holds a processing instruction", "save it as plain SVG without it")
    try:
        root = ET.fromstring(text)  # noqa: S314 (without a document type there is no entity to expand)
    except (ET.ParseError, RecursionError, ValueError) as error:
        raise _refused(name, "the SVG is not valid XML", "save it again") from error
    if root.tag != f"{_SVG}svg":
        raise _refused(name, "the file is XML, but no SVG", "save the logo as SVG or PNG")
    _look(root, name)
    return root


def _look(root: ET.Element, name: str) -> None:
    """Go through an SVG: refuse what is no shape and what points outside; take away what is not drawn."""
    waiting, seen = [(root, 1)], 0
    while waiting:
        element, depth = waiting.pop()
        seen += 1
        if seen > _MOST_ELEMENTS or depth > _DEEPEST:
            raise _refused(
                name, f"the SVG has more than {_MOST_ELEMENTS:,} elements or {_DEEPEST} levels", "simplify it"
            )
        kind = element.tag.removeprefix(_SVG) if isinstance(element.tag, str) else ""
        _look_at(element, kind, name)
        for child in list(element):
            if isinstance(child.tag, str) and (child.tag.removeprefix(_SVG) in _IGNORED or _foreign(child.tag)):
                element.remove(child)
            else:
                waiting.append((child, depth + 1))


def _foreign(tag: str) -> bool:
    """Whether an element is an editor's own, which nothing draws."""
    return tag.startswith("{") and not tag.startswith((_SVG, "{http://www.w3.org/1999/xhtml}"))


def _look_at(element: ET.Element, kind: str, name: str) -> None:
    if kind == "text":
        raise _refused(name, "the SVG holds text, which looks different on each machine", "turn text into paths")
    if kind not in _SHAPES:
        shown = re.sub(r"[^\w:-]", "", kind)[:40] or "?"
        raise _refused(name, f"the SVG holds '{shown}', which is no shape", "save it as plain SVG with shapes only")
    for attribute, value in list(element.attrib.items()):
        if attribute in _LINK:
            if not _INSIDE.fullmatch(value):
                raise _refused(name, "the SVG refers to something outside itself", "embed nothing and link nothing")
        elif attribute.lower().startswith("on"):
            raise _refused(name, f"the SVG holds a script ('{attribute[:40]}')", "save it as plain SVG without it")
        elif _URL.search(value) or _HARMFUL.search(value):
            raise _refused(name, "the SVG refers to something outside itself", "embed nothing and link nothing")
        elif attribute.startswith("{"):
            del element.attrib[attribute]
    if kind == "use" and not any(link in element.attrib for link in _LINK):
        raise _refused(name, "a 'use' of the SVG names nothing", "save it again")


def _box(root: ET.Element, name: str) -> tuple[float, float]:
    """Return width and height of an SVG in its own units."""
    parts = re.split(r"[\s,]+", (root.get("viewBox") or "").strip())
    found = parts[2:] if len(parts) == 4 else [root.get("width", ""), root.get("height", "")]  # noqa: PLR2004
    sides = [match for match in (_LENGTH.fullmatch(part) for part in found) if match]
    width, height = (float(side[1]) for side in sides) if len(sides) == 2 else (0.0, 0.0)  # noqa: PLR2004
    if min(width, height) <= 0:
        raise _refused(name, "the SVG has no size", "give it a viewBox, or width and height in pixels")
    if max(width, height) > 100_000 or max(width, height) / min(width, height) > 50:  # noqa: PLR2004
        raise _refused(
            name, f"the SVG is {width:g} by {height:g}", "at most 100,000 a side, and 50 times as long as high"
        )
    return width, height


def _refused(name: str, message: str, remedy: str) -> InputError:
    return InputError(Problem(message, remedy, name))
