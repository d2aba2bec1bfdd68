"""What answers feed beside the scores: posture, lifecycle, crosswalks, targets, the register and the economic model."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from assessment.fields import Grade, Identifier, Level, Model, Positive, RangeText, Reason, Share, Text, Weighted


class PostureRow(Model):
    """A row of the posture table, placed between its two ends by the questions it names."""

    id: Identifier
    """Stable id of the row."""
    title: Text
    """What the row is about, such as deployment risk."""
    reactive: Text
    """The left end: what it looks like where work is done after the fact."""
    engineered: Text
    """The right end: what it looks like where it was designed in."""
    questions: dict[str, Weighted] = Field(min_length=1)
    """The questions that place the row between its ends, by id, each with weight and reason."""


class LifecycleArc(Model):
    """One arc of the lifecycle loop; the questions that feed it are tagged with its id."""

    id: Identifier
    """Stable id; questions name it under 'lifecycle'."""
    title: Text
    """Name of the arc, such as design."""
    summary: Text
    """One sentence: what holds where this arc is strong."""


class CrosswalkItem(Model):
    """One paragraph of a rule, and the questions whose answers bear on it, each with the reason."""

    id: Identifier
    """Stable id of the paragraph within its rule."""
    citation: Text
    """The paragraph as lawyers cite it."""
    topic: Text
    """What the paragraph asks for, in a few words."""
    obligation: Literal["required", "addressable", "standard", "proposed"]
    """Whether the rule requires it, lets you address it otherwise, sets a standard, or only proposes it."""
    questions: dict[str, Text] = Field(min_length=1)
    """The questions whose answers bear on it, by id, each with one sentence that says how."""


class Crosswalk(Model):
    """A rule read paragraph by paragraph; ``disclaimer`` says what the reading does not show."""

    id: Identifier
    """Stable id of the rule."""
    title: Text
    """Title of the rule."""
    section: Text
    """The part of the rule that is read here."""
    year: int = Field(ge=1900, le=2100)
    """Year of the edition that is cited."""
    disclaimer: Text
    """What this reading does not show; printed wherever the crosswalk is."""
    items: tuple[CrosswalkItem, ...] = Field(min_length=1)
    """The paragraphs, in the order of the rule."""


class TargetLevel(Model):
    """A level to reach on the default scale, with the reason."""

    level: Level
    """The level to reach, counted from 0 on the default scale."""
    because: Text
    """One sentence that defends the level."""


class TargetPreset(Model):
    """Target levels for one kind of organisation: one for all, others by step, others again by question."""

    id: Identifier
    """Stable id; an assessment names it as 'target_preset'."""
    title: Text
    """Name of the kind of organisation."""
    summary: Text
    """One sentence: whom the preset is for."""
    level: Level
    """The level to reach where neither step nor question says otherwise."""
    because: Text
    """One sentence that defends this level."""
    steps: dict[str, TargetLevel] = Field(default_factory=dict)
    """Other levels for whole steps, by step id."""
    questions: dict[str, TargetLevel] = Field(default_factory=dict)
    """Other levels for single questions, by question id; these win over the step's."""


class RegisterSuggestion(Model):
    """A clinical workflow that belongs into most target registers, and what to think of when its figures are typed."""

    id: Identifier
    """Stable id of the suggested workflow."""
    title: Text
    """Name of the clinical workflow."""
    hint: Text
    """What to think of when its figures are typed."""


class RecoveryRule(Model):
    """The question whose measured figure says how long the last rehearsed recovery took."""

    question: Identifier
    """The measured question, by id."""
    hours_per_unit: Positive = 1.0
    """Hours in one unit of that figure: 1 for hours, 24 for days."""
    because: Text
    """One sentence: why this figure speaks for the recovery times of the register."""


class LevelRule(Model):
    """The question, and the level on the default scale, from which a kind of target is more than a wish."""

    question: Identifier
    """The question, by id."""
    level: Level
    """The level from which on such a target is held to something."""
    because: Text
    """One sentence that defends the level."""


