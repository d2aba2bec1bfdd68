"""Results leads to what its headline hangs on: open questions that could turn it, and the early signals."""

from __future__ import annotations

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from assessment.answers import Answer
from assessment.turning import turning
from reports.turning_words import turning_sentence
from reports.wording import wording
from views.plain import plain
from workspace.service import Workspace

Visit = Callable[..., AppTest]
SIGNALS = "Answer the early failure signals"


def links(app: AppTest) -> dict[str, str]:
    """Return the query of every link of the page by its label."""
    return {str(link.proto.label): str(link.proto.query_string) for link in app.get("page_link")}


def test_an_open_question_that_could_turn_the_headline_is_named_under_it(desk: Workspace, visit: Visit) -> None:
    """Each stands with what it could turn and leads to its question; with every answer known there is no such list."""
    id_, title = desk.example(), wording().turning["title"]
    assert title not in [head.value for head in visit("results", a=id_).subheader]
    opened = desk.open(id_)
    for question in opened.questionnaire.questions:
        if question.factors:
            desk.answer(id_, question.id, Answer(unknown=True))
            if turning(opened.questionnaire, desk.open(id_).assessment):
                break
    found = turning(opened.questionnaire, desk.open(id_).assessment)
    assert found, "no open question turns anything, so the page has nothing to say"
    app = visit("results", a=id_)
    assert not app.exception
    assert title in [head.value for head in app.subheader]
    shown = [block.value for block in app.markdown]
    for item in found:
        question = opened.questionnaire.by_id[item.question]
        assert plain(turning_sentence(opened.questionnaire, item)) in shown
        assert f"q={question.id}" in links(app)[plain(question.title)]


def test_without_a_signal_results_lead_to_the_signals(desk: Workspace, visit: Visit) -> None:
    """The link stands while no signal is answered, and goes with the first answer."""
    id_ = desk.example()
    assert SIGNALS not in links(visit("results", a=id_, part="constraints"))
    for name in desk.open(id_).assessment.signals:
        desk.set_signal(id_, name, None)
    assert "part=signals" in links(visit("results", a=id_, part="constraints"))[SIGNALS]
