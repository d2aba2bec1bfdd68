"""Answering: every change is saved at once, and what is on the screen is what is in the store."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from assessment.answers import Answer
from assessment.questionnaire import Questionnaire
from tests.views.conftest import headline
from views.answering import given, in_words
from views.plain import plain
from workspace.library import Library
from workspace.service import Workspace

Visit = Callable[..., AppTest]
QUESTION, MEASURED = "constraints.topology", "delivery.rollback"


def stored(desk: Workspace, id_: str, question: str = QUESTION) -> Answer | None:
    """Return the answer in the store."""
    return desk.open(id_).assessment.answers.get(question)


def key(part: str, id_: str, question: str = QUESTION) -> str:
    """Return the key of a widget."""
    return f"{part}-{question}-{id_}"


def test_a_click_is_saved(desk: Workspace, visit: Visit) -> None:
    """Choosing a level saves it and says when; nothing is chosen beforehand."""
    id_ = desk.create("Ward")
    app = visit("step", a=id_)
    assert app.radio(key=key("choice", id_)).value is None
    app.radio(key=key("choice", id_)).set_value("2").run()
    assert stored(desk, id_) == Answer(option=2)
    assert not app.radio(key=key("choice", id_)).proto.set_value, "an order to the browser overtakes the next key"
    said = re.compile(r":small\[Saved \d\d:\d\d:\d\d UTC · Confidence: claimed]")
    assert any(said.fullmatch(text.value) for text in app.markdown)


def test_an_answer_can_be_cleared(desk: Workspace, visit: Visit) -> None:
    """Clear takes the answer out of the store and the mark out of the radio; the way to it stands in every list."""
    id_ = desk.create("Ward")
    desk.answer(id_, QUESTION, Answer(option=1, note="kept for the next choice"))
    app = visit("step", a=id_)
    assert app.button(key=key("more", id_)).label.endswith("clear the answer")
    app.button(key=key("more", id_)).click().run()
    app.button(key=key("clear", id_)).click().run()
    assert stored(desk, id_) is None
    assert app.radio(key=key("choice", id_)).value is None
    app.radio(key=key("choice", id_)).set_value("3").run()
    assert stored(desk, id_) == Answer(option=3, note="kept for the next choice")


def test_not_applicable_waits_for_its_reason(desk: Workspace, visit: Visit) -> None:
    """Not applicable alone is not saved: the page says what is missing, and the reason saves it."""
    id_ = desk.create("Ward")
    app = visit("step", a=id_)
    app.radio(key=key("choice", id_)).set_value("not_applicable").run()
    assert stored(desk, id_) is None
    assert "Not saved yet: choose why" in app.warning[0].value
    app.selectbox(key=key("reason", id_)).set_value("other_team").run()
    assert stored(desk, id_) == Answer(not_applicable="other_team")
    assert not app.warning


def test_a_measured_figure_shows_its_level(desk: Workspace, visit: Visit) -> None:
    """A figure in its unit is saved as a figure, and the page says which level it means."""
    id_ = desk.create("Ward")
    app = visit("step", a=id_, step="delivery")
    app.number_input(key=key("figure", id_, MEASURED)).set_value(12.0).run()
    assert stored(desk, id_, MEASURED) == Answer(figure=12.0, confidence="measured")
    assert any("12 minutes means **Level 3**" in text.value for text in app.markdown)
    app.radio(key=key("choice", id_, MEASURED)).set_value("1").run()
    assert stored(desk, id_, MEASURED) == Answer(option=1)
    assert app.number_input(key=key("figure", id_, MEASURED)).value is None


def opened_details(visit: Visit, id_: str) -> AppTest:
    """Return the step page with the note part of the question unfolded, as a browser would unfold it."""
    app = visit("step", a=id_)
    app.session_state[key("details", id_)] = True
    return app.run()


def test_details_join_the_answer(desk: Workspace, visit: Visit) -> None:
    """Note, evidence and confidence are saved beside the level, and stand there on return."""
    id_ = desk.create("Ward")
    desk.answer(id_, QUESTION, Answer(option=1))
    app = opened_details(visit, id_)
    app.text_area(key=key("note", id_)).set_value("<b>$x$</b> :red[no]").run()
    app = opened_details(visit, id_)
    app.text_area(key=key("evidence", id_)).set_value("one\n\n two ").run()
    app = opened_details(visit, id_)
    app.radio(key=key("confidence", id_)).set_value("documented").run()
    expected = Answer(option=1, note="<b>$x$</b> :red[no]", evidence=("one", "two"), confidence="documented")
    assert stored(desk, id_) == expected


def test_evidence_past_its_bound_is_refused_and_stays_typed(desk: Workspace, visit: Visit) -> None:
    """Twenty-one lines are refused with a sentence; what was typed is still there."""
    id_ = desk.create("Ward")
    desk.answer(id_, QUESTION, Answer(option=1))
    app = opened_details(visit, id_)
    lines = "\n".join(f"line {number}" for number in range(21))
    app.text_area(key=key("evidence", id_)).set_value(lines).run()
    told = [error.value for error in app.error]
    assert sum("at most 20 lines" in sentence for sentence in told) == 2
    assert sum("There is a problem" in sentence for sentence in told) == 1
    assert app.session_state[key("evidence", id_)] == lines
    assert stored(desk, id_) == Answer(option=1)


def test_two_windows_lose_nothing(desk: Workspace, visit: Visit) -> None:
    """A note written elsewhere survives a level chosen here, and a level changed elsewhere is told."""
    id_ = desk.create("Ward")
    app = visit("step", a=id_)
    desk.answer(id_, QUESTION, Answer(option=0, note="theirs"), actor="somebody else")
    app.radio(key=key("choice", id_)).set_value("4").run()
    assert stored(desk, id_) == Answer(option=4, note="theirs")
    assert any("another window meanwhile" in info.value for info in app.info)
    desk.answer(id_, QUESTION, Answer(option=1), actor="somebody else")
    app.run()
    assert app.radio(key=key("choice", id_)).value == "1"
    assert any("Somebody changed this" in info.value for info in app.info)


def test_context_and_signals_are_saved(desk: Workspace, visit: Visit) -> None:
    """A context item and a signal are saved as they are chosen, with the measured figure."""
    id_ = desk.create("Ward")
    app = visit("context", a=id_, part="stressors")
    app.radio(key=f"choice-demand-volatility-{id_}").set_value("3").run()
    assert desk.open(id_).assessment.context["demand-volatility"] == 3
    app = visit("context", a=id_, part="signals")
    app.radio(key=f"choice-slow-under-load-{id_}").set_value("2").run()
    app.number_input(key=f"figure-slow-under-load-{id_}").set_value(22.0).run()
    seen = desk.open(id_).assessment.signals["slow-under-load"]
    assert (seen.level, seen.figure) == (2, 22.0)


def test_the_mode_and_the_name_can_change(
    desk: Workspace, visit: Visit, four_step: Questionnaire, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The description is saved field by field; an empty name is refused."""
    desk = Workspace(desk._store, Library([four_step]))
    monkeypatch.setattr("views.access._workspace", lambda _: desk)
    id_ = desk.create("Ward")
    app = visit("context", a=id_, part="about")
    app.radio(key=f"about-mode-{id_}").set_value("full").run()
    app.text_input(key=f"about-name-{id_}").set_value("Ward two").run()
    assessment = desk.open(id_).assessment
    assert (assessment.mode, assessment.name) == ("full", "Ward two")
    app.text_input(key=f"about-name-{id_}").set_value(" ").run()
    assert "Give the assessment a name" in app.error[0].value
    assert desk.open(id_).assessment.name == "Ward two"


