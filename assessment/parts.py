"""The parts that questions stand on: scales, steps, dimensions, the wall, context, signals, measures."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from assessment.fields import Identifier, Model, Reason, Share, Text, Weighted


class Option(Model):
    """One choice on a scale; ``value`` is its worth in [0, 1]."""

    label: Text
    """What the option is called on screen."""
    value: Share
    """What the option is worth, from 0 to 1."""


class Scale(Model):
    """An ordered list of options from the lowest value to the highest."""

    id: Identifier
    """Stable id; a question names it under 'scale'."""
    options: tuple[Option, ...] = Field(min_length=2, max_length=11)
    """The options from the lowest value to the highest."""

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
    """Title of the source."""
    section: Text
    """The part that is cited: paragraph, chapter or capability."""
    year: int = Field(ge=1900, le=2100)
    """Year of the edition that is cited."""
    status: Literal["in force", "proposed", "published"] = "published"
    """Whether the source is in force, only proposed, or simply published."""


class Dimension(Model):
    """A maturity dimension, such as continuous integration and deployment."""

    id: Identifier
    """Stable id; questions name it under 'dimensions'."""
    title: Text
    """Name of the dimension."""
    short: Text
    """A short name for charts and narrow columns."""
    summary: Text
    """What a platform that is strong here looks like."""


class Step(Model):
    """A step of the transition; ``narrative`` says why it comes here, in a few short paragraphs."""

    id: Identifier
    """Stable id; questions name it under 'step'."""
    title: Text
    """Name of the step."""
    summary: Text
    """One sentence: what the step is for."""
    narrative: tuple[Text, ...] = Field(min_length=1)
    """Why the step comes here, in a few short paragraphs."""


class Strength(Model):
    """How strongly a wall factor caps a dimension (k in [0, 1]), with the reason."""

    k: Share
    """Share of the dimension that the factor takes away at full severity, from 0 to 1."""
    because: Text
    """One sentence that defends the share."""


class WallFactor(Model):
    """A part of the scalability wall; ``strengths`` maps dimension ids to their cap."""

    id: Identifier
    """Stable id; questions name it under 'factors'."""
    title: Text
    """Name of the factor."""
    summary: Text
    """What the factor is, and what it does under load."""
    lifted_means: Text
    """What holds once the factor is lifted."""
    strengths: dict[str, Strength]
    """How strongly it caps each dimension, by dimension id; every dimension is named."""
    capacity_weight: Share
    """Share of the lost capacity that lifting the factor gives back; the shares of all factors add up to 1."""
    capacity_because: Text
    """One sentence that defends this share."""


class ContextItem(Model):
    """A statement about the organisation, answered by how strongly it applies (0-4).

    ``dimension_weights`` is what a stressor adds to the weight of a dimension; ``points_to`` names the wall factors
    that a root cause leaves behind, or that a future shift presses on; ``finding`` says what it means when it applies.
    """

    id: Identifier
    """Stable id of the item."""
    title: Text
    """Name of the item."""
    prompt: Text
    """The question that is put."""
    seed: Text
    """The idea that the item stands for, in a few words."""
    anchors: tuple[Text, ...] = Field(min_length=2, max_length=11)
    """What each level means, from 0 upwards."""
    dimension_weights: dict[str, Weighted] = Field(default_factory=dict)
    """For a stressor: what it adds to the weight of a dimension at full strength, by dimension id."""
    points_to: dict[str, Weighted] = Field(default_factory=dict)
    """The wall factors that it leaves behind or presses on, by factor id."""
    finding: Reason = ""
    """What it means where the item applies."""

    @property
    def strongest(self) -> int:
        """The highest level that is offered."""
        return len(self.anchors) - 1


class Verdict(Model):
    """What to say when at least ``at_least`` applicability criteria hold."""

    at_least: int = Field(ge=0)
    """Number of criteria from which the verdict holds."""
    verdict: Text
    """The verdict in a word or two."""
    sentence: Text
    """What to do about it, in one sentence."""


class Applicability(Model):
    """A criterion holds from level ``holds_at``; the most demanding verdict that is reached is given."""

    holds_at: int = Field(ge=0)
    """The level from which a criterion counts as holding."""
    because: Reason = ""
    """One sentence that defends this level."""
    verdicts: tuple[Verdict, ...] = Field(min_length=1)
    """The verdicts, each from another number of criteria; one of them needs none."""


class Context(Model):
    """The context block: what weights, applicability, scenarios and findings are drawn from."""

    stressors: tuple[ContextItem, ...]
    """What raises the weight of questions and dimensions."""
    criteria: tuple[ContextItem, ...]
    """What decides whether the whole exercise is called for."""
    future_shifts: tuple[ContextItem, ...]
    """What will press on the platform later."""
    root_causes: tuple[ContextItem, ...]
    """How the platform came to be what it is."""
    applicability: Applicability
    """How the criteria become a verdict."""

    @property
    def items(self) -> tuple[ContextItem, ...]:
        """Every context item, in order of the groups."""
        return self.stressors + self.criteria + self.future_shifts + self.root_causes


class Signal(Model):
    """An early failure signal, seen 0-4 in the last two quarters, and the constraints that it points to."""

    id: Identifier
    """Stable id of the signal."""
    title: Text
    """Name of the signal."""
    prompt: Text
    """The question that is put, over the last two quarters."""
    seed: Text
    """The idea that the signal stands for, in a few words."""
    misread_as: Text
    """What the signal is commonly taken for."""
    anchors: tuple[Text, ...] = Field(min_length=2, max_length=11)
    """What each level means, from not seen upwards."""
    measure_name: Text
    """The figure that may be given beside the level."""
    measure_unit: Text
    """The unit of that figure."""
    supports: dict[str, Weighted] = Field(min_length=1)
    """The wall factors that it points to, by factor id, each with weight and reason."""

    @property
    def strongest(self) -> int:
        """The highest level that is offered."""
        return len(self.anchors) - 1


class Measure(Model):
    """A measured figure and the thresholds that map it to an option of the scale.

    ``thresholds`` has one figure fewer than the scale has options, from the boundary of the lowest option upwards. With
    ``better: lower`` a figure above thresholds[0] is the lowest option and one at or below the last is the highest;
    with ``better: higher`` a figure below thresholds[0] is the lowest and one at or above the last is the highest.
    """

    name: Text
    """What is measured, in full."""
    unit: Text
    """The unit in which the figure is typed."""
    better: Literal["lower", "higher"]
    """Whether a lower or a higher figure is the better one."""
    thresholds: tuple[Annotated[float, Field(ge=0, allow_inf_nan=False)], ...] = Field(min_length=1)
    """The boundaries between the options, from that of the lowest option upwards."""
    because: Reason = ""
    """One sentence that defends the boundaries, with its source."""
