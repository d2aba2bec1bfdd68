"""Long work in a browser: a PDF that is stopped half way and then made, with a page that stays in reach meanwhile."""

from __future__ import annotations

import io

import pdfplumber
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Server

MADE_WITHIN = 180_000


def test_a_pdf_is_stopped_and_then_made(server: Server, page: Page, outside: list[str]) -> None:
    """The bar moves, Stop ends it in a sentence and offers nothing; run again the file is there and can be read."""
    id_ = server.workspace().example()
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{server.url}/report?a={id_}")
    page.get_by_role("button", name="Make the PDF").click()
    bar, stop = page.get_by_test_id("stProgress"), page.get_by_role("button", name="Stop", exact=True)
    download = page.get_by_role("button", name="Download the PDF")
    expect(bar).to_be_visible()
    expect(stop).to_be_visible()
    found = Axe().run(page)
    assert [(rule["id"], rule["nodes"][0]["html"][:200]) for rule in found.response["violations"]] == []
    stop.click()
    expect(page.get_by_text("Stopped before it was finished:")).to_be_visible()
    expect(bar).to_have_count(0)
    expect(download).to_have_count(0)

    page.get_by_role("button", name="Run it again").click()
    expect(bar).to_be_visible()
    page.get_by_text("US Letter").click()
    expect(page.get_by_text("Something changed since the PDF was asked for. Make it again.")).to_be_visible()
    expect(bar).to_have_count(0)

    page.get_by_role("button", name="Make the PDF").click()
    expect(bar).to_contain_text("Writing the PDF", timeout=MADE_WITHIN)
    expect(download).to_be_visible(timeout=MADE_WITHIN)
    expect(bar).to_have_count(0)
    with page.expect_download() as taken:
        download.click()
    with pdfplumber.open(io.BytesIO(taken.value.path().read_bytes())) as paper:
        assert [round(float(side)) for side in paper.pages[0].bbox[2:]] == [612, 792]
    assert outside == []


def test_a_page_that_is_reloaded_finds_its_run_again(server: Server, page: Page) -> None:
    """A new session on the same figures waits for the run that is under way, or has what it found."""
    desk = server.workspace()
    id_ = desk.example()
    desk.set_economics(id_, "horizon_months", 41)
    page.goto(f"{server.url}/economics?a={id_}")
    expect(page.get_by_test_id("stProgress")).to_be_visible()
    page.reload()
    expect(page.get_by_test_id("stVegaLiteChart").first).to_be_visible(timeout=MADE_WITHIN)
    expect(page.get_by_test_id("stProgress")).to_have_count(0)
    assert "fault" not in server.log()
