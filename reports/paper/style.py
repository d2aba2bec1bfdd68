"""Type and colour of the pages: one frozen set of styles for each render, so that renders share nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from itertools import product
from types import MappingProxyType
from typing import Any

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle

from reports.contrast import TEXT, readable
from reports.document import Align, Brand
from reports.paper.fonts import Face, name_of

NAVY = "#14335C"
TEAL = "#0B7A80"
INK = TEXT
MUTED = "#52606D"
HAIR = "#C9D3DC"
PALE = "#EEF4F7"
STRIPE = "#F7FAFB"
AMBER = "#8A5A00"
PALE_AMBER = "#FBF3E2"
WHITE = "#FFFFFF"
CELL_SIZE = 8.0
_ALIGN: Mapping[Align, int] = {"left": TA_LEFT, "right": TA_RIGHT, "centre": TA_CENTER}


def colour(code: str) -> Color:
    """Return a colour of the palette."""
    return HexColor(code)


def text_style(name: str, face: Face, size: float, leading: float, code: str = INK, **more: Any) -> ParagraphStyle:
    """Return a paragraph style; long words break, and no line stands alone at the foot or head of a page."""
    style = ParagraphStyle(
        name,
        fontName=name_of(face),
        fontSize=size,
        leading=leading,
        textColor=colour(code),
        splitLongWords=1,
        allowWidows=0,
        allowOrphans=0,
        **more,
    )
    style.tokenColor = colour(PALE_AMBER if code == WHITE else AMBER)
    return style


def _on(ground: str, style: ParagraphStyle) -> ParagraphStyle:
    """Return a style as it is used on a ground: a mark in the text that could not be read there takes its colour."""
    if not readable(AMBER, ground):
        style.tokenColor = style.textColor
    return style


@dataclass(frozen=True)
class Styles:
    """Every style of a report."""

    heading1: ParagraphStyle
    heading2: ParagraphStyle
    heading3: ParagraphStyle
    body: ParagraphStyle
    lead: ParagraphStyle
    small: ParagraphStyle
    quote: ParagraphStyle
    bullet: ParagraphStyle
    caption: ParagraphStyle
    note: ParagraphStyle
    callout_title: ParagraphStyle
    callout: ParagraphStyle
    key_label: ParagraphStyle
    key_value: ParagraphStyle
    cover_title: ParagraphStyle
    cover_text: ParagraphStyle
    cover_label: ParagraphStyle
    cover_name: ParagraphStyle
    cells: Mapping[tuple[Align, bool, bool], ParagraphStyle]
    primary: str = NAVY
    secondary: str = TEAL
    ground: str = PALE

    def cell(self, align: Align, *, head: bool = False, strong: bool = False) -> ParagraphStyle:
        """Return the style of a table cell."""
        return self.cells[align, head, strong]


def _cells(head_code: str, ground: str) -> dict[tuple[Align, bool, bool], ParagraphStyle]:
    """Return the style of a table cell by alignment, head and strong; head cells in the colour of heads."""
    found: dict[tuple[Align, bool, bool], ParagraphStyle] = {}
    for align, side in _ALIGN.items():
        for head, strong in product((False, True), repeat=2):
            face: Face = "bold" if head or strong else "regular"
            code = head_code if head else INK
            style = text_style(f"cell-{align}-{face}", face, CELL_SIZE, 10.6, code, alignment=side)
            found[align, head, strong] = _on(ground if head else WHITE, style)
    return found


def scaled(styles: Styles, scale: float) -> Styles:
    """Return the same styles with type, leading and the space around paragraphs at ``scale`` of their size."""
    names = [item.name for item in fields(styles) if isinstance(getattr(styles, item.name), ParagraphStyle)]
    cells = {key: _smaller(style, scale) for key, style in styles.cells.items()}
    return replace(
        styles,
        **{name: _smaller(getattr(styles, name), scale) for name in names},
        cells=MappingProxyType(cells),
    )


def _smaller(style: ParagraphStyle, scale: float) -> ParagraphStyle:
    names = ("fontSize", "leading", "spaceBefore", "spaceAfter")
    sizes = {name: getattr(style, name) * scale for name in names}
    made = ParagraphStyle(f"{style.name}-{scale:g}", parent=style, **sizes)
    made.tokenColor = style.tokenColor
    return made


def make_styles(brand: Brand | None = None) -> Styles:
    """Return the styles of one render, in the colours of a brand where it has any.

    A light second colour is the ground of table heads and of the decision; small headings then take the main colour.
    On any ground the main colour gives way to that of running text where it could not be read.
    """
    given = brand or Brand()
    primary, ground = given.primary or NAVY, given.ground or PALE
    secondary = primary if given.ground else given.secondary or TEAL
    on_ground = primary if readable(primary, ground) else INK
    return Styles(
        primary=primary,
        secondary=secondary,
        ground=ground,
        cells=MappingProxyType(_cells(on_ground, ground)),
        heading1=text_style("h1", "bold", 19, 24, primary, spaceBefore=22, spaceAfter=10),
        heading2=text_style("h2", "bold", 12.5, 16, primary, spaceBefore=12, spaceAfter=4),
        heading3=text_style("h3", "bold", 10, 13.5, secondary, spaceBefore=9, spaceAfter=3),
        body=text_style("body", "regular", 9.3, 13.4, spaceAfter=6),
        lead=text_style("lead", "regular", 10.6, 15.2, spaceAfter=8),
        small=text_style("small", "regular", 8, 11, MUTED, spaceAfter=6),
        quote=text_style("quote", "regular", 8.8, 12.4, spaceAfter=4),
        bullet=text_style("bullet", "regular", 9.3, 13.4, leftIndent=0),
        caption=text_style("caption", "bold", 9, 12, INK),
        note=text_style("note", "regular", 7.6, 10.2, MUTED),
        callout_title=_on(ground, text_style("callout-title", "bold", 14, 18, on_ground, spaceAfter=3)),
        callout=_on(ground, text_style("callout", "regular", 10.4, 15)),
        key_label=text_style("key-label", "regular", 7.6, 10, MUTED),
        key_value=text_style("key-value", "bold", 17, 22, primary),
        cover_title=text_style("cover-title", "bold", 25, 31, WHITE, spaceAfter=10),
        cover_text=text_style("cover-text", "regular", 11.5, 16.5, WHITE, spaceAfter=6),
        cover_label=text_style("cover-label", "bold", 10, 14, AMBER),
        cover_name=text_style("cover-name", "bold", 11.5, 15, primary, spaceAfter=4),
    )
