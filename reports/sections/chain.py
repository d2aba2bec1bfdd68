"""What a finding rests on: its answers, signals, root causes and future shifts, and what is still unanswered."""

from __future__ import annotations

from assessment.amounts import Amounts, Term
from assessment.answers import Assessment
from assessment.findings import Finding, Pressure, SignalTerm
from assessment.questionnaire import ContextItem, Questionnaire
from assessment.scores import FactorScore
from reports.document import Block, Column, Heading, Paragraph, Table
from reports.figures_format import DASH, format_severity, rounded
from reports.wording import factor_title, fill, listed, signal_sentence, wording

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


def sentences(questionnaire: Questionnaire, finding: Finding, factor: FactorScore) -> list[str]:
    """Say what a finding says, what disagrees, what its causes mean, and what is missing.

    A cause is put in words once, at the factor that it points to most.
    """
    said = [signal_sentence(questionnaire, finding, factor), *_denied(questionnaire, finding)]
    pressing = (*finding.root_causes, *finding.future_shifts)
    said += [item.finding for item in pressing if item.finding and item.points_most_to(finding.factor)]
    answered, of = len(finding.signals), len(finding.signal_terms)
    if answered < of and finding.support_low is not None and finding.support_high is not None:
        low, high = rounded(finding.support_low, 2), rounded(finding.support_high, 2)
        text = wording().chain["support_range"]
        said.append(fill(text, answered=str(answered), of=str(of), low=low, high=high))
    titles = _titles(questionnaire)
    open_ = [titles[name] for names in finding.unanswered.values() for name in names]
    if open_:
        said.append(fill(wording().chain["unanswered"], items=listed(open_)))
    return said


def _denied(questionnaire: Questionnaire, finding: Finding) -> list[str]:
    """Say which root causes stand against the answers."""
    causes = {item.item: item for item in finding.root_causes}
    titles = _titles(questionnaire)
    return [
        fill(
            wording().chain["cause_only"],
            cause=titles[item.item],
            strength=rounded(causes[item.item].strength, 2),
            factor=factor_title(questionnaire, finding.factor).lower(),
            severity=format_severity(finding.severity),
        )
        for item in finding.contradictions
        if item.kind == "cause_only"
    ]


def _titles(questionnaire: Questionnaire) -> dict[str, str]:
    titles = {item.id: item.title for item in questionnaire.context.items}
    titles |= {signal.id: signal.title for signal in questionnaire.signals}
    return titles | {question.id: question.title for question in questionnaire.questions}


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
