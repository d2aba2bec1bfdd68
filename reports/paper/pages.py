"""Pages: cover, contents, running header and footer, outline."""

from __future__ import annotations

from typing import Any, BinaryIO

from reportlab.platypus import BaseDocTemplate, Flowable, Frame, IndexingFlowable, PageTemplate

from models.watching import Watch
from reports.document import Document
from reports.paper.blocks import Mark
from reports.paper.brand import draw_draft
from reports.paper.fonts import name_of, width
from reports.paper.style import HAIR, INK, MUTED, NAVY, TEAL, Styles, colour
from reports.paper.tables import Grid
from reports.paper.tags import Node
from reports.paper.text import cleaned, draw_runs, fitted, text_width

MARGIN = 54.0
TOP = 66.0
BOTTOM = 62.0
COVER_BAND = 0.46
_RUNNING = 7.5
_BAND_PADDING = 40.0
_GUESSED, _USUAL_PASSES = 80, 2
"""Pages of a report and passes over them, for the progress before either is known."""


_CLOSEST = 0.6
"""The least share of their height that entries of the contents are set at: 8.8 points of text on 8.7."""


class Contents(IndexingFlowable):  # type: ignore[misc]
    """The contents page: what the pass before found, until two passes agree."""

    def __init__(self, node: Node, styles: Styles, column: float) -> None:
        """Start empty; the first pass fills it."""
        super().__init__()
        self.node = node
        self.styles, self.column = styles, column
        self.shown: list[tuple[Mark, int]] = []
        self.found: list[tuple[Mark, int]] = []

    def beforeBuild(self) -> None:  # noqa: N802
        """Show what the last pass found and gather again."""
        self.shown, self.found = self.found, []
        self.node.kids.clear()
        self.parts = _entries(self.node, [mark for mark, _ in self.shown])

    def isSatisfied(self) -> bool:  # noqa: N802
        """Return whether this pass found what it shows."""
        return self.shown == self.found

    def notify(self, kind: str, stuff: Any) -> None:
        """Gather a heading and its page."""
        if kind == "heading":
            self.found.append(stuff)

    def _grid(self, room: float) -> Grid:
        """Return the entries, closer together where that puts all of them on one page of ``room`` points."""
        lines: list[list[Any]] = [
            [Entry(mark, page, node, self.column, self.styles.primary)]
            for (mark, page), node in zip(self.shown, self.parts, strict=True)
        ] or [[""]]
        entries = [line[0] for line in lines if isinstance(line[0], Entry)]
        scale = (room - 1.0) / max(1.0, sum(entry.height for entry in entries))
        if _CLOSEST <= scale < 1.0:
            for entry in entries:
                entry.height *= scale
        padding: list[tuple[Any, ...]] = [("FONTNAME", (0, 0), (-1, -1), name_of("regular"))]
        padding += [
            (side, (0, 0), (-1, -1), 0) for side in ("LEFTPADDING", "RIGHTPADDING", "TOPPADDING", "BOTTOMPADDING")
        ]
        return Grid(lines, colWidths=[self.column], style=padding, hAlign="LEFT")

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Lay the entries out."""
        self.grid = self._grid(height)
        size: tuple[float, float] = self.grid.wrapOn(self.canv, width, height)
        return size

    def split(self, width: float, height: float) -> list[Flowable]:
        """Let entries run on to another page."""
        parts: list[Flowable] = self._grid(height).splitOn(self.canv, width, height)
        return parts

    def drawOn(self, canvas: Any, x: float, y: float, _sW: float = 0) -> None:  # noqa: N802, N803
        """Draw the entries."""
        self.grid.drawOn(canvas, x, y, _sW)


def _entries(whole: Node, marks: list[Mark]) -> list[Node]:
    """Return the link of each entry; those of a section's headings stand below that of the section."""
    links, section = list[Node](), whole
    for mark in marks:
        if mark.level == 0:
            section = entry = whole.add("TOCI")
        else:
            if section.role == "TOCI" and not (section.kids and section.kids[-1].role == "TOC"):
                section.add("TOC")
            entry = section.kids[-1].add("TOCI")
        links.append(entry.add("Reference").add("Link"))
    return links


