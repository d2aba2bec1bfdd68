"""The further parts of the page Economics: made once, with progress, and stopped when somebody wants to."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from assessment.answers import Range
from reports.figures_format import money
from views import access, analysing
from views.plain import kept
from workspace.service import Workspace

Visit = Callable[..., AppTest]
ANSWERS = {"start": "worth the most of all start months", "matters": "before deciding", "money": "Starting now spends"}


@pytest.fixture
def quick(desk: Workspace, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the id of the example under a name of its own, so that no other test meets its few paths."""
    monkeypatch.setattr(access, "PATHS", 1_000)
    id_ = desk.example()
    desk.describe_as(id_, name="Few paths")
    return id_


@pytest.mark.parametrize("part", ANSWERS)
def test_each_part_answers_first_and_then_draws(quick: str, visit: Visit, part: str) -> None:
    """One sentence, two charts with alternative text, tables, and the figures as a file."""
    app = visit("economics", a=quick, part=part)
    assert not app.error
    assert not app.exception
    assert ANSWERS[part] in app.info[0].value
    assert len(app.get("vega_lite_chart")) == 2
    assert app.get("download_button")
    labels = {button.label for button in app.button}
    assert {"What waiting costs", "When to start", "What matters", "Money by quarter", "Load test"} <= labels
    assert "Stop" not in labels


def test_what_matters_leads_to_the_place_of_each_figure(quick: str, visit: Visit) -> None:
    """The six effects are named, and from each figure a button leads to where it is replaced, already chosen there."""
    app = visit("economics", a=quick, part="matters")
    assert any("The six effects are" in text.value and "(e_a)" not in text.value for text in app.caption)
    effect, asked = "Share by which outages become shorter", "Cost of one hour in which everything is down"
    for title, symbol in ((effect, "e_r"), (asked, "c_h")):
        app = visit("economics", a=quick, part="matters")
        next(button for button in app.button if button.label == title).click().run()
        assert not app.exception
        assert title in {heading.value for heading in app.subheader}
        assert app.number_input(key=f"range-low-{symbol}-{quick}")
    app = visit("economics", a=quick, part="other", figure="e_r")
    app.selectbox(key="other-figure").select("e_w").run()
    assert app.number_input(key=f"range-low-e_w-{quick}")


def test_the_answer_says_what_a_replaced_figure_did_to_it(quick: str, desk: Workspace, visit: Visit) -> None:
    """Nothing is added while the figures stay; then the answer of the beginning stands beside that of now."""
    app = visit("economics", a=quick)
    assert not any("When you opened this page" in text.value for text in app.markdown)
    app.query_params["part"] = "asked-1"
    app.run()
    assert any("The answer when you opened this page: start now (starting now is" in text.value for text in app.caption)
    desk.set_range(quick, "c_h", Range(low=50_000.0, high=210_000.0))
    app.query_params["part"] = "decision"
    app.run()
    raw = next(text.value for text in app.markdown if "When you opened this page" in text.value)
    assert "USD 3" not in raw, "an amount is not parted from its currency"
    said = raw.replace("\N{NO-BREAK SPACE}", " ")
    assert "on average, starting after 12 months USD " in said
    assert said.startswith("**When you opened this page:** start now (starting now is worth USD ")
    assert "**Now:** start later (starting now is worth USD " in said
    before, now = said.split("**Now:**")
    assert before.split("worth")[1] != now.split("worth")[1]
    app = visit("economics", a=quick)
    assert not any("When you opened this page" in text.value for text in app.markdown)


def test_one_place_walks_from_one_cost_of_the_programme_to_the_next(quick: str, desk: Workspace, visit: Visit) -> None:
    """What the pages call its cost stands there with what lies between; the parts that name one lead there."""
    app = visit("economics", a=quick, part="programme")
    assert not app.exception
    found = analysing.best_known(desk.open(quick))
    assert found is not None
    assert found.economics is not None
    mean = money(found.economics.curves.programme_cost, "USD")
    counted = money(float(found.economics.curves.strategies["now"].categories["programme"].sum()), "USD")
    assert kept(f"on average over the futures {mean}.") in app.info[0].value
    assert kept(f"The cost curves count {counted}: ") in app.info[0].value
    lead = "Why the programme has several costs"
    for part in ("decision", "money"):
        assert lead in {button.label for button in visit("economics", a=quick, part=part).button}, part
    for page in ("roadmap", "whatif"):
        queries = [link.proto.query_string for link in visit(page, a=quick).get("page_link")]
        assert any("part=programme" in query for query in queries), page


@pytest.mark.parametrize(("part", "figure"), [("", "Worth of starting now"), ("start", "Worth of the best start")])
def test_a_headline_figure_says_how_it_was_computed(quick: str, visit: Visit, part: str, figure: str) -> None:
    """Its button opens the formula in words and symbols and what it takes with its source; again folds it up."""
    app = visit("economics", a=quick, **({"part": part} if part else {}))
    (button,) = [button for button in app.button if button.label.startswith(figure)]
    button.click().run()
    assert not app.exception
    shown = "\n".join(item.value for item in app.markdown)
    assert "on the same" in shown
    assert any("NPV" in item.value for item in app.caption)
    assert "Real discount rate" in shown or "(r)" in shown
    next(again for again in app.button if again.label.startswith(figure)).click().run()
    assert not any("NPV" in item.value for item in app.caption)


def test_the_analysis_is_made_once(quick: str, desk: Workspace, visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second part of the same figures shows what is kept; the page of the decision then knows what to measure."""
    visit("economics", a=quick, part="start")
    kept = analysing.best_known(desk.open(quick))
    assert kept is not None
    assert kept.analysis is not None

    def refuse(*_: object, **__: object) -> None:
        message = "made a second time"
        raise AssertionError(message)

    monkeypatch.setattr("models.evaluation.analyse", refuse)
    app = visit("economics", a=quick, part="money")
    assert not app.error
    assert app.get("vega_lite_chart")


@pytest.mark.parametrize("part", ANSWERS)
def test_without_figures_there_is_nothing_to_compare(desk: Workspace, visit: Visit, part: str) -> None:
    """An assessment without figures is told what is missing, in every part."""
    app = visit("economics", a=desk.create("Ward"), part=part)
    assert any("No curve yet" in info.value for info in app.info)
    assert not app.get("vega_lite_chart")
