"""The economic half of an evaluation: the plan as a programme, its price, the curves and the decision."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from assessment.answers import Assessment, Range
from assessment.questionnaire import Questionnaire
from models.budget import Purchase
from models.cost_curves import Curves, simulate
from models.decision import BreakEven, Decision, break_even_cost, decide
from models.delivering import programme_of
from models.effects import Deliveries
from models.initiatives import Initiative, InitiativeFile
from models.inputs import ModelInputs, build_inputs
from models.parameters import ParameterFile
from models.planning.kept import Question, fits, funded
from models.planning.problem import Terms
from models.programme import Programme
from models.roadmap import Budget, Plan, plan_roadmap
from models.watching import Watch

WEEKS_PER_YEAR = 52
BREAK_EVEN_PATHS = 20_000
_CURVES, _BREAK_EVEN = 0.4, 0.7
"""Shares of the time at which curves and break-even are done; measured on the worked example."""


@dataclass(frozen=True, slots=True)
class Economics:
    """The economic half: exists only when the baseline is confirmed and every asked figure is given.

    ``other_end_npv`` is the expected NPV of starting now with each unknown answer at its lowest option and raised by
    the plan: the other end of what ignorance leaves open (``curves`` claims nothing from it). None without unknowns.
    """

    inputs: ModelInputs
    programme: Programme
    curves: Curves
    decision: Decision
    break_even: BreakEven
    programme_cost: Range
    run_cost: Range
    other_end_npv: float | None


@dataclass(frozen=True)
class EconomicModel:
    """One assessment on its way through the economic engine."""

    questionnaire: Questionnaire
    assessment: Assessment
    initiatives: InitiativeFile
    parameters: ParameterFile
    plan: Plan
    proposals: Mapping[str, Range]

    def terms(self, weights: Mapping[str, float] | None = None) -> Terms:
        """Return what a plan is worth and costs here: own rate, horizon, prices, budget; ``weights`` price a point."""
        typed, default = self.assessment.economics.ranges.get("r"), self.parameters.by_symbol["r"]
        found = typed or default
        rate = (found.low or 0.0) if found.mode is None else found.mode
        prices = {item.id: self.price(item) for item in self.initiatives.initiatives}
        economics = self.assessment.economics
        return Terms(economics.horizon_months, rate, weights, prices, economics.capacity.budget)

    @property
    def question(self) -> Question | None:
        """What a computed plan answers here; None where a demand is on work that is no longer there."""
        return Question.of(self.questionnaire, self.assessment, self.initiatives, self.terms())

    def economics(self, paths: int, seed: int, watch: Watch) -> Economics:
        """Return the curves, the decision and what they rest on; arguments as for models.evaluation.evaluate."""
        programme = self.programme()
        inputs = self.inputs(programme)
        first, turn, end = watch.part(0.0, _CURVES), watch.part(_CURVES, _BREAK_EVEN), watch.part(_BREAK_EVEN, 1.0)
        curves = _simulated(inputs, programme, paths, seed, first)
        return Economics(
            inputs=inputs,
            programme=programme,
            curves=curves,
            decision=decide(curves, self.parameters.decision),
            break_even=break_even_cost(inputs, programme, paths=min(paths, BREAK_EVEN_PATHS), seed=seed, watch=turn),
            programme_cost=self.assessment.economics.ranges.get("K", self.cost()),
            run_cost=self.assessment.economics.ranges.get("O", self.run_cost()),
            other_end_npv=self.other_end(paths, seed, end),
        )

    def inputs(self, programme: Programme) -> ModelInputs:
        """Return the inputs of the engine."""
        return build_inputs(self.parameters, self.assessment.economics, self.proposals, programme)

    def programme(self, plan: Plan | None = None, *, guaranteed: bool = True) -> Programme:
        """Return a plan, by default the whole one, as the engine sees it, at the price of the whole one.

        ``guaranteed`` is as for models.effects.delivered_maturity.
        """
        carried = self.plan if plan is None else plan
        horizon = self.assessment.economics.horizon_months
        deliveries = Deliveries.of(self.questionnaire, self.assessment, self.initiatives, guaranteed=guaranteed)
        return programme_of(deliveries, carried, horizon, self.cost(), self.run_cost())

    def purchase(self, share: float) -> Purchase:
        """Return what a share (0 to 1) of the plan's likely cost buys; all of it buys the plan itself.

        A quote typed for K replaces the plan's own price: each initiative then costs its share of the quote.
        """
        prices = {item.id: self.price(item) for item in self.initiatives.initiatives}
        whole, plan = _price(self.plan, prices), self.plan
        if share < 1.0:
            plan = self._part(share, Budget(share * whole, prices))
        cost_share = _price(plan, prices) / whole if whole > 0.0 else share
        likely, runs = _likely(self.assessment.economics.ranges.get("K", self.cost())), _likely(self.plan.run_cost)
        return Purchase(
            share=share,
            limit=share * likely,
            cost=cost_share * likely,
            plan=plan,
            programme=self.programme(plan) if plan.placements else None,
            cost_share=cost_share,
            run_share=_likely(plan.run_cost) / runs if runs > 0.0 else 0.0,
        )

    def _part(self, share: float, budget: Budget) -> Plan:
        """Return the plan under a part of the money: a computed one where the computed plan is in use."""
        question = self.question
        kept = fits(self.assessment, question) if self.assessment.economics.plan == "computed" else None
        found = None if kept is None else funded(kept, share)
        plan = None if found is None or question is None else question.plan(found, limit=budget.limit)
        return plan or plan_roadmap(self.questionnaire, self.assessment, self.initiatives, budget=budget)

    def other_end(self, paths: int, seed: int, watch: Watch) -> float | None:
        """Return the expected NPV of starting now with unknown answers at their lowest; None without unknowns."""
        asked = self.questionnaire.asked(self.assessment.mode)
        answers = self.assessment.answers
        if all(question.id in answers and not answers[question.id].unknown for question in asked):
            return None
        programme = self.programme(guaranteed=False)
        summary = _simulated(self.inputs(programme), programme, paths, seed, watch).strategies["now"].npv
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
        return Range(low=cost.low * rate, mode=_likely(cost) * rate, high=cost.high * rate, source="plan: run costs")

    def price(self, item: Initiative) -> float:
        """Return the likely price of one initiative, in the currency of the inputs: work at the wage, and bought."""
        work = item.effort.mode * self.wage()["mode"] / WEEKS_PER_YEAR
        return work + item.external_cost.mode * self.rate()

    def rate(self) -> float:
        """Return how much of the currency one US dollar is worth."""
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


def _simulated(inputs: ModelInputs, programme: Programme, paths: int, seed: int, watch: Watch) -> Curves:
    return simulate(inputs, programme, paths=paths, seed=seed, progress=watch.told, should_stop=watch.should_stop)


def _price(plan: Plan, prices: Mapping[str, float]) -> float:
    return math.fsum(prices[item.initiative] for item in plan.placements)


def _likely(given: Range) -> float:
    return given.low if given.mode is None else given.mode
