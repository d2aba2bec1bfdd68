"""What a finding rests on: its answers, signals, root causes and future shifts, and what is still unanswered."""

from __future__ import annotations

from assessment.amounts import Amounts, Term
from assessment.answers import Assessment
from assessment.findings import Finding, Pressure, SignalTerm
from assessment.questionnaire import ContextItem, Questionnaire
from assessment.scores import FactorScore
from reports.document import Block, Column, Heading, Paragraph, Table
from reports.figures_format import DASH, rounded
from reports.finding_words import sentences
from reports.score_words import factor_title
from reports.wording import fill, wording

_COLUMNS = (
    Column("Kind", 1.0),
    Column("What was said", 3.2),
    Column("Stands at", 1.5),
    Column("Weight", 0.7, "right"),
    Column("Adds", 1.0, "right"),
)


def chain(questionnaire: Questionnaire, assessment: Assessment, finding: Finding, factor: FactorScore) -> list[Block]:
    """Return a finding: what it says, what contradicts it, and the table of what it was derived from."""
    rows = [
        *(_question(questionnaire, term) for term in finding.question_terms),
        *(_signal(questionnaire, assessment, term) for term in finding.signal_terms),
        *(_pressure(questionnaire, item, finding.factor, "cause") for item in finding.root_causes),
        *(_pressure(questionnaire, item, finding.factor, "shift") for item in finding.future_shifts),
    ]
    title = factor_title(questionnaire, finding.factor)
    return [
        Heading(title, level=3),
        *(Paragraph(sentence) for sentence in sentences(questionnaire, finding, factor)),
        Table(fill(wording().chain["table"], factor=title), _COLUMNS, tuple(rows)),
    ]


def _question(questionnaire: Questionnaire, term: Term) -> tuple[str, ...]:
    texts = wording().chain
    stands = texts["leaves"] if term.value is None else texts["open"] if term.is_open else rounded(term.value.point, 2)
    adds = DASH if term.value is None else _adds(term.contribution)
    return (texts["question"], questionnaire.by_id[term.id].title, stands, rounded(term.weight, 2), adds)


def _adds(found: Amounts) -> str:
    point, low, high = (rounded(value, 2) for value in (found.point, found.low, found.high))
    return point if low == high else f"{low}{DASH}{high}"


def _signal(questionnaire: Questionnaire, assessment: Assessment, term: SignalTerm) -> tuple[str, ...]:
    texts = wording().chain
    signal = next(item for item in questionnaire.signals if item.id == term.signal)
    answer = assessment.signals.get(term.signal)
    known = term.level is not None and answer is not None
    stands = _seen(answer.level, len(signal.anchors)) if known and answer is not None else texts["open"]
    adds = rounded(term.contribution, 2) if known else DASH
    return (texts["signal"], signal.title, stands, rounded(term.weight, 2), adds)


def _seen(level: int | None, anchors: int) -> str:
    return fill(wording().chain["seen"], level=str(level), top=str(anchors - 1))


def _pressure(questionnaire: Questionnaire, item: Pressure, factor: str, kind: str) -> tuple[str, ...]:
    found = _item(questionnaire, item.item)
    stands = _seen(item.level, len(found.anchors))
    return (wording().chain[kind], found.title, stands, rounded(item.weights[factor], 2), DASH)


def _item(questionnaire: Questionnaire, name: str) -> ContextItem:
    return next(item for item in questionnaire.context.items if item.id == name)
