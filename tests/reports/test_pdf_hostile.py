from __future__ import annotations

import io
import re
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from assessment.answers import Answer
from reports.describe import describe
from reports.paper.pages import MARGIN
from reports.paper.text import cleaned, runs, visual
from reports.pdf import PageSize, render_pdf
from tests.reports.opening import pages_of

OUTSIDE = "what-a-file-holds"
LIVE = "<b>bold</b> &amp; & <i>never closed <a href='javascript:alert(1)'>press</a> <para><font size=99>"
GREEK = "Ελληνικά: αναμονή ≥ 3 → κακό ✓ “curly” naïve €"
ARABIC = "مرحبا بالعالم، هذا نص يصف المستشفى (8:30) HL7 v2"
HEBREW = "שלום עולם, זה טקסט ארוך בעברית (8:30) ואז HL7"
EMOJI = "the ward \U0001f3e5 rang\x07 and \u202eturned\u202c"
UNBROKEN = "x" * 4000
LONG = "word " * 800
HOSTILE = (LIVE, GREEK, ARABIC, HEBREW, EMOJI, UNBROKEN, LONG.strip(), (ARABIC + " ") * 75, "{0} %s \\n ${x}")


def _noted(bench: Any, notes: tuple[str, ...], **changes: object) -> Any:
    """Return the example with a hostile note, piece of evidence and role on every answer."""
    answers = {
        name: answer.model_copy(
            update={
                "note": notes[index % len(notes)][:4000],
                "evidence": (notes[(index + 1) % len(notes)][:1000],),
                "role": notes[(index + 2) % len(notes)][:80],
            }
        )
        for index, (name, answer) in enumerate(bench.example.answers.items())
    }
    return describe(bench.changed(answers=answers, **changes))


@pytest.fixture(scope="module", params=["a4", "letter"])
def hostile(request: pytest.FixtureRequest, bench: Any, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return a report full of what users may paste."""
    secret = tmp_path_factory.mktemp("outside") / "secret.txt"
    secret.write_text(OUTSIDE, encoding="utf-8")
    picture = f'<img src="file://{secret}" width="10" height="10"/>'
    name = f"<b>Ärzte & Söhne</b> \U0001f3e5 {HEBREW} " + "WithoutBreaks" * 8
    document = _noted(bench, (*HOSTILE, picture), name=name[:200], organisation=f"{ARABIC} <script>")
    size: PageSize = "letter" if request.param == "letter" else "a4"
    return render_pdf(document, page_size=size)


@lru_cache(maxsize=4)
def _text(data: bytes) -> str:
    return "\n".join(page.extract_text() for page in pages_of(data))


def test_markup_stays_text(hostile: bytes) -> None:
    """What looks like markup is printed as it was typed, and nothing of it acts."""
    text = _text(hostile)
    assert "<b>bold</b> &amp; & <i>never closed" in text
    assert "javascript:alert(1)" in text
    with pikepdf.open(io.BytesIO(hostile)) as opened:
        links = [link for page in opened.pages for link in page.get("/Annots", [])]
        assert all("/A" not in link or link.A.get("/S") == pikepdf.Name.GoTo for link in links)
        assert "/OpenAction" not in opened.Root
        assert "/Names" not in opened.Root or "/JavaScript" not in opened.Root.Names


def test_no_outside_file_is_read(hostile: bytes) -> None:
    """A path in a note is a path in a note: neither its text nor an image is taken in."""
    text = _text(hostile)
    assert "<img src=" in text
    assert OUTSIDE not in text
    with pikepdf.open(io.BytesIO(hostile)) as opened:
        streams = [item for item in opened.objects if isinstance(item, pikepdf.Stream)]
        assert not [item for item in streams if item.get("/Subtype") == pikepdf.Name.Image]


def test_every_script_is_printed(hostile: bytes) -> None:
    """Greek, arrows, marks and quotes are there; Hebrew and Arabic letters too, in drawing order."""
    text = _text(hostile)
    for part in ("αναμονή", "≥ 3 → κακό ✓", "“curly” naïve €", "םולש"):
        assert part in text
    assert re.search(r"[\ufe70-\ufefc]|[\u0621-\u064a]", text)


def test_what_no_font_draws_is_shown_by_its_code_point(hostile: bytes) -> None:
    """A missing glyph, a control character and a direction override are seen, never dropped."""
    text = _text(hostile)
    for token in ("[U+1F3E5]", "[U+0007]", "[U+202E]"):
        assert token in text


def test_long_notes_are_whole(hostile: bytes) -> None:
    """Four thousand characters without a space, and eight hundred words, lose nothing over page ends."""
    text = _text(hostile)
    assert sum(len(found) for found in re.findall(r"x{20,}", text)) >= len(UNBROKEN)
    assert len(re.findall(r"\bword\b", text)) >= 800


def test_nothing_leaves_the_margins(hostile: bytes) -> None:
    """Long words wrap, and long titles are cut with an ellipsis."""
    for page in pages_of(hostile):
        seen = [glyph for glyph in page.chars if glyph["text"].strip()]
        assert min(glyph["x0"] for glyph in seen) >= MARGIN - 1
        assert max(glyph["x1"] for glyph in seen) <= page.width - MARGIN + 1
        assert max(glyph["bottom"] for glyph in page.chars) <= page.height - 26


def test_right_to_left_lines_break_before_they_are_turned() -> None:
    """Brackets are mirrored and figures keep their order in a turned line."""
    assert visual("אב (8:30) גד", right_to_left=True) == "דג (8:30) בא"


def test_a_text_is_cut_into_runs_of_one_font() -> None:
    """A character without a glyph in the first font is drawn by the second, and the rest by the first."""
    found = runs(cleaned("a → b", "regular"), "regular")
    assert [(run.text.strip(), run.font) for run in found] == [
        ("a", "NotoSans"),
        ("→", "DejaVuSans"),
        ("b", "NotoSans"),
    ]


def test_a_character_with_a_known_spelling_is_spelt() -> None:
    """A compatibility character that no font draws is written by its parts."""
    assert cleaned("\u33a1", "bold") in ("\u33a1", "m2")
    assert cleaned("\ud800", "regular") == "[U+D800]"


def test_hostile_words_in_a_questionnaire_cannot_break_the_layout(bench: Any) -> None:
    """A consultant's own title may be two thousand characters without a space; the report still comes out."""
    questionnaire = bench.questionnaire
    first, *others = questionnaire.questions
    anchors = ("y" * 2000, *first.anchors[1:])
    changed = questionnaire.model_copy(
        update={"questions": (first.model_copy(update={"title": "<b>" + "t" * 1990, "anchors": anchors}), *others)}
    )
    answers = {**bench.example.answers, first.id: Answer(option=0)}
    found = bench.changed(answers=answers)
    data = render_pdf(describe(replace(found, questionnaire=changed)))
    assert _text(data).count("t" * 10) > 0


def test_no_machine_path_is_in_the_file(hostile: bytes) -> None:
    """The bytes name no folder of the machine that made them."""
    assert str(Path(__file__).parents[2]).encode() not in hostile
