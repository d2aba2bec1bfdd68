"""The whole way without a mouse: what has the focus can be seen, its order is that of reading, and nothing holds it."""

from __future__ import annotations

import io
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, Protocol
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pdfplumber
import pytest
from PIL import Image
from playwright.sync_api import FloatRect, Page, expect

from assessment.answers import Answer
from assessment.questionnaire import Questionnaire
from scripts.screens import SCHEMES, settled
from workspace.service import Workspace

MOST_TABS, PATIENCE = 120, 60_000
RING, LEAST_PIXELS, AROUND = 3.0, 40, 6
"""WCAG 2.2, 1.4.11: least contrast of what shows the focus with what was there without it; how many pixels show it."""
STOP = """() => {
    const here = document.activeElement;
    if (!here || here === document.body) return null;
    const label = here.closest('label'), seen = here.type === 'radio' || here.type === 'checkbox' ? label : here;
    const box = (seen ?? here).getBoundingClientRect(), main = document.querySelector('[data-testid=stMain]');
    const name = here.getAttribute('aria-label') || here.innerText || label?.innerText || '';
    return {
        name: name.replace(/^keyboard_arrow_\\w+\\s+/, '').replace(/^arrow_forward\\s+/, ''),
        kind: [here.tagName, here.type ?? '', here.dataset.testid ?? ''].join(' '),
        inside: main.contains(here) && here !== main, scroller: getComputedStyle(here).overflowX === 'auto',
        top: box.top + main.scrollTop, left: box.left,
        box: { x: box.left, y: box.top, width: box.width, height: box.height },
        column: here.closest('[data-testid=stColumn]') !== null, order: here.tabIndex,
    };
}"""


class Server(Protocol):
    """What this test needs of the server."""

    url: str

    def workspace(self) -> Workspace:
        """Return a workspace on the same database."""


@dataclass(frozen=True)
class Stop:
    """Where Tab has led."""

    name: str
    kind: str
    inside: bool
    scroller: bool
    top: float
    left: float
    box: FloatRect
    column: bool
    order: int


def stop(page: Page) -> Stop | None:
    """Return what has the focus; None when it has left the page."""
    found = page.evaluate(STOP)
    return Stop(**found) if found else None


def tab_to(page: Page, wanted: str, kind: str = "") -> Stop:
    """Press Tab until what is called ``wanted`` has the focus."""
    seen = []
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        here = stop(page)
        seen.append(here.name if here else "(outside the page)")
        if here and here.name.startswith(wanted) and kind in here.kind:
            return here
    message = f"no way by Tab to {wanted!r}; on the way were {seen}"
    raise AssertionError(message)