class Entry(Flowable):  # type: ignore[misc]
    """One line of the contents: text, leader, page, and a link over all of it."""

    def __init__(self, mark: Mark, page: int, node: Node, column: float, strong: str = NAVY) -> None:
        """Keep what is to be drawn."""
        super().__init__()
        self.strong = strong
        self.mark, self.page, self.node = mark, page, node
        self.width, self.height = column, 21.0 if mark.level == 0 else 14.5

    def wrap(self, *_available: Any) -> tuple[float, float]:
        """Return the size of the line."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw the line."""
        canvas, top = self.canv, self.mark.level == 0
        if canvas.blank:
            return
        face, size, indent = ("bold", 9.8, 0.0) if top else ("regular", 8.8, 17.0)
        canvas.setFillColor(colour(self.strong if top else INK))
        shown = fitted(self.mark.text, face, size, self.width - indent - 50)  # type: ignore[arg-type]
        if "".join(run.text for run in shown) != self.mark.text:  # cut, or turned round
            self.node.said = f"{self.mark.text} {self.page}"
        with canvas.part(self.node):
            end = draw_runs(canvas, indent, 4, shown, size)
        with canvas.part(self.node):
            canvas.setFont(name_of(face), size)  # type: ignore[arg-type]
            canvas.drawRightString(self.width, 4, str(self.page))
        with canvas.artifact():
            canvas.setStrokeColor(colour(HAIR))
            canvas.setDash(0.5, 2.5)
            canvas.setLineWidth(0.5)
            canvas.line(end + 8, 6, self.width - 26, 6)
            canvas.setDash()
        where = f"{self.mark.text}, page {self.page}"
        canvas.link(self.node, where, self.mark.key, (0, 0, self.width, self.height))


class PageCount(IndexingFlowable):  # type: ignore[misc]
    """Asks for another pass until the number of pages printed is the number of pages there are."""

    def __init__(self, template: Pages) -> None:
        """Watch a template."""
        super().__init__()
        self.template = template

    def isSatisfied(self) -> bool:  # noqa: N802
        """Return whether the count printed was right."""
        return self.template.total == self.template.counted

    def wrap(self, *_available: Any) -> tuple[float, float]:
        """Take no room."""
        return 0, 0

    def draw(self) -> None:
        """Draw nothing."""


