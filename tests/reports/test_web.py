from __future__ import annotations

import base64
import io
import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from assessment.report_settings import ReportSettings, SentenceEdit
from reports.contrast import LEAST, contrast
from reports.describe import describe
from reports.document import Bullets, Document, Heading, KeyFigures, Paragraph, Section, Table
from reports.logo import logo_from, logo_text
from reports.web.brand import on_dark
from reports.web.charts import drawn, sanitised
from reports.web.dark import dark_rules
from reports.web.nodes import Node, element, written
from reports.web.page import policy, render_html

VOID = {"br", "col", "img", "meta"}
UNSEEN = "#4c78a8"
"""Vega-Lite's own colour of a stroke that is not drawn."""


class Tree(HTMLParser):
    """Reads a page: its elements with their attributes, and its text; every element must be closed in order."""

    def __init__(self, page: bytes) -> None:
        """Read a page."""
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: list[str] = []
        self.feed(page.decode("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the innermost element."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Note a text."""
        self.texts.append(data)

    @property
    def text(self) -> str:
        """All text on one line."""
        return " ".join(" ".join(self.texts).split())


@pytest.fixture(scope="module")
def page(document: Document) -> Tree:
    """Return the worked example's page, read."""
    return Tree(render_html(document))


def _flat(text: str) -> str:
    return " ".join(text.split())


def test_every_figure_and_sentence_of_the_document_is_on_the_page(document: Document, page: Tree) -> None:
    """What the PDF says the page says: paragraphs, bullets, key figures, every cell of every table, chart tables."""
    wanted: list[str] = []
    for block in document.blocks():
        match block:
            case Paragraph():
                wanted += [block.label, *block.text.split("\n")]
            case Bullets():
                wanted += block.items
            case KeyFigures():
                wanted += [part for item in block.items for part in (item.label, item.value, item.spread)]
            case Table():
                wanted += [line for row in block.rows for cell in row for line in cell.split("\n")]
    wanted += [cell for figure in document.figures() for row in figure.rows for cell in row]
    assert len(wanted) > 1000
    assert [text for text in wanted if _flat(text) not in page.text] == []


def test_the_page_has_names_for_everything_that_is_read_aloud(document: Document, page: Tree) -> None:
    """Language, one title, a skip link to the report, captions, scopes, and the alternative text of each chart."""
    by_tag: dict[str, list[dict[str, str]]] = {}
    for tag, attributes in page.elements:
        by_tag.setdefault(tag, []).append(attributes)
    assert by_tag["html"] == [{"lang": document.language}]
    assert len(by_tag["title"]) == len(by_tag["h1"]) == len(by_tag["main"]) == 1
    assert by_tag["a"][0] == {"href": "#report", "class": "skip"}
    assert by_tag["main"][0]["id"] == "report"
    assert [item["aria-label"] for item in by_tag["svg"]] == [figure.alt for figure in document.figures()]
    assert len(by_tag["details"]) == len(document.figures())
    assert all(item.get("scope") in {"col", "row"} for item in by_tag["th"])
    assert len(by_tag["caption"]) >= len(document.figures())
    assert page.open == []


def test_headings_never_skip_a_level(document: Document) -> None:
    """A heading is at most one level below the one before it, whatever the section's blocks ask for."""
    deep = Section("deep", "Deep", (Heading("three first", 3), Heading("two", 2), Heading("three", 3)))
    found = Tree(render_html(replace(document, sections=(deep,))))
    levels = [int(tag[1]) for tag, _ in found.elements if re.fullmatch(r"h\d", tag)]
    assert levels == [1, 2, 2, 3, 3, 4]


def test_names_are_unique_and_links_lead_to_them(page: Tree) -> None:
    """Each name stands once, though two charts may have the same id; each link of the contents has its place."""
    names = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(names) == len(set(names))
    links = [attributes["href"].removeprefix("#") for tag, attributes in page.elements if tag == "a"]
    assert set(links) <= set(names)


def test_nothing_runs_and_nothing_is_loaded(document: Document, page: Tree) -> None:
    """No script, handler, inline style, picture or address; the policy allows the page's own style sheet alone."""
    raw = render_html(document).decode("utf-8")
    sheet = raw[raw.index("<style>") + len("<style>") : raw.index("</style>")]
    assert f'content="{policy(sheet)}"' in raw.replace("&#x27;", "'")
    assert policy(sheet).startswith("default-src 'none'; style-src 'sha256-")
    tags = {tag for tag, _ in page.elements}
    assert not tags & {"script", "link", "img", "iframe", "object", "embed", "form", "image", "use", "foreignobject"}
    attributes = {name for _, found in page.elements for name in found}
    assert not {name for name in attributes if name.startswith("on") or name in {"style", "src", "xlink:href"}}
    assert all(found["href"].startswith("#") for _, found in page.elements if "href" in found)
    assert "url(" not in sheet
    assert "@import" not in sheet


@pytest.fixture(scope="module")
def branded(bench: Any) -> Document:
    """Return a report with all that a brand can be, a draft, and an edited sentence."""
    target = io.BytesIO()
    Image.new("RGBA", (60, 30), (20, 51, 92, 255)).save(target, "PNG")
    settings = ReportSettings(
        brand="Ward & Sons <b>",
        logo=logo_text(logo_from(target.getvalue(), "logo.png")),
        primary="#7A1F5C",
        secondary="#9A4A00",
        cover_text="For the board\nIn confidence",
        draft_below=1.0,
        edits={"overall": SentenceEdit(text="We stand at a third.", by="A. Consultant")},
    )
    return describe(bench.blank(report=settings))


def test_a_brand_a_draft_and_an_edit_are_marked_as_in_the_pdf(branded: Document) -> None:
    """Name, logo with its words, cover text, colours in the style sheet, the draft sentence, and the editor's name."""
    raw = render_html(branded)
    found = Tree(raw)
    logo = next(attributes for tag, attributes in found.elements if tag == "img")
    assert logo["alt"] == "Logo of Ward & Sons <b>"
    assert base64.b64decode(logo["src"].removeprefix("data:image/png;base64,")) == branded.brand.logo
    assert b"img-src data:; base-uri" in raw
    assert "Ward & Sons <b> For the board In confidence" in found.text
    assert "--brand: #7A1F5C;" in found.text
    assert "--second: #9A4A00;" in found.text
    assert f"DRAFT {branded.draft}" in found.text
    assert ("aside", {"class": "draft", "aria-label": "Draft"}) in found.elements
    assert "We stand at a third. [edited by A. Consultant" in found.text
    assert found.open == []


def test_a_page_without_brand_or_draft_holds_no_mark_of_either(page: Tree) -> None:
    """No picture, no aside, and no colour but the product's."""
    assert not {tag for tag, _ in page.elements} & {"img", "aside"}
    assert "--brand: #" not in page.text


@pytest.mark.parametrize("code", ["#14335C", "#7A1F5C", "#000000", "#767676", "#0B7A80"])
def test_a_brand_can_be_read_in_the_dark(code: str) -> None:
    """The tint of a colour has enough contrast on the page's dark ground, and a lighter colour is not touched."""
    assert contrast(on_dark(code), "#17202B") >= LEAST
    assert on_dark("#E8C4D8") == "#E8C4D8"


def test_every_chart_has_colours_for_the_dark(document: Document, page: Tree) -> None:
    """Each paint of each chart has a rule for a dark screen, under the chart's own name where a scale made it."""
    sheet = page.text[page.text.index("@media screen and (prefers-color-scheme: dark) { .drawing") :]
    for number, figure in enumerate(document.figures(), 1):
        paints = re.findall(r' (fill|stroke)="(#[0-9A-Fa-f]{6}|rgb[^"]+)"', written(drawn(figure, "x")))
        assert paints
        for paint, code in set(paints):
            rules = [f'.drawing [{paint}="{code}"]', f'#chart{number} [{paint}="{code}"]']
            assert code == UNSEEN or any(rule in sheet for rule in rules), (figure.id, paint, code)


def test_marks_of_a_scale_keep_their_order_in_the_dark(document: Document) -> None:
    """What is darker on paper, since there is more of it, is lighter on a dark screen."""
    figure = next(item for item in document.figures() if item.id == "constraints")
    pairs = re.findall(r'\[fill="rgb\(([\d, ]+)\)"\] \{ fill: rgb\(([\d, ]+)\)', dark_rules([figure], ["chart1"]))
    assert len(pairs) > 5
    brightness = [tuple(sum(map(int, code.split(","))) for code in pair) for pair in pairs]
    assert [dark for _, dark in sorted(brightness)] == sorted((dark for _, dark in brightness), reverse=True)


def test_the_same_document_gives_the_same_bytes(document: Document) -> None:
    """Nothing in the file depends on when or how often it is made."""
    assert render_html(document) == render_html(document)


def test_a_report_without_answers_is_a_whole_page(bench: Any) -> None:
    """A blank assessment gives a page with its sentences and no empty table header."""
    found = Tree(render_html(describe(bench.blank())))
    assert found.open == []
    assert "Nothing yet" in found.text


def test_text_is_escaped_where_it_becomes_html() -> None:
    """Brackets, quotes and control characters are what was typed, in text and in attributes."""
    node = element("p", "<b>&amp;\x07\ud800", title="\"><script>'\n\u202e")
    assert written(node) == (
        '<p title="&quot;&gt;&lt;script&gt;&#x27; [U+202E]">&lt;b&gt;&amp;amp;[U+0007][U+D800]</p>'
    )
    with pytest.raises(ValueError, match="style sheet"):
        written(Node("style", {}, ("</style><script>",)))


def test_a_drawing_keeps_only_what_is_listed() -> None:
    """Scripts, handlers, links, outside paints and styles are left out; names get the chart's prefix."""
    hostile = """<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
      width="10" onload="x()">
      <script>alert(1)</script><style>*{fill:red}</style><a xlink:href="javascript:alert(1)"><text>gone</text></a>
      <image href="http://example.org/x.png"/><use href="#a"/><foreignObject><p>gone</p></foreignObject>
      <defs><clipPath id="a"><rect width="1" height="1" style="fill:url(http://example.org)"/></clipPath></defs>
      <g clip-path="url(#a)" fill="url(http://example.org/x)" onclick="x()"><text>kept &lt;i&gt;</text></g>
    </svg>"""
    text = written(sanitised(hostile, "chart7", "what is drawn"))
    root = ET.fromstring(text)  # noqa: S314 - made two lines above
    assert root.attrib == {"role": "img", "aria-label": "what is drawn", "width": "10"}
    assert [found.tag for found in root.iter()] == ["svg", "defs", "clipPath", "rect", "g", "text"]
    assert 'id="chart7-a"' in text
    assert 'clip-path="url(#chart7-a)"' in text
    assert not re.search(r"http|alert|onclick|style|gone", text)
    assert "kept &lt;i&gt;" in text