def test_a_note_too_long_is_refused_at_its_field(desk: Workspace, visit: Visit) -> None:
    """The field takes it and keeps it; the sentence says how long a note may be, and the old one stands."""
    id_ = desk.create("Ward")
    desk.answer(id_, QUESTION, Answer(option=1, note="short"))
    app = opened_details(visit, id_)
    assert app.text_area(key=key("note", id_)).proto.max_chars == 0
    app.text_area(key=key("note", id_)).set_value("x" * 4001).run()
    assert sum("at most 4,000 characters" in error.value for error in app.error) == 2
    assert app.session_state[key("note", id_)] == "x" * 4001
    assert stored(desk, id_) == Answer(option=1, note="short")


def test_a_typed_figure_is_measured_until_somebody_says_otherwise() -> None:
    """What a person chose stays: documented, or a figure called claimed; a level in its place measures nothing."""
    figure: dict[str, object] = {"figure": 12.0}
    assert given(None, figure).confidence == "measured"
    assert given(Answer(option=1), figure).confidence == "measured"
    assert given(Answer(option=1, confidence="documented"), figure).confidence == "documented"
    assert given(Answer(figure=3.0), figure).confidence == "claimed"
    assert given(Answer(figure=3.0, confidence="measured"), {"option": 1}).confidence == "claimed"
    assert given(Answer(figure=3.0, confidence="documented"), {"option": 1}).confidence == "documented"
    assert given(Answer(option=1, confidence="measured"), {"option": 2}).confidence == "measured"


def test_confidence_stands_beside_a_level_only(desk: Workspace, visit: Visit) -> None:
    """There is nothing to be sure of in don't know and not applicable."""
    id_ = desk.create("Ward")
    app = visit("check", a=id_)
    assert any("at both ends" in warning.value for warning in app.warning)
    for answer, expected in (
        (Answer(option=1, discuss=True), True),
        (Answer(unknown=True, discuss=True), False),
        (Answer(not_applicable="other_team"), False),
    ):
        desk.answer(id_, QUESTION, answer)
        for page in ("check", "step"):
            app = visit(page, a=id_)
            told = [place.value for place in (*app.caption, *app.markdown)]
            assert any("laimed" in words for words in told) is expected
            assert any("arked for discussion" in words for words in told) is answer.discuss


