"""One evaluation, three faces: what the screen shows, the terminal prints and the PDF holds are the same figures."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Protocol

import pytest
from playwright.sync_api import Page, expect

from examples import EXAMPLE
from reports.figures_format import money, percent, rounded
from tests.reports.opening import text_of
from workspace.service import Workspace


class Server(Protocol):
    """What this test needs of the server."""

    url: str
    database: Path

    def workspace(self) -> Workspace:
        """Return a workspace on the same database."""


def printed(*arguments: str) -> Any:
    """Return the JSON that the terminal prints."""
    done = subprocess.run([sys.executable, "-m", "cli", *arguments, "--json"], capture_output=True, check=True)
    return json.loads(done.stdout)


def text_of_page(page: Page, address: str, ready: str) -> str:
    """Return the visible text of a page of the app once ``ready`` is there and the page is drawn to its end."""
    page.goto(address)
    expect(page.get_by_test_id("stMain")).to_contain_text(ready, timeout=60_000)
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning", timeout=60_000)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
    expect(page.get_by_test_id("stProgress")).to_have_count(0, timeout=60_000)
    return " ".join(page.get_by_test_id("stMain").inner_text().split())


def figures_of_scores(scores: Any) -> dict[str, str]:
    """Return the scores as they are written, by where they come from."""
    found = {"overall": rounded(scores["overall"]["effective"]["value"])}
    for name, dimension in scores["dimensions"].items():
        for kind in ("practice", "ceiling", "effective"):
            found[f"{name} {kind}"] = rounded(dimension[kind]["value"])
    return found


def figures_of_money(model: Any) -> dict[str, str]:
    """Return the money as it is written, by where it comes from; tables leave the currency to their heading."""
    now, currency = model["strategies"]["now"], model["currency"]
    bare = len(currency) + 1
    return {
        "mean NPV": money(now["npv"]["mean"], currency)[bare:],
        "P5 of NPV": money(now["npv"]["p5"], currency)[bare:],
        "P95 of NPV": money(now["npv"]["p95"], currency)[bare:],
        "mean cost when only forced": money(model["strategies"]["reactive"]["total_cost"]["mean"], currency)[bare:],
        "EVPI": money(model["evpi"], currency)[bare:],
        "probability of being best": percent(model["probability_best"]["now"]),
    }


def figures_of_analysis(model: Any) -> dict[str, dict[str, str]]:
    """Return the figures of when to start, what matters and money by quarter, by the part that shows them."""
    timing, currency = model["timing"], model["currency"]
    worth = max(item["value"] for item in model["evppi"].values())
    now = model["cash"]["strategies"]["now"]["total_spending"]
    return {
        "start": {
            "best worth": money(timing["best_npv"], currency),
            "cost of delay": money(timing["cost_of_delay_per_month"], currency),
        },
        "matters": {"EVPPI": money(worth, currency), "widest": money(model["tornado"][0]["at_p90"], currency)},
        "money": {
            "spending": money(now["mean"], currency),
            "best budget": money(max(point["npv"]["mean"] for point in model["budget"]), currency),
        },
    }


@pytest.fixture(scope="module")
def example_id(server: Server) -> str:
    """Return the id of a copy of the example in the server's database."""
    return server.workspace().import_document(EXAMPLE.read_bytes(), EXAMPLE.name)


def test_screen_terminal_and_pdf_show_the_same_figures(
    server: Server, page: Page, example_id: str, tmp_path: Path
) -> None:
    """Scores, NPV with its range, EVPI, roadmap and the hash of the inputs agree on all three."""
    exported = tmp_path / "exported.json"
    exported.write_bytes(server.workspace().export(example_id))
    scores, model = printed("score", str(exported)), printed("model", str(exported))
    plan = printed("roadmap", str(exported))
    paper = tmp_path / "paper.pdf"
    command = [sys.executable, "-m", "cli", "report", str(exported), "-o", str(paper)]
    subprocess.run(command, check=True, capture_output=True)
    in_pdf = text_of(paper.read_bytes())

    results = text_of_page(page, f"{server.url}/results?a={example_id}", "Effective maturity is")
    for name, figure in figures_of_scores(scores).items():
        assert figure in results, f"{name} = {figure} is not on the results page"
        assert figure in in_pdf, f"{name} = {figure} is not in the PDF"

    economics = text_of_page(page, f"{server.url}/economics?a={example_id}", "Start the programme now")
    for name, figure in figures_of_money(model).items():
        assert figure in economics, f"{name} = {figure} is not on the economics page"
        assert figure in in_pdf, f"{name} = {figure} is not in the PDF"

    for part, figures in figures_of_analysis(model).items():
        shown = text_of_page(page, f"{server.url}/economics?a={example_id}&part={part}", "Download")
        for name, figure in figures.items():
            assert figure in shown, f"{name} = {figure} is not in the part {part}"
            assert figure in in_pdf, f"{name} = {figure} is not in the PDF"

    roadmap = text_of_page(page, f"{server.url}/roadmap?a={example_id}", "initiatives over")
    total = f"{len(plan['placements'])} initiatives over"
    assert total in roadmap
    assert total in in_pdf

    short = model["identity"]["inputs_hash"][:12]
    assert short in in_pdf
    page.goto(f"{server.url}/report?a={example_id}")
    page.get_by_role("button", name="Make the PDF").click()
    made = page.get_by_role("button", name="Download the PDF")
    expect(made).to_be_visible(timeout=120_000)
    with page.expect_download() as download:
        made.click()
    assert Path(download.value.path()).read_bytes() == paper.read_bytes()