class Pages(BaseDocTemplate):  # type: ignore[misc]
    """The templates of one render; every pass starts from the document alone."""

    def __init__(self, target: BinaryIO, document: Document, size: tuple[float, float], watch: Watch) -> None:
        """Prepare cover and body pages of a size in points; each page that is laid out is told to ``watch``."""
        self.document, self.total, self.counted = document, 0, 0
        self.passed, self.watch = -1, watch
        across, height = size
        super().__init__(
            target,
            pagesize=size,
            title=_metadata(document.title),
            author=_metadata(document.author),
            subject=_metadata(document.subject),
            creator="Sixstep",
            producer="Sixstep",
            lang=document.language,
            invariant=1,
            displayDocTitle=True,
            initialFontName=name_of("regular"),
            allowSplitting=1,
            pageCompression=0,  # what is written is compressed when it is saved
        )
        self.column, self.room = across - 2 * MARGIN, height - TOP - BOTTOM
        self.running = (
            fitted(document.title, "regular", _RUNNING, self.column * 0.62),
            fitted(document.subject, "regular", _RUNNING, self.column * 0.34),
        )
        cover = Frame(MARGIN, BOTTOM, self.column, height - BOTTOM - _BAND_PADDING, 0, 0, 0, 0, id="cover")
        body = Frame(MARGIN, BOTTOM, self.column, self.room, 0, 0, 0, 0, id="body")
        self.addPageTemplates(
            [
                PageTemplate("cover", [cover], onPage=self._cover, pagesize=size),
                PageTemplate("body", [body], onPage=self._body, pagesize=size),
            ]
        )

    def beforeDocument(self) -> None:  # noqa: N802
        """Print the count of the last pass and count again."""
        self.total, self.counted = self.counted, 0
        self.passed += 1
        self.canv.blank = not self.total  # the pages are counted first

    def afterPage(self) -> None:  # noqa: N802
        """Count a finished page; the first pass does not know yet how many there will be."""
        self.counted += 1
        share = min(1.0, self.counted / (self.total or _GUESSED))
        self.watch.step(min(1.0, (self.passed + share) / _USUAL_PASSES))

    def afterFlowable(self, flowable: Any) -> None:  # noqa: N802
        """Enter a heading in the outline and the contents."""
        mark = getattr(flowable, "mark", None)
        if mark is not None:
            self.canv.bookmarkPage(mark.key)
            self.canv.addOutlineEntry(mark.text, mark.key, mark.level, closed=mark.level == 0)
            self.notify("heading", (mark, self.page))

    def _cover(self, canvas: Any, _template: Any) -> None:
        across, height = self.pagesize
        canvas.saveState()
        with canvas.artifact():
            draw_draft(canvas, self.pagesize, self.document.draft)
            canvas.setFillColor(colour(self.document.brand.primary or NAVY))
            canvas.rect(0, height * (1 - COVER_BAND), across, height * COVER_BAND, stroke=0, fill=1)
            canvas.setFillColor(colour(self.document.brand.secondary or TEAL))
            canvas.rect(0, height * (1 - COVER_BAND) - 5, across, 5, stroke=0, fill=1)
        with canvas.artifact("Pagination"):
            self._footer(canvas)
        canvas.restoreState()

    def _body(self, canvas: Any, _template: Any) -> None:
        across, height = self.pagesize
        canvas.saveState()
        with canvas.artifact():
            draw_draft(canvas, self.pagesize, self.document.draft)
        with canvas.artifact("Pagination"):
            canvas.setFillColor(colour(MUTED))
            title, subject = self.running
            draw_runs(canvas, MARGIN, height - 40, title, _RUNNING)
            draw_runs(canvas, across - MARGIN - _width(subject), height - 40, subject, _RUNNING)
            canvas.setStrokeColor(colour(HAIR))
            canvas.setLineWidth(0.5)
            canvas.line(MARGIN, height - 47, across - MARGIN, height - 47)
            self._footer(canvas)
        canvas.restoreState()

    def _footer(self, canvas: Any) -> None:
        across, base = self.pagesize[0], 36
        canvas.setStrokeColor(colour(HAIR))
        canvas.setLineWidth(0.5)
        canvas.line(MARGIN, base + 11, across - MARGIN, base + 11)
        canvas.setFillColor(colour(MUTED))
        count = f"Page {self.page} of {self.total or self.page}"
        right = across - MARGIN - text_width(count, "regular", _RUNNING)
        draw_runs(canvas, right, base, fitted(count, "regular", _RUNNING, self.column), _RUNNING)
        stamp = fitted(self.document.stamp, "regular", _RUNNING, self.column * 0.36)
        end = draw_runs(canvas, MARGIN, base, stamp, _RUNNING)
        if self.document.label:
            canvas.setFillColor(colour("#8A5A00"))
            label = fitted(self.document.label, "bold", _RUNNING, right - end - 24)
            draw_runs(canvas, end + (right - end - _width(label)) / 2, base, label, _RUNNING)


def _width(parts: list[Any]) -> float:
    return sum(width(run.text, run.font, _RUNNING) for run in parts)


def _metadata(text: str) -> str:
    return " ".join(cleaned(text, "regular").split())
