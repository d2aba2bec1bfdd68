"""Commands that carry assessments out of the database and into it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.given import content_of
from commands.options import AsJson, Database, Output
from commands.writing import print_result, write_file

if TYPE_CHECKING:
    from workspace.service import Workspace


def export_(
    output: Output,
    assessment: Annotated[str | None, typer.Argument(help="Id of an assessment; without one, the workspace.")] = None,
    database: Database = None,
) -> None:
    """Write one assessment, or the whole workspace with its history, as JSON."""
    workspace = _workspace(database)
    write_file(output, workspace.export(assessment) if assessment else workspace.export_all())


def import_(
    file: Annotated[Path, typer.Argument(help="A portable assessment, or a whole workspace.")],
    database: Database = None,
    as_json: AsJson = False,
) -> None:
    """Bring an assessment, or a whole workspace, into the database; prints the ids."""
    workspace = _workspace(database)
    ids = workspace.import_any(content_of(file), file.name)
    print_result({"assessments": list(ids)} if as_json else "\n".join(ids))


def _workspace(database: str | None) -> Workspace:
    from workspace.opening import open_workspace  # noqa: PLC0415

    return open_workspace(database)
