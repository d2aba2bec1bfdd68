"""The rules of reading and measuring, from ``delivery.yaml``."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from assessment.fields import Identifier, Model, Positive, Text
from assessment.reading import read_document, validate

_PATH = Path(__file__).with_name("delivery.yaml")
Role = Literal["deployments", "incidents"]
MeasureName = Literal[
    "deployment_frequency",
    "lead_time",
    "change_fail_rate",
    "recovery_time",
    "rework_rate",
    "detection_time",
    "resolution_time",
]
FitName = Literal["incident_rate", "median_hours", "sigma"]
Words = tuple[str, ...]


class CellWords(Model):
    """What the words in a cell mean, in small letters."""

    yes: Words
    no: Words
    done: Words
    not_done: Words
    serious: Words
    not_serious: Words


class Span(Model):
    """The window of a measure in weeks before its end, and the wider one for fewer than ``least`` records."""

    weeks: int = Field(gt=0)
    wider_weeks: int = Field(gt=0)
    least: int = Field(ge=1)


class IntervalRule(Model):
    """A bootstrap interval: its share, the number of resamples, their seed, and the weeks below which there is none."""

    share: float = Field(gt=0, lt=1)
    resamples: int = Field(ge=100, le=100_000)
    seed: int = Field(ge=0)
    least_weeks: int = Field(ge=2)


class DispersionRule(Model):
    """Blocks in which incidents are counted for over-dispersion, and how many of them it takes."""

    block_weeks: int = Field(gt=0)
    least_blocks: int = Field(ge=3)


class AnswerRule(Model):
    """The question that a measure answers; a proposal needs ``least`` records in a window of ``least_weeks``."""

    question: Identifier
    measure: MeasureName
    unit: Text
    better: Literal["lower", "higher"]
    times: Positive
    least: int = Field(ge=1)
    least_weeks: int = Field(default=0, ge=0)


class FigureRule(Model):
    """The figure of the cost model that a fit gives, with the share of the interval that becomes its range."""

    symbol: Text
    fit: FitName
    share: float = Field(gt=0, lt=1)
    least: int = Field(default=1, ge=1)
    least_weeks: int = Field(default=0, ge=0)


class DeliveryRules(Model):
    """Everything in ``delivery.yaml``."""

    format: Literal["sixstep-delivery/1"]
    columns: dict[Role, dict[str, Words]]
    required: dict[Role, tuple[Words, ...]]
    words: CellWords
    environments: Words
    workflows: Words
    incident_labels: Words
    fix_branches: Words
    measures: dict[MeasureName, Span]
    incident_weeks: int = Field(gt=0)
    interval: IntervalRule
    durations_least: int = Field(ge=3)
    link_slack_hours: float = Field(ge=0)
    stale_weeks: int = Field(gt=0)
    long_gap_weeks: int = Field(gt=0)
    unusual_gaps: float = Field(gt=1)
    dispersion: DispersionRule
    answers: tuple[AnswerRule, ...]
    figures: tuple[FigureRule, ...]


@lru_cache(maxsize=1)
def delivery_rules() -> DeliveryRules:
    """Return the rules, read once."""
    return validate(DeliveryRules, read_document(_PATH))
