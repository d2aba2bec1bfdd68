"""Results of scoring, frozen. Every score is a value with its range, 0-100 unless stated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from assessment.questionnaire import Stage
    from assessment.register import Register
    from assessment.targets import TargetProgress

Agreement = Literal["both", "signals_only", "answers_only", "neither", "unknown"]


@dataclass(frozen=True, slots=True)
class Score:
    """A score with the range that unknown answers leave open.

    Attributes:
        point: value with every unknown at one half; None when nothing is applicable.
        low: value with every unknown at the lowest option.
        high: value with every unknown at the highest option.
        coverage: answered weight / applicable weight, in [0, 1].
        shown: whether coverage allows the point to be shown; below it, the range alone.
    """

    point: float | None
    low: float | None
    high: float | None
    coverage: float = 1.0
    shown: bool = True

    @property
    def value(self) -> float | None:
        """The point where coverage allows it to be shown, else None."""
        return self.point if self.shown else None

    @property
    def exists(self) -> bool:
        """False when every question behind the score is not applicable: a dash, never 0."""
        return self.low is not None


NO_SCORE = Score(None, None, None, 0.0, shown=False)


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
class Finding:
    """What signals and answers say of one wall factor, and what each was derived from."""

    factor: str
    severity: Score
    support: float | None
    agreement: Agreement
    questions: tuple[str, ...]
    signals: tuple[str, ...]


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
    of each paragraph by crosswalk and paragraph id.
    """

    dimensions: Mapping[str, DimensionScore]
    factors: Mapping[str, FactorScore]
    steps: Mapping[str, StepScore]
    overall: Overall
    diagnosis: tuple[Finding, ...]
    applicability: Applicability
    posture: Mapping[str, Score]
    lifecycle: Mapping[str, Score]
    mode: str
    answered: int
    asked: int
    stage: Stage = "live"
    targets: TargetProgress | None = None
    register: Register | None = None
    crosswalk: Mapping[str, Mapping[str, Score]] = field(default_factory=dict)
