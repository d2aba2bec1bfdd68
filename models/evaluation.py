"""Everything that follows from one assessment, in one frozen object that every output shows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pydantic import BaseModel

from assessment.answers import Assessment, Range
from assessment.questionnaire import Questionnaire
from assessment.scores import Scores
from assessment.scoring import score
from models.baseline import propose_baseline
from models.cost_curves import Curves, simulate
from models.decision import BreakEven, Decision, break_even_cost, decide
from models.effects import delivered_maturity
from models.initiatives import InitiativeFile
from models.inputs import LOAD_TEST, ModelInputs, build_inputs
from models.parameters import ParameterFile
from models.programme import Programme
from models.register import Offer, register_offers, same_range
from models.roadmap import Plan, plan_roadmap

PRODUCT_VERSION = "0.2.0"
WEEKS_PER_YEAR = 52
BREAK_EVEN_PATHS = 20_000
CAPACITY_SYMBOLS = LOAD_TEST
_PLACE = {"follows"}
_NOT_MOVED = 1e-3


@dataclass(frozen=True, slots=True)
class Identity:
    """What makes a page reproducible: the hash of the inputs, and every version and setting that moves a figure."""

    inputs_hash: str
    questionnaire_version: str
    initiatives_version: str
    parameters_version: str
    policies_version: str
    product_version: str
    seed: int
    paths: int


@dataclass(frozen=True, slots=True)
class Economics:
    """The economic half: exists only when the baseline is confirmed and every asked figure is given.

    ``other_end_npv`` is the expected NPV of starting now with each unknown answer at its lowest option and raised by
    the plan: the other end of what ignorance leaves open (``curves`` claims nothing from it). None without unknowns.
    """

    inputs: ModelInputs
    curves: Curves
    decision: Decision
    break_even: BreakEven
    programme_cost: Range
    run_cost: Range
    other_end_npv: float | None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """An assessment evaluated; ``missing`` says, in sentences, why there is no economic half when there is none."""

    questionnaire: Questionnaire
    assessment: Assessment
    initiatives: InitiativeFile
    parameters: ParameterFile
    scores: Scores
    plan: Plan
    proposals: Mapping[str, Range]
    economics: Economics | None
    missing: tuple[str, ...]
    identity: Identity

    @property
    def moved_proposals(self) -> tuple[str, ...]:
        """Titles of accepted proposals that today's answers would propose otherwise: the baseline to look at again."""
        accepted = self.assessment.economics.ranges
        offered = {offer.symbol: offer.range for offer in self.register_offers if offer.range is not None}
        moved = [
            symbol
            for symbol, now in {**self.proposals, **offered}.items()
            if symbol in accepted and accepted[symbol].proposed and not same_range(accepted[symbol], now, _NOT_MOVED)
        ]
        return tuple(_title(self.parameters, symbol) for symbol in moved)

    @property
    def register_offers(self) -> tuple[Offer, ...]:
        """What the target register offers to the model; none of it is used before a person accepts it."""
        return register_offers(self.questionnaire, self.assessment, self.scores.register, self.parameters)


