"""Colours and type of every chart, for a light screen, a dark screen and paper.

No meaning rests on colour: marks differ in lightness, outline, dash or words as well, and red never stands against
green. Contrast of text on its ground is at least 4.5 to 1, of marks at least 3 to 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal, TypeAlias, cast

import altair as alt

from reports.charts.figure import Chart

Look = Literal["light", "dark", "print"]
Marks: TypeAlias = dict[str, Any]
"""Properties of a mark or an axis that several share."""
FONT = "Noto Sans, DejaVu Sans, sans-serif"
NARROW = 460
"""Width of a plot in pixels below which its words are laid out for a phone; asked for as the chart is drawn."""
_EDGE = 2
"""Pixels around a chart."""
STRATEGIES = ("reactive", "now", "delayed")
DASHES: Mapping[str, list[int]] = MappingProxyType({"reactive": [2, 3], "now": [1, 0], "delayed": [8, 4]})


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one look."""

    ink: str
    muted: str
    grid: str
    ground: str
    main: str
    on_main: str
    accent: str
    pale: str
    reactive: str
    scale: tuple[str, str, str, str]

    def strategy(self, name: str) -> str:
        """Return the colour of a strategy."""
        return {"reactive": self.reactive, "now": self.main, "delayed": self.accent}[name]


_LIGHT = Palette(
    ink="#1B2733",
    muted="#52606D",
    grid="#DCE3EA",
    ground="#FFFFFF",
    main="#14335C",
    on_main="#FFFFFF",
    accent="#0B7A80",
    pale="#E3F1F1",
    reactive="#A4501C",
    scale=("#F2F6F8", "#A9C3D6", "#2F5580", "#14335C"),
)
_DARK = Palette(
    ink="#EEF2F6",
    muted="#B4C0CC",
    grid="#3A4653",
    ground="#0E1117",
    main="#8FB8EA",
    on_main="#0B1622",
    accent="#5CC6C2",
    pale="#173437",
    reactive="#F0A36B",
    scale=("#16202B", "#34526F", "#7FA9DC", "#A9CBF5"),
)
_PALETTES: Mapping[Look, Palette] = MappingProxyType({"light": _LIGHT, "dark": _DARK, "print": _LIGHT})


def palette(look: Look) -> Palette:
    """Return the colours of a look."""
    return _PALETTES[look]


def theme(look: Look) -> dict[str, Any]:
    """Return the Vega-Lite configuration of a look; the ground is clear, so a page's own colour shows."""
    colours = palette(look)
    return {
        "background": "transparent",
        "mark": {"aria": False},  # the words of the whole are read, and its table; not every mark by itself
        "font": FONT,
        "view": {"stroke": None},
        "axis": {
            "labelColor": colours.ink,
            "labelFontSize": 11,
            "labelFontWeight": "normal",
            "titleColor": colours.muted,
            "titleFontSize": 11,
            "titleFontWeight": "normal",
            "gridColor": colours.grid,
            "domainColor": colours.muted,
            "tickColor": colours.muted,
            "labelLimit": 320,
            "labelPadding": 6,
            "labelFlush": False,
        },
        "text": {"font": FONT, "fontSize": 11, "color": colours.ink},
    }


def by_width(narrow: str, wide: str, least: int = NARROW) -> alt.ExprRef:
    """Return one of two Vega expressions, by the width at which the chart is drawn: ``wide`` needs ``least`` pixels."""
    return alt.ExprRef(f"width < {least} ? {narrow} : {wide}")


def strategy_legend(names: list[str], labels: Mapping[str, str], colours: Palette) -> alt.Legend:
    """Return a legend above the chart, each course with its dash and its words, two a line.

    As many lines at every width: a legend that grew once the plot has its size would stand outside of the picture.
    """
    told = " : ".join(f"datum.value == '{name}' ? '{labels[name]}'" for name in names) + " : ''"
    return alt.Legend(
        title=None,
        orient="top",
        columns=min(len(names), 2),
        labelExpr=told,
        labelColor=colours.ink,
        labelLimit=300,
        symbolType="stroke",
        symbolStrokeWidth=2.4,
        symbolSize=600,
        rowPadding=-7,
    )


def strategy_marks(names: list[str], labels: Mapping[str, str], colours: Palette) -> Marks:
    """Return the colour and dash by which courses are told apart, under one legend."""
    return {
        "color": alt.Color(
            "strategy:N",
            scale=alt.Scale(domain=names, range=[colours.strategy(name) for name in names]),
            legend=strategy_legend(names, labels, colours),
        ),
        "strokeDash": alt.StrokeDash(
            "strategy:N", scale=alt.Scale(domain=names, range=[DASHES[name] for name in names])
        ),
    }


def layered(*layers: Chart) -> alt.LayerChart:
    """Return charts drawn one over another, the first at the bottom."""
    return cast("alt.LayerChart", alt.layer(*layers))


def finished(chart: alt.LayerChart, look: Look, width: int, height: int, *, exact: bool = False) -> Chart:
    """Return a chart of exactly ``width`` pixels, axes included, in the given look.

    ``height`` is that of the whole chart; with ``exact`` that of its plot alone, so that a scale whose domain it is
    counts pixels. The edge is said here since a page would otherwise take its own from the plot.
    """
    sized: Chart = chart.properties(
        width=width,
        height=height,
        padding=dict.fromkeys(("left", "top", "right", "bottom"), _EDGE),
        autosize=alt.AutoSizeParams(type="fit-x" if exact else "fit", contains="padding"),
    ).configure(**theme(look))
    return sized


def inline(rows: list[dict[str, Any]]) -> alt.Data:
    """Return rows as data that travels inside the specification."""
    return cast("alt.Data", alt.InlineData(values=rows))
