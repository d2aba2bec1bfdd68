"""The tour by keyboard, the way back, a server that goes and comes, and a page on paper: in a real browser."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Protocol
from urllib.parse import parse_qs, urlsplit

import pikepdf
import pytest
from playwright.sync_api import Page, expect

from assessment.answers import Answer
from scripts.screens import settled
from views.page_rules import GONE
from views.tour import screens
from workspace.service import Workspace

FOLLOWS_WITHIN = 20.0


class Server(Protocol):
    """What these tests need of the server."""

    url: str

    def start(self) -> None:
        """Start the process and wait until it answers."""

    def kill(self) -> None:
        """End the process at once."""

    def workspace(self) -> Workspace:
        """Return a workspace on the same database."""


@pytest.fixture
def example(server: Server) -> str:
    """Return the id of a copy of the example."""
    return server.workspace().example()


def test_the_tour_is_walked_by_keyboard_and_does_not_come_back(server: Server, page: Page, outside: list[str]) -> None:
    """Enter leads from screen to screen, since the focus stays; skipped, it is gone from the address as well."""
    page.goto(server.url)
    page.get_by_role("button", name="Take the tour").focus()
    page.keyboard.press("Enter")
    for number in (1, 2):
        expect(page.get_by_text(f"Tour, {number} of {len(screens())}")).to_be_visible()
        forward = page.get_by_role("button", name="Next", exact=True)
        if number == 1:
            forward.focus()
        expect(forward).to_be_focused()
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Economics", exact=True)).to_be_visible()
    page.get_by_role("button", name="Skip the tour").press("Enter")
    expect(page.get_by_test_id("stMain").get_by_text("Tour, ")).to_have_count(0)
    page.wait_for_function("!location.search.includes('tour')")
    page.reload()
    expect(page.get_by_role("heading", name="Economics", exact=True)).to_be_visible()
    expect(page.get_by_test_id("stMain").get_by_text("Tour, ")).to_have_count(0)
    assert outside == []


def test_charts_follow_the_scheme_of_the_browser(server: Server, page: Page, example: str) -> None:
    """A phone turns dark in the evening: a chart drawn for the light page would not be read on the dark one."""
    address, chart = f"{server.url}/results?a={example}", page.get_by_test_id("stVegaLiteChart").first
    page.emulate_media(color_scheme="dark")
    page.goto(address)
    settled(page)
    wanted = chart.screenshot(animations="disabled")
    page.emulate_media(color_scheme="light")
    page.goto(address)
    settled(page)
    page.emulate_media(color_scheme="dark")
    expect(page.get_by_test_id("stApp")).to_have_css("color-scheme", "dark")
    deadline = time.monotonic() + FOLLOWS_WITHIN
    while chart.screenshot(animations="disabled") != wanted:
        assert time.monotonic() < deadline, "the chart stays as it was drawn for the light page"
        page.wait_for_timeout(100)


def test_the_scores_stay_beside_the_question_that_is_read(server: Server, page: Page, example: str) -> None:
    """However far a step is read, what an answer does to the scores is seen; in a narrow window they stand below."""
    page.goto(f"{server.url}/step?a={example}&step=delivery")
    settled(page)
    for width, seen in ((1280, True), (390, False)):
        page.set_viewport_size({"width": width, "height": 800})
        page.evaluate("document.querySelector('[data-testid=stMain]').scrollTo(0, 2000)")
        scores = expect(page.get_by_role("heading", name="Scores now"))
        (scores.to_be_in_viewport if seen else scores.not_to_be_in_viewport)()


def test_the_next_question_begins_at_its_top(server: Server, page: Page, example: str) -> None:
    """However far the one before was scrolled, the next stands at its heading, and Tab leads to its levels."""
    page.set_viewport_size({"width": 1280, "height": 500})
    page.goto(f"{server.url}/step?a={example}&step=constraints&q=constraints.topology")
    following = page.get_by_role("button", name="Next question")
    following.scroll_into_view_if_needed()
    scrolled = "document.querySelector('[data-testid=stMain]').scrollTop"
    assert page.evaluate(scrolled) > 100
    asked = server.workspace().open(example).questionnaire.of_step("constraints", "full")
    following.press("Enter")
    heading = page.get_by_role("heading", level=1, name=asked[1].prompt)
    expect(heading).to_be_focused()
    assert page.evaluate(scrolled) == 0
    page.keyboard.press("Tab")
    expect(page.locator(f'[class*="st-key-choice-{asked[1].id.replace(".", "-")}-"] input:focus')).to_have_count(1)


@pytest.mark.parametrize(("width", "height", "most"), [(390, 844, 135), (1280, 900, 110)])
def test_the_foot_leaves_the_window_to_the_page(
    server: Server, page: Page, example: str, width: int, height: int, most: int
) -> None:
    """With an answer to undo and the scores in words it takes no more than this of the window, in pixels."""
    server.workspace().answer(example, "constraints.topology", Answer(option=3))
    page.set_viewport_size({"width": width, "height": height})
    page.goto(f"{server.url}/step?a={example}&step=constraints&q=constraints.topology")
    foot = page.get_by_test_id("stBottom")
    expect(foot.get_by_role("button", name="Undo: ")).to_be_visible()
    expect(foot.get_by_text("answered. Overall")).to_be_visible()
    assert foot.evaluate("element => element.getBoundingClientRect().height") <= most
    page.goto(f"{server.url}/changes?a={server.workspace().create('Short')}")
    expect(foot.get_by_text("Every change is saved at once")).to_be_visible()
    assert page.get_by_test_id("stMain").evaluate("element => element.scrollHeight <= element.clientHeight")


def test_undo_takes_back_an_answer_also_after_a_reload(server: Server, page: Page, example: str) -> None:
    """The level that stood before is chosen again, in the browser and in the store."""
    name = "constraints.topology"
    before = server.workspace().open(example).assessment.answers[name]
    page.goto(f"{server.url}/step?a={example}&step=constraints&q={name}")
    levels = page.locator('[class*="st-key-choice-constraints-topology-"] input[type="radio"]')
    expect(levels.nth(before.option or 0)).to_be_checked()
    levels.nth(4).locator("xpath=ancestor::label[1]").click()
    undo = page.get_by_role("button", name="Undo: ")
    expect(undo).to_be_visible()
    page.reload()
    expect(levels.nth(4)).to_be_checked()
    undo.press("Enter")
    expect(levels.nth(before.option or 0)).to_be_checked()
    expect(page.get_by_role("button", name="Redo: ")).to_be_visible()
    assert server.workspace().open(example).assessment.answers[name] == before


def test_redo_goes_once_something_else_is_changed(server: Server, page: Page, example: str) -> None:
    """An undone signal can be done again, until another signal is answered: then nothing offers that any more."""
    signals = server.workspace().open(example).questionnaire.signals
    page.goto(f"{server.url}/context?a={example}&part=signals")
    for place, name in ((0, "Undo"), (2, "Undo")):
        choice = page.locator(f'[class*="st-key-choice-{signals[place].id}-"]')
        unchosen = choice.locator("label:has(input:not(:checked))").first
        unchosen.click()
        way = page.get_by_role("button", name=f"{name}: answer to {signals[place].title[:20]}")
        expect(way).to_be_visible()
        expect(page.get_by_role("button", name="Redo: ")).to_have_count(0)
        way.press("Enter")
        again = page.get_by_role("button", name=f"Redo: answer to {signals[place].title[:20]}")
        expect(again).to_be_visible()
    expect(page.get_by_text("There is a problem")).to_have_count(0)


def test_a_server_that_is_gone_says_so_and_the_page_comes_back_where_it_was(
    server: Server, page: Page, example: str
) -> None:
    """While it is gone one sentence says what is kept; when it is back, so are the place and the answers."""
    address = f"{server.url}/step?a={example}&step=constraints&q=constraints.coupling"
    page.goto(address)
    chosen = page.locator('[class*="st-key-choice-constraints-coupling-"] input[type="radio"]:checked')
    expect(chosen).to_have_count(1)
    expect(page.get_by_text(GONE)).to_be_attached()  # said by the page itself, which must have it by then
    expect(page.get_by_text(GONE)).to_be_hidden()
    server.kill()
    try:
        expect(page.get_by_text(GONE)).to_be_visible()
    finally:
        server.start()
    expect(page.get_by_text(GONE)).to_be_hidden(timeout=60_000)
    expect(chosen).to_be_enabled(timeout=60_000)
    assert parse_qs(urlsplit(page.evaluate("location.href")).query)["q"] == ["constraints.coupling"]


def test_a_page_on_paper_holds_its_text_and_nothing_to_click(
    server: Server, page: Page, example: str, tmp_path: Path
) -> None:
    """The side bar and the foot stay on the screen; the last words of the page are printed."""
    page.goto(f"{server.url}/check?a={example}&step=constraints")
    expect(page.get_by_role("heading", name="What to do next")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    expect(page.get_by_test_id("stBottom")).to_be_hidden()
    page.pdf(path=tmp_path / "check.pdf", format="A4")
    with pikepdf.open(tmp_path / "check.pdf") as printed:
        assert len(printed.pages) > 1


def test_what_is_folded_up_under_a_finding_is_printed(server: Server, page: Page, example: str) -> None:
    """The grounds are one click away on the screen; on paper, where nothing can be clicked, they stand open."""
    page.goto(f"{server.url}/results?a={example}&part=constraints")
    grounds = page.get_by_text("What was said", exact=True).first
    expect(grounds).to_be_attached()
    expect(grounds).to_be_hidden()
    page.emulate_media(media="print")
    expect(grounds).to_be_visible()
