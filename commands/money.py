"""Commands on money: the cost curves, named futures, and the report that holds both."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assessment.errors import InputError, Problem, nearest
from commands.given import evaluation_of
from commands.options import AsJson, FileArgument, InitiativesOption, Output, ParametersOption, QuestionnaireOption
from commands.writing import print_result, write_file

if TYPE_CHECKING:
    from models.evaluation import Evaluation
    from models.scenario_runs import Comparison

FEWEST_FUTURES, MOST_SCENARIO_FUTURES = 100, 200_000


def model(
    file: FileArgument,
    paths: Annotated[int, typer.Option(help="Simulated futures.", min=100, max=2_000_000)] = 20_000,
    seed: Annotated[int, typer.Option(help="Seed of the random numbers.", min=0)] = 1,
    months: Annotated[int | None, typer.Option(help="Horizon in months.", min=12, max=120)] = None,
    questionnaire: QuestionnaireOption = None,
    initiatives: InitiativesOption = None,
    parameters: ParametersOption = None,
    as_json: AsJson = False,
) -> None:
    """Print what acting now, later and only when forced costs, with P5, P50, P95."""
    from reports.as_json import identity_data, model_data  # noqa: PLC0415
    from reports.as_text import model_text  # noqa: PLC0415

    evaluation = evaluation_of(file, questionnaire, initiatives, parameters, paths, seed, months).analysed()
    if evaluation.economics is None:
        problems = [Problem(sentence, "", file.name) for sentence in evaluation.missing]
        raise InputError(problems)
    data = {**model_data(evaluation.economics, evaluation.analysis), "identity": identity_data(evaluation.identity)}
    print_result(data if as_json else model_text(evaluation))


def scenarios(
    file: FileArgument,
    scenarios_file: Annotated[Path | None, typer.Option("--scenarios", help="Other scenarios (YAML).")] = None,
    paths: Annotated[
        int, typer.Option(help="Simulated futures of each run.", min=100, max=MOST_SCENARIO_FUTURES)
    ] = 20_000,
    seed: Annotated[int, typer.Option(help="Seed of the random numbers.", min=0)] = 1,
    questionnaire: QuestionnaireOption = None,
    initiatives: InitiativesOption = None,
    parameters: ParametersOption = None,
    as_json: AsJson = False,
) -> None:
    """Print named futures side by side, and which one turns the decision."""
    from reports.scenario_text import scenarios_text  # noqa: PLC0415
    from reports.scenario_words import scenarios_data  # noqa: PLC0415

    evaluation = evaluation_of(file, questionnaire, initiatives, parameters, FEWEST_FUTURES, seed, None)
    found = compared_scenarios(evaluation, scenarios_file, paths, seed)
    if found is None:
        raise InputError([Problem(sentence, "", file.name) for sentence in evaluation.missing])
    print_result(scenarios_data(found) if as_json else scenarios_text(found))


def compared_scenarios(evaluation: Evaluation, file: Path | None, paths: int, seed: int) -> Comparison | None:
    """Return the scenarios of a file, or the built-in ones, as the team changed them; None where there is no curve."""
    from models.case import case_of  # noqa: PLC0415
    from models.scenario_runs import compare_scenarios  # noqa: PLC0415
    from models.scenarios import load_scenarios, standing  # noqa: PLC0415

    case = case_of(evaluation)
    if case is None:
        return None
    named = standing(load_scenarios(file, evaluation.parameters), evaluation.assessment.economics.scenarios)
    return compare_scenarios(case, named, paths=paths, seed=seed)


def report(
    file: FileArgument,
    output: Output,
    page: Annotated[str, typer.Option(help="a4 or letter.")] = "a4",
    paths: Annotated[int, typer.Option(min=100, max=2_000_000)] = 20_000,
    seed: Annotated[int, typer.Option(min=0)] = 1,
    questionnaire: QuestionnaireOption = None,
    initiatives: InitiativesOption = None,
    parameters: ParametersOption = None,
) -> None:
    """Write the report in the form that the file's suffix names, such as .pdf or .html."""
    from models.watching import Watch  # noqa: PLC0415
    from reports.forms import FORMS  # noqa: PLC0415

    form = FORMS.get(output.suffix.lower().removeprefix("."))
    if form is None:
        ends = ", ".join(f".{suffix}" for suffix in FORMS)
        raise InputError(
            Problem(f"no report of the kind '{output.suffix}'", f"end the name with one of {ends}", output.name)
        )
    if page not in {"a4", "letter"}:
        raise InputError(Problem(f"no page size '{page}'", nearest(page, ["a4", "letter"])))
    evaluation = evaluation_of(file, questionnaire, initiatives, parameters, paths, seed, None).analysed()
    comparison = compared_scenarios(evaluation, None, min(paths, MOST_SCENARIO_FUTURES), seed) if form.futures else None
    write_file(output, form.make(evaluation, comparison, "letter" if page == "letter" else "a4", Watch()))
