"""The terminal: every result without a browser. The commands themselves are in ``commands``."""

from __future__ import annotations

import os
import sys
import time
import webbrowser
from pathlib import Path
from threading import Thread
from typing import Annotated
from urllib.request import urlopen

import typer

from assessment.errors import SixstepError
from commands import beginning, carrying, checking, measuring, money, planning, scoring
from commands.options import Database

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Maturity under the architecture's ceiling, the cost of waiting, and a roadmap a board can act on.",
)


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


for _command in (
    checking.check,
    checking.schema,
    beginning.reference,
    beginning.new,
    beginning.example,
    scoring.score,
    scoring.agreement,
    scoring.compare,
    money.model,
    money.scenarios,
    planning.roadmap,
    measuring.delivery,
    money.report,
    measuring.wall,
):
    app.command()(_command)
app.command(name="export")(carrying.export_)
app.command(name="import")(carrying.import_)


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
