"""Scores under their ceilings, with ranges, coverage, gated levels and evidence; and the profile of the steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assessment.scores import DimensionScore
from reports.binding_words import stranded_sentences
from reports.charts.lifecycle import lifecycle
from reports.charts.maturity import maturity, step_profile
from reports.charts.posture import posture
from reports.document import Block, Column, FigureBlock, Paragraph, Section, Table
from reports.figures_format import (
    DASH,
    RANGE_ONLY,
    format_range,
    format_score,
    format_score_and_range,
    percent,
    point_or_range,
)
from reports.score_words import carried_sentence, coverage_sentence, gate_sentence
from reports.wording import fill, listed, wording

if TYPE_CHECKING:
    from assessment.questionnaire import Questionnaire
    from models.evaluation import Evaluation

_NO_SCORE, _RANGE_ONLY = "A dash, or no figure: the score does not exist.", "Range only: too few answers for a point."
_RANGES = "Ranges: answers that are missing or not known, at their lowest and at their highest."
_STATUS = {"not_started": "Not yet started", "in_progress": "In progress", "completed": "Completed"}


def scores(evaluation: Evaluation) -> Section:
    """Return the scores with their ceilings and ranges, and below them posture and lifecycle."""
    alone, rest = scores_alone(evaluation), posture_and_lifecycle(evaluation)
    return Section(alone.id, alone.title, (*alone.blocks, *rest.blocks), new_page=True)


def scores_alone(evaluation: Evaluation) -> Section:
    """Return the scores with their ceilings and ranges."""
    questionnaire, found = evaluation.questionnaire, evaluation.scores
    stranded = stranded_sentences(questionnaire, found)
    lead = " ".join(filter(None, (stranded[0], coverage_sentence(found), carried_sentence(evaluation))))
    blocks: list[Block] = [
        Paragraph(lead, tone="lead"),
        FigureBlock(maturity(questionnaire, found, look="print")),
        *(Paragraph(sentence) for sentence in stranded[1:]),
        _score_table(evaluation),
        _gate_table(evaluation),
    ]
    return Section("scores", "Maturity under its ceiling", tuple(blocks))


def _score_table(evaluation: Evaluation) -> Table:
    names = ("Effective", "Range", "Practice", "Ceiling", "Stranded", "Coverage")
    rows = [
        _score_row(item.title, evaluation.scores.dimensions[item.id]) for item in evaluation.questionnaire.dimensions
    ]
    overall = evaluation.scores.overall
    total = ("Overall, weighted by context", format_score(overall.effective), format_range(overall.effective))
    rows.append((*total, DASH, DASH, DASH, percent(overall.effective.coverage)))
    said = {cell for row in rows for cell in row}
    return Table(
        "Scores, 0 to 100",
        (Column("Dimension", 2.4), *(Column(name, 1.0, "right") for name in names)),
        tuple(rows),
        strong=(len(rows) - 1,),
        note=" ".join(filter(None, (_NO_SCORE, _RANGE_ONLY if RANGE_ONLY in said else "", _RANGES))),
    )


def _score_row(title: str, found: DimensionScore) -> tuple[str, ...]:
    return (
        title,
        format_score(found.effective),
        format_range(found.effective),
        point_or_range(found.practice),
        point_or_range(found.ceiling),
        format_score(found.stranded),
        percent(found.coverage),
    )


def _gate_table(evaluation: Evaluation) -> Table:
    columns = (
        Column("Dimension", 1.5),
        Column("Band", 0.9),
        Column("Level held, and what the next waits for", 2.6),
        Column("Claimed", 0.8, "right"),
        Column("Documented", 1.0, "right"),
        Column("Measured", 0.9, "right"),
    )
    rows = tuple(_gate_row(evaluation, item.id, item.title) for item in evaluation.questionnaire.dimensions)
    return Table(
        "Levels held, and the evidence behind the answers",
        columns,
        rows,
        note="A level holds when every core question stands at it or above, most of the weight does, and the ceiling "
        "allows it. Evidence: share of the answered weight.",
    )


def _gate_row(evaluation: Evaluation, dimension: str, title: str) -> tuple[str, ...]:
    found = evaluation.scores.dimensions[dimension]
    shares = (percent(found.evidence.get(kind)) for kind in ("claimed", "documented", "measured"))
    return (title, (found.band or DASH).capitalize(), gate_sentence(evaluation.questionnaire, found), *shares)


def posture_and_lifecycle(evaluation: Evaluation) -> Section:
    """Return the posture rows and the lifecycle loop; a section without blocks where the questionnaire has neither."""
    questionnaire, found = evaluation.questionnaire, evaluation.scores
    blocks: list[Block] = []
    if questionnaire.posture:
        rows = tuple(
            (row.title, row.reactive, format_score_and_range(found.posture[row.id]), row.engineered)
            for row in questionnaire.posture
        )
        columns = (Column("Posture", 1.3), Column("Reactive (0)", 2.1), Column("Stands at", 1.1, "centre"))
        blocks.append(FigureBlock(posture(questionnaire, found, look="print")))
        blocks.append(Table("Between reactive and engineered", (*columns, Column("Engineered (100)", 2.1)), rows))
    if questionnaire.lifecycle:
        blocks.append(FigureBlock(lifecycle(questionnaire, found, look="print")))
        blocks.append(_lifecycle(evaluation))
    return Section("posture", "Posture and lifecycle", tuple(blocks))


def _lifecycle(evaluation: Evaluation) -> Table:
    found = evaluation.scores.lifecycle
    arcs = evaluation.questionnaire.lifecycle
    return Table(
        "The lifecycle loop",
        (Column("Arc", 1.0), Column("What 100 would mean", 3.6), Column("Score", 1.1, "right")),
        tuple((arc.title, arc.summary, format_score_and_range(found[arc.id])) for arc in arcs),
    )


def steps(evaluation: Evaluation) -> Section:
    """Return the six steps, or however many the questionnaire has."""
    questionnaire, found = evaluation.questionnaire, evaluation.scores
    rows = []
    for number, step in enumerate(questionnaire.steps, 1):
        score = found.steps[step.id]
        answered = f"{score.answered} of {score.asked}"
        cells = (format_score(score.maturity), format_range(score.maturity), answered, _STATUS[score.status])
        rows.append((f"{number}. {step.title}", *cells))
    columns = (
        Column("Step", 2.8),
        Column("Maturity", 0.9, "right"),
        Column("Range", 1.0, "right"),
        Column("Answered", 0.9, "right"),
        Column("Status", 1.1),
    )
    blocks = (
        FigureBlock(step_profile(questionnaire, found, look="print")),
        Table("Maturity and completion by step", columns, tuple(rows), note=_named_alike(questionnaire)),
    )
    return Section("steps", "The steps", blocks)


def _named_alike(questionnaire: Questionnaire) -> str:
    """Say why a step and the dimension of the same name have two figures; nothing where no name is shared."""
    shared = {step.title for step in questionnaire.steps} & {item.title for item in questionnaire.dimensions}
    names = [f"“{step.title}”" for step in questionnaire.steps if step.title in shared]
    return fill(wording().findings["named_alike"], names=listed(names)) if names else ""
