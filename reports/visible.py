"""Text as every form but the PDF shows it: what cannot be seen is named by its code point, and nothing is dropped."""

from __future__ import annotations

import unicodedata

_FORMAT = frozenset(chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
_SPACES = frozenset("\t\u2028\u2029\u0085")
_UNPAIRED = "Cs"


def visible(text: str) -> str:
    """Return a text without control characters, unpaired surrogates and direction overrides.

    Each stands as its code point in brackets, ``[U+0007]``. Line breaks are kept as one line feed; a tab and the other
    separators become a space.
    """
    whole = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(map(_seen, whole))


def one_line(text: str) -> str:
    """Return a text as :func:`visible` shows it, on one line with single spaces."""
    return " ".join(visible(text).split())


def _seen(character: str) -> str:
    if character == "\n":
        return character
    if character in _SPACES:
        return " "
    if character in _FORMAT or unicodedata.category(character) in {"Cc", _UNPAIRED} or _is_no_character(character):
        return f"[U+{ord(character):04X}]"
    return character


def _is_no_character(character: str) -> bool:
    """Return whether XML refuses the code point although it is neither a control nor a surrogate."""
    return ord(character) & 0xFFFE == 0xFFFE  # noqa: PLR2004 - U+FFFE and U+FFFF of every plane
