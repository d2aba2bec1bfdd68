"""Writes the tree of a document's parts into its file, with the way back from every drawing to its part."""

from __future__ import annotations

from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from reports.paper.tags import CELLS, Node, Places


def write_structure(pdf: pikepdf.Pdf, root: Node, places: Places) -> None:
    """Add the structure tree of PDF 1.7 to a file whose pages hold the marked content that ``places`` names.

    Args:
        pdf: the file; changed.
        root: the whole document.
        places: where its parts were drawn.
    """
    writer = _Writer(pdf, places)
    tree = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    tree.K = Array([writer.element(root, tree)])
    tree.ParentTree, tree.ParentTreeNextKey = writer.parents()
    pdf.Root.StructTreeRoot = tree
    pdf.Root.MarkInfo = Dictionary(Marked=True)


class _Writer:
    """Makes the elements of one file."""

    def __init__(self, pdf: pikepdf.Pdf, places: Places) -> None:
        self.pdf, self.places = pdf, places
        self.pages = [page.obj for page in pdf.pages]
        self.made: dict[Node, Any] = {}
        self.areas: dict[Node, list[tuple[int, Any]]] = {}
        for number, page in enumerate(self.pages, 1):
            found = [item for item in page.get("/Annots", []) if item.get("/Subtype") == Name.Link]
            for (node, contents), area in zip(places.links.get(number, []), found, strict=True):
                area.Contents, area.F = String(contents), 4  # printed with the page
                self.areas.setdefault(node, []).append((number, area))

    def element(self, node: Node, parent: Any) -> Any:
        """Return the element of a part and those of all its parts."""
        made = self.pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name(f"/{node.role}"), P=parent))
        self.made[node] = made
        if node.alt:
            made.Alt = String(node.alt)
        if node.said:
            made.ActualText = String(node.said)
        attributes = self._attributes(node)
        if attributes is not None:
            made.A = attributes
        kids = self._content(node, made) + self._areas(node)
        kids += [self.element(kid, made) for kid in node.kids if self._spoken(kid)]
        if kids:
            made.K = Array(kids)
        return made

    def _spoken(self, node: Node) -> bool:
        """Return whether a part says anything; a cell stays although it is empty, so that its row keeps its columns."""
        return node.role in CELLS or node in self.places.of or any(self._spoken(kid) for kid in node.kids)

    def _content(self, node: Node, made: Any) -> list[Any]:
        places = self.places.of.get(node, [])
        if not places:
            return []
        first = places[0][0]
        made.Pg = self.pages[first - 1]
        return [
            number if page == first else Dictionary(Type=Name.MCR, Pg=self.pages[page - 1], MCID=number)
            for page, number in places
        ]

    def _areas(self, node: Node) -> list[Any]:
        return [
            Dictionary(Type=Name.OBJR, Obj=area, Pg=self.pages[page - 1]) for page, area in self.areas.get(node, [])
        ]

    def _attributes(self, node: Node) -> Any:
        if node.scope:
            return Dictionary(O=Name.Table, Scope=Name(f"/{node.scope}"))
        if node.numbering:
            return Dictionary(O=Name.List, ListNumbering=Name(f"/{node.numbering}"))
        if node in self.places.boxes:
            box = Array([round(value, 2) for value in self.places.boxes[node]])
            return Dictionary(O=Name.Layout, BBox=box, Placement=Name.Block)
        return None

    def parents(self) -> tuple[Any, int]:
        """Return the tree that leads from pages and link areas to their parts, and the first key that is free."""
        entries: list[Any] = []
        key = 0
        for number, page in enumerate(self.pages, 1):
            page.StructParents, page.Tabs = key, Name.S
            parts = Array([self.made[node] for node in self.places.on.get(number, [])])
            entries += [key, self.pdf.make_indirect(parts)]
            key += 1
        for node, areas in self.areas.items():
            for _, area in areas:
                area.StructParent = key
                entries += [key, self.made[node]]
                key += 1
        return self.pdf.make_indirect(Dictionary(Nums=Array(entries))), key
