"""Text that somebody typed, as text: nothing in it becomes a link, a heading, a colour, a formula or a picture."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

JOINER = "\N{WORD JOINER}"
"""Word joiner: no width, no break. It parts what Streamlit would still replace after its Markdown has been read."""
KEPT_SPACE = "\N{NO-BREAK SPACE}"
_WHOLE = re.compile(
    r"(?<=\d) (?=[kMB]\b|%|\(\d+%\))|(?<=[\d%]) (?=/ )|(?<= /) (?=Q?\d)|(?<=\b[Ll]evel) (?=\d)|(?<=\bmonth) (?=\d)"
    r"|(?<=\b[A-Z]{3}) (?=[+\N{MINUS SIGN}]?\d)"
)
_SPAN = re.compile(r"(?<=\d\N{EN DASH})(?=\d)")
_SPECIAL = re.compile(r"([\\`*_\[\]<>$~|^{}])")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_OPENING = re.compile(r"^(?:([#+=-])|(\d+)([.)]))")
_IN_ADDRESS = ":/?#@!$&'()*+,;=%-._~[]"
"""What stands as it is in the target of a link; anything else, as an angle bracket or a quote, is written as %xx."""
_PARTED = (
    (re.compile(r":(?=[\w+/-])"), f":{JOINER}"),  # :red[..], :smile:, :100:, https://
    (re.compile(r"(?i)\b(www)\."), rf"\1{JOINER}."),
    (re.compile(r"@(?=\w)"), f"@{JOINER}"),
    (re.compile(r"-(?=[->])"), f"-{JOINER}"),  # --, ->
    (re.compile(r"([<>~])([=-])"), rf"\1{JOINER}\2"),  # <-, <=, >=, ~=
)


def plain(text: str) -> str:
    """Return Markdown that shows ``text`` as it was typed, on one line."""
    line = " ".join(text.split())
    for pattern, parted in _PARTED:
        line = pattern.sub(parted, line)
    line = _ENTITY.sub(r"\\&", _SPECIAL.sub(r"\\\1", line))
    return _OPENING.sub(lambda found: f"{found[2] or ''}\\{found[1] or found[3]}", line)


def kept(text: str) -> str:
    """Return a text in which a figure keeps its currency, thousands, per cent or level, and a range both its ends."""
    return _SPAN.sub(JOINER, _WHOLE.sub(KEPT_SPACE, text))


def linked(text: str) -> str:
    """Return Markdown that shows ``text`` as it was typed, as a link where it is a web address and nothing else."""
    address = text.strip()
    return f"[{plain(address)}](<{quote(address, safe=_IN_ADDRESS)}>)" if _is_web(address) else plain(text)


def _is_web(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and not any(map(str.isspace, text))
