"""What answers feed beside the scores: posture, lifecycle, crosswalks, targets, the register and the economic model."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from assessment.fields import Grade, Identifier, Level, Model, Positive, RangeText, Reason, Share, Text, Weighted


class PostureRow(Model):
    """A row of the posture table, placed between its two ends by the questions it names."""

    id: Identifier
    title: Text
    reactive: Text
    engineered: Text
    questions: dict[str, Weighted] = Field(min_length=1)


class LifecycleArc(Model):
    """One arc of the lifecycle loop; the questions that feed it are tagged with its id."""

    id: Identifier
    title: Text
    summary: Text


class CrosswalkItem(Model):
    """One paragraph of a rule, and the questions whose answers bear on it, each with the reason."""

    id: Identifier
    citation: Text
    topic: Text
    obligation: Literal["required", "addressable", "standard", "proposed"]
    questions: dict[str, Text] = Field(min_length=1)


class Crosswalk(Model):
    """A rule read paragraph by paragraph; ``disclaimer`` says what the reading does not show."""

    id: Identifier
    title: Text
    section: Text
    year: int = Field(ge=1900, le=2100)
    disclaimer: Text
    items: tuple[CrosswalkItem, ...] = Field(min_length=1)


class TargetLevel(Model):
    """A level to reach on the default scale, with the reason."""

    level: Level
    because: Text


class TargetPreset(Model):
    """Target levels for one kind of organisation: one for all, others by step, others again by question."""

    id: Identifier
    title: Text
    summary: Text
    level: Level
    because: Text
    steps: dict[str, TargetLevel] = Field(default_factory=dict)
    questions: dict[str, TargetLevel] = Field(default_factory=dict)


class RegisterSuggestion(Model):
    """A clinical workflow that belongs into most target registers, and what to think of when its figures are typed."""

    id: Identifier
    title: Text
    hint: Text


class RecoveryRule(Model):
    """The question whose measured figure says how long the last rehearsed recovery took."""

    question: Identifier
    hours_per_unit: Positive = 1.0
    because: Text


class LevelRule(Model):
    """The question, and the level on the default scale, from which a kind of target is more than a wish."""

    question: Identifier
    level: Level
    because: Text


class Spread(Model):
    """How a total of the target register becomes the range of an economic parameter.

    The range reaches ``below`` and ``above`` the total by these shares of it, and by ``at_least`` in the parameter's
    own unit where a share of it would be less.
    """

    total: Literal["load", "growth", "surge"]
    below: Share
    above: float = Field(ge=0, le=10)
    at_least: float = Field(default=0.0, ge=0, allow_inf_nan=False)
    because: Text


class RegisterRules(Model):
    """What the target register is held against, and what it proposes to the economic model.

    ``step`` is the step whose page leads to the register; ``capacity`` is the economic parameter that says what the
    platform can serve; ``proposals`` are by symbol of the parameter.
    """

    step: Identifier
    recovery: RecoveryRule | None = None
    latency: LevelRule | None = None
    availability: LevelRule | None = None
    capacity: str = Field(default="", max_length=64)
    proposals: dict[str, Spread] = Field(default_factory=dict)


class BaselineRule(Model):
    """How signals and severities propose the range of one economic parameter.

    Fragility is the weighted mean of the named signals (level / highest level) and severities, in [0, 1]; the proposal
    lies on the straight line from ``sturdy`` (fragility 0) to ``fragile`` (fragility 1).
    """

    signals: dict[str, Positive] = Field(default_factory=dict)
    factors: dict[str, Positive] = Field(default_factory=dict)
    sturdy: RangeText
    fragile: RangeText
    grade: Grade
    because: Text


class EffectWeights(Model):
    """How a rise in effective maturity, by dimension, delivers one economic effect; weights sum to 1."""

    dimensions: dict[str, Positive] = Field(min_length=1)
    because: Text


class EconomicsMapping(Model):
    """What joins the scores to the economic model."""

    effects: dict[str, EffectWeights] = Field(default_factory=dict)
    baseline: dict[str, BaselineRule] = Field(default_factory=dict)

    def without_signals(self) -> EconomicsMapping:
        """Return the mapping for a product that has no incident history: baselines rest on severities alone."""
        baseline = {symbol: rule.model_copy(update={"signals": {}}) for symbol, rule in self.baseline.items()}
        return self.model_copy(update={"baseline": baseline})


class Policy(Model):
    """One scoring policy, printed with its version."""

    case: Text
    policy: Text


class Band(Model):
    """A named band of the effective score, from ``at_least`` upwards."""

    at_least: float = Field(ge=0, le=100)
    name: Text
    because: Reason = ""
