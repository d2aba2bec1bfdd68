"""The command on the plan: the one in use, or one that is searched for under the team's demands."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.given import evaluation_of
from commands.limits import typed_limits
from commands.options import AsJson, FileArgument, InitiativesOption, ParametersOption, QuestionnaireOption
from commands.writing import print_result, write_file

if TYPE_CHECKING:
    from models.evaluation import Evaluation
    from models.planning.request import Answer as PlanAnswer


def roadmap(
    file: FileArgument,
    method: Annotated[
        str | None, typer.Option(help="greedy, or optimal; optimal where anything is demanded of the plan.")
    ] = None,
    pin: Annotated[list[str] | None, typer.Option(help="A demand: ID=Q2, ID>=Q3 or ID=never; may be repeated.")] = None,
    at_most: Annotated[int | None, typer.Option(help="Most initiatives at once.", min=1, max=50)] = None,
    role: Annotated[
        list[str] | None,
        typer.Option(help="Person-weeks a quarter of one role: clinical=6; may be repeated."),
    ] = None,
    budget: Annotated[
        float | None, typer.Option(help="The most that the plan may cost, in the currency of the assessment.", min=1)
    ] = None,
    compare_plans: Annotated[
        bool, typer.Option("--compare", help="Other plans beside it, and what limits it; takes a minute.")
    ] = False,
    paths: Annotated[int, typer.Option(help="Simulated futures of --compare.", min=100, max=2_000_000)] = 20_000,
    seed: Annotated[int, typer.Option(help="Seed of the random numbers.", min=0)] = 1,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="File to write the assessment to, with this plan in use.")
    ] = None,
    questionnaire: QuestionnaireOption = None,
    initiatives: InitiativesOption = None,
    parameters: ParametersOption = None,
    as_json: AsJson = False,
) -> None:
    """Print the plan by quarter: the one in use, step by step, or computed under the team's demands."""
    from models.planning.request import Answer, Request, answer  # noqa: PLC0415
    from models.planning.stopping import stopping  # noqa: PLC0415
    from reports.planning import request_data, request_text  # noqa: PLC0415

    limits = typed_limits(at_most, role or [], budget)
    asked = method is not None or bool(pin) or compare_plans or budget is not None
    evaluation = evaluation_of(
        file,
        questionnaire,
        initiatives,
        parameters,
        paths,
        seed,
        None,
        limits=limits,
        with_economics=compare_plans,
        base=asked,
    )
    request = Request.of(evaluation, method, pin or [], compare=compare_plans)
    if evaluation.computed:
        found = Answer(evaluation, request)
    else:
        with stopping(_searching) as watch:
            found = answer(evaluation, request, watch=watch)
        if watch.should_stop():
            typer.echo("Stopped: this is the best plan found until then, and nothing is proven of it.", err=True)
    if output is not None:
        _keep_plan(output, evaluation, found)
    print_result(request_data(found) if as_json else request_text(found))


def _keep_plan(output: Path, evaluation: Evaluation, found: PlanAnswer) -> None:
    """Write the assessment with the plan that was found in use, and the demands that it keeps."""
    from models.planning.keeping import keep, with_plan  # noqa: PLC0415
    from workspace.portable import write  # noqa: PLC0415

    assessment, kept = evaluation.assessment, None
    if found.computed is not None:
        pins = {name: str(demand) for name, demand in found.request.pins.items()}
        economics = assessment.economics.model_copy(update={"pins": pins})
        assessment = assessment.model_copy(update={"economics": economics})
        kept = keep(replace(evaluation, assessment=assessment), found.computed)
    write_file(output, write(assessment if kept is None else with_plan(assessment, kept)))


def _searching(share: float) -> None:
    """Say how far a search is, to a person at a terminal only."""
    if sys.stderr.isatty():
        typer.echo(f"\rSearching for the plan: {share:4.0%} ", nl=share >= 1.0, err=True)
