"""The marks of whoever sends the report, and the mark of a draft."""

from __future__ import annotations

import io
from typing import Any

from reportlab.lib.utils import ImageReader
from reportlab.platypus import Flowable, Spacer

from reports.document import Brand
from reports.logo import logo_size
from reports.paper.fonts import name_of, width
from reports.paper.style import Styles, colour
from reports.paper.tags import Node
from reports.paper.text import draw_runs, fitted, paragraph, plain

_LOGO_BOX = (190.0, 52.0)
_DRAFT = "DRAFT"
_PALE_GREY = "#E3E9EE"
_TURN = 52
_BIG, _SMALL = 120.0, 13.0


class Logo(Flowable):  # type: ignore[misc]
    """The logo, in its own proportions, in a box of 190 by 52 points."""

    role = "Figure"

    def __init__(self, brand: Brand, part: Node) -> None:
        """Measure the picture."""
        super().__init__()
        self.node = part.add("Figure", alt=f"Logo of {plain(brand.name)}" if brand.name else "Logo")
        self.picture = ImageReader(io.BytesIO(brand.logo))
        across, down = logo_size(brand.logo)
        scale = min(_LOGO_BOX[0] / across, _LOGO_BOX[1] / down)
        self.width, self.height = across * scale, down * scale

    def wrap(self, *_available: Any) -> tuple[float, float]:
        """Return the size of the picture on the page."""
        return self.width, self.height

    def draw(self) -> None:
        """Place the picture."""
        with self.canv.part(self.node):
            self.canv.drawImage(self.picture, 0, 0, self.width, self.height, mask="auto")
        self.canv.box(self.node, self.width, self.height)


def cover_marks(brand: Brand, part: Node, styles: Styles) -> list[Flowable]:
    """Return logo, name and cover text, for the white part of the cover."""
    flow: list[Flowable] = []
    if brand.logo:
        flow += [Logo(brand, part), Spacer(1, 10)]
    if brand.name:
        flow.append(paragraph(brand.name, styles.cover_name, part.add("P"), "bold"))
    if brand.cover_text:
        flow.append(paragraph(brand.cover_text, styles.body, part.add("P")))
    return [*flow, Spacer(1, 12)] if flow else []


def draw_draft(canvas: Any, size: tuple[float, float], sentence: str) -> None:
    """Draw that the report is a draft across a page, pale enough to read through; nothing for an empty sentence."""
    if not sentence:
        return
    canvas.saveState()
    canvas.setFillColor(colour(_PALE_GREY))
    canvas.translate(size[0] / 2, size[1] / 2)
    canvas.rotate(_TURN)
    canvas.setFont(name_of("bold"), _BIG)
    canvas.drawCentredString(0, -_BIG * 0.2, _DRAFT)
    runs = fitted(sentence, "regular", _SMALL, size[1] * 0.8)
    across = sum(width(run.text, run.font, _SMALL) for run in runs)
    draw_runs(canvas, -across / 2, -_BIG * 0.2 - 2 * _SMALL, runs, _SMALL)
    canvas.restoreState()
