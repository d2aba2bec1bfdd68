from __future__ import annotations

import importlib
import io
import re
import zlib
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Any, cast

import pdfplumber
import pikepdf
import pytest
from PIL import Image, ImageCms

from reports.document import (
    Block,
    Bullets,
    Callout,
    Column,
    Cover,
    Document,
    FigureBlock,
    Heading,
    KeyFigures,
    Paragraph,
    Section,
    Table,
    Together,
)
from reports.paper.archive import saved
from reports.paper.pages import BOTTOM, TOP
from reports.paper.srgb import profile
from reports.paper.tables import names_rows
from reports.paper.text import cleaned
from reports.pdf import render_pdf
from tests.reports.opening import pages_of

UNHEARD = re.compile("[\\s\u200c-\u200f\u00ad\u200b\u2060\ufeff]")


@pytest.fixture
def made(paper: tuple[Document, bytes]) -> tuple[Document, bytes]:
    """Return a document and its report."""
    return paper


class Element:
    """One element of a structure tree, with its text; the root holds its file open."""

    pdf: pikepdf.Pdf | None = None

    def __init__(self, item: Any, text: dict[tuple[int, int], str], pages: dict[Any, int]) -> None:
        """Read an element and all below it."""
        self.item, self.role = item, str(item.S)[1:]
        self.own, self.kids, self.areas, self.places = "", list["Element"](), list[Any](), list[tuple[int, int]]()
        kids = item.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == pikepdf.Name.OBJR:
                self.areas.append(kid.Obj)
            elif isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                self.kids.append(Element(kid, text, pages))
            else:
                mark = isinstance(kid, pikepdf.Dictionary)
                place = (pages[(kid.Pg if mark else item.Pg).objgen], int(kid.MCID if mark else kid))
                self.places.append(place)
                self.own += text.get(place, "")

    def walk(self) -> Iterator[Element]:
        """Yield this element and all below it."""
        yield self
        for kid in self.kids:
            yield from kid.walk()

    def of(self, *roles: str) -> list[Element]:
        """Return the elements of some roles in reading order."""
        return [item for item in self.walk() if item.role in roles]

    def said(self) -> Iterator[str]:
        """Yield what a voice reads, one element after the other."""
        if self.role == "Figure":
            yield str(self.item.Alt)
        elif "/ActualText" in self.item:
            yield str(self.item.ActualText)
        else:
            yield self.own
            for kid in self.kids:
                yield from kid.said()


@lru_cache(maxsize=8)
def tree_of(data: bytes) -> Element:
    """Return the structure tree of a report with the text of each element."""
    text: dict[tuple[int, int], str] = defaultdict(str)
    for number, page in enumerate(pages_of(data), 1):
        for glyph in page.chars:
            if glyph["mcid"] is not None:
                text[number, glyph["mcid"]] += glyph["text"]
    pdf = pikepdf.open(io.BytesIO(data))
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
    root = Element(pdf.Root.StructTreeRoot.K[0], text, pages)
    root.pdf = pdf
    return root


def heard(parts: Iterator[str] | list[str]) -> str:
    """Return texts one after the other without anything that has no sound."""
    return UNHEARD.sub("", "".join(cleaned(part, "regular") for part in parts))


def written(document: Document, tree: Element) -> Iterator[str]:
    """Yield every text of a document in the order in which a person reads it."""
    cover = document.cover
    yield from (cover.title, "" if cover.organisation == cover.title else cover.organisation, cover.subtitle)
    yield from _of_brand(document)
    yield cover.label
    for line in cover.lines:
        yield from line
    numbered = list(enumerate(document.sections, 1))
    yield from _of_sections([item for item in numbered if item[1].front])
    yield "Contents"
    for entry in tree.of("Link"):
        yield from entry.said()
    yield from _of_sections([item for item in numbered if not item[1].front])


def _of_brand(document: Document) -> Iterator[str]:
    brand = document.brand
    yield f"Logo of {brand.name}" if brand.logo else ""
    yield from (brand.name, brand.cover_text)


def _of_sections(numbered: list[tuple[int, Section]]) -> Iterator[str]:
    for number, section in numbered:
        yield f"{number} {section.title}"
        for block in section.blocks:
            yield from of_block(block)


def of_block(block: Block) -> Iterator[str]:  # noqa: C901 - one branch a kind of block
    """Yield the texts of one block."""
    match block:
        case Heading():
            yield block.text
        case Paragraph():
            yield from (block.label, block.text)
        case Bullets():
            for number, item in enumerate(block.items, 1):
                yield from (f"{number}." if block.numbered else "\u2013", item)
        case Table():
            yield from of_table(block)
        case FigureBlock():
            yield from (block.figure.title, block.figure.alt, block.figure.note)
        case KeyFigures():
            for figure in block.items:
                yield from (figure.label, figure.value, figure.spread)
        case Callout():
            yield from (block.title, block.text)
        case Together():
            for inner in block.blocks:
                yield from of_block(inner)


