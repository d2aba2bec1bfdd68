"""A chart drawn many times with other numbers: the specification is made once, the numbers are handed to it.

To build and check a specification costs more than to simulate the futures that it shows. On screen and on paper it is
the same one: on paper with its numbers inside, on screen with its numbers beside it, so that a browser moves the marks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

import altair as alt

from reports.charts.figure import Chart

Numbers = Mapping[str, list[dict[str, Any]]]
"""Rows by the name of a data set."""


@dataclass(frozen=True, eq=False)
class Template:
    """A finished chart whose data sets are named and empty, and its specification."""

    chart: Chart
    spec: Mapping[str, Any]

    @classmethod
    def of(cls, chart: Chart) -> Template:
        """Return the template of a finished chart."""
        return cls(chart, chart.to_dict())

    def all_numbers(self, numbers: Numbers) -> Numbers:
        """Return every data set: those that a template is filled with, and those that never change."""
        return {**self.spec.get("datasets", {}), **numbers}

    def filled(self, numbers: Numbers) -> Chart:
        """Return the chart with numbers in its data sets."""
        chart = self.chart.copy(deep=False)
        chart.datasets = {name: list(rows) for name, rows in numbers.items()}
        return chart


def named(name: str) -> alt.Data:
    """Return a data set that a template is filled with."""
    return cast("alt.Data", alt.NamedData(name=name))
