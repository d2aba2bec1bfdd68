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
        ("57.9", "range only"),
        ("0.0–100.0 (range only)", "44.2 (43.0–45.4)"),
    ],
)
def test_a_column_of_figures_stands_to_the_right(drawn: Drawn, cells: tuple[str, ...]) -> None:
    """Digits are read by their places: amounts, spans, shares and ends alike, whatever dashes stand between them."""
    assert _sides(drawn, cells) == "| --- | ---: |"


@pytest.mark.parametrize("cells", [("–", "–"), ("Level 2",), ("11, 18, 32",), ("month 30", "never"), ("9 of 9",)])
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


def test_a_row_that_a_section_sets_bold_is_bold_on_the_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sum of a table, and the row that turns a decision, are told from the others as on paper."""
    said: list[str] = []
    monkeypatch.setattr(blocks, "on_phone", lambda: False)
    monkeypatch.setattr(streamlit, "markdown", said.append)
    blocks.show([Table("", (Column("Cost"), Column("Amount"), Column("")), (("a", "1", ""), ("All", "3", "")), (1,))])
    assert said[-1].split("\n")[2:] == ["| a | 1 |  |", "| **All** | **3** |  |"]


def test_a_cell_that_is_a_range_stays_on_one_line(drawn: Drawn) -> None:
    """The ends of a change are read together; a sentence with a range in it breaks where it has to."""
    cells = drawn(("a", "b"), ("−45.4 to 57.0", "from 1 to 2"))[2].split(" | ")
    assert cells == [f"| −45.4{_KEPT}to{_KEPT}57.0", "from 1 to 2 |"]


def test_no_word_of_a_wide_head_stands_alone(drawn: Drawn) -> None:
    """The room that widens a column of long texts does not push the last word of its head onto a line of its own."""
    head = drawn(("Level held, and what the next waits for", "Does not show"), ("a" * 70, "b " * 40))[0]
    assert head.replace(_KEPT, " ").replace(_JOINER, "").split() == [
        "|",
        "Level",
        "held,",
        "and",
        "what",
        "the",
        "next",
        "waits",
        "for",
        "|",
        "Does",
        "not",
        "show",
        "|",
    ]
    assert head.split(" ")[1:4] == ["Level", "held,", "and"]
    assert f"what{_KEPT}the{_KEPT}next{_KEPT}waits{_KEPT}for" in head
    assert f"Does{_KEPT}not{_KEPT}show" in head
