"""A document as PDF/UA-1 and PDF/A-2a: vectors, embedded fonts, tags, and the same bytes for the same document."""

from __future__ import annotations

import io
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Literal

import pikepdf
from reportlab.lib.pagesizes import A4, letter
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, NextPageTemplate, PageBreak, Spacer

from models.watching import Steps, Watch
from reports.document import Brand, Cover, Document
from reports.paper.archive import saved, write_colours, write_glyph_meanings, write_identity
from reports.paper.blocks import Maker
from reports.paper.brand import cover_marks
from reports.paper.fitting import front_pages
from reports.paper.fonts import name_of, register
from reports.paper.pages import COVER_BAND, Contents, PageCount, Pages
from reports.paper.structure import write_structure
from reports.paper.style import HAIR, Styles, colour, make_styles
from reports.paper.tables import Grid
from reports.paper.tags import Node, TaggedCanvas
from reports.paper.text import paragraph

PageSize = Literal["a4", "letter"]
SIZES: Mapping[PageSize, tuple[float, float]] = MappingProxyType({"a4": A4, "letter": letter})
_COVER_TOP = 64
_COVER_SCALES = (0.8, 0.65, 0.5, 0.4)
_MOST_PASSES = 8
_DRAWN, _LAID_OUT = 0.6, 0.95
"""Shares of the time at which the charts are drawn and the pages laid out; measured on the worked example."""


def render_pdf(document: Document, *, page_size: PageSize = "a4", watch: Watch | None = None) -> bytes:
    """Return a document as PDF.

    Renders share nothing that changes, so any number may run at once; no file is written and no clock is read.

    Args:
        document: the description, from :func:`reports.describe.describe`.
        page_size: ``a4`` or ``letter``.
        watch: who follows it, chart by chart and then page by page.

    Raises:
        StoppedError: when who follows said so.
    """
    register()
    watch, target, root = watch or Watch(), io.BytesIO(), Node("Document")
    pages = Pages(target, document, SIZES[page_size], watch.part(_DRAWN, _LAID_OUT))
    charts = Steps(watch.part(0.0, _DRAWN), len(document.figures()))
    flow = story(document, root, pages, make_styles(document.brand), charts)
    pages.multiBuild(flow, maxPasses=_MOST_PASSES, canvasmaker=TaggedCanvas)
    watch.step(_LAID_OUT)
    return finished(target, document, root, pages.canv)


def finished(raw: io.BytesIO, document: Document, root: Node, canvas: TaggedCanvas) -> bytes:
    """Return the file with its tags and metadata.

    Args:
        raw: the file as ReportLab wrote it.
        document: what is in it.
        root: the tree of its parts.
        canvas: what it was drawn on.
    """
    raw.seek(0)
    with pikepdf.open(raw) as pdf:
        add_tags(pdf, document, root, canvas)
        return saved(pdf)


def add_tags(pdf: pikepdf.Pdf, document: Document, root: Node, canvas: TaggedCanvas) -> None:
    """Add to a file what PDF/UA-1 and PDF/A-2a ask for and ReportLab does not write."""
    write_structure(pdf, root, canvas.places)
    write_colours(pdf)
    write_glyph_meanings(pdf)
    write_identity(pdf, document.language)


def story(document: Document, root: Node, pages: Pages, styles: Styles, charts: Steps) -> list[Flowable]:
    """Return everything that is drawn, in order, and hang its parts below ``root``; each chart is a step of it."""
    maker = Maker(root, styles, pages.column, pages.room, charts)
    cover = _cover(document.cover, document.brand, root.add("Sect"), pages, styles)
    flow = [*cover, NextPageTemplate("body"), PageBreak()]
    numbered = list(enumerate(document.sections, 1))
    for number, section in numbered:
        if section.front:
            flow += [*front_pages(maker, number, section), PageBreak()]
    listed = root.add("Sect")
    flow += [paragraph("Contents", styles.heading1, listed.add("H1"), "bold")]
    flow += [Contents(listed.add("TOC"), styles, pages.column), PageBreak()]
    rest = [maker.section(number, section) for number, section in numbered if not section.front]
    flow += [item for parts in rest[:1] for item in parts[1:]] + [item for parts in rest[1:] for item in parts]
    return [*flow, PageCount(pages)]


def _cover(cover: Cover, brand: Brand, part: Node, pages: Pages, styles: Styles) -> list[Flowable]:
    """Return the cover: title and organisation on the band, the facts below it."""
    band = pages.pagesize[1] * COVER_BAND - 40
    room = band - _COVER_TOP - 20
    title = part.add("Div")
    head, taken = _cover_head(cover, title, pages, styles, 1.0)
    for scale in _COVER_SCALES:
        if taken <= room:
            break
        head, taken = _cover_head(cover, title, pages, styles, scale)
    space = max(0.0, band - _COVER_TOP - taken - 20)
    flow: list[Flowable] = [Spacer(1, _COVER_TOP), *head, Spacer(1, space + 52)]
    flow += cover_marks(brand, part, styles)
    if cover.label:
        flow += [paragraph(cover.label, styles.cover_label, part.add("P"), "bold"), Spacer(1, 14)]
    return [*flow, _facts(cover, part, pages, styles)] if cover.lines else flow


def _cover_head(cover: Cover, part: Node, pages: Pages, styles: Styles, scale: float) -> tuple[list[Flowable], float]:
    """Return title, organisation and subtitle at ``scale``, and the height in points that they take."""
    part.kids.clear()
    title, text = (_scaled(style, scale) for style in (styles.cover_title, styles.cover_text))
    head: list[Flowable] = [paragraph(cover.title, title, part.add("P"), "bold")]
    if cover.organisation and cover.organisation != cover.title:
        head.append(paragraph(cover.organisation, text, part.add("P")))
    head.append(paragraph(cover.subtitle, text, part.add("P")))
    return head, sum(item.wrap(pages.column, pages.pagesize[1])[1] + item.getSpaceAfter() for item in head)


def _scaled(style: ParagraphStyle, scale: float) -> ParagraphStyle:
    sized = {"fontSize": style.fontSize * scale, "leading": style.leading * scale}
    return ParagraphStyle(f"{style.name}-{scale:g}", parent=style, **sized)


def _facts(cover: Cover, part: Node, pages: Pages, styles: Styles) -> Grid:
    whole, rows = part.add("Table"), []
    for label, text in cover.lines:
        row = whole.add("TR")
        head = paragraph(label, styles.small, row.add("TH", scope="Row"))
        rows.append([head, paragraph(text, styles.body, row.add("TD"))])
    look: list[tuple[Any, ...]] = [
        ("FONTNAME", (0, 0), (-1, -1), name_of("regular")),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ]
    look += [("LINEBELOW", (0, 0), (-1, -1), 0.4, colour(HAIR))]
    return Grid(rows, colWidths=[pages.column * 0.2, pages.column * 0.8], style=look, hAlign="LEFT")
