"""The making of a report's file: what it needs that is not kept yet, then the file itself, all as one run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from models.watching import Watch
from reports.forms import Form
from reports.pdf import PageSize
from views.access import as_opened, evaluated, key_of
from views.analysing import analysis_job
from views.cases import comparison_job
from views.running import Job, runs
from workspace.service import Opened

_ANALYSIS, _FUTURES, _FILE = 7.0, 5.0, 6.0
"""Seconds that the parts take on a machine of two cores, for the progress; measured on the worked example."""
_KEPT = 8


def report_job(opened: Opened, form: Form, size: PageSize) -> Job[bytes]:
    """Return the making of one form of the report of an assessment as it stands, its report settings included."""
    plain, known = evaluated(opened), runs()
    analysis = None if plain.missing else analysis_job(opened)
    futures = comparison_job(opened) if form.futures else None
    title = f"Writing the {form_name(form)}"

    def work(watch: Watch) -> bytes:
        analysed = analysis is None or known.find(analysis) is not None
        run = futures is None or known.find(futures) is not None
        first, second, last = _parts(watch, (0.0 if analysed else _ANALYSIS, 0.0 if run else _FUTURES, _FILE))
        evaluation = plain if analysis is None else known.part(analysis, first)
        comparison = None if futures is None else known.part(futures, second)
        watch.said(title)
        return form.make(as_opened(evaluation, opened), comparison, size, last)

    return Job("report", report_key(opened, form, size), title, work, _KEPT)


def report_key(opened: Opened, form: Form, size: PageSize) -> tuple[str | int, ...]:
    """Return everything that a report's file follows from."""
    return (opened.id, opened.sequence, form.suffix, size, *key_of(opened))


def form_name(form: Form) -> str:
    """Return what a form is called within a sentence."""
    return form.title if form.title.isupper() else form.title.lower()


def _parts(watch: Watch, weights: Sequence[float]) -> Iterator[Watch]:
    """Yield who follows each part of work, as long as its weight."""
    whole = sum(weights)
    ends = [sum(weights[:number]) / whole for number in range(len(weights) + 1)]
    yield from (watch.part(*ends) for ends in pairwise(ends))
