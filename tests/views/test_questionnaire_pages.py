"""Questionnaires in the app: installed, refused and taken away; begun on, missing, compared and moved."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assessment.answers import Answer, Assessment, QuestionnaireRef
from assessment.questionnaire import Questionnaire
from assessment.reading import LARGEST_BYTES
from reports.comparing import HEADER
from store.folding import changes_of
from store.log import Stamp
from views.plain import plain
from workspace.library import Library
from workspace.service import Workspace

Visit = Callable[..., AppTest]
FOUR = (Path(__file__).parents[1] / "data" / "four-step.yaml").read_bytes()
BOMB = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 10)
)


def second() -> bytes:
    """Return a second version of the small questionnaire, without the question on copies and with one reworded."""
    text = FOUR.decode().replace('version: "1"', 'version: "2"', 1).replace("Who hears of a lesson?", "Who is told?")
    return (text[: text.index("  - id: build.copy")] + text[text.index("  - id: build.review") :]).encode()


def words(app: AppTest) -> str:
    """Return every text that a page shows, without the space that keeps the head of a column wide."""
    kinds = ("title", "header", "markdown", "caption", "info", "warning", "error", "success")
    shown = "\n".join(str(getattr(element, "value", "")) for kind in kinds for element in app.get(kind))
    return re.sub("\N{NO-BREAK SPACE}+\N{WORD JOINER}", "", shown)


def sound(app: AppTest) -> AppTest:
    """Hold that a page shows no fault, and return it."""
    assert not app.exception
    assert [error.value for error in app.error] == []
    return app


def upload(visit: Visit, raw: bytes, name: str = "ours.yaml") -> AppTest:
    """Hand a file to the page."""
    app = visit("questionnaires")
    app.file_uploader(key="questionnaire-file").set_value((name, raw, "application/yaml"))
    app.button[0].click().run()
    assert not app.exception
    return app


@pytest.fixture
def wards(desk: Workspace) -> tuple[str, str]:
    """Two quarters on the small questionnaire: two answers fell, one rose."""
    desk.install_questionnaire(FOUR, "four-step.yaml")
    first = desk.create("Ward", mode="full", questionnaire="small-clinic")
    for name in desk.open(first).questionnaire.by_id:
        desk.answer(first, name, Answer(option=2))
    following = desk.next_quarter(first)
    desk.carry_answers(following, desk.open(first).questionnaire.by_id)
    for name, option in (("build.release", 0), ("look.trail", 0), ("learn.watch", 3)):
        desk.answer(following, name, Answer(option=option))
    return first, following


def test_the_page_is_there_before_any_assessment_is(desk: Workspace, visit: Visit) -> None:
    """Who brings a questionnaire has nothing to assess yet."""
    app = sound(visit("questionnaires"))
    assert app.title[0].value == "Questionnaires"
    assert plain(desk.library.default.version) in words(app)
    assert "Comes with Sixstep" in words(app)
    built_in = desk.library.choices()[0]
    assert app.radio(key="questionnaire-chosen").options == [f"{built_in.title}, version {built_in.version}"]


def test_a_file_is_installed_and_can_be_begun_on(desk: Workspace, visit: Visit) -> None:
    """It is told, listed, and offered where an assessment is started."""
    app = sound(upload(visit, FOUR))
    assert "Small clinic check, version 1, is installed: 15 questions in 4 steps." in words(app)
    assert "15, of which 4 core" in words(app)
    start = visit("start")
    start.selectbox(key="start-questionnaire").set_value("small-clinic").run()
    start.text_input(key="start-name").set_value("North wing")
    start.button[1].click().run()
    assert sound(start).title[0].value == "Task list"
    (line,) = desk.assessments()
    assert desk.open(line.id).questionnaire.id == "small-clinic"
    assert "| 1 |" in words(visit("questionnaires"))


def test_the_same_file_again_is_no_fault(desk: Workspace, visit: Visit) -> None:  # noqa: ARG001
    """It was there already, and that is what is said."""
    upload(visit, FOUR)
    assert "was installed already" in words(sound(upload(visit, FOUR)))


def test_faults_are_told_with_their_lines_twelve_at_most(desk: Workspace, visit: Visit) -> None:
    """Each in a sentence of the loader, the rest as a number; nothing is installed."""
    raw = FOUR.replace(b"references: [own]", b"references: [owm]")
    app = upload(visit, raw)
    top, listed = app.error[0].value, app.error[-1].value
    assert "The file is not installed. Mend 15 faults" in top
    assert listed.count("ours.yaml:") == 12
    assert "no reference 'owm'" in listed
    assert listed.endswith("- And 3 more.")
    assert len(desk.questionnaires()) == 1


def test_other_content_under_a_version_is_refused(desk: Workspace, visit: Visit) -> None:
    """With what to do about it."""
    upload(visit, FOUR)
    app = upload(visit, FOUR.replace(b"Who hears of a lesson?", b"Who is told?"))
    assert "give it a new version" in app.error[-1].value
    assert len(desk.questionnaires()) == 2


HOSTILE = {
    "binary": b"\x7fELF\x00" * 9,
    "alias bomb": BOMB.encode(),
    "deep": b"[" * 5000,
    "markup": b"format: '<img src=x onerror=alert(1)>'",
    "too large": b"#" * (LARGEST_BYTES + 1),
    "50 MB": b"a: b\n" * 10_000_000,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_upload_is_refused_in_a_sentence(desk: Workspace, visit: Visit, kind: str) -> None:
    """No trace, no reference to a fault of ours, no live markup."""
    app = upload(visit, HOSTILE[kind])
    said = "\n".join(error.value for error in app.error)
    assert "There is a problem" in said
    assert "on our side" not in said
    assert "<img" not in said.replace("\\<img", "")
    assert len(desk.questionnaires()) == 1


def test_nothing_chosen_is_said(desk: Workspace, visit: Visit) -> None:  # noqa: ARG001
    """At the top and at the field."""
    app = visit("questionnaires")
    app.button[0].click().run()
    assert ["Choose a file first" in error.value for error in app.error] == [True, True]


def test_the_stage_is_chosen_where_an_assessment_begins(desk: Workspace, visit: Visit) -> None:
    """A product before its launch is asked in the words of its design."""
    desk.install_questionnaire(FOUR, "four-step.yaml")
    app = visit("start")
    app.selectbox(key="start-questionnaire").set_value("small-clinic").run()
    app.radio(key="start-stage").set_value("design")
    app.text_input(key="start-name").set_value("Drawn")
    app.button[1].click().run()
    (line,) = desk.assessments()
    assert desk.open(line.id).assessment.stage == "design"
    assert "How many boxes will serve patients?" in words(sound(visit("step", a=line.id, step="look")))


def test_where_one_questionnaire_is_installed_nobody_is_asked_which(desk: Workspace, visit: Visit) -> None:  # noqa: ARG001
    """A choice of one is no choice."""
    assert not visit("start").selectbox


def test_progress_shows_regressions_first_against_the_followed_assessment(wards: tuple[str, str], visit: Visit) -> None:
    """The followed one is chosen without asking; the sentence, the chart, the tables."""
    first, following = wards
    app = sound(visit("progress", a=following))
    assert app.selectbox(key="progress-with").value == first
    said = words(app)
    assert "scores stand worse than before; look first at Paper trail, by 70.0 points." in app.info[0].value
    table = said[said.rindex("| Score | Earlier") : said.index("| Question | Earlier")]
    cells = [row.split("|")[-2].strip() for row in table.splitlines() if row.count("|") == len(HEADER) + 1]
    directions = [cell for cell in cells if cell not in {"Direction", "---"}]
    assert directions == sorted(directions, key=["worse", "better", "cannot be said", "same"].index)
    assert {"worse", "better"} <= set(directions)
    assert app.get("vega_lite_chart") or app.get("arrow_vega_lite_chart")


def test_an_assessment_that_is_alone_has_nothing_to_compare_with(desk: Workspace, visit: Visit) -> None:
    """What to do instead is said."""
    app = sound(visit("progress", a=desk.create("Alone")))
    assert "There is no other assessment" in app.info[0].value


def test_only_assessments_that_share_questions_are_offered(
    desk: Workspace, wards: tuple[str, str], visit: Visit
) -> None:
    """An overlay shares those of its base; a questionnaire of its own shares none."""
    text = "format: sixstep-overlay/1\nextends: small-clinic\nid: river\nversion: '1'\ntitle: River\n"
    desk.install_questionnaire(text.encode(), "river.yaml")
    river = desk.create("River", questionnaire="river")
    desk.create("Hospital")
    assert set(visit("progress", a=wards[1]).selectbox(key="progress-with").options) == {"Ward", "River"}
    assert set(visit("progress", a=river).selectbox(key="progress-with").options) == {"Ward", "Ward, quarter 2"}


def test_progress_begins_with_an_assessment_that_has_answers(desk: Workspace, visit: Visit) -> None:
    """One in which nothing is answered says nothing; where it is chosen, or open, that is all that is said."""
    answered, blank, other = desk.create("Answered"), desk.create("Blank"), desk.create("Other")
    for name in (answered, other):
        desk.answer(name, desk.open(name).questionnaire.questions[0].id, Answer(option=1))
    desk.create("Blank too")
    app = sound(visit("progress", a=other))
    assert app.selectbox(key="progress-with").value == answered
    assert app.get("vega_lite_chart") or app.get("arrow_vega_lite_chart")
    app = sound(visit("progress", a=blank))
    assert app.info[0].value.startswith("Nothing is answered in the later assessment yet")
    assert not app.get("vega_lite_chart")
    assert not app.get("arrow_vega_lite_chart")
    assert "Every score" not in words(app)
    chief = [button.label for button in app.button if button.proto.type == "primary"]
    assert chief == ["Answer the questions of this one first"]


def test_the_next_quarter_is_begun_from_the_page(desk: Workspace, visit: Visit) -> None:
    """Its task list opens, and nothing is answered in it."""
    name = desk.create("Ward")
    app = visit("progress", a=name)
    app.button(key="progress-next").click().run()
    assert sound(app).title[0].value == "Task list"
    (line,) = [line for line in desk.assessments() if line.id != name]
    assert (line.name, line.answered, desk.open(line.id).assessment.follows) == ("Ward, quarter 2", 0, name)


def test_both_scorings_are_shown_before_an_assessment_moves(
    desk: Workspace, wards: tuple[str, str], visit: Visit
) -> None:
    """What the version moves, which answers stay behind, and then the button."""
    first, _ = wards
    desk.install_questionnaire(second(), "two.yaml")
    app = sound(visit("progress", a=first))
    said = words(app)
    assert "| Score | Version 1 | Version 2 | Moved by the questionnaire |" in said
    assert "Kept, but not asked in the later version: Copy." in said
    assert "look at these answers again: Share." in said
    assert desk.open(first).questionnaire.version == "1"
    app.button(key="progress-move").click().run()
    sound(app)
    opened = desk.open(first)
    assert opened.questionnaire.version == "2"
    assert opened.assessment.answers["build.copy"] == Answer(option=2)
    for page in ("tasks", "results", "check", "report"):
        sound(visit(page, a=first))


def test_a_quarter_that_has_just_begun_says_what_waits_and_moves_nothing(
    desk: Workspace, wards: tuple[str, str], visit: Visit
) -> None:
    """An answer that nobody has given yet did not move."""
    name = desk.next_quarter(wards[0])
    said = words(sound(visit("progress", a=name)))
    assert "Not answered yet" in said
    assert "Answers that moved" not in said
    asked = desk.open(name).questionnaire.questions[0].id
    desk.answer(name, asked, Answer(option=0))
    assert "Answers that moved" in words(sound(visit("progress", a=name)))


def test_quarters_on_two_versions_show_both_scorings(desk: Workspace, wards: tuple[str, str], visit: Visit) -> None:
    """What the questionnaire moved stands in a table of its own and is not called progress."""
    desk.install_questionnaire(second(), "two.yaml")
    desk.move_to_version(wards[1], "2")
    said = words(sound(visit("progress", a=wards[1])))
    assert "What the questionnaire moved" in said
    assert "The questionnaires differ" in said


@pytest.mark.parametrize("page", ["tasks", "results", "step", "progress"])
def test_a_missing_version_is_said_on_every_page(
    desk: Workspace, visit: Visit, four_step: Questionnaire, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    """Nobody takes the words of another version for those that were answered."""
    reference = QuestionnaireRef(id=four_step.id, version="0.9")
    answers = {"look.box": Answer(option=2), "gone.since": Answer(option=1)}
    old = Assessment(name="Old ward", questionnaire=reference, answers=answers)
    name = desk._store.create(changes_of(old), Stamp())
    other = Workspace(desk._store, Library([four_step]))
    monkeypatch.setattr("views.access._workspace", lambda _: other)
    app = sound(visit(page, a=name, step="look"))
    assert f"answered on version {plain('0.9')} of its questionnaire, which is not installed" in app.warning[0].value
    assert "gone.since" in json.loads(other.export(name))["answers"]


def test_text_of_a_questionnaire_is_shown_as_text(desk: Workspace, visit: Visit) -> None:
    """A title is somebody's words, not Markdown."""
    desk.install_questionnaire(FOUR.replace(b"title: Small clinic check", b"title: '**Bold** $x$ :red[x]'"), "x.yaml")
    said = words(sound(visit("questionnaires")))
    assert "\\*\\*Bold\\*\\*" in said
    assert ":red[" not in said
