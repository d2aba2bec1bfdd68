"""The economic case of an assessment and what is run on it, each kept under a hash of what it follows from."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import streamlit as st

from models.case import Case, case_of
from models.evaluation import Evaluation
from models.scenario_runs import Base, Comparison, Refused, ScenarioRun, run_base, run_scenario, together
from models.scenarios import ScenarioFile, Standing, load_scenarios, standing
from models.watching import Watch
from models.whatif import moved
from models.whatif_run import Waiting, WhatIf, run_waiting, run_what_if
from views.access import PATHS, evaluated, key_of
from views.running import Job, runs
from workspace.service import Opened

SEED = 1
LONGEST_HORIZON = 120
QUICK_PATHS = 2_000
QUICK_WAITING_PATHS = 500
_KEPT_CASES = 12
_KEPT_RUNS = 240
_KEPT_SECONDS = 3600
_COMPARING = "Simulating the futures of each scenario"


@lru_cache(maxsize=1)
def scenario_file() -> ScenarioFile:
    """Return the built-in scenarios, read once."""
    return load_scenarios()


def without_scenarios(opened: Opened) -> Opened:
    """Return an assessment whose scenarios are the built-in ones: they move no figure of its own case."""
    economics = opened.assessment.economics.model_copy(update={"scenarios": {}})
    return replace(opened, assessment=opened.assessment.model_copy(update={"economics": economics}))


def evaluated_case(opened: Opened) -> tuple[str, Evaluation, Case | None]:
    """Return a key of everything the case follows from, the evaluation, and the case where nothing is missing for one.

    Nothing is simulated.
    """
    bare = without_scenarios(opened)
    evaluation = evaluated(bare)
    key = "/".join(key_of(bare))
    return key, evaluation, _case(key, evaluation)


@st.cache_resource(max_entries=_KEPT_CASES, ttl=_KEPT_SECONDS, show_spinner=False)
def _case(key: str, _evaluation: Evaluation) -> Case | None:  # noqa: ARG001 - what the cache goes by
    return case_of(_evaluation, LONGEST_HORIZON)


def comparison_job(opened: Opened) -> Job[Comparison] | None:
    """Return the comparison of every scenario side by side; None where there is no case.

    One that was edited is the only one to be run again.
    """
    key, _, case = evaluated_case(opened)
    if case is None:
        return None
    found, known = standing(scenario_file(), opened.assessment.economics.scenarios), runs()
    base = _base_job(key, case)

    def work(watch: Watch) -> Comparison:
        share = 1.0 / (len(found) + 1)
        start = known.part(base, watch.part(0.0, share))
        made = list[ScenarioRun | Refused]()
        for number, each in enumerate(found, start=1):
            part = watch.part(number * share, (number + 1) * share)
            made.append(replace(known.part(_run_job(key, each, case, start), part), standing=each))
        return together(start, made)

    return Job("scenarios", key_of(opened), base.title, work)


def _base_job(key: str, case: Case) -> Job[Base]:
    return Job("base", key, _COMPARING, lambda watch: run_base(case, paths=PATHS, seed=SEED, watch=watch), _KEPT_CASES)


def _run_job(key: str, found: Standing, case: Case, base: Base) -> Job[ScenarioRun | Refused]:
    changes = tuple((each.symbol, each.operation, each.low, each.mode, each.high) for each in found.changes)
    return Job("scenario", (key, changes), _COMPARING, lambda watch: run_scenario(case, base, found, watch), _KEPT_RUNS)


Levers = tuple[tuple[str, float], ...]
"""The levers that were moved, by name, with their values."""


@st.cache_resource(max_entries=_KEPT_RUNS, ttl=_KEPT_SECONDS, show_spinner=False)
def quick_what_if(key: str, values: Levers, _case: Case) -> WhatIf:  # noqa: ARG001 - what the cache goes by
    """Return a run on few futures; without levers it is the ghost behind every chart."""
    return run_what_if(moved(_case, dict(values))[0], paths=QUICK_PATHS, seed=SEED)


@st.cache_resource(max_entries=_KEPT_RUNS, ttl=_KEPT_SECONDS, show_spinner=False)
def quick_waiting(key: str, values: Levers, _case: Case) -> Waiting:  # noqa: ARG001 - what the cache goes by
    """Return what waiting costs, on still fewer futures: its differences are those of pairs."""
    return run_waiting(moved(_case, dict(values))[0], paths=QUICK_WAITING_PATHS, seed=SEED)
