"""An evaluation as readable tables for the terminal; figures are written by the functions that screen and paper use."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assessment.agreement import Summary
from assessment.questionnaire import Questionnaire
from assessment.scores import Scores
from models.evaluation import Evaluation
from reports.agreeing import HEADER, contest_rows, distribution
from reports.analysis_text import analysis_parts
from reports.analysis_words import measure_first_of
from reports.binding_words import binding_sentence, stranded_sentences
from reports.decision_words import decision_sentence, reason_sentence
from reports.document import Block, Bullets, Heading, Paragraph, Table
from reports.explaining import CAPS, TERMS, Explained
from reports.figures_format import (
    DASH,
    format_range,
    format_score,
    format_score_and_range,
    format_severity,
    money,
    money_range,
    month,
    percent,
    rate,
    rounded,
)
from reports.finding_words import signal_sentence
from reports.outlook import finish_sentence, gain_words, likely_quarters, reach_lines
from reports.score_words import applicability_sentence, mode_label, overall_sentence
from reports.sections.economics import break_even_sentence, waiting_sentence
from reports.sections.register import register_findings, workflow_table
from reports.sections.stage import stage_note
from reports.sections.targets import target_blocks
from reports.wording import wording


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return aligned columns: the first to the left, the others to the right."""
    every = [list(header), *[list(row) for row in rows]]
    widths = [max(len(row[column]) for row in every) for column in range(len(header))]
    lines = []
    for row in every:
        cells = [cell.ljust(width) if index == 0 else cell.rjust(width) for index, (cell, width) in _sized(row, widths)]
        lines.append("  ".join(cells).rstrip())
    lines.insert(1, "  ".join("-" * width for width in widths))
    return "\n".join(lines)


def _sized(row: Sequence[str], widths: Sequence[int]) -> enumerate[tuple[str, int]]:
    return enumerate(zip(row, widths, strict=True))


