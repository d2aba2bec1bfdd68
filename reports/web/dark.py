"""Charts in the colours of a dark screen: rules of the style sheet, so that a chart stands once in the page."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import fields
from functools import lru_cache
from types import MappingProxyType

from reports.charts.figure import Figure
from reports.charts.theme import Look, palette
from reports.vectors import chart_svg

_PAINT = re.compile(r'\b(fill|stroke|stop-color)="(#[0-9A-Fa-f]{3,8}|rgb\([0-9, ]+\))"')
_CODE = re.compile(r'"(#[0-9A-Fa-f]{6})"')


def dark_rules(figures: Sequence[Figure], names: Sequence[str]) -> str:
    """Return the rules that turn charts, drawn for paper, into the colours of a dark screen.

    Args:
        figures: the charts of a page.
        names: the name of the element around each, in the same order.
    """
    rules = [_rule(".drawing", light, dark) for light, dark in _codes().items()]
    for figure, name in zip(figures, names, strict=True):
        rules += [_rule(f"#{name}", light, dark) for light, dark in _between(figure.json).items()]
    return "@media screen and (prefers-color-scheme: dark) {\n" + "\n".join(rules) + "\n}\n"


def _rule(where: str, light: str, dark: str) -> str:
    paints = ("fill", "stroke", "stop-color")
    return " ".join(f'{where} [{paint}="{light}"] {{ {paint}: {dark}; }}' for paint in paints)


@lru_cache(maxsize=1)
def _codes() -> Mapping[str, str]:
    """Return the colour on a dark screen of each colour on paper; one that has two uses takes that of the first."""
    found: dict[str, str] = {}
    for light, dark in zip(_colours("print"), _colours("dark"), strict=True):
        found.setdefault(light, dark)
    return MappingProxyType(found)


def _colours(look: Look) -> list[str]:
    every = palette(look)
    values = [getattr(every, item.name) for item in fields(every)]
    return [code for value in values for code in (value if isinstance(value, tuple) else (value,))]


def _between(specification: str) -> dict[str, str]:
    """Return the dark colour of each colour that a scale made between those of the palette.

    The chart is drawn a second time from the same specification in dark colours, and the two are held side by side.
    """
    light = _PAINT.findall(chart_svg(specification))
    unknown = [code for _, code in light if code not in _codes()]
    if not unknown:
        return {}
    turned = _CODE.sub(lambda found: f'"{_codes().get(found[1], found[1])}"', specification)
    dark = _PAINT.findall(chart_svg(turned))
    pairs = zip(light, dark, strict=False)  # the same marks in the same order
    return {before: after for (_, before), (_, after) in pairs if before not in _codes() and before != after}
