"""Commands on what was measured: records of deployments and incidents, and load tests."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assessment.errors import InputError, Problem
from commands.given import assessment_of, questionnaire_of
from commands.options import AsJson, ParametersOption, QuestionnaireOption
from commands.writing import print_result, write_file


def delivery(
    deployments: Annotated[Path | None, typer.Option(help="Deployments: CSV, or a GitHub or GitLab export.")] = None,
    incidents: Annotated[Path | None, typer.Option(help="Incidents: CSV, or GitHub or GitLab issues.")] = None,
    until: Annotated[
        str | None, typer.Option(help="End of the window: a day or a moment; else the last record.")
    ] = None,
    timezone: Annotated[
        str | None, typer.Option(help="Zone of times without an offset, such as Europe/Vienna.")
    ] = None,
    environment: Annotated[
        str, typer.Option(help="The environment that counts, where it is not named production.")
    ] = "",
    label: Annotated[str, typer.Option(help="The label of issues that are incidents, where it is another one.")] = "",
    apply_to: Annotated[Path | None, typer.Option(help="An assessment (JSON) that takes over every proposal.")] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="File to write it to.")] = None,
    questionnaire: QuestionnaireOption = None,
    parameters: ParametersOption = None,
    as_json: AsJson = False,
) -> None:
    """Print what records of deployments and incidents measure, and which answers and figures they propose."""
    from assessment.delivery.reading import Reading  # noqa: PLC0415
    from assessment.delivery.times import zone  # noqa: PLC0415
    from models.parameters import load_parameters  # noqa: PLC0415
    from reports.delivering import delivery_text  # noqa: PLC0415
    from reports.delivery_json import delivery_data  # noqa: PLC0415
    from workspace.delivery import measured_files, measured_offers, taken_over  # noqa: PLC0415
    from workspace.portable import write  # noqa: PLC0415

    if (apply_to is None) != (output is None):
        raise InputError(Problem("--apply-to and --output belong together", "give both, or neither"))
    source, known = questionnaire_of(questionnaire), load_parameters(parameters)
    how = Reading(zone(timezone), environment, label)
    record = measured_files(deployments, incidents, how, until)
    assessment = None if apply_to is None else assessment_of(apply_to, source, parameters)
    asked = source if assessment is None else source.at_stage(assessment.stage)
    found = measured_offers(record, asked, assessment, known, how)
    print_result(delivery_data(record, found) if as_json else delivery_text(record, found, asked, known, how.days))
    if assessment is not None and output is not None:
        write_file(output, write(taken_over(source, assessment, found)))


def wall(
    loadtest: Annotated[list[Path], typer.Argument(help="Files of one load test: CSV, Locust, k6, JMeter or wrk.")],
    demand: Annotated[
        str | None, typer.Option(help="Requests per second in busy hours: one, or low,likely,high.")
    ] = None,
    surge: Annotated[str | None, typer.Option(help="How many times the peak stands above it, likewise.")] = None,
    growth: Annotated[str | None, typer.Option(help="Growth of demand, share per month (.015 is 1.5 %).")] = None,
    points: Annotated[Path | None, typer.Option(help="Also write the points as a small CSV.")] = None,
    parameters: ParametersOption = None,
    as_json: AsJson = False,
) -> None:
    """Print where a load test says that the platform breaks, and when demand gets there."""
    from assessment.loadtests.reading import read_load_test_file  # noqa: PLC0415
    from models.parameters import load_parameters  # noqa: PLC0415
    from models.wall import fit_load_tests, wall_of  # noqa: PLC0415
    from reports.walls import assumed_sentences, points_csv, wall_data, wall_text  # noqa: PLC0415

    tests = [read_load_test_file(file) for file in loadtest]
    fit = fit_load_tests(tests)
    given = {"D0": demand, "surge": surge, "g": growth}
    file = load_parameters(parameters)
    found = wall_of(fit, file, given)
    if points is not None:
        write_file(points, points_csv(tests))
    assumed = assumed_sentences(file, given)
    print_result(wall_data(tests, fit, found, assumed) if as_json else wall_text(tests, fit, found, assumed))