def of_table(block: Table) -> Iterator[str]:
    """Yield a table row by row; a table without rows is not printed."""
    if block.rows:
        yield from (block.caption, *(column.header for column in block.columns))
        for row in block.rows:
            yield from row
        yield block.note


@pytest.mark.parametrize("standard", ["ua1", "2a"])
def test_the_file_keeps_both_standards(made: tuple[Document, bytes], standard: str) -> None:
    """PDF/UA-1 and PDF/A-2a: no rule of either is broken; without the program that says so the test fails."""
    try:
        page = importlib.import_module("page")
    except ImportError:
        pytest.fail("page-validation was not found: run scripts/test")
    found = page.validate_pdf_bytes(made[1], profile=standard)
    assert found.is_compliant, {failure.rule_id: failure.message for failure in found.failures}
    assert found.rules.total > 100


def test_reading_aloud_follows_the_document(made: tuple[Document, bytes]) -> None:
    """A voice that follows the tags says every text of the document once, in its order, and nothing else."""
    document, data = made
    tree = tree_of(data)
    said, expected = heard(list(tree.said())), heard(list(written(document, tree)))
    first = next((index for index, (a, b) in enumerate(zip(said, expected, strict=False)) if a != b), None)
    assert first is None, (said[max(0, first - 60) : first + 60], expected[max(0, first - 60) : first + 60])
    assert len(said) == len(expected)


def test_the_contents_name_and_reach_every_heading(made: tuple[Document, bytes]) -> None:
    """Each entry is a link with words for it, below the entry of its section, and is read with its page."""
    document, data = made
    tree = tree_of(data)
    links = tree.of("Link")
    headings = [block for block in document.blocks() if isinstance(block, Heading) and block.level == 2]
    assert len(links) == len(document.sections) + len(headings)
    for link in links:
        assert len(link.areas) == 1
        assert re.search(r", page \d+$", str(link.areas[0].Contents))
        assert re.search(r"\d$", "".join(link.said()))
    top = next(item for item in tree.of("TOC"))
    assert len(top.kids) == len(tree.of("H1")) - 1


