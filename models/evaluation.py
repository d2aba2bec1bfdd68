"""Everything that follows from one assessment, in one frozen object that every output shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from assessment.answers import Assessment, Range
from assessment.questionnaire import Questionnaire
from assessment.scores import Scores
from assessment.scoring import score
from models.analysis import Analysis, analyse
from models.baseline import propose_baseline
from models.economics import EconomicModel, Economics
from models.identity import PRODUCT_VERSION, Identity, content_hash, identity
from models.initiatives import InitiativeFile
from models.inputs import LOAD_TEST
from models.outlook import Outlook, outlook, time_of_work
from models.own_initiatives import with_own
from models.parameters import ParameterFile
from models.planning.kept import in_use
from models.register import Offer, register_offers, same_range
from models.roadmap import Plan, plan_roadmap
from models.watching import Watch

__all__ = [
    "CAPACITY_SYMBOLS",
    "PRODUCT_VERSION",
    "Analysis",
    "Economics",
    "Evaluation",
    "Identity",
    "analyse",
    "content_hash",
    "evaluate",
    "identity",
    "missing_inputs",
    "nothing_planned",
]

CAPACITY_SYMBOLS = LOAD_TEST
_NOT_MOVED = 1e-3


@dataclass(frozen=True)
class Evaluation:
    """An assessment evaluated; ``missing`` says, in sentences, why there is no economic half when there is none.

    ``analysis`` (when to start, what matters) is None until :meth:`analysed` adds it. ``computed`` says that the plan
    is the computed one which the team uses, rather than the one made step by step.
    """

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
    analysis: Analysis | None = None
    computed: bool = False

    def analysed(
        self, *, progress: Callable[[float], None] | None = None, should_stop: Callable[[], bool] | None = None
    ) -> Evaluation:
        """Return the same evaluation with its analysis, which takes some seconds; arguments as for :func:`analyse`."""
        return replace(self, analysis=analyse(self, progress=progress, should_stop=should_stop))

    @property
    def model(self) -> EconomicModel:
        """The economic model of this assessment and plan."""
        given = (self.questionnaire, self.assessment, self.initiatives, self.parameters)
        return EconomicModel(*given, self.plan, self.proposals)

    @cached_property
    def outlook(self) -> Outlook:
        """When the work of the plan is likely to be finished, and how likely the targets are reached by quarter."""
        time = time_of_work(self.parameters, self.assessment.economics.ranges)
        return outlook(self.questionnaire, self.assessment, self.initiatives, self.plan, time, self.scores.targets)

    @property
    def stale(self) -> bool:
        """Whether the team uses the computed plan and what it answered has moved: the plan step by step stands."""
        return self.assessment.economics.plan == "computed" and not self.computed

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
        initiatives: what the team can do; those of its own in the assessment come beside them.
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
    initiatives = with_own(initiatives, questionnaire, assessment.initiatives)
    scores = score(questionnaire, assessment)
    proposals = propose_baseline(questionnaire, assessment, scores)
    plan = plan_roadmap(questionnaire, assessment, initiatives)
    model = EconomicModel(questionnaire, assessment, initiatives, parameters, plan, proposals)
    kept = in_use(assessment, model.question) if assessment.economics.plan == "computed" else None
    if kept is not None:
        plan, model = kept, replace(model, plan=kept)
    missing = (*missing_inputs(assessment, parameters, proposals), *nothing_planned(plan))
    economics = None
    if with_economics and not missing:
        economics = model.economics(paths, seed, Watch.of(progress, should_stop))
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
        computed=kept is not None,
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
    sentences = [
        f"“{item.title}” ({item.symbol}, {item.unit_in(economics.currency)}) has not been given." for item in asked
    ]
    untested = [symbol for symbol in CAPACITY_SYMBOLS if symbol not in economics.ranges]
    if len(untested) < len(CAPACITY_SYMBOLS):
        sentences += [
            f"{_title(parameters, symbol)} has not been given; a load test needs all three figures."
            for symbol in untested
        ]
    if proposals and not economics.confirmed:
        names = "; ".join(_title(parameters, symbol) for symbol in proposals)
        begun = assessment.answers or assessment.signals
        sentences.append(
            f"The baseline proposed from the answers has not been confirmed: {names}."
            if begun
            else f"The baseline has not been confirmed: {names}. Answers narrow it, and nothing is answered yet."
        )
    if economics.currency != "USD" and economics.currency_per_usd is None:
        sentences.append(f"The value of one US dollar in {economics.currency} has not been given.")
    return tuple(sentences)


def _title(parameters: ParameterFile, symbol: str) -> str:
    known = parameters.by_symbol.get(symbol)
    return symbol if known is None else f"“{known.title}” ({symbol})"


def nothing_planned(plan: Plan) -> tuple[str, ...]:
    """Return the sentence that there is no case to judge, when the plan is empty: no verdict is made from nothing."""
    if plan.placements:
        return ()
    if "unanswered" in plan.left_out.values():
        return ("There is no plan to judge: too few questions have a known answer for any work to be planned.",)
    return ("There is no plan to judge: no known initiative raises any answer within the planned quarters.",)
