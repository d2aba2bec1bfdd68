"""The one place where a string becomes something that is drawn.

No string is ever parsed: ReportLab's paragraph markup is not used at all. A text is cut into runs of one font each and
handed over as fragments, so ``<img src=...>`` is that many characters and nothing else. What has no glyph is shown as
its code point in brackets, and Arabic and Hebrew are shaped and put in order line by line.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from arabic_reshaper import ArabicReshaper
from bidi.algorithm import get_display
from reportlab.lib.abag import ABag
from reportlab.lib.colors import Color
from reportlab.lib.enums import TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph

from reports.paper.fonts import Face, font_for, name_of, width
from reports.paper.tags import Node
from reports.paper.words import Words, word_ends

ELLIPSIS = "\u2026"
_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff") | {
    chr(code) for code in range(0xFE00, 0xFE10)
}
_FORMAT = frozenset(chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
_UNSPEAKABLE = ("Cc", "Cs", "Co")  # controls, half pairs, and private characters that no voice can read
_SPACES = frozenset("\t\u2028\u2029\u0085")
_UNUSUAL = re.compile(r"[^\n -~]")
_TOKEN = re.compile(r"(\[U\+[0-9A-F]{4,6}\])")
_AMOUNT = re.compile(r"(?<![A-Z])([A-Z]{3}) (\u2212?[\d.,]+)(?: ([kMB])\b)?|(\u2212?[\d.,]+) ([kMB])\b")
_RIGHT_TO_LEFT = frozenset({"R", "AL"})


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one font; ``token`` marks a code point that stands for a missing glyph."""

    text: str
    font: str
    token: bool = False


def cleaned(text: str, face: Face) -> str:
    """Return a text with every character that cannot be drawn replaced by its code point in brackets.

    Line breaks are kept; tabs and other separators become spaces; invisible joiners and marks are left out.
    """
    plain = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _UNUSUAL.sub(lambda found: _drawable(found[0], face), plain)


def _drawable(character: str, face: Face) -> str:
    if character in _SPACES:
        return " "
    if character in _FORMAT or unicodedata.category(character) in _UNSPEAKABLE:
        return _token(character)
    if character in _INVISIBLE:
        return character if character in "\u200e\u200f\u200c\u200d" else ""
    if font_for(character, face):
        return character
    spelt = unicodedata.normalize("NFKC", character)
    known = spelt != character and all(font_for(part, face) for part in spelt)
    return spelt if known else _token(character)


def _token(character: str) -> str:
    return f"[U+{ord(character):04X}]"


def runs(text: str, face: Face) -> list[Run]:
    """Return a cleaned text in runs of one font; line breaks are spaces here."""
    if "[" not in text and text.isascii():  # drawn by the first font, and no code point stands in it
        return [Run(text.replace("\n", " "), name_of(face))] if text else []
    found: list[Run] = []
    for part in _TOKEN.split(text.replace("\n", " ")):
        if _TOKEN.fullmatch(part):
            found.append(Run(part, name_of("italic"), token=True))
        else:
            found.extend(_by_font(part, face))
    return found


def _by_font(text: str, face: Face) -> Iterator[Run]:
    current, gathered = "", ""
    for character in text:
        if character in _INVISIBLE:
            continue
        font = current if character == " " and current else font_for(character, face) or name_of(face)
        if font != current and gathered:
            yield Run(gathered, current)
            gathered = ""
        current, gathered = font, gathered + character
    if gathered:
        yield Run(gathered, current)


def is_right_to_left(text: str) -> bool:
    """Return whether any character of a text is written from right to left."""
    return not text.isascii() and any(unicodedata.bidirectional(item) in _RIGHT_TO_LEFT for item in text)


def starts_right_to_left(text: str) -> bool:
    """Return whether the first letter with a direction is written from right to left."""
    kinds = (unicodedata.bidirectional(character) for character in text)
    return next((kind in _RIGHT_TO_LEFT for kind in kinds if kind in ("L", "R", "AL")), False)


@lru_cache(maxsize=1)
def _reshaper() -> ArabicReshaper:
    kept = {"delete_harakat": False, "ARABIC LIGATURE ALLAH": False}
    return ArabicReshaper(configuration=kept)


def visual(line: str, *, right_to_left: bool) -> str:
    """Return one line of text shaped and in the order in which it is drawn from the left."""
    shaped = _reshaper().reshape(line)
    return str(get_display(shaped, base_dir="R" if right_to_left else "L"))


def paragraph(text: str, style: ParagraphStyle, node: Node, face: Face = "regular", label: str = "") -> Words:
    """Return a text as a flowable: the only way by which any string reaches a page's body.

    Args:
        text: plain text of any length and script; line breaks are kept.
        style: its look; ``fontName`` is that of ``face``.
        node: the part of the document that it is.
        face: regular, bold or italic.
        label: a bold lead-in before it; a text with right-to-left script gets its label in a paragraph of its own.
    """
    body, lead = _bound(cleaned(text, face)), _bound(cleaned(label, "bold"))
    if is_right_to_left(lead + body):
        node.said = f"{lead} {body}".strip()
        return _Bidirectional(style, node, face, f"{lead} {body}".lstrip())
    fragments = [_fragment(run, style) for run in (runs(f"{lead} ", "bold") if lead else [])]
    for index, line in enumerate(body.split("\n")):
        if index:
            fragments.append(_break(style))
        fragments += [_fragment(run, style) for run in runs(line, face)]
    made = Words(None, style, frags=fragments or [_fragment(Run("", name_of(face)), style)])
    made.node = node if lead or body else None
    made.ends = word_ends("".join("\n" if getattr(part, "lineBreak", False) else part.text for part in fragments))
    return made


