"""The fonts that travel with the product, and which of them draws a character."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from threading import Lock
from types import MappingProxyType
from typing import Any, Literal

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from reports.vectors import FONTS

Face = Literal["regular", "bold", "italic"]
_LOCK = Lock()
_KEPT_WIDTHS = 32_768
_FIRST: Mapping[Face, tuple[str, str]] = MappingProxyType(
    {
        "regular": ("NotoSans", "NotoSans-Regular.ttf"),
        "bold": ("NotoSans-Bold", "NotoSans-Bold.ttf"),
        "italic": ("NotoSans-Italic", "NotoSans-Italic.ttf"),
    }
)
_SECOND: Mapping[Face, tuple[str, str]] = MappingProxyType(
    {
        "regular": ("DejaVuSans", "DejaVuSans.ttf"),
        "bold": ("DejaVuSans-Bold", "DejaVuSans-Bold.ttf"),
        "italic": ("DejaVuSans", "DejaVuSans.ttf"),
    }
)


class Measured(TTFont):  # type: ignore[misc]
    """A font that adds up the widths of a text's characters once, since layout asks for the same words many times."""

    def __init__(self, name: str, path: str) -> None:
        """Read the font."""
        super().__init__(name, path)
        self.units = lru_cache(maxsize=_KEPT_WIDTHS)(self._units)

    def stringWidth(self, text: Any, size: float, encoding: str = "utf-8") -> float:  # noqa: N802
        """Return the width of a text in points: its thousandths of the size, times the size."""
        said = text if isinstance(text, str) else text.decode(encoding)
        return 0.001 * size * self.units(said)

    def _units(self, text: str) -> float:
        widths, other = self.face.charWidths, self.face.defaultWidth
        return float(sum(widths.get(ord(character), other) for character in text))


def register() -> None:
    """Make the fonts known to ReportLab; safe to call from any thread, and only the first call does anything."""
    with _LOCK:
        _registered()


@lru_cache(maxsize=1)
def _registered() -> Mapping[str, frozenset[int]]:
    """Register each font once and return the code points that it draws."""
    coverage = {}
    for name, file in {*_FIRST.values(), *_SECOND.values()}:
        font = Measured(name, str(FONTS / file))
        pdfmetrics.registerFont(font)
        coverage[name] = frozenset(font.face.charToGlyph)
    return MappingProxyType(coverage)


def name_of(face: Face) -> str:
    """Return the ReportLab name of a face."""
    return _FIRST[face][0]


@lru_cache(maxsize=16_384)
def font_for(character: str, face: Face) -> str | None:
    """Return the font that draws a character, the fallback where the first has no glyph; None for neither."""
    coverage, code = _registered(), ord(character)
    return next((name for name in (_FIRST[face][0], _SECOND[face][0]) if code in coverage[name]), None)


def width(text: str, font: str, size: float) -> float:
    """Return the width of a text in points."""
    return float(pdfmetrics.stringWidth(text, font, size))
