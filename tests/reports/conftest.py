"""One evaluation of the worked example, small and quick, and what is built from it."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import lru_cache

import pytest
from PIL import Image

from assessment.answers import Answer, Assessment
from assessment.questionnaire import Questionnaire
from assessment.report_settings import ReportSettings, SentenceEdit
from models.case import case_of
from models.evaluation import Evaluation, evaluate
from models.initiatives import InitiativeFile
from models.parameters import ParameterFile
from models.scenario_runs import Comparison, compare_scenarios
from models.scenarios import load_scenarios, standing
from reports.describe import describe
from reports.document import Document
from reports.logo import logo_from, logo_text
from reports.pdf import PageSize, render_pdf

PATHS = 400
LONG = ("Saint Bartholomew and All Angels Regional University Teaching Hospitals Trust " * 3)[:200].strip()


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

    def whole(self) -> tuple[Evaluation, Comparison | None]:
        """Return the worked example with everything that its report may hold: the analysis and the named futures."""
        found = self.of(self.example).analysed()
        case = case_of(found)
        named = standing(load_scenarios(None, self.parameters), self.example.economics.scenarios)
        return found, None if case is None else compare_scenarios(case, named, paths=PATHS, seed=1)


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


def marked() -> ReportSettings:
    """Return settings with all that a brand can be, a draft and an edit."""
    target = io.BytesIO()
    Image.new("RGBA", (600, 240), (122, 31, 92, 128)).save(target, "PNG")
    return ReportSettings(
        brand=LONG[:120].strip(),
        logo=logo_text(logo_from(target.getvalue(), "logo.png")),
        primary="#7A1F5C",
        secondary="#9A4A00",
        cover_text="For the board\n=1+1\n" + LONG,
        draft_below=1.0,
        edits={"overall": SentenceEdit(text="We stand below half.", by="A. Consultant")},
    )


@pytest.fixture(
    scope="session", params=["example-a4", "example-letter", "blank-a4", "full-a4", "turned-a4", "marked-letter"]
)
def paper(request: pytest.FixtureRequest, papers: Callable[[str], tuple[Document, bytes]]) -> tuple[Document, bytes]:
    """Return the example on both papers, a report without answers, with all, in Hebrew, and with a brand.

    The tests of all files that take one follow each other, so that it is read once (``tests.reports.opening``).
    """
    return papers(request.param)


@pytest.fixture(scope="session")
def papers(bench: Bench) -> Callable[[str], tuple[Document, bytes]]:
    """Return a maker of reports by name (the cases of ``described``) and paper, each made once."""
    text = "\u05e9\u05dc\u05d5\u05dd HL7 (8:30) \u05e2\u05d5\u05dc\u05dd"
    every = {
        asked.id: Answer(option=index % 3, note=f"note {index}", evidence=(f"ticket {index}",), role="architect")
        for index, asked in enumerate(bench.questionnaire.questions)
    }
    turned = {name: given.model_copy(update={"note": text}) for name, given in bench.example.answers.items()}

    @lru_cache(maxsize=4)
    def described(which: str) -> Document:
        match which:
            case "blank":
                return describe(bench.blank())
            case "full":
                return describe(bench.changed(answers=every))
            case "marked":
                open_ = dict(list(bench.example.answers.items())[1:])
                named = {"name": LONG, "organisation": f"{text} {LONG}"[:200], "answers": open_}
                return describe(bench.changed(**named, report=marked()))
            case "turned":
                return describe(bench.changed(name=text, organisation=text, answers=turned))
            case _:
                return describe(*bench.whole())

    @lru_cache(maxsize=8)
    def paper(name: str) -> tuple[Document, bytes]:
        which, size = name.split("-")
        page_size: PageSize = "letter" if size == "letter" else "a4"
        return described(which), render_pdf(described(which), page_size=page_size)

    return paper
