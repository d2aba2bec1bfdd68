"""What a voice reads: the tree of a document's parts, and where on the pages each part is drawn.

The tree is made from the document before anything is laid out, so its order is the document's and not that of the
drawing. Drawing only notes on which page and under which number the text of a part came to stand; a part that is broken
over pages stays one part, and what is not part of the document (running lines, rules, repeated table heads) is marked
as an artifact.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from reportlab.pdfgen.canvas import Canvas

Role = Literal[
    "Document",
    "Sect",
    "Div",
    "H1",
    "H2",
    "H3",
    "P",
    "L",
    "LI",
    "Lbl",
    "LBody",
    "Table",
    "Caption",
    "THead",
    "TBody",
    "TR",
    "TH",
    "TD",
    "Figure",
    "TOC",
    "TOCI",
    "Reference",
    "Link",
]
Box: TypeAlias = tuple[float, float, float, float]
CELLS = ("TH", "TD")


@dataclass(eq=False, slots=True)
class Node:
    """One part of a document, in a role of PDF 1.7.

    Attributes:
        role: what it is.
        kids: its parts in reading order.
        alt: what stands for a picture.
        said: the text in reading order, where it is drawn in another (right-to-left script).
        scope: what a head cell heads.
        numbering: how the items of a list are marked.
        once: whether only its first drawing is part of the document, as with a table head that is repeated.
    """

    role: Role
    kids: list[Node] = field(default_factory=list)
    alt: str = ""
    said: str = ""
    scope: Literal["", "Row", "Column"] = ""
    numbering: Literal["", "Disc", "Decimal"] = ""
    once: bool = False

    def add(self, role: Role, **more: Any) -> Node:
        """Return a new last part; ``more`` are its attributes."""
        kid = Node(role, **more)
        self.kids.append(kid)
        return kid

    def walk(self) -> Iterator[Node]:
        """Yield this part and all below it in reading order."""
        yield self
        for kid in self.kids:
            yield from kid.walk()


@dataclass(slots=True)
class Places:
    """Where the parts of one pass were drawn.

    Attributes:
        of: pages (from 1) and marked-content numbers of each part, in the order of drawing.
        on: the parts of each page, by marked-content number.
        links: the parts of each page's link areas, in the order of the areas.
        boxes: where each picture stands: left, bottom, right, top in points.
    """

    of: dict[Node, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))
    on: dict[int, list[Node]] = field(default_factory=lambda: defaultdict(list))
    links: dict[int, list[tuple[Node, str]]] = field(default_factory=lambda: defaultdict(list))
    boxes: dict[Node, Box] = field(default_factory=dict)


class TaggedCanvas(Canvas):  # type: ignore[misc]
    """A canvas that notes which part of the document is being drawn.

    Attributes:
        blank: whether this pass only finds out on which page everything comes to stand, so that nothing need be drawn.
    """

    blank = False

    def __init__(self, *given: Any, **named: Any) -> None:
        """Start with nothing drawn."""
        self.places = Places()
        super().__init__(*given, **named)

    @contextmanager
    def part(self, node: Node) -> Iterator[None]:
        """Mark what is drawn meanwhile as a part of the document, or as a repetition of one."""
        page = self.getPageNumber()
        if node.once and node in self.places.of:
            with self.artifact("Pagination"):
                yield
            return
        number = len(self.places.on[page])
        self.places.on[page].append(node)
        self.places.of[node].append((page, number))
        self.addLiteral(f"/{node.role} <</MCID {number}>> BDC")
        yield
        self.addLiteral("EMC")

    @contextmanager
    def artifact(self, kind: Literal["Pagination", "Layout"] = "Layout") -> Iterator[None]:
        """Mark what is drawn meanwhile as no part of the document."""
        self.addLiteral(f"/Artifact <</Type /{kind}>> BDC")
        yield
        self.addLiteral("EMC")

    def link(self, node: Node, contents: str, key: str, area: Box) -> None:
        """Lead from an area to a bookmark; ``contents`` says where to."""
        self.linkRect(contents, key, area, relative=1, thickness=0)
        self.places.links[self.getPageNumber()].append((node, contents))

    def box(self, node: Node, width: float, height: float) -> None:
        """Note where a picture stands whose left bottom corner is the origin."""
        left, bottom = self.absolutePosition(0, 0)
        self.places.boxes[node] = (left, bottom, left + width, bottom + height)
