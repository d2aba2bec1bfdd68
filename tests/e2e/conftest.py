"""A real server on a free port of this machine with a database of its own, and a real browser."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect, sync_playwright

from store.log import Store
from workspace.library import Library
from workspace.service import Workspace

ROOT = Path(__file__).parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
STARTS_WITHIN, ANSWERS_WITHIN = 60.0, 1.0
PATIENCE = 20_000  # milliseconds that a visible state may take on a busy machine


def free_port() -> int:
    """Return a port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """The app as a process of its own."""

    def __init__(self, database: Path) -> None:
        """Prepare a server on ``database``; nothing runs yet."""
        self.database = database
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the process and wait until it answers."""
        options = ["--port", str(self.port), "--database", str(self.database), "--no-browser"]
        command = [sys.executable, str(ROOT / "cli.py"), "run", *options]
        with self.database.with_suffix(".log").open("ab") as log:
            # another folder than the project's: the settings are those beside app.py, wherever the program is started
            self._process = subprocess.Popen(command, cwd=self.database.parent, stdout=log, stderr=log)
        deadline = time.monotonic() + STARTS_WITHIN
        while not self._healthy():
            if self._process.poll() is not None or time.monotonic() > deadline:
                pytest.fail(f"the server did not start: {self.log()[-2000:]}")
            time.sleep(0.1)

    def _healthy(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=ANSWERS_WITHIN) as answer:  # noqa: S310
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def kill(self) -> None:
        """End the process at once, as kill -9 does."""
        if self._process is not None:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait()
            self._process = None

    def log(self) -> str:
        """Return what the process wrote."""
        return self.database.with_suffix(".log").read_text(encoding="utf-8", errors="replace")

    def workspace(self) -> Workspace:
        """Return a workspace of the test's own on the same database."""
        return Workspace(Store.open(str(self.database)), Library())


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Return a running server; it is ended with the module."""
    found = Server(tmp_path_factory.mktemp("e2e") / "e2e.db")
    found.start()
    yield found
    found.kill()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return Chromium; without one the tests fail, since a page that nobody opened is not tested."""
    program = os.environ.get("SIXSTEP_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        pytest.fail("no Chromium was found: install one, or name it in SIXSTEP_CHROMIUM")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield found
        found.close()


@pytest.fixture
def outside() -> list[str]:
    """Return the addresses that a page asked for beyond this machine; it must stay empty."""
    return []


@pytest.fixture
def context(browser: Browser, outside: list[str]) -> Iterator[BrowserContext]:
    """Return a fresh browser profile whose every request is watched."""
    expect.set_options(timeout=PATIENCE)
    found = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    found.set_default_timeout(PATIENCE)

    def note(request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in {"data", "blob"} and parts.hostname != "127.0.0.1":
            outside.append(request.url)

    found.on("request", note)
    yield found
    found.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """Return an empty tab."""
    return context.new_page()
