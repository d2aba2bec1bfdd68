"""A document as PDF: vectors, embedded fonts, and the same bytes for the same document."""

from __future__ import annotations

import io
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Literal

import pikepdf
from reportlab.lib.pagesizes import A4, letter
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, NextPageTemplate, PageBreak, Spacer

from reports.document import Brand, Cover, Document
from reports.paper.blocks import Maker
from reports.paper.brand import cover_marks
from reports.paper.fonts import name_of, register
from reports.paper.pages import COVER_BAND, Contents, PageCount, Pages
from reports.paper.style import HAIR, Styles, colour, make_styles
from reports.paper.tables import Grid
from reports.paper.text import paragraph

PageSize = Literal["a4", "letter"]
SIZES: Mapping[PageSize, tuple[float, float]] = MappingProxyType({"a4": A4, "letter": letter})
_COVER_TOP = 64
_COVER_SCALES = (0.8, 0.65, 0.5, 0.4)
_MOST_PASSES = 8


def render_pdf(document: Document, *, page_size: PageSize = "a4") -> bytes:
    """Return a document as PDF.

    Renders share nothing that changes, so any number may run at once; no file is written and no clock is read.

    Args:
        document: the description, from :func:`reports.describe.describe`.
        page_size: ``a4`` or ``letter``.
    """
    register()
    target = io.BytesIO()
    pages = Pages(target, document, SIZES[page_size])
    pages.multiBuild(story(document, pages, make_styles(document.brand)), maxPasses=_MOST_PASSES)
    return without_date(target)


def without_date(raw: io.BytesIO) -> bytes:
    """Return the file without dates and with an identifier made from its content alone.

    ReportLab writes a date even when told to be invariant, and takes it from the environment where one is set there.
    """
    fixed = io.BytesIO()
    raw.seek(0)
    with pikepdf.open(raw) as pdf:
        for name in ("/CreationDate", "/ModDate"):
            del pdf.docinfo[name]
        del pdf.trailer.ID  # made from the date too
        pdf.save(fixed, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return fixed.getvalue()


def story(document: Document, pages: Pages, styles: Styles) -> list[Flowable]:
    """Return everything that is drawn, in order."""
    maker = Maker(styles, pages.column, pages.room)
    flow = [*_cover(document.cover, document.brand, pages, styles), NextPageTemplate("body"), PageBreak()]
    flow += [paragraph("Contents", styles.heading1, "bold"), Contents(styles, pages.column)]
    for number, section in enumerate(document.sections, 1):
        parts = maker.section(number, section)
        flow += [PageBreak(), *parts[1:]] if number == 1 else parts
    return [*flow, PageCount(pages)]


def _cover(cover: Cover, brand: Brand, pages: Pages, styles: Styles) -> list[Flowable]:
    """Return the cover: title and organisation on the band, the facts below it."""
    band = pages.pagesize[1] * COVER_BAND - 40
    room = band - _COVER_TOP - 20
    head, taken = _cover_head(cover, pages, styles, 1.0)
    for scale in _COVER_SCALES:
        if taken <= room:
            break
        head, taken = _cover_head(cover, pages, styles, scale)
    space = max(0.0, band - _COVER_TOP - taken - 20)
    flow: list[Flowable] = [Spacer(1, _COVER_TOP), *head, Spacer(1, space + 52)]
    flow += cover_marks(brand, styles)
    if cover.label:
        flow += [paragraph(cover.label, styles.cover_label, "bold"), Spacer(1, 14)]
    return [*flow, _facts(cover, pages, styles)] if cover.lines else flow


def _cover_head(cover: Cover, pages: Pages, styles: Styles, scale: float) -> tuple[list[Flowable], float]:
    """Return title, organisation and subtitle at ``scale``, and the height in points that they take."""
    title, text = (_scaled(style, scale) for style in (styles.cover_title, styles.cover_text))
    head: list[Flowable] = [paragraph(cover.title, title, "bold")]
    if cover.organisation and cover.organisation != cover.title:
        head.append(paragraph(cover.organisation, text))
    head.append(paragraph(cover.subtitle, text))
    return head, sum(item.wrap(pages.column, pages.pagesize[1])[1] + item.getSpaceAfter() for item in head)


def _scaled(style: ParagraphStyle, scale: float) -> ParagraphStyle:
    sized = {"fontSize": style.fontSize * scale, "leading": style.leading * scale}
    return ParagraphStyle(f"{style.name}-{scale:g}", parent=style, **sized)


def _facts(cover: Cover, pages: Pages, styles: Styles) -> Grid:
    rows = [[paragraph(label, styles.small), paragraph(text, styles.body)] for label, text in cover.lines]
    look: list[tuple[Any, ...]] = [
        ("FONTNAME", (0, 0), (-1, -1), name_of("regular")),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ]
    look += [("LINEBELOW", (0, 0), (-1, -1), 0.4, colour(HAIR))]
    return Grid(rows, colWidths=[pages.column * 0.2, pages.column * 0.8], style=look, hAlign="LEFT")
