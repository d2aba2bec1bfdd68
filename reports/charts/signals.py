"""Which signals point to which constraint and how strongly, above what the answers say of the same constraint."""

from __future__ import annotations

from assessment.findings import Finding, SignalTerm
from assessment.questionnaire import Questionnaire
from assessment.scores import Scores
from reports.charts.cells import Cell, Cells
from reports.charts.figure import Figure
from reports.charts.theme import Look, finished, palette
from reports.figures_format import DASH, format_severity, format_support, rounded
from reports.score_words import factor_title
from reports.wording import fill, wording

_APART = ("signals_only", "answers_only")
_OPEN = "?"


def signal_map(questionnaire: Questionnaire, scores: Scores, *, width: int = 680, look: Look = "light") -> Figure:
    """Draw signal by constraint, shaded by what the signal adds, with the sums below; none of it without a signal."""
    texts, found = wording().signal_map, scores.diagnosis
    signals = _signals(questionnaire, found)
    names = (*signals.values(), texts["support"], texts["severity"])
    cells = Cells(
        rows=names,
        columns=tuple(factor_title(questionnaire, item.factor) for item in found),
        cells=(
            *(tuple(_adds(item, signal) for item in found) for signal in signals),
            tuple(Cell(item.support or 0.0, _amount(item.support)) for item in found),
            tuple(_severity(item) for item in found),
        ),
        width=width,
        look=look,
    )
    title = signals_sentence(questionnaire, scores)
    return Figure(
        id="signals",
        title=title,
        chart=finished(cells.layers(palette(look)), look, width, cells.height, exact=True),
        alt=f"{texts['alt']} {title}",
        header=(texts["constraint"], *signals.values(), texts["support"], texts["severity"]),
        rows=tuple(_table_row(questionnaire, item, tuple(signals)) for item in found),
        note=" ".join(filter(None, [texts["note"], texts["turns"] * cells.turns])),
    )


def points_somewhere(scores: Scores) -> bool:
    """Return whether any signal is asked that points to a constraint: before launch none is."""
    return any(item.signal_terms for item in scores.diagnosis)


def signals_sentence(questionnaire: Questionnaire, scores: Scores) -> str:
    """Say which constraint the signals point to most, by which signal, and where the answers say otherwise."""
    texts = wording().signal_map
    pointed = [item for item in scores.diagnosis if item.support]
    if not pointed:
        return texts["none" if any(item.support is not None for item in scores.diagnosis) else "unknown"]
    most = max(pointed, key=lambda item: item.support or 0.0)
    first = max(most.signal_terms, key=lambda term: term.contribution)
    title = factor_title(questionnaire, most.factor)
    support, signal = rounded(most.support or 0.0, 2), _titles(questionnaire)[first.signal]
    said = fill(texts["most"], factor=title, support=support, signal=signal)
    apart = [factor_title(questionnaire, item.factor) for item in scores.diagnosis if item.agreement in _APART]
    return f"{said} {fill(texts['apart'], factors=', '.join(apart))}" if apart else said


def _titles(questionnaire: Questionnaire) -> dict[str, str]:
    return {signal.id: signal.title for signal in questionnaire.signals}


def _signals(questionnaire: Questionnaire, found: tuple[Finding, ...]) -> dict[str, str]:
    """Return the signals that point to a constraint, in the order of the questionnaire."""
    used = {term.signal for item in found for term in item.signal_terms}
    return {name: title for name, title in _titles(questionnaire).items() if name in used}


def _term(item: Finding, signal: str) -> SignalTerm | None:
    return next((term for term in item.signal_terms if term.signal == signal), None)


def _adds(item: Finding, signal: str) -> Cell:
    term = _term(item, signal)
    return Cell(term.contribution if term else 0.0, _text(term))


def _text(term: SignalTerm | None) -> str:
    if term is None:
        return ""
    return _OPEN if term.level is None else rounded(term.contribution, 2)


def _amount(value: float | None) -> str:
    return _OPEN if value is None else rounded(value, 2)


def _severity(item: Finding) -> Cell:
    mark = wording().signal_map["mark"] if item.agreement in _APART else ""
    return Cell(item.severity.value or 0.0, _amount(item.severity.value), mark)


def _table_row(questionnaire: Questionnaire, item: Finding, signals: tuple[str, ...]) -> tuple[str, ...]:
    adds = (_text(_term(item, signal)) or DASH for signal in signals)
    support = format_support(item.support, item.support_low, item.support_high)
    return (factor_title(questionnaire, item.factor), *adds, support, format_severity(item.severity))
