"""One evaluation of the worked example, small and quick, and what is built from it."""

from __future__ import annotations

import pytest

from assessment.answers import Assessment
from assessment.questionnaire import Questionnaire
from models.evaluation import Evaluation, evaluate
from models.initiatives import InitiativeFile
from models.parameters import ParameterFile
from reports.describe import describe
from reports.document import Document
from reports.pdf import render_pdf

PATHS = 400


class Bench:
    """Makes evaluations of changed assessments."""

    def __init__(
        self,
        questionnaire: Questionnaire,
        initiatives: InitiativeFile,
        parameters: ParameterFile,
        example: Assessment,
    ) -> None:
        """Keep what every evaluation needs."""
        self.questionnaire, self.initiatives, self.parameters = questionnaire, initiatives, parameters
        self.example = example

    def of(self, assessment: Assessment) -> Evaluation:
        """Return the evaluation of an assessment of the built-in questionnaire."""
        return evaluate(self.questionnaire, assessment, self.initiatives, self.parameters, paths=PATHS, seed=1)

    def changed(self, **changes: object) -> Evaluation:
        """Return the evaluation of the worked example with some fields replaced."""
        return self.of(self.example.model_copy(update=changes))

    def blank(self, **changes: object) -> Evaluation:
        """Return the evaluation of an assessment without a single answer."""
        empty = Assessment(name="Nothing yet", questionnaire=self.example.questionnaire)
        return self.of(empty.model_copy(update=changes))


@pytest.fixture(scope="session")
def bench(
    questionnaire: Questionnaire, initiatives: InitiativeFile, parameters: ParameterFile, example: Assessment
) -> Bench:
    """Return a maker of evaluations."""
    return Bench(questionnaire, initiatives, parameters, example)


@pytest.fixture(scope="session")
def evaluation(bench: Bench) -> Evaluation:
    """Return the worked example, evaluated."""
    return bench.of(bench.example)


@pytest.fixture(scope="session")
def document(evaluation: Evaluation) -> Document:
    """Return the description of the worked example's report."""
    return describe(evaluation)


@pytest.fixture(scope="session")
def pdf(document: Document) -> bytes:
    """Return the worked example's report on A4."""
    return render_pdf(document)
