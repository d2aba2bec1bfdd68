"""Quick answers: a question at a time, by one key, in the list that was chosen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from assessment.answers import Answer
from assessment.questionnaire import Questionnaire
from tests.views.conftest import headline
from views.keys import Press, fresh
from views.plain import plain
from views.quick_list import after, ahead
from views.quick_moves import option_keys
from workspace.library import Library
from workspace.service import Workspace

Visit = Callable[..., AppTest]


@pytest.fixture
def small(desk: Workspace, four_step: Questionnaire, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """Return the workspace of the app under test, on the small questionnaire."""
    other = Workspace(desk._store, Library([four_step]))
    monkeypatch.setattr("views.access._workspace", lambda _: other)
    return other


def act(app: AppTest, key: str) -> AppTest:
    """Press the button that does what a key does to the question in focus."""
    (button,) = [one for one in app.button if (one.key or "").startswith(f"choose-{key}-")]
    return button.click().run()


def unfolded(app: AppTest) -> AppTest:
    """Open the panel with the lists, as a browser would."""
    app.session_state["quick-lists"] = True
    return app.run()


def choose(app: AppTest, name: str) -> AppTest:
    """Choose a filter in the panel with the lists; that folds it up again."""
    return unfolded(app).button(key=f"quick-filter-{name}").click().run()


def counts(app: AppTest) -> dict[str, int]:
    """Return what each filter says that it finds."""
    app = unfolded(app)
    labels = {one.key: one.label for one in app.button if (one.key or "").startswith("quick-filter-")}
    return {
        str(key).removeprefix("quick-filter-"): int(label.strip("*").split(": ")[1]) for key, label in labels.items()
    }


def words(app: AppTest) -> str:
    """Return the text of a page."""
    return "\n".join(
        str(getattr(one, "value", "")) for kind in ("title", "markdown", "caption") for one in app.get(kind)
    )


def test_a_level_is_saved_and_the_next_question_comes(small: Workspace, visit: Visit, four_step: Questionnaire) -> None:
    """The heading is the question; one press saves its answer, says when, and leads on."""
    first, second = four_step.questions[:2]
    id_ = small.create("Ward", mode="full")
    app = visit("quick", a=id_)
    assert headline(app) == plain(first.prompt)
    app = act(app, "3")
    assert small.open(id_).assessment.answers == {first.id: Answer(option=2)}
    assert headline(app) == plain(second.prompt)
    asked = len(four_step.asked("full"))
    assert f"**Question 2 of {asked}**, 1 answered, {asked - 1} left · **Saved " in words(app)
    assert f"Answered last: {plain(first.title)}" in words(app)


def test_each_row_names_its_key_and_its_level(small: Workspace, visit: Visit, four_step: Questionnaire) -> None:
    """There are as many rows as options; the number is in the label, and the one that stands says so."""
    question = four_step.questions[0]
    options = four_step.scale_of(question).options
    id_ = small.create("Ward", mode="full")
    small.answer(id_, question.id, Answer(option=1))
    app = visit("quick", a=id_, q=question.id)
    rows = [one.label for one in app.button if (one.key or "").split("-")[1:2] in ([str(n)] for n in range(1, 10))]
    expected = [f"**{place + 1}** {plain(option.label)}" for place, option in enumerate(options)]
    expected[1] += ", chosen"
    assert rows == expected
    assert all(plain(anchor) in words(app) for anchor in question.anchors)


def test_staying_is_a_choice(small: Workspace, visit: Visit, four_step: Questionnaire) -> None:
    """With moving on switched off the question stays in focus."""
    id_ = small.create("Ward", mode="full")
    app = visit("quick", a=id_)
    app.toggle(key="quick-moves-on").set_value(v=False).run()
    app = act(app, "2")
    assert headline(app) == plain(four_step.questions[0].prompt)
    assert small.open(id_).assessment.answers == {four_step.questions[0].id: Answer(option=1)}


def test_not_applicable_asks_for_its_reason(small: Workspace, visit: Visit, four_step: Questionnaire) -> None:
    """The digits then choose the reason; Esc leads back and nothing is saved."""
    question = four_step.questions[0]
    id_ = small.create("Ward", mode="full")
    app = act(visit("quick", a=id_), "n")
    assert "Why does it not apply?" in words(app)
    app = act(app, "Escape")
    assert small.open(id_).assessment.answers == {}
    app = act(act(app, "n"), "2")
    assert small.open(id_).assessment.answers == {question.id: Answer(not_applicable="other_team")}
    assert headline(app) == plain(four_step.questions[1].prompt)


def test_dont_know_clear_and_the_way_back(small: Workspace, visit: Visit, four_step: Questionnaire) -> None:
    """Don't know is an answer; left goes back to it, and it can be cleared."""
    question = four_step.questions[0]
    id_ = small.create("Ward", mode="full")
    app = act(visit("quick", a=id_), "u")
    assert small.open(id_).assessment.answers == {question.id: Answer(unknown=True)}
    app = act(app, "ArrowLeft")
    assert headline(app) == plain(question.prompt)
    app = act(app, "Backspace")
    assert small.open(id_).assessment.answers == {}
    assert headline(app) == plain(question.prompt)


