from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from assessment.loading import load_assessment, load_questionnaire
from examples import EXAMPLE
from models.evaluation import evaluate
from models.initiatives import load_initiatives
from models.parameters import load_parameters
from questionnaires import INITIATIVES, QUESTIONNAIRE
from reports.describe import describe
from reports.web.page import render_html


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the worked example's report as a file."""
    asked = load_questionnaire(QUESTIONNAIRE)
    work = load_initiatives(INITIATIVES, asked)
    found = evaluate(asked, load_assessment(EXAMPLE), work, load_parameters(), paths=400).analysed()
    path = tmp_path_factory.mktemp("web") / "report.html"
    path.write_bytes(render_html(describe(found)))
    return path


@pytest.fixture(params=[(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")])
def opened(request: pytest.FixtureRequest, browser: Browser, file: Path) -> Iterator[tuple[Page, list[str]]]:
    """Return the page in a window and a scheme, and what the browser had to say and to fetch."""
    width, scheme = request.param
    chosen: Literal["light", "dark"] = "dark" if scheme == "dark" else "light"
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=chosen)
    page, said = context.new_page(), list[str]()
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda found: said.append(found.url) if found.url != file.as_uri() else None)
    page.goto(file.as_uri())
    yield page, said
    context.close()


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


def test_the_keyboard_reaches_the_report_at_once(opened: tuple[Page, list[str]]) -> None:
    """The first stop is the link that skips the cover and the contents."""
    page, _ = opened
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the report"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "report"
