"""The portable assessment: JSON out, the same bytes each time, and in, with older formats brought up to date."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath
from typing import Any

from assessment.answers import Assessment
from assessment.errors import InputError, Problem
from assessment.reading import Document, decode, parse_document, validate

FORMAT: str = Assessment.model_fields["format"].default
Data = dict[str, Any]
MIGRATIONS: Mapping[str, Callable[[Data], Data]] = {}
"""For each older format, the step to the next one. There is none yet: sixstep-assessment/1 is the first."""
_WHEN_GIVEN = ("moved_from", "stage", "target_preset", "votes", "targets", "workflows", "initiatives", "report")
_LONGEST_NAME = 100
_LONGEST_SUFFIX = 10
# what a YAML reader refuses or takes for the end of a line; JSON may write any of it as an escape
_DELICATE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def write(assessment: Assessment) -> bytes:
    """Return the file of an assessment. Economic fields that nobody gave stay out, so that they stay defaults."""
    data = assessment.model_dump(mode="json", exclude_defaults=True)
    document = assessment.model_dump(mode="json", include={"format", "name", "organisation", "fictional", "mode"})
    economics = assessment.economics.model_dump(
        mode="json", exclude_unset=True, exclude={"ranges", "scenarios", "pins"}
    )
    document |= {group: data.get(group, {}) for group in ("questionnaire", "context", "signals", "answers")}
    document |= {group: data[group] for group in _WHEN_GIVEN if group in data}
    given = data.get("economics", {})
    maps = {name: given[name] for name in ("scenarios", "pins") if name in given}
    document["economics"] = {**economics, **maps, "ranges": given.get("ranges", {})}
    return json_text(document).encode()


def json_text(data: Any) -> str:
    """Return data as JSON for people: sorted, indented, characters as they are unless a reader trips over them."""
    text = json.dumps(data, sort_keys=True, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    return _DELICATE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def read(raw: bytes, name: str) -> tuple[Assessment, Document]:
    """Return the assessment in a file, and the document for whoever checks it further.

    Raises:
        InputError: for every fault, with the file's name and line.
    """
    document = current(parse_document(decode(raw, name), name))
    return validate(Assessment, document), document


def current(document: Document, migrations: Mapping[str, Callable[[Data], Data]] = MIGRATIONS) -> Document:
    """Return the document in today's format.

    Raises:
        InputError: for a format that is not known.
    """
    data = document.data
    while isinstance(data, dict) and isinstance(data.get("format"), str) and data["format"] != FORMAT:
        step = migrations.get(data["format"])
        if step is None:
            message = f"the format '{_short(data['format'])}' is not read by this version"
            raise InputError(document.problem(("format",), message, f"export it as '{FORMAT}', or update Sixstep"))
        data = step(dict(data))
    return Document(data, document.file, document.lines)


def _short(text: str) -> str:
    shown = "".join(character for character in text if character.isprintable())
    return shown if len(shown) <= 60 else shown[:57] + "..."  # noqa: PLR2004 (as long as a sentence bears)


def plain_name(given: str) -> str:
    """Return the last part of a file name without what cannot be printed, short, its suffix kept."""
    printable = "".join(character for character in given.replace("\\", "/") if character.isprintable())
    path = PurePosixPath(printable)
    suffix = path.suffix[:_LONGEST_SUFFIX]
    stem = path.name.removesuffix(path.suffix) if path.suffix else path.name
    return (stem[: _LONGEST_NAME - len(suffix)] + suffix).strip() or "document"


def refuse_larger(raw: bytes, name: str, most: int) -> None:
    """Refuse a file of more than ``most`` bytes.

    Raises:
        InputError: with both figures.
    """
    if len(raw) > most:
        raise InputError(Problem(f"the file has {len(raw):,} bytes", f"at most {most:,} are read", name))
