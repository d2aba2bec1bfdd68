"""Why a score is what it is, on the results page."""

from __future__ import annotations

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from assessment.explaining import explain
from reports.explaining import explained
from tests.views.test_pages import sound, words
from workspace.service import Workspace

Visit = Callable[..., AppTest]


def test_each_figure_of_the_page_has_its_why(desk: Workspace, visit: Visit) -> None:
    """Overall, each dimension, each constraint and each step have a button that names it."""
    id_ = desk.example()
    opened = desk.open(id_)
    parts = ("answer", "constraints", "steps")
    labels = {button.label for part in parts for button in visit("results", a=id_, part=part).button}
    names = ["overall"]
    names += [f"{item.id}.effective" for item in opened.questionnaire.dimensions]
    names += [f"factor.{item.id}" for item in opened.questionnaire.wall_factors]
    names += [f"step.{item.id}" for item in opened.questionnaire.steps]
    for name in names:
        found = explained(
            opened.questionnaire, opened.assessment, explain(opened.questionnaire, opened.assessment, name)
        )
        assert any(found.title in label and label.endswith(found.why) for label in labels), name


def test_an_explanation_is_made_when_it_is_asked_for(desk: Workspace, visit: Visit) -> None:
    """A click shows the terms and leads to the questions behind them; a second click folds them up."""
    id_ = desk.example()
    app = visit("results", a=id_)
    assert "Σ" not in words(app)
    key = f"why-overall-{id_}-iac.effective"
    app.button(key=key).click().run()
    sound(app)
    opened = desk.open(id_)
    found = explained(
        opened.questionnaire, opened.assessment, explain(opened.questionnaire, opened.assessment, "iac.effective")
    )
    shown = words(app)
    assert found.formula in shown
    assert all(opened.questionnaire.by_id[name].title in shown for name in found.questions)
    app.button(key=key).click().run()
    assert found.formula not in words(app)


def test_any_other_score_can_be_chosen(desk: Workspace, visit: Visit) -> None:
    """Practice, ceiling and stranded, posture and lifecycle, and the crosswalk are in the list of their part."""
    id_ = desk.example()
    answer = visit("results", a=id_).selectbox(key=f"why-overall-{id_}-other").options
    assert all(any(what in option for option in answer) for what in ("practice", "ceiling", "stranded practice"))
    opened = desk.open(id_)
    rule = visit("results", a=id_, part="crosswalk").selectbox(key=f"why-crosswalk-{id_}-other").options
    assert len(rule) == sum(len(found.items) for found in opened.questionnaire.crosswalks)
    app = visit("results", a=id_, part="posture")
    chosen = app.selectbox(key=f"why-posture-{id_}-other")
    posture = opened.questionnaire.posture[0]
    titles = [posture.title, *(arc.title for arc in opened.questionnaire.lifecycle)]
    assert all(any(title in option for option in chosen.options) for title in titles)
    chosen.set_value(f"posture.{posture.id}").run()
    sound(app)
    assert f"Posture: {posture.title}" in words(app)


def test_nothing_answered_is_explained_by_its_range(desk: Workspace, visit: Visit) -> None:
    """Without answers the button asks why the range, and the explanation says how many answers are missing."""
    id_ = desk.create("Nothing answered yet")
    app = visit("results", a=id_)
    button = app.button(key=f"why-overall-{id_}-overall")
    assert button.label.replace("\N{WORD JOINER}", "").endswith("Why 0.0–100.0?")
    app = visit("results", a=id_, part="steps")
    app.button(key=f"why-step-{id_}-step.targets").click().run()
    sound(app)
    assert "of these questions have no answer" in words(app)
