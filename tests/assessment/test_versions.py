"""Versions are ordered by what they say, not by when they came."""

from __future__ import annotations

from itertools import pairwise

from assessment.versions import version_order


def test_figures_count_as_figures_and_a_draft_stands_before_what_it_becomes() -> None:
    """Nine comes before ten."""
    order = [version_order(version) for version in ("1.9", "1.10", "2026.1", "2026.9", "2026.10")]
    assert all(earlier < later for earlier, later in pairwise(order))


def test_a_version_that_carries_another_on_stands_after_it() -> None:
    """Words and figures alike."""
    for shorter, longer in (("1", "1.0"), ("2026.1", "2026.1-river"), ("2026.1-river", "2026.1-river.2")):
        assert version_order(shorter) < version_order(longer)


def test_a_word_stands_before_a_figure_in_its_place() -> None:
    """A draft of 2.1 is not newer than 2.1.3."""
    assert version_order("2.1-draft") < version_order("2.1.3")
