"""Two tabs, hostile text, charts, files and ways back: in a real browser on a real server."""

from __future__ import annotations

import re
from typing import Protocol
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import BrowserContext, FilePayload, Locator, Page, expect

from assessment.answers import Answer
from workspace.service import Workspace

HOSTILE = '<img src=x onerror="document.title=1"> <script>1</script> **bold** :red[r] $x^2$ [a](https://a.example) -> |'


class Server(Protocol):
    """What these tests need of the server."""

    url: str

    def workspace(self) -> Workspace:
        """Return a workspace on the same database."""

    def log(self) -> str:
        """Return what the process wrote."""


def main(page: Page) -> Locator:
    """Return the page without its side bar."""
    return page.get_by_test_id("stMain")


def radio(page: Page, question: str, level: int) -> Locator:
    """Return one radio button of a question."""
    return page.locator(f'[class*="st-key-choice-{question.replace(".", "-")}-"] input[type="radio"]').nth(level)


def test_two_tabs_lose_nothing(server: Server, context: BrowserContext, outside: list[str]) -> None:
    """Two people answer different questions of one assessment at once; both answers stand, and a clash is told."""
    id_ = server.workspace().create("Two tabs")
    address = f"{server.url}/step?a={id_}&step=constraints"
    one, two = context.new_page(), context.new_page()
    for tab in (one, two):
        tab.goto(address)
        expect(radio(tab, "constraints.topology", 0)).to_be_attached()
        expect(radio(tab, "constraints.coupling", 0)).to_be_attached()
    radio(one, "constraints.topology", 1).locator("xpath=ancestor::label[1]").click()
    radio(two, "constraints.coupling", 2).locator("xpath=ancestor::label[1]").click()
    for tab, question in ((one, "constraints-topology"), (two, "constraints-coupling")):
        said = tab.locator(f'[class*="st-key-more-{question}-"]').locator(
            'xpath=preceding::*[@data-testid="stMarkdown"][1]'
        )
        expect(said.get_by_text("Saved ")).to_be_visible()
    stored = server.workspace().open(id_).assessment.answers
    assert stored == {"constraints.topology": Answer(option=1), "constraints.coupling": Answer(option=2)}
    radio(two, "constraints.topology", 3).locator("xpath=ancestor::label[1]").click()
    expect(main(two).get_by_text("Somebody had changed this in another window")).to_be_visible()
    assert server.workspace().open(id_).assessment.answers["constraints.topology"] == Answer(option=3)
    history = server.workspace().history(id_, "answer", "constraints.topology")
    assert [event.payload["option"] for event in history] == [1, 3]
    assert outside == []


def test_hostile_text_stays_text(server: Server, page: Page, outside: list[str]) -> None:
    """Markup, formulas and links in names and notes are shown as they were typed, and nothing of it runs."""
    desk = server.workspace()
    id_ = desk.create(HOSTILE, organisation=HOSTILE)
    desk.answer(id_, "constraints.topology", Answer(option=1))
    page.goto(f"{server.url}/step?a={id_}&step=constraints")
    page.locator('[class*="st-key-more-constraints-topology-"] button').click()
    note = page.get_by_label("Note", exact=True)
    note.fill(HOSTILE)
    note.press("Control+Enter")
    expect(page.get_by_test_id("stText").get_by_text(HOSTILE)).to_be_visible()
    expect(note).to_have_value(HOSTILE)
    assert desk.open(id_).assessment.answers["constraints.topology"].note == HOSTILE
    for address in (f"check?a={id_}&step=constraints", f"tasks?a={id_}", ""):
        page.goto(f"{server.url}/{address}")
        shown = main(page).get_by_text("<img src=x").first
        expect(shown).to_be_visible()
        text = shown.inner_text().replace("\u2060", "")
        assert HOSTILE in text
        assert shown.locator("img, a[href*='a.example'], .katex, strong:text-is('bold')").count() == 0
    assert page.title() != "1"
    assert outside == []


def test_charts_have_words(server: Server, page: Page) -> None:
    """Every chart carries alternative text; its table stands open below it, or is one click away."""
    id_ = server.workspace().example()
    for part, count in {"answer": 1, "constraints": 2, "steps": 1, "posture": 2}.items():
        page.goto(f"{server.url}/results?a={id_}&part={part}")
        charts = page.get_by_test_id("stVegaLiteChart")
        expect(charts).to_have_count(count)
        for chart in charts.all():
            expect(chart).to_have_attribute("aria-label", re.compile(".{41,}", re.DOTALL))
        behind = main(page).get_by_text(re.compile("^(The figures of this chart as a table|This chart as a file)$"))
        expect(behind).to_have_count(count)
        if main(page).get_by_text("This chart as a file").count():
            expect(main(page).get_by_role("table").first).to_be_visible()


def test_an_export_comes_back(server: Server, page: Page) -> None:
    """The exported file, brought in again, holds the same answers."""
    desk = server.workspace()
    id_ = desk.example()
    page.goto(f"{server.url}/report?a={id_}")
    with page.expect_download() as download:
        main(page).get_by_role("button", name="Download the export").click()
    page.goto(server.url)
    raw = download.value.path().read_bytes()
    files: list[FilePayload] = [
        {"name": download.value.suggested_filename, "mimeType": "application/json", "buffer": raw}
    ]
    page.locator('input[type="file"]').set_input_files(files)
    expect(main(page).get_by_role("button", name=re.compile("^Remove"))).to_be_visible()
    main(page).get_by_role("button", name="Import the file").click()
    expect(page.get_by_role("heading", name="Task list")).to_be_visible()
    brought = parse_qs(urlsplit(page.url).query)["a"][0]
    assert brought != id_
    assert desk.open(brought).assessment == desk.open(id_).assessment


def test_an_unknown_address_leads_back(server: Server, page: Page) -> None:
    """An id that names nothing gives a sentence and a link to the start."""
    page.goto(f"{server.url}/results?a={'A' * 24}")
    expect(main(page).get_by_text("names no assessment")).to_be_visible()
    main(page).get_by_role("link", name="Go to the start page").click()
    expect(main(page).get_by_role("button", name="Try the example")).to_be_visible()


def test_back_goes_to_the_step_before(server: Server, page: Page) -> None:
    """The browser's own Back leads from one step to the one before, and from the check page to the step."""
    id_ = server.workspace().create("Back and forth")
    page.goto(f"{server.url}/step?a={id_}&step=constraints")
    expect(page.get_by_role("heading", name="Architectural constraint analysis")).to_be_visible()
    main(page).get_by_role("button", name="Next: Explicit scalability definition").click()
    expect(page.get_by_role("heading", name="Explicit scalability definition")).to_be_visible()
    main(page).get_by_role("button", name="Check your answers").click()
    expect(page.get_by_role("heading", name="Check your answers")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="Explicit scalability definition")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="Architectural constraint analysis")).to_be_visible()
    expect(radio(page, "constraints.topology", 0)).to_be_attached()
