"""How much each part of the wall takes from each dimension's ceiling."""

from __future__ import annotations

from assessment.questionnaire import Questionnaire, WallFactor
from assessment.scores import FactorScore, Scores
from reports.binding_words import binding_sentence
from reports.charts.cells import Cell, Cells
from reports.charts.figure import Figure
from reports.charts.short_names import spelled_out
from reports.charts.theme import Look, finished, palette
from reports.figures_format import DASH, format_severity, rounded
from reports.score_words import dimension_title, factor_title
from reports.wording import wording

_TURNS = "At about 33 the colour turns all at once, so that the figures can be read; the step itself means nothing."
_HOW_TO_READ = (
    "Each cell: the cap (0 to 100) that the constraint alone sets on the dimension; a stronger tint takes more. "
    "\u201cBinding\u201d, with a heavy outline, marks the lowest cap, which is the dimension's ceiling."
)


def constraint_map(questionnaire: Questionnaire, scores: Scores, *, width: int = 680, look: Look = "light") -> Figure:
    """Draw constraint by dimension, shaded by the points that the constraint takes, with the binding one marked."""
    cells = Cells(
        rows=tuple(factor.title for factor in questionnaire.wall_factors),
        columns=tuple(item.short for item in questionnaire.dimensions),
        cells=tuple(
            tuple(_cell(factor, scores.factors[factor.id], item.id, scores) for item in questionnaire.dimensions)
            for factor in questionnaire.wall_factors
        ),
        width=width,
        look=look,
    )
    title, binding = constraint_sentence(questionnaire, scores), binding_sentence(questionnaire, scores)
    return Figure(
        id="constraints",
        title=title,
        chart=finished(cells.layers(palette(look)), look, width, cells.height, exact=True),
        alt=f"Table of shaded cells: one row a constraint, one column a dimension. {title} {binding}",
        header=("Constraint", "Severity (0 to 1)", *(item.short for item in questionnaire.dimensions)),
        rows=tuple(_table_row(questionnaire, factor, scores) for factor in questionnaire.wall_factors),
        note=" ".join(filter(None, [_HOW_TO_READ, _TURNS * cells.turns, spelled_out(questionnaire.dimensions)])),
    )


def _cell(factor: WallFactor, found: FactorScore, dimension: str, scores: Scores) -> Cell:
    cap = _cap(found, dimension, scores)
    return Cell(
        shade=0.0 if cap is None else (100 - cap) / 100,
        label=DASH if cap is None else rounded(cap),
        mark="binding" if scores.dimensions[dimension].binding_constraint == factor.id else "",
    )


def _cap(found: FactorScore, dimension: str, scores: Scores) -> float | None:
    """Return the cap of a constraint; the ceiling where it binds, which may be known though its severity is a range."""
    score = scores.dimensions[dimension]
    cap = found.caps.get(dimension) if found.applicable and found.severity.shown else None
    return score.ceiling.value if cap is None and score.binding_constraint == found.id else cap


def _table_row(questionnaire: Questionnaire, factor: WallFactor, scores: Scores) -> tuple[str, ...]:
    found = scores.factors[factor.id]
    cells = {item.id: _cell(factor, found, item.id, scores) for item in questionnaire.dimensions}
    caps = (f"{cell.label} ({cell.mark})" if cell.mark else cell.label for cell in cells.values())
    return (factor.title, format_severity(found.severity), *caps)


def constraint_sentence(questionnaire: Questionnaire, scores: Scores) -> str:
    """Say which constraint takes the most from which dimension."""
    texts = wording().charts
    taken = [
        (100 - cap, factor, dimension)
        for factor, found in scores.factors.items()
        if found.applicable and found.severity.shown
        for dimension, cap in found.caps.items()
        if cap is not None
    ]
    points, factor, dimension = max(taken, key=lambda item: item[0], default=(0.0, "", ""))
    if points <= 0:
        open_ = any(found.applicable and not found.severity.shown for found in scores.factors.values())
        return texts["heat_unknown" if open_ else "heat_none"]
    return texts["heat"].format(
        factor=factor_title(questionnaire, factor),
        points=rounded(points),
        dimension=dimension_title(questionnaire, dimension),
    )
