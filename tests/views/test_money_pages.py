"""Economics, roadmap and report: figures are typed, confirmed, and only then turned into curves."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from streamlit.testing.v1 import AppTest

from assessment.answers import Range
from workspace.service import Workspace

Visit = Callable[..., AppTest]


def ends(app: AppTest, id_: str, symbol: str) -> tuple[object, ...]:
    """Return what stands in the three fields of a figure."""
    return tuple(app.number_input(key=f"range-{end}-{symbol}-{id_}").value for end in ("low", "mode", "high"))


def test_no_curve_before_the_figures_are_there(desk: Workspace, visit: Visit) -> None:
    """An assessment without figures is told what is missing, and is shown no chart."""
    app = visit("economics", a=desk.create("Ward"))
    assert any("No curve yet" in info.value for info in app.info)
    said = " ".join(text.value for text in app.markdown)
    assert "nothing is answered yet" in said
    assert "too few questions have a known answer" in said
    assert [link for link in app.get("page_link") if link.proto.label == "Answer the questions"]
    assert not app.get("vega_lite_chart")


def test_a_range_is_saved_when_it_is_complete(desk: Workspace, visit: Visit) -> None:
    """Two of three figures are kept on the screen and not saved; the third saves all."""
    id_ = desk.create("Ward")
    app = visit("economics", a=id_, part="asked-1")
    symbol = "I0"
    app.number_input(key=f"range-low-{symbol}-{id_}").set_value(100.0).run()
    app.number_input(key=f"range-mode-{symbol}-{id_}").set_value(200.0).run()
    assert "Still to give: high" in app.warning[0].value
    assert desk.open(id_).assessment.economics.ranges == {}
    app.number_input(key=f"range-high-{symbol}-{id_}").set_value(150.0).run()
    assert "in order" in app.error[0].value
    app.number_input(key=f"range-high-{symbol}-{id_}").set_value(300.0).run()
    assert not app.error
    assert not app.warning
    assert desk.open(id_).assessment.economics.ranges[symbol] == Range(low=100.0, mode=200.0, high=300.0)


@pytest.mark.parametrize("part", ["asked-2", "baseline", "load"])
def test_a_rule_parts_figures_and_no_two_follow_each_other(desk: Workspace, visit: Visit, part: str) -> None:
    """Rules stand between figures and before what leads on; none stands beside another."""
    shown = [item.type for item in visit("economics", a=desk.create("Ward"), part=part).main]
    assert shown.count("divider") >= 3
    assert ("divider", "divider") not in pairwise(shown)


def test_source_and_measured_survive_a_changed_figure(desk: Workspace, visit: Visit) -> None:
    """A figure changed while its source is folded away keeps the source."""
    id_ = desk.create("Ward")
    desk.set_range(id_, "I0", Range(low=1.0, mode=2.0, high=3.0, measured=True, source="bills"))
    app = visit("economics", a=id_, part="asked-1")
    app.number_input(key=f"range-high-I0-{id_}").set_value(4.0).run()
    wanted = Range(low=1.0, mode=2.0, high=4.0, measured=True, source="bills")
    assert desk.open(id_).assessment.economics.ranges["I0"] == wanted
    assert not app.number_input(key=f"range-high-I0-{id_}").proto.set_value


def test_a_figure_of_the_example_is_not_said_to_be_typed(desk: Workspace, visit: Visit) -> None:
    """It is the example's until somebody replaces it; its source then is asked for where the new one is typed."""
    id_ = desk.example()
    app = visit("economics", a=id_, part="asked-1")
    assert any("Measured in the worked example" in text.value for text in app.markdown)
    assert not any("Typed by you" in text.value for text in app.markdown)
    assert not app.warning
    app.number_input(key=f"range-high-I0-{id_}").set_value(2_700_000.0).run()
    assert "written for the figure of the worked example" in app.warning[0].value
    given = desk.open(id_).assessment.economics.ranges["I0"].source
    assert not any(given in text.value for text in app.markdown), "the field alone says the source"
    app.text_area(key=f"range-source-I0-{id_}").set_value("bills\nof 2026").run()
    assert not app.warning
    assert desk.open(id_).assessment.economics.ranges["I0"].source == "bills of 2026"
    assert any("Measured by you" in text.value for text in app.markdown)


