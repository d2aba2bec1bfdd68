"""Results of scoring, frozen. Every score is a value with its range, 0-100 unless stated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from assessment.amounts import NO_SCORE, Score
from assessment.findings import Agreement, Contradiction, Finding, Pressure

if TYPE_CHECKING:
    from assessment.questionnaire import Stage
    from assessment.register import Register
    from assessment.targets import TargetProgress

__all__ = [
    "NO_SCORE",
    "Agreement",
    "Applicability",
    "Contradiction",
    "DimensionScore",
    "FactorScore",
    "Finding",
    "Overall",
    "Pressure",
    "Score",
    "Scores",
    "StepScore",
]


@dataclass(frozen=True, slots=True)
class DimensionScore:
    """One dimension: what is practised, what the architecture allows, and what acts.

    ``evidence`` is the share of the answered weight that is claimed, documented and measured. ``gated_level`` is None
    when the dimension has no applicable question; ``blocking_question`` names what holds back the next level.
    """

    id: str
    practice: Score
    ceiling: Score
    effective: Score
    stranded: Score
    coverage: float
    band: str | None
    gated_level: int | None
    blocking_question: str | None
    binding_constraint: str | None
    evidence: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class FactorScore:
    """Severity of one wall factor in [0, 1] (not 0-100); ``applicable`` is False when it imposes no ceiling."""

    id: str
    severity: Score
    applicable: bool
    caps: Mapping[str, float | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StepScore:
    """Maturity and completion of one step."""

    id: str
    maturity: Score
    answered: int
    asked: int

    @property
    def status(self) -> Literal["not_started", "in_progress", "completed"]:
        """Task-list status: completed only when every question of the step has an answer."""
        if self.answered == 0:
            return "not_started"
        return "completed" if self.answered == self.asked else "in_progress"


@dataclass(frozen=True, slots=True)
class Overall:
    """Weighted mean of the effective scores, never shown without the weakest dimension."""

    effective: Score
    weakest: str | None
    band: str | None
    weights: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Applicability:
    """How many criteria hold, of how many; ``unanswered`` criteria leave the verdict open."""

    held: tuple[str, ...]
    unanswered: tuple[str, ...]
    of: int
    verdict: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Scores:
    """Everything that follows from (questionnaire, answers).

    ``targets`` is None where no target is set, ``register`` where no workflow is entered; ``crosswalk`` holds the score
    of each paragraph by crosswalk and paragraph id. ``diagnosis`` has the findings that contradict themselves first,
    the widest apart before the others, then the most severe, then the order of the file. ``root_causes`` are those
    that hold, ``future_shifts`` those that press, the strongest first.
    """

    dimensions: Mapping[str, DimensionScore]
    factors: Mapping[str, FactorScore]
    steps: Mapping[str, StepScore]
    overall: Overall
    diagnosis: tuple[Finding, ...]
    applicability: Applicability
    posture: Mapping[str, Score]
    lifecycle: Mapping[str, Score]
    root_causes: tuple[Pressure, ...]
    future_shifts: tuple[Pressure, ...]
    mode: str
    answered: int
    asked: int
    stage: Stage = "live"
    targets: TargetProgress | None = None
    register: Register | None = None
    crosswalk: Mapping[str, Mapping[str, Score]] = field(default_factory=dict)
