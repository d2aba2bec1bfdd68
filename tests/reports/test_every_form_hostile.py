"""Text that somebody may paste, in every form of the report: it is shown as text, and nothing in it runs."""

from __future__ import annotations

import io
import json
import re
import zipfile
from html.parser import HTMLParser
from typing import Any

import openpyxl
import pytest
from markdown_it import MarkdownIt

from assessment.answers import Range
from models.evaluation import Evaluation
from models.watching import Watch
from reports.as_csv import written
from reports.charts.figure import Figure
from reports.charts.sheet import Plotted
from reports.forms import FORMS

SECRET = "what-another-file-holds"  # noqa: S105 - the content of a file that must not be read
FORMULAS = ('=HYPERLINK("http://x.test","a")', "+1+1", "-1+1", "@SUM(A1:A9)", "\t=2+2", "\r=2+2", "=cmd|' /C x'!A0")
MARKUP = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style></title><b>bold</b>&amp;&lt;",
    "[a](javascript:alert(1)) ![b](http://x.test/c.png) `code` *em* # h $x^2$ | cell",
    "{{7*7}} ${7*7} %s {0} \\u0041 \"\"\" ''' \\",
)
CONTROLS = "bell\x07 null\x00 override\u202eturned\u202c form\x0c delete\x7f joined\u200dup"
BREAKS = "first\nsecond\r\n=third"