def test_the_button_that_removes_a_figure_says_what_counts_instead(desk: Workspace, visit: Visit) -> None:
    """A default, a proposal, or nothing until it is given again."""
    id_ = desk.example()
    desk.set_range(id_, "e_r", Range(low=0.1, mode=0.2, high=0.3))
    app = visit("economics", a=id_, part="other", figure="e_r")
    button = app.button(key=f"range-clear-e_r-{id_}")
    assert button.label == "Remove this figure and use the default of the library again"
    button.click().run()
    assert "e_r" not in desk.open(id_).assessment.economics.ranges
    app = visit("economics", a=id_, part="baseline")
    assert app.button(key=f"range-clear-rho_0-{id_}").label.endswith("use the range proposed from your answers")
    app = visit("economics", a=id_, part="asked-1")
    assert "there is no default" in app.button(key=f"range-clear-I0-{id_}").label


def test_the_baseline_is_proposed_and_confirmed(desk: Workspace, visit: Visit) -> None:
    """Proposals stand in the fields; confirming keeps what was typed and accepts the rest."""
    id_ = desk.create("Ward")
    desk.set_range(id_, "lambda0", Range(low=1.0, mode=2.0, high=3.0, source="our log"))
    app = visit("economics", a=id_, part="baseline")
    assert None not in ends(app, id_, "rho_0")
    assert ends(app, id_, "lambda0") == (1.0, 2.0, 3.0)
    app.button(key="confirm-baseline").click().run()
    economics = desk.open(id_).assessment.economics
    assert economics.confirmed
    assert app.button(key="confirm-baseline").label == "Confirm these ranges again"
    assert app.button(key="confirm-baseline").proto.type == "secondary"
    assert economics.ranges["lambda0"].source == "our log"
    assert "rho_0" in economics.ranges


def test_a_share_is_read_in_per_cent_to_three_digits(desk: Workspace, visit: Visit) -> None:
    """What is proposed stands in its fields without digits that nobody has, and below them as people say it."""
    id_ = desk.example()
    app = visit("economics", a=id_, part="baseline")
    assert ends(app, id_, "u_0") == (0.169, 0.274, 0.391)
    assert any(text.value == "That is 16.9% to 39.1%, likely 27.4%." for text in app.caption)


def test_every_part_of_figures_leads_on_and_back_and_is_named_by_what_it_is_about(
    desk: Workspace, visit: Visit
) -> None:
    """The first one leads back to the answer."""
    id_ = desk.create("Ward")
    labels = {button.label for button in visit("economics", a=id_, part="asked-1").button}
    assert "Back: Baseline from your answers" in labels
    assert "Next: Figures only you have: compliance and delivery" in labels
    assert "Figures only you have: outages, infrastructure and the team" in labels
    assert "Back: What waiting costs" in {button.label for button in visit("economics", a=id_, part="frame").button}


def test_another_currency_needs_its_rate(desk: Workspace, visit: Visit) -> None:
    """Euro without a rate is asked for one; dollars need none."""
    id_ = desk.create("Ward")
    app = visit("economics", a=id_, part="frame")
    app.text_input(key=f"terms-of-money-currency-{id_}").set_value("eur").run()
    assert desk.open(id_).assessment.economics.currency == "EUR"
    app.number_input(key=f"terms-of-money-currency_per_usd-{id_}").set_value(0.9).run()
    assert desk.open(id_).assessment.economics.currency_per_usd == 0.9
    app.text_input(key=f"terms-of-money-currency-{id_}").set_value("??").run()
    assert app.error
    assert desk.open(id_).assessment.economics.currency == "EUR"


def test_the_example_shows_its_decision(desk: Workspace, visit: Visit) -> None:
    """The confirmed example opens with a sentence and curves with alternative text; the assumptions are a part."""
    id_ = desk.example()
    app = visit("economics", a=id_)
    assert not app.error
    assert len(app.get("vega_lite_chart")) >= 2
    assert "Assumptions" in {button.label for button in app.button}
    app = visit("economics", a=id_, part="assumptions")
    assert "Assumptions" in {header.value for header in app.header}
    assert any("Growth of the load on the platform" in block.value for block in app.markdown)


