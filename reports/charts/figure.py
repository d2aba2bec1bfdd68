"""A chart with its finding, its alternative text and the table behind it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, TypeAlias

import altair as alt

Chart: TypeAlias = alt.Chart | alt.LayerChart


@dataclass(frozen=True, slots=True)
class Figure:
    """One chart, ready for any medium.

    Attributes:
        id: stable name of the chart.
        title: the finding in a sentence; it stands above the chart and is not drawn in it.
        chart: the Altair specification, with its configuration.
        alt: alternative text: what is drawn, and the finding.
        header: column names of the table behind the chart.
        rows: the table behind the chart, as text.
        note: how to read the marks.
    """

    id: str
    title: str
    chart: Chart
    alt: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""

    @property
    def spec(self) -> dict[str, Any]:
        """The Vega-Lite specification."""
        return dict(self.chart.to_dict())

    @property
    def json(self) -> str:
        """The specification as text, the same for the same figures."""
        return json.dumps(self.spec, sort_keys=True, ensure_ascii=False)
