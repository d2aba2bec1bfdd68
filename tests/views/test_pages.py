"""Every page from the entry point, with nothing between it and the store."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import altair as alt
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from assessment.answers import Answer
from assessment.questionnaire import Questionnaire
from reports.charts.figure import Figure
from reports.document import FigureBlock, Together
from tests.views.conftest import headline
from views.blocks import show
from views.frame import PAGES as KNOWN
from views.plain import plain
from workspace.library import Library
from workspace.service import Workspace

Visit = Callable[..., AppTest]
VIEWS = Path(__file__).parents[2] / "views"
PAGES = tuple(entry.name for entry in KNOWN.values() if not entry.always)
"""Every page that shows an assessment: a new one is tested by being listed."""


def words(app: AppTest) -> str:
    """Return every text that a page shows."""
    kinds = ("title", "header", "subheader", "markdown", "caption", "text", "info", "warning", "error", "success")
    shown = [str(getattr(element, "value", "")) for kind in kinds for element in app.get(kind)]
    return "\n".join([*shown, *(str(getattr(link, "label", "")) for link in app.get("page_link"))])


def press(app: AppTest, label: str) -> AppTest:
    """Press the only button with a label."""
    (found,) = (button for button in app.button if button.label == label)
    return found.click().run()


def sound(app: AppTest) -> None:
    """Hold that a page shows no fault of ours and no problem."""
    assert not app.exception
    assert [error.value for error in app.error] == []


def test_the_start_offers_the_example_and_an_assessment(desk: Workspace, visit: Visit) -> None:  # noqa: ARG001
    """A newcomer sees both ways in, and the example opens on its results."""
    app = visit("start")
    sound(app)
    assert {"Try the example", "Start an assessment"} <= {heading.value for heading in app.header}
    app.button(key="start-example").click().run()
    sound(app)
    assert app.title[0].value == "Results"


def test_every_page_has_a_file_and_every_file_of_a_page_is_listed() -> None:
    """A file of ``views`` that draws itself when it is run is a page, and the pages are exactly those."""
    drawn = {path.stem for path in VIEWS.glob("*.py") if path.read_text(encoding="utf-8").endswith("\npage()\n")}
    assert drawn == set(KNOWN)


@pytest.mark.parametrize("page", [entry.name for entry in KNOWN.values() if entry.always])
def test_a_page_of_no_assessment_is_there_before_and_after_one(desk: Workspace, visit: Visit, page: str) -> None:
    """What needs no assessment draws in an empty workspace, and in one with the example and with an empty one."""
    sound(visit(page))
    desk.example()
    desk.create("Nothing answered yet")
    app = visit(page)
    sound(app)
    assert app.title


@pytest.mark.parametrize("page", PAGES)
def test_every_page_shows_the_example(desk: Workspace, visit: Visit, page: str) -> None:
    """Each page draws the worked example without a fault."""
    app = visit(page, a=desk.example())
    sound(app)
    assert "Larkfield" in words(app)


@pytest.mark.parametrize("page", PAGES)
def test_every_page_shows_an_empty_assessment(desk: Workspace, visit: Visit, page: str) -> None:
    """Each page draws an assessment in which nothing has been answered."""
    app = visit(page, a=desk.create("Nothing answered yet"))
    sound(app)
    assert "Nothing answered yet" in words(app)


@pytest.mark.parametrize("page", PAGES)
def test_an_unknown_address_is_told(desk: Workspace, visit: Visit, page: str) -> None:  # noqa: ARG001
    """An id that names nothing gives a sentence and the way to the start, never a fault."""
    app = visit(page, a="A" * 24)
    sound(app)
    assert "names no assessment" in app.warning[0].value
    assert app.get("page_link")


@pytest.mark.parametrize("page", PAGES)
def test_a_page_without_an_assessment_leads_to_the_start(desk: Workspace, visit: Visit, page: str) -> None:  # noqa: ARG001
    """Without an id there is nothing open, and the page says so."""
    app = visit(page)
    sound(app)
    assert "No assessment is open" in app.warning[0].value


@pytest.mark.parametrize("page", PAGES)
def test_a_questionnaire_of_four_steps_works(
    desk: Workspace,
    visit: Visit,
    page: str,
    four_step: Questionnaire,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Steps, options and dimensions come from the questionnaire: one of four steps and options draws every page."""
    other = Workspace(desk._store, Library([four_step]))
    monkeypatch.setattr("views.access._workspace", lambda _: other)
    id_ = other.create("Four steps", mode="full")
    for question in four_step.questions[:5]:
        other.answer(id_, question.id, Answer(option=3))
    app = visit(page, a=id_, step=four_step.steps[-1].id)
    sound(app)
    if page == "tasks":
        assert sum(step.title in words(app) for step in four_step.steps) == len(four_step.steps)
    if page == "step":
        assert headline(app) == plain(four_step.steps[-1].title)
        assert len(app.radio[0].options) == len(four_step.scale_of(four_step.questions[0]).options) + 2


def weights(app: AppTest) -> list[str]:
    """Return the labels of the buttons that stand out, in the order of the page."""
    return [button.label for button in app.button if button.proto.type == "primary"]


