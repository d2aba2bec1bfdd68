"""The board summary: two pages, every sentence from the evaluation or marked as edited."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pdfplumber
import pikepdf
import pytest

from assessment.errors import InputError
from assessment.report_settings import LONGEST_EDIT, ReportSettings, SentenceEdit
from models.evaluation import Evaluation
from reports.board import board_sentences, draft_sentence
from reports.brand import LONGEST_IN_TABLE, MOST_EDITED
from reports.describe import describe, every_section
from reports.document import Bullets, Callout, Document, FigureBlock, Paragraph, Section, Table
from reports.pdf import PageSize, render_pdf
from reports.sections.summary import summary


@pytest.fixture(scope="module")
def analysed(evaluation: Evaluation) -> Evaluation:
    """Return the worked example with its analysis."""
    return evaluation.analysed()


def short(found: Evaluation) -> Document:
    """Return a report of the summary and the page on what it was made from."""
    others = kept(tuple(name for name in names_of(found) if name != "summary"))
    return describe(set_as(found, found.assessment.report.model_copy(update={"left_out": others})))


NAMES: dict[tuple[str, bool], tuple[str, ...]] = {}


def names_of(found: Evaluation) -> tuple[str, ...]:
    """Return the names of the sections, made once for the same figures: settings only add the one on edits."""
    key = (found.identity.inputs_hash, found.analysis is not None)
    if key not in NAMES:
        NAMES[key] = tuple(item.id for item in every_section(found))
    return NAMES[key]


def kept(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the sections that can be switched off."""
    return tuple(name for name in names if name not in ("identity", "edits"))


def set_as(found: Evaluation, settings: ReportSettings) -> Evaluation:
    """Return an evaluation with other report settings."""
    return replace(found, assessment=found.assessment.model_copy(update={"report": settings}))


def edited(found: Evaluation, key: str, text: str, by: str = "", of: str | None = None) -> Evaluation:
    """Return an evaluation one of whose sentences is edited."""
    generated = board_sentences(found)[key].generated if of is None else of
    return set_as(found, ReportSettings(edits={key: SentenceEdit(text=text, of=generated, by=by)}))


def words(section: Section) -> str:
    """Return every sentence of a section."""
    parts: list[str] = []
    for block in section.blocks:
        if isinstance(block, Paragraph | Callout):
            parts.append(block.text)
        elif isinstance(block, Bullets):
            parts += block.items
        elif isinstance(block, Table):
            parts += [cell for row in block.rows for cell in row]
    return "\n".join(parts)


def pages_of_summary(data: bytes) -> int:
    """Return how many pages lie between the title of the first section and the contents, the first page with links."""
    with pikepdf.open(io.BytesIO(data)) as opened, opened.open_outline() as outline:
        numbers = {page.objgen: number for number, page in enumerate(opened.pages)}
        contents = next(number for number, page in enumerate(opened.pages) if "/Annots" in page)
        return contents - page_of(opened, outline.root[0], numbers)


def test_it_stands_before_the_contents(analysed: Evaluation) -> None:
    """A board opens the report and sees the decision: cover, summary, contents, then the rest."""
    with pdfplumber.open(io.BytesIO(render_pdf(short(analysed)))) as opened:
        firsts = [page.extract_text().split("\n")[1] for page in opened.pages[1:5]]
    assert firsts == ["1 Summary", "The first 90 days", "Contents", "2 Policies, sources and identity"]


def longest(analysed: Evaluation) -> Evaluation:
    """Return the example with edits as long as they may be: every sentence, and together all that is allowed."""
    sentences, edits, left = board_sentences(analysed), {}, MOST_EDITED
    for key in sorted(sentences, key=lambda name: not name.startswith("first.")):
        most = LONGEST_IN_TABLE if key.startswith("first.") else LONGEST_EDIT
        text = ("Every word of this was typed by hand. " * 20)[: min(most, left)].strip()
        if text:
            edits[key] = SentenceEdit(text=text, by="A" * 80)
        left -= len(text)
    return set_as(analysed, ReportSettings(edits=edits))


