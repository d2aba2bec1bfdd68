"""The delivery record: two files are measured, nothing is kept of them, and a person accepts what follows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assessment.answers import Answer, Range
from tests.views.test_pages import sound, words
from views.plain import plain
from workspace.service import Workspace

Visit = Callable[..., AppTest]
DATA = Path(__file__).parents[1] / "data" / "delivery"


def give(app: AppTest, deployments: str = "", incidents: str = "") -> AppTest:
    """Upload files and ask for the measures."""
    for part, name in (("deployments", deployments), ("incidents", incidents)):
        if name:
            app.file_uploader(key=f"delivery-{part}").set_value((name, (DATA / name).read_bytes(), "text/csv"))
    return measure(app)


def measure(app: AppTest) -> AppTest:
    """Press the button of the form."""
    return next(button for button in app.button if button.label == "Measure").click().run()


def test_two_files_are_measured_and_nothing_is_saved_before_somebody_accepts(desk: Workspace, visit: Visit) -> None:
    """Measures with counts and intervals, the records set aside, and proposals beside what stands."""
    id_ = desk.create("Ward", mode="full")
    desk.answer(id_, "delivery.lead-time", Answer(option=1))
    app = give(visit("delivery", a=id_), "deployments.csv", "incidents.csv")
    sound(app)
    said = words(app)
    assert "7 of 7 measures can be told" in said
    assert "8 of 69 deployments failed" in said
    assert "7% to 17%" in said
    assert "deployments.csv:87" in said.replace("\u2060", "").replace("\\", "")
    assert "Stands now: Level 1, claimed" in said
    assert len(app.get("vega_lite_chart")) == 1
    assert set(desk.open(id_).assessment.answers) == {"delivery.lead-time"}
    assert desk.open(id_).assessment.economics.ranges == {}


def test_the_page_says_which_columns_it_reads_and_what_saves(desk: Workspace, visit: Visit) -> None:
    """Nobody has to guess what a file may hold, nor which button saves."""
    said = words(visit("delivery", a=desk.create("Ward", mode="full"))).replace("\\", "")
    assert "A CSV needs the column deployed_at; it says more with committed_at" in said
    assert "A CSV needs the column started_at or detected_at" in said
    assert "Nothing is saved before you press “Accept”" in said


def test_one_proposal_is_accepted_and_the_others_wait(desk: Workspace, visit: Visit) -> None:
    """It stands as measured with its evidence, the page says so, and the rest is still on offer."""
    id_ = desk.create("Ward", mode="full")
    app = give(visit("delivery", a=id_), "deployments.csv", "incidents.csv")
    app.button(key="delivery-accept-delivery.frequency").click().run()
    sound(app)
    answers = desk.open(id_).assessment.answers
    assert set(answers) == {"delivery.frequency"}
    assert answers["delivery.frequency"].confidence == "measured"
    assert answers["delivery.frequency"].evidence[0].startswith("deployments.csv: 69 deployments")
    assert "Accepted." in words(app)
    assert "delivery-accept-delivery.frequency" not in {button.key for button in app.button}
    app.button(key="delivery-accept-lambda0").click().run()
    assert set(desk.open(id_).assessment.economics.ranges) == {"lambda0"}


def test_all_are_accepted_at_once(desk: Workspace, visit: Visit) -> None:
    """Six answers and three figures; a figure that a person typed gives way, since a person accepted."""
    id_ = desk.create("Ward", mode="full")
    desk.set_range(id_, "lambda0", Range(low=1, mode=2, high=3))
    app = give(visit("delivery", a=id_), "deployments.csv", "incidents.csv")
    app.button(key="delivery-accept").click().run()
    sound(app)
    opened = desk.open(id_).assessment
    assert len(opened.answers) == 6
    assert {symbol: given.measured for symbol, given in opened.economics.ranges.items()} == {
        "lambda0": True,
        "H_median": True,
        "H_sigma": True,
    }
    assert words(app).count("Accepted.") == 9
    assert "delivery-accept" not in {button.key for button in app.button}


@pytest.mark.parametrize(
    ("deployments", "incidents", "said"),
    [("github-runs.json", "", "2 of 7 measures"), ("", "gitlab-issues.json", "1 of 7 measures")],
)
def test_either_file_alone_works(desk: Workspace, visit: Visit, deployments: str, incidents: str, said: str) -> None:
    """What the other file would tell is said to be missing."""
    app = give(visit("delivery", a=desk.create("Ward", mode="full")), deployments, incidents)
    sound(app)
    assert said in words(app)
    assert "No file of these records was given" in words(app)


def test_a_file_that_cannot_be_used_is_told_and_takes_the_measures_away(desk: Workspace, visit: Visit) -> None:
    """At the top and at the form, with file and line; nothing of an earlier measurement is left to accept."""
    id_ = desk.create("Ward", mode="full")
    app = give(visit("delivery", a=id_), "deployments.csv")
    app.file_uploader(key="delivery-deployments").set_value(("bad.csv", b"deployed_at\nsoon\n", "text/csv"))
    measure(app)
    assert not app.exception
    assert len([error for error in app.error if "bad.csv:" in error.value.replace("\u2060", "")]) == 2
    assert "What they measure" not in words(app)
    measure(visit("delivery", a=id_))
    app = measure(visit("delivery", a=id_))
    assert any("there is no file to measure" in error.value for error in app.error)


def test_markup_in_a_file_stays_text(desk: Workspace, visit: Visit) -> None:
    """The name of a part is data: no link, no picture, no formula."""
    rows = "".join(
        f"2026-0{month}-{day}T10:00Z,{name}\n"
        for month in (1, 2, 3)
        for day in (10, 20)
        for name in ("a", "[x](http://e.org)")
    )
    app = visit("delivery", a=desk.create("Ward", mode="full"))
    app.file_uploader(key="delivery-deployments").set_value(
        ("<b>.csv", f"deployed_at,service\n{rows}".encode(), "text/csv")
    )
    measure(app)
    sound(app)
    assert "\\[x\\]" in words(app)
    assert "<b>" not in words(app).replace("\\<b\\>", "")


def test_the_title_of_a_question_stays_text_on_its_button(desk: Workspace, visit: Visit) -> None:
    """Titles are words of whoever wrote the questionnaire: a button shows them as they stand."""
    text = (
        "format: sixstep-overlay/1\nextends: healthcare-platform\nid: river\nversion: '1'\ntitle: River\n"
        "reword:\n  delivery.frequency:\n    title: '[x](http://e.org) :red[y]'\n"
    )
    desk.install_questionnaire(text.encode(), "river.yaml")
    app = give(visit("delivery", a=desk.create("Ward", mode="full", questionnaire="river")), "deployments.csv")
    sound(app)
    assert app.button(key="delivery-accept-delivery.frequency").label == f"Accept: {plain('[x](http://e.org) :red[y]')}"


def test_before_launch_there_is_nothing_to_measure(desk: Workspace, visit: Visit) -> None:
    """A product that nobody uses has no deployments to production and no incidents: no file is asked for."""
    app = visit("delivery", a=desk.create("Ward", stage="design"))
    sound(app)
    assert "Before launch there are no deployments to production" in words(app)
    assert not app.get("file_uploader")
