"""The whole way: answer by keyboard, reload, lose the server, go on, give the figures, take the PDF home."""

from __future__ import annotations

import re
from typing import Protocol
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator, Page, expect

from assessment.answers import Answer, Range
from assessment.questionnaire import Questionnaire
from models.parameters import Parameter
from tests.reports.opening import text_of
from workspace.service import Workspace

MOST_TABS = 60
SAVED = re.compile(r"^Saved \d\d:\d\d:\d\d UTC(?: · .+)?$")
FIGURES = {  # symbol: low, likely, high
    "c_resp": (8_000, 15_000, 40_000),
    "I0": (2_300_000, 2_450_000, 2_600_000),
    "E": (24, 26, 28),
    "A0": (420_000, 520_000, 680_000),
    "g_c": (0, 0.003, 0.008),
    "q": (0.1, 0.2, 0.35),
}
ASKED = (
    "Figures only you have: outages, infrastructure and the team",
    "Figures only you have: compliance and delivery",
)
CHANGED = (2_345_678, 2_456_789, 2_567_891)


class Server(Protocol):
    """What the journey needs of the server."""

    url: str

    def start(self) -> None:
        """Start the process."""

    def kill(self) -> None:
        """End the process at once."""

    def workspace(self) -> Workspace:
        """Return a workspace on the same database."""

    def log(self) -> str:
        """Return what the process wrote."""


def id_of(page: Page) -> str:
    """Return the id in the address."""
    return parse_qs(urlsplit(page.url).query)["a"][0]


def main(page: Page) -> Locator:
    """Return the page without its side bar."""
    return page.get_by_test_id("stMain")


def focused(page: Page) -> str:
    """Return what has the focus: the question's container for a radio, else the text of the element."""
    found: str = page.evaluate(
        """() => {
            const here = document.activeElement;
            if (here.tagName === 'MAIN') return '';  // the whole page, where it scrolls: no way to anything
            const box = here.closest('[class*="st-key-choice-"]');
            return (here.type === 'radio' && box) ? box.className : (here.innerText || here.type || '');
        }"""
    )
    return found


def tab_to(page: Page, wanted: str) -> None:
    """Press Tab until something whose description holds ``wanted`` has the focus."""
    seen = []
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        seen.append(focused(page))
        if wanted in seen[-1]:
            return
    message = f"no way by Tab to {wanted!r}; on the way were {seen}"
    raise AssertionError(message)


def choice(page: Page, question: str) -> Locator:
    """Return the radios of a question."""
    return page.locator(f'[class*="st-key-choice-{question.replace(".", "-")}-"] input[type="radio"]')


def saved(page: Page, question: str) -> Locator:
    """Return the line that says that a question was saved: the text above the way to its panels."""
    more = page.locator(f'[class*="st-key-more-{question.replace(".", "-")}-"]')
    return more.locator('xpath=preceding::*[@data-testid="stMarkdown"][1]').get_by_text(SAVED)


def answer_by_keyboard(page: Page, question: str, level: int) -> None:
    """Reach a question by Tab, choose the first level with Space and go down with the arrows, as fast as keys come."""
    tab_to(page, f"st-key-choice-{question.replace('.', '-')}-")
    page.keyboard.press("Space")
    for _ in range(level):
        page.keyboard.press("ArrowDown")
    expect(choice(page, question).nth(level)).to_be_checked()
    expect(saved(page, question)).to_be_visible()


def check_and_go_on(page: Page) -> None:
    """Check the answers of the step and go to the next."""
    main(page).get_by_role("button", name="Check your answers").click()
    expect(page.get_by_role("heading", name="Check your answers")).to_be_visible()
    buttons = main(page).get_by_role("button")
    buttons.filter(has_text=re.compile("^(Next step|See the results)")).click()


def type_range(page: Page, symbol: str, parameter: Parameter, figures: tuple[float, ...]) -> None:
    """Type low, likely and high, and wait until they are saved."""
    box = page.locator(f'[class*="st-key-range-box-{symbol}-"]')
    expect(box.get_by_role("heading", name=parameter.title)).to_be_visible()
    fields = box.get_by_role("spinbutton")
    expect(fields).to_have_count(len(figures))  # they are loaded after the words around them
    for field, figure in zip(fields.all(), figures, strict=True):
        field.fill(f"{figure:g}" if figure < 1 else f"{figure:.0f}")
        field.press("Enter")
    expect(box.get_by_text(SAVED)).to_be_visible()


def levels(server: Server, id_: str) -> dict[str, int | None]:
    """Return the levels in the store."""
    answers = server.workspace().open(id_).assessment.answers
    assert all(answer == Answer(option=answer.option) for answer in answers.values())
    return {name: answer.option for name, answer in answers.items()}


def stood(server: Server, id_: str, expected: dict[str, int]) -> bool:
    """Return whether the store holds exactly these levels."""
    return levels(server, id_) == expected


