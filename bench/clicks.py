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
from itertools import chain
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
LIMIT_STEP, LIMIT = 2.5, 5.0
"""Ratios to the page of one widget: what a page on which questions are answered may cost, and any other."""
Press = Literal["click", "ArrowLeft", "ArrowRight", "Enter"]
_TO_AND_FRO: tuple[Press, Press] = ("ArrowRight", "ArrowLeft")
"""How the one slider is moved: one way only, it stood at its end after three rows and answered no more."""
ONE_WIDGET = """import streamlit as st
st.write(f"chosen {st.radio('One', ['a', 'b'], key='one')}")
"""
ONE_SLIDER = """import streamlit as st
st.write(f"chosen {st.slider('One', 0.0, 1.0, 0.5, 0.01, key='one')}")
"""
TIMED_KEY = """([field, text]) => {
    const shown = () => {
        const place = document.querySelector(text), drawn = place?.querySelector('svg.marks');
        return drawn ? drawn.innerHTML : place?.innerText ?? '';
    };
    const before = shown();
    document.querySelector(field).focus();
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
    """One line of the result: a page that is opened, what is pressed on it, and what it is compared with.

    ``before`` makes ready for a press and is not timed. Where a press leads to another page and the next one back,
    only the way there is measured.
    """

    name: str
    address: str
    target: Target
    press: Press = "click"
    ready: Callable[[Page], object] = lambda page: page
    limit: float = LIMIT
    before: Callable[[Page, int], object] = lambda page, number: None  # noqa: ARG005
    comes_back: bool = False


MAIN, FOOT = '[data-testid="stMain"]', '[data-testid="stBottom"]'
WIDGET = Target('[class*="st-key-one"] input', (1, 0), '[data-testid="stMarkdown"]')
SLIDER = Target('[class*="st-key-one"] input', (0, 0), '[data-testid="stMarkdown"]')
QUESTION = Target('[class*="st-key-choice-delivery-gates-"] input', (3, 1), FOOT)
QUICK = Target('[class*="st-key-choose-"] button', (0, 1), '[class*="st-key-box-"]')
WHAT_IF = Target('[class*="st-key-lever-g-"] input', (0, 0), '[data-testid="stAlert"]')
LAST_CHART = Target('[class*="st-key-lever-c_h-"] input', (0, 0), '[class*="st-key-drawn-break-even"]')
FIGURE = Target('[class*="st-key-range-measured-I0-"] input', (0, 0), '[class*="st-key-range-box-I0-"]')
MODE = Target('[class*="st-key-about-mode-"] input', (1, 0), FOOT)
PRESET = Target('[class*="st-key-targets-preset-"] input', (1, 2), MAIN)
UNDO = Target('[class*="st-key-back"] button', (0, 1), '[class*="st-key-back"]')
"""Undo, and then the redo that stands second because something else could be undone still."""
STEPPED = Target(
    '.stMain [data-testid="stNumberInputStepDown"], .stMain [data-testid="stNumberInputStepUp"]', (1, 0), FOOT
)
"""The first figure of a page, one up and one down again."""
WHY = Target('[class*="st-key-why-overall-"] button', (0, 1), MAIN)
WHY_MOVED = Target('[class*="st-key-progress-why-"] button', (0, 1), MAIN)
CONTENT = Target('[class*="st-key-report-content-"] input', (0, 0), MAIN)
CHOICE = Target('[data-testid="stSelectboxVirtualDropdown"] [role="option"]', (1, 0), MAIN)
SEARCH = Target('[class*="st-key-search-words-"] input', (0, 0), '[class*="st-key-search-found"]')
LINK = '[data-testid="stSidebar"] [data-testid="stPageLink-NavLink"]'
WAY = '.stMain [class*="st-key-way-"] button'


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="How fast a click is answered.")
    parser.add_argument("--only", default="", help="measure the rows whose name contains this")
    parser.add_argument("--clicks", type=int, default=CLICKS, help="clicks of each row")
    parser.add_argument("--kind", choices=("clicked", "arriving"), help="measure only clicks on a page, or on the way")
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
        _furnish(database)
        with (
            serving(one, database) as simplest,
            serving(slider, database) as simplest_slider,
            serving(ROOT / "app.py", database) as app,
        ):
            yardsticks = {"click": opened(browser, simplest), "key": opened(browser, simplest_slider)}
            print(
                f"{'milliseconds to the answer':36} {'lower':>8} {'median':>8} {'upper':>8}   one widget    ratio limit"
            )
            kinds = {"clicked": clicked_rows(id_), "arriving": arriving_rows(id_)}
            for row in chain.from_iterable(rows for kind, rows in kinds.items() if given.kind in {None, kind}):
                if given.only in row.name:
                    yardstick = yardsticks["click" if row.press == "click" else "key"]
                    measure(row, opened(browser, app + row.address), yardstick, given.clicks)
        browser.close()


def clicked_rows(id_: str) -> tuple[Row, ...]:
    """Return what is clicked on a page that stays open, and on the task list the way on: the usual thing on each.

    On the page of the questionnaires nothing that is clicked shows an answer: what is chosen there is downloaded.
    """
    a, gates = f"a={id_}", "step=delivery&q=delivery.gates"
    onward = Target(f"{LINK}, {WAY}", (len(_listed_pages()), _place("tasks")), ".stMain h1")
    return (
        Row("step page: a question", f"step?{a}&step=delivery", QUESTION, limit=LIMIT_STEP),
        Row("step page: one question alone", f"step?{a}&{gates}", QUESTION, limit=LIMIT_STEP),
        Row("quick answers: an answer", f"quick?{a}&q=delivery.gates", QUICK, ready=_stays_there, limit=LIMIT_STEP),
        Row("task list: the way on", f"tasks?{a}", onward, comes_back=True),
        Row("context: the mode", f"context?{a}&part=about", MODE),
        Row("check answers: undo", f"check?{a}&step=delivery", UNDO, before=_redone),
        Row("target register: a figure", f"register?{a}", STEPPED),
        Row("results: why a figure", f"results?{a}", WHY),
        Row("target levels: the preset", f"targets?{a}", PRESET),
        Row("economics: a figure's mark", f"economics?{a}&part=asked-1", FIGURE),
        Row("wall: undo", f"wall?{a}", UNDO, before=_redone),
        Row("delivery record: undo", f"delivery?{a}", UNDO, before=_redone),
        Row("scenarios: a figure", f"scenarios?{a}", STEPPED),
        Row("what if: its sentence", f"whatif?{a}", WHAT_IF, "ArrowRight", settled),
        Row("what if: its last chart", f"whatif?{a}", LAST_CHART, "ArrowRight", settled),
        Row("roadmap: a limit", f"roadmap?{a}", STEPPED),
        Row("progress: why a figure", f"progress?{a}", WHY_MOVED),
        Row("report: its sentences", f"report?{a}", CONTENT),
        Row("search: words", f"search?{a}&s=audit", SEARCH, "Enter", before=_types),
        Row("recent changes: undo", f"changes?{a}", UNDO, before=_redone),
        Row("compare two: the first", f"compare?{a}", CHOICE, before=_opens("compare-first")),
    )


def _redone(page: Page, number: int) -> None:
    """Begin with nothing undone, however the row before has ended."""
    redo = page.locator('[class*="st-key-redo-"] button')
    if number == 0 and redo.count():
        redo.click()
        redo.wait_for(state="detached")


def _types(page: Page, number: int) -> None:
    page.locator(SEARCH.button).fill(("release", "audit")[number % 2])


def _opens(key: str) -> Callable[[Page, int], None]:
    def opens(page: Page, _: int) -> None:
        if not page.locator(CHOICE.button).count():
            page.locator(f'[class*="st-key-{key}"] input').click()
            page.locator(CHOICE.button).first.wait_for()

    return opens


def _listed_pages() -> list[str]:
    return [entry.name for entry in PAGES.values() if entry.listed]


def _place(name: str) -> int:
    return _listed_pages().index(name)


def arriving_rows(id_: str) -> Iterator[Row]:
    """Yield the way to every page that the side bar lists, from another page to the title of this one."""
    away = _place("register")
    for number, name in enumerate(_listed_pages()):
        if number != away:
            target = Target(LINK, (number, away), ".stMain h1")
            yield Row(f"arriving: {PAGES[name].title}", f"register?a={id_}", target, ready=_listed, comes_back=True)


def _stays_there(page: Page) -> None:
    page.get_by_text("Move on after an answer").click()


def _listed(page: Page) -> None:
    page.locator(LINK).first.wait_for()
    page.locator(".stMain h1").first.wait_for()


def measure(row: Row, page: Page, yardstick: Page, clicks: int) -> None:
    """Press on the page and on the one of one widget in turn, and print quartiles and the ratio of the medians."""
    row.ready(page)
    simplest = WIDGET if row.press == "click" else SLIDER
    for place, target in ((page, row.target), (yardstick, simplest)):
        place.locator(target.text).first.wait_for(state="attached")
        place.get_by_test_id("stSkeleton").first.wait_for(state="detached")
    row.before(page, 0)
    page.locator(row.target.button).first.wait_for(state="attached")
    found, base = [], []
    for number in range(WARM + clicks):
        base.append(_pressed(yardstick, simplest, number, "click" if row.press == "click" else _TO_AND_FRO[number % 2]))
        row.before(page, number)
        taken = _pressed(page, row.target, number, row.press)
        if not (row.comes_back and number % 2):
            found.append(taken)
        page.wait_for_timeout(REST if row.comes_back else PAUSE)
    page.close()
    warm = WARM // 2 if row.comes_back else WARM
    _print(row, found[warm:], base[WARM:])


def _pressed(page: Page, target: Target, number: int, press: Press) -> float:
    if press == "click":
        return float(page.evaluate(TIMED_CLICK, [target.button, target.places[number % 2], target.text]))
    page.bring_to_front()
    page.evaluate(TIMED_KEY, [target.button, target.text])
    page.keyboard.press(press)
    return float(page.evaluate("window.answered"))


def _print(row: Row, found: list[float], base: list[float]) -> None:
    lower, median, upper = statistics.quantiles(found, n=4)
    simplest = statistics.median(base)
    ratio = median / simplest
    figures = f"{lower:8.1f} {median:8.1f} {upper:8.1f}   {simplest:10.1f} {ratio:8.2f} {row.limit:5.1f}"
    print(f"{row.name:36} {figures} {'holds' if ratio <= row.limit else 'OVER'}", flush=True)


def prepared(database: Path) -> str:
    """Return the id of an assessment with a question to click and a figure to mark."""
    desk = open_workspace(str(database))
    id_ = desk.example()
    desk.answer(id_, "delivery.gates", Answer(option=1))
    desk.set_range(id_, "I0", Range(low=1e6, mode=2e6, high=3e6, source="bench"))
    return id_


def _furnish(database: Path) -> None:
    """Add two more assessments, which pages let one compare with."""
    desk = open_workspace(str(database))
    desk.example()
    desk.create("Nothing answered yet", mode="full")


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