def test_a_mark_waits_for_its_answer(small: Workspace, visit: Visit, four_step: Questionnaire) -> None:
    """A question may be marked before it is answered; the mark is saved with the answer, and can be taken off."""
    question = four_step.questions[0]
    id_ = small.create("Ward", mode="full")
    app = act(visit("quick", a=id_), "m")
    assert small.open(id_).assessment.answers == {}
    assert "the mark for discussion is saved with the answer" in words(app)
    app = act(act(app, "4"), "ArrowLeft")
    assert small.open(id_).assessment.answers == {question.id: Answer(option=3, discuss=True)}
    act(app, "m")
    assert small.open(id_).assessment.answers == {question.id: Answer(option=3)}


def test_a_figure_is_saved_where_one_is_measured(desk: Workspace, visit: Visit, questionnaire: Questionnaire) -> None:
    """The figure is saved as it is typed, and the page says which level it means."""
    question = next(one for one in questionnaire.questions if one.measure is not None and one.core)
    id_ = desk.create("Ward")
    app = visit("quick", a=id_, q=question.id)
    app.number_input(key=f"figure-{question.id}-{id_}").set_value(12.0).run()
    assert desk.open(id_).assessment.answers == {question.id: Answer(figure=12.0, confidence="measured")}
    assert any("means **" in text.value for text in app.markdown)
    assert headline(app) == plain(question.prompt)


def test_the_filters_count_what_they_find(small: Workspace, visit: Visit, four_step: Questionnaire) -> None:
    """Unanswered, marked, claimed without evidence and don't know are counted as they stand."""
    one, two, three, four = (question.id for question in four_step.questions[:4])
    id_ = small.create("Ward", mode="full")
    small.answer(id_, one, Answer(option=1, discuss=True))
    small.answer(id_, two, Answer(option=1, evidence=("log",)))
    small.answer(id_, three, Answer(option=1, confidence="measured"))
    small.answer(id_, four, Answer(unknown=True))
    app = visit("quick", a=id_)
    asked = len(four_step.asked("full"))
    assert counts(app) == {"all": asked, "unanswered": asked - 4, "discuss": 1, "low": 1, "unknown": 1}
    app = choose(app, "low")
    assert headline(app) == plain(four_step.questions[0].prompt)
    assert "1 of 1 in this list" in words(app)
    assert [panel.label for panel in app.expander][:1] == ["Which questions: Claimed without evidence"]
    assert not [one for one in app.button if (one.key or "").startswith("quick-filter-")], "the panel is folded again"


def test_the_list_stays_while_it_is_gone_through(small: Workspace, visit: Visit, four_step: Questionnaire) -> None:
    """A question that was just answered can be gone back to, though it is not unanswered any more."""
    id_ = small.create("Ward", mode="full")
    app = choose(visit("quick", a=id_), "unanswered")
    app = act(act(app, "1"), "ArrowLeft")
    assert headline(app) == plain(four_step.questions[0].prompt)
    assert counts(app)["unanswered"] == len(four_step.asked("full")) - 1


def test_the_address_names_the_list_and_the_question(small: Workspace, visit: Visit, four_step: Questionnaire) -> None:
    """Filter, step and question are in the address, and come back from it; nonsense in it is not followed."""
    step = four_step.steps[1]
    asked = four_step.of_step(step.id, "full")
    id_ = small.create("Ward", mode="full")
    app = choose(visit("quick", a=id_, step=step.id), "unanswered")
    assert dict(app.query_params) == {
        "a": id_,
        "f": "unanswered",
        "step": step.id,
        "q": asked[0].id,
    }
    again = visit("quick", a=id_, f="unanswered", step=step.id, q=asked[-1].id)
    assert headline(again) == plain(asked[-1].prompt)
    assert headline(act(again, "1")) == "End of the list"
    strange = visit("quick", a=id_, f="no-such", step="no-such", q="no-such")
    assert headline(strange) == plain(four_step.questions[0].prompt)


def test_a_step_can_be_chosen(small: Workspace, visit: Visit, four_step: Questionnaire) -> None:
    """The list and its counts are then those of the step."""
    step = four_step.steps[-1]
    id_ = small.create("Ward", mode="full")
    app = unfolded(visit("quick", a=id_))
    app.selectbox(key=f"quick-step-{id_}").set_value(step.id).run()
    asked = four_step.of_step(step.id, "full")
    assert headline(app) == plain(asked[0].prompt)
    assert counts(app)["all"] == len(asked)


def test_an_empty_list_says_so_with_the_way_on(small: Workspace, visit: Visit, four_step: Questionnaire) -> None:
    """A filter that finds nothing names itself and offers the rest."""
    app = choose(visit("quick", a=small.create("Ward", mode="full")), "discuss")
    assert headline(app) == "Nothing in this list"
    assert "No question is under **Marked for discussion**." in words(app)
    (way,) = [one for one in app.button if one.label == "Show all questions"]
    assert headline(way.click().run()) == plain(four_step.questions[0].prompt)