def test_a_large_figure_is_written_in_full(desk: Workspace, visit: Visit) -> None:
    """Beside the field and among the answers to check."""
    id_ = desk.create("Ward")
    desk.answer(id_, MEASURED, Answer(figure=1234567.0))
    for page in ("step", "check"):
        app = visit(page, a=id_, step="delivery")
        assert any("1,234,567 minutes" in text.value for text in app.markdown)
        assert not any("e+06" in text.value for text in app.markdown)


def test_the_rules_for_choosing_a_level_stand_with_every_step(desk: Workspace, visit: Visit) -> None:
    """The questionnaire's rules for choosing a level are on the step page, word for word."""
    id_ = desk.create("Ward")
    app = visit("step", a=id_, step="delivery")
    (panel,) = [found for found in app.expander if found.label == "How to choose a level"]
    shown = " ".join(item.value for item in panel.markdown)
    rules = desk.library.default.how_to_answer
    assert rules
    assert all(rule[:40] in shown for rule in rules)


def test_the_panels_of_a_question_among_others_come_when_asked_for(desk: Workspace, visit: Visit) -> None:
    """A question among others has one button for its panels, which opens them; one that stands alone has them."""
    id_ = desk.create("Ward")
    desk.answer(id_, QUESTION, Answer(option=1))
    app = visit("step", a=id_)
    end = "What these answers did to the scores, what it means, and what to do next"
    assert [panel.label for panel in app.expander] == ["How to choose a level", end]
    app.button(key=key("more", id_)).click().run()
    assert [panel.label for panel in app.expander][1:3] == [
        "Why it matters and what proves it",
        "Note, evidence, confidence and mark for discussion",
    ]
    assert app.text_area(key=key("note", id_)).value == ""
    alone = visit("step", a=id_, q=QUESTION)
    assert "Why it matters and what proves it" in [panel.label for panel in alone.expander]


LONGEST_LINK = 45
"""Characters of a link that a phone of 390 pixels shows; Streamlit cuts off the rest."""


def test_no_link_of_a_step_is_cut_on_a_phone(desk: Workspace, visit: Visit) -> None:
    """Of every step, on the page of its questions and on that of its answers."""
    id_ = desk.example()
    for step in desk.open(id_).questionnaire.steps:
        for page in ("step", "check"):
            links = [str(getattr(link, "label", "")) for link in visit(page, a=id_, step=step.id).get("page_link")]
            assert links
            assert not [label for label in links if len(label) > LONGEST_LINK]


def primary(app: AppTest) -> list[str]:
    """Return the labels of the buttons that stand out."""
    return [button.label for button in app.button if button.proto.type == "primary"]


def test_one_button_leads_on_and_it_is_the_next_thing_to_do(desk: Workspace, visit: Visit) -> None:
    """Alone, a question leads to the next one, and the last of its step to the check; nothing is checked unanswered."""
    id_ = desk.create("Ward")
    asked = desk.open(id_).questionnaire.of_step("constraints", "pulse")
    assert primary(visit("step", a=id_, step="constraints")) == []
    for question in asked:
        desk.answer(id_, question.id, Answer(option=1))
        app = visit("step", a=id_, step="constraints", q=question.id)
        assert headline(app) == plain(question.prompt)
        assert primary(app) == ["Check your answers" if question == asked[-1] else "Next question"]
    assert primary(visit("step", a=id_, step="constraints")) == ["Check your answers"]


def test_a_check_leads_to_what_is_open_before_it_leads_on(desk: Workspace, visit: Visit) -> None:
    """The next step stands out once this one is answered, after the last step the results do."""
    id_ = desk.create("Ward")
    questionnaire = desk.open(id_).questionnaire
    last = questionnaire.steps[-1]
    for step, following in (
        (questionnaire.steps[0], f"Next step: {questionnaire.steps[1].title}"),
        (last, "See the results"),
    ):
        assert primary(visit("check", a=id_, step=step.id)) == ["Answer what is open"]
        for question in questionnaire.of_step(step.id, "pulse"):
            desk.answer(id_, question.id, Answer(option=1))
        assert primary(visit("check", a=id_, step=step.id)) == [following]


def test_the_overall_score_is_read_with_whoever_may_be_the_weakest(desk: Workspace, visit: Visit) -> None:
    """A dimension whose range reaches below the lowest is named with it; without answers none is."""
    said = "\n".join(text.value for text in visit("step", a=desk.example()).markdown)
    assert "weakest: Observability or Fault isolation]" in said
    empty = "\n".join(text.value for text in visit("step", a=desk.create("Ward")).markdown)
    assert "too few answers for a weakest dimension" in empty


def test_what_was_answered_by_a_figure_says_no_words_of_its_level(questionnaire: Questionnaire) -> None:
    """The words of a level also speak of who has no figure; beside one they would be false."""
    said = in_words(questionnaire, questionnaire.by_id[MEASURED], Answer(figure=12.0, confidence="measured"))
    assert said == "12 minutes, which means Level 3"
