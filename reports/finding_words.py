"""What a finding says, in sentences: signals against answers, causes against answers, and what is missing."""

from __future__ import annotations

from assessment.findings import Finding
from assessment.questionnaire import Questionnaire
from assessment.scores import FactorScore
from reports.figures_format import format_severity, format_support, rounded
from reports.score_words import factor_title
from reports.wording import fill, listed, said_at, wording


def signal_sentence(questionnaire: Questionnaire, finding: Finding, factor: FactorScore) -> str:
    """Say what signals and answers say of one wall factor, and whether they disagree."""
    texts = said_at(questionnaire.stage, "signals")
    title = factor_title(questionnaire, finding.factor)
    key = finding.agreement if factor.applicable else "not_applicable"
    support = format_support(finding.support, finding.support_low, finding.support_high)
    return fill(texts[key], factor=title, support=support, severity=format_severity(finding.severity))


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
