"""What a figure of the cost model is called on a page: by its title alone.

In the terminal and in files the title is followed by the figure's symbol, which is what is typed there. A page asks for
nothing by its symbol, so it shows none.
"""

from __future__ import annotations

import re

from reports.formulas import written_symbol
from views.access import workspace

_IN_BRACKETS = re.compile(r" \(([^\s(),]+)(?:, ([^()]*))?\)")
"""A symbol in brackets, alone or with its unit."""


def without_symbols(text: str) -> str:
    """Return a text in which every title of a figure stands without the symbol that follows it; a unit stays."""
    if "(" not in text:
        return text
    known = workspace().library.parameters.by_symbol.items()

    def worded(found: re.Match[str]) -> str:
        called = (item.title for symbol, item in known if found[1] in {symbol, written_symbol(symbol)})
        if not any(text[: found.start()].removesuffix("”").endswith(title) for title in called):
            return found[0]
        return f" ({found[2]})" if found[2] else ""

    return _IN_BRACKETS.sub(worded, text)
