"""What a score and its terms are: read three times, with every unknown in the middle, at the bottom and at the top."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

End = Literal["point", "low", "high"]
ENDS: tuple[End, ...] = ("point", "low", "high")
AnswerKind = Literal["option", "figure", "unknown", "unanswered", "not_applicable"]


@dataclass(frozen=True, slots=True)
class Score:
    """A score with the range that unknown answers leave open.

    Attributes:
        point: value with every unknown at one half; None when nothing is applicable.
        low: value with every unknown at the lowest option.
        high: value with every unknown at the highest option.
        coverage: answered weight / applicable weight, in [0, 1].
        shown: whether coverage allows the point to be shown; below it, the range alone.
        evidence: share of the answered weight that is claimed, documented and measured; empty when nothing is
            answered. It never moves a score, so two scores are equal whatever their evidence.
    """

    point: float | None
    low: float | None
    high: float | None
    coverage: float = 1.0
    shown: bool = True
    evidence: Mapping[str, float] = field(default_factory=dict, compare=False)

    @property
    def value(self) -> float | None:
        """The point where coverage allows it to be shown, else None."""
        return self.point if self.shown else None

    @property
    def exists(self) -> bool:
        """False when every question behind the score is not applicable: a dash, never 0."""
        return self.low is not None

    def at(self, end: End) -> float:
        """Return the figure at one end of a score that exists.

        Raises:
            ValueError: for a score with nothing applicable.
        """
        found: float | None = getattr(self, end)
        if found is None:
            message = "nothing applicable stands behind this score"
            raise ValueError(message)
        return found


NO_SCORE = Score(None, None, None, 0.0, shown=False)


@dataclass(frozen=True, slots=True)
class Amounts:
    """One figure at the point, at the low and at the high end of a score."""

    point: float
    low: float
    high: float

    @classmethod
    def over(cls, amount: Callable[[End], float]) -> Amounts:
        """Return what ``amount`` gives at each end."""
        return cls(amount("point"), amount("low"), amount("high"))

    def at(self, end: End) -> float:
        """Return the figure at one end."""
        found: float = getattr(self, end)
        return found


@dataclass(frozen=True, slots=True)
class Term:
    """One addend of a score.

    Attributes:
        kind: what ``id`` names; ``whole`` is the full score, from which a ceiling takes away.
        id: question or dimension; empty for the whole.
        part: name of the score whose formula the term belongs to, such as ``iac.practice`` or ``factor.monolith``.
        weight: weight under the context of the assessment.
        share: weight / applicable weight; 0 for what does not apply.
        value: of the answer in [0, 1], or of the dimension in 0-100; None when it does not apply.
        contribution: what the term adds to the point, to the low and to the high end of the score.
        answer: what kind of answer stands behind it; None where it is no question.
    """

    kind: Literal["question", "dimension", "whole"]
    id: str
    part: str
    weight: float
    share: float
    value: Amounts | None
    contribution: Amounts
    answer: AnswerKind | None = None

    @property
    def is_open(self) -> bool:
        """Whether an answer would still change the term."""
        return self.answer in {"unknown", "unanswered"}


def reaching_below(scores: Mapping[str, Score], lowest: str) -> tuple[str, ...]:
    """Return the names of the other scores whose range reaches below the highest that the lowest one can be."""
    highest = scores[lowest].high
    return tuple(
        name
        for name, item in scores.items()
        if name != lowest and item.low is not None and highest is not None and item.low < highest
    )


def weakest(scores: Mapping[str, Score]) -> str | None:
    """Return the name of the lowest of the scores that exist, by point and then by lower end; None for none."""
    present = {name: item for name, item in scores.items() if item.exists}
    return min(present, key=lambda name: (present[name].at("point"), present[name].at("low")), default=None)
