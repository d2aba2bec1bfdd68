"""How fast a click is answered: ``python -m bench.clicks``.

Starts the app and a Streamlit script of one widget beside it, each as a process of its own, and clicks both in the same
browser, in turn: whatever else the machine does meets both alike. A ratio of two medians of one run says more than a
time, which changes with the machine.
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, NamedTuple

from playwright.sync_api import Browser, Page, sync_playwright

from assessment.answers import Answer, Range
from views.frame import PAGES
from workspace.opening import open_workspace

ROOT = Path(__file__).parents[1]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CLICKS, WARM, STARTS = 20, 3, 3
PAUSE, REST = 1_050, 300
"""Milliseconds between clicks: an answer names the second in which it was saved, and the next one must differ."""
Press = Literal["click", "key"]
ONE_WIDGET = """import streamlit as st
st.write(f"chosen {st.radio('One', ['a', 'b'], key='one')}")
"""
ONE_SLIDER = """import streamlit as st
st.write(f"chosen {st.slider('One', 0.0, 1.0, 0.5, 0.01, key='one')}")
"""
TIMED_KEY = """([slider, text]) => {
    const shown = () => {
        const place = document.querySelector(text), drawn = place?.querySelector('svg.marks');
        return drawn ? drawn.innerHTML : place?.innerText ?? '';
    };
    const before = shown();
    document.querySelector(slider).focus();
    window.answered = new Promise((done) => {
        document.addEventListener('keydown', () => {
            const start = performance.now();
            const look = () => {
                const taken = performance.now() - start;
                return shown() !== before || taken > 20000 ? done(taken) : requestAnimationFrame(look);
            };
            look();
        }, {capture: true, once: true});
    });
}"""
TIMED_CLICK = """([button, index, text]) => new Promise((done) => {
    const shown = () => document.querySelector(text)?.innerText ?? '';
    const before = shown(), start = performance.now();
    document.querySelectorAll(button)[index].click();
    const look = () => {
        const taken = performance.now() - start;
        const now = shown();
        return (now && now !== before) || taken > 20000 ? done(taken) : requestAnimationFrame(look);
    };
    look();
})"""


class Target(NamedTuple):
    """What is clicked in turn (a selector and two places in what it finds), and the text that answers."""

    button: str
    places: tuple[int, int]
    text: str


class Row(NamedTuple):
    """One line of the result: a page that is opened, what is pressed on it, and what it is compared with."""

    name: str
    address: str
    target: Target
    press: Press = "click"
    ready: Callable[[Page], object] = lambda page: page


WIDGET = Target('[class*="st-key-one"] input', (1, 0), '[data-testid="stMarkdown"]')
SLIDER = Target('[class*="st-key-one"] input', (0, 0), '[data-testid="stMarkdown"]')
QUESTION = Target('[class*="st-key-choice-delivery-gates-"] input', (3, 1), '[data-testid="stBottom"]')
QUICK = Target('[class*="st-key-choose-"] button', (0, 1), '[class*="st-key-box-"]')
WHAT_IF = Target('[class*="st-key-lever-g-"] input', (0, 0), '[data-testid="stAlert"]')
LAST_CHART = Target('[class*="st-key-lever-c_h-"] input', (0, 0), '[class*="st-key-drawn-break-even"]')
FIGURE = Target('[class*="st-key-range-measured-I0-"] input', (0, 0), '[class*="st-key-range-box-I0-"]')
MODE = Target('[class*="st-key-about-mode-"] input', (1, 0), '[data-testid="stMain"]')
PRESET = Target('[class*="st-key-targets-preset-"] input', (1, 2), '[data-testid="stMain"]')
LINK = '[data-testid="stSidebar"] [data-testid="stPageLink-NavLink"]'


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="How fast a click is answered.")
    parser.add_argument("--only", default="", help="measure the rows whose name contains this")
    parser.add_argument("--clicks", type=int, default=CLICKS, help="clicks of each row")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        shutil.copytree(ROOT / ".streamlit", folder / ".streamlit")
        one, slider, database = folder / "one.py", folder / "slider.py", folder / "clicks.db"
        one.write_text(ONE_WIDGET, encoding="utf-8")
        slider.write_text(ONE_SLIDER, encoding="utf-8")
        program = os.environ.get("SIXSTEP_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        if not given.only:
            starts = [cold_start(browser, database) for _ in range(STARTS)]
            print(f"cold start to first page {statistics.median(starts):.0f} ms (median of {len(starts)})")
        id_ = prepared(database)
        with (
            serving(one, database) as simplest,
            serving(slider, database) as simplest_slider,
            serving(ROOT / "app.py", database) as app,
        ):
            yardsticks = {"click": opened(browser, simplest), "key": opened(browser, simplest_slider)}
            print(f"{'milliseconds to the answer':36} {'lower':>8} {'median':>8} {'upper':>8}   one widget    ratio")
            for row in (*clicked_rows(id_), *arriving_rows(id_)):
                if given.only in row.name:
                    measure(row, opened(browser, app + row.address), yardsticks[row.press], given.clicks)
        browser.close()


def clicked_rows(id_: str) -> tuple[Row, ...]:
    """Return what is clicked on a page that stays open."""
    return (
        Row("step page: a question", f"step?a={id_}&step=delivery", QUESTION),
        Row("step page: one question alone", f"step?a={id_}&step=delivery&q=delivery.gates", QUESTION),
        Row("quick answers: an answer", f"quick?a={id_}&q=delivery.gates", QUICK, ready=_stays_there),
        Row("context: the mode", f"context?a={id_}&part=about", MODE),
        Row("target levels: the preset", f"targets?a={id_}", PRESET),
        Row("economics: a figure's mark", f"economics?a={id_}&part=asked-1", FIGURE, ready=_unfolded),
        Row("what if: its sentence", f"whatif?a={id_}", WHAT_IF, "key", settled),
        Row("what if: its last chart", f"whatif?a={id_}", LAST_CHART, "key", settled),
    )


def arriving_rows(id_: str) -> Iterator[Row]:
    """Yield the way to every page that the side bar lists, from another page to the title of this one."""
    listed = [entry for entry in PAGES.values() if entry.listed]
    away = next(number for number, entry in enumerate(listed) if entry.name == "register")
    for number, entry in enumerate(listed):
        if number != away:
            name = f"arriving: {entry.title}"
            yield Row(name, f"register?a={id_}", Target(LINK, (number, away), ".stMain h1"), ready=_listed)


def _stays_there(page: Page) -> None:
    page.get_by_text("Move on after an answer").click()


def _unfolded(page: Page) -> None:
    page.locator('[class*="st-key-range-box-I0-"]').get_by_text("Source, grade").click()


def _listed(page: Page) -> None:
    page.locator(LINK).first.wait_for()
    page.locator(".stMain h1").first.wait_for()


def measure(row: Row, page: Page, yardstick: Page, clicks: int) -> None:
    """Press on the page and on the one of one widget in turn, and print quartiles and the ratio of the medians."""
    row.ready(page)
    simplest = SLIDER if row.press == "key" else WIDGET
    for place, target in ((page, row.target), (yardstick, simplest)):
        place.locator(target.button).first.wait_for(state="attached")
        place.get_by_test_id("stSkeleton").first.wait_for(state="detached")
    comes_back = row.target.button == LINK
    found, base = [], []
    for number in range(WARM + clicks):
        base.append(_pressed(yardstick, simplest, number, row.press))
        taken = _pressed(page, row.target, number, row.press)
        if not (comes_back and number % 2):
            found.append(taken)
        page.wait_for_timeout(REST if comes_back else PAUSE)
    page.close()
    warm = WARM // 2 if comes_back else WARM
    _print(row.name, found[warm:], base[WARM:])


def _pressed(page: Page, target: Target, number: int, press: Press) -> float:
    if press == "click":
        return float(page.evaluate(TIMED_CLICK, [target.button, target.places[number % 2], target.text]))
    page.bring_to_front()
    page.evaluate(TIMED_KEY, [target.button, target.text])
    page.keyboard.press("ArrowRight")
    return float(page.evaluate("window.answered"))


def _print(name: str, found: list[float], base: list[float]) -> None:
    lower, median, upper = statistics.quantiles(found, n=4)
    simplest = statistics.median(base)
    figures = f"{lower:8.1f} {median:8.1f} {upper:8.1f}   {simplest:10.1f} {median / simplest:8.2f}"
    print(f"{name:36} {figures}", flush=True)


def prepared(database: Path) -> str:
    """Return the id of an assessment with a question to click and a figure to mark."""
    desk = open_workspace(str(database))
    id_ = desk.example()
    desk.answer(id_, "delivery.gates", Answer(option=1))
    desk.set_range(id_, "I0", Range(low=1e6, mode=2e6, high=3e6, source="bench"))
    return id_


def opened(browser: Browser, address: str) -> Page:
    """Return a page at an address."""
    page = browser.new_page()
    page.goto(address)
    return page


def settled(page: Page) -> Page:
    """Return a what-if page whose charts are drawn and whose run on all futures has ended."""
    page.get_by_text("From 20,000 simulated futures").wait_for(timeout=120_000)
    return page


@contextmanager
def serving(script: Path, database: Path) -> Iterator[str]:
    """Run a Streamlit script with the app's settings; yield its address once it answers."""
    with serving_process(script, database) as (address, _):
        yield address


@contextmanager
def serving_process(script: Path, database: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Run a Streamlit script with the app's settings; yield its address once it answers, and its process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(script), f"--server.port={port}"]
    environment = {**os.environ, "SIXSTEP_DATABASE": str(database)}
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, cwd=script.parent, env=environment, stdout=quiet, stderr=quiet)
    try:
        wait_for(f"http://127.0.0.1:{port}/_stcore/health")
        yield f"http://127.0.0.1:{port}/", process
    finally:
        process.kill()
        process.wait()


def wait_for(address: str) -> None:
    """Wait until an address answers, at most a minute."""
    for _ in range(1200):
        try:
            with urllib.request.urlopen(address, timeout=1):  # noqa: S310 - our own server
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    raise SystemExit(f"nothing answers at {address}")


def cold_start(browser: Browser, database: Path) -> float:
    """Return milliseconds from starting the process to the first page on the screen."""
    start = time.perf_counter()
    with serving(ROOT / "app.py", database) as address:
        page = browser.new_page()
        page.goto(address)
        page.get_by_role("button", name="Try the example").wait_for()
        elapsed = 1000 * (time.perf_counter() - start)
        page.close()
    return elapsed


if __name__ == "__main__":
    main()
