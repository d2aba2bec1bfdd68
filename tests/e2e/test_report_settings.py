"""The settings of the report in a real browser: what was taken or kept is what the fields show, at once."""

from __future__ import annotations

from typing import Protocol

from playwright.sync_api import Page, expect

from workspace.service import Workspace


class Server(Protocol):
    """What this test needs of the server."""

    url: str

    def workspace(self) -> Workspace:
        """Return a workspace on the same database."""


def test_a_suggested_colour_stands_in_its_field_once_taken(server: Server, page: Page, outside: list[str]) -> None:
    """The warning beside the button goes, and the field shows what the report has."""
    desk = server.workspace()
    id_ = desk.create("Colours")
    page.goto(f"{server.url}/report?a={id_}")
    page.get_by_text("Brand and draft mark").click()
    field = page.get_by_role("textbox", name="Main colour")
    field.fill("#888888")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Main colour is not used")).to_be_visible()
    page.get_by_role("button", name="Use #767676 as the main colour").click()
    expect(page.get_by_text("Main colour is not used")).to_have_count(0)
    expect(field).to_have_value("#767676")
    expect(page.get_by_text("There is a problem")).to_have_count(0)
    assert desk.open(id_).assessment.report.primary == "#767676"
    assert outside == []


def test_the_picker_shows_the_sentence_that_was_just_kept(server: Server, page: Page, outside: list[str]) -> None:
    """It does not go on with the generated one until something else is done."""
    id_ = server.workspace().create("Sentences")
    page.goto(f"{server.url}/report?a={id_}")
    page.locator("label").filter(has_text="Choose sections and edit sentences").click()
    page.get_by_role("textbox", name="As it is to stand").fill("We wait for the figures.")
    page.get_by_role("button", name="Keep the edited sentence").click()
    picker = page.get_by_test_id("stSelectbox").first.locator("input")
    expect(picker).to_have_value("Decision (edited): We wait for the figures.")
    assert outside == []
