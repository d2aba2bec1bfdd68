"""The economic case of an assessment and what is run on it, each kept under a hash of what it follows from."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import streamlit as st

from models.case import Case, case_of
from models.evaluation import Evaluation, content_hash
from models.scenario_runs import Base, Comparison, Refused, ScenarioRun, run_base, run_scenario, together
from models.scenarios import ScenarioFile, Standing, load_scenarios, standing
from models.whatif import moved
from models.whatif_run import Waiting, WhatIf, run_waiting, run_what_if
from views.access import PATHS, evaluated
from workspace.service import Opened

SEED = 1
LONGEST_HORIZON = 120
QUICK_PATHS = 2_000
QUICK_WAITING_PATHS = 500
_KEPT_CASES = 12
_KEPT_RUNS = 240
_KEPT_SECONDS = 3600


@lru_cache(maxsize=1)
def scenario_file() -> ScenarioFile:
    """Return the built-in scenarios, read once."""
    return load_scenarios()


def without_scenarios(opened: Opened) -> Opened:
    """Return an assessment whose scenarios are the built-in ones: they move no figure of its own case."""
    economics = opened.assessment.economics.model_copy(update={"scenarios": {}})
    return replace(opened, assessment=opened.assessment.model_copy(update={"economics": economics}))


def evaluated_case(opened: Opened) -> tuple[str, Evaluation, Case | None]:
    """Return a key of everything the case follows from, the evaluation, and the case where there is one."""
    bare = without_scenarios(opened)
    evaluation = evaluated(bare, with_economics=True)
    found = evaluation.identity
    versions = (found.questionnaire_version, found.initiatives_version, found.parameters_version)
    key = "/".join([content_hash(bare.assessment), opened.questionnaire.id, *versions])
    return key, evaluation, _case(key, evaluation)


@st.cache_resource(max_entries=_KEPT_CASES, ttl=_KEPT_SECONDS, show_spinner=False)
def _case(key: str, _evaluation: Evaluation) -> Case | None:  # noqa: ARG001 - what the cache goes by
    return case_of(_evaluation, LONGEST_HORIZON)


def compared(opened: Opened) -> tuple[Evaluation, Comparison | None]:
    """Return the evaluation and every scenario side by side; one that was edited is the only one to be run again."""
    key, evaluation, case = evaluated_case(opened)
    if case is None:
        return evaluation, None
    base = _base(key, case)
    found = standing(scenario_file(), opened.assessment.economics.scenarios)
    return evaluation, together(base, [_run(key, each, case, base) for each in found])


@st.cache_resource(max_entries=_KEPT_CASES, ttl=_KEPT_SECONDS, show_spinner=False)
def _base(key: str, _case: Case) -> Base:  # noqa: ARG001 - what the cache goes by
    return run_base(_case, paths=PATHS, seed=SEED)


def _run(key: str, found: Standing, case: Case, base: Base) -> ScenarioRun | Refused:
    changes = tuple((each.symbol, each.operation, each.low, each.mode, each.high) for each in found.changes)
    return replace(_run_of(key, changes, found, case, base), standing=found)


@st.cache_resource(max_entries=_KEPT_RUNS, ttl=_KEPT_SECONDS, show_spinner=False)
def _run_of(
    key: str,  # noqa: ARG001 - what the cache goes by, with the changes
    changes: tuple[tuple[str, str, float, float, float], ...],  # noqa: ARG001
    _found: Standing,
    _case: Case,
    _base: Base,
) -> ScenarioRun | Refused:
    return run_scenario(_case, _base, _found)


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
