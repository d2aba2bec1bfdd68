"""Going through what changed: last time's answers beside today's, taken over one by one or many at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from assessment.answers import Answer, Assessment, QuestionnaireRef
from assessment.questionnaire import Questionnaire
from tests.views.conftest import headline
from views.plain import plain
from workspace.library import Library
from workspace.service import Workspace

Visit = Callable[..., AppTest]
NOTE = "seen in the log of <b>May</b>"


@pytest.fixture
def small(desk: Workspace, four_step: Questionnaire, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """Return the workspace of the app under test, on the small questionnaire."""
    other = Workspace(desk._store, Library([four_step]))
    monkeypatch.setattr("views.access._workspace", lambda _: other)
    return other


def following(desk: Workspace, questionnaire: Questionnaire, then: list[Answer]) -> str:
    """Return an empty assessment that follows one in which the first questions were answered."""
    reference = QuestionnaireRef(id=questionnaire.id, version=questionnaire.version)
    answers = {question.id: answer for question, answer in zip(questionnaire.questions, then, strict=False)}
    first = Assessment(name="Spring", mode="full", questionnaire=reference, answers=answers)
    second = Assessment(name="Autumn", mode="full", questionnaire=reference, follows=desk.create_from(first))
    return desk.create_from(second)


def act(app: AppTest, key: str) -> AppTest:
    """Press the button that does what a key does to the question in focus."""
    (button,) = [one for one in app.button if (one.key or "").startswith(f"choose-{key}-")]
    return button.click().run()


def unfolded(app: AppTest) -> AppTest:
    """Open the panel with the lists, as a browser would."""
    app.session_state["quick-lists"] = True
    return app.run()


def words(app: AppTest) -> str:
    """Return the text of a page."""
    return "\n".join(
        str(getattr(one, "value", "")) for kind in ("title", "markdown", "caption") for one in app.get(kind)
    )


def test_last_time_stands_beside_the_levels(small: Workspace, visit: Visit, four_step: Questionnaire) -> None:
    """The row, the words, the note and the date of last time are shown, and one key keeps them."""
    question = four_step.questions[0]
    id_ = following(small, four_step, [Answer(option=2, note=NOTE, discuss=True)])
    app = visit("quick", a=id_, q=question.id)
    assert f"{plain(question.anchors[2])} *As last time.*" in words(app)
    label = four_step.scale_of(question).options[2].label
    assert f"Last time ({small.open(id_).saved_at:%d %B %Y}): {label}" in words(app)
    assert "Its note: seen in the log of \\<b\\>May\\</b\\>" in words(app)
    act(app, "l")
    assert small.open(id_).assessment.answers == {question.id: Answer(option=2, note=NOTE)}


def test_keeping_leaves_the_details_of_today(small: Workspace, visit: Visit, four_step: Questionnaire) -> None:
    """Where there is an answer already only its level becomes that of last time."""
    question = four_step.questions[0]
    id_ = following(small, four_step, [Answer(option=2, note=NOTE)])
    small.answer(id_, question.id, Answer(option=0, note="today", evidence=("log",)))
    act(visit("quick", a=id_, q=question.id), "l")
    wanted = Answer(option=2, note="today", evidence=("log",))
    assert small.open(id_).assessment.answers == {question.id: wanted}


def test_what_changed_and_what_did_not_can_be_filtered(
    small: Workspace, visit: Visit, four_step: Questionnaire
) -> None:
    """Changed, same and taken over are three lists; a note alone is no change."""
    one, two, three = (question.id for question in four_step.questions[:3])
    id_ = following(small, four_step, [Answer(option=2), Answer(option=2), Answer(option=2)])
    small.answer(id_, one, Answer(option=3))
    small.answer(id_, two, Answer(option=2, note="still so"))
    small.carry_answers(id_, [three])
    app = visit("quick", a=id_)
    for name, question in (("changed", 0), ("same", 1), ("carried", 2)):
        app = unfolded(app).button(key=f"quick-filter-{name}").click().run()
        assert headline(app) == four_step.questions[question].prompt
        assert "1 of 1 in this list" in words(app)


def test_many_are_taken_over_but_those_unticked(small: Workspace, visit: Visit, four_step: Questionnaire) -> None:
    """All are ticked; the button counts; what is taken over is marked, and nobody else is said to have changed it."""
    one, two, three = four_step.questions[:3]
    id_ = following(small, four_step, [Answer(option=2), Answer(option=1), Answer(unknown=True)])
    app = visit("quick", a=id_)
    app.session_state["carry-panel"] = True
    app.run()
    assert app.button(key="carry").label == "Carry 3 answers"
    app.session_state["carry-panel"] = True
    app.checkbox(key=f"carry-{two.id}-{id_}").uncheck().run()
    assert app.button(key="carry").label == "Carry 2 answers"
    app.session_state["carry-panel"] = True
    app.button(key="carry").click().run()
    expected = {one.id: Answer(option=2, carried=True), three.id: Answer(unknown=True, carried=True)}
    assert small.open(id_).assessment.answers == expected
    assert headline(app) == two.prompt
    app = act(app, "ArrowLeft")
    assert "Taken over from last time, not looked at since" in words(app)
    assert not app.info


@pytest.mark.parametrize("key", ["l", "3"])
def test_confirmed_or_chosen_again_it_is_looked_at(
    small: Workspace, visit: Visit, four_step: Questionnaire, key: str
) -> None:
    """One key says that it is still true, and so does the same level."""
    question = four_step.questions[0]
    id_ = following(small, four_step, [Answer(option=2, note=NOTE)])
    small.carry_answers(id_, [question.id])
    act(visit("quick", a=id_, q=question.id), key)
    assert small.open(id_).assessment.answers == {question.id: Answer(option=2, note=NOTE)}


@pytest.mark.parametrize("page", ["step", "check"])
def test_the_other_pages_tell_and_confirm(small: Workspace, visit: Visit, four_step: Questionnaire, page: str) -> None:
    """An answer that was taken over says so among the questions and among the answers, and one button confirms it."""
    question = four_step.questions[0]
    id_ = following(small, four_step, [Answer(option=2)])
    small.carry_answers(id_, [question.id])
    app = visit(page, a=id_, step=question.step)
    assert "Taken over from last time, not looked at since" in words(app)
    app.button(key=f"confirm-{question.id}-{id_}").click().run()
    assert small.open(id_).assessment.answers == {question.id: Answer(option=2)}
    assert "Taken over from last time" not in words(app)


@pytest.mark.parametrize("follows", ["", "A" * 24, "no id at all"])
def test_without_a_readable_last_time_nothing_is_compared(
    small: Workspace, visit: Visit, four_step: Questionnaire, follows: str
) -> None:
    """An assessment that follows none, or one that is not here, shows no last time and no fault."""
    reference = QuestionnaireRef(id=four_step.id, version=four_step.version)
    id_ = small.create_from(Assessment(name="Autumn", mode="full", questionnaire=reference, follows=follows))
    app = unfolded(visit("quick", a=id_))
    assert not app.error
    assert not app.exception
    assert "Last time" not in words(app)
    assert app.button(key="quick-filter-all")
    assert not [one for one in app.button if one.key in {"quick-filter-changed", "carry"}]


def test_an_answer_that_no_longer_fits_is_not_offered(small: Workspace, visit: Visit, four_step: Questionnaire) -> None:
    """A level past the end of today's scale is nothing to keep."""
    id_ = following(small, four_step, [Answer(option=3)])
    data = four_step.model_dump()
    for part, name in (*((one, "options") for one in data["scales"]), *((one, "anchors") for one in data["questions"])):
        part[name] = part[name][:3]
    small.library = Library([Questionnaire.model_validate(data)])
    app = visit("quick", a=id_)
    assert "Last time" not in words(app)
    assert not [one for one in app.button if (one.key or "").startswith("choose-l-")]
