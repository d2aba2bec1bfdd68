"""Text as text, faults as one sentence, and garbage off the path of a click."""

from __future__ import annotations

import logging
import re
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from streamlit.testing.v1 import AppTest

from views.housekeeping import due
from views.plain import linked, plain


@given(st.text(alphabet="abA1 *_`[]()<>#$~|\\^&;:!.-+=@/\"'\n{}", max_size=60))
def test_markdown_shows_text_as_it_was_typed(text: str) -> None:
    """Whatever is typed comes out of a Markdown reader as one paragraph of the same characters."""
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(plain(text))
    shown = "".join(child.content for token in tokens if token.children for child in token.children)
    kinds = {child.type for token in tokens if token.children for child in token.children}
    assert kinds <= {"text", "text_special"}
    assert shown.replace("\u2060", "") == " ".join(text.split())


@pytest.mark.parametrize(
    "text",
    [
        ":red[x]",
        ":smile:",
        ":100:",
        ":+1:",
        ":-1:",
        "https://a.example",
        "www.a.example",
        "a@b.example",
        "a -> b",
        "x >= 1",
    ],
)
def test_what_streamlit_would_replace_is_parted(text: str) -> None:
    """Colours, emoji, addresses and arrows are parted by a joiner that nobody sees."""
    bare = re.sub(r"\\(.)", r"\1", plain(text))
    assert "\u2060" in bare
    assert bare.replace("\u2060", "") == text


def test_a_fault_is_one_neutral_sentence(caplog: pytest.LogCaptureFixture) -> None:
    """What went wrong goes to the log under a reference; the page shows the reference alone."""

    def script() -> None:
        from views.feedback import guard  # noqa: PLC0415

        with guard():
            message = "secret detail"
            raise RuntimeError(message)

    with caplog.at_level(logging.ERROR):
        app = AppTest.from_function(script).run()
    assert not app.exception
    assert "secret" not in app.error[0].value
    reference = re.search(r"reference ([0-9a-f]{8})", app.error[0].value)
    assert reference is not None
    assert reference[1] in caplog.text


@pytest.mark.parametrize(
    ("objects", "seconds", "expected"), [(0, 999.0, False), (1, 59.0, False), (1, 60.0, True), (50_000, 1.0, True)]
)
def test_garbage_is_collected_when_there_is_enough_or_it_is_old(objects: int, seconds: float, expected: bool) -> None:  # noqa: FBT001
    """The timer collects by amount or by age, and never for nothing."""
    assert due(objects, seconds) is expected


@pytest.mark.parametrize("text", ["https://wiki.example/a_b?c=1&d=2#e", "http://[::1]/x", "https://a.example/(x)[y]"])
def test_a_web_address_alone_is_a_link(text: str) -> None:
    """It reads as it was typed, and leads where it says."""
    (token,) = MarkdownIt().parseInline(linked(text))
    kinds = [child.type for child in token.children or ()]
    assert kinds[0] == "link_open"
    assert kinds[-1] == "link_close"
    assert unquote(str((token.children or [])[0].attrs["href"])) == unquote(text)


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:text/html,x",
        "ftp://a.example",
        "see https://a.example",
        "https://",
        "https:a.example",
        "http://[",
        "file:///etc/passwd",
        "runbook.pdf",
    ],
)
def test_anything_else_is_text(text: str) -> None:
    """Another scheme, a sentence with an address in it, or half an address leads nowhere."""
    (token,) = MarkdownIt().parseInline(linked(text))
    assert "link_open" not in [child.type for child in token.children or ()]


def test_an_address_cannot_break_out_of_its_link() -> None:
    """Brackets and quotes in an address end neither the link nor begin another."""
    (token,) = MarkdownIt().parseInline(linked("https://a.example/>)[x](javascript:1)<b>"))
    links = [child for child in token.children or () if child.type == "link_open"]
    assert [str(link.attrs["href"]).partition("/")[0] for link in links] == ["https:"]
