"""How fast a click is answered: ``python -m bench.clicks``.

Starts the app and a Streamlit script of one widget beside it, each as a process of its own, and clicks both in the same
browser. A ratio of two medians of one run says more than a time, which changes with the machine.
"""

from __future__ import annotations

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
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, Page, sync_playwright

from assessment.answers import Answer, Range
from workspace.opening import open_workspace

ROOT = Path(__file__).parents[1]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CLICKS, WARM, STARTS = 40, 5, 3
PAUSE = 1_050
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
    const look = () => shown() !== before ? done(performance.now() - start) : requestAnimationFrame(look);
    look();
})"""


class Target(NamedTuple):
    """What is clicked in turn (a selector and two places in what it finds), and the text that answers."""

    button: str
    places: tuple[int, int]
    text: str


WIDGET = Target('[class*="st-key-one"] input', (1, 0), '[data-testid="stMarkdown"]')
QUESTION = Target('[class*="st-key-choice-delivery-gates-"] input', (3, 1), '[data-testid="stBottom"]')
QUICK = Target('[class*="st-key-choose-"] button', (0, 1), '[class*="st-key-box-"]')
SLIDER = Target('[class*="st-key-one"] input', (0, 0), '[data-testid="stMarkdown"]')
WHAT_IF = Target('[class*="st-key-lever-g-"] input', (0, 0), '[data-testid="stAlert"]')
LAST_CHART = Target('[class*="st-key-lever-c_h-"] input', (0, 0), '[class*="st-key-drawn-break-even"]')
FIGURE = Target('[class*="st-key-range-measured-I0-"] input', (0, 0), '[class*="st-key-range-box-I0-"]')


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        shutil.copytree(ROOT / ".streamlit", folder / ".streamlit")
        script, database = folder / "one.py", folder / "clicks.db"
        script.write_text(ONE_WIDGET, encoding="utf-8")
        slider = folder / "slider.py"
        slider.write_text(ONE_SLIDER, encoding="utf-8")
        program = os.environ.get("SIXSTEP_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        starts = [cold_start(browser, database) for _ in range(STARTS)]
        with serving(script, database) as address:
            one = clicks(opened(browser, address), WIDGET)
        with serving(slider, database) as address:
            one_slider = keys(opened(browser, address), SLIDER)
        id_ = prepared(database)
        with serving(ROOT / "app.py", database) as address:
            step = clicks(opened(browser, f"{address}step?a={id_}&step=delivery"), QUESTION)
            page = opened(browser, f"{address}quick?a={id_}&q=delivery.gates")
            page.get_by_text("Move on after an answer").click()
            quick = clicks(page, QUICK)
            page = opened(browser, f"{address}economics?a={id_}&part=asked-1")
            page.locator('[class*="st-key-range-box-I0-"]').get_by_text("Source, grade").click()
            money = clicks(page, FIGURE)
            address_what_if = f"{address}whatif?a={id_}"
            sentence = keys(settled(opened(browser, address_what_if)), WHAT_IF)
            charts = keys(settled(opened(browser, address_what_if)), LAST_CHART)
        browser.close()
    found = {
        "one widget": one,
        "one slider": one_slider,
        "question on a step page": step,
        "quick answers": quick,
        "figure in economics": money,
        "what-if: its sentence": sentence,
        "what-if: its last chart": charts,
    }
    show(starts, found)


def show(starts: list[float], found: dict[str, list[float]]) -> None:
    """Print medians in milliseconds and their ratios to the one-widget script."""
    base = statistics.median(found["one widget"])
    print(f"cold start to first page   {statistics.median(starts):8.0f} ms  (median of {len(starts)})")
    for name, times in found.items():
        median, slow = statistics.median(times), statistics.quantiles(times, n=20)[-1]
        print(f"{name:26} {median:8.1f} ms  (95th percentile {slow:.1f})  ratio {median / base:.2f}")


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


def clicks(page: Page, target: Target) -> list[float]:
    """Return milliseconds from click to changed text, after some clicks to warm up."""
    page.locator(target.button).first.wait_for(state="attached")
    page.get_by_test_id("stSkeleton").first.wait_for(state="detached")
    times = []
    for number in range(WARM + CLICKS):
        arguments = [target.button, target.places[number % 2], target.text]
        times.append(float(page.evaluate(TIMED_CLICK, arguments)))
        page.wait_for_timeout(PAUSE)  # an answer names the second in which it was saved: the next one must differ
    return times[WARM:]


def keys(page: Page, target: Target) -> list[float]:
    """Return milliseconds from an arrow key on a slider to a changed text or drawing, each value a new one."""
    page.locator(target.button).first.wait_for(state="attached")
    page.get_by_test_id("stSkeleton").first.wait_for(state="detached")
    times = []
    for _ in range(WARM + CLICKS):
        page.evaluate(TIMED_KEY, [target.button, target.text])
        page.keyboard.press("ArrowRight")
        times.append(float(page.evaluate("window.answered")))
        page.wait_for_timeout(120)
    return times[WARM:]


def settled(page: Page) -> Page:
    """Return a what-if page whose charts are drawn and whose run on all futures has ended."""
    page.get_by_text("From 20,000 simulated futures").wait_for(timeout=120_000)
    return page


@contextmanager
def serving(script: Path, database: Path) -> Iterator[str]:
    """Run a Streamlit script with the app's settings; yield its address once it answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(script), f"--server.port={port}"]
    environment = {**os.environ, "SIXSTEP_DATABASE": str(database)}
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, cwd=script.parent, env=environment, stdout=quiet, stderr=quiet)
    try:
        wait_for(f"http://127.0.0.1:{port}/_stcore/health")
        yield f"http://127.0.0.1:{port}/"
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
