"""Every page, on the example and with nothing answered, on a phone, a laptop and a projector, light and dark.

One browser goes over the pages once and looks at each in every window and scheme; the tests below read what it saw.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Protocol
from urllib.parse import parse_qs, urlsplit

import axe_playwright_python
import pytest
import yaml
from playwright.sync_api import Browser, ConsoleMessage, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from assessment.questionnaire import Questionnaire
from models.initiatives import InitiativeFile
from models.parameters import ParameterFile
from scripts.places import Place, pages
from scripts.screens import SCHEMES, WIDTHS, settled
from workspace.service import Workspace

Part = Literal["all", "colours", "structure"]
HERE = Path(__file__).parent
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
FAULTS, FINDINGS = ((HERE / name).read_text(encoding="utf-8") for name in ("faults.js", "axe.js"))
ALLOWED: list[dict[str, str]] = yaml.safe_load((HERE / "streamlit_findings.yaml").read_text(encoding="utf-8"))
NARROW, FOLLOWS_WITHIN, PATIENCE = 768, 10_000, 60_000
ASKS_WITHIN = 500
"""Milliseconds after which a page has asked to be drawn again for another scheme."""
FOLLOWED = """() => {
    const main = document.querySelector('[data-testid=stMain]');
    const moving = document.getAnimations().some((one) => one instanceof CSSTransition && one.playState === 'running');
    return !moving && main.scrollWidth <= main.clientWidth;
}"""
PROBED = ("/_stcore/health", "/_stcore/host-config")
"""Where Streamlit's own script asks first, beside the page, before it asks at the root: 404 there is no error."""


class Server(Protocol):
    """What these tests need of the server."""

    url: str

    def workspace(self) -> Workspace:
        """Return a workspace on the same database."""

    def log(self) -> str:
        """Return what the process wrote."""


@dataclass
class Seen:
    """What one walk over the pages saw: sentences, each with its page, window and scheme."""

    layout: list[str] = field(default_factory=list)
    axe: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    allowed: set[int] = field(default_factory=set)
    places: list[str] = field(default_factory=list)

    def fits(self, page: Page, place: str, identifiers: list[str]) -> None:
        """Look at how the page lies in its window."""
        self.layout += [f"{place}: {found}" for found in page.evaluate(FAULTS, identifiers)]

    def sound(self, page: Page, place: str, part: Part) -> None:
        """Ask axe."""
        found, used = page.evaluate(FINDINGS, [ALLOWED, part])
        self.axe += [f"{place}: {sentence}" for sentence in found]
        self.allowed |= set(used)


@pytest.fixture(scope="module")
def identifiers(questionnaire: Questionnaire, initiatives: InitiativeFile, parameters: ParameterFile) -> list[str]:
    """Return every name of the data that is for programs; one letter alone is no name to be found in a sentence."""
    names = {*questionnaire.by_id, *(item.id for item in initiatives.initiatives), *parameters.by_symbol}
    names |= {option.id for scale in questionnaire.scales for option in scale.options if hasattr(option, "id")}
    return sorted(name for name in names if len(name) > 1)


@pytest.fixture(scope="module")
def seen(server: Server, browser: Browser, identifiers: list[str]) -> Seen:
    """Return what a walk over every page saw."""
    expect.set_options(timeout=PATIENCE)
    found = Seen()
    context = browser.new_context(viewport={"width": WIDTHS[0], "height": 900}, reduced_motion="reduce")
    context.add_init_script(path=AXE)
    own = urlsplit(server.url)
    context.on("request", lambda asked: found.outside.append(asked.url) if elsewhere(asked.url, own.port) else None)
    page = context.new_page()
    page.on("console", lambda said: found.errors.append(said.text) if of_ours(said) else None)
    page.goto(server.url)
    page.get_by_role("button", name="Try the example").click(timeout=PATIENCE)
    expect(page.get_by_role("heading", name="Results", exact=True)).to_be_visible()
    empty = server.workspace().create("Nothing answered yet", mode="full")
    ids = {"example": parse_qs(urlsplit(page.url).query)["a"][0], "empty": empty}
    for place in pages():
        walk(page, found, place, place.address(server.url, ids), identifiers)
    context.close()
    return found


