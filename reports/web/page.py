"""A document as one HTML file: no script, nothing loaded from outside, and the same bytes for the same document."""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from pathlib import Path

from models.watching import Steps, Watch
from reports.document import Cover, Document
from reports.web.blocks import Maker, chart_name, section_name
from reports.web.brand import brand_marks, brand_rules, draft_mark
from reports.web.dark import dark_rules
from reports.web.nodes import Node, element, lines, written

_STYLE = Path(__file__).with_name("style.css")


@lru_cache(maxsize=1)
def _style() -> str:
    return _STYLE.read_text(encoding="utf-8")


def style_of(document: Document) -> str:
    """Return the style sheet of a page: that of every page, the colours of its brand, and its charts in the dark."""
    figures = document.figures()
    names = [chart_name(number) for number in range(1, len(figures) + 1)]
    return _style() + brand_rules(document.brand) + dark_rules(figures, names)


def policy(sheet: str, *, logo: bool = False) -> str:
    """Return the content security policy: the page's own style sheet by its hash, and nothing else at all.

    Args:
        sheet: the style sheet.
        logo: whether the page holds a logo, as data of its own.
    """
    digest = base64.b64encode(hashlib.sha256(sheet.encode("utf-8")).digest()).decode("ascii")
    pictures = " img-src data:;" if logo else ""
    return f"default-src 'none'; style-src 'sha256-{digest}';{pictures} base-uri 'none'; form-action 'none'"


def render_html(document: Document, watch: Watch | None = None) -> bytes:
    """Return a document as an HTML page, UTF-8, that stands by itself.

    Args:
        document: the description, from :func:`reports.describe.describe`.
        watch: who follows it, chart by chart.

    Raises:
        StoppedError: when who follows said so.
    """
    charts = Steps(watch or Watch(), len(document.figures()))
    page = element("html", _head(document), _body(document, charts), lang=document.language)
    return f"<!doctype html>\n{written(page)}\n".encode()


def _head(document: Document) -> Node:
    sheet = style_of(document)
    allowed = policy(sheet, logo=bool(document.brand.logo))
    return element(
        "head",
        Node("meta", {"charset": "utf-8"}),
        Node("meta", {"http-equiv": "Content-Security-Policy", "content": allowed}),
        Node("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}),
        Node("meta", {"name": "color-scheme", "content": "light dark"}),
        Node("meta", {"name": "author", "content": document.author}),
        Node("meta", {"name": "description", "content": document.subject}),
        element("title", document.title),
        element("style", sheet),
    )


def _body(document: Document, charts: Steps) -> Node:
    maker = Maker(charts)
    sections = [maker.section(number, section) for number, section in enumerate(document.sections, 1)]
    stamp = " · ".join(filter(None, (document.stamp, document.label)))
    return element(
        "body",
        element("a", "Skip to the report", href="#report", class_="skip"),
        draft_mark(document),
        _cover(document.cover, brand_marks(document.brand)),
        _contents(document),
        element("main", *sections, id="report", tabindex="-1"),
        element("footer", element("p", stamp)),
    )


def _cover(cover: Cover, brand: Node | None) -> Node:
    own = cover.organisation if cover.organisation != cover.title else ""
    facts = [part for label, text in cover.lines for part in (element("dt", label), element("dd", *lines(text)))]
    return element(
        "header",
        element("h1", cover.title, dir="auto"),
        element("p", own, class_="organisation", dir="auto") if own else None,
        element("p", cover.subtitle),
        element("p", cover.label, class_="label") if cover.label else None,
        element("dl", *facts, class_="facts") if facts else None,
        brand,
    )


def _contents(document: Document) -> Node:
    links = (
        element("li", element("a", section.title, href=f"#{section_name(number)}"))
        for number, section in enumerate(document.sections, 1)
    )
    return element("nav", element("h2", "Contents", id="contents"), element("ol", *links), aria_labelledby="contents")
