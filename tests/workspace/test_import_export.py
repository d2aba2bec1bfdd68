"""Portable files: out and in without a loss, and every fault of a foreign file in a sentence with its place."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.answers import Answer, Assessment, Capacity, EconomicInputs, QuestionnaireRef, Range, SignalAnswer
from assessment.errors import InputError
from assessment.reading import LARGEST_BYTES, Document
from store.log import Store
from workspace import portable
from workspace.service import Workspace

_TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=40)
_KEY = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=20)
_FIGURE = st.floats(0, 1e300, allow_nan=False, allow_infinity=False)
_KINDS: list[dict[str, st.SearchStrategy[Any]]] = [
    {"option": st.integers(0, 10)},
    {"figure": _FIGURE},
    {"unknown": st.just(value=True)},
    {"not_applicable": st.sampled_from(["not_built_yet", "other_team", "contractually_excluded", "out_of_scope"])},
]
_ANSWER: st.SearchStrategy[Answer] = st.one_of(
    *[
        st.builds(
            Answer,
            confidence=st.sampled_from(["claimed", "documented", "measured"]),
            note=_TEXT,
            evidence=st.lists(_TEXT, max_size=3).map(tuple),
            role=_TEXT,
            discuss=st.booleans(),
            **kind,
        )
        for kind in _KINDS
    ]
)
_RANGE = st.builds(
    lambda figures, mode, measured, source: Range(
        low=figures[0], mode=figures[1] if mode else None, high=figures[2], measured=measured, source=source
    ),
    st.tuples(_FIGURE, _FIGURE, _FIGURE).map(sorted),
    st.booleans(),
    st.booleans(),
    _TEXT,
)
_ECONOMICS = st.fixed_dictionaries(
    {"ranges": st.dictionaries(_KEY, _RANGE, max_size=3)},
    optional={
        "currency": st.from_regex(r"[A-Z]{3}", fullmatch=True),
        "currency_per_usd": _FIGURE.filter(lambda figure: figure > 0),
        "horizon_months": st.integers(12, 120),
        "delay_months": st.integers(1, 60),
        "confirmed": st.booleans(),
        "capacity": st.builds(Capacity, person_weeks_per_quarter=st.floats(0.1, 10_000), quarters=st.integers(1, 20)),
    },
).map(EconomicInputs.model_validate)
_ASSESSMENT = st.builds(
    Assessment,
    name=_TEXT.filter(bool),
    organisation=_TEXT,
    fictional=st.booleans(),
    mode=st.sampled_from(["pulse", "full"]),
    questionnaire=st.builds(QuestionnaireRef, id=_KEY, version=_TEXT),
    context=st.dictionaries(_KEY, st.integers(0, 10), max_size=3),
    signals=st.dictionaries(
        _KEY,
        st.builds(SignalAnswer, level=st.none() | st.integers(0, 10), figure=st.none() | _FIGURE, note=_TEXT),
        max_size=3,
    ),
    answers=st.dictionaries(_KEY, _ANSWER, max_size=4),
    economics=_ECONOMICS,
)


@settings(max_examples=300)
@given(assessment=_ASSESSMENT)
def test_a_file_says_everything_and_is_read_back(assessment: Assessment) -> None:
    """Any assessment is its file read back, fields that were given included, and its file written again."""
    raw = portable.write(assessment)
    found, _ = portable.read(raw, "a.json")
    assert assessment == found
    assert assessment.economics.model_fields_set == found.economics.model_fields_set
    assert raw == portable.write(found)
    assert Assessment.model_validate_json(raw) == assessment


@settings(max_examples=40)
@given(
    answers=st.dictionaries(
        st.sampled_from(["look.box", "plan.target", "left.long-ago"]), _ANSWER.filter(lambda a: a.figure is None)
    )
)
def test_export_and_import_lose_nothing(small: Workspace, answers: dict[str, Answer]) -> None:
    """Out of one workspace and into it again: the same assessment and the same bytes."""
    fitting = {key: answer for key, answer in answers.items() if (answer.option or 0) <= 3}
    reference = QuestionnaireRef(id="small-clinic", version="0")
    first = small.create_from(Assessment(name="A", questionnaire=reference, answers=fitting))
    exported = small.export(first)
    second = small.import_document(exported, "a.json")
    assert small.open(first).assessment == small.open(second).assessment
    assert exported == small.export(second)


def test_the_export_is_sorted_indented_and_ends_its_line(workspace: Workspace) -> None:
    """People compare two exports line by line."""
    raw = workspace.export(workspace.example())
    text = raw.decode()
    assert text == json.dumps(json.loads(text), sort_keys=True, indent=2, ensure_ascii=False) + "\n"
    assert raw == workspace.export(workspace.example())


def test_the_original_is_kept_as_it_came(workspace: Workspace, store: Store) -> None:
    """Blank lines, order and a byte order mark of the imported file are not lost."""
    raw = b"\xef\xbb\xbf" + workspace.export(workspace.example()).replace(b"\n", b"\r\n") + b"\n\n"
    (original,) = store.originals(workspace.import_document(raw, "Q3 export.json"))
    assert (original.file_name, original.content) == ("Q3 export.json", raw)
    assert workspace.assessments()[0].fictional


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\ana\\export.json", "export.json"),
        ("a\n\x00\x1b[31mb\u202e.json", "a[31mb.json"),
        ("half \ud800.json", "half .json"),
        ("x" * 5000 + ".json", "x" * 95 + ".json"),
        ("x." + "y" * 5000, "x." + "y" * 9),
        ("", "document"),
        ("/", "document"),
        ("\x00", "document"),
        ("..", ".."),
    ],
)
def test_a_hostile_file_name_is_only_a_name(given: str, kept: str) -> None:
    """Folders, control characters, direction marks and length are taken off before the name is shown or kept."""
    assert kept == portable.plain_name(given)


@given(name=st.text(max_size=300))
def test_any_file_name_becomes_one_printable_part(name: str) -> None:
    """Whatever an upload is called, what is kept of it is short, printable and no path."""
    kept = portable.plain_name(name)
    assert 1 <= len(kept) <= 100
    assert kept.isprintable()
    assert "/" not in kept


def test_a_name_without_a_suffix_still_imports(workspace: Workspace) -> None:
    """JSON is read whatever the file is called."""
    raw = workspace.export(workspace.example())
    assert workspace.open(workspace.import_document(raw, "../\x00")).assessment.fictional


def _file(**changes: Any) -> bytes:
    document = {
        "format": "sixstep-assessment/1",
        "name": "A",
        "questionnaire": {"id": "small-clinic", "version": "1"},
        **changes,
    }
    return json.dumps(document, indent=1).encode()


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b" " * (LARGEST_BYTES + 1), "a.json: the file has more than 2,097,152 bytes; make it smaller"),
        (b"\x00\x01", "a.json: this is a binary file; give a UTF-8 text file"),
        (b"\xff\xfe{}", "a.json:1: a byte is not UTF-8 text; save the file as UTF-8"),
        (b"", "a.json: the file is empty"),
        (b"{", "a.json:1: not valid JSON"),
        (b"[" * 100_000, "a.json"),
        (b"[]", "a.json:1:"),
        (b"3", "a.json:1:"),
        (_file(format="sixstep-assessment/9"), "a.json:2: the format 'sixstep-assessment/9' is not read"),
        (_file(format=["x"]), "a.json:2: 'format'"),
        (_file(answers={"look.box": {"option": 9}}), "a.json:9: look.box: option 9 is not on its scale; use 0 to 3"),
        (_file(answers={"look.bax": {"option": 1}}), "did you mean 'look.box'?"),
        (_file(economics={"ranges": {"zz": {"low": 1, "high": 2}}}), "a.json:10: zz: no parameter 'zz'"),
        (_file(economics={"ranges": {"w": {"low": 1, "high": 2}}}), "a.json:10: w: the range 1 to 2 is out of bounds"),
        (_file(questionnaire={"id": "other", "version": "1"}), "the questionnaire 'other' is not installed"),
        (_file(name="a\x00b"), "the text holds a NUL character"),
        (_file(naem="x"), "did you mean 'name'?"),
    ],
)
def test_a_foreign_file_is_refused_with_its_place(small: Workspace, store: Store, raw: bytes, sentence: str) -> None:
    """Each fault names file and line, and nothing of the file is kept."""
    with pytest.raises(InputError) as caught:
        small.import_document(raw, "folder/a.json")
    assert sentence in str(caught.value)
    assert store.logs() == ()


def test_an_original_that_is_too_large_is_refused(small: Workspace) -> None:
    """The bound holds for documents that come beside an assessment, too."""
    assessment = Assessment(name="A", questionnaire=QuestionnaireRef(id="small-clinic", version="1"))
    with pytest.raises(InputError, match="2,097,153 bytes"):
        small.create_from(assessment, b"x" * (LARGEST_BYTES + 1))
    assert small.open(small.create_from(assessment, b"x")).assessment == assessment


def test_older_formats_are_brought_up_step_by_step() -> None:
    """Each registered step leads to the next format, and the lines stay those of the file."""
    steps = {
        "sixstep-assessment/-1": lambda data: {**data, "format": "sixstep-assessment/0", "steps": [1]},
        "sixstep-assessment/0": lambda data: {**data, "format": "sixstep-assessment/1", "steps": [*data["steps"], 2]},
    }
    document = Document({"format": "sixstep-assessment/-1"}, "a.json", {("format",): 7})
    found = portable.current(document, steps)
    assert found.data == {"format": "sixstep-assessment/1", "steps": [1, 2]}
    assert found.line(("format",)) == 7
    assert document.data == {"format": "sixstep-assessment/-1"}


def test_every_migration_leads_towards_today() -> None:
    """No older format leads in a circle or into nothing."""
    assert portable.FORMAT not in portable.MIGRATIONS


def test_an_infinite_figure_never_reaches_a_file() -> None:
    """A file with a figure that JSON does not know would be read by nobody."""
    with pytest.raises(ValueError, match="JSON"):
        portable.json_text({"x": math.inf})
