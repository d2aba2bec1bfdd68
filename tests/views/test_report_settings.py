"""The report page: brand, draft mark, sections and sentences are saved as they are typed, or refused at the field."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from PIL import Image
from streamlit.testing.v1 import AppTest

from workspace.service import Workspace

Visit = Callable[..., AppTest]


def png(width: int = 80, height: int = 40) -> bytes:
    """Return a PNG of one colour."""
    target = io.BytesIO()
    Image.new("RGB", (width, height), (20, 51, 92)).save(target, "PNG")
    return target.getvalue()


def test_a_brand_is_saved_as_it_is_typed(desk: Workspace, visit: Visit) -> None:
    """Name, colours, cover text and the limit of a draft each stand at once."""
    id_ = desk.create("Ward")
    app = visit("report", a=id_)
    app.text_input(key=f"report-brand-{id_}").set_value("Ours").run()
    app.text_input(key=f"report-primary-{id_}").set_value("#14335C").run()
    app.text_area(key=f"report-cover_text-{id_}").set_value("For the board.").run()
    app.number_input(key=f"report-draft_below-{id_}").set_value(60).run()
    assert not app.exception
    report = desk.open(id_).assessment.report
    assert (report.brand, report.primary, report.cover_text, report.draft_below) == (
        "Ours",
        "#14335C",
        "For the board.",
        0.6,
    )
    assert any("12.66" in caption.value for caption in app.caption)


def test_a_colour_that_cannot_be_read_is_refused_and_stays_typed(desk: Workspace, visit: Visit) -> None:
    """The same words stand at the top and at the field, with the colour that would do; the field is named once."""
    id_ = desk.create("Ward")
    app = visit("report", a=id_)
    app.text_input(key=f"report-primary-{id_}").set_value("#FFFFFF").run()
    told = [error.value for error in app.error if "767676" in error.value]
    assert len(told) == 2
    assert not any("primary" in text or text.lower().count("main colour") > 1 for text in told)
    assert app.text_input(key=f"report-primary-{id_}").value == "#FFFFFF"
    assert desk.open(id_).assessment.report.primary == ""


def test_a_refused_colour_is_told_beside_the_button_and_its_suggestion_taken(desk: Workspace, visit: Visit) -> None:
    """Whoever makes the PDF reads what is not used and why, and one click mends it."""
    id_ = desk.create("Ward")
    app = visit("report", a=id_)
    assert not app.warning
    app.text_input(key=f"report-primary-{id_}").set_value("#e8e1d9").run()
    (said,) = [warning.value.replace("\\", "") for warning in app.warning]
    assert said.startswith("Main colour is not used. #E8E1D9 has a contrast of 1.29 to 1 with white")
    assert "#797672" in said
    app.button(key=f"report-use-primary-{id_}").click().run()
    assert not app.exception
    assert desk.open(id_).assessment.report.primary == "#797672"
    assert app.text_input(key=f"report-primary-{id_}").value == "#797672"
    assert not app.warning
    assert not app.error


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [("primary", "red", "This is no colour: 'red'; write #"), ("cover_text", "\n" * 9, "10 lines are more")],
)
def test_a_problem_is_told_as_a_sentence_of_its_own(
    desk: Workspace, visit: Visit, field: str, typed: str, words: str
) -> None:
    """No key of the data and no pattern is shown."""
    id_ = desk.create("Ward")
    app = visit("report", a=id_)
    place = app.text_area if field == "cover_text" else app.text_input
    place(key=f"report-{field}-{id_}").set_value(typed).run()
    (said,) = [warning.value.replace("\\", "") for warning in app.warning]
    assert words in said
    assert not any(hint in said for hint in ("report.", "pattern"))


def test_a_light_second_colour_is_kept_and_its_use_told_beside_the_field(desk: Workspace, visit: Visit) -> None:
    """It is no fault, but no text is written in it."""
    id_ = desk.create("Ward")
    app = visit("report", a=id_)
    app.text_input(key=f"report-secondary-{id_}").set_value("#e8e1d9").run()
    assert not app.warning
    assert not app.error
    assert desk.open(id_).assessment.report.secondary == "#e8e1d9"
    assert any("1.29 to 1. Too light for text: it is the ground" in caption.value for caption in app.caption)


def test_the_page_size_stands_after_a_visit_to_another_page(desk: Workspace, visit: Visit) -> None:
    """Whoever prints on Letter chooses it once."""
    app = visit("report", a=desk.create("Ward"))
    app.radio(key="report-size").set_value("letter").run()
    app.switch_page("views/results.py").run()
    app.switch_page("views/report.py").run()
    assert not app.exception
    assert app.radio(key="report-size").value == "letter"


def test_a_logo_is_shown_and_removed(desk: Workspace, visit: Visit) -> None:
    """One that is no picture is refused in a sentence."""
    id_ = desk.create("Ward")
    app = visit("report", a=id_)
    app.file_uploader(key=f"report-logo-{id_}").set_value(("logo.svg", b"<svg><a/></svg>", "image/svg+xml"))
    next(button for button in app.button if button.label == "Use this logo").click().run()
    assert any("no SVG" in error.value for error in app.error)
    app.file_uploader(key=f"report-logo-{id_}").set_value(("logo.png", png(), "image/png"))
    next(button for button in app.button if button.label == "Use this logo").click().run()
    assert desk.open(id_).assessment.report.logo
    app = visit("report", a=id_)
    app.button(key=f"report-logo-{id_}-remove").click().run()
    assert desk.open(id_).assessment.report.logo == ""


def test_a_sentence_is_edited_and_restored(desk: Workspace, visit: Visit) -> None:
    """The report carries the mark; restoring gives the generated sentence back."""
    id_ = desk.create("Ward")
    app = visit("report", a=id_)
    app.toggle(key=f"report-content-{id_}").set_value(True).run()
    key = f"report-edit-{id_}-decision"
    app.text_area(key=f"{key}-0-text").set_value("We wait <b>for</b> the figures.")
    app.text_input(key=f"{key}-0-by").set_value("A. Consultant")
    next(button for button in app.button if button.label == "Keep the edited sentence").click().run()
    assert not app.exception
    edit = desk.open(id_).assessment.report.edits["decision"]
    assert (edit.text, edit.by) == ("We wait <b>for</b> the figures.", "A. Consultant")
    picker = app.selectbox(key=f"report-sentence-{id_}").proto
    assert picker.set_value  # the browser is given the sentence as it stands, and keeps no old one
    assert picker.raw_value == picker.options[0] == "Decision (edited): We wait <b>for</b> the figures."
    app.button(key=f"{key}-restore").click().run()
    assert desk.open(id_).assessment.report.edits == {}
    assert "There is no economic verdict" in str(app.text_area(key=f"{key}-2-text").value)


def test_sections_are_left_out(desk: Workspace, visit: Visit) -> None:
    """What the report was made from is not on offer."""
    id_ = desk.create("Ward")
    app = visit("report", a=id_)
    app.toggle(key=f"report-content-{id_}").set_value(True).run()
    field = app.multiselect(key=f"report-left_out-{id_}")
    assert not any("identity" in option.lower() for option in field.options)
    field.set_value(["answers"]).run()
    assert not app.exception
    assert desk.open(id_).assessment.report.left_out == ("answers",)


def test_every_sentence_is_on_offer(desk: Workspace, visit: Visit) -> None:
    """What the summary prints can be chosen here."""
    id_ = desk.create("Ward")
    app = visit("report", a=id_)
    app.toggle(key=f"report-content-{id_}").set_value(True).run()
    options = app.selectbox(key=f"report-sentence-{id_}").options
    assert len(options) >= 8
    assert len(options) == len(set(options))


def test_settings_are_taken_over_from_another_assessment(desk: Workspace, visit: Visit) -> None:
    """The fields show them at once."""
    source, id_ = desk.create("Theirs"), desk.create("Ward")
    desk.set_report(source, "brand", "A consultancy")
    desk.set_report(source, "draft_below", 0.5)
    app = visit("report", a=id_)
    app.toggle(key=f"report-take-{id_}").set_value(True).run()
    app.selectbox(key=f"report-taken-{id_}").set_value(source)
    app.button(key=f"report-taken-{id_}-now").click().run()
    assert not app.exception
    assert desk.open(id_).assessment.report.brand == "A consultancy"
    assert app.text_input(key=f"report-brand-{id_}").value == "A consultancy"
    assert app.number_input(key=f"report-draft_below-{id_}").value == 50