class Spread(Model):
    """How a total of the target register becomes the range of an economic parameter.

    The range reaches ``below`` and ``above`` the total by these shares of it, and by ``at_least`` in the parameter's
    own unit where a share of it would be less.
    """

    total: Literal["load", "growth", "surge"]
    """Which total of the register becomes the range."""
    below: Share
    """How far the range reaches below the total, as a share of it."""
    above: float = Field(ge=0, le=10)
    """How far the range reaches above the total, as a share of it."""
    at_least: float = Field(default=0.0, ge=0, allow_inf_nan=False)
    """The least reach on either side, in the unit of the parameter."""
    because: Text
    """One sentence that defends the reach."""


class RegisterRules(Model):
    """What the target register is held against, and what it proposes to the economic model.

    ``step`` is the step whose page leads to the register; ``capacity`` is the economic parameter that says what the
    platform can serve; ``proposals`` are by symbol of the parameter.
    """

    step: Identifier
    """The step whose page leads to the register, by id."""
    recovery: RecoveryRule | None = None
    """The question whose figure the recovery times are held against."""
    latency: LevelRule | None = None
    """The question that says whether latency targets are more than a wish."""
    availability: LevelRule | None = None
    """The question that says whether availability targets are more than a wish."""
    capacity: str = Field(default="", max_length=64)
    """Symbol of the economic parameter that says what the platform can serve."""
    proposals: dict[str, Spread] = Field(default_factory=dict)
    """What the totals of the register propose to the economic model, by symbol of the parameter."""


class BaselineRule(Model):
    """How signals and severities propose the range of one economic parameter.

    Fragility is the weighted mean of the named signals (level / highest level) and severities, in [0, 1]; the proposal
    lies on the straight line from ``sturdy`` (fragility 0) to ``fragile`` (fragility 1).
    """

    signals: dict[str, Positive] = Field(default_factory=dict)
    """Weights of the signals that speak for fragility, by signal id."""
    factors: dict[str, Positive] = Field(default_factory=dict)
    """Weights of the wall factors whose severity speaks for fragility, by factor id."""
    sturdy: RangeText
    """The range where nothing speaks for fragility."""
    fragile: RangeText
    """The range where everything does."""
    grade: Grade
    """How firm the grounds are."""
    because: Text
    """One sentence: on what the two ranges rest, and what should replace them."""
    before_launch: Reason = ""
    """The same sentence for a product that is not launched yet, where 'because' speaks of its history."""

    def without_signals(self) -> BaselineRule:
        """Return the rule for a product that has shown no signal: it rests on severities alone."""
        return self.model_copy(update={"signals": {}, "because": self.before_launch or self.because})


class EffectWeights(Model):
    """How a rise in effective maturity, by dimension, delivers one economic effect; weights sum to 1."""

    dimensions: dict[str, Positive] = Field(min_length=1)
    """Share of the effect that each dimension delivers, by dimension id; the shares add up to 1."""
    because: Text
    """One sentence that defends the shares."""


class EconomicsMapping(Model):
    """What joins the scores to the economic model."""

    effects: dict[str, EffectWeights] = Field(default_factory=dict)
    """By symbol of the effect: which dimensions deliver it."""
    baseline: dict[str, BaselineRule] = Field(default_factory=dict)
    """By symbol of the parameter: how signals and severities propose its range."""

    def without_signals(self) -> EconomicsMapping:
        """Return the mapping for a product that has no incident history: baselines rest on severities alone."""
        baseline = {symbol: rule.without_signals() for symbol, rule in self.baseline.items()}
        return self.model_copy(update={"baseline": baseline})


class Policy(Model):
    """One scoring policy, printed with its version."""

    case: Text
    """The case that the policy decides."""
    policy: Text
    """What is done, in one or two sentences."""


class Band(Model):
    """A named band of the effective score, from ``at_least`` upwards."""

    at_least: float = Field(ge=0, le=100)
    """The effective score from which the band holds, 0 to 100."""
    name: Text
    """Name of the band."""
    because: Reason = ""
    """One sentence: what begins at this score."""
