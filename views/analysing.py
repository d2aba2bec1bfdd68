"""The money of an assessment, simulated, and the analysis beyond it: each made once, kept, and waited for."""

from __future__ import annotations

from models.evaluation import Evaluation
from models.watching import Watch
from views.access import as_opened, evaluated, key_of, simulation
from views.running import Job, runs
from views.waiting import awaited
from workspace.service import Opened

_SIMULATED = 0.3
"""Share of the time at which an analysis has its futures; measured on the worked example."""


def economics_job(opened: Opened) -> Job[Evaluation]:
    """Return the simulation of an assessment."""
    return Job("economics", key_of(opened), "Simulating the futures", simulation(opened))


def analysis_job(opened: Opened) -> Job[Evaluation]:
    """Return the simulation of an assessment with its analysis, for one of which nothing is missing."""
    title, economics, known = "Comparing every start month, figure and budget", economics_job(opened), runs()

    def work(watch: Watch) -> Evaluation:
        evaluation = known.part(economics, watch.part(0.0, _SIMULATED))
        watch.said(title)
        rest = watch.part(_SIMULATED, 1.0)
        return evaluation.analysed(progress=rest.told, should_stop=rest.should_stop)

    return Job("analysis", key_of(opened), title, work)


def best_known(opened: Opened) -> Evaluation | None:
    """Return the evaluation of an assessment with its money; with its analysis where that has been made.

    None until it is there, when the page shows how far it is. Where something is missing there is nothing to wait for.
    """
    known = evaluated(opened)
    if known.missing:
        return known
    found = runs().find(analysis_job(opened)) or awaited("economics", economics_job(opened))
    return None if found is None else as_opened(found, opened)


def analysed(opened: Opened) -> Evaluation | None:
    """Return the evaluation with its analysis, as :func:`best_known` does."""
    known = evaluated(opened)
    found = known if known.missing else awaited("analysis", analysis_job(opened))
    return None if found is None else as_opened(found, opened)
