"""The roadmap page: a team writes, changes and removes initiatives of its own, or brings in a file of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assessment.answers import Answer
from views.plain import plain
from workspace.service import Workspace

Visit = Callable[..., AppTest]
FILE = (Path(__file__).parents[1] / "data" / "own-initiatives.yaml").read_bytes()
HOSTILE = "=1+1 <script>alert(1)</script> **b** :red[x]"


@pytest.fixture
def opened(desk: Workspace, visit: Visit) -> tuple[str, AppTest]:
    """An assessment, and the page with its form unfolded."""
    id_ = desk.create("Ward")
    app = visit("roadmap", a=id_)
    return id_, app.toggle(key=f"own-open-{id_}").set_value(True).run()


def write(app: AppTest, turn: str) -> AppTest:
    """Fill in a whole initiative."""
    app.text_input(key=f"{turn}-title").set_value(HOSTILE)
    app.multiselect(key=f"{turn}-raises").set_value(["constraints.coupling"]).run()
    app.selectbox(key=f"{turn}-to-constraints.coupling").set_value(2)
    for end, figure in (("low", 1.0), ("mode", 2.0), ("high", 4.0)):
        app.number_input(key=f"{turn}-effort-{end}").set_value(figure)
    for field in ("summary", "first_week", "done_when", "does_not_fix"):
        app.text_area(key=f"{turn}-{field}").set_value(f"{field} of ours")
    return app


def test_one_is_written_and_shown(desk: Workspace, opened: tuple[str, AppTest]) -> None:
    """What was typed is text, and the wall factors follow from the question."""
    id_, app = opened
    write(app, f"own-{id_}-new-0")
    app.button(key=f"own-{id_}-new-save").click().run()
    assert not app.exception
    assert [error.value for error in app.error] == []
    item = desk.initiatives_of(id_).by_id["own-1"]
    assert (item.title, item.raises[0].to, item.effort.high) == (HOSTILE, 2, 4.0)
    assert set(item.lifts) == {"synchronous", "tight_coupling"}
    options = app.selectbox(key=f"own-chosen-{id_}-1").options
    assert any("of the team" in option for option in options)


def test_what_is_not_whole_is_refused_and_stays_typed(desk: Workspace, opened: tuple[str, AppTest]) -> None:
    """One sentence says what is missing."""
    id_, app = opened
    app.text_input(key=f"own-{id_}-new-0-title").set_value("Ours")
    app.button(key=f"own-{id_}-new-save").click().run()
    assert any("is empty" in error.value for error in app.error)
    assert app.text_input(key=f"own-{id_}-new-0-title").value == "Ours"
    assert desk.open(id_).assessment.initiatives == {}


def test_all_that_is_missing_is_told_at_once(opened: tuple[str, AppTest]) -> None:
    """The fields that a save cannot do without are marked, and one save names all that is missing."""
    id_, app = opened
    marked = [f.label for f in (*app.text_input, *app.multiselect, *app.number_input, *app.text_area)]
    required = [label.removesuffix(" (required)") for label in marked if label.endswith(" (required)")]
    texts = ["What is done", "Work of the first week", "Done when", "What it does not fix"]
    wanted = ["Title", "Questions that it raises", "Person-weeks over the whole team: likely", *texts]
    assert required == wanted
    app.button(key=f"own-{id_}-new-save").click().run()
    told = " ".join(error.value for error in app.error)
    for words in ("Title", *texts, "raises no question", "likely effort is nothing"):
        assert words in told


def test_a_level_says_what_it_means_and_the_present_one_comes_first(desk: Workspace, visit: Visit) -> None:
    """Under a chosen question stand its answer and its levels in full; the rise begins at the answer."""
    id_ = desk.create("Ward")
    desk.answer(id_, "constraints.coupling", Answer(option=2))
    app = visit("roadmap", a=id_)
    app.toggle(key=f"own-open-{id_}").set_value(True).run()
    turn = f"own-{id_}-new-0"
    app.multiselect(key=f"{turn}-raises").set_value(["constraints.coupling"]).run()
    questionnaire = desk.open(id_).questionnaire
    question = questionnaire.by_id["constraints.coupling"]
    start, to = (app.selectbox(key=f"{turn}-{end}-constraints.coupling") for end in ("from", "to"))
    assert (start.value, to.value) == (2, 3)
    assert all(anchor in option for anchor, option in zip(question.anchors[:-1], start.options, strict=True))
    shown = next(item.value for item in app.markdown if "Present answer:" in item.value)
    assert plain(question.anchors[2]) in shown.splitlines()[0]
    assert all(plain(anchor) in shown for anchor in question.anchors)


def test_a_save_says_what_became_of_it(desk: Workspace, visit: Visit) -> None:
    """Planned with its quarter, or left out with the reason, at the place where it was saved."""
    id_ = desk.example()
    app = visit("roadmap", a=id_)
    app.toggle(key=f"own-open-{id_}").set_value(True).run()
    write(app, f"own-{id_}-new-0").selectbox(key=f"own-{id_}-new-0-from-constraints.coupling").set_value(0)
    app.button(key=f"own-{id_}-new-save").click().run()
    assert not app.exception
    assert not app.error
    fate = next(item.value for item in app.markdown if item.value.startswith("- Planned"))
    assert re.match(r"- Planned in Q\d", fate)
    assert plain(f": {HOSTILE}. Lifts tight coupling") in fate
    desk.answer(id_, "constraints.coupling", Answer(option=4))
    app.run()
    fate = next(item.value for item in app.markdown if item.value.startswith("- Not in the plan"))
    assert "What it brings is there already" in fate


def test_the_part_is_found_from_the_top_and_stands_beside_the_list(opened: tuple[str, AppTest]) -> None:
    """A link above the plan leads to it, and it stands right under the plan, before the search."""
    _, app = opened
    assert any("[Add or change initiatives](#own-initiatives)" in item.value for item in app.markdown)
    headings = [item.value for item in app.header]
    assert headings.index("Own initiatives") < headings.index("The plan that a search finds")


def test_effort_out_of_order_is_refused(desk: Workspace, opened: tuple[str, AppTest]) -> None:
    """The rule of the file holds for the form."""
    id_, app = opened
    write(app, f"own-{id_}-new-0").number_input(key=f"own-{id_}-new-0-effort-low").set_value(9.0)
    app.button(key=f"own-{id_}-new-save").click().run()
    assert any("not in order" in error.value for error in app.error)
    assert desk.open(id_).assessment.initiatives == {}


def test_no_raw_name_stands_in_a_refusal(opened: tuple[str, AppTest]) -> None:
    """A question is named by its title, and the initiative by nothing: the form shows which one it is."""
    id_, app = opened
    turn = f"own-{id_}-new-0"
    write(app, turn).selectbox(key=f"{turn}-from-constraints.coupling").set_value(3)
    app.button(key=f"own-{id_}-new-save").click().run()
    told = [error.value for error in app.error]
    assert any("does not rise" in text for text in told)
    assert not any("constraints" in text or "own-" in text for text in told)


def test_a_built_in_one_is_changed_and_given_back(desk: Workspace, opened: tuple[str, AppTest]) -> None:
    """Its fields stand in the form; removing what the team wrote brings it back."""
    id_, app = opened
    app.selectbox(key=f"own-chosen-{id_}-0").set_value("constraint-map").run()
    turn = f"own-{id_}-constraint-map"
    before = desk.initiatives_of(id_).by_id["constraint-map"]
    assert app.text_input(key=f"{turn}-0-title").value == before.title
    app.number_input(key=f"{turn}-0-effort-high").set_value(99.0)
    app.button(key=f"{turn}-save").click().run()
    assert not app.exception
    changed = desk.initiatives_of(id_).by_id["constraint-map"]
    assert changed == before.model_copy(update={"effort": before.effort.model_copy(update={"high": 99.0})})
    app.selectbox(key=f"own-chosen-{id_}-1").set_value("constraint-map").run()
    app.button(key=f"{turn}-remove").click().run()
    assert desk.initiatives_of(id_).by_id["constraint-map"] == before


def test_a_file_is_brought_in_or_refused_with_its_line(desk: Workspace, opened: tuple[str, AppTest]) -> None:
    """All of it or nothing."""
    id_, app = opened
    wrong = FILE.replace(b"step: constraints", b"step: nowhere")
    app.file_uploader(key=f"own-file-{id_}").set_value(("ours.yaml", wrong, "application/yaml"))
    next(button for button in app.button if button.label == "Bring the file in").click().run()
    assert any("ours.yaml" in error.value for error in app.error)
    assert desk.open(id_).assessment.initiatives == {}
    app.file_uploader(key=f"own-file-{id_}").set_value(("ours.yaml", FILE, "application/yaml"))
    next(button for button in app.button if button.label == "Bring the file in").click().run()
    assert not app.exception
    assert set(desk.open(id_).assessment.initiatives) == {"move-the-lab", "constraint-map"}
    assert any("Move the laboratory" in told.value for told in app.success)
