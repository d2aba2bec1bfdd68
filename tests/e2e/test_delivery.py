"""The delivery record in a real browser: from two files to an accepted answer."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from playwright.sync_api import Page, expect

from workspace.service import Workspace

DATA = Path(__file__).parents[1] / "data" / "delivery"


class Server(Protocol):
    """What this test needs of the server."""

    url: str

    def workspace(self) -> Workspace:
        """Return a workspace on the same database."""


def test_records_are_measured_and_one_proposal_is_accepted(server: Server, page: Page, outside: list[str]) -> None:
    """The picture has words for those who cannot see it, the page fits a phone, and what was accepted stays."""
    desk = server.workspace()
    id_ = desk.create("Records", mode="full")
    page.goto(f"{server.url}/delivery?a={id_}")
    uploads = page.locator("input[type=file]")
    expect(uploads).to_have_count(2)
    uploads.nth(0).set_input_files(DATA / "deployments.csv")
    uploads.nth(1).set_input_files(DATA / "incidents.csv")
    expect(page.get_by_text("deployments.csv")).to_be_visible()
    expect(page.get_by_text("incidents.csv")).to_be_visible()
    page.get_by_role("button", name="Measure", exact=True).click()
    expect(page.get_by_text("7 of 7 measures can be told")).to_be_visible()
    expect(page.get_by_role("cell", name="8 of 69 deployments failed")).to_be_visible()
    page.get_by_role("button", name="Accept: Share of releases that fail").click()
    expect(page.get_by_text("Accepted.", exact=True)).to_have_count(1)
    assert desk.open(id_).assessment.answers["delivery.change-fail-rate"].confidence == "measured"
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert outside == []
