"""Files that cannot be used: each is refused in one sentence that names file, line and what would be right."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from assessment.delivery.reading import Reading, read_deployments, read_file, read_incidents
from assessment.delivery.streams import LARGEST_RECORD, LONGEST_LINE
from assessment.delivery.times import end_of, zone
from assessment.errors import InputError

RUN = {"id": 7, "workflow_id": 1, "conclusion": "success", "updated_at": "2026-01-01T00:00:00Z", "name": "CI"}
ISSUE = {"number": 1, "id": 1, "labels": [{"name": "bug"}], "created_at": "2026-01-01T00:00:00Z"}
AT = "2026-01-01T00:00Z"

DEPLOYMENTS = {
    "empty": (b"", "the file is empty"),
    "blanks": (b"\xef\xbb\xbf \n\n", "the file is empty"),
    "header alone": (b"deployed_at\n", "holds a header and no row"),
    "blank cells": (b",,\n,,\n", "d: every cell of the file is blank; export it again, with a header"),
    "no time column": (b"when it was,who\nx,y\n", r"d:1: there is no column 'deployed_at'; the columns are: when it"),
    "two columns of one name": (b"deployed_at,deployed_at\n", "d:1: deployed_at: two columns are named 'deployed_at'"),
    "no time": (b"deployed_at,id\n,7\n", "d:2: deployed_at: the time is missing"),
    "no date": (b"deployed_at\nyesterday\n", "d:2: deployed_at: 'yesterday' is no ISO 8601 time"),
    "slashes": (b"deployed_at\n01/02/2026 10:00\n", "is no ISO 8601 time; write times as in 2026"),
    "31 June": (b"deployed_at\n2026-06-31T10:00Z\n", "is no ISO 8601 time"),
    "year 0001": (b"deployed_at\n0001-01-01T00:00Z\n", "the year of '0001-01-01T00:00Z' cannot be right"),
    "no offset": (b"deployed_at\n2026-01-01T10:00\n", "has no offset from UTC; name its zone with --timezone"),
    "too few cells": (f"deployed_at,id\n{AT}\n".encode(), "d:2: the row has 1 cells, and the header 2"),
    "decimal comma": (f"deployed_at,id\n{AT},3,5\n".encode(), "d:2: the row has 3 cells, and the header 2"),
    "open quote": (f'deployed_at,id\n{AT},"x\n'.encode(), "d:2: the row cannot be read as CSV"),
    "word for a flag": (f"deployed_at,failed\n{AT},maybe\n".encode(), "d:2: failed: 'maybe' is neither yes nor no"),
    "unknown status": (
        f"deployed_at,status\n{AT},sort of\n".encode(),
        "d:2: status: the status 'sort of' is not known",
    ),
    "latin-1": (b"deployed_at,service\n2026-01-01T00:00Z,K\xfcche\n", "d:2: a byte is not UTF-8 text"),
    "utf-16": ("deployed_at\n".encode("utf-16"), "d:1: (a byte is not UTF-8|this is a binary)"),
    "zip": (b"PK\x03\x04rest", "this is a zip or Excel file; unpack it"),
    "gzip": (b"\x1f\x8brest", "this is a gzip file"),
    "NUL": (b"deployed_at\n\x00\n", "d:2: this is a binary file"),
    "one long line": (b"deployed_at\n" + b"x" * (LONGEST_LINE + 5), "d:2: the line is longer than 1,048,576 bytes"),
    "staging alone": (
        f"deployed_at,env\n{AT},qa\n".encode(),
        "no deployment to production; name .* --environment: 'qa'",
    ),
    "truncated list": (json.dumps([RUN]).encode()[:-1], "d:1: the file ends inside a list; export it again"),
    "truncated record": (b'[{"id": 7,\n"name": "x', "d:2: the file ends inside a record"),
    "no JSON": (b"[{'id': 7}]", "the record is not valid JSON"),
    "NaN": (b'[{"id": NaN}]', "d:1: 'NaN' is no JSON number"),
    "numbers": (b"[1, 2]", r"d:1: '1, 2\]' is no JSON record"),
    "no records": (b"[]", "the export holds no record"),
    "too large a record": (b'{"id": "' + b"x" * (3 * LARGEST_RECORD), "no record ends within"),
    "deep lists": (b"[[[[[[{}]]]]]]", "nested too deeply"),
    "deep records": (b'{"a":' * 100_000, "the JSON cannot be read"),
    "closed twice": (json.dumps([RUN]).encode() + b"]", "closes a list that was never begun"),
    "unknown record": (b'\n[{"colour": "red"}]', "d:2: the record is of no known kind; it holds: colour"),
    "error page": (b'{"message": "Not Found", "documentation_url": "x"}', "an answer with an error, 'Not Found'"),
    "issues": (json.dumps([ISSUE]).encode(), "d:1: this holds issues; give it as the file of incidents"),
    "a number for a time": (json.dumps([{**RUN, "updated_at": 1}]).encode(), "updated_at: '1' is no ISO 8601 time"),
    "workflows": (json.dumps([RUN, {**RUN, "id": 8, "name": "Lint"}]).encode(), "none of the workflows is named"),
}
INCIDENTS = {
    "no begin": (b"id,resolved_at\n1,2026-01-01T00:00Z\n", "there is no column 'started_at' or 'detected_at'"),
    "empty begin": (b"id,started_at\n1,\n", "i:2: the incident has no time at which it began"),
    "no incident": (json.dumps([ISSUE]).encode(), "no issue is an incident by its type or label; .* --label: 'bug'"),
    "deployments": (json.dumps([RUN]).encode(), "i:1: this holds deployments; give it as the file of deployments"),
    "blank cells": (b";;\n", "i: every cell of the file is blank"),
    "no end": (b"started_at,resolved_at\n2026-01-01T00:00Z,later\n", "i:2: resolved_at: 'later' is no ISO 8601"),
}


@pytest.mark.parametrize("name", DEPLOYMENTS)
def test_a_file_of_deployments_is_refused_in_one_sentence(name: str) -> None:
    """One problem, which names the file, and no trace of ours."""
    raw, said = DEPLOYMENTS[name]
    with pytest.raises(InputError, match=said) as caught:
        read_deployments(io.BytesIO(raw), "d", Reading())
    assert str(caught.value).startswith("d:")
    assert len(caught.value.problems) == 1
    assert str(caught.value).isprintable()


@pytest.mark.parametrize("name", INCIDENTS)
def test_a_file_of_incidents_is_refused_in_one_sentence(name: str) -> None:
    """Likewise."""
    raw, said = INCIDENTS[name]
    with pytest.raises(InputError, match=said) as caught:
        read_incidents(io.BytesIO(raw), "i", Reading())
    assert len(caught.value.problems) == 1


def test_a_label_that_no_issue_has_is_told() -> None:
    """With the labels that there are."""
    with pytest.raises(InputError, match="no issue has the label 'outages'"):
        read_incidents(io.BytesIO(json.dumps([ISSUE]).encode()), "i", Reading(label="outages"))


def test_places_that_are_no_file(tmp_path: Path) -> None:
    """A folder and a missing file."""
    with pytest.raises(InputError, match="this is a folder"):
        read_file(tmp_path)
    with pytest.raises(InputError, match="cannot be read"):
        read_file(tmp_path / "none.csv")


def test_a_zone_and_an_end_that_are_none() -> None:
    """The nearest zone is named; an end is a day or a moment."""
    with pytest.raises(InputError, match=r"no time zone 'Europe/Wien'; did you mean 'Europe/"):
        zone("Europe/Wien")
    with pytest.raises(InputError, match="until: 'soon' is no ISO 8601 time"):
        end_of("soon", None, "until")
    for year in ("9999", "0001", "2101"):
        with pytest.raises(InputError, match=f"until: the year of '{year}-12-31' cannot be right; give a year from"):
            end_of(f"{year}-12-31", None, "until")


def test_words_from_a_file_are_cut_short_and_printable() -> None:
    """A terminal shows no control character from a file."""
    raw = b"deployed_at\n\x1b[31m" + b"y" * 500 + b"\n"
    with pytest.raises(InputError) as caught:
        read_deployments(io.BytesIO(raw), "d", Reading())
    assert "\x1b" not in str(caught.value)
    assert len(str(caught.value)) < 200
