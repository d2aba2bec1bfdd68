"""The one workspace of this process, and evaluations kept under a hash of everything they follow from."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

import streamlit as st

from assessment.questionnaire import Questionnaire
from assessment.turning import Turning, turning
from models.evaluation import Evaluation, content_hash, evaluate
from models.initiatives import InitiativeFile
from models.watching import Watch
from workspace.opening import open_workspace
from workspace.service import Opened, Workspace

PATHS = 20_000
_KEPT = 24
_KEPT_SECONDS = 3600


@lru_cache(maxsize=8)  # asked for several times at every click, where cache_resource takes ten times as long to answer
def _workspace(database: str) -> Workspace:
    return open_workspace(database or None)


def workspace() -> Workspace:
    """Return the workspace on the database that this process was started with; safe to share between sessions."""
    return _workspace(os.environ.get("SIXSTEP_DATABASE", ""))


def evaluated(opened: Opened) -> Evaluation:
    """Return the evaluation of an assessment without its economic half; the same inputs are evaluated once.

    The economic half takes seconds, so that a page waits for it: see :mod:`views.analysing`.
    """
    return as_opened(_evaluated(key_of(opened), opened), opened)


def key_of(opened: Opened) -> tuple[str, ...]:
    """Return what every figure of an assessment follows from."""
    questionnaire = opened.questionnaire
    library, initiatives = workspace().library, _initiatives(questionnaire)
    versions = (questionnaire.id, questionnaire.version, initiatives.version, library.parameters.version)
    return (content_hash(opened.assessment), *versions, str(PATHS))


def simulation(opened: Opened) -> Callable[[Watch], Evaluation]:
    """Return what makes the evaluation with its economic half, which takes seconds: for another thread."""
    given = opened.questionnaire, opened.assessment, _initiatives(opened.questionnaire), workspace().library.parameters
    paths = PATHS

    def simulate(watch: Watch) -> Evaluation:
        return evaluate(*given, paths=paths, progress=watch.told, should_stop=watch.should_stop)

    return simulate


def as_opened(evaluation: Evaluation, opened: Opened) -> Evaluation:
    """Return a kept evaluation with the report settings that stand now: they move no figure, and no hash."""
    same = evaluation.assessment.report == opened.assessment.report
    return evaluation if same else replace(evaluation, assessment=opened.assessment)


# cache_resource hands out the object itself: an Evaluation is frozen, and to copy its arrays would cost more than a
# click.
@st.cache_resource(max_entries=_KEPT, ttl=_KEPT_SECONDS, show_spinner=False)
def _evaluated(
    key: tuple[str, ...],  # noqa: ARG001 - what the cache goes by
    _opened: Opened,
) -> Evaluation:
    return evaluate(
        _opened.questionnaire,
        _opened.assessment,
        _initiatives(_opened.questionnaire),
        workspace().library.parameters,
        paths=PATHS,
        with_economics=False,
    )


def turned(opened: Opened) -> tuple[Turning, ...]:
    """Return the open questions that could turn what sets the ceilings; the same answers are tried once."""
    return _turned((content_hash(opened.assessment), opened.questionnaire.id, opened.questionnaire.version), opened)


@st.cache_resource(max_entries=_KEPT, ttl=_KEPT_SECONDS, show_spinner=False)
def _turned(key: tuple[str, ...], _opened: Opened) -> tuple[Turning, ...]:  # noqa: ARG001 - what the cache goes by
    return turning(_opened.questionnaire, _opened.assessment)


def _initiatives(questionnaire: Questionnaire) -> InitiativeFile:
    """Return the initiatives of a questionnaire; an empty file when there are none, so that the scores stand."""
    return workspace().library.initiatives_for(questionnaire)
