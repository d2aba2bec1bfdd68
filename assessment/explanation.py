"""What an explanation of a score is, and which scores there are to explain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from assessment.amounts import Amounts, End, Score, Term
from assessment.questionnaire import Questionnaire

Form = Literal["practice", "ceiling", "effective", "stranded", "severity", "mean", "overall"]
FORMULAS: Mapping[Form, str] = {
    "practice": "p = 100 x Σ(w x v) / Σw, w = question weight x dimension weight x (1 + uplift of its stressors)",
    "ceiling": "c = 100 x the least (1 − k x s) of the wall factors, s = Σ(w x (1 − v)) / Σw",
    "effective": "e = the lower of practice p and ceiling c",
    "stranded": "practice p − effective e; from max(0, p low − c high) to max(0, p high − c low)",
    "severity": "s = Σ(w x (1 − v)) / Σw, between 0 and 1",
    "mean": "100 x Σ(w x v) / Σw",
    "overall": "Σ(w x e) / Σw over the dimensions, w = 1 + what the stressors add",
}
"""Formula by form; w is a weight, v the value of an answer in [0, 1], k the strength of a wall factor, s a severity."""
_OF_DIMENSION: tuple[Form, ...] = ("practice", "ceiling", "effective", "stranded")


@dataclass(frozen=True, slots=True)
class Name:
    """The name of a score, such as ``iac.effective``, with its formula, the group it belongs to and its id there."""

    name: str
    form: Form
    group: Literal["dimension", "factor", "step", "posture", "lifecycle", "crosswalk", "overall"]
    id: str


@dataclass(frozen=True, slots=True)
class Cap:
    """What one wall factor allows a dimension: 100 x (1 - k x s).

    Attributes:
        factor: id of the wall factor.
        k: its strength on the dimension.
        because: the questionnaire's reason for that strength.
        severity: its severity s.
        cap: what it allows; None where it does not apply and imposes no ceiling.
        binds_at: the ends at which it sets the ceiling.
    """

    factor: str
    k: float
    because: str
    severity: Score
    cap: Amounts | None
    binds_at: tuple[End, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a lower-of-two: its name, its score, and the ends at which it is the lower one."""

    name: str
    score: Score
    wins_at: tuple[End, ...]


@dataclass(frozen=True, slots=True)
class Mover:
    """The answered question whose rise to the top moves a score most, found by scoring again.

    ``measured_on`` names the score that moves: for the scores of a dimension its effective one. ``gain`` is in its
    units; a severity falls by it.
    """

    question: str
    measured_on: str
    gain: float
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """A score and how it came about; the contributions of ``terms`` add up to its point, its low and its high."""

    name: Name
    score: Score
    formula: str
    terms: tuple[Term, ...]
    caps: tuple[Cap, ...] = ()
    sides: tuple[Side, ...] = ()
    mover: Mover | None = None


def score_names(questionnaire: Questionnaire) -> tuple[Name, ...]:
    """Return the name of every score that a questionnaire has, the overall one first."""
    names = [Name("overall", "overall", "overall", "")]
    for dimension in questionnaire.dimensions:
        names += [Name(f"{dimension.id}.{form}", form, "dimension", dimension.id) for form in _OF_DIMENSION]
    names += [Name(f"factor.{item.id}", "severity", "factor", item.id) for item in questionnaire.wall_factors]
    names += [Name(f"step.{item.id}", "mean", "step", item.id) for item in questionnaire.steps]
    names += [Name(f"posture.{item.id}", "mean", "posture", item.id) for item in questionnaire.posture]
    names += [Name(f"lifecycle.{item.id}", "mean", "lifecycle", item.id) for item in questionnaire.lifecycle]
    for crosswalk in questionnaire.crosswalks:
        paragraphs = [f"{crosswalk.id}.{item.id}" for item in crosswalk.items]
        names += [Name(f"crosswalk.{item}", "mean", "crosswalk", item) for item in paragraphs]
    return tuple(names)
