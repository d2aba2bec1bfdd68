"""Quick answers by single keys in a real browser: in order, none lost, none where a note is typed."""

from __future__ import annotations

import re
from typing import Protocol
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from assessment.answers import Answer, Assessment, QuestionnaireRef
from assessment.questionnaire import Question, Questionnaire
from workspace.service import Workspace

MOST_TABS = 60
BETWEEN_KEYS = 60  # milliseconds
BURST = """(keys) => {
    for (const key of keys) {
        document.body.dispatchEvent(new KeyboardEvent('keydown', { key, code: `Digit${key}`, bubbles: true }));
    }
    return document.querySelector('h1').innerText;
}"""

AT_TOP = """() => {
    const line = document.querySelector('.st-key-quick-progress').getBoundingClientRect();
    return Math.abs(line.top - document.querySelector('[data-testid=stHeader]').getBoundingClientRect().bottom) < 4;
}"""
OWN_SCROLLERS = """() => [...document.querySelectorAll('[data-testid=stMain] *')]
    .filter((one) => ['auto', 'scroll'].includes(getComputedStyle(one).overflowY) && one.clientHeight > 0)
    .map((one) => one.className)"""


class Server(Protocol):
    """What these tests need of the server."""

    url: str

    def workspace(self) -> Workspace:
        """Return a workspace on the same database."""

    def log(self) -> str:
        """Return what the process wrote."""


def main(page: Page) -> Locator:
    """Return the page without its side bar."""
    return page.get_by_test_id("stMain")


def heading(page: Page, text: str) -> Locator:
    """Return the heading with exactly this text."""
    return page.get_by_role("heading", level=1, name=text, exact=True)


def query(page: Page, name: str) -> str | None:
    """Return one part of the address."""
    return parse_qs(urlsplit(page.url).query).get(name, [None])[0]


def tab_to(page: Page, wanted: str) -> None:
    """Press Tab until what is called ``wanted`` has the focus."""
    named = "document.activeElement.getAttribute('aria-label') ?? document.activeElement.innerText"
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate(named).removeprefix("arrow_forward").strip().startswith(wanted):  # the sign before a link
            return
    message = f"no way by Tab to {wanted!r}"
    raise AssertionError(message)


def opened(server: Server, page: Page, id_: str, first: Question, **parameters: str) -> None:
    """Open the page of quick answers and wait until it listens."""
    more = "".join(f"&{name}={value}" for name, value in parameters.items())
    page.goto(f"{server.url}/quick?a={id_}{more}")
    listens(page, first)


def listens(page: Page, question: Question) -> None:
    """Wait until a question is in focus and the listener has announced it."""
    expect(heading(page, question.prompt)).to_be_visible()
    expect(page.get_by_role("status").filter(has_text=question.prompt)).to_be_attached()


def stored(page: Page, server: Server, id_: str, expected: dict[str, Answer]) -> None:
    """Wait until the store holds exactly these answers."""
    for _ in range(200):
        if server.workspace().open(id_).assessment.answers == expected:
            return
        page.wait_for_timeout(50)
    assert server.workspace().open(id_).assessment.answers == expected


def test_the_pulse_by_keyboard_alone(
    server: Server, page: Page, outside: list[str], questionnaire: Questionnaire
) -> None:
    """From the start page to the last question without a mouse: each key answers its own question."""
    asked = questionnaire.asked("pulse")
    page.goto(server.url)
    expect(page.get_by_role("button", name="Try the example")).to_be_visible()
    tab_to(page, "Name of the assessment")
    page.keyboard.type("By keys alone")
    page.keyboard.press("Enter")
    expect(heading(page, "Task list")).to_be_visible()
    tab_to(page, "Quick answers: one question at a time")
    page.keyboard.press("Enter")
    listens(page, asked[0])
    id_ = query(page, "a") or ""
    for number in range(len(asked)):
        page.keyboard.press(str(number % 5))
        page.wait_for_timeout(BETWEEN_KEYS)
    page.keyboard.press("4")  # one key too many
    expect(heading(page, "End of the list")).to_be_visible()
    stored(page, server, id_, {one.id: Answer(option=number % 5) for number, one in enumerate(asked)})
    for one in asked:
        assert len(server.workspace().history(id_, "answer", one.id)) == 1
    assert outside == []
    assert "Traceback" not in server.log()


