"""The two front doors are used by nobody; the packages below them are held by the import contracts."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGES = ("commands", "views", "workspace", "reports", "store", "models", "assessment", "questionnaires", "examples")


def imported(path: Path) -> set[str]:
    """Return the top-level names that a file imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


def test_nobody_imports_a_front_door() -> None:
    """app.py and cli.py are the top: no package imports them."""
    files = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
    assert len(files) > 30
    assert [path.name for path in files if imported(path) & {"app", "cli"}] == []


def test_streamlit_stays_in_the_pages() -> None:
    """Only the pages and app.py know Streamlit; the terminal reaches for it only to start the server."""
    files = [path for package in PACKAGES if package != "views" for path in (ROOT / package).rglob("*.py")]
    assert [path.name for path in files if "streamlit" in imported(path)] == []
    assert "streamlit" in imported(ROOT / "app.py")
