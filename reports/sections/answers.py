"""Every answer as it was given, with its confidence, note and evidence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assessment.instrument import option_of
from reports.document import Block, Bullets, Column, Heading, Paragraph, Section, Table
from reports.figures_format import DASH, plain
from reports.sections.stage import not_asked

if TYPE_CHECKING:
    from assessment.answers import Answer, SignalAnswer
    from assessment.questionnaire import ContextItem, Question, Questionnaire, Signal
    from models.evaluation import Evaluation

NOT_ANSWERED = "Not answered"
CARRIED = "Taken over from last time, not looked at since"
_REASONS = {
    "not_built_yet": "not built yet",
    "other_team": "another team's",
    "contractually_excluded": "excluded by contract",
    "out_of_scope": "out of scope",
}
_COLUMNS = (Column("Question", 1.9), Column("Answer", 3.5), Column("Confidence", 0.9))


def answers(evaluation: Evaluation) -> Section:
    """Return the annex of answers: step by step, then signals and context."""
    questionnaire, given = evaluation.questionnaire, evaluation.assessment
    blocks: list[Block] = []
    if questionnaire.how_to_answer:
        blocks += [Heading("How a level is chosen"), Bullets(questionnaire.how_to_answer)]
    for number, step in enumerate(questionnaire.steps, 1):
        asked = questionnaire.of_step(step.id, given.mode)
        if asked:
            blocks += [Heading(f"Step {number}: {step.title}"), *_step(questionnaire, asked, given.answers)]
    blocks += [*not_asked(questionnaire, given.mode), *_signals(evaluation), *_context(evaluation)]
    return Section("answers", "Annex: every answer", tuple(blocks), new_page=True)


def _step(questionnaire: Questionnaire, asked: Sequence[Question], given: dict[str, Answer]) -> list[Block]:
    rows = tuple(_answer_row(questionnaire, question, given.get(question.id)) for question in asked)
    noted = [question for question in asked if question.id in given and _has_more(given[question.id])]
    blocks: list[Block] = [Table("", _COLUMNS, rows)]
    if noted:
        blocks.append(Heading("Notes and evidence", 3))
    for question in noted:
        blocks += _notes(question, given[question.id])
    return blocks


def _answer_row(questionnaire: Questionnaire, question: Question, answer: Answer | None) -> tuple[str, ...]:
    known = answer is not None and not answer.unknown and answer.not_applicable is None
    confidence = answer.confidence.capitalize() if answer is not None and known else DASH
    text = answer_text(questionnaire, question, answer)
    carried = f"\n{CARRIED}" if answer is not None and answer.carried else ""
    return (question.title, f"{text}{carried}", confidence)


def answer_text(questionnaire: Questionnaire, question: Question, answer: Answer | None) -> str:
    """Return an answer in words: the level and its text, the figure and its level, or why there is none."""
    if answer is None:
        return NOT_ANSWERED
    if answer.unknown:
        return "Unknown"
    if answer.not_applicable is not None:
        return f"Not applicable: {_REASONS[answer.not_applicable]}"
    chosen = option_of(question, answer)
    text = f"{questionnaire.scale_of(question).options[chosen].label}: {question.anchors[chosen]}"
    if answer.figure is None or question.measure is None:
        return text
    return f"{question.measure.name}: {plain(answer.figure)} {question.measure.unit}\nCounts as {text}"


def _has_more(answer: Answer) -> bool:
    return bool(answer.note or answer.evidence or answer.discuss)


def _notes(question: Question, answer: Answer) -> list[Block]:
    role = f" ({answer.role})" if answer.role else ""
    marked = "Marked for discussion. " if answer.discuss else ""
    blocks: list[Block] = [Paragraph(f"{marked}{answer.note}", label=f"{question.title}{role}:", tone="quote")]
    if answer.evidence:
        blocks.append(Paragraph("; ".join(answer.evidence), label="Evidence:", tone="quote"))
    return blocks


def _signals(evaluation: Evaluation) -> list[Block]:
    signals = evaluation.questionnaire.signals
    if not signals:
        return []
    given = evaluation.assessment.signals
    rows = tuple((item.title, _signal_text(item, given.get(item.id))) for item in signals)
    blocks: list[Block] = [Heading("Early failure signals"), Table("", _two("Signal"), rows)]
    noted = [(item.title, given[item.id].note) for item in signals if item.id in given and given[item.id].note]
    if noted:
        blocks.append(Heading("Notes", 3))
    return blocks + [Paragraph(note, label=f"{title}:", tone="quote") for title, note in noted]


def _two(first: str) -> tuple[Column, Column]:
    return (Column(first, 1.9), Column("Answer", 4.4))


def _signal_text(signal: Signal, answer: SignalAnswer | None) -> str:
    if answer is None:
        return NOT_ANSWERED
    text = "Unknown" if answer.level is None else f"Level {answer.level}: {signal.anchors[answer.level]}"
    if answer.figure is None:
        return text
    return f"{text}\n{signal.measure_name}: {plain(answer.figure)} {signal.measure_unit}"


def _context(evaluation: Evaluation) -> list[Block]:
    context = evaluation.questionnaire.context
    groups = (
        ("Stressors", context.stressors),
        ("Applicability criteria", context.criteria),
        ("Future shifts", context.future_shifts),
        ("Root causes", context.root_causes),
    )
    blocks: list[Block] = []
    for title, items in groups:
        if items:
            rows = tuple((item.title, _context_text(item, evaluation.assessment.context)) for item in items)
            blocks += [Heading(f"Context: {title.lower()}"), Table("", _two("Statement"), rows)]
    return blocks


def _context_text(item: ContextItem, given: dict[str, int]) -> str:
    level = given.get(item.id)
    return NOT_ANSWERED if level is None else f"Level {level}: {item.anchors[level]}"