def test_keys_faster_than_the_page_is_drawn(server: Server, page: Page, questionnaire: Questionnaire) -> None:
    """Presses without any pause between them are taken one by one, each for the next question, and the same key too."""
    keys = "222201234444"
    asked = questionnaire.asked("full")[: len(keys) + 1]
    id_ = server.workspace().create("In a burst", mode="full")
    opened(server, page, id_, asked[0])
    # one task of the browser: nothing is drawn and nothing is answered between the first press and the last
    assert page.evaluate(BURST, list(keys)) == asked[0].prompt
    listens(page, asked[-1])
    stored(page, server, id_, {one.id: Answer(option=int(key)) for one, key in zip(asked, keys, strict=False)})
    for one in asked[:-1]:
        assert len(server.workspace().history(id_, "answer", one.id)) == 1


def test_every_key_does_its_part(server: Server, page: Page, questionnaire: Questionnaire) -> None:
    """Not applicable with its reason, don't know, the mark, the arrows, clearing: each by one key."""
    one, two, three = questionnaire.asked("pulse")[:3]
    id_ = server.workspace().create("Each key")
    opened(server, page, id_, one)
    page.keyboard.press("n")
    expect(main(page).get_by_text("Why does it not apply?")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    page.keyboard.press("2")
    listens(page, two)
    for key in "mu":
        page.keyboard.press(key)
    listens(page, three)
    page.keyboard.press("3")
    wanted = {one.id: Answer(not_applicable="other_team"), two.id: Answer(unknown=True, discuss=True)}
    stored(page, server, id_, {**wanted, three.id: Answer(option=3)})
    page.keyboard.press("ArrowLeft")
    listens(page, three)
    page.keyboard.press("Backspace")
    stored(page, server, id_, wanted)
    page.keyboard.press("ArrowLeft")
    listens(page, two)
    page.keyboard.press("ArrowRight")
    listens(page, three)


def test_enter_keeps_last_time(server: Server, page: Page, questionnaire: Questionnaire) -> None:
    """A returning team goes through what was taken over and what was not by the same key."""
    one, two, three = questionnaire.asked("pulse")[:3]
    desk = server.workspace()
    reference = QuestionnaireRef(id=questionnaire.id, version=questionnaire.version)
    then = {one.id: Answer(option=3, note="as before"), two.id: Answer(unknown=True)}
    spring = desk.create_from(Assessment(name="Spring", questionnaire=reference, answers=then))
    id_ = desk.create_from(Assessment(name="Autumn", questionnaire=reference, follows=spring))
    desk.carry_answers(id_, [one.id])
    opened(server, page, id_, one, q=one.id)
    page.keyboard.press("Enter")
    listens(page, two)
    page.keyboard.press("l")
    listens(page, three)
    page.keyboard.press("l")  # nothing was answered last time: nothing is kept
    stored(page, server, id_, then)
    expect(heading(page, three.prompt)).to_be_visible()


def test_a_figure_is_typed_and_saved_by_enter(server: Server, page: Page, questionnaire: Questionnaire) -> None:
    """The letter f leads into the field, digits there are the figure, and Enter saves it and moves on."""
    asked = questionnaire.asked("pulse")
    place = next(place for place, one in enumerate(asked) if one.measure is not None)
    measured, following = asked[place : place + 2]
    id_ = server.workspace().create("A figure")
    opened(server, page, id_, measured, q=measured.id)
    expect(page.get_by_test_id("stNumberInputField")).to_be_visible()
    page.keyboard.press("f")
    expect(page.get_by_test_id("stNumberInputField")).to_be_focused()
    page.keyboard.type("12.5")
    page.keyboard.press("Enter")
    listens(page, following)
    page.keyboard.press("1")
    stored(page, server, id_, {measured.id: Answer(figure=12.5, confidence="measured"), following.id: Answer(option=1)})


def test_a_note_is_only_a_note(server: Server, page: Page, questionnaire: Questionnaire) -> None:
    """Digits and letters typed in a note answer nothing; Esc leaves the field, saves the note, and keys count again."""
    one, two = questionnaire.asked("pulse")[:2]
    id_ = server.workspace().create("A note")
    server.workspace().answer(id_, one.id, Answer(option=1))
    opened(server, page, id_, one, q=one.id)
    main(page).get_by_text("Note, evidence, confidence and mark for discussion").click()
    note = main(page).get_by_label("Note", exact=True)
    note.click()
    page.keyboard.type("3 nodes, 12 pods; n u m l f 0")
    page.keyboard.press("Backspace")
    expect(note).to_be_focused()
    expect(note).to_have_value("3 nodes, 12 pods; n u m l f ")
    page.keyboard.press("Escape")
    expect(note).not_to_be_focused()
    stored(page, server, id_, {one.id: Answer(option=1, note="3 nodes, 12 pods; n u m l f ")})
    listens(page, one)
    written = server.workspace().history(id_, "answer", one.id)
    assert [event.payload["option"] for event in written] == [1, 1]  # the answer before, and the note beside it
    page.keyboard.press("4")
    listens(page, two)
    stored(page, server, id_, {one.id: Answer(option=4, note="3 nodes, 12 pods; n u m l f ")})


def test_keys_can_be_switched_off(server: Server, page: Page, questionnaire: Questionnaire) -> None:
    """Who works by voice or by another program's keys can switch single keys off; the buttons go on working."""
    one, two = questionnaire.asked("pulse")[:2]
    id_ = server.workspace().create("Without keys")
    opened(server, page, id_, one)
    told = main(page).get_by_text("not applicable, u don't know")
    expect(told).to_be_visible()
    main(page).get_by_text("Answer with single keys").click()
    page.keyboard.press("3")  # before any answer of the server: the switch itself counts
    expect(told).to_have_count(0)
    page.keyboard.press("3")
    listens(page, one)
    assert server.workspace().open(id_).assessment.answers == {}
    main(page).get_by_role("button", name="Level 1").click()
    listens(page, two)
    stored(page, server, id_, {one.id: Answer(option=1)})


def test_a_double_click_answers_one_question(server: Server, page: Page, questionnaire: Questionnaire) -> None:
    """The second click of a double click does not reach the question that has come up under it."""
    one, two = questionnaire.asked("pulse")[:2]
    id_ = server.workspace().create("Double click")
    opened(server, page, id_, one)
    level = main(page).get_by_role("button", name="Level 2")
    level.click()
    listens(page, two)
    level.hover()  # the same level of the question that has come up
    for half in (page.mouse.down, page.mouse.up):
        half(click_count=2)
    page.keyboard.press("0")
    stored(page, server, id_, {one.id: Answer(option=2), two.id: Answer(option=0)})
    assert len(server.workspace().history(id_, "answer", two.id)) == 1


def test_back_leads_to_the_question_before(server: Server, page: Page, questionnaire: Questionnaire) -> None:
    """The browser's Back leads from question to question and from list to list, and keys then mean what is shown."""
    one, two, three = questionnaire.asked("pulse")[:3]
    id_ = server.workspace().create("Back")
    opened(server, page, id_, one)
    page.keyboard.press("0")
    listens(page, two)
    page.keyboard.press("1")
    listens(page, three)
    main(page).get_by_text("Which questions: All").click()
    main(page).get_by_role("button", name=re.compile("^Don't know: ")).click()
    expect(heading(page, "Nothing in this list")).to_be_visible()
    assert query(page, "f") == "unknown"
    page.go_back()
    listens(page, three)
    assert query(page, "f") is None
    page.go_back()
    listens(page, two)
    page.keyboard.press("4")
    listens(page, three)
    stored(page, server, id_, {one.id: Answer(option=0), two.id: Answer(option=4)})


@pytest.mark.parametrize(("width", "height"), [(1280, 640), (390, 844)])
def test_a_new_question_begins_at_the_top(
    server: Server, page: Page, questionnaire: Questionnaire, width: int, height: int
) -> None:
    """In a window too small for it a question is not met half-way, and none of its rows scrolls by itself."""
    asked = questionnaire.asked("pulse")
    page.set_viewport_size({"width": width, "height": height})
    opened(server, page, server.workspace().create("From the top"), asked[0])
    for key, question in zip("301", asked[1:4], strict=True):
        main(page).evaluate("element => element.scrollTo(0, element.scrollHeight)")
        page.keyboard.press(key)
        listens(page, question)
        page.wait_for_function(AT_TOP)
    assert page.evaluate(OWN_SCROLLERS) == []


@pytest.mark.parametrize("place", ["first", "measured", "end"])
def test_it_fits_a_phone(server: Server, page: Page, questionnaire: Questionnaire, place: str) -> None:
    """At 390 pixels nothing has to be pushed sideways, and a thumb answers."""
    page.set_viewport_size({"width": 390, "height": 844})
    asked = questionnaire.asked("pulse")
    named = {"first": asked[0], "measured": next(one for one in asked if one.measure is not None)}
    id_ = server.workspace().create("On a phone")
    page.goto(f"{server.url}/quick?a={id_}&q={named[place].id if place in named else 'end'}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(main(page).get_by_text("Answer with single keys")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.get_by_test_id("stMain").evaluate("element => element.scrollWidth <= element.clientWidth")
    if place in named:
        main(page).get_by_role("button", name="Level 3").click()
        stored(page, server, id_, {named[place].id: Answer(option=3)})