def evaluate(
    questionnaire: Questionnaire,
    assessment: Assessment,
    initiatives: InitiativeFile,
    parameters: ParameterFile,
    *,
    paths: int = 20_000,
    seed: int = 1,
    with_economics: bool = True,
    progress: Callable[[float], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Evaluation:
    """Return everything that follows from an assessment.

    Args:
        questionnaire: the questionnaire that was answered.
        assessment: answers, context and economic inputs.
        initiatives: what the team can do.
        parameters: the economic parameters with their sources.
        paths: simulated futures; 20,000 by default.
        seed: seed of the random numbers.
        with_economics: False leaves the simulation out, for who only wants scores and plan.
        progress: told the share done, in [0, 1].
        should_stop: asked between chunks of paths; True cancels with models.cost_curves' own error.

    Raises:
        InputError: when an answer or an economic input does not fit.
    """
    questionnaire = questionnaire.at_stage(assessment.stage)
    scores = score(questionnaire, assessment)
    plan = plan_roadmap(questionnaire, assessment, initiatives)
    proposals = propose_baseline(questionnaire, assessment, scores)
    missing = (*missing_inputs(assessment, parameters, proposals), *nothing_planned(plan))
    economics = None
    if with_economics and not missing:
        model = _Model(questionnaire, assessment, initiatives, parameters, plan, proposals)
        economics = model.economics(paths, seed, progress, should_stop)
    return Evaluation(
        questionnaire,
        assessment,
        initiatives,
        parameters,
        scores,
        plan,
        proposals,
        economics,
        missing,
        identity(questionnaire, assessment, initiatives, parameters, paths, seed),
    )


def missing_inputs(
    assessment: Assessment, parameters: ParameterFile, proposals: Mapping[str, Range]
) -> tuple[str, ...]:
    """Return a sentence for each thing that a person still has to give before a cost curve may be shown."""
    economics = assessment.economics
    asked = [
        parameter
        for parameter in parameters.parameters
        if parameter.asked and parameter.symbol not in CAPACITY_SYMBOLS and parameter.symbol not in economics.ranges
    ]
    sentences = [f"{parameter.title} ({parameter.symbol}, {parameter.unit}) has not been given." for parameter in asked]
    untested = [symbol for symbol in CAPACITY_SYMBOLS if symbol not in economics.ranges]
    if len(untested) < len(CAPACITY_SYMBOLS):
        sentences += [
            f"{_title(parameters, symbol)} has not been given; a load test needs all three figures."
            for symbol in untested
        ]
    if proposals and not economics.confirmed:
        names = "; ".join(_title(parameters, symbol) for symbol in proposals)
        sentences.append(f"The baseline proposed from the answers has not been confirmed: {names}.")
    if economics.currency != "USD" and economics.currency_per_usd is None:
        sentences.append(f"The value of one US dollar in {economics.currency} has not been given.")
    return tuple(sentences)


def _title(parameters: ParameterFile, symbol: str) -> str:
    known = parameters.by_symbol.get(symbol)
    return symbol if known is None else f"{known.title} ({symbol})"


def nothing_planned(plan: Plan) -> tuple[str, ...]:
    """Return the sentence that there is no case to judge, when the plan is empty: no verdict is made from nothing."""
    if plan.placements:
        return ()
    if "unanswered" in plan.left_out.values():
        return ("There is no plan to judge: too few questions have a known answer for any work to be planned.",)
    return ("There is no plan to judge: no known initiative raises any answer within the planned quarters.",)


@dataclass(frozen=True)
class _Model:
    """One assessment on its way through the economic engine."""

    questionnaire: Questionnaire
    assessment: Assessment
    initiatives: InitiativeFile
    parameters: ParameterFile
    plan: Plan
    proposals: Mapping[str, Range]

    def economics(
        self,
        paths: int,
        seed: int,
        progress: Callable[[float], None] | None,
        should_stop: Callable[[], bool] | None,
    ) -> Economics:
        programme = self.programme(guaranteed=True)
        inputs = self.inputs(programme)
        curves = simulate(inputs, programme, paths=paths, seed=seed, progress=progress, should_stop=should_stop)
        return Economics(
            inputs=inputs,
            curves=curves,
            decision=decide(curves, self.parameters.decision),
            break_even=break_even_cost(inputs, programme, paths=min(paths, BREAK_EVEN_PATHS), seed=seed),
            programme_cost=self.assessment.economics.ranges.get("K", self.cost()),
            run_cost=self.assessment.economics.ranges.get("O", self.run_cost()),
            other_end_npv=self.other_end(paths, seed),
        )

    def inputs(self, programme: Programme) -> ModelInputs:
        return build_inputs(self.parameters, self.assessment.economics, self.proposals, programme)

    def programme(self, *, guaranteed: bool) -> Programme:
        horizon = self.assessment.economics.horizon_months
        maturity = delivered_maturity(
            self.questionnaire, self.assessment, self.initiatives, self.plan, horizon, guaranteed=guaranteed
        )
        return Programme(
            maturity=maturity, months=max(1, self.plan.months), cost=self.cost(), run_cost=self.run_cost(), lead=0
        )

    def other_end(self, paths: int, seed: int) -> float | None:
        """Return the expected NPV of starting now with unknown answers at their lowest; None without unknowns."""
        asked = self.questionnaire.asked(self.assessment.mode)
        answers = self.assessment.answers
        if all(question.id in answers and not answers[question.id].unknown for question in asked):
            return None
        programme = self.programme(guaranteed=False)
        summary = simulate(self.inputs(programme), programme, paths=paths, seed=seed).strategies["now"].npv
        return None if summary is None else summary.mean

    def cost(self) -> Range:
        """K of the plan: person-weeks x weekly wage + external cost, in the currency of the inputs."""
        wage, rate = self.wage(), self.rate()
        work, bought = self.plan.person_weeks, self.plan.external_cost
        low, mode, high = (
            getattr(work, end) * yearly / WEEKS_PER_YEAR + getattr(bought, end) * rate for end, yearly in wage.items()
        )
        return Range(low=low, mode=mode, high=high, source=f"plan: {len(self.plan.placements)} initiatives")

    def run_cost(self) -> Range:
        """O of the plan, a month, in the currency of the inputs."""
        rate, cost = self.rate(), self.plan.run_cost
        mode = cost.low if cost.mode is None else cost.mode
        return Range(low=cost.low * rate, mode=mode * rate, high=cost.high * rate, source="plan: run costs")

    def rate(self) -> float:
        return self.assessment.economics.currency_per_usd or 1.0

    def wage(self) -> dict[str, float]:
        """Yearly cost of an engineer, low, likely and high: as typed, else the default at the typed rate.

        Low work at a low wage is the low end of K, high work at a high one its high end.
        """
        typed, default = self.assessment.economics.ranges.get("wage"), self.parameters.by_symbol["wage"]
        rate = 1.0 if typed else self.rate()
        low, mode, high = (typed.low, typed.mode, typed.high) if typed else (default.low, default.mode, default.high)
        low, high = low or 0.0, high or 0.0
        return {"low": low * rate, "mode": ((low + high) / 2 if mode is None else mode) * rate, "high": high * rate}


def identity(
    questionnaire: Questionnaire,
    assessment: Assessment,
    initiatives: InitiativeFile,
    parameters: ParameterFile,
    paths: int,
    seed: int,
) -> Identity:
    """Return the hash and versions that let any page be reproduced."""
    return Identity(
        inputs_hash=content_hash(questionnaire, assessment, initiatives, parameters),
        questionnaire_version=questionnaire.version,
        initiatives_version=initiatives.version,
        parameters_version=parameters.version,
        policies_version=questionnaire.rules.policies_version,
        product_version=PRODUCT_VERSION,
        seed=seed,
        paths=paths,
    )


def content_hash(*models: BaseModel) -> str:
    """Return the SHA-256 (64 hex digits) of the models' content, the same whatever the order of their keys.

    Which assessment of a workspace one follows moves no figure and leaves no trace in it.
    """
    digest = hashlib.sha256()
    for model in models:
        content = json.dumps(
            model.model_dump(mode="json", exclude=_PLACE), sort_keys=True, separators=(",", ":"), allow_nan=False
        )
        digest.update(content.encode() + b"\n")
    return digest.hexdigest()
