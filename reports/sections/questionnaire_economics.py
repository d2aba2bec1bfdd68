"""What joins a questionnaire to the economic model: effects, proposed ranges and the target register."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from reports.document import Block, Bullets, Column, Paragraph, Section, Table
from reports.figures_format import DASH, percent, plain, plain_range
from reports.sections.question_reference import fed_titles

if TYPE_CHECKING:
    from assessment.feeds import BaselineRule, RegisterRules
    from assessment.questionnaire import Questionnaire

_RANGE_COLUMNS = ("Symbol", "Speaks for fragility", "Sturdy", "Fragile", "Grade", "Why", "Why before launch")


def economics(questionnaire: Questionnaire) -> Section:
    """Return which answers move which figures of the economic model, by symbol, and why."""
    titles = fed_titles(questionnaire) | {item.id: item.title for item in questionnaire.signals}
    effects = tuple(
        (symbol, _shares(item.dimensions, titles), item.because)
        for symbol, item in questionnaire.economics.effects.items()
    )
    baseline = tuple(_baseline(symbol, rule, titles) for symbol, rule in questionnaire.economics.baseline.items())
    tables = (
        _table("Effects", ("Symbol", "Delivered by", "Why"), effects),
        _table("Proposed ranges (low, likely, high)", _RANGE_COLUMNS, baseline),
    )
    return Section("economics", "What moves the economic model", tuple(table for table in tables if table.rows))


def _baseline(symbol: str, rule: BaselineRule, titles: Mapping[str, str]) -> tuple[str, ...]:
    ends = [plain_range(item.low, item.mode, item.high) for item in (rule.sturdy, rule.fragile)]
    weights = ", ".join(f"{titles[name]} ({plain(weight)})" for name, weight in (rule.signals | rule.factors).items())
    return (symbol, weights, *ends, rule.grade, rule.because, rule.before_launch or DASH)


def _shares(weights: Mapping[str, float], titles: Mapping[str, str]) -> str:
    return ", ".join(f"{titles[name]} ({percent(weight)})" for name, weight in weights.items())


def register(questionnaire: Questionnaire) -> Section:
    """Return the workflows offered to the target register, what it is held against and what it proposes."""
    blocks: list[Block] = []
    if questionnaire.register_suggestions:
        blocks.append(Bullets(tuple(f"{item.title}: {item.hint}" for item in questionnaire.register_suggestions)))
    if questionnaire.target_register is not None:
        blocks += _rules(questionnaire, questionnaire.target_register)
    return Section("register", "Target register", tuple(blocks))


def _rules(questionnaire: Questionnaire, rules: RegisterRules) -> Iterator[Block]:
    if rules.recovery is not None:
        title = questionnaire.by_id[rules.recovery.question].title
        yield Paragraph(
            f"“{title}”, {plain(rules.recovery.hours_per_unit)} hours a unit. {rules.recovery.because}",
            "Recovery times are held against",
        )
    for what, rule in (("Latency", rules.latency), ("Availability", rules.availability)):
        if rule is not None:
            title = questionnaire.by_id[rule.question].title
            yield Paragraph(
                f"“{title}” stands at level {rule.level}. {rule.because}", f"{what} is more than a wish once"
            )
    if rules.capacity:
        yield Paragraph(rules.capacity, "Parameter that says what the platform can serve")
    rows = tuple(
        (symbol, item.total, percent(item.below), percent(item.above), plain(item.at_least), item.because)
        for symbol, item in rules.proposals.items()
    )
    headers = ("Symbol", "Total", "Below", "Above", "At least", "Why")
    yield _table("Ranges proposed to the economic model", headers, rows)


def _table(caption: str, headers: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> Table:
    return Table(caption, tuple(Column(name) for name in headers), rows)