def test_past_the_last_question_nothing_is_answered(small: Workspace, visit: Visit, four_step: Questionnaire) -> None:
    """After the last answer there is no question in focus that one key too many could change."""
    id_ = small.create("Ward", mode="full")
    app = act(visit("quick", a=id_, q=four_step.asked("full")[-1].id), "1")
    assert headline(app) == "End of the list"
    assert "Early failure signals" in [one.label for one in app.button]
    left = len(four_step.asked("full")) - 1
    assert any(one.label == f"Go through the {left} unanswered" for one in app.button)
    (back,) = [one for one in app.button if (one.key or "").startswith("choose-")]
    assert "Previous" in back.label
    back.click().run()
    assert headline(app) == four_step.by_id[four_step.asked("full")[-1].id].prompt
    assert len(small.open(id_).assessment.answers) == 1


def test_a_refused_answer_stays_in_focus(
    small: Workspace, visit: Visit, four_step: Questionnaire, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What cannot be saved is told at the question and at the top, and the page does not move on."""
    app = visit("quick", a=small.create("Ward", mode="full"))

    def broken(*_: object, **__: object) -> None:
        message = "the disk is full"
        raise OSError(message)

    monkeypatch.setattr(small, "answer", broken)
    app = act(app, "2")
    assert headline(app) == plain(four_step.questions[0].prompt)
    assert sum("Something went wrong on our side" in error.value for error in app.error) == 2


def test_an_answer_changed_elsewhere_is_told(small: Workspace, visit: Visit, four_step: Questionnaire) -> None:
    """Both answers are kept; the one given here stands, and the next question says what was there."""
    question = four_step.questions[0]
    id_ = small.create("Ward", mode="full")
    app = visit("quick", a=id_)
    small.answer(id_, question.id, Answer(option=0, note="theirs"), actor="somebody else")
    app = act(app, "3")
    assert small.open(id_).assessment.answers[question.id] == Answer(option=2, note="theirs")
    assert any("Somebody had changed this in another window" in info.value for info in app.info)


def press(number: int, before: str = "now", page: str = "p") -> Press:
    """Return one press."""
    return Press.model_validate({"page": page, "number": number, "token": before, "key": "1"})


def test_presses_are_taken_once_and_in_order() -> None:
    """A press that is sent again is not taken again; one from before a stop does not count."""
    sent = [press(3), press(2), press(1), press(4, "a stop"), press(1, page="other")]
    assert fresh(sent, {"p": 1}, "now") == (press(1, page="other"), press(2), press(3))


@pytest.mark.parametrize(
    ("labels", "keys"),
    [
        (("Level 0", "Level 1", "Level 2"), ("0", "1", "2")),
        (("Stage 1", "Stage 2"), ("1", "2")),
        (("Nothing", "Most", "All"), ("1", "2", "3")),
        (("Under 5", "5 to 9", "Over 9"), ("1", "2", "3")),
        (("Rung 9", "Rung 10"), ("1", "2")),
        (tuple("abcdefghij"), tuple("123456789")),
    ],
)
def test_a_key_is_the_digit_that_its_option_shows(labels: tuple[str, ...], keys: tuple[str, ...]) -> None:
    """Where every label has a digit of its own that is the key; else the options are counted from one."""
    assert option_keys(labels) == keys


def test_keys_of_levels_are_told_as_they_are(desk: Workspace, visit: Visit) -> None:
    """The built-in levels go from 0 to 4, so do their keys, and the digit stands out in the label of each button."""
    app = visit("quick", a=desk.create("Ward"))
    rows = [one.label for one in app.button if (one.key or "").split("-")[1] in set("0123456789")]
    assert rows == [f"Level **{level}**" for level in range(5)]
    assert "**0** to **4** choose the level" in words(app)


def test_the_way_leads_over_members_alone() -> None:
    """From any question, a member or not, the next and the one before are those of the list."""
    order, members = ("a", "b", "c", "d", "e"), ("b", "d")
    assert [after(order, members, name) for name in order] == ["b", "d", "d", None, None]
    assert [ahead(order, members, name) for name in (*order, None)] == [None, None, "b", "b", "d", "d"]


def test_a_phone_is_told_of_no_keys(small: Workspace, visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    """It has none: neither words nor letters speak of them, and everything is done by a tap."""
    id_ = small.create("Ward", mode="full")
    told = "Answer with single keys"
    desktop = visit("quick", a=id_)
    assert told in [one.label for one in desktop.toggle]
    monkeypatch.setattr("views.blocks.on_phone", lambda: True)
    monkeypatch.setattr("views.quick_question.on_phone", lambda: True)
    phone = visit("quick", a=id_)
    assert told not in [one.label for one in phone.toggle]
    assert not [text for text in phone.caption if "choose the level" in text.value]
    assert {"Previous", "Next", "Don't know"} <= {one.label for one in phone.button}
