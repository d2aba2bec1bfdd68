from __future__ import annotations

import io
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Spacer

from reports.document import (
    Block,
    Bullets,
    Column,
    Cover,
    Document,
    Heading,
    Paragraph,
    Section,
    Table,
    Together,
)
from reports.paper.pages import BOTTOM, MARGIN, TOP
from reports.paper.style import make_styles
from reports.paper.tables import Kept
from reports.pdf import render_pdf
from tests.reports.opening import pages_of

SLACK = 1.0
_TURNED = 1e-6


@pytest.fixture
def printed(paper: tuple[Document, bytes]) -> bytes:
    """Return a report."""
    return paper[1]


def words_of(page: Any) -> list[dict[str, Any]]:
    """Return the words of a page that are set level, with their boxes; the draft mark lies aslant beneath them.

    By a rounding error a level letter's matrix may turn it by all but nothing.
    """
    upright = page.filter(lambda item: abs(item.get("matrix", (1, 0))[1]) < _TURNED)
    return list(upright.extract_words(x_tolerance=1.5, y_tolerance=1.5, extra_attrs=["size", "fontname"]))


def test_no_glyph_stands_outside_the_margins(printed: bytes) -> None:
    """Every character lies in the type area or in the running lines."""
    for page in pages_of(printed):
        for glyph in (glyph for glyph in page.chars if glyph["text"].strip()):
            assert glyph["x0"] >= MARGIN - SLACK, (page.page_number, glyph["text"])
            assert glyph["x1"] <= page.width - MARGIN + SLACK, (page.page_number, glyph["text"])
            assert 30 <= glyph["top"] <= page.height - 26, (page.page_number, glyph["text"])


def test_no_text_covers_other_text(printed: bytes) -> None:
    """No two words share more than a hair of their boxes."""
    for page in pages_of(printed):
        words = sorted(words_of(page), key=lambda word: float(word["top"]))
        for index, first in enumerate(words):
            for second in words[index + 1 :]:
                if second["top"] >= first["bottom"]:
                    break
                across = min(first["x1"], second["x1"]) - max(first["x0"], second["x0"])
                down = min(first["bottom"], second["bottom"]) - second["top"]
                least = min(first["bottom"] - first["top"], second["bottom"] - second["top"])
                assert across <= 1.5 or down <= 0.45 * least, (page.page_number, first["text"], second["text"])


def test_no_heading_is_the_last_line_of_a_page(printed: bytes) -> None:
    """Below every heading there is text on the same page."""
    styles = make_styles()
    sizes = {round(style.fontSize, 1) for style in (styles.heading1, styles.heading2, styles.heading3, styles.caption)}
    for page in pages_of(printed)[2:]:
        body = [word for word in words_of(page) if TOP - 10 < word["top"] < page.height - BOTTOM]
        last = max(word["bottom"] for word in body)
        line = [word for word in body if word["bottom"] > last - 3]
        assert not all(round(word["size"], 1) in sizes and "Bold" in word["fontname"] for word in line), (
            page.page_number,
            line,
        )


def test_no_page_is_nearly_empty(printed: bytes) -> None:
    """A page between the contents and the last is used to a third at least."""
    for page in pages_of(printed)[2:-1]:
        body = [word["bottom"] for word in words_of(page) if word["top"] < page.height - BOTTOM]
        assert max(body) > 0.3 * page.height, page.page_number


def test_every_page_says_which_of_how_many_it_is(printed: bytes) -> None:
    """Page x of y counts every page, the cover included."""
    pages = pages_of(printed)
    for number, page in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in page.extract_text()


