from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, Page

from assessment.loading import load_assessment, load_questionnaire
from examples import EXAMPLE
from models.evaluation import evaluate
from models.initiatives import load_initiatives
from models.parameters import load_parameters
from questionnaires import INITIATIVES, QUESTIONNAIRE
from reports.describe import describe
from reports.document import Brand
from reports.logo import logo_from
from reports.web.page import render_html


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return the worked example's report as a file, plain and with a brand and the mark of a draft."""
    asked = load_questionnaire(QUESTIONNAIRE)
    work = load_initiatives(INITIATIVES, asked)
    found = evaluate(asked, load_assessment(EXAMPLE), work, load_parameters(), paths=400).analysed()
    plain, folder = describe(found), tmp_path_factory.mktemp("web")
    target = io.BytesIO()
    Image.new("RGBA", (300, 90), (122, 31, 92, 255)).save(target, "PNG")
    logo = logo_from(target.getvalue(), "logo.png")
    brand = Brand(name="Ward & Sons", logo=logo, primary="#7A1F5C", secondary="#9A4A00", cover_text="For the board")
    made = {"plain": plain, "branded": replace(plain, brand=brand, draft="Draft: 3 of 56 questions are answered.")}
    for name, document in made.items():
        (folder / f"{name}.html").write_bytes(render_html(document))
    return {name: folder / f"{name}.html" for name in made}


EVERY = [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")]
SEEN = [("plain", *each) for each in EVERY] + [("branded", 1280, "dark"), ("branded", 390, "light")]


@pytest.fixture(params=SEEN)
def opened(
    request: pytest.FixtureRequest, browser: Browser, files: dict[str, Path]
) -> Iterator[tuple[Page, list[str]]]:
    """Return the page in a window and a scheme, and what the browser had to say and to fetch from outside it."""
    name, width, scheme = request.param
    file = files[name]
    chosen: Literal["light", "dark"] = "dark" if scheme == "dark" else "light"
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=chosen)
    page, said = context.new_page(), list[str]()
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda found: said.append(found.url) if _outside(found.url, file) else None)
    page.goto(file.as_uri())
    yield page, said
    context.close()


def _outside(address: str, file: Path) -> bool:
    return address != file.as_uri() and not address.startswith("data:image/png;base64,")


def test_axe_finds_nothing_and_nothing_is_fetched(opened: tuple[Page, list[str]]) -> None:
    """Every rule of axe holds, the tables behind the charts included; the policy blocks nothing of our own."""
    page, said = opened
    assert page.evaluate("document.querySelectorAll('details').length") > 5
    page.evaluate("document.querySelectorAll('details').forEach(found => { found.open = true; })")
    assert said == []
    found = Axe().run(page)
    assert [(rule["id"], [node["html"][:200] for node in rule["nodes"]]) for rule in found.response["violations"]] == []
    assert len(found.response["passes"]) > 20


def test_the_page_fits_its_window(opened: tuple[Page, list[str]]) -> None:
    """Only tables and charts scroll sideways; the page itself never does."""
    page, _ = opened
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_charts_and_brand_have_the_colours_of_the_scheme(opened: tuple[Page, list[str]]) -> None:
    """Words of a chart are light on a dark page and dark on a light one; the logo is shown."""
    page, _ = opened
    shades, ground = page.evaluate(
        """() => {
            const shade = code => code.match(/\\d+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0);
            const words = [...document.querySelectorAll('.drawing text')];
            return [words.map(found => shade(getComputedStyle(found).fill)),
                    shade(getComputedStyle(document.documentElement).backgroundColor)];
        }"""
    )
    assert len(shades) > 100
    lit = [shade for shade in shades if (shade > 384) == (ground < 384)]
    assert len(lit) > 0.8 * len(shades)  # the others stand inside a mark
    assert page.evaluate("[...document.images].every(found => found.complete && found.naturalWidth > 0)")


def test_the_keyboard_reaches_the_report_at_once(opened: tuple[Page, list[str]]) -> None:
    """The first stop is the link that skips the cover and the contents."""
    page, _ = opened
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the report"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "report"
