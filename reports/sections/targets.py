"""Target levels, how far the answers are on the way to them, and the gaps that would move most."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.document import Block, Column, Paragraph, Section, Table
from reports.figures_format import format_range, format_score, format_score_and_range, score_value
from reports.wording import capitalised, fill, listed, wording

if TYPE_CHECKING:
    from assessment.questionnaire import Questionnaire
    from assessment.scores import Score
    from assessment.targets import Gap, TargetProgress
    from models.evaluation import Evaluation

MOST_GAPS = 10
NOT_KNOWN = "Not known"


def targets(evaluation: Evaluation) -> Section:
    """Return the progress to the target levels, or a section without blocks where none is set."""
    found = evaluation.scores.targets
    blocks = () if found is None else tuple(target_blocks(evaluation.questionnaire, found))
    return Section("targets", "Target levels", blocks)


def target_blocks(questionnaire: Questionnaire, found: TargetProgress) -> list[Block]:
    """Return the way to the targets: overall, by step and dimension, the largest gaps, and what is past."""
    preset = next((item for item in questionnaire.target_presets if item.id == found.preset), None)
    blocks: list[Block] = [Paragraph(progress_sentence(questionnaire, found), tone="lead")]
    if preset is not None:
        blocks.append(Paragraph(f"{preset.summary} {preset.because}", label=f"{preset.title}:"))
    blocks += [_ways(questionnaire, found), gap_table(questionnaire, found)]
    if found.past:
        titles = listed([f"\u201c{questionnaire.by_id[name].title}\u201d" for name in found.past])
        blocks.append(Paragraph(fill(wording().targets["past"], questions=titles)))
    return [*blocks, Paragraph(wording().targets["how"], tone="small")]


def progress_sentence(questionnaire: Questionnaire, found: TargetProgress) -> str:
    """Say how far the answers are on the way to the targets, and whose targets they are."""
    texts, source = wording().targets, _source(questionnaire, found)
    if not found.overall.exists:
        return fill(texts["overall_none"], source=source)
    if not found.overall.shown:
        low, high = score_value(found.overall.low), score_value(found.overall.high)
        return fill(texts["overall_range"], low=low, high=high, source=source)
    return fill(texts["overall"], progress=format_score_and_range(found.overall), source=source)


def _source(questionnaire: Questionnaire, found: TargetProgress) -> str:
    typed = sum(target.origin == "typed" for target in found.targets.values())
    titles = {item.id: item.title for item in questionnaire.target_presets}
    kind = "typed" if not found.preset else "preset_and_typed" if typed else "preset"
    return fill(wording().targets[kind], preset=titles.get(found.preset, ""), count=str(typed))


def _ways(questionnaire: Questionnaire, found: TargetProgress) -> Table:
    steps = [
        (f"Step {place}: {item.title}", *_progress(found.steps[item.id]))
        for place, item in enumerate(questionnaire.steps, 1)
    ]
    dimensions = [
        (f"Dimension: {item.title}", *_progress(found.dimensions[item.id])) for item in questionnaire.dimensions
    ]
    columns = (Column("Part", 3.4), Column("On the way, of 100", 1.2, "right"), Column("Range", 1.2, "right"))
    note = wording().targets["both"]
    return Table("Percent to target by step and dimension", columns, (*steps, *dimensions), note=note)


def _progress(score: Score) -> tuple[str, str]:
    return format_score(score), format_range(score)


def gap_table(questionnaire: Questionnaire, found: TargetProgress) -> Table | Paragraph:
    """Return the largest gaps, each with where it stands, where it should, and why."""
    if not found.gaps:
        return Paragraph(wording().targets["reached"])
    rows = tuple(_gap_row(questionnaire, found, gap) for gap in found.gaps[:MOST_GAPS])
    columns = (Column("Question", 1.7), Column("Stands at", 0.9), Column("Target", 0.9), Column("Why this target", 3.0))
    shown = (
        f"the {len(rows)} that weigh most of {len(found.gaps)}"
        if len(rows) < len(found.gaps)
        else f"{len(rows)} in all"
    )
    return Table(f"Gaps to the targets, {shown}", columns, rows)


def _gap_row(questionnaire: Questionnaire, found: TargetProgress, gap: Gap) -> tuple[str, str, str, str]:
    question = questionnaire.by_id[gap.target.question]
    options = questionnaire.scale_of(question).options
    stands = next((option.label for option in options if option.value == gap.now), NOT_KNOWN)
    texts, why = wording().targets, gap.target.because
    if why in {item.because for item in questionnaire.target_presets if item.id == found.preset}:
        general = texts["typed_general" if gap.target.origin == "typed" else "general"]
        return question.title, stands, options[gap.target.option].label, capitalised(general)
    if gap.target.origin == "typed":
        why = "typed by the team" + (f"; the preset would say: {why}" if why else "")
    return question.title, stands, options[gap.target.option].label, capitalised(why)
