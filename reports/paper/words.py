"""A paragraph that is one part of a document's tree, with a space between every two words that a voice reads."""

from __future__ import annotations

from typing import Any

from reportlab.platypus import Paragraph

from reports.paper.tags import Node


class Words(Paragraph):  # type: ignore[misc]
    """A paragraph that is one part of the document, however many pages it is split over.

    Attributes:
        node: the part; None where there is no text.
        ends: after how many characters, spaces not counted, each word of the whole paragraph ends.
        before: how many characters stand in earlier pieces of it.
        laid: the width for which its lines are broken, with the size that they then take; layout asks many times.
    """

    node: Node | None = None
    ends: frozenset[int] = frozenset()
    before = 0
    laid: tuple[float, tuple[float, float]] | None = None

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803
        """Break the lines, once for each width, and return their size."""
        if self.laid is None or self.laid[0] != availWidth or "blPara" not in self.__dict__:
            self.laid = availWidth, self.broken(availWidth, availHeight)
        return self.laid[1]

    def broken(self, width: float, height: float) -> tuple[float, float]:
        """Break the lines for a width and return their size."""
        size: tuple[float, float] = super().wrap(width, height)
        return size

    def split(self, availWidth: float, availHeight: float) -> list[Paragraph]:  # noqa: N803
        """Split into pieces of the same part."""
        pieces: list[Paragraph] = super().split(availWidth, availHeight)
        before = self.before
        for piece in pieces:
            piece.node, piece.ends, piece.before = self.node, self.ends, before
            before += sum(_length(_text(line)) for line in pieces[0].blPara.lines)
        return pieces

    def draw(self) -> None:
        """Draw the text as its part; without text there is nothing to say."""
        if self.canv.blank:
            return
        if self.node is None:
            super().draw()
            return
        self._end_lines_with_spaces()
        with self.canv.part(self.node):
            super().draw()

    def _end_lines_with_spaces(self) -> None:
        """Put a space after each line that ends with a whole word, but for the last of the paragraph.

        ReportLab drops the space at which it breaks a line, and a voice that goes by characters would read two words
        as one. The space is drawn beyond the last word and moves nothing.
        """
        drawn, last = self.before, max(self.ends, default=0)
        for line in self.blPara.lines:
            text = _text(line)
            drawn += _length(text)
            if text and drawn in self.ends and drawn < last:
                _add_space(line)


def word_ends(text: str) -> frozenset[int]:
    """Return after how many characters, spaces not counted, each word of a text ends."""
    ends, taken = set[int](), 0
    for word in text.split():
        taken += len(word)
        ends.add(taken)
    return frozenset(ends)


def _length(text: str) -> int:
    return sum(len(word) for word in text.split())


def _text(line: Any) -> str:
    """Return the words of a line, which is a pair for one font and an object for several."""
    return " ".join(line[1]) if isinstance(line, tuple) else "".join(part.text for part in line.words)


def _add_space(line: Any) -> None:
    if isinstance(line, tuple):
        if line[1][-1]:
            line[1].append("")
    elif not line.words[-1].text.endswith(" "):
        line.words[-1].text += " "
