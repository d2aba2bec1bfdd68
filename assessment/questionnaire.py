"""What a questionnaire file says, as frozen models.

A questionnaire is data: steps, dimensions, wall factors, scales and every weight come from the file, so nothing here
knows that the built-in one has six steps or five options. Rules that join several parts of the file (unknown
references, a factor that no question feeds) are in :mod:`assessment.loading`, where line numbers are known.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import Field, PrivateAttr, model_validator

from assessment.feeds import (
    Band,
    Crosswalk,
    EconomicsMapping,
    LifecycleArc,
    Policy,
    PostureRow,
    RegisterRules,
    RegisterSuggestion,
    TargetPreset,
)
from assessment.fields import Identifier, Model, Positive, Reason, Share, Text, Weighted

Mode = Literal["pulse", "full"]
Stage = Literal["live", "design"]


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


class ContextItem(Model):
    """A statement about the organisation, answered by how strongly it applies (0-4).

    ``dimension_weights`` is what a stressor adds to the weight of a dimension; ``points_to`` names the wall factors
    that a root cause leaves behind, or that a future shift presses on; ``finding`` says what it means when it applies.
    """

    id: Identifier
    title: Text
    prompt: Text
    seed: Text
    anchors: tuple[Text, ...] = Field(min_length=2, max_length=11)
    dimension_weights: dict[str, Weighted] = Field(default_factory=dict)
    points_to: dict[str, Weighted] = Field(default_factory=dict)
    finding: Reason = ""


class Verdict(Model):
    """What to say when at least ``at_least`` applicability criteria hold."""

    at_least: int = Field(ge=0)
    verdict: Text
    sentence: Text


class Applicability(Model):
    """A criterion holds from level ``holds_at``; verdicts are ordered from the most demanding."""

    holds_at: int = Field(ge=0)
    because: Reason = ""
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
    because: Reason = ""


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


class DesignWording(Model):
    """A question as it is put to a product that is not yet launched; no figure is measured then."""

    prompt: Text
    hint: Text
    anchors: tuple[Text, ...] = Field(min_length=2, max_length=11)
    evidence: tuple[Text, ...] = Field(min_length=1)


class Question(Model):
    """One question; it feeds practice (``dimensions``) or constraint severity (``factors``).

    ``because`` defends the weights. ``design`` words the question for the design stage; a question without it is not
    asked then, for the reason in ``not_in_design``.
    """

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
    because: Reason = ""
    stressors: dict[str, Weighted] = Field(default_factory=dict)
    lifecycle: tuple[Identifier, ...] = ()
    anchors: tuple[Text, ...] = Field(min_length=2, max_length=11)
    evidence: tuple[Text, ...] = Field(min_length=1)
    references: tuple[Identifier, ...]
    measure: Measure | None = None
    design: DesignWording | None = None
    not_in_design: Reason = ""

    def before_launch(self) -> Question | None:
        """Return the question in the words of the design stage, or None when it is not asked then."""
        if self.design is None:
            return None
        words = {name: getattr(self.design, name) for name in DesignWording.model_fields}
        return self.model_copy(update={**words, "measure": None})


class Rules(Model):
    """Thresholds of the scoring itself."""

    show_point_from_coverage: Share
    gate_share: Share
    disagreement_from: Share = 0.35
    policies_version: Text
    policies: tuple[Policy, ...]
    because: dict[str, Text] = Field(default_factory=dict)


class Questionnaire(Model):
    """A whole questionnaire file; ``how_to_answer`` are the rules for choosing a level, shown with every step."""

    format: Literal["sixstep-questionnaire/1"]
    id: Identifier
    version: Text
    title: Text
    summary: Text
    language: Text
    how_to_answer: tuple[Text, ...] = ()
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
    target_presets: tuple[TargetPreset, ...] = ()
    crosswalks: tuple[Crosswalk, ...] = ()
    register_suggestions: tuple[RegisterSuggestion, ...] = ()
    target_register: RegisterRules | None = None
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

    def asked(self, mode: Mode) -> tuple[Question, ...]:
        """Return the questions of a mode: the core ones for a pulse, else all."""
        return tuple(question for question in self.questions if question.core or mode == "full")

    def of_step(self, step: str, mode: Mode) -> tuple[Question, ...]:
        """Return the questions of one step in file order."""
        return tuple(question for question in self.asked(mode) if question.step == step)

    _stage: Stage = PrivateAttr(default="live")
    _left_out: tuple[Question, ...] = PrivateAttr(default=())

    @property
    def stage(self) -> Stage:
        """The stage whose words the questions are in; a file holds those of a live product."""
        return self._stage

    @property
    def not_asked(self) -> Mapping[str, str]:
        """Questions that the stage leaves out, by id, each with the reason; their answers are kept."""
        return {question.id: question.not_in_design for question in self._left_out}

    def left_out(self, mode: Mode) -> tuple[Question, ...]:
        """Return the questions of a mode that the stage leaves out, as they are put to a live product."""
        return tuple(question for question in self._left_out if question.core or mode == "full")

    @property
    def serves_design(self) -> bool:
        """Whether every dimension still has a core question at the design stage."""
        worded = [question for question in self.questions if question.core and question.design is not None]
        core = {name for question in worded for name in question.dimensions}
        return core == {dimension.id for dimension in self.dimensions}

    def at_stage(self, stage: Stage) -> Self:
        """Return the questionnaire as it is put at a stage.

        At the design stage, before launch, questions are in the future tense of the design; what needs an incident
        history (those questions, and the signals) is not asked. Returns itself where it is at that stage already.

        Raises:
            ValueError: when a questionnaire in the words of the design stage is asked for those of a live product.
        """
        if stage == self._stage:
            return self
        if stage == "live":
            message = "the words of a live product are in the file; load it again"
            raise ValueError(message)
        return self.before_launch

    @cached_property
    def before_launch(self) -> Self:
        """The questionnaire in the words of the design stage, made once."""
        worded = {question.id: question.before_launch() for question in self.questions}
        changes = {
            "questions": tuple(question for question in worded.values() if question is not None),
            "signals": (),
            "economics": self.economics.without_signals(),
        }
        staged = self.model_copy(update=changes)
        staged.__dict__.pop("by_id", None)
        staged._stage = "design"  # noqa: SLF001 (its own class)
        staged._left_out = tuple(  # noqa: SLF001
            question for question in self.questions if worded[question.id] is None
        )
        return staged
