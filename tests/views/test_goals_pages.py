"""Target levels, the target register, and an assessment of a product that is not launched yet, page by page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

import views.access
from assessment.answers import Answer, Range, Workflow
from assessment.questionnaire import Questionnaire
from tests.views.test_pages import PAGES, sound, words
from workspace.library import Library
from workspace.service import Workspace

Visit = Callable[..., AppTest]


@pytest.fixture
def goal_desk(desk: Workspace, goals: Questionnaire, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """Return the app's workspace on the questionnaire with targets, register and design words."""
    other = Workspace(desk._store, Library([goals]))
    monkeypatch.setattr(views.access, "_workspace", lambda _: other)
    return other


def typed(id_: str, part: str, key: str = "w01") -> str:
    """Return the key of a field of the register."""
    return f"workflow-{part}-{key}-{id_}"


def test_a_suggestion_is_entered_and_its_figures_are_saved_at_once(goal_desk: Workspace, visit: Visit) -> None:
    """A click enters the workflow; each figure typed stands in the store, in the unit of the file."""
    id_ = goal_desk.create("Ward")
    app = visit("register", a=id_)
    assert "No workflow has been entered yet" in words(app)
    app.button(key="register-add-medication-round").click().run()
    sound(app)
    assert "Its peak is the morning round." in words(app)
    app.number_input(key=typed(id_, "peak_per_hour")).set_value(36000.0).run()
    app.number_input(key=typed(id_, "growth_per_year")).set_value(20.0).run()
    app.number_input(key=typed(id_, "availability")).set_value(99.9).run()
    app.text_input(key=typed(id_, "signed_by")).set_value("Dr Reed").run()
    sound(app)
    wanted = Workflow(
        name="Medication round", peak_per_hour=36000, growth_per_year=0.2, availability=0.999, signed_by="Dr Reed"
    )
    assert goal_desk.open(id_).assessment.workflows == {"w01": wanted}
    assert "10 requests per second" in words(app)


def test_a_figure_that_cannot_be_is_told_at_its_field_and_stays_typed(goal_desk: Workspace, visit: Visit) -> None:
    """The sentence says what would be right in the unit on the screen; nothing is saved."""
    id_ = goal_desk.create("Ward")
    goal_desk.add_workflow(id_, "Claims")
    app = visit("register", a=id_)
    app.number_input(key=typed(id_, "availability")).set_value(100.5).run()
    said = "Not saved: give a figure above 0 up to 100 (% of the time)."
    assert [said in error.value for error in app.error] == [True, True]
    assert app.number_input(key=typed(id_, "availability")).value == 100.5
    assert goal_desk.open(id_).assessment.workflows["w01"].availability is None
    app.number_input(key=typed(id_, "availability")).set_value(99.5).run()
    sound(app)


def test_a_workflow_of_ones_own_is_renamed_and_removed(goal_desk: Workspace, visit: Visit) -> None:
    """A typed name enters a workflow; a name that is taken is refused; removing leaves the others."""
    id_ = goal_desk.create("Ward")
    goal_desk.add_workflow(id_, "Claims")
    app = visit("register", a=id_)
    app.text_input(key=f"register-add-own-{id_}").set_value("Night round").run()
    assert app.text_input(key=f"register-add-own-{id_}").value == ""
    assert app.text_input(key=typed(id_, "name", "w02")).value == "Night round"
    app.text_input(key=typed(id_, "name", "w02")).set_value("claims").run()
    assert any("another workflow of the register has this name" in error.value for error in app.error)
    app.text_input(key=typed(id_, "name", "w02")).set_value("Evening round").run()
    sound(app)
    assert goal_desk.open(id_).assessment.workflows["w02"].name == "Evening round"
    app.button(key=typed(id_, "remove", "w02")).click().run()
    sound(app)
    assert set(goal_desk.open(id_).assessment.workflows) == {"w01"}


def test_a_workflow_of_ones_own_has_a_button(goal_desk: Workspace, visit: Visit) -> None:
    """A phone has no key to press: the button enters what is typed, once, and nothing where nothing is typed."""
    id_ = goal_desk.create("Ward")
    app = visit("register", a=id_)
    button = app.button(key="register-add-enter-own")
    button.click().run()
    assert goal_desk.open(id_).assessment.workflows == {}
    app.text_input(key=f"register-add-own-{id_}").set_value("Night round")
    app.button(key="register-add-enter-own").click().run()
    sound(app)
    assert [item.name for item in goal_desk.open(id_).assessment.workflows.values()] == ["Night round"]
    assert not app.error


def test_one_workflow_is_edited_at_a_time(goal_desk: Workspace, visit: Visit) -> None:
    """Twenty workflows stand in a table, and at most a dozen fields are on the screen."""
    id_ = goal_desk.create("Ward")
    for number in range(20):
        goal_desk.add_workflow(id_, f"Workflow {number}")
    app = visit("register", a=id_)
    assert len(app.number_input) + len(app.text_input) + len(app.text_area) <= 12
    assert "Workflow 19" in words(app)


def test_contradictions_are_told_with_their_arithmetic(goal_desk: Workspace, visit: Visit) -> None:
    """An availability that one outage breaks, and a recovery time that a rehearsal missed, are both said."""
    id_ = goal_desk.create("Ward")
    key = goal_desk.add_workflow(id_, "Medication *round*")
    goal_desk.set_workflow(id_, key, Workflow(name="Medication *round*", availability=0.999, rto_hours=12))
    goal_desk.answer(id_, "work.rehearsal", Answer(figure=30))
    said = words(visit("register", a=id_))
    assert "99.9% of the 8,760 hours of a year leaves 8.76 hours out of service" in said
    assert "it is to be back within 12 hours, and the last rehearsal took 15 hours" in said
    assert "Medication \\*round\\*" in said


