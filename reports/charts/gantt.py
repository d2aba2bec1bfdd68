"""The roadmap on a calendar of quarters, step by step: when work is done, and by when it is likely to be."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from assessment.questionnaire import Questionnaire
from models.initiatives import InitiativeFile
from models.outlook import FinishDate
from models.roadmap import MONTHS_PER_QUARTER, Placement, Plan
from reports.charts.figure import Figure
from reports.charts.quarters import quarter_axis, shaded_quarters
from reports.charts.rows import even_scale, word_widths
from reports.charts.theme import Look, Marks, Palette, by_width, finished, inline, layered, palette
from reports.wording import fill, wording

_LINE, _OVER, _BAR, _GAP, _HEADER = 13, 1, 9, 6, 23
"""Heights in pixels: a line of a label, the room over a bar, the bar, the room under it, the title of a step."""
_CHARACTER, _BOLD = 5.5, 6.4
_TALLEST = 520
"""Most pixels that the rows of one part take on paper: it then finds room on a page that begins with something else."""
_WORDS = {"lift": "lifts", "prepare": "prepares", "raise": "raises", "wait": "no rise yet"}
_KINDS = {
    "lifts_binding_constraint": "lift",
    "prepares_a_lift": "prepare",
    "prepares": "prepare",
    "raises_effective": "raise",
    "raises_with": "wait",
    "raises_nothing": "wait",
}


@dataclass(frozen=True, slots=True)
class _Item:
    """A placement with its title, the title of its step and the months by which it is finished."""

    placement: Placement
    title: str
    step: str
    date: FinishDate

    def lines(self, width: int) -> list[str]:
        return _wrapped(f"{self.title} \u00b7\u00a0{_WORDS[_KINDS[self.placement.reason]]}", width / _CHARACTER)

    def head(self, width: int) -> list[str]:
        return _wrapped(self.step, width / _BOLD)

    def head_height(self, width: int) -> int:
        return _HEADER + _LINE * (len(self.head(width)) - 1)

    def height(self, width: int) -> int:
        return _LINE * len(self.lines(width)) + _OVER + _BAR + _GAP


def gantt(
    questionnaire: Questionnaire,
    initiatives: InitiativeFile,
    plan: Plan,
    *,
    width: int = 680,
    look: Look = "light",
    dates: Mapping[str, FinishDate] | None = None,
    placements: Sequence[Placement] | None = None,
) -> Figure:
    """Draw when each initiative is worked on, by quarter, in groups of their steps.

    Args:
        questionnaire: for the order and titles of the steps.
        initiatives: for their titles.
        plan: what is placed when.
        width: of the whole chart in pixels.
        look: light, dark or print.
        dates: by when each initiative is likely to be finished; without them the planned month stands for both.
        placements: a part of the plan to draw, when the whole is too long for one page.
    """
    every = _items(questionnaire, initiatives, plan, dates)
    drawn = every if placements is None else [item for item in every if item.placement in placements]
    sure = max((item.date.p80 for item in every), default=0)
    title, latest = gantt_sentence(initiatives, plan, sure), max(plan.months, sure)
    chart, height = _layers(drawn, latest, palette(look), word_widths(width, look))
    return Figure(
        id="roadmap",
        title=title,
        chart=finished(chart, look, width, height, exact=True),
        alt=f"Calendar of initiatives by quarter, in groups of their steps. {title}",
        header=tuple(wording().roadmap["gantt_header"].split("; ")),
        rows=tuple(_table_row(item) for item in drawn),
        note=_note(every, dated=bool(dates)),
    )


def _note(items: Sequence[_Item], *, dated: bool) -> str:
    """Say how the bars are read; a hollow one only where the plan holds one."""
    texts = wording().roadmap
    hollow = any(_KINDS[item.placement.reason] == "wait" for item in items)
    return texts["gantt_note" if dated else "gantt_note_planned"] + (f" {texts['gantt_note_waits']}" if hollow else "")


def parts(
    questionnaire: Questionnaire,
    initiatives: InitiativeFile,
    plan: Plan,
    *,
    width: int = 680,
) -> list[list[Placement]]:
    """Return the placements in the order in which they are drawn, in as few parts of even height as pages need."""
    items = _items(questionnaire, initiatives, plan, None)
    heights = _heights(items, width)
    count = max(1, -(-sum(heights) // _TALLEST))
    found: list[list[Placement]] = [[] for _ in range(count)]
    above, whole = 0.0, float(sum(heights))
    for item, height in zip(items, heights, strict=True):
        found[min(count - 1, int(count * (above + height / 2) / whole))].append(item.placement)
        above += height
    return [part for part in found if part]


def _heights(items: Sequence[_Item], width: int) -> list[int]:
    """Return the pixels that each item takes, with the title of its step where it is the first of it."""
    found, step = [], None
    for item in items:
        found.append(item.height(width) + (item.head_height(width) if item.step != step else 0))
        step = item.step
    return found


def _items(
    questionnaire: Questionnaire,
    initiatives: InitiativeFile,
    plan: Plan,
    dates: Mapping[str, FinishDate] | None,
) -> list[_Item]:
    """Return the items by step, then by start."""
    steps = {step.id: (number, f"Step {number}: {step.title}") for number, step in enumerate(questionnaire.steps, 1)}
    found = []
    for item in sorted(plan.placements, key=lambda item: (item.start_month, item.finish_month, item.initiative)):
        known, month = initiatives.by_id[item.initiative], item.finish_month
        number, step = steps.get(known.step, (len(steps) + 1, known.step))
        date = (dates or {}).get(item.initiative, FinishDate(month, month, month))
        found.append((number, _Item(item, known.title, step, date)))
    return [item for _, item in sorted(found, key=lambda pair: pair[0])]


def _table_row(item: _Item) -> tuple[str, ...]:
    date = item.date
    quarters = (_quarter(month) for month in (date.planned, date.p50, date.p80))
    return (item.title, item.step, f"Q{item.placement.quarter}", *quarters)


def _quarter(month: int) -> str:
    return f"Q{-(-month // MONTHS_PER_QUARTER)}"


def _layers(
    items: Sequence[_Item], latest: int, colours: Palette, widths: tuple[int, int]
) -> tuple[alt.LayerChart, int]:
    """Return the chart and the pixels of its rows; every place down the chart is a number of pixels."""
    count = max(1, -(-latest // MONTHS_PER_QUARTER))
    wide, narrow = list[int](), list[int]()
    end = count * MONTHS_PER_QUARTER
    bars, words, heads, down = list[dict[str, Any]](), list[dict[str, Any]](), list[dict[str, Any]](), 0
    step = None
    for item in items:
        if item.step != step:
            step = item.step
            heads.append({"line": down + 3, "end": end})
            down += item.head_height(widths[1])
            wide.append(item.head_height(widths[0]))
            narrow.append(item.head_height(widths[1]))
            heads[-1] |= _text(down - 7, item.head, widths)
        down += item.height(widths[1])
        wide.append(item.height(widths[0]))
        narrow.append(item.height(widths[1]))
        bars.append(_bar(item, down))
        words.append(_text(down - _GAP - _BAR - _OVER - 3, item.lines, widths))

    scale, axis = alt.Scale(domain=[0, end], nice=False), quarter_axis(count, MONTHS_PER_QUARTER, widths[0])

    def x_of(field: str) -> alt.X:
        return alt.X(f"{field}:Q", scale=scale, axis=axis)

    def y_of(field: str) -> alt.Y:
        return alt.Y(f"{field}:Q", scale=even_scale(narrow, wide, widths[0]), axis=None)

    lines = alt.Chart(inline(heads)).mark_rule(color=colours.muted, strokeWidth=0.8)
    heading: Marks = {"fontSize": 11, "fontWeight": "bold", "color": colours.ink}
    return (
        layered(
            shaded_quarters(count, MONTHS_PER_QUARTER, scale, axis, colours),
            lines.encode(x=x_of("zero"), x2="end:Q", y=y_of("line")),
            *_bars(bars, x_of, y_of("at"), colours),
            *(
                _labels(rows, widths[0], **style).encode(x=x_of("zero"), y=y_of("at"))
                for rows, style in ((heads, heading), (words, {"fontSize": 10.5, "color": colours.ink}))
            ),
        ),
        max(1, down),
    )


def _bars(bars: list[dict[str, Any]], x_of: Callable[[str], alt.X], y: alt.Y, colours: Palette) -> list[alt.Chart]:
    """Return the bars of each kind, and behind them the lines to the later of the two dates."""
    base = alt.Chart(inline(bars)).encode(y=y)
    whisker: Marks = {"color": colours.ink, "strokeWidth": 1.4}
    return [
        base.mark_rule(**whisker).encode(x=x_of("p50"), x2="p80:Q"),
        base.mark_tick(orient="vertical", size=_BAR, thickness=1.4, color=colours.ink).encode(x=x_of("p80")),
        *(
            base.transform_filter(f"datum.kind == '{kind}'")
            .mark_bar(height=_BAR, strokeWidth=1.1, **style)
            .encode(x=x_of("start"), x2="p50:Q")
            for kind, style in _styles(colours).items()
        ),
    ]


def _wrapped(text: str, letters: float) -> list[str]:
    return textwrap.wrap(text, max(12, int(letters)), break_long_words=True)


def _text(last: float, lines: Callable[[int], list[str]], widths: tuple[int, int]) -> dict[str, Any]:
    """Return words in lines for the width of the chart and for a phone, the last of them so many pixels down."""
    row: dict[str, Any] = {"at": last, "zero": 0}
    for name, width in zip(("wide", "narrow"), widths, strict=True):
        said = lines(width)
        row |= {name: "\n".join(said), f"{name}_up": -_LINE * (len(said) - 1)}
    return row


def _labels(rows: list[dict[str, Any]], wide: int, **style: Any) -> alt.Chart:
    text, up = (by_width(f"datum.narrow{end}", f"datum.wide{end}", wide) for end in ("", "_up"))
    shared: Marks = {"align": "left", "baseline": "alphabetic", "dx": 2, "lineHeight": _LINE, "lineBreak": "\n"}
    drawn: alt.Chart = alt.Chart(inline(rows)).mark_text(text=text, dy=up, **shared, **style)
    return drawn


def _bar(item: _Item, foot: int) -> dict[str, Any]:
    return {
        "start": item.placement.start_month - 1,
        "p50": item.date.p50,
        "p80": item.date.p80,
        "kind": _KINDS[item.placement.reason],
        "at": foot - _GAP - _BAR / 2,
    }


def _styles(colours: Palette) -> dict[str, Marks]:
    return {
        "lift": {"color": colours.main, "stroke": colours.main, "strokeDash": [1, 0]},
        "raise": {"color": colours.accent, "stroke": colours.accent, "strokeDash": [1, 0]},
        "prepare": {"color": colours.pale, "stroke": colours.accent, "strokeDash": [4, 3]},
        "wait": {"color": colours.ground, "stroke": colours.muted, "strokeDash": [1, 0]},
    }


def gantt_sentence(initiatives: InitiativeFile, plan: Plan, latest: int = 0) -> str:
    """Say how many initiatives the roadmap holds, over how many quarters, and which comes first.

    ``latest`` is the month by which the last of them is finished with four chances in five, where that is known.
    """
    texts = wording().charts
    if not plan.placements:
        return texts["gantt_empty"]
    first = min(plan.placements, key=lambda item: (item.start_month, item.finish_month, item.initiative))
    planned, last = max(item.finish_quarter for item in plan.placements), -(-latest // MONTHS_PER_QUARTER)
    return fill(
        texts["gantt_late" if last > planned else "gantt"],
        count=str(len(plan.placements)),
        quarters=str(planned),
        first=initiatives.by_id[first.initiative].title,
        **({"latest": str(last)} if last > planned else {}),
    )
