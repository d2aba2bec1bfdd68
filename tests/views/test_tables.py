"""Tables on a page: figures stand under each other by their places, and none is broken over two lines."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import streamlit

from reports.document import Column, Table
from views import blocks

Drawn = Callable[..., list[str]]
_JOINER, _KEPT = "\N{WORD JOINER}", "\N{NO-BREAK SPACE}"


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> Drawn:
    """Return a function that draws a table on a laptop and returns the lines of its Markdown."""
    said: list[str] = []
    monkeypatch.setattr(blocks, "on_phone", lambda: False)
    monkeypatch.setattr(streamlit, "markdown", said.append)

    def draw(header: tuple[str, ...], *rows: tuple[str, ...]) -> list[str]:
        blocks.table(header, rows)
        return said[-1].split("\n")

    return draw


def _sides(drawn: Drawn, cells: tuple[str, ...]) -> str:
    return drawn(("Name", "Figure"), *((f"Row {place}", cell) for place, cell in enumerate(cells)))[1]


@pytest.mark.parametrize(
    "cells",
    [
        ("57.9", "100.0"),
        ("30.6–40.2", "–"),
        ("3.34 M", "615 k"),
        ("−2.95 M to 15.8 M",),
        ("94%", "7%"),
    ],
)
def test_a_column_of_figures_stands_to_the_right(drawn: Drawn, cells: tuple[str, ...]) -> None:
    """Digits are read by their places: amounts, spans, shares and ends alike, whatever dashes stand between them."""
    assert _sides(drawn, cells) == "| --- | ---: |"


@pytest.mark.parametrize(
    "cells", [("–", "–"), ("Level 2",), ("11, 18, 32",), ("month 30", "never"), ("57.9", "range only"), ("9 of 9",)]
)
def test_a_column_with_words_stands_to_the_left(drawn: Drawn, cells: tuple[str, ...]) -> None:
    """A column in which a single cell has words is read as text."""
    assert _sides(drawn, cells) == "| --- | --- |"


def test_no_figure_of_a_table_is_broken_over_two_lines(drawn: Drawn) -> None:
    """The ends of a range, a level and a count with its share stay together where a column is narrow."""
    rows = (("30.6–40.2", "Level 2", "6 (46%)", "month 30"),)
    assert drawn(("a", "b", "c", "d"), *rows)[2] == (
        f"| 30\\.6–{_JOINER}40.2 | Level{_KEPT}2 | 6{_KEPT}(46%) | month{_KEPT}30 |"
    )


def test_a_report_says_which_of_its_columns_stand_to_the_right(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a section of the report aligns stands on the screen as on paper; figures alone do so in any case."""
    said: list[str] = []
    monkeypatch.setattr(blocks, "on_phone", lambda: False)
    monkeypatch.setattr(streamlit, "markdown", said.append)
    columns = (Column("Figure"), Column("Start now", align="right"), Column("People"), Column("Why"))
    blocks.show([Table("", columns, (("Payback", "month 36", "13", "–"),))])
    assert said[-1].split("\n")[1] == "| --- | ---: | ---: | --- |"
