"""Recalculates a workbook by LibreOffice, so that what is compared was not written by this product."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest

TIMEOUT = 300
Values = dict[str, dict[str, Any]]
"""Sheet to address to value, formulas only."""


def formulas(data: bytes) -> Values:
    """Return the formula of each cell that has one."""
    return _cells(data, data_only=False)


def _cells(data: bytes, *, data_only: bool, wanted: Values | None = None) -> Values:
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=data_only)
    found: Values = {}
    for sheet in book.worksheets:
        cells = (cell for row in sheet.iter_rows() for cell in row)
        found[sheet.title] = {
            cell.coordinate: cell.value
            for cell in cells
            if (cell.data_type == "f" if wanted is None else cell.coordinate in wanted[sheet.title])
        }
    return found


def stored(data: bytes) -> Values:
    """Return the value that the file itself holds for each formula."""
    return _cells(data, data_only=True, wanted=formulas(data))


def recalculated(data: bytes, folder: Path, changes: Mapping[tuple[str, str], float | None] | None = None) -> Values:
    """Return the value of each formula as LibreOffice calculates it, after some cells are changed.

    Stored values are dropped before, so none of them can be shown again instead of a calculation.
    """
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        pytest.fail("no LibreOffice was found: install libreoffice-calc-nogui (scripts/test does)")
    book = openpyxl.load_workbook(io.BytesIO(data))
    for (sheet, address), value in (changes or {}).items():
        book[sheet][address] = value
    source, made = folder / "given.xlsx", folder / "made"
    book.save(source)
    assert all(
        value is None
        for sheet in _cells(source.read_bytes(), data_only=True, wanted=formulas(data)).values()
        for value in sheet.values()
    )
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(made)]
    done = subprocess.run([*command, str(source)], capture_output=True, text=True, check=False, timeout=TIMEOUT)
    result = made / source.name
    assert result.exists(), f"LibreOffice made no file: {done.stdout} {done.stderr}"
    return _cells(result.read_bytes(), data_only=True, wanted=formulas(data))
