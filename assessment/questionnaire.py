"""What a questionnaire file says, as frozen models.

A questionnaire is data: steps, dimensions, wall factors, scales and every weight come from the file, so nothing here
knows that the built-in one has six steps or five options. Rules that join several parts of the file (unknown
references, a factor that no question feeds) are in :mod:`assessment.loading`, where line numbers are known.
"""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*([._-][a-z0-9]+)*$", max_length=64)]
Text = Annotated[str, Field(min_length=1, max_length=2000)]
Share = Annotated[float, Field(ge=0, le=1)]
Positive = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Grade = Literal["strong", "moderate", "weak", "assumption"]


class Model(BaseModel):
    """Frozen, strict, and closed to unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Option(Model):
    """One choice on a scale; ``value`` is its worth in [0, 1]."""

    label: Text
    value: Share


class Scale(Model):
    """An ordered list of options from the lowest value to the highest."""

    id: Identifier
    options: tuple[Option, ...] = Field(min_length=2, max_length=11)

    @model_validator(mode="after")
    def _ordered(self) -> Scale:
        values = [option.value for option in self.options]
        if values != sorted(set(values)):
            message = "option values must rise from one option to the next"
            raise ValueError(message)
        return self


class Reference(Model):
    """A public source: title, section and year; ``status`` marks what is only proposed."""

    title: Text
    section: Text
    year: int = Field(ge=1900, le=2100)
    status: Literal["in force", "proposed", "published"] = "published"


class Dimension(Model):
    """A maturity dimension, such as continuous integration and deployment."""

    id: Identifier
    title: Text
    short: Text
    summary: Text


class Step(Model):
    """A step of the transition; ``narrative`` says why it comes here, in a few short paragraphs."""

    id: Identifier
    title: Text
    summary: Text
    narrative: tuple[Text, ...] = Field(min_length=1)


class Strength(Model):
    """How strongly a wall factor caps a dimension (k in [0, 1]), with the reason."""

    k: Share
    because: Text


class WallFactor(Model):
    """A part of the scalability wall; ``strengths`` maps dimension ids to their cap."""

    id: Identifier
    title: Text
    summary: Text
    lifted_means: Text
    strengths: dict[str, Strength]
    capacity_weight: Share
    capacity_because: Text


class Weighted(Model):
    """A weight and the sentence that defends it."""

    weight: Positive
    because: Text


class ContextItem(Model):
    """A statement about the organisation, answered by how strongly it applies (0-4)."""

    id: Identifier
    title: Text
    prompt: Text
    seed: Text
    anchors: tuple[Text, ...] = Field(min_length=2, max_length=11)
    dimension_weights: dict[str, Weighted] = Field(default_factory=dict)


class Verdict(Model):
    """What to say when at least ``at_least`` applicability criteria hold."""

    at_least: int = Field(ge=0)
    verdict: Text
    sentence: Text


class Applicability(Model):
    """A criterion holds from level ``holds_at``; verdicts are ordered from the most demanding."""

    holds_at: int = Field(ge=0)
    verdicts: tuple[Verdict, ...] = Field(min_length=1)


class Context(Model):
    """The context block: what weights, applicability, scenarios and findings are drawn from."""

    stressors: tuple[ContextItem, ...]
    criteria: tuple[ContextItem, ...]
    future_shifts: tuple[ContextItem, ...]
    root_causes: tuple[ContextItem, ...]
    applicability: Applicability

    @property
    def items(self) -> tuple[ContextItem, ...]:
        """Every context item, in order of the groups."""
        return self.stressors + self.criteria + self.future_shifts + self.root_causes


class Measure(Model):
    """A measured figure and the thresholds that map it to an option of the scale.

    ``thresholds`` has one figure fewer than the scale has options, from the boundary of the lowest option upwards. With
    ``better: lower`` a figure above thresholds[0] is the lowest option and one at or below the last is the highest;
    with ``better: higher`` a figure below thresholds[0] is the lowest and one at or above the last is the highest.
    """

    name: Text
    unit: Text
    better: Literal["lower", "higher"]
    thresholds: tuple[Annotated[float, Field(ge=0, allow_inf_nan=False)], ...] = Field(min_length=1)


class Signal(Model):
    """An early failure signal, seen 0-4 in the last two quarters, and the constraints that it points to."""

    id: Identifier
    title: Text
    prompt: Text
    seed: Text
    misread_as: Text
    anchors: tuple[Text, ...] = Field(min_length=2, max_length=11)
    measure_name: Text
    measure_unit: Text
    supports: dict[str, Weighted] = Field(min_length=1)


class Question(Model):
    """One question; it feeds practice (``dimensions``) or constraint severity (``factors``)."""

    id: Identifier
    step: Identifier
    title: Text
    prompt: Text
    hint: Text
    why: Text
    seed: Text
    core: bool = False
    scale: Identifier | None = None
    weight: Positive = 1.0
    dimensions: dict[str, Positive] = Field(default_factory=dict)
    factors: dict[str, Positive] = Field(default_factory=dict)
    stressors: dict[str, Weighted] = Field(default_factory=dict)
    lifecycle: tuple[Identifier, ...] = ()
    anchors: tuple[Text, ...] = Field(min_length=2, max_length=11)
    evidence: tuple[Text, ...] = Field(min_length=1)
    references: tuple[Identifier, ...]
    measure: Measure | None = None


class PostureRow(Model):
    """A row of the posture table, placed between its two ends by the questions it names."""

    id: Identifier
    title: Text
    reactive: Text
    engineered: Text
    questions: dict[str, Positive] = Field(min_length=1)


class LifecycleArc(Model):
    """One arc of the lifecycle loop."""

    id: Identifier
    title: Text
    summary: Text


class Band(Model):
    """A named band of the effective score, from ``at_least`` upwards."""

    at_least: float = Field(ge=0, le=100)
    name: Text


class RangeText(Model):
    """A low, likely and high figure."""

    low: float = Field(allow_inf_nan=False)
    mode: float = Field(allow_inf_nan=False)
    high: float = Field(allow_inf_nan=False)

    @model_validator(mode="after")
    def _ordered(self) -> RangeText:
        if not self.low <= self.mode <= self.high:
            message = "a range needs low <= mode <= high"
            raise ValueError(message)
        return self


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


class Policy(Model):
    """One scoring policy, printed with its version."""

    case: Text
    policy: Text


class Rules(Model):
    """Thresholds of the scoring itself."""

    show_point_from_coverage: Share
    gate_share: Share
    disagreement_from: Share = 0.35
    policies_version: Text
    policies: tuple[Policy, ...]


class Questionnaire(Model):
    """A whole questionnaire file."""

    format: Literal["sixstep-questionnaire/1"]
    id: Identifier
    version: Text
    title: Text
    summary: Text
    language: Text
    default_scale: Identifier
    scales: tuple[Scale, ...] = Field(min_length=1)
    dimensions: tuple[Dimension, ...] = Field(min_length=1)
    steps: tuple[Step, ...] = Field(min_length=1)
    wall_factors: tuple[WallFactor, ...]
    context: Context
    signals: tuple[Signal, ...]
    rules: Rules
    bands: tuple[Band, ...] = Field(min_length=1)
    posture: tuple[PostureRow, ...]
    lifecycle: tuple[LifecycleArc, ...]
    economics: EconomicsMapping
    references: dict[str, Reference]
    questions: tuple[Question, ...] = Field(min_length=1)

    @cached_property
    def by_id(self) -> dict[str, Question]:
        """Questions by their stable id."""
        return {question.id: question for question in self.questions}

    @cached_property
    def scales_by_id(self) -> dict[str, Scale]:
        """Scales by id."""
        return {scale.id: scale for scale in self.scales}

    def scale_of(self, question: Question) -> Scale:
        """Return the scale on which a question is answered."""
        return self.scales_by_id[question.scale or self.default_scale]

    @property
    def top_level(self) -> int:
        """Highest gated level: the number of options of the default scale, less one."""
        return len(self.scales_by_id[self.default_scale].options) - 1

    def asked(self, mode: Literal["pulse", "full"]) -> tuple[Question, ...]:
        """Return the questions of a mode: the core ones for a pulse, else all."""
        return tuple(question for question in self.questions if question.core or mode == "full")

    def of_step(self, step: str, mode: Literal["pulse", "full"]) -> tuple[Question, ...]:
        """Return the questions of one step in file order."""
        return tuple(question for question in self.asked(mode) if question.step == step)
