"""Commands that write what an assessment begins with: the questions, a blank file, the worked example."""

from __future__ import annotations

from typing import Annotated

import typer

from assessment.answers import Answer, Assessment
from assessment.errors import InputError, Problem, nearest
from assessment.loading import check_answers
from assessment.questionnaire import Questionnaire, Stage
from assessment.reading import Document, validate
from commands.given import initiatives_of, questionnaire_of
from commands.options import InitiativesOption, Output, QuestionnaireOption
from commands.writing import write_file
from examples import EXAMPLE


def reference(
    output: Output,
    questionnaire: QuestionnaireOption = None,
    initiatives: InitiativesOption = None,
    parameters: Annotated[
        bool, typer.Option("--parameters", help="The figures of the economic model instead.")
    ] = False,
) -> None:
    """Write a questionnaire as a document: every question and weight, with what it feeds and why."""
    if parameters:
        from models.parameters import load_parameters  # noqa: PLC0415
        from reports.parameter_reference import parameter_reference  # noqa: PLC0415

        write_file(output, parameter_reference(load_parameters()).encode("utf-8"))
        return
    from reports.reference import questionnaire_reference  # noqa: PLC0415

    source = questionnaire_of(questionnaire)
    text = questionnaire_reference(source, initiatives_of(initiatives, source))
    write_file(output, text.encode("utf-8"))


def new(
    output: Output,
    questionnaire: QuestionnaireOption = None,
    level: Annotated[int | None, typer.Option(help="Answer every question at this option.", min=0)] = None,
    name: Annotated[str, typer.Option(help="Name of the assessment.")] = "New assessment",
    full: Annotated[bool, typer.Option(help="All questions instead of the core ones.")] = False,
    stage: Annotated[str, typer.Option(help="live, or design for a product that is not launched yet.")] = "live",
) -> None:
    """Write a blank assessment, or one with every question at one level."""
    source = _at_stage(questionnaire_of(questionnaire), stage)
    asked = source.asked("full" if full else "pulse")
    answers = {} if level is None else {question.id: Answer(option=level) for question in asked}
    data = {
        "name": name,
        "mode": "full" if full else "pulse",
        "stage": stage,
        "questionnaire": {"id": source.id, "version": source.version},
        "answers": {key: answer.model_dump(exclude_defaults=True) for key, answer in answers.items()},
    }
    assessment = validate(Assessment, Document(data, ""))
    check_answers(source, assessment)
    from workspace.portable import write  # noqa: PLC0415

    write_file(output, write(assessment))


def _at_stage(questionnaire: Questionnaire, stage: str) -> Questionnaire:
    from workspace.checks import staged  # noqa: PLC0415

    stages: dict[str, Stage] = {"live": "live", "design": "design"}
    if stage not in stages:
        raise InputError(Problem(f"no stage '{stage}'", nearest(stage, stages)))
    return staged(questionnaire, stages[stage])


def example(output: Output) -> None:
    """Write the worked example: a fictional regional hospital network."""
    write_file(output, EXAMPLE.read_bytes())
