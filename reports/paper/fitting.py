"""Sections before the contents keep to their pages: type gives way, then pictures, before a page is added."""

from __future__ import annotations

from dataclasses import replace

from reportlab.platypus import Flowable
from reportlab.platypus import PageBreak as NewPage

from reports.document import FigureBlock, Section
from reports.paper.blocks import Maker
from reports.paper.style import scaled
from reports.paper.tables import Kept, stacked

_ATTEMPTS = (
    (1.0, True),
    (0.94, True),
    (0.88, True),
    (0.94, False),
    (0.88, False),
    (0.82, False),
    (0.76, False),
)
"""Scale of the type, and whether pictures are kept; body text is 7.1 points at the smallest."""


def front_pages(maker: Maker, number: int, section: Section) -> list[Flowable]:
    """Return a section in the largest type in which each of its pages holds what is meant for it.

    What does not fit in the smallest runs on to another page; the bounds of edited sentences keep it from that.
    """
    flow: list[Flowable] = []
    for scale, pictures in _ATTEMPTS:
        smaller = replace(maker, styles=scaled(maker.styles, scale)) if scale < 1.0 else maker
        flow = smaller.section(number, section if pictures else _without_pictures(section))[1:]
        if all(stacked(page, maker.column) <= maker.height for page in _pages(flow)):
            return flow
        last = maker.root.kids.pop()
    maker.root.kids.append(last)
    return flow


def _without_pictures(section: Section) -> Section:
    return replace(section, blocks=tuple(block for block in section.blocks if not isinstance(block, FigureBlock)))


def _pages(flow: list[Flowable]) -> list[list[Flowable]]:
    """Return the flowables of each page, with what is kept together taken apart."""
    pages: list[list[Flowable]] = [[]]
    for item in flow:
        if isinstance(item, NewPage):
            pages.append([])
        else:
            pages[-1] += item.parts if isinstance(item, Kept) else [item]
    return pages