@pytest.mark.parametrize("size", ["a4", "letter"])
def test_long_edits_do_not_push_it_past_two_pages(analysed: Evaluation, size: PageSize) -> None:
    """Type gives way, then the picture; nothing that was typed is left out, and nothing is smaller than 5.4 points."""
    found = longest(analysed)
    data = render_pdf(short(found), page_size=size)
    assert pages_of_summary(data) == 2
    with pdfplumber.open(io.BytesIO(data)) as opened:
        pages = opened.pages[1:3]
        text = " ".join(" ".join(page.extract_text().split()) for page in pages)
        sizes = [char["size"] for page in pages for char in page.chars]
    assert text.count("[edited by A") == len(found.assessment.report.edits)
    assert min(sizes) > 5.4


def test_more_than_fits_on_two_pages_is_refused(analysed: Evaluation) -> None:
    """The sentence says how long the edits are and may be, and which field of the table is too long."""
    sentences = [key for key in board_sentences(analysed) if not key.startswith("first.")]
    many = {key: SentenceEdit(text="x" * LONGEST_EDIT) for key in sentences}
    assert sum(len(edit.text) for edit in many.values()) > MOST_EDITED
    with pytest.raises(InputError, match=f"at most {MOST_EDITED:,} fit on the two pages of the summary"):
        describe(set_as(analysed, ReportSettings(edits=many)))
    wide = {"first.map-constraints": SentenceEdit(text="x" * (LONGEST_IN_TABLE + 1))}
    with pytest.raises(InputError, match=f"{LONGEST_IN_TABLE + 1} characters; a column of the table holds"):
        describe(set_as(analysed, ReportSettings(edits=wide)))


def page_of(opened: pikepdf.Pdf, item: Any, numbers: dict[Any, int]) -> int:
    """Return the page that an entry of the outline leads to."""
    target = item.destination if item.destination is not None else item.action.D
    if isinstance(target, pikepdf.String | pikepdf.Name):
        target = opened.Root.Dests[str(target) if str(target).startswith("/") else f"/{target}"]
    where = target if isinstance(target, pikepdf.Array) else target.D
    return numbers[where[0].objgen]


def test_with_nothing_answered_one_page_holds_all_of_it(bench: Any) -> None:
    """There is no roadmap to fill a second one."""
    assert pages_of_summary(render_pdf(short(bench.blank()))) == 1


@pytest.mark.parametrize("size", ["a4", "letter"])
@pytest.mark.parametrize("which", ["example", "plain", "draft"])
def test_it_takes_two_pages(analysed: Evaluation, evaluation: Evaluation, size: PageSize, which: str) -> None:
    """With its analysis, without it, and as a draft, on both sizes of paper."""
    found = evaluation if which == "plain" else analysed
    if which == "draft":
        found = set_as(found, ReportSettings(draft_below=1.0))
    assert pages_of_summary(render_pdf(short(found), page_size=size)) == 2


def test_every_sentence_of_the_summary_stands_in_it(analysed: Evaluation) -> None:
    """What can be edited is what is printed."""
    printed = words(summary(analysed))
    for item in board_sentences(analysed).values():
        assert item.shown in printed, item.key


def test_the_first_days_are_those_of_the_plan(analysed: Evaluation) -> None:
    """Each piece of work that starts within three months stands there with its first week, and no other."""
    table = next(block for block in summary(analysed).blocks if isinstance(block, Table))
    known = analysed.initiatives.by_id
    placed = [item for item in analysed.plan.placements if item.start_month <= 3]
    assert {(row[0], row[2]) for row in table.rows} == {
        (known[item.initiative].title, known[item.initiative].first_week) for item in placed
    }


def test_open_answers_are_named(bench: Any) -> None:
    """A reader sees which questions, not only how many."""
    asked = bench.questionnaire.asked(bench.example.mode)
    answers = {name: given for name, given in bench.example.answers.items() if name != asked[0].id}
    assert asked[0].title in board_sentences(bench.changed(answers=answers))["unknown.unknown"].generated


