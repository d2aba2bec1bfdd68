"""A fitted load test as blocks: where it breaks first, then the picture, the figures, what speaks against them."""

from __future__ import annotations

from collections.abc import Sequence

from assessment.loadtests.points import LoadTest
from models.scalability import UslFit
from models.wall import Wall
from reports.charts.figure import Figure
from reports.charts.wall import wall_chart
from reports.document import Block, Bullets, Callout, Column, FigureBlock, Heading, Section, Table
from reports.walls import (
    FIGURES,
    POINTS,
    breaking_sentence,
    figure_rows,
    meaning_sentences,
    month_sentence,
    notes_of,
    point_rows,
    today_sentence,
    warning_sentences,
)
from reports.wording import wording

_WIDE = 2.0


def wall(
    tests: Sequence[LoadTest],
    fit: UslFit,
    found: Wall | None = None,
    assumed: Sequence[str] = (),
    drawn: Figure | None = None,
) -> Section:
    """Return what a load test says, with the chart for paper unless another one is given."""
    answer = [breaking_sentence(fit)]
    if found is not None:
        answer += [today_sentence(found), month_sentence(found)]
    blocks: list[Block] = [
        Callout(" ".join(filter(None, answer)), title=wording().headings_wall["answer"], kind="note"),
        *_against([*warning_sentences(fit), *assumed]),
        FigureBlock(drawn or wall_chart(fit, found, look="print")),
        Heading(wording().headings_wall["figures"]),
        Table("", _columns(FIGURES), tuple(figure_rows(fit)), note=wording().headings_wall["ranges"]),
        Bullets(tuple(meaning_sentences(fit))),
        Heading(wording().headings_wall["points"]),
        Table("", _columns(POINTS), tuple(point_rows(tests, fit))),
    ]
    notes = notes_of(tests)
    return Section("wall", wording().headings_wall["title"], (*blocks, *([Bullets(tuple(notes))] if notes else [])))


def _against(sentences: Sequence[str]) -> list[Block]:
    """Return what speaks against the figures, as one block; nothing when nothing does."""
    return [Callout(" ".join(sentences), title=wording().headings_wall["against"], kind="warning")] if sentences else []


def _columns(names: Sequence[str]) -> tuple[Column, ...]:
    return (Column(names[0], _WIDE), *(Column(name, 1.0, "right") for name in names[1:]))
