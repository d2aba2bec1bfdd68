"""The reading level: the published formula over syllables that a dictionary would give."""

from __future__ import annotations

import pytest

from assessment.reading_level import grade, syllables

# Counts of the CMU Pronouncing Dictionary.
KNOWN = [
    ("ward", 1), ("dose", 1), ("nurse", 1), ("scaled", 1), ("changed", 1), ("rules", 1), ("queue", 1), ("heart", 1),
    ("patient", 2), ("table", 2), ("release", 2), ("dated", 2), ("planted", 2), ("carries", 2), ("reaches", 2),
    ("doubled", 2), ("values", 2), ("medicine", 3), ("hospital", 3), ("resources", 3), ("evidence", 3),
    ("completed", 3), ("recovery", 4), ("emergency", 4), ("capacity", 4), ("availability", 6), ("observability", 6),
]  # fmt: skip


@pytest.mark.parametrize(("word", "count"), KNOWN)
def test_syllables_are_those_of_the_dictionary(word: str, count: int) -> None:
    """Plain, inflected and long words get the count of a pronouncing dictionary."""
    assert syllables(word) == count


@pytest.mark.parametrize("sign", ["HL7", "FHIR", "RTO", "RPO", "HTI-1", "PHI", "APIs"])
def test_a_sign_of_the_trade_is_read_as_one(sign: str) -> None:
    """An acronym is one shape to those who use it."""
    assert syllables(sign) == 1


def test_joined_words_are_counted_one_by_one() -> None:
    """A hyphen joins words without making a longer one; a possessive adds nothing."""
    assert syllables("read-only") == syllables("read") + syllables("only")
    assert syllables("nurse's") == syllables("nurse")


def test_the_formula_by_hand() -> None:
    """Ten words, two sentences, 12 syllables: 0.39 x 10 / 2 + 11.8 x 12 / 10 - 15.59 = 0.52."""
    text = "The nurse waits for the screen. The patient waits longer."
    assert grade(text) == pytest.approx(0.52)


def test_figures_do_not_count_and_a_semicolon_is_a_rest() -> None:
    """A figure is read at a glance, and a clause after a semicolon is a sentence of its own."""
    assert grade("The nurse waits 15 minutes.") == grade("The nurse waits minutes.")
    assert grade("The nurse waits; the patient waits.") == grade("The nurse waits. The patient waits.")


def test_trade_words_count_as_two_at_most() -> None:
    """A word that every reader knows from work makes no sentence hard."""
    text = "Medication and laboratory."
    assert grade(text, {"medication", "laboratory"}) == pytest.approx(0.39 * 3 + 11.8 * 5 / 3 - 15.59)
    assert grade("The ward.", {"ward"}) == grade("The ward.")


@pytest.mark.parametrize("text", ["", "42", "..."])
def test_a_text_without_words_is_not_hard(text: str) -> None:
    """Nothing to read is no division by zero."""
    assert grade(text) < 0
