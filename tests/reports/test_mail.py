from __future__ import annotations

from typing import Any

from markdown_it import MarkdownIt

from models.evaluation import Evaluation
from reports.describe import describe
from reports.document import Bullets, Callout, Document, Heading, KeyFigures, Paragraph
from reports.mail import render_mail

LONGEST = 6_000
"""Characters that a mail may have: about two screens."""


def read(data: bytes) -> list[tuple[str, str]]:
    """Return each piece of text of a Markdown file as it is shown, with the tag around it."""
    found, tags = [], [""]
    for token in MarkdownIt("commonmark").parse(data.decode("utf-8")):
        if token.nesting > 0:
            tags.append(token.tag)
        elif token.nesting < 0:
            tags.pop()
        elif token.type == "inline":
            assert {child.type for child in token.children or ()} <= {"text", "strong_open", "strong_close"}
            found.append((tags[-1], "".join(child.content for child in token.children or ())))
        else:
            message = f"an unexpected {token.type}"
            raise AssertionError(message)
    return found


def test_the_mail_says_what_the_summary_says(evaluation: Evaluation, document: Document) -> None:
    """Decision, key figures, what binds, what comes first, what is unknown and the stamp, each figure as in the PDF."""
    shown = " ".join(text for _, text in read(render_mail(evaluation)))
    wanted = [document.title, document.label, document.stamp]
    for block in document.sections[0].blocks:
        match block:
            case Callout():
                wanted += [block.title, block.text]
            case KeyFigures():
                wanted += [f"{item.label}: {item.value} ({item.spread})" for item in block.items]
            case Heading() | Paragraph():
                wanted.append(block.text)
            case Bullets():
                wanted += block.items
    assert [text for text in wanted if " ".join(text.split()) not in shown] == []


def test_the_mail_is_short(evaluation: Evaluation) -> None:
    """It has one title, one section, and fits two screens."""
    data = render_mail(evaluation)
    assert len(data) < LONGEST
    assert [tag for tag, _ in read(data) if tag in {"h1", "h2"}] == ["h1", "h2"]


def test_a_mail_without_costs_says_what_is_missing(bench: Any) -> None:
    """A blank assessment gives a mail with its reasons."""
    found = bench.blank()
    shown = " ".join(text for _, text in read(render_mail(found)))
    assert found.missing[0] in shown


def test_the_same_evaluation_gives_the_same_bytes(evaluation: Evaluation) -> None:
    """Nothing in the mail depends on when it is made."""
    assert render_mail(evaluation) == render_mail(evaluation)


def test_the_summary_has_no_block_that_markdown_lacks(bench: Any) -> None:
    """At the design stage too the summary is written whole."""
    known = {name: found for name, found in bench.example.answers.items() if found.figure is None}
    design = bench.changed(stage="design", answers=known, signals={})
    assert describe(design).sections[0].id == "summary"
    assert len(read(render_mail(design))) > 10