def of_ours(said: ConsoleMessage) -> bool:
    """Return whether a line of the browser's console tells of an error that a page makes."""
    return said.type == "error" and not str(said.location["url"]).endswith(PROBED)


def elsewhere(address: str, port: int | None) -> bool:
    """Return whether an address is not one of the server under test."""
    parts = urlsplit(address)
    return parts.scheme not in {"data", "blob"} and (parts.hostname, parts.port) != ("127.0.0.1", port)


def walk(page: Page, found: Seen, place: Place, address: str, identifiers: list[str]) -> None:
    """Open a page once, and look at it in every window, then in the other scheme.

    To compare colours takes most of the time of axe. No window changes which colours meet, so it is done in the widest,
    with the side bar beside the page; and the other scheme changes nothing but colours, so nothing else is done in it.
    """
    found.places.append(place.name)
    page.emulate_media(color_scheme=SCHEMES[0])  # before the page listens for a change it would miss one
    page.goto(address)
    settled(page)
    for width in WIDTHS:
        resize(page, width)
        found.fits(page, f"{place.name} at {width}", identifiers)
        found.sound(page, f"{place.name} at {width}", "all" if width == max(WIDTHS) else "structure")
    page.emulate_media(color_scheme=SCHEMES[1])
    expect(page.get_by_test_id("stApp")).to_have_css("color-scheme", SCHEMES[1])
    page.wait_for_timeout(ASKS_WITHIN)
    settled(page)
    found.sound(page, f"{place.name}, {SCHEMES[1]}", "colours")
    for fault in ("stException", "stAlertContentError"):
        found.errors += [f"{place.name}: {text}" for text in page.get_by_test_id(fault).all_inner_texts()]


def resize(page: Page, width: int) -> None:
    """Give the window a width, and wait for the side bar to fold or unfold, and for charts to follow."""
    page.set_viewport_size({"width": width, "height": 900})
    folded = str(width <= NARROW).lower()
    expect(page.get_by_test_id("stSidebar")).to_have_attribute("data-collapsed", folded)
    with suppress(PlaywrightTimeout):  # what does not follow is found and told
        page.wait_for_function(FOLLOWED, timeout=FOLLOWS_WITHIN)


def listed(found: list[str]) -> str:
    """Return what was found, a line each."""
    return "\n".join(["", *dict.fromkeys(found)])


def test_every_page_was_seen(seen: Seen) -> None:
    """The walk went over all pages, on the example and with nothing answered."""
    assert seen.places == [place.name for place in pages()]


def test_axe_finds_nothing_of_ours(seen: Seen) -> None:
    """On no page, in no window and in neither scheme does axe find anything but what is listed as Streamlit's own."""
    assert not seen.axe, listed(seen.axe)


def test_every_allowed_finding_is_still_found(seen: Seen) -> None:
    """An entry of the list that nothing needs any more has to go; each says why it is allowed."""
    assert seen.allowed == set(range(len(ALLOWED)))
    assert all(len(entry["reason"]) > 40 for entry in ALLOWED)


def test_nothing_is_cut_off_pushed_aside_or_raw(seen: Seen) -> None:
    """No page scrolls sideways, no label is cut off, and no identifier of the data is shown."""
    assert not seen.layout, listed(seen.layout)


def test_no_page_asks_anybody_outside(seen: Seen) -> None:
    """Over all pages every request goes to the server itself: fonts, icons, scripts and charts are its own."""
    assert not seen.outside, listed(seen.outside)


def test_no_page_has_a_fault_of_ours(seen: Seen, server: Server) -> None:
    """Neither a page, nor the browser's console, nor the server's log tells of an error."""
    assert not seen.errors, listed(seen.errors)
    assert "Traceback" not in server.log()
