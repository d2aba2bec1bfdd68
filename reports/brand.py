"""Whose report it is: name, logo, colours and cover text, checked before any of it is kept or printed."""

from __future__ import annotations

from assessment.errors import InputError, Problem
from assessment.report_settings import ReportSettings
from reports.contrast import LEAST, TEXT, WHITE, contrast, nearest_passing, readable
from reports.document import Brand
from reports.logo import logo_of

FIXED_SECTIONS = ("identity", "edits")
"""Sections that cannot be switched off: what the report was made from, and which sentences were edited."""
IN_TABLE = "first."
"""Begins the key of a sentence that stands in a column of the table of the first 90 days."""
LONGEST_IN_TABLE = 200
MOST_EDITED = 3_000
"""Characters of all edited sentences together."""
_MOST_LINES = 8
COLOURS = ("primary", "secondary")


def brand_of(settings: ReportSettings) -> Brand:
    """Return the brand of a report.

    Raises:
        InputError: for a colour that cannot be read on white nor be a ground for text, and a logo that is no small PNG.
    """
    problems = settings_problems(settings)
    if problems:
        raise InputError(problems)
    return Brand(
        name=settings.brand,
        logo=logo_of(settings.logo),
        primary=settings.primary.upper(),
        secondary=settings.secondary.upper(),
        cover_text=settings.cover_text,
    )


def settings_problems(settings: ReportSettings) -> list[Problem]:
    """Return why report settings cannot stand, one problem for each."""
    found = [colour_problem(field, getattr(settings, field)) for field in COLOURS if getattr(settings, field)]
    problems = [problem for problem in found if problem is not None]
    lines = settings.cover_text.count("\n") + 1
    if lines > _MOST_LINES:
        problems.append(
            Problem(f"{lines} lines are more than the cover holds", f"use at most {_MOST_LINES}", subject="cover_text")
        )
    problems += [
        Problem("the edited sentence is blank", "restore the generated one, or type one", subject=f"edits.{key}")
        for key, edit in settings.edits.items()
        if not edit.text.strip()
    ]
    problems += _long_edits(settings)
    for name in settings.left_out:
        if name in FIXED_SECTIONS:
            message = f"the section '{name}' says what the report was made from and always stands in it"
            problems.append(Problem(message, "switch another one off", subject="left_out"))
    try:
        logo_of(settings.logo)
    except InputError as error:
        problems += error.problems
    return problems


def _long_edits(settings: ReportSettings) -> list[Problem]:
    """Return why edited sentences would push the summary past its two pages."""
    lengths = {key: len(edit.text) for key, edit in settings.edits.items()}
    found = [
        Problem(
            f"the edited sentence has {length:,} characters; a column of the table holds {LONGEST_IN_TABLE}",
            "shorten it",
            subject=f"edits.{key}",
        )
        for key, length in lengths.items()
        if key.startswith(IN_TABLE) and length > LONGEST_IN_TABLE
    ]
    if sum(lengths.values()) > MOST_EDITED:
        message = (
            f"the edited sentences have {sum(lengths.values()):,} characters together; "
            f"at most {MOST_EDITED:,} fit on the two pages of the summary"
        )
        found.append(Problem(message, "shorten some of them, or restore generated ones", subject="edits"))
    return found


def colour_problem(field: str, code: str) -> Problem | None:
    """Return why a colour cannot be used, with the nearest one that can; None where it can.

    Text in it has to be read on white. A second colour may be so light instead that the report's text is read on it.
    """
    found = contrast(code, WHITE)
    if found >= LEAST or (field == "secondary" and readable(TEXT, code)):
        return None
    told = int(found * 100) / 100  # never rounded up to what would pass
    message = f"{code.upper()} has a contrast of {told:.2f} to 1 with white, and text needs {LEAST}"
    return Problem(message, f"the nearest that passes is {nearest_passing(code)}", subject=field)
