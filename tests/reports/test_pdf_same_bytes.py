from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

from reports.describe import describe
from reports.document import Document
from reports.pdf import render_pdf

ROOT = Path(__file__).parents[2]
ELSEWHERE = """
import hashlib
from assessment.loading import load_assessment, load_questionnaire
from examples import EXAMPLE
from models.evaluation import evaluate
from models.initiatives import load_initiatives
from models.parameters import load_parameters
from questionnaires import INITIATIVES, QUESTIONNAIRE
from reports.describe import describe
from reports.pdf import render_pdf
asked = load_questionnaire(QUESTIONNAIRE)
given, work = load_assessment(EXAMPLE), load_initiatives(INITIATIVES, asked)
found = evaluate(asked, given, work, load_parameters(), paths=400, seed=1)
print(hashlib.sha256(render_pdf(describe(found))).hexdigest())
"""


def test_the_same_document_gives_the_same_bytes(document: Document, pdf: bytes) -> None:
    """Nothing in the file depends on when or how often it is made."""
    assert render_pdf(document) == pdf


@pytest.mark.parametrize(
    "place",
    [
        {"TZ": "Pacific/Auckland", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
        {"TZ": "America/New_York", "LC_ALL": "de_DE.UTF-8", "PYTHONHASHSEED": "77", "SOURCE_DATE_EPOCH": "1234567890"},
    ],
)
def test_another_process_in_another_place_gives_the_same_bytes(
    pdf: bytes, place: dict[str, str], tmp_path: Path
) -> None:
    """Clock, locale, hash seed and working folder leave no trace."""
    done = subprocess.run(
        [sys.executable, "-c", ELSEWHERE],
        env={**os.environ, **place, "PYTHONPATH": str(ROOT)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == hashlib.sha256(pdf).hexdigest()
    assert list(tmp_path.iterdir()) == []


def test_reports_made_at_once_do_not_mix(document: Document, pdf: bytes, bench: Any) -> None:
    """Four threads that start together each get the bytes of their own report."""
    other = describe(bench.blank(name="Another clinic \U0001f3e5 → ✓"))
    alone = render_pdf(other)
    start = Barrier(4)

    def made(which: Document) -> bytes:
        start.wait(timeout=30)
        return render_pdf(which)

    with ThreadPoolExecutor(max_workers=4) as pool:
        together = list(pool.map(made, [document, other, document, other]))
    assert together == [pdf, alone, pdf, alone]
