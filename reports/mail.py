"""The summary as Markdown for a mail: the first section of the report and nothing that it does not say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.describe import describe
from reports.document import (
    Block,
    Bullets,
    Callout,
    FigureBlock,
    Heading,
    KeyFigure,
    KeyFigures,
    PageBreak,
    Paragraph,
    Section,
    Table,
    Together,
)
from reports.markdown import render_markdown
from reports.visible import one_line

if TYPE_CHECKING:
    from models.evaluation import Evaluation
    from models.watching import Watch

_SUMMARY = "summary"


def render_mail(evaluation: Evaluation, watch: Watch | None = None) -> bytes:
    """Return the summary of a report as Markdown, UTF-8, in which nothing that was typed is markup."""
    document = describe(evaluation, watch=watch)
    found = next(section for section in document.sections if section.id == _SUMMARY)
    own = document.cover.organisation
    preface = [own if own != document.title else "", document.label]
    blocks = tuple(written for block in found.blocks for written in _written(block))
    section = Section(found.id, found.title, (*blocks, Paragraph(one_line(document.stamp))))
    text = render_markdown(one_line(document.title), [one_line(line) for line in preface if line], [section])
    return text.encode("utf-8")


def _written(block: Block) -> list[Block]:
    """Return a block of the summary as blocks that a mail has, without what cannot be seen."""
    match block:
        case Callout():
            return [Paragraph(one_line(block.text), label=one_line(block.title).rstrip("."))]
        case KeyFigures():
            return [Bullets(tuple(map(_figure, block.items)))]
        case Heading():
            return [Heading(one_line(block.text), block.level)]
        case Paragraph():
            return [Paragraph(one_line(block.text), one_line(block.label), block.tone)]
        case Bullets():
            return [Bullets(tuple(map(one_line, block.items)), block.numbered)]
        case _:
            return _told(block)


def _told(block: Block) -> list[Block]:
    """Return a block that is drawn or laid out on paper as one that is read: a picture by what it says."""
    match block:
        case FigureBlock():
            return [Paragraph(one_line(block.figure.title))]
        case Table():
            rows = tuple(one_line(f"{row[0]}: {'; '.join(row[1:])}") for row in block.rows)
            named: list[Block] = [Paragraph(one_line(block.caption))] if block.caption else []
            return [*named, Bullets(rows)]
        case Together():
            return [written for inner in block.blocks for written in _written(inner)]
        case PageBreak():
            return []
        case _:
            return [block]


def _figure(found: KeyFigure) -> str:
    spread = f" ({found.spread})" if found.spread else ""
    return one_line(f"{found.label}: {found.value}{spread}")