def test_an_edited_sentence_carries_its_mark(analysed: Evaluation) -> None:
    """In the summary, and beside the generated one in a table of its own."""
    found = edited(analysed, "decision", "We begin in March.", "A. Consultant")
    sections = {item.id: item for item in describe(found).sections}
    callout = sections["summary"].blocks[0]
    assert isinstance(callout, Callout)
    assert callout.text == "We begin in March. [edited by A. Consultant]"
    table = next(block for block in sections["edits"].blocks if isinstance(block, Table))
    assert table.rows == (("Decision", callout.text, board_sentences(analysed)["decision"].generated),)


def test_an_edit_that_the_figures_left_behind_says_so(analysed: Evaluation) -> None:
    """The sentence it replaced is no longer the generated one."""
    found = edited(analysed, "overall", "All is well.", "", of="Effective maturity is 12 of 100.")
    assert board_sentences(found)["overall"].shown == "All is well. [edited, before the figures changed]"


def test_without_an_edit_nothing_is_marked(analysed: Evaluation) -> None:
    """Restored sentences are generated ones."""
    assert all(item.shown == item.generated and not item.mark for item in board_sentences(analysed).values())
    assert "edits" not in {item.id for item in describe(analysed).sections}


@pytest.mark.parametrize(
    "text", ["<b>x</b> <img src='/etc/passwd'/>", "=1+1", "a\n\n\nb [edited] c", "\u202eabc", "x" * 700]
)
def test_hostile_words_stay_words(analysed: Evaluation, text: str) -> None:
    """An edit is printed as text, with its mark last, and never breaks the report."""
    found = edited(analysed, "binding", text, text[:80])
    shown = board_sentences(found)["binding"].shown
    assert shown.startswith(" ".join(text.split()))
    assert shown.endswith("]")
    assert render_pdf(short(found)).startswith(b"%PDF")


def test_sections_can_be_switched_off_but_not_the_last(evaluation: Evaluation) -> None:
    """The page that says what the report was made from, and the label of a fictional one, always stand."""
    everything = tuple(item.id for item in every_section(evaluation))
    found = describe(set_as(evaluation, ReportSettings(left_out=kept(everything))))
    assert [item.id for item in found.sections] == ["identity"]
    assert found.label
    assert found.cover.label
    assert render_pdf(found).startswith(b"%PDF")


def test_a_draft_says_what_is_missing(bench: Any, evaluation: Evaluation) -> None:
    """At the limit it is final; below it every page and the summary say so, with the figures."""
    limit = evaluation.scores.answered / evaluation.scores.asked
    assert draft_sentence(set_as(evaluation, ReportSettings(draft_below=limit))) == ""
    blank = set_as(bench.blank(), ReportSettings(draft_below=0.6))
    sentence = f"Draft: 0 of {blank.scores.asked} questions are answered, and a final report needs 60% of them."
    assert describe(blank).draft == sentence
    assert sentence in words(summary(blank))


def test_a_draft_is_marked_on_every_page(bench: Any) -> None:
    """Also on the cover."""
    data = render_pdf(short(set_as(bench.blank(), ReportSettings(draft_below=0.6))))
    with pikepdf.open(io.BytesIO(data)) as opened:
        turned = [page.Contents.read_bytes().count(b".615661 .788011") for page in opened.pages]
    assert turned == [1] * len(turned)


def test_report_settings_move_no_figure(evaluation: Evaluation, bench: Any) -> None:
    """The hash of the inputs is that of the answers and figures alone."""
    other = bench.changed(report=ReportSettings(brand="Ours", draft_below=0.5))
    assert other.identity == evaluation.identity


def test_the_pictures_of_a_report_have_names_of_their_own(analysed: Evaluation) -> None:
    """The picture of the summary is no second one of the same name."""
    names = [block.figure.id for block in describe(analysed).blocks() if isinstance(block, FigureBlock)]
    drawn = [name for name in names if name != "roadmap"]  # drawn in parts
    assert len(drawn) == len(set(drawn))
