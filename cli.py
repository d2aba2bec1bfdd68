"""The terminal: every result without a browser. Argument handling only; work is done by the layers below."""

from __future__ import annotations

import os
import sys
import time
import webbrowser
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Annotated, Any
from urllib.request import urlopen

import typer
from pydantic import BaseModel, ValidationError

from assessment.answers import Answer, Assessment, Capacity, EconomicInputs
from assessment.errors import InputError, Problem, SixstepError, nearest
from assessment.loading import built_in_questionnaire, check_answers, load_questionnaire, loaded_from
from assessment.overlay import Overlay
from assessment.questionnaire import Questionnaire, Stage
from assessment.reading import Document, read_document, validate
from examples import EXAMPLE
from questionnaires import INITIATIVES, QUESTIONNAIRE

if TYPE_CHECKING:
    from models.evaluation import Evaluation
    from models.initiatives import InitiativeFile
    from models.planning.request import Answer as PlanAnswer
    from models.scenario_runs import Comparison
    from workspace.service import Workspace

FEWEST_FUTURES, MOST_SCENARIO_FUTURES = 100, 200_000
app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Maturity under the architecture's ceiling, the cost of waiting, and a roadmap a board can act on.",
)
FileArgument = Annotated[Path, typer.Argument(help="A portable assessment (JSON).")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON with stable keys.")]
Output = Annotated[Path, typer.Option("-o", "--output", help="File to write.")]
QuestionnaireOption = Annotated[Path | None, typer.Option("--questionnaire", help="Another questionnaire (YAML).")]
InitiativesOption = Annotated[Path | None, typer.Option("--initiatives", help="Other initiatives (YAML).")]
ParametersOption = Annotated[Path | None, typer.Option("--parameters", help="Other parameters (YAML).")]
Database = Annotated[str | None, typer.Option("--database", help="Database URL or SQLite file.")]


@app.command()
def run(
    port: Annotated[int, typer.Option(help="Port on 127.0.0.1.", min=1, max=65535)] = 8501,
    database: Database = None,
    browser: Annotated[bool, typer.Option(help="Open the browser.")] = True,
) -> None:
    """Start the app on 127.0.0.1."""
    from streamlit.web import cli as streamlit_cli  # noqa: PLC0415 (only this command needs it)

    if database is not None:
        os.environ["SIXSTEP_DATABASE"] = database
    script = Path(__file__).resolve().with_name("app.py")
    address = f"http://127.0.0.1:{port}"
    typer.echo(f"Sixstep is at {address} (stop with Ctrl+C)", err=True)
    if browser and _has_screen():
        Thread(target=_open_when_ready, args=(address,), daemon=True).start()
    sys.argv = ["streamlit", "run", str(script), f"--server.port={port}", "--server.address=127.0.0.1"]
    streamlit_cli.main()


def _has_screen() -> bool:
    return sys.platform in {"darwin", "win32"} or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _open_when_ready(address: str) -> None:
    """Open the browser once the server answers; give up after a minute."""
    for _ in range(240):
        try:
            with urlopen(f"{address}/_stcore/health", timeout=1):  # noqa: S310 (our own server on this machine)
                webbrowser.open(address)
                return
        except OSError:
            time.sleep(0.25)


@app.command()
def check(
    file: Annotated[Path, typer.Argument(help="A file in any format of the product.")],
    questionnaire: QuestionnaireOption = None,
    wording: Annotated[
        bool, typer.Option("--wording", help="Also hold a questionnaire to the authoring rules.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Validate a file; errors as file:line."""
    kind = _checked(file, questionnaire)
    if wording:
        _check_wording(file, kind)
    left_out = loaded_from(read_document(file)).left_out if kind == "overlay" else ()
    if as_json:
        _print({"file": file.name, "kind": kind, "valid": True, **({"left_out": list(left_out)} if left_out else {})})
    else:
        _print("\n".join([f"{file.name}: a valid {kind} file.", *left_out]))


def _check_wording(file: Path, kind: str) -> None:
    from assessment.authoring import check_wording  # noqa: PLC0415

    if kind not in {"questionnaire", "overlay"}:
        remedy = "leave out --wording, or give a questionnaire"
        raise InputError(
            Problem(f"the authoring rules are for questionnaires, not for {kind} files", remedy, file.name)
        )
    check_wording(read_document(file))


def _checked(file: Path, questionnaire: Path | None) -> str:
    from models.initiatives import load_initiatives  # noqa: PLC0415
    from models.parameters import load_parameters  # noqa: PLC0415
    from models.scenarios import load_scenarios  # noqa: PLC0415

    document = read_document(file)
    declared = document.data.get("format") if isinstance(document.data, dict) else None
    kinds: dict[str, Callable[[], object]] = {
        "sixstep-questionnaire/1": lambda: load_questionnaire(file),
        "sixstep-overlay/1": lambda: load_questionnaire(file),
        "sixstep-initiatives/1": lambda: load_initiatives(file, _questionnaire(questionnaire)),
        "sixstep-own-initiatives/1": lambda: _check_own(document, _questionnaire(questionnaire)),
        "sixstep-parameters/1": lambda: load_parameters(file),
        "sixstep-scenarios/1": lambda: load_scenarios(file),
        "sixstep-assessment/1": lambda: _assessment(file, _questionnaire(questionnaire)),
    }
    if not isinstance(declared, str) or declared not in kinds:
        said = "there is no key 'format'" if declared is None else f"the format '{declared}' is not known"
        path = () if declared is None else ("format",)
        raise InputError(document.problem(path, said, nearest(str(declared), kinds)))
    kinds[declared]()
    return declared.removeprefix("sixstep-").partition("/")[0]


def _check_own(document: Document, questionnaire: Questionnaire) -> None:
    from models.own_initiatives import read_own  # noqa: PLC0415

    read_own(document, _initiatives(None, questionnaire), questionnaire, {})


@app.command()
def schema(
    name: Annotated[
        str,
        typer.Argument(help="assessment, questionnaire, overlay, initiatives, own-initiatives, parameters, scenarios."),
    ],
) -> None:
    """Print the JSON Schema of a file format."""
    from models.initiatives import InitiativeFile  # noqa: PLC0415
    from models.own_initiatives import OwnInitiatives  # noqa: PLC0415
    from models.parameters import ParameterFile  # noqa: PLC0415
    from models.scenarios import ScenarioFile  # noqa: PLC0415

    known: dict[str, type[BaseModel]] = {
        "assessment": Assessment,
        "questionnaire": Questionnaire,
        "overlay": Overlay,
        "initiatives": InitiativeFile,
        "own-initiatives": OwnInitiatives,
        "parameters": ParameterFile,
        "scenarios": ScenarioFile,
    }
    if name not in known:
        raise InputError(Problem(f"no format '{name}'", nearest(name, known)))
    _print({"$schema": "https://json-schema.org/draft/2020-12/schema", **known[name].model_json_schema()})


@app.command()
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

        _write(output, parameter_reference(load_parameters()).encode("utf-8"))
        return
    from reports.reference import questionnaire_reference  # noqa: PLC0415

    source = _questionnaire(questionnaire)
    text = questionnaire_reference(source, _initiatives(initiatives, source))
    _write(output, text.encode("utf-8"))


@app.command()
def new(
    output: Output,
    questionnaire: QuestionnaireOption = None,
    level: Annotated[int | None, typer.Option(help="Answer every question at this option.", min=0)] = None,
    name: Annotated[str, typer.Option(help="Name of the assessment.")] = "New assessment",
    full: Annotated[bool, typer.Option(help="All questions instead of the core ones.")] = False,
    stage: Annotated[str, typer.Option(help="live, or design for a product that is not launched yet.")] = "live",
) -> None:
    """Write a blank assessment, or one with every question at one level."""
    source = _at_stage(_questionnaire(questionnaire), stage)
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

    _write(output, write(assessment))


def _at_stage(questionnaire: Questionnaire, stage: str) -> Questionnaire:
    from workspace.checks import staged  # noqa: PLC0415

    stages: dict[str, Stage] = {"live": "live", "design": "design"}
    if stage not in stages:
        raise InputError(Problem(f"no stage '{stage}'", nearest(stage, stages)))
    return staged(questionnaire, stages[stage])


@app.command()
def example(output: Output) -> None:
    """Write the worked example: a fictional regional hospital network."""
    _write(output, EXAMPLE.read_bytes())


@app.command()
def score(
    file: FileArgument,
    explain: Annotated[str | None, typer.Option(help="One score and how it came about, such as iac.effective.")] = None,
    questionnaire: QuestionnaireOption = None,
    as_json: AsJson = False,
) -> None:
    """Print practice, ceiling, effective and stranded maturity with their ranges, or how one score came about."""
    from assessment.scoring import score as scored  # noqa: PLC0415
    from reports.as_json import scores_data  # noqa: PLC0415

    source = _questionnaire(questionnaire)
    assessment = _assessment(file, source)
    if explain is not None:
        _print(_explained(source, assessment, explain, as_json=as_json))
        return
    scores = scored(source, assessment)
    if as_json:
        _print(scores_data(scores))
        return
    from reports.as_text import scores_text  # noqa: PLC0415

    _print(scores_text(source.at_stage(assessment.stage), scores))


def _explained(source: Questionnaire, assessment: Assessment, name: str, *, as_json: bool) -> str | dict[str, Any]:
    from assessment.explaining import explain  # noqa: PLC0415
    from reports.as_text import explanation_text  # noqa: PLC0415
    from reports.explaining import explained  # noqa: PLC0415
    from reports.score_json import explanation_data  # noqa: PLC0415

    found = explain(source, assessment, name)
    return explanation_data(found) if as_json else explanation_text(explained(source, assessment, found))


@app.command()
def agreement(
    files: Annotated[list[Path], typer.Argument(help="Assessments of one questionnaire (JSON), one a respondent.")],
    questionnaire: QuestionnaireOption = None,
    as_json: AsJson = False,
) -> None:
    """Print how far several people agree on each question, the most contested first."""
    from assessment.agreement import between  # noqa: PLC0415
    from reports.agreeing import agreement_data  # noqa: PLC0415
    from reports.as_text import agreement_text  # noqa: PLC0415

    source = _questionnaire(questionnaire)
    read = [_assessment(file, source) for file in files]
    found = between(source, read)
    _print(agreement_data(found) if as_json else agreement_text(source.at_stage(read[0].stage), found))


@app.command()
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

    old, new = _questionnaire(earlier_questionnaire), _questionnaire(later_questionnaire)
    found = compared(old, _assessment(earlier, old), new, _assessment(later, new))
    _print(comparison_data(found) if as_json else comparison_text(found, titles_of(old, new)))


@app.command()
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

    evaluation = _evaluation(file, questionnaire, initiatives, parameters, paths, seed, months).analysed()
    if evaluation.economics is None:
        problems = [Problem(sentence, "", file.name) for sentence in evaluation.missing]
        raise InputError(problems)
    data = {**model_data(evaluation.economics, evaluation.analysis), "identity": identity_data(evaluation.identity)}
    _print(data if as_json else model_text(evaluation))


@app.command()
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

    evaluation = _evaluation(file, questionnaire, initiatives, parameters, FEWEST_FUTURES, seed, None)
    found = _compared(evaluation, scenarios_file, paths, seed)
    if found is None:
        raise InputError([Problem(sentence, "", file.name) for sentence in evaluation.missing])
    _print(scenarios_data(found) if as_json else scenarios_text(found))


def _compared(evaluation: Evaluation, file: Path | None, paths: int, seed: int) -> Comparison | None:
    """Return the scenarios of a file, or the built-in ones, as the team changed them; None where there is no curve."""
    from models.case import case_of  # noqa: PLC0415
    from models.scenario_runs import compare_scenarios  # noqa: PLC0415
    from models.scenarios import load_scenarios, standing  # noqa: PLC0415

    case = case_of(evaluation)
    if case is None:
        return None
    named = standing(load_scenarios(file, evaluation.parameters), evaluation.assessment.economics.scenarios)
    return compare_scenarios(case, named, paths=paths, seed=seed)


@app.command()
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

    limits = _limits(at_most, role or [], budget)
    asked = method is not None or bool(pin) or compare_plans or budget is not None
    evaluation = _evaluation(
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
    _print(request_data(found) if as_json else request_text(found))


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
    _write(output, write(assessment if kept is None else with_plan(assessment, kept)))


@app.command()
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
    source, known = _questionnaire(questionnaire), load_parameters(parameters)
    how = Reading(zone(timezone), environment, label)
    record = measured_files(deployments, incidents, how, until)
    assessment = None if apply_to is None else _assessment(apply_to, source, parameters)
    asked = source if assessment is None else source.at_stage(assessment.stage)
    found = measured_offers(record, asked, assessment, known, how)
    _print(delivery_data(record, found) if as_json else delivery_text(record, found, asked, known, how.days))
    if assessment is not None and output is not None:
        _write(output, write(taken_over(source, assessment, found)))


@app.command()
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
    from reports.forms import FORMS  # noqa: PLC0415

    form = FORMS.get(output.suffix.lower().removeprefix("."))
    if form is None:
        ends = ", ".join(f".{suffix}" for suffix in FORMS)
        raise InputError(
            Problem(f"no report of the kind '{output.suffix}'", f"end the name with one of {ends}", output.name)
        )
    if page not in {"a4", "letter"}:
        raise InputError(Problem(f"no page size '{page}'", nearest(page, ["a4", "letter"])))
    evaluation = _evaluation(file, questionnaire, initiatives, parameters, paths, seed, None).analysed()
    comparison = _compared(evaluation, None, min(paths, MOST_SCENARIO_FUTURES), seed) if form.futures else None
    _write(output, form.make(evaluation, comparison, "letter" if page == "letter" else "a4"))


@app.command()
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
        _write(points, points_csv(tests))
    assumed = assumed_sentences(file, given)
    _print(wall_data(tests, fit, found, assumed) if as_json else wall_text(tests, fit, found, assumed))


@app.command(name="export")
def export_(
    output: Output,
    assessment: Annotated[str | None, typer.Argument(help="Id of an assessment; without one, the workspace.")] = None,
    database: Database = None,
) -> None:
    """Write one assessment, or the whole workspace with its history, as JSON."""
    workspace = _workspace(database)
    _write(output, workspace.export(assessment) if assessment else workspace.export_all())


@app.command(name="import")
def import_(
    file: Annotated[Path, typer.Argument(help="A portable assessment, or a whole workspace.")],
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Bring an assessment, or a whole workspace, into the database; prints the ids."""
    workspace = _workspace(database)
    ids = workspace.import_any(_bytes(file), file.name)
    _print({"assessments": list(ids)} if as_json else "\n".join(ids))


def _workspace(database: str | None) -> Workspace:
    from workspace.opening import open_workspace  # noqa: PLC0415

    return open_workspace(database)


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise InputError(Problem(f"cannot be read: {error.strerror}", "check the path", file.name)) from error


def _questionnaire(path: Path | None) -> Questionnaire:
    return load_questionnaire(path or QUESTIONNAIRE)


def _assessment(file: Path, questionnaire: Questionnaire, parameters: Path | None = None) -> Assessment:
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

        found += own_problems(_initiatives(None, questionnaire), questionnaire, assessment.initiatives, document)
    return found


def _evaluation(
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

    source = _questionnaire(questionnaire)
    assessment = _assessment(file, source, parameters)
    if months is not None:
        economics = assessment.economics.model_copy(update={"horizon_months": months})
        assessment = assessment.model_copy(update={"economics": economics})
    if base:
        from models.planning.kept import step_by_step  # noqa: PLC0415

        assessment = step_by_step(assessment)
    work = _initiatives(initiatives, source)
    if limits:
        economics = _limited(assessment.economics, limits, work.role_titles)
        assessment = assessment.model_copy(update={"economics": economics})
    return evaluate(
        source, assessment, work, load_parameters(parameters), paths=paths, seed=seed, with_economics=with_economics
    )


def _searching(share: float) -> None:
    """Say how far a search is, to a person at a terminal only."""
    if sys.stderr.isatty():
        typer.echo(f"\rSearching for the plan: {share:4.0%} ", nl=share >= 1.0, err=True)


def _limits(at_most: int | None, roles: list[str], budget: float | None) -> dict[str, Any]:
    """Return what was typed of the team's limits, as fields of its capacity.

    Raises:
        InputError: for a role of another form.
    """
    found = {name: value for name, value in (("at_most_at_once", at_most), ("budget", budget)) if value is not None}
    given: dict[str, float] = {}
    for text in roles:
        name, _, weeks = text.partition("=")
        try:
            given[name] = float(weeks)
        except ValueError as error:
            raise InputError(Problem(f"'{text}' is no limit on a role", "write ROLE=6 (person-weeks)")) from error
    return {**found, "roles": given} if given else found


def _limited(economics: EconomicInputs, limits: Mapping[str, Any], roles: Collection[str]) -> EconomicInputs:
    """Return economic inputs under typed limits, which stand above those of the assessment.

    Raises:
        InputError: for a role that no work needs, and for a figure out of range.
    """
    given = limits.get("roles", {})
    unknown = [
        Problem(f"no initiative needs the role '{name}'", nearest(name, roles)) for name in given if name not in roles
    ]
    if unknown:
        raise InputError(unknown)
    capacity = {**economics.capacity.model_dump(), **limits, "roles": {**economics.capacity.roles, **given}}
    try:
        return economics.model_copy(update={"capacity": Capacity.model_validate(capacity)})
    except ValidationError as error:
        raise InputError(Problem(f"a limit of the team: {error.errors()[0]['msg'].lower()}")) from error


def _initiatives(path: Path | None, questionnaire: Questionnaire) -> InitiativeFile:
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


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise InputError(Problem(f"cannot be written: {error.strerror}", "choose another place", path.name)) from error
    typer.echo(f"wrote {path}", err=True)


def _print(result: str | dict[str, Any]) -> None:
    if isinstance(result, str):
        typer.echo(result.rstrip("\n"))
        return
    from reports.as_json import written  # noqa: PLC0415

    typer.echo(written(result), nl=False)


def main() -> None:
    """Run a command; bad input exits with 2 and its sentence, a fault of ours with 1."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        app()
    except SixstepError as error:
        typer.echo(str(error), err=True)
        sys.exit(2)
    except BrokenPipeError:
        sys.exit(1)
    except Exception as error:  # noqa: BLE001 (the last resort: one sentence instead of a trace)
        typer.echo(f"A fault in Sixstep, not in your input: {type(error).__name__}: {error}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
