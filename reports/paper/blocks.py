"""From blocks of a document to ReportLab flowables, with no heading left alone at the foot of a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from reportlab.platypus import ActionFlowable, CondPageBreak, Flowable
from reportlab.platypus import PageBreak as NewPage
from reportlab.platypus import Paragraph as Text

from models.watching import Steps
from reports.document import (
    Block,
    Bullets,
    Callout,
    FigureBlock,
    Heading,
    KeyFigures,
    PageBreak,
    Paragraph,
    Section,
    Table,
    Together,
)
from reports.paper.charts import VectorFigure
from reports.paper.style import Styles
from reports.paper.tables import Grid, Kept, bullets, callout, key_figures, table
from reports.paper.tags import Node
from reports.paper.text import is_right_to_left, paragraph, plain

_LEAST_SHARE = 0.3
_NEW_PAGE_SHARE = 0.55
_LED_SHARE = 0.25
_MOST_SHARE = 0.9
_LEAST_LINES = 3
_LISTED = 2
_HIGH = 1e6
_LED_BY_TEXT = 0.3


def _leads(blocks: tuple[Block, ...], index: int) -> bool:
    """Return whether a block is a paragraph with a list after it."""
    return isinstance(blocks[index], Paragraph) and any(isinstance(later, Bullets) for later in blocks[index + 1 :][:1])


@dataclass(frozen=True)
class Mark:
    """What an outline and a contents page say of a heading."""

    level: int
    text: str
    key: str


@dataclass(frozen=True)
class Maker:
    """Makes flowables for one column width and height, and their parts in a document's tree."""

    root: Node
    styles: Styles
    column: float
    height: float
    charts: Steps

    def section(self, number: int, section: Section) -> list[Flowable]:
        """Return a section; it begins on a new page unless enough of this one is left."""
        part = self.root.add("Sect")
        title = paragraph(f"{number}  {section.title}", self.styles.heading1, part.add("H1"), "bold")
        title.role, title.mark = "H1", Mark(0, plain(f"{number}  {section.title}"), f"s{number}")
        body = self.blocks(section.blocks, part, f"s{number}")
        gap = self.least(title) + max(self.least_of(body), self.led(body))
        share = _NEW_PAGE_SHARE if section.new_page else _LEAST_SHARE
        wanted = min(share * self.height, self.whole(title) + sum(self.whole(item) for item in body))
        return [CondPageBreak(max(gap, wanted)), title, *body]

    def blocks(self, blocks: tuple[Block, ...], part: Node, key: str = "") -> list[Flowable]:
        """Return blocks in order; a heading asks for room for the least part of what follows it."""
        made = [self.block(block, part, f"{key}-{index}") for index, block in enumerate(blocks)]
        flow: list[Flowable] = []
        for index, (block, parts) in enumerate(zip(blocks, made, strict=True)):
            if isinstance(block, Heading) or _leads(blocks, index):
                flow.append(CondPageBreak(min(self.begun(blocks, made, index), _MOST_SHARE * self.height)))
            elif isinstance(block, Table) and parts:
                flow.append(CondPageBreak(self.least(parts[0])))
            flow += parts
        return flow

    def begun(self, blocks: tuple[Block, ...], made: list[list[Flowable]], index: int) -> float:
        """Return the height that the beginning of a block needs with what may not be parted from it.

        A heading needs the beginning of what follows it, a paragraph that leads to a list its first item, and a heading
        with a paragraph the picture or table that they lead to.
        """
        if index >= len(blocks):
            return 0.0
        if _leads(blocks, index):
            together = sum(self.whole(item) for item in made[index]) + self.least_of(made[index + 1])
            return min(together, _LED_SHARE * self.height)
        if isinstance(blocks[index], Heading):
            return self.least(made[index][0]) + max(self.begun(blocks, made, index + 1), self.shown(made, index + 1))
        return self.least_of(made[index]) if made[index] else self.begun(blocks, made, index + 1)

    def shown(self, made: list[list[Flowable]], index: int) -> float:
        """Return the height of a paragraph with the beginning of the picture or table after it; 0 without both."""
        text, after = (made[at : at + 1] for at in (index, index + 1))
        if not (text and after and text[0] and after[0]) or not isinstance(text[0][0], Text):
            return 0.0
        if not isinstance(after[0][0], Kept | Grid) or getattr(after[0][0], "role", "") == "L":
            return 0.0
        return self.whole(text[0][0]) + self.least_of(after[0])

    def block(self, block: Block, part: Node, key: str) -> list[Flowable]:  # noqa: PLR0911 - one return a kind of block
        """Return the flowables of one block, which becomes the next in ``part``."""
        styles, column = self.styles, self.column
        match block:
            case Heading():
                return [self.heading(block, part, key)]
            case Paragraph():
                return self.text(block, part)
            case Bullets():
                return bullets(block.items, part, styles, column, numbered=block.numbered)
            case Table():
                return table(block, part, styles, column, self.height)
            case FigureBlock():
                return [self.figure(block, part)]
            case KeyFigures():
                return key_figures(block, part, styles, column)
            case Callout():
                return callout(block, part, styles, column)
            case Together():
                return [Kept([item for inner in block.blocks for item in self.block(inner, part, key)])]
            case PageBreak():
                return [NewPage()]

    def heading(self, block: Heading, part: Node, key: str) -> Flowable:
        """Return a heading; those of level 2 go to the outline and the contents page.

        One of level 3 that stands under no heading of level 2 is read as level 2: no level is left out.
        """
        style = self.styles.heading2 if block.level == _LISTED else self.styles.heading3
        nested = block.level > _LISTED and any(kid.role == "H2" for kid in part.kids)
        made = paragraph(block.text, style, part.add("H3" if nested else "H2"), "bold")
        made.role = f"H{block.level}"
        if block.level == _LISTED:
            made.mark = Mark(1, plain(block.text), key)
        return made

    def text(self, block: Paragraph, part: Node) -> list[Flowable]:
        """Return one paragraph, or nothing for an empty one."""
        if not (block.text or block.label):
            return []
        styles = self.styles
        style = {"body": styles.body, "lead": styles.lead, "small": styles.small, "quote": styles.quote}
        if block.label and block.text and is_right_to_left(block.label + block.text):
            label = paragraph(block.label, style[block.tone], part.add("P"), "bold")
            return [label, paragraph(block.text, style[block.tone], part.add("P"))]
        return [paragraph(block.text, style[block.tone], part.add("P"), label=block.label)]

    def figure(self, block: FigureBlock, part: Node) -> Flowable:
        """Return a chart with its finding above and how to read it below, all on one page.

        Finding and note stand beside the picture in the tree and not in it: a voice reads the alternative text of a
        picture in place of all that is in it.
        """
        self.charts.next()
        figure, parts = block.figure, part.add("Div")
        title = paragraph(figure.title, self.styles.caption, parts.add("Caption"), "bold")
        picture = parts.add("Figure", alt=plain(figure.alt or figure.title))
        note = paragraph(figure.note, self.styles.note, parts.add("P"))
        title.spaceBefore, title.spaceAfter, note.spaceBefore, note.spaceAfter = 8, 5, 3, 14
        taken = self.least(title) + self.least(note) + 40
        chart = VectorFigure(figure, picture, self.column, self.height - taken)
        return Kept([title, chart, note], self.column)

    def least_of(self, flow: list[Flowable]) -> float:
        """Return the height that the beginning of a flow needs: headings and the first thing after them."""
        total = asked = 0.0
        for item in flow:
            if isinstance(item, CondPageBreak):
                asked = max(asked, total + item.height)
                continue
            total += self.least(item)
            if not getattr(item, "role", "").startswith("H"):
                break
        return min(max(total, asked), _MOST_SHARE * self.height)

    def led(self, flow: list[Flowable]) -> float:
        """Return the height of short paragraphs that begin a section with the beginning of what they lead to.

        A title with a sentence says nothing without the picture or table that it speaks of; long text stands by itself.
        """
        count = next((at for at, item in enumerate(flow) if isinstance(item, Grid | Kept)), 0)
        text = sum(self.whole(item) for item in flow[:count])
        if not count or text > _LED_BY_TEXT * self.height:
            return 0.0
        return min(text + self.least_of(flow[count:]), _MOST_SHARE * self.height)

    def least(self, item: Any) -> float:
        """Return the height of the least part of a flowable that may stand at the foot of a page."""
        if isinstance(item, Kept):
            return min(sum(self.whole(part) for part in item.parts), _MOST_SHARE * self.height)
        if isinstance(item, Grid):
            return item.least(self.column)
        height = self.whole(item)
        if isinstance(item, Text) and not getattr(item, "role", "").startswith("H"):
            return float(min(height, item.getSpaceBefore() + _LEAST_LINES * item.style.leading))
        return height

    def whole(self, item: Any) -> float:
        """Return the height of a whole flowable with the space around it."""
        if isinstance(item, Kept):
            return sum(self.whole(part) for part in item.parts)
        if isinstance(item, ActionFlowable | CondPageBreak):
            return 0.0
        _, height = item.wrap(self.column, _HIGH)
        return float(height + item.getSpaceBefore() + item.getSpaceAfter())