class Text(HTMLParser):
    """The text of a page, and the tags that it has."""

    def __init__(self) -> None:
        """Begin with nothing."""
        super().__init__()
        self.tags: set[str] = set()
        self.said: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag, and refuse what runs or loads."""
        self.tags.add(tag)
        assert not [name for name, _ in attrs if name.startswith("on") or name in {"src", "style", "srcset"}]

    def handle_data(self, data: str) -> None:
        """Note a text."""
        self.said.append(data)


@pytest.fixture(scope="module")
def hostile(bench: Any, tmp_path_factory: pytest.TempPathFactory) -> Evaluation:
    """Return the example with hostile names, notes, pieces of evidence, roles and sources."""
    outside = tmp_path_factory.mktemp("outside") / "secret.txt"
    outside.write_text(SECRET, encoding="utf-8")
    path = f"file://{outside} {{% include '{outside}' %}} ../../etc/passwd"
    texts = (*FORMULAS, *MARKUP, CONTROLS, BREAKS, path)
    answers = {
        name: answer.model_copy(
            update={
                "note": texts[place % len(texts)],
                "evidence": (texts[(place + 1) % len(texts)],),
                "role": texts[(place + 2) % len(texts)][:80],
            }
        )
        for place, (name, answer) in enumerate(bench.example.answers.items())
    }
    given = bench.example.economics
    growth = given.ranges["g"]
    ranges = {**given.ranges, "g": Range(low=growth.low, mode=growth.mode, high=growth.high, source=FORMULAS[0])}
    found: Evaluation = bench.changed(
        name=f"{FORMULAS[0]} {MARKUP[0]}",
        organisation=f"-1+1 {MARKUP[3]} {CONTROLS}",
        answers=answers,
        economics=given.model_copy(update={"ranges": ranges}),
    )
    return found


@pytest.fixture(scope="module")
def made(hostile: Evaluation) -> dict[str, bytes]:
    """Return the hostile example in every form."""
    return {suffix: form.make(hostile, None, "a4", Watch()) for suffix, form in FORMS.items()}


def test_no_form_reads_a_file_or_reaches_outside(made: dict[str, bytes]) -> None:
    """A path in a note is a path in a note; no file of this machine is in any form, compressed or not."""
    for suffix, data in made.items():
        parts = [data]
        if suffix == "xlsx":
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                parts += [archive.read(name) for name in archive.namelist()]
        assert not [part for part in parts if SECRET.encode() in part], suffix


def test_a_web_page_shows_what_was_typed(made: dict[str, bytes]) -> None:
    """Markup is shown with its brackets, control characters by their code points, and no tag comes from a note."""
    page = Text()
    page.feed(made["html"].decode("utf-8"))
    shown = " ".join(" ".join(page.said).split())
    for text in (*FORMULAS, *MARKUP):
        assert " ".join(text.split()) in shown
    for token in ("[U+0007]", "[U+0000]", "[U+202E]", "[U+000C]", "[U+007F]"):
        assert token in shown
    assert not page.tags & {"script", "img", "b", "iframe", "link", "object"}
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e]", made["html"].decode("utf-8"))


def test_a_workbook_holds_text_as_text(made: dict[str, bytes], hostile: Evaluation) -> None:
    """Every typed text is a text cell, marked so that editing it does not run it; no link or macro is in the file."""
    book = openpyxl.load_workbook(io.BytesIO(made["xlsx"]))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    signs = ("=", "+", "-", "@")
    texts = [cell for cell in cells if cell.data_type == "s" and str(cell.value).startswith(signs)]
    assert {str(cell.value) for cell in texts} >= set(FORMULAS[:4])
    assert all(cell.quotePrefix for cell in texts)
    assert book["Summary"]["A1"].value == hostile.assessment.name
    assert not [
        cell.value for cell in cells if cell.data_type == "f" and re.search("HYPERLINK|cmd|2\\+2", str(cell.value))
    ]
    assert not [cell for cell in cells if cell.hyperlink]
    with zipfile.ZipFile(io.BytesIO(made["xlsx"])) as archive:
        assert not [name for name in archive.namelist() if "external" in name.lower() or name.endswith(".bin")]


def test_a_mail_has_no_markup_from_names(made: dict[str, bytes]) -> None:
    """Read as Markdown, the mail has no link, picture, code or HTML, and shows the name as it was typed."""
    tokens = MarkdownIt("commonmark").parse(made["md"].decode("utf-8"))
    inline = [child for token in tokens for child in token.children or ()]
    assert {child.type for child in inline} <= {"text", "strong_open", "strong_close"}
    assert not [token for token in tokens if token.type in {"html_block", "code_block", "fence"}]
    shown = "".join(child.content for child in inline)
    assert " ".join(FORMULAS[0].split()) in shown
    assert MARKUP[0] in shown
    assert "[U+202E]" in shown


def test_a_notebook_holds_text_in_literals_alone(made: dict[str, bytes], hostile: Evaluation) -> None:
    """What was typed does not reach the code: the cells run, and give back the same assessment."""
    cells = json.loads(made["ipynb"])["cells"]
    assert made["ipynb"].isascii()
    titles = "".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    tokens = MarkdownIt("commonmark").parse(titles)
    kinds = {child.type for token in tokens for child in token.children or ()}
    assert kinds <= {"text", "softbreak", "code_inline"}
    assert "`pip install .`" in titles
    names: dict[str, Any] = {}
    for cell in cells:
        if cell["cell_type"] == "code":
            exec(compile("".join(cell["source"]), "cell", "exec"), names)  # noqa: S102 - this product's own notebook
    assert names["assessment"].answers == hostile.assessment.answers
    assert names["assessment"].name == hostile.assessment.name


def test_a_pdf_is_made_of_it(made: dict[str, bytes]) -> None:
    """The printed form comes out whole; what it shows is held by its own tests."""
    assert made["pdf"].startswith(b"%PDF-")


@pytest.mark.parametrize("text", FORMULAS)
def test_a_csv_has_no_formula_in_cells_or_titles(text: str) -> None:
    """Text that a spreadsheet would run gets an apostrophe, in a title of a column too; figures stay figures."""
    whole = written((text, "n"), [(text, -1.5)])
    figure = Figure("x", "t", None, "a", (), ())  # type: ignore[arg-type]
    drawn = Plotted(figure, (text, "n"), ((text, -1.5),)).csv.decode("utf-8")
    for made in (whole, drawn):
        assert made.count(f"'{text[:1]}") == 2
        assert "-1.5" in made
        assert "'-1.5" not in made
