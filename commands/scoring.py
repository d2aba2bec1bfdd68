"""Commands on scores: of one assessment, of several people, of two quarters."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from assessment.answers import Assessment
from assessment.questionnaire import Questionnaire
from commands.given import assessment_of, questionnaire_of
from commands.options import AsJson, FileArgument, QuestionnaireOption
from commands.writing import print_result


def score(
    file: FileArgument,
    explain: Annotated[str | None, typer.Option(help="One score and how it came about, such as iac.effective.")] = None,
    questionnaire: QuestionnaireOption = None,
    as_json: AsJson = False,
) -> None:
    """Print practice, ceiling, effective and stranded maturity with their ranges, or how one score came about."""
    from assessment.scoring import score as scored  # noqa: PLC0415
    from reports.as_json import scores_data  # noqa: PLC0415

    source = questionnaire_of(questionnaire)
    assessment = assessment_of(file, source)
    if explain is not None:
        print_result(_explained(source, assessment, explain, as_json=as_json))
        return
    scores = scored(source, assessment)
    if as_json:
        print_result(scores_data(scores))
        return
    from reports.as_text import scores_text  # noqa: PLC0415

    print_result(scores_text(source.at_stage(assessment.stage), scores))


def _explained(source: Questionnaire, assessment: Assessment, name: str, *, as_json: bool) -> str | dict[str, Any]:
    from assessment.explaining import explain  # noqa: PLC0415
    from reports.as_text import explanation_text  # noqa: PLC0415
    from reports.explaining import explained  # noqa: PLC0415
    from reports.score_json import explanation_data  # noqa: PLC0415

    found = explain(source, assessment, name)
    return explanation_data(found) if as_json else explanation_text(explained(source, assessment, found))


def agreement(
    files: Annotated[list[Path], typer.Argument(help="Assessments of one questionnaire (JSON), one a respondent.")],
    questionnaire: QuestionnaireOption = None,
    as_json: AsJson = False,
) -> None:
    """Print how far several people agree on each question, the most contested first."""
    from assessment.agreement import between  # noqa: PLC0415
    from reports.agreeing import agreement_data  # noqa: PLC0415
    from reports.as_text import agreement_text  # noqa: PLC0415

    source = questionnaire_of(questionnaire)
    read = [assessment_of(file, source) for file in files]
    found = between(source, read)
    print_result(agreement_data(found) if as_json else agreement_text(source.at_stage(read[0].stage), found))


def compare(
    earlier: Annotated[Path, typer.Argument(help="The earlier assessment (JSON).")],
    later: Annotated[Path, typer.Argument(help="The later one.")],
    earlier_questionnaire: Annotated[Path | None, typer.Option(help="What the earlier one was answered on.")] = None,
    later_questionnaire: Annotated[Path | None, typer.Option(help="What the later one was answered on.")] = None,
    as_json: AsJson = False,
) -> None:
    """Print what stands worse and better in the later of two assessments, under one context."""
    from assessment.trend import compare as compared  # noqa: PLC0415
    from reports.comparing import comparison_data, comparison_text, titles_of  # noqa: PLC0415

    old, new = questionnaire_of(earlier_questionnaire), questionnaire_of(later_questionnaire)
    found = compared(old, assessment_of(earlier, old), new, assessment_of(later, new))
    print_result(comparison_data(found) if as_json else comparison_text(found, titles_of(old, new)))
