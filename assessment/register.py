"""The target register read as a whole: what its workflows add up to, what is missing, and what contradicts the answers.

A contradiction is arithmetic or a rule of the questionnaire file, never an opinion: each carries the figures that it
follows from, so that a reader can work it out again.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from assessment.answers import Answer, Assessment, Range, Workflow
from assessment.feeds import LevelRule, RegisterRules
from assessment.instrument import Instrument, level_of
from assessment.questionnaire import Question, Questionnaire

SECONDS_PER_HOUR = 3600
HOURS_PER_YEAR = 8760
MONTHS_PER_YEAR = 12
FIGURES = ("peak_per_hour", "growth_per_year", "surge", "latency_ms", "availability", "rto_hours", "rpo_minutes")
"""The figures of a workflow, in the order in which they are asked and printed."""

Kind = Literal["recovery", "latency", "availability", "outage", "capacity"]


@dataclass(frozen=True, slots=True)
class Total:
    """A figure over several workflows.

    Attributes:
        value: the figure; None when no workflow bears it.
        counted: keys of the workflows behind it.
        missing: keys of those that could not be counted, for want of a figure.
    """

    value: float | None
    counted: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Whether every workflow of the register is counted."""
        return self.value is not None and not self.missing


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two things that cannot both hold.

    Attributes:
        kind: which rule was broken.
        workflows: keys of the workflows concerned.
        question: id of the question whose answer is the other side; empty when there is none.
        figures: by name, what it follows from, in the units of :class:`assessment.answers.Workflow`.
    """

    kind: Kind
    workflows: tuple[str, ...]
    question: str = ""
    figures: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Register:
    """A target register with what follows from it.

    Attributes:
        workflows: by key, in order of the keys.
        load: requests per second, the normal peak hours of all workflows added up as if they were the same hour.
        growth: share per month, weighted by load.
        surge: times the normal peak, weighted by load.
        gaps: names of the missing figures by workflow; a workflow without a gap is not in it.
        contradictions: in order of the rules.
    """

    workflows: Mapping[str, Workflow]
    load: Total
    growth: Total
    surge: Total
    gaps: Mapping[str, tuple[str, ...]]
    contradictions: tuple[Contradiction, ...]


def read_register(questionnaire: Questionnaire, assessment: Assessment) -> Register | None:
    """Return the target register of an assessment; None when it has no workflow.

    Args:
        questionnaire: at the assessment's stage.
        assessment: its workflows, answers and economic ranges.
    """
    if not assessment.workflows:
        return None
    workflows = {key: assessment.workflows[key] for key in sorted(assessment.workflows)}
    missing = {key: tuple(name for name in FIGURES if getattr(item, name) is None) for key, item in workflows.items()}
    return Register(
        workflows=workflows,
        load=_total(workflows, _per_second, math.fsum),
        growth=_monthly(_weighted(workflows, "growth_per_year")),
        surge=_weighted(workflows, "surge"),
        gaps={key: names for key, names in missing.items() if names},
        contradictions=tuple(_contradictions(questionnaire, assessment, workflows)),
    )


def _per_second(workflow: Workflow) -> float | None:
    return None if workflow.peak_per_hour is None else workflow.peak_per_hour / SECONDS_PER_HOUR


def _total(
    workflows: Mapping[str, Workflow],
    figure: Callable[[Workflow], float | None],
    together: Callable[[list[float]], float],
) -> Total:
    found = {key: value for key, item in workflows.items() if (value := figure(item)) is not None}
    missing = tuple(key for key in workflows if key not in found)
    return Total(together(list(found.values())) if found else None, tuple(found), missing)


def _weighted(workflows: Mapping[str, Workflow], name: str) -> Total:
    """Return a figure weighted by load, over the workflows that have both."""
    loads = {
        key: item.peak_per_hour
        for key, item in workflows.items()
        if item.peak_per_hour is not None and getattr(item, name) is not None
    }
    missing = tuple(key for key in workflows if key not in loads)
    if not loads:
        return Total(None, (), missing)
    weighted = math.fsum(load * getattr(workflows[key], name) for key, load in loads.items())
    return Total(weighted / math.fsum(loads.values()), tuple(loads), missing)


def _monthly(yearly: Total) -> Total:
    """Return a yearly growth as the monthly one that compounds to it."""
    if yearly.value is None:
        return yearly
    return Total((1 + yearly.value) ** (1 / MONTHS_PER_YEAR) - 1, yearly.counted, yearly.missing)


def _contradictions(
    questionnaire: Questionnaire, assessment: Assessment, workflows: Mapping[str, Workflow]
) -> Iterator[Contradiction]:
    yield from _outages(workflows)
    rules = questionnaire.target_register
    if rules is None:
        return
    yield from _recovery(questionnaire, assessment, workflows, rules)
    yield from _wishes(questionnaire, assessment, workflows, rules)
    yield from _capacity(assessment, workflows, rules)


def _outages(workflows: Mapping[str, Workflow]) -> Iterator[Contradiction]:
    """A single outage a year that lasts as long as the recovery time allows must fit into the availability."""
    for key, item in workflows.items():
        if item.availability is None or item.rto_hours is None:
            continue
        allowed = (1 - item.availability) * HOURS_PER_YEAR
        if item.rto_hours > allowed * (1 + 1e-9):
            figures = {"availability": item.availability, "allowed_hours": allowed, "rto_hours": item.rto_hours}
            yield Contradiction("outage", (key,), figures=figures)


def _recovery(
    questionnaire: Questionnaire, assessment: Assessment, workflows: Mapping[str, Workflow], rules: RegisterRules
) -> Iterator[Contradiction]:
    """No workflow can be promised back sooner than the last rehearsal took."""
    rule = rules.recovery
    question = None if rule is None else _asked(questionnaire, assessment, rule.question)
    answer = None if question is None else assessment.answers.get(question.id)
    if rule is None or question is None or answer is None or answer.figure is None:
        return
    hours = answer.figure * rule.hours_per_unit
    for key, item in workflows.items():
        if item.rto_hours is not None and item.rto_hours < hours:
            figures = {"rto_hours": item.rto_hours, "rehearsed_hours": hours}
            yield Contradiction("recovery", (key,), question.id, figures)


def _wishes(
    questionnaire: Questionnaire, assessment: Assessment, workflows: Mapping[str, Workflow], rules: RegisterRules
) -> Iterator[Contradiction]:
    """A target that nobody measures is a wish: the question that says so must stand at the level of its rule."""
    kinds: tuple[tuple[Kind, LevelRule | None, str], ...] = (
        ("latency", rules.latency, "latency_ms"),
        ("availability", rules.availability, "availability"),
    )
    for kind, rule, name in kinds:
        stated = tuple(key for key, item in workflows.items() if getattr(item, name) is not None)
        question = None if rule is None else _asked(questionnaire, assessment, rule.question)
        if rule is None or question is None or not stated:
            continue
        figures = {"level": float(rule.level)}
        standing = _level(questionnaire, question, assessment.answers.get(question.id))
        if standing is not None:
            figures["standing"] = float(standing)
        if standing is None or standing < rule.level:
            yield Contradiction(kind, stated, question.id, figures)


def _asked(questionnaire: Questionnaire, assessment: Assessment, name: str) -> Question | None:
    """Return a question when the mode and stage ask it and it applies."""
    question = questionnaire.by_id.get(name)
    if question is None or question not in questionnaire.asked(assessment.mode):
        return None
    answer = assessment.answers.get(name)
    return None if answer is not None and answer.not_applicable is not None else question


def _level(questionnaire: Questionnaire, question: Question, answer: Answer | None) -> int | None:
    if answer is None or answer.unknown:
        return None
    value = Instrument(questionnaire, "full", {}).value(question, answer)
    return level_of(questionnaire, question.id, value)


def _capacity(
    assessment: Assessment, workflows: Mapping[str, Workflow], rules: RegisterRules
) -> Iterator[Contradiction]:
    """At surge the workflows may not ask for more than the platform is said to serve."""
    stated = assessment.economics.ranges.get(rules.capacity)
    loads = {key: load for key, item in workflows.items() if (load := _per_second(item)) is not None}
    if stated is None or not loads:
        return
    demand = math.fsum(load * (workflows[key].surge or 1.0) for key, load in loads.items())
    if demand > _likely(stated):
        figures = {"demand": demand, "capacity": _likely(stated), "low": stated.low, "high": stated.high}
        yield Contradiction("capacity", tuple(loads), figures=figures)


def _likely(given: Range) -> float:
    return (given.low + given.high) / 2 if given.mode is None else given.mode
