"""Several people answered: counts are kept beside the answer, and shown without giving anybody away."""

from __future__ import annotations

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from assessment.answers import Answer, Vote
from tests.views.test_pages import sound, words
from workspace.service import Workspace

Visit = Callable[..., AppTest]
QUESTION = "constraints.topology"


def panel(visit: Visit, id_: str) -> AppTest:
    """Return the question with the panel unfolded."""
    app = visit("step", a=id_, step="constraints", q=QUESTION)
    app.session_state[f"people-{QUESTION}-{id_}"] = True
    return app.run()


def key(id_: str, option: int | None, role: str = "") -> str:
    """Return the key of one count."""
    return f"votes-{QUESTION}-{id_}-{option}-{role}"


def stored(desk: Workspace, id_: str) -> tuple[Vote, ...]:
    """Return the votes in the store."""
    return desk.open(id_).assessment.votes.get(QUESTION, ())


def test_each_count_is_saved_at_once_and_the_answer_stays(desk: Workspace, visit: Visit) -> None:
    """A count of a role is one vote in the store; another role adds to it, and nothing takes away to none."""
    id_ = desk.create("Ward")
    desk.answer(id_, QUESTION, Answer(option=2))
    app = panel(visit, id_)
    app.number_input(key=key(id_, 1)).set_value(4).run()
    sound(app)
    assert stored(desk, id_) == (Vote(role="", option=1, count=4),)
    app.text_input(key=f"votes-role-{QUESTION}-{id_}").set_value("nurse").run()
    app.number_input(key=key(id_, None, "nurse")).set_value(3).run()
    assert set(stored(desk, id_)) == {Vote(role="", option=1, count=4), Vote(role="nurse", option=None, count=3)}
    app.number_input(key=key(id_, None, "nurse")).set_value(0).run()
    assert stored(desk, id_) == (Vote(role="", option=1, count=4),)
    assert desk.open(id_).assessment.answers[QUESTION] == Answer(option=2)


def test_the_distribution_is_shown_with_its_agreement(desk: Workspace, visit: Visit) -> None:
    """The panel says how many answered and how far they agree; a role of two people is not named."""
    id_ = desk.create("Ward")
    desk.set_votes(id_, QUESTION, (Vote(role="nurse", option=0, count=5), Vote(role="surgeon", option=4, count=5)))
    shown = words(panel(visit, id_))
    assert "10 people answered. Agreement is \u22121.00" in shown
    assert "nurse" in shown
    desk.set_votes(id_, QUESTION, (Vote(role="nurse", option=0, count=5), Vote(role="surgeon", option=4, count=2)))
    assert "surgeon" not in words(panel(visit, id_))


def test_the_results_lead_to_the_most_contested_question(desk: Workspace, visit: Visit) -> None:
    """With votes the results page names the contested questions and links to them; without votes it says nothing."""
    id_ = desk.create("Ward")
    assert "Disagreement" not in [button.label for button in visit("results", a=id_).button]
    desk.set_votes(id_, QUESTION, (Vote(role="nurse", option=0, count=5), Vote(role="surgeon", option=4, count=5)))
    assert "Disagreement" in [button.label for button in visit("results", a=id_).button]
    app = visit("results", a=id_, part="disagreement")
    sound(app)
    assert "Where people disagree" in [heading.value for heading in app.header]
    title = desk.open(id_).questionnaire.by_id[QUESTION].title
    assert title in [str(getattr(link, "label", "")) for link in app.get("page_link")]
