"""What a team sets for its report: whose it is, what it leaves out, when it is a draft, and what it edited."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from assessment.fields import Model, Share

LOGO_CHARACTERS = 280_000
"""Length of the longest logo in base64: that of a picture of 210,000 bytes."""
LONGEST_EDIT = 700
LONGEST_COVER_TEXT = 600
COLOUR_FORM = "#[0-9A-Fa-f]{6}"
Colour = Annotated[str, Field(pattern=rf"^({COLOUR_FORM})?$")]
Name = Annotated[str, Field(min_length=1, max_length=80)]


class SentenceEdit(Model):
    """A sentence of the summary as a person wrote it, who that was, and the generated sentence that it replaces."""

    text: str = Field(min_length=1, max_length=LONGEST_EDIT)
    of: str = Field(default="", max_length=4000)
    by: str = Field(default="", max_length=80)


class ReportSettings(Model):
    """How the report of one assessment looks and what stands in it; none of it moves a figure.

    ``logo`` is a PNG in base64. ``primary`` and ``secondary`` are colours as ``#rrggbb``; empty ones are those of the
    product. ``left_out`` holds the ids of sections that are switched off. Below ``draft_below`` (share of the asked
    questions that are answered) every page is marked as a draft. ``edits`` are by the key of the sentence.
    """

    brand: str = Field(default="", max_length=120)
    logo: str = Field(default="", max_length=LOGO_CHARACTERS, pattern=r"^[A-Za-z0-9+/]*={0,2}$")
    primary: Colour = ""
    secondary: Colour = ""
    cover_text: str = Field(default="", max_length=LONGEST_COVER_TEXT)
    left_out: tuple[Name, ...] = Field(default=(), max_length=60)
    draft_below: Share = 0.0
    edits: dict[Name, SentenceEdit] = Field(default_factory=dict, max_length=60)
