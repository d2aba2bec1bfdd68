"""The target register in a real browser: what is entered is what is edited, and nothing typed is lost."""

from __future__ import annotations

from typing import Protocol

from playwright.sync_api import Page, expect

from assessment.answers import Workflow
from workspace.service import Workspace

LOAD, GROWTH, SURGE = (
    "Load in its normal peak hour (requests an hour)",
    "Growth of that load (% a year)",
    "Surge that it must bear (times the peak hour)",
)


class Server(Protocol):
    """What this test needs of the server."""

    url: str

    def workspace(self) -> Workspace:
        """Return a workspace on the same database."""


def test_a_workflow_is_entered_filled_mended_and_removed(server: Server, page: Page, outside: list[str]) -> None:
    """The workflow just entered stays the one on the screen, also after a figure was refused."""
    desk = server.workspace()
    id_ = desk.create("Register")
    desk.add_workflow(id_, "Claims")
    page.goto(f"{server.url}/register?a={id_}")
    name = page.get_by_role("textbox", name="Name of the workflow")
    expect(name).to_have_value("Claims")
    page.get_by_label("Another workflow").fill("Night round")
    page.keyboard.press("Enter")
    expect(name).to_have_value("Night round")
    expect(page.get_by_label("Another workflow")).to_have_value("")
    page.get_by_label(LOAD).fill("5000")
    page.get_by_label(GROWTH).fill("7")
    page.get_by_label(SURGE).fill("0.5")
    page.keyboard.press("Tab")
    expect(page.get_by_text("give a figure from 1 up to 1,000").first).to_be_visible()
    expect(name).to_have_value("Night round")
    expect(page.get_by_label(SURGE)).to_have_value("0.5")
    page.get_by_label(SURGE).fill("3")
    page.keyboard.press("Tab")
    expect(page.get_by_text("give a figure from 1 up to 1,000")).to_have_count(0)
    expect(page.get_by_role("cell", name="Night round")).to_be_visible()
    expect(page.get_by_text("1.39 requests per second")).to_be_visible()
    wanted = Workflow(name="Night round", peak_per_hour=5000, growth_per_year=0.07, surge=3)
    assert desk.open(id_).assessment.workflows["w02"] == wanted
    page.get_by_role("button", name="Remove this workflow").click()
    expect(name).to_have_value("Claims")
    assert set(desk.open(id_).assessment.workflows) == {"w01"}
    assert outside == []