def picture(page: Page, around: FloatRect) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Return the relative luminance of the pixels around a place, with every transition at its end."""
    clip: FloatRect = {
        "x": max(0, around["x"] - AROUND),
        "y": max(0, around["y"] - AROUND),
        "width": around["width"] + 2 * AROUND,
        "height": min(around["height"], 400) + 2 * AROUND,
    }
    raw = page.screenshot(clip=clip, animations="disabled", caret="hide")
    shares = np.asarray(Image.open(io.BytesIO(raw)).convert("RGB"), dtype=np.float64) / 255
    linear = np.where(shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4)
    return np.asarray(linear @ np.array([0.2126, 0.7152, 0.0722]))


def shown(page: Page, here: Stop) -> bool:
    """Return whether what has the focus looks unlike the same without it, by enough pixels of enough contrast."""
    focused = picture(page, here.box)
    page.evaluate("window.had = document.activeElement; window.had.blur()")
    without = picture(page, here.box)
    page.evaluate("window.had.focus({ focusVisible: true, preventScroll: true })")
    brighter, darker = np.maximum(focused, without), np.minimum(focused, without)
    ratio = (brighter + 0.05) / (darker + 0.05)
    return int((ratio >= RING).sum()) >= LEAST_PIXELS


def walked(page: Page) -> list[Stop]:
    """Press Tab from the top of the page until the focus leaves it, and return the stops."""
    page.evaluate("document.activeElement?.blur(); document.getSelection().removeAllRanges()")
    stops: list[Stop] = []
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        here = stop(page)
        if here is None:
            return stops
        stops.append(here)
    message = f"after {MOST_TABS} stops the focus is still on the page, at {stops[-1].name!r}"
    raise AssertionError(message)


def hold_order(stops: list[Stop]) -> None:
    """Hold that what comes next stands further down, or further right, and that nobody set an order of his own."""
    inside = [one for one in stops if one.inside and not one.scroller]
    assert len(inside) > 3
    for one, following in pairwise(inside):
        down, right = following.top >= one.top - 24, following.left > one.left
        assert down or right, f"{following.name!r} comes after {one.name!r}, which stands below it"
    assert all(one.order <= 0 for one in stops)


def test_the_whole_way_by_keyboard_alone(
    server: Server, page: Page, outside: list[str], questionnaire: Questionnaire
) -> None:
    """From the start through an answer and the results to the report on the disk: Tab, arrows, Space and Enter do."""
    page.goto(server.url)
    settled(page)
    tab_to(page, "Name of the assessment")
    page.keyboard.type("By keys to the report")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Task list")).to_be_visible(timeout=PATIENCE)
    id_ = parse_qs(urlsplit(page.url).query)["a"][0]
    first = questionnaire.steps[0]
    tab_to(page, f"1. {first.title}")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=first.title)).to_be_visible(timeout=PATIENCE)
    settled(page)
    asked = questionnaire.of_step(first.id, "pulse")[0]
    tab_to(page, "", kind="radio")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_test_id("stBottomBlockContainer").get_by_text("Saved ").first).to_be_visible(timeout=PATIENCE)
    expect(page.locator('[class*="st-key-choice-"] input').nth(1)).to_be_checked()
    tab_to(page, "Results", kind="stPageLink")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Results", exact=True)).to_be_visible(timeout=PATIENCE)
    tab_to(page, "Report and export", kind="stPageLink")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Report and export")).to_be_visible(timeout=PATIENCE)
    settled(page)
    tab_to(page, "Make the PDF")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Download the PDF")).to_be_visible(timeout=2 * PATIENCE)
    tab_to(page, "Download the PDF")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    with pdfplumber.open(download.value.path()) as paper:
        assert "By keys to the report" in (paper.pages[0].extract_text() or "")
    answers = server.workspace().open(id_).assessment.answers
    assert answers == {asked.id: Answer(option=1)}
    assert outside == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_focus_is_seen_goes_on_and_goes_in_order(server: Server, page: Page, scheme: Literal["light", "dark"]) -> None:
    """Tab leads through a page and out of it, downwards, and every kind of thing that takes it shows that it has it."""
    page.emulate_media(color_scheme=scheme)
    id_ = server.workspace().example()
    unseen, kinds = [], set()
    for address in ("", f"register?a={id_}", f"report?a={id_}"):
        page.goto(f"{server.url}/{address}")
        settled(page)
        hold_order(walked(page))
        for _ in range(MOST_TABS):
            page.keyboard.press("Tab")
            here = stop(page)
            if here is None:
                break
            if here.kind in kinds or here.kind.startswith("MAIN"):
                continue
            kinds.add(here.kind)
            if not shown(page, here):
                unseen.append(f"{here.kind}: {here.name[:40]!r} does not show that it has the focus")
    assert len(kinds) > 6
    assert not unseen, "\n".join(unseen)


def test_a_table_that_scrolls_is_reached_by_tab(server: Server, page: Page) -> None:
    """On a phone's width the box of a wide table takes the focus, and the arrow key moves it."""
    id_ = server.workspace().example()
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{server.url}/register?a={id_}")
    settled(page)
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        here = stop(page)
        if here and here.inside and here.scroller:
            break
    moved = "document.activeElement.scrollLeft"
    assert page.evaluate(moved) == 0
    page.keyboard.press("ArrowRight")
    page.wait_for_function(f"{moved} > 0")