def test_contents_and_outline_lead_to_the_right_page(document: Document, pdf: bytes) -> None:
    """Each section is listed with the page on which its title stands, and the outline has the same entries."""
    pages = pages_of(pdf)
    contents = next(text for page in pages if (text := page.extract_text()).split("\n")[1] == "Contents")
    for number, section in enumerate(document.sections, 1):
        found = re.search(rf"^{number} {re.escape(section.title)}.*?(\d+)$", contents, re.MULTILINE)
        assert found, section.title
        assert f"{number} {section.title}" in pages[int(found[1]) - 1].extract_text()
    with pikepdf.open(io.BytesIO(pdf)) as opened, opened.open_outline() as outline:
        assert [item.title for item in outline.root] == [
            f"{number} {section.title}" for number, section in enumerate(document.sections, 1)
        ]
        links = [link for page in opened.pages for link in page.get("/Annots", [])]
        assert len(links) >= len(document.sections)
        assert all("/URI" not in link.get("/A", {}) for link in links)


def test_metadata_names_title_and_language(pdf: bytes, document: Document) -> None:
    """A reader's window shows the title, and its voice knows the language."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert str(opened.Root.Lang) == "en-GB"
        assert str(opened.docinfo["/Title"]) == document.title
        assert bool(opened.Root.ViewerPreferences.DisplayDocTitle)


def _dictionaries(opened: pikepdf.Pdf, kind: pikepdf.Name) -> list[Any]:
    return [item for item in opened.objects if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == kind]


def test_every_font_is_embedded(printed: bytes) -> None:
    """No page relies on a font of the machine that shows it."""
    with pikepdf.open(io.BytesIO(printed)) as opened:
        assert all("/FontFile2" in item for item in _dictionaries(opened, pikepdf.Name.FontDescriptor))
        assert all("/FontDescriptor" in item for item in _dictionaries(opened, pikepdf.Name.Font) if _simple(item))


def test_every_font_is_one_of_the_product(printed: bytes) -> None:
    """Pages and charts look the same on every machine: none of them lends a font of its own."""
    with pikepdf.open(io.BytesIO(printed)) as opened:
        names = {str(item.FontName).split("+")[-1] for item in _dictionaries(opened, pikepdf.Name.FontDescriptor)}
    assert names <= {"NotoSans-Regular", "NotoSans-Bold", "NotoSans-Italic", "DejaVuSans", "DejaVuSans-Bold"}


def _simple(font: Any) -> bool:
    return font.get("/Subtype") in (pikepdf.Name.Type1, pikepdf.Name.TrueType)


def test_charts_are_vectors_with_text(printed: bytes) -> None:
    """There is no raster image but a logo on the cover, and the words of a chart can be searched."""
    with pikepdf.open(io.BytesIO(printed)) as opened:
        for page in opened.pages[1:]:
            forms: Any = page.Resources.get("/XObject", {})
            assert all(form.Subtype == pikepdf.Name.Form for form in forms.values())
    text = "\n".join(page.extract_text() for page in pages_of(printed))
    assert "Score, 0 to 100" in text


def test_qpdf_finds_no_fault(printed: bytes, tmp_path: Path) -> None:
    """The syntax is sound; without the program that says so the test fails."""
    if shutil.which("qpdf") is None:
        pytest.fail("qpdf was not found: install it, or run scripts/test")
    file = tmp_path / "report.pdf"
    file.write_bytes(printed)
    done = subprocess.run(["qpdf", "--check", str(file)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("lines", range(38, 58, 2))
def test_a_list_never_begins_a_page_without_what_leads_to_it(lines: int) -> None:
    """However full the page is, section title, heading, note and first item stay on one page."""
    filler = Paragraph("\n".join(f"line {number}" for number in range(lines)))
    led = (Heading("Below"), Paragraph("Leads", label="Note"), Bullets(("item one", "item two")))
    sections = (Section("a", "First", (filler, *led)), Section("b", "Second", led[1:]))
    made = render_pdf(Document("T", "", "", "en-GB", Cover("T", "", "S", ""), sections, stamp="0"))
    text = [page.extract_text() for page in pages_of(made)]
    first = next(page for page in text[2:] if "Below" in page)
    assert "Note Leads" in first
    assert "item one" in first[first.index("Below") :]
    second = next(page for page in text[2:] if "2 Second" in page)
    assert "item one" in second[second.index("2 Second") :]


def pages_with(*blocks: Block, lines: int) -> list[str]:
    """Return the text of the pages after the contents: a section of ``lines`` lines, then one of ``blocks``."""
    filler = Section("a", "First", (Paragraph("\n".join(f"line {number}" for number in range(lines))),))
    sections = (filler, Section("b", "Second", blocks))
    made = render_pdf(Document("T", "", "", "en-GB", Cover("T", "", "S", ""), sections, stamp="0"))
    return [page.extract_text() for page in pages_of(made)][2:]


@pytest.mark.parametrize("lines", range(2, 50, 6))
def test_a_title_never_stands_alone_with_its_lead(lines: int) -> None:
    """Title and lead come with the beginning of the table or picture that they speak of."""
    table = Table("Figures", (Column("A"), Column("B")), tuple((f"row {n}", "1") for n in range(12)))
    lead = (Paragraph("Leads to it.", tone="lead"), Paragraph("And says more."))
    for blocks in ((*lead, table), (Paragraph("Text."), Heading("Below"), lead[0], table)):
        page = next(page for page in pages_with(*blocks, lines=lines) if "Leads to it." in page)
        assert "row 1" in page


@pytest.mark.parametrize("note", ["", "What the figures mean."])
@pytest.mark.parametrize("rows", range(26, 40))
def test_a_table_never_leaves_one_row_on_a_page(rows: int, note: str) -> None:
    """At the foot of a page, and at the head of the next, at least two rows stand together; a note counts for none."""
    table = Table("Figures", (Column("A"), Column("B")), tuple((f"row {n}", "1") for n in range(rows)), note=note)
    counts = [page.count("row ") for page in pages_with(table, lines=8)]
    assert sum(counts) == rows
    assert 1 not in counts


class Picture(Flowable):  # type: ignore[misc]
    """Stands for a chart."""

    def __init__(self, height: float = 100.0) -> None:
        """Be so many points high."""
        super().__init__()
        self.height = height

    def wrap(self, *_available: Any) -> tuple[float, float]:
        """Return the size."""
        return 10.0, self.height

    def at(self, scale: float) -> Picture:
        """Return a smaller one."""
        return Picture(self.height * scale)


@pytest.mark.parametrize(("room", "heights"), [(119.0, [20.0, 98.9]), (110.5, [20.0, 90.4])])
def test_a_picture_gives_way_by_a_tenth_at_most(room: float, heights: list[float]) -> None:
    """What is a little too high for the page is drawn smaller; what is much too high moves as it is."""
    kept = Kept([Spacer(1, 20), Picture()], 400.0)
    kept.canv = Canvas(io.BytesIO())
    parts = kept.split(400.0, room)
    assert [round(part.wrap(400.0, room)[1], 3) for part in parts] == heights
    moved = kept.split(400.0, 109.0)
    assert [part.height for part in moved if isinstance(part, Picture)] == [100.0]


def test_small_parts_that_stay_together_share_a_page() -> None:
    """A part with a small table in it takes the room that it needs, and no page of its own."""
    table = Table("Figures", (Column("A"), Column("B")), (("one", "1"), ("two", "2")), note="Note.")
    parts = tuple(Together((Paragraph(f"Part {number}."), table, Paragraph("Source."))) for number in range(4))
    sections = (Section("a", "First", (Paragraph("Lead."), Heading("Parts"), *parts)),)
    made = render_pdf(Document("T", "", "", "en-GB", Cover("T", "", "S", ""), sections, stamp="0"))
    text = [page.extract_text() for page in pages_of(made)][2:]
    assert len(text) == 1
    assert all(f"Part {number}." in text[0] for number in range(4))