def test_capacity_moves_the_plan(desk: Workspace, visit: Visit) -> None:
    """What the team can carry is saved; a figure out of bounds is refused and stays typed."""
    id_ = desk.example()
    app = visit("roadmap", a=id_)
    app.number_input(key=f"capacity-at_most_at_once-{id_}").set_value(1).run()
    assert desk.open(id_).assessment.economics.capacity.at_most_at_once == 1
    app.number_input(key=f"capacity-quarters-{id_}").set_value(99).run()
    assert app.error
    assert app.number_input(key=f"capacity-quarters-{id_}").value == 99
    assert desk.open(id_).assessment.economics.capacity.quarters == 12


def test_without_a_plan_one_line_says_what_it_waits_for(desk: Workspace, visit: Visit) -> None:
    """No wall of names and no capacity of a plan that is not there: one line, and the way to the questions."""
    app = visit("roadmap", a=desk.create("Nothing yet"))
    assert not app.exception
    assert [item.value.split(",")[0] for item in app.info] == ["There is no plan yet"]
    assert not any("Planned for" in item.value or "Left out" in item.value for item in (*app.markdown, *app.caption))
    assert "Answer the questions, one at a time" in {getattr(item, "label", "") for item in app.get("page_link")}
    assert not any(item.label == "A sheet for each initiative" for item in app.expander)


def test_what_follows_from_the_plan_stands_below_it(desk: Workspace, visit: Visit) -> None:
    """Sheets and costs of the plan come before the heading of a team's own work, and no table stands twice."""
    app = visit("roadmap", a=desk.example())
    shown = [str(getattr(item, "label", "") or getattr(item, "value", "")) for item in app.main]
    own = shown.index("Own initiatives")
    assert shown.index("A sheet for each initiative") < own
    assert shown.index("What the programme costs") < own
    assert not any("and the chance of standing at the target" in words for words in shown)


def test_the_pdf_is_made_and_goes_stale(desk: Workspace, visit: Visit) -> None:
    """A report is offered for download once made; a change withdraws it."""
    id_ = desk.example()
    app = visit("report", a=id_)
    assert len(app.get("download_button")) == 1
    app.button(key="report-make").click().run()
    assert not app.error
    assert len(app.get("download_button")) == 2
    desk.describe_as(id_, name="Another name")
    app.run()
    assert len(app.get("download_button")) == 1
    assert any("Make it again" in info.value for info in app.info)


def test_a_page_without_a_decision_still_leads_to_its_figures(desk: Workspace, visit: Visit) -> None:
    """A decision that cannot be drawn is a sentence; the ways to the figures stay."""
    id_ = desk.example()
    desk.set_range(id_, "lambda0", Range(low=1.0, high=4.0))
    app = visit("economics", a=id_)
    assert any("lambda0" in error.value for error in app.error)
    assert any(button.label == "Load test" for button in app.button)


def test_a_report_that_cannot_be_made_leaves_the_export(desk: Workspace, visit: Visit) -> None:
    """Figures that cannot be simulated are a sentence once the PDF is asked for; the other ways out stay."""
    id_ = desk.example()
    desk.set_range(id_, "lambda0", Range(low=1.0, high=4.0))
    app = visit("report", a=id_)
    assert not app.error
    app.button(key="report-make").click().run()
    assert any("lambda0" in error.value for error in app.error)
    assert [button.proto.label for button in app.get("download_button")] == ["Download the export"]


def test_a_refused_currency_keeps_the_rate(desk: Workspace, visit: Visit) -> None:
    """While amounts stand in euro, dollars are refused and the rate of the euro stays."""
    id_ = desk.create("Ward")
    desk.set_economics(id_, "currency", "EUR")
    desk.set_economics(id_, "currency_per_usd", 0.9)
    desk.set_range(id_, "I0", Range(low=1.0, mode=2.0, high=3.0))
    app = visit("economics", a=id_, part="frame")
    app.text_input(key=f"terms-of-money-currency-{id_}").set_value("USD").run()
    economics = desk.open(id_).assessment.economics
    assert (economics.currency, economics.currency_per_usd) == ("EUR", 0.9)
    assert any("relabel" in error.value for error in app.error)
