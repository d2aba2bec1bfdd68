"""The app without a browser, on a database of its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from views.access import workspace
from workspace.service import Workspace

APP = Path(__file__).parents[2] / "app.py"
Visit = Callable[..., AppTest]


@pytest.fixture(scope="session", autouse=True)
def components() -> Iterator[None]:
    """Look for installed components once: every AppTest reads the metadata of all packages, which takes 0.1 s."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            manifest_scanner, "scan_component_manifests", lru_cache(manifest_scanner.scan_component_manifests)
        )
        yield


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a page wait for long work to its end, so that a test sees what it found; who tests the wait sets it back."""
    monkeypatch.setattr("views.waiting.PATIENCE_SECONDS", 600.0)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """Return the workspace that the app under test uses."""
    monkeypatch.setenv("SIXSTEP_DATABASE", str(tmp_path / "views.db"))
    return workspace()


@pytest.fixture
def visit() -> Visit:
    """Return a function that opens a page of the app with its query parameters."""

    def open_page(page: str, **parameters: str) -> AppTest:
        app = AppTest.from_file(str(APP), default_timeout=300)
        for name, value in parameters.items():
            app.query_params[name] = value
        app.run()
        return app if page == "start" else app.switch_page(f"views/{page}.py").run()

    return open_page


def headline(app: AppTest) -> str:
    """Return the heading of the page, as Markdown: an element of its own, or the first line of level one in a text."""
    if app.title:
        return str(app.title[0].value)
    lines = (re.search(r"^# (.+)$", text.value, re.MULTILINE) for text in app.markdown)
    return next(line[1] for line in lines if line)


def same_words(app: AppTest) -> None:
    """Hold that the summary at the top and the field say the same."""
    shown = [error.value for error in app.error]
    (top,) = (text for text in shown if "There is a problem" in text)
    fields = [text for text in shown if text != top]
    assert fields
    assert all(field in top for field in fields)
