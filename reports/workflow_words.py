"""The figures of a workflow in words: what each is called, its unit as people type it, and what may be typed."""

from __future__ import annotations

from dataclasses import dataclass

from assessment.answers import Workflow
from reports.figures_format import DASH, plain

_DIGITS = 12


@dataclass(frozen=True, slots=True)
class FigureWords:
    """One figure of a workflow.

    Attributes:
        name: the field of :class:`assessment.answers.Workflow`.
        title: what it is called where it is typed.
        short: what it is called at the head of a column.
        unit: in which it is typed and shown.
        scale: how many of that unit make one of the field's own.
        step: by how much the buttons of its field change it.
    """

    name: str
    title: str
    short: str
    unit: str
    scale: float = 1.0
    step: float = 1.0

    @property
    def told(self) -> str:
        """What the head of a column means, and its unit; letters that stand for words are said in words."""
        meant = self.title.removesuffix(self.short).rstrip(", ")
        name = self.short if meant == self.title else f"{self.short}, {meant[0].lower()}{meant[1:]}"
        return f"{name}: {self.unit}"

    def of(self, workflow: Workflow) -> float | None:
        """Return the figure in the unit that people see."""
        value: float | None = getattr(workflow, self.name)
        return None if value is None else round(value * self.scale, _DIGITS)

    def stored(self, typed: float | None) -> float | None:
        """Return a typed figure in the unit of the field."""
        return None if typed is None else round(typed / self.scale, _DIGITS)

    def text(self, workflow: Workflow) -> str:
        """Return the figure as it is printed; a dash for none."""
        value = self.of(workflow)
        return DASH if value is None else plain(value) if self.name != "availability" else f"{value:g}"

    def fault(self, typed: float | None) -> str:
        """Return what is wrong with a typed figure, in one sentence; nothing when it can be saved."""
        if typed is None:
            return ""
        value, bounds = typed / self.scale, self._bounds()
        above, low, high = bounds.get("gt"), bounds.get("ge"), bounds.get("le")
        if (above is None or value > above) and (low is None or value >= low) and (high is None or value <= high):
            return ""
        start = f"above {plain(above * self.scale)}" if above is not None else f"from {plain((low or 0) * self.scale)}"
        end = "" if high is None else f" up to {plain(high * self.scale)}"
        return f"Not saved: give a figure {start}{end} ({self.unit})."

    def _bounds(self) -> dict[str, float]:
        found: dict[str, float] = {}
        for rule in Workflow.model_fields[self.name].metadata:
            found |= {key: float(getattr(rule, key)) for key in ("gt", "ge", "le") if hasattr(rule, key)}
        return found


WORDS = (
    FigureWords("peak_per_hour", "Load in its normal peak hour", "Peak hour", "requests an hour", step=100),
    FigureWords("growth_per_year", "Growth of that load", "Growth", "% a year", scale=100, step=1),
    FigureWords("surge", "Surge that it must bear", "Surge", "times the peak hour", step=0.1),
    FigureWords("latency_ms", "Latency at the clinician's screen, 95th percentile", "Latency", "milliseconds", step=50),
    FigureWords("availability", "Availability", "Available", "% of the time", scale=100, step=0.01),
    FigureWords("rto_hours", "Recovery time, RTO", "RTO", "hours", step=1),
    FigureWords("rpo_minutes", "Data that may be lost, RPO", "RPO", "minutes of entries", step=5),
)
BY_NAME = {words.name: words for words in WORDS}


def named(name: str) -> str:
    """Return what a figure is called in the middle of a sentence."""
    title = BY_NAME[name].title
    return title[:1].lower() + title[1:]
