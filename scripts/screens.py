"""Every page as a picture, light and dark, on a phone, a laptop and a projector: ``python -m scripts.screens``.

Starts the app on a database of its own, opens every place of :mod:`scripts.places`, and writes one PNG each as
``FOLDER/WIDTH-SCHEME/PLACE.png``: the whole page, however long. With ``--open`` every expander is opened first.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, sync_playwright

from assessment.loading import load_questionnaire
from bench.clicks import NAMES, ROOT, serving
from questionnaires import QUESTIONNAIRE
from scripts.places import Place, places
from workspace.opening import open_workspace

WIDTHS = (390, 1280, 1920)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
_HEIGHT, _TALLEST = 900, 16_000
_TABLET = 600
"""Width from which a window is no phone's."""
_PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36"
_PATIENCE = 120_000
_FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--hide-scrollbars")
_OPEN = "document.querySelectorAll('details').forEach(found => { found.open = true; })"
_DRAWN = "!document.querySelector('[data-testid=stSkeleton], [data-testid=stProgress], [data-stale=true]')"
_LONG = "document.querySelector('[data-testid=stMain]').scrollHeight"


def main() -> None:
    """Read the options, start the app and take the pictures."""
    read = argparse.ArgumentParser(description=__doc__)
    read.add_argument("folder", type=Path, nargs="?", default=ROOT / "screenshots", help="where the pictures go")
    read.add_argument("--only", default="", help="only places whose name holds this")
    read.add_argument("--widths", type=int, nargs="+", default=WIDTHS, help="widths of the window in pixels")
    read.add_argument("--schemes", nargs="+", choices=SCHEMES, default=SCHEMES)
    read.add_argument("--open", action="store_true", help="open every expander")
    chosen = read.parse_args()
    wanted = [place for place in places(load_questionnaire(QUESTIONNAIRE)) if chosen.only in place.name]
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        database = Path(name) / "screens.db"
        program = os.environ.get("SIXSTEP_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
        browser = playwright.chromium.launch(executable_path=program, args=list(_FLAGS))
        with serving(ROOT / "app.py", database) as server:
            desk = open_workspace(str(database))
            ids = {"example": desk.example(), "empty": desk.create("Nothing answered yet", mode="full")}
            for scheme in chosen.schemes:
                for width in chosen.widths:
                    folder = chosen.folder / f"{width}-{scheme}"
                    take(browser, [(place, place.address(server, ids)) for place in wanted], folder, opened=chosen.open)
        browser.close()


def take(browser: Browser, wanted: list[tuple[Place, str]], folder: Path, *, opened: bool) -> None:
    """Take a picture of each place; the folder's name says the width and the scheme."""
    width, _, scheme = folder.name.partition("-")
    folder.mkdir(parents=True, exist_ok=True)
    phone = int(width) < _TABLET
    context = browser.new_context(
        viewport={"width": int(width), "height": _HEIGHT},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
        user_agent=_PHONE if phone else None,
        is_mobile=phone,
        has_touch=phone,
    )
    page = context.new_page()
    for place, address in wanted:
        page.set_viewport_size({"width": int(width), "height": _HEIGHT})
        page.goto(address)
        settled(page)
        if opened:
            page.evaluate(_OPEN)
            settled(page)
        page.set_viewport_size({"width": int(width), "height": min(_TALLEST, max(_HEIGHT, page.evaluate(_LONG)))})
        page.screenshot(path=folder / f"{place.name}.png", animations="disabled")
    context.close()


def settled(page: Page) -> None:
    """Wait until a page is drawn to its end: the script has run, nothing is under way, the fonts are there."""
    page.locator('[data-testid="stMain"] h1').first.wait_for(timeout=_PATIENCE)
    page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for(timeout=_PATIENCE)
    page.wait_for_function(_DRAWN, timeout=_PATIENCE)
    page.evaluate("document.fonts.ready.then(() => true)")


if __name__ == "__main__":
    main()
