"""The page of named futures: what turns the decision, a team's own figures, and its own scenario."""

from __future__ import annotations

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from assessment.answers import Range, ScenarioChange, ScenarioEdit
from models.case import case_of
from models.evaluation import Evaluation, evaluate
from models.shifts import ends_of
from workspace.service import Workspace

Visit = Callable[..., AppTest]


def said(app: AppTest) -> str:
    """Return every text of a page."""
    kinds = (app.markdown, app.info, app.caption, app.error, app.warning)
    return "\n".join(str(each.value) for kind in kinds for each in kind)


def test_the_example_says_which_future_turns_its_decision(desk: Workspace, visit: Visit) -> None:
    """The sentence on top, every scenario in chart and tables, and the numbers to download."""
    app = visit("scenarios", a=desk.example())
    assert not app.error
    assert "scenarios turn" in app.info[0].value
    assert "Demand volatility and surges" in said(app)
    assert len(app.get("vega_lite_chart")) == 1
    assert len(app.get("download_button")) == 1


def test_a_scenario_shows_what_its_worth_adds_up_from(desk: Workspace, visit: Visit) -> None:
    """Opened, the panel holds the formula and each category of cost under the scenario; folded up it holds nothing."""
    id_ = desk.example()
    app = visit("scenarios", a=id_)
    assert "Act when forced less start now" not in said(app)
    app.session_state[f"scenario-added-up-{id_}"] = True
    app.run()
    assert not app.error
    assert "| Forced remediation |" in said(app)
    assert "Act when forced less start now" in said(app)


def test_every_figure_that_a_scenario_changes_has_its_unit(desk: Workspace, visit: Visit) -> None:
    """A share of what, and by what time, stands beside the figures before and after it."""
    app = visit("scenarios", a=desk.example())
    change = "\\+ 0 to 0.6 percentage points, likely 0.2"
    before = "0\\.6% to 1.8% a month, likely 1.1%"
    assert f"| Growth of the load on the platform | {change} | {before} |" in said(app)
    assert "That is + 0 to 0.6 percentage points, likely 0.2." in said(app)
    assert "| Yearly cost of validating and documenting for compliance (USD per year) |" in said(app)


def test_without_figures_it_says_what_is_missing(desk: Workspace, visit: Visit) -> None:
    """No curve, no scenario; the scenarios themselves can be read and changed."""
    id_ = desk.create("Ward")
    app = visit("scenarios", a=id_)
    assert "Nothing to compare yet" in app.info[0].value
    (found,) = [link for link in app.get("page_link") if link.proto.label == "Give these under Economics"]
    assert f"a={id_}" in found.proto.query_string
    assert "“Yearly cost of validating and documenting for compliance” (USD per year) has not been given" in said(app)
    assert [link for link in app.get("page_link") if link.proto.label == "Answer the questions"]
    assert not app.get("vega_lite_chart")
    assert "Partners outside call the platform" in said(app)


def test_a_changed_figure_is_saved_and_reset(desk: Workspace, visit: Visit) -> None:
    """A team's figure stands at once in the change and its effect; reset gives the built-in one back."""
    id_ = desk.create("Ward")
    app = visit("scenarios", a=id_)
    key = f"scenario-high-g-interoperability-mandates-{id_}"
    app.number_input(key=key).set_value(0.02).run()
    assert not app.error
    saved = desk.open(id_).assessment.economics.scenarios["interoperability-mandates"]
    assert [(one.symbol, one.high) for one in saved.changes if one.symbol == "g"] == [("g", 0.02)]
    assert len(saved.changes) == 4
    assert "The team changed its figures" in said(app)
    app.button(key=f"scenario-reset-interoperability-mandates-{id_}").click().run()
    assert desk.open(id_).assessment.economics.scenarios == {}
    assert app.number_input(key=key).value == 0.006


def test_figures_out_of_order_are_refused_and_stay_typed(desk: Workspace, visit: Visit) -> None:
    """The sentence says what to do, and nothing is saved."""
    id_ = desk.create("Ward")
    app = visit("scenarios", a=id_)
    key = f"scenario-low-g-interoperability-mandates-{id_}"
    app.number_input(key=key).set_value(0.5).run()
    assert any("in order" in error.value for error in app.error)
    assert app.number_input(key=key).value == 0.5
    assert desk.open(id_).assessment.economics.scenarios == {}


def test_a_scenario_of_the_teams_own(desk: Workspace, visit: Visit) -> None:
    """Added, named with hostile text that stays text, given a change, and removed."""
    id_ = desk.example()
    app = visit("scenarios", a=id_)
    app.button(key="scenario-add").click().run()
    app.text_input(key=f"scenario-title-own-1-{id_}").set_value("*Merger* [x](javascript:1)").run()
    assert desk.open(id_).assessment.economics.scenarios["own-1"].title == "*Merger* [x](javascript:1)"
    assert "[x](javascript" not in said(app)
    desk_edit = desk.open(id_).assessment.economics.scenarios["own-1"]
    assert desk_edit.changes == ()
    app.button(key=f"scenario-reset-own-1-{id_}").click().run()
    assert not app.error
    assert desk.open(id_).assessment.economics.scenarios == {}


