"""What a report prints, as lines of text: to compare two reports figure by figure."""

from __future__ import annotations

from collections.abc import Iterator

from reports.document import Block, Bullets, Callout, Document, FigureBlock, Heading, KeyFigures, Paragraph, Table


def printed_figures(document: Document) -> list[str]:
    """Return every line of a report that holds a digit, in reading order, with the tables behind its charts."""
    lines = (" ".join(line.split()) for block in document.blocks() for line in _lines(block))
    return [line for line in lines if any(character.isdigit() for character in line)]


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield block.text
        case Paragraph():
            yield f"{block.label} {block.text}"
        case Bullets():
            yield from block.items
        case Callout():
            yield f"{block.title} {block.text}"
        case KeyFigures():
            yield from (f"{item.label}: {item.value} ({item.spread})" for item in block.items)
        case Table():
            yield block.caption
            yield from (" | ".join(row) for row in block.rows)
            yield block.note
        case FigureBlock():
            yield block.figure.title
            yield block.figure.alt
            yield from (" | ".join(row) for row in block.figure.rows)
        case _:
            return
