"""What the files that a command names hold, checked; every fault with its file and line."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assessment.answers import Assessment
from assessment.errors import InputError, Problem
from assessment.loading import built_in_questionnaire, check_answers, load_questionnaire
from assessment.questionnaire import Questionnaire
from assessment.reading import Document, read_document, validate
from commands.limits import limited
from questionnaires import INITIATIVES, QUESTIONNAIRE

if TYPE_CHECKING:
    from models.evaluation import Evaluation
    from models.initiatives import InitiativeFile


def content_of(file: Path) -> bytes:
    """Return the content of a file.

    Raises:
        InputError: when it cannot be read.
    """
    try:
        return file.read_bytes()
    except OSError as error:
        raise InputError(Problem(f"cannot be read: {error.strerror}", "check the path", file.name)) from error


def questionnaire_of(path: Path | None) -> Questionnaire:
    """Return the questionnaire of a file; without one the built-in one."""
    return load_questionnaire(path or QUESTIONNAIRE)


def assessment_of(file: Path, questionnaire: Questionnaire, parameters: Path | None = None) -> Assessment:
    """Return the assessment of a file.

    Raises:
        InputError: for what does not suit the questionnaire, the parameters or the initiatives.
    """
    from models.inputs import economic_problems  # noqa: PLC0415
    from models.parameters import load_parameters  # noqa: PLC0415
    from models.scenarios import edit_problems  # noqa: PLC0415

    document = read_document(file)
    assessment = validate(Assessment, document)
    check_answers(questionnaire, assessment, document)
    known = load_parameters(parameters)
    problems = economic_problems(known, assessment.economics, document)
    problems += edit_problems(known, assessment.economics.scenarios, document)
    problems += _look_and_work_problems(assessment, questionnaire, document)
    if problems:
        raise InputError(problems)
    return assessment


def _look_and_work_problems(assessment: Assessment, questionnaire: Questionnaire, document: Document) -> list[Problem]:
    """Return what is wrong with the report settings of an assessment, and with the initiatives of its team."""
    found: list[Problem] = []
    if assessment.report.model_fields_set:
        from workspace.report_settings import report_problems  # noqa: PLC0415

        found += report_problems(assessment.report, document)
    if assessment.initiatives:
        from models.own_initiatives import own_problems  # noqa: PLC0415

        found += own_problems(initiatives_of(None, questionnaire), questionnaire, assessment.initiatives, document)
    return found


def evaluation_of(
    file: Path,
    questionnaire: Path | None,
    initiatives: Path | None,
    parameters: Path | None,
    paths: int,
    seed: int,
    months: int | None,
    *,
    limits: Mapping[str, Any] | None = None,
    with_economics: bool = True,
    base: bool = False,
) -> Evaluation:
    """Return the evaluation of a file; ``base`` leaves its computed plan out, for a search to start from."""
    from models.evaluation import evaluate  # noqa: PLC0415
    from models.parameters import load_parameters  # noqa: PLC0415

    source = questionnaire_of(questionnaire)
    assessment = assessment_of(file, source, parameters)
    if months is not None:
        economics = assessment.economics.model_copy(update={"horizon_months": months})
        assessment = assessment.model_copy(update={"economics": economics})
    if base:
        from models.planning.kept import step_by_step  # noqa: PLC0415

        assessment = step_by_step(assessment)
    work = initiatives_of(initiatives, source)
    if limits:
        economics = limited(assessment.economics, limits, work.role_titles)
        assessment = assessment.model_copy(update={"economics": economics})
    return evaluate(
        source, assessment, work, load_parameters(parameters), paths=paths, seed=seed, with_economics=with_economics
    )


def initiatives_of(path: Path | None, questionnaire: Questionnaire) -> InitiativeFile:
    """Return the initiatives of a file; without one the built-in ones, also for an overlay, or none for another one."""
    from models.initiatives import InitiativeFile, load_initiatives  # noqa: PLC0415

    if path is not None:
        return load_initiatives(path, questionnaire)
    own = load_initiatives(INITIATIVES, built_in_questionnaire())
    if questionnaire.id == own.questionnaire:
        return own
    return (
        own.fitted_to(questionnaire)
        if questionnaire.based_on == own.questionnaire
        else InitiativeFile.none_for(questionnaire)
    )