def wait_until_stored(page: Page, server: Server, id_: str, expected: dict[str, int]) -> None:
    """Wait for the last arrow key to reach the store."""
    for _ in range(100):
        if stood(server, id_, expected):
            return
        page.wait_for_timeout(50)
    assert levels(server, id_) == expected


def test_the_whole_way(server: Server, page: Page, outside: list[str], questionnaire: Questionnaire) -> None:
    """Nothing answered is lost on the way from the first key to the printed figure, and nothing leaves this machine."""
    page.goto(server.url)
    main(page).get_by_label("Name of the assessment").fill("Harbour General")
    main(page).get_by_role("button", name="Start the assessment").click()
    expect(page.get_by_role("heading", name="Task list")).to_be_visible()
    id_ = id_of(page)
    expected: dict[str, int] = {}

    first, *others = questionnaire.steps
    tab_to(page, first.title)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=first.title)).to_be_visible()
    asked = questionnaire.of_step(first.id, "pulse")
    for number, question in enumerate(asked):
        level = 2 + number % 3
        expect(choice(page, question.id).first).to_be_attached()
        answer_by_keyboard(page, question.id, level)
        expected[question.id] = level
        wait_until_stored(page, server, id_, expected)
        expect(choice(page, question.id).nth(level)).to_be_checked()
        if number == 0:
            page.reload()
            expect(choice(page, question.id).nth(level)).to_be_checked()

    server.kill()
    server.start()
    page.goto(f"{server.url}/step?a={id_}&step={first.id}")
    for question in asked:
        expect(choice(page, question.id).nth(expected[question.id])).to_be_checked()
    assert stood(server, id_, expected)

    check_and_go_on(page)
    for step in others:
        expect(page.get_by_role("heading", name=step.title, exact=True)).to_be_visible()
        for number, question in enumerate(questionnaire.of_step(step.id, "pulse")):
            level = (number + 2) % 5
            choice(page, question.id).nth(level).locator("xpath=ancestor::label[1]").click()
            expect(choice(page, question.id).nth(level)).to_be_checked()
            expect(saved(page, question.id)).to_be_visible()
            expected[question.id] = level
        check_and_go_on(page)
    expect(page.get_by_role("heading", name="Results", exact=True)).to_be_visible()
    assert stood(server, id_, expected)

    give_the_figures(server, page, id_)
    change_a_figure_and_print(server, page, id_)
    assert stood(server, id_, expected)
    assert outside == []
    assert "Traceback" not in server.log()


def give_the_figures(server: Server, page: Page, id_: str) -> None:
    """Confirm the baseline, type what is asked, and see the decision appear."""
    known = server.workspace().library.parameters.by_symbol
    page.goto(f"{server.url}/economics?a={id_}")
    expect(main(page).get_by_text("No curve yet")).to_be_visible()
    expect(page.get_by_test_id("stVegaLiteChart")).to_have_count(0)
    main(page).get_by_role("button", name="Baseline from your answers", exact=True).click()
    main(page).get_by_role("button", name="Confirm these ranges").click()
    expect(main(page).get_by_text("The baseline is confirmed.")).to_be_visible()
    for part, name in enumerate(ASKED, start=1):
        main(page).get_by_role("button", name=name, exact=True).click()
        expect(main(page).get_by_role("heading", name=name)).to_be_visible()
        for symbol in list(FIGURES)[3 * (part - 1) : 3 * part]:
            type_range(page, symbol, known[symbol], FIGURES[symbol])
    main(page).get_by_role("button", name="What waiting costs", exact=True).click()
    expect(page.get_by_test_id("stVegaLiteChart").first).to_be_visible()
    expect(main(page).get_by_text("No curve yet")).to_have_count(0)
    assert server.workspace().open(id_).assessment.economics.confirmed


def change_a_figure_and_print(server: Server, page: Page, id_: str) -> None:
    """Change the yearly infrastructure bill, make the PDF, and read the new figure in it."""
    known = server.workspace().library.parameters.by_symbol
    main(page).get_by_role("button", name=ASKED[0], exact=True).click()
    type_range(page, "I0", known["I0"], CHANGED)
    low, mode, high = (float(figure) for figure in CHANGED)
    expect(main(page).get_by_text("That is USD 2.35 M to 2.57 M.")).to_be_visible()
    assert server.workspace().open(id_).assessment.economics.ranges["I0"] == Range(low=low, mode=mode, high=high)
    page.get_by_test_id("stSidebar").get_by_role("link", name="Report and export").click()
    main(page).get_by_role("button", name="Make the PDF").click()
    made = main(page).get_by_role("button", name="Download the PDF")
    expect(made).to_be_visible(timeout=120_000)
    with page.expect_download() as download:
        made.click()
    pdf = download.value.path().read_bytes()
    assert pdf.startswith(b"%PDF")
    printed = text_of(pdf)
    assert "Harbour General" in printed
    assert f"{CHANGED[0]:,}" in printed
    assert f"{CHANGED[2]:,}" in printed
