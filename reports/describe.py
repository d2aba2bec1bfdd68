"""From an evaluation to the description of its report: figures are read from the evaluation, and none is computed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.watching import Watch
from reports.board import draft_sentence
from reports.brand import FIXED_SECTIONS, brand_of
from reports.document import Cover, Document, Section
from reports.score_words import mode_label
from reports.sections.answers import answers
from reports.sections.assumptions import assumptions
from reports.sections.constraints import constraints
from reports.sections.context import context
from reports.sections.crosswalk import crosswalks
from reports.sections.disagreement import disagreement
from reports.sections.economics import economics
from reports.sections.edits import edits
from reports.sections.identity import identity
from reports.sections.load import wall_ahead
from reports.sections.matters import matters
from reports.sections.measured import measured
from reports.sections.method import method
from reports.sections.money import money_by_quarter
from reports.sections.register import register
from reports.sections.roadmap import initiative_sheets, roadmap
from reports.sections.scenarios import scenarios
from reports.sections.scores import scores, steps
from reports.sections.summary import summary
from reports.sections.targets import targets
from reports.sections.timing import timing
from reports.wording import wording

if TYPE_CHECKING:
    from models.evaluation import Evaluation
    from models.scenario_runs import Comparison

_SECTIONS = (
    summary,
    scores,
    steps,
    disagreement,
    constraints,
    context,
    crosswalks,
    targets,
    register,
    measured,
    wall_ahead,
    economics,
    timing,
    matters,
    money_by_quarter,
    roadmap,
    initiative_sheets,
    assumptions,
    method,
    answers,
    edits,
    identity,
)
_SHORT_HASH = 12


def describe(evaluation: Evaluation, comparison: Comparison | None = None, watch: Watch | None = None) -> Document:
    """Return the report of an evaluation as data, with its charts in print colours; scenarios where they were run.

    Args:
        evaluation: what is reported.
        comparison: the named futures, where they were run.
        watch: who follows it, section by section.

    Raises:
        StoppedError: when who follows said so.
        InputError: for report settings that cannot stand, as in a file from outside.
    """
    assessment, brand = evaluation.assessment, brand_of(evaluation.assessment.report)
    left_out = set(assessment.report.left_out) - set(FIXED_SECTIONS)
    return Document(
        title=assessment.name,
        author=brand.name or assessment.organisation or "Sixstep",
        subject=evaluation.questionnaire.title,
        language="en-GB",
        cover=_cover(evaluation),
        sections=tuple(one for one in every_section(evaluation, comparison, watch) if one.id not in left_out),
        stamp=f"Sixstep {evaluation.identity.product_version} · inputs {evaluation.identity.inputs_hash[:_SHORT_HASH]}",
        label=wording().fictional if assessment.fictional else "",
        brand=brand,
        draft=draft_sentence(evaluation),
    )


def every_section(
    evaluation: Evaluation, comparison: Comparison | None = None, watch: Watch | None = None
) -> tuple[Section, ...]:
    """Return the sections that have something to say, also those that are switched off; who follows may stop it."""
    watch, sections = watch or Watch(), list[Section]()
    for number, make in enumerate(_SECTIONS):
        watch.step(number / len(_SECTIONS))
        sections.append(make(evaluation))
    if comparison is not None:
        sections.insert(_SECTIONS.index(economics) + 1, scenarios(comparison, evaluation.parameters))
    return tuple(section for section in sections if section.blocks)


def _cover(evaluation: Evaluation) -> Cover:
    assessment, found = evaluation.assessment, evaluation.identity
    lines = (
        ("Assessment", mode_label(evaluation.scores)),
        ("Questionnaire", f"{evaluation.questionnaire.title}, version {found.questionnaire_version}"),
        ("Answered", f"{evaluation.scores.answered} of {evaluation.scores.asked} questions"),
        ("Made from", f"inputs {found.inputs_hash[:_SHORT_HASH]}, seed {found.seed}, {found.paths:,} paths"),
    )
    return Cover(
        title=assessment.name,
        organisation=assessment.organisation,
        subtitle="Maturity under the architecture's ceiling, the cost of waiting, and a roadmap",
        label=wording().fictional if assessment.fictional else "",
        lines=lines,
    )