def test_one_way_in_stands_out(desk: Workspace, visit: Visit) -> None:
    """For a newcomer the example, afterwards a new assessment; what was not saved lately is folded."""
    assert weights(visit("start")) == ["Try the example"]
    for number in range(7):
        desk.create(f"Ward {number}")
    app = visit("start")
    assert weights(app) == ["Start the assessment"]
    assert [header.value for header in app.header][:2] == ["Open an assessment", "Start an assessment"]
    assert [expander.label for expander in app.expander] == ["Saved before that: 2"]
    assert [button.label for button in app.expander[0].button] == ["**Ward 1**", "**Ward 0**"]


def test_an_assessment_needs_a_name(desk: Workspace, visit: Visit) -> None:
    """Starting without a name is refused at the top and at the field, and nothing is made."""
    app = visit("start")
    app.text_input(key="start-organisation").set_value("Typed text stays")
    press(app, "Start the assessment")
    assert len(app.error) == 2
    assert "There is a problem" in app.error[0].value
    assert "Give the assessment a name" in app.error[1].value
    assert app.text_input(key="start-organisation").value == "Typed text stays"
    assert desk.assessments() == ()


def test_an_assessment_is_begun(desk: Workspace, visit: Visit) -> None:
    """A name is enough; the task list opens."""
    app = visit("start")
    app.text_input(key="start-name").set_value("North wing")
    press(app, "Start the assessment")
    sound(app)
    assert app.title[0].value == "Task list"
    assert [listing.name for listing in desk.assessments()] == ["North wing"]


def test_a_file_that_is_no_assessment_is_refused(desk: Workspace, visit: Visit) -> None:
    """A file of nonsense is refused with its name and a sentence, and nothing is kept of it."""
    app = visit("start")
    app.file_uploader(key="start-file").set_value(("nonsense.json", b'{"format": "other"}', "application/json"))
    press(app, "Import the file")
    assert not app.exception
    assert any("nonsense.json" in error.value for error in app.error)
    assert desk.assessments() == ()


def test_a_file_comes_in(desk: Workspace, visit: Visit) -> None:
    """An exported assessment is brought in and its task list opens."""
    raw = desk.export(desk.create("Carried"))
    app = visit("start")
    app.file_uploader(key="start-file").set_value(("carried.json", raw, "application/json"))
    press(app, "Import the file")
    sound(app)
    assert app.title[0].value == "Task list"
    assert [listing.name for listing in desk.assessments()] == ["Carried", "Carried"]


def in_use_alone(questionnaire: Questionnaire) -> Questionnaire:
    """Return a questionnaire without words for the design stage."""
    questions = tuple(question.model_copy(update={"design": None}) for question in questionnaire.questions)
    return questionnaire.model_copy(update={"questions": questions})


def test_modes_that_ask_the_same_are_no_choice(
    desk: Workspace, visit: Visit, four_step: Questionnaire, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where every question is a core question, nobody is asked how much to ask."""
    labels = ("How much is asked",)
    four_step = in_use_alone(four_step)
    other = Workspace(desk._store, Library([four_step]))
    with monkeypatch.context() as patched:
        patched.setattr("views.access._workspace", lambda _: other)
        assert tuple(radio.label for radio in visit("start").radio) == labels
        assert tuple(radio.label for radio in visit("context", a=other.create("Ward"), part="about").radio) == labels
    core = tuple(question.model_copy(update={"core": True}) for question in four_step.questions)
    same = Workspace(desk._store, Library([four_step.model_copy(update={"questions": core})]))
    monkeypatch.setattr("views.access._workspace", lambda _: same)
    id_ = same.create("North wing")
    for app in (visit("start"), visit("context", a=id_, part="about")):
        sound(app)
        assert not app.radio
    assert "Every question is asked." in words(visit("tasks", a=id_))


def test_an_assessment_is_begun_without_a_choice_of_mode(
    desk: Workspace, visit: Visit, four_step: Questionnaire, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The form needs no choice that it does not offer."""
    core = tuple(question.model_copy(update={"core": True}) for question in four_step.questions)
    same = Workspace(desk._store, Library([four_step.model_copy(update={"questions": core})]))
    monkeypatch.setattr("views.access._workspace", lambda _: same)
    app = visit("start")
    app.text_input(key="start-name").set_value("North wing")
    press(app, "Start the assessment")
    sound(app)
    assert [listing.name for listing in same.assessments()] == ["North wing"]


def test_names_in_a_list_are_shown_as_they_are(desk: Workspace, visit: Visit) -> None:
    """The options of a list are no Markdown: nothing in them is escaped."""
    app = visit("economics", a=desk.create("Ward"), part="other")
    options = app.selectbox(key="other-figure").options
    assert any("(half are longer)" in option for option in options)
    assert not any("\\" in option for option in options)


def test_a_chart_that_stands_twice_has_two_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """On one page each drawing has a key of its own, also inside a block of blocks and in a second document."""
    keys: list[str] = []
    monkeypatch.setattr("views.blocks.st.altair_chart", lambda *_, key, **__: keys.append(key))
    chart = alt.Chart(pd.DataFrame({"a": [1]})).mark_bar().encode(x="a")
    block = FigureBlock(Figure("one", "One", chart, "One bar", ("a",), (("1",),)))
    show([block, Together((block,))])
    show([block], place="Once more")
    assert len(set(keys)) == len(keys) == 3
