"""What the diagnosis finds of each wall factor, with the chain of evidence that it was derived from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from assessment.amounts import Score, Term

Agreement = Literal["both", "signals_only", "answers_only", "neither", "unknown"]
Conflict = Literal["signals_only", "answers_only", "cause_only"]


@dataclass(frozen=True, slots=True)
class SignalTerm:
    """A signal that points to a wall factor: its weight, its level in [0, 1] (None: unanswered), what it adds."""

    signal: str
    weight: float
    level: float | None
    contribution: float


@dataclass(frozen=True, slots=True)
class Pressure:
    """A root cause that holds, or a future shift that presses: its level as answered, and in [0, 1] as ``strength``.

    ``weights`` maps wall factors to how strongly it points to them; ``finding`` is the questionnaire's sentence for it.
    """

    item: str
    level: int
    strength: float
    weights: Mapping[str, float]
    finding: str

    def points_most_to(self, factor: str) -> bool:
        """Whether it points to no other wall factor more than to this one."""
        return self.weights[factor] >= max(self.weights.values())


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two things that were said of a wall factor and cannot both be right; ``size`` is how far apart, in [0, 1].

    ``item`` names the root cause that the answers deny; it is empty where the signals as a whole stand against them.
    """

    kind: Conflict
    factor: str
    size: float
    item: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What signals, answers and context say of one wall factor, and what each was derived from.

    Attributes:
        severity: what the answers say, in [0, 1].
        support: what the answered signals say, in [0, 1]; None when none was answered.
        support_low: support with every unanswered signal never seen; None when no signal points to the factor.
        support_high: support with every unanswered signal at its strongest.
        agreement: whether the two agree.
        questions: ids of the questions behind the severity.
        signals: ids of the answered signals behind the support.
        question_terms: each question with its weight, value and what it adds to the severity.
        signal_terms: each signal that points to the factor, unanswered ones included.
        root_causes: those that hold and point to the factor.
        future_shifts: those that apply and press on it.
        unanswered: ids of what would change the finding and has no answer, by ``questions``, ``signals`` and
            ``context``.
        contradictions: what disagrees here, the widest apart first.
    """

    factor: str
    severity: Score
    support: float | None
    support_low: float | None
    support_high: float | None
    agreement: Agreement
    questions: tuple[str, ...]
    signals: tuple[str, ...]
    question_terms: tuple[Term, ...]
    signal_terms: tuple[SignalTerm, ...]
    root_causes: tuple[Pressure, ...]
    future_shifts: tuple[Pressure, ...]
    unanswered: Mapping[str, tuple[str, ...]]
    contradictions: tuple[Contradiction, ...]

    @property
    def disagreement(self) -> float:
        """Size of the widest contradiction; 0 without one."""
        return max((item.size for item in self.contradictions), default=0.0)
