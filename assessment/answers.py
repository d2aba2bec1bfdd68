"""What a team answered: the portable assessment, as frozen models."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from assessment.questionnaire import Model

NotApplicable = Literal["not_built_yet", "other_team", "contractually_excluded", "out_of_scope"]
Confidence = Literal["claimed", "documented", "measured"]
Mode = Literal["pulse", "full"]
Note = Annotated[str, Field(max_length=4000)]
Finite = Annotated[float, Field(allow_inf_nan=False)]
Key = Annotated[str, Field(min_length=1, max_length=64)]


class Answer(Model):
    """One answer: exactly one of an option, a measured figure, unknown, or not applicable with its reason."""

    option: int | None = Field(default=None, ge=0, le=10)
    figure: Finite | None = Field(default=None, ge=0)
    unknown: bool = False
    not_applicable: NotApplicable | None = None
    confidence: Confidence = "claimed"
    note: Note = ""
    evidence: tuple[Annotated[str, Field(max_length=1000)], ...] = Field(default=(), max_length=20)
    role: str = Field(default="", max_length=80)
    discuss: bool = False

    @model_validator(mode="after")
    def _one_kind(self) -> Answer:
        kinds = (self.option is not None, self.figure is not None, self.unknown, self.not_applicable is not None)
        if sum(kinds) != 1:
            message = "an answer is exactly one of option, figure, unknown or not_applicable"
            raise ValueError(message)
        return self


class SignalAnswer(Model):
    """How often a signal was seen (None: unknown) and the measured figure, when there is one."""

    level: int | None = Field(default=None, ge=0, le=10)
    figure: Finite | None = None
    note: Note = ""


class Range(Model):
    """A range: low, likely (``mode``, may be left out for a lognormal), high; ``proposed`` when nobody typed it."""

    low: Finite
    mode: Finite | None = None
    high: Finite
    measured: bool = False
    proposed: bool = False
    source: str = Field(default="", max_length=4000)

    @model_validator(mode="after")
    def _ordered(self) -> Range:
        mode = self.low if self.mode is None else self.mode
        if not self.low <= mode <= self.high:
            message = "a range needs low <= likely <= high"
            raise ValueError(message)
        return self


class Capacity(Model):
    """What the team can put into the programme."""

    person_weeks_per_quarter: float = Field(default=48.0, gt=0, le=10_000)
    at_most_at_once: int = Field(default=3, ge=1, le=50)
    quarters: int = Field(default=12, ge=1, le=20)


class EconomicInputs(Model):
    """What the organisation says about money, load and time. Symbols are those of ``models/parameters.yaml``.

    ``currency_per_usd`` is units of ``currency`` for one US dollar; it must be typed for any other currency, since a
    symbol never relabels dollars. Ranges are in ``currency`` where the parameter is money. ``confirmed`` says
    that a person has looked at the proposed baseline and accepted it.
    """

    currency: str = Field(default="USD", pattern=r"^[A-Z]{3}$")
    currency_per_usd: Finite | None = Field(default=None, gt=0)
    horizon_months: int = Field(default=60, ge=12, le=120)
    delay_months: int = Field(default=12, ge=1, le=60)
    capacity: Capacity = Capacity()
    confirmed: bool = False
    ranges: dict[Key, Range] = Field(default_factory=dict)


class QuestionnaireRef(Model):
    """Which questionnaire the answers belong to."""

    id: Key
    version: str = Field(max_length=80)


class Assessment(Model):
    """A portable assessment: what ``sixstep export`` writes and ``sixstep score`` reads."""

    format: Literal["sixstep-assessment/1"] = "sixstep-assessment/1"
    name: str = Field(min_length=1, max_length=200)
    organisation: str = Field(default="", max_length=200)
    fictional: bool = False
    mode: Mode = "pulse"
    questionnaire: QuestionnaireRef
    context: dict[Key, Annotated[int, Field(ge=0, le=10)]] = Field(default_factory=dict)
    signals: dict[Key, SignalAnswer] = Field(default_factory=dict)
    answers: dict[Key, Answer] = Field(default_factory=dict)
    economics: EconomicInputs = EconomicInputs()
