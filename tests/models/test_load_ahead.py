from __future__ import annotations

import numpy as np
import pytest

from assessment.answers import Assessment, Range
from assessment.questionnaire import Questionnaire
from models.distributions import Fixed
from models.economics import Economics
from models.evaluation import evaluate
from models.initiatives import InitiativeFile
from models.load_ahead import load_ahead
from models.parameters import ParameterFile
from models.timing import signal_months

PATHS = 1_000


@pytest.fixture(scope="module")
def economics(
    questionnaire: Questionnaire, initiatives: InitiativeFile, parameters: ParameterFile, example: Assessment
) -> Economics:
    """Return the economic half of the worked example."""
    return economics_of(questionnaire, initiatives, parameters, example)


def economics_of(
    questionnaire: Questionnaire, initiatives: InitiativeFile, parameters: ParameterFile, given: Assessment
) -> Economics:
    """Return the economic half of an assessment."""
    found = evaluate(questionnaire, given, initiatives, parameters, paths=PATHS, seed=1).economics
    assert found is not None
    return found


def test_the_band_is_that_of_the_cost_curves(economics: Economics) -> None:
    """As many futures stand above the wall in each month as the cost curves count there with nothing planned."""
    found = load_ahead(economics.inputs, seed=1)
    reached = economics.curves.strategies["reactive"].wall_probability
    for line, share in ((found.p95, 0.05), (found.p50, 0.5), (found.p5, 0.95)):
        above = np.flatnonzero(line >= found.felt)
        if above.size:
            first = int(above[0])
            assert reached[first] >= share - 0.01
            assert first == 0 or reached[first - 1] <= share + 0.01


def test_half_of_the_futures_meet_the_wall_where_the_middle_line_does(economics: Economics) -> None:
    """The month in the sentence is that at which the line of the picture crosses the level."""
    found = load_ahead(economics.inputs, seed=1)
    crossing = int(np.flatnonzero(found.p50 >= found.felt)[0]) + 1
    assert crossing == signal_months(economics.curves.strategies["reactive"]).p50


def test_load_grows_from_today_by_the_growth_of_each_month(economics: Economics) -> None:
    """With a fixed load and growth every line is rho_0 (1 + g)^k."""
    inputs = economics.inputs
    for symbol, value in (("rho_0", 0.5), ("g", 0.02)):
        inputs = inputs.with_distribution(symbol, Fixed(value))
    found = load_ahead(inputs, seed=1)
    expected = 0.5 * 1.02 ** np.arange(1, found.months + 1)
    for line in (found.p5, found.p50, found.p95):
        np.testing.assert_allclose(line, expected, rtol=1e-12)
    assert (found.today.p5, found.today.p50, found.today.p95) == (0.5, 0.5, 0.5)
    assert not found.tested


def test_a_load_test_gives_todays_share(
    questionnaire: Questionnaire, initiatives: InitiativeFile, parameters: ParameterFile, example: Assessment
) -> None:
    """Demand times surge over capacity, and it says that it was computed."""
    ranges = {name: item for name, item in example.economics.ranges.items() if name != "rho_0"}
    ranges |= {
        name: Range(low=value, mode=value, high=value) for name, value in (("D0", 300), ("surge", 2), ("X_star", 1000))
    }
    money = example.economics.model_copy(update={"ranges": ranges})
    given = example.model_copy(update={"economics": money})
    found = load_ahead(economics_of(questionnaire, initiatives, parameters, given).inputs, seed=1)
    assert found.tested
    assert found.today.p50 == pytest.approx(0.6)
