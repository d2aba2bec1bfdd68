"""Sentences as data: the templates of ``wording.yaml``, filled with figures that are already written out."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Literal

from assessment.fields import Model
from assessment.questionnaire import Stage
from assessment.reading import read_document, validate

_PATH = Path(__file__).with_name("wording.yaml")


class AgreementBand(Model):
    """What an agreement of ``at_least`` and above means, in words.

    Instead is said ``each`` where every level was named; ``camps`` where those that were named lie in two groups with
    a level that nobody named between them; ``apart`` where in more, or in two and there are no words for ``camps``;
    ``scattered`` where they lie side by side and no level was named by half of the people who named one.
    """

    at_least: float
    words: str
    each: str = ""
    camps: str = ""
    apart: str = ""
    scattered: str = ""


class Wording(Model):
    """The templates by topic; each template names the figures that it takes."""

    format: Literal["sixstep-wording/1"]
    decision: dict[str, str]
    decision_later_pays: str
    decision_titles: dict[str, str]
    compared: str
    choices: dict[str, str]
    break_even: dict[str, str]
    break_even_why: str
    break_even_figure: dict[str, str]
    strategies: dict[str, str]
    categories: dict[str, str]
    origins: dict[str, str]
    measure_default: str
    no_source: str
    of_plan: str
    modes: dict[str, str]
    fictional: str
    findings: dict[str, str]
    turning: dict[str, str]
    signals: dict[str, str]
    design: dict[str, dict[str, str]]
    headings: dict[str, str]
    stage: dict[str, str]
    target_register: dict[str, str]
    targets: dict[str, str]
    crosswalk: dict[str, str]
    agreement: dict[str, str]
    agreement_bands: tuple[AgreementBand, ...]
    chain: dict[str, str]
    explain: dict[str, str]
    applicability: dict[str, str]
    gates: dict[str, str]
    reasons: dict[str, str]
    left_out: dict[str, str]
    fate: dict[str, str]
    planning: dict[str, str]
    roadmap: dict[str, str]
    delivery: dict[str, dict[str, str]]
    waiting: dict[str, str]
    moved: str
    charts: dict[str, str]
    signal_map: dict[str, str]
    posture: dict[str, str]
    lifecycle: dict[str, str]
    wall: dict[str, str]
    headings_wall: dict[str, str]
    measured: dict[str, str]
    method: dict[str, str]
    wall_warnings: dict[str, str]
    progress: dict[str, str]
    unknowns: dict[str, str]
    irr: dict[str, str]
    decision_rule: dict[str, str]
    timing: dict[str, str]
    matters: dict[str, str]
    budget: dict[str, str]
    cash: dict[str, str]
    programme_cost: dict[str, str]
    scenarios: dict[str, str]
    whatif: dict[str, str]
    board: dict[str, str]


@lru_cache(maxsize=1)
def wording() -> Wording:
    """Return the sentences of the product, read once."""
    return validate(Wording, read_document(_PATH))


def said_at(stage: Stage, topic: Literal["findings", "signals", "headings"]) -> Mapping[str, str]:
    """Return the templates of a topic, those for a product before its launch in place of the others."""
    texts: Mapping[str, str] = getattr(wording(), topic)
    return texts if stage == "live" else {**texts, **wording().design.get(topic, {})}


def fill(template: str, **figures: str) -> str:
    """Return a template with its figures; braces inside a figure stay text."""
    return template.format_map(figures)


def capitalised(text: str) -> str:
    """Return a text whose first letter is a capital."""
    return text[:1].upper() + text[1:]


def listed(items: tuple[str, ...] | list[str]) -> str:
    """Return ``a``, ``a and b`` or ``a, b and c``."""
    return " and ".join([", ".join(items[:-1]), items[-1]]) if len(items) > 1 else "".join(items)
