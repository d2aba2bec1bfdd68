"""Commands that hold a file to its format, or say what the format is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer
from pydantic import BaseModel

from assessment.answers import Assessment
from assessment.errors import InputError, Problem, nearest
from assessment.loading import load_questionnaire, loaded_from
from assessment.overlay import Overlay
from assessment.questionnaire import Questionnaire
from assessment.reading import Document, read_document
from commands.given import assessment_of, initiatives_of, questionnaire_of
from commands.options import AsJson, QuestionnaireOption
from commands.writing import print_result


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
        print_result(
            {"file": file.name, "kind": kind, "valid": True, **({"left_out": list(left_out)} if left_out else {})}
        )
    else:
        print_result("\n".join([f"{file.name}: a valid {kind} file.", *left_out]))


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
        "sixstep-initiatives/1": lambda: load_initiatives(file, questionnaire_of(questionnaire)),
        "sixstep-own-initiatives/1": lambda: _check_own(document, questionnaire_of(questionnaire)),
        "sixstep-parameters/1": lambda: load_parameters(file),
        "sixstep-scenarios/1": lambda: load_scenarios(file),
        "sixstep-assessment/1": lambda: assessment_of(file, questionnaire_of(questionnaire)),
    }
    if not isinstance(declared, str) or declared not in kinds:
        said = "there is no key 'format'" if declared is None else f"the format '{declared}' is not known"
        path = () if declared is None else ("format",)
        raise InputError(document.problem(path, said, nearest(str(declared), kinds)))
    kinds[declared]()
    return declared.removeprefix("sixstep-").partition("/")[0]


def _check_own(document: Document, questionnaire: Questionnaire) -> None:
    from models.own_initiatives import read_own  # noqa: PLC0415

    read_own(document, initiatives_of(None, questionnaire), questionnaire, {})


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
    print_result({"$schema": "https://json-schema.org/draft/2020-12/schema", **known[name].model_json_schema()})