def scores_text(questionnaire: Questionnaire, scores: Scores) -> str:
    """Return the scores as tables and sentences."""
    titles = {item.id: item.short for item in questionnaire.dimensions}
    steps = {item.id: item.title for item in questionnaire.steps}
    factors = {item.id: item.title for item in questionnaire.wall_factors}
    questions = {item.id: item.title for item in questionnaire.questions}
    dimensions = [
        [
            titles[name],
            format_score_and_range(item.practice),
            format_score_and_range(item.ceiling),
            format_score_and_range(item.effective),
            format_score_and_range(item.stranded),
            DASH if item.gated_level is None else str(item.gated_level),
            item.band or DASH,
            factors.get(item.binding_constraint or "", DASH),
            questions.get(item.blocking_question or "", DASH),
        ]
        for name, item in scores.dimensions.items()
    ]
    header = ["Dimension", "Practice", "Ceiling", "Effective", "Stranded", "Level", "Band", "Bound by", "Blocked by"]
    step_rows = [
        [steps[name], format_score(item.maturity), format_range(item.maturity), f"{item.answered} of {item.asked}"]
        for name, item in scores.steps.items()
    ]
    findings = [signal_sentence(questionnaire, finding, scores.factors[finding.factor]) for finding in scores.diagnosis]
    severities = [[factors[name], format_severity(item.severity)] for name, item in scores.factors.items()]
    blocks = [
        mode_label(scores),
        *_said(stage_note(questionnaire, "note")),
        overall_sentence(questionnaire, scores),
        table(header, dimensions),
        binding_sentence(questionnaire, scores),
        *stranded_sentences(questionnaire, scores),
        table(["Step", "Maturity", "Range", "Answered"], step_rows),
        table(["Constraint", "Severity"], severities),
        *findings,
        *([] if questionnaire.stage == "live" else [wording().stage["signals"]]),
        applicability_sentence(scores.applicability),
        *_goals(questionnaire, scores),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _goals(questionnaire: Questionnaire, scores: Scores) -> list[str]:
    """Return the target levels and the target register, where there are any."""
    said: list[str] = []
    if scores.targets is not None:
        said += ["Target levels", *_said(target_blocks(questionnaire, scores.targets))]
    if scores.register is not None:
        said += ["Target register", *_said([workflow_table(scores.register)])]
        said += _said(register_findings(questionnaire, scores.register))
    return said


def _said(blocks: Iterable[Block]) -> list[str]:
    """Return blocks of a report as text."""
    found = []
    for block in blocks:
        if isinstance(block, Heading):
            found.append(block.text)
        elif isinstance(block, Paragraph):
            found.append(f"{block.label} {block.text}".strip())
        elif isinstance(block, Bullets):
            found.append("\n".join(f"- {item}" for item in block.items))
        elif isinstance(block, Table):
            parts = [block.caption, table([column.header for column in block.columns], block.rows), block.note]
            found.append("\n".join(part for part in parts if part))
    return found


def explanation_text(found: Explained) -> str:
    """Return one score with the terms that add up to it."""
    blocks = [
        f"{found.title}: {found.figure}",
        found.formula,
        *found.sentences,
        table(TERMS, found.terms) if found.terms else "",
        table(CAPS[:-1], [row[:-1] for row in found.caps]) if found.caps else "",
        wording().explain["legend"] if found.terms else "",
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def agreement_text(questionnaire: Questionnaire, summaries: Sequence[Summary]) -> str:
    """Return how far people agree on each question, with what they said of it."""
    if not summaries:
        return f"{wording().agreement['none'].capitalize()}.\n"
    blocks = [table(HEADER, contest_rows(questionnaire, summaries)), wording().agreement["note"]]
    return "\n\n".join([*blocks, *_said(distribution(questionnaire, found) for found in summaries)]) + "\n"


def model_text(evaluation: Evaluation) -> str:
    """Return the economic half as tables and sentences."""
    economics = evaluation.economics
    if economics is None:
        return "\n".join(evaluation.missing) + "\n"
    curves, decision = economics.curves, economics.decision
    currency = curves.currency
    costs = [
        [
            name,
            money(item.total_cost.mean, currency),
            money_range(item.total_cost.p5, item.total_cost.p95, currency),
            month(item.wall_month_median),
        ]
        for name, item in curves.strategies.items()
    ]
    npvs = [
        [
            name,
            money(item.npv.mean, currency),
            money(item.npv.p50, currency),
            money_range(item.npv.p5, item.npv.p95, currency),
            money(item.npv.standard_error, currency),
            percent(item.probability_positive),
            month(item.payback_month.first),
            rate(item.mirr),
            rate(item.irr) if item.irr is not None else wording().irr.get(item.irr_reason, item.irr_reason),
        ]
        for name, item in curves.strategies.items()
        if item.npv is not None
    ]
    rests_on = (
        f"EVPI {money(curves.evpi, currency)} (limit {money(decision.evpi_limit, currency)}); "
        f"probability that '{decision.best}' is best {percent(decision.probability_best)} "
        f"(limit {percent(decision.best_probability_limit)})."
    )
    header = ["Against reactive", "Mean NPV", "P50", "P5 to P95", "Std. error", "P(NPV > 0)", "Payback", "MIRR", "IRR"]
    blocks = [
        decision_sentence(economics, measure_first_of(evaluation)),
        rests_on,
        waiting_sentence(economics),
        break_even_sentence(economics),
        table(["Present value", "Mean cost", "P5 to P95", "Wall (median)"], costs),
        table(header, npvs),
        *(part if isinstance(part, str) else table(*part) for part in analysis_parts(evaluation)),
        f"{curves.paths:,} paths, seed {curves.seed}, {curves.months} months, inputs {_short_hash(evaluation)}",
    ]
    return "\n\n".join(blocks) + "\n"


def _short_hash(evaluation: Evaluation) -> str:
    return evaluation.identity.inputs_hash[:12]


def plan_text(evaluation: Evaluation) -> str:
    """Return the roadmap as a table by start, with why each initiative stands where it does."""
    plan, known = evaluation.plan, evaluation.initiatives.by_id
    if not plan.placements:
        return "Nothing to plan: no answered question can be raised by a known initiative within the horizon.\n"
    rows = [
        [
            known[item.initiative].title,
            f"Q{item.quarter}",
            f"{item.start_month}{DASH}{item.finish_month}",
            likely_quarters(evaluation.outlook.dates[item.initiative]),
            rounded(known[item.initiative].effort.mode, 0),
            gain_words(item),
        ]
        for item in plan.placements
    ]
    why = [f"- {known[item.initiative].title}: {reason_sentence(evaluation, item)}" for item in plan.placements]
    total = plan.person_weeks
    summary = (
        f"{len(plan.placements)} initiatives in {plan.months} months, "
        f"{rounded(total.low, 0)} to {rounded(total.high, 0)} person-weeks."
    )
    table_of = table(["Initiative", "Start", "Months", "50% / 80%", "Person-weeks", "Gain"], rows)
    sure = "\n".join([finish_sentence(evaluation), *reach_lines(evaluation)])
    parts = [summary, table_of, sure, "\n".join(why)]
    return "\n\n".join(parts) + "\n"
