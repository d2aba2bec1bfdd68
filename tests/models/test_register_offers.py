"""What the target register offers to the economic model, and when it offers nothing."""

from __future__ import annotations

import pytest

from assessment.answers import EconomicInputs, Range, Workflow
from assessment.questionnaire import Questionnaire
from assessment.register import read_register
from models.parameters import ParameterFile
from models.register import Offer, register_offers
from tests.conftest import answered

ROUND = Workflow(name="Medication round", peak_per_hour=36_000, growth_per_year=0.2, surge=2.0)
CLAIMS = Workflow(name="Claims", peak_per_hour=12_000, growth_per_year=0.0, surge=4.0)
CAPACITY = Range(low=20, mode=30, high=40)


def offers(goals: Questionnaire, parameters: ParameterFile, *workflows: Workflow, **ranges: Range) -> dict[str, Offer]:
    """Return the offers by symbol."""
    entered = {f"w{number:02}": item for number, item in enumerate(workflows, 1)}
    given = answered(goals, {}, workflows=entered, economics=EconomicInputs(ranges=ranges))
    found = register_offers(goals, given, read_register(goals, given), parameters)
    return {offer.symbol: offer for offer in found}


def test_each_total_is_offered_with_its_spread_and_reason(goals: Questionnaire, parameters: ParameterFile) -> None:
    """The range is the total with the shares of the file; its source names the register and the reasoning."""
    found = offers(goals, parameters, ROUND, CLAIMS, X_star=CAPACITY)
    demand, load = found["D0"].range, 48_000 / 3600
    assert demand is not None
    assert (demand.low, demand.mode, demand.high) == pytest.approx((0.7 * load, load, 1.1 * load))
    assert demand.proposed
    assert demand.source == ("From the target register: 2 workflows. Peaks do not fall together. Grade: assumption.")
    assert {offer.standing for offer in found.values()} == {"offered"}


def test_the_spread_of_no_growth_is_not_nothing(goals: Questionnaire, parameters: ParameterFile) -> None:
    """A share of zero is zero, so the least distance of the file is left open."""
    growth = offers(goals, parameters, CLAIMS)["g"].range
    assert growth is not None
    assert (growth.low, growth.mode, growth.high) == (-0.002, 0.0, 0.002)


def test_an_offer_stays_within_what_its_parameter_can_be(goals: Questionnaire, parameters: ParameterFile) -> None:
    """A surge below one is not offered, however wide the spread."""
    surge = offers(goals, parameters, ROUND.model_copy(update={"surge": 1.1}), X_star=CAPACITY)["surge"].range
    assert surge is not None
    assert surge.low == 1.0


def test_a_missing_figure_offers_nothing(goals: Questionnaire, parameters: ParameterFile) -> None:
    """One workflow without a growth would make the growth of all a guess; the others stand."""
    found = offers(goals, parameters, ROUND, CLAIMS.model_copy(update={"growth_per_year": None}), X_star=CAPACITY)
    assert (found["g"].range, found["g"].standing, found["g"].total.missing) == (None, "incomplete", ("w02",))
    assert found["D0"].standing == "offered"


def test_demand_and_surge_wait_for_the_capacity(goals: Questionnaire, parameters: ParameterFile) -> None:
    """Without what the platform can serve, accepting them would leave the model without its load test."""
    found = offers(goals, parameters, ROUND)
    assert {symbol: offer.standing for symbol, offer in found.items()} == {
        "g": "offered",
        "D0": "waits",
        "surge": "waits",
    }


def test_what_a_person_typed_stands(goals: Questionnaire, parameters: ParameterFile) -> None:
    """A typed figure is never on offer for replacement, and a typed share of capacity holds demand and surge off."""
    mine = Range(low=0.0, mode=0.01, high=0.02)
    assert offers(goals, parameters, ROUND, g=mine)["g"].standing == "typed"
    share = Range(low=0.4, mode=0.5, high=0.6)
    assert offers(goals, parameters, ROUND, rho_0=share)["D0"].standing == "share_typed"
    proposed = share.model_copy(update={"proposed": True})
    assert offers(goals, parameters, ROUND, rho_0=proposed)["D0"].standing == "waits"


def test_an_accepted_offer_is_on_offer_again_when_the_register_moves(
    goals: Questionnaire, parameters: ParameterFile
) -> None:
    """What was accepted and still follows is accepted; after a change the new figure is offered."""
    accepted = offers(goals, parameters, ROUND)["g"].range
    assert accepted is not None
    assert offers(goals, parameters, ROUND, g=accepted)["g"].standing == "accepted"
    assert offers(goals, parameters, ROUND, CLAIMS, g=accepted)["g"].standing == "offered"


def test_no_register_offers_nothing(goals: Questionnaire, parameters: ParameterFile) -> None:
    """Without a workflow, or without rules in the questionnaire, there is no offer."""
    assert offers(goals, parameters) == {}
    assert offers(goals.model_copy(update={"target_register": None}), parameters, ROUND) == {}


def test_the_built_in_proposals_are_of_parameters_that_exist(
    questionnaire: Questionnaire, parameters: ParameterFile
) -> None:
    """A symbol that no parameter has would never be offered."""
    rules = questionnaire.target_register
    symbols = set() if rules is None else {*rules.proposals, rules.capacity}
    assert symbols <= set(parameters.by_symbol)
