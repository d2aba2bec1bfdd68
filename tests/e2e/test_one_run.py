"""A click is answered by one run of what it changes, and what joins that run leaves nothing behind."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

from playwright.sync_api import Page, expect

from assessment.answers import Answer
from bench.conversation import Answered, Conversation
from tests.e2e.conftest import Server

QUESTION = "constraints.topology"


async def _clicked(address: str, query: str) -> tuple[Answered, str]:
    tab, _ = await Conversation.begin(address, "step", query)
    tab.text.clear()
    answered = await tab.choose(tab.named(f"choice-{QUESTION}"), 2)
    await tab.end()
    return answered, " ".join(tab.text)


def test_an_answer_is_drawn_in_one_run(server: Server) -> None:
    """One click is one run: it saves the answer, and draws the question, the scores and the line at the foot."""
    id_ = server.workspace().create("One run")
    address = f"a={id_}&step=constraints"
    with ThreadPoolExecutor(1) as own:  # a loop of its own: the browser's runs in this thread
        answered, text = own.submit(lambda: asyncio.run(_clicked(server.url, address))).result()
    assert answered.runs == 1
    assert server.workspace().open(id_).assessment.answers == {QUESTION: Answer(option=2)}
    assert "Saved " in text
    assert "**Overall**" in text


def test_a_mended_problem_leaves_the_top_of_the_page(server: Server, page: Page) -> None:
    """The summary joins the run of a click: it comes with the problem and goes with it."""
    id_ = server.workspace().create("Mended")
    server.workspace().answer(id_, QUESTION, Answer(option=1))
    page.goto(f"{server.url}/step?a={id_}&step=constraints")
    page.locator('[class*="st-key-more-constraints-topology-"] button').click()
    note = page.get_by_label("Note", exact=True)
    note.fill("x" * 4100)
    note.press("Control+Enter")
    expect(page.get_by_test_id("stMain").get_by_text("There is a problem")).to_be_visible()
    note.fill("short")
    note.press("Control+Enter")
    expect(page.get_by_test_id("stMain").get_by_text("There is a problem")).to_have_count(0)
    assert server.workspace().open(id_).assessment.answers[QUESTION].note == "short"
