"""Whose page it is: colours for light and dark, logo, name and words, and the mark of a draft."""

from __future__ import annotations

import base64

from reports.contrast import LEAST, contrast
from reports.document import Brand, Document
from reports.logo import logo_size
from reports.web.nodes import Node, element, lines

_DARK_GROUND = "#17202B"
"""The lightest ground of the dark page; what is read on it is read on the darker one as well."""
_MAIN = "#14335C"
"""The main colour of a page without a brand."""
_STEPS = 256
_WHITE = 255


def brand_rules(brand: Brand) -> str:
    """Return the rules of a brand's two colours, each lightened for a dark screen; nothing without colours.

    A light second colour is a ground, on a dark screen the page's own; small headings then take the main colour.
    """
    names = {"brand": brand.primary, "second": brand.secondary}
    light = " ".join(f"--{name}: {code};" for name, code in names.items() if code)
    if not light:
        return ""
    texts = {**names, "second": (brand.primary or _MAIN) if brand.ground else brand.secondary}
    dark = " ".join(f"--{name}-text: {on_dark(code)};" for name, code in texts.items() if code)
    plain = " ".join(f"--{name}-text: {code};" for name, code in texts.items() if code)
    if brand.ground:
        plain, dark = f"{plain} --fill: {brand.ground};", f"{dark} --fill: var(--pale);"
    return f":root {{ {light} {plain} }}\n@media screen and (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}\n"


def on_dark(code: str) -> str:
    """Return the darkest tint of ``#rrggbb``, mixed with white, that can be read on the page's dark ground."""
    channels = [int(code[at : at + 2], 16) for at in (1, 3, 5)]
    for step in range(_STEPS + 1):
        tint = "#" + "".join(f"{round(value + (_WHITE - value) * step / _STEPS):02X}" for value in channels)
        if contrast(tint, _DARK_GROUND) >= LEAST:
            return tint
    return "#FFFFFF"


def brand_marks(brand: Brand) -> Node | None:
    """Return logo, name and words of a brand; None where it has none of them."""
    logo = _logo(brand) if brand.logo else None
    name = element("p", brand.name, class_="brand-name", dir="auto") if brand.name else None
    words = element("p", *lines(brand.cover_text), dir="auto") if brand.cover_text else None
    return element("div", logo, name, words, class_="brand") if logo or name or words else None


def _logo(brand: Brand) -> Node:
    across, down = logo_size(brand.logo)
    picture = {
        "src": "data:image/png;base64," + base64.b64encode(brand.logo).decode("ascii"),
        "alt": f"Logo of {brand.name}" if brand.name else "Logo",
        "width": str(across),
        "height": str(down),
    }
    return element("p", Node("img", picture), class_="logo")


def draft_mark(document: Document) -> Node | None:
    """Return the mark of a draft, which stays in sight and stands on every printed page; None for a final report."""
    if not document.draft:
        return None
    mark = element("p", element("strong", "DRAFT"), " ", document.draft)
    return element("aside", mark, class_="draft", aria_label="Draft")
