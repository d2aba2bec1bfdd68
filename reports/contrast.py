"""Contrast between two colours, as WCAG 2.2 measures it, and the nearest colour that has enough of it."""

from __future__ import annotations

LEAST = 4.5
"""WCAG 2.2, success criterion 1.4.3 (AA): least contrast of text with its ground."""
WHITE = "#FFFFFF"
TEXT = "#1B2733"
"""The dark of running text in every form of the report."""
_STEPS = 256


def luminance(code: str) -> float:
    """Return the relative luminance of ``#rrggbb``, from 0 (black) to 1 (white).

    L = 0.2126 R + 0.7152 G + 0.0722 B with each channel c (of 1) made linear: c / 12.92 up to 0.04045, else
    ((c + 0.055) / 1.055) ** 2.4 (WCAG 2.2, relative luminance).
    """
    red, green, blue = (_linear(value / 255) for value in _channels(code))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """Return the contrast of two colours, from 1 (the same) to 21 (black on white): (L1 + 0.05) / (L2 + 0.05)."""
    darker, lighter = sorted((luminance(first), luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def readable(code: str, ground: str = WHITE) -> bool:
    """Return whether text in a colour has enough contrast with its ground."""
    return contrast(code, ground) >= LEAST


def nearest_passing(code: str, ground: str = WHITE, least: float = LEAST) -> str:
    """Return the lightest shade of a colour, scaled towards black, that has enough contrast on a light ground."""
    for step in range(_STEPS, -1, -1):
        shade = "#" + "".join(f"{round(value * step / _STEPS):02X}" for value in _channels(code))
        if contrast(shade, ground) >= least:
            return shade
    return "#000000"


def _channels(code: str) -> tuple[int, int, int]:
    return int(code[1:3], 16), int(code[3:5], 16), int(code[5:7], 16)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)  # noqa: PLR2004 (WCAG)
