"""What every test may use: the built-in questionnaire, the example, and small questionnaires made on the spot."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from assessment.answers import Answer, Assessment, QuestionnaireRef
from assessment.loading import load_assessment, load_questionnaire
from assessment.questionnaire import Questionnaire
from examples import EXAMPLE
from models.initiatives import InitiativeFile, load_initiatives
from models.parameters import ParameterFile, load_parameters
from questionnaires import INITIATIVES, QUESTIONNAIRE

GOALS = Path(__file__).parent / "data" / "goals.yaml"

settings.register_profile(
    "sixstep", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
settings.load_profile("sixstep")


@pytest.fixture(scope="session")
def questionnaire() -> Questionnaire:
    """Return the built-in questionnaire."""
    return load_questionnaire(QUESTIONNAIRE)


@pytest.fixture(scope="session")
def initiatives(questionnaire: Questionnaire) -> InitiativeFile:
    """Return the built-in initiatives."""
    return load_initiatives(INITIATIVES, questionnaire)


@pytest.fixture(scope="session")
def parameters() -> ParameterFile:
    """Return the built-in parameters."""
    return load_parameters()


@pytest.fixture(scope="session")
def example() -> Assessment:
    """Return the worked example."""
    return load_assessment(EXAMPLE)


@pytest.fixture(scope="session")
def four_step() -> Questionnaire:
    """Return a complete questionnaire of four steps and four options, built by nobody's habits but its own."""
    return load_questionnaire(Path(__file__).parent / "data" / "four-step.yaml")


@pytest.fixture(scope="session")
def goals() -> Questionnaire:
    """Return a small questionnaire with targets, a target register, a crosswalk and words for the design stage."""
    return load_questionnaire(GOALS)


def answered(questionnaire: Questionnaire, levels: dict[str, int] | int, **changes: object) -> Assessment:
    """Return an assessment with the given options: one for all questions, or by id (others left open)."""
    by_id = dict.fromkeys(questionnaire.by_id, levels) if isinstance(levels, int) else levels
    return Assessment(
        name="test",
        questionnaire=QuestionnaireRef(id=questionnaire.id, version=questionnaire.version),
        answers={name: Answer(option=option) for name, option in by_id.items()},
    ).model_copy(update=changes)