def test_no_heading_level_is_left_out(made: tuple[Document, bytes]) -> None:
    """Levels go down one at a time."""
    levels = [int(item.role[1]) for item in tree_of(made[1]).of("H1", "H2", "H3")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_row_has_the_columns_of_its_table(made: tuple[Document, bytes]) -> None:
    """A cell without text is still a cell, each row has as many as the head, and head cells say what they head."""
    for table in tree_of(made[1]).of("Table"):
        rows = table.of("TR")
        assert len({len(row.kids) for row in rows}) == 1
        for cell in table.of("TH"):
            assert str(cell.item.A.Scope) in ("/Row", "/Column")
        assert all(len(row.of("TH")) == len(row.kids) for head in table.of("THead") for row in head.of("TR"))


def test_rows_are_named_where_a_column_names_them(papers: Any) -> None:
    """The first column holds row heads exactly in the tables whose first column tells every row apart."""
    document, data = papers("example-a4")
    tables = [block for block in document.blocks() if isinstance(block, Table) and block.rows]
    made = [table for table in tree_of(data).of("Table") if table.of("THead")]
    for block, table in zip(tables, made, strict=True):
        (body,) = table.of("TBody")
        assert {cell.role for cell in (row.kids[0] for row in body.kids)} == {"TH" if names_rows(block) else "TD"}
    assert len({names_rows(block) for block in tables}) == 2


def test_pictures_have_words_and_a_place(made: tuple[Document, bytes]) -> None:
    """Each chart has its alternative text and a box on its page."""
    document, data = made
    pictures = tree_of(data).of("Figure")
    logo = [f"Logo of {document.brand.name}"] if document.brand.logo else []
    assert [str(item.item.Alt) for item in pictures] == logo + [
        " ".join(cleaned(figure.alt, "regular").split()) for figure in document.figures()
    ]
    for item in pictures:
        left, bottom, right, top = (float(value) for value in item.item.A.BBox)
        assert left < right < 620
        assert BOTTOM - 1 <= bottom < top <= 842 - TOP + 1


def test_what_repeats_is_read_once() -> None:
    """A long table's head is drawn on each of its pages and read on the first; a broken paragraph stays one."""
    table = Table("Caption here", (_column("Key"), _column("Value")), tuple((f"k{n}", f"v{n}") for n in range(120)))
    words = " ".join(f"w{number}" for number in range(3000))
    cover = Cover("Title", "", "Sub", "")
    document = Document(
        "Title", "", "", "en-GB", cover, (Section("s", "First", (table, Paragraph(words))),), stamp="0.0"
    )
    data = render_pdf(document)
    tree = tree_of(data)
    with pdfplumber.open(io.BytesIO(data)) as opened:
        assert sum("Caption here" in page.extract_text() for page in opened.pages) > 1
    assert heard(list(tree.said())).count("Captionhere") == 1
    assert len({page for cell in tree.of("TD") for page, _ in cell.places}) > 1
    (broken,) = [item for item in tree.of("P") if item.own.startswith("w0 ")]
    assert len({page for page, _ in broken.places}) > 1
    assert broken.own.split() == words.split()


def test_words_stay_apart_at_the_ends_of_lines() -> None:
    """Between the words of two lines, in one font or several, there is a space; inside a word that is cut, none."""
    texts = (
        "plain " * 60 + "end",
        "arrow \u2192 " * 60 + "end",
        "before " + "x" * 900 + " after",
        "first\nsecond " * 30,
    )
    blocks = tuple(Paragraph(text) for text in texts)
    cover = Cover("Title", "", "Sub", "")
    made = render_pdf(Document("Title", "", "", "en-GB", cover, (Section("s", "First", blocks),), stamp="0.0"))
    said = [item.own for item in tree_of(made).of("Sect")[-1].of("P")]
    assert [text.split() for text in said] == [text.split() for text in texts]


def _column(header: str) -> Column:
    return Column(header)


def test_all_that_is_drawn_is_a_part_or_an_artifact(made: tuple[Document, bytes]) -> None:
    """No text stands outside marked content, marks are never nested, and each page leads back to its parts."""
    pdf = pikepdf.open(io.BytesIO(made[1]))
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    parents = {int(numbers[index]): numbers[index + 1] for index in range(0, len(numbers), 2)}
    for page in pdf.pages:
        depth, count = 0, 0
        for step in pikepdf.parse_content_stream(page):
            operands, name = step.operands, str(step.operator)
            if name in ("BDC", "BMC"):
                depth += 1
                count += len(operands) > 1 and "/MCID" in cast("Any", operands[1])
            depth -= name == "EMC"
            assert depth in (0, 1)
            assert depth == 1 or name not in ("Tj", "TJ", "'", '"', "S", "f", "f*", "B", "b", "Do")
        assert page.obj.Tabs == pikepdf.Name.S
        assert len(parents[int(page.obj.StructParents)]) == count


def test_no_stream_runs_into_its_end(made: tuple[Document, bytes]) -> None:
    """A carriage return as last byte of a stream would belong to the stream or to its end, as one likes."""
    assert b"\r\nendstream" not in made[1]


def test_a_stream_that_would_end_in_a_carriage_return_is_written_otherwise() -> None:
    """Of many small files, none is ambiguous, and their contents stay what they were but for space at the end."""
    met = 0
    for number in range(300):
        content = b"1 0 0 1 0 0 cm\n" + b"0 g\n" * number
        met += zlib.compress(content).endswith(b"\r")
        pdf = pikepdf.new()
        for _ in range(6):
            page = pdf.add_blank_page(page_size=(100, 100))
            page.obj.Contents = pdf.make_stream(content)
            page.obj.Group = pikepdf.Dictionary(Type=pikepdf.Name.Group)
        pdf.docinfo["/CreationDate"] = pdf.docinfo["/ModDate"] = "D:20260101"
        pdf.trailer.ID = pikepdf.Array([b"a", b"b"])
        data = saved(pdf)
        assert b"\r\nendstream" not in data
        with pikepdf.open(io.BytesIO(data)) as opened:
            assert opened.pages[0].Contents.read_bytes().rstrip() == content.rstrip()
    assert met


def test_the_profile_is_the_srgb_of_others() -> None:
    """Through our profile and through that of LittleCMS colours come out the same, within one step of 255."""
    ours = ImageCms.ImageCmsProfile(io.BytesIO(profile()))
    theirs = ImageCms.createProfile("sRGB")
    colours = Image.new("RGB", (6, 36))
    colours.putdata([(r * 51, g * 51, b * 51) for r in range(6) for g in range(6) for b in range(6)])
    turned = ImageCms.profileToProfile(colours, ours, theirs, renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC)
    assert turned is not None
    pairs = zip(colours.tobytes(), turned.tobytes(), strict=True)
    assert max(abs(before - after) for before, after in pairs) <= 1
