from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from assessment.answers import Assessment
from assessment.questionnaire import Questionnaire
from models.cost_curves import totals_given
from models.distributions import Fixed
from models.draws import LUCK, TEAM
from models.economics import Economics
from models.evaluation import evaluate
from models.initiatives import InitiativeFile
from models.parameters import ParameterFile
from models.point_case import at_means, point_case


@pytest.fixture(scope="module")
def economics(
    questionnaire: Questionnaire, example: Assessment, initiatives: InitiativeFile, parameters: ParameterFile
) -> Economics:
    """Return the economic half of the worked example."""
    found = evaluate(questionnaire, example, initiatives, parameters, paths=100).economics
    assert found is not None
    return found


def test_the_case_is_the_engine_with_every_figure_fixed_at_its_mean(economics: Economics) -> None:
    """Its totals are those that the engine gives for fixed figures, luck and underdelivery weighed."""
    fixed = at_means(economics.inputs)
    middle = {TEAM: np.array([0.5]), LUCK: np.array([0.5])}
    wanted = totals_given(fixed, economics.programme, middle)
    found = point_case(economics.inputs, economics.programme)
    assert {name: each.total for name, each in found.strategies.items()} == pytest.approx(
        {name: float(total[0]) for name, total in wanted.items()}, rel=1e-12
    )
    assert found.npv("now") == pytest.approx(float(wanted["reactive"][0] - wanted["now"][0]), rel=1e-9)
    assert found.strategies["now"].monthly.sum() == pytest.approx(found.strategies["now"].total, rel=1e-12)


def test_a_figure_without_uncertainty_is_the_figure_itself(economics: Economics) -> None:
    """Fixing a figure at its mean before leaves the case as it is; the spread alone does not move it."""
    mean = economics.inputs.mean("lambda0")
    fixed = economics.inputs.with_distribution("lambda0", Fixed(mean))
    found, same = (point_case(each, economics.programme) for each in (economics.inputs, fixed))
    assert same.npv("now") == found.npv("now")
    assert found.figures["lambda0"] == mean


def test_underdelivery_is_weighed_and_not_drawn(economics: Economics) -> None:
    """With q at nought only the full delivery counts; with q at one only the short one."""
    never = point_case(economics.inputs.with_distribution("q", Fixed(0.0)), economics.programme)
    always = point_case(economics.inputs.with_distribution("q", Fixed(1.0)), economics.programme)
    half = point_case(economics.inputs.with_distribution("q", Fixed(0.5)), economics.programme)
    full, short = (case.strategies["now"].total for case in (never, always))
    assert half.strategies["now"].total == pytest.approx((full + short) / 2, rel=1e-12)
    assert short > full


def test_a_horizon_of_another_length_is_followed(economics: Economics) -> None:
    """The case has a figure for each month of the horizon."""
    found = point_case(replace(economics.inputs, horizon_months=24), economics.programme)
    assert found.months == 24
    assert found.strategies["delayed"].deliveries[0].costs["incidents"].shape == (24,)
