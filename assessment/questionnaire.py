"""What a questionnaire file says, as frozen models.

A questionnaire is data: steps, dimensions, wall factors, scales and every weight come from the file, so nothing here
knows that the built-in one has six steps or five options. The parts that questions stand on are in
:mod:`assessment.parts`, what answers feed is in :mod:`assessment.feeds`; rules that join several parts of the file
(unknown references, a factor that no question feeds) are in :mod:`assessment.file_rules`, where lines are known.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Literal, Self

from pydantic import Field, PrivateAttr

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
from assessment.parts import (
    Context,
    ContextItem,
    Dimension,
    Measure,
    Reference,
    Scale,
    Signal,
    Step,
    WallFactor,
)

__all__ = [
    "Context",
    "ContextItem",
    "DesignWording",
    "Dimension",
    "Measure",
    "Mode",
    "Question",
    "Questionnaire",
    "Reference",
    "Rules",
    "Scale",
    "Signal",
    "Stage",
    "Step",
    "WallFactor",
]

Mode = Literal["pulse", "full"]
Stage = Literal["live", "design"]


class DesignWording(Model):
    """A question as it is put to a product that is not yet launched; no figure is measured then."""

    prompt: Text
    """The question in the future or present tense of the design."""
    hint: Text
    """Where to look before there is a running product."""
    anchors: tuple[Text, ...] = Field(min_length=2, max_length=11)
    """What each level means for a design, from the lowest upwards; one for each option."""
    evidence: tuple[Text, ...] = Field(min_length=1)
    """What can be shown before launch."""


class Question(Model):
    """One question; it feeds practice (``dimensions``) or constraint severity (``factors``).

    ``because`` defends the weights. ``design`` words the question for the design stage; a question without it is not
    asked then, for the reason in ``not_in_design``.
    """

    id: Identifier
    """Stable id, such as iac.drift; answers are kept under it, so it never changes."""
    step: Identifier
    """The step that the question belongs to, by id."""
    title: Text
    """A short name."""
    prompt: Text
    """The question: one thing asked, ending with a question mark."""
    hint: Text
    """One sentence that tells where to look, or what counts."""
    why: Text
    """One sentence that names a clinical consequence."""
    seed: Text
    """The idea that the question stands for, in a few words."""
    core: bool = False
    """Whether the question belongs to the short leadership pulse."""
    scale: Identifier | None = None
    """The scale on which it is answered, by id; without one, the default scale."""
    weight: Positive = 1.0
    """How much the question counts beside the others."""
    dimensions: dict[str, Positive] = Field(default_factory=dict)
    """The practice that the answer feeds, by dimension id, with its share."""
    factors: dict[str, Positive] = Field(default_factory=dict)
    """The wall factors that the answer measures, by factor id, with its share."""
    because: Reason = ""
    """One sentence that defends what it feeds and in what proportion."""
    stressors: dict[str, Weighted] = Field(default_factory=dict)
    """The stressors that raise the weight of the question, by id, each with its full uplift and the reason."""
    lifecycle: tuple[Identifier, ...] = ()
    """The arcs of the lifecycle that the question is tagged with."""
    anchors: tuple[Text, ...] = Field(min_length=2, max_length=11)
    """What each level means, from the lowest upwards; one state that a visitor could check for each option."""
    evidence: tuple[Text, ...] = Field(min_length=1)
    """What somebody could show in the room."""
    references: tuple[Identifier, ...]
    """Public sources, by their key under 'references'."""
    measure: Measure | None = None
    """The figure that chooses the level, where the question is answered by one."""
    design: DesignWording | None = None
    """The same question before launch."""
    not_in_design: Reason = ""
    """Why the question is not asked before launch; instead of 'design'."""

    def before_launch(self) -> Question | None:
        """Return the question in the words of the design stage, or None when it is not asked then."""
        if self.design is None:
            return None
        words = {name: getattr(self.design, name) for name in DesignWording.model_fields}
        return self.model_copy(update={**words, "measure": None})


class Rules(Model):
    """Thresholds of the scoring itself."""

    show_point_from_coverage: Share
    """Share of answered weight from which a score is shown as a point beside its range."""
    gate_share: Share
    """Share of a dimension's weight that must stand at a level before the level is reached."""
    disagreement_from: Share = 0.35
    """Difference between signals and answers from which it is called a contradiction."""
    policies_version: Text
    """Version of the policies, printed with every result."""
    policies: tuple[Policy, ...]
    """The policies, each with the case that it decides."""
    because: dict[str, Text] = Field(default_factory=dict)
    """One sentence for each number above, by its name."""


class Questionnaire(Model):
    """A whole questionnaire file."""

    format: Literal["sixstep-questionnaire/1"]
    """Name and version of the file format."""
    id: Identifier
    """Stable id of the questionnaire; assessments name it."""
    version: Text
    """Version of the questionnaire, in quotes; a new one for each change that people see."""
    title: Text
    """Title, as printed."""
    summary: Text
    """What is asked and of whom, in a few sentences."""
    language: Text
    """Language of the words, such as en."""
    how_to_answer: tuple[Text, ...] = ()
    """Rules for choosing a level, one sentence or two each; they stand with every step and are printed."""
    based_on: Identifier | None = None
    """Id of the questionnaire that an overlay was laid over, whose initiatives serve this one as well."""
    default_scale: Identifier
    """The scale of every question that names no other, by id."""
    scales: tuple[Scale, ...] = Field(min_length=1)
    """How questions are answered."""
    dimensions: tuple[Dimension, ...] = Field(min_length=1)
    """What is scored."""
    steps: tuple[Step, ...] = Field(min_length=1)
    """The steps, in the order in which they are taken."""
    wall_factors: tuple[WallFactor, ...]
    """What caps the dimensions; may be empty."""
    context: Context
    """What is asked about the organisation."""
    signals: tuple[Signal, ...]
    """Early failure signals; may be empty."""
    rules: Rules
    """Thresholds of the scoring, and its policies."""
    bands: tuple[Band, ...] = Field(min_length=1)
    """Names for ranges of the effective score, from 0 upwards."""
    posture: tuple[PostureRow, ...]
    """Rows of the posture table; may be empty."""
    lifecycle: tuple[LifecycleArc, ...]
    """Arcs of the lifecycle loop; may be empty."""
    target_presets: tuple[TargetPreset, ...] = ()
    """Target levels for kinds of organisation."""
    crosswalks: tuple[Crosswalk, ...] = ()
    """Rules read paragraph by paragraph against the questions."""
    register_suggestions: tuple[RegisterSuggestion, ...] = ()
    """Clinical workflows that are offered to the target register."""
    target_register: RegisterRules | None = None
    """What the target register is held against, and what it proposes to the economic model."""
    economics: EconomicsMapping
    """How scores, signals and severities become figures of the economic model."""
    references: dict[str, Reference]
    """Public sources, by a key of your choice."""
    questions: tuple[Question, ...] = Field(min_length=1)
    """The questions, in the order in which they are asked."""

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
