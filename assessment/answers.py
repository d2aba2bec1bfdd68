"""What a team answered: the portable assessment, as frozen models."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, JsonValue, model_validator

from assessment.fields import Model
from assessment.questionnaire import Mode, Stage
from assessment.report_settings import ReportSettings

NotApplicable = Literal["not_built_yet", "other_team", "contractually_excluded", "out_of_scope"]
Confidence = Literal["claimed", "documented", "measured"]
Note = Annotated[str, Field(max_length=4000)]
Finite = Annotated[float, Field(allow_inf_nan=False)]
Key = Annotated[str, Field(min_length=1, max_length=64)]
Demand = Annotated[str, Field(pattern=r"^((>=)?Q([1-9]|1[0-9]|20)|never)$")]


class Answer(Model):
    """One answer: exactly one of an option, a measured figure, unknown, or not applicable with its reason.

    ``carried`` says that it was taken over from an earlier assessment and nobody has looked at it since.
    """

    option: int | None = Field(default=None, ge=0, le=10)
    figure: Finite | None = Field(default=None, ge=0)
    unknown: bool = False
    not_applicable: NotApplicable | None = None
    confidence: Confidence = "claimed"
    note: Note = ""
    evidence: tuple[Annotated[str, Field(max_length=1000)], ...] = Field(default=(), max_length=20)
    role: str = Field(default="", max_length=80)
    discuss: bool = False
    carried: bool = False

    @model_validator(mode="after")
    def _one_kind(self) -> Answer:
        kinds = (self.option is not None, self.figure is not None, self.unknown, self.not_applicable is not None)
        if sum(kinds) != 1:
            message = "an answer is exactly one of option, figure, unknown or not_applicable"
            raise ValueError(message)
        return self


class Vote(Model):
    """How many people of one role chose one option (None: did not know); the official answer stands beside it."""

    role: str = Field(default="", max_length=80)
    option: int | None = Field(default=None, ge=0, le=10)
    count: int = Field(ge=1, le=10_000)


class Workflow(Model):
    """One clinical workflow of the target register; a figure that nobody has set is None.

    Attributes:
        peak_per_hour: requests in its normal peak hour.
        growth_per_year: expected growth of that load, as a share (0.2 is 20 % a year).
        surge: how many times the normal peak hour it must bear.
        latency_ms: 95th percentile at the clinician's screen, in milliseconds.
        availability: share of time in service, such as 0.999.
        rto_hours: time until it serves again after a loss.
        rpo_minutes: how much entered data may be lost.
    """

    name: str = Field(min_length=1, max_length=200)
    peak_per_hour: Finite | None = Field(default=None, gt=0, le=1e12)
    growth_per_year: Finite | None = Field(default=None, ge=-0.9, le=9)
    surge: Finite | None = Field(default=None, ge=1, le=1000)
    latency_ms: Finite | None = Field(default=None, gt=0, le=3_600_000)
    availability: Finite | None = Field(default=None, gt=0, le=1)
    rto_hours: Finite | None = Field(default=None, ge=0, le=8784)
    rpo_minutes: Finite | None = Field(default=None, ge=0, le=527_040)
    signed_by: str = Field(default="", max_length=200)
    note: Note = ""


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
    """What the team can put into the programme.

    ``roles`` limit person-weeks a quarter of one role each; ``budget`` is the most that a computed plan may cost, by
    likely prices and in the currency of the economic inputs (None for no limit).
    """

    person_weeks_per_quarter: float = Field(default=48.0, gt=0, le=10_000)
    at_most_at_once: int = Field(default=3, ge=1, le=50)
    quarters: int = Field(default=12, ge=1, le=20)
    roles: dict[Key, Annotated[float, Field(gt=0, le=10_000)]] = Field(default_factory=dict, max_length=20)
    budget: float | None = Field(default=None, gt=0, le=1e15)


class ScenarioChange(Model):
    """What a scenario does to one figure of the model: multiply it, add to it, or set it, low with low and so on."""

    symbol: Key
    operation: Literal["multiply", "add", "set"]
    low: Finite
    mode: Finite
    high: Finite

    @model_validator(mode="after")
    def _ordered(self) -> ScenarioChange:
        if not self.low <= self.mode <= self.high:
            message = "a change needs low <= likely <= high"
            raise ValueError(message)
        return self


class ScenarioEdit(Model):
    """A scenario as a team sees it: its own figures for a built-in one, or one of its own with title and reason."""

    title: str = Field(default="", max_length=200)
    reason: str = Field(default="", max_length=2000)
    changes: tuple[ScenarioChange, ...] = Field(default=(), max_length=20)


Month = Annotated[int, Field(ge=1, le=240)]


class KeptSchedule(Model):
    """A calendar that a search found: each initiative's first and last month, and its person-weeks month by month.

    ``status`` and ``gap`` say what was proven of it, as in models.plan.Plan.
    """

    spans: dict[Key, tuple[Month, Month]] = Field(max_length=200)
    weeks: dict[Key, tuple[Annotated[Finite, Field(ge=0)], ...]] = Field(max_length=200)
    status: str = Field(pattern=r"^(greedy|optimal|feasible)$")
    gap: Finite | None = Field(default=None, ge=0)


class KeptPlan(Model):
    """A computed plan: the hash of what it answers, its calendar, and those for parts of its money, by percent."""

    question: str = Field(pattern=r"^[0-9a-f]{64}$")
    whole: KeptSchedule
    funded: dict[Annotated[str, Field(pattern=r"^(25|50|75)$")], KeptSchedule] = Field(default_factory=dict)


class EconomicInputs(Model):
    """What the organisation says about money, load and time. Symbols are those of ``models/parameters.yaml``.

    ``currency_per_usd`` is units of ``currency`` for one US dollar; it must be typed for any other currency, since a
    symbol never relabels dollars. Ranges are in ``currency`` where the parameter is money. ``confirmed`` says
    that a person has looked at the proposed baseline and accepted it. ``scenarios`` holds what the team changed in the
    built-in ones, by their id, and those of its own; ``pins`` what it demands of the plan, by initiative: Q2, >=Q3 or
    never. ``plan`` is the plan in use, and ``computed`` the one that a search found last.
    """

    currency: str = Field(default="USD", pattern=r"^[A-Z]{3}$")
    currency_per_usd: Finite | None = Field(default=None, gt=0)
    horizon_months: int = Field(default=60, ge=12, le=120)
    delay_months: int = Field(default=12, ge=1, le=60)
    capacity: Capacity = Capacity()
    confirmed: bool = False
    ranges: dict[Key, Range] = Field(default_factory=dict)
    scenarios: dict[Key, ScenarioEdit] = Field(default_factory=dict, max_length=50)
    pins: dict[Key, Demand] = Field(default_factory=dict, max_length=200)
    plan: Literal["step_by_step", "computed"] = "step_by_step"
    computed: KeptPlan | None = None


class QuestionnaireRef(Model):
    """Which questionnaire the answers belong to."""

    id: Key
    version: str = Field(max_length=80)


class Assessment(Model):
    """A portable assessment: what ``sixstep export`` writes and ``sixstep score`` reads.

    ``stage`` is ``design`` for a product that is not launched yet. ``follows`` is the id of the assessment that this
    one carries on, in the workspace where it was begun. ``moved_from`` are the versions of its questionnaire that it
    was answered on before; answers to questions that have left since then are kept. ``targets`` are levels typed by the
    team, which stand above those of ``target_preset``. ``votes`` are what several people said, before or beside the
    official answer. ``initiatives`` are those of the team, by id, as in an initiatives file: its own, and built-in ones
    that it changed. ``report`` is how its report looks.
    """

    format: Literal["sixstep-assessment/1"] = "sixstep-assessment/1"
    name: str = Field(min_length=1, max_length=200)
    organisation: str = Field(default="", max_length=200)
    fictional: bool = False
    mode: Mode = "pulse"
    stage: Stage = "live"
    follows: str = Field(default="", max_length=64)
    target_preset: str = Field(default="", max_length=64)
    questionnaire: QuestionnaireRef
    moved_from: tuple[QuestionnaireRef, ...] = Field(default=(), max_length=200)
    context: dict[Key, Annotated[int, Field(ge=0, le=10)]] = Field(default_factory=dict)
    signals: dict[Key, SignalAnswer] = Field(default_factory=dict)
    answers: dict[Key, Answer] = Field(default_factory=dict)
    votes: dict[Key, Annotated[tuple[Vote, ...], Field(max_length=200)]] = Field(default_factory=dict)
    targets: dict[Key, Annotated[int, Field(ge=0, le=10)]] = Field(default_factory=dict)
    workflows: dict[Key, Workflow] = Field(default_factory=dict, max_length=60)
    initiatives: dict[Key, dict[str, JsonValue]] = Field(default_factory=dict, max_length=60)
    economics: EconomicInputs = EconomicInputs()
    report: ReportSettings = ReportSettings()