def _bound(text: str) -> str:
    """Hold an amount together with its currency and unit, so that no line ends between them."""

    def join(found: re.Match[str]) -> str:
        return "\u00a0".join(part for part in found.groups() if part)

    return _AMOUNT.sub(join, text)


def _base(style: ParagraphStyle) -> dict[str, Any]:
    return {"rise": 0, "greek": 0, "link": [], "us_lines": [], "bold": 0, "italic": 0, "fontSize": style.fontSize}


def _fragment(run: Run, style: ParagraphStyle) -> ABag:
    colour: Color = getattr(style, "tokenColor", style.textColor) if run.token else style.textColor
    return ABag(**_base(style), fontName=run.font, textColor=colour, text=run.text)


def _break(style: ParagraphStyle) -> ABag:
    return ABag(**_base(style), fontName=style.fontName, textColor=style.textColor, text="", lineBreak=True)


class _Bidirectional(Words):
    """A paragraph that breaks its lines in reading order before it puts each in drawing order."""

    def __init__(self, style: ParagraphStyle, node: Node, face: Face, logical: str) -> None:
        """Take the text in reading order."""
        self.logical, self.face = logical, face
        self.right = starts_right_to_left(logical)
        turned = self.right and style.alignment == TA_LEFT
        aligned = style.clone(f"{style.name}-rtl", alignment=TA_RIGHT) if turned else style
        super().__init__(None, aligned, frags=[_fragment(Run("", style.fontName), style)])
        self.node = node

    def broken(self, width: float, height: float) -> tuple[float, float]:
        style = self.style
        room = width - style.leftIndent - style.rightIndent
        fragments: list[ABag] = []
        for index, line in enumerate(self._lines(room)):
            if index:
                fragments.append(_break(style))
            shown = visual(line, right_to_left=self.right)
            fragments += [_fragment(run, style) for run in runs(shown, self.face)]
        self.frags = fragments
        self.__dict__.pop("blPara", None)
        return super().broken(width, height)

    def split(self, availWidth: float, availHeight: float) -> list[Paragraph]:  # noqa: N803
        """Split as an ordinary paragraph: the lines are already made."""
        plain = Words(None, self.style, frags=self.frags)
        plain.node = self.node
        plain.wrap(availWidth, availHeight)
        parts: list[Paragraph] = plain.split(availWidth, availHeight)
        return parts

    def _lines(self, room: float) -> Iterator[str]:
        for line in self.logical.split("\n"):
            yield from _wrapped(line, room, lambda part: _width_of(part, self.face, self.style.fontSize))


def _wrapped(line: str, room: float, measure: Callable[[str], float]) -> Iterator[str]:
    """Yield a line in pieces no wider than ``room``, broken at spaces where there is one."""
    current, taken, space = "", 0.0, measure(" ")
    for word in line.split(" "):
        needed = measure(word)
        if current and taken + space + needed <= room:
            current, taken = f"{current} {word}", taken + space + needed
            continue
        if current:
            yield current
        *pieces, current = _cut(word, room, measure) if needed > room else [word]
        yield from pieces
        taken = measure(current) if pieces else needed
    yield current


def _cut(word: str, room: float, measure: Callable[[str], float]) -> list[str]:
    """Return a word in pieces no wider than ``room``, each of one character at least."""
    pieces, rest = [], word
    while len(rest) > 1 and measure(rest) > room:
        cut = next((count for count in range(len(rest) - 1, 1, -1) if measure(rest[:count]) <= room), 1)
        pieces.append(rest[:cut])
        rest = rest[cut:]
    return [*pieces, rest]


def text_width(text: str, face: Face, size: float) -> float:
    """Return the width in points of a cleaned text in drawing order, fallback fonts included."""
    return sum(width(run.text, run.font, size) for run in runs(text, face))


def fitted(text: str, face: Face, size: float, room: float) -> list[Run]:
    """Return a text as runs on one line, cut with an ellipsis where it is wider than ``room`` points."""
    clean = _bound(cleaned(text, face)).replace("\n", " ")
    kept = bisect_right(range(len(clean) + 1), room, key=lambda count: _width_of(_cut_to(clean, count), face, size)) - 1
    shown = _cut_to(clean, max(0, kept))
    return runs(visual(shown, right_to_left=starts_right_to_left(clean)) if is_right_to_left(shown) else shown, face)


def _cut_to(text: str, count: int) -> str:
    return text if count >= len(text) else text[:count].rstrip() + ELLIPSIS


def _width_of(text: str, face: Face, size: float) -> float:
    """Return the width of a text in reading order; turning it round does not change it."""
    return text_width(_reshaper().reshape(text) if is_right_to_left(text) else text, face, size)


def draw_runs(canvas: Any, x: float, y: float, parts: list[Run], size: float) -> float:
    """Draw runs from ``x`` on the baseline ``y`` and return where they end."""
    for run in parts:
        canvas.setFont(run.font, size)
        canvas.drawString(x, y, run.text)
        x += width(run.text, run.font, size)
    return x


def plain(text: str) -> str:
    """Return a text for outlines and metadata: one line, control characters shown as code points."""
    return " ".join(cleaned(text, "regular").split())