def test_one_beyond_the_limits_leaves_the_page_in_reach(desk: Workspace, visit: Visit) -> None:
    """The comparison of the others stands, the reason is told with its name, and its fields put it right."""
    id_ = desk.example()
    flood = [("lambda0", "multiply", 1, 20, 40), ("g", "set", 0.05, 0.05, 0.05)]
    names = ("symbol", "operation", "low", "mode", "high")
    changes = tuple(ScenarioChange.model_validate(dict(zip(names, each, strict=True))) for each in flood)
    desk.set_scenario(id_, "own-1", ScenarioEdit(title="Bad year", changes=changes))
    app = visit("scenarios", a=id_)
    app.selectbox(key=f"scenario-picked-{id_}").set_value("own-1").run()
    assert not app.error
    assert "scenarios turn" in app.info[0].value
    assert "Bad year\u201d cannot be simulated: lambda0" in said(app)
    assert app.button(key=f"scenario-reset-own-1-{id_}").label == "Remove this scenario"
    app.number_input(key=f"scenario-high-g-own-1-{id_}").set_value(0.05).run()
    app.button(key=f"scenario-out-lambda0-own-1-{id_}").click().run()
    assert not app.error
    assert "cannot be simulated" not in said(app)


def set_to(app: AppTest, id_: str, symbol: str) -> AppTest:
    """Let an own scenario set a figure that it did not change before."""
    app.selectbox(key=f"scenario-picked-{id_}").set_value("own-1").run()
    key = "scenario-{}-own-1-" + id_
    # A panel opened is the browser's doing.
    app.session_state[key.format("more")] = True
    app.run()
    app.selectbox(key=key.format("symbol")).set_value(symbol).run()
    app.radio(key=key.format("how")).set_value("set").run()
    return app.button(key=key.format("new")).click().run()


def test_an_amount_is_set_in_the_teams_currency(desk: Workspace, visit: Visit) -> None:
    """It begins where it stands today, converted; without a rate there is nothing to begin with, and that is said."""
    id_ = desk.create("Ward")
    desk.set_economics(id_, "currency", "EUR")
    desk.set_scenario(id_, "own-1", ScenarioEdit(title="Dear"))
    app = set_to(visit("scenarios", a=id_), id_, "c_h")
    assert any("one US dollar is worth" in error.value for error in app.error)
    assert desk.open(id_).assessment.economics.scenarios["own-1"].changes == ()
    app = set_to(app, id_, "A0")
    title = desk.library.parameters.by_symbol["A0"].title
    assert any(f"“{title}” has no figure yet" in error.value for error in app.error)
    desk.set_economics(id_, "currency_per_usd", 2.0)
    set_to(visit("scenarios", a=id_), id_, "c_h")
    (change,) = desk.open(id_).assessment.economics.scenarios["own-1"].changes
    default = desk.library.parameters.by_symbol["c_h"]
    assert default.low
    assert default.high
    assert (change.low, change.high) == (2 * default.low, 2 * default.high)


def test_a_figure_is_set_to_what_it_is_in_the_case(desk: Workspace, visit: Visit) -> None:
    """The cost of the programme is that of the plan and not a default; the change leaves every result as it was."""
    id_ = desk.example()
    desk.set_scenario(id_, "own-1", ScenarioEdit(title="Same"))
    app = set_to(visit("scenarios", a=id_), id_, "K")
    assert not app.error
    (change,) = desk.open(id_).assessment.economics.scenarios["own-1"].changes
    case = case_of(evaluate_example(desk, id_))
    assert case is not None
    assert (change.low, change.mode, change.high) == ends_of(case.inputs.figures["K"])
    assert change.low != desk.library.parameters.by_symbol["K"].low


def evaluate_example(desk: Workspace, id_: str) -> Evaluation:
    """Return the evaluation of an assessment on few paths."""
    opened = desk.open(id_)
    initiatives = desk.library.initiatives_for(opened.questionnaire)
    return evaluate(opened.questionnaire, opened.assessment, initiatives, desk.library.parameters, paths=200)


def test_its_own_answer_stands_beside_a_scenario(desk: Workspace, visit: Visit) -> None:
    """How strongly a future presses by the questionnaire is shown, and that it is open where it is."""
    id_ = desk.create("Ward")
    app = visit("scenarios", a=id_)
    title = "Interoperability mandates"
    assert f"“{title}”, that is not answered yet" in said(app)
    assert any(button.label == f"Answer “{title}”" for button in app.button)
    desk.set_context(id_, "interoperability-mandates", 3)
    app.run()
    assert f"Your answer to “{title}” under context and signals: 3 of 4" in said(app)
    assert not any(button.label.startswith("Answer “") for button in app.button)


def test_a_range_that_cannot_be_simulated_is_a_sentence(desk: Workspace, visit: Visit) -> None:
    """A fault in the figures is told on the page; the scenarios stay in reach."""
    id_ = desk.example()
    desk.set_range(id_, "lambda0", Range(low=1.0, high=4.0))
    app = visit("scenarios", a=id_)
    assert any("lambda0" in error.value for error in app.error)
    assert app.selectbox
    assert app.number_input(key=f"scenario-low-g-interoperability-mandates-{id_}").value == 0.0
