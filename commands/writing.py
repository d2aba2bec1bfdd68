"""Where results go: files, and the standard output."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer

from assessment.errors import InputError, Problem


def write_file(path: Path, content: bytes) -> None:
    """Write a file, and say so.

    Raises:
        InputError: when it cannot be written.
    """
    try:
        path.write_bytes(content)
    except OSError as error:
        raise InputError(Problem(f"cannot be written: {error.strerror}", "choose another place", path.name)) from error
    typer.echo(f"wrote {path}", err=True)


def print_result(result: str | dict[str, Any]) -> None:
    """Print text as it is, data as JSON with stable keys."""
    if isinstance(result, str):
        typer.echo(result.rstrip("\n"))
        return
    from reports.as_json import written  # noqa: PLC0415

    typer.echo(written(result), nl=False)
