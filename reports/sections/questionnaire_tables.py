"""What stands around the questions of a questionnaire: the wall, context, signals, results and rules, with reasons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from reports.document import Block, Bullets, Column, Heading, Paragraph, Section, Table
from reports.figures_format import percent, plain
from reports.sections.question_reference import cited, fed_titles

if TYPE_CHECKING:
    from assessment.feeds import TargetPreset
    from assessment.fields import Weighted
    from assessment.questionnaire import ContextItem, Questionnaire


def scales(questionnaire: Questionnaire) -> Section:
    """Return how questions are answered: the scales, and the rules for choosing a level."""
    blocks: list[Block] = [Bullets(questionnaire.how_to_answer)] if questionnaire.how_to_answer else []
    for scale in questionnaire.scales:
        options = ", ".join(f"{option.label} ({plain(option.value)})" for option in scale.options)
        default = "; the default" if scale.id == questionnaire.default_scale else ""
        blocks.append(Paragraph(f"{options}.", f"Scale {scale.id}{default}"))
    return Section("scales", "How a level is chosen", tuple(blocks))


def dimensions(questionnaire: Questionnaire) -> Section:
    """Return what is scored, and the names of the bands."""
    scored = tuple((item.title, item.short, item.id, item.summary) for item in questionnaire.dimensions)
    bands = tuple((plain(band.at_least), band.name, band.because) for band in questionnaire.bands)
    return Section(
        "dimensions",
        "Dimensions and bands",
        (_table("", ("Dimension", "Short", "Id", "What it means"), scored),
         _table("Bands of the effective score", ("From", "Band", "Why"), bands)),
    )  # fmt: skip


def wall(questionnaire: Questionnaire) -> Section:
    """Return the wall factors with the strength at which each caps each dimension."""
    titles = {item.id: item.title for item in questionnaire.dimensions}
    blocks: list[Block] = []
    for factor in questionnaire.wall_factors:
        rows = ((titles[name], plain(item.k), item.because) for name, item in factor.strengths.items())
        blocks += [
            Heading(factor.title),
            Paragraph(factor.id, "Id"),
            Paragraph(factor.summary),
            Paragraph(factor.lifted_means, "Lifted means"),
            _table("", ("Caps", "Strength k", "Why"), rows),
            Paragraph(f"{plain(factor.capacity_weight)}. {factor.capacity_because}", "Share of lost capacity"),
        ]
    return Section("wall", "Wall factors and their strengths", tuple(blocks))


def signals(questionnaire: Questionnaire) -> Section:
    """Return the early failure signals and the wall factors that they point to."""
    blocks: list[Block] = []
    for signal in questionnaire.signals:
        blocks += [
            Heading(signal.title),
            Paragraph(f"{signal.id}. Stands for: {signal.seed}.", "Id"),
            Paragraph(signal.prompt, "Question"),
            Paragraph(signal.misread_as, "Often misread as"),
            Bullets(_from_zero(signal.anchors)),
            Paragraph(f"{signal.measure_name}, in {signal.measure_unit}.", "Figure that may stand beside it"),
            _pointers(questionnaire, signal.supports),
        ]
    return Section("signals", "Early failure signals", tuple(blocks))


def context(questionnaire: Questionnaire) -> Section:
    """Return the context items, what each level means, and what follows from them."""
    asked, rule = questionnaire.context, questionnaire.context.applicability
    groups = {
        "Stressors": asked.stressors,
        "Criteria": asked.criteria,
        "Future shifts": asked.future_shifts,
        "Root causes": asked.root_causes,
    }
    blocks: list[Block] = []
    for title, items in groups.items():
        blocks += [Heading(title)] if items else []
        for item in items:
            blocks += _context_item(questionnaire, item)
    verdicts = ((str(item.at_least), item.verdict, item.sentence) for item in rule.verdicts)
    blocks += [
        Heading("Applicability"),
        Paragraph(f"A criterion holds from level {rule.holds_at}. {rule.because}"),
        _table("", ("Criteria that hold, at least", "Verdict", "What to do"), verdicts),
    ]
    return Section("context", "Context", tuple(blocks))


def _context_item(questionnaire: Questionnaire, item: ContextItem) -> Iterator[Block]:
    yield Heading(item.title, 3)
    yield Paragraph(f"{item.id}. Stands for: {item.seed}.", "Id")
    yield Paragraph(item.prompt, "Question")
    yield Bullets(_from_zero(item.anchors))
    if item.finding:
        yield Paragraph(item.finding, "What it means")
    if item.dimension_weights:
        yield _uplifts(questionnaire, item.dimension_weights)
    if item.points_to:
        yield _pointers(questionnaire, item.points_to)


def results(questionnaire: Questionnaire) -> Section:
    """Return the posture rows and the arcs of the lifecycle."""
    blocks: list[Block] = []
    for row in questionnaire.posture:
        named = (
            (questionnaire.by_id[name].title, plain(item.weight), item.because) for name, item in row.questions.items()
        )
        blocks += [
            Heading(row.title),
            Paragraph(row.reactive, "Reactive"),
            Paragraph(row.engineered, "Engineered"),
            _table("", ("Question", "Weight", "Why"), named),
        ]
    if questionnaire.lifecycle:
        arcs = ((arc.title, arc.summary) for arc in questionnaire.lifecycle)
        blocks += [Heading("Lifecycle"), _table("", ("Arc", "Strong when"), arcs)]
    return Section("results", "Posture and lifecycle", tuple(blocks))


def presets(questionnaire: Questionnaire) -> Section:
    """Return the target presets with every level and its reason."""
    blocks: list[Block] = []
    for preset in questionnaire.target_presets:
        table = _table("", ("Where", "Level", "Why"), _preset_rows(questionnaire, preset))
        blocks += [Heading(preset.title), Paragraph(preset.id, "Id"), Paragraph(preset.summary), table]
    return Section("presets", "Target presets", tuple(blocks))


def _preset_rows(questionnaire: Questionnaire, preset: TargetPreset) -> Iterator[tuple[str, ...]]:
    steps = {step.id: step.title for step in questionnaire.steps}
    yield "Everywhere else", str(preset.level), preset.because
    for name, item in preset.steps.items():
        yield f"Step: {steps[name]}", str(item.level), item.because
    for name, item in preset.questions.items():
        yield questionnaire.by_id[name].title, str(item.level), item.because


def crosswalks(questionnaire: Questionnaire) -> Section:
    """Return the rules, paragraph by paragraph, with the questions that bear on each."""
    blocks: list[Block] = []
    for crosswalk in questionnaire.crosswalks:
        rows = (
            (item.citation, item.topic, item.obligation, questionnaire.by_id[name].title, reason)
            for item in crosswalk.items
            for name, reason in item.questions.items()
        )
        blocks += [
            Heading(crosswalk.title),
            Paragraph(f"{crosswalk.section}, {crosswalk.year}. {crosswalk.disclaimer}"),
            _table("", ("Paragraph", "Topic", "Standing", "Question", "How it bears on it"), rows),
        ]
    return Section("crosswalks", "Crosswalks", tuple(blocks))


def policies(questionnaire: Questionnaire) -> Section:
    """Return the thresholds of the scoring and its policies, with their version."""
    rules = questionnaire.rules
    numbers = {
        "show_point_from_coverage": ("A score shows a point from a coverage of", rules.show_point_from_coverage),
        "gate_share": ("A level is reached from a share of the weight of", rules.gate_share),
        "disagreement_from": ("Signals and answers disagree from a difference of", rules.disagreement_from),
    }
    rows = ((text, plain(value), rules.because.get(name, "")) for name, (text, value) in numbers.items())
    decided = ((item.case, item.policy) for item in rules.policies)
    return Section(
        "policies",
        f"Scoring rules and policies, version {rules.policies_version}",
        (_table("", ("Rule", "Figure", "Why"), rows), _table("", ("Case", "Policy"), decided)),
    )


def sources(questionnaire: Questionnaire) -> Section:
    """Return every source of the file, as it is cited."""
    cited_all = tuple(sorted(cited(reference) for reference in questionnaire.references.values()))
    return Section("sources", "Sources", (Bullets(cited_all),))


def _pointers(questionnaire: Questionnaire, weights: Mapping[str, Weighted]) -> Table:
    titles = fed_titles(questionnaire)
    rows = ((titles[name], plain(item.weight), item.because) for name, item in weights.items())
    return _table("", ("Points to", "Weight", "Why"), rows)


def _uplifts(questionnaire: Questionnaire, weights: Mapping[str, Weighted]) -> Table:
    titles = fed_titles(questionnaire)
    rows = ((titles[name], percent(item.weight), item.because) for name, item in weights.items())
    return _table("", ("Adds to the weight of", "By up to", "Why"), rows)


def _from_zero(anchors: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"Level {level}: {text}" for level, text in enumerate(anchors))


def _table(caption: str, headers: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Table:
    return Table(caption, tuple(Column(header) for header in headers), tuple(rows))
