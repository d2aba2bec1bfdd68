"""How the figures are made, in the words that a reader who checks them needs first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.document import Paragraph, Section
from reports.figures_format import percent
from reports.wording import fill, wording

if TYPE_CHECKING:
    from models.evaluation import Evaluation


def method(evaluation: Evaluation) -> Section:
    """Return a paragraph for each stage of the computation, with the figures of this report in it."""
    parameters, found, texts = evaluation.parameters, evaluation.identity, wording().method
    figures = {
        "dimensions": str(len(evaluation.questionnaire.dimensions)),
        "factors": str(len(evaluation.questionnaire.wall_factors)),
        "paths": f"{found.paths:,}",
        "seed": str(found.seed),
        "evpi": percent(parameters.decision.evpi_share.value),
        "best": percent(parameters.decision.best_probability.value),
    }
    parts = (Paragraph(fill(text, **figures), label=_label(name)) for name, text in texts.items() if name != "title")
    return Section("method", texts["title"], tuple(parts))


def _label(name: str) -> str:
    return f"{name.replace('_', ' ').capitalize()}."