def test_the_register_offers_and_a_person_accepts(goal_desk: Workspace, visit: Visit) -> None:
    """The economics page says what is offered and what waits; a click takes the growth, and only that."""
    id_ = goal_desk.create("Ward")
    key = goal_desk.add_workflow(id_, "Claims")
    goal_desk.set_workflow(id_, key, Workflow(name="Claims", peak_per_hour=3600, growth_per_year=0.2, surge=2))
    app = visit("economics", a=id_, part="register")
    assert "once the capacity of the platform" in words(app)
    assert goal_desk.open(id_).assessment.economics.ranges == {}
    app.button(key="accept-register").click().run()
    sound(app)
    ranges = goal_desk.open(id_).assessment.economics.ranges
    assert set(ranges) == {"g"}
    assert ranges["g"].proposed
    assert "accepted as the register says it" in words(app)
    assert not [button for button in app.button if button.key == "accept-register"]


def test_what_was_typed_is_not_on_offer(goal_desk: Workspace, visit: Visit) -> None:
    """A person's own growth stands, and the page says what the register would say."""
    id_ = goal_desk.create("Ward")
    key = goal_desk.add_workflow(id_, "Claims")
    goal_desk.set_workflow(id_, key, Workflow(name="Claims", peak_per_hour=3600, growth_per_year=0.2, surge=2))
    goal_desk.set_range(id_, "g", Range(low=0.0, mode=0.01, high=0.02))
    app = visit("economics", a=id_, part="register")
    assert "your own figure stands" in words(app)
    assert "Nothing of it can be accepted now." in words(app)
    assert "None is used before you accept it" not in words(app)
    back = "Go to the share of capacity that you typed"
    assert not [button for button in app.button if button.label == back]
    goal_desk.set_range(id_, "rho_0", Range(low=0.5, mode=0.6, high=0.7))
    app = visit("economics", a=id_, part="register")
    next(button for button in app.button if button.label == back).click().run()
    sound(app)
    assert app.number_input(key=f"range-low-rho_0-{id_}").value == 0.5
    assert not [button for button in app.button if button.key == "accept-register"]


def test_a_preset_is_chosen_and_a_single_target_set(goal_desk: Workspace, visit: Visit) -> None:
    """The preset moves every target, a typed one stands above it, and both can be taken back."""
    id_ = goal_desk.create("Ward")
    goal_desk.answer(id_, "aims.speed", Answer(option=1))
    app = visit("targets", a=id_)
    assert "No target is set yet" in words(app)
    app.radio(key=f"targets-preset-{id_}").set_value("steady").run()
    sound(app)
    assert goal_desk.open(id_).assessment.target_preset == "steady"
    assert "on the way to the target levels" in words(app)
    app.selectbox(key=f"targets-question-{id_}").set_value("aims.speed").run()
    assert "Written and followed is enough here." in words(app)
    app.radio(key=f"targets-single-aims.speed-{id_}").set_value("4").run()
    sound(app)
    assert goal_desk.open(id_).assessment.targets == {"aims.speed": 4}
    assert "Typed by the team, in place of what the preset asks in general" in words(app)
    app.radio(key=f"targets-single-aims.speed-{id_}").set_value("").run()
    app = visit("targets", a=id_)
    app.radio(key=f"targets-preset-{id_}").set_value("").run()
    sound(app)
    found = goal_desk.open(id_).assessment
    assert (found.target_preset, found.targets) == ("", {})


def test_the_results_hold_the_crosswalk_with_its_disclaimer(goal_desk: Workspace, visit: Visit) -> None:
    """Each paragraph shows its questions' levels; what is only proposed is labelled as that."""
    id_ = goal_desk.create("Ward")
    goal_desk.answer(id_, "aims.speed", Answer(option=3))
    said = words(visit("results", a=id_, part="crosswalk"))
    assert "This reads the answers and finds no compliance." in said
    assert "Proposed, not in force" in said
    assert "Speed: Level 3" in said.replace("\u2060", "").replace("\u00a0", " ")


@pytest.mark.parametrize("page", PAGES)
def test_every_page_fits_a_product_before_its_launch(goal_desk: Workspace, visit: Visit, page: str) -> None:
    """No page asks for a signal or an incident, and none speaks of a practice that cannot exist yet."""
    id_ = goal_desk.create("Drawing board", stage="design")
    for name in ("limits.box", "aims.speed", "work.release"):
        goal_desk.answer(id_, name, Answer(option=2))
    app = visit(page, a=id_, step="work")
    sound(app)
    said = words(app)
    assert "Drawing board" in said
    for past in ("Your answers and signals suggest", "Signals point to constraints", "practised in", "Slow mornings"):
        assert past not in said


def test_the_app_says_what_is_not_asked_before_launch_and_why(goal_desk: Workspace, visit: Visit) -> None:
    """The mode carries the stage; signals and left-out questions each have their reason."""
    id_ = goal_desk.create("Drawing board", stage="design", mode="full")
    tasks, step = words(visit("tasks", a=id_)), visit("step", a=id_, step="work")
    assert "Design stage, every question is asked" in tasks
    assert "there is no incident history before launch" in tasks
    assert "Slow mornings" not in words(visit("context", a=id_, part="signals"))
    assert "Nothing can be restored before there is anything to restore." in words(step)
    assert "Not asked before launch: 2" in [panel.label for panel in step.expander]
    assert "How will a release reach the clinic?" in words(step)
    assert "Design stage, full assessment: 3 questions" in words(visit("results", a=id_))
    baseline = words(visit("economics", a=id_, part="baseline"))
    assert "there is no incident history to draw them from" in baseline
