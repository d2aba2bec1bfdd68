"""Report settings are kept as events, checked, and survive export and import."""

from __future__ import annotations

import base64
import io
import json

import pytest
from PIL import Image

from assessment.errors import InputError
from assessment.report_settings import ReportSettings, SentenceEdit
from workspace.errors import NotFound
from workspace.service import Workspace

HOSTILE = "=cmd|'/c calc'!A0 <script>alert(1)</script> **b** \u202e [edited]"


def png(width: int = 80, height: int = 40) -> bytes:
    """Return a PNG of one colour."""
    target = io.BytesIO()
    Image.new("RGB", (width, height), (20, 51, 92)).save(target, "PNG")
    return target.getvalue()


def whole(workspace: Workspace) -> str:
    """Begin an assessment with every setting set."""
    name = workspace.create("First")
    workspace.set_report(name, "brand", HOSTILE)
    workspace.set_report(name, "primary", "#14335c")
    workspace.set_report(name, "secondary", "#0B7A80")
    workspace.set_report(name, "cover_text", "For the board.\nConfidential.")
    workspace.set_report(name, "left_out", ("answers", "crosswalks"))
    workspace.set_report(name, "draft_below", 0.6)
    workspace.set_logo(name, png(), "../../logo.png")
    workspace.set_sentence(name, "decision", SentenceEdit(text=HOSTILE, of="Start now.", by="A"))
    workspace.set_sentence(name, f"first.{'x' * 64}", SentenceEdit(text="Later.", of="Now."))
    return name


def test_every_setting_survives_export_and_import(workspace: Workspace) -> None:
    """Another workspace reads the same settings, logo included, and its own export has the same bytes."""
    name = whole(workspace)
    raw = workspace.export(name)
    twin = workspace.import_document(raw, "first.json")
    report = workspace.open(twin).assessment.report
    assert report == workspace.open(name).assessment.report
    assert report.brand == HOSTILE
    assert report.left_out == ("answers", "crosswalks")
    assert report.edits["decision"].text == HOSTILE
    assert base64.b64decode(report.logo).startswith(b"\x89PNG")
    assert workspace.export(twin) == raw


def test_an_assessment_without_settings_exports_none(workspace: Workspace) -> None:
    """A file of the last release and one of today read alike."""
    found = json.loads(workspace.export(workspace.create("First")))
    assert "report" not in found
    assert "initiatives" not in found


def test_an_empty_value_gives_back_what_the_product_does(workspace: Workspace) -> None:
    """Everything can be taken back, and every step of it stays in the history."""
    name = whole(workspace)
    for field, empty in (
        ("brand", ""),
        ("primary", ""),
        ("secondary", ""),
        ("cover_text", ""),
        ("left_out", ()),
        ("draft_below", 0.0),
    ):
        workspace.set_report(name, field, empty)
    workspace.set_logo(name, None)
    workspace.set_sentence(name, "decision", None)
    workspace.set_sentence(name, f"first.{'x' * 64}", None)
    assert workspace.open(name).assessment.report == ReportSettings()
    assert [event.payload for event in workspace.history(name, "report", "brand")] == [HOSTILE, None]
    assert len(workspace.history(name, "report", "edits.decision")) == 2


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("primary", "#FFFFFF", "the nearest that passes is #767676"),
        ("secondary", "red", "secondary"),
        ("left_out", ("identity",), "always stands"),
        ("cover_text", "\n" * 9, "10 lines"),
        ("cover_text", "x" * 601, "600"),
        ("brand", "x" * 121, "120"),
        ("brand", "a\x00b", "NUL"),
        ("draft_below", 1.5, "draft_below"),
        ("logo", "AAAA", "no setting 'logo'"),
        ("logos", "AAAA", "no setting 'logos'"),
    ],
)
def test_what_cannot_stand_is_refused(workspace: Workspace, field: str, value: object, words: str) -> None:
    """The sentence says what would be right, and nothing is saved."""
    name = workspace.create("First")
    with pytest.raises(InputError, match=words):
        workspace.set_report(name, field, value)
    assert workspace.open(name).assessment.report == ReportSettings()


@pytest.mark.parametrize("text", ["", "   ", "x" * 701])
def test_a_blank_or_endless_sentence_is_refused(workspace: Workspace, text: str) -> None:
    """Restoring is another operation."""
    name = workspace.create("First")
    with pytest.raises(InputError):
        workspace.set_sentence(name, "decision", SentenceEdit.model_construct(text=text, of="", by=""))


def test_a_file_that_is_no_logo_is_refused_by_its_plain_name(workspace: Workspace) -> None:
    """No path of the machine it came from is told or kept."""
    name = workspace.create("First")
    with pytest.raises(InputError, match=r"^logo\.gif: the logo is neither PNG nor SVG"):
        workspace.set_logo(name, b"GIF89a", "/home/somebody/logo.gif")
    with pytest.raises(NotFound):
        workspace.set_logo("A" * 22, png(), "logo.png")


def test_faulty_settings_in_a_file_are_named_with_their_line(workspace: Workspace) -> None:
    """Nothing of the file is imported."""
    raw = workspace.export(whole(workspace)).replace(b'"#14335c"', b'"#eeeeee"')
    line = 1 + raw[: raw.index(b'"#eeeeee"')].count(b"\n")
    with pytest.raises(InputError, match=rf"first\.json:{line}: primary: #EEEEEE has a contrast"):
        workspace.import_document(raw, "first.json")
    assert len(workspace.assessments()) == 1


def test_the_next_quarter_keeps_the_brand_and_no_sentence(workspace: Workspace) -> None:
    """Edited sentences belong to the figures that they were written for."""
    name = whole(workspace)
    report = workspace.open(workspace.next_quarter(name)).assessment.report
    before = workspace.open(name).assessment.report
    assert report == before.model_copy(update={"edits": {}})


def test_the_settings_of_another_assessment_are_taken_over_whole(workspace: Workspace) -> None:
    """What only this one had is gone, its own edited sentence stays, and none of the other's comes."""
    source, name = whole(workspace), workspace.create("Second")
    mine = SentenceEdit(text="Ours.", of="Theirs.")
    workspace.set_sentence(name, "overall", mine)
    workspace.take_report_from(name, source)
    there = workspace.open(source).assessment.report
    assert workspace.open(name).assessment.report == there.model_copy(update={"edits": {"overall": mine}})
    workspace.take_report_from(name, workspace.create("Third"))
    assert workspace.open(name).assessment.report == ReportSettings(edits={"overall": mine})
    with pytest.raises(NotFound):
        workspace.take_report_from(name, "A" * 22)
