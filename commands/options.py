"""Arguments and options that several commands take."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

FileArgument = Annotated[Path, typer.Argument(help="A portable assessment (JSON).")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON with stable keys.")]
Output = Annotated[Path, typer.Option("-o", "--output", help="File to write.")]
QuestionnaireOption = Annotated[Path | None, typer.Option("--questionnaire", help="Another questionnaire (YAML).")]
InitiativesOption = Annotated[Path | None, typer.Option("--initiatives", help="Other initiatives (YAML).")]
ParametersOption = Annotated[Path | None, typer.Option("--parameters", help="Other parameters (YAML).")]
Database = Annotated[str | None, typer.Option("--database", help="Database URL or SQLite file.")]
