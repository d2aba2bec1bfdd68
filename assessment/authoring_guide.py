"""The authoring guide as data: bounds and word lists that the wording rules hold a questionnaire to."""

from __future__ import annotations

import re
from functools import cache, cached_property
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from assessment.fields import Model, Positive, Text
from assessment.reading import read_document, validate
from questionnaires import AUTHORING


class Between(Model):
    """A lowest and a highest count, with the reason."""

    low: int = Field(ge=1)
    high: int = Field(ge=1)
    because: Text

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.low > self.high:
            message = "low must not exceed high"
            raise ValueError(message)
        return self


class Below(Model):
    """A bound that a figure must stay below, with the reason."""

    below: Positive
    because: Text


class AtLeast(Model):
    """A count that must be reached, with the reason."""

    at_least: int = Field(ge=1)
    because: Text


class WordList(Model):
    """Words and phrases, with the reason.

    A phrase in ``allowed`` may contain a word of the list; where ``inflected``, a plural or a possessive is the word.
    """

    words: tuple[Text, ...] = Field(min_length=1)
    allowed: tuple[Text, ...] = ()
    inflected: bool = False
    because: Text

    @cached_property
    def as_set(self) -> frozenset[str]:
        """The words in small letters."""
        return frozenset(word.lower() for word in self.words)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        # A longer phrase is tried before the shorter one that it begins with.
        phrases = "|".join(re.escape(word) for word in sorted(self.words, key=len, reverse=True))
        ending = "(?:'s|s'|s|es)?" if self.inflected else ""
        return re.compile(rf"(?<![\w-])({phrases}){ending}(?![\w-])", re.IGNORECASE)

    @cached_property
    def _permitted(self) -> re.Pattern[str] | None:
        phrases = "|".join(re.escape(phrase) for phrase in self.allowed)
        return re.compile(rf"\b(?:{phrases})\b", re.IGNORECASE) if phrases else None

    def found_in(self, text: str) -> tuple[str, ...]:
        """Return the listed words that stand in ``text``, in order, as they are listed there."""
        if self._permitted is not None:
            text = self._permitted.sub(" ", text)
        return tuple(match[1] for match in self._pattern.finditer(text))


class Whole(Model):
    """The figure that a share in this unit cannot pass."""

    unit: Text
    figure: Positive


class RangeWords(Model):
    """How the anchor of a measured question may begin, by what it says about the figure that follows.

    The whole of a share, such as 100 per cent, may stand alone.
    """

    above: tuple[Text, ...] = Field(min_length=1)
    up_to: tuple[Text, ...] = Field(min_length=1)
    from_: tuple[Text, ...] = Field(min_length=1, alias="from")
    below: tuple[Text, ...] = Field(min_length=1)
    whole: Whole


class Guide(Model):
    """A whole authoring file."""

    format: Literal["sixstep-authoring/1"]
    language: Text
    anchor_words: Between
    reading_grade: Below
    trade: WordList
    likeness: Below
    evidence: AtLeast
    reason_words: AtLeast
    vague: WordList
    comparing: WordList
    joined: WordList
    clinical: WordList
    filler: WordList
    ranges: RangeWords


@cache
def load_guide(path: Path = AUTHORING) -> Guide:
    """Read an authoring file; without a path, the built-in one.

    Raises:
        InputError: with every fault found, each naming file and line.
    """
    return validate(Guide, read_document(path))
