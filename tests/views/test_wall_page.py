"""The page Wall: files in, the answer first, and nothing saved before the button."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assessment.answers import Range
from tests.views.test_pages import sound, words
from workspace.service import Workspace

Visit = Callable[..., AppTest]
DATA = Path(__file__).parents[1] / "data" / "loadtests"
LOCUST = DATA / "locust_stats_history.csv"
STRAIGHT = b"load,throughput\n1,10\n2,20\n3,30\n4,40\n5,50\n6,60\n"


def upload(app: AppTest, *files: tuple[str, bytes]) -> AppTest:
    """Choose files and have them read."""
    app.file_uploader(key="wall-files").set_value([(name, raw, "text/plain") for name, raw in files])
    return app.button(key="FormSubmitter:wall-form-Read the load test").click().run()


def test_a_load_test_shows_where_it_breaks_and_saves_nothing(desk: Workspace, visit: Visit) -> None:
    """The sentence, the chart with its alternative text and the points; the store is untouched."""
    id_ = desk.create("Ward")
    app = upload(visit("wall", a=id_), (LOCUST.name, LOCUST.read_bytes()))
    sound(app)
    assert "throughput peaks at a load of about" in words(app)
    (chart,) = app.get("vega_lite_chart")
    assert "9 measured points up to a load of 48" in chart.proto.alt
    assert "failed requests not counted as served" in words(app)
    assert app.get("download_button")
    assert [button.label for button in app.button if button.proto.type == "primary"] == ["Use as my capacity"]
    assert desk.open(id_).assessment.economics.ranges == {}


def test_an_untouched_page_promises_no_button_that_is_not_there(desk: Workspace, visit: Visit) -> None:
    """It says which button saves and when it comes, what stands now, and where to go on."""
    said = words(visit("wall", a=desk.create("Ward")))
    assert "Nothing is saved before you press “Use as my capacity”" in said
    assert "once the test is read, you choose" in said
    assert "No capacity from a load test stands in this assessment yet." in said
    assert "Economics, Load test" in said
    assert "sixstep wall" not in said


def test_the_button_saves_a_measured_range_with_its_source(desk: Workspace, visit: Visit) -> None:
    """X_star is the 90 % range, marked measured; a typed share gives way, and the page says what is left."""
    id_ = desk.create("Ward")
    desk.set_range(id_, "rho_0", Range(low=0.4, mode=0.5, high=0.6))
    app = upload(visit("wall", a=id_), (LOCUST.name, LOCUST.read_bytes()))
    assert "gives way" in words(app)
    app.button(key="wall-use-button").click().run()
    sound(app)
    found = desk.open(id_).assessment.economics.ranges
    assert set(found) == {"X_star"}
    given = found["X_star"]
    assert given.measured
    assert given.source.startswith("locust_stats_history.csv: scalability law fitted to 9 points")
    assert given.mode is not None
    assert 200.0 < given.low < given.mode < given.high < 300.0
    assert "The capacity is saved" in app.success[0].value
    assert "also needs today's demand" in words(app)


def test_demand_typed_here_is_compared_and_not_saved(desk: Workspace, visit: Visit) -> None:
    """Headroom and the month follow from figures typed on the page; a default growth is said to be an assumption."""
    id_ = desk.create("Ward")
    app = upload(visit("wall", a=id_), (LOCUST.name, LOCUST.read_bytes()))
    assert "Today's peak demand" not in words(app)
    app.number_input(key="wall-demand").set_value(100.0)
    app.number_input(key="wall-surge").set_value(1.5).run()
    sound(app)
    assert "Today's peak demand is 150 a second" in words(app)
    assert "Demand reaches 85% of the capacity" in words(app)
    assert "an assumption" in words(app)
    app.session_state["formulas-wall"] = True
    app.run()
    assert "150 a second at today's peak; the wall is felt at 0.85" in words(app)
    assert desk.open(id_).assessment.economics.ranges == {}


def test_demand_of_the_economic_inputs_is_used(desk: Workspace, visit: Visit) -> None:
    """What stands under Economics is not asked again."""
    id_ = desk.create("Ward")
    desk.set_range(id_, "D0", Range(low=90, mode=100, high=110))
    desk.set_range(id_, "surge", Range(low=2, mode=2, high=2))
    app = upload(visit("wall", a=id_), (LOCUST.name, LOCUST.read_bytes()))
    assert not app.number_input
    assert "90, 100, 110 a second in the busy hours, times a surge of 2" in words(app)
    assert "of the capacity" in words(app)


@pytest.mark.parametrize(
    ("name", "raw", "said"),
    [
        ("nothing.csv", b"", "the file is empty"),
        ("three.csv", b"load,throughput\n1,10\n2,20\n3,30\n", "3 different loads"),
        ("cut.csv", LOCUST.read_bytes()[:-30], "of 24 columns"),
        ("large.csv", b" " * (32 * 2**20 + 1), "at most 33,554,432 are read here"),
        ("<b>$x$.csv", b"\x89PNG", "not UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_is_a_sentence(
    desk: Workspace, visit: Visit, name: str, raw: bytes, said: str
) -> None:
    """The sentence stands at the top and at the field; no chart is drawn."""
    app = upload(visit("wall", a=desk.create("Ward")), (name, raw))
    assert not app.exception
    assert len(app.error) == 2
    assert said in app.error[1].value
    assert "<b>" not in app.error[1].value
    assert not app.get("vega_lite_chart")


def test_one_bad_file_among_good_ones_keeps_none(desk: Workspace, visit: Visit) -> None:
    """Half a load test would be another load test."""
    app = upload(visit("wall", a=desk.create("Ward")), (LOCUST.name, LOCUST.read_bytes()), ("bad.csv", b"a,b\n1,2\n"))
    assert "this is no load test that is read here" in app.error[1].value
    assert not app.get("vega_lite_chart")


def test_without_an_upper_end_there_is_nothing_to_take_over(desk: Workspace, visit: Visit) -> None:
    """A straight line is shown with its warning, and the button is not offered."""
    app = upload(visit("wall", a=desk.create("Ward")), ("straight.csv", STRAIGHT))
    sound(app)
    assert "has not found where the platform ends" in words(app)
    assert "cannot stand as the capacity" in words(app)
    assert "wall-use-button" not in {button.key for button in app.button}


def test_a_load_test_belongs_to_its_assessment(desk: Workspace, visit: Visit) -> None:
    """Another assessment in the same session does not show it."""
    first, second = desk.create("First"), desk.create("Second")
    app = upload(visit("wall", a=first), (LOCUST.name, LOCUST.read_bytes()))
    assert app.get("vega_lite_chart")
    app.query_params["a"] = second
    app.run()
    assert not app.get("vega_lite_chart")


def test_the_wall_says_how_it_was_computed(desk: Workspace, visit: Visit) -> None:
    """A panel for the formulas stands below the figures, folded up until somebody asks."""
    app = upload(visit("wall", a=desk.create("Ward")), (LOCUST.name, LOCUST.read_bytes()))
    assert "How was this computed?" in [panel.label for panel in app.expander]
